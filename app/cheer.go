package app

import (
	"cmp"
	"context"
	"slices"

	"tandem"
	"tandem/policy"
)

// cheersOf is what a person says about the own lines of celebration: it belongs to the own story.
func cheersOf(by tandem.Actor, ws tandem.WorkspaceID) policy.Resource {
	return policy.Resource{Kind: policy.Learning, Workspace: ws, Owner: by.Person, Visibility: tandem.OnlyMe}
}

// cheerOrder is the order of lines of one day.
var cheerOrder = []tandem.CelebrationKind{tandem.CheerReached, tandem.CheerLevel, tandem.CheerClose, tandem.CheerTrial, tandem.CheerStep, tandem.CheerBrave, tandem.CheerLesson, tandem.CheerBack}

// withDays is how many days before a level, a step or a lesson the uses of a technique are named with it.
const withDays = 14

// ListCelebrations gives what the actor did today and yesterday that is worth a line: results reached or very
// close, levels, steps, lessons, decided trials, a return after silence. The newest day stands first; pages
// show the first alone. There are none for whoever switched them off, and none that was put away.
func (a *App) ListCelebrations(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID) (out []tandem.Celebration, err error) {
	defer tandem.Wrap(&err, "list celebrations")
	if err := may(by, policy.Read, cheersOf(by, ws)); err != nil {
		return nil, err
	}
	return a.celebrations(ctx, by, ws)
}

func (a *App) celebrations(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID) (out []tandem.Celebration, err error) {
	r := a.Store.For(by)
	person, err := r.Person(ctx)
	if err != nil || person.CheersOff {
		return nil, err
	}
	x := cheering{App: a, r: r, ws: ws, today: person.Today(a.Now())}
	x.since = x.today - tandem.CheerDays + 1
	if err := x.read(ctx); err != nil {
		return nil, err
	}
	for _, look := range []func(context.Context) error{x.closings, x.levels, x.steps, x.lessons, x.trials, x.returned} {
		if err := look(ctx); err != nil {
			return nil, err
		}
	}
	said, err := r.Cheers(ctx, ws)
	if err != nil {
		return nil, err
	}
	for _, c := range x.out {
		if was, ok := said[c.About]; ok {
			c.Cheer = was
		}
		if !c.Away {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b tandem.Celebration) int {
		return cmp.Or(cmp.Compare(b.Day, a.Day), cmp.Compare(slices.Index(cheerOrder, a.Kind), slices.Index(cheerOrder, b.Kind)))
	})
	return out, nil
}

// A cheering gathers the lines.
type cheering struct {
	*App
	r            Reads
	ws           tandem.WorkspaceID
	today, since tandem.Day
	uses         []tandem.Use
	techniques   []tandem.Technique
	out          []tandem.Celebration
}

func (x *cheering) read(ctx context.Context) (err error) {
	if x.techniques, err = x.r.Techniques(ctx, x.ws); err != nil {
		return err
	}
	x.uses, err = x.r.Uses(ctx, x.ws, x.today-usesShown, x.today)
	return err
}

func (x *cheering) add(c tandem.Celebration) { x.out = append(x.out, c) }

// with gives the technique of some learning goals that was used most from a day on, with how often.
func (x *cheering) with(from tandem.Day, goals ...tandem.GoalID) (name string, uses int) {
	for _, t := range x.techniques {
		if t.Goal == 0 || !slices.Contains(goals, t.Goal) {
			continue
		}
		n := len(usesOf(x.uses, func(u tandem.Use) bool { return u.Technique == t.ID && u.Day >= from }))
		if n > uses {
			name, uses = t.Name, n
		}
	}
	return name, uses
}

// titled gives the own goal of an id; nil where it is gone.
func (x *cheering) titled(ctx context.Context, id tandem.GoalID) (tandem.AnyGoal, error) {
	g, err := x.r.Goal(ctx, x.ws, id)
	if tandem.KindOf(err) == tandem.KindNotFound {
		return nil, nil
	}
	return g, err
}

func (x *cheering) closings(ctx context.Context) error {
	all, err := x.r.Closings(ctx, x.ws, 10)
	if err != nil {
		return err
	}
	for _, c := range all {
		if c.DoneDay < x.since || c.Outcome == tandem.LetGo {
			continue
		}
		g, err := x.titled(ctx, c.Goal)
		if err != nil {
			return err
		}
		p, ok := g.(tandem.PerformanceGoal)
		if !ok {
			continue
		}
		links, err := x.r.FuelsTo(ctx, x.ws, x.ws, c.Goal)
		if err != nil {
			return err
		}
		var fuels []tandem.GoalID
		for _, f := range links {
			fuels = append(fuels, f.Learning)
		}
		line := tandem.Celebration{Cheer: tandem.Cheer{About: c.Goal.String()}, Kind: tandem.CheerReached, Day: c.DoneDay, Goal: c.Goal, Title: p.Title}
		line.Technique, line.Uses = x.with(p.Start, fuels...)
		switch {
		case c.Outcome == tandem.VeryClose:
			line.Kind = tandem.CheerClose
		case c.Outcome.Missed() && line.Uses == 0:
			continue
		case c.Outcome.Missed():
			line.Kind = tandem.CheerBrave
		}
		x.add(line)
	}
	return nil
}

// levels gives levels that were reached for the first time.
func (x *cheering) levels(ctx context.Context) error {
	lately, err := x.r.OwnEvidence(ctx, x.ws, x.since)
	if err != nil {
		return err
	}
	for _, e := range lately {
		all, err := x.r.Evidence(ctx, x.ws, e.Goal)
		if err != nil {
			return err
		}
		earlier := slices.DeleteFunc(slices.Clone(all), func(o tandem.Evidence) bool { return o.Day > e.Day || o.Day == e.Day && o.ID >= e.ID })
		before, _ := tandem.LevelNow(earlier)
		now, _ := tandem.LevelNow(append(earlier, e))
		g, err := x.titled(ctx, e.Goal)
		if err != nil {
			return err
		}
		l, ok := g.(tandem.LearningGoal)
		if !ok || now <= before {
			continue
		}
		line := tandem.Celebration{Cheer: tandem.Cheer{About: e.ID.String()}, Kind: tandem.CheerLevel, Day: e.Day, Goal: e.Goal, Title: l.Title, Level: now}
		if now <= len(l.Levels) {
			line.Text = l.Levels[now-1]
		}
		line.Technique, line.Uses = x.with(e.Day-withDays, e.Goal)
		x.add(line)
	}
	return nil
}

func (x *cheering) steps(ctx context.Context) error {
	done, err := x.r.OwnDone(ctx, x.ws, x.since)
	if err != nil {
		return err
	}
	for _, m := range done {
		g, err := x.titled(ctx, m.Goal)
		if err != nil {
			return err
		}
		if g == nil {
			continue
		}
		line := tandem.Celebration{Cheer: tandem.Cheer{About: m.ID.String()}, Kind: tandem.CheerStep, Day: m.Done, Goal: m.Goal, Title: g.GoalHead().Title, Text: m.Title}
		line.Technique, line.Uses = x.with(m.Done-withDays, m.Goal)
		x.add(line)
	}
	return nil
}

// newLessons is how many of the newest lessons are looked at.
const newLessons = 20

func (x *cheering) lessons(ctx context.Context) error {
	all, err := x.r.OwnLessons(ctx, x.ws, newLessons)
	if err != nil {
		return err
	}
	for _, l := range all {
		if l.Day < x.since {
			continue
		}
		line := tandem.Celebration{Cheer: tandem.Cheer{About: l.ID.String()}, Kind: tandem.CheerLesson, Day: l.Day, Goal: l.Goal, Text: l.Text}
		line.Technique, line.Uses = x.with(l.Day-withDays, l.Goal)
		x.add(line)
	}
	return nil
}

func (x *cheering) trials(ctx context.Context) error {
	all, err := x.r.Trials(ctx, x.ws)
	if err != nil {
		return err
	}
	for _, y := range all {
		i := slices.IndexFunc(x.techniques, func(t tandem.Technique) bool { return t.ID == y.Technique })
		if y.Ended < x.since || i < 0 || y.Decision == tandem.Trying || y.Decision == tandem.Idea {
			continue
		}
		x.add(tandem.Celebration{Cheer: tandem.Cheer{About: y.Technique.String() + "." + y.Began.String()}, Kind: tandem.CheerTrial, Day: y.Ended, Goal: x.techniques[i].Goal,
			Technique: x.techniques[i].Name, Decision: y.Decision, Uses: y.Uses})
	}
	return nil
}

// returned tells of the first entry after five days or more without one.
func (x *cheering) returned(ctx context.Context) error {
	newest, err := x.r.LastEntry(ctx, x.ws, x.today+1)
	if err != nil || newest < x.since {
		return err
	}
	for d := x.since; d <= newest; d++ {
		on, err := x.r.LastEntry(ctx, x.ws, d+1)
		if err != nil {
			return err
		}
		before, err := x.r.LastEntry(ctx, x.ws, d)
		if err != nil {
			return err
		}
		if on == d && before != tandem.NoDay && d-before > silentDays {
			x.add(tandem.Celebration{Cheer: tandem.Cheer{About: "back." + d.String()}, Kind: tandem.CheerBack, Day: d, Silence: int(d - before - 1)})
		}
	}
	return nil
}

// A CheerInput says who helped, or puts a line away; what is nil stays.
type CheerInput struct {
	About  string  `json:"about"` // as the line says it
	Helped *string `json:"helped,omitempty"`
	Away   *bool   `json:"away,omitempty"`
}

// SetCheer keeps what the actor says about a line of celebration that stands.
func (a *App) SetCheer(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, in CheerInput) (c tandem.Celebration, err error) {
	defer tandem.Wrap(&err, "set celebration")
	if err := may(by, policy.Log, cheersOf(by, ws)); err != nil {
		return c, err
	}
	all, err := a.celebrations(ctx, by, ws)
	if err != nil {
		return c, err
	}
	i := slices.IndexFunc(all, func(x tandem.Celebration) bool { return x.About == in.About })
	if i < 0 {
		return c, tandem.NotFound("celebration")
	}
	c = all[i]
	c.Helped, c.Away = tandem.CleanTitle(or(in.Helped, c.Helped)), or(in.Away, c.Away)
	if err := c.Validate(); err != nil {
		return c, err
	}
	return c, a.Store.InTx(ctx, func(tx Tx) error { return tx.For(by).PutCheer(ctx, ws, c.Cheer) })
}
