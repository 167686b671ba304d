package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"tandem/tandemtest"
)

// said waits until the page has read the line that was typed, and gives what it says.
func said(t *testing.T, b *tandemtest.Tab, want string) string {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(300 * time.Millisecond) {
		b.Settle()
		if text := b.Seen(); strings.Contains(text, want) || time.Now().After(end) {
			if !strings.Contains(text, want) {
				t.Fatalf("the page does not say %q: %s", want, text)
			}
			return text
		}
	}
}

// TestOneLineBecomesThePairOfTheDesign types one line in each language, answers the one question, and makes
// the pair: three taps at most, under a minute by the keystroke-level model.
func TestOneLineBecomesThePairOfTheDesign(t *testing.T) {
	for _, x := range []struct{ lang, line, read, result, learning, from, now string }{
		{"en", "Get better at discovery questions so that we reach 16 sales a week by New Year", "Not meant: by New Year", "Reach 16 sales a week", "Get better at discovery questions", "9", "9 sales a week"},
		{"de", "Besser fragen lernen, damit wir bis Neujahr 16 Verkäufe pro Woche erreichen", "Nicht gemeint: bis Neujahr", "16 Verkäufe pro Woche erreichen", "Besser fragen lernen", "9", "9 Verkäufe in der Woche"},
	} {
		t.Run(x.lang, func(t *testing.T) {
			s := newSite(t)
			r := s.setUp()
			r.post("/settings", "version", r.get("/settings").All("input[name=version]")[0].Attr("value"), "name", "Mira", "lang", x.lang, "zone", "Europe/Berlin", "day_start", "0", "theme", "auto").to(t, "/settings")
			b := tandemtest.Browser(t, tandemtest.Language(x.lang), tandemtest.Complaints())
			home := s.live(t, b)
			b.Open(home + "/goals/new")
			b.Reset()
			var e effort
			b.Type(x.line) // the field has the focus
			e.fields, e.letters = 1, len([]rune(x.line))
			said(t, b, x.read)
			b.Click("#f-result-from")
			b.Type(x.from)
			b.Press(tandemtest.Tabkey)
			e.fields, e.letters = e.fields+1, e.letters+len(x.from)+1
			text := said(t, b, x.now)
			for _, w := range []string{x.result, x.learning} {
				if !strings.Contains(text, w) {
					t.Errorf("the page does not say %q: %s", w, text)
				}
			}
			e.click(b, "button[value=pair]")
			if got := b.Page().One("h1").Text(); got != x.result {
				t.Errorf("the page that comes is headed %q", got)
			}
			if taps := e.fields + e.clicks - 1; taps > 3 || e.time() > time.Minute {
				t.Errorf("%d taps, %v", taps, e.time())
			} else {
				t.Logf("%d taps, %v by the keystroke-level model", taps, e.time())
			}
			if c := b.Complaints(); len(c) > 0 {
				t.Error(c)
			}
		})
	}
}

// TestThisYearLateInNovemberMeetsOneQuestion types the wish of the first demand and is asked which year, and
// nothing after that.
func TestThisYearLateInNovemberMeetsOneQuestion(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	p := r.post("/goals/new", "do", "read", "line", "earn $100,000 this year").want(t, http.StatusOK)
	p.Want("#draft-say .panel", 1)
	p.Want("#draft-say .panel button", 2)
	p = r.post("/goals/new", "do", "read", "line", "earn $100,000 this year", "pick", "year=next").want(t, http.StatusOK)
	p.Want("#draft-say .panel", 0)
	p.Want("#draft .hint", 1)
	p.WantAttr("#f-result-deadline", "value", "2027-12-31")
	p.WantAttr("#f-result-target", "value", "100000")
	p.WantAttr("#f-result-number-form option[selected]", "value", "total")
}

// TestWhatWasTypedByHandOutlivesTheNextReading changes a field that the draft had filled and reads another line:
// the changed field stays, the others follow the line.
func TestWhatWasTypedByHandOutlivesTheNextReading(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	p := r.post("/goals/new", "do", "read", "line", "Make 20 sales by 20 December").want(t, http.StatusOK)
	was := p.One("input[name=was]").Attr("value")
	p.WantAttr("#f-result-target", "value", "20")
	p = r.post("/goals/new", "do", "read", "line", "Make 25 calls by 12 December", "was", was, "result.target", "20", "result.deadline", "2027-01-31", "result.number.form", "total").want(t, http.StatusOK)
	p.WantAttr("#f-result-target", "value", "25")
	p.WantAttr("#f-result-deadline", "value", "2027-01-31")
	// One tap takes a reading back.
	p = r.post("/goals/new", "do", "read", "line", "Make 25 calls by 12 December", "not", "deadline").want(t, http.StatusOK)
	p.Want("button[name=not][value=deadline]", 0)
	if !strings.Contains(p.Text, "a proposal") {
		t.Error("the deadline that is proposed then is not said to be a proposal")
	}
}

// TestAnyTextIsRead sends long, broken and hostile lines: each page comes back, and nothing of a line is markup.
func TestAnyTextIsRead(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	for name, line := range map[string]string{
		"html":          `<script>alert(1)</script> <b>20</b> sales by June & "quotes"`,
		"right to left": "اقرأ 12 كتابا by June \u202eabc",
		"emoji":         "🏃 run 5 km 🏅 in under 28 min 🎉",
		"numbers":       strings.Repeat("12 ", 1000),
		"long":          strings.Repeat("learn to ask so that we sell more, ", 280),
	} {
		p := r.post("/goals/new", "do", "read", "line", line).want(t, http.StatusOK)
		if p.Has("#newgoal script") || p.Has("#newgoal .mirror b") {
			t.Errorf("%s: the line is markup", name)
		}
	}
	p := r.post("/goals/new", "do", "read", "line", strings.Repeat("x", 10_001)).want(t, http.StatusUnprocessableEntity)
	if !strings.Contains(p.Text, "10,001") {
		t.Error("a line that is too long is not told so")
	}
}
