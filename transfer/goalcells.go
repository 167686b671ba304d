package transfer

import (
	"slices"
	"strings"
)

// maxList is how many entries one cell may list.
const maxList = 200

// cell gives a field's cell, trimmed and without the apostrophe that an export set.
func (g *GoalsReader) cell(f Field) []byte {
	i, ok := g.columns[f]
	if !ok {
		return nil
	}
	return unguard(field(g.rec, i))
}

func (g *GoalsReader) tell(f Field, code string, args Args) {
	i, ok := g.columns[f]
	if !ok {
		i = -1
	}
	g.tellAt(i, code, args)
}

func (g *GoalsReader) tellAt(column int, code string, args Args) {
	g.problems = append(g.problems, *rowProblem(&g.m, g.rec.recLine, column, code, args))
}

func (g *GoalsReader) text(f Field, limit int, lines bool) string {
	i, ok := g.columns[f]
	if !ok {
		return ""
	}
	return g.textAt(i, limit, lines)
}

func (g *GoalsReader) textAt(column, limit int, lines bool) string {
	cell := unguard(field(g.rec, column))
	if code, args := checkText(cell, limit, lines); code != "" {
		g.tellAt(column, code, args)
		return ""
	}
	return string(cell)
}

func (g *GoalsReader) word(f Field, words []word) string {
	cell := g.cell(f)
	if len(cell) == 0 {
		return ""
	}
	means := meaning(string(cell), words)
	if means == "" {
		g.tell(f, "csv_word", Args{"value": echo(cell), "allowed": allowed(words)})
	}
	return means
}

// email wants one @ with something on both sides and no space: whether the address exists is not known.
func (g *GoalsReader) email(f Field) string {
	s := g.text(f, maxName, false)
	if s == "" {
		return ""
	}
	name, domain, at := strings.Cut(s, "@")
	if !at || name == "" || domain == "" || strings.ContainsAny(domain, "@ ") || strings.Contains(name, " ") {
		g.tell(f, "csv_email", Args{"value": echo([]byte(s))})
		return ""
	}
	return s
}

func (g *GoalsReader) day(f Field) int {
	cell := g.cell(f)
	if len(cell) == 0 {
		return NoDay
	}
	d := readDate(cell, g.m.DateLayout == LayoutDMY)
	if d.fault != dateFine {
		code, args := dateProblem(cell, d, g.m.DateLayout)
		g.tell(f, code, args)
		return NoDay
	}
	return d.day
}

func (g *GoalsReader) number(f Field) *float64 {
	if i, ok := g.columns[f]; ok {
		return g.numberAt(i)
	}
	return nil
}

func (g *GoalsReader) numberAt(column int) *float64 {
	cell := unguard(field(g.rec, column))
	if len(cell) == 0 {
		return nil
	}
	v, fault := readNumber(cell, g.m.Decimal[0])
	if fault != numberFine {
		code, args := numberProblem(cell, g.m.Decimal[0], fault)
		g.tellAt(column, code, args)
		return nil
	}
	return &v
}

func (g *GoalsReader) share(f Field) *float64 {
	if i, ok := g.columns[f]; ok {
		return g.shareAt(i)
	}
	return nil
}

// shareAt reads a number from 0 to 1.
func (g *GoalsReader) shareAt(column int) *float64 {
	v := g.numberAt(column)
	if v != nil && (*v < 0 || *v > 1) {
		g.tellAt(column, "csv_share", Args{"value": echo(field(g.rec, column))})
		return nil
	}
	return v
}

func (g *GoalsReader) level(f Field) int {
	cell := g.cell(f)
	switch {
	case len(cell) == 0:
		return NoLevel
	case len(cell) == 1 && cell[0] >= '0' && cell[0] <= '8':
		return int(cell[0] - '0')
	}
	g.tell(f, "csv_whole", Args{"value": echo(cell), "lo": 0, "hi": 8})
	return NoLevel
}

// list cuts a cell at ; , and |, and leaves out what is empty or stands there already.
func (g *GoalsReader) list(f Field) []string {
	var out []string
	for _, s := range strings.FieldsFunc(g.text(f, maxText, true), func(r rune) bool {
		return r == ';' || r == ',' || r == '|' || r == '\n'
	}) {
		s = string(trim([]byte(s)))
		if s == "" || slices.Contains(out, s) {
			continue
		}
		if code, args := checkText([]byte(s), maxName, false); code != "" {
			g.tell(f, code, args)
			return nil
		}
		if len(out) == maxList {
			g.tell(f, "csv_list_too_long", Args{"limit": maxList})
			return nil
		}
		out = append(out, s)
	}
	return out
}

// WriteGoalHeader writes the header of a file of goals.
func (w *Writer) WriteGoalHeader() error {
	for _, f := range goalHeader {
		w.Text(string(f))
	}
	return w.End()
}

// WriteGoal writes one goal in the columns of WriteGoalHeader; Goals reads it back as it is. What only
// other tools' templates hold (People, Completion, KeyResults) has no column.
func (w *Writer) WriteGoal(r GoalRow) error {
	for _, f := range goalHeader {
		switch f {
		case goalBaseline:
			w.optional(r.Baseline)
		case goalCommit:
			w.optional(r.Commit)
		case goalTarget:
			if r.TargetLo != nil && r.TargetHi != nil {
				w.Text(shortNumber(*r.TargetLo) + ".." + shortNumber(*r.TargetHi))
			} else {
				w.optional(r.Target)
			}
		case goalStretch:
			w.optional(r.Stretch)
		case goalWeight:
			w.optional(r.Weight)
		case goalStart:
			w.Day(r.Start)
		case goalDue:
			w.Day(r.Due)
		case goalReview:
			w.Day(r.Review)
		default:
			w.Text(r.cellText(f))
		}
	}
	return w.End()
}

func (w *Writer) optional(v *float64) {
	if v == nil {
		w.Text("")
		return
	}
	w.Number(*v)
}

// cellText gives a field that is written as text.
func (r *GoalRow) cellText(f Field) string {
	switch f {
	case goalExternalID:
		return r.ExternalID
	case goalParent:
		return r.ParentExternalID
	case goalForm:
		return r.Form
	case goalReachedWhen:
		return r.rule()
	case goalKind:
		return r.Kind
	case goalTitle:
		return r.Title
	case goalDescription:
		return r.Description
	case goalOwner:
		return r.OwnerEmail
	case goalArea:
		return r.Area
	case goalStatus:
		return r.Status
	case goalVisibility:
		return r.Visibility
	case goalMeasure:
		return r.Measure
	case goalUnit:
		return r.Unit
	case goalDirection:
		return r.Direction
	case goalPeriod:
		return r.Period
	case goalNumerator:
		return r.Numerator
	case goalDenominator:
		return r.Denominator
	case goalPercent:
		if r.Percent {
			return "yes"
		}
		return ""
	case goalSkill:
		return r.Skill
	case goalLevelNow:
		return levelText(r.LevelNow)
	case goalLevelAim:
		return levelText(r.LevelAim)
	case goalFuels:
		return strings.Join(r.Fuels, ";")
	case goalServes:
		return strings.Join(r.Serves, ";")
	}
	return strings.Join(r.Tags, ";")
}

// rule writes reached_when as reachedWhen reads it.
func (r *GoalRow) rule() string {
	switch {
	case r.ReachedWhen == "held" && r.HeldFor > 0:
		return "held " + itoa(int64(r.HeldFor))
	case r.ReachedWhen == "kept" && r.KeptShare > 0:
		return "kept " + shortNumber(r.KeptShare)
	}
	return r.ReachedWhen
}

func levelText(level int) string {
	if level == NoLevel {
		return ""
	}
	return itoa(int64(level))
}
