package app_test

import (
	"slices"
	"strings"
	"testing"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
	"tandem/policy"
)

// aPack is a pack of one template.
func aPack(key, result string) app.PackInput {
	return app.PackInput{Pack: "tandem templates 1\nlanguage: en\ntemplate: " + key + "\ntopic: home\nresult: " + result +
		"\nnumber: N\ntarget: 10\nperiod: 1 month\nlearning: Look closely\nlevel: a\nlevel: b\nlevel: c\npractice: 10 minutes, 3 days a week\ntechnique: Wait\noutside: Rain\nwhy: Calm\n"}
}

func names(vs []app.TemplateView) (out []string) {
	for _, v := range vs {
		out = append(out, v.Name)
	}
	return out
}

// TestATemplateBecomesAPair takes every built-in template, says where the number stands and when it ends, and
// makes the pair.
func TestATemplateBecomesAPair(t *testing.T) {
	d := newDesk(t)
	all := must[[]app.TemplateView](t)(d.ListTemplates(t.Context(), d.by, d.ws, ""))
	if len(all) != 30 {
		t.Fatalf("%d templates", len(all))
	}
	for _, v := range all {
		in := v.Pair
		in.Result.Deadline = d.today() + tandem.Day(v.Days)
		if v.Change != nil {
			in.Result.Baseline, in.Result.Target = ptr(200.0), ptr(200+*v.Change)
		}
		p, err := d.CreatePair(t.Context(), d.by, d.ws, in)
		if err != nil {
			t.Fatalf("%s: %v", v.Name, err)
		}
		if p.Result.Title != in.Result.Title || len(p.Learning.Levels) < 3 {
			t.Errorf("%s became %+v", v.Name, p)
		}
	}
	again := must[app.TemplateView](t)(d.GetTemplate(t.Context(), d.by, d.ws, "twenty-sales"))
	if again.Taken != 2 {
		t.Errorf("a pair was made of it, %d goals are counted", again.Taken)
	}
	in := d.sales()
	in.Template = "no-such"
	_, err := d.CreateGoal(t.Context(), d.by, d.ws, in)
	wantCode(t, err, "template: template_unknown")
}

func TestTheTakenOnesAndTheFittingOnesComeFirst(t *testing.T) {
	d := newDesk(t)
	in := d.sales()
	in.Template = "read-books"
	d.result(t, in)
	if got := names(must[[]app.TemplateView](t)(d.ListTemplates(t.Context(), d.by, d.ws, ""))); got[0] != "read-books" {
		t.Errorf("first is %s", got[0])
	}
	if got := names(must[[]app.TemplateView](t)(d.ListTemplates(t.Context(), d.by, d.ws, "Improve our delivery times"))); len(got) == 0 || got[0] != "delivery-times" {
		t.Errorf("for delivery times: %v", got)
	}
}

func TestAPackIsBroughtSharedAndTakenAway(t *testing.T) {
	apptest.Each(t, func(t *testing.T, h *apptest.House) {
		mira, noor := h.Person(t, "Mira"), h.Person(t, "Noor")
		team := h.Team(t, mira, noor)
		a, b := h.Actor(t, mira), h.Actor(t, noor)
		made := must[[]app.TemplateView](t)(h.ImportTemplates(t.Context(), b, team, aPack("tidy-attic", "Tidy ten shelves")))
		if len(made) != 1 || made[0].Owner != b.Person || !made[0].Own || made[0].Pair.Learning.Practice.Amount != 10 {
			t.Errorf("%+v", made)
		}
		seen := must[app.TemplateView](t)(h.GetTemplate(t.Context(), a, team, "tidy-attic"))
		if seen.Pair.Result.Title != "Tidy ten shelves" || !seen.Own {
			t.Errorf("the other sees %+v", seen)
		}
		p, err := h.Store.For(a).Person(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.GetTemplate(t.Context(), a, p.Personal, "tidy-attic"); tandem.KindOf(err) != tandem.KindNotFound {
			t.Errorf("it is in another workspace too: %v", err)
		}
		pack := must[string](t)(h.ExportTemplates(t.Context(), a, team, nil))
		if got := must[[]app.TemplateView](t)(h.ImportTemplates(t.Context(), a, p.Personal, app.PackInput{Pack: pack})); len(got) != 1 || got[0].Pair.Result.Title != "Tidy ten shelves" {
			t.Errorf("what was shared came as %+v", got)
		}
		named := must[string](t)(h.ExportTemplates(t.Context(), a, team, []string{"twenty-sales", "tidy-attic"}))
		if strings.Count(named, "\ntemplate: ") != 2 {
			t.Errorf("two were named: %s", named)
		}

		// Noor brought it; Mira owns the workspace and may replace it, Noor may not replace Mira's.
		must[[]app.TemplateView](t)(h.ImportTemplates(t.Context(), a, team, aPack("tidy-attic", "Tidy twelve shelves")))
		_, err = h.ImportTemplates(t.Context(), b, team, aPack("tidy-attic", "Mine again"))
		wantCode(t, err, "pack: pack_of_another")
		if err := h.DeleteTemplate(t.Context(), b, team, "tidy-attic"); tandem.KindOf(err) != tandem.KindDenied {
			t.Errorf("taken away by somebody else: %v", err)
		}
		if err := h.DeleteTemplate(t.Context(), a, team, "tidy-attic"); err != nil {
			t.Error(err)
		}
		for _, name := range []string{"tidy-attic", "twenty-sales", "no-such"} {
			if err := h.DeleteTemplate(t.Context(), a, team, name); tandem.KindOf(err) != tandem.KindNotFound {
				t.Errorf("%s: %v", name, err)
			}
		}

		bad := aPack("x", "R")
		bad.Pack += "template: y\ncolour: red\n"
		_, err = h.ImportTemplates(t.Context(), a, team, bad)
		if es := tandem.All(err); len(es) < 2 || es[0].Code != "pack_key_unknown" {
			t.Errorf("%v", err)
		}
		if _, err := h.GetTemplate(t.Context(), a, team, "x"); tandem.KindOf(err) != tandem.KindNotFound {
			t.Errorf("half a pack was kept: %v", err)
		}
		if _, err := h.ExportTemplates(t.Context(), a, team, nil); tandem.KindOf(err) != tandem.KindNotFound {
			t.Errorf("an empty pack: %v", err)
		}
	})
}

func TestMinorsSeeNoTemplateForAdults(t *testing.T) {
	d := newDesk(t)
	p := tandem.Person{ID: 77, Name: "Tom", Email: "tom@example.org", AgeBand: tandem.Teen, Lang: "en", Zone: "UTC", Personal: 78, Version: 1}
	err := d.Store.InTx(t.Context(), func(tx app.Tx) error {
		w := tx.For(policy.Local())
		if err := w.AddWorkspace(t.Context(), tandem.Workspace{ID: p.Personal, Kind: tandem.PersonalSpace, Name: p.Name, Zone: "UTC"}); err != nil {
			return err
		}
		return w.AddPerson(t.Context(), p, "", false)
	})
	if err != nil {
		t.Fatal(err)
	}
	d.ws, d.by = p.Personal, tandem.Actor{Person: p.ID, Source: "session", Roles: map[tandem.WorkspaceID]tandem.Role{p.Personal: tandem.RoleOwner}}
	got := names(must[[]app.TemplateView](t)(d.ListTemplates(t.Context(), d.by, d.ws, "")))
	if slices.Contains(got, "lose-ten-pounds") || slices.Contains(got, "twenty-sales") || !slices.Contains(got, "maths-mark") {
		t.Errorf("a teen sees %v", got)
	}
	if got := names(must[[]app.TemplateView](t)(d.ListTemplates(t.Context(), d.by, d.ws, "lose weight, eat less"))); slices.Contains(got, "lose-ten-pounds") {
		t.Errorf("a teen finds %v", got)
	}
	_, err = d.ImportTemplates(t.Context(), d.by, d.ws, aPack("slim", "Eat 1500 calories a day"))
	wantCode(t, err, "pack: pack_for_adults")
	in := d.sales()
	in.Template = "lose-ten-pounds"
	_, err = d.CreateGoal(t.Context(), d.by, d.ws, in)
	wantCode(t, err, "template: template_unknown")
	for _, s := range must[[]app.Suggestion](t)(d.SuggestLearning(t.Context(), d.by, d.ws, app.SuggestInput{Text: "Weight", Number: "Weight", Unit: "lb"})) {
		if s.Template == "lose-ten-pounds" {
			t.Error("a teen is offered to lose weight")
		}
	}
}

// TestLearningIsSuggestedFromWhatOneHas has a skill, a lesson and a technique on the same number, and finds
// each with its reason; another person's are not looked at.
func TestLearningIsSuggestedFromWhatOneHas(t *testing.T) {
	d := newDesk(t)
	l := app.GoalInput{Title: "Discovery questions", Levels: []string{"from a note", "without", "under pressure"}}
	p := must[app.Pair](t)(d.CreatePair(t.Context(), d.by, d.ws, app.PairInput{Result: d.sales(), Learning: l}))
	must[tandem.Evidence](t)(d.NoticeLevel(t.Context(), d.by, d.ws, p.Learning.ID, app.LevelInput{Level: 1}))
	must[tandem.Lesson](t)(d.AddLesson(t.Context(), d.by, d.ws, p.Learning.ID, app.LessonInput{Text: "Name the price after the need"}))
	must[tandem.Technique](t)(d.CreateTechnique(t.Context(), d.by, d.ws, app.TechniqueInput{Name: "Count to three", Goal: p.Learning.ID}))
	got := must[[]app.Suggestion](t)(d.SuggestLearning(t.Context(), d.by, d.ws, app.SuggestInput{Goal: p.Result.ID}))
	found := map[string]app.Suggestion{}
	for _, s := range got {
		found[s.Reason] = s
	}
	if len(got) != 3 || found["level"].Args["level"] != 2 || found["level"].Goal != p.Learning.ID || found["lesson"].Lesson == 0 || found["technique_unused"].Technique == 0 {
		t.Errorf("%+v", got)
	}
	text := must[[]app.Suggestion](t)(d.SuggestLearning(t.Context(), d.by, d.ws, app.SuggestInput{Text: "30 sales in spring", Number: "sales"}))
	if len(text) != 3 || text[0].Title != got[0].Title {
		t.Errorf("by its text: %+v", text)
	}
	_, err := d.SuggestLearning(t.Context(), d.by, d.ws, app.SuggestInput{})
	wantCode(t, err, "text: title_missing")
	_, err = d.SuggestLearning(t.Context(), d.by, d.ws, app.SuggestInput{Goal: p.Learning.ID})
	wantCode(t, err, "goal: needs_result")

	other := d.Person(t, "Noor")
	by := d.Actor(t, other)
	q := must[tandem.Person](t)(d.Store.For(by).Person(t.Context()))
	for _, s := range must[[]app.Suggestion](t)(d.SuggestLearning(t.Context(), by, q.Personal, app.SuggestInput{Text: "30 sales", Number: "Sales"})) {
		if s.From != "template" {
			t.Errorf("another person is offered %+v", s)
		}
	}
}
