package app

import (
	"context"

	"tandem"
	"tandem/advise/library"
	"tandem/policy"
)

// A SuggestInput is the result that a learning goal is sought for: a goal, or a text with its number and
// unit where they are known.
type SuggestInput struct {
	Goal   tandem.GoalID
	Text   string
	Number string
	Unit   string
	Beyond bool // leave out what fuels the goal already
}

// A Suggestion is a learning goal for a result, with why.
type Suggestion = library.Suggestion

// How many of the own lessons, the newest, and of the own learning goals are looked at.
const (
	lessonsLooked = 200
	skillsLooked  = 200
)

// SuggestLearning gives at most three learning goals for a result, with a reason each: the next level of a
// skill, a lesson to use again, a technique, a template. What was used or liked most stands first.
func (a *App) SuggestLearning(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, in SuggestInput) (out []Suggestion, err error) {
	defer tandem.Wrap(&err, "suggest learning")
	if err := may(by, policy.Read, policy.Resource{Kind: policy.Learning, Workspace: ws, Owner: by.Person, Visibility: tandem.OnlyMe}); err != nil {
		return nil, err
	}
	r := a.Store.For(by)
	need := library.Need{Text: in.Text, Number: in.Number, Unit: in.Unit}
	if in.Goal != 0 {
		g, err := anyGoal(ctx, r, by, ws, in.Goal, policy.Read, policy.Goal)
		if err != nil {
			return nil, err
		}
		p, ok := g.(tandem.PerformanceGoal)
		if !ok {
			return nil, tandem.Invalid("goal", "needs_result", tandem.Args{"title": g.GoalHead().Title})
		}
		m, err := r.Metric(ctx, ws, p.Metric)
		if err != nil {
			return nil, err
		}
		need.Text, need.Number, need.Unit = p.Title, m.Name, m.Unit
		if err := besides(ctx, r, ws, in, &need); err != nil {
			return nil, err
		}
	}
	if tandem.CleanTitle(need.Text) == "" {
		return nil, tandem.Invalid("text", "title_missing", nil)
	}
	past, person, err := a.past(ctx, r, ws)
	if err != nil {
		return nil, err
	}
	need.Lang, need.Minor = person.Lang, person.AgeBand != tandem.Adult
	return library.Suggest(need, past), nil
}

// besides tells what fuels a result already, so that nothing is proposed that stands beside it.
func besides(ctx context.Context, r Reads, ws tandem.WorkspaceID, in SuggestInput, need *library.Need) error {
	links, err := r.Fuels(ctx, ws)
	if err != nil {
		return err
	}
	for _, f := range links {
		if f.Result != in.Goal {
			continue
		}
		g, err := r.Goal(ctx, ws, f.Learning)
		if tandem.KindOf(err) == tandem.KindNotFound {
			continue
		}
		if err != nil {
			return err
		}
		need.Beside = append(need.Beside, g.GoalHead().Title)
		if in.Beyond {
			need.Linked = append(need.Linked, f.Learning)
		}
	}
	return nil
}

// past gathers what a person has that a learning goal can be made of, in one workspace.
func (a *App) past(ctx context.Context, r Reads, ws tandem.WorkspaceID) (p library.Past, person tandem.Person, err error) {
	if p.Templates, _, person, err = a.templates(ctx, r, ws); err != nil {
		return p, person, err
	}
	if p.Taken, err = r.TakenTemplates(ctx, ws); err != nil {
		return p, person, err
	}
	numbers, err := numbersFueled(ctx, r, ws)
	if err != nil {
		return p, person, err
	}
	liked, err := enjoyed(ctx, r, ws, person.Today(a.Now()))
	if err != nil {
		return p, person, err
	}
	uses, err := useCounts(ctx, r, ws, person.Today(a.Now()))
	if err != nil {
		return p, person, err
	}
	techniques, err := r.Techniques(ctx, ws)
	if err != nil {
		return p, person, err
	}
	used, made := map[tandem.GoalID]int{}, map[tandem.LessonID]bool{}
	for _, t := range techniques {
		u := uses[t.ID]
		used[t.Goal] += u[0]
		made[t.Lesson] = true
		y := library.Technique{ID: t.ID, Name: t.Name, Day: person.Today(t.Created.Time()), State: t.State, Uses: u[0], Helped: u[1], Numbers: numbers[t.Goal]}
		p.Techniques = append(p.Techniques, y)
	}
	learnings, err := r.Learnings(ctx, ws, true, append([]tandem.GoalState{tandem.Released}, openLearning...), 0, skillsLooked)
	if err != nil {
		return p, person, err
	}
	for _, l := range learnings {
		g, err := r.Goal(ctx, ws, l.ID) // with its levels
		if err != nil {
			return p, person, err
		}
		l = g.(tandem.LearningGoal)
		ev, err := r.Evidence(ctx, ws, l.ID)
		if err != nil {
			return p, person, err
		}
		noticed, _ := tandem.LevelNow(ev)
		name := l.Skill
		if name == "" {
			name = l.Title
		}
		p.Skills = append(p.Skills, library.Skill{Goal: l.ID, Name: name, Levels: l.Levels, Noticed: noticed, Numbers: numbers[l.ID], Liked: liked[l.ID], Used: used[l.ID], Open: l.State == tandem.Active})
	}
	lessons, err := r.OwnLessons(ctx, ws, lessonsLooked)
	if err != nil {
		return p, person, err
	}
	for _, l := range lessons {
		y := library.Lesson{ID: l.ID, Goal: l.Goal, Text: l.Text, Day: l.Day, Liked: liked[l.Goal], Taken: made[l.ID]}
		if of := numbers[l.Goal]; len(of) > 0 {
			y.Number = of[0]
		}
		p.Lessons = append(p.Lessons, y)
	}
	return p, person, nil
}

// numbersFueled gives the names of the numbers of each own result, and of the results that each learning
// goal fuels.
func numbersFueled(ctx context.Context, r Reads, ws tandem.WorkspaceID) (map[tandem.GoalID][]string, error) {
	results, err := r.Results(ctx, ws, true, append([]tandem.GoalState{tandem.Closed}, openResults...), tandem.NoDay, 0, mostListed)
	if err != nil {
		return nil, err
	}
	names := map[tandem.GoalID][]string{}
	for _, x := range results {
		names[x.ID] = []string{x.Number.Name}
	}
	links, err := r.Fuels(ctx, ws)
	if err != nil {
		return nil, err
	}
	for _, f := range links {
		names[f.Learning] = append(names[f.Learning], names[f.Result]...)
	}
	return names, nil
}

// enjoyed gives the mean enjoyment of each learning goal's practice in the last two years.
func enjoyed(ctx context.Context, r Reads, ws tandem.WorkspaceID, today tandem.Day) (map[tandem.GoalID]float64, error) {
	ps, err := r.OwnPractices(ctx, ws, today-2*365, today)
	if err != nil {
		return nil, err
	}
	sum, n := map[tandem.GoalID]float64{}, map[tandem.GoalID]float64{}
	for _, p := range ps {
		if p.Enjoyment > 0 {
			sum[p.Goal] += float64(p.Enjoyment)
			n[p.Goal]++
		}
	}
	for g := range sum {
		sum[g] /= n[g]
	}
	return sum, nil
}

// useCounts counts for each technique its uses in the last two years, and those that helped less those that
// did not.
func useCounts(ctx context.Context, r Reads, ws tandem.WorkspaceID, today tandem.Day) (map[tandem.TechniqueID][2]int, error) {
	us, err := r.Uses(ctx, ws, today-2*365, today)
	if err != nil {
		return nil, err
	}
	out := map[tandem.TechniqueID][2]int{}
	for _, u := range us {
		x := out[u.Technique]
		out[u.Technique] = [2]int{x[0] + 1, x[1] + u.Helped}
	}
	return out, nil
}
