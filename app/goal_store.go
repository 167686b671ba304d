package app

import (
	"context"

	"tandem"
)

// GoalReads is what the use cases of numbers, values and results read.
type GoalReads interface {
	Metric(ctx context.Context, ws tandem.WorkspaceID, id tandem.MetricID) (tandem.Metric, error)
	Metrics(ctx context.Context, ws tandem.WorkspaceID, afterName string, after tandem.MetricID, limit int) ([]tandem.Metric, error)
	MetricsByName(ctx context.Context, ws tandem.WorkspaceID, name string) ([]tandem.Metric, error)

	// RatiosOf gives the ratios in use that a number is a part of; Parts those of the actor's own ratios.
	RatiosOf(ctx context.Context, ws tandem.WorkspaceID, part tandem.MetricID) ([]tandem.Metric, error)
	Parts(ctx context.Context, ws tandem.WorkspaceID) (map[tandem.MetricID]tandem.Metric, error)

	// Observations gives the values of days, oldest first and without notes; ObservationPage those before
	// an instant, newest first and with notes.
	Observations(ctx context.Context, ws tandem.WorkspaceID, metric tandem.MetricID, from, to tandem.Day) ([]tandem.Observation, error)
	ObservationPage(ctx context.Context, ws tandem.WorkspaceID, metric tandem.MetricID, before tandem.Instant, limit int) ([]tandem.Observation, error)
	// ObservationsBySource gives at most limit values that a source wrote, oldest first.
	ObservationsBySource(ctx context.Context, ws tandem.WorkspaceID, metric tandem.MetricID, source tandem.SourceID, limit int) ([]tandem.Observation, error)
	Observation(ctx context.Context, ws tandem.WorkspaceID, metric tandem.MetricID, at tandem.Instant) (tandem.Observation, error)

	// Corrections gives the values of days that were corrected after the last day of a result.
	Corrections(ctx context.Context, ws tandem.WorkspaceID, metric tandem.MetricID, from, to tandem.Day) ([]tandem.Observation, error)

	Goal(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (tandem.AnyGoal, error)
	GoalByExternal(ctx context.Context, ws tandem.WorkspaceID, external string) (tandem.GoalID, error)
	GoalsOn(ctx context.Context, ws tandem.WorkspaceID, metric tandem.MetricID) ([]tandem.PerformanceGoal, error)
	Results(ctx context.Context, ws tandem.WorkspaceID, own bool, states []tandem.GoalState, afterDeadline tandem.Day, after tandem.GoalID, limit int) ([]tandem.ListedResult, error)
	Learnings(ctx context.Context, ws tandem.WorkspaceID, own bool, states []tandem.GoalState, after tandem.GoalID, limit int) ([]tandem.LearningGoal, error)
	Fuels(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.Fuels, error)
	FuelsFrom(ctx context.Context, ws tandem.WorkspaceID, learning tandem.GoalID) ([]tandem.Fuels, error)
	FuelsTo(ctx context.Context, ws tandem.WorkspaceID, resultSpace tandem.WorkspaceID, result tandem.GoalID) ([]tandem.Fuels, error)

	Snapshot(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID) (*tandem.Snapshot, error)
	StaleResults(ctx context.Context, ws tandem.WorkspaceID, today tandem.Day, limit int) ([]tandem.GoalID, error)
	// StaleEverywhere gives stale results of all workspaces, after one; for the house itself alone.
	StaleEverywhere(ctx context.Context, before tandem.Day, after tandem.StaleGoal, limit int) ([]tandem.StaleGoal, error)
	Guards(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID) ([]tandem.Guard, error)
	Closing(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID) (tandem.Closing, error)
	// Advised is NotFound where nothing was advised for a goal.
	Advised(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID) (tandem.Advised, error)
	Templates(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.Template, error)
	TakenTemplates(ctx context.Context, ws tandem.WorkspaceID) (map[string]int, error)
	Closings(ctx context.Context, ws tandem.WorkspaceID, limit int) ([]tandem.Closing, error)
	History(ctx context.Context, ws tandem.WorkspaceID, kind string, object, sub int64, limit int) ([]tandem.HistoryEntry, error)

	Batch(ctx context.Context, ws tandem.WorkspaceID, id tandem.BatchID) (tandem.Batch, error)
	Batches(ctx context.Context, ws tandem.WorkspaceID, limit int) ([]tandem.Batch, error)
	BrokenBatches(ctx context.Context) ([]tandem.Batch, error)
	BatchMetrics(ctx context.Context, ws tandem.WorkspaceID, b tandem.Batch) (made map[tandem.MetricID]bool, err error)
	BatchGoals(ctx context.Context, ws tandem.WorkspaceID, b tandem.BatchID) ([]tandem.GoalID, error)
}

// GoalWrites is what the use cases of numbers, values and results write.
type GoalWrites interface {
	AddMetric(ctx context.Context, m tandem.Metric) error
	SetMetric(ctx context.Context, m tandem.Metric) error
	DeleteMetricIfUnused(ctx context.Context, ws tandem.WorkspaceID, id tandem.MetricID) (gone bool, err error)
	// TouchData raises the data version of a number, which is the lock under which its values are written.
	TouchData(ctx context.Context, ws tandem.WorkspaceID, id tandem.MetricID) error
	SourceOf(ctx context.Context, ws tandem.WorkspaceID, kind string, ref int64) (tandem.SourceID, error)

	AddObservation(ctx context.Context, ws tandem.WorkspaceID, o tandem.Observation) (tandem.Instant, error)
	PutObservation(ctx context.Context, ws tandem.WorkspaceID, o tandem.Observation) (tandem.Put, error)
	SetObservation(ctx context.Context, ws tandem.WorkspaceID, o tandem.Observation) error
	DeleteObservation(ctx context.Context, ws tandem.WorkspaceID, metric tandem.MetricID, at tandem.Instant) error

	AddPerformance(ctx context.Context, p tandem.PerformanceGoal) error
	AddLearning(ctx context.Context, l tandem.LearningGoal) error
	SetGoal(ctx context.Context, g tandem.Goal) error
	SetPerformance(ctx context.Context, p tandem.PerformanceGoal) error
	SetLearning(ctx context.Context, l tandem.LearningGoal) error
	DeleteGoal(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) error
	PutFuels(ctx context.Context, f tandem.Fuels) error
	DeleteFuels(ctx context.Context, f tandem.Fuels) error
	SetChanged(ctx context.Context, f tandem.Fuels) error
	CountLook(ctx context.Context, f tandem.Fuels, today tandem.Day) error

	PutSnapshot(ctx context.Context, ws tandem.WorkspaceID, s tandem.Snapshot) (stored bool, err error)
	PutAdvised(ctx context.Context, ws tandem.WorkspaceID, a tandem.Advised) error
	PutTemplate(ctx context.Context, t tandem.Template) error
	DeleteTemplate(ctx context.Context, ws tandem.WorkspaceID, name, lang string) error
	TakeTemplate(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, name string) error
	PutGuard(ctx context.Context, g tandem.Guard) error
	DeleteGuard(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, metric tandem.MetricID) error
	PutClosing(ctx context.Context, ws tandem.WorkspaceID, c tandem.Closing) error
	AddHistory(ctx context.Context, e tandem.HistoryEntry) error
	PutBatch(ctx context.Context, b tandem.Batch) error
}
