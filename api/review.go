package api

import (
	"net/http"

	"tandem"
	"tandem/app"
	"tandem/policy"
)

func reviewOperations() []operation {
	return []operation{
		{id: "list-reviews", method: "GET", path: "/reviews", action: policy.Read, kind: policy.Review, query: []string{"limit"}, out: page[reviewHead]{}, summary: "The own weekly reviews, newest first", run: listReviews},
		{id: "get-review", method: "GET", path: "/reviews/{week}", action: policy.Read, kind: policy.Review, out: reviewReply{},
			summary: "A weekly review by the Monday of its week, or current for the one under way: what the week was, where each goal stands, how its chance changed against the last review, and the answers", run: getReview},
		{id: "save-review", method: "POST", path: "/reviews/{week}", action: policy.Change, kind: policy.Review, in: app.ReviewInput{}, out: tandem.Review{},
			summary: "Keep answers of the review under way; a choice is done at once", run: saveReview},
		{id: "finish-review", method: "POST", path: "/reviews/{week}/finish", action: policy.Change, kind: policy.Review, out: tandem.Review{},
			summary: "End the review under way and keep the chance of each open result as it stands", run: finishReview, status: http.StatusOK},
	}
}

// A reviewHead is a review without what it says of goals.
type reviewHead struct {
	Week    tandem.Day `json:"week"`
	Since   tandem.Day `json:"since"`
	Day     tandem.Day `json:"day"`
	DoneDay tandem.Day `json:"done_day"`
	Lesson  string     `json:"lesson,omitempty"`
}

// A reviewReply is a review with what the week was and where each goal stands.
type reviewReply struct {
	tandem.Review
	Last    tandem.Day      `json:"last_day"` // when the review before was finished; empty for none
	Entries tandem.Entries  `json:"entries"`
	Lessons []tandem.Lesson `json:"lessons"`
	Goals   []reviewGoal    `json:"goals"`
	Slips   []reviewSlip    `json:"slips"`
	Sizes   []reviewSize    `json:"sizes"` // after time away: answered with half or same
}

// A reviewSize is the offer of half the size of a micro-goal, from a day on.
type reviewSize struct {
	Micro  tandem.MicroGoalID  `json:"micro_goal"`
	Title  string              `json:"title"`
	Amount float64             `json:"amount"`
	Times  float64             `json:"times"`
	From   tandem.Day          `json:"from"`
	Answer tandem.ReviewChoice `json:"answer,omitempty"`
}

// A reviewGoal is a goal in a review; choices are the answers that there are to it.
type reviewGoal struct {
	Goal     tandem.GoalID         `json:"goal"`
	Title    string                `json:"title"`
	Kind     tandem.GoalKind       `json:"kind"`
	State    tandem.GoalState      `json:"state"`
	Choices  []tandem.ReviewChoice `json:"choices"`
	LastStep string                `json:"last_step,omitempty"`
	Result   *reviewResult         `json:"result,omitempty"`
	Learning *reviewLearning       `json:"learning,omitempty"`
}

type reviewResult struct {
	Stands tandem.Snapshot `json:"stands"`
	Days   int             `json:"days_with_a_value"`
	Sum    *float64        `json:"sum,omitempty"`        // of a total or a rate
	Was    *float64        `json:"chance_was,omitempty"` // at the review before
	Moved  *reviewMoved    `json:"moved,omitempty"`      // what moved the chance since then
	Ended  bool            `json:"ended"`                // its day has come: it is closed by close-goal
}

// reviewMoved is what moved a chance; the parts add up to its change.
type reviewMoved struct {
	Since    tandem.Day `json:"since"`
	From     float64    `json:"from"`
	Values   float64    `json:"values"`
	Time     float64    `json:"time"`
	Calendar float64    `json:"calendar"`
	Goal     float64    `json:"goal"`
	To       float64    `json:"to"`
}

type reviewLearning struct {
	Noticed   int              `json:"noticed"`
	Practices int              `json:"days_practised"`
	Minutes   float64          `json:"minutes"`
	Uses      int              `json:"uses"`
	Due       bool             `json:"due"`
	Next      tandem.Day       `json:"next_look"`
	Strengths []reviewStrength `json:"strengths"`
}

// A reviewStrength is on how many of the days that counted, of the last 28, a micro-goal was done.
type reviewStrength struct {
	Micro tandem.MicroGoalID `json:"micro_goal"`
	Title string             `json:"title"`
	tandem.Strength
}

type reviewSlip struct {
	Micro    tandem.MicroGoalID `json:"micro_goal"`
	Title    string             `json:"title"`
	Days     []tandem.Day       `json:"days"`
	Strength tandem.Strength    `json:"strength"`
	SetOff   string             `json:"set_off,omitempty"`
}

// week reads the Monday in the path; NoDay for the review under way.
func (c *call) week() (tandem.Day, error) {
	text := c.R.PathValue("week")
	if text == "current" {
		return tandem.NoDay, nil
	}
	d, err := tandem.ParseDay(text)
	return d, named(err, "week")
}

func listReviews(c *call) (any, error) {
	limit, err := c.limitOf()
	if err != nil {
		return nil, err
	}
	all, err := c.App.ListReviews(c.ctx(), c.Actor, c.Space, limit)
	return shown(all, err, func(r tandem.Review) reviewHead {
		return reviewHead{Week: r.Week, Since: r.Since, Day: r.Day, DoneDay: r.DoneDay, Lesson: r.Lesson}
	})
}

func getReview(c *call) (any, error) {
	week, err := c.week()
	if err != nil {
		return nil, err
	}
	v, err := c.App.OpenReview(c.ctx(), c.Actor, c.Space, week)
	if err != nil {
		return nil, err
	}
	for i := range v.Goals {
		if v.IsDone() {
			break
		}
		if err := c.App.Stand(c.ctx(), c.Actor, &v, i); err != nil {
			return nil, err
		}
	}
	out := reviewReply{Review: v.Review, Last: v.Last, Entries: v.Entries, Lessons: full(v.Lessons), Goals: []reviewGoal{}, Slips: []reviewSlip{}}
	out.Items = full(out.Items)
	for _, g := range v.Goals {
		out.Goals = append(out.Goals, c.reviewGoalOf(g))
	}
	out.Sizes = []reviewSize{}
	for _, s := range v.Sizes {
		out.Sizes = append(out.Sizes, reviewSize{s.ID, s.Title, s.Half.Amount, s.Half.Times, s.From, s.Answer})
	}
	for _, s := range v.Slips {
		out.Slips = append(out.Slips, reviewSlip{Micro: s.ID, Title: s.Title, Days: full(s.Days), Strength: s.Strength, SetOff: s.SetOff})
	}
	return out, nil
}

func (c *call) reviewGoalOf(g app.ReviewGoal) reviewGoal {
	h := g.Goal.GoalHead()
	out := reviewGoal{Goal: h.ID, Title: h.Title, Kind: h.Kind, State: h.State, Choices: tandem.Choices(h.Kind), LastStep: g.LastStep}
	if r := g.Result; r != nil {
		out.Result = &reviewResult{Stands: r.Snapshot(tandem.InstantOf(c.Now())), Days: r.Days, Was: r.Was, Ended: r.Ended}
		if r.Metric.Form == tandem.FormTotal || r.Metric.Form == tandem.FormRate {
			out.Result.Sum = &r.Sum
		}
		if m := r.Moved; m != nil {
			out.Result.Moved = &reviewMoved{Since: m.Since, From: m.From, Values: m.Values, Time: m.Time, Calendar: m.Calendar, Goal: m.Goal, To: m.To}
		}
	}
	if l := g.Learning; l != nil {
		out.Learning = &reviewLearning{Noticed: l.Noticed, Practices: l.Practices, Minutes: l.Minutes, Uses: l.Uses, Due: l.Due, Next: l.Next, Strengths: []reviewStrength{}}
		for _, s := range l.Strengths {
			out.Learning.Strengths = append(out.Learning.Strengths, reviewStrength{Micro: s.ID, Title: s.Title, Strength: s.Strength})
		}
	}
	return out
}

func saveReview(c *call) (any, error) {
	week, err := c.week()
	if err != nil {
		return nil, err
	}
	in, err := read[app.ReviewInput](c)
	if err != nil {
		return nil, err
	}
	v, err := c.App.SaveReview(c.ctx(), c.Actor, c.Space, week, in)
	v.Items = full(v.Items)
	return v, err
}

func finishReview(c *call) (any, error) {
	week, err := c.week()
	if err != nil {
		return nil, err
	}
	v, err := c.App.FinishReview(c.ctx(), c.Actor, c.Space, week)
	v.Items = full(v.Items)
	return v, err
}
