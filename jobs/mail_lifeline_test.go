package jobs

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
	"tandem/notify/email"
	"tandem/tandemtest"
)

// A pair is two people in a lifeline who both have the weekly mail and want their lifelines in it. Cleo works on
// something; Ben has nothing else that a mail could say.
type pair struct {
	*mailRoom
	ben, cleo tandem.Actor
	life      tandem.LifelineID
}

// said is what was written in the lifeline of a pair and what stands in it: no mail holds the first of them, and
// no mail of somebody whose lifeline ended any.
var (
	written  = []string{"You waited for the otter.", "the Alder call", "Tried the heron.", "Heron sales"}
	standing = []string{"What did the badger try?", "Ask me, says the stork."}
)

func eachPair(t *testing.T, f func(t *testing.T, p *pair)) {
	t.Helper()
	apptest.Each(t, func(t *testing.T, h *apptest.House) { f(t, newPair(t, h)) })
}

func newPair(t *testing.T, h *apptest.House) *pair {
	t.Helper()
	ctx := context.Background()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	h.SendsMail = true
	h.Clock.Set(time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC))
	p := &pair{mailRoom: &mailRoom{House: h, t: t, smtp: tandemtest.NewSMTP(t, email.Plain)}}
	p.ben, p.cleo = h.Actor(t, h.Person(t, "Ben")), h.Actor(t, p.working("Cleo"))
	p.set(p.ben, true)
	yes := true
	for _, by := range []tandem.Actor{p.ben, p.cleo} {
		_, err := h.SetReminder(ctx, by, app.ReminderInput{Lifelines: &yes})
		must(err)
	}
	question, words, days := standing[0], standing[1], 10
	l, err := h.CreateLifeline(ctx, p.cleo, app.SideInput{Question: &question, QuietDays: &days, QuietWords: &words})
	must(err)
	p.life = l.ID
	made, err := h.InviteToLifeline(ctx, p.cleo, l.ID, app.LifelineInviteInput{})
	must(err)
	_, tie, err := h.AcceptLifeline(ctx, p.ben, made.Secret)
	must(err)
	if tie != tandem.TieAccepted {
		t.Fatal(tie)
	}
	h.Clock.Set(time.Date(2026, 11, 18, 9, 0, 0, 0, time.UTC)) // a Wednesday, and Cleo was quiet for 16 days
	_, err = h.Say(ctx, p.cleo, l.ID, app.NoteInput{To: p.ben.Person, Kind: tandem.NoteEncourage, Text: written[0]})
	must(err)
	_, err = h.AskRescue(ctx, p.ben, l.ID, app.RescueInput{Text: written[1]})
	must(err)
	return p
}

// to gives the mails that somebody got, as plain text and HTML together.
func (p *pair) to(who string) (out []string) {
	for _, m := range p.smtp.Mails() {
		if strings.Contains(m.To, strings.ToLower(who)+"@") {
			plain, html := parts(p.t, m)
			out = append(out, plain+"\n"+html)
		}
	}
	return out
}

// TestTheMailTellsWhatWaitsInALifeline: the question, who wrote what kind of thing, the words for silence, each with
// a link; in both forms and languages; no words that were written there. Nobody has it who did not say so.
func TestTheMailTellsWhatWaitsInALifeline(t *testing.T) {
	eachPair(t, func(t *testing.T, p *pair) {
		ctx := context.Background()
		me, err := p.Store.For(p.cleo).Person(ctx)
		if err != nil {
			t.Fatal(err)
		}
		de := "de"
		if _, err := p.ChangeProfile(ctx, p.cleo, app.ProfileInput{Version: me.Version, Lang: &de}); err != nil {
			t.Fatal(err)
		}
		p.friday()
		if p.queue() != 2 || p.send() != 2 {
			t.Fatal("not two mails")
		}
		page := "https://tandem.example.org/lifelines/" + p.life.String()
		for who, want := range map[string][]string{
			"Ben":  {"From your lifelines", "With Cleo: “" + standing[0] + "”", "Answer in a minute", page + "/exchange", "Cleo encourages you.", "Open the lifeline", page + "\n", "Cleo set these words for 10 days without an entry: “" + standing[1] + "”"},
			"Cleo": {"Von deinen Vertrauten", "Mit Ben: „" + standing[0] + "“", "In einer Minute antworten", page + "/exchange", "Ben bittet um Hilfe.", "Vertrauenskreis öffnen"},
		} {
			got := p.to(who)
			if len(got) != 1 {
				t.Fatalf("%s has %d mails", who, len(got))
			}
			for _, w := range want {
				if n := strings.Count(got[0], w); n < 2 && w != page+"\n" || n == 0 { // in the text and in the HTML
					t.Errorf("%s: %q stands %d times in\n%s", who, w, n, got[0])
				}
			}
			for _, w := range written {
				if strings.Contains(got[0], w) {
					t.Errorf("%s: the mail holds %q, which only the page should", who, w)
				}
			}
		}
		no := false
		for _, by := range []tandem.Actor{p.ben, p.cleo} {
			if _, err := p.SetReminder(ctx, by, app.ReminderInput{Lifelines: &no}); err != nil {
				t.Fatal(err)
			}
		}
		p.friday()
		p.queue()
		p.send()
		if ben, cleo := p.to("Ben"), p.to("Cleo"); len(ben) != 1 || len(cleo) != 2 || strings.Contains(cleo[1], standing[0]) {
			t.Errorf("who does not want it has it: %d mails to Ben, to Cleo\n%s", len(ben), cleo[len(cleo)-1])
		}
	})
}

// TestWhatIsNewIsToldOnce: a note stands in the mail of its week and not in the next, though it was not put away;
// a call for help stands for two weeks.
func TestWhatIsNewIsToldOnce(t *testing.T) {
	eachPair(t, func(t *testing.T, p *pair) {
		for week, want := range []struct{ note, help bool }{{true, true}, {false, true}, {false, false}} {
			p.friday()
			p.queue()
			p.send()
			ben, cleo := p.to("Ben"), p.to("Cleo")
			if len(ben) != week+1 || len(cleo) != week+1 {
				t.Fatalf("week %d: %d and %d mails", week, len(ben), len(cleo))
			}
			if note, help := strings.Contains(ben[week], "Cleo encourages you."), strings.Contains(cleo[week], "Ben asks for help."); note != want.note || help != want.help {
				t.Errorf("week %d: note %v, help %v", week, note, help)
			}
		}
	})
}

// TestAnEndedLifelineGetsNothingThatWasQueued ends a lifeline at a moment drawn by chance between the queueing of
// the mails and the server's readiness for the text of one, with restarts of the program before and after. No
// mail that is handed over later says a word of it, the one that would hold nothing else is not sent, and nothing
// comes twice.
func TestAnEndedLifelineGetsNothingThatWasQueued(t *testing.T) {
	moments := []string{"queued", "CONNECT", "MAIL", "RCPT", "DATA"}
	for i, moment := range append(moments, "never") {
		t.Run(moment, func(t *testing.T) {
			eachPair(t, func(t *testing.T, p *pair) {
				seed := uint64(time.Now().UnixNano())
				random := rand.New(rand.NewPCG(seed, uint64(i)))
				who := []tandem.Actor{p.ben, p.cleo}[random.IntN(2)]
				ended := false
				end := func() {
					if ended = true; p.EndLifeline(context.Background(), who, p.life) != nil {
						t.Error("it does not end")
					}
				}
				restart := func() {
					if random.IntN(2) == 0 {
						p.Reopen(t)
						p.SendsMail = true
					}
				}
				p.friday()
				if p.queue() != 2 {
					t.Fatal("not two mails are queued")
				}
				restart()
				if moment == "queued" {
					end()
				}
				nth := 1 + random.IntN(2) // of the two mails
				if moment == "CONNECT" {
					nth = 1
				}
				before := 0
				p.smtp.Behave = func(command, _ string) (string, bool) {
					if command == moment && !ended {
						if nth--; nth == 0 {
							before = len(p.smtp.Mails())
							end()
						}
					}
					return "", false
				}
				p.send()
				for range 2 {
					restart()
					p.hurry()
					p.queue()
					p.send()
				}
				ids := map[string]bool{}
				for n, m := range p.smtp.Mails() {
					plain, html := parts(t, m)
					if ids[m.Header("Message-Id")] {
						t.Errorf("a mail came twice (seed %d)", seed)
					}
					ids[m.Header("Message-Id")] = true
					if moment == "never" || n < before {
						continue // handed over while it lasted
					}
					if strings.Contains(m.To, "ben@") {
						t.Errorf("Ben, who has nothing else, has a mail after the end (seed %d):\n%s", seed, plain)
					}
					for _, word := range append(append([]string{"/lifelines", "lifeline"}, standing...), other(m.To)) {
						if strings.Contains(m.Header("Subject")+plain+html, word) {
							t.Errorf("%s: %q stands in a mail after the end (seed %d):\n%s", m.To, word, seed, plain)
						}
					}
				}
				cleo := len(p.to("Cleo"))
				if moment == "never" {
					if ben := len(p.to("Ben")); ben != 1 || cleo != 1 || !strings.Contains(p.to("Ben")[0], standing[0]) {
						t.Errorf("while it lasts: %d and %d mails, %v", ben, cleo, p.to("Ben"))
					}
					return
				}
				if !ended || cleo != 1 {
					t.Errorf("ended %v; %d mails to Cleo (seed %d)", ended, cleo, seed)
				}
			})
		})
	}
}

// other gives the name of who is not the reader.
func other(to string) string {
	if strings.Contains(to, "ben@") {
		return "Cleo"
	}
	return "Ben"
}
