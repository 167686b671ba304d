package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"tandem"
	"tandem/app"
)

// mailed switches the weekly mail on and writes the mail of the week, as it would be sent.
func mailed(t *testing.T, s *site, person tandem.PersonID) app.Letter {
	t.Helper()
	l, _, ok, err := s.Letter(t.Context(), tandem.Mail{Person: person, Kind: tandem.WeeklyMail, Week: tandem.WeekOf(s.Clock.Now(), time.UTC), ID: "x"})
	if err != nil || !ok {
		t.Fatalf("no letter: %v, %v", ok, err)
	}
	return l
}

// tells wants a page to hold a sentence.
func tells(t *testing.T, p answer, sentence string) {
	t.Helper()
	if !strings.Contains(p.Text, sentence) {
		t.Errorf("%q is missing:\n%s", sentence, p.Text)
	}
}

func TestTheSwitchOfTheWeeklyMail(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	p := r.get("/settings/mail").want(t, http.StatusOK)
	p.Want("input[name=on][checked]", 0)
	tells(t, p, "This server sends no mail.")
	tells(t, r.post("/settings/mail", "on", "on", "weekday", "5", "hour", "16").want(t, http.StatusUnprocessableEntity), "This server sends no mail.")
	s.SendsMail = true
	p = r.post("/settings/mail", "on", "on", "weekday", "5", "hour", "21", "rest_5", "on").want(t, http.StatusUnprocessableEntity)
	p.Want("#errors li", 2)
	p.WantAttr("input[name=rest_5]", "checked", "")
	r.post("/settings/mail", "on", "on", "weekday", "0", "hour", "9", "rest_6", "on").to(t, "/settings/mail")
	p = r.get("/settings/mail").want(t, http.StatusOK)
	p.Want("input[name=on][checked]", 1)
	p.Want("input[name=rest_6][checked]", 1)
	p.Want("#f-weekday option[value='0'][selected]", 1)
	tells(t, p, "Next mail: Sunday, 22 November, 09:00")
	p = r.get("/settings/mail/preview").want(t, http.StatusOK)
	tells(t, p, "Nothing is open.")
	r.post("/settings/mail", "weekday", "0", "hour", "9").to(t, "/settings/mail")
	r.get("/settings/mail").want(t, http.StatusOK).Want("input[name=on][checked]", 0)
}

func TestALinkInAMailLogsOneValueWithoutSigningIn(t *testing.T) {
	s := newSite(t)
	s.SendsMail = true
	r := s.setUp()
	in, err := s.Authenticate(t.Context(), r.cookies["tandem"])
	if err != nil {
		t.Fatal(err)
	}
	by, home := in.Actor, in.Person.Personal
	r.post("/settings/mail", "on", "on", "weekday", "0", "hour", "9").to(t, "/settings/mail")
	target, base := 80.0, 70.0
	for _, n := range []app.MetricInput{{Name: "Calls", Form: tandem.FormTotal}, {Name: "Weight", Unit: "kg", Form: tandem.FormReading}} {
		if _, err := s.CreateGoal(t.Context(), by, home, app.GoalInput{Kind: tandem.KindPerformance, Title: "On " + n.Name, Target: &target, Baseline: &base, Deadline: tandem.DayOf(s.Clock.Now(), time.UTC, 0) + 40, Number: &n}); err != nil {
			t.Fatal(err)
		}
	}
	l := mailed(t, s, by.Person)
	if len(l.Steps) != 2 {
		t.Fatalf("%d steps", len(l.Steps))
	}
	reader := s.stranger()
	for _, step := range l.Steps {
		url := "/mail/" + step.Link
		p := reader.get(url).want(t, http.StatusOK)
		p.Want("form[method=post]", 1)
		p.Want("form[method=post] button", 1)
		if step.Number.Name == "Weight" {
			p.Want("input[name=value]", 1)
			reader.post(url, "value", "").want(t, http.StatusUnprocessableEntity)
			reader.post(url, "value", "abc").want(t, http.StatusUnprocessableEntity)
			tells(t, reader.post(url, "value", "79.5").want(t, http.StatusOK), "Logged: 79.5 kg Weight.")
		} else {
			tells(t, reader.post(url, "value", "500").want(t, http.StatusOK), "Logged: 1 Calls.")
		}
		tells(t, reader.post(url, "value", "3").want(t, http.StatusNotFound), "This link has been used")
		reader.get(url).want(t, http.StatusNotFound)
	}
	for _, bad := range []string{"x", strings.Repeat("A", 43), l.Stop} {
		reader.get("/mail/"+bad).want(t, http.StatusNotFound)
		reader.post("/mail/"+bad).want(t, http.StatusNotFound)
	}
	stop := "/mail/stop/" + l.Stop
	reader.get(stop).want(t, http.StatusOK).Want("form[method=post] button", 1)
	if v, err := s.Reminder(t.Context(), by); err != nil || v.State != tandem.ReminderOn {
		t.Errorf("opening the link ended the mails: %+v, %v", v, err)
	}
	tells(t, reader.post(stop, "List-Unsubscribe", "One-Click").want(t, http.StatusOK), "The weekly mail has ended.")
	reader.post(stop).want(t, http.StatusOK)
	if v, err := s.Reminder(t.Context(), by); err != nil || v.State != tandem.ReminderOff {
		t.Errorf("%+v, %v", v, err)
	}
	reader.get("/mail/stop/"+regexp.MustCompile(`^.`).ReplaceAllString(l.Stop, "_")).want(t, http.StatusNotFound)
}
