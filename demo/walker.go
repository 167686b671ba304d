package demo

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"tandem"
	"tandem/app"
)

// A walker is one sample person who goes through the days. The first error stays and makes every further
// step do nothing, so that a life can be written down line by line.
type walker struct {
	ctx      context.Context
	app      *app.App
	input    app.PersonInput
	name     string
	rng      *rand.Rand
	zone     *time.Location
	clock    time.Time // what the use cases take for the present
	now      time.Time // the real present; the walk ends there
	today    tandem.Day
	day      tandem.Day // the day the walk is at
	by       tandem.Actor
	personal tandem.WorkspaceID
	ws       tandem.WorkspaceID // in which is written
	err      error
	waiting  []waiting // values that are written together
	events   map[tandem.Day][]func()
}

// waiting are values of one number that have not been written yet.
type waiting struct {
	ws     tandem.WorkspaceID
	metric tandem.MetricID
	rows   []app.ObservationInput
}

func newWalker(ctx context.Context, newApp Maker, in app.PersonInput, now time.Time, rng *rand.Rand) *walker {
	w := &walker{ctx: ctx, input: in, name: in.Name, rng: rng, zone: tandem.Zone(in.Zone), now: now,
		events: map[tandem.Day][]func(){}}
	w.today = tandem.DayOf(now, w.zone, 0)
	ids := rand.New(rand.NewPCG(rng.Uint64(), 1))
	read := func() time.Time { return w.clock }
	w.app = newApp(read, tandem.NewIDs(read, ids.Uint64))
	w.set(w.today-days, 9, 0)
	return w
}

// note keeps the first error and tells whether there is one.
func (w *walker) note(err error) bool {
	if w.err == nil {
		w.err = err
	}
	return w.err != nil
}

// set puts the clock to a time of a day, never beyond the present.
func (w *walker) set(d tandem.Day, hour, minute int) {
	y, m, day := d.Date()
	w.day = d
	w.clock = time.Date(y, m, day, hour, minute, w.rng.IntN(60), 0, w.zone)
	if w.clock.After(w.now) {
		w.clock = w.now
	}
}

// at puts the clock to about an hour of the day under way, as people come to it.
func (w *walker) at(hour int) { w.set(w.day, hour, w.rng.IntN(60)) }

// on has something done when the walk comes to a day. A day beyond today never comes.
func (w *walker) on(d tandem.Day, do func()) { w.events[d] = append(w.events[d], do) }

// walk goes from the walker's first day to today: on each first what was planned for it, then what is
// done in the evening of every day. Today's evening may not have come yet.
func (w *walker) walk(daily func(d tandem.Day)) {
	for d := w.today - days; d <= w.today && w.err == nil && w.ctx.Err() == nil; d++ {
		w.set(d, 8, 30)
		for _, do := range w.events[d] {
			do()
		}
		w.set(d, 18, w.rng.IntN(60))
		if w.clock.Before(w.now) {
			daily(d)
		}
	}
	w.note(w.ctx.Err())
}

// log keeps a value at the clock's instant. One with techniques is written at once, the others together,
// which is what makes two years fit into seconds.
func (w *walker) log(metric tandem.MetricID, value float64, techniques ...tandem.TechniqueID) {
	in := app.ObservationInput{Value: &value, At: tandem.InstantOf(w.clock), Techniques: techniques}
	if w.err != nil || metric == 0 {
		return
	}
	if len(techniques) > 0 {
		_, err := w.app.LogObservation(w.ctx, w.by, w.ws, metric, in)
		w.note(err)
		return
	}
	i := slices.IndexFunc(w.waiting, func(x waiting) bool { return x.metric == metric })
	if i < 0 {
		i = len(w.waiting)
		w.waiting = append(w.waiting, waiting{ws: w.ws, metric: metric})
	}
	w.waiting[i].rows = append(w.waiting[i].rows, in)
}

// skip notes a day that was left out on purpose.
func (w *walker) skip(metric tandem.MetricID, note string) {
	if w.err == nil {
		_, err := w.app.LogObservation(w.ctx, w.by, w.ws, metric, app.ObservationInput{State: tandem.StateSkip, Note: note})
		w.note(err)
	}
}

// logNow keeps a value with a note at once and gives the instant that names it.
func (w *walker) logNow(metric tandem.MetricID, value float64, note string) tandem.Instant {
	if w.err != nil {
		return 0
	}
	l, err := w.app.LogObservation(w.ctx, w.by, w.ws, metric, app.ObservationInput{Value: &value, At: tandem.InstantOf(w.clock), Note: note})
	w.note(err)
	return l.At
}

// flush writes the values that wait.
func (w *walker) flush() {
	for _, x := range w.waiting {
		if w.err != nil {
			return
		}
		for group := range slices.Chunk(x.rows, app.BulkGroup) {
			rows, err := w.app.BulkObservations(w.ctx, w.by, x.ws, x.metric, group)
			w.note(err)
			for _, r := range rows {
				w.note(r.Errors.Err())
			}
		}
	}
	w.waiting = w.waiting[:0]
}

// in does something in another workspace.
func (w *walker) in(ws tandem.WorkspaceID, do func()) {
	if w.err == nil {
		own := w.ws
		w.ws = ws
		do()
		w.ws = own
	}
}

// number makes a number of its own.
func (w *walker) number(in app.MetricInput) tandem.MetricID {
	if w.err != nil {
		return 0
	}
	m, err := w.app.CreateMetric(w.ctx, w.by, w.ws, in)
	w.note(err)
	return m.ID
}

// goal makes a goal of either kind.
func (w *walker) goal(in app.GoalInput) tandem.GoalID {
	if w.err != nil {
		return 0
	}
	g, err := w.app.CreateGoal(w.ctx, w.by, w.ws, in)
	if w.note(err) {
		return 0
	}
	return g.GoalHead().ID
}

// result makes a result over a number that is there.
func (w *walker) result(title string, metric tandem.MetricID, target float64, until tandem.Day, more ...func(*app.GoalInput)) tandem.GoalID {
	in := app.GoalInput{Kind: tandem.KindPerformance, Title: title, Metric: metric, Target: &target, Deadline: until, Start: w.day}
	for _, f := range more {
		f(&in)
	}
	return w.goal(in)
}

// from says where a result stands at its start; because says why it matters.
func from(v float64) func(*app.GoalInput)        { return func(in *app.GoalInput) { in.Baseline = &v } }
func because(s string) func(*app.GoalInput)      { return func(in *app.GoalInput) { in.Why = s } }
func starting(d tandem.Day) func(*app.GoalInput) { return func(in *app.GoalInput) { in.Start = d } }

// fuels links a learning goal to a result, in whichever workspace that is.
func (w *walker) fuels(learning, result tandem.GoalID, of tandem.WorkspaceID, lag int) {
	if w.err != nil || learning == 0 || result == 0 {
		return
	}
	_, err := w.app.LinkGoals(w.ctx, w.by, w.ws, learning, app.FuelsInput{Result: result, Workspace: of, LagDays: lag})
	w.note(err)
}

// changed says what else changed since a learning goal began to count for a result.
func (w *walker) changed(learning, result tandem.GoalID, text string) {
	if w.err == nil {
		_, err := w.app.SayWhatChanged(w.ctx, w.by, w.ws, learning, result, app.ChangedInput{Changed: text})
		w.note(err)
	}
}

// technique makes a technique of a learning goal.
func (w *walker) technique(goal tandem.GoalID, name string, state tandem.TechniqueState) tandem.TechniqueID {
	if w.err != nil {
		return 0
	}
	t, err := w.app.CreateTechnique(w.ctx, w.by, w.ws, app.TechniqueInput{Name: name, Goal: goal, State: state})
	w.note(err)
	return t.ID
}

// decide keeps, adapts or drops a technique, with the reason in the person's words.
func (w *walker) decide(id tandem.TechniqueID, state tandem.TechniqueState, verdict string) {
	if w.err != nil {
		return
	}
	t, err := w.app.GetTechnique(w.ctx, w.by, w.ws, id)
	if w.note(err) {
		return
	}
	_, err = w.app.ChangeTechnique(w.ctx, w.by, w.ws, id, app.TechniqueChange{Version: t.Version, State: &state, Verdict: &verdict})
	w.note(err)
}

// use notes one use of a technique, alone.
func (w *walker) use(id tandem.TechniqueID, helped, natural int) {
	if w.err == nil && id != 0 {
		_, err := w.app.LogUse(w.ctx, w.by, w.ws, id, app.UseInput{Helped: helped, Natural: natural})
		w.note(err)
	}
}

// practise notes a practice; a reflection becomes a lesson.
func (w *walker) practise(goal tandem.GoalID, minutes float64, activity, reflection string, enjoyment int) {
	if w.err == nil && goal != 0 {
		_, err := w.app.LogPractice(w.ctx, w.by, w.ws, goal, app.PracticeInput{Minutes: minutes, Activity: activity, Reflection: reflection, Enjoyment: enjoyment})
		w.note(err)
	}
}

// lesson notes one sentence that was learned.
func (w *walker) lesson(goal tandem.GoalID, text, from string) {
	if w.err == nil {
		_, err := w.app.AddLesson(w.ctx, w.by, w.ws, goal, app.LessonInput{Text: text, From: from})
		w.note(err)
	}
}

// level notes that a level was noticed.
func (w *walker) level(goal tandem.GoalID, level int, how tandem.How, note string) {
	w.seen(goal, app.LevelInput{Level: level, How: how, Note: note})
}

// seen is a level that was noticed by somebody or something in a place.
func (w *walker) seen(goal tandem.GoalID, in app.LevelInput) {
	if w.err == nil {
		_, err := w.app.NoticeLevel(w.ctx, w.by, w.ws, goal, in)
		w.note(err)
	}
}

// plan is learning that is planned; with how it was it is done at once.
func (w *walker) plan(goal tandem.GoalID, in app.ActivityInput, was *app.ActivityDone) {
	if w.err != nil {
		return
	}
	a, err := w.app.PutActivity(w.ctx, w.by, w.ws, goal, in)
	if w.note(err) || was == nil {
		return
	}
	_, err = w.app.FinishActivity(w.ctx, w.by, w.ws, goal, a.ID, *was)
	w.note(err)
}

// step makes a step of a goal; with a lesson it is done at once.
func (w *walker) step(goal tandem.GoalID, title string, due tandem.Day, lesson string) {
	if w.err != nil {
		return
	}
	m, err := w.app.PutMilestone(w.ctx, w.by, w.ws, goal, app.MilestoneInput{Title: title, Due: due})
	if w.note(err) || lesson == "" {
		return
	}
	_, err = w.app.FinishMilestone(w.ctx, w.by, w.ws, goal, m.ID, app.DoneInput{Lesson: lesson})
	w.note(err)
}

// factor names what lies in the owner's hands, or not, with what became of it.
func (w *walker) factor(goal tandem.GoalID, inHands bool, text, closing string) {
	if w.err == nil {
		_, err := w.app.PutFactor(w.ctx, w.by, w.ws, goal, app.FactorInput{InHands: inHands, Text: text, Closing: closing})
		w.note(err)
	}
}

// close writes the last page of a result.
func (w *walker) close(goal tandem.GoalID, gained, unexpected string, next tandem.NextStep, text string) (then tandem.GoalID) {
	w.flush()
	if w.err != nil {
		return 0
	}
	c, err := w.app.SaveClosing(w.ctx, w.by, w.ws, goal, app.ClosingInput{Gains: &[]tandem.GainWord{"what_works"}, Gained: &gained, Unexpected: &unexpected, Next: next, NextText: text, Finish: true})
	w.note(err)
	return c.NextGoal
}

// change changes a goal as it stands.
func (w *walker) change(goal tandem.GoalID, in app.GoalChange) {
	if w.err != nil {
		return
	}
	g, err := w.app.GetGoal(w.ctx, w.by, w.ws, goal)
	if w.note(err) {
		return
	}
	in.Version = g.GoalHead().Version
	_, err = w.app.ChangeGoal(w.ctx, w.by, w.ws, goal, in)
	w.note(err)
}

// move moves a goal to another state: pause, resume, rest.
func (w *walker) move(goal tandem.GoalID, move tandem.Move) {
	if w.err == nil && goal != 0 {
		_, err := w.app.MoveGoal(w.ctx, w.by, w.ws, goal, move, 0)
		w.note(err)
	}
}

// micro makes a micro-goal.
func (w *walker) micro(in app.MicroGoalInput) tandem.MicroGoal {
	if w.err != nil {
		return tandem.MicroGoal{}
	}
	m, err := w.app.CreateMicroGoal(w.ctx, w.by, w.ws, in)
	w.note(err)
	return m
}

// met notes that the person has met a concept, so that pages show it.
func (w *walker) met(concepts ...string) {
	for _, c := range concepts {
		if w.err == nil {
			w.note(w.app.AnswerConcept(w.ctx, w.by, c, true))
		}
	}
}

func lower(s string) string { return strings.ToLower(s) }

// review sets the day on which a learning goal is looked at again.
func (w *walker) review(goal tandem.GoalID, day tandem.Day) {
	w.change(goal, app.GoalChange{ReviewDay: &day})
}
