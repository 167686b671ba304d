package transfer

import (
	"io"
	"slices"
	"strconv"
	"strings"
)

// A GoalRow is one goal as the file states it; what the file does not state is "", nil, NoDay or NoLevel.
// Words are those of the product ("performance", "at_the_end"), whatever language the file is in.
type GoalRow struct {
	Line             int
	ExternalID       string
	ParentExternalID string
	Kind             string // performance or learning; where no cell says so, what else stands there decides
	Title            string
	Description      string
	OwnerEmail       string
	People           []string // others who share it
	Area             string
	Status           string
	Visibility       string
	Measure          string // the number's name
	Unit             string
	Form             string // reading, total, rate, ratio
	Period           string // day, week, month, quarter, year: of a rate or a ratio
	Numerator        string // of a ratio: the names of its parts
	Denominator      string
	Percent          bool   // of a ratio: it counts in hundredths
	Direction        string // up, down, within
	ReachedWhen      string // total, once, at_the_end, held, kept
	HeldFor          int    // values in a row, 0 where not stated
	KeptShare        float64
	Baseline         *float64
	Commit           *float64
	Target           *float64
	TargetLo         *float64 // the band of "keep within", written 10..20
	TargetHi         *float64
	Stretch          *float64
	Start, Due       int
	Review           int
	Skill            string
	LevelNow         int
	LevelAim         int
	Fuels, Serves    []string
	Weight           *float64
	Tags             []string
	Completion       *float64 // share done, 0 to 1
	KeyResults       []KeyResult
}

// A KeyResult is a part of a goal in the template of Culture Amp.
type KeyResult struct {
	Title      string
	Completion *float64
}

// NoLevel stands for "no level given"; levels are 0 (nothing yet) to 8.
const NoLevel = -1

// A GoalsReader hands out the goals of a file, one at a time.
type GoalsReader struct {
	m       Mapping
	rec     *records
	records int
	columns map[Field]int
	results []resultColumns
	firstOf map[string]int // the line of each external id

	// of the row being read
	row      GoalRow
	problems []RowProblem
}

// resultColumns are where one key result stands, -1 for a missing part.
type resultColumns struct{ number, title, completion int }

// Goals opens a file of goals at src's position and learns how it is written, which reads the whole
// file once. The first row must hold the columns' names.
func Goals(src io.ReadSeeker, opt Options) (*GoalsReader, error) {
	if opt.Mapping.Header == "" {
		opt.Mapping.Header = Yes
	}
	s, err := openSheet(src, opt, goalWords)
	if err != nil {
		return nil, err
	}
	if err := s.nameColumns(goalWords); err != nil {
		return nil, err
	}
	g := &GoalsReader{columns: map[Field]int{}, firstOf: map[string]int{}}
	g.findResults(s.m.Columns)
	for i := range s.m.Columns {
		c := &s.m.Columns[i]
		switch {
		case c.Field == "" && !g.isResult(i):
			c.Field = FieldIgnore
			if c.Name != "" {
				s.m.notice("csv_column_unknown", Args{"column": echo([]byte(c.Name))})
			}
		case c.Field == goalUnused:
			s.m.notice("csv_column_ignored", Args{"column": echo([]byte(c.Name))})
		}
		if _, taken := g.columns[c.Field]; !taken {
			g.columns[c.Field] = i
		}
	}
	if _, ok := g.columns[goalTitle]; !ok {
		return nil, fileProblem(0, "csv_title_column_missing", Args{"columns": s.m.names()})
	}
	v, err := s.survey(g.places(goalStart, goalDue, goalReview),
		g.places(goalBaseline, goalCommit, goalTarget, goalStretch, goalWeight, goalCompletion))
	if err != nil {
		return nil, err
	}
	s.m.Records = v.records
	s.settleDates(v, false)
	v.clock = "" // hours and minutes are no goal's numbers
	s.settleNumbers(v)
	g.m = s.m
	g.rec, err = s.data()
	return g, err
}

func (g *GoalsReader) places(fields ...Field) []int {
	var out []int
	for _, f := range fields {
		if i, ok := g.columns[f]; ok {
			out = append(out, i)
		}
	}
	return out
}

// findResults finds Culture Amp's columns key_result_1_title, key_result_1_completion and so on.
func (g *GoalsReader) findResults(columns []Column) {
	for i, c := range columns {
		rest, ok := strings.CutPrefix(plainHeader(c.Name), "keyresult")
		if !ok {
			continue
		}
		part := strings.TrimLeft(rest, "0123456789")
		n, err := strconv.Atoi(rest[:len(rest)-len(part)])
		if err != nil || part != "title" && part != "completion" {
			continue
		}
		at := slices.IndexFunc(g.results, func(r resultColumns) bool { return r.number == n })
		if at < 0 {
			at = len(g.results)
			g.results = append(g.results, resultColumns{n, -1, -1})
		}
		if part == "title" {
			g.results[at].title = i
		} else {
			g.results[at].completion = i
		}
	}
	slices.SortFunc(g.results, func(a, b resultColumns) int { return a.number - b.number })
}

func (g *GoalsReader) isResult(column int) bool {
	return slices.ContainsFunc(g.results, func(r resultColumns) bool { return r.title == column || r.completion == column })
}

// Mapping tells how the file is read.
func (g *GoalsReader) Mapping() Mapping { return g.m }

// Records tells how many rows have been read.
func (g *GoalsReader) Records() int { return g.records }

// Next gives the next goal. A row with problems is left out as a whole; all of them are told at once.
// It ends with io.EOF. Any other error ends the file; a *FileProblem can be told to people.
func (g *GoalsReader) Next() (GoalRow, []RowProblem, error) {
	for {
		if err := g.rec.next(); err != nil {
			return GoalRow{}, nil, err
		}
		if !blank(g.rec.fields) {
			break
		}
	}
	g.records++
	g.problems = nil
	g.row = GoalRow{Line: g.rec.recLine, Start: NoDay, Due: NoDay, Review: NoDay, LevelNow: NoLevel, LevelAim: NoLevel}
	if p := cutProblem(g.rec, &g.m); p != nil {
		return GoalRow{}, []RowProblem{*p}, nil
	}
	g.read()
	if len(g.problems) > 0 {
		return GoalRow{}, g.problems, nil
	}
	return g.row, nil, nil
}

// read fills the row, field by field.
func (g *GoalsReader) read() {
	r := &g.row
	r.Title = g.text(goalTitle, maxName, false)
	if len(g.cell(goalTitle)) == 0 {
		g.tell(goalTitle, "csv_title_missing", nil)
	}
	r.Description = g.text(goalDescription, maxText, true)
	r.ExternalID = g.text(goalExternalID, maxName, false)
	r.ParentExternalID = g.text(goalParent, maxName, false)
	r.OwnerEmail = g.email(goalOwner)
	r.Area = g.text(goalArea, maxName, false)
	r.Visibility = g.word(goalVisibility, visibilityWords)
	r.Measure = g.text(goalMeasure, maxName, false)
	r.Unit = g.text(goalUnit, maxUnit, false)
	r.Direction = g.word(goalDirection, directionWords)
	if r.Form = g.word(goalForm, formWords); r.Form == "" {
		r.Form = meaning(string(g.cell(goalMetricType)), metricTypeWords) // other words there say nothing
	}
	r.Period, r.Percent = g.word(goalPeriod, periodWords), g.word(goalPercent, percentWords) == "yes"
	r.Numerator, r.Denominator = g.text(goalNumerator, maxName, false), g.text(goalDenominator, maxName, false)
	r.Weight = g.number(goalWeight)
	r.Review = g.day(goalReview)
	r.Start = g.day(goalStart)
	r.Skill = g.text(goalSkill, maxName, false)
	r.LevelNow, r.LevelAim = g.level(goalLevelNow), g.level(goalLevelAim)
	r.Fuels, r.Serves, r.Tags, r.People = g.list(goalFuels), g.list(goalServes), g.list(goalTags), g.list(goalPeople)
	r.Completion = g.share(goalCompletion)
	for _, c := range g.results {
		if title := g.textAt(c.title, maxName, false); title != "" {
			r.KeyResults = append(r.KeyResults, KeyResult{title, g.shareAt(c.completion)})
		}
	}
	g.kind()
	if r.Kind == "learning" {
		g.learning()
	} else {
		g.result()
	}
	g.status()
	g.links()
}

// kind takes what the file says, or infers it from what only one kind can have: a skill and a level
// make a learning goal, a target and a date a result.
func (g *GoalsReader) kind() {
	r := &g.row
	found := len(g.problems)
	r.Kind = g.word(goalKind, kindWords)
	if r.Kind != "" || len(g.problems) > found {
		return
	}
	filled := func(fields ...Field) bool {
		return slices.ContainsFunc(fields, func(f Field) bool { return len(g.cell(f)) > 0 })
	}
	result := filled(goalTarget, goalDue, goalBaseline, goalCommit, goalStretch, goalReachedWhen, goalCompletion, goalMeasure)
	learning := filled(goalSkill, goalLevelNow, goalLevelAim, goalFuels)
	switch {
	case result && !learning:
		r.Kind = "performance"
	case learning && !result:
		r.Kind = "learning"
	default:
		g.tell(goalKind, "csv_kind_missing", nil)
	}
}

// learning refuses what a learning goal can never have.
func (g *GoalsReader) learning() {
	for _, f := range []Field{goalTarget, goalBaseline, goalCommit, goalStretch, goalReachedWhen} {
		if len(g.cell(f)) > 0 {
			g.tell(f, "csv_learning_target", nil)
		}
	}
	if len(g.cell(goalDue)) > 0 {
		g.tell(goalDue, "csv_learning_deadline", nil)
	}
}

// result reads what only a result has.
func (g *GoalsReader) result() {
	r := &g.row
	r.Due = g.day(goalDue)
	r.Baseline, r.Commit, r.Stretch = g.number(goalBaseline), g.number(goalCommit), g.number(goalStretch)
	g.reachedWhen()
	cell := g.cell(goalTarget)
	if lo, hi, ok := g.band(cell); ok {
		if r.Direction != "within" {
			g.tell(goalTarget, "csv_band", Args{"value": echo(cell)})
			return
		}
		r.TargetLo, r.TargetHi = lo, hi
		return
	}
	r.Target = g.number(goalTarget)
}

// band reads 10..20 or 10–20, the lower bound first.
func (g *GoalsReader) band(cell []byte) (lo, hi *float64, ok bool) {
	for _, dots := range []string{"..", "…", "–"} {
		a, b, found := strings.Cut(string(cell), dots)
		if !found {
			continue
		}
		x, badX := readNumber(trim([]byte(a)), g.m.Decimal[0])
		y, badY := readNumber(trim([]byte(b)), g.m.Decimal[0])
		if badX == numberFine && badY == numberFine && x <= y {
			return &x, &y, true
		}
	}
	return nil, nil, false
}

// reachedWhen reads the rule and what it may carry: "held 5" for five values in a row, "kept 80 %" for
// the share of periods.
func (g *GoalsReader) reachedWhen() {
	cell := string(g.cell(goalReachedWhen))
	if cell == "" {
		return
	}
	r := &g.row
	name := strings.TrimRight(cell, " 0123456789.,%")
	rest := strings.TrimSpace(cell[len(name):])
	percent := strings.HasSuffix(rest, "%")
	rest = strings.TrimSpace(strings.TrimSuffix(rest, "%"))
	r.ReachedWhen = meaning(name, reachedWords)
	if r.ReachedWhen == "" || rest != "" && r.ReachedWhen != "held" && r.ReachedWhen != "kept" || percent && r.ReachedWhen != "kept" {
		g.tell(goalReachedWhen, "csv_word", Args{"value": echo([]byte(cell)), "allowed": allowed(reachedWords)})
		return
	}
	if rest == "" {
		return
	}
	n, fault := readNumber([]byte(rest), g.m.Decimal[0])
	switch {
	case fault == numberFine && r.ReachedWhen == "held" && n == float64(int(n)) && n >= 1 && n <= 1000:
		r.HeldFor = int(n)
	case fault == numberFine && r.ReachedWhen == "kept" && percent && n > 0 && n <= 100:
		r.KeptShare = n / 100
	case fault == numberFine && r.ReachedWhen == "kept" && !percent && n > 0 && n <= 1:
		r.KeptShare = n
	default:
		g.tell(goalReachedWhen, "csv_word", Args{"value": echo([]byte(cell)), "allowed": allowed(reachedWords)})
	}
}

// status keeps each kind to its own life: results are closed, learning goals rest or are released.
func (g *GoalsReader) status() {
	r := &g.row
	r.Status = g.word(goalStatus, statusWords)
	words := []string{"draft", "offered", "active", "paused", "closed"}
	if r.Kind == "learning" {
		words = []string{"draft", "active", "paused", "resting", "released"}
	}
	if r.Status != "" && r.Kind != "" && !slices.Contains(words, r.Status) {
		g.tell(goalStatus, "csv_word", Args{"value": echo(g.cell(goalStatus)), "allowed": words})
	}
}

// links refuses an id that stands twice and a goal that points at itself. Whether the others exist is
// not known before the whole file is read.
func (g *GoalsReader) links() {
	r := &g.row
	if r.ExternalID == "" {
		return
	}
	if first, twice := g.firstOf[r.ExternalID]; twice {
		g.tell(goalExternalID, "csv_id_twice", Args{"value": echo([]byte(r.ExternalID)), "first": first})
		return
	}
	g.firstOf[r.ExternalID] = r.Line
	for f, ids := range map[Field][]string{goalFuels: r.Fuels, goalServes: r.Serves, goalParent: {r.ParentExternalID}} {
		if slices.Contains(ids, r.ExternalID) {
			g.tell(f, "csv_self_link", Args{"value": echo([]byte(r.ExternalID))})
		}
	}
}
