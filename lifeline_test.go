package tandem

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestBetweenTwoPeopleIsTheSameFromEitherSide draws what two people open and choose.
func TestBetweenTwoPeopleIsTheSameFromEitherSide(t *testing.T) {
	kinds := rapid.SliceOfN(rapid.SampledFrom([]GoalKind{KindLearning, KindPerformance}), 0, 4)
	rapid.Check(t, func(t *rapid.T) {
		a := Shows(Parts(rapid.Uint8Range(0, uint8(EveryPart)).Draw(t, "a opens")), kinds.Draw(t, "a's goals"))
		b := Shows(Parts(rapid.Uint8Range(0, uint8(EveryPart)).Draw(t, "b opens")), kinds.Draw(t, "b's goals"))
		got := Between(a, b)
		if got != Between(b, a) {
			t.Fatalf("%v from one side, %v from the other", got.List(), Between(b, a).List())
		}
		for _, p := range got.List() {
			if !a.Has(p) || !b.Has(p) {
				t.Fatalf("%s is seen, and not shown by both", p)
			}
		}
		if again, err := PartsOf(got.List()); err != nil || again != got {
			t.Fatalf("%v reads back as %v, %v", got.List(), again.List(), err)
		}
	})
	if Shows(EveryPart, nil) != 0 || Shows(EveryPart, []GoalKind{KindPerformance}).Has(PartPractice) {
		t.Error("who shows no goal shows something")
	}
	if _, err := PartsOf([]Part{"diary"}); All(err)[0].Field != "parts" {
		t.Errorf("a part that there is not: %v", err)
	}
}

func TestSilenceIsToldAfterTheDaysThatWereSet(t *testing.T) {
	m := LifelineMember{QuietDays: 14, QuietWords: "Call me.", QuietSince: 100}
	for _, x := range []struct {
		last, today Day
		want        bool
	}{{NoDay, 113, false}, {NoDay, 114, true}, {110, 123, false}, {110, 124, true}, {50, 110, false}, {50, 114, true}, {124, 124, false}} {
		if got := m.IsQuiet(x.last, x.today); got != x.want {
			t.Errorf("last entry %d, today %d: %v", x.last, x.today, got)
		}
	}
	m.QuietDays = 0
	if m.IsQuiet(NoDay, 10000) {
		t.Error("a rule that is off told of silence")
	}
	for days, bad := range map[int]bool{0: false, 2: true, 3: false, 90: false, 91: true, -1: true} {
		m.QuietDays = days
		if err := m.Validate(); (err != nil) != bad {
			t.Errorf("%d days: %v", days, err)
		}
	}
	m.QuietDays, m.QuietWords = 14, " "
	if All(m.Validate())[0].Code != "quiet_words_missing" {
		t.Errorf("silence without words: %v", m.Validate())
	}
}

// TestEditsLeadFromOneWordingToTheOther puts both wordings together again from what was kept, taken out and put
// in.
func TestEditsLeadFromOneWordingToTheOther(t *testing.T) {
	words := rapid.SliceOfN(rapid.SampledFrom([]string{"ask", "first", "3", "of", "4", "talks", "by", "count"}), 0, 12)
	rapid.Check(t, func(t *rapid.T) {
		old, now := words.Draw(t, "old"), words.Draw(t, "new")
		var a, b []string
		last := EditOp("")
		for _, e := range Edits(strings.Join(old, " "), strings.Join(now, " ")) {
			if e.Op == last {
				t.Fatal("two edits of one kind in a row")
			}
			last = e.Op
			if e.Op != EditIns {
				a = append(a, strings.Fields(e.Text)...)
			}
			if e.Op != EditDel {
				b = append(b, strings.Fields(e.Text)...)
			}
		}
		if strings.Join(a, " ") != strings.Join(old, " ") || strings.Join(b, " ") != strings.Join(now, " ") {
			t.Fatalf("%v → %v came out as %v → %v", old, now, a, b)
		}
	})
	got := Edits("in 3 of 4 talks by my own count", "in 3 of 4 talks and the customer says so")
	want := []Edit{{EditKeep, "in 3 of 4 talks"}, {EditDel, "by my own count"}, {EditIns, "and the customer says so"}}
	if len(got) != 3 || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
		t.Errorf("%v", got)
	}
}

func TestANoteSaysWhatIsMissing(t *testing.T) {
	for _, x := range []struct {
		n    Note
		code string
	}{
		{Note{Kind: NoteCheckIn}, "check_in_empty"}, {Note{Kind: NoteCheckIn, Need: "a mock call"}, ""},
		{Note{Kind: NoteRescue, Text: "\u200b"}, "rescue_empty"}, {Note{Kind: NoteWording, Field: "title"}, "wording_empty"},
		{Note{Kind: NoteWording, Field: "owner", Text: "x"}, "one_of"}, {Note{Kind: NoteWording, Field: "title", Text: strings.Repeat("x", 201)}, "text_too_long"},
		{Note{Kind: NoteNoticed}, "note_empty"}, {Note{Kind: NoteNoticed, Level: 2}, ""}, {Note{Kind: "shout", Text: "x"}, "one_of"}, {Note{Kind: NoteHonest, Text: "x"}, ""},
	} {
		code := ""
		if es := All(x.n.Validate()); len(es) > 0 {
			code = es[0].Code
		}
		if code != x.code {
			t.Errorf("%+v: %q instead of %q", x.n, code, x.code)
		}
	}
}
