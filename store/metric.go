package store

import (
	"context"
	"database/sql"

	"tandem"
)

// metricColumns end with the widest visibility of the goals that use the metric, as a rank.
const metricColumns = `m.workspace_id, m.id, m.owner, m.name, m.unit, m.form, m.direction, m.day_rule, m.period, m.decimals, m.lo, m.hi,
	m.when_it_happens, m.zone, m.external_id, m.archived, m.data_version, m.version, m.created, m.batch,
	COALESCE((SELECT MAX(CASE vg.visibility WHEN 'workspace' THEN 3 WHEN 'unit' THEN 2 WHEN 'lifelines' THEN 1 ELSE 0 END)
		FROM performance vp JOIN goal vg ON vg.workspace_id = vp.workspace_id AND vg.id = vp.goal_id
		WHERE vp.workspace_id = m.workspace_id AND vp.metric_id = m.id), 0)`

// visibilities by rank, narrowest first.
var visibilities = []tandem.Visibility{tandem.OnlyMe, tandem.ByLifelines, tandem.ByUnit, tandem.ByWorkspace}

func metricFields(m *tandem.Metric, rank *int64) []any {
	return []any{&m.Workspace, &m.ID, &m.Owner, &m.Name, &m.Unit, &m.Form, &m.Direction, &m.DayRule, &m.Period, &m.Decimals, &m.Lo, &m.Hi,
		&m.WhenItHappens, &m.Zone, &m.ExternalID, &m.Archived, &m.DataVersion, &m.Version, &m.Created, &m.Batch, rank}
}

func scanMetric(r *sql.Rows) (m tandem.Metric, err error) {
	var rank int64
	err = r.Scan(metricFields(&m, &rank)...)
	m.Visibility = visibilities[rank]
	return m, err
}

// Metric gives one number.
func (h *Handle) Metric(ctx context.Context, ws tandem.WorkspaceID, id tandem.MetricID) (tandem.Metric, error) {
	const q = `SELECT ` + metricColumns + ` FROM metric m WHERE m.workspace_id = $1 AND ` + metricSeen + ` AND m.id = $4`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, id)...)
	all, err := collect(rows, err, scanMetric)
	if err != nil || len(all) == 0 {
		return tandem.Metric{}, firstErr(err, tandem.NotFound("metric"))
	}
	return all[0], nil
}

// Metrics gives the numbers of a workspace that the actor may see, by their names' lower case, after a
// name and id, at most limit.
func (h *Handle) Metrics(ctx context.Context, ws tandem.WorkspaceID, afterName string, after tandem.MetricID, limit int) ([]tandem.Metric, error) {
	const q = `SELECT ` + metricColumns + ` FROM metric m WHERE m.workspace_id = $1 AND ` + metricSeen + ` AND NOT m.archived
		AND (m.name_key > $4 OR m.name_key = $4 AND m.id > $5) ORDER BY m.name_key, m.id LIMIT $6`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, afterName, after, limit)...)
	return collect(rows, err, scanMetric)
}

// MetricsByName gives the actor's own numbers of a name, oldest first; an archived one too.
func (h *Handle) MetricsByName(ctx context.Context, ws tandem.WorkspaceID, name string) ([]tandem.Metric, error) {
	const q = `SELECT ` + metricColumns + ` FROM metric m WHERE m.workspace_id = $1 AND ` + metricSeen + ` AND m.owner = $2 AND m.name_key = $4 ORDER BY m.id`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, tandem.NameKey(name))...)
	return collect(rows, err, scanMetric)
}

// AddMetric keeps a new number.
func (h *Handle) AddMetric(ctx context.Context, m tandem.Metric) error {
	const q = `INSERT INTO metric (workspace_id, id, owner, name, name_key, unit, form, direction, day_rule, period, decimals, lo, hi,
			when_it_happens, zone, external_id, archived, data_version, version, created, batch)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 1, 1, $18, $19)`
	_, err := h.q.ExecContext(ctx, q, m.Workspace, m.ID, m.Owner, m.Name, tandem.NameKey(m.Name), m.Unit, string(m.Form), string(m.Direction), string(m.DayRule),
		string(m.Period), m.Decimals, m.Lo, m.Hi, m.WhenItHappens, m.Zone, m.ExternalID, m.Archived, m.Created, m.Batch)
	return err
}

// SetMetric changes a number of the version that was read. Its data version rises too: what pages keep
// of its goals no longer stands.
func (h *Handle) SetMetric(ctx context.Context, m tandem.Metric) error {
	const q = `UPDATE metric SET name = $3, name_key = $4, unit = $5, form = $6, direction = $7, day_rule = $8, period = $9, decimals = $10, lo = $11, hi = $12,
			when_it_happens = $13, zone = $14, archived = $15, version = version + 1, data_version = data_version + 1
		WHERE workspace_id = $1 AND id = $2 AND version = $16`
	r, err := h.q.ExecContext(ctx, q, m.Workspace, m.ID, m.Name, tandem.NameKey(m.Name), m.Unit, string(m.Form), string(m.Direction), string(m.DayRule),
		string(m.Period), m.Decimals, m.Lo, m.Hi, m.WhenItHappens, m.Zone, m.Archived, m.Version)
	return changed(r, err, "metric")
}

// TouchData raises the data version of a number: a value of it was written. The update is the lock under
// which its values are read and written.
func (h *Handle) TouchData(ctx context.Context, ws tandem.WorkspaceID, id tandem.MetricID) error {
	const q = `UPDATE metric SET data_version = data_version + 1 WHERE workspace_id = $1 AND id = $2`
	r, err := h.q.ExecContext(ctx, q, ws, id)
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		return firstErr(err, tandem.NotFound("metric"))
	}
	return nil
}

// SourceOf gives the small number that stands for a person, a token or an import as the source of
// values; it is made the first time.
func (h *Handle) SourceOf(ctx context.Context, ws tandem.WorkspaceID, kind string, ref int64) (id tandem.SourceID, err error) {
	const find = `SELECT id FROM source WHERE workspace_id = $1 AND kind = $2 AND ref = $3`
	err = h.q.QueryRowContext(ctx, find, ws, kind, ref).Scan(&id)
	if err == nil || notFound(err, "source") == err {
		return id, err
	}
	const next = `UPDATE workspace SET next_source = next_source + 1 WHERE workspace_id = $1 RETURNING next_source`
	if err := h.q.QueryRowContext(ctx, next, ws).Scan(&id); err != nil {
		return 0, notFound(err, "workspace")
	}
	// That was the lock: on PostgreSQL another one may have added the source while this one waited for it.
	var theirs tandem.SourceID
	err = h.q.QueryRowContext(ctx, find, ws, kind, ref).Scan(&theirs)
	if err == nil || notFound(err, "source") == err {
		return theirs, err
	}
	const add = `INSERT INTO source (workspace_id, id, kind, ref) VALUES ($1, $2, $3, $4)`
	_, err = h.q.ExecContext(ctx, add, ws, id, kind, ref)
	return id, err
}
