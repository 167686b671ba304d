package transfer

import "io"

// A survey is what a whole file says about the way it is written. It is taken before the first row is
// handed out.
type survey struct {
	records  int
	width    int  // of the records, while they are all alike
	uneven   bool // not all of one width
	layouts  map[string]int
	dayOver  int // cells with slashes that only a day in front explains (13/1)
	monthTop int // cells with slashes that only a month in front explains (1/13)
	slashes  int
	slash    string // one of them
	marks    [4]int // by markTold
	open     string // a cell that reads two ways
	clock    string // a cell like 1:30
	words    int    // cells with one of Loop's words
	whole    int    // plain whole numbers
	small    int    // of these, those between -3 and 3
	broken   int    // numbers with decimals
	columns  []columnSurvey
}

// columnSurvey tells a column of numbers from one of text, and an empty one from both.
type columnSurvey struct{ filled, likely int }

// take reads the whole file. dates and numbers say which columns hold them.
func (s *sheet) survey(dates, numbers []int) (*survey, error) {
	r, err := s.data()
	if err != nil {
		return nil, err
	}
	v := &survey{layouts: map[string]int{}, columns: make([]columnSurvey, len(s.m.Columns))}
	for {
		switch err := r.next(); {
		case err == io.EOF:
			return v, nil
		case err != nil:
			return nil, err
		}
		if blank(r.fields) {
			continue
		}
		v.records++
		if v.width != 0 && v.width != len(r.fields) {
			v.uneven = true
		}
		v.width = len(r.fields)
		for i := range min(len(r.fields), len(v.columns)) {
			if len(r.fields[i]) > 0 && len(trim(r.fields[i])) > 0 {
				v.columns[i].filled++
			}
		}
		for _, i := range dates {
			if i < len(r.fields) {
				v.date(trim(r.fields[i]))
			}
		}
		for _, i := range numbers {
			if i < len(r.fields) && v.number(trim(r.fields[i])) {
				v.columns[i].likely++
			}
		}
	}
}

func blank(fields [][]byte) bool {
	for _, f := range fields {
		if len(trim(f)) > 0 {
			return false
		}
	}
	return true
}

func (v *survey) date(cell []byte) {
	d := readDate(cell, true)
	if d.layout == "" {
		return
	}
	if d.layout != LayoutDMY {
		v.layouts[d.layout]++
		return
	}
	v.slashes++
	switch {
	case d.a > 12 && d.b <= 12:
		v.dayOver++
	case d.b > 12 && d.a <= 12:
		v.monthTop++
	case v.slash == "" && d.a != d.b:
		v.slash = string(cell)
	}
}

// number takes the evidence of one cell; it answers whether the cell could be meant as a value.
func (v *survey) number(cell []byte) bool {
	if len(cell) == 0 {
		return false
	}
	if c := cell[0] | 0x20; c >= 'a' && c <= 'z' {
		if _, word, loop := readWord(cell); word {
			if loop {
				v.words++
			}
			return true
		}
		return false
	}
	told := tellMark(cell)
	v.marks[told]++
	switch {
	case told == markOpen && v.open == "":
		v.open = string(cell)
	case told == markNothing:
		if n, fault := readNumber(cell, '.'); fault == numberFine {
			v.whole++
			if n >= -3 && n <= 3 {
				v.small++
			}
		} else if _, ok := readClock(cell); ok && v.clock == "" {
			v.clock = string(cell)
		}
	}
	if told != markNothing {
		v.broken++
	}
	return cell[0] >= '0' && cell[0] <= '9' || cell[0] == '-' || cell[0] == '+' || cell[0] == '.' || cell[0] == ',' || cell[0] >= 0x80
}

// settleDates chooses the layout. Only slashes need one: their order is what the column itself proves,
// else the language's. The other layouts tell themselves apart, and the most frequent one is shown.
func (s *sheet) settleDates(v *survey, monthFirst bool) {
	if s.m.DateLayout != "" {
		return
	}
	if v.slashes == 0 {
		s.m.DateLayout = LayoutISO
		for _, l := range []string{LayoutDots, LayoutCompact} {
			if v.layouts[l] > v.layouts[s.m.DateLayout] {
				s.m.DateLayout = l
			}
		}
		return
	}
	s.m.DateLayout = LayoutMDY
	if dayFirst(v, monthFirst, s.lang) {
		s.m.DateLayout = LayoutDMY
	}
	if v.dayOver == 0 && v.monthTop == 0 && !monthFirst && v.slash != "" {
		d := readDate([]byte(v.slash), s.m.DateLayout == LayoutDMY)
		s.m.notice("csv_dates_ambiguous", Args{"value": v.slash, "layout": s.m.DateLayout, "meant": string(appendDay(nil, d.day))})
	}
}

func dayFirst(v *survey, monthFirst bool, lang string) bool {
	switch {
	case v.dayOver != v.monthTop:
		return v.dayOver > v.monthTop
	case monthFirst:
		return false
	}
	return lang == "de"
}

// settleNumbers chooses the decimal mark: what the columns prove. Where every number reads two ways
// (1.234), a file separated by commas has a point, and any other one the language's mark.
func (s *sheet) settleNumbers(v *survey) {
	if v.clock != "" {
		hours, _ := readClock([]byte(v.clock))
		s.m.notice("csv_hours", Args{"value": v.clock, "meant": shortNumber(hours)})
	}
	if s.m.Decimal != "" {
		return
	}
	s.m.Decimal = "."
	switch point, comma := v.marks[markPoint], v.marks[markComma]; {
	case comma > point:
		s.m.Decimal = ","
	case comma == point && v.marks[markOpen] > 0 && s.m.Delimiter != "," && s.lang == "de":
		s.m.Decimal = ","
	}
	if v.marks[markPoint] == 0 && v.marks[markComma] == 0 && v.open != "" {
		n, _ := readNumber([]byte(v.open), s.m.Decimal[0])
		s.m.notice("csv_numbers_ambiguous", Args{"value": echo([]byte(v.open)), "meant": shortNumber(n)})
	}
}
