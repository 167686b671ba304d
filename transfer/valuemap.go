package transfer

// mapValues decides the form and what each column holds, then reads the whole file for the layout of
// its dates and numbers.
func (s *sheet) mapValues(name string) error {
	given := s.m.Columns != nil
	if err := s.nameColumns(valueWords); err != nil {
		return err
	}
	if !given {
		s.guessColumns(name)
	}
	date := s.m.columnOf(FieldDate)
	if date < 0 {
		return fileProblem(0, "csv_date_column_missing", Args{"columns": s.m.names()})
	}
	if s.m.Form == "" { // columns were given without a form
		s.m.Form = Long
		if s.m.columnOf(FieldGoal) < 0 && s.valueColumns() > 1 {
			s.m.Form = Wide
		}
	}
	switch values := s.valueColumns(); {
	case values == 0:
		return fileProblem(0, "csv_value_column_missing", Args{"columns": s.m.names()})
	case s.m.Form == Long && s.m.columnOf(FieldGoal) < 0 && len(trim([]byte(name))) == 0:
		return fileProblem(0, "csv_goal_column_missing", Args{"columns": s.m.names()})
	}
	var numbers []int
	for i, c := range s.m.Columns {
		if c.Field == FieldValue {
			numbers = append(numbers, i)
		}
	}
	v, err := s.survey([]int{date}, numbers)
	if err != nil {
		return err
	}
	s.m.Records = v.records
	if p := s.headerWidth(v); p != nil {
		return p
	}
	s.settleDates(v, s.habitBull())
	s.settleNumbers(v)
	s.settleThousandths(v)
	if !given {
		s.settleColumns(v)
	}
	if s.valueColumns() == 0 {
		return fileProblem(0, "csv_value_column_missing", Args{"columns": s.m.names()})
	}
	return nil
}

func (s *sheet) valueColumns() int {
	n := 0
	for _, c := range s.m.Columns {
		if c.Field == FieldValue {
			n++
		}
	}
	return n
}

// guessColumns completes what the header's words have named.
func (s *sheet) guessColumns(name string) {
	from := 0
	if s.m.Header == Yes {
		from = 1
	}
	if s.m.columnOf(FieldDate) < 0 {
		// A row may be wider than the header; a cell that has no column is told of when it is read.
		if d := dateColumn(s.sample, from); d >= 0 && d < len(s.m.Columns) {
			s.m.Columns[d].Field = FieldDate
		}
	}
	if s.m.Header != Yes {
		if s.m.Form == "" {
			s.m.Form = Long
		}
		s.guessByContent()
		return
	}
	if s.m.Form == "" {
		s.m.Form = s.guessForm(name)
	}
	for i := range s.m.Columns {
		c := &s.m.Columns[i]
		switch {
		case c.Field == FieldDate || s.m.Form == Long && c.Field != "":
		case s.m.Form == Long || c.Name == "":
			c.Field = FieldIgnore
		case c.Field != FieldNote:
			c.Field = FieldValue // wide: whatever the name, it is a number's
		}
	}
	if s.m.Form == Wide && s.valueColumns() > 1 {
		for i := range s.m.Columns { // a note that could belong to several numbers belongs to none
			if s.m.Columns[i].Field == FieldNote {
				s.m.Columns[i].Field = FieldIgnore
			}
		}
	}
}

// guessForm tells the long form by its columns: a name and a value, or a value alone. Words such as
// score name a value in the long form and a number in the wide one.
func (s *sheet) guessForm(name string) Form {
	goal, value, others := s.m.columnOf(FieldGoal), s.m.columnOf(FieldValue), 0
	for _, c := range s.m.Columns {
		if c.Field == "" && c.Name != "" {
			others++
		}
	}
	switch {
	case goal >= 0 && (value >= 0 || others == 0):
		return Long
	case value < 0:
		return Wide
	}
	plain := plainHeader(s.m.Columns[value].Name)
	if plain == "value" || plain == "wert" || others == 0 && name != "" {
		return Long
	}
	return Wide
}

// guessByContent maps a file without header: the first column of numbers beside the date holds the
// values, a text before them the name, a text behind them the note (date, value, "comment" is what
// Beeminder once wrote).
func (s *sheet) guessByContent() {
	value := -1
	for i := range s.m.Columns {
		if s.m.Columns[i].Field == "" && value < 0 && s.mostlyNumbers(i) {
			value = i
			s.m.Columns[i].Field = FieldValue
		}
	}
	for i := range s.m.Columns {
		if s.m.Columns[i].Field != "" {
			continue
		}
		switch {
		case i < value && s.m.columnOf(FieldGoal) < 0:
			s.m.Columns[i].Field = FieldGoal
		case i > value && value >= 0 && s.m.columnOf(FieldNote) < 0:
			s.m.Columns[i].Field = FieldNote
		default:
			s.m.Columns[i].Field = FieldIgnore
		}
	}
}

func (s *sheet) mostlyNumbers(column int) bool {
	filled, numbers := 0, 0
	for _, row := range s.sample {
		if column >= len(row) || row[column] == "" {
			continue
		}
		filled++
		for _, mark := range []byte{'.', ','} {
			if _, _, fault := readCell([]byte(row[column]), mark); fault != numberForm {
				numbers++
				break
			}
		}
	}
	return filled > 0 && numbers*5 >= filled*4
}

// headerWidth refuses a wide file whose rows are all narrower than its header: a comma inside a name
// that was not quoted moves every column behind it, and no row would show it.
func (s *sheet) headerWidth(v *survey) *FileProblem {
	if s.m.Form == Wide && s.m.Header == Yes && v.records > 0 && !v.uneven && v.width < len(s.m.Columns) {
		return fileProblem(s.lines+1, "csv_header_width", Args{"header": len(s.m.Columns), "rows": v.width})
	}
	return nil
}

// habitBull tells the export of HabitBull, which writes the month first.
func (s *sheet) habitBull() bool {
	found := 0
	for _, c := range s.m.Columns {
		switch plainHeader(c.Name) {
		case "habitname", "calendardate", "commenttext":
			found++
		}
	}
	return found == 3
}

// settleThousandths recognises files of Loop Habit Tracker, which writes numbers times 1000 and raw
// values from -1 to 3 as words: all numbers are whole and none is small. A hand-made file with the
// same header has no words.
func (s *sheet) settleThousandths(v *survey) {
	if s.m.Thousandths != "" {
		return
	}
	cols := s.m.Columns
	wide := s.m.Form == Wide && len(cols) > 2 && cols[0].Name == "Date" && cols[len(cols)-1].Name == ""
	one := s.m.Form == Long && len(cols) == 3 && cols[0].Name == "Date" && cols[1].Name == "Value" && cols[2].Name == "Notes"
	loop := (wide || one) && v.words > 0 && v.whole > 0 && v.small == 0 && v.broken == 0
	s.m.Thousandths = choice(loop)
	if loop {
		s.m.notice("csv_thousandths", nil)
	}
}

// settleColumns leaves out, and says so, what no value can come from: columns that are not known, and
// in the wide form columns of text.
func (s *sheet) settleColumns(v *survey) {
	for i := range s.m.Columns {
		c, seen := &s.m.Columns[i], v.columns[i]
		switch {
		case c.Field == FieldIgnore && c.Name != "":
			s.m.notice("csv_column_ignored", Args{"column": echo([]byte(c.Name))})
		case c.Field == FieldIgnore && seen.filled > 0:
			s.m.notice("csv_column_unnamed", Args{"place": i + 1})
		case s.m.Form == Wide && c.Field == FieldValue && seen.filled >= 5 && seen.likely == 0:
			c.Field = FieldIgnore
			s.m.notice("csv_column_text", Args{"column": echo([]byte(c.Name))})
		}
	}
}
