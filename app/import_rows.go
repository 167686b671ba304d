package app

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"tandem"
)

// A ValueRow is one value as a file states it. Place is the how-manieth value of its name and day it is in
// the file, from 0. Key names the row wherever it is read again: its external id, or what the file makes
// of it.
type ValueRow struct {
	Line  int
	Name  string
	Unit  string
	Day   tandem.Day
	Place int
	Value float64
	State tandem.State
	Note  string
	Key   string
}

// A GoalRow is one goal as a file states it; what is not stated is empty, NoDay or nil. A row of a result
// without target or date says only that there is such a number.
type GoalRow struct {
	Line        int
	ExternalID  string
	Kind        tandem.GoalKind
	Title       string
	Why         string
	OwnerEmail  string // "" for the one who imports
	State       tandem.GoalState
	Visibility  tandem.Visibility
	Measure     string // the number's name; the title where it is not stated
	Unit        string
	Form        tandem.Form
	Period      tandem.Period // of a rate or a ratio
	Numerator   string        // of a ratio: names of its parts
	Denominator string
	Percent     bool
	Direction   tandem.Direction
	ReachedWhen tandem.ReachedWhen
	HeldFor     int
	KeptShare   float64
	Baseline    *float64
	Target      *float64
	TargetLo    *float64
	TargetHi    *float64
	Stretch     *float64
	Start, Due  tandem.Day
	Review      tandem.Day
	Skill       string
	LevelNow    int // what the person says; 0 nothing
	Aim         int
	Fuels       []string // external ids of results
}

// A RowProblem is why a row, or one cell of it, was left out. Line is the line in the file, from 1; Column
// the column's name, "" for the whole row.
type RowProblem struct {
	Line   int         `json:"line"`
	Column string      `json:"column,omitempty"`
	Code   string      `json:"code"`
	Args   tandem.Args `json:"args,omitempty"`
}

func (p RowProblem) Error() string {
	return fmt.Sprintf("line %d %s: %s %v", p.Line, p.Column, p.Code, p.Args)
}

// RowProblems are what is wrong with one row, as the error that a reader of rows yields for it. Any other
// error ends the reading.
type RowProblems []RowProblem

func (ps RowProblems) Error() string {
	parts := make([]string, len(ps))
	for i, p := range ps {
		parts[i] = p.Error()
	}
	return strings.Join(parts, "; ")
}

// Rows reads a file from its beginning, each time that it is called: once to check all rows, once more to
// write them.
type Rows[R ValueRow | GoalRow] func() iter.Seq2[R, error]

// An ImportInput says what is imported.
type ImportInput struct {
	File   string `json:"file"`
	DryRun bool   `json:"dry_run,omitempty"`

	// last is written in the transaction that ends the import.
	last func(context.Context, Tx, ImportReport) error
}

// reportedProblems is how many problems a report names; it counts all.
const reportedProblems = 200

// An ImportReport says what became of a file. Read = Added + Changed + Same + Skipped; Numbers and Goals
// are what was made for it. Of a dry run Added holds what would be written or found written already.
type ImportReport struct {
	Batch    tandem.BatchID `json:"id,omitempty"`
	DryRun   bool           `json:"dry_run,omitempty"`
	Read     int            `json:"read"`
	Added    int            `json:"added"`
	Changed  int            `json:"changed"`
	Same     int            `json:"same"`
	Skipped  int            `json:"skipped"`
	Numbers  int            `json:"numbers"`
	Goals    int            `json:"goals"`
	Problems []RowProblem   `json:"problems,omitempty"`
}

// skip counts a row that is left out, with its problems.
func (r *ImportReport) skip(ps RowProblems) {
	r.Skipped++
	r.Problems = append(r.Problems, ps[:min(len(ps), reportedProblems-len(r.Problems))]...)
}

// problemsOf gives what is wrong with a row as problems of its line; nil for an error of another kind.
func problemsOf(line int, err error) (ps RowProblems) {
	for _, e := range tandem.All(err) {
		if e.Kind != tandem.KindInvalid {
			return nil
		}
		ps = append(ps, RowProblem{Line: line, Column: e.Field, Code: e.Code, Args: e.Args})
	}
	return ps
}
