package app_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"tandem"
	"tandem/analytics/impact"
	"tandem/app"
	"tandem/app/apptest"
)

// around gives values around a mean that is another one from a day on.
func around(n, from int, before, after, spread float64) []float64 {
	r := rand.New(rand.NewPCG(3, 4))
	out := make([]float64, n)
	for i := range out {
		mean := before
		if i >= from {
			mean = after
		}
		out[i] = math.Round((mean+spread*r.NormFloat64())*10) / 10
	}
	return out
}

// fuelled gives a result with a learning goal whose level was noticed some days ago.
func (d *desk) fuelled(t *testing.T, in app.GoalInput, ago int) (tandem.PerformanceGoal, tandem.LearningGoal) {
	t.Helper()
	g := d.result(t, in)
	l := d.learning(t, "Ask first")
	must[tandem.Fuels](t)(d.LinkGoals(t.Context(), d.by, d.ws, l.ID, app.FuelsInput{Result: g.ID}))
	if ago > 0 {
		must[tandem.Evidence](t)(d.NoticeLevel(t.Context(), d.by, d.ws, l.ID, app.LevelInput{Level: 2, How: tandem.HowRealUse, Day: d.today() - tandem.Day(ago)}))
	}
	return g, l
}

func (d *desk) compare(t *testing.T, g tandem.GoalID) app.DifferenceView {
	t.Helper()
	v := must[app.ResultView](t)(d.ResultPage(t.Context(), d.by, d.ws, g))
	return must[app.DifferenceView](t)(d.Compare(t.Context(), d.by, v))
}

func (d *desk) answer(t *testing.T, l, g tandem.GoalID, text string) {
	t.Helper()
	must[tandem.Fuels](t)(d.SayWhatChanged(t.Context(), d.by, d.ws, l, g, app.ChangedInput{Changed: text}))
}

// forms are the two kinds of number by day: one that counts up and one that is read off.
func (d *desk) forms() map[string]app.GoalInput {
	reading := d.sales()
	reading.Number = &app.MetricInput{Name: "Calls answered", Form: tandem.FormReading}
	reading.Baseline, reading.Target = ptr(10.0), ptr(20.0)
	return map[string]app.GoalInput{"total": d.sales(), "reading": reading}
}

func TestNoFigureBeforeTheQuestionAndOneAfterIt(t *testing.T) {
	for form := range newDesk(t).forms() {
		d := newDesk(t)
		g, l := d.fuelled(t, d.forms()[form], 40)
		d.daily(t, g.Metric, around(121, 80, 10, 14, 1)...)
		x := d.compare(t, g.ID).Items[0]
		if x.Answered || x.Figure() || x.Mean != 0 || x.Hi95 != 0 || x.Sure != 0 || x.Lags != nil {
			t.Errorf("%s: before the question it says %+v", form, x.Difference)
		}
		if !x.Enough() || x.Since.Level != 2 || x.Since.Day != d.today()-40 {
			t.Errorf("%s: %d values before and %d after level %d on %s", form, x.Before, x.After, x.Since.Level, x.Since.Day)
		}
		d.answer(t, l.ID, g.ID, "A new colleague.")
		v := d.compare(t, g.ID)
		x = v.Items[0]
		if !x.Figure() || x.Word < impact.Maybe || x.Mean < 3 || x.Mean > 5 || x.Lo80 >= x.Mean || x.Hi80 <= x.Mean {
			t.Errorf("%s: afterwards it says %s: %+v", form, x.Word, x.Difference)
		}
		if x.Link.Changed != "A new colleague." || x.Link.ChangedDay != d.today() {
			t.Errorf("%s: the link keeps %+v", form, x.Link)
		}
		if b := v.Best(); b == nil || len(v.Course(*b)) < 30 {
			t.Errorf("%s: no course to draw", form)
		}
	}
}

func TestOneAnswerOpensNoOtherFigure(t *testing.T) {
	d := newDesk(t)
	g, l := d.fuelled(t, d.sales(), 40)
	other := d.learning(t, "Write it down")
	must[tandem.Fuels](t)(d.LinkGoals(t.Context(), d.by, d.ws, other.ID, app.FuelsInput{Result: g.ID}))
	must[tandem.Evidence](t)(d.NoticeLevel(t.Context(), d.by, d.ws, other.ID, app.LevelInput{Level: 1, Day: d.today() - 20}))
	d.daily(t, g.Metric, around(121, 80, 10, 14, 1)...)
	d.answer(t, l.ID, g.ID, "Nothing.")
	for _, x := range d.compare(t, g.ID).Items {
		if asked := x.Learning.ID == other.ID; asked == x.Figure() || asked && (x.Mean != 0 || x.Hi95 != 0 || x.Lags != nil || x.Link.Looks != 0) {
			t.Errorf("%s: answered %v, says %+v", x.Learning.Title, x.Answered, x.Difference)
		}
	}
}

func TestTheCourseOfADifferenceHasMeanOne(t *testing.T) {
	d := newDesk(t)
	g, l := d.fuelled(t, d.sales(), 40)
	d.daily(t, g.Metric, around(121, 80, 10, 14, 1)...)
	d.answer(t, l.ID, g.ID, "Nothing.")
	v := d.compare(t, g.ID)
	sum, course := 0.0, v.Course(v.Items[0])
	for _, p := range course {
		sum += p.Share
	}
	if math.Abs(sum/float64(len(course))-1) > 1e-9 {
		t.Errorf("its mean is %g", sum/float64(len(course)))
	}
}

func TestLooksAreCountedOnceADay(t *testing.T) {
	d := newDesk(t)
	g, l := d.fuelled(t, d.sales(), 40)
	d.daily(t, g.Metric, around(121, 80, 1, 4, 1)...)
	looks := func() int {
		links := must[[]tandem.Fuels](t)(d.ListLinks(t.Context(), d.by, d.ws, l.ID))
		return links[0].Looks
	}
	d.compare(t, g.ID)
	if n := looks(); n != 0 {
		t.Errorf("%d looks before there was a figure", n)
	}
	d.answer(t, l.ID, g.ID, "Nothing.")
	for range 3 {
		if x := d.compare(t, g.ID).Items[0]; x.Link.Looks != 1 {
			t.Errorf("the page says %d looks", x.Link.Looks)
		}
	}
	if n := looks(); n != 1 {
		t.Errorf("three looks on one day count as %d", n)
	}
	d.Clock.AdvanceDays(1)
	if x := d.compare(t, g.ID).Items[0]; x.Link.Looks != 2 || looks() != 2 {
		t.Errorf("the next day says %d looks, keeps %d", x.Link.Looks, looks())
	}
}

func TestANewLevelAsksAgain(t *testing.T) {
	d := newDesk(t)
	g, l := d.fuelled(t, d.sales(), 60)
	d.daily(t, g.Metric, around(121, 60, 1, 4, 1)...)
	d.answer(t, l.ID, g.ID, "Nothing.")
	d.Clock.AdvanceDays(1)
	must[tandem.Evidence](t)(d.NoticeLevel(t.Context(), d.by, d.ws, l.ID, app.LevelInput{Level: 3, How: tandem.HowRealUse}))
	if x := d.compare(t, g.ID).Items[0]; x.Since.Level != 2 || !x.Answered {
		t.Errorf("a level without values after it is taken: level %d, answered %v", x.Since.Level, x.Answered)
	}
	for range 8 {
		d.Clock.AdvanceDays(1)
		d.log(t, g.Metric, 4)
	}
	if x := d.compare(t, g.ID).Items[0]; x.Since.Level != 3 || x.Answered || x.Figure() {
		t.Errorf("with eight values after it: level %d, answered %v", x.Since.Level, x.Answered)
	}
}

func TestTooEarlySaysWhen(t *testing.T) {
	d := newDesk(t)
	g, l := d.fuelled(t, d.sales(), 3)
	d.daily(t, g.Metric, around(30, 27, 1, 4, 1)...)
	d.answer(t, l.ID, g.ID, "Nothing.")
	x := d.compare(t, g.ID).Items[0]
	if x.Enough() || x.Figure() || x.Word != impact.TooEarly || x.Mean != 0 {
		t.Errorf("%d values after it: %+v", x.After, x)
	}
	if wait := x.When - d.today(); wait < 1 || wait > 10 {
		t.Errorf("it could be told in %d days", wait)
	}
	few, l := d.fuelled(t, app.GoalInput{Kind: tandem.KindPerformance, Title: "Calls", Number: &app.MetricInput{Name: "Calls", Form: tandem.FormTotal}, Target: ptr(20.0), Deadline: d.today() + 90}, 20)
	d.daily(t, few.Metric, around(30, 10, 1, 4, 1)...)
	d.answer(t, l.ID, few.ID, "Nothing.")
	if x := d.compare(t, few.ID).Items[0]; x.Enough() || x.Figure() || x.When != tandem.NoDay {
		t.Errorf("with %d values before, which never become more: %+v", x.Before, x)
	}
}

func TestAFewDaysAfterALevelGiveASaneRange(t *testing.T) {
	for _, ago := range []int{7, 10, 14, 17, 20, 21, 25} {
		d := newDesk(t)
		g, l := d.fuelled(t, d.forms()["reading"], ago)
		d.daily(t, g.Metric, around(80, 80-ago, 10, 11, 1)...)
		d.answer(t, l.ID, g.ID, "Nothing.")
		if x := d.compare(t, g.ID).Items[0]; !x.Figure() || x.Hi80-x.Lo80 > 10 || x.Hi95-x.Lo95 > 20 {
			t.Errorf("%d days after it the range is %g to %g", ago, x.Lo80, x.Hi80)
		}
	}
}

func TestHugeNumbersBreakNoPage(t *testing.T) {
	d := newDesk(t)
	g, l := d.fuelled(t, d.sales(), 40)
	huge := around(121, 80, 10, 14, 1)
	for i := range huge {
		huge[i] = 1e15
	}
	d.daily(t, g.Metric, huge...)
	d.daily(t, g.Metric, huge...) // twice on each day: their sum is beyond what the engine takes
	d.answer(t, l.ID, g.ID, "Nothing.")
	if x := d.compare(t, g.ID).Items[0]; x.Figure() || x.Mean != 0 {
		t.Errorf("it says %+v", x.Difference)
	}
}

func TestATechniqueThatWasKeptCountsByItsUses(t *testing.T) {
	d := newDesk(t)
	g, l := d.fuelled(t, d.sales(), 0)
	d.daily(t, g.Metric, around(121, 80, 1, 4, 1)...)
	if x := d.compare(t, g.ID).Items[0]; x.Since.Day != tandem.NoDay || x.Enough() {
		t.Errorf("without a level it begins on %s", x.Since.Day)
	}
	tech := must[tandem.Technique](t)(d.CreateTechnique(t.Context(), d.by, d.ws, app.TechniqueInput{Name: "The pause", Goal: l.ID}))
	for i := range 20 {
		must[tandem.Use](t)(d.LogUse(t.Context(), d.by, d.ws, tech.ID, app.UseInput{Day: d.today() - 40 + tandem.Day(2*i)}))
	}
	if x := d.compare(t, g.ID).Items[0]; x.Since.Day != tandem.NoDay {
		t.Error("a technique that is only tried counts")
	}
	must[tandem.Technique](t)(d.ChangeTechnique(t.Context(), d.by, d.ws, tech.ID, app.TechniqueChange{Version: tech.Version, State: ptr(tandem.Kept)}))
	d.answer(t, l.ID, g.ID, "Nothing.")
	v := d.compare(t, g.ID)
	x := v.Items[0]
	e, ok := v.Effect(x)
	if x.Since.Technique.ID != tech.ID || x.Since.Uses != 20 || x.Since.Day != d.today()-40 || !ok || e.Shape != impact.Dosed || e.Dose[x.Start] != 1 || !x.Figure() || x.Word < impact.Maybe {
		t.Errorf("it says %s of %+v", x.Word, x.Since)
	}
}

func TestTheCellsFollowTheNumber(t *testing.T) {
	d := newDesk(t)
	total := d.result(t, d.sales())
	d.daily(t, total.Metric, 2)
	d.Clock.AdvanceDays(3)
	d.log(t, total.Metric, 5)
	d.Clock.AdvanceDays(2)
	if s := d.compare(t, total.ID).Series; s.Cell != tandem.PeriodDay || !slices.Equal(s.Values, []float64{2, 0, 0, 5, 0}) {
		t.Errorf("a total by day is %v by %s; today is not over", s.Values, s.Cell)
	}
	unknown := d.sales()
	unknown.Number = &app.MetricInput{Name: "Orders", Form: tandem.FormTotal, WhenItHappens: ptr(false)}
	g := d.result(t, unknown)
	d.log(t, g.Metric, 2)
	d.Clock.AdvanceDays(2)
	d.log(t, g.Metric, 5)
	d.Clock.AdvanceDays(1)
	if s := d.compare(t, g.ID).Series; len(s.Values) != 3 || s.Values[0] != 2 || !math.IsNaN(s.Values[1]) || s.Values[2] != 5 {
		t.Errorf("a total with unknown days is %v", s.Values)
	}
	weekly := d.forms()["reading"]
	g = d.result(t, weekly)
	for range 5 {
		d.log(t, g.Metric, 11)
		d.Clock.AdvanceDays(7)
	}
	if s := d.compare(t, g.ID).Series; s.Cell != tandem.PeriodWeek || len(s.Values) < 5 || s.Values[0] != 11 || d.compare(t, g.ID).Season != 1 {
		t.Errorf("a reading a week is %v by %s", s.Values, s.Cell)
	}
	rate := d.sales()
	rate.Number = &app.MetricInput{Name: "Sales a month", Form: tandem.FormRate, Period: tandem.PeriodMonth}
	g = d.result(t, rate)
	d.daily(t, g.Metric, around(100, 0, 1, 1, 0)...)
	if s := d.compare(t, g.ID).Series; s.Cell != tandem.PeriodMonth || len(s.Values) < 2 || s.Values[len(s.Values)-1] < 28 {
		t.Errorf("a rate by month is %v by %s", s.Values, s.Cell)
	}
}

func TestPlannedTimeOffHasNoValue(t *testing.T) {
	d := newDesk(t)
	g, _ := d.fuelled(t, d.sales(), 5)
	d.daily(t, g.Metric, 1, 1, 1)
	must[tandem.Goal](t)(d.MoveGoal(t.Context(), d.by, d.ws, g.ID, tandem.MovePause, 0))
	d.Clock.AdvanceDays(4)
	d.log(t, g.Metric, 9)
	must[tandem.Goal](t)(d.MoveGoal(t.Context(), d.by, d.ws, g.ID, tandem.MoveResume, 0))
	d.Clock.AdvanceDays(3)
	s := d.compare(t, g.ID).Series
	if s.Off < 4 || !math.IsNaN(s.Values[3]) || !math.IsNaN(s.Values[5]) || s.Values[0] != 1 || s.Values[len(s.Values)-1] != 0 {
		t.Errorf("%d off, %v", s.Off, s.Values)
	}
}

func TestWorthHavingIsATenthOfTheWay(t *testing.T) {
	d := newDesk(t)
	for form, want := range map[string]float64{"reading": 1, "total": 20.0 / 91 / 10} {
		in := d.forms()[form]
		g := d.result(t, in)
		d.log(t, g.Metric, 10)
		d.log(t, g.Metric, 11)
		if got := d.compare(t, g.ID).Worth; math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: %g instead of %g", form, got, want)
		}
	}
}

func TestAnotherMemberSeesNoDifference(t *testing.T) {
	h := apptest.New(t)
	mira, ben := h.Person(t, "Mira"), h.Person(t, "Ben")
	ws := h.Team(t, mira, ben)
	d := &desk{h, h.Actor(t, mira), ws}
	in := d.sales()
	in.Visibility = tandem.ByWorkspace
	g := d.result(t, in)
	l := must[tandem.AnyGoal](t)(d.CreateGoal(t.Context(), d.by, ws, app.GoalInput{Kind: tandem.KindLearning, Title: "Ask first", Visibility: tandem.ByWorkspace})).(tandem.LearningGoal)
	must[tandem.Fuels](t)(d.LinkGoals(t.Context(), d.by, ws, l.ID, app.FuelsInput{Result: g.ID}))
	must[tandem.Evidence](t)(d.NoticeLevel(t.Context(), d.by, ws, l.ID, app.LevelInput{Level: 2, Day: d.today() - 40}))
	d.daily(t, g.Metric, around(121, 80, 1, 4, 1)...)
	d.answer(t, l.ID, g.ID, "Only for me.")
	if v := d.compare(t, g.ID); len(v.Items) != 1 || !v.Items[0].Figure() {
		t.Fatalf("Mira sees %+v", v.Items)
	}
	other := &desk{h, h.Actor(t, ben), ws}
	if v := other.compare(t, g.ID); len(v.Items) != 0 || v.Method != "" {
		t.Errorf("Ben sees %+v", v.Items)
	}
	links := must[[]tandem.Fuels](t)(h.ListLinks(t.Context(), other.by, ws, l.ID))
	if len(links) != 1 || links[0].Changed != "" || links[0].ChangedDay != tandem.NoDay || links[0].Looks != 0 {
		t.Errorf("Ben reads %+v", links)
	}
	_, err := h.SayWhatChanged(t.Context(), other.by, ws, l.ID, g.ID, app.ChangedInput{Changed: "x"})
	if code := apptest.Code(err); code != "not_found" {
		t.Errorf("Ben answers for Mira: %q", code)
	}
	for _, text := range []string{"", " \u200b", "a\x00b"} {
		if _, err := d.SayWhatChanged(t.Context(), d.by, ws, l.ID, g.ID, app.ChangedInput{Changed: text}); apptest.Code(err) == "" {
			t.Errorf("%q is an answer", text)
		}
	}
}
