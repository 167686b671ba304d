package web

import (
	"math"
	"slices"
	"strings"

	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

// verdicts are the words for a difference by their codes, with the bars that stand beside them. The codes
// are those of the engine.
var verdicts = map[string]struct {
	key  string
	bars int
	grey bool
}{
	"too early": {"too_early", 1, false}, "within chance": {"within_chance", 1, true}, "no sign": {"no_sign", 4, true},
	"maybe": {"maybe", 2, false}, "likely": {"likely", 3, false}, "well supported": {"well_supported", 4, false},
}

// A sinceView is one learning goal beside the number, in words.
type sinceView struct {
	app.Comparison
	Say     string // the headline
	Text    string // the range and what it means
	Verdict ui.Verdict
	Ask     bool   // what else changed must be said first
	AskText string // "What else changed since 20 September?"
	Wrote   string // what the owner said, and how often it was looked at
	Picture *ui.DifferenceView
}

// showsDifference tells whether the page of a result has the difference for its reader.
func showsDifference(v app.ResultView) bool {
	// A learning goal in a space of one's own is seen by nobody else, also beside a result that others own.
	mine := slices.ContainsFunc(v.Lines, func(l app.LearningLine) bool { return l.Workspace != v.Goal.Workspace })
	return (v.Own || mine) && shows(v.Concepts, "difference", v.ShowAll) && v.Goal.State != tandem.Closed
}

// sinces puts all comparisons into words.
func (c *call) sinces(v app.ResultView, d app.DifferenceView) (out []sinceView) {
	from, to := 0.0, 0.0
	for _, x := range d.Items {
		if x.Figure() {
			from, to = min(from, x.Lo80), max(to, x.Hi80)
		}
	}
	from, to = min(from, -to/4), max(to, -from/4) // zero stands inside, never at the edge
	room := (to - from) * .06
	for _, x := range d.Items {
		s := c.since(v, d, x)
		if s.Picture != nil {
			s.Picture.From, s.Picture.To = from-room, to+room
		}
		out = append(out, s)
	}
	return out
}

// since puts one comparison into words.
func (c *call) since(v app.ResultView, d app.DifferenceView, x app.Comparison) sinceView {
	s := sinceView{Comparison: x}
	word := verdicts[x.Word.String()]
	s.Verdict = ui.Verdict{Bars: word.bars, Grey: word.grey, Word: c.T("verdict." + word.key)}
	if x.Since.Day != tandem.NoDay {
		s.AskText = c.T("since.ask", tandem.Args{"date": c.near(x.Since.Day)})
	}
	switch {
	case x.Since.Day == tandem.NoDay:
		s.Say, s.Verdict = c.T("since.nothing"), ui.Verdict{}
	case !x.Enough():
		s.Say, s.Text = c.T("since.too_early"), c.fewWords(x)
	case !x.Answered:
		s.Ask, s.Verdict = true, ui.Verdict{}
	case !x.Told:
		s.Say, s.Text = c.T("since.too_early"), c.T("since.when_not")
	default:
		c.sayFigure(v, d, &s)
	}
	return s
}

// fewWords tells how many values are missing, and when they could be there.
func (c *call) fewWords(x app.Comparison) string {
	args := tandem.Args{"date": c.near(x.Since.Day)}
	if x.Before < app.FewestBefore {
		args["n"], args["needed"] = x.Before, app.FewestBefore
		return c.T("since.few_before", args)
	}
	args["n"], args["needed"] = x.After, app.FewestAfter
	return c.T("since.few_after", args) + " " + c.whenWords(x)
}

func (c *call) whenWords(x app.Comparison) string {
	if x.When == tandem.NoDay {
		return c.T("since.when_not")
	}
	return c.T("since.when", tandem.Args{"date": c.near(x.When)})
}

// sayFigure puts a figure into words: range and word, the other explanation, what else changed, the looks.
func (c *call) sayFigure(v app.ResultView, d app.DifferenceView, s *sinceView) {
	x := s.Comparison
	args := c.sinceArgs(v, d, x)
	between := c.T("since.between", args)
	switch word := x.Word.String(); word {
	case "maybe", "likely", "well supported":
		s.Say = c.T("since.say", args)
		s.Text = between + " " + c.T("since."+strings.Fields(word)[0], args)
	case "no sign":
		s.Say = c.T("since.no_sign")
		s.Text = c.T("since.between_since", args) + " " + c.T("since.no_sign_text", tandem.Args{"worth": c.perCell(v.Metric, d, c.Lang.Numbers().Round(d.Worth))})
	case "within chance":
		s.Say = c.T("since.within")
		s.Text = c.T("since.between_since", args)
		if x.When != tandem.NoDay {
			s.Text += " " + c.whenWords(x)
		}
	default:
		s.Say = c.T("since.too_early")
		s.Text = c.T("since.between_since", args) + " " + c.whenWords(x)
	}
	s.Wrote = c.T("since.you_wrote", tandem.Args{"text": strings.TrimSpace(x.Link.Changed)}) + " " + c.T("since.looks", tandem.Args{"n": x.Link.Looks})
	s.Picture = &ui.DifferenceView{Title: c.T("since.chart", args), Lo: x.Lo80, Mid: x.Mean, Hi: x.Hi80, Level: x.Since.Level, Of: max(len(x.Learning.Levels), 5),
		Format: c.Lang.Numbers().Signed}
}

// sinceArgs are what the sentences about a figure tell.
func (c *call) sinceArgs(v app.ResultView, d app.DifferenceView, x app.Comparison) tandem.Args {
	decimals := decimalsFor(x.Hi80 - x.Lo80)
	signed := func(y float64) string {
		s := c.num(y, decimals)
		if y > 0 && strings.Trim(s, "0.,") != "" {
			s = "+" + s
		}
		return s
	}
	plain := signed
	if x.Lo80 >= 0 {
		plain = func(y float64) string { return c.num(y, decimals) }
	}
	args := tandem.Args{"lo": plain(x.Lo80), "hi": plain(x.Hi80), "mid": signed(x.Mean), "diff": c.perCell(v.Metric, d, signed(x.Mean)),
		"since": c.sinceWhat(x), "title": x.Learning.Title, "other": c.otherWords(v.Metric, x)}
	if key := verdicts[x.Word.String()].key; key != "too_early" {
		args["word"] = c.T("verdict.said." + key)
	}
	return args
}

// decimalsFor gives the decimals with which a figure of this size has two digits.
func decimalsFor(size float64) int {
	if !(size > 0) || math.IsInf(size, 0) {
		return 0
	}
	return min(max(1-int(math.Floor(math.Log10(size))), 0), 6)
}

// sinceWhat says "since level 2", or since which technique.
func (c *call) sinceWhat(x app.Comparison) string {
	if x.Since.Level > 0 {
		return c.T("since.level", tandem.Args{"k": x.Since.Level})
	}
	return c.T("since.technique", tandem.Args{"name": x.Since.Technique.Name})
}

// otherWords is the other explanation: what the owner named as out of hand, or a season.
func (c *call) otherWords(m tandem.Metric, x app.Comparison) string {
	switch {
	case x.Other != "":
		return c.T("since.other_factor", tandem.Args{"factor": x.Other})
	case m.Form == tandem.FormReading:
		return c.T("since.other_thing")
	}
	return c.T("since.other_season")
}

// perCell adds unit and time to a figure of one cell of the series: "+1.2 bikes a week".
func (c *call) perCell(m tandem.Metric, d app.DifferenceView, figure string) string {
	switch {
	case m.Percent:
		figure += " " + c.T("unit.points")
	case m.Unit != "":
		figure += " " + m.Unit
	}
	if m.Form != tandem.FormReading && !m.IsRatio() {
		figure += " " + c.T("period.a."+string(d.Series.Cell))
	}
	return figure
}

// switchSince gives the label of the third switch, "" where there is nothing to draw: never while it is
// too early.
func (c *call) switchSince(v app.ResultView, d app.DifferenceView) string {
	if b := d.Best(); b != nil && c.sinceCourse(v, d) != nil {
		return c.T("chart.switch_since", tandem.Args{"since": c.sinceWhat(*b)})
	}
	return ""
}

// mostCourse is how many points of the dashed course are drawn. The trend needs some values to follow what
// came all at once: easeDays and easeCells are over how many the course leaves it, so that it does not dip.
const (
	mostCourse = 60
	easeDays   = 28
	easeCells  = 5
)

// sinceCourse gives the course before the surest difference, continued, on the days that the picture shows.
func (c *call) sinceCourse(v app.ResultView, d app.DifferenceView) *ui.SinceCourse {
	b := d.Best()
	if b == nil {
		return nil
	}
	args := c.sinceArgs(v, d, *b)
	out := &ui.SinceCourse{Label: c.T("since.say", tandem.Args{"diff": args["mid"], "since": args["since"]}), Sub: c.T("since.sub", args)}
	first, shown := shown(v)
	line := shown
	if v.Metric.Form != tandem.FormTotal {
		line = nil
		for _, p := range v.Forecast.Trend {
			line = append(line, ui.Point{Day: p.Day, Value: p.Value})
		}
	}
	course := d.Course(*b)
	share := 0.0
	step := max(1, len(course)/mostCourse)
	ease := easeCells
	if d.Series.Cell == tandem.PeriodDay {
		ease = easeDays
	}
	for i, p := range course {
		day := int(p.Day)
		if d.Series.Cell != tandem.PeriodDay {
			day = int(min(d.Series.Cell.Next(p.Day)-1, v.Today))
		}
		if day < int(first) {
			continue
		}
		if v.Metric.Form == tandem.FormTotal {
			share += p.Share
		} else {
			share = p.Share * min(float64(i+1)/float64(min(ease, len(course))), 1)
		}
		y, ok := lineAt(line, day)
		if !ok || i%step != 0 && i != len(course)-1 {
			continue
		}
		if len(out.Points) == 0 {
			if y0, ok := lineAt(line, day-int(d.Series.Cell.Next(p.Day)-p.Day)); ok {
				out.Points = append(out.Points, ui.SincePoint{Day: day - int(d.Series.Cell.Next(p.Day)-p.Day), Trend: y0, Lo: y0, Mid: y0, Hi: y0})
			}
		}
		out.Points = append(out.Points, ui.SincePoint{Day: day, Trend: y, Mid: y - b.Mean*share, Lo: y - b.Hi80*share, Hi: y - b.Lo80*share})
	}
	if len(out.Points) < 2 {
		return nil
	}
	return out
}

// lineAt gives a line's value on a day: between its points straight, outside them nothing.
func lineAt(line []ui.Point, day int) (float64, bool) {
	for i, p := range line {
		switch {
		case p.Day == day:
			return p.Value, true
		case p.Day > day && i == 0:
			return 0, false
		case p.Day > day:
			q := line[i-1]
			return q.Value + (p.Value-q.Value)*float64(day-q.Day)/float64(p.Day-q.Day), true
		}
	}
	if n := len(line); n > 0 && day-line[n-1].Day <= 31 {
		return line[n-1].Value, true
	}
	return 0, false
}

// differenceArgs are what the sentence that offers the concept tells: the first learning goal with values
// enough on both sides of a level.
func (c *call) differenceArgs(v app.ResultView, d app.DifferenceView, args tandem.Args) {
	for _, x := range d.Items {
		if args != nil && x.Enough() && x.Since.Level > 0 {
			args["before"], args["after"], args["k"], args["number"] = x.Before, x.After, x.Since.Level, v.Metric.Name
			return
		}
	}
}

// sharesOf says how the values weigh when a difference set in.
func (c *call) sharesOf(x app.Comparison) string {
	var parts []string
	for _, w := range x.Lags {
		args := tandem.Args{"n": w.Delay, "share": c.Lang.Percent(int(math.Round(100 * w.Share)))}
		key := "how.since.lag_delay"
		switch {
		case w.Days > 0:
			key, args["n"] = "how.since.lag_fade", w.Days
		case w.Delay == 0:
			key = "how.since.lag_day"
		}
		if w.Share >= .005 {
			parts = append(parts, c.T(key, args))
		}
	}
	return strings.Join(parts, ", ")
}

// postChanged keeps what else changed since a learning goal began to count.
func postChanged(s *Server, c *call) error {
	return c.act("toast.saved", func(id tandem.GoalID, ws tandem.WorkspaceID, f *form) (string, error) {
		result, err := tandem.ParseID[tandem.GoalID](f.text("result"))
		if err != nil {
			return "", err
		}
		in := app.ChangedInput{Changed: f.text("changed")}
		if f.text("do") == "nothing" {
			in.Changed = c.T("since.nothing_else")
		}
		if text := f.text("result_workspace"); text != "" {
			if in.Workspace, err = tandem.ParseID[tandem.WorkspaceID](text); err != nil {
				return "", err
			}
		}
		_, err = s.App.SayWhatChanged(c.ctx(), c.Actor, ws, id, result, in)
		return "", err
	})
}
