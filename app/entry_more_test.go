package app_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
)

// send sends entries that were made now.
func (d *desk) send(t *testing.T, entries ...app.EntryInput) []app.EntryDone {
	t.Helper()
	for i := range entries {
		if entries[i].Made == 0 {
			entries[i].Made, entries[i].Today = tandem.InstantOf(d.Clock.Now()), d.today()
		}
	}
	return must[[]app.EntryDone](t)(d.SendEntries(t.Context(), d.by, d.ws, entries))
}

func wantDid(t *testing.T, done []app.EntryDone, want ...string) {
	t.Helper()
	var got []string
	for _, d := range done {
		text := d.Did
		if d.Errors != nil {
			text += " " + apptest.Code(d.Errors)
		}
		got = append(got, text)
	}
	if !slices.Equal(got, want) {
		t.Errorf("the entries are %q instead of %q", got, want)
	}
}

func TestAnEntryThatCannotBeAcceptedLeavesNothingAndTheOthersStand(t *testing.T) {
	d := newDesk(t)
	g, l := d.result(t, d.sales()), d.learning(t, "Asking")
	now, soon := tandem.InstantOf(d.Clock.Now()), tandem.InstantOf(d.Clock.Now().Add(25*time.Hour))
	value := func(key string, v float64) app.EntryInput {
		return app.EntryInput{Key: key, Kind: app.EntryValue, Metric: g.Metric, Value: &v}
	}
	nowhere := value("b", 1)
	nowhere.Metric++
	wantDid(t, d.send(t, value("a", 1), nowhere,
		app.EntryInput{Key: "c", Kind: app.EntryValue, Metric: g.Metric},
		app.EntryInput{Key: "d", Kind: app.EntryLesson, Goal: l.ID},
		app.EntryInput{Key: "e", Kind: app.EntryLine, Text: "sails 4"},
		app.EntryInput{Key: "f", Kind: "cheer"},
		app.EntryInput{Key: "g g", Kind: app.EntryUse},
		app.EntryInput{Key: "h", Kind: app.EntryPractice, Goal: l.ID, Minutes: 9, Made: soon, Today: d.today() + 1},
		app.EntryInput{Key: "i", Kind: app.EntryPractice, Goal: l.ID, Minutes: 9, Made: now, Today: d.today() + 2},
		app.EntryInput{Key: "j", Kind: app.EntryPractice, Goal: g.ID, Minutes: 9},
		app.EntryInput{Key: "k", Kind: app.EntryLine, Text: "sales 4 yesterday"},
	), "added", "refused not_found", "refused value: required", "refused text: lesson_missing", "refused text: log_form",
		"refused kind: one_of", "refused key: entry_key", "refused made: entry_ahead", "refused today: entry_today", "refused goal: needs_learning_goal", "added")
	if v := d.values(t, g.Metric); len(v) != 2 {
		t.Errorf("values: %v", v)
	}
	// what was refused can be mended and sent with its key; what was taken cannot become something else
	wantDid(t, d.send(t, value("c", 2), value("a", 1), value("a", 5)), "added", "again", "refused key: key_reused")
	if v := d.values(t, g.Metric); len(v) != 3 {
		t.Errorf("values: %v", v)
	}
}

func TestAnEntryAndTheFormThatWasSentWithItsKeyCountOnce(t *testing.T) {
	d := newDesk(t)
	g, l := d.result(t, d.sales()), d.learning(t, "Asking")
	use := must[tandem.Technique](t)(d.CreateTechnique(t.Context(), d.by, d.ws, app.TechniqueInput{Name: "The pause"}))
	micro := must[tandem.MicroGoal](t)(d.CreateMicroGoal(t.Context(), d.by, d.ws, app.MicroGoalInput{Title: "Reading", Amount: 10, Times: 5}))
	one := 1.0
	form := func() {
		_, err1 := d.LogObservation(t.Context(), d.by, d.ws, g.Metric, app.ObservationInput{Value: &one, ExternalID: "form:v"})
		_, err2 := d.LogPractice(t.Context(), d.by, d.ws, l.ID, app.PracticeInput{Key: "p", Minutes: 10})
		_, err3 := d.LogUse(t.Context(), d.by, d.ws, use.ID, app.UseInput{Key: "u"})
		_, err4 := d.LogLine(t.Context(), d.by, d.ws, app.LineInput{Key: "l", Text: "sales 7"})
		_, _, err5 := d.TickMicroGoal(t.Context(), d.by, d.ws, micro.ID, app.TickInput{Key: "t"})
		for _, err := range []error{err1, err2, err3, err4, err5} {
			if err != nil && apptest.Code(err) != "done_already" {
				t.Error(err)
			}
		}
	}
	entries := []app.EntryInput{{Key: "v", Kind: app.EntryValue, Goal: g.ID, Value: &one}, {Key: "p", Kind: app.EntryPractice, Goal: l.ID, Minutes: 10},
		{Key: "u", Kind: app.EntryUse, Technique: use.ID}, {Key: "l", Kind: app.EntryLine, Text: "sales 7"}, {Key: "t", Kind: app.EntryTick, Micro: micro.ID}}
	count := func(want ...int) {
		t.Helper()
		practices := must[[]tandem.Practice](t)(d.Store.For(d.by).Practices(t.Context(), d.ws, l.ID, 0, 1<<20))
		uses := must[[]tandem.Use](t)(d.ListUses(t.Context(), d.by, d.ws, 0, 1<<20))
		if got := []int{len(d.values(t, g.Metric)), len(practices), len(uses), len(d.values(t, micro.Metric))}; !slices.Equal(got, want) {
			t.Errorf("values, practices, uses, ticks: %v instead of %v", got, want)
		}
	}
	form() // the form arrived, its answer did not
	d.send(t, slices.Clone(entries)...)
	count(2, 1, 1, 1)
	for i := range entries { // and the other way round
		entries[i].Key += "2"
	}
	d.send(t, slices.Clone(entries)...)
	count(4, 2, 2, 2)
	_, err := d.LogObservation(t.Context(), d.by, d.ws, g.Metric, app.ObservationInput{Value: &one, ExternalID: "form:v2"})
	if err != nil {
		t.Error(err)
	}
	if _, err = d.LogPractice(t.Context(), d.by, d.ws, l.ID, app.PracticeInput{Key: "p2", Minutes: 10}); apptest.Code(err) != "done_already" {
		t.Errorf("the late form: %v", err)
	}
	if _, _, err = d.TickMicroGoal(t.Context(), d.by, d.ws, micro.ID, app.TickInput{Key: "t2"}); apptest.Code(err) != "done_already" {
		t.Errorf("the late tick: %v", err)
	}
	count(4, 2, 2, 2)
}

func TestAnEntryIsForgottenByItsKeyAndStillThereOnce(t *testing.T) {
	d := newDesk(t)
	g, l := d.result(t, d.sales()), d.learning(t, "Asking")
	one := 1.0
	entries := []app.EntryInput{{Key: "v", Kind: app.EntryValue, Metric: g.Metric, Value: &one}, {Key: "p", Kind: app.EntryPractice, Goal: l.ID, Minutes: 10, Text: "Slower."}}
	for i := range entries {
		entries[i].Made, entries[i].Today = tandem.InstantOf(d.Clock.Now()), d.today()
	}
	before := d.send(t, slices.Clone(entries)...)
	wantDid(t, before, "added", "added")
	d.Clock.Advance(40 * 24 * time.Hour)
	for must[int](t)(d.DB.Prune(t.Context(), 1000)) > 0 {
	}
	d.send(t, slices.Clone(entries)...)
	lessons := must[[]tandem.Lesson](t)(d.ListLessons(t.Context(), d.by, d.ws, l.ID))
	practices := must[[]tandem.Practice](t)(d.Store.For(d.by).Practices(t.Context(), d.ws, l.ID, 0, 1<<20))
	if len(d.values(t, g.Metric)) != 1 || len(practices) != 1 || len(lessons) != 1 {
		t.Errorf("%v, %v, %v", d.values(t, g.Metric), practices, lessons)
	}
}

func TestAValueThatComesAfterTheClosingSaysSoAndTheClosingStays(t *testing.T) {
	d := newDesk(t)
	in := d.sales()
	in.Deadline = d.today() + 5
	g := d.result(t, in)
	d.log(t, g.Metric, 12)
	made, day := tandem.InstantOf(d.Clock.Now().Add(48*time.Hour)), d.today()+2
	d.Clock.Advance(6 * 24 * time.Hour)
	closed := must[tandem.Closing](t)(d.SaveClosing(t.Context(), d.by, d.ws, g.ID, app.ClosingInput{Gains: &[]tandem.GainWord{"kept_on"}, Finish: true, Next: tandem.NextLetGo}))
	d.Clock.Advance(time.Hour)
	three := 3.0
	e := app.EntryInput{Key: "late", Kind: app.EntryValue, Metric: g.Metric, Value: &three, Made: made, Today: day}
	done := d.send(t, e, e)
	wantDid(t, done, "added", "again")
	if !done[0].Late || !done[1].Late {
		t.Errorf("the value is not told to be late: %+v", done)
	}
	after := must[tandem.Closing](t)(d.Store.For(d.by).Closing(t.Context(), d.ws, g.ID))
	if after.Value != closed.Value || after.Outcome != closed.Outcome || after.Value != 12 {
		t.Errorf("the closing says %v and then %v", closed.Value, after.Value)
	}
	past := must[[]tandem.HistoryEntry](t)(d.ObservationHistory(t.Context(), d.by, d.ws, g.Metric, made))
	if len(past) != 1 || past[0].At != tandem.InstantOf(d.Clock.Now()) || past[0].Before != "" || !strings.Contains(past[0].After, `"value":3`) {
		t.Errorf("its history: %+v", past)
	}
	timely := d.send(t, app.EntryInput{Key: "next", Kind: app.EntryValue, Metric: g.Metric, Value: &three})
	if timely[0].Late {
		t.Error("a value of today is told to be late")
	}
}

func TestAnEntryKeepsTheDayOfThePlaceWhereItWasMade(t *testing.T) {
	d := newDesk(t)
	g := d.result(t, d.sales())
	one := 1.0
	// 21 November, 14:00 UTC is the 22nd on Kiritimati, and a day ahead of Berlin
	d.Clock.Set(time.Date(2026, 11, 21, 14, 0, 0, 0, time.UTC))
	in := app.EntryInput{Key: "a", Kind: app.EntryValue, Metric: g.Metric, Value: &one, Made: tandem.InstantOf(d.Clock.Now()), Today: d.today() + 1}
	wantDid(t, d.send(t, in), "added")
	o := must[tandem.Observation](t)(d.GetObservation(t.Context(), d.by, d.ws, g.Metric, in.Made))
	if o.Day != d.today()+1 || o.At != in.Made {
		t.Errorf("the value stands at %v on %v", o.At, o.Day)
	}
}

func TestTheNamesForEntriesAreThoseOfThePersonAlone(t *testing.T) {
	d := newDesk(t)
	g, l := d.result(t, d.sales()), d.learning(t, "Asking")
	dropped := tandem.Dropped
	used := must[tandem.Technique](t)(d.CreateTechnique(t.Context(), d.by, d.ws, app.TechniqueInput{Name: "The pause"}))
	gone := must[tandem.Technique](t)(d.CreateTechnique(t.Context(), d.by, d.ws, app.TechniqueInput{Name: "The pitch"}))
	must[tandem.Technique](t)(d.ChangeTechnique(t.Context(), d.by, d.ws, gone.ID, app.TechniqueChange{Version: gone.Version, State: &dropped}))
	micro := must[tandem.MicroGoal](t)(d.CreateMicroGoal(t.Context(), d.by, d.ws, app.MicroGoalInput{Title: "Reading", Amount: 10, Times: 5}))
	archived := true
	away := must[tandem.MicroGoal](t)(d.CreateMicroGoal(t.Context(), d.by, d.ws, app.MicroGoalInput{Title: "Running", Times: 2}))
	must[tandem.MicroGoal](t)(d.ChangeMicroGoal(t.Context(), d.by, d.ws, away.ID, app.MicroGoalChange{Version: away.Version, Archived: &archived}))
	n := must[app.EntryNames](t)(d.EntryNames(t.Context(), d.by, d.ws))
	text := string(must[[]byte](t)(json.Marshal(n)))
	want := `{"day_start":0,"numbers":[{"id":"` + g.Metric.String() + `","name":"Sales","adds":true},{"id":"` + micro.Metric.String() + `","name":"Reading","adds":true},{"id":"` + away.Metric.String() + `","name":"Running","adds":true}],"learning":[{"id":"` + l.ID.String() + `","title":"Asking"}],"goals":[{"id":"` +
		g.ID.String() + `","title":"20 sales"},{"id":"` + l.ID.String() + `","title":"Asking"}],"techniques":[{"id":"` + used.ID.String() + `","name":"The pause"}],"micro_goals":[{"id":"` + micro.ID.String() + `","title":"Reading","tick":10}]}`
	if text != want {
		t.Errorf("the names are\n%s instead of\n%s", text, want)
	}
	other := d.Actor(t, d.Person(t, "Noa"))
	if _, err := d.EntryNames(t.Context(), other, d.ws); err == nil {
		t.Error("somebody else is told the names")
	}
	mine, theirs := must[[]byte](t)(d.EntrySeal(t.Context(), d.by)), must[[]byte](t)(d.EntrySeal(t.Context(), other))
	if len(mine) != 32 || slices.Equal(mine, theirs) || !slices.Equal(mine, must[[]byte](t)(d.EntrySeal(t.Context(), d.by))) {
		t.Error("the seals of two people are no two keys of 32 bytes")
	}
}

func TestATickOfAnotherPersonsOrAnArchivedMicroGoalIsRefused(t *testing.T) {
	d := newDesk(t)
	m := must[tandem.MicroGoal](t)(d.CreateMicroGoal(t.Context(), d.by, d.ws, app.MicroGoalInput{Title: "Stretching", Amount: 0.5, Unit: "h", Times: 4}))
	tick := func(key string) app.EntryInput { return app.EntryInput{Key: key, Kind: app.EntryTick, Micro: m.ID} }
	skip := tick("b")
	skip.State = tandem.StateSkip
	nowhere := tick("c")
	nowhere.Micro++
	wantDid(t, d.send(t, tick("a"), skip, nowhere, tick("a")), "added", "added", "refused not_found", "again")
	if got := d.values(t, m.Metric); !slices.Equal(got, []float64{0.5, 0}) {
		t.Errorf("the ticks are %v", got)
	}
	archived := true
	must[tandem.MicroGoal](t)(d.ChangeMicroGoal(t.Context(), d.by, d.ws, m.ID, app.MicroGoalChange{Version: m.Version, Archived: &archived}))
	if done := d.send(t, tick("d")); done[0].Did != app.EntryRefused {
		t.Errorf("a tick of what was put away is %+v", done)
	}
	if n := len(d.values(t, m.Metric)); n != 2 {
		t.Errorf("%d values", n)
	}
}
