package store

import (
	"context"
	"database/sql"

	"tandem"
)

// metricColumns end with the widest visibility of the goals that use the metric, each as a rank: by itself,
// as the numerator of a ratio and as its denominator.
const metricColumns = `m.workspace_id, m.id, m.owner, m.name, m.unit, m.form, m.direction, m.day_rule, m.period, m.decimals, m.lo, m.hi,
	m.when_it_happens, m.zone, m.external_id, m.archived, m.numerator, m.denominator, m.percent, ` + dataVersion + `, m.version, m.created, m.batch,
	COALESCE((SELECT MAX(` + visibilityRank + `)
		FROM performance vp JOIN goal vg ON vg.workspace_id = vp.workspace_id AND vg.id = vp.goal_id
		WHERE vp.workspace_id = m.workspace_id AND vp.metric_id = m.id), 0),
	COALESCE((SELECT MAX(` + visibilityRank + `)
		FROM metric r JOIN performance vp ON vp.workspace_id = r.workspace_id AND vp.metric_id = r.id JOIN goal vg ON vg.workspace_id = vp.workspace_id AND vg.id = vp.goal_id
		WHERE r.workspace_id = m.workspace_id AND r.form = 'ratio' AND r.numerator = m.id), 0),
	COALESCE((SELECT MAX(` + visibilityRank + `)
		FROM metric r JOIN performance vp ON vp.workspace_id = r.workspace_id AND vp.metric_id = r.id JOIN goal vg ON vg.workspace_id = vp.workspace_id AND vg.id = vp.goal_id
		WHERE r.workspace_id = m.workspace_id AND r.form = 'ratio' AND r.denominator = m.id), 0)`

const visibilityRank = `CASE vg.visibility WHEN 'workspace' THEN 3 WHEN 'unit' THEN 2 WHEN 'lifelines' THEN 1 ELSE 0 END`

// dataVersion is the data version of metric m. That of a ratio counts those of its parts too: it rises with
// every value of theirs, and whoever writes one locks no other row than that of its own number.
const dataVersion = `(m.data_version + CASE m.form WHEN 'ratio' THEN CAST(COALESCE((SELECT SUM(q.data_version) FROM metric q
	WHERE q.workspace_id = m.workspace_id AND q.id IN (m.numerator, m.denominator)), 0) AS BIGINT) ELSE 0 END)`

// visibilities by rank, narrowest first.
var visibilities = []tandem.Visibility{tandem.OnlyMe, tandem.ByLifelines, tandem.ByUnit, tandem.ByWorkspace}

// ranks are the last columns of metricColumns.
type ranks [3]int64

func (r ranks) widest() tandem.Visibility { return visibilities[max(r[0], r[1], r[2])] }

func metricFields(m *tandem.Metric, rank *ranks) []any {
	return []any{&m.Workspace, &m.ID, &m.Owner, &m.Name, &m.Unit, &m.Form, &m.Direction, &m.DayRule, &m.Period, &m.Decimals, &m.Lo, &m.Hi,
		&m.WhenItHappens, &m.Zone, &m.ExternalID, &m.Archived, &m.Numerator, &m.Denominator, &m.Percent, &m.DataVersion, &m.Version, &m.Created, &m.Batch,
		&rank[0], &rank[1], &rank[2]}
}

func scanMetric(r *sql.Rows) (m tandem.Metric, err error) {
	var rank ranks
	err = r.Scan(metricFields(&m, &rank)...)
	m.Visibility = rank.widest()
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

// RatiosOf gives the ratios in use that a number is a part of, by id. They are its owner's: nobody makes a
// ratio of the numbers of others.
func (h *Handle) RatiosOf(ctx context.Context, ws tandem.WorkspaceID, part tandem.MetricID) ([]tandem.Metric, error) {
	const q = `SELECT ` + metricColumns + ` FROM metric m WHERE m.workspace_id = $1 AND ` + metricSeen + ` AND NOT m.archived
		AND m.id IN (` + ratiosOf + `) ORDER BY m.id`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, part)...)
	return collect(rows, err, scanMetric)
}

// ratiosOf are the ids of the ratios that the number $4 is a part of.
const ratiosOf = `SELECT r.id FROM metric r WHERE r.workspace_id = $1 AND r.form = 'ratio' AND r.numerator = $4
	UNION ALL SELECT r.id FROM metric r WHERE r.workspace_id = $1 AND r.form = 'ratio' AND r.denominator = $4`

// Parts gives the parts of the actor's own ratios of a workspace, by id.
func (h *Handle) Parts(ctx context.Context, ws tandem.WorkspaceID) (map[tandem.MetricID]tandem.Metric, error) {
	const q = `SELECT ` + metricColumns + ` FROM metric m WHERE m.workspace_id = $1 AND ` + metricSeen + `
		AND m.id IN (SELECT r.numerator FROM metric r WHERE r.workspace_id = $1 AND r.form = 'ratio' AND r.owner = $2
			UNION ALL SELECT r.denominator FROM metric r WHERE r.workspace_id = $1 AND r.form = 'ratio' AND r.owner = $2)`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws)...)
	all, err := collect(rows, err, scanMetric)
	out := map[tandem.MetricID]tandem.Metric{}
	for _, m := range all {
		out[m.ID] = m
	}
	return out, err
}

// AddMetric keeps a new number.
func (h *Handle) AddMetric(ctx context.Context, m tandem.Metric) error {
	const q = `INSERT INTO metric (workspace_id, id, owner, name, name_key, unit, form, direction, day_rule, period, decimals, lo, hi,
			when_it_happens, zone, external_id, archived, data_version, version, created, batch, numerator, denominator, percent)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 1, 1, $18, $19, $20, $21, $22)`
	_, err := h.q.ExecContext(ctx, q, m.Workspace, m.ID, m.Owner, m.Name, tandem.NameKey(m.Name), m.Unit, string(m.Form), string(m.Direction), string(m.DayRule),
		string(m.Period), m.Decimals, m.Lo, m.Hi, m.WhenItHappens, m.Zone, m.ExternalID, m.Archived, m.Created, m.Batch,
		m.Numerator, m.Denominator, m.Percent)
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
