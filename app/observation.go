package app

import (
	"context"

	"tandem"
	"tandem/policy"
)

// An ObservationInput is a value of a number as it is logged, or a day that is skipped or did not apply.
type ObservationInput struct {
	Key        string               `json:"-"` // makes a second press harmless
	Value      *float64             `json:"value,omitempty"`
	State      tandem.State         `json:"state,omitempty"` // value unless said
	Day        tandem.Day           `json:"day,omitzero"`    // today unless said
	At         tandem.Instant       `json:"at,omitzero"`     // now, or noon of the day, unless said
	Note       string               `json:"note,omitempty" tandem:"lines"`
	ExternalID string               `json:"external_id,omitempty"` // writing it again changes the value instead of adding one
	Techniques []tandem.TechniqueID `json:"techniques,omitempty"`  // used for it
}

// A Logged is a value that stands.
type Logged struct {
	tandem.Observation
	Did         tandem.PutDone  `json:"did"`
	BeforeStart bool            `json:"before_start,omitempty"` // it is from before every result of the number began: history
	Goals       []tandem.GoalID `json:"goals,omitempty"`        // results that the number decides
}

// LogObservation keeps a value of a number together with the techniques that were used for it. It does
// not renew what pages keep of the number's results; Refresh does.
func (a *App) LogObservation(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, metric tandem.MetricID, in ObservationInput) (l Logged, err error) {
	defer tandem.Wrap(&err, "log observation")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		l, err = a.logIn(ctx, tx, by, ws, metric, in)
		return err
	})
	return l, err
}

func (a *App) logIn(ctx context.Context, tx Tx, by tandem.Actor, ws tandem.WorkspaceID, metric tandem.MetricID, in ObservationInput) (l Logged, err error) {
	h := tx.For(by)
	m, err := loggedOn(ctx, h, by, ws, metric)
	if err != nil {
		return l, err
	}
	if err := a.once(ctx, h, ws, "log-observation", in.Key); err != nil {
		return l, err
	}
	person, err := h.Person(ctx)
	if err != nil {
		return l, err
	}
	o, err := a.observation(m, person, in)
	if err != nil {
		return l, err
	}
	if o.Source, err = h.SourceOf(ctx, ws, sourceKind(by), sourceRef(by)); err != nil {
		return l, err
	}
	if err := h.TouchData(ctx, ws, metric); err != nil {
		return l, err
	}
	did, err := a.putValue(ctx, h, by, ws, &o, in.Techniques)
	if err != nil {
		return l, err
	}
	goals, err := h.GoalsOn(ctx, ws, metric)
	if err != nil {
		return l, err
	}
	l = Logged{Observation: o, Did: did, BeforeStart: len(goals) > 0}
	for _, g := range goals {
		l.BeforeStart = l.BeforeStart && o.Day < g.Start
		if g.State == tandem.Active || g.State == tandem.Paused {
			l.Goals = append(l.Goals, g.ID)
		}
	}
	return l, a.emit(tx, by, ws, "observation.logged", int64(metric))
}

// putValue writes a value under the lock of its number and, when it is new, the uses that rode on it. A
// value that its external id changes keeps what stood before in its history.
func (a *App) putValue(ctx context.Context, h Writes, by tandem.Actor, ws tandem.WorkspaceID, o *tandem.Observation, techniques []tandem.TechniqueID) (did tandem.PutDone, err error) {
	put := tandem.Put{Did: tandem.PutAdded}
	if o.External != "" {
		put, err = h.PutObservation(ctx, ws, *o)
	} else {
		put.At, err = h.AddObservation(ctx, ws, *o)
	}
	if err != nil {
		return "", err
	}
	o.At = put.At
	switch put.Did {
	case tandem.PutChanged:
		return put.Did, a.remember(ctx, h, by, ws, "observation", int64(o.Metric), int64(o.At), *put.Before, *o)
	case tandem.PutSame:
		return put.Did, nil
	}
	for _, t := range techniques {
		id, err := a.addUse(ctx, h, by, ws, tandem.Use{Technique: t, At: o.At, Day: o.Day, Metric: o.Metric, ObservationAt: o.At})
		if err != nil {
			return "", err
		}
		o.Uses = append(o.Uses, id)
	}
	return put.Did, nil
}

// observation gives the observation that an input describes, checked against its number.
func (a *App) observation(m tandem.Metric, person tandem.Person, in ObservationInput) (o tandem.Observation, err error) {
	now := a.Now()
	today := m.DayOf(person, now)
	o = tandem.Observation{Metric: m.ID, At: in.At, Day: dayOr(in.Day, tandem.NoDay), State: in.State, Note: in.Note, External: in.ExternalID}
	if o.State == "" {
		o.State = tandem.StateValue
	}
	switch {
	case o.At != 0 && o.Day == tandem.NoDay:
		o.Day = m.DayOf(person, o.At.Time())
	case o.At == 0 && (o.Day == tandem.NoDay || o.Day == today):
		o.At, o.Day = tandem.InstantOf(now), today
	case o.At == 0:
		o.At = o.Day.Noon(m.Location(person))
	}
	if o.State == tandem.StateValue {
		if in.Value == nil {
			return o, tandem.Invalid("value", "required", tandem.Args{"field": "value"})
		}
		o.Value = *in.Value
	}
	return o, o.Validate(m, today)
}

func sourceKind(by tandem.Actor) string {
	if by.Token != 0 {
		return "token"
	}
	return "person"
}

func sourceRef(by tandem.Actor) int64 {
	if by.Token != 0 {
		return int64(by.Token)
	}
	return int64(by.Person)
}

// addValue writes a value inside the transaction of h: the minutes of a practice, the tick of a
// micro-goal. It gives the instant that names the value.
func (a *App) addValue(ctx context.Context, h Writes, by tandem.Actor, ws tandem.WorkspaceID, o tandem.Observation) (tandem.Instant, error) {
	m, err := loggedOn(ctx, h, by, ws, o.Metric)
	if err != nil {
		return 0, err
	}
	person, err := h.Person(ctx)
	if err != nil {
		return 0, err
	}
	if err := o.Validate(m, m.DayOf(person, a.Now())); err != nil {
		return 0, err
	}
	if o.Source, err = h.SourceOf(ctx, ws, sourceKind(by), sourceRef(by)); err != nil {
		return 0, err
	}
	if err := h.TouchData(ctx, ws, o.Metric); err != nil {
		return 0, err
	}
	return h.AddObservation(ctx, ws, o)
}

// dropValue removes a value inside the transaction of h; one that is gone already is no error.
func (a *App) dropValue(ctx context.Context, h Writes, by tandem.Actor, ws tandem.WorkspaceID, metric tandem.MetricID, at tandem.Instant) error {
	if _, err := loggedOn(ctx, h, by, ws, metric); err != nil {
		return err
	}
	if err := h.TouchData(ctx, ws, metric); err != nil {
		return err
	}
	err := h.DeleteObservation(ctx, ws, metric, at)
	if tandem.KindOf(err) == tandem.KindNotFound {
		return nil
	}
	return err
}

// An ObservationPage is a page of values, newest first.
type ObservationPage struct {
	Items []tandem.Observation `json:"items"`
	Next  string               `json:"next,omitempty"`
}

// ListObservations gives the values of a number, newest first.
func (a *App) ListObservations(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, metric tandem.MetricID, cursor string, limit int) (p ObservationPage, err error) {
	defer tandem.Wrap(&err, "list observations")
	r := a.Store.For(by)
	m, err := r.Metric(ctx, ws, metric)
	if err != nil {
		return p, err
	}
	if err := may(by, policy.Read, metricOf(policy.Observation, m)); err != nil {
		return p, err
	}
	before := int64(1) << 62
	if err := readCursor(cursor, &before); err != nil {
		return p, err
	}
	p.Items, err = r.ObservationPage(ctx, ws, metric, tandem.Instant(before), limit+1)
	if len(p.Items) > limit {
		p.Items = p.Items[:limit]
		p.Next = writeCursor(int64(p.Items[limit-1].At))
	}
	return p, err
}

// GetObservation gives one value with its note.
func (a *App) GetObservation(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, metric tandem.MetricID, at tandem.Instant) (o tandem.Observation, err error) {
	defer tandem.Wrap(&err, "read observation")
	r := a.Store.For(by)
	m, err := r.Metric(ctx, ws, metric)
	if err != nil {
		return o, err
	}
	if err := may(by, policy.Read, metricOf(policy.Observation, m)); err != nil {
		return o, err
	}
	return r.Observation(ctx, ws, metric, at)
}

// ObservationHistory gives the changes of one value, newest first.
func (a *App) ObservationHistory(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, metric tandem.MetricID, at tandem.Instant) (es []tandem.HistoryEntry, err error) {
	defer tandem.Wrap(&err, "read history")
	r := a.Store.For(by)
	m, err := r.Metric(ctx, ws, metric)
	if err != nil {
		return nil, err
	}
	if err := may(by, policy.Read, metricOf(policy.Observation, m)); err != nil {
		return nil, err
	}
	return r.History(ctx, ws, "observation", int64(metric), int64(at), 50)
}

// BulkGroup is how many values are written in one transaction at most, so that others go on.
const BulkGroup = 500

// A BulkRow is what became of one row of a bulk call: the value that stands, or what is wrong with it.
type BulkRow struct {
	Row    int           `json:"row"` // from 1
	Logged *Logged       `json:"value,omitempty"`
	Errors tandem.Errors `json:"-"`
}

// BulkObservations writes up to BulkGroup values of one number in one transaction; a row that cannot be
// accepted is told and the others stand.
func (a *App) BulkObservations(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, metric tandem.MetricID, rows []ObservationInput) (out []BulkRow, err error) {
	defer tandem.Wrap(&err, "log observations")
	if len(rows) > BulkGroup {
		return nil, tandem.Invalid("rows", "int_range", tandem.Args{"field": "rows", "lo": 1, "hi": BulkGroup})
	}
	err = a.Store.InTx(ctx, func(tx Tx) error {
		out = make([]BulkRow, 0, len(rows))
		return a.bulkIn(ctx, tx, by, ws, metric, rows, &out)
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func (a *App) bulkIn(ctx context.Context, tx Tx, by tandem.Actor, ws tandem.WorkspaceID, metric tandem.MetricID, group []ObservationInput, done *[]BulkRow) error {
	h := tx.For(by)
	m, err := loggedOn(ctx, h, by, ws, metric)
	if err != nil {
		return err
	}
	person, err := h.Person(ctx)
	if err != nil {
		return err
	}
	source, err := h.SourceOf(ctx, ws, sourceKind(by), sourceRef(by))
	if err != nil {
		return err
	}
	if err := h.TouchData(ctx, ws, metric); err != nil {
		return err
	}
	for i, in := range group {
		row := BulkRow{Row: i + 1}
		o, err := a.observation(m, person, in)
		if err != nil {
			if row.Errors = tandem.All(err); row.Errors == nil {
				return err
			}
			*done = append(*done, row)
			continue
		}
		o.Source = source
		did, err := a.putValue(ctx, h, by, ws, &o, in.Techniques)
		if err != nil {
			return err
		}
		row.Logged = &Logged{Observation: o, Did: did}
		*done = append(*done, row)
	}
	return a.emit(tx, by, ws, "observation.logged", int64(metric))
}
