package api_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"tandem"
	"tandem/api"
	"tandem/app"
	"tandem/policy"
)

// A circle is a lifeline of the world: Ana began it, Ben and Zed are in it, Col said yes and waits for Zed, Lee
// was in it and ended it. Everybody else was never there.
type circle struct {
	id, note, goal string // note is one to Ana, goal her learning goal that is shown
}

// bring makes an invitation of somebody's and says yes to it as somebody else.
func (w *world) bring(by, id, who string) {
	w.t.Helper()
	secret := w.send(w.tokens[by], "POST", "/api/v1/lifelines/"+id+"/invites", `{}`).want(201).text("secret")
	w.send(w.tokens[who], "POST", "/api/v1/lifeline-invites/accept", `{"secret":"`+secret+`"}`).want(200)
}

func (w *world) agree(by, id, who string) {
	w.t.Helper()
	w.send(w.tokens[by], "POST", "/api/v1/lifelines/"+id+"/people/"+w.ids[who].String(), `{"yes":true}`).want(204)
}

// circle makes the lifeline once.
func (w *world) circle() circle {
	w.t.Helper()
	if w.life.id != "" {
		return w.life
	}
	c := circle{goal: w.sets[4].learning} // of the personal workspace
	c.id = w.send(w.tokens["ana"], "POST", "/api/v1/lifelines", `{"question":"What did you try?","ask":"Ask me.","goals":[{"goal":"`+c.goal+`"}]}`).want(201).id()
	w.bring("ana", c.id, "ben")
	w.bring("ana", c.id, "zed")
	w.agree("ben", c.id, "zed")
	w.bring("ben", c.id, "lee")
	w.agree("ana", c.id, "lee")
	w.agree("zed", c.id, "lee")
	w.send(w.tokens["lee"], "DELETE", "/api/v1/lifelines/"+c.id, "").want(204)
	w.bring("ana", c.id, "col")
	own := w.send(w.tokens["ben"], "POST", "/api/v1/goals", `{"kind":"learning","title":"Ben asks"}`).want(201).id()
	w.send(w.tokens["ben"], "POST", "/api/v1/lifelines/"+c.id, `{"goals":[{"goal":"`+own+`"}]}`, "If-Match", `"1"`).want(200)
	c.note = w.send(w.tokens["ben"], "POST", "/api/v1/lifelines/"+c.id+"/notes", `{"to":"`+w.ana.String()+`","kind":"honest","text":"You filled the silence."}`).want(201).id()
	w.life = c
	return c
}

// tie gives how somebody stands to the lifeline of the world.
func (w *world) tie(who tandem.PersonID) tandem.Tie {
	switch who {
	case w.ids["ana"], w.ids["ben"], w.ids["zed"]:
		return tandem.TieAccepted
	case w.ids["col"]:
		return tandem.TieInvited
	case w.ids["lee"]:
		return tandem.TieEnded
	}
	return tandem.TieNone
}

// named gives the name of a person of the world.
func (w *world) named(who tandem.PersonID) string {
	for name, id := range w.ids {
		if id == who {
			return name
		}
	}
	return "nobody"
}

func ownLife(_ *world, c caller) policy.Resource {
	return policy.Resource{Kind: policy.Lifeline, Owner: c.by.Person.ID}
}

func inLife(w *world, c caller) policy.Resource {
	return policy.Resource{Kind: policy.Lifeline, Tie: w.tie(c.by.Person.ID)}
}

func onNote(w *world, _ caller) policy.Resource {
	return policy.Resource{Kind: policy.Note, Owner: w.ana}
}

// endLife: who waits takes the own yes back.
func endLife(w *world, c caller) policy.Resource {
	if w.tie(c.by.Person.ID) == tandem.TieInvited {
		return ownLife(w, c)
	}
	return inLife(w, c)
}

func life(more string) func(*world, caller) string {
	return func(w *world, _ caller) string {
		return strings.NewReplacer("{life}", w.circle().id, "{note}", w.circle().note, "{col}", w.ids["col"].String()).Replace(more)
	}
}

// ending gives a lifeline that can be ended: for who is in one, another of the own.
func (w *world) ending(who tandem.PersonID) string {
	if w.tie(who) == tandem.TieAccepted {
		return w.send(w.tokens[w.named(who)], "POST", "/api/v1/lifelines", `{"question":"What?"}`).want(201).id()
	}
	return w.circle().id
}

// withdrawn gives an invitation of somebody's own, Ana's for who is not in it.
func (w *world) withdrawn(who tandem.PersonID) string {
	name := "ana"
	if w.tie(who) == tandem.TieAccepted {
		name = w.named(who)
	}
	return w.send(w.tokens[name], "POST", "/api/v1/lifelines/"+w.circle().id+"/invites", `{}`).want(201).id()
}

// lifelineCases are the routes of lifelines, beside accountCases.
func lifelineCases() map[string]accountCase {
	return map[string]accountCase{
		"list-lifelines":      {path: life("/lifelines"), on: ownLife},
		"create-lifeline":     {path: life("/lifelines"), body: `{"question":"What?"}`, on: ownLife},
		"list-lifeline-calls": {path: life("/lifelines/calls"), on: ownLife},
		"get-lifeline":        {path: life("/lifelines/{life}"), on: inLife},
		"change-lifeline":     {path: life("/lifelines/{life}"), body: `{"ask":"Ask me twice."}`, on: inLife},
		"check-in":            {path: life("/lifelines/{life}/check-in"), body: `{"did":"The pause."}`, on: inLife},
		"ask-rescue":          {path: life("/lifelines/{life}/rescue"), body: `{"text":"the call"}`, on: inLife},
		"say":                 {path: life("/lifelines/{life}/notes"), body: `{"to":"{zed}","kind":"encourage","text":"You waited."}`, on: inLife},
		"invite-to-lifeline":  {path: life("/lifelines/{life}/invites"), body: `{}`, on: inLife},
		"delete-lifeline-invite": {on: inLife, path: func(w *world, c caller) string {
			return "/lifelines/" + w.circle().id + "/invites/" + w.withdrawn(c.by.Person.ID)
		}},
		"get-lifeline-invite":        {path: life("/lifeline-invites/look"), body: `{"secret":"none"}`, on: ownLife, also: []int{422}},
		"accept-lifeline":            {path: life("/lifeline-invites/accept"), body: `{"secret":"none"}`, on: ownLife, also: []int{422}},
		"agree-lifeline":             {path: life("/lifelines/{life}/people/{col}"), body: `{"yes":true}`, on: inLife},
		"list-notes":                 {path: life("/notes"), on: ownLife},
		"settle-note":                {path: life("/notes/{note}"), body: `{"to":"done"}`, on: onNote},
		"list-celebration-lifelines": {path: life("/celebrations/none/lifelines"), on: ownLife, also: []int{404}},
		"tell-celebration":           {path: life("/lifelines/{life}/celebrations"), body: `{"about":"none"}`, on: inLife, also: []int{404}},
		"end-lifeline":               {on: endLife, path: func(w *world, c caller) string { return "/lifelines/" + w.ending(c.by.Person.ID) }},
	}
}

// caseOf gives how a route about an account, a team or a lifeline is asked for.
func caseOf(id string) (accountCase, bool) {
	if k, ok := lifelineCases()[id]; ok {
		return k, true
	}
	k, ok := accountCases[id]
	return k, ok
}

func pageInLife(w *world, v visitor, _ target) policy.Resource {
	return policy.Resource{Kind: policy.Lifeline, Tie: w.tie(v.by.Person.ID)}
}

func pageOwnLife(_ *world, v visitor, _ target) policy.Resource {
	return policy.Resource{Kind: policy.Lifeline, Owner: v.by.Person.ID}
}

// lifePage fills a path under a lifeline.
func lifePage(name, path string) func(*world, visitor, target) (string, string) {
	return func(w *world, v visitor, _ target) (string, string) {
		return name, strings.NewReplacer("{life}", w.circle().id, "{goal}", w.circle().goal, "{col}", w.ids["col"].String(), "{note}", w.circle().note).Replace(path)
	}
}

// lifelinePages are the URLs of lifelines, beside accountPages.
func lifelinePages() map[string]accountPage {
	id := lifePage("{id}", "{life}")
	return map[string]accountPage{
		"GET /lifelines":                       {on: pageOwnLife},
		"GET /lifelines/new":                   {on: pageOwnLife},
		"POST /lifelines/new":                  {on: pageOwnLife, form: "question=What&quiet_days=0"},
		"GET /lifelines/words":                 {on: pageOwnLife},
		"GET /lifelines/{id}":                  {on: pageInLife, ids: id},
		"GET /lifelines/{id}/mine":             {on: pageInLife, ids: id},
		"POST /lifelines/{id}/mine":            {on: pageInLife, ids: id, form: "question=&quiet_days=1"},
		"GET /lifelines/{id}/exchange":         {on: pageInLife, ids: id},
		"POST /lifelines/{id}/exchange":        {on: pageInLife, ids: id, form: "did=The+pause"},
		"POST /lifelines/{id}/say":             {on: pageInLife, ids: id, form: "kind=encourage&text="},
		"POST /lifelines/{id}/tell":            {on: pageInLife, ids: id, form: "about=none"},
		"POST /lifelines/{id}/rescue":          {on: pageInLife, ids: id, form: "help=The+call"},
		"GET /lifelines/{id}/word/{goal}":      {on: pageInLife, ids: lifePage("{id}/word/{goal}", "{life}/word/{goal}")},
		"POST /lifelines/{id}/word/{goal}":     {on: pageInLife, ids: lifePage("{id}/word/{goal}", "{life}/word/{goal}"), form: "text="},
		"POST /lifelines/{id}/invites":         {on: pageInLife, ids: id, form: "who=Tomas"},
		"POST /lifelines/{id}/people/{person}": {on: pageInLife, ids: lifePage("{id}/people/{person}", "{life}/people/{col}"), form: "do=yes"},
		"POST /lifelines/{id}/invites/{invite}/withdraw": {on: pageInLife, ids: func(w *world, v visitor, _ target) (string, string) {
			return "{id}/invites/{invite}", w.circle().id + "/invites/" + w.withdrawn(v.by.Person.ID)
		}},
		"POST /lifelines/{id}/end": {ids: func(w *world, v visitor, _ target) (string, string) { return "{id}", w.ending(v.by.Person.ID) },
			on: func(w *world, v visitor, x target) policy.Resource {
				if w.tie(v.by.Person.ID) == tandem.TieInvited {
					return pageOwnLife(w, v, x)
				}
				return pageInLife(w, v, x)
			}},
		"POST /notes/{note}": {ids: lifePage("{note}", "{note}"), form: "to=done&back=/", on: func(w *world, _ visitor, _ target) policy.Resource {
			return policy.Resource{Kind: policy.Note, Owner: w.ana}
		}},
	}
}

// pageOf gives how a page of an account, a team or a lifeline is asked for.
func pageOf(name string) (accountPage, bool) {
	if k, ok := lifelinePages()[name]; ok {
		return k, true
	}
	k, ok := accountPages[name]
	return k, ok
}

// TestAnEndedLifelineReadsNothingOnAnyPath asks as Eve, who has no other tie to Ana, for everything there is to
// read of Ana's before and after Ana ended their lifeline: by token and by page, on the very next request.
func TestAnEndedLifelineReadsNothingOnAnyPath(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		o := w.sets[5] // of the personal workspace, for lifelines
		mine := w.send(w.tokens["eve"], "POST", "/api/v1/goals", `{"kind":"learning","title":"Eve asks"}`).want(201).id()
		id := w.send(w.tokens["ana"], "POST", "/api/v1/lifelines", `{"question":"What did you try?","ask":"Ask me on Mondays.","goals":[{"goal":"`+o.learning+`"}]}`).want(201).id()
		w.bring("ana", id, "eve")
		w.send(w.tokens["eve"], "POST", "/api/v1/lifelines/"+id, `{"goals":[{"goal":"`+mine+`"}]}`, "If-Match", `"1"`).want(200)
		w.send(w.tokens["ana"], "POST", "/api/v1/lifelines/"+id+"/rescue", `{"text":"the Alder call"}`).want(201)
		said := w.send(w.tokens["eve"], "POST", "/api/v1/lifelines/"+id+"/notes", `{"to":"`+w.ana.String()+`","kind":"honest","text":"You filled it."}`).want(201).id()
		secrets := []string{"Asking lifelines", "They talk more.", "the Alder call", "Ask me on Mondays.", "You filled it.", `"Ana"`, ">Ana<", "Ana asks"}
		b := w.pages()
		paths := []string{"/lifelines/" + id, "/lifelines/" + id + "/mine", "/lifelines/" + id + "/exchange", "/lifelines/" + id + "/word/" + o.learning, "/lifelines", "/lifelines/words", "/", "/export", "/review", "/settings/mail/preview",
			"/goals", "/goals/" + o.learning, "/goals/" + o.result, "/numbers/" + o.metric, "/techniques/" + o.technique}
		read := func() (leaks []string, gone, asked int) {
			look := func(path string, status int, text string) {
				asked++
				if status == http.StatusNotFound {
					gone++
				}
				for _, s := range secrets {
					if strings.Contains(text, s) {
						leaks = append(leaks, path+" says "+s)
					}
				}
			}
			for _, r := range api.Routes() {
				if r.Method != "GET" {
					continue
				}
				if sh, ok := shapes[r.ID]; ok {
					a := w.ask(caller{token: w.tokens["eve"]}, r, sh, o, false)
					look(r.ID, a.StatusCode, a.Text)
				} else if k, ok := lifelineCases()[r.ID]; ok {
					path := strings.Replace(k.path(w, caller{}), w.circle().id, id, 1)
					a := w.send(w.tokens["eve"], "GET", "/api/v1"+path, "")
					look(r.ID, a.StatusCode, a.Text)
				}
			}
			for _, p := range paths {
				status, _, text := b.send(w.cookies["eve"], "", "GET", p, "")
				look(p, status, text)
			}
			return leaks, gone, asked
		}
		before, _, asked := read()
		for _, want := range []string{"get-lifeline says Asking lifelines", "list-lifeline-calls says the Alder call", "/lifelines/" + id + " says They talk more.", "/lifelines/" + id + "/word/" + o.learning + " says Asking lifelines", "/ says the Alder call"} {
			if !slices.Contains(before, want) {
				t.Errorf("before it ended, nothing of %q: %v", want, before)
			}
		}
		w.send(w.tokens["ana"], "DELETE", "/api/v1/lifelines/"+id, "").want(204)
		after, gone, _ := read()
		for _, l := range after {
			t.Error("after it ended", l)
		}
		t.Logf("%d paths; %d leaks before, %d not there after", asked, len(before), gone)
		if asked < 30 {
			t.Errorf("only %d paths", asked)
		}
		if a := w.send(w.tokens["ana"], "GET", "/api/v1/lifelines/"+id, ""); a.StatusCode != http.StatusNotFound {
			t.Errorf("who ended it reads it: %d", a.StatusCode)
		}
		if a := w.send(w.tokens["ana"], "GET", "/api/v1/notes", ""); !strings.Contains(a.Text, "You filled it.") || !strings.Contains(a.Text, said) {
			t.Errorf("what was said to Ana is gone: %s", a.Text)
		}
		for _, x := range []struct{ method, path, body string }{
			{"POST", "/lifelines/" + id + "/notes", `{"to":"` + w.ana.String() + `","kind":"ask","text":"Where are you?"}`},
			{"POST", "/notes/" + said, `{"to":"done"}`},
		} {
			if a := w.send(w.tokens["eve"], x.method, "/api/v1"+x.path, x.body); a.StatusCode < 400 {
				t.Errorf("%s %s: %d", x.method, x.path, a.StatusCode)
			}
		}
		if in, err := w.App.ListNotes(t.Context(), app.Principal{}.Actor, 10); err == nil && len(in) > 0 {
			t.Error("nobody reads notes")
		}
	})
}
