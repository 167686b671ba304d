package api

import (
	"context"
	"net/http"
	"strconv"

	"tandem"
	"tandem/app"
	"tandem/policy"
)

func portfolioOperations() []operation {
	return []operation{
		{id: "put-activity", method: "POST", path: "/goals/{id}/activities", action: policy.Log, kind: policy.Learning, status: http.StatusCreated, in: app.ActivityInput{}, out: tandem.Activity{},
			summary: "Plan an activity on a learning goal, or change one; its type is read from the title unless said", run: putActivity},
		{id: "list-activities", method: "GET", path: "/goals/{id}/activities", action: policy.Read, kind: policy.Learning, out: app.ActivityPage{},
			summary: "The activities of a learning goal, open ones first, and how often each part of learning was done", run: listActivities},
		{id: "finish-activity", method: "POST", path: "/goals/{id}/activities/{activity}/done", action: policy.Log, kind: policy.Learning, in: app.ActivityDone{}, out: tandem.Activity{},
			summary: "Say that an activity is done, how it was and what it taught, or open it again", run: finishActivity},
		{id: "delete-activity", method: "DELETE", path: "/goals/{id}/activities/{activity}", action: policy.Log, kind: policy.Learning, summary: "Remove an activity", run: deleteActivity},
		{id: "list-level-templates", method: "GET", path: "/level-templates", action: policy.Read, kind: policy.Learning, out: page[levelTemplate]{},
			summary: "Sentences of levels to begin with, for knowledge, a skill and an attitude", run: listLevelTemplates},
		{id: "find-lessons", method: "GET", path: "/lessons", action: policy.Read, kind: policy.Learning, query: []string{"text", "unused", "next", "limit"}, out: lessonPage{},
			summary: "Find own lessons by words, newest first, also those of deleted goals; of every workspace unless one is named", run: findLessons},
		{id: "fitting-lessons", method: "GET", path: "/lessons/fitting", action: policy.Read, kind: policy.Learning, query: []string{"text", "number", "unit", "goal"}, out: page[tandem.LessonLine]{},
			summary: "Two own lessons that have to do with a goal or a text", run: fittingLessons},
		{id: "drop-lesson", method: "POST", path: "/lessons/{id}/drop", action: policy.Log, kind: policy.Learning, in: dropInput{}, summary: "Set a lesson aside, so that it is offered no more, or take it back", run: dropLesson},
		{id: "get-portfolio", method: "GET", path: "/portfolio", action: policy.Read, kind: policy.Learning, out: app.Portfolio{},
			summary: "Every skill since the first entry with levels, evidence, uses and lessons; of every workspace unless one is named", run: getPortfolio},
		{id: "forget-learned", method: "DELETE", path: "/portfolio/{id}", action: policy.Delete, kind: policy.Learning, summary: "Remove what was kept of a deleted goal", run: forgetLearned},
	}
}

func putActivity(c *call) (any, error) {
	in, err := read[app.ActivityInput](c)
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return c.App.PutActivity(ctx, c.Actor, ws, id, in)
	})
}

func listActivities(c *call) (any, error) {
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		p, err := c.App.ListActivities(ctx, c.Actor, ws, id)
		p.Items = full(p.Items)
		return p, err
	})
}

func finishActivity(c *call) (any, error) {
	in, err := read[app.ActivityDone](c)
	if err != nil {
		return nil, err
	}
	a, err := pathID[tandem.ActivityID](c, "activity")
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return c.App.FinishActivity(ctx, c.Actor, ws, id, a, in)
	})
}

func deleteActivity(c *call) (any, error) {
	a, err := pathID[tandem.ActivityID](c, "activity")
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return nil, c.App.DeleteActivity(ctx, c.Actor, ws, id, a)
	})
}

// A levelTemplate is written levels to begin with, for one thing that a learning goal can be about.
type levelTemplate struct {
	About  string   `json:"about"`
	Levels []string `json:"levels"`
}

func listLevelTemplates(c *call) (any, error) {
	if err := c.may(policy.Read, c.own(policy.Learning)); err != nil {
		return nil, err
	}
	return shown([]string{tandem.AboutKnowledge, tandem.AboutSkill, tandem.AboutAttitude}, nil, func(about string) levelTemplate {
		return levelTemplate{about, c.Lang.Levels(about)}
	})
}

// lessonSpace is the workspace that was named; 0 for all.
func (c *call) lessonSpace() tandem.WorkspaceID {
	if c.query.Has("workspace") {
		return c.Space
	}
	return 0
}

// A lessonPage is a part of the lessons that were found; next asks for the one after it.
type lessonPage struct {
	Items []tandem.LessonLine `json:"items"`
	Next  string              `json:"next,omitempty"`
	Found int                 `json:"found"`
	All   int                 `json:"all"`
	Wait  int                 `json:"unused"` // of all, that wait to be used
}

func findLessons(c *call) (any, error) {
	q := app.LessonQuery{Space: c.lessonSpace()}
	var err error
	if q.Text, err = c.textOf("text"); err != nil {
		return nil, err
	}
	if q.Unused, err = c.flag("unused"); err != nil {
		return nil, err
	}
	if q.Limit, err = c.limitOf(); err != nil {
		return nil, err
	}
	if next := c.query.Get("next"); next != "" {
		if q.After, err = strconv.Atoi(next); err != nil || q.After < 0 {
			return nil, tandem.Invalid("next", "cursor_form", nil)
		}
	}
	p, err := c.App.FindLessons(c.ctx(), c.Actor, q)
	out := lessonPage{Items: full(p.Items), Found: p.Found, All: p.All, Wait: p.Wait}
	if end := q.After + len(p.Items); end < p.Found {
		out.Next = strconv.Itoa(end)
	}
	return out, err
}

func fittingLessons(c *call) (any, error) {
	in, err := c.suggestInput()
	if err != nil {
		return nil, err
	}
	return listed(c.App.FittingLessons(c.ctx(), c.Actor, c.Space, in))
}

// dropInput says whether a lesson is set aside; false takes it back.
type dropInput struct {
	Dropped bool `json:"dropped"`
}

func dropLesson(c *call) (any, error) {
	in, err := read[dropInput](c)
	if err != nil {
		return nil, err
	}
	id, err := pathID[tandem.LessonID](c, "id")
	if err != nil {
		return nil, err
	}
	return nil, c.App.DropLesson(c.ctx(), c.Actor, c.spaceOf(func(ws tandem.WorkspaceID) error {
		_, err := c.server.App.GetLesson(c.ctx(), c.Actor, ws, id)
		return err
	}), id, in.Dropped)
}

func getPortfolio(c *call) (any, error) {
	return c.App.GetPortfolio(c.ctx(), c.Actor, c.lessonSpace())
}

func forgetLearned(c *call) (any, error) {
	id, err := pathID[tandem.GoalID](c, "id")
	if err != nil {
		return nil, err
	}
	return nil, c.App.Forget(c.ctx(), c.Actor, c.spaceOf(func(ws tandem.WorkspaceID) error {
		return c.server.App.FindKept(c.ctx(), c.Actor, ws, id)
	}), id)
}
