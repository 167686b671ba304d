package api_test

import (
	"net/http"
	"strings"
	"testing"

	"tandem"
	"tandem/policy"
	"tandem/tandemtest"
)

// matchRoute finds the route of a form's address, with what its placeholders stand for.
func matchRoute(routes []pageRoute, method, path string) (pageRoute, map[string]string, bool) {
	at := strings.Split(path, "/")
next:
	for _, r := range routes {
		want := strings.Split(r.path, "/")
		if r.method != method || len(want) != len(at) {
			continue
		}
		ids := map[string]string{}
		for i := range want {
			if strings.HasPrefix(want[i], "{") {
				ids[strings.Trim(want[i], "{}")] = at[i]
			} else if want[i] != at[i] {
				continue next
			}
		}
		return r, ids, true
	}
	return pageRoute{}, nil, false
}

// A formOf is what a form on a page would do, as policy sees it.
type formOf struct {
	w       *world
	v       visitor
	invites map[string]tandem.Role // of the team, by id
}

// resources gives what policy must allow for a form to stand on a page: one thing for each role that it
// offers to give.
func (f formOf) resources(r pageRoute, ids map[string]string, form tandemtest.Page) (out []policy.Resource, ok bool) {
	w, me := f.w, f.v.by.Person
	switch r.kind {
	case policy.Account, policy.Workspace:
		if ids["space"] == "" {
			return []policy.Resource{{Kind: r.kind, Owner: me.ID}}, true
		}
		return []policy.Resource{{Kind: r.kind, Workspace: w.teamID}}, true
	case policy.Member, policy.Invite:
		base := policy.Resource{Kind: r.kind, Workspace: w.teamID, Role: f.invites[ids["invite"]]}
		if r.kind == policy.Member {
			base.Owner, base.Role = me.ID, f.v.by.Actor.Roles[w.teamID]
		}
		for _, s := range seated {
			if ids["person"] == w.ids[s.name].String() {
				base.Owner, base.Role = w.ids[s.name], s.role
			}
		}
		options := form.All("select[name=role] option")
		for _, o := range options {
			x := base
			if given := tandem.Role(o.Attr("value")); given != tandem.RoleMember || r.kind == policy.Invite {
				x.Role = given
			}
			out = append(out, x)
		}
		if len(options) == 0 {
			out = append(out, base)
		}
		return out, true
	}
	for _, o := range w.sets {
		for _, id := range []string{o.result, o.share, o.learning, o.metric, o.technique, o.tried, o.pilot, o.micro, o.batch, value(o)} {
			if ids["id"] == id {
				return []policy.Resource{w.pageResource(r, o, f.v.by)}, true
			}
		}
	}
	return []policy.Resource{{Kind: r.kind, Workspace: me.Personal, Owner: me.ID, Visibility: tandem.OnlyMe}}, ids["id"] == ""
}

// TestEveryFormOnAPageMayBeSentByItsReader wants no page to offer a form that policy would refuse: on the
// pages of settings, of people and of Ana's things, for everybody who can open them.
func TestEveryFormOnAPageMayBeSentByItsReader(t *testing.T) {
	w := newWorld(t)
	b, routes := w.pages(), pageRoutes(t)
	visitors, invites := w.visitors(), map[string]tandem.Role{}
	for _, role := range []tandem.Role{tandem.RoleMember, tandem.RoleCoordinator, tandem.RoleOwner} {
		invites[w.send(w.tokens["tom"], "POST", "/api/v1/workspaces/"+w.team+"/invites", `{"role":"`+string(role)+`"}`).want(201).id()] = role
	}
	pages := []string{"/", "/goals", "/import", "/settings", "/settings/people", "/settings/people/" + w.team, "/settings/tokens", "/settings/data"}
	for _, o := range w.sets {
		pages = append(pages, "/goals/"+o.result, "/goals/"+o.learning, "/goals/"+o.result+"/close", "/numbers/"+o.metric, "/techniques/"+o.technique, "/techniques/"+o.technique+"/pilot", "/pilots/"+o.pilot)
	}
	opened, seen, kinds := 0, 0, map[policy.Kind]int{}
	for _, v := range visitors {
		if !v.in {
			continue
		}
		f := formOf{w: w, v: v, invites: invites}
		for _, path := range pages {
			status, _, text := b.send(v.cookie, "", http.MethodGet, path, "")
			if status != 200 {
				continue
			}
			opened++
			for _, form := range tandemtest.HTML(t, text).All("form[method=post]") {
				to, _, _ := strings.Cut(form.Attr("action"), "?")
				if to == "/space" || to == "/appearance" {
					continue // for anybody
				}
				r, ids, ok := matchRoute(routes, http.MethodPost, to)
				if !ok {
					t.Errorf("%s shows %s a form to %s, which is no address", path, v.name, to)
					continue
				}
				of, ok := f.resources(r, ids, form)
				if !ok {
					t.Errorf("%s shows %s a form to %s, about something that the test does not know", path, v.name, to)
				}
				seen++
				kinds[r.kind]++
				for _, x := range of {
					if d := policy.Decide(v.by.Actor, r.action, x); d.Answer != policy.Allow {
						t.Errorf("%s shows %s a form to %s, which is refused: %+v: %v", path, v.name, to, x, d)
					}
				}
			}
		}
	}
	t.Logf("%d forms on %d pages: %v", seen, opened, kinds)
	if opened < 100 || kinds[policy.Member] < 10 || kinds[policy.Invite] < 4 || kinds[policy.Account] < 20 {
		t.Errorf("only %d forms on %d pages: %v", seen, opened, kinds)
	}
	b.quiet()
}
