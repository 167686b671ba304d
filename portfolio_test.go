package tandem_test

import (
	"slices"
	"testing"

	"tandem"
)

func evidence(level int, how tandem.How, day tandem.Day) tandem.Evidence {
	return tandem.Evidence{ID: tandem.EvidenceID(day), Level: level, How: how, Day: day}
}

// TestSourcesOfEvidenceAreKeptApartWithAPrecedence has one level said by six sources: each stays, and the use
// in real work stands in front.
func TestSourcesOfEvidenceAreKeptApartWithAPrecedence(t *testing.T) {
	all := []tandem.How{tandem.HowSelf, tandem.HowPeer, tandem.HowLead, tandem.HowTest, tandem.HowDemo, tandem.HowRealUse}
	var es []tandem.Evidence
	for i, h := range slices.Backward(all) { // the strongest is the oldest
		es = append(es, evidence(3, h, tandem.Day(100-i)))
		if h.Precedence() != i+1 {
			t.Errorf("%s has precedence %d", h, h.Precedence())
		}
	}
	if f := tandem.FrontEvidence(es); f == nil || f.How != tandem.HowRealUse {
		t.Errorf("in front of all: %+v", f)
	}
	for i := range es[:5] {
		if f := tandem.FrontEvidence(es[i:]); f == nil || f.How != es[i].How {
			t.Errorf("without the %d strongest: %+v", i, f)
		}
	}
	if f := tandem.FrontEvidence(es[5:]); f != nil {
		t.Errorf("a self-rating above level 2 stands in front: %+v", f)
	}
	if f := tandem.FrontEvidence([]tandem.Evidence{evidence(2, tandem.HowTest, 1), evidence(2, tandem.HowTest, 9), evidence(4, tandem.HowSelf, 10)}); f == nil || f.Day != 9 {
		t.Errorf("of two tests the newer one stands in front: %+v", f)
	}
}

func TestALevelIsReachedOnItsFirstDay(t *testing.T) {
	got := tandem.LevelsReached([]tandem.Evidence{
		evidence(2, tandem.HowPeer, 20), evidence(2, tandem.HowSelf, 10), evidence(4, tandem.HowSelf, 30), evidence(3, tandem.HowTest, 40), evidence(3, tandem.HowRealUse, 50),
	})
	want := []tandem.LevelReached{{Level: 2, Day: 10, How: tandem.HowPeer}, {Level: 3, Day: 40, How: tandem.HowRealUse}}
	if !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// TestTwoContextsShowThatASkillCarriesOver counts contexts by evidence of others and by uses, alike words once.
func TestTwoContextsShowThatASkillCarriesOver(t *testing.T) {
	in := func(how tandem.How, day tandem.Day, context string) tandem.Evidence {
		e := evidence(2, how, day)
		e.Context = context
		return e
	}
	es := []tandem.Evidence{in(tandem.HowPeer, 9, "Team meetings"), in(tandem.HowSelf, 1, "at the mirror"), in(tandem.HowTest, 11, "")}
	uses := []tandem.Use{{Day: 4, Context: "beim Üben"}, {Day: 5, Context: "Beim  ueben"}, {Day: 6}}
	if got := tandem.Contexts(es, uses); !slices.Equal(got, []string{"beim Üben", "Team meetings"}) {
		t.Errorf("contexts %q", got)
	}
	if got := tandem.Contexts(es[1:], nil); got != nil {
		t.Errorf("what one says oneself is no context: %q", got)
	}
}

func TestWhenTheNextLevelFits(t *testing.T) {
	said, seen := evidence(3, tandem.HowSelf, 5), evidence(3, tandem.HowTest, 6)
	week := []tandem.Use{{Day: 17}, {Day: 10}}
	for _, c := range []struct {
		what  string
		level int
		es    []tandem.Evidence
		uses  []tandem.Use
		want  bool
	}{
		{"all three", 3, []tandem.Evidence{said, seen}, week, true},
		{"nobody else saw it", 3, []tandem.Evidence{said, evidence(3, tandem.HowRealUse, 7)}, week, false},
		{"one does not say it", 3, []tandem.Evidence{seen}, week, false},
		{"six days between the uses", 3, []tandem.Evidence{said, seen}, []tandem.Use{{Day: 10}, {Day: 16}}, false},
		{"one use", 3, []tandem.Evidence{said, seen}, week[:1], false},
		{"from 1 to 2 one's own word is enough", 1, []tandem.Evidence{evidence(1, tandem.HowSelf, 1)}, nil, true},
		{"nothing", 0, nil, nil, false},
	} {
		if got := tandem.NextLevelFits(c.level, c.es, c.uses); got != c.want {
			t.Errorf("%s: %v", c.what, got)
		}
	}
}

// TestLessonsAreFoundWithoutUmlautsAndAccents looks for words as people type them in both languages.
func TestLessonsAreFoundWithoutUmlautsAndAccents(t *testing.T) {
	line := func(text, title string) tandem.LessonLine {
		return tandem.LessonLine{Lesson: tandem.Lesson{Text: text}, Title: title}
	}
	all := []tandem.LessonLine{
		line("Üben hilft, auch an müden Tagen.", "Größere Aufträge"), line("They talk when I wait.", "Ask better questions"), line("Straße zuerst, dann das Café.", "Lauf"),
		line("Wait three seconds.", "The Übung"), line("u\u0308ben ist leicht", "x"),
	}
	for text, want := range map[string][]int{
		"": {0, 1, 2, 3, 4}, "üben": {0, 4}, "UEBEN": {0, 4}, "uben": {0, 4}, "strasse cafe": {2}, "STRAẞE": {2}, "wait": {1, 3}, "wait talk": {1}, "groesse": {0}, "questions wait": {1}, "ubung": {3}, "nothing": nil,
	} {
		var got []int
		for _, l := range tandem.FindLessons(all, text) {
			got = append(got, slices.IndexFunc(all, func(x tandem.LessonLine) bool { return x.Text == l.Text }))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", text, got, want)
		}
	}
}

func TestAnActivityIsReadFromItsWords(t *testing.T) {
	for title, want := range map[string]tandem.ActivityType{
		"Read The Mom Test": tandem.Book, "Das Buch über Fragen lesen": tandem.Book, "Spanischkurs an der VHS": tandem.Course, "Take an online course": tandem.Course,
		"Course for the sales certificate": tandem.Certificate, "Mentoring with Ana": tandem.Mentoring, "Give a workshop": tandem.Teaching, "Vortrag halten": tandem.Teaching,
		"Ten calls": tandem.Practising, "": tandem.Practising, "Build a shed": tandem.Project, "Kundengespräch mit Ana führen": tandem.RealWork,
	} {
		if got := tandem.ActivityTypeOf(title); got != want {
			t.Errorf("%q is a %s, want %s", title, got, want)
		}
	}
	for _, a := range tandem.ActivityTypes() {
		if !slices.Contains(tandem.Tags(), a.UsualTag()) {
			t.Errorf("%s has no usual tag", a)
		}
	}
}

func TestAnActivityThatCannotBeIsRefusedFieldByField(t *testing.T) {
	err := tandem.Activity{Type: "party", Tag: "nap", Day: 4, Done: 11, Ends: 20, Enjoyment: 6}.Validate(10)
	var fields []string
	for _, e := range tandem.All(err) {
		fields = append(fields, e.Field)
	}
	if want := []string{"title", "type", "tag", "enjoyment", "done", "ends"}; !slices.Equal(fields, want) {
		t.Errorf("refused %v, want %v", fields, want)
	}
	fine := tandem.Activity{Title: "Exam", Type: tandem.Certificate, Tag: tandem.Study, Day: tandem.NoDay, Done: 10, Ends: 900, Enjoyment: 4}
	if err := fine.Validate(10); err != nil {
		t.Error(err)
	}
}

func TestThePartsOfLearningAreCounted(t *testing.T) {
	as := []tandem.Activity{{Tag: tandem.Study, Done: 3}, {Tag: tandem.Study, Done: tandem.NoDay}, {Tag: tandem.Apply, Done: 4}}
	ps := []tandem.Practice{{}, {Activity: "reflect"}, {Activity: "practise"}}
	if got := tandem.TagCounts(as, ps, make([]tandem.Use, 3)); got != [4]int{1, 2, 1, 4} {
		t.Errorf("counted %v", got)
	}
}
