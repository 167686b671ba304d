package api

import (
	"context"
	"net/http"

	"tandem"
	"tandem/app"
	"tandem/policy"
)

func learningOperations() []operation {
	return []operation{
		{id: "log-practice", method: "POST", path: "/goals/{id}/practice", action: policy.Log, kind: policy.Learning, status: http.StatusCreated, in: app.PracticeInput{}, out: tandem.Practice{},
			summary: "Log practice on a learning goal", run: logPractice},
		{id: "list-practice", method: "GET", path: "/goals/{id}/practice", action: policy.Read, kind: policy.Learning, query: []string{"from", "to"}, out: page[tandem.Practice]{}, summary: "The practice of a learning goal", run: listPractice},
		{id: "delete-practice", method: "DELETE", path: "/goals/{id}/practice/{practice}", action: policy.Log, kind: policy.Learning, summary: "Take a practice back", run: deletePractice},
		{id: "reflect", method: "POST", path: "/goals/{id}/practice/{practice}/reflection", action: policy.Log, kind: policy.Learning, in: app.ReflectionInput{}, out: tandem.Lesson{},
			summary: "Write the one line of a practice", run: reflectOn},
		{id: "add-lesson", method: "POST", path: "/goals/{id}/lessons", action: policy.Log, kind: policy.Learning, status: http.StatusCreated, in: app.LessonInput{}, out: tandem.Lesson{}, summary: "Keep a lesson", run: addLesson},
		{id: "list-lessons", method: "GET", path: "/goals/{id}/lessons", action: policy.Read, kind: policy.Learning, out: page[tandem.Lesson]{}, summary: "The lessons of a goal", run: listLessons},
		{id: "delete-lesson", method: "DELETE", path: "/goals/{id}/lessons/{lesson}", action: policy.Log, kind: policy.Learning, summary: "Take a lesson back", run: deleteLesson},
		{id: "notice-level", method: "POST", path: "/goals/{id}/levels", action: policy.Log, kind: policy.Learning, status: http.StatusCreated, in: app.LevelInput{}, out: tandem.Evidence{},
			summary: "Say that a level was noticed", run: noticeLevel},
		{id: "get-levels", method: "GET", path: "/goals/{id}/levels", action: policy.Read, kind: policy.Learning, out: app.Where{}, summary: "The levels noticed on a learning goal", run: getLevels},
		{id: "take-back-level", method: "DELETE", path: "/goals/{id}/levels/{evidence}", action: policy.Log, kind: policy.Learning, summary: "Take a noticing back", run: takeBackLevel},
		{id: "next-level", method: "POST", path: "/goals/{id}/next-level", action: policy.Change, kind: policy.Learning, out: aimReply{}, summary: "Aim one level higher", run: nextLevel},
		{id: "look-again", method: "POST", path: "/goals/{id}/look-again", action: policy.Log, kind: policy.Learning, in: app.LookInput{}, out: lookReply{}, summary: "Note that you looked again", run: lookAgain},
		{id: "put-slot", method: "POST", path: "/goals/{id}/slots", action: policy.Log, kind: policy.Learning, status: http.StatusCreated, in: app.SlotInput{}, out: tandem.Slot{}, summary: "Name, use or rate a place of a collection", run: putSlot},
		{id: "list-slots", method: "GET", path: "/goals/{id}/slots", action: policy.Read, kind: policy.Learning, out: page[tandem.Slot]{}, summary: "The places of a collection", run: listSlots},
	}
}

type aimReply struct {
	Aim int `json:"aim"`
}

type lookReply struct {
	Next tandem.Day `json:"next"`
}

func logPractice(c *call) (any, error) {
	in, err := read[app.PracticeInput](c)
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return c.App.LogPractice(ctx, c.Actor, ws, id, in)
	})
}

func listPractice(c *call) (any, error) {
	from, to, err := c.days()
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return listed(c.App.ListPractice(ctx, c.Actor, ws, id, from, to))
	})
}

func deletePractice(c *call) (any, error) {
	p, err := pathID[tandem.PracticeID](c, "practice")
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return nil, c.App.DeletePractice(ctx, c.Actor, ws, id, p)
	})
}

func reflectOn(c *call) (any, error) {
	in, err := read[app.ReflectionInput](c)
	if err != nil {
		return nil, err
	}
	p, err := pathID[tandem.PracticeID](c, "practice")
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return c.App.Reflect(ctx, c.Actor, ws, id, p, in)
	})
}

func addLesson(c *call) (any, error) {
	in, err := read[app.LessonInput](c)
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return c.App.AddLesson(ctx, c.Actor, ws, id, in)
	})
}

func listLessons(c *call) (any, error) {
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return listed(c.App.ListLessons(ctx, c.Actor, ws, id))
	})
}

func deleteLesson(c *call) (any, error) {
	l, err := pathID[tandem.LessonID](c, "lesson")
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return nil, c.App.DeleteLesson(ctx, c.Actor, ws, id, l)
	})
}

func noticeLevel(c *call) (any, error) {
	in, err := read[app.LevelInput](c)
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return c.App.NoticeLevel(ctx, c.Actor, ws, id, in)
	})
}

func getLevels(c *call) (any, error) {
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		w, err := c.App.WhereAmI(ctx, c.Actor, ws, id)
		w.Evidence, w.Reached, w.Contexts = full(w.Evidence), full(w.Reached), full(w.Contexts)
		return w, err
	})
}

func takeBackLevel(c *call) (any, error) {
	e, err := pathID[tandem.EvidenceID](c, "evidence")
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return nil, c.App.TakeBackLevel(ctx, c.Actor, ws, id, e)
	})
}

func nextLevel(c *call) (any, error) {
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		aim, err := c.App.NextLevel(ctx, c.Actor, ws, id)
		return aimReply{aim}, err
	})
}

func lookAgain(c *call) (any, error) {
	in, err := read[app.LookInput](c)
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		next, err := c.App.LookAgain(ctx, c.Actor, ws, id, in)
		return lookReply{next}, err
	})
}

func putSlot(c *call) (any, error) {
	in, err := read[app.SlotInput](c)
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return c.App.PutSlot(ctx, c.Actor, ws, id, in)
	})
}

func listSlots(c *call) (any, error) {
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		v, err := c.App.LearningPage(ctx, c.Actor, ws, id)
		if err != nil {
			return nil, err
		}
		if err := c.may(policy.Read, policy.Resource{Kind: policy.Learning, Workspace: ws, Owner: v.LearningGoal.Owner, Visibility: v.Visibility}); err != nil {
			return nil, err
		}
		return listed(v.Slots, nil)
	})
}
