package api

import (
	"tandem"
	"tandem/app"
	"tandem/policy"
)

func draftOperations() []operation {
	return []operation{
		{id: "draft-goal", method: "POST", path: "/goals/draft", action: policy.Create, kind: policy.Goal, repeats: true, in: app.DraftInput{}, out: draftReply{},
			summary: "Read one line: which goal it becomes, what kind fits and why, and the one thing to ask. Nothing is kept; send result and learning to create-pair, or one of them to create-goal", run: draftGoal},
	}
}

// A draftReply is a draft in words of the reader's language.
type draftReply struct {
	app.Draft
	Question *draftQuestion `json:"question,omitempty"`
	Hints    []draftHint    `json:"hints"`
	Advice   draftAdvice    `json:"advice"`
}

type draftQuestion struct {
	About   string        `json:"about"`
	ID      string        `json:"id,omitempty"`
	Text    string        `json:"text"`
	Choices []draftChoice `json:"choices,omitempty"`
}

type draftChoice struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

type draftHint struct {
	app.DraftHint
	Text   string `json:"text"`
	Action string `json:"action,omitempty"` // of one's own, for the first step of the learning goal
	Skill  string `json:"skill,omitempty"`  // its title
}

// A draftAdvice has the reason in words, and all that the advice rests on with how it stands.
type draftAdvice struct {
	app.DraftAdvice
	Reason string     `json:"reason"`
	Rests  []draftWhy `json:"rests"`
}

type draftWhy struct {
	Input   string        `json:"input"`
	Text    string        `json:"text"`
	Value   string        `json:"value"`
	Origin  string        `json:"origin"`
	Choices []draftChoice `json:"choices"`
}

func draftGoal(c *call) (any, error) {
	in, err := read[app.DraftInput](c)
	if err != nil {
		return nil, err
	}
	d, err := c.App.DraftGoal(c.ctx(), c.Actor, c.Space, in)
	if err != nil {
		return nil, err
	}
	say := func(key string, args tandem.Args) string { return c.Lang.T(key, args) }
	out := draftReply{Draft: d, Hints: []draftHint{}, Advice: draftAdvice{DraftAdvice: d.Advice, Reason: say("advisor.reason."+string(d.Advice.Rule), nil)}}
	if q := d.Question; q != nil {
		out.Question = &draftQuestion{About: q.About, ID: q.ID, Text: say(q.Key, q.Args)}
		for _, x := range q.Choices {
			out.Question.Choices = append(out.Question.Choices, draftChoice{x.ID, say(x.Key, x.Args)})
		}
	}
	for _, h := range d.Hints {
		x := draftHint{DraftHint: h, Text: say(h.Key, h.Args)}
		if h.SkillKey != "" {
			x.Action, x.Skill = say(h.ActionKey, nil), say(h.SkillKey, nil)
		}
		out.Hints = append(out.Hints, x)
	}
	for _, q := range d.Advice.Asks {
		w := draftWhy{Input: string(q.Input), Text: say("advisor.ask."+string(q.Input), nil), Value: q.Value, Origin: string(q.Origin)}
		for _, v := range q.Values {
			w.Choices = append(w.Choices, draftChoice{v, say("advisor.answer."+string(q.Input)+"."+v, nil)})
		}
		out.Advice.Rests = append(out.Advice.Rests, w)
	}
	return out, nil
}
