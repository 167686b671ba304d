package api

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"tandem"
	"tandem/app"
	"tandem/policy"
)

func metricOperations() []operation {
	return []operation{
		{id: "create-metric", method: "POST", path: "/metrics", action: policy.Create, kind: policy.Metric, status: http.StatusCreated, in: app.MetricInput{}, out: tandem.Metric{}, summary: "Make a number to be measured", run: createMetric},
		{id: "list-metrics", method: "GET", path: "/metrics", action: policy.Read, kind: policy.Metric, query: []string{"next", "limit"}, out: page[tandem.Metric]{}, summary: "List numbers", run: listMetrics},
		{id: "get-metric", method: "GET", path: "/metrics/{id}", action: policy.Read, kind: policy.Metric, out: tandem.Metric{}, summary: "Read a number", run: getMetric},
		{id: "change-metric", method: "PATCH", path: "/metrics/{id}", action: policy.Change, kind: policy.Metric, match: true, in: metricChange{}, out: tandem.Metric{}, summary: "Change a number", run: changeMetric},
		{id: "list-ratios", method: "GET", path: "/metrics/{id}/ratios", action: policy.Read, kind: policy.Metric, out: page[tandem.Metric]{}, summary: "The ratios in use that a number is a part of", run: listRatios},
		{id: "get-advice", method: "GET", path: "/metrics/{id}/advice", action: policy.Read, kind: policy.Metric, query: []string{"deadline", "reached_when"}, out: app.Advice{},
			summary: "Targets for a number by a day: one with an even chance, and a bold one that is reached about one time in four", run: getAdvice},
	}
}

func observationOperations() []operation {
	return []operation{
		{id: "log-observation", method: "POST", path: "/metrics/{id}/observations", action: policy.Log, kind: policy.Observation, status: http.StatusCreated, in: app.ObservationInput{}, out: app.Logged{},
			summary: "Log a value, a skip or a day that did not apply", run: logObservation},
		{id: "list-observations", method: "GET", path: "/metrics/{id}/observations", action: policy.Read, kind: policy.Observation, query: []string{"next", "limit"}, out: page[tandem.Observation]{},
			summary: "List values, newest first", run: listObservations},
		{id: "list-periods", method: "GET", path: "/metrics/{id}/periods", action: policy.Read, kind: policy.Observation, query: []string{"next", "limit"}, out: app.PeriodPage{},
			summary: "The periods of a ratio, newest first, each with the sums of its two parts", run: listPeriods},
		{id: "bulk-observations", method: "POST", path: "/metrics/{id}/observations/bulk", action: policy.Log, kind: policy.Observation, many: true, in: bulkInput{}, out: bulkReply{},
			summary: "Log many values; each row has its result", run: bulkObservations},
		{id: "get-observation", method: "GET", path: "/metrics/{id}/observations/{at}", action: policy.Read, kind: policy.Observation, out: tandem.Observation{}, summary: "Read a value", run: getObservation},
		{id: "edit-observation", method: "PATCH", path: "/metrics/{id}/observations/{at}", action: policy.Log, kind: policy.Observation, match: true, in: app.ObservationChange{}, out: tandem.Observation{},
			summary: "Change a value", run: editObservation},
		{id: "delete-observation", method: "DELETE", path: "/metrics/{id}/observations/{at}", action: policy.Log, kind: policy.Observation, summary: "Remove a value", run: deleteObservation},
		{id: "undo-observation", method: "POST", path: "/metrics/{id}/observations/{at}/undo", action: policy.Log, kind: policy.Observation, out: tandem.Observation{},
			summary: "Take back the last change of a value; no content where nothing stands then", run: undoObservation},
		{id: "observation-history", method: "GET", path: "/metrics/{id}/observations/{at}/history", action: policy.Read, kind: policy.Observation, out: page[historyView]{},
			summary: "The changes of a value", run: observationHistory},
		{id: "log", method: "POST", path: "/log", action: policy.Log, kind: policy.Observation, status: http.StatusCreated, in: app.LineInput{}, out: app.LoggedLine{},
			summary: "Log one line, such as sales 12, or 20m guitar yesterday: a value, a practice or a use. What can be read in two ways is refused with choices; send the one that is meant in picks", run: logLine},
	}
}

func createMetric(c *call) (any, error) {
	in, err := read[app.MetricInput](c)
	if err != nil {
		return nil, err
	}
	return c.App.CreateMetric(c.ctx(), c.Actor, c.Space, in)
}

func listMetrics(c *call) (any, error) {
	limit, err := c.limitOf()
	if err != nil {
		return nil, err
	}
	p, err := c.App.ListMetrics(c.ctx(), c.Actor, c.Space, c.query.Get("next"), limit)
	p.Items = full(p.Items)
	return p, err
}

// onMetric runs do on the number of the path, in the workspace that it is in.
func onMetric(c *call, do func(ctx context.Context, ws tandem.WorkspaceID, id tandem.MetricID) (any, error)) (any, error) {
	id, err := pathID[tandem.MetricID](c, "id")
	if err != nil {
		return nil, err
	}
	return do(c.ctx(), c.spaceOf(func(ws tandem.WorkspaceID) error {
		_, err := c.server.App.GetMetric(c.ctx(), c.Actor, ws, id)
		return err
	}), id)
}

func getMetric(c *call) (any, error) {
	return onMetric(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.MetricID) (any, error) {
		return c.App.GetMetric(ctx, c.Actor, ws, id)
	})
}

func getAdvice(c *call) (any, error) {
	in := app.AdviceInput{Deadline: tandem.NoDay}
	var err error
	if text := c.query.Get("deadline"); text != "" {
		if in.Deadline, err = tandem.ParseDay(text); err != nil {
			return nil, named(err, "deadline")
		}
	}
	if in.ReachedWhen, err = choice(c, "reached_when", tandem.ReachedTotal, tandem.ReachedOnce, tandem.ReachedAtEnd, tandem.ReachedHeld, tandem.ReachedKept); err != nil {
		return nil, err
	}
	return onMetric(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.MetricID) (any, error) {
		return c.App.Advise(ctx, c.Actor, ws, id, in)
	})
}

// metricChange is a change of a number; the version comes in If-Match.
type metricChange struct {
	app.MetricChange
	Version int64 `json:"version,omitempty" tandem:"readonly"`
}

func changeMetric(c *call) (any, error) {
	in, err := read[metricChange](c)
	if err != nil {
		return nil, err
	}
	if in.MetricChange.Version, err = c.version(); err != nil {
		return nil, err
	}
	return onMetric(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.MetricID) (any, error) {
		m, err := c.App.ChangeMetric(ctx, c.Actor, ws, id, in.MetricChange)
		return m, c.stale(err, ws, func() (int64, error) {
			m, err := c.App.GetMetric(ctx, c.Actor, ws, id)
			return m.Version, err
		}, nil)
	})
}

func logObservation(c *call) (any, error) {
	in, err := read[app.ObservationInput](c)
	if err != nil {
		return nil, err
	}
	return onMetric(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.MetricID) (any, error) {
		return c.App.LogObservation(ctx, c.Actor, ws, id, in)
	})
}

func listObservations(c *call) (any, error) {
	limit, err := c.limitOf()
	if err != nil {
		return nil, err
	}
	return onMetric(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.MetricID) (any, error) {
		p, err := c.App.ListObservations(ctx, c.Actor, ws, id, c.query.Get("next"), limit)
		p.Items = full(p.Items)
		return p, err
	})
}

func listRatios(c *call) (any, error) {
	return onMetric(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.MetricID) (any, error) {
		m, err := c.App.GetMetric(ctx, c.Actor, ws, id)
		if err != nil {
			return nil, err
		}
		return listed(c.App.RatiosOf(ctx, c.Actor, m))
	})
}

func listPeriods(c *call) (any, error) {
	limit, err := c.limitOf()
	if err != nil {
		return nil, err
	}
	return onMetric(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.MetricID) (any, error) {
		p, err := c.App.ListPeriods(ctx, c.Actor, ws, id, c.query.Get("next"), limit)
		p.Items = full(p.Items)
		return p, err
	})
}

// mostBulk is how many rows one bulk call takes.
const mostBulk = 10_000

type bulkInput struct {
	Rows []app.ObservationInput `json:"rows"`
}

// A bulkReply has a result for each row, in order.
type bulkReply struct {
	Logged  int        `json:"logged"`
	Refused int        `json:"refused"`
	Rows    []bulkLine `json:"rows"`
}

type bulkLine struct {
	Row    int            `json:"row"`
	Value  *app.Logged    `json:"value,omitempty"`
	Errors []fieldProblem `json:"errors,omitempty"`
}

func bulkObservations(c *call) (any, error) {
	in, err := read[bulkInput](c)
	if err != nil {
		return nil, err
	}
	if len(in.Rows) < 1 || len(in.Rows) > mostBulk {
		return nil, tandem.Invalid("rows", "int_range", tandem.Args{"field": "rows", "lo": 1, "hi": mostBulk})
	}
	return onMetric(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.MetricID) (any, error) {
		out := bulkReply{Rows: make([]bulkLine, 0, len(in.Rows))}
		for group := range slices.Chunk(in.Rows, app.BulkGroup) {
			from := len(out.Rows)
			lines, err := oncePart(c, fmt.Sprintf("from row %d", from+1), func(a *app.App) ([]bulkLine, error) {
				rows, err := a.BulkObservations(ctx, c.Actor, ws, id, group)
				return c.bulkLines(rows, from), err
			})
			if err != nil {
				return nil, err
			}
			out.Rows = append(out.Rows, lines...)
		}
		for _, line := range out.Rows {
			if line.Errors != nil {
				out.Refused++
			} else {
				out.Logged++
			}
		}
		return out, nil
	})
}

// bulkLines tells what became of a group of rows that stands after others.
func (c *call) bulkLines(rows []app.BulkRow, after int) (lines []bulkLine) {
	for _, r := range rows {
		line := bulkLine{Row: after + r.Row, Value: r.Logged}
		for _, e := range r.Errors {
			line.Errors = append(line.Errors, fieldProblem{Field: e.Field, Code: e.Code, Detail: c.Lang.Sentence(e.Field, e.Code, e.Args)})
		}
		lines = append(lines, line)
	}
	return lines
}

// onValue runs do on the value of the path.
func onValue(c *call, do func(ctx context.Context, ws tandem.WorkspaceID, id tandem.MetricID, at tandem.Instant) (any, error)) (any, error) {
	t, err := time.Parse(time.RFC3339Nano, c.R.PathValue("at"))
	if err != nil {
		return nil, tandem.NotFound("observation")
	}
	return onMetric(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.MetricID) (any, error) {
		return do(ctx, ws, id, tandem.InstantOf(t))
	})
}

func getObservation(c *call) (any, error) {
	return onValue(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.MetricID, at tandem.Instant) (any, error) {
		return c.App.GetObservation(ctx, c.Actor, ws, id, at)
	})
}

func editObservation(c *call) (any, error) {
	in, err := read[app.ObservationChange](c)
	if err != nil {
		return nil, err
	}
	in.Tag = c.match
	return onValue(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.MetricID, at tandem.Instant) (any, error) {
		o, err := c.App.EditObservation(ctx, c.Actor, ws, id, at, in)
		if tandem.KindOf(err) == tandem.KindStale {
			if now, bad := c.App.GetObservation(ctx, c.Actor, ws, id, at); bad == nil {
				c.tag(now.Tag())
			}
		}
		return o, err
	})
}

func observationHistory(c *call) (any, error) {
	return onValue(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.MetricID, at tandem.Instant) (any, error) {
		es, err := c.App.ObservationHistory(ctx, c.Actor, ws, id, at)
		return shown(es, err, historyOf)
	})
}

func deleteObservation(c *call) (any, error) {
	return onValue(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.MetricID, at tandem.Instant) (any, error) {
		return nil, c.App.DeleteObservation(ctx, c.Actor, ws, id, at)
	})
}

func undoObservation(c *call) (any, error) {
	return onValue(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.MetricID, at tandem.Instant) (any, error) {
		o, err := c.App.UndoObservation(ctx, c.Actor, ws, id, at)
		if err != nil || o == nil {
			return nil, err
		}
		return *o, nil
	})
}

func logLine(c *call) (any, error) {
	in, err := read[app.LineInput](c)
	if err != nil {
		return nil, err
	}
	return c.App.LogLine(c.ctx(), c.Actor, c.Space, in)
}
