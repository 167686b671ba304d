package web_test

import (
	"net/http"
	"strings"
	"testing"

	"tandem"
	"tandem/app"
)

// personal is the workspace of one's own.
func (r *reader) personal(by tandem.Actor) tandem.WorkspaceID {
	r.t.Helper()
	p, err := r.Profile(r.t.Context(), by)
	if err != nil {
		r.t.Fatal(err)
	}
	return p.Personal
}

// logged counts the values, practices and uses that stand.
func (r *reader) logged(by tandem.Actor, ws tandem.WorkspaceID) (n [3]int) {
	r.t.Helper()
	ctx, store := r.t.Context(), r.Store.For(by)
	ms, err := store.Metrics(ctx, ws, "", 0, 100)
	if err != nil {
		r.t.Fatal(err)
	}
	for _, m := range ms {
		os, err := store.Observations(ctx, ws, m.ID, r.today()-10, r.today())
		if err != nil {
			r.t.Fatal(err)
		}
		n[0] += len(os)
	}
	gs, err := store.Learnings(ctx, ws, true, []tandem.GoalState{tandem.Active}, 0, 100)
	if err != nil {
		r.t.Fatal(err)
	}
	for _, g := range gs {
		ps, err := store.Practices(ctx, ws, g.ID, r.today()-10, r.today())
		if err != nil {
			r.t.Fatal(err)
		}
		n[1] += len(ps)
	}
	us, err := store.Uses(ctx, ws, r.today()-10, r.today())
	if err != nil {
		r.t.Fatal(err)
	}
	n[2] = len(us)
	return n
}

// A line is logged on Today, the toast says what was understood, and Undo takes it back.
func TestALineIsLoggedAndTakenBack(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	by := s.Actor(t, app.SignedIn{Secret: r.cookies["tandem"]})
	ws := r.personal(by)
	for _, n := range []app.MetricInput{{Name: "Sales", Form: "total"}, {Name: "Weight", Unit: "kg"}} {
		if _, err := s.CreateMetric(t.Context(), by, ws, n); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.CreateGoal(t.Context(), by, ws, app.GoalInput{Kind: "learning", Title: "Guitar"}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"the pause", "the long look"} {
		if _, err := s.CreateTechnique(t.Context(), by, ws, app.TechniqueInput{Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	r.get("/").want(t, http.StatusOK).Want("form[action='/log'] input[name=text]", 1)
	for i, c := range []struct{ line, says string }{
		{"sales 12", "Sales: +12"}, {"weight 71.5 yesterday after lunch", "Weight: 71.5 kg, yesterday, “after lunch”"},
		{"sale, with the pause", "Sales: +1, with the pause"}, {"20m guitar yesterday, with the pause", "Guitar: 20 min, yesterday, with the pause"},
		{"used the pause and the long look", "Used: the long look, with the pause"}, {"sales skipped yesterday", "Sales: skipped, yesterday"},
	} {
		before := r.logged(by, ws)
		r.post("/log", "text", c.line, "key", string(rune('a'+i))).to(t, "/")
		p := r.get("/").want(t, http.StatusOK)
		if got := strings.ReplaceAll(p.One(".toast span").Text(), "\u00a0", " "); got != c.says {
			t.Errorf("%q says %q, want %q", c.line, got, c.says)
		}
		if r.logged(by, ws) == before {
			t.Errorf("%q changed nothing", c.line)
		}
		r.post("/log", "text", c.line, "key", string(rune('a'+i))).to(t, "/") // the same press again
		r.get("/").want(t, http.StatusOK).Want(".toast", 0)
		r.post(p.One(".toast form").Attr("action")).to(t, "/")
		if got := r.logged(by, ws); got != before {
			t.Errorf("%q: %v stand after Undo, %v before", c.line, got, before)
		}
		r.get("/")
	}
}

// What is not clear comes back with the line in its field; two names that fit give two buttons.
func TestALineThatIsNotClearComesBack(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	by := s.Actor(t, app.SignedIn{Secret: r.cookies["tandem"]})
	ws := r.personal(by)
	for _, name := range []string{"Phone calls", "Video calls"} {
		if _, err := s.CreateMetric(t.Context(), by, ws, app.MetricInput{Name: name, Form: "total"}); err != nil {
			t.Fatal(err)
		}
	}
	p := r.post("/log", "text", "Phane 3", "key", "a").want(t, http.StatusUnprocessableEntity)
	p.WantText("#errors li", "Nothing of yours is called that. Did you mean “Phone calls”? Write the name of a number with its value, of a learning goal with the minutes, or of a technique.")
	if v := p.One("#f-text").Attr("value"); v != "Phane 3" {
		t.Errorf("the line is %q", v)
	}
	p = r.post("/log", "text", "calls 3", "key", "b").want(t, http.StatusUnprocessableEntity)
	p.WantText("#h-ask", "Which one is it for?")
	p.Want("[aria-labelledby=h-ask] button", 2)
	p.Want("#errors", 0)
	b := p.All("[aria-labelledby=h-ask] button")[1]
	label := b.Text()
	r.post("/log", "text", "calls 3", "key", "b", "pick", b.Attr("value")).to(t, "/")
	r.get("/").WantText(".toast span", label+": +3")
}
