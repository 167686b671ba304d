package web

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

// pilotMeta is the line under the heading: number, days, design.
func (c *call) pilotMeta(v app.PilotView) string {
	names := make([]string, 0, len(v.Series))
	for _, s := range v.Series {
		names = append(names, c.numberName(s))
	}
	args := tandem.Args{"number": strings.Join(names, ", "), "from": c.near(v.First), "to": c.near(v.Last()), "pairs": v.Pairs, "days": v.Days, "n": len(v.Numbers)}
	if v.Design == tandem.PilotStepped {
		return c.T("pilot.meta_stepped", args)
	}
	return c.T("pilot.meta", args)
}

func (c *call) numberName(s app.PilotSeries) string {
	if s.Lost() {
		return c.T("pilot.lost")
	}
	return s.Number.Name
}

// pilotSay is the sentence that opens the page.
func (c *call) pilotSay(v app.PilotView) ui.SayView {
	if v.Figure == nil {
		s := ui.SayView{Answer: c.pilotStands(v) + "."}
		if !v.Over(v.Today) {
			s.Rest = c.T("pilot.hidden", tandem.Args{"date": c.near(v.Last() + 1)})
		}
		return s
	}
	r := c.pilotResult(v)
	return ui.SayView{Answer: r.Say + ".", Rest: r.Between}
}

// A pilotResult is what a pilot showed, in words.
type pilotResult struct {
	Say, Between string
	Lines        []string // what the figures say, the share of orders, how it was looked at
	Verdict      ui.Verdict
	Picture      *ui.DifferenceView
}

// pilotWord gives the word for a figure. Under six pairs it can hint, not prove.
func pilotWord(v app.PilotView) string {
	f := v.Figure
	switch {
	case !f.Told:
		return "too early"
	case f.Made:
		return "well supported"
	case f.Sure >= .95:
		return "maybe"
	case f.Lo80 > -v.Worth && f.Hi80 < v.Worth:
		return "no sign"
	case f.Hi80-f.Lo80 > 2*v.Worth:
		return "too early"
	}
	return "within chance"
}

// pilotResult puts a figure into words. Nowhere else does the house say that something made a difference.
func (c *call) pilotResult(v app.PilotView) pilotResult {
	f, word := v.Figure, pilotWord(v)
	out := pilotResult{Verdict: ui.Verdict{Bars: verdicts[word].bars, Grey: verdicts[word].grey, Word: c.T("verdict." + verdicts[word].key)}}
	if !f.Told {
		out.Say = c.T("since.too_early")
		out.Lines = []string{c.untold(v)}
		return out
	}
	args := c.pilotFigureArgs(v)
	out.Between = c.T("pilot.between", args)
	switch word {
	case "well supported":
		out.Say = c.T("pilot.made", args)
	case "maybe":
		out.Say = c.T("pilot.hint", args)
	case "no sign":
		out.Say = c.T("since.no_sign")
	case "too early":
		out.Say = c.T("since.too_early")
	default:
		out.Say = c.T("pilot.within", args)
	}
	if !f.Made && f.Sure >= .95 && f.Pairs < enoughOf(v.Pilot) {
		out.Lines = append(out.Lines, c.T("pilot.few_pairs", tandem.Args{"n": f.Pairs, "enough": enoughOf(v.Pilot)}))
	}
	out.Lines = append(out.Lines, c.T("pilot.says."+string(f.Says), args), c.ordersWords(v))
	out.Picture = &ui.DifferenceView{Title: c.T("since.chart", args), Lo: f.Lo80, Mid: f.Mean, Hi: f.Hi80, Of: 5, Format: c.Lang.Numbers().Signed}
	from, to := min(0, f.Lo80), max(0, f.Hi80)
	from, to = min(from, -to/4), max(to, -from/4)
	room := (to - from) * .06
	out.Picture.From, out.Picture.To = from-room, to+room
	return out
}

func enoughOf(p tandem.Pilot) int {
	if p.Design == tandem.PilotStepped {
		return tandem.FewestStarts
	}
	return tandem.EnoughPairs
}

// untold says why nothing can be told.
func (c *call) untold(v app.PilotView) string {
	for _, s := range v.Series {
		if s.Lost() {
			return c.T("pilot.untold_lost")
		}
	}
	f := v.Figure
	args := tandem.Args{"pairs": f.Pairs, "with": f.With, "without": f.Without, "fewest": tandem.FewestPairs, "before": app.FewestBefore, "after": app.FewestAfter}
	if v.Design == tandem.PilotStepped {
		return c.T("pilot.untold_stepped", args)
	}
	return c.T("pilot.untold", args)
}

// pilotFigureArgs are what the sentences about a figure tell.
func (c *call) pilotFigureArgs(v app.PilotView) tandem.Args {
	f, m := v.Figure, v.Series[0].Number
	decimals := decimalsFor(f.Hi80 - f.Lo80)
	signed := func(y float64) string {
		s := c.num(y, decimals)
		if y > 0 && strings.Trim(s, "0.,") != "" {
			s = "+" + s
		}
		return s
	}
	plain := signed
	if f.Lo80 >= 0 {
		plain = func(y float64) string { return c.num(y, decimals) }
	}
	return tandem.Args{"name": v.Tried.Name, "lo": plain(f.Lo80), "hi": plain(f.Hi80), "mid": signed(f.Mean), "diff": c.aDay(m, signed(f.Mean)),
		"worth": c.aDay(m, c.Lang.Numbers().Round(v.Worth)), "share": c.Lang.Percent(int(math.Round(100 * min(max(f.Worthwhile, .01), .99))))}
}

// aDay adds unit and time to a figure of one day.
func (c *call) aDay(m tandem.Metric, figure string) string {
	if m.Unit != "" {
		figure += " " + m.Unit
	}
	if m.Form != tandem.FormReading {
		figure += " " + c.T("period.a.day")
	}
	return figure
}

// ordersWords tells the exact share of orders in plain words.
func (c *call) ordersWords(v app.PilotView) string {
	f := v.Figure
	args := tandem.Args{"name": v.Tried.Name, "n": int(math.Round(f.OrderP * float64(f.Orders))), "of": f.Orders}
	pairs := f.Pairs // those without a difference change nothing where every pair was drawn by itself
	if v.Draw != tandem.DrawEachPair {
		pairs = v.Pairs
	}
	exact := v.Design == tandem.PilotBlocks && pairs <= 14 || v.Design == tandem.PilotStepped && len(v.Numbers) <= 7
	if !exact {
		args["n"], args["of"] = max(int(math.Round(100*f.OrderP)), 1), 100
	}
	return c.T("pilot.orders", args)
}

// pilotProves tells before anything is known what the plan can prove: the fewest orders in which the
// clearest outcome comes up by chance alone.
func (c *call) pilotProves(v app.PilotView) string {
	if v.Design == tandem.PilotStepped {
		return ""
	}
	args := tandem.Args{"pairs": v.Pairs, "of": c.num(float64(app.PilotOrders(v.Pilot)), 0)}
	switch {
	case v.Pairs < tandem.EnoughPairs:
		return c.T("pilot.can_hint", args)
	case v.Pairs <= 14:
		return c.T("pilot.can_prove", args)
	}
	return ""
}

// pilotLived tells how the days went beside how they were drawn. It counts and does not judge.
func (c *call) pilotLived(v app.PilotView) string {
	args := tandem.Args{"used": v.UsedWith, "with": v.With, "off": v.UsedWithout, "without": v.Without}
	switch {
	case v.Design == tandem.PilotStepped && v.UsedWithout == 0:
		return c.T("pilot.lived_stepped")
	case v.Design == tandem.PilotStepped:
		return c.T("pilot.lived_stepped_early", args)
	case v.With+v.Without == 0:
		return ""
	}
	return c.T("pilot.lived", args) + " " + c.T("pilot.as_drawn")
}

// pilotHow tells how the figure came about.
func (c *call) pilotHow(v app.PilotView) []string {
	out := []string{c.T("pilot.how_order", tandem.Args{"seed": strconv.FormatInt(v.Seed, 10), "date": c.near(c.Person.Today(v.Created.Time()))})}
	if v.Draw == tandem.DrawFewTurns && v.Pairs >= tandem.EnoughPairs {
		out = append(out, c.T("pilot.how_turns", tandem.Args{"n": v.Pairs / 2}))
	}
	if v.WashOut > 0 {
		out = append(out, c.T("pilot.how_wash", tandem.Args{"n": v.WashOut}))
	}
	if v.Design == tandem.PilotStepped {
		out = append(out, c.T("pilot.how_stepped"))
	} else {
		out = append(out, c.T("pilot.how_blocks"))
	}
	out = append(out, c.T("pilot.how_by", tandem.Args{"method": v.Method}))
	if v.Stopped != tandem.NoDay {
		return append(out, c.T("pilot.how_stopped", tandem.Args{"date": c.near(v.Stopped)}))
	}
	return append(out, c.T("pilot.how_looked"))
}

func (c *call) pilotFigureRows(v app.PilotView) [][2]string {
	f, m := v.Figure, v.Series[0].Number
	n := func(y float64) string { return c.num(y, decimalsFor(f.Hi80-f.Lo80)+1) }
	both := func(lo, hi float64) string { return c.T("range", tandem.Args{"lo": n(lo), "hi": n(hi)}) }
	return [][2]string{
		{c.T("how.since.best"), c.aDay(m, n(f.Mean))},
		{c.T("how.since.range80"), both(f.Lo80, f.Hi80)},
		{c.T("how.since.range95"), both(f.Lo95, f.Hi95)},
		{c.T("pilot.counts"), c.num(float64(f.With), 0) + ", " + c.num(float64(f.Without), 0)},
		{c.T("pilot.order_share"), c.num(f.OrderP, 3)},
	}
}

// with says with or without.
func (c *call) with(on bool) string {
	if on {
		return c.T("pilot.with")
	}
	return c.T("pilot.without")
}

// span writes a stretch of days: "2 Nov to 8 Nov", or the one day.
func (c *call) span(from, to tandem.Day) string {
	if from == to {
		return c.dayShort(from)
	}
	return c.T("range", tandem.Args{"lo": c.dayShort(from), "hi": c.dayShort(to)})
}

// pilotRows are the days so far: number, day, pair, with or without, whether it counts, value.
func pilotRows(v app.PilotView) (rows [][]string) {
	for _, s := range v.Series {
		for i, y := range s.Values {
			day := v.From + tandem.Day(i)
			pair, with, counts := "", "0", "0"
			if v.Design == tandem.PilotBlocks {
				pair = strconv.Itoa(v.Blocks[i/v.Days].Pair)
			}
			if s.On[i] {
				with = "1"
			}
			if s.Counts[i] {
				counts = "1"
			}
			rows = append(rows, []string{s.Metric.String(), day.String(), pair, with, counts, exactCell(y)})
		}
	}
	return rows
}

// pilotDays is the file of all days, from which a script works the figures out again.
func pilotDays(v app.PilotView) string {
	var b strings.Builder
	b.WriteString("number,day,pair,with,counts,value\n")
	for _, r := range pilotRows(v) {
		b.WriteString(strings.Join(r, ",") + "\n")
	}
	return b.String()
}

// pilotTable is the table of all days on the page.
func (c *call) pilotTable(v app.PilotView) ui.ChartTextView {
	out := ui.ChartTextView{ID: "days", Summary: c.T("how.since.show"), TableName: c.T("pilot.days"), Heads: []string{c.T("chart.head_day")}}
	if v.Design == tandem.PilotStepped {
		for _, s := range v.Series {
			out.Heads = append(out.Heads, c.numberName(s))
		}
		longest := 0
		for _, s := range v.Series {
			longest = max(longest, len(s.Values))
		}
		for i := range longest {
			row := []string{(v.From + tandem.Day(i)).String()}
			for _, s := range v.Series {
				cell := ""
				if i < len(s.Values) {
					if cell = exactCell(s.Values[i]); cell != "" && s.On[i] {
						cell += " " + c.T("pilot.with")
					}
				}
				row = append(row, cell)
			}
			out.Rows = append(out.Rows, row)
		}
		return out
	}
	s := v.Series[0]
	out.Heads = append(out.Heads, c.T("pilot.pair"), c.T("pilot.drawn"), c.numberName(s))
	for i, y := range s.Values {
		drawn := c.with(s.On[i])
		if !s.Counts[i] {
			drawn += ", " + c.T("pilot.washed")
		}
		out.Rows = append(out.Rows, []string{(v.From + tandem.Day(i)).String(), strconv.Itoa(v.Blocks[i/v.Days].Pair), drawn, exactCell(y)})
	}
	return out
}

// pilotFiles are the two files from which `tandem impact` works the ranges out again; none for a stepped
// start, whose numbers are pooled.
func pilotFiles(v app.PilotView) (meta, series string) {
	if v.Design != tandem.PilotBlocks || v.Series[0].Lost() {
		return "", ""
	}
	s := v.Series[0]
	down := "0"
	if s.Number.Direction == tandem.Down {
		down = "1"
	}
	meta = "id,n,t0,shape,worth,down,randomised\n" + strings.Join([]string{"A", strconv.Itoa(len(s.Values)), "1", "given", exactCell(v.Worth), down, "1"}, ",") + "\n"
	var b strings.Builder
	b.WriteString("id,t,y,dose\n")
	for i, y := range s.Values {
		if !s.Counts[i] {
			y = math.NaN()
		}
		dose := "0"
		if s.On[i] {
			dose = "1"
		}
		b.WriteString(strings.Join([]string{"A", strconv.Itoa(i + 1), exactCell(y), dose}, ",") + "\n")
	}
	return meta, b.String()
}

// worthLine says what difference is worth having.
func (c *call) worthLine(v app.PilotView) string {
	return c.T("pilot.worth_line", tandem.Args{"worth": c.aDay(v.Series[0].Number, c.Lang.Numbers().Round(v.Worth))})
}

// worthHint says what the smallest difference worth having is when the field is left empty.
func (c *call) worthHint(v pilotForm) string {
	var all []string
	for _, x := range v.Choices {
		if x.Worth > 0 {
			all = append(all, x.Number.Name+" "+c.aDay(x.Number, c.Lang.Numbers().Round(x.Worth)))
		}
	}
	if len(all) == 0 {
		return c.T("pilot.worth_needed")
	}
	return c.T("pilot.worth_hint", tandem.Args{"list": strings.Join(all, ", ")})
}

func has(all []string, one string) bool { return slices.Contains(all, one) }
