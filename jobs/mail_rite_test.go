package jobs

import (
	"context"
	"strings"
	"testing"
	"time"

	"tandem/app"
	"tandem/store"
)

// TestTheDoctorTellsOfMailsThatWereNotSent refuses one for good, lets another be tried again and again, and says
// nothing of one that nobody wants any more.
func TestTheDoctorTellsOfMailsThatWereNotSent(t *testing.T) {
	eachMailRoom(t, func(t *testing.T, m *mailRoom) {
		ctx := context.Background()
		told := func() (out []store.Finding) {
			all, err := m.DB.Doctor(ctx)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range all {
				if strings.HasPrefix(f.Code, "mail_") {
					out = append(out, f)
				}
			}
			return out
		}
		m.smtp.Behave = func(command, _ string) (string, bool) { return "451 busy", command == "RCPT" }
		m.friday()
		m.queue()
		for i := range 5 {
			if f := told(); len(f) != 0 {
				t.Errorf("after %d attempts: %+v", i, f)
			}
			m.send()
			m.hurry()
		}
		if f := told(); len(f) != 1 || f[0].Code != "mail_waits" || !f[0].Bad || f[0].Args["n"] != int64(1) || !strings.Contains(f[0].Args["why"].(string), "451") {
			t.Errorf("after 5 attempts: %+v", f)
		}
		m.smtp.Behave = func(command, _ string) (string, bool) { return "550 no such person", command == "RCPT" }
		m.send()
		if f := told(); len(f) != 1 || f[0].Code != "mail_parked" || !strings.Contains(f[0].Args["why"].(string), "550") {
			t.Errorf("refused for good: %+v", f)
		}
		m.friday()
		m.queue()
		m.set(m.by, false)
		m.send()
		if f := told(); len(f) != 1 {
			t.Errorf("a mail that nobody wants is told: %+v", f)
		}
	})
}

// TestTheMailSpeaksTheLanguageOfItsPerson: a German mail in words, days and numbers, and its page behind the link.
func TestTheMailSpeaksTheLanguageOfItsPerson(t *testing.T) {
	eachMailRoom(t, func(t *testing.T, m *mailRoom) {
		ctx := context.Background()
		p, err := m.Store.For(m.by).Person(ctx)
		if err != nil {
			t.Fatal(err)
		}
		de := "de"
		if _, err := m.ChangeProfile(ctx, m.by, app.ProfileInput{Version: p.Version, Lang: &de}); err != nil {
			t.Fatal(err)
		}
		half := 1.5
		if _, err := m.LogObservation(ctx, m.by, m.goal.Workspace, m.goal.Metric, app.ObservationInput{Value: &half}); err != nil {
			t.Fatal(err)
		}
		if err := m.AnswerConcept(ctx, m.by, "review", true); err != nil {
			t.Fatal(err)
		}
		m.friday()
		if m.queue() != 1 || m.send() != 1 {
			t.Fatal("no mail")
		}
		plain, html := parts(t, m.smtp.Mails()[0])
		for _, want := range []string{"Hallo ", "Nächste Schritte", "1 eintragen: Sales", "Deine letzten sieben Tage", "21,5", "an 1 Tag", "Der Rückblick auf die Woche ist da", "/review", "Diese Mails beenden"} {
			if !strings.Contains(plain, want) || !strings.Contains(html, want) {
				t.Errorf("%q is missing:\n%s", want, plain)
			}
		}
		for _, word := range []string{"Hello", "Next steps", "Log ", "Coming up", "value", "End these", "{", "}"} {
			if strings.Contains(plain, word) {
				t.Errorf("it says %q:\n%s", word, plain)
			}
		}
		if !strings.Contains(html, `<html lang="de">`) {
			t.Error("its HTML says another language")
		}
		l := logLink.FindStringSubmatch(plain)
		if l == nil {
			t.Fatalf("no link:\n%s", plain)
		}
		if v, err := m.MailLink(ctx, l[1]); err != nil || v.Lang != "de" {
			t.Errorf("%+v, %v", v, err)
		}
	})
}

// TestHalfAnHourOfOddServers lets a server behave in each way for thirty minutes of the clock, and then well: the
// mail arrives once, or is parked where the server refused it for good.
func TestHalfAnHourOfOddServers(t *testing.T) {
	for name, c := range map[string]struct {
		command, answer string
		refused         bool
	}{
		"says nothing at all":            {"CONNECT", "", false},
		"is closed for the moment":       {"CONNECT", "421 later", false},
		"does not know EHLO":             {"EHLO", "", false},
		"greylists":                      {"RCPT", "450 later", false},
		"is full":                        {"MAIL", "452 full", false},
		"drops the connection in DATA":   {"DATA", "", false},
		"drops it after the text":        {"END", "", false},
		"is busy after the text":         {"END", "451 busy", false},
		"knows nobody of this name":      {"RCPT", "550 no", true},
		"takes no mail of this sender":   {"MAIL", "553 no", true},
		"finds the text unfit after all": {"END", "554 no", true},
	} {
		t.Run(name, func(t *testing.T) {
			eachMailRoom(t, func(t *testing.T, m *mailRoom) {
				m.friday()
				m.queue()
				m.smtp.Behave = func(command, _ string) (string, bool) { return c.answer, command == c.command }
				took := len(m.smtp.Mails())
				for range 6 {
					m.send()
					m.hurry()
					m.Clock.Advance(5 * time.Minute)
				}
				lost := len(m.smtp.Mails()) - took // of a server that took the text and did not say so
				m.smtp.Behave = nil
				for range 3 {
					m.send()
					m.hurry()
				}
				want := 1
				if c.refused {
					want = 0
				}
				ids := map[string]bool{}
				for _, x := range m.smtp.Mails() {
					ids[x.Header("Message-Id")] = true
				}
				if got := len(m.smtp.Mails()) - lost; got != want || len(ids) > 1 {
					t.Errorf("%d mails came, want %d; ids %v", got, want, ids)
				}
				r, err := m.Reminder(context.Background(), m.by)
				if err != nil || (r.Sent != 0) == c.refused {
					t.Errorf("%+v, %v", r, err)
				}
			})
		})
	}
}
