// Package files puts what transfer reads into the rows that the use cases of importing take. It knows both
// sides, so that neither knows the other.
package files

import (
	"encoding/json"
	"errors"
	"io"
	"iter"

	"tandem"
	"tandem/app"
	"tandem/transfer"
)

// Reader reads files of the formats of package transfer.
type Reader struct{}

var _ app.Files = Reader{}

// Values reads values; the rows come from the beginning of src each time.
func (Reader) Values(src io.ReadSeeker, o app.FileOptions) (app.Mapping, app.Rows[app.ValueRow], error) {
	opt, err := options(o)
	if err != nil {
		return app.Mapping{}, nil, err
	}
	r, err := values(src, opt)
	if err != nil {
		return app.Mapping{}, nil, told(err)
	}
	opt.Mapping = r.Mapping()
	rows := func() iter.Seq2[app.ValueRow, error] {
		return func(yield func(app.ValueRow, error) bool) {
			r, err := values(src, opt)
			if err != nil {
				yield(app.ValueRow{}, told(err))
				return
			}
			for {
				row, problem, err := r.Next()
				if errors.Is(err, io.EOF) || !yieldRow(yield, value(row), problemList(problem), err) {
					return
				}
			}
		}
	}
	m, err := mapping(opt.Mapping)
	return m, rows, err
}

// Goals reads goals; the rows come from the beginning of src each time.
func (Reader) Goals(src io.ReadSeeker, o app.FileOptions) (app.Mapping, app.Rows[app.GoalRow], error) {
	opt, err := options(o)
	if err != nil {
		return app.Mapping{}, nil, err
	}
	r, err := goals(src, opt)
	if err != nil {
		return app.Mapping{}, nil, told(err)
	}
	opt.Mapping = r.Mapping()
	rows := func() iter.Seq2[app.GoalRow, error] {
		return func(yield func(app.GoalRow, error) bool) {
			r, err := goals(src, opt)
			if err != nil {
				yield(app.GoalRow{}, told(err))
				return
			}
			for {
				row, problems, err := r.Next()
				if errors.Is(err, io.EOF) || !yieldRow(yield, goal(row), problems, err) {
					return
				}
			}
		}
	}
	m, err := mapping(opt.Mapping)
	return m, rows, err
}

// values and goals read src from its beginning.
func values(src io.ReadSeeker, opt transfer.Options) (*transfer.ValuesReader, error) {
	if _, err := src.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return transfer.Values(src, opt)
}

func goals(src io.ReadSeeker, opt transfer.Options) (*transfer.GoalsReader, error) {
	if _, err := src.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return transfer.Goals(src, opt)
}

// yieldRow hands on a row, its problems, or the error that ends the file; it tells whether to go on.
func yieldRow[R any](yield func(R, error) bool, row R, problems []transfer.RowProblem, err error) bool {
	var none R
	if err != nil {
		yield(none, told(err))
		return false
	}
	if len(problems) == 0 {
		return yield(row, nil)
	}
	ps := make(app.RowProblems, len(problems))
	for i, p := range problems {
		ps[i] = app.RowProblem(p)
	}
	return yield(none, ps)
}

func problemList(p *transfer.RowProblem) []transfer.RowProblem {
	if p == nil {
		return nil
	}
	return []transfer.RowProblem{*p}
}

// told turns what is wrong with a whole file into an error that people can be told.
func told(err error) error {
	var p *transfer.FileProblem
	if !errors.As(err, &p) {
		return err
	}
	args := tandem.Args{"line": p.Line}
	for k, v := range p.Args {
		args[k] = v
	}
	return tandem.Invalid("file", p.Code, args)
}

// options and mapping go from one side's mapping to the other's by their JSON form, which is the same.
func options(o app.FileOptions) (transfer.Options, error) {
	opt := transfer.Options{Lang: o.Lang, Name: o.Name}
	b, err := json.Marshal(o.Mapping)
	if err == nil {
		err = json.Unmarshal(b, &opt.Mapping)
	}
	return opt, err
}

func mapping(m transfer.Mapping) (out app.Mapping, err error) {
	b, err := json.Marshal(m)
	if err == nil {
		err = json.Unmarshal(b, &out)
	}
	return out, err
}

func day(d int) tandem.Day {
	if d == transfer.NoDay {
		return tandem.NoDay
	}
	return tandem.Day(d)
}

func value(r transfer.ValueRow) app.ValueRow {
	return app.ValueRow{Line: r.Line, Name: r.Name, Unit: r.Unit, Day: day(r.Day), Place: r.Place, Value: r.Value, State: tandem.State(r.State), Note: r.Note, Key: r.ExternalKey()}
}

func goal(r transfer.GoalRow) app.GoalRow {
	g := app.GoalRow{Line: r.Line, ExternalID: r.ExternalID, Kind: tandem.GoalKind(r.Kind), Title: r.Title, Why: r.Description, OwnerEmail: r.OwnerEmail,
		State: tandem.GoalState(r.Status), Visibility: tandem.Visibility(r.Visibility), Measure: r.Measure, Unit: r.Unit, Form: tandem.Form(r.Form),
		Period: tandem.Period(r.Period), Numerator: r.Numerator, Denominator: r.Denominator, Percent: r.Percent,
		Direction: tandem.Direction(r.Direction), ReachedWhen: tandem.ReachedWhen(r.ReachedWhen), HeldFor: r.HeldFor, KeptShare: r.KeptShare,
		Baseline: r.Baseline, Target: r.Target, TargetLo: r.TargetLo, TargetHi: r.TargetHi, Stretch: r.Stretch,
		Start: day(r.Start), Due: day(r.Due), Review: day(r.Review), Skill: r.Skill, LevelNow: max(r.LevelNow, 0), Aim: max(r.LevelAim, 0), Fuels: r.Fuels}
	if g.Form == tandem.FormRatio && g.Numerator == "" && g.Denominator == "" { // a share of something unnamed is read like any other state
		g.Form, g.Percent = tandem.FormReading, false
	}
	return g
}
