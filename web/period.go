package web

import (
	"slices"

	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

// The stops of a look back that are no results.
const (
	stopTime     = "time"
	stopGlance   = "learning"
	stopQuestion = "question"
)

// A lookBack is one screen of the look back at a month or a quarter.
type lookBack struct {
	app.PeriodView
	At    string   // the stop that is open: a name above, or the id of a result
	Stops []string // all of them, in their order
}

// place gives where a stop comes, -1 for one that there is not.
func (v lookBack) place(at string) int { return slices.Index(v.Stops, at) }

// after gives the stop after one.
func (v lookBack) after(at string) string {
	if i := v.place(at) + 1; i < len(v.Stops) {
		return v.Stops[i]
	}
	return stopQuestion
}

// result gives the place of the result that is open, -1 for none.
func (v lookBack) result() int {
	return slices.IndexFunc(v.Results, func(x app.PeriodResult) bool { return x.ID.String() == v.At })
}

// section gives which of the four steps a stop belongs to, from 1.
func (v lookBack) section(at string) int {
	switch at {
	case stopTime:
		return 1
	case stopGlance:
		return 3
	case stopQuestion:
		return 4
	}
	return 2
}

// first gives where a look back that was left is taken up.
func (v lookBack) first() string {
	if v.Version == 0 {
		return stopTime
	}
	for _, x := range v.Results {
		if x.Answer.Choice == tandem.CarryOpen && x.State != tandem.Closed {
			return x.ID.String()
		}
	}
	return stopGlance
}

// period reads the kind of look back in the path; nonsense is not found.
func (c *call) period() (tandem.Period, error) {
	p := tandem.Period(c.R.PathValue("period"))
	if p != tandem.PeriodMonth && p != tandem.PeriodQuarter {
		return p, tandem.NotFound("period_review")
	}
	return p, nil
}

// lookBack reads the look back under way, at the stop that is asked for.
func (c *call) lookBack(at string) (v lookBack, err error) {
	p, err := c.period()
	if err != nil {
		return v, err
	}
	if v.PeriodView, err = c.s.App.OpenPeriodReview(c.ctx(), c.Actor, c.Space, p, tandem.NoDay); err != nil || v.IsDone() {
		return v, err
	}
	v.Stops = []string{stopTime}
	for _, x := range v.Results {
		v.Stops = append(v.Stops, x.ID.String())
	}
	v.Stops = append(v.Stops, stopGlance, stopQuestion)
	if v.At = at; v.place(at) < 0 {
		v.At = v.first()
	}
	if i := v.result(); i >= 0 {
		err = c.s.App.StandClosed(c.ctx(), c.Actor, &v.PeriodView, i)
	}
	return v, err
}

// periodName names a month or a quarter.
func (c *call) periodName(p tandem.Period, first tandem.Day) string {
	y, m, _ := first.Date()
	if p == tandem.PeriodQuarter {
		return c.T("period.quarter", tandem.Args{"q": int(m-1)/3 + 1, "year": y})
	}
	return c.Lang.MonthYear(first)
}

func (c *call) lookBackPage(v tandem.PeriodReview) pageView {
	return pageView{Title: c.T("period.title", tandem.Args{"period": c.periodName(v.Period, v.First)}), Current: "review", Spaces: true, Back: ui.PeriodURL(string(v.Period), "")}
}

func getLookBack(_ *Server, c *call) error {
	v, err := c.lookBack(c.R.URL.Query().Get("at"))
	if err != nil {
		return err
	}
	if v.IsDone() {
		return c.page(c.lookBackPage(v.PeriodReview), lookedBackPage(c, v.PeriodView))
	}
	return c.page(c.lookBackPage(v.PeriodReview), lookBackPage(c, c.fresh(), v))
}

// postLookBack keeps what a screen asked and leads to the next one.
func postLookBack(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	v, err := c.lookBack(f.text("at"))
	if err != nil {
		return err
	}
	here := string(v.Period)
	if v.IsDone() {
		return c.redirect(ui.PeriodURL(here, ""), nil)
	}
	in := c.lookBackInput(f, v)
	if f.ok() {
		_, err = s.App.SavePeriodReview(c.ctx(), c.Actor, c.Space, v.Period, v.First, in)
		if err == nil && f.text("do") == "finish" {
			_, err = s.App.FinishPeriodReview(c.ctx(), c.Actor, c.Space, v.Period, v.First)
		}
		if err := f.take(err); err != nil {
			return err
		}
	}
	switch {
	case !f.ok():
		return c.refused(c.lookBackPage(v.PeriodReview), lookBackPage(c, f, v))
	case f.text("do") == "finish":
		return c.redirect(ui.PeriodURL(here, ""), nil)
	case f.text("do") == "leave":
		return c.redirect(ui.TodayURL(), &toast{Key: "toast.review_kept"})
	}
	return c.redirect(ui.PeriodURL(here, v.after(v.At)), nil)
}

// lookBackInput reads what a screen sends.
func (c *call) lookBackInput(f *form, v lookBack) (in app.PeriodInput) {
	switch i := v.result(); {
	case i >= 0:
		a := app.PeriodAnswer{Goal: v.Results[i].ID, Choice: tandem.CarryOver(f.text("choice")), Why: f.text("why")}
		if a.Choice == tandem.CarryChanged {
			if v.Results[i].Number.Direction == tandem.Within {
				a.TargetLo, a.TargetHi = f.optional("target_lo"), f.optional("target_hi")
			} else {
				a.Target = f.optional("target")
			}
		}
		in.Answers = []app.PeriodAnswer{a}
	case v.At == stopQuestion:
		words := f.text("question")
		in.Question = &words
	}
	return in
}

func getPastPeriod(s *Server, c *call) error {
	p, err := c.period()
	if err != nil {
		return err
	}
	first, err := tandem.ParseDay(c.R.PathValue("first"))
	if err != nil {
		return tandem.NotFound("period_review")
	}
	v, err := s.App.OpenPeriodReview(c.ctx(), c.Actor, c.Space, p, first)
	if err != nil {
		return err
	}
	if v.Version == 0 {
		return tandem.NotFound("period_review")
	}
	return c.page(pageView{Title: c.periodName(v.Period, v.First), Current: "review"}, lookedBackPage(c, v))
}

// periodMinutes is about how long a look back takes, in minutes.
func periodMinutes(results int) int { return 2 + (results+1)/2 }

// resultsSub says how many results have their answer.
func (c *call) resultsSub(v lookBack) string {
	n := 0
	for _, x := range v.Results {
		if x.Answer.Choice != tandem.CarryOpen || x.State == tandem.Closed {
			n++
		}
	}
	return c.T("review.goals_sub", tandem.Args{"n": n, "of": len(v.Results)})
}

// entriesSub says how much was entered.
func (c *call) entriesSub(e tandem.Entries) string {
	if e.All() == 0 {
		return c.T("review.no_entries")
	}
	return c.T("review.week_sub", tandem.Args{"n": e.All()})
}

// learnedWords says what was done for a learning goal in the period; "" for nothing.
func (c *call) learnedWords(l app.PeriodLearning) string {
	words := ""
	add := func(s string) {
		if words != "" {
			words += " "
		}
		words += s
	}
	if l.Level > 0 {
		add(c.T("period.level", tandem.Args{"n": l.Level}))
	}
	if l.Practices > 0 {
		add(c.T("review.practised", tandem.Args{"n": l.Practices, "time": c.Lang.Minutes(l.Minutes)}))
	}
	if l.Uses > 0 {
		add(c.T("review.used", tandem.Args{"n": l.Uses}))
	}
	if l.Lessons > 0 {
		add(c.T("period.lessons", tandem.Args{"n": l.Lessons}))
	}
	return words
}

// goingWords says where a result stands that goes on.
func (c *call) goingWords(x app.PeriodGoing) string {
	args := tandem.Args{"target": c.target(x.PerformanceGoal, x.Number), "date": c.near(x.Deadline)}
	switch s := x.Snapshot; {
	case s == nil: // nothing is worked out yet
		return c.T("period.aim", args)
	case s.Values == 0:
		return c.T("review.stands_none", args)
	default:
		args["value"] = c.value(x.Number, s.Now)
		return c.T("review.stands", args)
	}
}

// endWords says how a result ended, its value first.
func (c *call) endWords(v app.ClosingView) string {
	lead := c.closingLead(v)
	if v.Closing.Outcome == tandem.VeryClose {
		return c.T("closing.big", c.closingArgs(v)) + ". " + lead
	}
	return lead
}

// carryWords says what was done with a result.
func (c *call) carryWords(x app.PeriodResult) string {
	if x.Answer.Choice == tandem.CarryOpen || x.Answer.Choice == tandem.CarryLater && x.State == tandem.Closed {
		if x.Outcome == "" {
			return ""
		}
		return c.T("outcome." + string(x.Outcome))
	}
	return c.T("carry." + string(x.Answer.Choice))
}

// sameUntil names the day of the same result for the time that follows.
func (c *call) sameUntil(x app.PeriodResult) string {
	return c.T("carry.same_until", tandem.Args{"target": c.target(x.PerformanceGoal, x.Number), "date": c.near(app.NextPeriod(x.PerformanceGoal, c.Today).Deadline)})
}

// canClose tells whether a result can be closed from the look back.
func (c *call) canClose(v *app.ClosingView) bool { return c.Today >= v.Goal.Deadline || isReached(v) }

func isReached(v *app.ClosingView) bool {
	return v.Closing.Outcome == tandem.Reached || v.Closing.Outcome == tandem.Exceeded
}

// waitingWords names the review that waits on Today.
func (c *call) waitingWords(w app.ReviewWaiting) string {
	if w.Period == tandem.PeriodWeek {
		return c.T("period.week_waits")
	}
	return c.T("period.waits", tandem.Args{"period": c.periodName(w.Period, w.First)})
}

func waitingURL(w app.ReviewWaiting) string {
	if w.Period == tandem.PeriodWeek {
		return ui.ReviewURL("")
	}
	return ui.PeriodURL(string(w.Period), "")
}
