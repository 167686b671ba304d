package reader_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"tandem"
	"tandem/advise/reader"
	"tandem/i18n"
)

var seeds = []string{
	"", " ", "\n", "Reach 16 sales a week by New Year", "Um 16 Verkäufe pro Woche zu erreichen, besser fragen lernen", "20m discovery questions yesterday",
	"^ 12.5 nice run", "1.234.567,89 € bis 31.12.2027", "5 days of 7 15 min", "3/4 1:30 27:59 3:45:00", "Maria: 20", "@maria", "\xff\xfe 12 \xf0\x9f", "👩‍👩‍👧 12 sales 🎉",
	"אני רוצה 12 sales עד 31.12", "<b onclick=x>12</b> & <script>20 sales</script>", "1h30m 20 20 20", strings.Repeat("9", 500), "in 99999999999 weeks", "von von von auf auf bis bis",
	"um um zu zu", "besser besser werden", "- - 5 -5 −5 +5 ±5", "5-7 kg, zwischen 3 und 4", "Q2 FY27 H1 2026/27 Geschäftsjahr 2027", "mid-May mid-", "29 February", "31 June", "½ 2½ ¾",
}

// spans checks that marks lie in the text, on borders of characters, in order and apart.
func checkSpans(t *testing.T, text string, spans []reader.Span) {
	t.Helper()
	end := 0
	borders := map[int]bool{len(text): true}
	for i := range text {
		borders[i] = true
	}
	for _, s := range spans {
		if s.Start < end || s.End <= s.Start || s.End > len(text) {
			t.Fatalf("%q: span %d to %d behind %d", text, s.Start, s.End, end)
		}
		if !borders[s.Start] || !borders[s.End] {
			t.Fatalf("%q: span %d to %d cuts a character", text, s.Start, s.End)
		}
		end = s.End
		if len(s.Choices) == 1 || len(s.Choices) > 0 && (s.Picked >= len(s.Choices) || s.Asks == "") {
			t.Fatalf("%q: choices %+v", text, s)
		}
		for _, c := range s.Choices {
			if !i18n.Has(c.Key) {
				t.Fatalf("%q: no words for %s", text, c.Key)
			}
			for _, lang := range []i18n.Lang{i18n.EN, i18n.DE} {
				if label := lang.T(c.Key, c.Args); strings.Contains(label, "{") && !strings.Contains(text, "{") {
					t.Fatalf("%q: %s reads %q", text, c.Key, label)
				}
			}
		}
	}
}

func checkQuestion(t *testing.T, text string, q *reader.Question, spans []reader.Span) {
	t.Helper()
	if q == nil {
		return
	}
	if len(q.Choices) != 2 || q.Span < 0 || q.Span >= len(spans) || !i18n.Has(q.Key) || spans[q.Span].Asks != q.ID {
		t.Fatalf("%q: question %+v", text, q)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range seeds {
		f.Add(s, false, uint8(0))
	}
	f.Fuzz(func(t *testing.T, text string, german bool, fiscal uint8) {
		in := reader.Context{Today: tandem.DateDay(2026, 11, 25), FiscalStart: time.Month(fiscal % 13), People: []string{"Maria"},
			Dates: []reader.NamedDate{{Name: "launch", From: tandem.NoDay, To: tandem.DateDay(2027, 3, 1)}, {Name: "Spring term", From: tandem.DateDay(2027, 2, 1), To: tandem.DateDay(2027, 6, 30)}}}
		if german {
			in.Lang = reader.German
		}
		r := reader.Read(text, in)
		checkSpans(t, text, r.Spans)
		checkQuestion(t, text, r.Question, r.Spans)
		for _, p := range r.Parts {
			if p.Start < 0 || p.End > len(text) || p.Start >= p.End {
				t.Fatalf("%q: part %+v", text, p)
			}
		}
		if utf8.ValidString(text) && (!utf8.ValidString(r.Skill) || !utf8.ValidString(r.Measure)) {
			t.Fatalf("%q: cut characters in %+v", text, r)
		}
		if r.First != tandem.NoDay && r.First > r.Last {
			t.Fatalf("%q: from %v to %v", text, r.First, r.Last)
		}
		for _, a := range []*reader.Amount{r.From, r.Target, r.SoFar, r.Stretch, r.Change, r.Lo, r.Hi} {
			if a != nil && !(a.Value <= tandem.MaxNumber && a.Value >= -tandem.MaxNumber) {
				t.Fatalf("%q: amount %+v", text, a)
			}
		}
		// Each answer is taken, and asks no more.
		if q := r.Question; q != nil {
			for _, c := range q.Choices {
				in.Picks = map[string]string{q.ID: c.ID}
				again := reader.Read(text, in)
				if again.Question != nil && again.Question.ID == q.ID {
					t.Fatalf("%q: %s answered with %s is asked again", text, q.ID, c.ID)
				}
			}
		}
	})
}

func FuzzReadLog(f *testing.F) {
	for _, s := range seeds {
		f.Add(s, false)
	}
	for _, s := range []string{"sales 12", "sale, with the pause", "14 3 \"x\"", "run 5 km 31:30", "questions 20m vor 2 Tagen", "^^^^", "sales skipped", "Verkauf mit Pause"} {
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, text string, german bool) {
		in := logContext()
		if german {
			in.Lang = reader.German
		}
		r := reader.ReadLog(text, in)
		checkSpans(t, text, r.Spans)
		checkQuestion(t, text, r.Question, r.Spans)
		if r.Number >= 0 && r.Learning >= 0 || r.Number >= len(in.Numbers) || r.Learning >= len(in.Learning) {
			t.Fatalf("%q: %+v", text, r)
		}
		if r.Day > in.Today && !strings.ContainsAny(text, "0123456789") {
			t.Fatalf("%q: day %v lies ahead", text, r.Day)
		}
		if !slices.IsSortedFunc(r.Spans, func(a, b reader.Span) int { return cmp.Compare(a.Start, b.Start) }) {
			t.Fatalf("%q: %+v", text, r.Spans)
		}
	})
}

func logContext() reader.LogContext {
	return reader.LogContext{
		Context:    reader.Context{Today: tandem.DateDay(2026, 11, 25)},
		Numbers:    []reader.Named{{Name: "Sales"}, {Name: "Weight", Unit: "kg", Reading: true}, {Name: "Run 5 km", Unit: "min"}, {Name: "Reply time", Unit: "h", Reading: true}, {Name: "Verkäufe"}},
		Learning:   []reader.Named{{Name: "Ask better discovery questions"}, {Name: "Guitar"}, {Name: "Bessere Bedarfsfragen stellen"}},
		Techniques: []reader.Named{{Name: "the pause"}, {Name: "Offer within 24 hours"}},
	}
}
