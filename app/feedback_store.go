package app

import (
	"context"

	"tandem"
)

// FeedbackReads is what the use cases of feedback, trials and celebration read.
type FeedbackReads interface {
	// Feedback gives what was said of the actor's own work, newest first; Given what the actor is asked for or gave.
	Feedback(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.Feedback, error)
	FeedbackOf(ctx context.Context, ws tandem.WorkspaceID, id tandem.FeedbackID) (tandem.Feedback, error)
	Given(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.Feedback, error)
	GivenOf(ctx context.Context, ws tandem.WorkspaceID, id tandem.FeedbackID) (tandem.Feedback, error)
	// FeedbackByLink gives a request that goes by a link whose signature was checked; for the house alone.
	FeedbackByLink(ctx context.Context, ws tandem.WorkspaceID, id tandem.FeedbackID) (tandem.Feedback, error)
	// Trials gives those that are over, newest first.
	Trials(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.Trial, error)
	Cheers(ctx context.Context, ws tandem.WorkspaceID) (map[string]tandem.Cheer, error)
	OwnDone(ctx context.Context, ws tandem.WorkspaceID, since tandem.Day) ([]tandem.Milestone, error)
	// LastEntry gives the newest day before one on which the actor entered something, NoDay for none.
	LastEntry(ctx context.Context, ws tandem.WorkspaceID, before tandem.Day) (tandem.Day, error)
}

// FeedbackWrites is what they write.
type FeedbackWrites interface {
	AddFeedback(ctx context.Context, f tandem.Feedback) error
	// AnswerFeedback keeps the answer to a request that waits; one that does not is the error feedback_over.
	AnswerFeedback(ctx context.Context, f tandem.Feedback) error
	SetFeedback(ctx context.Context, f tandem.Feedback) error
	PutTrial(ctx context.Context, ws tandem.WorkspaceID, x tandem.Trial) error
	PutCheer(ctx context.Context, ws tandem.WorkspaceID, c tandem.Cheer) error
}
