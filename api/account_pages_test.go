package api_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"tandem"
	"tandem/app"
	"tandem/auth"
	"tandem/policy"
	"tandem/store"
)

// A visitor is somebody at the pages: with a session, with a token that pages must not take, with what was
// a session once, or with nothing.
type visitor struct {
	name, cookie, token string
	in                  bool
	by                  app.Principal
}

// roles of the team in the world, with who holds each; a lead and a guest cannot be made by anybody yet,
// and what they may do is decided already.
var seated = []struct {
	name string
	role tandem.Role
}{{"ana", tandem.RoleMember}, {"ben", tandem.RoleMember}, {"col", tandem.RoleCoordinator}, {"tom", tandem.RoleOwner}, {"len", tandem.RoleLead}, {"gus", tandem.RoleGuest}}

// seat gives somebody a role in the team, whatever the rules of giving are.
func (w *world) seat(person tandem.PersonID, role tandem.Role) {
	w.t.Helper()
	err := w.DB.InTx(w.t.Context(), func(tx *store.Tx) error {
		return tx.For(policy.Local()).PutMember(w.t.Context(), tandem.Member{Workspace: w.teamID, Person: person, Role: role, Joined: tandem.InstantOf(w.Clock.Now())})
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// session makes one more session of a person's, which ends after d, and gives its secret.
func (w *world) session(p tandem.Person, d time.Duration) string {
	w.t.Helper()
	w.made++
	secret, now := fmt.Sprintf("session %d", w.made), w.Clock.Now()
	err := w.DB.InTx(w.t.Context(), func(tx *store.Tx) error {
		return tx.For(policy.Local()).AddSession(w.t.Context(), auth.HashSecret(secret), tandem.Session{
			Person: p.ID, Epoch: p.Epoch, Made: tandem.InstantOf(now), Seen: tandem.InstantOf(now), Ends: tandem.InstantOf(now.Add(d))})
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return secret
}

// visitors are everybody who can come to the pages.
func (w *world) visitors() (out []visitor) {
	w.t.Helper()
	for _, name := range []string{"len", "gus"} {
		in := w.Person(w.t, strings.ToUpper(name[:1])+name[1:])
		w.cookies[name], w.ids[name] = in.Secret, in.Person.ID
	}
	for _, s := range seated {
		w.seat(w.ids[s.name], s.role)
	}
	ana, err := w.Authenticate(w.t.Context(), w.cookies["ana"])
	if err != nil {
		w.t.Fatal(err)
	}
	over, out1 := w.session(ana.Person, -time.Minute), w.session(ana.Person, time.Hour)
	left, err := w.Authenticate(w.t.Context(), out1)
	if err != nil || w.SignOut(w.t.Context(), left) != nil {
		w.t.Fatal("no session to sign out of", err)
	}
	all, reading := w.anaToken(app.TokenInput{}), w.anaToken(app.TokenInput{Scopes: scopes("read:")})
	for _, v := range []visitor{
		{name: "nobody"}, {name: "ana, session over", cookie: over}, {name: "ana, signed out", cookie: out1}, {name: "sam, suspended", cookie: w.cookies["sam"]},
		{name: "ana by a token", token: all}, {name: "ana by a reading token", token: reading}, {name: "ana, a token as a session", cookie: all},
	} {
		if _, err := w.Authenticate(w.t.Context(), v.cookie); err == nil {
			w.t.Fatalf("%s has a session", v.name)
		}
		out = append(out, v)
	}
	for _, name := range []string{"ana", "ben", "col", "tom", "len", "gus", "lee", "eve"} {
		v := visitor{name: name, cookie: w.cookies[name], in: true}
		if v.by, err = w.Authenticate(w.t.Context(), v.cookie); err != nil {
			w.t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

// A target is whom or what a form on a team is about: the role that is held, and that is given.
type target struct {
	who         string // a person's name, "self", or "" for none
	held, given tandem.Role
}

// An accountPage says how a page of settings, people or the own day is asked for and on what policy
// decides; targets nil is one plain case. ids fills the path beside {space}.
type accountPage struct {
	ids     func(w *world, v visitor, x target) (name, id string)
	form    string // {team}, {given} are filled
	on      func(w *world, v visitor, x target) policy.Resource
	targets []target
	once    bool // the form ends the session that it came with
}

func onSelf(_ *world, v visitor, _ target) policy.Resource {
	return policy.Resource{Kind: policy.Account, Owner: v.by.Person.ID}
}

// onHome is what one has in one's own workspace.
func onHome(k policy.Kind) func(*world, visitor, target) policy.Resource {
	return func(_ *world, v visitor, _ target) policy.Resource {
		return policy.Resource{Kind: k, Workspace: v.by.Person.Personal, Owner: v.by.Person.ID, Visibility: tandem.OnlyMe}
	}
}

// onTeam is what lies in the team: of the person whom the form is about, at the higher of the two roles.
func onTeam(k policy.Kind) func(*world, visitor, target) policy.Resource {
	return func(w *world, v visitor, x target) policy.Resource {
		r := policy.Resource{Kind: k, Workspace: w.teamID, Role: x.held}
		if x.given == tandem.RoleOwner || x.given == tandem.RoleCoordinator {
			r.Role = x.given
		}
		switch x.who {
		case "":
		case "self":
			r.Owner, r.Role = v.by.Person.ID, v.by.Actor.Roles[w.teamID]
		default:
			r.Owner = w.ids[x.who]
		}
		return r
	}
}

// anySeat is every member of the team, who has left and who was never there, with every role to give.
func anySeat(given ...tandem.Role) (out []target) {
	for _, g := range given {
		for _, s := range seated {
			out = append(out, target{who: s.name, held: s.role, given: g})
		}
		out = append(out, target{who: "lee", given: g}, target{who: "eve", given: g})
	}
	return out
}

func person(w *world, _ visitor, x target) (string, string) { return "{person}", w.ids[x.who].String() }

var inviteRoles = []target{{given: tandem.RoleMember, held: tandem.RoleMember}, {given: tandem.RoleCoordinator}, {given: tandem.RoleOwner}}

func aMonth(*world, visitor, target) (string, string) { return "{period}", "month" }

// accountPages are the URLs of settings, of people and of one's own day, by method and path.
var accountPages = map[string]accountPage{
	"GET /{$}":                      {on: onHome(policy.Today)},
	"GET /goals":                    {on: onHome(policy.Goal)},
	"GET /goals/reliability":        {on: onHome(policy.Closing)},
	"GET /goals/new":                {on: onHome(policy.Goal)},
	"POST /goals/new":               {on: onHome(policy.Goal)},
	"GET /templates":                {on: onHome(policy.Template)},
	"POST /templates":               {on: onHome(policy.Template), form: "pack=nothing"},
	"GET /import":                   {on: onHome(policy.Import)},
	"POST /import":                  {on: onHome(policy.Import)},
	"GET /export":                   {on: onHome(policy.Export)},
	"GET /review":                   {on: onHome(policy.Review)},
	"POST /review":                  {on: onHome(policy.Review), form: "at=week"},
	"GET /reviews":                  {on: onHome(policy.Review)},
	"GET /lessons":                  {on: onHome(policy.Learning)},
	"GET /portfolio":                {on: onHome(policy.Learning)},
	"GET /portfolio/book":           {on: onHome(policy.Learning)},
	"GET /portfolio/portfolio.json": {on: onHome(policy.Learning)},
	"GET /feedback":                 {on: onHome(policy.Feedback)},
	"GET /feedback/new":             {on: onHome(policy.Feedback)},
	"POST /feedback/new":            {on: onHome(policy.Feedback), form: "name=Bea&ask=How"},
	"POST /celebrations/{about}":    {on: onHome(policy.Learning), form: "do=away", ids: func(*world, visitor, target) (string, string) { return "{about}", "none" }},
	"GET /reviews/{week}": {on: onHome(policy.Review), ids: func(w *world, v visitor, _ target) (string, string) { // the one that the form above began
		return "{week}", tandem.PeriodWeek.Start(v.by.Person.Today(w.Clock.Now())).String()
	}},
	"GET /review/{period}":  {on: onHome(policy.Review), ids: aMonth},
	"POST /review/{period}": {on: onHome(policy.Review), form: "at=question&question=Who", ids: aMonth},
	"GET /reviews/{period}/{first}": {on: onHome(policy.Review), ids: func(w *world, v visitor, _ target) (string, string) {
		return "{period}/{first}", "month/" + tandem.PeriodMonth.Ended(v.by.Person.Today(w.Clock.Now())).String()
	}},
	"POST /log":                            {on: onHome(policy.Observation), form: "text=Nothing"},
	"GET /entries/names":                   {on: onHome(policy.Observation)},
	"POST /entries":                        {on: onHome(policy.Observation)},
	"GET /welcome":                         {on: onSelf},
	"POST /welcome":                        {on: onSelf},
	"GET /keys":                            {on: onSelf},
	"GET /settings":                        {on: onSelf},
	"POST /settings":                       {on: onSelf, form: "version=999&name=X"},
	"POST /settings/email":                 {on: onSelf, form: "version=999&email=x@example.org"},
	"POST /settings/password":              {on: onSelf, form: "new=x"},
	"GET /settings/data":                   {on: onSelf},
	"GET /settings/about":                  {on: onSelf},
	"GET /settings/calendar":               {on: onHome(policy.Workspace)},
	"POST /settings/calendar":              {on: onHome(policy.Workspace), form: "version=1&fiscal_month=4"},
	"GET /settings/mail":                   {on: onSelf},
	"POST /settings/mail":                  {on: onSelf, form: "weekday=5&hour=9"},
	"GET /settings/mail/preview":           {on: onHome(policy.Today)},
	"GET /settings/tokens":                 {on: onSelf},
	"POST /settings/tokens":                {on: onSelf, form: "name=x&scopes=read:goals&days=7"},
	"POST /concepts/{name}/{answer}":       {on: onSelf, ids: func(*world, visitor, target) (string, string) { return "{name}/{answer}", "technique/not_now" }},
	"POST /sign-out":                       {on: onSelf, once: true},
	"POST /settings/tokens/{token}/revoke": {on: onSelf, ids: func(w *world, v visitor, _ target) (string, string) { return "{token}", w.tokenOf(v) }},
	"POST /settings/sessions/{key}/end": {on: onSelf, ids: func(w *world, v visitor, _ target) (string, string) {
		if !v.in {
			return "{key}", "0000000000000000"
		}
		return "{key}", auth.HashSecret(w.session(v.by.Person, time.Hour))[:16]
	}},

	"GET /settings/people": {on: onSelf},
	"POST /settings/people": {form: "name=Other", on: func(_ *world, v visitor, _ target) policy.Resource {
		return policy.Resource{Kind: policy.Workspace, Owner: v.by.Person.ID}
	}},
	"POST /space":                           {on: onTeam(policy.Workspace), form: "space={team}"},
	"GET /settings/people/{space}":          {on: onTeam(policy.Member)},
	"POST /settings/people/{space}":         {on: onTeam(policy.Workspace), form: "version=999&name=Changed"},
	"POST /settings/people/{space}/leave":   {on: onTeam(policy.Member), targets: []target{{who: "self"}}},
	"POST /settings/people/{space}/invites": {on: onTeam(policy.Invite), form: "role={given}&days=7", targets: inviteRoles},
	"POST /settings/people/{space}/invites/{invite}/withdraw": {on: onTeam(policy.Invite), targets: inviteRoles, ids: func(w *world, _ visitor, x target) (string, string) {
		made := w.send(w.tokens["tom"], "POST", "/api/v1/workspaces/"+w.team+"/invites", `{"role":"`+string(x.given)+`"}`).want(201)
		return "{invite}", made.id()
	}},
	"POST /settings/people/{space}/members/{person}/role": {on: onTeam(policy.Member), form: "role={given}", ids: person,
		targets: anySeat(tandem.RoleMember, tandem.RoleCoordinator, tandem.RoleOwner)},
	"POST /settings/people/{space}/members/{person}/remove": {on: onTeam(policy.Member), ids: person, targets: anySeat("")},
}

// tokenOf makes a token of the visitor's.
func (w *world) tokenOf(v visitor) string {
	w.t.Helper()
	if !v.in {
		return "token_0000000000001"
	}
	m, err := w.CreateToken(w.t.Context(), v.by.Actor, app.TokenInput{Name: "x", Scopes: []string{"read:goals"}})
	if err != nil {
		w.t.Fatal(err)
	}
	return m.Token.ID.String()
}

// member tells whether a target stands in the team: who does not is not there for anybody.
func (w *world) member(v visitor, x target) bool {
	if x.who == "self" {
		_, in := v.by.Actor.Roles[w.teamID]
		return in
	}
	return x.who == "" || slices.ContainsFunc(seated, func(s struct {
		name string
		role tandem.Role
	}) bool {
		return s.name == x.who
	})
}

// TestAccountPagesAnswerAsPolicyDecides sends every page and form of settings, people and the own day as
// everybody, about every member of a team and every role, and compares with policy.Decide.
func TestAccountPagesAnswerAsPolicyDecides(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		b, visitors, cells, answers := w.pages(), w.visitors(), 0, map[policy.Answer]int{}
		asked := map[string]bool{}
		for _, r := range pageRoutes(t) {
			name := r.method + " " + r.path
			k, ok := pageOf(name)
			if !ok {
				continue
			}
			asked[name] = true
			for _, v := range visitors {
				for _, x := range append(k.targets, target{})[:max(len(k.targets), 1)] {
					if k.once && v.in {
						v.cookie = w.session(v.by.Person, time.Hour)
					}
					path := strings.NewReplacer("{space}", w.team, "{$}", "").Replace(r.path)
					if k.ids != nil {
						name, id := k.ids(w, v, x)
						path = strings.Replace(path, name, id, 1)
					}
					status, where, text := b.send(v.cookie, v.token, r.method, path, strings.NewReplacer("{team}", w.team, "{given}", string(x.given)).Replace(k.form))
					cells++
					for _, s := range seated { // what the form took away
						if strings.Contains(r.path, "{space}") && status == 303 {
							w.seat(w.ids[s.name], s.role)
						}
					}
					if !v.in {
						if status != 303 && status != 200 || status == 303 && !strings.HasPrefix(where, "/sign-in") || strings.Contains(text, "Col") {
							t.Errorf("%s by %s: %d to %q", name, v.name, status, where)
						}
						continue
					}
					d := policy.Decide(v.by.Actor, r.action, k.on(w, v, x))
					if !w.member(v, x) {
						d = policy.Decision{}
					}
					answers[d.Answer]++
					if good := map[policy.Answer]bool{policy.Hide: status == 404, policy.Deny: status == 403, policy.Allow: status < 500 && status != 401 && status != 403 && status != 404}; !good[d.Answer] || strings.HasPrefix(where, "/sign-in") && !k.once {
						t.Errorf("%s by %s about %v: %d to %q, policy says %v", name, v.name, x, status, where, d)
					}
				}
			}
		}
		for name := range lifelinePages() {
			if !asked[name] {
				t.Errorf("%s is gone", name)
			}
		}
		for name := range accountPages {
			if !asked[name] {
				t.Errorf("%s is gone", name)
			}
		}
		t.Logf("%d cells on %d URLs; answers %v", cells, len(asked), answers)
		if cells < 900 || answers[policy.Hide] < 100 || answers[policy.Deny] < 50 || answers[policy.Allow] < 200 {
			t.Errorf("only %d cells, %v", cells, answers)
		}
		b.quiet()
	})
}

// sameAnswer asks with ids that name nothing and with ids of others, and wants the same bytes.
func (b browser) sameAnswer(cookie, method, path, form string, ids ...string) (first string) {
	b.w.t.Helper()
	for i, id := range ids {
		status, where, text := b.send(cookie, "", method, strings.ReplaceAll(path, "{}", id), strings.ReplaceAll(form, "{}", url.QueryEscape(id)))
		all := strings.ReplaceAll(fmt.Sprint(status, " ", where, "\n", text), id, "ID")
		if i == 0 {
			first = all
		} else if all != first {
			b.w.t.Errorf("%s %s %s answers %s differently from %s: %.1500s\n---\n%.1500s", method, path, form, id, ids[0], all, first)
		}
	}
	return first
}

// secret gives that of an invitation to the team which is used up by somebody who had left, or taken back.
func (w *world) secret(t *testing.T, user string, used bool) string {
	t.Helper()
	m := w.send(w.tokens["tom"], "POST", "/api/v1/workspaces/"+w.team+"/invites", `{}`).want(201)
	if !used {
		w.send(w.tokens["tom"], "DELETE", "/api/v1/workspaces/"+w.team+"/invites/"+m.id(), "").want(204)
		return m.text("secret")
	}
	w.send(w.tokens["tom"], "DELETE", "/api/v1/workspaces/"+w.team+"/members/"+w.ids[user].String(), "").want(204)
	who, err := w.Authenticate(t.Context(), w.cookies[user])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.AcceptInvite(t.Context(), who.Actor, m.text("secret")); err != nil {
		t.Fatal(err)
	}
	return m.text("secret")
}

// TestOthersIdsOnAccountPagesLookLikeNone wants pages of settings and people to tell nobody what exists.
func TestOthersIdsOnAccountPagesLookLikeNone(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		b := w.pages()
		w.visitors()
		other := w.send(w.tokens["eve"], "POST", "/api/v1/workspaces", `{"name":"Other"}`).want(201).id()
		theirs := w.send(w.tokens["eve"], "POST", "/api/v1/workspaces/"+other+"/invites", `{}`).want(201).id()
		ours := w.send(w.tokens["tom"], "POST", "/api/v1/workspaces/"+w.team+"/invites", `{}`).want(201)
		eve, err := w.Authenticate(t.Context(), w.cookies["eve"])
		if err != nil {
			t.Fatal(err)
		}
		token := w.tokenOf(visitor{in: true, by: eve})
		no := func(kind string) []string { return []string{kind + "_0000000000001", kind + "_nonsense", "nonsense"} }
		cells := 0
		for _, v := range []string{"ana", "ben", "col", "tom", "len", "gus"} {
			cookie, in := w.cookies[v], "/settings/people/"+w.team
			for _, c := range []struct{ method, path, form, kind, foreign string }{
				{"GET", "/settings/people/{}", "", "space", other},
				{"POST", "/settings/people/{}", "version=1&name=X", "space", other},
				{"POST", "/settings/people/{}/leave", "", "space", other},
				{"POST", "/settings/people/{}/invites", "role=member&days=7", "space", other},
				{"POST", "/settings/people/{}/invites", "role=nonsense&days=x", "space", other},
				{"POST", "/settings/people/{}/invites/" + theirs + "/withdraw", "", "space", other},
				{"POST", "/settings/people/{}/members/" + w.ids["eve"].String() + "/role", "role=member", "space", other},
				{"POST", "/settings/people/{}/members/" + w.ids["eve"].String() + "/role", "role=nonsense", "space", other},
				{"POST", "/settings/people/{}/members/" + w.ids["eve"].String() + "/remove", "", "space", other},
				{"POST", "/space", "space={}", "space", other},
				{"POST", "/settings/tokens", "name=x&scopes=read:goals&days=7&space={}", "space", other},
				{"POST", in + "/invites/{}/withdraw", "", "invite", theirs},
				{"POST", in + "/members/{}/role", "role=member", "person", w.ids["eve"].String()},
				{"POST", in + "/members/{}/role", "role=member", "person", w.ids["lee"].String()},
				{"POST", in + "/members/{}/remove", "", "person", w.ids["eve"].String()},
				{"POST", "/settings/tokens/{}/revoke", "", "token", token},
				{"POST", "/settings/sessions/{}/end", "", "session", auth.HashSecret(w.cookies["eve"])[:16]},
			} {
				cells++
				b.sameAnswer(cookie, c.method, c.path, c.form, append(no(c.kind), c.foreign)...)
			}
		}
		for _, v := range []string{"eve", "lee", "gus", "ben"} { // who may not see invitations
			b.sameAnswer(w.cookies[v], "POST", "/settings/people/"+w.team+"/invites/{}/withdraw", "", "invite_0000000000001", ours.id(), theirs)
		}
		// Secrets that do not hold any more are answered as those that never did.
		link, err := w.AddPerson(t.Context(), policy.Local(), app.PersonInput{Email: "new@example.org"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.SignInByLink(t.Context(), link.Secret, app.From{}); err != nil {
			t.Fatal(err)
		}
		used, taken := w.secret(t, "gus", true), w.secret(t, "", false)
		for _, v := range []string{"", "ben", "lee"} {
			for _, method := range []string{"GET", "POST"} {
				b.sameAnswer(w.cookies[v], method, "/join/{}", "name=X&email=x@example.org&password=correct+horse+battery+staple", "none", used, taken)
			}
		}
		b.sameAnswer("", "POST", "/link/{}", "", "none", link.Secret)
		if _, err := w.Authenticate(t.Context(), w.cookies["eve"]); err != nil {
			t.Errorf("somebody ended Eve's session: %v", err)
		}
		if out := b.sameAnswer(w.cookies["tom"], "GET", "/settings/people/{}", "", w.team); !strings.HasPrefix(out, "200") {
			t.Errorf("the owner's own team answers %.300s", out)
		}
		t.Logf("%d cells", cells)
		b.quiet()
	})
}
