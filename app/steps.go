package app

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"

	"tandem"
	"tandem/policy"
)

// A SplitInput says into how many steps the way of a result is split.
type SplitInput struct {
	Steps int `json:"steps"` // 2 to 12
}

const mostSteps = 12

// SplitGoal splits the way of a result, from where it stands to its target, into even steps, each with its own
// value and no day: the last is the target. Steps with a value that are still open have to be done or removed
// before, unless they are the same. Where rounding brings two to the same value, there is one.
func (a *App) SplitGoal(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID, in SplitInput) (out []tandem.Milestone, err error) {
	defer tandem.Wrap(&err, "split goal")
	o, err := a.Outlook(ctx, asked(by), ws, goal)
	if err != nil {
		return nil, err
	}
	if err := may(by, policy.Change, goalOf(o.Goal.Goal)); err != nil {
		return nil, err
	}
	if in.Steps < 2 || in.Steps > mostSteps {
		return nil, tandem.Invalid("steps", "int_range", tandem.Args{"field": "steps", "lo": 2, "hi": mostSteps})
	}
	values, err := o.StepValues(in.Steps)
	if err != nil {
		return nil, err
	}
	err = a.Store.InTx(ctx, func(tx Tx) error {
		out = nil
		h := tx.For(by)
		if _, err := anyGoal(ctx, h, by, ws, goal, policy.Change, policy.Goal); err != nil {
			return err
		}
		there, err := h.Milestones(ctx, ws, goal)
		if err != nil {
			return err
		}
		if open := slices.DeleteFunc(there, func(m tandem.Milestone) bool { return !OpenStep(m) }); len(open) > 0 {
			if out = open; slices.EqualFunc(open, values, func(m tandem.Milestone, v float64) bool { return *m.Value == v }) {
				return nil // a second press
			}
			return tandem.Invalid("steps", "steps_there", nil)
		}
		person, err := h.Person(ctx)
		if err != nil {
			return err
		}
		for _, v := range values {
			m := tandem.Milestone{Goal: goal, ID: tandem.NewID[tandem.MilestoneID](a.IDs), Title: stepTitle(o.Metric, v, person.Lang), Value: &v, Due: tandem.NoDay, Done: tandem.NoDay}
			if err := m.Validate(tandem.KindPerformance); err != nil {
				return err
			}
			if err := h.PutMilestone(ctx, ws, m); err != nil {
				return err
			}
			out = append(out, m)
		}
		return a.usedConcept(ctx, h, "milestone")
	})
	return out, err
}

// OpenStep tells whether a step has a value and is not done.
func OpenStep(m tandem.Milestone) bool { return m.Value != nil && m.Done == tandem.NoDay }

// CanSplit tells whether the way of a result can be split into steps.
func (o Outlook) CanSplit() bool {
	_, err := o.StepValues(3)
	return err == nil && o.Goal.State == tandem.Active
}

// StepValues gives the values of n even steps from where a result stands to its target, in its order; the last is
// the target.
func (o Outlook) StepValues(n int) ([]float64, error) {
	g, m := o.Goal, o.Metric
	title := tandem.Args{"title": g.Title}
	if m.Direction == tandem.Within || g.ReachedWhen == tandem.ReachedKept || o.Input.AtMost {
		return nil, tandem.Invalid("steps", "steps_no_way", title)
	}
	from := o.Stands()
	if from == nil {
		return nil, tandem.Invalid("steps", "steps_no_start", title)
	}
	way := g.Target - *from
	if o.IsReached() || way*sign(m.Direction) <= 0 {
		return nil, tandem.Invalid("steps", "steps_no_way", title)
	}
	var out []float64
	last := neat(m, *from, way/float64(n))
	for i := 1; i <= n; i++ {
		v := neat(m, *from+way*float64(i)/float64(n), way/float64(n))
		if i == n {
			v = g.Target
		}
		if (v-last)*sign(m.Direction) <= 0 || i < n && (g.Target-v)*sign(m.Direction) <= 0 {
			continue
		}
		out, last = append(out, v), v
	}
	if len(out) < 2 {
		return nil, tandem.Invalid("steps", "steps_too_near", title)
	}
	return out, nil
}

// Stands gives where the number of a result stands: what the forecast says, else where it began; nil where neither
// is known.
func (o Outlook) Stands() *float64 {
	if v := o.Forecast.Now; !math.IsNaN(v) && (o.Forecast.N > 0 || o.Metric.Form == tandem.FormTotal) {
		return &v
	}
	if o.Metric.Form == tandem.FormTotal {
		v := o.Goal.SoFar
		return &v
	}
	return o.Goal.Baseline
}

// StepShare gives the share of the way at which a step lies, from where the result began to its target; ok is false
// where there is no way to measure.
func (o Outlook) StepShare(v float64) (share float64, ok bool) {
	from := stoodAtStart(o)
	if from == nil || *from == o.Goal.Target || o.Metric.Direction == tandem.Within {
		return 0, false
	}
	share = (v - *from) / (o.Goal.Target - *from)
	return share, share > 0
}

// stepTitle says a value with its unit, with the decimal sign of the language.
func stepTitle(m tandem.Metric, v float64, lang string) string {
	s := strconv.FormatFloat(v, 'f', -1, 64)
	if lang == "de" {
		s = strings.Replace(s, ".", ",", 1)
	}
	unit := strings.TrimSpace(m.Unit)
	switch {
	case unit == "":
		return s + " " + m.Name
	case strings.ContainsAny(unit, "$£€¥") && lang != "de":
		return unit + s
	}
	return s + " " + unit
}
