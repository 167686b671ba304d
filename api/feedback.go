package api

import (
	"context"
	"net/http"

	"tandem"
	"tandem/app"
	"tandem/policy"
)

func feedbackOperations() []operation {
	return []operation{
		{id: "ask-feedback", method: "POST", path: "/feedback", action: policy.Create, kind: policy.Feedback, status: http.StatusCreated, in: app.AskInput{}, out: app.FeedbackMade{},
			summary: "Ask a member, or somebody by a link, what worked and what to try next; one person at most once in 14 days", run: askFeedback},
		{id: "preview-feedback", method: "POST", path: "/feedback/preview", action: policy.Create, kind: policy.Feedback, in: app.AskInput{}, out: app.FeedbackLetter{},
			summary: "The letter that whoever is asked will read; nothing is sent", run: previewFeedback},
		{id: "list-feedback", method: "GET", path: "/feedback", action: policy.Read, kind: policy.Feedback, out: page[tandem.Feedback]{},
			summary: "What was said of the own work and what is asked for, newest first; a score shows once its words are read", run: listFeedback},
		{id: "get-feedback", method: "GET", path: "/feedback/{id}", action: policy.Read, kind: policy.Feedback, out: app.FeedbackView{}, summary: "Read one feedback on the own work", run: getFeedback},
		{id: "read-feedback", method: "POST", path: "/feedback/{id}/read", action: policy.Change, kind: policy.Feedback, out: app.FeedbackView{}, status: http.StatusOK,
			summary: "Say that the words are read; the score shows from then on", run: readFeedback},
		{id: "learn-from-feedback", method: "POST", path: "/feedback/{id}/learning", action: policy.Change, kind: policy.Feedback, out: app.FeedbackView{}, status: http.StatusOK,
			summary: "Make what to try next a learning goal", run: learnFromFeedback},
		{id: "try-from-feedback", method: "POST", path: "/feedback/{id}/technique", action: policy.Change, kind: policy.Feedback, out: app.FeedbackView{}, status: http.StatusOK,
			summary: "Make what to try next a technique on trial for two weeks", run: tryFromFeedback},
		{id: "count-feedback", method: "POST", path: "/feedback/{id}/level", action: policy.Change, kind: policy.Feedback, out: app.FeedbackView{}, status: http.StatusOK,
			summary: "Count the level that was seen, with its source", run: countFeedback},
		{id: "withdraw-feedback", method: "DELETE", path: "/feedback/{id}", action: policy.Delete, kind: policy.Feedback, summary: "Take a request back while it waits", run: withdrawFeedback},
		{id: "list-given", method: "GET", path: "/given", action: policy.Read, kind: policy.Given, out: page[tandem.Feedback]{}, summary: "Feedback that one is asked for, or gave", run: listGiven},
		{id: "get-given", method: "GET", path: "/given/{id}", action: policy.Read, kind: policy.Given, out: givenView{}, summary: "The letter of a request to oneself, with the own words", run: getGiven},
		{id: "answer-feedback", method: "POST", path: "/given/{id}/answer", action: policy.Change, kind: policy.Given, in: app.FeedbackInput{}, out: tandem.Feedback{}, status: http.StatusOK,
			summary: "Answer what one is asked for, or say not this time", run: answerFeedback},
		{id: "write-feedback", method: "POST", path: "/goals/{id}/feedback", action: policy.Create, kind: policy.Given, status: http.StatusCreated, in: app.FeedbackInput{}, out: tandem.Feedback{},
			summary: "Write feedback unasked: on an own goal for oneself, on one that can be seen for its owner", run: writeFeedback},
	}
}

// A givenView is a request to oneself as its letter says it, with the own words.
type givenView struct {
	tandem.Feedback
	Letter app.FeedbackLetter `json:"letter"`
}

func askFeedback(c *call) (any, error) {
	in, err := read[app.AskInput](c)
	if err != nil {
		return nil, err
	}
	return c.App.AskFeedback(c.ctx(), c.Actor, c.Space, in)
}

func previewFeedback(c *call) (any, error) {
	in, err := read[app.AskInput](c)
	if err != nil {
		return nil, err
	}
	return c.App.PreviewFeedback(c.ctx(), c.Actor, c.Space, in)
}

func listFeedback(c *call) (any, error) {
	return listed(c.App.ListFeedback(c.ctx(), c.Actor, c.Space))
}

// onFeedback runs do on the feedback of the path, in the workspace that it is in.
func onFeedback(c *call, do func(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.FeedbackID) (app.FeedbackView, error)) (any, error) {
	id, err := pathID[tandem.FeedbackID](c, "id")
	if err != nil {
		return nil, err
	}
	return do(c.ctx(), c.Actor, c.spaceOf(func(ws tandem.WorkspaceID) error {
		_, err := c.server.App.GetFeedback(c.ctx(), c.Actor, ws, id)
		return err
	}), id)
}

func getFeedback(c *call) (any, error)       { return onFeedback(c, c.App.GetFeedback) }
func readFeedback(c *call) (any, error)      { return onFeedback(c, c.App.ReadFeedback) }
func learnFromFeedback(c *call) (any, error) { return onFeedback(c, c.App.LearnFromFeedback) }
func tryFromFeedback(c *call) (any, error)   { return onFeedback(c, c.App.TryFromFeedback) }
func countFeedback(c *call) (any, error)     { return onFeedback(c, c.App.CountFeedback) }

func withdrawFeedback(c *call) (any, error) {
	_, err := onFeedback(c, func(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.FeedbackID) (app.FeedbackView, error) {
		return app.FeedbackView{}, c.App.WithdrawFeedback(ctx, by, ws, id)
	})
	return nil, err
}

func listGiven(c *call) (any, error) {
	return listed(c.App.ListGiven(c.ctx(), c.Actor, c.Space))
}

// onGiven runs do on the request of the path, in the workspace that it is in.
func onGiven(c *call, do func(ws tandem.WorkspaceID, id tandem.FeedbackID) (any, error)) (any, error) {
	id, err := pathID[tandem.FeedbackID](c, "id")
	if err != nil {
		return nil, err
	}
	return do(c.spaceOf(func(ws tandem.WorkspaceID) error {
		_, _, err := c.server.App.GetGiven(c.ctx(), c.Actor, ws, id)
		return err
	}), id)
}

func getGiven(c *call) (any, error) {
	return onGiven(c, func(ws tandem.WorkspaceID, id tandem.FeedbackID) (any, error) {
		f, l, err := c.App.GetGiven(c.ctx(), c.Actor, ws, id)
		return givenView{Feedback: f, Letter: l}, err
	})
}

func answerFeedback(c *call) (any, error) {
	in, err := read[app.FeedbackInput](c)
	if err != nil {
		return nil, err
	}
	return onGiven(c, func(ws tandem.WorkspaceID, id tandem.FeedbackID) (any, error) {
		return c.App.AnswerFeedback(c.ctx(), c.Actor, ws, id, in)
	})
}

func writeFeedback(c *call) (any, error) {
	in, err := read[app.FeedbackInput](c)
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return c.App.WriteFeedback(ctx, c.Actor, ws, id, in)
	})
}
