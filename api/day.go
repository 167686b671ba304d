package api

import (
	"net/http"

	"tandem"
	"tandem/app"
	"tandem/policy"
)

func dayOperations() []operation {
	return []operation{
		{id: "today", method: "GET", path: "/today", action: policy.Read, kind: policy.Today, out: app.TodayView{}, summary: "The day: next steps, results, what comes up", run: today},
	}
}

func today(c *call) (any, error) { return c.App.Today(c.ctx(), c.Actor, c.Space) }

func microGoalOperations() []operation {
	return []operation{
		{id: "create-microgoal", method: "POST", path: "/microgoals", action: policy.Create, kind: policy.MicroGoal, status: http.StatusCreated, in: app.MicroGoalInput{}, out: tandem.MicroGoal{}, summary: "Make a micro-goal", run: createMicroGoal},
		{id: "list-microgoals", method: "GET", path: "/microgoals", action: policy.Read, kind: policy.MicroGoal, query: []string{"goal"}, out: page[app.MicroGoalTally]{}, summary: "List micro-goals with how their period stands", run: listMicroGoals},
		{id: "change-microgoal", method: "PATCH", path: "/microgoals/{id}", action: policy.Change, kind: policy.MicroGoal, match: true, in: microGoalChange{}, out: tandem.MicroGoal{}, summary: "Change a micro-goal", run: changeMicroGoal},
		{id: "tick-microgoal", method: "POST", path: "/microgoals/{id}/ticks", action: policy.Log, kind: policy.MicroGoal, status: http.StatusCreated, in: app.TickInput{}, out: tickReply{}, summary: "Tick, skip, or say that a day did not apply", run: tickMicroGoal},
		{id: "pause-microgoal", method: "POST", path: "/microgoals/{id}/pauses", action: policy.Change, kind: policy.MicroGoal, status: http.StatusCreated, in: app.PauseInput{}, out: tandem.MicroGoal{}, summary: "Begin or end a rest", run: pauseMicroGoal},
	}
}

func createMicroGoal(c *call) (any, error) {
	in, err := read[app.MicroGoalInput](c)
	if err != nil {
		return nil, err
	}
	return c.App.CreateMicroGoal(c.ctx(), c.Actor, c.Space, in)
}

func listMicroGoals(c *call) (any, error) {
	var goal tandem.GoalID
	if text := c.R.URL.Query().Get("goal"); text != "" {
		var err error
		if goal, err = tandem.ParseID[tandem.GoalID](text); err != nil {
			return nil, err
		}
	}
	return listed(c.App.ListMicroGoals(c.ctx(), c.Actor, c.Space, goal))
}

// microGoalChange is a change of a micro-goal; the version comes in If-Match.
type microGoalChange struct {
	app.MicroGoalChange
	Version int64 `json:"version,omitempty" tandem:"readonly"`
}

func changeMicroGoal(c *call) (any, error) {
	in, err := read[microGoalChange](c)
	if err != nil {
		return nil, err
	}
	id, err := pathID[tandem.MicroGoalID](c, "id")
	if err != nil {
		return nil, err
	}
	if in.MicroGoalChange.Version, err = c.version(); err != nil {
		return nil, err
	}
	return c.App.ChangeMicroGoal(c.ctx(), c.Actor, c.Space, id, in.MicroGoalChange)
}

// A tickReply names the value that a tick wrote and says how the period stands.
type tickReply struct {
	At    tandem.Instant `json:"at"`
	Tally tandem.Tally   `json:"tally"`
}

func tickMicroGoal(c *call) (any, error) {
	in, err := read[app.TickInput](c)
	if err != nil {
		return nil, err
	}
	id, err := pathID[tandem.MicroGoalID](c, "id")
	if err != nil {
		return nil, err
	}
	at, t, err := c.App.TickMicroGoal(c.ctx(), c.Actor, c.Space, id, in)
	return tickReply{at, t}, err
}

func pauseMicroGoal(c *call) (any, error) {
	in, err := read[app.PauseInput](c)
	if err != nil {
		return nil, err
	}
	id, err := pathID[tandem.MicroGoalID](c, "id")
	if err != nil {
		return nil, err
	}
	return c.App.PauseMicroGoal(c.ctx(), c.Actor, c.Space, id, in)
}
