package app

import (
	"context"

	"tandem"
	"tandem/policy"
)

// A GoalInput is a new goal of either kind. A learning goal has none of the fields below Result: they are
// refused by name, so that no door gives it a deadline or a target.
type GoalInput struct {
	Key        string            `json:"-"` // makes a second press harmless
	Kind       tandem.GoalKind   `json:"kind"`
	Title      string            `json:"title"`
	Why        string            `json:"why,omitempty" tandem:"lines"`
	Visibility tandem.Visibility `json:"visibility,omitempty"`
	Draft      bool              `json:"draft,omitempty"` // not active yet
	ExternalID string            `json:"external_id,omitempty"`
	Advised    *AdvisedInput     `json:"advised,omitempty"`  // what draft-goal advised and what was taken of it
	Template   string            `json:"template,omitempty"` // name of the template that it is made from
	batch      tandem.BatchID    // the import that makes it

	// Result
	Metric      tandem.MetricID    `json:"metric,omitzero"`  // an existing number, or
	Number      *MetricInput       `json:"number,omitempty"` // a new one
	Start       tandem.Day         `json:"start,omitzero"`   // today unless said
	Deadline    tandem.Day         `json:"deadline,omitzero"`
	Baseline    *float64           `json:"baseline,omitempty"`
	SoFar       *float64           `json:"so_far,omitempty"`
	Target      *float64           `json:"target,omitempty"`
	TargetLo    *float64           `json:"target_lo,omitempty"`
	TargetHi    *float64           `json:"target_hi,omitempty"`
	Stretch     *float64           `json:"stretch,omitempty"`
	ReachedWhen tandem.ReachedWhen `json:"reached_when,omitempty"`
	HeldFor     int                `json:"held_for,omitempty"`
	KeptShare   float64            `json:"kept_share,omitempty"`
	Repeats     tandem.Period      `json:"repeats,omitempty"`
	Judged      string             `json:"judged,omitempty" tandem:"lines"`
	Guard       *GuardInput        `json:"guard,omitempty"` // what must not get worse meanwhile

	// Learning
	Skill          string          `json:"skill,omitempty"`
	Levels         []string        `json:"levels,omitempty"`
	Aim            int             `json:"aim,omitempty"`
	ReviewDay      tandem.Day      `json:"review_day,omitzero"` // in 14 days unless said
	Collection     string          `json:"collection,omitempty"`
	CollectionSize int             `json:"collection_size,omitempty"`
	FirstStep      string          `json:"first_step,omitempty"`
	About          string          `json:"about,omitempty"`    // knowledge, skill or attitude
	Fuels          []tandem.GoalID `json:"fuels,omitempty"`    // results of the same workspace
	Practice       *MicroGoalInput `json:"practice,omitempty"` // a small promise made with it, such as 15 minutes on five days a week
}

// An AdvisedInput says what was advised when a goal was drafted, what was taken, and which hints stay away.
type AdvisedInput struct {
	Rule   string   `json:"rule,omitempty"`
	Kind   string   `json:"kind,omitempty"`
	Lead   string   `json:"lead,omitempty"`
	Chosen string   `json:"chosen,omitempty"` // performance, learning or paired; the kind that is made unless said
	Quiet  []string `json:"quiet,omitempty"`
}

// CreateGoal makes a result or a learning goal.
func (a *App) CreateGoal(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, in GoalInput) (g tandem.AnyGoal, err error) {
	defer tandem.Wrap(&err, "create goal")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		if err := a.once(ctx, tx.For(by), ws, "create-goal", in.Key); err != nil {
			return err
		}
		g, err = a.createIn(ctx, tx, by, ws, in)
		return err
	})
	return g, err
}

// A PairInput is a result with the learning goal that fuels it.
type PairInput struct {
	Result   GoalInput `json:"result"`
	Learning GoalInput `json:"learning"`
	LagDays  int       `json:"lag_days,omitempty"`
	Key      string    `json:"-"` // makes a second press harmless
}

// A Pair is a result with the learning goal that fuels it.
type Pair struct {
	Result   tandem.PerformanceGoal `json:"result"`
	Learning tandem.LearningGoal    `json:"learning"`
}

// CreatePair makes a result and a learning goal and links them, all or nothing. What is wrong with either
// is told at once; fields are named "result.…" and "learning.…".
func (a *App) CreatePair(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, in PairInput) (p Pair, err error) {
	defer tandem.Wrap(&err, "create pair")
	in.Result.Kind, in.Learning.Kind = tandem.KindPerformance, tandem.KindLearning
	err = a.Store.InTx(ctx, func(tx Tx) error {
		if err := a.once(ctx, tx.For(by), ws, "create-pair", in.Key); err != nil {
			return err
		}
		r, errR := a.createIn(ctx, tx, by, ws, in.Result)
		l, errL := a.createIn(ctx, tx, by, ws, in.Learning)
		if err := both("result.", errR, "learning.", errL); err != nil {
			return err
		}
		p.Result, p.Learning = r.(tandem.PerformanceGoal), l.(tandem.LearningGoal)
		return tx.For(by).PutFuels(ctx, tandem.Fuels{Workspace: ws, Learning: p.Learning.ID, ResultWorkspace: ws, Result: p.Result.ID, LagDays: in.LagDays})
	})
	return p, err
}

// both joins what is wrong with two parts, their fields named by part; an error that is not about fields
// is given alone.
func both(prefixA string, errA error, prefixB string, errB error) error {
	var out tandem.Errors
	for _, x := range []struct {
		prefix string
		err    error
	}{{prefixA, errA}, {prefixB, errB}} {
		if x.err == nil {
			continue
		}
		es := tandem.All(x.err)
		for _, e := range es {
			if e.Kind != tandem.KindInvalid {
				return x.err
			}
			named := *e
			named.Field = x.prefix + e.Field
			out = append(out, &named)
		}
		if len(es) == 0 {
			return x.err
		}
	}
	return out.Err()
}

func (a *App) createIn(ctx context.Context, tx Tx, by tandem.Actor, ws tandem.WorkspaceID, in GoalInput) (tandem.AnyGoal, error) {
	h := tx.For(by)
	person, err := h.Person(ctx)
	if err != nil {
		return nil, err
	}
	space, err := h.Workspace(ctx, ws)
	if err != nil {
		return nil, err
	}
	today := person.Today(a.Now())
	g := tandem.Goal{Workspace: ws, ID: tandem.NewID[tandem.GoalID](a.IDs), Kind: in.Kind, Owner: by.Person, Title: tandem.CleanTitle(in.Title), Why: in.Why, State: tandem.Active,
		Visibility: in.Visibility, PausedFrom: tandem.NoDay, ExternalID: in.ExternalID, Version: 1, Created: a.now(), CreatedDay: today, Updated: a.now(), Batch: in.batch}
	if in.Draft {
		g.State = tandem.Draft
	}
	if g.Visibility == "" {
		g.Visibility = policy.DefaultVisibility(in.Kind, space.Kind)
	}
	if err := may(by, policy.Create, goalOf(g)); err != nil {
		return nil, err
	}
	var made tandem.AnyGoal
	switch in.Kind {
	case tandem.KindPerformance:
		made, err = a.createResult(ctx, tx, by, g, in, today)
	case tandem.KindLearning:
		made, err = a.createLearning(ctx, tx, by, g, in, today)
	default:
		err = tandem.Invalid("kind", "one_of", tandem.Args{"field": "kind", "value": string(in.Kind), "allowed": "performance, learning"})
	}
	if err == nil && in.Template != "" {
		err = a.takeTemplate(ctx, h, ws, g.ID, in.Template)
	}
	if err != nil || in.Advised == nil {
		return made, err
	}
	adv := tandem.Advised{Goal: g.ID, Rule: in.Advised.Rule, Kind: in.Advised.Kind, Lead: in.Advised.Lead, Chosen: in.Advised.Chosen, Day: today, Quiet: in.Advised.Quiet}
	if adv.Chosen == "" {
		adv.Chosen = string(in.Kind)
	}
	if err := adv.Validate(); err != nil {
		return nil, err
	}
	return made, h.PutAdvised(ctx, ws, adv)
}

func goalOf(g tandem.Goal) policy.Resource {
	return policy.Resource{Kind: policy.Goal, Workspace: g.Workspace, Owner: g.Owner, Visibility: g.Visibility}
}

func (a *App) createResult(ctx context.Context, tx Tx, by tandem.Actor, g tandem.Goal, in GoalInput, today tandem.Day) (tandem.AnyGoal, error) {
	h := tx.For(by)
	var es tandem.Errors
	m, made, err := a.numberOf(ctx, h, by, g, in, &es)
	if err != nil {
		return nil, err
	}
	p := tandem.PerformanceGoal{Goal: g, Metric: m.ID, Start: dayOr(in.Start, today), Deadline: dayOr(in.Deadline, tandem.NoDay), Baseline: in.Baseline, TargetLo: in.TargetLo, TargetHi: in.TargetHi,
		Stretch: in.Stretch, ReachedWhen: in.ReachedWhen, HeldFor: in.HeldFor, KeptShare: in.KeptShare, Repeats: in.Repeats, Judged: in.Judged}
	p.SoFar, p.Target = or(in.SoFar, 0), or(in.Target, 0)
	p.Defaults(m)
	if in.Target == nil && m.Direction != tandem.Within {
		es.Add("target", "target_missing", nil)
	} else if err := p.Validate(m); err != nil {
		es = append(es, tandem.All(err)...)
	}
	if err := resultAboutBody(ctx, h, in, m); err != nil && tandem.All(err) == nil {
		return nil, err
	} else if err != nil {
		es = append(es, tandem.All(err)...)
	}
	for _, field := range learningFields(in) {
		es.Add(field, "only_learning", tandem.Args{"field": field})
	}
	if err := es.Err(); err != nil {
		return nil, err
	}
	if in.Metric == 0 {
		if err := addNumber(ctx, h, m, made); err != nil {
			return nil, err
		}
	}
	if err := h.AddPerformance(ctx, p); err != nil {
		return nil, err
	}
	if in.Guard != nil {
		if _, err := a.putGuard(ctx, tx, by, p, *in.Guard); err != nil {
			return nil, both("guard.", err, "", nil)
		}
	}
	return p, a.emit(tx, by, g.Workspace, "goal.created", int64(g.ID))
}

// numberOf gives the number of a new result: the asked one, or a new one, not yet kept, with the parts that
// are to be made for it.
func (a *App) numberOf(ctx context.Context, h Writes, by tandem.Actor, g tandem.Goal, in GoalInput, es *tandem.Errors) (tandem.Metric, []tandem.Metric, error) {
	if in.Metric != 0 {
		m, err := ownMetric(ctx, h, by, g.Workspace, in.Metric)
		if tandem.KindOf(err) == tandem.KindNotFound {
			es.Add("metric", "not_found", tandem.Args{"noun": "metric"})
			return m, nil, nil
		}
		return m, nil, err
	}
	if in.Number == nil {
		es.Add("number", "number_missing", nil)
		return tandem.Metric{Form: tandem.FormReading, Direction: tandem.Up}, nil, nil
	}
	m, made, err := a.newNumber(ctx, h, by, g.Workspace, *in.Number, g.Batch)
	wrong := tandem.All(err)
	if err != nil && len(wrong) == 0 {
		return m, nil, err
	}
	for _, e := range wrong {
		if e.Kind != tandem.KindInvalid {
			return m, nil, err
		}
		es.Add("number."+e.Field, e.Code, e.Args)
	}
	return m, made, nil
}

// resultFields names the fields of an input that only a result has; learningFields the others.
func resultFields(in GoalInput) (fields []string) {
	for _, f := range []struct {
		name string
		set  bool
	}{
		{"target", in.Target != nil || in.TargetLo != nil || in.TargetHi != nil}, {"deadline", in.Deadline != tandem.NoDay && in.Deadline != 0},
		{"metric", in.Metric != 0 || in.Number != nil}, {"baseline", in.Baseline != nil}, {"so_far", in.SoFar != nil}, {"stretch", in.Stretch != nil},
		{"reached_when", in.ReachedWhen != ""}, {"held_for", in.HeldFor != 0}, {"kept_share", in.KeptShare != 0}, {"repeats", in.Repeats != ""}, {"judged", in.Judged != ""},
		{"start", in.Start != tandem.NoDay && in.Start != 0}, {"guard", in.Guard != nil},
	} {
		if f.set {
			fields = append(fields, f.name)
		}
	}
	return fields
}

func learningFields(in GoalInput) (fields []string) {
	for _, f := range []struct {
		name string
		set  bool
	}{
		{"skill", in.Skill != ""}, {"levels", len(in.Levels) > 0}, {"aim", in.Aim != 0}, {"review_day", in.ReviewDay != tandem.NoDay && in.ReviewDay != 0},
		{"collection", in.Collection != "" || in.CollectionSize != 0}, {"first_step", in.FirstStep != ""}, {"fuels", len(in.Fuels) > 0},
		{"about", in.About != ""}, {"practice", in.Practice != nil},
	} {
		if f.set {
			fields = append(fields, f.name)
		}
	}
	return fields
}

// refuseResultFields says what a learning goal cannot have, each with its own sentence.
func refuseResultFields(in GoalInput, es *tandem.Errors) {
	for _, field := range resultFields(in) {
		switch field {
		case "target":
			es.Add(field, "learning_no_target", nil)
		case "deadline":
			es.Add(field, "learning_no_deadline", nil)
		default:
			es.Add(field, "only_result", tandem.Args{"field": field})
		}
	}
}

func (a *App) createLearning(ctx context.Context, tx Tx, by tandem.Actor, g tandem.Goal, in GoalInput, today tandem.Day) (tandem.AnyGoal, error) {
	h := tx.For(by)
	l := tandem.LearningGoal{Goal: g, Skill: in.Skill, Levels: in.Levels, Aim: in.Aim, ReviewDay: dayOr(in.ReviewDay, today+reviewSteps[0]), Collection: in.Collection, CollectionSize: in.CollectionSize, FirstStep: in.FirstStep, About: in.About}
	var es tandem.Errors
	refuseResultFields(in, &es)
	es = append(es, tandem.All(l.Validate())...)
	if err := es.Err(); err != nil {
		return nil, err
	}
	if err := h.AddLearning(ctx, l); err != nil {
		return nil, err
	}
	for _, r := range in.Fuels {
		if err := a.linkIn(ctx, h, by, l, tandem.Fuels{Workspace: g.Workspace, Learning: g.ID, ResultWorkspace: g.Workspace, Result: r}); err != nil {
			return nil, err
		}
	}
	if in.Practice != nil {
		small := *in.Practice
		small.Goal = g.ID
		if small.Title == "" {
			small.Title = g.Title
		}
		if _, err := a.microGoalIn(ctx, tx, by, g.Workspace, small); err != nil {
			return nil, both("practice.", err, "", nil)
		}
	}
	return l, a.emit(tx, by, g.Workspace, "goal.created", int64(g.ID))
}

// linkIn links a learning goal to a result that the actor may see.
func (a *App) linkIn(ctx context.Context, h Writes, by tandem.Actor, l tandem.LearningGoal, f tandem.Fuels) error {
	r, err := h.Goal(ctx, f.ResultWorkspace, f.Result)
	if err != nil {
		return err
	}
	if r.GoalHead().Kind != tandem.KindPerformance {
		return tandem.Invalid("result", "needs_result", tandem.Args{"title": r.GoalHead().Title})
	}
	if f.LagDays < 0 || f.LagDays > 366 {
		return tandem.Invalid("lag_days", "int_range", tandem.Args{"field": "lag_days", "lo": 0, "hi": 366})
	}
	return h.PutFuels(ctx, f)
}
