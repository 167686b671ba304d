package app_test

import (
	"slices"
	"testing"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
)

// Somebody opens the page on each day of half a year and never answers: on both databases the offer comes back
// after 7, 28 and 84 days, and then no more. One that is tried begins anew.
func TestAnOfferThatNobodyAnswersRestsEverLonger(t *testing.T) {
	apptest.Each(t, func(t *testing.T, h *apptest.House) {
		by := h.Actor(t, h.Person(t, "Mira"))
		p := must[tandem.Person](t)(h.Store.For(by).Person(t.Context()))
		d := &desk{House: h, by: by, ws: p.Personal}
		l := d.learning(t, "Listen")
		if _, err := d.AddLesson(t.Context(), d.by, d.ws, l.ID, app.LessonInput{Text: "Silence helps."}); err != nil { // the trigger
			t.Fatal(err)
		}
		var days []tandem.Day
		open := func(days []tandem.Day) []tandem.Day {
			_, ok, err := d.OfferConcept(t.Context(), d.by, d.ws, func(c tandem.Concept) bool { return c.Key == "technique" })
			if err != nil {
				t.Fatal(err)
			}
			if ok {
				days = append(days, d.today())
			}
			return days
		}
		d.Clock.AdvanceDays(1)
		first := d.today()
		for range 200 {
			days = open(open(days)) // twice a day is one showing
			d.Clock.AdvanceDays(1)
		}
		if want := []tandem.Day{first, first, first + 7, first + 7, first + 35, first + 35, first + 119, first + 119}; !slices.Equal(days, want) {
			t.Errorf("it is offered on the days %v instead of %v", days, want)
		}
		if s := must[map[string]tandem.ConceptState](t)(d.Concepts(t.Context(), d.by))["technique"]; s.Shown != 4 || s.Times != 0 {
			t.Errorf("kept is %+v", s)
		}
		if err := d.AnswerConcept(t.Context(), d.by, "technique", true); err != nil {
			t.Fatal(err)
		}
		if s := must[map[string]tandem.ConceptState](t)(d.Concepts(t.Context(), d.by))["technique"]; s.Shown != 0 || s.State != tandem.ConceptUsed {
			t.Errorf("after it was tried: %+v", s)
		}
	})
}
