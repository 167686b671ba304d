package app_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"tandem"
	"tandem/analytics/impact"
	"tandem/app"
	"tandem/app/apptest"
)

// A trial is a desk with a technique that fuels a number read off every day, and a pilot of it.
type trial struct {
	*desk
	result    tandem.PerformanceGoal
	technique tandem.Technique
}

func (d *desk) reading(name string) app.GoalInput {
	return app.GoalInput{Kind: tandem.KindPerformance, Title: name, Number: &app.MetricInput{Name: name, Form: tandem.FormReading},
		Baseline: ptr(10.0), Target: ptr(20.0), Deadline: d.today() + 300}
}

func newTrial(t *testing.T) *trial { return trialOn(t, newDesk(t)) }

func trialOn(t *testing.T, d *desk) *trial {
	t.Helper()
	d.Draw = rand.New(rand.NewPCG(1, 2)).Uint64
	x := &trial{desk: d}
	var l tandem.LearningGoal
	x.result, l = d.fuelled(t, d.reading("Calls answered"), 0)
	x.technique = must[tandem.Technique](t)(d.CreateTechnique(t.Context(), d.by, d.ws, app.TechniqueInput{Name: "The pause", Goal: l.ID}))
	return x
}

func (x *trial) plan(t *testing.T, change ...func(*app.PilotInput)) tandem.Pilot {
	t.Helper()
	in := app.PilotInput{Results: []tandem.GoalID{x.result.ID}, Hypothesis: "They talk more after a pause.", Worth: ptr(.3)}
	for _, f := range change {
		f(&in)
	}
	return must[tandem.Pilot](t)(x.CreatePilot(t.Context(), x.by, x.ws, x.technique.ID, in))
}

func (x *trial) page(t *testing.T, id tandem.PilotID) app.PilotView {
	t.Helper()
	return must[app.PilotView](t)(x.PilotPage(t.Context(), x.by, x.ws, id))
}

// live lives through a pilot day by day: the technique is used as drawn, and each day it adds an effect to
// a number that varies by one.
func (x *trial) live(t *testing.T, p tandem.Pilot, days int, effect float64, seed uint64) {
	t.Helper()
	noise := rand.New(rand.NewPCG(seed, 7))
	blocks := must[[]app.PilotBlock](t)(app.PilotBlocks(p))
	x.Clock.AdvanceDays(int(p.First - x.today()))
	for i := range days {
		y := 10 + noise.NormFloat64()
		if blocks[i/p.Days].On {
			y += effect
			must[tandem.Use](t)(x.LogUse(t.Context(), x.by, x.ws, x.technique.ID, app.UseInput{}))
		}
		y = math.Round(y*100) / 100
		x.log(t, x.result.Metric, y)
		x.Clock.AdvanceDays(1)
	}
}

func (x *trial) changed(t *testing.T, id tandem.PilotID) {
	t.Helper()
	must[tandem.Pilot](t)(x.SayPilotChanged(t.Context(), x.by, x.ws, id, app.PilotChanged{Changed: "Nothing."}))
}

// TestAPilotEndsInKeepWhereThereIsADifferenceAndElseNot lives twelve weeks of one person twice: with a
// technique that adds as much as the number varies, and with one that adds nothing.
func TestAPilotEndsInKeepWhereThereIsADifferenceAndElseNot(t *testing.T) {
	apptest.Each(t, func(t *testing.T, h *apptest.House) {
		for _, c := range []struct {
			name   string
			effect float64
			keep   bool
		}{{"Mira", 1, true}, {"Noor", 0, false}} {
			s := h.Person(t, c.name)
			by := h.Actor(t, s)
			person := must[tandem.Person](t)(h.Store.For(by).Person(t.Context()))
			x := trialOn(t, &desk{House: h, by: by, ws: person.Personal})
			p := x.plan(t)
			if p.Pairs != 6 || p.Days != 7 || p.First != tandem.PeriodWeek.Next(x.today()) || p.Seed < 1 || p.Seed >= 1<<53 {
				t.Errorf("the usual plan is %+v", p)
			}
			x.live(t, p, 84, c.effect, 11)
			if v := x.page(t, p.ID); v.Figure != nil {
				t.Errorf("%s: a figure before what else changed was said: %+v", c.name, v.Figure)
			}
			x.changed(t, p.ID)
			v := x.page(t, p.ID)
			f := v.Figure
			if f == nil || (f.Says == tandem.PilotKeep) != c.keep || f.Made != c.keep || f.Pairs != 6 || f.With != 42 || f.Without != 42 || f.Orders != 52 {
				t.Fatalf("%s: it says %+v", c.name, f)
			}
			if f.Lo80 > c.effect || f.Hi80 < c.effect {
				t.Errorf("%s: between %g and %g", c.name, f.Lo80, f.Hi80)
			}
			if v.With != 42 || v.Without != 42 || v.UsedWith != 42 || v.UsedWithout != 0 {
				t.Errorf("%s: days %d and %d, used on %d and %d", c.name, v.With, v.Without, v.UsedWith, v.UsedWithout)
			}
		}
	})
}

// TestTheFiguresOfAPilotComeFromItsPlanAlone works them out again as a stranger would, from the seed and
// the days.
func TestTheFiguresOfAPilotComeFromItsPlanAlone(t *testing.T) {
	x := newTrial(t)
	p := x.plan(t, func(in *app.PilotInput) { in.WashOut = 2; in.Pairs = ptr(5) })
	x.live(t, p, 70, 1, 3)
	x.changed(t, p.ID)
	v := x.page(t, p.ID)
	want, err := impact.RunPilot(impact.Plan{First: int(p.First), Pairs: 5, Days: 7, WashOut: 2, Draw: impact.FewTurns, Seed: uint64(p.Seed)}, v.Series[0].Values, .3, false, impact.Prior{})
	if err != nil {
		t.Fatal(err)
	}
	f := v.Figure
	if f == nil || f.Mean != want.Mean || f.Lo80 != want.Lo80 || f.Hi80 != want.Hi80 || f.OrderP != want.OrderP || string(f.Says) != want.Verdict.String() || f.With != 25 || f.Without != 25 {
		t.Errorf("%+v, worked out again %+v", f, want)
	}
	if f.Made || p.Enough() {
		t.Error("five pairs can hint, not prove")
	}
	first, err := impact.Plan{First: int(p.First), Pairs: 5, Days: 7, Draw: impact.FewTurns, Seed: uint64(p.Seed)}.OnFirst()
	if err != nil {
		t.Fatal(err)
	}
	for i, b := range v.Blocks {
		if on := first[i/2] == (i%2 == 0); b.On != on || b.From != p.First+tandem.Day(7*i) || b.To != b.From+6 {
			t.Errorf("block %d is %+v, drawn %v", i, b, on)
		}
	}
}

// TestAPilotOfBeforeKeepsItsOrders keeps a pilot as releases before made it, with every pair drawn by itself. Its blocks
// and its share of orders stay what they were, whatever pilots are drawn from now.
func TestAPilotOfBeforeKeepsItsOrders(t *testing.T) {
	x := newTrial(t)
	turning := func(seed uint64) (turns int) {
		first, err := impact.Plan{Pairs: 6, Seed: seed}.OnFirst()
		if err != nil {
			t.Fatal(err)
		}
		for i, on := range first[1:] {
			if on != first[i] {
				turns++
			}
		}
		return turns
	}
	seed := uint64(1)
	for turning(seed) < 4 { // an order that would no longer be drawn
		seed++
	}
	p := tandem.Pilot{Workspace: x.ws, ID: tandem.NewID[tandem.PilotID](x.IDs), Technique: x.technique.ID, Owner: x.by.Person, Design: tandem.PilotBlocks,
		Hypothesis: "They talk more.", Worth: .3, First: tandem.PeriodWeek.Next(x.today()), Pairs: 6, Days: 7, Seed: int64(seed),
		ChangedDay: tandem.NoDay, Stopped: tandem.NoDay, Decided: tandem.NoDay, Version: 1,
		Numbers: []tandem.PilotNumber{{Metric: x.result.Metric, Result: x.result.ID, Start: tandem.PeriodWeek.Next(x.today())}}}
	if err := x.Store.InTx(t.Context(), func(tx app.Tx) error { return tx.For(x.by).AddPilot(t.Context(), p) }); err != nil {
		t.Fatal(err)
	}
	x.live(t, p, 84, 4, 6)
	x.changed(t, p.ID)
	v := x.page(t, p.ID)
	first, err := impact.Plan{Pairs: 6, Seed: seed}.OnFirst()
	if err != nil {
		t.Fatal(err)
	}
	for i, b := range v.Blocks {
		if b.On != (first[i/2] == (i%2 == 0)) {
			t.Errorf("block %d is no longer as drawn", i)
		}
	}
	if f := v.Figure; f == nil || f.Orders != 64 || f.OrderP != 2./64 || app.PilotOrders(v.Pilot) != 64 {
		t.Errorf("it says %+v", f)
	}
	p.Draw = tandem.DrawFewTurns
	if app.PilotOrders(p) != 52 {
		t.Errorf("drawn now it would be one of %d", app.PilotOrders(p))
	}
}

func TestNoFigureWhileAPilotRuns(t *testing.T) {
	x := newTrial(t)
	p := x.plan(t)
	x.live(t, p, 60, 3, 5)
	if _, err := x.SayPilotChanged(t.Context(), x.by, x.ws, p.ID, app.PilotChanged{Changed: "Nothing."}); code(err) != "pilot_runs" {
		t.Errorf("while it runs it says %v", err)
	}
	if _, err := x.DecidePilot(t.Context(), x.by, x.ws, p.ID, app.PilotDecision{Verdict: tandem.PilotKeep}); code(err) != "pilot_runs" {
		t.Errorf("while it runs it says %v", err)
	}
	v := x.page(t, p.ID)
	b, ok := v.Now(v.Today)
	if v.Figure != nil || !ok || b.From > v.Today || b.To < v.Today || len(v.Series[0].Values) != 61 {
		t.Errorf("on day 61 it shows %+v, block %+v, %d days", v.Figure, b, len(v.Series[0].Values))
	}
	must[tandem.Pilot](t)(x.StopPilot(t.Context(), x.by, x.ws, p.ID))
	x.changed(t, p.ID)
	if _, err := x.StopPilot(t.Context(), x.by, x.ws, p.ID); code(err) != "pilot_over" {
		t.Errorf("stopped twice it says %v", err)
	}
	x.log(t, x.result.Metric, 1e6) // today counts no more
	v = x.page(t, p.ID)
	if f := v.Figure; f == nil || f.Pairs != 4 || f.Made || f.Mean > 5 || len(v.Series[0].Values) != 60 {
		t.Errorf("stopped in the fifth pair: %+v", f)
	}
	if _, ok := v.Now(v.Today); ok {
		t.Error("a pilot that was stopped still says what to do")
	}
}

func code(err error) string {
	if es := tandem.All(err); len(es) > 0 {
		return es[0].Code
	}
	return ""
}

func TestWhatWentOtherwiseIsCountedAndTheDaysStayAsDrawn(t *testing.T) {
	x := newTrial(t)
	p := x.plan(t)
	blocks := must[[]app.PilotBlock](t)(app.PilotBlocks(p))
	off := slices.IndexFunc(blocks, func(b app.PilotBlock) bool { return !b.On })
	if v := must[app.TodayView](t)(x.Today(t.Context(), x.by, x.ws)); len(v.Unused) != 1 || len(v.Pilots) != 0 {
		t.Errorf("before the first day Today says %+v, %+v", v.Unused, v.Pilots)
	}
	other := must[tandem.Technique](t)(x.CreateTechnique(t.Context(), x.by, x.ws, app.TechniqueInput{Name: "Another"}))
	x.Clock.AdvanceDays(int(blocks[off].From - x.today()))
	if v := must[app.TodayView](t)(x.Today(t.Context(), x.by, x.ws)); len(v.Pilots) != 1 || slices.ContainsFunc(v.Unused, func(u tandem.Technique) bool { return u.ID == x.technique.ID }) {
		t.Errorf("in days without Today asks for it: %+v, %+v", v.Unused, v.Pilots)
	}
	for range 3 { // thrice on one day is one day
		must[tandem.Use](t)(x.LogUse(t.Context(), x.by, x.ws, x.technique.ID, app.UseInput{}))
		must[tandem.Use](t)(x.LogUse(t.Context(), x.by, x.ws, other.ID, app.UseInput{}))
	}
	x.Clock.AdvanceDays(2)
	must[tandem.Use](t)(x.LogUse(t.Context(), x.by, x.ws, x.technique.ID, app.UseInput{}))
	must[tandem.Use](t)(x.LogUse(t.Context(), x.by, x.ws, other.ID, app.UseInput{Day: x.today() - 1}))
	v := x.page(t, p.ID)
	if v.UsedWithout != 2 || v.UsedWith != 0 {
		t.Errorf("used on %d days without and %d with", v.UsedWithout, v.UsedWith)
	}
	today := must[app.TodayView](t)(x.Today(t.Context(), x.by, x.ws))
	if len(today.Pilots) != 1 || today.Pilots[0].With || today.Pilots[0].Name != "The pause" || today.Pilots[0].Until != blocks[off].To || !today.Pilots[0].Week {
		t.Errorf("Today says %+v", today.Pilots)
	}
}

func TestTheVerdictIsThePersonsOwn(t *testing.T) {
	x := newTrial(t)
	for _, c := range []struct {
		verdict tandem.PilotVerdict
		state   tandem.TechniqueState
	}{{tandem.PilotKeep, tandem.Kept}, {tandem.PilotAdapt, tandem.Adapted}, {tandem.PilotDrop, tandem.Dropped}, {tandem.PilotUnclear, tandem.Trying}} {
		p := x.plan(t)
		must[tandem.Pilot](t)(x.StopPilot(t.Context(), x.by, x.ws, p.ID))
		if _, err := x.DecidePilot(t.Context(), x.by, x.ws, p.ID, app.PilotDecision{Verdict: "perhaps"}); code(err) != "one_of" {
			t.Errorf("perhaps: %v", err)
		}
		p = must[tandem.Pilot](t)(x.DecidePilot(t.Context(), x.by, x.ws, p.ID, app.PilotDecision{Verdict: c.verdict, Words: "Shorter pauses."}))
		tech := must[tandem.Technique](t)(x.GetTechnique(t.Context(), x.by, x.ws, x.technique.ID))
		if p.Verdict != c.verdict || p.Decided != x.today() || tech.State != c.state || tech.Verdict != "Shorter pauses." {
			t.Errorf("%s: %+v, the technique is %s", c.verdict, p, tech.State)
		}
	}
	if all := must[[]tandem.Pilot](t)(x.ListPilots(t.Context(), x.by, x.ws)); len(all) != 4 || len(all[0].Numbers) != 1 || all[0].Numbers[0].Metric != x.result.Metric {
		t.Errorf("listed are %+v", all)
	}
}

func TestAPlanThatCannotTellIsRefused(t *testing.T) {
	x := newTrial(t)
	far := x.result
	for want, change := range map[string]func(*app.PilotInput){
		"pilot_hypothesis_missing": func(in *app.PilotInput) { in.Hypothesis = " " },
		"pilot_worth":              func(in *app.PilotInput) { in.Worth = ptr(0.0) },
		"pilot_first":              func(in *app.PilotInput) { in.First = x.today() },
		"int_range":                func(in *app.PilotInput) { in.Pairs = ptr(3) },
		"pilot_short":              func(in *app.PilotInput) { in.Pairs, in.Days = ptr(4), ptr(3) },
		"pilot_long":               func(in *app.PilotInput) { in.Pairs, in.Days = ptr(100), ptr(7) },
		"one_of":                   func(in *app.PilotInput) { in.Design = "coin" },
		"pilot_no_result":          func(in *app.PilotInput) { in.Results = []tandem.GoalID{far.ID + 1} },
		"pilot_one_number":         func(in *app.PilotInput) { in.Results = nil },
		"pilot_number_twice":       func(in *app.PilotInput) { in.Results = []tandem.GoalID{far.ID, far.ID} },
		"pilot_numbers":            func(in *app.PilotInput) { in.Design = tandem.PilotStepped },
	} {
		in := app.PilotInput{Results: []tandem.GoalID{x.result.ID}, Hypothesis: "They talk more.", Worth: ptr(.3)}
		change(&in)
		if _, err := x.CreatePilot(t.Context(), x.by, x.ws, x.technique.ID, in); code(err) != want {
			t.Errorf("instead of %s it says %v", want, err)
		}
	}
	for i := range 9 { // a value a week is too seldom for blocks of a week
		x.Clock.AdvanceDays(7)
		x.log(t, x.result.Metric, float64(10+i%2))
	}
	if _, err := x.CreatePilot(t.Context(), x.by, x.ws, x.technique.ID, app.PilotInput{Results: []tandem.GoalID{far.ID}, Hypothesis: "They talk.", Worth: ptr(.3)}); code(err) != "pilot_sparse" {
		t.Errorf("of a weekly number it says %v", err)
	}
	x.plan(t, func(in *app.PilotInput) { in.Pairs, in.Days = ptr(10), ptr(14) })
	if _, err := x.CreatePilot(t.Context(), x.by, x.ws, x.technique.ID, app.PilotInput{Results: []tandem.GoalID{far.ID}, Hypothesis: "They talk.", Worth: ptr(.3), Pairs: ptr(10), Days: ptr(14)}); code(err) != "pilot_open" {
		t.Errorf("of a second pilot at once it says %v", err)
	}
	other := must[tandem.Technique](t)(x.CreateTechnique(t.Context(), x.by, x.ws, app.TechniqueInput{Name: "Another", Goal: x.technique.Goal}))
	if _, err := x.CreatePilot(t.Context(), x.by, x.ws, other.ID, app.PilotInput{Results: []tandem.GoalID{far.ID}, Hypothesis: "They talk.", Worth: ptr(.3), Pairs: ptr(10), Days: ptr(14)}); code(err) != "pilot_number_taken" {
		t.Errorf("of a second pilot on one number it says %v", err)
	}
}

// TestAStrangerFindsNoPilot asks as somebody else in the same workspace.
func TestAStrangerFindsNoPilot(t *testing.T) {
	apptest.Each(t, func(t *testing.T, h *apptest.House) {
		mira, noor := h.Person(t, "Mira"), h.Person(t, "Noor")
		team := h.Team(t, mira, noor)
		x := trialOn(t, &desk{House: h, by: h.Actor(t, mira), ws: team})
		p := x.plan(t)
		by := h.Actor(t, noor)
		if _, err := x.PilotPage(t.Context(), by, team, p.ID); tandem.KindOf(err) != tandem.KindNotFound {
			t.Errorf("a colleague is answered %v", err)
		}
		if _, err := x.StopPilot(t.Context(), by, team, p.ID); tandem.KindOf(err) != tandem.KindNotFound {
			t.Errorf("a colleague is answered %v", err)
		}
		if _, err := x.CreatePilot(t.Context(), by, team, x.technique.ID, app.PilotInput{}); tandem.KindOf(err) != tandem.KindNotFound {
			t.Errorf("a colleague is answered %v", err)
		}
		if all := must[[]tandem.Pilot](t)(x.ListPilots(t.Context(), by, team)); len(all) != 0 {
			t.Errorf("a colleague lists %+v", all)
		}
		if got := x.page(t, p.ID); got.Hypothesis != p.Hypothesis || got.Seed != p.Seed || got.Draw != tandem.DrawFewTurns || got.Numbers[0] != p.Numbers[0] || got.Created != p.Created || got.Worth != .3 {
			t.Errorf("kept is %+v of %+v", got.Pilot, p)
		}
	})
}

// TestASteppedStartTellsWhatCannotBeUnlearned begins something on six numbers one after another.
func TestASteppedStartTellsWhatCannotBeUnlearned(t *testing.T) {
	for _, c := range []struct {
		effect float64
		says   tandem.PilotVerdict
	}{{1.5, tandem.PilotKeep}, {0, tandem.PilotDrop}} {
		x := newTrial(t)
		results := []tandem.GoalID{x.result.ID}
		metrics := []tandem.MetricID{x.result.Metric}
		for _, name := range strings.Split("Second Third Fourth Fifth Sixth", " ") {
			g := x.desk.result(t, x.reading(name))
			must[tandem.Fuels](t)(x.LinkGoals(t.Context(), x.by, x.ws, x.technique.Goal, app.FuelsInput{Result: g.ID}))
			results, metrics = append(results, g.ID), append(metrics, g.Metric)
		}
		in := app.PilotInput{Design: tandem.PilotStepped, Results: results, Hypothesis: "They talk more.", Worth: ptr(.5)}
		if _, err := x.CreatePilot(t.Context(), x.by, x.ws, x.technique.ID, in); code(err) != "pilot_few_before" {
			t.Errorf("without values before it says %v", err)
		}
		noise := rand.New(rand.NewPCG(9, 9))
		day := func(p *tandem.Pilot) {
			for i, m := range metrics {
				y := 10 + float64(i) + noise.NormFloat64()
				if p != nil && x.today() >= p.Numbers[i].Start {
					y += c.effect
				}
				x.log(t, m, math.Round(y*100)/100)
			}
			x.Clock.AdvanceDays(1)
		}
		for range 30 {
			day(nil)
		}
		p := must[tandem.Pilot](t)(x.CreatePilot(t.Context(), x.by, x.ws, x.technique.ID, in))
		starts := map[tandem.Day]bool{}
		for _, n := range p.Numbers {
			starts[n.Start] = true
		}
		if len(starts) != 6 || !starts[p.First] || !starts[p.First+5*14] || p.Last() != p.First+7*14-1 {
			t.Fatalf("the starts are %v from %s to %s", starts, p.First, p.Last())
		}
		for x.today() <= p.Last() {
			day(&p)
		}
		x.changed(t, p.ID)
		f := x.page(t, p.ID).Figure
		if f == nil || f.Says != c.says || f.Made != (c.effect > 0) || f.Pairs != 6 || f.Orders != 720 {
			t.Errorf("with %g it says %+v", c.effect, f)
		}
	}
}
