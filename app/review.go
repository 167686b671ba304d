package app

import (
	"cmp"
	"context"
	"slices"

	"tandem"
	"tandem/policy"
)

const (
	lookedAtDays = 7  // a review looks at so many days where none came before it
	recentReview = 14 // days within which the last review is where the next one begins
	takenUpDays  = 7  // a review that was left is taken up within so many days
)

// A ReviewView is a review as it is shown: what the week was, each open goal in turn with what was answered so
// far, and what went over what was asked at most.
type ReviewView struct {
	tandem.Review
	Today   tandem.Day       // of the owner
	Last    tandem.Day       // when the review before was finished; NoDay for none
	Back    bool             // after some days of silence
	Entries tandem.Entries   // of the days that it looks at
	Lessons []tandem.Lesson  // of those days, newest first
	Goals   []ReviewGoal     // results by their day, then learning goals by theirs
	Slips   []ReviewSlip     // at-most micro-goals that were exceeded
	Sizes   []ReviewSize     // micro-goals whose half size is offered after time away
	data    reviewed         // what stands in for further queries
	steps   map[int64]string // what was named last time
	micros  []tandem.MicroGoal
}

// A ReviewGoal is one goal in a review. Result or Learning is there once Stand was asked for it and the review
// is not finished.
type ReviewGoal struct {
	Goal     tandem.AnyGoal
	Answer   tandem.ReviewItem
	LastStep string // the small step that the review before named
	Result   *ReviewResult
	Learning *ReviewLearning
}

// A ReviewResult is where a result stands, and how its chance changed since the last review.
type ReviewResult struct {
	Outlook
	Days  int      // with a value, of the days that are looked at
	Sum   float64  // of a total or a rate over those days
	Was   *float64 // the chance that the review before told, nil for none
	Moved *Moved   // what moved it since then; nil for nothing to tell
	Ended bool     // its day has come
}

// A ReviewLearning is where a learning goal stands, and when it is looked at next.
type ReviewLearning struct {
	tandem.LearningGoal
	Noticed   int
	Practices int // days
	Minutes   float64
	Uses      int
	Due       bool       // its day to look again has come
	Next      tandem.Day // the next one, after an answer today
	CanUp     bool       // there is a level above the one aimed at
	Strengths []ReviewStrength
}

// A ReviewStrength is how steady a micro-goal was.
type ReviewStrength struct {
	tandem.MicroGoal
	tandem.Strength
}

// A ReviewSlip is an at-most micro-goal with the days on which it was exceeded, and what set it off.
type ReviewSlip struct {
	tandem.MicroGoal
	Days     []tandem.Day
	Strength tandem.Strength // zero where it is not for the reader
	SetOff   string
}

// reviewed is what a review reads once for all its goals.
type reviewed struct {
	age        tandem.AgeBand
	practices  []tandem.Practice
	uses       []tandem.Use
	techniques []tandem.Technique
	recent     map[tandem.MetricID][]tandem.Observation
}

// OpenReview gives a review of the actor's, the one under way for NoDay. Reading one writes nothing.
func (a *App) OpenReview(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, week tandem.Day) (v ReviewView, err error) {
	defer tandem.Wrap(&err, "open review")
	if err := may(by, policy.Read, reviewsOf(by, ws)); err != nil {
		return v, err
	}
	r := a.Store.For(by)
	if v.Review, v.Today, err = a.reviewOf(ctx, r, by, ws, week); err != nil {
		return v, err
	}
	if err := a.weekOf(ctx, r, &v); err != nil {
		return v, err
	}
	if v.IsDone() {
		return v, wereReviewed(ctx, r, &v)
	}
	facts, err := a.facts(ctx, r, ws)
	if err != nil {
		return v, err
	}
	v.Back = facts.Silence >= silentDays
	return v, openGoals(ctx, r, &v)
}

func reviewsOf(by tandem.Actor, ws tandem.WorkspaceID) policy.Resource {
	return policy.Resource{Kind: policy.Review, Workspace: ws, Owner: by.Person}
}

// reviewOf gives the review of a week as it stands, or as it would begin where it is the one under way.
func (a *App) reviewOf(ctx context.Context, r Reads, by tandem.Actor, ws tandem.WorkspaceID, week tandem.Day) (v tandem.Review, today tandem.Day, err error) {
	if today, err = a.today(ctx, r); err != nil {
		return v, today, err
	}
	if week != tandem.NoDay && week != tandem.PeriodWeek.Start(week) {
		return v, today, tandem.Invalid("week", "review_week", tandem.Args{"week": tandem.PeriodWeek.Start(week).String()})
	}
	newest, err := r.Reviews(ctx, ws, today+1, 2)
	if err != nil {
		return v, today, err
	}
	now := tandem.PeriodWeek.Start(today)
	if len(newest) > 0 && !newest[0].IsDone() && today-newest[0].Day < takenUpDays {
		now = newest[0].Week
	}
	if week == tandem.NoDay {
		week = now
	}
	v, err = r.Review(ctx, ws, week)
	if tandem.KindOf(err) != tandem.KindNotFound || week != now {
		return v, today, err
	}
	v = tandem.Review{Workspace: ws, Owner: by.Person, Week: week, Since: today - lookedAtDays + 1, Day: today, DoneDay: tandem.NoDay, Created: a.now()}
	for _, last := range newest {
		if last.IsDone() && today-last.DoneDay <= recentReview && last.DoneDay < today {
			v.Since = last.DoneDay + 1
			break
		}
	}
	return v, today, nil
}

// weekOf reads what the days of a review were.
func (a *App) weekOf(ctx context.Context, r Reads, v *ReviewView) (err error) {
	ws, to := v.Workspace, v.Today
	if v.IsDone() {
		to = v.DoneDay
	}
	if v.Entries, err = r.Entries(ctx, ws, v.Since, to); err != nil {
		return err
	}
	lessons, err := r.OwnLessons(ctx, ws, 50)
	if err != nil {
		return err
	}
	for _, l := range lessons {
		if l.Day >= v.Since && l.Day <= to {
			v.Lessons = append(v.Lessons, l)
		}
	}
	v.Last, v.steps = tandem.NoDay, map[int64]string{}
	before, err := r.Reviews(ctx, ws, v.Week, 4)
	if err != nil {
		return err
	}
	for _, b := range before {
		if !b.IsDone() {
			continue
		}
		v.Last = b.DoneDay
		last, err := r.Review(ctx, ws, b.Week)
		for _, i := range last.Items {
			v.steps[int64(i.Goal)] = i.Step
		}
		return err
	}
	return nil
}

// wereReviewed gives the goals of a review that is finished.
func wereReviewed(ctx context.Context, r Reads, v *ReviewView) error {
	for _, i := range v.Items {
		if i.Goal == 0 {
			m, err := r.MicroGoal(ctx, v.Workspace, i.Micro)
			if err == nil {
				v.Slips = append(v.Slips, ReviewSlip{MicroGoal: m, SetOff: i.SetOff})
			} else if tandem.KindOf(err) != tandem.KindNotFound {
				return err
			}
			continue
		}
		g, err := r.Goal(ctx, v.Workspace, i.Goal)
		if err != nil {
			return err
		}
		v.Goals = append(v.Goals, ReviewGoal{Goal: g, Answer: i})
	}
	return nil
}

// openGoals gives the goals that a review asks about: the open ones, and those that it has an answer to.
func openGoals(ctx context.Context, r Reads, v *ReviewView) error {
	ws, active := v.Workspace, []tandem.GoalState{tandem.Active}
	results, err := r.Results(ctx, ws, true, active, tandem.NoDay, 0, tandem.MostReviewed)
	if err != nil {
		return err
	}
	learning, err := r.Learnings(ctx, ws, true, active, 0, tandem.MostReviewed)
	if err != nil {
		return err
	}
	slices.SortStableFunc(results, func(a, b tandem.ListedResult) int { return cmp.Compare(a.Deadline, b.Deadline) })
	slices.SortStableFunc(learning, func(a, b tandem.LearningGoal) int { return cmp.Compare(a.ReviewDay, b.ReviewDay) })
	open := map[tandem.GoalID]bool{}
	add := func(g tandem.AnyGoal) {
		id := g.GoalHead().ID
		if open[id] {
			return
		}
		open[id] = true
		x := ReviewGoal{Goal: g, Answer: tandem.ReviewItem{Goal: id, Kind: g.GoalHead().Kind, SeenDay: v.Today}, LastStep: v.steps[int64(id)]}
		if i := v.Item(id); i != nil {
			x.Answer = *i
		}
		v.Goals = append(v.Goals, x)
	}
	for _, x := range results {
		if x.Start <= v.Today {
			add(x.PerformanceGoal)
		}
	}
	for _, l := range learning {
		add(l)
	}
	for _, i := range v.Items {
		if i.Goal != 0 && !open[i.Goal] {
			g, err := r.Goal(ctx, ws, i.Goal)
			if err != nil {
				return err
			}
			add(g)
		}
	}
	return readReviewed(ctx, r, v)
}

// readReviewed reads practice, uses and micro-goals, and finds what went over.
func readReviewed(ctx context.Context, r Reads, v *ReviewView) (err error) {
	ws, d := v.Workspace, &v.data
	if d.practices, err = r.OwnPractices(ctx, ws, v.Since, v.Today); err != nil {
		return err
	}
	if d.uses, err = r.Uses(ctx, ws, v.Since, v.Today); err != nil {
		return err
	}
	if d.techniques, err = r.Techniques(ctx, ws); err != nil {
		return err
	}
	if d.recent, err = r.RecentDays(ctx, ws, tandem.PeriodMonth.Start(min(v.Since, v.Today-tandem.StrengthDays+1))-6); err != nil {
		return err
	}
	if v.micros, err = r.MicroGoals(ctx, ws); err != nil {
		return err
	}
	person, err := r.Person(ctx)
	if err != nil {
		return err
	}
	d.age = person.AgeBand
	for _, m := range v.micros {
		slip := ReviewSlip{MicroGoal: m, Days: m.SlipsOn(v.Since, v.Today, d.recent[m.Metric])}
		if m.CountsDays(d.age) {
			slip.Strength = m.StrengthOn(v.Today, d.recent[m.Metric])
		}
		if i := v.Slip(m.ID); i != nil {
			slip.SetOff = i.SetOff
		}
		if len(slip.Days) > 0 {
			v.Slips = append(v.Slips, slip)
		}
	}
	v.Sizes, err = sizesOffered(ctx, r, v)
	return err
}

// Stand works out where the goal at a place of an open review stands.
func (a *App) Stand(ctx context.Context, by tandem.Actor, v *ReviewView, place int) (err error) {
	defer tandem.Wrap(&err, "where a goal stands")
	x := &v.Goals[place]
	switch g := x.Goal.(type) {
	case tandem.PerformanceGoal:
		x.Result, err = a.standResult(ctx, by, v, g)
	case tandem.LearningGoal:
		x.Learning, err = a.standLearning(ctx, by, v, g)
	}
	return err
}

func (a *App) standResult(ctx context.Context, by tandem.Actor, v *ReviewView, g tandem.PerformanceGoal) (*ReviewResult, error) {
	r := a.Store.For(by)
	o, err := a.Outlook(ctx, by, g.Workspace, g.ID)
	if err != nil {
		return nil, err
	}
	x := &ReviewResult{Outlook: o, Ended: g.Deadline < v.Today}
	for _, d := range o.Days {
		if d.Day >= v.Since {
			x.Days++
			x.Sum += d.Value
		}
	}
	last, err := r.LastSaid(ctx, g.Workspace, v.Week, g.ID)
	if err != nil || last == nil {
		return x, err
	}
	x.Was = last.Chance
	person, err := r.Person(ctx)
	if err != nil {
		return x, err
	}
	x.Moved, err = a.movedFrom(ctx, r, person, o, last)
	return x, err
}

func (a *App) standLearning(ctx context.Context, by tandem.Actor, v *ReviewView, g tandem.LearningGoal) (*ReviewLearning, error) {
	evidence, err := a.Store.For(by).Evidence(ctx, g.Workspace, g.ID)
	if err != nil {
		return nil, err
	}
	x := &ReviewLearning{LearningGoal: g, Due: g.ReviewDay == tandem.NoDay || g.ReviewDay <= v.Today, Next: v.Today + untilNextLook(g, v.Today)}
	x.Noticed, _ = tandem.LevelNow(evidence)
	levels := len(g.Levels)
	if levels == 0 {
		levels = 8
	}
	x.CanUp = max(g.Aim, x.Noticed)+1 <= levels
	days := map[tandem.Day]bool{}
	for _, p := range v.data.practices {
		if p.Goal == g.ID {
			days[p.Day] = true
			x.Minutes += p.Minutes
		}
	}
	x.Practices = len(days)
	for _, u := range v.data.uses {
		if slices.ContainsFunc(v.data.techniques, func(t tandem.Technique) bool { return t.ID == u.Technique && t.Goal == g.ID }) {
			x.Uses++
		}
	}
	for _, m := range v.micros {
		if m.Goal == g.ID && m.CountsDays(v.data.age) {
			x.Strengths = append(x.Strengths, ReviewStrength{m, m.StrengthOn(v.Today, v.data.recent[m.Metric])})
		}
	}
	return x, nil
}

// ListReviews gives the actor's reviews, newest first, at most limit.
func (a *App) ListReviews(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, limit int) (all []tandem.Review, err error) {
	defer tandem.Wrap(&err, "list reviews")
	if err := may(by, policy.Read, reviewsOf(by, ws)); err != nil {
		return nil, err
	}
	return a.Store.For(by).Reviews(ctx, ws, 1<<30, limit)
}

// nextSteps gives the small steps that the newest finished review named, of goals that are open, for two weeks
// after it.
func nextSteps(ctx context.Context, r Reads, ws tandem.WorkspaceID, d dayData) (out []NextStep, err error) {
	newest, err := r.Reviews(ctx, ws, d.today+1, 2)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(newest, func(v tandem.Review) bool { return v.IsDone() && d.today-v.DoneDay <= recentReview })
	if i < 0 {
		return nil, nil
	}
	v, err := r.Review(ctx, ws, newest[i].Week)
	add := func(g tandem.Goal) {
		if x := v.Item(g.ID); x != nil && x.Step != "" {
			out = append(out, NextStep{Goal: g.ID, Title: g.Title, Step: x.Step})
		}
	}
	for _, x := range d.results {
		add(x.Goal)
	}
	for _, l := range d.learning {
		add(l.Goal)
	}
	return out, err
}

// LastFriday gives the newest Friday up to a day.
func LastFriday(d tandem.Day) tandem.Day { return d - tandem.Day((int(d.Weekday())+2)%7) }
