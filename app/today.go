package app

import (
	"context"
	"slices"
	"strings"

	"tandem"
	"tandem/policy"
)

// silentDays is how many days without an entry are greeted with "Back again." and one small thing.
const silentDays = 5

// usesShown is how many days back Today looks at uses.
const usesShown = 90

// mostDue bounds the list of things to do; the rest stand on the page of goals.
const mostDue = 12

// A TodayItem is one thing to do today. What stands beside Kind depends on it: "close" and "log" have
// Result, "practice" and "lesson" Learning, "tick" Micro, "milestone" Milestone, "activity" Activity.
type TodayItem struct {
	Kind       string               `json:"kind"`
	Result     *tandem.ListedResult `json:"result,omitempty"`
	Sum        float64              `json:"sum,omitempty"`    // so far: of the total, or of the rate's period under way
	Period     tandem.Period        `json:"period,omitempty"` // in which it is counted; "" since the start
	Today      bool                 `json:"today,omitempty"`  // something was logged today
	Parts      []PartToLog          `json:"parts,omitempty"`  // of a ratio: what is logged in its place
	Techniques []tandem.Technique   `json:"techniques,omitempty"`
	Learning   *tandem.LearningGoal `json:"learning,omitempty"`
	Practice   *tandem.Practice     `json:"practice,omitempty"` // the one that the lesson is asked about
	Micro      *MicroGoalTally      `json:"micro,omitempty"`
	Strength   *tandem.Strength     `json:"strength,omitempty"` // of a micro-goal of at most so many: days within it, of the last 28
	Milestone  *tandem.Milestone    `json:"milestone,omitempty"`
	Activity   *TodayActivity       `json:"activity,omitempty"`
	AskSetOff  bool                 `json:"ask_set_off,omitempty"` // it went over what it asks at most today, and nothing says yet what set it off
}

// A PartToLog is a part of a ratio, with what it came to in the period under way.
type PartToLog struct {
	Part   string        `json:"part"` // "numerator" or "denominator"
	Number tandem.Metric `json:"number"`
	Sum    float64       `json:"sum"`
	Today  bool          `json:"today,omitempty"` // something was logged today
}

// A TodayResult is a result with the use of what was learned for it.
type TodayResult struct {
	tandem.ListedResult
	Uses      []tandem.Day    `json:"uses"`       // of the last 90 days
	UsesMonth int             `json:"uses_month"` // of the last 30
	FuelledBy []tandem.GoalID `json:"fuelled_by"`
}

// Coming is something that comes up.
type Coming struct {
	Day   tandem.Day    `json:"day"`
	Kind  string        `json:"kind"` // "deadline", "look_again", "milestone", "activity" or "certificate"
	Title string        `json:"title"`
	Goal  tandem.GoalID `json:"goal"`
}

// A PracticeWeek is this week's practice on one learning goal.
type PracticeWeek struct {
	Goal  tandem.GoalID `json:"goal"`
	Title string        `json:"title"`
	Days  []tandem.Day  `json:"days"`
	Asked float64       `json:"asked,omitempty"` // days asked by its micro-goal; 0 none
}

// A TodayView is a person's day in one workspace: next steps, results and what fuels them, what comes up.
type TodayView struct {
	Today    tandem.Day            `json:"today"`
	FirstDay bool                  `json:"first_day"`
	Back     bool                  `json:"back"` // after some days of silence
	Items    []TodayItem           `json:"items"`
	Results  []TodayResult         `json:"results"`
	Learning []tandem.LearningGoal `json:"learning"`
	Coming   []Coming              `json:"coming"`
	Weeks    []PracticeWeek        `json:"weeks"`
	Unused   []tandem.Technique    `json:"unused"`           // learned, not yet used
	Lesson   *tandem.LessonLine    `json:"lesson,omitempty"` // of before, that waits to be used; where no technique does
	Pilots   []TodayPilot          `json:"pilots"`           // that are under way, or over and not decided
	Steps    []NextStep            `json:"steps"`            // that the last review named, for two weeks
	Review   *ReviewWaiting        `json:"review,omitempty"` // one that waits, of those met before
	Trials   []TodayTrial          `json:"trials"`           // light trials that were used, or that are over and not decided
	Asked    []tandem.Feedback     `json:"asked"`            // feedback that others ask for, and waits
	Said     []tandem.Feedback     `json:"said"`             // feedback on the own work that was not read yet
	Facts    tandem.Facts          `json:"-"`
}

// A TodayPilot is what chance drew for today in a pilot.
type TodayPilot struct {
	Pilot     tandem.PilotID     `json:"pilot"`
	Technique tandem.TechniqueID `json:"technique"`
	Name      string             `json:"name"`
	Stepped   bool               `json:"stepped"`
	Over      bool               `json:"over"`  // it can be looked at and decided
	With      bool               `json:"with"`  // today is with the technique
	Until     tandem.Day         `json:"until"` // last day of the block, or of a stepped start
	Week      bool               `json:"week"`  // the block is a week from Monday on
	Begun     int                `json:"begun"` // numbers on which a stepped start has begun
	Numbers   int                `json:"numbers"`
}

// A NextStep is the small step that the last review named for a goal.
type NextStep struct {
	Goal  tandem.GoalID `json:"goal"`
	Title string        `json:"title"`
	Step  string        `json:"step"`
}

// day is everything that Today looks at, read with a constant number of queries.
type dayData struct {
	person    tandem.Person
	today     tandem.Day
	results   []tandem.ListedResult
	learning  []tandem.LearningGoal
	fuels     []tandem.Fuels
	recent    map[tandem.MetricID][]tandem.Observation
	parts     map[tandem.MetricID]tandem.Metric // of ratios
	practices []tandem.Practice
	uses      []tandem.Use
	technique []tandem.Technique
	micros    []tandem.MicroGoal
	steps     []tandem.Milestone
	facts     tandem.Facts

	activities []TodayActivity
}

// Today gives the actor's day in a workspace.
func (a *App) Today(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID) (v TodayView, err error) {
	defer tandem.Wrap(&err, "today")
	if err := may(by, policy.Read, policy.Resource{Kind: policy.Today, Workspace: ws, Owner: by.Person}); err != nil {
		return v, err
	}
	r := a.Store.For(by)
	d, err := a.readDay(ctx, r, ws)
	if err != nil {
		return v, err
	}
	v = TodayView{Today: d.today, FirstDay: d.today == d.facts.FirstDay, Back: d.facts.Silence >= silentDays, Learning: d.learning, Facts: d.facts}
	v.Items = d.items()
	for i, x := range v.Items {
		if x.Micro == nil {
			continue
		}
		if v.Items[i].AskSetOff, err = asksSetOff(ctx, r, ws, x.Micro.MicroGoal, x.Micro.Tally, d.today); err != nil {
			return v, err
		}
	}
	v.Results = d.listed()
	v.Coming = d.coming()
	v.Weeks = d.weeks()
	if v.Unused, err = unused(ctx, r, ws, d); err != nil {
		return v, err
	}
	if v.Pilots, err = pilotsToday(ctx, r, ws, d); err != nil {
		return v, err
	}
	if v.Review, err = reviewWaiting(ctx, r, ws, d.today); err != nil {
		return v, err
	}
	v.Trials = d.trials(v.Pilots)
	if v.Asked, v.Said, err = a.feedbackToday(ctx, r, by); err != nil {
		return v, err
	}
	if v.Steps, err = nextSteps(ctx, r, ws, d); err != nil {
		return v, err
	}
	v.Unused = slices.DeleteFunc(v.Unused, func(t tandem.Technique) bool { // chance says when it is used
		return slices.ContainsFunc(v.Pilots, func(p TodayPilot) bool { return p.Technique == t.ID })
	})
	if len(v.Unused) == 0 {
		v.Lesson, err = unusedLesson(ctx, r, ws, d.today)
	}
	return v, err
}

// unused gives the techniques that are being tried and were never used since. Uses older than those of the
// day's data are asked for only where something has been tried for that long.
func unused(ctx context.Context, r Reads, ws tandem.WorkspaceID, d dayData) (out []tandem.Technique, err error) {
	since := d.today
	for _, t := range d.technique {
		if t.State == tandem.Trying && !used(d.uses, t) {
			out, since = append(out, t), min(since, t.Since)
		}
	}
	if since >= d.today-usesShown {
		return out, nil
	}
	older, err := r.Uses(ctx, ws, since, d.today-usesShown-1)
	return slices.DeleteFunc(out, func(t tandem.Technique) bool { return used(older, t) }), err
}

func used(uses []tandem.Use, t tandem.Technique) bool {
	return slices.ContainsFunc(uses, func(u tandem.Use) bool { return u.Technique == t.ID })
}

func (a *App) readDay(ctx context.Context, r Reads, ws tandem.WorkspaceID) (d dayData, err error) {
	if d.person, err = r.Person(ctx); err != nil {
		return d, err
	}
	d.today = d.person.Today(a.Now())
	active := []tandem.GoalState{tandem.Active}
	if d.results, err = r.Results(ctx, ws, true, active, tandem.NoDay, 0, mostListed); err != nil {
		return d, err
	}
	if d.learning, err = r.Learnings(ctx, ws, true, active, 0, mostListed); err != nil {
		return d, err
	}
	if d.fuels, err = r.Fuels(ctx, ws); err != nil {
		return d, err
	}
	if d.micros, err = r.MicroGoals(ctx, ws); err != nil {
		return d, err
	}
	from := min(tandem.PeriodMonth.Start(d.today), tandem.PeriodWeek.Start(d.today))
	for _, m := range d.micros {
		if m.AtMost {
			from = min(from, m.Period.Start(d.today-tandem.StrengthDays+1))
		}
	}
	for _, x := range d.results {
		if x.Number.ByPeriods() {
			from = min(from, x.Number.Period.Start(d.today))
		}
		if x.Number.IsRatio() && d.parts == nil {
			if d.parts, err = r.Parts(ctx, ws); err != nil {
				return d, err
			}
		}
	}
	if d.recent, err = r.RecentDays(ctx, ws, from); err != nil {
		return d, err
	}
	if d.practices, err = r.OwnPractices(ctx, ws, d.today-27, d.today); err != nil {
		return d, err
	}
	if d.uses, err = r.Uses(ctx, ws, d.today-usesShown, d.today); err != nil {
		return d, err
	}
	if d.technique, err = r.Techniques(ctx, ws); err != nil {
		return d, err
	}
	if d.steps, err = r.OwnMilestones(ctx, ws); err != nil {
		return d, err
	}
	if err := d.readActivities(ctx, r, ws); err != nil {
		return d, err
	}
	d.facts, err = a.facts(ctx, r, ws)
	return d, err
}

// items gives what there is to do: what waits longest first, then practice, numbers, steps.
func (d dayData) items() (out []TodayItem) {
	for i, x := range d.results {
		if x.Deadline < d.today {
			out = append(out, TodayItem{Kind: "close", Result: &d.results[i]})
		}
	}
	out = append(out, d.lessonItem()...)
	out = append(out, d.practiceItems()...)
	for i, x := range d.results {
		if x.Deadline >= d.today && x.Start <= d.today {
			out = append(out, d.logItem(&d.results[i]))
		}
	}
	for i, s := range d.steps {
		if s.Due != tandem.NoDay && s.Due <= d.today+7 {
			out = append(out, TodayItem{Kind: "milestone", Milestone: &d.steps[i]})
		}
	}
	out = append(out, d.activityItems()...)
	// What is done stands below what is open.
	slices.SortStableFunc(out, func(a, b TodayItem) int { return rank(a) - rank(b) })
	if len(out) > mostDue {
		out = out[:mostDue]
	}
	return out
}

func rank(i TodayItem) int {
	if i.Today || i.Micro != nil && i.Micro.Tally.Today && !i.Micro.AtMost {
		return 1
	}
	return 0
}

// logItem offers a result's number with the techniques of the learning goals that fuel it.
func (d dayData) logItem(x *tandem.ListedResult) TodayItem {
	item := TodayItem{Kind: "log", Result: x}
	m := x.Number
	since := x.Start
	if m.ByPeriods() {
		item.Period = m.Period
		since = m.Period.Start(d.today)
	} else if m.Form == tandem.FormTotal && x.Start == tandem.PeriodMonth.Start(d.today) {
		item.Period = tandem.PeriodMonth
	}
	for _, o := range d.recent[x.Metric] {
		if o.State == tandem.StateValue && o.Day >= since {
			item.Sum += o.Value
		}
		item.Today = item.Today || o.Day == d.today
	}
	if m.IsRatio() {
		item.Parts = d.partsToLog(m)
		item.Today = len(item.Parts) == 2 && item.Parts[0].Today && item.Parts[1].Today
	}
	if m.Form == tandem.FormTotal {
		if x.Snapshot != nil && x.Snapshot.DataVersion == m.DataVersion {
			item.Sum = x.Snapshot.Now
		} else {
			item.Sum += x.SoFar
		}
	}
	fuels := map[tandem.GoalID]bool{}
	for _, f := range d.fuels {
		if f.Result == x.ID {
			fuels[f.Learning] = true
		}
	}
	for _, t := range d.technique {
		if fuels[t.Goal] && (t.State == tandem.Trying || t.State == tandem.Kept || t.State == tandem.Adapted) {
			item.Techniques = append(item.Techniques, t)
		}
	}
	return item
}

// partsToLog gives the parts of a ratio with what they came to in its period under way.
func (d dayData) partsToLog(m tandem.Metric) (out []PartToLog) {
	for i, id := range []tandem.MetricID{m.Numerator, m.Denominator} {
		n, known := d.parts[id]
		if !known {
			continue
		}
		p := PartToLog{Part: [...]string{"numerator", "denominator"}[i], Number: n}
		for _, o := range d.recent[id] {
			if o.State == tandem.StateValue && o.Day >= m.Period.Start(d.today) {
				p.Sum += o.Value
			}
			p.Today = p.Today || o.Day == d.today
		}
		out = append(out, p)
	}
	return out
}

// practiceItems offers micro-goals, and practice on learning goals that have none.
func (d dayData) practiceItems() (out []TodayItem) {
	covered := map[tandem.GoalID]bool{}
	for _, m := range d.micros {
		t := MicroGoalTally{m, m.TallyOn(d.today, d.recent[m.Metric])}
		item := TodayItem{Kind: "tick", Micro: &t}
		for i, l := range d.learning {
			if l.ID == m.Goal {
				item.Kind, item.Learning = "practice", &d.learning[i]
			}
		}
		if item.Learning == nil && m.Goal != 0 {
			continue // its learning goal rests
		}
		if m.AtMost { // is counted, and no practice
			item.Kind, item.Learning = "tick", nil
			if m.CountsDays(d.person.AgeBand) {
				s := m.StrengthOn(d.today, d.recent[m.Metric])
				item.Strength = &s
			}
		} else {
			covered[m.Goal] = true
		}
		if !m.Rests(d.today) || t.Tally.Today {
			out = append(out, item)
		}
	}
	for i, l := range d.learning {
		if !covered[l.ID] {
			done := slices.ContainsFunc(d.practices, func(p tandem.Practice) bool { return p.Goal == l.ID && p.Day == d.today })
			out = append(out, TodayItem{Kind: "practice", Learning: &d.learning[i], Today: done})
		}
	}
	return out
}

// lessonItem asks what the newest practice of the last three days taught, if nothing was said yet.
func (d dayData) lessonItem() []TodayItem {
	for i := len(d.practices) - 1; i >= 0; i-- {
		p := d.practices[i]
		if d.today-p.Day > 2 {
			break
		}
		if strings.TrimSpace(p.Reflection) != "" {
			return nil
		}
		for j, l := range d.learning {
			if l.ID == p.Goal {
				return []TodayItem{{Kind: "lesson", Learning: &d.learning[j], Practice: &d.practices[i]}}
			}
		}
	}
	return nil
}

// listed gives the results with the uses of what was learned for them.
func (d dayData) listed() (out []TodayResult) {
	goal := map[tandem.TechniqueID]tandem.GoalID{}
	for _, t := range d.technique {
		goal[t.ID] = t.Goal
	}
	for _, x := range d.results {
		r := TodayResult{ListedResult: x}
		for _, f := range d.fuels {
			if f.Result == x.ID {
				r.FuelledBy = append(r.FuelledBy, f.Learning)
			}
		}
		for _, u := range d.uses {
			if x.Number.MadeFrom(u.Metric) || u.Metric == 0 && slices.Contains(r.FuelledBy, goal[u.Technique]) {
				r.Uses = append(r.Uses, u.Day)
				if d.today-u.Day < 30 {
					r.UsesMonth++
				}
			}
		}
		out = append(out, r)
	}
	return out
}

// coming gives what comes up in the next four weeks, at most five.
func (d dayData) coming() (out []Coming) {
	add := func(day tandem.Day, kind, title string, goal tandem.GoalID) {
		if day != tandem.NoDay && day >= d.today && day <= d.today+28 {
			out = append(out, Coming{Day: day, Kind: kind, Title: title, Goal: goal})
		}
	}
	for _, x := range d.results {
		add(x.Deadline, "deadline", x.Title, x.ID)
	}
	for _, l := range d.learning {
		add(l.ReviewDay, "look_again", l.Title, l.ID)
	}
	for _, s := range d.steps {
		add(s.Due, "milestone", s.Title, s.Goal)
	}
	d.activitiesComing(add)
	slices.SortStableFunc(out, func(a, b Coming) int { return int(a.Day - b.Day) })
	return out[:min(len(out), 5)]
}

// weeks gives this week's practice, for each learning goal that was practised or has a micro-goal. Where a
// micro-goal asks for days, the days are those that it counts: one page never says two tallies of one thing.
func (d dayData) weeks() (out []PracticeWeek) {
	monday := tandem.PeriodWeek.Start(d.today)
	for _, l := range d.learning {
		w := PracticeWeek{Goal: l.ID, Title: l.Title}
		for _, p := range d.practices {
			if p.Goal == l.ID && p.Day >= monday && !slices.Contains(w.Days, p.Day) {
				w.Days = append(w.Days, p.Day)
			}
		}
		for _, m := range d.micros {
			if m.Goal == l.ID && m.Period == tandem.PeriodWeek && m.Amount > 0 {
				w.Asked, w.Days = m.Times, m.TallyOn(d.today, d.recent[m.Metric]).DoneDays
			}
		}
		if len(w.Days) > 0 || w.Asked > 0 {
			out = append(out, w)
		}
	}
	return out
}
