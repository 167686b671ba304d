package app

import (
	"context"
	"math"

	"tandem"
	"tandem/advise/advisor"
)

// unwritten is how many levels a learning goal has whose levels nobody wrote.
const unwritten = 5

// A Plateau tells of a number that has been flat.
type Plateau = advisor.Plateau

// EarnedByLevel says that a level, noticed from outside, earned a target.
const EarnedByLevel = advisor.ByLevel

// An Earned tells why a learning goal that was advised to go without a target has earned one: a level that
// was noticed from outside, or two looks in a row at which the owner said to know what works.
type Earned struct {
	By     advisor.By `json:"by"`
	Level  int        `json:"level"`
	Levels int        `json:"levels"`
	How    tandem.How `json:"how"`
	Day    tandem.Day `json:"day"`
}

// withoutTarget tells whether an own learning goal was advised to go without a target first (rule R4) and fuels
// no result yet.
func (a *App) withoutTarget(ctx context.Context, by tandem.Actor, v LearningView) (bool, error) {
	if !v.Own || v.State != tandem.Active || len(v.Fuels)+v.Hidden > 0 {
		return false, nil
	}
	adv, err := a.advised(ctx, by, v.Goal)
	return adv.Rule == string(advisor.R4), err
}

// EarnsTarget tells whether the offer of a result stands on the page of an own learning goal: rule R4 advised
// to learn without a target first, it fuels no result yet, and its way is known by now.
func (a *App) EarnsTarget(ctx context.Context, by tandem.Actor, v LearningView) (e Earned, ok bool, err error) {
	if ok, err := a.withoutTarget(ctx, by, v); err != nil || !ok {
		return e, false, err
	}
	e.Levels = len(v.Levels)
	if e.Levels == 0 {
		e.Levels = unwritten
	}
	if e.By, ok = advisor.Earned(advisor.Path{Evidence: v.Evidence, Levels: e.Levels, Known: v.Known}); !ok {
		return e, false, nil
	}
	for _, x := range v.Evidence {
		if x.How != tandem.HowSelf && x.Level >= e.Level {
			e.Level, e.How, e.Day = x.Level, x.How, x.Day
		}
	}
	return e, true, nil
}

// IsFlat tells whether the offer of a learning goal stands on the page of an own result: it was advised to go
// alone, over more than 90 days, and its number has been flat for six weeks. Totals are left out: what counts
// up at an even pace is not flat.
func (a *App) IsFlat(ctx context.Context, by tandem.Actor, v ResultView) (p Plateau, ok bool, err error) {
	g := v.Goal
	if !v.Own || g.State != tandem.Active || v.Metric.Form == tandem.FormTotal || v.Today > g.Deadline || v.IsReached() {
		return p, false, nil
	}
	adv, err := a.advised(ctx, by, g.Goal)
	if err != nil {
		return p, false, err
	}
	c := courseOf(v)
	c.Rule = advisor.Rule(adv.Rule)
	p, ok = advisor.Flat(c)
	return p, ok, nil
}

// courseOf puts the way of a result into the words of the advisor, without the rule that advised it.
func courseOf(v ResultView) advisor.Course {
	g := v.Goal
	c := advisor.Course{Days: int(g.Deadline - g.Start), Today: v.Today, Growth: len(v.Lines) > 0}
	for _, x := range v.Input.Points {
		c.Values = append(c.Values, advisor.Value{Day: tandem.Day(x.Day), V: x.Value})
	}
	if g.Baseline != nil && v.Metric.Direction != tandem.Within {
		c.Way = math.Abs(g.Target - *g.Baseline)
	}
	return c
}

// advised gives what was advised for a goal, nothing where nothing was.
func (a *App) advised(ctx context.Context, by tandem.Actor, g tandem.Goal) (tandem.Advised, error) {
	adv, err := a.Store.For(by).Advised(ctx, g.Workspace, g.ID)
	if tandem.KindOf(err) == tandem.KindNotFound {
		err = nil
	}
	return adv, err
}
