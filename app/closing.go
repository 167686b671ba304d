package app

import (
	"context"
	"math"

	"tandem"
	"tandem/advise/library"
	"tandem/analytics/forecast"
	"tandem/policy"
)

func closingOf(g tandem.Goal) policy.Resource {
	return policy.Resource{Kind: policy.Closing, Workspace: g.Workspace, Owner: g.Owner, Visibility: g.Visibility}
}

// A ClosingView is the last page of a result: how it ended, what was gained, what was in the owner's
// hands, and what has been written so far.
type ClosingView struct {
	Goal       tandem.PerformanceGoal
	Metric     tandem.Metric
	Closing    tandem.Closing
	Gain       tandem.Gain
	Factors    []tandem.Factor
	Learning   []tandem.LearningGoal // that fuel it
	Uses       []tandem.Use          // while it ran, for the figure
	Days       []tandem.DayValue     // while it ran
	Best       *tandem.DayValue      // the best value ever, for readings, rates and ratios
	Before     *float64              // where it stood at the start
	Guards     []GuardView           // what was not to get worse
	Fixed      []tandem.Observation  // values of its time that were corrected after its last day
	Techniques []tandem.Technique
	Back       []tandem.LessonLine // lessons of before that fit, while the page is open
}

// judge says how a result stands by its own rule: the value that is judged, the share of the way and the
// outcome. It is the one judgement, used while the page is open and when it is closed.
func judge(o Outlook) (value, share float64, outcome tandem.Outcome) {
	value, reached := forecast.Reached(o.Input)
	allOrNothing := o.Metric.Direction == tandem.Within || o.Input.AtMost || o.Goal.ReachedWhen == tandem.ReachedKept
	from := stoodAtStart(o)
	if from != nil && !allOrNothing {
		share = forecast.Progress(*from, value, o.Goal.Target, o.Input.Direction)
	} else if reached {
		share = 1
	}
	if math.IsNaN(share) || math.IsInf(share, 0) {
		share = 0
	}
	stretch := o.Goal.Stretch != nil && (value-*o.Goal.Stretch)*sign(o.Metric.Direction) >= 0
	return value, share, tandem.OutcomeOf(reached, share, stretch, allOrNothing)
}

// stoodAtStart gives where the way of a result begins: its baseline; without one the last value before its
// start, or nothing for a rate that is to rise, or else its first value. It is nil before any value.
func stoodAtStart(o Outlook) *float64 {
	if from := o.Goal.From(o.Metric); from != nil {
		return from
	}
	var from *float64
	for i, p := range o.Input.Points {
		if p.Day >= int(o.Goal.Start) && from != nil {
			break
		}
		if p.Day >= int(o.Goal.Start) && o.Metric.Form == tandem.FormRate && o.Metric.Direction == tandem.Up {
			return new(float64)
		}
		from = &o.Input.Points[i].Value
	}
	return from
}

func sign(d tandem.Direction) float64 {
	if d == tandem.Down {
		return -1
	}
	return 1
}

// OpenClosing gives the last page of a result, before or after it was closed.
func (a *App) OpenClosing(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.GoalID) (v ClosingView, err error) {
	defer tandem.Wrap(&err, "open closing")
	r := a.Store.For(by)
	o, err := a.Outlook(ctx, by, ws, id)
	if err != nil {
		return v, err
	}
	if err := may(by, policy.Read, closingOf(o.Goal.Goal)); err != nil {
		return v, err
	}
	v = ClosingView{Goal: o.Goal, Metric: o.Metric, Before: stoodAtStart(o)}
	v.Closing, err = r.Closing(ctx, ws, id)
	if tandem.KindOf(err) == tandem.KindNotFound {
		v.Closing = tandem.Closing{Goal: id, DoneDay: tandem.NoDay}
	} else if err != nil {
		return v, err
	}
	if v.Closing.Done == 0 {
		v.Closing.Value, v.Closing.Share, v.Closing.Outcome = judge(o)
	}
	if v.Guards, err = a.guards(ctx, r, by, o.Goal, o.Today); err != nil {
		return v, err
	}
	if v.Closing.Done == 0 {
		withhold(&v.Closing, v.Guards)
	}
	end := min(o.Goal.Deadline, o.Today)
	for _, d := range o.Days {
		if d.Day >= o.Goal.Start && d.Day <= end {
			v.Days = append(v.Days, d)
		}
		if v.Best == nil || (d.Value-v.Best.Value)*sign(o.Metric.Direction) > 0 {
			v.Best = &tandem.DayValue{Day: d.Day, Value: d.Value}
		}
	}
	if v.Factors, err = r.Factors(ctx, ws, id); err != nil {
		return v, err
	}
	if v.Closing.Done == 0 && v.Goal.Owner == by.Person && mayRecall(by, ws) == nil {
		if v.Back, err = a.lessonsBack(ctx, r, ws, library.Need{Text: v.Goal.Title, Number: v.Metric.Name, Unit: v.Metric.Unit}, id); err != nil {
			return v, err
		}
	}
	if v.Fixed, err = corrected(ctx, r, o.Goal, o.Metric); err != nil {
		return v, err
	}
	return v, a.gained(ctx, r, ws, &v, end)
}

// withhold keeps a result whose number is there from being called reached while a guard is broken. Nothing
// beyond the way is lost: it is very close.
func withhold(c *tandem.Closing, guards []GuardView) {
	c.Withheld = c.NumberReached() && withheld(guards)
	if c.Withheld {
		c.Outcome = tandem.VeryClose
	}
}

// gained gathers what the work on the result left behind, from its learning goals while it ran.
func (a *App) gained(ctx context.Context, r Reads, ws tandem.WorkspaceID, v *ClosingView, end tandem.Day) error {
	start := v.Goal.Start
	links, err := r.FuelsTo(ctx, ws, ws, v.Goal.ID)
	if err != nil {
		return err
	}
	lessons, err := r.Lessons(ctx, ws, v.Goal.ID)
	if err != nil {
		return err
	}
	owned := map[tandem.GoalID]bool{}
	days := map[tandem.Day]bool{}
	for _, f := range links {
		g, err := r.Goal(ctx, ws, f.Learning)
		if err != nil {
			return err
		}
		l, ok := g.(tandem.LearningGoal)
		if !ok {
			continue
		}
		owned[l.ID] = true
		v.Learning = append(v.Learning, l)
		more, err := r.Lessons(ctx, ws, l.ID)
		if err != nil {
			return err
		}
		lessons = append(lessons, more...)
		evidence, err := r.Evidence(ctx, ws, l.ID)
		if err != nil {
			return err
		}
		for _, e := range evidence {
			if e.Day >= start && e.Day <= end {
				v.Gain.Levels = append(v.Gain.Levels, e)
			}
		}
		practices, err := r.Practices(ctx, ws, l.ID, start, end)
		if err != nil {
			return err
		}
		for _, p := range practices {
			days[p.Day] = true
			v.Gain.Minutes += p.Minutes
		}
	}
	v.Gain.Practices = len(days)
	for _, l := range lessons {
		if l.Day >= start && l.Day <= end+14 {
			v.Gain.Lessons = append(v.Gain.Lessons, l)
		}
	}
	return a.usedOn(ctx, r, ws, v, owned, end)
}

// usedOn counts the uses that rode on the result's values or belong to its learning goals.
func (a *App) usedOn(ctx context.Context, r Reads, ws tandem.WorkspaceID, v *ClosingView, learning map[tandem.GoalID]bool, end tandem.Day) error {
	techniques, err := r.Techniques(ctx, ws)
	if err != nil {
		return err
	}
	v.Techniques = techniques
	fits := map[tandem.TechniqueID]bool{}
	for _, t := range techniques {
		fits[t.ID] = learning[t.Goal]
	}
	uses, err := r.Uses(ctx, ws, v.Goal.Start, end)
	if err != nil {
		return err
	}
	for _, u := range uses {
		if fits[u.Technique] || v.Metric.MadeFrom(u.Metric) {
			v.Uses = append(v.Uses, u)
		}
	}
	v.Gain.Uses = len(v.Uses)
	return nil
}

// A ClosingInput is what the owner writes on the last page; it is saved as the owner goes.
type ClosingInput struct {
	Version int64   `json:"version"` // 0 for the first time
	Gained  *string `json:"gained,omitempty" tandem:"lines"`

	// Gains are words of what was gained, instead of the ones that stand: what_works, what_does_not, the_number,
	// somebody, kept_on, what_i_want. A missed result is closed with one of them, an own line, or something that
	// the entries show.
	Gains      *[]tandem.GainWord `json:"gains,omitempty"`
	Unexpected *string            `json:"unexpected,omitempty" tandem:"lines"`
	Next       tandem.NextStep    `json:"next,omitempty"`
	NextText   string             `json:"next_text,omitempty"`   // title of the learning goal, name of the technique, or the note
	NextTarget *float64           `json:"next_target,omitempty"` // of a reset
	NextLo     *float64           `json:"next_lo,omitempty"`     // of a reset of what is kept within
	NextHi     *float64           `json:"next_hi,omitempty"`
	Why        bool               `json:"-"`                                    // a look back at a month carries the reason, in the place of what was gained
	NextGoal   tandem.GoalID      `json:"next_goal,omitzero"`                   // a learning goal of the own that goes on, one level higher
	NextLesson tandem.LessonID    `json:"next_lesson,omitzero"`                 // that the technique is made of
	Finish     bool               `json:"finish,omitempty"`                     // close the result
	ReleaseWhy string             `json:"release_why,omitempty" tandem:"lines"` // let go before its day
}

// retarget gives a result the target that a closing names for it.
func (in ClosingInput) retarget(p *tandem.PerformanceGoal, m tandem.Metric) {
	if m.Direction == tandem.Within {
		if in.NextLo != nil {
			p.TargetLo = in.NextLo
		}
		if in.NextHi != nil {
			p.TargetHi = in.NextHi
		}
		return
	}
	if in.NextTarget != nil {
		p.Target = *in.NextTarget
		if p.Stretch != nil && (*p.Stretch-p.Target)*sign(m.Direction) <= 0 {
			p.Stretch = nil // the new target lies beyond it
		}
	}
}

// changes tells whether a closing names another target than the result had.
func (in ClosingInput) changes(v ClosingView) bool {
	p := v.Goal
	in.retarget(&p, v.Metric)
	same := func(a, b *float64) bool { return or(a, math.Inf(1)) == or(b, math.Inf(1)) }
	return p.Target != v.Goal.Target || !same(p.TargetLo, v.Goal.TargetLo) || !same(p.TargetHi, v.Goal.TargetHi)
}

// SaveClosing keeps what is written so far and, with Finish, closes the result and makes what comes next:
// the same for the next period, a learning goal, a technique to try, or nothing. Its learning goals stay
// as they are.
func (a *App) SaveClosing(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.GoalID, in ClosingInput) (c tandem.Closing, err error) {
	defer tandem.Wrap(&err, "save closing")
	v, err := a.OpenClosing(ctx, asked(by), ws, id)
	if err != nil {
		return c, err
	}
	err = a.Store.InTx(ctx, func(tx Tx) error {
		c, err = a.saveClosing(ctx, tx, by, v, in)
		return err
	})
	return c, err
}

func (a *App) saveClosing(ctx context.Context, tx Tx, by tandem.Actor, v ClosingView, in ClosingInput) (c tandem.Closing, err error) {
	h, ws := tx.For(by), v.Goal.Workspace
	if err := may(by, policy.Change, closingOf(v.Goal.Goal)); err != nil {
		return c, err
	}
	c = v.Closing
	c.Version = in.Version
	c.Gained, c.Unexpected = or(in.Gained, c.Gained), or(in.Unexpected, c.Unexpected)
	if in.Gains != nil {
		c.Gains = *in.Gains
	}
	if in.Next != "" && c.Done == 0 {
		c.Next = in.Next
	}
	today, err := a.today(ctx, h)
	if err != nil {
		return c, err
	}
	if in.Finish && c.Done == 0 {
		if today < v.Goal.Deadline && !c.NumberReached() {
			c.Outcome, c.ReleaseWhy = tandem.LetGo, in.ReleaseWhy
		}
		if err := c.Validate(); err != nil {
			return c, err
		}
		if c.Outcome.Missed() && !in.Why && !v.gainedSomething(c) {
			return c, tandem.Invalid("gains", "gained_missing", nil)
		}
		if err := a.next(ctx, tx, by, v, &c, in, today); err != nil {
			return c, err
		}
		for _, g := range v.Guards {
			if g.Hidden {
				continue
			}
			g.Judged = g.State
			if err := h.PutGuard(ctx, g.Guard); err != nil {
				return c, err
			}
		}
		c.Done, c.DoneDay = a.now(), today
		if _, err := a.closeGoal(ctx, h, by, v.Goal.Goal, today); err != nil {
			return c, err
		}
		if err := a.emit(tx, by, ws, "goal.closed", int64(v.Goal.ID)); err != nil {
			return c, err
		}
	}
	if err := c.Validate(); err != nil {
		return c, err
	}
	err = h.PutClosing(ctx, ws, c)
	c.Version++
	return c, err
}

// closeGoal moves a result to closed.
func (a *App) closeGoal(ctx context.Context, h Writes, by tandem.Actor, g tandem.Goal, today tandem.Day) (tandem.Goal, error) {
	before := g
	var err error
	if g.State, err = g.Step(tandem.MoveClose); err != nil {
		return g, err
	}
	if before.State == tandem.Paused {
		if err := h.PutPause(ctx, g.Workspace, int64(g.ID), tandem.Span{From: before.PausedFrom, To: today}); err != nil {
			return g, err
		}
	}
	g.Updated, g.PausedFrom = a.now(), tandem.NoDay
	if err := h.SetGoal(ctx, g); err != nil {
		return g, err
	}
	g.Version++
	return g, a.remember(ctx, h, by, g.Workspace, "goal", int64(g.ID), 0, before, g)
}

// renamed gives field errors the name of the field that the page has for them.
func renamed(err error, field string) error {
	es := tandem.All(err)
	if len(es) == 0 {
		return err
	}
	out := make(tandem.Errors, len(es))
	for i, e := range es {
		c := *e
		c.Field = field
		out[i] = &c
	}
	return out.Err()
}
