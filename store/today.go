package store

import (
	"context"
	"database/sql"

	"tandem"
)

// RecentDays gives what was logged on the actor's own numbers since a day, one entry for each number and
// day with values (their sum) and one for each with skips or days that did not apply, in one query. The numbers are a set and not a join,
// which SQLite would begin at the values: it then reads all of the workspace.
func (h *Handle) RecentDays(ctx context.Context, ws tandem.WorkspaceID, from tandem.Day) (map[tandem.MetricID][]tandem.Observation, error) {
	const q = `SELECT o.metric_id, o.day, CASE WHEN o.state = 0 THEN 0 ELSE 1 END AS away, SUM(o.value), MAX(o.at)
		FROM observation o WHERE o.workspace_id = $1
		AND o.metric_id IN (SELECT m.id FROM metric m WHERE m.workspace_id = $1 AND ` + metricSeen + ` AND m.owner = $2)
		AND o.at >= $4 AND o.day >= $5
		GROUP BY o.metric_id, o.day, CASE WHEN o.state = 0 THEN 0 ELSE 1 END ORDER BY o.metric_id, o.day`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, edge(from, -2), int64(from))...)
	all, err := collect(rows, err, func(r *sql.Rows) (o tandem.Observation, err error) {
		var away int64
		var sum sql.NullFloat64
		err = r.Scan(&o.Metric, &o.Day, &away, &sum, &o.At)
		o.Value, o.State = sum.Float64, states[away]
		return o, err
	})
	out := map[tandem.MetricID][]tandem.Observation{}
	for _, o := range all {
		out[o.Metric] = append(out[o.Metric], o)
	}
	return out, err
}
