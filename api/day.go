package api

import (
	"net/http"
	"slices"
	"strings"

	"tandem"
	"tandem/app"
	"tandem/policy"
)

func dayOperations() []operation {
	return []operation{
		{id: "today", method: "GET", path: "/today", action: policy.Read, kind: policy.Today, out: dayView{}, summary: "The day: next steps, results, what comes up", run: today},
		{id: "list-concepts", method: "GET", path: "/concepts", action: policy.Read, kind: policy.Account, out: page[conceptView]{}, summary: "How far you are with each thing that Tandem has", run: listConcepts},
		{id: "offer-concept", method: "POST", path: "/concepts/offer", action: policy.Change, kind: policy.Account, out: app.Offer{},
			summary: "The one further thing to offer today, noted as offered; no content for none", run: offerConcept},
		{id: "answer-concept", method: "POST", path: "/concepts/{name}", action: policy.Change, kind: policy.Account, in: answerInput{}, summary: "Try what was offered, or not now", run: answerConcept},
	}
}

func today(c *call) (any, error) {
	t, err := c.App.Today(c.ctx(), c.Actor, c.Space)
	if err != nil {
		return nil, err
	}
	return dayOf(t), nil
}

// A conceptView is how far the person is with one concept.
type conceptView struct {
	Key   string     `json:"key"`
	State string     `json:"state"` // offered, used or not_now
	Times int        `json:"times"` // how often "not now" was said
	Day   tandem.Day `json:"day"`
	Shown int        `json:"shown"` // on how many days it was offered
}

func listConcepts(c *call) (any, error) {
	if err := c.may(policy.Read, c.own(policy.Account)); err != nil {
		return nil, err
	}
	states, err := c.App.Concepts(c.ctx(), c.Actor)
	out := make([]conceptView, 0, len(states))
	for _, s := range states {
		out = append(out, conceptView(s))
	}
	slices.SortFunc(out, func(a, b conceptView) int { return strings.Compare(a.Key, b.Key) })
	return page[conceptView]{Items: out}, err
}

func offerConcept(c *call) (any, error) {
	if err := c.may(policy.Change, c.own(policy.Account)); err != nil {
		return nil, err
	}
	// What is about one goal is offered with that goal alone.
	o, ok, err := c.App.OfferConcept(c.ctx(), c.Actor, c.Space, func(k tandem.Concept) bool { return !k.Again })
	if err != nil || !ok {
		return nil, err
	}
	return app.Offer{Key: o.Key, Place: o.Place}, nil
}

// An answerInput is try or not_now.
type answerInput struct {
	Answer string `json:"answer"`
}

func answerConcept(c *call) (any, error) {
	in, err := read[answerInput](c)
	if err != nil {
		return nil, err
	}
	if err := c.may(policy.Change, c.own(policy.Account)); err != nil {
		return nil, err
	}
	if in.Answer != "try" && in.Answer != "not_now" {
		return nil, tandem.Invalid("answer", "one_of", tandem.Args{"field": "answer", "value": in.Answer, "allowed": "try, not_now"})
	}
	return nil, c.App.AnswerConcept(c.ctx(), c.Actor, c.R.PathValue("name"), in.Answer == "try")
}

func microGoalOperations() []operation {
	return []operation{
		{id: "create-microgoal", method: "POST", path: "/microgoals", action: policy.Create, kind: policy.MicroGoal, status: http.StatusCreated, in: app.MicroGoalInput{}, out: microView{}, summary: "Make a micro-goal", run: createMicroGoal},
		{id: "list-microgoals", method: "GET", path: "/microgoals", action: policy.Read, kind: policy.MicroGoal, query: []string{"goal"}, out: page[microView]{}, summary: "List micro-goals with how their period stands", run: listMicroGoals},
		{id: "get-microgoal", method: "GET", path: "/microgoals/{id}", action: policy.Read, kind: policy.MicroGoal, out: microPage{}, summary: "Read a micro-goal with its strength and what set it off", run: getMicroGoal},
		{id: "change-microgoal", method: "PATCH", path: "/microgoals/{id}", action: policy.Change, kind: policy.MicroGoal, match: true, in: microGoalChange{}, out: microView{}, summary: "Change a micro-goal", run: changeMicroGoal},
		{id: "say-set-off", method: "POST", path: "/microgoals/{id}/set-off", action: policy.Log, kind: policy.MicroGoal, in: setOffInput{}, out: setOffReply{}, summary: "Say what set a micro-goal of at most off today; it stands beside the newest value of the day", run: saySetOff, status: http.StatusOK},
		{id: "tick-microgoal", method: "POST", path: "/microgoals/{id}/ticks", action: policy.Log, kind: policy.MicroGoal, status: http.StatusCreated, in: app.TickInput{}, out: tickReply{}, summary: "Tick, skip, or say that a day did not apply", run: tickMicroGoal},
		{id: "pause-microgoal", method: "POST", path: "/microgoals/{id}/pauses", action: policy.Change, kind: policy.MicroGoal, status: http.StatusCreated, in: app.PauseInput{}, out: microView{}, summary: "Begin or end a rest", run: pauseMicroGoal},
	}
}

func createMicroGoal(c *call) (any, error) {
	in, err := read[app.MicroGoalInput](c)
	if err != nil {
		return nil, err
	}
	m, err := c.App.CreateMicroGoal(c.ctx(), c.Actor, c.Space, in)
	return microOf(m), err
}

func listMicroGoals(c *call) (any, error) {
	var goal tandem.GoalID
	if text := c.query.Get("goal"); text != "" {
		var err error
		if goal, err = tandem.ParseID[tandem.GoalID](text); err != nil {
			return nil, err
		}
	}
	all, err := c.App.ListMicroGoals(c.ctx(), c.Actor, c.Space, goal)
	return shown(all, err, tallied)
}

// microGoal finds a micro-goal by its id; there are few.
func (c *call) microGoal(id tandem.MicroGoalID) (microView, error) {
	all, err := c.App.ListMicroGoals(c.ctx(), c.Actor, c.Space, 0)
	if err != nil {
		return microView{}, err
	}
	for _, m := range all {
		if m.ID == id {
			return tallied(m), nil
		}
	}
	return microView{}, tandem.NotFound("microgoal")
}

func getMicroGoal(c *call) (any, error) {
	id, err := pathID[tandem.MicroGoalID](c, "id")
	if err != nil {
		return nil, err
	}
	v, err := c.App.OpenMicroGoal(c.ctx(), c.Actor, c.Space, id)
	return microPage{tallied(v.MicroGoalTally), v.Strength, v.Passes, full(v.SetOffs)}, err
}

// A microPage is a micro-goal with its strength and, of one that asks at most, what set it off.
type microPage struct {
	microView
	Strength *tandem.Strength `json:"strength,omitempty"` // of the last 28 days; for adults who asked for it, and of what is at most
	Passes   int              `json:"free_passes"` // left of the last 28 days
	SetOffs  []tandem.SetOff  `json:"set_offs"`
}

type setOffInput struct {
	Text string `json:"text" tandem:"lines"`
}

// setOffReply names the value that the words stand beside.
type setOffReply struct {
	At tandem.Instant `json:"at"`
}

func saySetOff(c *call) (any, error) {
	in, err := read[setOffInput](c)
	if err != nil {
		return nil, err
	}
	id, err := pathID[tandem.MicroGoalID](c, "id")
	if err != nil {
		return nil, err
	}
	o, err := c.App.SaySetOff(c.ctx(), c.Actor, c.Space, id, in.Text)
	return setOffReply{o.At}, err
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
	m, err := c.App.ChangeMicroGoal(c.ctx(), c.Actor, c.Space, id, in.MicroGoalChange)
	return microOf(m), c.stale(err, c.Space, func() (int64, error) {
		now, err := c.microGoal(id)
		return now.Version, err
	}, nil)
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
	t.DoneDays = full(t.DoneDays)
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
	m, err := c.App.PauseMicroGoal(c.ctx(), c.Actor, c.Space, id, in)
	return microOf(m), err
}
