package api_test

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"tandem"
	"tandem/api"
	"tandem/app"
	"tandem/policy"
)

var placeholder = regexp.MustCompile(`\{\w+\}`)

// pathOf fills a route's path and query. named tells whether the workspace is said.
func (w *world) pathOf(r api.Route, sh shape, o *objects, named bool) string {
	ids := []string{}
	if sh.id != nil {
		ids = append(ids, sh.id(o))
	}
	if sh.child != nil {
		ids = append(ids, sh.child(o))
	}
	path := placeholder.ReplaceAllStringFunc(r.Path, func(string) string {
		id := ids[0]
		ids = ids[1:]
		return url.PathEscape(id)
	})
	if named {
		return "/api/v1" + path + "?workspace=" + o.space + sh.more
	}
	return "/api/v1" + path + "?" + strings.TrimPrefix(sh.more, "&")
}

func fill(body string, o *objects) string {
	return strings.NewReplacer("{result}", o.result, "{learning}", o.learning, "{visibility}", string(o.visibility)).Replace(body)
}

// ask sends a route as a caller would.
func (w *world) ask(c caller, r api.Route, sh shape, o *objects, named bool) answer {
	var header []string
	if r.Match || r.ID == "move-goal" {
		header = append(header, "If-Match", `"999999"`) // allowed is then 412, and nothing is changed
	}
	if r.Upload {
		header = append(header, "Content-Type", "text/csv")
	}
	return w.send(c.token, r.Method, w.pathOf(r, sh, o, named), fill(sh.body, o), header...)
}

// judge compares an answer with policy's.
func judge(d policy.Decision, in bool, status int, also []int) (want string, ok bool) {
	switch {
	case !in:
		return "401", status == 401
	case d.Answer == policy.Hide:
		return "404", status == 404
	case d.Answer == policy.Deny:
		return "403", status == 403
	}
	return "done", status >= 200 && status < 300 || status == 412 || slices.Contains(also, status)
}

// TestEveryRouteAnswersAsPolicyDecides sends every route as every caller about one of each kind at each
// visibility, in a team and in a personal workspace, and compares with policy.Decide.
func TestEveryRouteAnswersAsPolicyDecides(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		began := time.Now()
		cells, allowed := 0, 0
		for _, r := range api.Routes() {
			sh, ok := shapes[r.ID]
			if !ok {
				continue // about people and accounts: below
			}
			for _, o := range w.sets {
				for _, c := range w.callers {
					for _, named := range []bool{true, false} {
						if !named && (sh.id == nil || r.Kind == policy.MicroGoal || r.Kind == policy.Import || r.Kind == policy.Review) {
							continue // these are in the workspace that is said, or the personal one
						}
						var d policy.Decision
						if c.in {
							d = w.decide(r, sh, o, c)
						}
						a := w.ask(c, r, sh, o, named)
						cells++
						if d.Answer == policy.Allow && sh.fresh != nil {
							sh.fresh(w, o)
						}
						if want, ok := judge(d, c.in, a.StatusCode, sh.also); !ok {
							t.Errorf("%s by %s on %s in %s (named %v): %d instead of %s: %s", r.ID, c.name, o.visibility, o.space, named, a.StatusCode, want, a.Text)
						} else if want == "done" {
							allowed++
						}
					}
				}
			}
		}
		t.Logf("%d cells, %d of them allowed, in %s", cells, allowed, time.Since(began).Round(time.Millisecond))
		if cells < 10_000 || allowed < 1000 {
			t.Errorf("only %d cells, %d allowed", cells, allowed)
		}
		if w.log.Len() > 0 {
			t.Errorf("logged as errors: %s", w.log)
		}
	})
}

// decide gives policy's answer about a route. What is asked for about a goal may need the goal in sight
// too, and an import that is somebody else's is not there.
func (w *world) decide(r api.Route, sh shape, o *objects, c caller) policy.Decision {
	d := policy.Decide(c.by.Actor, r.Action, w.resourceOf(r, sh, o, c))
	switch r.ID {
	case "techniques-for", "list-slots", "close-goal", "split-goal", "write-feedback", "get-new-way", "try-new-way":
		by := c.by.Actor
		if r.ID == "close-goal" || r.ID == "split-goal" { // the person sees it, whatever the token may read
			by.Scopes, by.Token, by.Source = nil, 0, "session"
		}
		g := policy.Decide(by, policy.Read, policy.Resource{Kind: policy.Goal, Workspace: o.ws, Owner: w.ana, Visibility: o.visibility})
		if g.Answer != policy.Allow {
			return g
		}
	case "undo-import":
		if d.Answer == policy.Allow && c.by.Person.ID != w.ana {
			return policy.Decision{}
		}
	}
	return d
}

// An accountCase is a route about an account or a workspace: its path is filled by make, which gives "" for
// one that is not the caller's.
type accountCase struct {
	path func(w *world, c caller) string
	body string
	on   func(w *world, c caller) policy.Resource
	also []int
}

func (k accountCase) pathOf(w *world, c caller) string {
	if k.path == nil {
		return ""
	}
	return k.path(w, c)
}

func self(_ *world, c caller) policy.Resource {
	return policy.Resource{Kind: policy.Account, Owner: c.by.Person.ID}
}

func ofTeam(k policy.Kind) func(*world, caller) policy.Resource {
	return func(w *world, c caller) policy.Resource {
		return policy.Resource{Kind: k, Workspace: w.teamID, Role: map[policy.Kind]tandem.Role{policy.Invite: tandem.RoleMember, policy.Member: tandem.RoleMember}[k]}
	}
}

func fixed(path string) func(*world, caller) string {
	return func(w *world, _ caller) string {
		return strings.NewReplacer("{team}", w.team, "{ana}", w.ana.String(), "{zed}", w.zed).Replace(path)
	}
}

var accountCases = map[string]accountCase{
	"get-me":          {path: fixed("/me"), on: self},
	"change-me":       {path: fixed("/me"), body: `{"name":"X"}`, on: self},
	"change-password": {path: fixed("/me/password"), body: `{"old":"x","new":"y"}`, on: self, also: []int{422}},
	"list-sessions":   {path: fixed("/sessions"), on: self},
	"list-concepts":   {path: fixed("/concepts"), on: self},
	"offer-concept":   {path: fixed("/concepts/offer"), on: self},
	"answer-concept":  {path: fixed("/concepts/technique"), body: `{"answer":"not_now"}`, on: self},
	"get-reminder":    {path: fixed("/reminder"), on: self},
	"set-reminder":    {path: fixed("/reminder"), body: `{"hour":9}`, on: self},
	"preview-reminder": {path: fixed("/reminder/preview"), on: func(_ *world, c caller) policy.Resource {
		return policy.Resource{Kind: policy.Today, Workspace: c.by.Person.Personal, Owner: c.by.Person.ID}
	}},
	"list-tokens":  {path: fixed("/tokens"), on: self},
	"create-token": {path: fixed("/tokens"), body: `{"name":"x","scopes":["read:goals"]}`, on: self},
	"revoke-token": {on: self, path: func(w *world, c caller) string {
		m, err := w.CreateTokenFor(w.t.Context(), policy.Local(), c.by.Person.Email, app.TokenInput{Name: "x", Scopes: []string{"all"}})
		if err != nil {
			return "/tokens/token_0000000000001"
		}
		return "/tokens/" + m.Token.ID.String()
	}},
	"end-session": {on: self, path: func(_ *world, c caller) string { return "/sessions/" + c.session }},

	"list-workspaces": {path: fixed("/workspaces"), on: self},
	"create-workspace": {path: fixed("/workspaces"), body: `{"name":"Other"}`, on: func(_ *world, c caller) policy.Resource {
		return policy.Resource{Kind: policy.Workspace, Owner: c.by.Person.ID}
	}},
	"get-workspace":    {path: fixed("/workspaces/{team}"), on: ofTeam(policy.Workspace)},
	"change-workspace": {path: fixed("/workspaces/{team}"), body: `{"name":"Team"}`, on: ofTeam(policy.Workspace)},
	"list-members":     {path: fixed("/workspaces/{team}/members"), on: ofTeam(policy.Member)},
	"change-role": {path: fixed("/workspaces/{team}/members/{ana}/role"), body: `{"role":"member"}`, on: func(w *world, _ caller) policy.Resource {
		return policy.Resource{Kind: policy.Member, Workspace: w.teamID, Owner: w.ana, Role: tandem.RoleMember}
	}},
	"remove-member": {path: fixed("/workspaces/{team}/members/{zed}"), on: ofTeam(policy.Member)},
	"create-invite": {path: fixed("/workspaces/{team}/invites"), body: `{}`, on: ofTeam(policy.Invite)},
	"list-invites": {path: fixed("/workspaces/{team}/invites"), on: func(w *world, _ caller) policy.Resource {
		return policy.Resource{Kind: policy.Invite, Workspace: w.teamID}
	}},
	"delete-invite": {on: ofTeam(policy.Invite), path: func(w *world, _ caller) string {
		return "/workspaces/" + w.team + "/invites/" + w.send(w.tokens["tom"], "POST", "/api/v1/workspaces/"+w.team+"/invites", `{}`).want(201).id()
	}},
	"get-invite":    {path: fixed("/invites/look"), body: `{"secret":"none"}`, on: self, also: []int{422}},
	"accept-invite": {path: fixed("/invites/accept"), body: `{"secret":"none"}`, on: self, also: []int{422}},
}

func TestRoutesOfAccountsAndTeamsAnswerAsPolicyDecides(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		cells := 0
		for _, r := range api.Routes() {
			k, ok := caseOf(r.ID)
			if !ok {
				if _, there := shapes[r.ID]; !there {
					t.Errorf("no test asks for %s", r.ID)
				}
				continue
			}
			for i := range w.callers {
				c := w.callers[len(w.callers)-1-i] // who may least comes first: a session can be ended once
				var d policy.Decision
				if c.in {
					d = policy.Decide(c.by.Actor, r.Action, k.on(w, c))
				}
				var header []string
				if r.Match {
					header = []string{"If-Match", `"999999"`}
				}
				a := w.send(c.token, r.Method, "/api/v1"+k.path(w, c), fixed(k.body)(w, c), header...)
				cells++
				if want, ok := judge(d, c.in, a.StatusCode, k.also); !ok {
					t.Errorf("%s by %s: %d instead of %s: %s", r.ID, c.name, a.StatusCode, want, a.Text)
				} else if want == "done" && r.ID == "remove-member" {
					w.join(w.tokens["zed"], "member")
				}
			}
		}
		t.Logf("%d cells", cells)
	})
}

// alsoNeeds are the routes that show or write something of another kind as well, with the right that a token of
// theirs alone is refused for. What a use case only reads within asks for no right.
var alsoNeeds = map[string]string{
	"list-fuels": "read:metrics", "list-factors": "read:metrics", "list-guards": "read:metrics", "get-gap": "read:metrics", "get-difference": "read:metrics",
	"get-closing": "read:metrics", "get-pilot": "read:observations", "list-slots": "read:goals", "techniques-for": "read:goals", "get-new-way": "read:goals",
	"try-new-way": "read:goals", "write-feedback": "read:goals",
	"tick-microgoal": "write:observations", "log-practice": "write:observations", "delete-practice": "write:observations",
	"learn-from-feedback": "write:goals", "try-from-feedback": "write:techniques",
}

// lacks gives the right for want of which an answer refuses, "" for none.
func lacks(a answer) string {
	if _, more, ok := strings.Cut(a.Text, "This token lacks "); ok && a.StatusCode == 403 {
		right, _, _ := strings.Cut(more, ". ")
		return right
	}
	return ""
}

// TestATokenDoesNothingWithoutTheRightOfTheRoute asks for every route with tokens of one right each: without its
// own right nothing is done, and with it alone nothing is refused for want of another.
func TestATokenDoesNothingWithoutTheRightOfTheRoute(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		o := w.sets[3] // in the team, for all its members
		cells, done := 0, map[string]int{}
		for _, scope := range scopes("") {
			c := caller{name: scope, token: w.anaToken(app.TokenInput{Scopes: []string{scope}}), session: "0000000000000000"}
			var err error
			if c.by, err = w.AuthenticateToken(t.Context(), c.token); err != nil {
				t.Fatal(err)
			}
			for _, r := range api.Routes() {
				var a answer
				if sh, ok := shapes[r.ID]; ok {
					a = w.ask(c, r, sh, o, true)
				} else {
					var header []string
					if r.Match {
						header = []string{"If-Match", `"999999"`}
					}
					k, _ := caseOf(r.ID)
					a = w.send(c.token, r.Method, "/api/v1"+k.path(w, c), fixed(k.body)(w, c), header...)
				}
				cells++
				need := policy.ScopeFor(r.Kind, r.Action)
				succeeded := a.StatusCode < 300 || a.StatusCode == 412
				if a.StatusCode >= 500 || succeeded && need != scope || need == scope && alsoNeeds[r.ID] != lacks(a) {
					t.Errorf("%s with %s, which needs %s: %d: %s", r.ID, scope, need, a.StatusCode, a.Text)
				}
				if succeeded {
					done[need]++
					if fresh := shapes[r.ID].fresh; fresh != nil {
						fresh(w, o)
					}
				}
			}
		}
		t.Logf("%d cells; done by right: %v", cells, done)
		if len(done) < 12 {
			t.Errorf("rights that let anything be done: %v", done)
		}
	})
}

// TestListsHoldWhatMayBeRead compares each list with the single objects that policy lets the caller read.
func TestListsHoldWhatMayBeRead(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lists := []struct {
			path string
			kind policy.Kind
			all  func(o *objects) []string // ids of Ana's things that the list is about
			vis  func(o *objects) tandem.Visibility
		}{
			{"/goals", policy.Goal, func(o *objects) []string { return []string{o.result, o.learning} }, func(o *objects) tandem.Visibility { return o.visibility }},
			{"/metrics", policy.Metric, func(o *objects) []string { return []string{o.metric} }, func(o *objects) tandem.Visibility { return o.visibility }},
			{"/techniques", policy.Technique, func(o *objects) []string { return []string{o.technique} }, func(*objects) tandem.Visibility { return tandem.OnlyMe }},
			{"/uses", policy.Technique, func(o *objects) []string { return []string{o.use} }, func(*objects) tandem.Visibility { return tandem.OnlyMe }},
			{"/pilots", policy.Technique, func(o *objects) []string { return []string{o.pilot} }, func(*objects) tandem.Visibility { return tandem.OnlyMe }},
			{"/microgoals", policy.MicroGoal, func(o *objects) []string { return []string{o.micro} }, func(*objects) tandem.Visibility { return tandem.OnlyMe }},
			{"/imports", policy.Import, func(o *objects) []string { return []string{o.batch} }, func(*objects) tandem.Visibility { return "" }},
		}
		cells := 0
		for _, l := range lists {
			for _, c := range w.callers {
				for _, where := range []string{w.team, w.personal} {
					a := w.send(c.token, "GET", "/api/v1"+l.path+"?workspace="+where, "")
					for _, o := range w.sets {
						for _, id := range l.all(o) {
							cells++
							may := c.in && o.space == where && policy.Decide(c.by.Actor, policy.Read, policy.Resource{Kind: l.kind, Workspace: o.ws, Owner: w.ana, Visibility: l.vis(o)}).Answer == policy.Allow
							if shows := strings.Contains(a.Text, `"`+id+`"`) && a.StatusCode == 200; shows != may {
								t.Errorf("%s by %s in %s: shows %s (%s): %v instead of %v", l.path, c.name, where, id, o.visibility, shows, may)
							}
						}
					}
				}
			}
		}
		t.Logf("%d cells", cells)
	})
}

// TestNoMemberReadsTheStory looks for what Ana wrote in everything that others are answered.
func TestNoMemberReadsTheStory(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		story := []string{"They talk more.", "Ask twice", "The pause", "Ten minutes", "New prices"}
		said := api.Route{ID: "say-what-changed", Method: "POST", Path: "/goals/{id}/fuels/{result}/changed"}
		for _, o := range w.sets {
			w.ask(w.callers[1], said, shapes[said.ID], o, true).want(200)
		}
		for _, r := range api.Routes() {
			sh, ok := shapes[r.ID]
			if !ok || r.Method != "GET" {
				continue
			}
			for _, o := range w.sets {
				for _, c := range w.callers {
					if strings.HasPrefix(c.name, "ana") {
						continue
					}
					a := w.ask(c, r, sh, o, true)
					for _, s := range story {
						if strings.Contains(a.Text, s) {
							t.Errorf("%s shows %q to %s: %s", r.ID, s, c.name, a.Text)
						}
					}
				}
			}
		}
		own := w.ask(w.callers[1], api.Route{ID: "list-lessons", Method: "GET", Path: "/goals/{id}/lessons"}, shapes["list-lessons"], w.sets[3], true)
		if !strings.Contains(fmt.Sprint(own.JSON), story[0]) {
			t.Errorf("Ana herself reads %s", own.Text)
		}
		links := w.ask(w.callers[1], api.Route{ID: "list-fuels", Method: "GET", Path: "/goals/{id}/fuels"}, shapes["list-fuels"], w.sets[3], true)
		if !strings.Contains(links.Text, "New prices") {
			t.Errorf("Ana herself reads %s", links.Text)
		}
	})
}
