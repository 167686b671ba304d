package web_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tandem"
	"tandem/app"
	"tandem/notify/weekly"
	"tandem/tandemtest"
)

// aMonth gives Mira a November with three results that come to their day, one beyond it and a learning goal, and
// puts the clock to 2 December.
func (r *reader) aMonth(t *testing.T) app.Principal {
	t.Helper()
	r.Clock.Set(time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC))
	ctx, in := t.Context(), r.signedIn(t, r)
	by, ws := in.Actor, in.Person.Personal
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	last := tandem.DateDay(2026, 11, 30)
	for i, x := range []struct {
		title       string
		target, was float64
		day         tandem.Day
	}{{"20 sales", 20, 17, last}, {"30 calls", 30, 12, last}, {"5 runs", 5, 6, last}, {"90 pages", 90, 20, last + 40}} {
		g, err := r.CreateGoal(ctx, by, ws, app.GoalInput{Kind: tandem.KindPerformance, Title: x.title, Number: &app.MetricInput{Name: x.title, Form: tandem.FormTotal}, Target: &x.target, Deadline: x.day})
		must(err)
		r.Clock.Advance(time.Duration(i+1) * time.Minute)
		_, err = r.LogObservation(ctx, by, ws, g.(tandem.PerformanceGoal).Metric, app.ObservationInput{Value: &x.was})
		must(err)
	}
	l, err := r.CreateGoal(ctx, by, ws, app.GoalInput{Kind: tandem.KindLearning, Title: "Ask before I show"})
	must(err)
	_, err = r.LogPractice(ctx, by, ws, l.GoalHead().ID, app.PracticeInput{Minutes: 20})
	must(err)
	_, err = r.AddLesson(ctx, by, ws, l.GoalHead().ID, app.LessonInput{Text: "Silence helps."})
	must(err)
	r.Clock.Set(time.Date(2026, 12, 2, 9, 0, 0, 0, time.UTC))
	return in
}

// TestAMonthIsLookedBackAtByKeyboardAlone walks the look back with the return key, with and without a script.
func TestAMonthIsLookedBackAtByKeyboardAlone(t *testing.T) {
	for _, js := range []bool{true, false} {
		s := newSite(t)
		r := s.setUp()
		in := r.aMonth(t)
		b := tandemtest.Browser(t)
		if !js {
			b = tandemtest.Browser(t, tandemtest.NoJavaScript(), tandemtest.Phone())
		}
		home := s.live(t, b)
		b.Open(home + "/review/month")
		wantSays(t, b, "Your month, in four short steps", "What the month was", "6 entries", "Silence helps.", "90 pages")
		b.Reset()
		for range 8 {
			if strings.HasPrefix(b.Focused(), "<input") {
				b.Type("Who buys twice?")
			}
			b.Press(tandemtest.Enter)
			b.Settle()
			if strings.Contains(b.URL(), "at=") {
				continue
			}
			break
		}
		wantSays(t, b, "November 2026", "Who buys twice?", "the same again", "closed", "Ask before I show")
		if b.Clicks() != 0 {
			t.Errorf("%d clicks", b.Clicks())
		}
		v, err := r.OpenPeriodReview(t.Context(), in.Actor, in.Person.Personal, tandem.PeriodMonth, tandem.NoDay)
		if err != nil || !v.IsDone() || len(v.Items) != 3 {
			t.Errorf("kept %+v, %v", v.PeriodReview, err)
		}
		b.Open(home + "/reviews")
		b.Click("#h-periods ~ * a, ul a[href^='/reviews/month/']")
		b.Settle()
		wantSays(t, b, "Who buys twice?")
	}
}

// TestALookBackSaysWhatIsWrong keeps what was typed; no word of it blames, in either language.
func TestALookBackSaysWhatIsWrong(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	in := r.aMonth(t)
	v, err := r.OpenPeriodReview(t.Context(), in.Actor, in.Person.Personal, tandem.PeriodMonth, tandem.NoDay)
	if err != nil {
		t.Fatal(err)
	}
	at := v.Results[1].ID.String()
	a := r.post("/review/month", "at", at, "choice", "changed", "target", "15").want(t, http.StatusUnprocessableEntity)
	if text := a.One("main").Text(); !strings.Contains(text, "A new target needs a reason.") {
		t.Errorf("the page says %s", text)
	}
	a.WantAttr("#f-target", "value", "15")
	r.post("/review/month", "at", at, "choice", "nonsense").want(t, http.StatusUnprocessableEntity)
	r.get("/review/decade").want(t, http.StatusNotFound)
	r.get("/reviews/month/2026-11-01").want(t, http.StatusNotFound) // nothing is written yet
	for _, lang := range []string{"en", "de"} {
		r.post("/settings", "name", "Mira", "lang", lang, "zone", "Europe/Berlin")
		for _, path := range []string{"/review/month?at=time", "/review/month?at=" + at, "/review/month?at=learning", "/review/month?at=question", "/review/quarter"} {
			text := r.get(path).want(t, http.StatusOK).One("main").Text()
			for _, w := range []string{"failed", "behind", "gescheitert", "versäumt", "verpasst", "Rückstand", "{"} {
				if strings.Contains(text, w) {
					t.Errorf("%s in %s says %q: %s", path, lang, w, text)
				}
			}
		}
	}
	r.post("/review/month", "at", at, "choice", "changed", "target", "15", "why", "Der Laden war zu.").to(t, "/review/month?at="+v.Results[2].ID.String())
	r.post("/review/month", "at", "question", "question", "Wer kauft zweimal?", "do", "leave").to(t, "/")
	r.get("/reviews/month/2026-11-01").want(t, http.StatusOK)
}

// TestNoWordOfAMonthBeforeItsTrigger finds the offer on the first of a month with its own data, and no link before.
func TestNoWordOfAMonthBeforeItsTrigger(t *testing.T) {
	s := newSite(t)
	s.Clock.Set(time.Date(2026, 11, 5, 8, 0, 0, 0, time.UTC))
	r := s.setUp()
	in := r.aMonth(t)
	target := 3.0 // somebody who is there: after silence Today says "Back again." and nothing else
	if _, err := r.CreateGoal(t.Context(), in.Actor, in.Person.Personal, app.GoalInput{Kind: tandem.KindPerformance, Title: "3 talks", Number: &app.MetricInput{Name: "Talks", Form: tandem.FormTotal}, Target: &target, Deadline: tandem.DateDay(2027, 2, 1)}); err != nil {
		t.Fatal(err)
	}
	for _, page := range []string{"/", "/review", "/reviews", "/goals"} {
		r.get(page).want(t, http.StatusOK).Want("a[href^='/review/']", 0)
	}
	for range 12 {
		p := r.get("/").want(t, http.StatusOK)
		if text := p.One("main").Text(); strings.Contains(text, "November is over, with 6 entries.") {
			r.post("/concepts/month_review/try", "back", "/review/month").to(t, "/review/month")
			tells(t, r.get("/"), "November 2026 is over; its review is there.")
			r.get("/review").want(t, http.StatusOK).Want("aside a[href='/review/month']", 1)
			return
		}
		for _, f := range p.All("main form[action$='/not-now']") {
			r.post(f.Attr("action"), "back", "/")
		}
		s.Clock.AdvanceDays(1)
	}
	t.Error("it was never offered")
}

// TestTheMailIsOfferedAfterTheFirstReview, where this server sends any, and one tap switches it on.
func TestTheMailIsOfferedAfterTheFirstReview(t *testing.T) {
	for _, sends := range []bool{false, true} {
		s := newSite(t)
		s.SendsMail = sends
		r := s.setUp()
		in := r.aMonth(t)
		r.get("/settings").want(t, http.StatusOK).Want("a[href='/settings/mail']", 0)
		if _, err := r.FinishReview(t.Context(), in.Actor, in.Person.Personal, tandem.NoDay); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(r.get("/review").One("main").Text(), "This page as one mail") {
			t.Error("offered on the day on which the review was new")
		}
		s.Clock.AdvanceDays(1)
		p := r.get("/review").want(t, http.StatusOK)
		if got := strings.Contains(p.One("main").Text(), "This page as one mail on Friday?"); got != sends {
			t.Errorf("offered %v where the server sends %v", got, sends)
		}
		if !sends {
			continue
		}
		r.post("/concepts/weekly_mail/try", "back", "/review").to(t, "/settings/mail")
		p = r.get("/settings/mail").want(t, http.StatusOK)
		p.Want("input[name=on][checked]", 1)
		p.Want("nav a[href='/settings/mail']", 1)
		tells(t, p, "Next mail: Friday, 4 December, 16:00")
		if strings.Contains(r.get("/review").One("main").Text(), "This page as one mail") {
			t.Error("offered again")
		}
	}
}

// TestOneTooManyAsksWhatSetItOff on Today, and the page of the micro-goal lists it.
func TestOneTooManyAsksWhatSetItOff(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	in := r.signedIn(t, r)
	m, err := r.CreateMicroGoal(t.Context(), in.Actor, in.Person.Personal, app.MicroGoalInput{Title: "At most 2 coffees", Times: 2, AtMost: true, Period: tandem.PeriodDay})
	if err != nil {
		t.Fatal(err)
	}
	url := "/micro-goals/" + m.ID.String()
	for range 3 {
		r.get("/").want(t, http.StatusOK).Want("form[action$='/set-off']", 0)
		r.post(url+"/tick", "back", "/").to(t, "/")
		s.Clock.Advance(time.Minute)
	}
	p := r.get("/").want(t, http.StatusOK)
	p.Want("form[action='"+url+"/set-off']", 1)
	tells(t, p, "What set it off?")
	r.post(url+"/set-off", "text", strings.Repeat("x", 9000), "back", "/").want(t, http.StatusUnprocessableEntity)
	r.post(url+"/set-off", "text", "A long meeting", "back", "/").to(t, "/")
	r.get("/").want(t, http.StatusOK).Want("form[action$='/set-off']", 0)
	tells(t, r.get(url).want(t, http.StatusOK), "“A long meeting”")
	r.get("/micro-goals/nonsense").want(t, http.StatusNotFound)
}

// TestLookAtTheRituals walks the screens and, with TANDEM_TEST_SCREENS naming a folder, keeps pictures.
func TestLookAtTheRituals(t *testing.T) {
	s := newSite(t)
	s.SendsMail = true
	r := s.setUp()
	in := r.aMonth(t)
	m, err := r.CreateMicroGoal(t.Context(), in.Actor, in.Person.Personal, app.MicroGoalInput{Title: "At most 2 coffees", Times: 2, AtMost: true, Period: tandem.PeriodDay})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := r.TickMicroGoal(t.Context(), in.Actor, in.Person.Personal, m.ID, app.TickInput{Amount: 3}); err != nil {
		t.Fatal(err)
	}
	target := 3.0
	if _, err := r.CreateGoal(t.Context(), in.Actor, in.Person.Personal, app.GoalInput{Kind: tandem.KindPerformance, Title: "3 talks", Number: &app.MetricInput{Name: "Talks", Form: tandem.FormTotal}, Target: &target, Deadline: tandem.DateDay(2027, 2, 1)}); err != nil {
		t.Fatal(err)
	}
	for _, k := range []string{"month_review", "review"} {
		if err := r.AnswerConcept(t.Context(), in.Actor, k, true); err != nil {
			t.Fatal(err)
		}
	}
	on := true
	if _, err := r.SetReminder(t.Context(), in.Actor, app.ReminderInput{On: &on}); err != nil {
		t.Fatal(err)
	}
	l := mailed(t, s, in.Actor.Person)
	link := ""
	for _, x := range l.Steps {
		if x.Link != "" {
			link = x.Link
		}
	}
	b := tandemtest.Browser(t)
	home := s.live(t, b)
	shots := os.Getenv("TANDEM_TEST_SCREENS")
	text := weekly.Write(l, "https://tandem.example.org").HTML
	mail := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, text) }))
	t.Cleanup(mail.Close)
	for _, width := range []int64{600, 360} {
		for _, dark := range []bool{false, true} {
			b.Size(width, 900)
			b.Theme(dark)
			b.Open(mail.URL)
			b.WantNoSidewaysScroll()
			b.Axe()
			if shots != "" {
				b.Screenshot(filepath.Join(shots, fmt.Sprintf("mail-%d-dark-%v.png", width, dark)))
			}
		}
	}
	look := func(name string) {
		for _, w := range []struct {
			tag           string
			width, height int64
			dark          bool
		}{{"1280", 1280, 900, false}, {"1280-dark", 1280, 900, true}, {"390", 390, 844, false}, {"390-dark", 390, 844, true}} {
			b.Size(w.width, w.height)
			b.Theme(w.dark)
			b.Settle()
			b.WantNoSidewaysScroll()
			b.Axe()
			if shots != "" {
				b.Screenshot(filepath.Join(shots, name+"-"+w.tag+".png"))
			}
		}
		b.Size(1280, 900)
		b.Theme(false)
	}
	for name, path := range map[string]string{"today-waits": "/", "micro": "/micro-goals/" + m.ID.String(), "mail-settings": "/settings/mail", "mail-preview": "/settings/mail/preview", "mail-link": "/mail/" + link, "mail-stop": "/mail/stop/" + l.Stop} {
		b.Open(home + path)
		look(name)
	}
	b.Open(home + "/review/month")
	for _, name := range []string{"month-time", "month-missed", "month-started", "month-reached", "month-learning", "month-question"} {
		look(name)
		if name == "month-question" {
			b.Fill("#f-question", "Who buys twice?")
		}
		b.Click(".rev .open .pri")
		b.Settle()
	}
	look("month-done")
	b.Open(home + "/reviews")
	look("month-past")
}
