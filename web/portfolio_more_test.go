package web_test

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"testing"

	"tandem"
	"tandem/app"
	"tandem/tandemtest"
)

// TestTheBookOfLessonsPrintsEachYearOnAPageOfItsOwn prints three years of lessons as a browser does.
func TestTheBookOfLessonsPrintsEachYearOnAPageOfItsOwn(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	g := r.learning(t, "Listen")
	for range 3 {
		r.post(g+"/lessons", "text", "Silence works.").to(t, g)
		r.after(t, 365)
	}
	live := httptest.NewServer(s.handler)
	defer live.Close()
	b := tandemtest.Browser(t)
	b.Open(live.URL + "/sign-in")
	b.Fill("#f-email", "mira@example.org")
	b.Fill("#f-password", password)
	b.Click("button.pri")
	b.Settle()
	b.Open(live.URL + "/portfolio/book")
	if pages := bytes.Count(b.Print(), []byte("/Type /Page\n")); pages != 3 {
		t.Errorf("three years print on %d pages", pages)
	}
}

// TestALongLearningLifeStaysInBudget weighs the pages of what was learned in two years: 50 learning goals with 600
// lessons, 150 levels, 150 activities, 100 techniques and daily practice.
func TestALongLearningLifeStaysInBudget(t *testing.T) {
	const goals, days = 50, 730
	s := newSite(t)
	r := s.setUp()
	in, err := s.SignIn(t.Context(), app.SignInInput{Email: "mira@example.org", Password: password})
	if err != nil {
		t.Fatal(err)
	}
	by, ws, ctx := s.Actor(t, in), in.Person.Personal, t.Context()
	ok := func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	url, first := "", tandem.GoalID(0)
	for i := range goals {
		g, err := s.CreateGoal(ctx, by, ws, app.GoalInput{Kind: tandem.KindLearning, Title: fmt.Sprintf("A skill with a name of some length, number %d", i+1),
			Levels: []string{"does it with help", "does it alone", "does it under pressure", "does it where it is new", "shows others"}})
		ok(g, err)
		id := g.GoalHead().ID
		if i == 0 {
			url, first = "/goals/"+id.String(), id
		}
		for n := range 12 {
			ok(s.AddLesson(ctx, by, ws, id, app.LessonInput{Text: fmt.Sprintf("What number %d taught the %d. time: words differ, %x, and so do days", i, n, i*7919*(n+3)%99991)}))
		}
		for n := range 3 {
			ok(s.NoticeLevel(ctx, by, ws, id, app.LevelInput{Level: n + 1, How: tandem.HowRealUse, Context: fmt.Sprintf("place %d", n), Note: "It went well, and others said so."}))
			a, err := s.PutActivity(ctx, by, ws, id, app.ActivityInput{Title: fmt.Sprintf("A course on part %d of it", n), With: "Ana"})
			ok(a, err)
			ok(s.FinishActivity(ctx, by, ws, id, a.ID, app.ActivityDone{Enjoyment: 4}))
		}
		for n := range 2 {
			ok(s.CreateTechnique(ctx, by, ws, app.TechniqueInput{Name: fmt.Sprintf("Way %d of doing %d", n, i), Goal: id, State: tandem.Kept}))
		}
	}
	for range days {
		s.Clock.AdvanceDays(1)
		ok(s.LogPractice(ctx, by, ws, first, app.PracticeInput{Minutes: 15, Activity: "practise"}))
	}
	r.after(t, 0)
	for _, x := range []struct {
		path  string
		bytes int
	}{{"/", 50_000}, {url, 60_000}, {"/lessons", 50_000}, {"/portfolio", 60_000}, {"/portfolio/book", 60_000}} {
		got := r.weigh(t, x.path)
		t.Logf("%s: %.1f kB", x.path, float64(got)/1000)
		if got > x.bytes {
			t.Errorf("%s takes %d bytes, at most %d were asked", x.path, got, x.bytes)
		}
	}
}
