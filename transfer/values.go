package transfer

import (
	"io"
	"strconv"
)

// A ValueRow is one value as the file states it. Day is the local day in days since 1970-01-01, Place
// the how-manieth value of that name and day it is in the file, from 0. Value is meaningless unless
// State is StateValue.
type ValueRow struct {
	Line       int
	Name       string
	Day        int
	Place      int
	Value      float64
	State      State
	Note       string
	Unit       string
	ExternalID string
	form       Form
}

// ExternalKey names the value for good, so that bringing the same file again changes nothing: its own
// id where the file has one, else form, day, place within the day and name.
func (v ValueRow) ExternalKey() string {
	if v.ExternalID != "" {
		return "id:" + v.ExternalID
	}
	b := make([]byte, 0, 48)
	b = append(append(b, v.form...), ':')
	b = append(strconv.AppendInt(b, int64(v.Day), 10), ':')
	b = append(strconv.AppendInt(b, int64(v.Place), 10), ':')
	return string(append(b, v.Name...))
}

// ValueCounts say what became of what was read so far. Records are rows of the file; in the wide form
// each holds several values.
type ValueCounts struct {
	Records       int `json:"records"`
	Values        int `json:"values"`
	Skips         int `json:"skips"`
	NotApplicable int `json:"not_applicable"`
	Unknown       int `json:"unknown"` // words for not knowing, and empty cells of the wide form
	Problems      int `json:"problems"`
}

// A ValuesReader hands out the values of a file, one at a time.
type ValuesReader struct {
	m        Mapping
	rec      *records
	counts   ValueCounts
	names    map[string]*number
	units    map[string]string
	places   places
	decimal  byte
	dayFirst bool
	divide   float64 // 1000 where whole numbers stand for thousandths, else 1
	name     *number // the only one, where the file does not name it

	goal, date, value, note, unit, external int // columns, -1 for none

	// the wide form: the columns that hold numbers, and where the current record stands
	wide    []wideColumn
	at      int
	wideDay int
	wideTxt string
}

type wideColumn struct {
	column int
	number *number
}

// A number is a name that the file gives to values.
type number struct {
	index int
	name  string
	code  string // why it cannot be used, "" for fine
	args  Args
}

// Values opens a file of values at src's position and learns how it is written, which reads the whole
// file once. A *FileProblem says why it cannot be read at all.
func Values(src io.ReadSeeker, opt Options) (*ValuesReader, error) {
	s, err := openSheet(src, opt, valueWords)
	if err != nil {
		return nil, err
	}
	if err := s.mapValues(opt.Name); err != nil {
		return nil, err
	}
	v := &ValuesReader{m: s.m, names: map[string]*number{}, units: map[string]string{}, divide: 1}
	v.places.init()
	v.decimal, v.dayFirst = s.m.Decimal[0], s.m.DateLayout == LayoutDMY
	if s.m.Thousandths == Yes {
		v.divide = 1000
	}
	v.goal, v.date, v.value = s.m.columnOf(FieldGoal), s.m.columnOf(FieldDate), s.m.columnOf(FieldValue)
	v.note, v.unit, v.external = s.m.columnOf(FieldNote), s.m.columnOf(FieldUnit), s.m.columnOf(FieldExternalID)
	if s.m.Form == Wide {
		for i, c := range s.m.Columns {
			if c.Field == FieldValue {
				n, err := v.named(unguard([]byte(c.Name)))
				if err != nil {
					return nil, err
				}
				v.wide = append(v.wide, wideColumn{i, n})
			}
		}
		v.at = len(v.wide)
	} else if v.goal < 0 {
		if v.name, err = v.named(trim([]byte(opt.Name))); err != nil {
			return nil, err
		}
	}
	v.rec, err = s.data()
	return v, err
}

// Mapping tells how the file is read, to be shown and, corrected, given to Options.
func (v *ValuesReader) Mapping() Mapping { return v.m }

// Counts tells what became of what was read so far.
func (v *ValuesReader) Counts() ValueCounts { return v.counts }

// Next gives the next value, or the next problem, which stands for a row or cell that was left out.
// It ends with io.EOF. Any other error ends the file; a *FileProblem can be told to people.
func (v *ValuesReader) Next() (ValueRow, *RowProblem, error) {
	for {
		if v.at < len(v.wide) {
			if row, problem, ok := v.wideCell(); ok {
				return row, problem, nil
			}
			continue
		}
		if err := v.rec.next(); err != nil {
			return ValueRow{}, nil, err
		}
		if blank(v.rec.fields) {
			continue
		}
		v.counts.Records++
		if p := cutProblem(v.rec, &v.m); p != nil {
			v.counts.Problems++
			return ValueRow{}, p, nil
		}
		if v.m.Form == Wide {
			if p := v.openWide(); p != nil {
				v.counts.Problems++
				return ValueRow{}, p, nil
			}
			continue
		}
		row, problem, err := v.long()
		switch {
		case err != nil:
			return ValueRow{}, nil, err
		case problem != nil:
			v.counts.Problems++
			return ValueRow{}, problem, nil
		case v.count(row.State):
			return row, nil, nil
		}
	}
}

// count takes note of a state; it answers false for what is not handed out.
func (v *ValuesReader) count(s State) bool {
	switch s {
	case StateUnknown:
		v.counts.Unknown++
		return false
	case StateSkip:
		v.counts.Skips++
	case StateNotApplicable:
		v.counts.NotApplicable++
	default:
		v.counts.Values++
	}
	return true
}

func (v *ValuesReader) problem(column int, code string, args Args) *RowProblem {
	return rowProblem(&v.m, v.rec.recLine, column, code, args)
}

// rowProblem names the column by its header, else by its number.
func rowProblem(m *Mapping, line, column int, code string, args Args) *RowProblem {
	p := &RowProblem{Line: line, Code: code, Args: args}
	if p.Args == nil {
		p.Args = Args{}
	}
	if column >= 0 {
		p.Column = strconv.Itoa(column + 1)
		if column < len(m.Columns) && m.Columns[column].Name != "" {
			p.Column = echo([]byte(m.Columns[column].Name))
		}
	}
	p.Args["line"], p.Args["column"] = line, p.Column
	return p
}

// cutProblem finds what is wrong with a record before its cells mean anything.
func cutProblem(r *records, m *Mapping) *RowProblem {
	if r.stray >= 0 {
		return rowProblem(m, r.recLine, r.stray, "csv_quote_stray", nil)
	}
	for i := len(m.Columns); i < len(r.fields); i++ {
		if len(trim(r.fields[i])) > 0 {
			return rowProblem(m, r.recLine, -1, "csv_too_many_fields", Args{"got": len(r.fields), "want": len(m.Columns)})
		}
	}
	if !r.unclean {
		return nil
	}
	for i, f := range r.fields {
		if code, args := checkText(f, MaxRecord, true); code != "" {
			return rowProblem(m, r.recLine, i, code, args)
		}
	}
	return rowProblem(m, r.recLine, -1, "csv_bad_utf8", nil)
}

// field gives a cell, trimmed; nothing for a column that the record does not have.
func field(r *records, i int) []byte {
	if i < 0 || i >= len(r.fields) {
		return nil
	}
	return trim(r.fields[i])
}

// long reads a record of the long form.
func (v *ValuesReader) long() (ValueRow, *RowProblem, error) {
	row := ValueRow{Line: v.rec.recLine, form: Long}
	n := v.name
	if n == nil {
		var err error
		if n, err = v.named(unguard(field(v.rec, v.goal))); err != nil {
			return row, nil, err
		}
	}
	if n.code != "" {
		return row, v.problem(v.goal, n.code, copyArgs(n.args)), nil
	}
	row.Name = n.name
	day, problem := v.day()
	if problem != nil {
		return row, problem, nil
	}
	row.Day = day
	cell := field(v.rec, v.value)
	if len(cell) == 0 {
		return row, v.problem(v.value, "csv_value_missing", nil), nil
	}
	if problem = v.read(&row, cell, v.value); problem != nil {
		return row, problem, nil
	}
	if row.Note, problem = v.text(v.note, maxText, true); problem != nil {
		return row, problem, nil
	}
	if row.ExternalID, problem = v.text(v.external, maxName, false); problem != nil {
		return row, problem, nil
	}
	if unit := unguard(field(v.rec, v.unit)); len(unit) > 0 {
		known, ok := v.units[string(unit)]
		if !ok {
			if known, problem = v.text(v.unit, maxUnit, false); problem != nil {
				return row, problem, nil
			}
			if len(v.units) < MaxNames {
				v.units[known] = known
			}
		}
		row.Unit = known
		if _, clock := readClock(cell); clock && minutes(known) {
			row.Value *= 60 // hours and minutes in a column of minutes
		}
	}
	return row, v.place(&row, n, v.value), nil
}

func minutes(unit string) bool {
	switch unit {
	case "min", "mins", "minute", "minutes", "Min", "Min.", "min.", "Minute", "Minuten", "minuten":
		return true
	}
	return false
}

// openWide reads the day of a record of the wide form, and its note.
func (v *ValuesReader) openWide() *RowProblem {
	day, problem := v.day()
	if problem != nil {
		return problem
	}
	note, problem := v.text(v.note, maxText, true)
	if problem != nil {
		return problem
	}
	v.wideDay, v.wideTxt, v.at = day, note, 0
	return nil
}

// wideCell reads the next cell of a wide record; ok is false for one that holds nothing.
func (v *ValuesReader) wideCell() (row ValueRow, problem *RowProblem, ok bool) {
	c := v.wide[v.at]
	v.at++
	cell := field(v.rec, c.column)
	if len(cell) == 0 {
		v.counts.Unknown++
		return row, nil, false
	}
	row = ValueRow{Line: v.rec.recLine, Name: c.number.name, Day: v.wideDay, Note: v.wideTxt, form: Wide}
	if c.number.code != "" {
		problem = v.problem(c.column, c.number.code, copyArgs(c.number.args))
	} else if problem = v.read(&row, cell, c.column); problem == nil && row.State != StateUnknown {
		problem = v.place(&row, c.number, c.column)
	}
	if problem != nil {
		v.counts.Problems++
		return ValueRow{}, problem, true
	}
	return row, nil, v.count(row.State)
}

func (v *ValuesReader) day() (int, *RowProblem) {
	cell := field(v.rec, v.date)
	if len(cell) == 0 {
		return 0, v.problem(v.date, "csv_date_missing", nil)
	}
	d := readDate(cell, v.dayFirst)
	if d.fault != dateFine {
		code, args := dateProblem(cell, d, v.m.DateLayout)
		return 0, v.problem(v.date, code, args)
	}
	return d.day, nil
}

// read fills value and state. Thousandths are divided, which gives the nearest float of the decimal.
func (v *ValuesReader) read(row *ValueRow, cell []byte, column int) *RowProblem {
	value, state, fault := readCell(cell, v.decimal)
	if fault != numberFine {
		code, args := numberProblem(cell, v.decimal, fault)
		return v.problem(column, code, args)
	}
	if c := cell[0] | 0x20; c < 'a' || c > 'z' { // words stand for themselves
		value /= v.divide
	}
	row.Value, row.State = value, state
	return nil
}

// text gives a cell that is stored as text.
func (v *ValuesReader) text(column, limit int, lines bool) (string, *RowProblem) {
	cell := unguard(field(v.rec, column))
	if len(cell) == 0 {
		return "", nil
	}
	if code, args := checkText(cell, limit, lines); code != "" {
		return "", v.problem(column, code, args)
	}
	return string(cell), nil
}

// named gives the number of a name, the same one each time.
func (v *ValuesReader) named(name []byte) (*number, error) {
	if n, ok := v.names[string(name)]; ok {
		return n, nil
	}
	if len(v.names) == MaxNames {
		line := 1 // the header's, unless a row is being read
		if v.rec != nil {
			line = v.rec.recLine
		}
		return nil, fileProblem(line, "csv_too_many_names", Args{"limit": MaxNames})
	}
	n := &number{index: len(v.names)}
	if len(name) == 0 {
		n.code = "csv_name_missing"
	} else {
		n.code, n.args = checkText(name, maxName, false)
	}
	n.name = string(name)
	v.names[n.name] = n
	return n, nil
}

// copyArgs lets each problem have arguments of its own.
func copyArgs(args Args) Args {
	out := make(Args, len(args)+2)
	for k, v := range args {
		out[k] = v
	}
	return out
}

// place numbers the value within its day. What is dropped takes no place, so that a corrected file
// keeps the keys of the rows that were good.
func (v *ValuesReader) place(row *ValueRow, n *number, column int) *RowProblem {
	if row.State == StateUnknown {
		return nil
	}
	place, ok := v.places.next(n.index, row.Day)
	if !ok {
		return v.problem(column, "csv_too_many_a_day", Args{"limit": MaxADay})
	}
	row.Place = place
	return nil
}

// places counts the values of each name and day. Sixteen days share a page, so that a million rows of
// daily values need a few MiB.
type places struct {
	pages map[uint64]int32
	slab  [][16]uint16
	key   uint64 // the page used last
	page  int32
}

func (p *places) init() {
	p.pages, p.key = map[uint64]int32{}, 1<<64-1
}

// next gives the place of one more value, from 0; ok is false when the day is full.
func (p *places) next(name, day int) (place int, ok bool) {
	d := uint64(day + 1<<20) // years 1900 to 2200 are well above zero
	if key := uint64(name)<<32 | d>>4; key != p.key {
		page, known := p.pages[key]
		if !known {
			page = int32(len(p.slab))
			p.slab = append(p.slab, [16]uint16{})
			p.pages[key] = page
		}
		p.key, p.page = key, page
	}
	n := &p.slab[p.page][d&15]
	if *n == MaxADay {
		return 0, false
	}
	*n++
	return int(*n) - 1, true
}
