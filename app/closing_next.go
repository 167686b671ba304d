package app

import (
	"context"
	"math"
	"slices"

	"tandem"
	"tandem/advise/library"
	"tandem/policy"
)

// A Next is what can come after a result, by name, so that each is one tap.
type Next struct {
	Same      tandem.PerformanceGoal // the next period
	Even      *float64               // a target for it with about an even chance, of a missed result; nil where none can be named
	Level     *NextLevelView         // the next level of a learning goal that fuels it
	Learning  string                 // title of a learning goal that fits, "" for none
	Technique string                 // name of a technique that fits, "" for none
	From      tandem.Day             // when the technique was written as a lesson, NoDay for none
}

// A NextLevelView is the level at which a learning goal goes on.
type NextLevelView struct {
	Goal     tandem.GoalID `json:"goal"`
	Title    string        `json:"title"`
	Level    int           `json:"level"`
	Sentence string        `json:"sentence"`
}

// ProposeNext says what could come after a result whose last page is open.
func (a *App) ProposeNext(ctx context.Context, by tandem.Actor, v ClosingView) (n Next, err error) {
	defer tandem.Wrap(&err, "propose next")
	r := a.Store.For(by)
	today, err := a.today(ctx, r)
	if err != nil {
		return n, err
	}
	n.Same, n.From = NextPeriod(v.Goal, today), tandem.NoDay
	if v.Closing.Done != 0 {
		return n, nil
	}
	if v.Closing.Outcome.Missed() && v.Metric.Direction != tandem.Within {
		if n.Even, err = evenNext(ctx, r, by, v, n.Same, today); err != nil {
			return n, err
		}
	}
	if n.Level, err = nextLevelOf(ctx, r, by, v.Learning); err != nil {
		return n, err
	}
	all, err := a.SuggestLearning(ctx, by, v.Goal.Workspace, SuggestInput{Goal: v.Goal.ID})
	if err != nil {
		return n, err
	}
	for _, s := range all {
		if n.Learning == "" && s.From != library.FromTechnique && s.From != library.FromLesson && !slices.ContainsFunc(v.Learning, func(l tandem.LearningGoal) bool { return l.ID == s.Goal }) {
			n.Learning = s.Title
		}
	}
	for _, l := range slices.Backward(v.Gain.Lessons) {
		if !l.Dropped && !slices.ContainsFunc(v.Techniques, func(t tandem.Technique) bool { return t.Lesson == l.ID }) && len([]rune(l.Text)) <= tandem.MaxTitle {
			n.Technique, n.From = l.Text, l.Day
		}
	}
	return n, nil
}

// evenNext gives a target with about an even chance for the next period, where it lies before the target that
// stood and not short of what was reached: less than that is proposed to nobody.
func evenNext(ctx context.Context, r Reads, by tandem.Actor, v ClosingView, p tandem.PerformanceGoal, today tandem.Day) (*float64, error) {
	p.Start = min(p.Start, today)
	said, err := advise(ctx, r, by, policy.Goal, p, v.Metric, nil, today)
	if err != nil || said.Even == nil {
		return nil, err
	}
	even := neat(v.Metric, *said.Even, *said.Even/10)
	if (p.Target-even)*sign(v.Metric.Direction) <= 0 || (even-v.Closing.Value)*sign(v.Metric.Direction) < 0 {
		return nil, nil
	}
	return &even, nil
}

// nextLevelOf gives the level at which the first own learning goal with written levels goes on.
func nextLevelOf(ctx context.Context, r Reads, by tandem.Actor, all []tandem.LearningGoal) (*NextLevelView, error) {
	for _, l := range all {
		if l.Owner != by.Person || l.State == tandem.Released {
			continue
		}
		evidence, err := r.Evidence(ctx, l.Workspace, l.ID)
		if err != nil {
			return nil, err
		}
		noticed, _ := tandem.LevelNow(evidence)
		g, err := r.Goal(ctx, l.Workspace, l.ID) // with its levels
		if err != nil {
			return nil, err
		}
		x := NextLevelView{Goal: l.ID, Title: l.Title, Level: goesOnAt(l, noticed)}
		if full, ok := g.(tandem.LearningGoal); ok && x.Level <= len(full.Levels) {
			x.Sentence = full.Levels[x.Level-1]
		}
		if x.Level <= 8 {
			return &x, nil
		}
	}
	return nil, nil
}

// goesOnAt gives the level that a learning goal is to aim at once a result is over: the one after what was
// noticed, or a higher one that it aims at already.
func goesOnAt(l tandem.LearningGoal, noticed int) int { return max(l.Aim, noticed+1) }

// gainedSomething tells whether something stands on the last page as gained: a word, a line, or what the entries
// show.
func (v ClosingView) gainedSomething(c tandem.Closing) bool {
	g := v.Gain
	return len(c.Gains) > 0 || tandem.CleanTitle(c.Gained) != "" || len(g.Levels)+g.Uses+len(g.Lessons)+g.Practices > 0
}

// neat rounds a value to what a person would say: the decimals of its number, else two digits of size, whole for
// what is counted.
func neat(m tandem.Metric, v, size float64) float64 {
	digits := float64(m.Decimals)
	if m.Decimals < 0 {
		digits = 0
		if size = math.Abs(size); size > 0 && (m.Form == tandem.FormReading || m.IsRatio()) {
			digits = max(0, 1-math.Floor(math.Log10(size)))
		}
	}
	p := math.Pow(10, min(digits, 9))
	return math.Round(v*p) / p
}

// next makes what a closing leads to.
func (a *App) next(ctx context.Context, tx Tx, by tandem.Actor, v ClosingView, c *tandem.Closing, in ClosingInput, today tandem.Day) error {
	h := tx.For(by)
	switch c.Next {
	case tandem.NextSame, tandem.NextReset:
		p, err := a.again(ctx, h, by, v, c, in, today)
		c.NextGoal = p.ID
		return err
	case tandem.NextLearning:
		if in.NextGoal != 0 {
			c.NextGoal = in.NextGoal
			return goOn(ctx, h, by, v.Goal.Workspace, in.NextGoal)
		}
		l, err := a.createIn(ctx, tx, by, v.Goal.Workspace, GoalInput{Kind: tandem.KindLearning, Title: in.NextText})
		if err != nil {
			return renamed(err, "next_text")
		}
		c.NextGoal = l.GoalHead().ID
	case tandem.NextTechnique:
		t := TechniqueInput{Name: in.NextText, Lesson: in.NextLesson}
		if len(v.Learning) > 0 {
			t.Goal = v.Learning[0].ID
		}
		made, err := a.addTechnique(ctx, h, by, v.Goal.Workspace, t)
		if err != nil {
			return renamed(err, "next_text")
		}
		c.NextTech = made.ID
	case tandem.NextNote:
		f := tandem.Factor{Goal: v.Goal.ID, ID: tandem.NewID[tandem.FactorID](a.IDs), Text: tandem.CleanTitle(in.NextText)}
		if err := f.Validate(); err != nil {
			return renamed(err, "next_text")
		}
		return h.PutFactor(ctx, v.Goal.Workspace, f)
	}
	return nil
}

// again makes the result of the next period, with the same target or another one. Its learning goals fuel it
// too, its guards guard it, and what was named as not in one's hands is named again.
func (a *App) again(ctx context.Context, h Writes, by tandem.Actor, v ClosingView, c *tandem.Closing, in ClosingInput, today tandem.Day) (p tandem.PerformanceGoal, err error) {
	p = NextPeriod(v.Goal, today)
	p.ID, p.Created, p.CreatedDay, p.Updated = tandem.NewID[tandem.GoalID](a.IDs), a.now(), today, a.now()
	if c.Next == tandem.NextReset {
		switch within := v.Metric.Direction == tandem.Within; {
		case within && in.NextLo == nil && in.NextHi == nil:
			return p, tandem.Invalid("next", "reset_within", nil)
		case !within && in.NextTarget == nil:
			return p, tandem.Invalid("next_target", "target_missing", nil)
		}
		in.retarget(&p, v.Metric)
	}
	if p.Baseline != nil && v.Metric.Form != tandem.FormTotal {
		stands := c.Value
		p.Baseline = &stands
	}
	if err := p.Validate(v.Metric); err != nil {
		p.Baseline = nil // the last value stands at the target already: no way to measure from it
		if err := p.Validate(v.Metric); err != nil {
			return p, err
		}
	}
	if err := aboutBody(ctx, h, namedText{"next", p.Title}, namedText{"next", v.Metric.Name}, namedText{"next", v.Metric.Unit}); err != nil {
		return p, err
	}
	if err := h.AddPerformance(ctx, p); err != nil {
		return p, err
	}
	for _, l := range v.Learning {
		f := tandem.Fuels{Workspace: l.Workspace, Learning: l.ID, ResultWorkspace: p.Workspace, Result: p.ID}
		if l.Owner == by.Person && l.State != tandem.Released {
			if err := h.PutFuels(ctx, f); err != nil {
				return p, err
			}
		}
	}
	for _, g := range v.Guards {
		if !g.Hidden {
			n := tandem.Guard{Workspace: p.Workspace, Goal: p.ID, Metric: g.Metric, Side: g.Side, Bound: g.Bound, Every: g.Every}
			if err := h.PutGuard(ctx, n); err != nil {
				return p, err
			}
		}
	}
	for _, f := range v.Factors {
		if !f.InHands {
			if err := h.PutFactor(ctx, p.Workspace, tandem.Factor{Goal: p.ID, ID: tandem.NewID[tandem.FactorID](a.IDs), Text: f.Text}); err != nil {
				return p, err
			}
		}
	}
	return p, nil
}

// goOn has a learning goal of the actor's aim at the next level.
func goOn(ctx context.Context, h Writes, by tandem.Actor, ws tandem.WorkspaceID, id tandem.GoalID) error {
	l, err := learningGoal(ctx, h, by, ws, id, policy.Change)
	if err != nil {
		return renamed(err, "next_goal")
	}
	evidence, err := h.Evidence(ctx, ws, id)
	if err != nil {
		return err
	}
	noticed, _ := tandem.LevelNow(evidence)
	if l.Aim = goesOnAt(l, noticed); l.Aim > 8 {
		return nil // every level is reached: it goes on as it is
	}
	return h.SetAim(ctx, ws, id, l.Aim)
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
