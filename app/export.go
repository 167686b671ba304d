package app

import (
	"context"
	"io"
	"maps"
	"slices"

	"tandem"
	"tandem/policy"
)

// An Archive takes what is exported, in this order: goals, values, records. Goals and values are in the
// forms that can be imported again; records hold everything else, each with the name of its kind.
type Archive interface {
	Goal(g GoalRow) error
	Value(v ValueRow) error
	Record(kind string, v any) error
	Close() error
}

// Export writes everything of a workspace that is the actor's own: goals, values, and the story of both.
func (a *App) Export(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, w io.Writer) (err error) {
	defer tandem.Wrap(&err, "export")
	if err := may(by, policy.Read, policy.Resource{Kind: policy.Export, Workspace: ws, Owner: by.Person}); err != nil {
		return err
	}
	by = asked(by)
	x := exporting{App: a, r: a.Store.For(by), by: by, ws: ws, to: a.Files.Archive(w)}
	if err := x.goals(ctx); err != nil {
		return err
	}
	if err := x.values(ctx); err != nil {
		return err
	}
	if err := x.records(ctx); err != nil {
		return err
	}
	return x.to.Close()
}

type exporting struct {
	*App
	r      Reads
	by     tandem.Actor
	ws     tandem.WorkspaceID
	to     Archive
	lines  []tandem.GoalLine
	of     map[tandem.MetricID]tandem.Metric // the parts of ratios
	pauses map[int64][]tandem.Span           // by goal
}

func (x *exporting) goals(ctx context.Context) (err error) {
	if x.lines, err = x.App.lines(ctx, x.r, x.ws, GoalQuery{Own: true}); err != nil {
		return err
	}
	fuels, err := x.r.Fuels(ctx, x.ws)
	if err != nil {
		return err
	}
	if err := x.parts(ctx); err != nil {
		return err
	}
	for _, l := range x.lines {
		h := l.Head()
		g := GoalRow{ExternalID: h.ID.String(), Kind: h.Kind, Title: h.Title, Why: h.Why, State: h.State, Visibility: h.Visibility, Start: tandem.NoDay, Due: tandem.NoDay, Review: tandem.NoDay}
		if h.ExternalID != "" {
			g.ExternalID = h.ExternalID
		}
		if l.Result != nil {
			p, m := l.Result, l.Number
			g.Measure, g.Unit, g.Form, g.Direction, g.ReachedWhen, g.HeldFor, g.KeptShare = m.Name, m.Unit, m.Form, m.Direction, p.ReachedWhen, p.HeldFor, p.KeptShare
			g.Baseline, g.TargetLo, g.TargetHi, g.Stretch, g.Start, g.Due = p.Baseline, p.TargetLo, p.TargetHi, p.Stretch, p.Start, p.Deadline
			x.made(&g, *m)
			if m.Direction != tandem.Within {
				g.Target = &p.Target
			}
		} else {
			g.Review, g.Skill, g.Aim = l.Learning.ReviewDay, l.Learning.Skill, l.Learning.Aim
			for _, f := range fuels {
				if f.Learning == h.ID {
					g.Fuels = append(g.Fuels, x.externalOf(f.Result))
				}
			}
		}
		if err := x.to.Goal(g); err != nil {
			return err
		}
	}
	return nil
}

// parts writes a row for each number that a ratio is made of, before the goals: it states no target, so that
// an import makes the number alone, in its own form.
func (x *exporting) parts(ctx context.Context) (err error) {
	if x.of, err = x.r.Parts(ctx, x.ws); err != nil {
		return err
	}
	for _, id := range sortedKeys(x.of) {
		m := x.of[id]
		g := GoalRow{ExternalID: m.ID.String(), Kind: tandem.KindPerformance, Title: m.Name, Measure: m.Name, Unit: m.Unit, Form: m.Form, Direction: m.Direction,
			Start: tandem.NoDay, Due: tandem.NoDay, Review: tandem.NoDay}
		x.made(&g, m)
		if err := x.to.Goal(g); err != nil {
			return err
		}
	}
	return nil
}

// made states the period of a number and what a ratio is made of.
func (x *exporting) made(g *GoalRow, m tandem.Metric) {
	g.Period, g.Percent = m.Period, m.Percent
	if m.IsRatio() {
		g.Numerator, g.Denominator = x.of[m.Numerator].Name, x.of[m.Denominator].Name
	}
}

// externalOf gives the id by which a goal stands in the export.
func (x *exporting) externalOf(id tandem.GoalID) string {
	for _, l := range x.lines {
		if h := l.Head(); h.ID == id && h.ExternalID != "" {
			return h.ExternalID
		}
	}
	return id.String()
}

// exportPage is how many rows are read at once.
const exportPage = 1000

func (x *exporting) values(ctx context.Context) error {
	return x.eachMetric(ctx, func(m tandem.Metric) error {
		before := tandem.Instant(1) << 62
		for {
			page, err := x.r.ObservationPage(ctx, x.ws, m.ID, before, exportPage)
			if err != nil {
				return err
			}
			for _, o := range page {
				key := o.External
				if key == "" {
					key = m.ID.String() + "." + o.At.Time().Format("20060102T150405.000000Z")
				}
				if err := x.to.Value(ValueRow{Name: m.Name, Unit: m.Unit, Day: o.Day, Value: o.Value, State: o.State, Note: o.Note, Key: key}); err != nil {
					return err
				}
				before = o.At
			}
			if len(page) < exportPage {
				return nil
			}
		}
	})
}

func (x *exporting) eachMetric(ctx context.Context, do func(tandem.Metric) error) error {
	name, id := "", tandem.MetricID(0)
	for {
		ms, err := x.r.Metrics(ctx, x.ws, name, id, exportPage)
		if err != nil {
			return err
		}
		for _, m := range ms {
			name, id = tandem.NameKey(m.Name), m.ID
			if m.Owner != x.by.Person {
				continue
			}
			if err := do(m); err != nil {
				return err
			}
		}
		if len(ms) < exportPage {
			return nil
		}
	}
}

// records writes the person, the numbers and the story of each goal.
func (x *exporting) records(ctx context.Context) error {
	person, err := x.r.Person(ctx)
	if err != nil {
		return err
	}
	made := struct {
		Made tandem.Instant `json:"made"`
		Day  tandem.Day     `json:"day"` // of the person; what pages said, they said as of it
	}{x.now(), person.Today(x.Now())}
	if err := x.to.Record("export", made); err != nil {
		return err
	}
	if err := x.to.Record("person", person); err != nil {
		return err
	}
	reminder, err := x.r.Reminder(ctx, person.ID)
	if err != nil && tandem.KindOf(err) != tandem.KindNotFound {
		return err
	}
	if err == nil {
		if err := x.to.Record("reminder", x.viewOf(reminder, person)); err != nil {
			return err
		}
	}
	if x.pauses, err = x.r.Pauses(ctx, x.ws); err != nil {
		return err
	}
	if err := x.eachMetric(ctx, func(m tandem.Metric) error { return x.to.Record("metric", m) }); err != nil {
		return err
	}
	for _, l := range x.lines {
		if err := x.to.Record("goal", l.Any()); err != nil {
			return err
		}
		if err := x.story(ctx, l.Head().ID); err != nil {
			return err
		}
	}
	fuels, err := x.r.Fuels(ctx, x.ws)
	if err == nil {
		err = each(x.to, "fuels", fuels)
	}
	if err != nil {
		return err
	}
	ts, err := x.r.Techniques(ctx, x.ws)
	if err == nil {
		err = each(x.to, "technique", ts)
	}
	if err != nil {
		return err
	}
	pilots, err := x.r.Pilots(ctx, x.ws)
	if err == nil {
		err = each(x.to, "pilot", pilots)
	}
	if err != nil {
		return err
	}
	if err := x.lifelines(ctx, person); err != nil {
		return err
	}
	for _, more := range []func(context.Context) error{x.feedback, x.reviews, x.templates, x.periods, x.kept} {
		if err := more(ctx); err != nil {
			return err
		}
	}
	uses, err := x.r.Uses(ctx, x.ws, -1<<30, 1<<30)
	if err == nil {
		err = each(x.to, "use", uses)
	}
	if err != nil {
		return err
	}
	micros, err := x.r.MicroGoals(ctx, x.ws)
	if err == nil {
		err = each(x.to, "microgoal", micros)
	}
	return err
}

// kept writes what was learned under goals that were deleted.
func (x *exporting) kept(ctx context.Context) error {
	kept, err := x.r.Kept(ctx, x.ws)
	if err != nil {
		return err
	}
	return each(x.to, "kept", kept)
}

// feedback writes what was said of the own work, what the person said to others, trials that are over, and what
// was said about lines of celebration. A score stays hidden until its words are read.
func (x *exporting) feedback(ctx context.Context) error {
	own, err := x.r.Feedback(ctx, x.ws)
	if err != nil {
		return err
	}
	for i, f := range own {
		own[i] = f.Veiled()
	}
	if err := each(x.to, "feedback", own); err != nil {
		return err
	}
	given, err := x.r.Given(ctx, x.ws)
	if err != nil {
		return err
	}
	for _, f := range given {
		if f.Owner == x.by.Person {
			continue // the own look is among the above
		}
		if err := x.to.Record("feedback_given", f); err != nil {
			return err
		}
	}
	trials, err := x.r.Trials(ctx, x.ws)
	if err == nil {
		err = each(x.to, "trial", trials)
	}
	if err != nil {
		return err
	}
	cheers, err := x.r.Cheers(ctx, x.ws)
	if err != nil {
		return err
	}
	for _, about := range slices.Sorted(maps.Keys(cheers)) {
		if err := x.to.Record("cheer", cheers[about]); err != nil {
			return err
		}
	}
	return nil
}

// reviews writes the weekly reviews with what they say of each goal.
func (x *exporting) reviews(ctx context.Context) error {
	heads, err := x.r.Reviews(ctx, x.ws, 1<<30, 1<<20)
	if err != nil {
		return err
	}
	for _, h := range heads {
		r, err := x.r.Review(ctx, x.ws, h.Week)
		if err != nil {
			return err
		}
		if err := x.to.Record("review", r); err != nil {
			return err
		}
	}
	return nil
}

// templates writes the calendar of the workspace and those of its templates that the actor brought; the text of one is a
// pack that can be imported.
func (x *exporting) templates(ctx context.Context) error {
	w, err := x.r.Workspace(ctx, x.ws)
	if err != nil {
		return err
	}
	if err := x.to.Record("calendar", w.Calendar); err != nil {
		return err
	}
	all, err := x.r.Templates(ctx, x.ws)
	if err != nil {
		return err
	}
	return each(x.to, "template", slices.DeleteFunc(all, func(t tandem.Template) bool { return t.Owner != x.by.Person }))
}

// periods writes the looks back at months and quarters with what they say of each result.
func (x *exporting) periods(ctx context.Context) error {
	heads, err := x.r.PeriodReviews(ctx, x.ws, 1<<20)
	if err != nil {
		return err
	}
	for _, h := range heads {
		r, err := x.r.PeriodReview(ctx, x.ws, h.Period, h.First)
		if err != nil {
			return err
		}
		if err := x.to.Record("period_review", r); err != nil {
			return err
		}
	}
	return nil
}

// timesOff writes the pauses of a goal and how it was changed, newest first: what its chance was worked out
// from, today and before.
func (x *exporting) timesOff(ctx context.Context, id tandem.GoalID) error {
	for _, s := range x.pauses[int64(id)] {
		if err := x.to.Record("pause", struct {
			Goal tandem.GoalID `json:"goal"`
			From tandem.Day    `json:"from"`
			To   tandem.Day    `json:"to"` // empty while it lasts
		}{id, s.From, s.To}); err != nil {
			return err
		}
	}
	past, err := x.r.History(ctx, x.ws, "goal", int64(id), 0, exportPage)
	if err != nil {
		return err
	}
	for _, e := range past {
		if err := x.to.Record("change", struct {
			Goal tandem.GoalID `json:"goal"`
			tandem.HistoryEntry
		}{id, e}); err != nil {
			return err
		}
	}
	return nil
}

// story writes what belongs to one goal.
func (x *exporting) story(ctx context.Context, id tandem.GoalID) error {
	if err := x.timesOff(ctx, id); err != nil {
		return err
	}
	evidence, err := x.r.Evidence(ctx, x.ws, id)
	if err == nil {
		err = each(x.to, "evidence", evidence)
	}
	if err != nil {
		return err
	}
	practices, err := x.r.Practices(ctx, x.ws, id, -1<<30, 1<<30)
	if err == nil {
		err = each(x.to, "practice", practices)
	}
	if err != nil {
		return err
	}
	lessons, err := x.r.Lessons(ctx, x.ws, id)
	if err == nil {
		err = each(x.to, "lesson", lessons)
	}
	if err != nil {
		return err
	}
	activities, err := x.r.Activities(ctx, x.ws, id)
	if err == nil {
		err = each(x.to, "activity", activities)
	}
	if err != nil {
		return err
	}
	slots, err := x.r.Slots(ctx, x.ws, id)
	if err == nil {
		err = each(x.to, "slot", slots)
	}
	if err != nil {
		return err
	}
	steps, err := x.r.Milestones(ctx, x.ws, id)
	if err == nil {
		err = each(x.to, "milestone", steps)
	}
	if err != nil {
		return err
	}
	factors, err := x.r.Factors(ctx, x.ws, id)
	if err == nil {
		err = each(x.to, "factor", factors)
	}
	if err != nil {
		return err
	}
	guards, err := x.r.Guards(ctx, x.ws, id)
	if err == nil {
		err = each(x.to, "guard", guards)
	}
	if err != nil {
		return err
	}
	advised, err := x.r.Advised(ctx, x.ws, id)
	if err == nil {
		err = x.to.Record("advised", advised)
	}
	if err != nil && tandem.KindOf(err) != tandem.KindNotFound {
		return err
	}
	c, err := x.r.Closing(ctx, x.ws, id)
	if tandem.KindOf(err) == tandem.KindNotFound {
		return nil
	}
	if err == nil {
		err = x.to.Record("closing", c)
	}
	return err
}

func each[T any](to Archive, kind string, all []T) error {
	for _, v := range all {
		if err := to.Record(kind, v); err != nil {
			return err
		}
	}
	return nil
}
