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
	Goal     tandem.PerformanceGoal
	Metric   tandem.Metric
	Closing  tandem.Closing
	Gain     tandem.Gain
	Factors  []tandem.Factor
	Learning []tandem.LearningGoal // that fuel it
	Uses     []tandem.Use          // while it ran, for the figure
	Days     []tandem.DayValue     // while it ran
	Best     *tandem.DayValue      // the best value ever, for readings, rates and ratios
	Before   *float64              // where it stood at the start
	Back     []tandem.LessonLine   // lessons of before that fit, while the page is open
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
	if v.Closing.Done == 0 && v.Goal.Owner == by.Person {
		if v.Back, err = a.lessonsBack(ctx, r, ws, library.Need{Text: v.Goal.Title, Number: v.Metric.Name, Unit: v.Metric.Unit}, id); err != nil {
			return v, err
		}
	}
	return v, a.gained(ctx, r, ws, &v, end)
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
	Version    int64           `json:"version"` // 0 for the first time
	Gained     *string         `json:"gained,omitempty" tandem:"lines"`
	Unexpected *string         `json:"unexpected,omitempty" tandem:"lines"`
	Next       tandem.NextStep `json:"next,omitempty"`
	NextText   string          `json:"next_text,omitempty"`                  // title of the learning goal or name of the technique
	NextLesson tandem.LessonID `json:"next_lesson,omitzero"`                 // that the technique is made of
	Finish     bool            `json:"finish,omitempty"`                     // close the result
	ReleaseWhy string          `json:"release_why,omitempty" tandem:"lines"` // let go before its day
}

// SaveClosing keeps what is written so far and, with Finish, closes the result and makes what comes next:
// the same for the next period, a learning goal, a technique to try, or nothing. Its learning goals stay
// as they are.
func (a *App) SaveClosing(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.GoalID, in ClosingInput) (c tandem.Closing, err error) {
	defer tandem.Wrap(&err, "save closing")
	v, err := a.OpenClosing(ctx, by, ws, id)
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
	if in.Next != "" && c.Done == 0 {
		c.Next = in.Next
	}
	today, err := a.today(ctx, h)
	if err != nil {
		return c, err
	}
	if in.Finish && c.Done == 0 {
		if today < v.Goal.Deadline && c.Outcome != tandem.Reached && c.Outcome != tandem.Exceeded {
			c.Outcome, c.ReleaseWhy = tandem.LetGo, in.ReleaseWhy
		}
		if err := c.Validate(); err != nil {
			return c, err
		}
		if err := a.next(ctx, tx, by, v, &c, in, today); err != nil {
			return c, err
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

// next makes what a closing leads to.
func (a *App) next(ctx context.Context, tx Tx, by tandem.Actor, v ClosingView, c *tandem.Closing, in ClosingInput, today tandem.Day) error {
	h, text := tx.For(by), in.NextText
	switch c.Next {
	case tandem.NextSame:
		p := NextPeriod(v.Goal, today)
		p.ID, p.Created, p.CreatedDay, p.Updated = tandem.NewID[tandem.GoalID](a.IDs), a.now(), today, a.now()
		if p.Baseline != nil && v.Metric.Form != tandem.FormTotal {
			stands := c.Value
			p.Baseline = &stands
		}
		if err := p.Validate(v.Metric); err != nil {
			p.Baseline = nil // the last value stands at the target already: no way to measure from it
			if err := p.Validate(v.Metric); err != nil {
				return err
			}
		}
		if err := aboutBody(ctx, h, namedText{"next", p.Title}, namedText{"next", v.Metric.Name}, namedText{"next", v.Metric.Unit}); err != nil {
			return err
		}
		if err := h.AddPerformance(ctx, p); err != nil {
			return err
		}
		for _, l := range v.Learning {
			f := tandem.Fuels{Workspace: l.Workspace, Learning: l.ID, ResultWorkspace: p.Workspace, Result: p.ID}
			if l.Owner == by.Person && l.State != tandem.Released {
				if err := h.PutFuels(ctx, f); err != nil {
					return err
				}
			}
		}
		c.NextGoal = p.ID
	case tandem.NextLearning:
		l, err := a.createIn(ctx, tx, by, v.Goal.Workspace, GoalInput{Kind: tandem.KindLearning, Title: text})
		if err != nil {
			return renamed(err, "next_text")
		}
		c.NextGoal = l.GoalHead().ID
	case tandem.NextTechnique:
		made := TechniqueInput{Name: text, Lesson: in.NextLesson}
		if len(v.Learning) > 0 {
			made.Goal = v.Learning[0].ID
		}
		t, err := a.addTechnique(ctx, h, by, v.Goal.Workspace, made)
		if err != nil {
			return renamed(err, "next_text")
		}
		c.NextTech = t.ID
	}
	return nil
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

// NextPeriod gives the same result for the time that follows: the next month or quarter where it repeats
// or fills one, else as many days again.
func NextPeriod(p tandem.PerformanceGoal, today tandem.Day) tandem.PerformanceGoal {
	n := p
	n.Version, n.State, n.ExternalID, n.SoFar, n.Batch = 1, tandem.Active, "", 0, 0
	unit := p.Repeats
	for _, u := range []tandem.Period{tandem.PeriodMonth, tandem.PeriodQuarter, tandem.PeriodYear} {
		if unit == tandem.PeriodNone && p.Deadline == u.Next(p.Deadline)-1 && p.Deadline-u.Start(p.Deadline) >= p.Deadline-p.Start {
			unit = u
		}
	}
	if unit != tandem.PeriodNone {
		n.Start = unit.Next(p.Deadline)
		n.Deadline = unit.Next(n.Start) - 1
		return n
	}
	n.Start = max(p.Deadline+1, today)
	n.Deadline = n.Start + (p.Deadline - p.Start)
	return n
}
