package app

import (
	"cmp"
	"context"
	"slices"

	"tandem"
	"tandem/policy"
)

// A MicroGoalView is a micro-goal with what it came to.
type MicroGoalView struct {
	MicroGoalTally
	Strength *tandem.Strength // days done, or within it, of the last 28; nil unless it is for the reader
	CanCount bool             // the reader may ask for it
	Passes   int              // free passes left of the last 28 days
	Goal     string           // title of the learning goal that it belongs to; "" alone
	Asks     bool             // it went over today, and nothing says yet what set it off
	SetOffs  []tandem.SetOff  // what set it off, newest first
}

// How much of what set a micro-goal off is looked at and shown.
const (
	setOffsRead  = 200
	setOffsShown = 20
)

// OpenMicroGoal gives a micro-goal with its strength and, of one that asks at most, what set it off.
func (a *App) OpenMicroGoal(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.MicroGoalID) (v MicroGoalView, err error) {
	defer tandem.Wrap(&err, "open micro-goal")
	r := a.Store.For(by)
	if v.MicroGoal, err = r.MicroGoal(ctx, ws, id); err != nil {
		return v, err
	}
	if err := may(by, policy.Read, microGoalOf(v.MicroGoal)); err != nil {
		return v, err
	}
	person, err := r.Person(ctx)
	if err != nil {
		return v, err
	}
	today := person.Today(a.Now())
	obs, err := r.Observations(ctx, ws, v.Metric, tandem.PeriodMonth.Start(today-tandem.StrengthDays), today)
	if err != nil {
		return v, err
	}
	v.Tally, v.Passes = v.TallyOn(today, obs), v.PassesLeft(today, obs)
	v.CanCount = !v.AtMost && person.AgeBand == tandem.Adult
	if v.CountsDays(person.AgeBand) {
		s := v.StrengthOn(today, obs)
		v.Strength = &s
	}
	if v.MicroGoal.Goal != 0 {
		g, err := r.Goal(ctx, ws, v.MicroGoal.Goal)
		if err != nil {
			return v, err
		}
		v.Goal = g.GoalHead().Title
	}
	if !v.AtMost {
		return v, nil
	}
	if v.Asks, err = asksSetOff(ctx, r, ws, v.MicroGoal, v.Tally, today); err != nil {
		return v, err
	}
	v.SetOffs, err = setOffs(ctx, r, ws, v.MicroGoal)
	return v, err
}

// mayCountDays refuses the figure of the last 28 days to minors.
func mayCountDays(ctx context.Context, r Reads, on bool) error {
	person, err := r.Person(ctx)
	if err == nil && on && person.AgeBand != tandem.Adult {
		return tandem.Invalid("show_days", "days_adults", nil)
	}
	return err
}

// setOffs gathers what stands beside the values of a micro-goal and what reviews say.
func setOffs(ctx context.Context, r Reads, ws tandem.WorkspaceID, m tandem.MicroGoal) ([]tandem.SetOff, error) {
	out, err := r.SetOffs(ctx, ws, m.ID, setOffsShown)
	if err != nil {
		return nil, err
	}
	noted, err := r.ObservationPage(ctx, ws, m.Metric, tandem.Instant(1)<<62, setOffsRead)
	for _, o := range noted {
		if o.Note != "" && o.State == tandem.StateValue {
			out = append(out, tandem.SetOff{Day: o.Day, Text: o.Note})
		}
	}
	slices.SortStableFunc(out, func(a, b tandem.SetOff) int { return cmp.Compare(b.Day, a.Day) })
	return out[:min(len(out), setOffsShown)], err
}

// newestToday gives the newest value of today on a micro-goal's number; nil for none.
func newestToday(ctx context.Context, r Reads, ws tandem.WorkspaceID, m tandem.MicroGoal, today tandem.Day) (*tandem.Observation, error) {
	all, err := r.ObservationPage(ctx, ws, m.Metric, tandem.Instant(1)<<62, setOffsShown)
	for i, o := range all {
		if o.Day == today && o.State == tandem.StateValue {
			return &all[i], err
		}
	}
	return nil, err
}

// asksSetOff tells whether a micro-goal that asks at most went over today and nothing says yet what set it off.
func asksSetOff(ctx context.Context, r Reads, ws tandem.WorkspaceID, m tandem.MicroGoal, t tandem.Tally, today tandem.Day) (bool, error) {
	if !m.AtMost || t.Kept || t.TodaySum == 0 || m.Paused(today) {
		return false, nil
	}
	o, err := newestToday(ctx, r, ws, m, today)
	return o != nil && o.Note == "", err
}

// SaySetOff keeps what set a micro-goal off today, beside the newest value of the day.
func (a *App) SaySetOff(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.MicroGoalID, text string) (o tandem.Observation, err error) {
	defer tandem.Wrap(&err, "say what set it off")
	r := a.Store.For(by)
	m, err := r.MicroGoal(ctx, ws, id)
	if err != nil {
		return o, err
	}
	if err := may(by, policy.Log, microGoalOf(m)); err != nil {
		return o, err
	}
	today, err := a.today(ctx, r)
	if err != nil {
		return o, err
	}
	last, err := newestToday(ctx, r, ws, m, today)
	if err != nil {
		return o, err
	}
	if last == nil {
		return o, tandem.Invalid("text", "set_off_no_value", tandem.Args{"title": m.Title})
	}
	return a.EditObservation(ctx, by, ws, m.Metric, last.At, ObservationChange{Note: &text})
}

// A ReviewSize is the offer of half the size of a micro-goal after some time away, from a landmark day on.
type ReviewSize struct {
	tandem.MicroGoal
	Half   tandem.MicroGoal // the same one when it was answered with half
	From   tandem.Day
	Answer tandem.ReviewChoice
}

// sizesOffered gives the micro-goals that a review offers half the size of: after days away, to whoever is not on
// a good run, once for each time away; and those that it has an answer to.
func sizesOffered(ctx context.Context, r Reads, v *ReviewView) (out []ReviewSize, err error) {
	from := v.Today - tandem.StrengthDays
	practices, err := r.OwnPractices(ctx, v.Workspace, from, v.Today)
	if err != nil {
		return nil, err
	}
	entered := map[tandem.Day]bool{}
	for _, p := range practices {
		entered[p.Day] = true
	}
	for _, obs := range v.data.recent {
		for _, o := range obs {
			entered[o.Day] = true
		}
	}
	away, was := tandem.Away(entered, from, v.Today)
	for _, m := range v.micros {
		x := ReviewSize{MicroGoal: m, Half: m, From: v.Today.Landmark()}
		if i := v.Slip(m.ID); i != nil && i.Choice != tandem.ReviewOpen {
			x.Answer = i.Choice
			out = append(out, x)
			continue
		}
		half, can := m.HalfSize()
		if !was || !can || m.Archived || m.Start >= away.From || m.Paused(away.From) || m.Paused(away.To) || m.OnAGoodRun(v.Today, v.data.recent[m.Metric]) {
			continue
		}
		last, err := r.LastSaid(ctx, v.Workspace, v.Week, tandem.GoalID(m.ID))
		if err != nil {
			return nil, err
		}
		if last == nil || last.Choice == tandem.ReviewOpen || last.SeenDay < away.From {
			x.Half = half
			out = append(out, x)
		}
	}
	return out, nil
}

// answerMicro keeps what a review says of a micro-goal: what set it off, and half its size or the same.
func (a *App) answerMicro(ctx context.Context, tx Tx, by tandem.Actor, r *tandem.Review, in ReviewAnswer, today tandem.Day) error {
	h := tx.For(by)
	m, err := h.MicroGoal(ctx, r.Workspace, in.Micro)
	if err != nil {
		return err
	}
	if err := may(by, policy.Log, microGoalOf(m)); err != nil {
		return err
	}
	i := tandem.ReviewItem{Micro: m.ID}
	if old := r.Slip(m.ID); old != nil {
		i = *old
	}
	was := i.Choice
	i.SeenDay, i.SetOff = today, or(in.SetOff, i.SetOff)
	if in.Choice != tandem.ReviewOpen {
		i.Choice = in.Choice
	}
	if err := i.Validate(); err != nil {
		return err
	}
	if in.Choice == tandem.ReviewHalf && was != tandem.ReviewHalf {
		if err := a.halve(ctx, tx, by, m, today); err != nil {
			return err
		}
	}
	return h.PutReviewItem(ctx, r.Workspace, r.Week, i)
}

// halve gives a micro-goal half its size from the next landmark day on; until then it rests.
func (a *App) halve(ctx context.Context, tx Tx, by tandem.Actor, m tandem.MicroGoal, today tandem.Day) error {
	h := tx.For(by)
	if err := may(by, policy.Change, microGoalOf(m)); err != nil {
		return err
	}
	half, ok := m.HalfSize()
	if !ok {
		return tandem.Invalid("choice", "size_no_half", tandem.Args{"title": m.Title})
	}
	if from := today.Landmark(); from > today && !m.Paused(today) {
		if err := h.PutPause(ctx, m.Workspace, int64(m.ID), tandem.Span{From: today, To: from - 1}); err != nil {
			return err
		}
	}
	if err := h.SetMicroGoal(ctx, half); err != nil {
		return err
	}
	return a.emit(tx, by, m.Workspace, "microgoal.halved", int64(m.ID))
}
