package files

import (
	"archive/zip"
	"encoding/json"
	"io"

	"tandem"
	"tandem/app"
	"tandem/transfer"
)

// Archive writes a zip of three files: goals.csv and values.csv, which can be imported again, and
// records.jsonl with one JSON object a line for everything else. Cells that a spreadsheet would run as
// formulas begin with an apostrophe.
func (Reader) Archive(w io.Writer) app.Archive { return &archive{zip: zip.NewWriter(w)} }

type archive struct {
	zip  *zip.Writer
	name string
	csv  *transfer.Writer
	json *json.Encoder
}

// open begins the file of a name, once, after ending the one before.
func (a *archive) open(name string) error {
	if a.name == name {
		return nil
	}
	if err := a.end(); err != nil {
		return err
	}
	f, err := a.zip.Create(name)
	if err != nil {
		return err
	}
	a.name = name
	switch name {
	case goalsFile:
		a.csv = transfer.NewWriter(f)
		return a.csv.WriteGoalHeader()
	case valuesFile:
		a.csv = transfer.NewWriter(f)
		return a.csv.WriteValueHeader()
	}
	a.json = json.NewEncoder(f)
	return nil
}

func (a *archive) end() error {
	if a.csv == nil {
		return nil
	}
	err := a.csv.Flush()
	a.csv = nil
	return err
}

const (
	goalsFile   = "goals.csv"
	valuesFile  = "values.csv"
	recordsFile = "records.jsonl"
)

func (a *archive) Goal(g app.GoalRow) error {
	if err := a.open(goalsFile); err != nil {
		return err
	}
	return a.csv.WriteGoal(transfer.GoalRow{ExternalID: g.ExternalID, Kind: string(g.Kind), Title: g.Title, Description: g.Why, Status: string(g.State), Visibility: string(g.Visibility),
		Measure: g.Measure, Unit: g.Unit, Form: string(g.Form), Period: string(g.Period), Numerator: g.Numerator, Denominator: g.Denominator, Percent: g.Percent, Direction: string(g.Direction), ReachedWhen: string(g.ReachedWhen), HeldFor: g.HeldFor, KeptShare: g.KeptShare,
		Baseline: g.Baseline, Target: g.Target, TargetLo: g.TargetLo, TargetHi: g.TargetHi, Stretch: g.Stretch, Start: outDay(g.Start), Due: outDay(g.Due), Review: outDay(g.Review),
		Skill: g.Skill, LevelNow: transfer.NoLevel, LevelAim: g.Aim, Fuels: g.Fuels})
}

func outDay(d tandem.Day) int {
	if d == tandem.NoDay {
		return transfer.NoDay
	}
	return int(d)
}

func (a *archive) Value(v app.ValueRow) error {
	if err := a.open(valuesFile); err != nil {
		return err
	}
	return a.csv.WriteValue(transfer.ValueRow{Name: v.Name, Day: int(v.Day), Value: v.Value, State: transfer.State(v.State), Note: v.Note, Unit: v.Unit, ExternalID: v.Key})
}

func (a *archive) Record(kind string, v any) error {
	if err := a.open(recordsFile); err != nil {
		return err
	}
	return a.json.Encode(struct {
		Kind string `json:"kind"`
		Data any    `json:"data"`
	}{kind, v})
}

func (a *archive) Close() error {
	if err := a.end(); err != nil {
		return err
	}
	return a.zip.Close()
}
