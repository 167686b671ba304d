package api

import (
	"net/http"

	"tandem"
	"tandem/app"
	"tandem/policy"
)

func periodOperations() []operation {
	return []operation{
		{id: "list-period-reviews", method: "GET", path: "/period-reviews", action: policy.Read, kind: policy.Review, query: []string{"limit"}, out: page[periodHead]{}, summary: "The own reviews of months and quarters, newest first", run: listPeriodReviews},
		{id: "get-period-review", method: "GET", path: "/period-reviews/{period}/{first}", action: policy.Read, kind: policy.Review, out: periodReply{},
			summary: "A review of a month or quarter by its first day, or current for the newest that is over: what the time was, each result whose day lay in it, learning goals at a glance, the question", run: getPeriodReview},
		{id: "save-period-review", method: "POST", path: "/period-reviews/{period}/{first}", action: policy.Change, kind: policy.Review, in: app.PeriodInput{}, out: tandem.PeriodReview{},
			summary: "Keep answers of the one under way; a choice is done at once: a result is closed, and made again where it says so", run: savePeriodReview},
		{id: "finish-period-review", method: "POST", path: "/period-reviews/{period}/{first}/finish", action: policy.Change, kind: policy.Review, out: tandem.PeriodReview{},
			summary: "End the review of a month or quarter", run: finishPeriodReview, status: http.StatusOK},
	}
}

// A periodHead is a review of a month or quarter without what it says of results.
type periodHead struct {
	Period   tandem.Period `json:"period"`
	First    tandem.Day    `json:"first_day"`
	DoneDay  tandem.Day    `json:"done_day"`
	Question string        `json:"question,omitempty"`
}

// A periodReply is a review of a month or quarter with what the time was.
type periodReply struct {
	tandem.PeriodReview
	Last     tandem.Day        `json:"last_day"`
	Asked    string            `json:"asked,omitempty"` // the question that the one before left
	Entries  tandem.Entries    `json:"entries"`
	Lessons  []tandem.Lesson   `json:"lessons"`
	Levels   []tandem.Evidence `json:"levels"`
	Results  []periodResult    `json:"results"`
	Going    []periodGoing     `json:"going"` // results that go on, the nearest first
	Learning []periodLearning  `json:"learning"`
}

// A periodResult is a result whose day lay in the period, with what was gained and the answers that there are.
type periodResult struct {
	Goal    tandem.GoalID      `json:"goal"`
	Title   string             `json:"title"`
	State   tandem.GoalState   `json:"state"`
	Outcome tandem.Outcome     `json:"outcome"`
	Value   float64            `json:"value"`
	Target  float64            `json:"target"`
	Gain    tandem.Gain        `json:"gain"`
	Choices []tandem.CarryOver `json:"choices"`
}

type periodGoing struct {
	Goal     tandem.GoalID `json:"goal"`
	Title    string        `json:"title"`
	Deadline tandem.Day    `json:"deadline"`
	Now      *float64      `json:"now,omitempty"`
}

type periodLearning struct {
	Goal      tandem.GoalID `json:"goal"`
	Title     string        `json:"title"`
	Practices int           `json:"days_practised"`
	Minutes   float64       `json:"minutes"`
	Uses      int           `json:"uses"`
	Lessons   int           `json:"lessons"`
	Level     int           `json:"level,omitempty"` // the highest noticed in the period
}

// periodPath reads the period and its first day in the path; NoDay for the one under way.
func (c *call) periodPath() (p tandem.Period, first tandem.Day, err error) {
	p = tandem.Period(c.R.PathValue("period"))
	text := c.R.PathValue("first")
	if text == "current" {
		return p, tandem.NoDay, nil
	}
	first, err = tandem.ParseDay(text)
	return p, first, named(err, "first_day")
}

func listPeriodReviews(c *call) (any, error) {
	limit, err := c.limitOf()
	if err != nil {
		return nil, err
	}
	all, err := c.App.ListPeriodReviews(c.ctx(), c.Actor, c.Space, limit)
	return shown(all, err, func(r tandem.PeriodReview) periodHead {
		return periodHead{Period: r.Period, First: r.First, DoneDay: r.DoneDay, Question: r.Question}
	})
}

func getPeriodReview(c *call) (any, error) {
	p, first, err := c.periodPath()
	if err != nil {
		return nil, err
	}
	v, err := c.App.OpenPeriodReview(c.ctx(), c.Actor, c.Space, p, first)
	if err != nil {
		return nil, err
	}
	out := periodReply{PeriodReview: v.PeriodReview, Last: v.Last(), Asked: v.Asked, Entries: v.Entries, Lessons: full(v.Lessons), Levels: full(v.Levels),
		Results: []periodResult{}, Going: []periodGoing{}, Learning: []periodLearning{}}
	out.Items = full(out.Items)
	for i, x := range v.Results {
		if err := c.App.StandClosed(c.ctx(), c.Actor, &v, i); err != nil {
			return nil, err
		}
		e := v.Results[i].Closing
		reached := e.Closing.Outcome == tandem.Reached || e.Closing.Outcome == tandem.Exceeded
		e.Gain.Levels, e.Gain.Lessons = full(e.Gain.Levels), full(e.Gain.Lessons)
		one := periodResult{Goal: x.ID, Title: x.Title, State: x.State, Outcome: e.Closing.Outcome, Value: e.Closing.Value, Target: x.Target, Gain: e.Gain, Choices: []tandem.CarryOver{}}
		if x.State != tandem.Closed {
			one.Choices = tandem.CarryChoices(reached)
		}
		out.Results = append(out.Results, one)
	}
	for _, x := range v.Going {
		one := periodGoing{Goal: x.ID, Title: x.Title, Deadline: x.Deadline}
		if s := x.Snapshot; s != nil && s.Values > 0 {
			one.Now = &s.Now
		}
		out.Going = append(out.Going, one)
	}
	for _, l := range v.Learning {
		out.Learning = append(out.Learning, periodLearning{Goal: l.ID, Title: l.Title, Practices: l.Practices, Minutes: l.Minutes, Uses: l.Uses, Lessons: l.Lessons, Level: l.Level})
	}
	return out, nil
}

func savePeriodReview(c *call) (any, error) {
	p, first, err := c.periodPath()
	if err != nil {
		return nil, err
	}
	in, err := read[app.PeriodInput](c)
	if err != nil {
		return nil, err
	}
	v, err := c.App.SavePeriodReview(c.ctx(), c.Actor, c.Space, p, first, in)
	v.Items = full(v.Items)
	return v, err
}

func finishPeriodReview(c *call) (any, error) {
	p, first, err := c.periodPath()
	if err != nil {
		return nil, err
	}
	v, err := c.App.FinishPeriodReview(c.ctx(), c.Actor, c.Space, p, first)
	v.Items = full(v.Items)
	return v, err
}
