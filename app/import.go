package app

import (
	"context"
	"errors"
	"slices"

	"tandem"
	"tandem/policy"
)

// importGroup is how many rows of a file are written in one transaction, so that others go on.
const importGroup = 500

func importOf(by tandem.Actor, ws tandem.WorkspaceID) policy.Resource {
	return policy.Resource{Kind: policy.Import, Workspace: ws, Owner: by.Person}
}

// importing is an import under way. Its actor is the person with all of the person's own rights: the right
// to import was asked for once.
type importing struct {
	*App
	by     tandem.Actor
	ws     tandem.WorkspaceID
	person tandem.Person
	batch  tandem.Batch
	report ImportReport
	last   func(context.Context, Tx, ImportReport) error
}

// startImport asks for the right to import and, unless it is a dry run, keeps the batch as running.
func (a *App) startImport(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, format string, in ImportInput) (*importing, error) {
	if err := may(by, policy.Create, importOf(by, ws)); err != nil {
		return nil, err
	}
	by = asked(by)
	person, err := a.Store.For(by).Person(ctx)
	if err != nil {
		return nil, err
	}
	return &importing{App: a, by: by, ws: ws, person: person, report: ImportReport{DryRun: in.DryRun}, last: in.last,
		batch: tandem.Batch{Workspace: ws, ID: tandem.NewID[tandem.BatchID](a.IDs), Person: by.Person, Format: format, File: in.File, State: tandem.BatchRunning, Created: a.now()}}, nil
}

// open keeps the batch, with the source that marks what it writes.
func (im *importing) open(ctx context.Context) error {
	im.report.Batch = im.batch.ID
	return im.Store.InTx(ctx, func(tx Tx) (err error) {
		h := tx.For(im.by)
		if im.batch.Source, err = h.SourceOf(ctx, im.ws, "import", int64(im.batch.ID)); err != nil {
			return err
		}
		return h.PutBatch(ctx, im.batch)
	})
}

// finish keeps the batch as done. When the import broke off instead, all that it wrote is undone at once;
// where that is not possible either, the next start does it.
func (im *importing) finish(ctx context.Context, broke error) error {
	if broke == nil {
		broke = im.done(ctx)
	}
	if broke == nil {
		return nil
	}
	_, err := im.undo(context.WithoutCancel(ctx), im.by, im.batch)
	return errors.Join(broke, err)
}

func (im *importing) done(ctx context.Context) error {
	im.batch.State, im.batch.Read, im.batch.Skipped = tandem.BatchDone, im.report.Read, im.report.Skipped
	im.batch.Imported = im.report.Added + im.report.Changed
	return im.Store.InTx(ctx, func(tx Tx) error {
		if err := tx.For(im.by).PutBatch(ctx, im.batch); err != nil {
			return err
		}
		if im.last != nil {
			if err := im.last(ctx, tx, im.report); err != nil {
				return err
			}
		}
		return im.emit(tx, im.by, im.ws, "import.done", int64(im.batch.ID))
	})
}

// inGroups reads all rows of a file and hands them on in groups; what is wrong with a row is reported.
func inGroups[R ValueRow | GoalRow](im *importing, rows Rows[R], each func([]R) error) error {
	group := make([]R, 0, importGroup)
	for row, err := range rows() {
		var ps RowProblems
		if err != nil && !errors.As(err, &ps) {
			return err
		}
		im.report.Read++
		if err != nil {
			im.report.skip(ps)
			continue
		}
		if group = append(group, row); len(group) == importGroup {
			if err := each(group); err != nil {
				return err
			}
			group = group[:0]
		}
	}
	if len(group) == 0 {
		return nil
	}
	return each(group)
}

// ImportValues imports values: all rows are checked in one pass, which is all that a dry run does, then
// written in groups. A number is made for each name that the actor has none of. Rows that were imported
// before add nothing; what changed in the file changes the value.
func (a *App) ImportValues(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, in ImportInput, rows Rows[ValueRow]) (_ ImportReport, err error) {
	defer tandem.Wrap(&err, "import values")
	im, err := a.startImport(ctx, by, ws, "csv", in)
	if err != nil {
		return ImportReport{}, err
	}
	v := valueImport{importing: im, numbers: map[string]tandem.Metric{}}
	check := func(group []ValueRow) error { return v.group(ctx, a.Store.For(im.by), nil, group, v.check) }
	if err := inGroups(im, rows, check); err != nil || in.DryRun {
		im.report.Numbers = v.made
		return im.report, err
	}
	im.report, v.made, v.numbers = ImportReport{}, 0, map[string]tandem.Metric{}
	if err := im.open(ctx); err != nil {
		return im.report, err
	}
	err = inGroups(im, rows, func(group []ValueRow) error { return v.writeGroup(ctx, group) })
	im.report.Numbers = v.made
	return im.report, im.finish(ctx, err)
}

// valueImport is an import of values; numbers are those of the names met so far, by name key.
type valueImport struct {
	*importing
	numbers map[string]tandem.Metric
	made    int
}

// group hands on each row with its number and the value that it states; rows that cannot be accepted are
// reported. Without w, a check, new numbers are not kept.
func (v *valueImport) group(ctx context.Context, r Reads, w Writes, rows []ValueRow, each func(context.Context, ValueRow, tandem.Metric, tandem.Observation) error) error {
	for _, row := range rows {
		m, err := v.number(ctx, r, w, row)
		if err == nil {
			var o tandem.Observation
			if o, err = v.value(m, row); err == nil {
				err = each(ctx, row, m, o)
			}
		}
		if err == nil {
			continue
		}
		ps := problemsOf(row.Line, err)
		if ps == nil {
			return err
		}
		v.report.skip(ps)
	}
	return nil
}

// number gives the number of a row's name: the actor's oldest that is in use, or a new one.
func (v *valueImport) number(ctx context.Context, r Reads, w Writes, row ValueRow) (tandem.Metric, error) {
	key := tandem.NameKey(row.Name)
	if m, known := v.numbers[key]; known {
		return m, nil
	}
	all, err := r.MetricsByName(ctx, v.ws, row.Name)
	if err != nil {
		return tandem.Metric{}, err
	}
	if i := slices.IndexFunc(all, func(m tandem.Metric) bool { return !m.Archived }); i >= 0 {
		m := all[i]
		if m.IsRatio() { // its values are those of its parts
			p, err := partsOf(ctx, r, m)
			if err == nil {
				err = m.LogHere(p.Numerator.Name, p.Denominator.Name)
			}
			return m, err
		}
		v.numbers[key] = m
		return m, nil
	}
	in := MetricInput{Name: row.Name, Unit: row.Unit}
	if err := aboutBody(ctx, r, numberTexts("", in)...); err != nil {
		return tandem.Metric{}, err
	}
	m := v.metric(v.by, v.ws, in)
	m.Batch = v.batch.ID
	if err := m.Validate(); err != nil {
		return m, err
	}
	if w != nil {
		if err := w.AddMetric(ctx, m); err != nil {
			return m, err
		}
	}
	v.made++
	v.numbers[key] = m
	return m, nil
}

// value gives the observation that a row states: at noon of its day, in the order of the file.
func (v *valueImport) value(m tandem.Metric, row ValueRow) (tandem.Observation, error) {
	o := tandem.Observation{Metric: m.ID, At: row.Day.Noon(m.Location(v.person)) + tandem.Instant(row.Place), Day: row.Day, Value: row.Value, State: row.State,
		Source: v.batch.Source, Note: row.Note, External: row.Key}
	if o.State != tandem.StateValue {
		o.Value = 0
	}
	return o, o.Validate(m, m.DayOf(v.person, v.Now()))
}

func (v *valueImport) check(context.Context, ValueRow, tandem.Metric, tandem.Observation) error {
	v.report.Added++
	return nil
}

// writeGroup writes one group of rows in a transaction of its own. The transaction may run twice: what is
// counted and known begins anew each time.
func (v *valueImport) writeGroup(ctx context.Context, rows []ValueRow) error {
	report, made := v.report, v.made
	known := make(map[string]tandem.Metric, len(v.numbers))
	for k, m := range v.numbers {
		known[k] = m
	}
	return v.Store.InTx(ctx, func(tx Tx) error {
		v.report, v.made = report, made
		clear(v.numbers)
		for k, m := range known {
			v.numbers[k] = m
		}
		h := tx.For(v.by)
		byNumber := map[tandem.MetricID][]tandem.Observation{}
		err := v.group(ctx, h, h, rows, func(_ context.Context, _ ValueRow, m tandem.Metric, o tandem.Observation) error {
			byNumber[m.ID] = append(byNumber[m.ID], o)
			return nil
		})
		if err != nil {
			return err
		}
		// One order of locks for everybody, so that two imports never wait for each other.
		for _, id := range sortedKeys(byNumber) {
			if err := h.TouchData(ctx, v.ws, id); err != nil {
				return err
			}
			for _, o := range byNumber[id] {
				if err := v.put(ctx, h, o); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func sortedKeys[K ~int64, V any](m map[K]V) []K {
	out := make([]K, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// put writes one value and counts what became of it. What a change replaced is kept, so that undoing the
// import brings it back.
func (v *valueImport) put(ctx context.Context, h Writes, o tandem.Observation) error {
	put, err := h.PutObservation(ctx, v.ws, o)
	if err != nil {
		return err
	}
	switch put.Did {
	case tandem.PutAdded:
		v.report.Added++
	case tandem.PutSame:
		v.report.Same++
	case tandem.PutChanged:
		v.report.Changed++
		o.At = put.At
		return v.remember(ctx, h, v.by, v.ws, "observation", int64(o.Metric), int64(o.At), *put.Before, o)
	}
	return nil
}
