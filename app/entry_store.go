package app

import (
	"context"

	"tandem"
)

// EntryReads is what entries of a device read.
type EntryReads interface {
	// ValueByExternal gives the instant of the value that was written with an external id.
	ValueByExternal(ctx context.Context, ws tandem.WorkspaceID, metric tandem.MetricID, external string) (at tandem.Instant, ok bool, err error)
}

// EntryWrites is what entries of a device write; what is there already stays, and is no error.
type EntryWrites interface {
	// MoveObservation gives a value another instant, with everything that names it by its instant.
	MoveObservation(ctx context.Context, ws tandem.WorkspaceID, metric tandem.MetricID, from, to tandem.Instant) error
	AddUseOnce(ctx context.Context, ws tandem.WorkspaceID, u tandem.Use) error
	AddPracticeOnce(ctx context.Context, ws tandem.WorkspaceID, p tandem.Practice) error
	AddLessonOnce(ctx context.Context, ws tandem.WorkspaceID, l tandem.Lesson) error
	// TryTechnique notes a use: an idea is tried from that day on.
	TryTechnique(ctx context.Context, ws tandem.WorkspaceID, id tandem.TechniqueID, d tandem.Day) error
	// ClaimMinutes names the number of a learning goal's minutes unless there is one.
	ClaimMinutes(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, m tandem.MetricID) (claimed bool, err error)
}
