package app

import (
	"context"

	"tandem"
	"tandem/policy"
)

func microGoalOf(m tandem.MicroGoal) policy.Resource {
	return policy.Resource{Kind: policy.MicroGoal, Workspace: m.Workspace, Owner: m.Owner, Visibility: tandem.OnlyMe, Archived: m.Archived}
}

// A MicroGoalInput is a small promise counted over its whole period. It has neither target nor deadline.
type MicroGoalInput struct {
	Title    string          `json:"title"`
	Goal     tandem.GoalID   `json:"goal,omitzero"`   // the learning goal it belongs to; then it counts that goal's minutes
	Metric   tandem.MetricID `json:"metric,omitzero"` // an own number; none makes one
	Amount   float64         `json:"amount,omitempty"`
	Unit     string          `json:"unit,omitempty"`
	Times    float64         `json:"times"`
	AtMost   bool            `json:"at_most,omitempty"`
	Period   tandem.Period   `json:"period,omitempty"`    // week unless said
	RestDays []int           `json:"rest_days,omitempty"` // weekdays, 0 = Sunday
}

// CreateMicroGoal makes a micro-goal. Under a learning goal without a number of its own it counts the
// practised minutes; alone it gets a number of its own.
func (a *App) CreateMicroGoal(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, in MicroGoalInput) (m tandem.MicroGoal, err error) {
	defer tandem.Wrap(&err, "create micro-goal")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		m, err = a.microGoalIn(ctx, tx, by, ws, in)
		return err
	})
	return m, err
}

func (a *App) microGoalIn(ctx context.Context, tx Tx, by tandem.Actor, ws tandem.WorkspaceID, in MicroGoalInput) (m tandem.MicroGoal, err error) {
	h := tx.For(by)
	person, err := h.Person(ctx)
	if err != nil {
		return m, err
	}
	m = tandem.MicroGoal{Workspace: ws, ID: tandem.NewID[tandem.MicroGoalID](a.IDs), Goal: in.Goal, Owner: by.Person, Metric: in.Metric,
		Title: in.Title, Amount: in.Amount, Times: in.Times, AtMost: in.AtMost, Period: in.Period, Start: person.Today(a.Now()), Version: 1, Created: a.now()}
	if m.Period == tandem.PeriodNone {
		m.Period = tandem.PeriodWeek
	}
	if m.RestDays, err = restDays(in.RestDays); err != nil {
		return m, err
	}
	if err := may(by, policy.Create, microGoalOf(m)); err != nil {
		return m, err
	}
	if err := m.Validate(); err != nil {
		return m, err
	}
	if m.Metric, err = a.microMetric(ctx, h, by, person, m, in.Unit); err != nil {
		return m, err
	}
	if err := h.AddMicroGoal(ctx, m); err != nil {
		return m, err
	}
	if err := a.usedConcept(ctx, h, "micro_goal"); err != nil {
		return m, err
	}
	return m, a.emit(tx, by, ws, "microgoal.created", int64(m.ID))
}

// microMetric gives the one number of a micro-goal: the asked one, the minutes of its learning goal, or a
// new one of its own, as of all that asks for at most so many.
func (a *App) microMetric(ctx context.Context, h Writes, by tandem.Actor, person tandem.Person, m tandem.MicroGoal, unit string) (tandem.MetricID, error) {
	if m.Metric != 0 {
		_, err := loggedOn(ctx, h, by, m.Workspace, m.Metric)
		return m.Metric, err
	}
	var g tandem.LearningGoal
	if m.Goal != 0 && !m.AtMost { // what shall happen at most so often is never its minutes
		var err error
		if g, err = learningGoal(ctx, h, by, m.Workspace, m.Goal, policy.Log); err != nil {
			return 0, err
		}
		if g.Minutes != 0 {
			return g.Minutes, nil
		}
	}
	id := tandem.NewID[tandem.MetricID](a.IDs)
	if g.ID != 0 {
		if err := h.AddMetric(ctx, minutesMetric(g, person, id, a.now())); err != nil {
			return 0, err
		}
		return id, h.SetMinutesMetric(ctx, m.Workspace, g.ID, id)
	}
	if err := aboutBody(ctx, h, namedText{"title", m.Title}, namedText{"unit", unit}); err != nil {
		return 0, err
	}
	own := tandem.Metric{Workspace: m.Workspace, ID: id, Owner: by.Person, Name: m.Title, Unit: unit, Form: tandem.FormTotal,
		Direction: tandem.Up, DayRule: tandem.DaySum, Decimals: -1, WhenItHappens: true, Version: 1, Created: a.now()}
	if m.AtMost {
		own.Direction = tandem.Down
	}
	return id, h.AddMetric(ctx, own)
}

func restDays(days []int) (set uint8, err error) {
	for _, d := range days {
		if d < 0 || d > 6 {
			return 0, tandem.Invalid("rest_days", "int_range", tandem.Args{"field": "rest_days", "lo": 0, "hi": 6})
		}
		set |= 1 << uint(d)
	}
	return set, nil
}

// A MicroGoalChange changes a micro-goal of the version that was read; what is nil stays.
type MicroGoalChange struct {
	Version  int64    `json:"version"`
	Title    *string  `json:"title,omitempty"`
	Amount   *float64 `json:"amount,omitempty"`
	Times    *float64 `json:"times,omitempty"`
	RestDays *[]int   `json:"rest_days,omitempty"`
	ShowDays *bool    `json:"show_days,omitempty"` // "n of the last 28 days", for adults alone
	Archived *bool    `json:"archived,omitempty"`
}

// ChangeMicroGoal changes what a micro-goal asks, its rest days, or puts it away.
func (a *App) ChangeMicroGoal(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.MicroGoalID, in MicroGoalChange) (m tandem.MicroGoal, err error) {
	defer tandem.Wrap(&err, "change micro-goal")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if m, err = h.MicroGoal(ctx, ws, id); err != nil {
			return err
		}
		r := microGoalOf(m)
		r.Archived = false // taking it out again is a change too
		if err := may(by, policy.Change, r); err != nil {
			return err
		}
		m.Version = in.Version
		m.Title, m.Amount, m.Times, m.Archived = or(in.Title, m.Title), or(in.Amount, m.Amount), or(in.Times, m.Times), or(in.Archived, m.Archived)
		if in.ShowDays != nil {
			if err := mayCountDays(ctx, h, *in.ShowDays); err != nil {
				return err
			}
			m.ShowDays = *in.ShowDays
		}
		if in.RestDays != nil {
			if m.RestDays, err = restDays(*in.RestDays); err != nil {
				return err
			}
		}
		if err := m.Validate(); err != nil {
			return err
		}
		if in.Title != nil && m.Goal == 0 {
			if err := aboutBody(ctx, h, namedText{"title", m.Title}); err != nil {
				return err
			}
		}
		if err := h.SetMicroGoal(ctx, m); err != nil {
			return err
		}
		m.Version++
		return nil
	})
	return m, err
}

// A TickInput is one tick of a micro-goal, or a day that is skipped or does not apply.
type TickInput struct {
	Key    string       `json:"-"`                // makes a second press harmless
	Day    tandem.Day   `json:"day,omitzero"`     // today unless said
	Amount float64      `json:"amount,omitempty"` // what one tick adds; the micro-goal's own amount, or 1, unless said
	State  tandem.State `json:"state,omitempty"`  // value, skip or not_applicable
}

// tickRoute is where keys of ticks are kept.
const tickRoute = "tick-microgoal"

// TickMicroGoal adds a tick: a value of the micro-goal's number. It gives the instant that names the
// value and how the period stands.
func (a *App) TickMicroGoal(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.MicroGoalID, in TickInput) (at tandem.Instant, t tandem.Tally, err error) {
	defer tandem.Wrap(&err, "tick micro-goal")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		m, err := h.MicroGoal(ctx, ws, id)
		if err != nil {
			return err
		}
		if err := may(by, policy.Log, microGoalOf(m)); err != nil {
			return err
		}
		if err := a.once(ctx, h, ws, tickRoute, in.Key); err != nil {
			return err
		}
		person, err := h.Person(ctx)
		if err != nil {
			return err
		}
		today := person.Today(a.Now())
		o := tandem.Observation{Metric: m.Metric, At: a.now(), Day: dayOr(in.Day, today), Value: in.Amount, State: in.State}
		if o.State == "" {
			o.State = tandem.StateValue
		}
		if o.Value == 0 && o.State == tandem.StateValue {
			o.Value = m.Tick()
		}
		if o.Day != today {
			o.At = o.Day.Noon(person.Location())
		}
		if at, err = a.addValue(ctx, h, by, ws, o); err != nil {
			return err
		}
		if t, err = tally(ctx, h, ws, m, today); err != nil {
			return err
		}
		return a.emit(tx, by, ws, "microgoal.ticked", int64(id))
	})
	return at, t, err
}

// tally counts the period of a micro-goal that holds today.
func tally(ctx context.Context, r Reads, ws tandem.WorkspaceID, m tandem.MicroGoal, today tandem.Day) (tandem.Tally, error) {
	obs, err := r.Observations(ctx, ws, m.Metric, m.Period.Start(today), m.Period.Next(today)-1)
	return m.TallyOn(today, obs), err
}

// A MicroGoalTally is a micro-goal with how its present period stands.
type MicroGoalTally struct {
	tandem.MicroGoal
	Tally tandem.Tally
}

// ListMicroGoals gives the micro-goals of a workspace, those of one goal when goal is given, each with
// how its period stands.
func (a *App) ListMicroGoals(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID) (out []MicroGoalTally, err error) {
	defer tandem.Wrap(&err, "list micro-goals")
	if err := may(by, policy.Read, microGoalOf(tandem.MicroGoal{Workspace: ws, Owner: by.Person})); err != nil {
		return nil, err
	}
	r := a.Store.For(by)
	today, err := a.today(ctx, r)
	if err != nil {
		return nil, err
	}
	all, err := r.MicroGoals(ctx, ws)
	if err != nil {
		return nil, err
	}
	for _, m := range all {
		if goal != 0 && m.Goal != goal {
			continue
		}
		t, err := tally(ctx, r, ws, m, today)
		if err != nil {
			return nil, err
		}
		out = append(out, MicroGoalTally{m, t})
	}
	return out, nil
}

// A PauseInput is a stretch in which nothing counts; without an end it lasts until it is ended.
type PauseInput struct {
	From tandem.Day `json:"from,omitzero"` // today unless said
	To   tandem.Day `json:"to,omitzero"`
	End  bool       `json:"end,omitempty"` // end the stretch that lasts, yesterday being its last day
}

// PauseMicroGoal begins or ends a stretch of rest.
func (a *App) PauseMicroGoal(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.MicroGoalID, in PauseInput) (m tandem.MicroGoal, err error) {
	defer tandem.Wrap(&err, "pause micro-goal")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if m, err = h.MicroGoal(ctx, ws, id); err != nil {
			return err
		}
		if err := may(by, policy.Change, microGoalOf(m)); err != nil {
			return err
		}
		today, err := a.today(ctx, h)
		if err != nil {
			return err
		}
		s := tandem.Span{From: dayOr(in.From, today), To: dayOr(in.To, tandem.NoDay)}
		if in.End {
			return a.endPause(ctx, h, ws, m, today)
		}
		if s.To != tandem.NoDay && s.To < s.From {
			return tandem.Invalid("to", "pause_order", tandem.Args{"from": s.From, "to": s.To})
		}
		m.Pauses = append(m.Pauses, s)
		return h.PutPause(ctx, ws, int64(id), s)
	})
	return m, err
}

// endPause gives the stretch that lasts its end; one that began today never was.
func (a *App) endPause(ctx context.Context, h Writes, ws tandem.WorkspaceID, m tandem.MicroGoal, today tandem.Day) error {
	for _, s := range m.Pauses {
		if s.From <= today && (s.To == tandem.NoDay || s.To >= today) {
			if s.From == today {
				return h.DeletePause(ctx, ws, int64(m.ID), s.From)
			}
			s.To = today - 1
			return h.PutPause(ctx, ws, int64(m.ID), s)
		}
	}
	return tandem.Invalid("end", "no_pause", nil)
}

// Tick is TickMicroGoal that gives the number and the instant which name the value.
func (a *App) Tick(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.MicroGoalID, in TickInput) (tandem.MicroGoal, tandem.Instant, error) {
	m, err := a.Store.For(by).MicroGoal(ctx, ws, id)
	if err != nil {
		return m, 0, err
	}
	at, _, err := a.TickMicroGoal(ctx, by, ws, id, in)
	return m, at, err
}

// TogglePause begins a rest of a micro-goal today, or ends the one that lasts.
func (a *App) TogglePause(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.MicroGoalID) error {
	r := a.Store.For(by)
	m, err := r.MicroGoal(ctx, ws, id)
	if err != nil {
		return err
	}
	today, err := a.today(ctx, r)
	if err != nil {
		return err
	}
	_, err = a.PauseMicroGoal(ctx, by, ws, id, PauseInput{End: m.Paused(today)})
	return err
}
