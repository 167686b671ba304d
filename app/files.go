package app

import (
	"context"
	"io"

	"tandem"
)

// Files reads files that people bring in. What it cannot read is an Invalid error of the field "file".
type Files interface {
	Values(src io.ReadSeeker, o FileOptions) (Mapping, Rows[ValueRow], error)
	Goals(src io.ReadSeeker, o FileOptions) (Mapping, Rows[GoalRow], error)
	// Archive writes an export.
	Archive(w io.Writer) Archive
}

// FileOptions say what is known about a file beforehand. Lang decides where a whole column leaves a date
// or a number open; Name is the number of a file that does not name it; what Mapping says is not guessed.
type FileOptions struct {
	Lang    string
	Name    string
	Mapping Mapping
}

// A Mapping is how a file is read: guessed, shown, and corrected by giving it back. Notices are guesses
// worth a look.
type Mapping struct {
	Form        string          `json:"form,omitempty"`      // long or wide
	Delimiter   string          `json:"delimiter,omitempty"` // , ; tab or |
	Quote       string          `json:"quote,omitempty"`     // " or '
	Header      string          `json:"header,omitempty"`    // yes or no
	Decimal     string          `json:"decimal,omitempty"`   // . or ,
	DateLayout  string          `json:"date_layout,omitempty"`
	Columns     []MappedColumn  `json:"columns,omitempty"`
	Thousandths string          `json:"thousandths,omitempty"` // yes or no: whole numbers stand for thousandths
	Records     int             `json:"records,omitempty"`
	Notices     []MappingNotice `json:"notices,omitempty"`
}

// A MappedColumn says what a column of a file holds.
type MappedColumn struct {
	Name  string `json:"name"`
	Field string `json:"field"`
}

// A MappingNotice is a guess worth a look, as a code of the catalogue.
type MappingNotice struct {
	Code string      `json:"code"`
	Args tandem.Args `json:"args,omitempty"`
}

// The formats that can be imported.
const (
	FormatValues = "csv"
	FormatGoals  = "goals"
)

// firstRows is how many rows are shown before an import.
const firstRows = 5

// A FileInput says what file is imported and how it is read.
type FileInput struct {
	Format  string  `json:"format"` // goals or csv
	File    string  `json:"file,omitempty"`
	Name    string  `json:"name,omitempty"`
	Mapping Mapping `json:"mapping,omitzero"`
	DryRun  bool    `json:"dry_run,omitempty"`

	// Key is the key of the request and Answer its answer: both are kept in the transaction that ends the
	// import. Without a key neither is.
	Key    *RequestKey                                `json:"-"`
	Answer func(FileReport) (tandem.KeptReply, error) `json:"-"`
}

// A FileReport says what became of a file, how it was read, and what its first rows hold.
type FileReport struct {
	ImportReport
	Mapping Mapping    `json:"mapping"`
	Values  []ValueRow `json:"first_values,omitempty"`
	Goals   []GoalRow  `json:"first_goals,omitempty"`
}

// ImportFile imports a file; a dry run shows how it is read and what would come of it.
func (a *App) ImportFile(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, in FileInput, src io.ReadSeeker) (r FileReport, err error) {
	defer tandem.Wrap(&err, "import file")
	person, err := a.Store.For(by).Person(ctx)
	if err != nil {
		return r, err
	}
	o := FileOptions{Lang: person.Lang, Name: in.Name, Mapping: in.Mapping}
	if o.Name == "" {
		o.Name = in.File
	}
	how := ImportInput{File: in.File, DryRun: in.DryRun}
	if in.Key != nil {
		how.last = func(ctx context.Context, tx Tx, done ImportReport) error {
			r.ImportReport = done
			answer, err := in.Answer(r)
			if err != nil {
				return err
			}
			return a.keep(ctx, tx, by, ws, *in.Key, answer)
		}
	}
	switch in.Format {
	case FormatValues:
		var rows Rows[ValueRow]
		if r.Mapping, rows, err = a.Files.Values(src, o); err == nil {
			r.Values = first(rows)
			r.ImportReport, err = a.ImportValues(ctx, by, ws, how, rows)
		}
	case FormatGoals:
		var rows Rows[GoalRow]
		if r.Mapping, rows, err = a.Files.Goals(src, o); err == nil {
			r.Goals = first(rows)
			r.ImportReport, err = a.ImportGoals(ctx, by, ws, how, rows)
		}
	default:
		err = tandem.Invalid("format", "one_of", tandem.Args{"field": "format", "value": in.Format, "allowed": FormatGoals + ", " + FormatValues})
	}
	return r, err
}

// first gives the first rows that can be read.
func first[R ValueRow | GoalRow](rows Rows[R]) (out []R) {
	for r, err := range rows() {
		if err == nil {
			out = append(out, r)
		}
		if len(out) == firstRows {
			break
		}
	}
	return out
}
