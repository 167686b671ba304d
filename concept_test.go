package tandem

import (
	"slices"
	"testing"
)

func anywhere(Concept) bool { return true }

// fired is a person for whom every trigger has fired, on day 30.
func fired() Facts {
	return Facts{Today: 30, FirstDay: 0, Values: 20, Practices7: 3, Lessons: 2, Uses: 3, LearningAge: 30, ResultAge: 10, ResultDaysLeft: 90,
		QuarterGone: true, LowestChance: 0.1, HighestChance: 0.9, Silence: 6, NamesCollection: true, SecondPerson: true, LastMiss: NoDay}
}

func TestTheFirstHourHasSevenConcepts(t *testing.T) {
	n := 0
	for _, c := range Concepts() {
		if c.FirstHour {
			n++
		}
		if c.FirstHour != (c.Trigger == nil && c.Built) {
			t.Errorf("%s: what is built has a trigger unless it is of the first hour", c.Key)
		}
	}
	if n != 7 {
		t.Errorf("%d concepts in the first hour", n)
	}
	f := fired()
	f.Today = f.FirstDay
	if c, ok := OfferConcept(f, nil, anywhere); ok {
		t.Errorf("%s is offered on the first day", c.Key)
	}
}

func TestOneConceptADay(t *testing.T) {
	states := map[string]ConceptState{}
	first, ok := OfferConcept(fired(), states, anywhere)
	if !ok {
		t.Fatal("nothing is offered")
	}
	states[first.Key] = ConceptState{Key: first.Key, State: ConceptOffered, Day: 30}
	if again, ok := OfferConcept(fired(), states, anywhere); !ok || again.Key != first.Key {
		t.Errorf("the day's offer gave way to %s", again.Key)
	}
	states[first.Key] = ConceptState{Key: first.Key, State: ConceptUsed, Day: 30}
	if next, ok := OfferConcept(fired(), states, anywhere); ok {
		t.Errorf("%s is offered on the same day", next.Key)
	}
	f := fired()
	f.Today = 31
	if next, ok := OfferConcept(f, states, anywhere); !ok || next.Key == first.Key {
		t.Errorf("the next day offers %q, %v", next.Key, ok)
	}
}

// A concept that the page has no place for keeps none back that it has one for.
func TestWhatThePageCannotShowKeepsNothingBack(t *testing.T) {
	at := func(place string) func(Concept) bool { return func(c Concept) bool { return c.Place == place } }
	states := map[string]ConceptState{}
	for place, want := range map[string]string{"lesson": "technique", "today": "micro_goal", "learning": "level", "result": "milestone"} {
		if c, ok := OfferConcept(fired(), states, at(place)); !ok || c.Key != want {
			t.Errorf("%s offers %q, %v instead of %s", place, c.Key, ok, want)
		}
	}
	states["technique"] = ConceptState{Key: "technique", State: ConceptOffered, Day: 30}
	if c, ok := OfferConcept(fired(), states, at("today")); ok {
		t.Errorf("%s is offered beside the day's other one", c.Key)
	}
}

func TestWhatNobodyAnsweredGivesWayForAWeek(t *testing.T) {
	f, states := fired(), map[string]ConceptState{}
	seen := map[string]Day{}
	for f.Today = 30; f.Today < 45; f.Today++ {
		c, ok := OfferConcept(f, states, anywhere)
		if !ok {
			continue
		}
		if last, again := seen[c.Key]; again && f.Today-last < 7 {
			t.Errorf("%s is offered on day %d and on day %d", c.Key, last, f.Today)
		}
		seen[c.Key] = f.Today
		states[c.Key] = ConceptState{Key: c.Key, State: ConceptOffered, Day: f.Today, Shown: states[c.Key].Shown + 1}
	}
	if len(seen) < 7 || seen["technique"] < 37 {
		t.Errorf("in 15 days came %v", seen)
	}
}

// Somebody opens the page on each day of three years and says nothing.
func TestWhatNobodyAnswersComesBackEverMoreSeldomAndThenNoMore(t *testing.T) {
	f, states := fired(), map[string]ConceptState{}
	only := func(c Concept) bool { return c.Key == "technique" }
	var days []Day
	for f.Today = 30; f.Today < 1130; f.Today++ {
		if c, ok := OfferConcept(f, states, only); ok {
			days = append(days, f.Today)
			states[c.Key] = ConceptState{Key: c.Key, State: ConceptOffered, Day: f.Today, Shown: states[c.Key].Shown + 1}
		}
	}
	if want := []Day{30, 37, 65, 149}; !slices.Equal(days, want) {
		t.Errorf("it is offered on the days %v instead of %v", days, want)
	}
	if !ConceptVisible("technique", states, true) {
		t.Error("Settings do not show it any more")
	}
}

func TestNothingNewWithinADayOfAMiss(t *testing.T) {
	f := fired()
	f.LastMiss = 29
	if c, ok := OfferConcept(f, nil, anywhere); ok {
		t.Errorf("%s is offered a day after a miss", c.Key)
	}
	f.LastMiss = 28
	if _, ok := OfferConcept(f, nil, anywhere); !ok {
		t.Error("nothing is offered two days after a miss")
	}
}

func TestNotNowIsQuietForFourWeeksAndTwiceForGood(t *testing.T) {
	f := fired()
	f.Practices7, f.LearningAge, f.ResultAge, f.LowestChance, f.Silence, f.HighestChance = 0, 0, 0, 1, 0, 0
	f.NamesCollection, f.SecondPerson, f.Values, f.Uses = false, false, 0, 0
	states := map[string]ConceptState{"technique": {State: ConceptNotNow, Times: 1, Day: 10}, "lifeline": {State: ConceptUsed}}
	for day, want := range map[Day]bool{11: false, 37: false, 38: true} {
		f.Today = day
		if c, ok := OfferConcept(f, states, anywhere); ok != want {
			t.Errorf("day %d: %q, %v", day, c.Key, ok)
		}
	}
	states["technique"] = ConceptState{State: ConceptNotNow, Times: 2, Day: 10}
	f.Today = 300
	if _, ok := OfferConcept(f, states, anywhere); ok {
		t.Error("it is offered after it was declined twice")
	}
}

func TestWhatIsNotBuiltIsNeverShown(t *testing.T) {
	for _, c := range Concepts() {
		if !c.Built && ConceptVisible(c.Key, map[string]ConceptState{c.Key: {State: ConceptUsed}}, true) {
			t.Errorf("%s stands on a page", c.Key)
		}
	}
	if ConceptVisible("technique", nil, false) || !ConceptVisible("technique", nil, true) || !ConceptVisible("result", nil, false) {
		t.Error("a further concept shows before its time, or one of the first hour does not")
	}
}

func TestTheDifferenceWaitsForValuesOnBothSides(t *testing.T) {
	only := func(c Concept) bool { return c.Key == "difference" }
	f := fired()
	for _, x := range []struct {
		values, since int
		want          bool
	}{{20, 30, false}, {21, 0, false}, {21, 6, false}, {21, 7, true}, {300, 90, true}} {
		f.Values, f.SinceLevel = x.values, x.since
		if _, ok := OfferConcept(f, nil, only); ok != x.want {
			t.Errorf("with %d values and a level %d days ago it is offered: %v", x.values, x.since, ok)
		}
	}
}

func TestAMeasuredPilotWaitsForThreeUsesOfOneTechniqueAndEightValues(t *testing.T) {
	only := func(c Concept) bool { return c.Key == "measured_pilot" }
	f := fired()
	for _, x := range []struct {
		uses, values int
		want         bool
	}{{2, 30, false}, {3, 7, false}, {3, 8, true}, {40, 200, true}} {
		f.Uses, f.UsesOfOne, f.Values = 100, x.uses, x.values
		if _, ok := OfferConcept(f, nil, only); ok != x.want {
			t.Errorf("with %d uses of one technique and %d values it is offered: %v", x.uses, x.values, ok)
		}
	}
}

// What is about one goal may be offered for another four weeks after it was tried; twice Not now ends it.
func TestWhatIsAboutOneGoalComesAgain(t *testing.T) {
	only := func(c Concept) bool { return c.Key == "plateau" }
	for day, want := range map[Day]bool{31: false, 57: false, 58: true} {
		f := fired()
		f.Today = day
		if _, ok := OfferConcept(f, map[string]ConceptState{"plateau": {State: ConceptUsed, Day: 30}}, only); ok != want {
			t.Errorf("day %d: %v", day, ok)
		}
	}
	f := fired()
	f.Today = 300
	if _, ok := OfferConcept(f, map[string]ConceptState{"plateau": {State: ConceptNotNow, Times: 2, Day: 30}}, only); ok {
		t.Error("it is offered after it was declined twice")
	}
}
