package app

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"tandem"
	"tandem/advise/coach"
	"tandem/advise/library"
	"tandem/policy"
)

// A LessonQuery says which own lessons are looked for.
type LessonQuery struct {
	Text   string             // words that all stand in it; "" for every lesson
	Unused bool               // only those that wait to be used
	Space  tandem.WorkspaceID // 0: of every workspace
	After  int                // how many to leave out, for the next page
	Limit  int
}

// A LessonPage is a part of the lessons that were found.
type LessonPage struct {
	Items []tandem.LessonLine
	Found int // of the query
	All   int // there are
	Wait  int // of all, that wait to be used
}

// FindLessons gives own lessons, newest first, with where they come from and what became of them. Lessons
// outlive their goals.
func (a *App) FindLessons(ctx context.Context, by tandem.Actor, q LessonQuery) (p LessonPage, err error) {
	defer tandem.Wrap(&err, "find lessons")
	all, err := a.lessonLines(ctx, by, q.Space)
	if err != nil {
		return p, err
	}
	p.All = len(all)
	found := tandem.FindLessons(all, q.Text)
	for _, l := range all {
		if l.Unused() {
			p.Wait++
		}
	}
	if q.Unused {
		found = slices.DeleteFunc(found, func(l tandem.LessonLine) bool { return !l.Unused() })
	}
	p.Found = len(found)
	found = found[min(q.After, len(found)):]
	p.Items = found[:min(q.Limit, len(found))]
	return p, nil
}

// lessonLines gives the actor's lessons of one workspace, or of all, newest first.
func (a *App) lessonLines(ctx context.Context, by tandem.Actor, space tandem.WorkspaceID) (all []tandem.LessonLine, err error) {
	r := a.Store.For(by)
	spaces, err := ownSpaces(by, space)
	if err != nil {
		return nil, err
	}
	for _, ws := range spaces {
		lines, err := linesOf(ctx, r, ws)
		if err != nil {
			return nil, err
		}
		all = append(all, lines...)
	}
	slices.SortStableFunc(all, func(x, y tandem.LessonLine) int { return cmp.Or(int(y.Day)-int(x.Day), cmp.Compare(y.ID, x.ID)) })
	return all, nil
}

// ownSpaces gives the workspaces in which the actor's own learning may be read: the one that is asked for, or
// every one that can be reached.
func ownSpaces(by tandem.Actor, space tandem.WorkspaceID) (out []tandem.WorkspaceID, err error) {
	asked := []tandem.WorkspaceID{space}
	if space == 0 {
		asked = slices.Sorted(maps.Keys(by.Roles))
	}
	for _, ws := range asked {
		err = mayRecall(by, ws)
		if err == nil {
			out = append(out, ws)
		} else if space != 0 || tandem.KindOf(err) != tandem.KindNotFound {
			return nil, err
		}
	}
	if len(out) == 0 {
		return nil, err
	}
	return out, nil
}

// linesOf gives the actor's lessons of a workspace with what became of them.
func linesOf(ctx context.Context, r Reads, ws tandem.WorkspaceID) ([]tandem.LessonLine, error) {
	lines, err := r.OwnLessonLines(ctx, ws)
	if err != nil || len(lines) == 0 {
		return nil, err
	}
	techniques, err := r.Techniques(ctx, ws)
	if err != nil {
		return nil, err
	}
	uses, err := r.Uses(ctx, ws, -1<<30, 1<<30)
	if err != nil {
		return nil, err
	}
	of := map[tandem.LessonID]tandem.Technique{} // the newest one that was not dropped, else the newest
	from := map[tandem.TechniqueID]tandem.LessonID{}
	for _, t := range slices.Backward(techniques) {
		if t.Lesson == 0 {
			continue
		}
		from[t.ID] = t.Lesson
		if before, made := of[t.Lesson]; !made || t.State != tandem.Dropped || before.State == tandem.Dropped {
			of[t.Lesson] = t
		}
	}
	count, last := map[tandem.LessonID]int{}, map[tandem.LessonID]tandem.Day{}
	for _, u := range uses {
		count[from[u.Technique]]++
		last[from[u.Technique]] = u.Day // oldest first
	}
	for i, l := range lines {
		t, made := of[l.ID]
		if !made {
			continue
		}
		lines[i].Technique, lines[i].Name, lines[i].State, lines[i].Uses = t.ID, t.Name, t.State, count[l.ID]
		if count[l.ID] > 0 {
			lines[i].LastUse = last[l.ID]
		}
	}
	return lines, nil
}

// mayRecall tells whether the actor may read the own learning of a workspace; a program needs its right.
func mayRecall(by tandem.Actor, ws tandem.WorkspaceID) error {
	return may(by, policy.Read, policy.Resource{Kind: policy.Learning, Workspace: ws, Owner: by.Person, Visibility: tandem.OnlyMe})
}

// GetLesson gives one own lesson, also of a goal that was deleted.
func (a *App) GetLesson(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.LessonID) (l tandem.LessonLine, err error) {
	defer tandem.Wrap(&err, "read lesson")
	lines, err := linesOf(ctx, a.Store.For(by), ws)
	if err != nil {
		return l, err
	}
	i := slices.IndexFunc(lines, func(l tandem.LessonLine) bool { return l.ID == id })
	if i < 0 {
		return l, tandem.NotFound("lesson")
	}
	return lines[i], mayRecall(by, ws)
}

// ownLesson tells whether a lesson is the actor's own, also of a goal that was deleted; one of somebody else's is not
// there, whatever a token may do.
func ownLesson(ctx context.Context, r Reads, ws tandem.WorkspaceID, id tandem.LessonID) error {
	own, err := r.OwnLessonLines(ctx, ws)
	if err == nil && !slices.ContainsFunc(own, func(l tandem.LessonLine) bool { return l.ID == id }) {
		err = tandem.NotFound("lesson")
	}
	return err
}

// DropLesson sets a lesson aside, so that it is offered no more, or takes it back.
func (a *App) DropLesson(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.LessonID, dropped bool) (err error) {
	defer tandem.Wrap(&err, "drop lesson")
	return a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if err := ownLesson(ctx, h, ws, id); err != nil {
			return err
		}
		if err := may(by, policy.Log, policy.Resource{Kind: policy.Learning, Workspace: ws, Owner: by.Person, Visibility: tandem.OnlyMe}); err != nil {
			return err
		}
		return h.SetLessonDropped(ctx, ws, id, dropped)
	})
}

// mostBack is how many lessons are offered back at a time.
const mostBack = 2

// FittingLessons gives own lessons that have to do with a goal or a text, the best first: where one creates,
// where a result is steep and where it closes they are offered back. Those of the goal itself, those set
// aside and those that are used already are left out.
func (a *App) FittingLessons(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, in SuggestInput) (out []tandem.LessonLine, err error) {
	defer tandem.Wrap(&err, "fitting lessons")
	if err := mayRecall(by, ws); err != nil {
		return nil, err
	}
	r := a.Store.For(by)
	if in.Goal != 0 {
		g, err := anyGoal(ctx, r, by, ws, in.Goal, policy.Read, policy.Goal)
		if err != nil {
			return nil, err
		}
		in.Text = g.GoalHead().Title
		if p, ok := g.(tandem.PerformanceGoal); ok {
			m, err := r.Metric(ctx, ws, p.Metric)
			if err != nil {
				return nil, err
			}
			in.Number, in.Unit = m.Name, m.Unit
		}
	}
	if tandem.CleanTitle(in.Text) == "" {
		return nil, tandem.Invalid("text", "title_missing", nil)
	}
	return a.lessonsBack(ctx, r, ws, library.Need{Text: in.Text, Number: in.Number, Unit: in.Unit}, in.Goal)
}

// lessonsBack finds lessons that fit a need, none of the goal itself.
func (a *App) lessonsBack(ctx context.Context, r Reads, ws tandem.WorkspaceID, need library.Need, own tandem.GoalID) ([]tandem.LessonLine, error) {
	lines, err := linesOf(ctx, r, ws)
	if err != nil || len(lines) == 0 {
		return nil, err
	}
	numbers, err := numbersFueled(ctx, r, ws)
	if err != nil {
		return nil, err
	}
	person, err := r.Person(ctx)
	if err != nil {
		return nil, err
	}
	liked, err := enjoyed(ctx, r, ws, person.Today(a.Now()))
	if err != nil {
		return nil, err
	}
	byID := map[tandem.LessonID]tandem.LessonLine{}
	var past []library.Lesson
	for _, l := range lines[:min(len(lines), lessonsLooked)] {
		if own != 0 && l.Goal == own || l.Dropped || l.State == tandem.Dropped || l.Uses > 0 {
			continue
		}
		byID[l.ID] = l
		y := library.Lesson{ID: l.ID, Goal: l.Goal, Text: l.Text, About: l.Of(), Day: l.Day, Liked: liked[l.Goal]}
		if of := numbers[l.Goal]; len(of) > 0 {
			y.Number = of[0]
		}
		past = append(past, y)
	}
	var out []tandem.LessonLine
	for _, l := range library.Recall(need, past, mostBack) {
		out = append(out, byID[l.ID])
	}
	return out, nil
}

// unusedLesson gives one lesson that waits to be used and is at least 14 days old, another one each week; nil
// for none.
func unusedLesson(ctx context.Context, r Reads, ws tandem.WorkspaceID, today tandem.Day) (*tandem.LessonLine, error) {
	lines, err := linesOf(ctx, r, ws)
	lines = slices.DeleteFunc(lines, func(l tandem.LessonLine) bool { return !l.Unused() || l.Technique != 0 || today-l.Day < 14 })
	if err != nil || len(lines) == 0 {
		return nil, err
	}
	week := int(tandem.PeriodWeek.Start(today)) / 7
	return &lines[week%len(lines)], nil
}

// mostStepOf is how many learning goals a step is offered to.
const mostStepOf = 4

// fromBefore adds what was learned before and fits the line, and the learning goals that a step can belong to.
// A program that may not read what was learned gets neither.
func (f *drafting) fromBefore(ctx context.Context, by tandem.Actor, d *Draft) error {
	err := mayRecall(by, f.ws)
	if err != nil {
		return nil
	}
	if d.Kind == coach.Todo {
		learning, err := f.r.Learnings(ctx, f.ws, true, []tandem.GoalState{tandem.Active}, 0, mostStepOf)
		for _, l := range learning {
			d.StepOf = append(d.StepOf, DraftStepOf{l.ID, l.Title, tandem.ActivityTypeOf(d.Text)})
		}
		return err
	}
	if d.Result == nil && d.Learning == nil {
		return nil
	}
	need := library.Need{Text: d.Text}
	if d.Number != nil {
		need.Number, need.Unit = d.Number.Name, d.Number.Unit
	} else if d.Result != nil && d.Result.Number != nil {
		need.Number, need.Unit = d.Result.Number.Name, d.Result.Number.Unit
	}
	if d.Lessons, err = f.a.lessonsBack(ctx, f.r, f.ws, need, 0); err != nil {
		return err
	}
	d.Lessons = slices.DeleteFunc(d.Lessons, func(l tandem.LessonLine) bool { // each once
		return slices.ContainsFunc(d.Suggested, func(s Suggestion) bool { return s.Lesson == l.ID })
	})
	return nil
}
