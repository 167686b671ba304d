package app

import (
	"context"
	"slices"

	"tandem"
)

// correct marks a value that is changed after the last day of an own result that counts it with the reason, which
// is then asked. A note alone is no correction.
func correct(ctx context.Context, r Reads, ws tandem.WorkspaceID, before tandem.Observation, after *tandem.Observation, reason string, today tandem.Day) error {
	if before.Value == after.Value && before.State == after.State && before.Day == after.Day {
		return nil
	}
	counts, err := afterTheDay(ctx, r, ws, before.Metric, today, before.Day, after.Day)
	if err != nil || !counts {
		return err
	}
	if after.Corrected = tandem.CleanTitle(reason); after.Corrected == "" {
		return tandem.Invalid("reason", "correction_reason_missing", nil)
	}
	return after.CheckCorrected()
}

// afterTheDay tells whether one of the days is counted by an own result whose last day is over.
func afterTheDay(ctx context.Context, r Reads, ws tandem.WorkspaceID, metric tandem.MetricID, today tandem.Day, days ...tandem.Day) (bool, error) {
	goals, err := r.GoalsOn(ctx, ws, metric)
	return slices.ContainsFunc(goals, func(p tandem.PerformanceGoal) bool {
		return p.State != tandem.Draft && p.Deadline < today && slices.ContainsFunc(days, func(d tandem.Day) bool { return d >= p.Start && d <= p.Deadline })
	}), err
}

// NeedsReason tells whether a change of a value is a correction: its day is counted by a result whose last day is
// over.
func (a *App) NeedsReason(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, o tandem.Observation) (bool, error) {
	r := a.Store.For(by)
	today, err := a.today(ctx, r)
	if err != nil {
		return false, err
	}
	return afterTheDay(ctx, r, ws, o.Metric, today, o.Day)
}

// corrected gives the values of a result's time that were corrected, oldest first.
func corrected(ctx context.Context, r Reads, p tandem.PerformanceGoal, m tandem.Metric) (out []tandem.Observation, err error) {
	of := []tandem.MetricID{m.ID}
	if m.IsRatio() {
		of = []tandem.MetricID{m.Numerator, m.Denominator}
	}
	for _, id := range of {
		some, err := r.Corrections(ctx, p.Workspace, id, p.Start, p.Deadline)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}
