package library_test

import (
	"testing"

	"tandem"
	"tandem/advise/library"
)

// TestALessonComesBackWhereItFits weighs words, the number and the skill a lesson is from, in both languages.
func TestALessonComesBackWhereItFits(t *testing.T) {
	past := []library.Lesson{
		{ID: 1, Text: "Customers talk more when I wait.", About: "Ask better questions", Number: "Sales", Day: 100},
		{ID: 2, Text: "Short runs on tired days.", About: "Run with joy", Number: "Kilometres", Day: 200},
		{ID: 3, Text: "Kunden fragen, bevor ich rate.", About: "Besser fragen", Day: 300},
		{ID: 4, Text: "Silence works.", About: "Questions", Day: 400},
	}
	for _, c := range []struct {
		need library.Need
		want []tandem.LessonID
	}{
		{library.Need{Text: "20 sales this month", Number: "Sales"}, []tandem.LessonID{1}},
		{library.Need{Text: "Ten calls with customers"}, []tandem.LessonID{1}},
		{library.Need{Text: "Mehr Kunden gewinnen"}, []tandem.LessonID{3}},
		{library.Need{Text: "Ask better questions of customers"}, []tandem.LessonID{1}},
		{library.Need{Text: "Run 10 kilometres without tired legs", Number: "Kilometres"}, []tandem.LessonID{2}},
		{library.Need{Text: "Paint the fence"}, nil},
	} {
		got := library.Recall(c.need, past, 1)
		if len(got) != len(c.want) || len(got) > 0 && got[0].ID != c.want[0] {
			t.Errorf("%q brings back %+v, want %v", c.need.Text, got, c.want)
		}
	}
	alike := []library.Lesson{{ID: 5, Text: "Ask customers", Day: 1}, {ID: 6, Text: "Ask customers", Day: 2}, {ID: 7, Text: "Ask customers", Day: 1, Liked: 5}}
	if got := library.Recall(library.Need{Text: "customers"}, alike, 2); len(got) != 2 || got[0].ID != 7 || got[1].ID != 6 {
		t.Errorf("what was liked stands first, then what is newer: %+v", got)
	}
}
