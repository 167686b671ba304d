package web_test

import (
	"html"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tandem"
	"tandem/app"
)

var textareaPart = regexp.MustCompile(`(?s)<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>`)

// filled gives what a browser without a script sends of the form for something new.
func filled(p answer) (pairs []string) {
	for _, x := range p.All("#newgoal input") {
		pairs = append(pairs, x.Attr("name"), x.Attr("value"))
	}
	for _, x := range p.All("#newgoal select") {
		value := ""
		for _, o := range x.All("option") {
			if o.HasAttr("selected") {
				value = o.Attr("value")
			}
		}
		pairs = append(pairs, x.Attr("name"), value)
	}
	for _, m := range textareaPart.FindAllStringSubmatch(p.One("#newgoal").Source(), -1) {
		pairs = append(pairs, m[1], html.UnescapeString(m[2]))
	}
	return pairs
}

// with puts a value into a filled form.
func with(pairs []string, name, value string) []string {
	out := slices.Clone(pairs)
	for i := 0; i < len(out); i += 2 {
		if out[i] == name {
			out[i+1] = value
		}
	}
	return out
}

// An example fills the form, its fold open; the pair comes with one press, without a script, with the levels,
// the way to try, what is not in one's hands and the deadline of the example, and its use counts.
func TestAnExampleFillsTheForm(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	p := r.get("/goals/new?template=twenty-sales").want(t, http.StatusOK)
	p.Want("#draft details[open]", 1)
	p.Want("button[name=kind]", 3)
	for field, want := range map[string]string{"#f-result-title": "Make 20 sales this month", "#f-result-target": "20", "#f-result-number-name": "Sales", "#f-result-number-unit": "sales",
		"#f-learning-title": "Learn to ask better discovery questions", "#f-technique": "Wait three seconds after every answer", "#f-outside": "Budgets of customers", "#f-outside-2": "Season",
		"#f-learning-collection_size": "3", "#f-result-deadline": (s.today() + 30).String(), "#newgoal input[name=template]": "twenty-sales"} {
		p.WantAttr(field, "value", want)
	}
	sent := r.post("/goals/new", append(filled(p), "kind", "pair")...).want(t, http.StatusSeeOther)
	result := r.get(sent.Header.Get("Location")).want(t, http.StatusOK)
	result.WantText("h1", "Make 20 sales this month")
	for _, want := range []string{"Budgets of customers", "Season", "Wait three seconds after every answer", "Learn to ask better discovery questions"} {
		if !strings.Contains(result.One("main").Text(), want) {
			t.Errorf("the page of the result does not say %q", want)
		}
	}
	in := s.signedIn(t, r)
	list, err := s.App.ListGoals(t.Context(), in.Actor, in.Person.Personal, app.GoalQuery{Kind: tandem.KindLearning, Limit: 5})
	if err != nil || len(list.Items) != 1 {
		t.Fatalf("%v %v", list, err)
	}
	made, err := s.App.GetGoal(t.Context(), in.Actor, in.Person.Personal, list.Items[0].Head().ID)
	if err != nil {
		t.Fatal(err)
	}
	g := made.(tandem.LearningGoal)
	if len(g.Levels) != 4 || g.Levels[3] != "Teaches a colleague" || g.CollectionSize != 3 {
		t.Errorf("the learning goal is %+v", g)
	}
	taken := 0
	all, err := s.App.ListTemplates(t.Context(), in.Actor, g.Workspace, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range all {
		if v.Name == "twenty-sales" {
			taken = v.Taken
		}
	}
	if taken != 2 {
		t.Errorf("%d goals count as made from it", taken)
	}
	r.post("/goals/new", append(filled(p), "kind", "learning")...) // the same key: nothing twice
	one := r.post("/goals/new", append(with(filled(p), "key", "another"), "kind", "learning")...).want(t, http.StatusSeeOther)
	r.get(one.Header.Get("Location")).want(t, http.StatusOK).WantText("h1", "Learn to ask better discovery questions")
	r.get("/goals/new?template=no-such").want(t, http.StatusNotFound)
}

// An example that only says by how much takes its target from where the number stands, if none is typed; what
// is wrong keeps everything that was filled in.
func TestAnExampleByAChangeFollowsTheStart(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	p := r.get("/goals/new?template=lose-ten-pounds").want(t, http.StatusOK)
	p.WantAttr("#f-result-target", "value", "")
	if text := p.One("#newgoal").Text(); !strings.Contains(text, "Left empty, it follows from where it stands now. Weight: −10 lb from where it stands.") {
		t.Errorf("the form says %s", text)
	}
	back := r.post("/goals/new", append(filled(p), "kind", "result")...).want(t, http.StatusUnprocessableEntity)
	back.WantAttr("#f-result-number-unit", "value", "lb")
	back.WantAttr("#newgoal input[name=template]", "value", "lose-ten-pounds")
	back.Want("#draft details[open]", 1)
	sent := r.post("/goals/new", append(with(filled(p), "result.from", "182"), "kind", "result")...).want(t, http.StatusSeeOther)
	if text := r.get(sent.Header.Get("Location")).want(t, http.StatusOK).One("main").Text(); !strings.Contains(text, "172") {
		t.Errorf("the result does not aim at 172: %.400s", text)
	}
}

// Minors get no example about the body by any address.
func TestMinorsGetNoExampleAboutTheBody(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	r.get("/goals/new?template=lose-ten-pounds").want(t, http.StatusOK)
	for _, band := range []tandem.AgeBand{tandem.Child, tandem.Teen} {
		kim := s.as(s.Minor(t, "Kim"+string(band), band))
		kim.get("/goals/new?template=lose-ten-pounds").want(t, http.StatusNotFound)
		kim.get("/goals/new?template=maths-mark").want(t, http.StatusOK).Want("#draft details[open]", 1)
	}
}

// A teen who types a result about the body into the form is told kindly what goes instead, what was typed
// stays, and the learning goal beside it may be made.
func TestMinorsSetNoResultAboutTheBodyOnThePage(t *testing.T) {
	s := newSite(t)
	for lang, want := range map[string]string{"en": "strength, energy, or a skill", "de": "Kraft, Energie oder einer Fertigkeit"} {
		in := s.Minor(t, "Kim"+lang, tandem.Teen)
		kim := s.as(in)
		kim.post("/settings", "version", "1", "name", "Kim", "lang", lang, "zone", "Europe/Berlin", "day_start", "0", "theme", "auto").to(t, "/settings")
		for _, title := range []string{"Lose 5 kg by summer", "Schlanker werden"} {
			form := []string{"key", title, "result.title", title, "result.target", "5", "result.deadline", (s.today() + 60).String(), "result.number.name", "Count", "result.number.form", "total",
				"learning.title", "Learn to cook healthy meals"}
			back := kim.post("/goals/new", append(form, "kind", "pair")...).want(t, http.StatusUnprocessableEntity)
			if text := back.One("main").Text(); !strings.Contains(text, want) {
				t.Errorf("the page says %s", text)
			}
			back.WantAttr("#f-result-title", "value", title)
			kim.post("/goals/new", append(form, "kind", "learning")...).want(t, http.StatusSeeOther)
		}
	}
}
