package web

import (
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"tandem"
	"tandem/app"
	"tandem/i18n"
	"tandem/web/ui"
)

// The stops of a review that are no goals.
const (
	stopWeek   = "week"
	stopSlips  = "slips"
	stopLesson = "lesson"
	stopSteps  = "steps"
)

// mostPast is how many reviews the list of past ones holds.
const mostPast = 60

// A reviewView is one screen of a review.
type reviewView struct {
	app.ReviewView
	At    string   // the stop that is open: a name above, or the id of a goal
	Stops []string // all of them, in their order
	Offer *offerView
}

// place gives where a stop comes, -1 for one that there is not.
func (v reviewView) place(at string) int { return slices.Index(v.Stops, at) }

// after gives the stop after one.
func (v reviewView) after(at string) string {
	if i := v.place(at) + 1; i < len(v.Stops) {
		return v.Stops[i]
	}
	return stopSteps
}

// goal gives the place of the goal that is open, -1 for none.
func (v reviewView) goal() int {
	return slices.IndexFunc(v.Goals, func(g app.ReviewGoal) bool { return g.Goal.GoalHead().ID.String() == v.At })
}

// size gives the place of the micro-goal that is open, -1 for none.
func (v reviewView) size() int {
	return slices.IndexFunc(v.Sizes, func(x app.ReviewSize) bool { return x.ID.String() == v.At })
}

// lastSize gives a stop itself where it is one of a micro-goal's size.
func (v reviewView) lastSize(at string) string {
	for _, x := range v.Sizes {
		if x.ID.String() == at {
			return at
		}
	}
	return stopWeek
}

// section gives which of the five steps a stop belongs to, from 1.
func (v reviewView) section(at string) int {
	switch at {
	case stopWeek, stopSlips, v.lastSize(at):
		return 1
	case stopLesson:
		return 3
	case stopSteps:
		return 4
	}
	return 2
}

// openGoals are the goals whose next step is asked for.
func (v reviewView) openGoals() (out []app.ReviewGoal) {
	for _, g := range v.Goals {
		if g.Goal.GoalHead().State == tandem.Active {
			out = append(out, g)
		}
	}
	return out
}

// first gives where a review that was left is taken up.
func (v reviewView) first() string {
	if v.Version == 0 {
		return stopWeek
	}
	for _, g := range v.Goals {
		if g.Answer.Choice == tandem.ReviewOpen {
			return g.Goal.GoalHead().ID.String()
		}
	}
	if v.Lesson == "" {
		return stopLesson
	}
	return stopSteps
}

// review reads the review under way, at the stop that is asked for.
func (c *call) review(at string) (v reviewView, err error) {
	if v.ReviewView, err = c.s.App.OpenReview(c.ctx(), c.Actor, c.Space, tandem.NoDay); err != nil || v.IsDone() {
		return v, err
	}
	v.Stops = []string{stopWeek}
	if len(v.Slips) > 0 {
		v.Stops = append(v.Stops, stopSlips)
	}
	for _, x := range v.Sizes {
		v.Stops = append(v.Stops, x.ID.String())
	}
	for _, g := range v.Goals {
		v.Stops = append(v.Stops, g.Goal.GoalHead().ID.String())
	}
	v.Stops = append(v.Stops, stopLesson, stopSteps)
	if v.At = at; v.place(at) < 0 {
		v.At = v.first()
	}
	if i := v.goal(); i >= 0 {
		err = c.s.App.Stand(c.ctx(), c.Actor, &v.ReviewView, i)
	}
	return v, err
}

func (c *call) reviewPageView() pageView {
	return pageView{Title: c.T("review.title"), Current: "review", Spaces: true, Back: ui.ReviewURL("")}
}

func getReview(_ *Server, c *call) error {
	v, err := c.review(c.R.URL.Query().Get("at"))
	if err != nil {
		return err
	}
	if v.IsDone() {
		if v.Offer, err = c.reviewOffer(); err != nil {
			return err
		}
		return c.page(c.reviewPageView(), reviewDonePage(c, v))
	}
	return c.page(c.reviewPageView(), reviewPage(c, c.fresh(), v))
}

// postReview keeps what a screen asked and leads to the next one.
func postReview(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	v, err := c.review(f.text("at"))
	if err != nil {
		return err
	}
	if v.IsDone() {
		return c.redirect(ui.ReviewURL(""), nil)
	}
	in, err := c.reviewInput(f, v)
	if err != nil {
		return err
	}
	if f.ok() {
		_, err = s.App.SaveReview(c.ctx(), c.Actor, c.Space, v.Week, in)
		if err == nil && f.text("do") == "finish" {
			_, err = s.App.FinishReview(c.ctx(), c.Actor, c.Space, v.Week)
		}
		if err := f.take(err); err != nil {
			return err
		}
	}
	switch {
	case !f.ok():
		return c.refused(c.reviewPageView(), reviewPage(c, f, v))
	case f.text("do") == "finish":
		return c.redirect(ui.ReviewURL(""), nil)
	case f.text("do") == "leave":
		return c.redirect(ui.TodayURL(), &toast{Key: "toast.review_kept"})
	}
	return c.redirect(ui.ReviewURL(v.after(v.At)), nil)
}

// reviewInput reads what a screen sends.
func (c *call) reviewInput(f *form, v reviewView) (in app.ReviewInput, err error) {
	switch i := v.goal(); {
	case i >= 0:
		a := app.ReviewAnswer{Goal: v.Goals[i].Goal.GoalHead().ID, Choice: tandem.ReviewChoice(f.text("choice")), Why: f.text("why")}
		if a.Choice == tandem.ReviewChange {
			a.Deadline = f.day("deadline")
			if r := v.Goals[i].Result; r != nil && r.Metric.Direction == tandem.Within {
				a.TargetLo, a.TargetHi = f.optional("target_lo"), f.optional("target_hi")
			} else {
				a.Target = f.optional("target")
			}
		}
		in.Answers = []app.ReviewAnswer{a}
	case v.size() >= 0:
		in.Answers = []app.ReviewAnswer{{Micro: v.Sizes[v.size()].ID, Choice: tandem.ReviewChoice(f.text("choice"))}}
	case v.At == stopSlips:
		for _, x := range v.Slips {
			words := f.text("set_off." + x.ID.String())
			in.Answers = append(in.Answers, app.ReviewAnswer{Micro: x.ID, SetOff: &words})
		}
	case v.At == stopLesson:
		text := f.text("lesson")
		in.Lesson = &text
		if id := f.text("lesson_goal"); id != "" {
			in.LessonGoal, err = tandem.ParseID[tandem.GoalID](id)
		}
	case v.At == stopSteps:
		for _, g := range v.openGoals() {
			words := f.text("step." + g.Goal.GoalHead().ID.String())
			in.Answers = append(in.Answers, app.ReviewAnswer{Goal: g.Goal.GoalHead().ID, Step: &words})
		}
	}
	return in, err
}

func getReviews(s *Server, c *call) error {
	all, err := s.App.ListReviews(c.ctx(), c.Actor, c.Space, mostPast)
	if err != nil {
		return err
	}
	periods, err := s.App.ListPeriodReviews(c.ctx(), c.Actor, c.Space, mostPast)
	if err != nil {
		return err
	}
	return c.page(pageView{Title: c.T("review.past"), Current: "review", Spaces: true}, reviewsPage(c, all, periods))
}

func getPastReview(s *Server, c *call) error {
	week, err := tandem.ParseDay(c.R.PathValue("week"))
	if err != nil {
		return tandem.NotFound("review")
	}
	v, err := s.App.OpenReview(c.ctx(), c.Actor, c.Space, week)
	if err != nil {
		return err
	}
	if v.Version == 0 {
		return tandem.NotFound("review")
	}
	return c.page(pageView{Title: c.reviewDays(v.Review), Current: "review"}, pastReviewPage(c, v))
}

// reviewDays names the days of a review.
func (c *call) reviewDays(r tandem.Review) string {
	to := r.Day
	if r.IsDone() {
		to = r.DoneDay
	}
	return c.T("review.days", tandem.Args{"from": c.near(r.Since), "to": c.near(to)})
}

// reviewMinutes is about how long a review takes, in minutes.
func reviewMinutes(goals int) int { return 1 + (3*goals+9)/10 }

func (c *call) reviewEyebrow() string {
	y, m, d := c.Today.Date()
	_, week := time.Date(y, m, d, 0, 0, 0, 0, time.UTC).ISOWeek()
	return c.T("review.eyebrow", tandem.Args{"day": c.Lang.DateWeekday(c.Today), "week": week})
}

// A countRow is one thing that was entered, with how much.
type countRow struct{ What, Much string }

// weekRows says what the days were: numbers, and nothing of days without any.
func (c *call) weekRows(e tandem.Entries) (out []countRow) {
	add := func(n int, key string, args tandem.Args) {
		if n > 0 {
			args["n"] = n
			out = append(out, countRow{c.T(key), c.T(key+"_n", args)})
		}
	}
	add(e.Values, "review.values", tandem.Args{})
	add(e.Practices, "review.practice", tandem.Args{"time": c.Lang.Minutes(e.Minutes)})
	add(e.Uses, "review.uses", tandem.Args{})
	add(e.Lessons, "review.lessons", tandem.Args{})
	return out
}

// weekSub is what stands under the first step.
func (c *call) weekSub(v reviewView) string {
	if v.Entries.All() == 0 {
		return c.reviewDays(v.Review)
	}
	return c.T("review.week_sub", tandem.Args{"n": v.Entries.All()})
}

// goalsSub says how many goals are answered.
func (c *call) goalsSub(v reviewView) string {
	n := 0
	for _, g := range v.Goals {
		if g.Answer.Choice != tandem.ReviewOpen {
			n++
		}
	}
	return c.T("review.goals_sub", tandem.Args{"n": n, "of": len(v.Goals)})
}

// resultStands says where a result stands, in numbers.
func (c *call) resultStands(r app.ReviewResult) string {
	m, args := r.Metric, tandem.Args{"target": c.target(r.Goal, r.Metric), "date": c.near(r.Goal.Deadline), "n": r.Days}
	s := r.Snapshot(0)
	if s.Values == 0 {
		return c.T("review.stands_none", args)
	}
	args["value"] = c.along(r.Goal, m, s.Now)
	words := c.T("review.stands", args)
	switch {
	case r.Days == 0:
	case m.Form == tandem.FormTotal || m.Form == tandem.FormRate:
		args["sum"] = c.exact(m, r.Sum)
		words += " " + c.T("review.stands_sum", args)
	case !m.IsRatio():
		words += " " + c.T("review.stands_days", args)
	}
	return words
}

// resultChance says the chance, and where one was told at the last review, how it was then; nothing of it
// where it is steep.
func (c *call) resultChance(r app.ReviewResult, last tandem.Day) string {
	f := r.Forecast
	if !r.IsOpen() || f.N < 3 {
		return ""
	}
	chance := finite(f.Chance)
	if chance == nil {
		return ""
	}
	if *chance < 1.0/3 {
		return c.T("num.steep") + ": " + c.T("num.steep_sub")
	}
	words, _ := c.chanceWords(chance, f.N)
	if words == "" {
		return ""
	}
	out := c.T("review.chance", tandem.Args{"chance": words})
	if r.Was != nil && *r.Was >= 1.0/3 && f.N >= 5 {
		was, _ := c.chanceWords(r.Was, f.N)
		key := "review.chance_was"
		if was == words {
			key = "review.chance_same"
		}
		out += " " + c.T(key, tandem.Args{"date": c.near(last), "chance": was})
	}
	return out
}

// learningStands says what was done on a learning goal, in numbers.
func (c *call) learningStands(l app.ReviewLearning) string {
	words := ""
	add := func(s string) {
		if words != "" {
			words += " "
		}
		words += s
	}
	if l.Practices > 0 {
		add(c.T("review.practised", tandem.Args{"n": l.Practices, "time": c.Lang.Minutes(l.Minutes)}))
	}
	if l.Uses > 0 {
		add(c.T("review.used", tandem.Args{"n": l.Uses}))
	}
	if l.Noticed > 0 {
		add(c.T("review.level", tandem.Args{"n": l.Noticed}))
	}
	if l.Due {
		add(c.T("review.look_due"))
	} else {
		add(c.T("review.look_on", tandem.Args{"date": c.near(l.ReviewDay)}))
	}
	return words
}

// strengthWords says how steady a micro-goal was.
func (c *call) strengthWords(title string, s tandem.Strength) string {
	return strings.TrimSpace(c.T("review.strength", tandem.Args{"title": title, "n": s.Done, "of": s.Of}))
}

// slipWords says on which days an at-most micro-goal was exceeded.
func (c *call) slipWords(x app.ReviewSlip) string {
	days := ""
	for i, d := range x.Days {
		if i > 0 {
			days += ", "
		}
		days += c.Lang.Weekday(d.Weekday())
	}
	return c.T("review.slip_days", tandem.Args{"days": days, "limit": c.num(x.Times, i18n.Auto)})
}

// lessonGoals are the goals that a lesson can lie with, the one of the newest practice or value first chosen.
func (c *call) lessonGoals(f *form, v reviewView) (out []ui.Option) {
	chosen := f.keep("lesson_goal", "")
	if chosen == "" && v.LessonGoal != 0 {
		chosen = v.LessonGoal.String()
	}
	if chosen == "" {
		for _, g := range v.Goals {
			if g.Answer.Kind == tandem.KindLearning {
				chosen = g.Goal.GoalHead().ID.String()
				break
			}
		}
	}
	for _, g := range v.Goals {
		id := g.Goal.GoalHead().ID.String()
		out = append(out, ui.Option{Value: id, Label: g.Goal.GoalHead().Title, On: id == chosen})
	}
	return out
}

// answerWords says what was chosen for a goal, "" for nothing.
func (c *call) answerWords(i tandem.ReviewItem) string {
	if i.Choice == tandem.ReviewOpen {
		return ""
	}
	return c.T("review.choice." + string(i.Choice))
}

// doneWords is the one line at the end.
func (c *call) reviewDoneWords(v app.ReviewView) string {
	return c.T("review.done", tandem.Args{"n": len(v.Goals), "date": c.Lang.DateWeekday(v.DoneDay + 7)})
}

// current marks the step that is open.
func current(on bool) templ.Attributes {
	if on {
		return templ.Attributes{"aria-current": "step"}
	}
	return nil
}

// firstStop is the last stop of the first step.
func firstStop(v reviewView) string {
	if n := len(v.Sizes); n > 0 {
		return v.Sizes[n-1].ID.String()
	}
	if len(v.Slips) > 0 {
		return stopSlips
	}
	return stopWeek
}

// bound writes a target as it is typed.
func (c *call) bound(m tandem.Metric, v *float64) string {
	if v == nil {
		return ""
	}
	return c.num(*v, m.Decimals)
}

// stepHint reminds of the step that the review before named.
func (c *call) stepHint(g app.ReviewGoal) string {
	if g.LastStep == "" {
		return ""
	}
	return c.T("review.last_step", tandem.Args{"step": g.LastStep})
}

// keptChance says the chance as it stood at a review; nothing where it was steep.
func (c *call) keptChance(i tandem.ReviewItem) string {
	if i.Chance == nil || *i.Chance < 1.0/3 {
		return ""
	}
	words, _ := c.chanceWords(i.Chance, app.FiguresFrom)
	return c.T("review.chance_then", tandem.Args{"chance": words})
}
