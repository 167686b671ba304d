package web_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tandem"
	"tandem/app"
	"tandem/tandemtest"
)

// fiveGoals gives Mira three results and two learning goals, a review of last week that is finished, and a week
// of entries with one evening too many.
func (r *reader) fiveGoals(t *testing.T) app.Principal {
	t.Helper()
	ctx := t.Context()
	_, g, in := r.pages(t, 60, 55)
	by, ws := in.Actor, in.Person.Personal
	today := in.Person.Today(r.Clock.Now())
	fatal := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	float := func(v float64) *float64 { return &v }
	for _, x := range []app.GoalInput{
		{Kind: tandem.KindPerformance, Title: "20 sales", Number: &app.MetricInput{Name: "Sales", Form: tandem.FormTotal}, Target: float(20), Deadline: today + 60},
		{Kind: tandem.KindPerformance, Title: "Run 5 km in 28 minutes", Number: &app.MetricInput{Name: "5 km", Unit: "min", Direction: tandem.Down}, Target: float(28), Deadline: today + 50},
		{Kind: tandem.KindLearning, Title: "Ask before I show"},
		{Kind: tandem.KindLearning, Title: "Write so that people answer"},
	} {
		made, err := r.CreateGoal(ctx, by, ws, x)
		fatal(err)
		if x.Kind == tandem.KindLearning {
			_, err = r.LogPractice(ctx, by, ws, made.GoalHead().ID, app.PracticeInput{Minutes: 20})
			fatal(err)
		}
	}
	coffee, err := r.CreateMicroGoal(ctx, by, ws, app.MicroGoalInput{Title: "At most 2 coffees", Times: 2, AtMost: true, Period: tandem.PeriodDay})
	fatal(err)
	_, err = r.FinishReview(ctx, by, ws, tandem.NoDay)
	fatal(err)
	for i := range 7 {
		r.Clock.AdvanceDays(1)
		v := 53 + float64(i%3)
		_, err = r.LogObservation(ctx, by, ws, g.Metric, app.ObservationInput{Value: &v})
		fatal(err)
		if i == 5 {
			_, _, err = r.TickMicroGoal(ctx, by, ws, coffee.ID, app.TickInput{Amount: 3})
			fatal(err)
		}
	}
	_, err = r.RefreshStale(ctx, by, ws, 20)
	fatal(err)
	return in
}

// said gives the reviews that are kept, newest first.
func (r *reader) said(t *testing.T, in app.Principal) tandem.Review {
	t.Helper()
	v, err := r.OpenReview(t.Context(), in.Actor, in.Person.Personal, tandem.NoDay)
	if err != nil {
		t.Fatal(err)
	}
	return v.Review
}

// TestAReviewOfFiveGoals clicks through a review as a person would, one time with the mouse and one time by
// keyboard alone and without a script, with a lesson and two steps written: at most 12 clicks and 3 minutes.
func TestAReviewOfFiveGoals(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	in := r.fiveGoals(t)
	b := tandemtest.Browser(t)
	home := s.live(t, b)
	b.Open(home + "/")
	b.Reset()
	var e effort
	e.click(b, ".side a[href='/review']")
	wantSays(t, b, "Your week, in five short steps", "What the week was", "8 entries")
	e.click(b, ".rev .open .pri")
	wantSays(t, b, "What set it off?", "Above 2", "6 of the last 7 days")
	e.fill(b, ".rev .open input.in", "A long evening")
	e.click(b, ".rev .open .pri")
	told := false
	for i := range 5 {
		wantSays(t, b, "Goal "+string(rune('1'+i))+" of 5")
		if strings.Contains(b.Seen(), "Since the review of") {
			told = true
			wantSays(t, b, "Chance:", "eview of", "7 new values")
		}
		if i == 1 { // left in the middle and taken up where it was
			at := b.Page().One(".rev .open h3").Text()
			b.Open(home + "/")
			b.Open(home + "/review")
			wantSays(t, b, at)
		}
		e.click(b, ".rev .open .pri")
	}
	if !told {
		t.Error("no screen told what moved a chance since the last review")
	}
	e.fill(b, "#f-lesson", "Mornings are when I write.")
	e.click(b, ".rev .open .pri")
	for i, step := range []string{"Call the baker", "Ask one question first"} {
		e.fill(b, "#"+b.Page().All(".rev .open input.in")[i].Attr("id"), step)
	}
	e.click(b, "button[value=finish]")
	wantSays(t, b, "Done: 5 goals looked at.", "Call the baker", "Mornings are when I write.", "A long evening")
	t.Logf("%d clicks, %v", b.Clicks(), e.time())
	if e.clicks > 12 || e.time() > 3*time.Minute {
		t.Errorf("it took %d clicks and %v", e.clicks, e.time())
	}
	if v := r.said(t, in); !v.IsDone() || len(v.Items) != 6 || v.Lesson == "" {
		t.Errorf("kept %+v", v)
	}
	b.Open(home + "/")
	wantSays(t, b, "The next small steps", "Call the baker")
	b.Open(home + "/reviews")
	if n := len(b.Page().All("main ul[data-rows] a")); n != 2 {
		t.Errorf("%d past reviews", n)
	}
	b.Click("main ul[data-rows] a")
	b.Settle()
	wantSays(t, b, "Ask one question first")
}

func TestAReviewByKeyboardAlone(t *testing.T) {
	for _, js := range []bool{true, false} {
		s := newSite(t)
		r := s.setUp()
		in := r.fiveGoals(t)
		var b *tandemtest.Tab
		if js {
			b = tandemtest.Browser(t)
		} else {
			b = tandemtest.Browser(t, tandemtest.NoJavaScript(), tandemtest.Phone())
		}
		home := s.live(t, b)
		b.Open(home + "/")
		b.Reset()
		if js {
			b.Press("g", "r")
			b.Settle()
		} else {
			b.Open(home + "/review")
		}
		for range 12 {
			if strings.Contains(b.Seen(), "Done: ") {
				break
			}
			if strings.HasPrefix(b.Focused(), "<input") || strings.HasPrefix(b.Focused(), "<textarea") {
				b.Type("One step.")
				if strings.HasPrefix(b.Focused(), "<textarea") {
					b.Press(tandemtest.Tabkey, tandemtest.Tabkey)
				}
			}
			b.Press(tandemtest.Enter)
			b.Settle()
		}
		wantSays(t, b, "Done: 5 goals looked at.", "One step.")
		if b.Clicks() != 0 {
			t.Errorf("%d clicks", b.Clicks())
		}
		took := time.Duration(b.Keys())*280*time.Millisecond + 12*1350*time.Millisecond
		t.Logf("script %v: %d keys, %v", js, b.Keys(), took)
		if took > 3*time.Minute {
			t.Errorf("it took %v", took)
		}
		if v := r.said(t, in); !v.IsDone() {
			t.Errorf("kept %+v", v)
		}
	}
}

// TestAReviewSaysWhatIsWrong keeps what was typed, and never blames; in German too.
func TestAReviewSaysWhatIsWrong(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	in := r.fiveGoals(t)
	v, err := r.OpenReview(t.Context(), in.Actor, in.Person.Personal, tandem.NoDay)
	if err != nil {
		t.Fatal(err)
	}
	at := v.Goals[0].Goal.GoalHead().ID.String()
	r.get("/review?at="+at).want(t, http.StatusOK)
	a := r.post("/review", "at", at, "choice", "change", "deadline", "2027-05-01", "target", "55")
	a.want(t, http.StatusUnprocessableEntity)
	if text := a.One("main").Text(); !strings.Contains(text, "1 thing to put right A date that moves needs a reason.") {
		t.Errorf("the page says %s", text)
	}
	if got := a.One("#f-deadline").Attr("value"); got != "2027-05-01" {
		t.Errorf("the date that was typed is %q", got)
	}
	r.post("/review", "at", at, "choice", "change", "deadline", "2027-05-01", "target", "55", "why", "The shop was closed.").want(t, http.StatusSeeOther)
	r.post("/review", "at", at, "choice", "nonsense").want(t, http.StatusUnprocessableEntity)
	s.Clock.AdvanceDays(20)
	back := r.get("/review").want(t, http.StatusOK)
	back.WantText("h1", "Back again.")
	for _, lang := range []string{"en", "de"} {
		r.post("/settings", "name", "Mira", "lang", lang, "zone", "Europe/Berlin")
		for _, stop := range []string{"week", "slips", at, "lesson", "steps"} {
			text := r.get("/review?at="+stop).want(t, http.StatusOK).One("main").Text()
			for _, w := range []string{"failed", "behind", "missed", "gescheitert", "versäumt", "verpasst", "Rückstand", "{"} {
				if strings.Contains(text, w) {
					t.Errorf("%s in %s says %q: %s", stop, lang, w, text)
				}
			}
		}
	}
}

// TestTheMenuHasTheReviewAfterItsTrigger finds no word of it before, and the sentence with the own data.
func TestTheMenuHasTheReviewAfterItsTrigger(t *testing.T) {
	s := newSite(t) // a Saturday
	r := s.setUp()
	url := r.pair(t)
	s.Clock.AdvanceDays(6)
	for i := range 3 {
		if n := len(r.get("/").All("a[href='/review']")); n != 0 {
			t.Fatalf("%d links to the review before three entries", n)
		}
		r.post(url+"/log", "value", "1", "key", "k"+string(rune('0'+i))).to(t, url)
	}
	// What comes before it in the table is answered first, a day each.
	for range 20 {
		p := r.get("/").want(t, http.StatusOK)
		if strings.Contains(p.One("main").Text(), "You have 3 entries this week. Five short questions, about 2 minutes.") {
			r.post("/concepts/review/try", "back", "/review").to(t, "/review")
			if n := len(r.get("/").All(".side a[href='/review'][data-go=r]")); n != 1 {
				t.Errorf("%d entries in the menu", n)
			}
			return
		}
		for _, f := range p.All("main form[action$='/not-now']") {
			r.post(f.Attr("action"), "back", "/")
		}
		s.Clock.AdvanceDays(1)
	}
	t.Error("the review was never offered")
}

// TestLookAtAReview walks its screens and, with TANDEM_TEST_SCREENS naming a folder, keeps pictures.
func TestLookAtAReview(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	r.fiveGoals(t)
	b := tandemtest.Browser(t)
	home := s.live(t, b)
	shots := os.Getenv("TANDEM_TEST_SCREENS")
	look := func(name string) {
		for _, w := range []struct {
			tag           string
			width, height int64
			dark          bool
		}{{"1280", 1280, 900, false}, {"1280-dark", 1280, 900, true}, {"390", 390, 844, false}, {"390-dark", 390, 844, true}} {
			b.Size(w.width, w.height)
			b.Theme(w.dark)
			time.Sleep(400 * time.Millisecond)
			b.WantNoSidewaysScroll()
			b.Axe()
			if shots != "" {
				b.Screenshot(filepath.Join(shots, name+"-"+w.tag+".png"))
			}
		}
		b.Size(1280, 900)
		b.Theme(false)
	}
	b.Open(home + "/review")
	for i, name := range []string{"review-week", "review-slips", "review-goal-1", "review-goal-2", "review-goal-3", "review-learning", "review-learning-2", "review-lesson", "review-steps"} {
		if i != 3 && i != 6 {
			look(name)
		}
		if name == "review-steps" {
			b.Fill("#"+b.Page().All(".rev .open input.in")[0].Attr("id"), "Call the baker")
		}
		b.Click(".rev .open .pri")
		b.Settle()
	}
	look("review-done")
	b.Open(home + "/")
	look("review-today")
}
