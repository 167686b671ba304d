package coach_test

import (
	"bufio"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tandem"
	"tandem/advise/coach"
	"tandem/advise/reader"
	"tandem/tandemtest"
)

// look coaches a text on a fixed day.
func look(text string, child bool) coach.Advice {
	day, _ := tandem.ParseDay("2026-11-25")
	return coach.Look(reader.Read(text, reader.Context{Today: day}), child)
}

func names(checks []coach.Check) string {
	var s []string
	for _, c := range checks {
		s = append(s, string(c))
	}
	if len(s) == 0 {
		return "none"
	}
	return strings.Join(s, ",")
}

// TestLabelledTexts holds the coach to every labelled text beside the checkout. They were before its eyes, so
// they tell only that nothing was lost.
func TestLabelledTexts(t *testing.T) {
	shared := tandemtest.Shared(t)
	if shared == "" {
		return // the log says that it was left out
	}
	f, err := os.Open(filepath.Join(shared, "data", "goals", "dev_goals.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n := 0
	for lines := bufio.NewScanner(f); lines.Scan(); n++ {
		cols := strings.Split(lines.Text(), "\t")
		if n == 0 {
			continue
		}
		if a := look(cols[0], false); string(a.Kind) != cols[1] || names(a.Checks) != cols[2] {
			t.Errorf("%s: %s %s, labelled %s %s", cols[0], a.Kind, names(a.Checks), cols[1], cols[2])
		}
	}
	if n != 41 {
		t.Errorf("read %d lines", n)
	}
}

// TestKindsAndChecks are texts of our own in both languages, a rule of the grammar each.
func TestKindsAndChecks(t *testing.T) {
	for _, c := range []struct{ text, kind, checks string }{
		{"I want to get 5 new clients by March", "performance", "OTHERS_CONTROL"},
		{"By the end of May, read 4 novels", "performance", "none"},
		{"16 sales a week", "performance", "OTHERS_CONTROL"},
		{"Better meetings", "performance", "VAGUE_VERB,NO_MEASURE,NO_DEADLINE"},
		{"Bring the error rate down from 3 % to 1 % this quarter", "performance", "none"},
		{"Cut down to three coffees a day", "performance", "NO_BASELINE"},
		{"B2 in Spanish", "learning", "NO_ACTIVITY"},
		{"How do I run shorter meetings?", "learning", "NO_EVIDENCE,NO_ACTIVITY"},
		{"How can I be happier?", "vague", "VAGUE_VERB"},
		{"Find out why my bread never rises", "learning", "NO_EVIDENCE,NO_ACTIVITY"},
		{"No more than 2 coffees a day", "performance", "none"},
		{"Save 300 a month and learn about index funds", "both", "NO_EVIDENCE,NO_ACTIVITY"},
		{"Descale the kettle", "todo", "TODO"},
		{"Call 20 leads a week", "performance", "none"},
		{"Be faster than Tom by summer", "vague", "VAGUE_VERB,COMPARE"},
		{"Be faster than last year by summer", "vague", "VAGUE_VERB"},
		{"Quit sugar in 21 days to break the habit", "performance", "AVOID,HABIT_21"},
		{"Ich möchte bis Juni 5 km ohne Pause laufen", "performance", "none"},
		{"In 3 Monaten 10 Kilo abnehmen", "performance", "NO_BASELINE"},
		{"Neukunden gewinnen", "performance", "NO_MEASURE,NO_DEADLINE,OTHERS_CONTROL"},
		{"Kochen lernen", "learning", "NO_EVIDENCE,NO_ACTIVITY"},
		{"Mehr über Wirtschaft lernen", "learning", "NO_SKILL,NO_EVIDENCE,NO_ACTIVITY"},
		{"Laufschuhe kaufen", "todo", "TODO"},
		{"Bis September keine Kleidung kaufen", "performance", "AVOID"},
		{"Gesünder werden", "vague", "VAGUE_VERB"},
		{"Nicht mehr so faul sein", "vague", "VAGUE_VERB,AVOID,TRAIT"},
		{"Umsatz um 10 % steigern bis Ende März und verhandeln lernen", "both", "NO_BASELINE,OTHERS_CONTROL,NO_EVIDENCE,NO_ACTIVITY"},
		{"Hör auf zu schreien", "performance", "NO_DEADLINE,AVOID"},
		{"Spanisch lernen, jede Woche ein Gespräch mit einer Muttersprachlerin", "learning", "none"},
		{"", "vague", "none"},
	} {
		if a := look(c.text, false); string(a.Kind) != c.kind || names(a.Checks) != c.checks {
			t.Errorf("%q: %s %s, want %s %s", c.text, a.Kind, names(a.Checks), c.kind, c.checks)
		}
	}
}

// TestSuppression: a to-do has only its own check, vague texts none of kinds, and NO_MEASURE stands alone.
func TestSuppression(t *testing.T) {
	for _, text := range ownTexts {
		a := look(text, false)
		has := func(c coach.Check) bool { return slices.Contains(a.Checks, c) }
		if has(coach.TODO) && len(a.Checks) != 1 || (a.Kind == coach.Todo) != has(coach.TODO) {
			t.Errorf("%q: TODO with %s", text, names(a.Checks))
		}
		if has(coach.NoMeasure) && has(coach.NoBaseline) {
			t.Errorf("%q: %s", text, names(a.Checks))
		}
		if a.Kind == coach.Learning && (has(coach.NoDeadline) || has(coach.NoMeasure) || has(coach.OthersControl)) {
			t.Errorf("%q is learning, with %s", text, names(a.Checks))
		}
		if a.Kind == coach.Vague && slices.ContainsFunc(a.Checks, func(c coach.Check) bool {
			return !slices.Contains([]coach.Check{coach.VagueVerb, coach.Compare, coach.Avoid, coach.Absolute, coach.Multi, coach.Trait, coach.Habit21}, c)
		}) {
			t.Errorf("%q is vague, with %s", text, names(a.Checks))
		}
	}
}

var ownTexts = []string{"Buy milk", "Get better at chess", "Be happy", "Win", "Increase sales", "Learn French by June", "Stop it", "Umsatz steigern",
	"Erster werden", "Nie mehr lügen", "Get more customers and call Anna", "Read more books", "Handle customers better", "Mehr Kunden", "Lerne alles"}

func TestMessages(t *testing.T) {
	a := look("Never miss a sale again and always be perfect, improve revenue", false)
	ms := a.Messages(nil)
	if len(ms) != coach.MostMessages {
		t.Fatalf("%d messages for %s", len(ms), names(a.Checks))
	}
	a = look("Get new clients", false)
	ms = a.Messages(nil)
	if len(ms) != 3 || ms[0].Check != coach.NoMeasure || ms[0].Severity != coach.Blocker || ms[2].Check != coach.OthersControl {
		t.Errorf("messages %+v", ms)
	}
	if !a.Blocks() {
		t.Error("a result without a number does not block sharing")
	}
	if ms = a.Messages([]coach.Check{coach.NoMeasure, coach.NoDeadline}); len(ms) != 1 || ms[0].Check != coach.OthersControl {
		t.Errorf("after dismissing: %+v", ms)
	}
	if ms = a.Messages(nil, coach.TooMany); len(ms) != 3 {
		t.Errorf("with facts: %+v", ms)
	}
	child := look("Be the best and never lose, beat Tom", true)
	if ms = child.Messages(nil); len(ms) != 1 || !strings.HasPrefix(ms[0].Key, "coach.child.") {
		t.Errorf("child: %+v", ms)
	}
}

func TestChildMode(t *testing.T) {
	allowed := []coach.Check{coach.TODO, coach.VagueVerb, coach.NoSkill, coach.NoActivity, coach.Avoid, coach.Compare, coach.Trait, coach.Absolute, coach.TooMany, coach.TooHard}
	for _, r := range coach.Rules() {
		if r.Child != slices.Contains(allowed, r.Check) {
			t.Errorf("%s runs for children: %v", r.Check, r.Child)
		}
	}
	for _, text := range append([]string{"Win first place", "Lose 10 pounds", "Practise every day", "Learn animals"}, ownTexts...) {
		for _, c := range look(text, true).Checks {
			if !slices.Contains(allowed, c) {
				t.Errorf("%q: %s for a child", text, c)
			}
		}
	}
	if a := look("Practise handstand every day", true); !slices.Contains(a.Checks, coach.Absolute) {
		t.Errorf("every day: %s", names(a.Checks))
	}
	if a := look("Practise handstand every day", false); slices.Contains(a.Checks, coach.Absolute) {
		t.Errorf("every day, adult: %s", names(a.Checks))
	}
}

// TestMarksAreThePlacesOfOthers holds marks to whole words that depend on other people.
func TestMarksAreThePlacesOfOthers(t *testing.T) {
	for text, want := range map[string][]string{
		"Get 5 new clients by March":                     {"clients"},
		"Earn 40,000 this year":                          {"Earn"},
		"Newsletter auf 500 Abonnenten bringen":          {"Abonnenten"},
		"Reply to customers within 4 hours by May":       nil,
		"Run 5 km by June":                               nil,
		"Befördert werden":                               {"Befördert werden"},
		"Pass the exam in May":                           nil,
		"Raise £2,000 for charity by June":               {"Raise"},
		"Learn how clients decide, with my mentor":       nil,
		"Increase revenue by 10 % from 40k by September": {"revenue"},
	} {
		var got []string
		for _, m := range look(text, false).Marks {
			got = append(got, text[m.Start:m.End])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestRewrites(t *testing.T) {
	for _, c := range []struct {
		text  string
		check coach.Check
		want  []string
	}{
		{"Always arrive on time at school", coach.Absolute, []string{"Arrive on time at school, 9 of 10 times"}},
		{"Immer pünktlich kommen", coach.Absolute, []string{"Pünktlich kommen, in 9 von 10 Fällen"}},
		{"Review notes daily, a habit in 21 days", coach.Habit21, []string{"Review notes daily, a habit in 10 weeks"}},
		{"Run 5 km faster than Tom", coach.Compare, []string{"Run 5 km faster than last time"}},
		{"Die 400 m schneller laufen als mein Bruder", coach.Compare, []string{"Die 400 m schneller laufen als beim letzten Mal"}},
		{"Lose 5 kg by May and publish my novel", coach.Multi, []string{"Lose 5 kg by May", "Publish my novel"}},
		{"Never miss a deadline", coach.Absolute, nil},
	} {
		a := look(c.text, false)
		all := a.Checks
		found := false
		for _, m := range a.Messages(slices.DeleteFunc(slices.Clone(all), func(k coach.Check) bool { return k == c.check })) {
			found = true
			if !slices.Equal(m.Rewritten.Texts, c.want) {
				t.Errorf("%q: %q, want %q", c.text, m.Rewritten.Texts, c.want)
			}
		}
		if !found {
			t.Errorf("%q has no %s: %s", c.text, c.check, names(all))
		}
	}
	for text, want := range map[string]string{"Get 5 clients": "clients", "Earn more": "income", "Get 100 followers": "audience", "Get promoted": "job", "Win an award": "prize", "1000 Euro Spenden sammeln": "funding"} {
		for _, m := range look(text, false).Messages([]coach.Check{coach.NoMeasure, coach.NoDeadline, coach.VagueVerb, coach.NoBaseline}) {
			if m.Check == coach.OthersControl && m.Rewritten.Action != "coach.action."+want {
				t.Errorf("%q: %+v", text, m.Rewritten)
			}
		}
	}
}

// TestTimeIsLinear reads a text of growing length: ten times the text takes about ten times as
// long; what is quadratic takes a hundred times.
func TestTimeIsLinear(t *testing.T) {
	for _, piece := range []string{"learn to stop and win the 5 new clients, ", "um zu, und der als mehr als kein ", "auf zu ab melde nicht ", "a", "ä-", "bring it down up "} {
		took := func(n int) time.Duration {
			best := time.Hour
			text := strings.Repeat(piece, n)
			r := reader.Reading{Text: text}
			for range 5 {
				started := time.Now()
				coach.Look(r, false)
				best = min(best, time.Since(started))
			}
			return best
		}
		small, large := took(400), took(4000)
		if large > 60*small+150*time.Millisecond {
			t.Errorf("%q: %v for 400, %v for 4000", piece, small, large)
		}
	}
}

func FuzzCoach(f *testing.F) {
	for _, s := range append(ownTexts, "um", "als", "by with", "a: b", "zu", "nicht mehr als", "und und", "100 %", "learn", "\xff\x00", "I want to", ", , ,") {
		f.Add(s, false)
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, text string, child bool) {
		if len(text) > 4096 {
			return
		}
		a := look(text, child)
		if !slices.Contains([]coach.Kind{coach.Performance, coach.Learning, coach.Both, coach.Todo, coach.Vague}, a.Kind) {
			t.Errorf("kind %q", a.Kind)
		}
		at := 0
		for _, m := range a.Marks {
			if m.Start < at || m.End <= m.Start || m.End > len(text) {
				t.Errorf("mark %v in %d bytes", m, len(text))
			}
			at = m.End
		}
		for _, p := range a.Parts {
			if p.Start < 0 || p.End < p.Start || p.End > len(text) {
				t.Errorf("part %+v", p)
			}
		}
		if ms := a.Messages(nil); len(ms) > coach.MostMessages || child && len(ms) > 1 {
			t.Errorf("%d messages", len(ms))
		}
		coach.Body(text)
	})
}
