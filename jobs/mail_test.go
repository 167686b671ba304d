package jobs

import (
	"context"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
	"tandem/egress"
	"tandem/notify"
	"tandem/notify/email"
	"tandem/policy"
	"tandem/store"
	"tandem/tandemtest"
)

// A mailRoom is a house with a mail server beside it and a person who said yes to the weekly mail.
type mailRoom struct {
	*apptest.House
	t    testing.TB
	smtp *tandemtest.SMTP
	by   tandem.Actor
	goal tandem.PerformanceGoal
}

func eachMailRoom(t *testing.T, f func(t *testing.T, m *mailRoom)) {
	t.Helper()
	apptest.Each(t, func(t *testing.T, h *apptest.House) {
		h.SendsMail = true
		h.Clock.Set(time.Date(2026, 11, 18, 9, 0, 0, 0, time.UTC)) // a Wednesday
		m := &mailRoom{House: h, t: t, smtp: tandemtest.NewSMTP(t, email.Plain)}
		m.by, m.goal = someone(t, h)
		m.set(m.by, true)
		f(t, m)
	})
}

func (m *mailRoom) set(by tandem.Actor, on bool) {
	m.t.Helper()
	if _, err := m.SetReminder(context.Background(), by, app.ReminderInput{On: &on}); err != nil {
		m.t.Fatal(err)
	}
}

// working makes somebody who works on something and has the weekly mail.
func (m *mailRoom) working(name string) app.SignedIn {
	m.t.Helper()
	in := m.Person(m.t, name)
	by := m.Actor(m.t, in)
	if _, err := m.CreateGoal(context.Background(), by, in.Person.Personal, app.GoalInput{Kind: tandem.KindLearning, Title: "Asking"}); err != nil {
		m.t.Fatal(err)
	}
	m.set(by, true)
	return in
}

// worker gives the jobs of one process.
func (m *mailRoom) worker(owner string) House {
	h := house(m.House, owner)
	port, _ := strconv.Atoi(m.smtp.Port)
	s := email.Settings{Host: m.smtp.Host, Port: port, TLS: email.Plain, From: "tandem@example.org", Timeout: 2 * time.Second}
	s.Dial = (&egress.Dialer{Allowed: []string{s.Target()}, Private: true}).DialContext
	h.Mails, h.Post = m.DB, &notify.Post{Settings: s, Base: "https://tandem.example.org", Now: m.Clock.Now}
	return h
}

// friday is the next Friday at 16:00 UTC, when the mail is due.
func (m *mailRoom) friday() {
	now := m.Clock.Now()
	days := (int(time.Friday) - int(now.Weekday()) + 7) % 7
	if at := time.Date(now.Year(), now.Month(), now.Day()+days, 16, 0, 30, 0, time.UTC); at.After(now) {
		m.Clock.Set(at)
		return
	}
	m.Clock.Set(time.Date(now.Year(), now.Month(), now.Day()+days+7, 16, 0, 30, 0, time.UTC))
}

func (m *mailRoom) queue() int {
	m.t.Helper()
	n, err := m.QueueMails(context.Background(), 5000)
	if err != nil {
		m.t.Fatal(err)
	}
	return n
}

func (m *mailRoom) send() int {
	m.t.Helper()
	n, err := m.worker("one").sendMails(context.Background())
	if err != nil {
		m.t.Fatal(err)
	}
	return n
}

// hurry lets every wait and every lease be over.
func (m *mailRoom) hurry() {
	m.t.Helper()
	err := m.DB.InTx(context.Background(), func(tx *store.Tx) error {
		_, err := tx.ExecContext(context.Background(), `UPDATE mail SET lease_until = 0`)
		return err
	})
	if err != nil {
		m.t.Fatal(err)
	}
}

// parts gives the plain and the HTML part of a mail.
func parts(t testing.TB, m tandemtest.Taken) (plain, html string) {
	t.Helper()
	msg, err := mail.ReadMessage(strings.NewReader(m.Text))
	if err != nil {
		t.Fatal(err)
	}
	_, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	for r := multipart.NewReader(msg.Body, params["boundary"]); ; {
		p, err := r.NextRawPart()
		if err == io.EOF {
			return plain, html
		}
		if err != nil {
			t.Fatal(err)
		}
		var in io.Reader = quotedprintable.NewReader(p)
		if p.Header.Get("Content-Transfer-Encoding") == "base64" {
			in = base64.NewDecoder(base64.StdEncoding, p)
		}
		b, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ReplaceAll(string(b), "\r\n", "\n")
		if strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") {
			html = text
		} else {
			plain = text
		}
	}
}

var logLink = regexp.MustCompile(`https://tandem\.example\.org/mail/([\w-]+)\n`)

func TestTheWeeklyMailComesOnceWithLinksThatLogOneValue(t *testing.T) {
	eachMailRoom(t, func(t *testing.T, m *mailRoom) {
		ctx := context.Background()
		if n := m.queue(); n != 0 {
			t.Fatalf("%d mails on a Wednesday", n)
		}
		m.friday()
		if n := m.queue(); n != 1 {
			t.Fatalf("%d mails on Friday", n)
		}
		if m.queue() != 0 || m.send() != 1 || m.send() != 0 || m.queue() != 0 {
			t.Error("the week has not one mail")
		}
		all := m.smtp.Mails()
		if len(all) != 1 {
			t.Fatalf("%d mails", len(all))
		}
		plain, html := parts(t, all[0])
		for _, want := range []string{"20 sales", "Next steps", "Your last seven days", "20 sales: 20 (on 1 day)", "/mail/stop/"} {
			if !strings.Contains(plain, want) || !strings.Contains(html, want) {
				t.Errorf("%q is missing:\n%s\n%s", want, plain, html)
			}
		}
		link := logLink.FindStringSubmatch(plain)
		if link == nil {
			t.Fatalf("no link to log:\n%s", plain)
		}
		for range 3 { // as mail programs do
			if v, err := m.MailLink(ctx, link[1]); err != nil || v.Number.Name != "Sales" || *v.Amount != 1 {
				t.Fatalf("%+v, %v", v, err)
			}
		}
		count := func() int {
			obs, err := m.Store.For(m.by).Observations(ctx, m.goal.Workspace, m.goal.Metric, 0, 40000)
			if err != nil {
				t.Fatal(err)
			}
			return len(obs)
		}
		if n := count(); n != 1 {
			t.Errorf("opening the link made %d values", n)
		}
		if r, _ := m.Reminder(ctx, m.by); r.Unanswered != 1 {
			t.Errorf("%d unanswered", r.Unanswered)
		}
		if _, err := m.UseMailLink(ctx, link[1], nil); err != nil {
			t.Fatal(err)
		}
		if _, err := m.UseMailLink(ctx, link[1], nil); tandem.KindOf(err) != tandem.KindNotFound || count() != 2 {
			t.Errorf("a second press: %v, %d values", err, count())
		}
		if r, _ := m.Reminder(ctx, m.by); r.Unanswered != 0 {
			t.Error("a check-in within 48 hours is no answer")
		}
		for i := range link[1] { // no other text is a link
			b := []byte(link[1])
			b[i] ^= 1
			if _, err := m.MailLink(ctx, string(b)); err == nil && i < len(b)-1 {
				t.Fatalf("changed at %d it is still a link", i)
			}
		}
	})
}

func TestARetryKeepsItsIDAndARestartDoublesNothing(t *testing.T) {
	eachMailRoom(t, func(t *testing.T, m *mailRoom) {
		refuse, ids := true, map[string]int{}
		m.smtp.Behave = func(command, _ string) (string, bool) { return "no", command == "TAKE" && refuse }
		m.friday()
		m.queue()
		for range 3 {
			if n := m.send(); n != 0 {
				t.Fatalf("%d sent to a server that takes none", n)
			}
			if n := m.send(); n != 0 || len(m.smtp.Mails()) != 0 {
				t.Fatal("it does not wait before the next attempt")
			}
			m.hurry()
			m.Reopen(t)
			m.SendsMail = true
		}
		refuse = false
		m.smtp.Behave = nil
		for range 3 {
			m.send()
			m.hurry()
			m.Reopen(t)
			m.SendsMail = true
			m.queue()
		}
		for _, x := range m.smtp.Mails() {
			ids[x.Header("Message-Id")]++
		}
		if len(ids) != 1 || len(m.smtp.Mails()) != 1 {
			t.Errorf("mails by id: %v", ids)
		}
	})
}

func TestOfTwoProcessesOneSendsAMail(t *testing.T) {
	eachMailRoom(t, func(t *testing.T, m *mailRoom) {
		m.friday()
		m.queue()
		done := make(chan int, 4)
		for _, owner := range []string{"one", "two", "three", "four"} {
			go func() {
				n, err := m.worker(owner).sendMails(context.Background())
				if err != nil {
					t.Error(err)
				}
				done <- n
			}()
		}
		sum := 0
		for range 4 {
			sum += <-done
		}
		if sum != 1 || len(m.smtp.Mails()) != 1 {
			t.Errorf("%d sent, %d arrived", sum, len(m.smtp.Mails()))
		}
	})
}

// TestAStopBetweenAcknowledgedAndNotedRepeatsUnderTheSameID is the one window in which SMTP cannot be made
// exact: the server has the mail and we died before we noted it.
func TestAStopBetweenAcknowledgedAndNotedRepeatsUnderTheSameID(t *testing.T) {
	eachMailRoom(t, func(t *testing.T, m *mailRoom) {
		ctx := context.Background()
		m.friday()
		m.queue()
		claimed, err := m.DB.ClaimMails(ctx, "dies", 1, time.Hour)
		if err != nil || len(claimed) != 1 {
			t.Fatal(claimed, err)
		}
		l, _, ok, err := m.Letter(ctx, claimed[0])
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		dies := m.worker("dies")
		if err := dies.Post.Send(ctx, claimed[0], l, func() error { return nil }); err != nil {
			t.Fatal(err)
		}
		dies.Post.Close()
		if m.send() != 0 {
			t.Error("sent while somebody else holds it")
		}
		m.hurry()
		m.send()
		m.hurry()
		m.send()
		all := m.smtp.Mails()
		if len(all) != 2 || all[0].Header("Message-Id") != all[1].Header("Message-Id") {
			t.Errorf("%d mails", len(all))
		}
		a, _ := parts(t, all[0])
		if b, _ := parts(t, all[1]); a != b {
			t.Errorf("the repeat differs:\n%s\n%s", a, b)
		}
	})
}

func TestNothingWaitsForWhoEndedIt(t *testing.T) {
	for name, end := range map[string]func(m *mailRoom){
		"switched off": func(m *mailRoom) { m.set(m.by, false) },
		"suspended": func(m *mailRoom) {
			if err := m.SuspendPerson(context.Background(), policy.Local(), "ana@example.org", true); err != nil {
				m.t.Fatal(err)
			}
		},
		"by the link": func(m *mailRoom) {
			claimed, err := m.DB.ClaimMails(context.Background(), "x", 1, 0)
			if err != nil || len(claimed) != 1 {
				m.t.Fatal(claimed, err)
			}
			l, _, _, err := m.Letter(context.Background(), claimed[0])
			if err != nil {
				m.t.Fatal(err)
			}
			if _, err := m.StopMails(context.Background(), l.Stop+"x"); err == nil {
				m.t.Error("a wrong link ends mails")
			}
			if _, err := m.StopMails(context.Background(), l.Stop); err != nil {
				m.t.Fatal(err)
			}
			m.hurry()
		},
	} {
		t.Run(name, func(t *testing.T) {
			eachMailRoom(t, func(t *testing.T, m *mailRoom) {
				m.friday()
				if m.queue() != 1 {
					t.Fatal("nothing is queued")
				}
				end(m)
				m.send()
				m.friday()
				m.queue()
				m.hurry()
				m.send()
				if n := len(m.smtp.Mails()); n != 0 {
					t.Errorf("%d mails", n)
				}
			})
		})
	}
}

func TestNothingIsSentAtNightOrOnARestDay(t *testing.T) {
	eachMailRoom(t, func(t *testing.T, m *mailRoom) {
		on, rest := true, []int{6}
		if _, err := m.SetReminder(context.Background(), m.by, app.ReminderInput{On: &on, RestDays: &rest}); err != nil {
			t.Fatal(err)
		}
		m.friday()
		m.queue()
		for _, c := range []struct {
			hours, want int
		}{{4, 0} /* 20:00 */, {11, 0} /* 7:00 */, {5, 0} /* Saturday noon */, {19, 0} /* Sunday 7:00 */, {1, 1}} {
			m.Clock.Advance(time.Duration(c.hours) * time.Hour)
			m.hurry()
			m.send()
			if n := len(m.smtp.Mails()); n != c.want {
				t.Errorf("%s: %d mails", m.Clock.Now(), n)
			}
		}
	})
}

func TestAMailOfAWeekThatIsOverStaysAway(t *testing.T) {
	eachMailRoom(t, func(t *testing.T, m *mailRoom) {
		m.friday()
		m.queue()
		m.Clock.AdvanceDays(3)
		m.Clock.Set(m.Clock.Now().Truncate(24 * time.Hour).Add(9 * time.Hour))
		m.send()
		if n := len(m.smtp.Mails()); n != 0 {
			t.Errorf("%d mails", n)
		}
	})
}

func TestUnansweredMailsHalveAndEndWithOneLastMail(t *testing.T) {
	eachMailRoom(t, func(t *testing.T, m *mailRoom) {
		var weeks []int
		var last string
		for week := range 14 {
			m.friday()
			m.queue()
			before := len(m.smtp.Mails())
			m.send()
			if all := m.smtp.Mails(); len(all) > before {
				weeks = append(weeks, week)
				last = all[len(all)-1].Header("Subject")
			}
		}
		if want := []int{0, 1, 2, 4, 6, 8, 9}; !equal(weeks, want) || last != "We will be quiet" {
			t.Errorf("mails in the weeks %v, want %v; the last says %q", weeks, want, last)
		}
		if r, err := m.Reminder(context.Background(), m.by); err != nil || r.State != tandem.ReminderQuiet {
			t.Errorf("%+v, %v", r, err)
		}
		m.set(m.by, true)
		m.friday()
		if m.queue() != 1 || m.send() != 1 {
			t.Error("it does not start again")
		}
	})
}

func equal(a, b []int) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// TestADeadServerIsLeftAlone wants a server that hangs to cost a few attempts a run, not one a mail, and the
// mails to wait for the next.
func TestADeadServerIsLeftAlone(t *testing.T) {
	m := &mailRoom{House: apptest.New(t), t: t, smtp: tandemtest.NewSMTP(t, email.Plain)}
	m.SendsMail = true
	m.Clock.Set(time.Date(2026, 11, 18, 9, 0, 0, 0, time.UTC))
	for i := range 10 {
		m.working("P" + strconv.Itoa(i))
	}
	m.friday()
	if n := m.queue(); n != 10 {
		t.Fatalf("%d queued", n)
	}
	asked := 0
	m.smtp.Behave = func(command, _ string) (string, bool) {
		if command == "CONNECT" {
			asked++
		}
		return "", true
	}
	m.send()
	if asked != troubles {
		t.Errorf("%d connections to a dead server", asked)
	}
	m.smtp.Behave = nil
	m.hurry()
	if n := m.send(); n != 10 || len(m.smtp.Mails()) != 10 {
		t.Errorf("%d sent, %d arrived", n, len(m.smtp.Mails()))
	}
}

// BenchmarkTwoThousandMails queues, writes and hands over the mails of 2,000 people: one run is all of them.
func BenchmarkTwoThousandMails(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		m := &mailRoom{House: apptest.New(b), t: b, smtp: tandemtest.NewSMTP(b, email.Plain)}
		m.SendsMail = true
		m.Clock.Set(time.Date(2026, 11, 18, 9, 0, 0, 0, time.UTC))
		target := 20.0
		for i := range 2000 {
			in := m.Person(b, "P"+strconv.Itoa(i))
			by := m.Actor(b, in)
			if _, err := m.CreateGoal(context.Background(), by, in.Person.Personal, app.GoalInput{Kind: tandem.KindPerformance, Title: "20 sales", Target: &target,
				Deadline: in.Person.Today(m.Clock.Now()) + 30, Number: &app.MetricInput{Name: "Sales", Form: tandem.FormTotal}}); err != nil {
				b.Fatal(err)
			}
			m.set(by, true)
		}
		m.friday()
		b.StartTimer()
		m.queue()
		sent := m.send()
		b.StopTimer()
		if sent != 2000 || len(m.smtp.Mails()) != 2000 {
			b.Fatalf("%d sent", sent)
		}
		b.StartTimer()
	}
}
