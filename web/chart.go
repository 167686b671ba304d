package web

import (
	"fmt"
	"math"
	"slices"

	"github.com/a-h/templ"

	"tandem"
	"tandem/app"
	"tandem/i18n"
	"tandem/web/ui"
)

// mostShown is how many days before the start of a result its picture shows, when there are older values.
const mostShown = 366

// picture gives the drawing of a result: the road map of the first days, or the main picture.
func (c *call) picture(v app.ResultView, d app.DifferenceView) templ.Component {
	if early(v) {
		return ui.EarlyChart(c.earlyChart(v))
	}
	x := c.goalChart(v)
	x.Since = c.sinceCourse(v, d)
	return ui.GoalChart(x)
}

// early tells whether a result still has too few values for the main picture.
func early(v app.ResultView) bool {
	return v.Forecast.N < i18n.ChanceWordsFrom && v.Goal.State != tandem.Closed
}

// shown gives the values to draw, from first on and up to the date of the result: for totals the running sum.
func shown(v app.ResultView) (first tandem.Day, points []ui.Point) {
	first, last := v.Goal.Start, max(v.Goal.Deadline, v.Goal.Start)
	if len(v.Days) > 0 && v.Metric.Form != tandem.FormTotal {
		first = min(first, max(v.Days[0].Day, v.Goal.Start-mostShown, v.Today-2*mostShown))
	}
	if v.Metric.Form == tandem.FormRate {
		for _, p := range v.Input.Points {
			if p.Day >= int(first) && p.Day <= int(last) {
				points = append(points, ui.Point{Day: p.Day, Value: p.Value})
			}
		}
		return first, points
	}
	sum := v.Goal.SoFar
	for _, d := range v.Days {
		if d.Day < first || d.Day > last {
			continue
		}
		y := d.Value
		if v.Metric.Form == tandem.FormTotal {
			sum += d.Value
			y = sum
		}
		points = append(points, ui.Point{Day: int(d.Day), Value: y})
	}
	return first, points
}

// goalChart gives the main picture's view.
func (c *call) goalChart(v app.ResultView) ui.GoalChartView {
	m, g := v.Metric, v.Goal
	first, values := shown(v)
	for i := range values {
		values[i].Title = c.Lang.DateShort(tandem.Day(values[i].Day)) + ": " + c.exact(m, values[i].Value)
	}
	x := ui.GoalChartView{
		ID: "g", Title: c.T("chart.title", tandem.Args{"name": m.Name, "date": c.near(g.Deadline)}), DescribedBy: "chart-text", Unit: c.unitLine(m), Calendar: c.calendar(),
		Format: func(y float64) string { return c.Lang.Numbers().Round(y) },
		Start:  int(first), Today: int(min(v.Today, max(g.Deadline, first+1))), Deadline: int(g.Deadline), TodayLabel: c.T("chart.today"), DeadlineLabel: c.dayShort(g.Deadline),
		Values: values, Steps: m.Form == tandem.FormTotal, Now: v.Forecast.Now, NowLabel: c.T("chart.now", tandem.Args{"value": c.along(g, m, v.Forecast.Now)}),
		Target: g.Target, TargetLabel: c.T("chart.target", tandem.Args{"target": c.target(g, m)}), TargetShort: c.target(g, m),
	}
	for _, p := range v.Forecast.Trend {
		if p.Day >= int(first) && m.Form != tandem.FormTotal {
			x.Trend = append(x.Trend, ui.Point{Day: p.Day, Value: p.Value})
		}
	}
	if m.Direction == tandem.Within && g.TargetLo != nil && g.TargetHi != nil {
		x.Within = &ui.Band{Low: *g.TargetLo, High: *g.TargetHi, LowLabel: c.exact(m, *g.TargetLo), HighLabel: c.exact(m, *g.TargetHi)}
	}
	if g.Stretch != nil {
		x.Stretch = &ui.Stretch{Value: *g.Stretch, Label: c.T("chart.stretch", tandem.Args{"target": c.exact(m, *g.Stretch)})}
	}
	x.Milestones = stepMarks(v.Milestones)
	x.Fan = c.fan(v)
	x.Endings = c.endings(v)
	for _, l := range v.Lines {
		x.Lanes = append(x.Lanes, c.lane(l, first, v.Today))
	}
	if len(x.Lanes) > 4 {
		x.More = c.T("chart.more", tandem.Args{"n": len(x.Lanes) - 3})
	}
	return x
}

// stepMarks gives the steps of a result that have a day: the one on which they were done, or are to be.
func stepMarks(steps []tandem.Milestone) (out []ui.Milestone) {
	for _, s := range steps {
		day := s.Due
		if s.Done != tandem.NoDay {
			day = s.Done
		}
		if day != tandem.NoDay {
			out = append(out, ui.Milestone{Day: int(day), Label: s.Title, Reached: s.Done != tandem.NoDay})
		}
	}
	return out
}

// fan gives the likely range, where there is one.
func (c *call) fan(v app.ResultView) *ui.Fan {
	steps := v.Forecast.Steps
	if len(steps) == 0 || v.Forecast.N < i18n.ChanceWordsFrom {
		return nil
	}
	f := &ui.Fan{Short: c.T("chart.likely")}
	for _, s := range steps {
		f.Points = append(f.Points, ui.FanPoint{Day: s.Day, Q025: s.Lo95, Q10: s.Lo80, Q25: s.Lo50, Q50: s.Mean, Q75: s.Hi50, Q90: s.Hi80, Q975: s.Hi95})
	}
	last := steps[len(steps)-1]
	f.LowLabel, f.HighLabel = c.roughly(v.Goal, v.Metric, last.Lo80), c.roughly(v.Goal, v.Metric, last.Hi80)
	f.Label = c.T("chart.likely_range", tandem.Args{"lo": f.LowLabel, "hi": f.HighLabel})
	return f
}

// endings gives the twenty simulated paths, judged by the result's own rule.
func (c *call) endings(v app.ResultView) *ui.Endings {
	f := v.Forecast
	if f.N < i18n.ChanceFiguresFrom || !v.IsOpen() || math.IsNaN(f.Chance) {
		return nil
	}
	e := &ui.Endings{Sub: c.T("chart.endings_reach", tandem.Args{"target": c.target(v.Goal, v.Metric)}), Short: c.T("chart.endings_short")}
	n := 0
	for _, x := range f.Endings {
		e.Values, e.Reached = append(e.Values, x.Value), append(e.Reached, x.Reached)
		if x.Reached {
			n++
		}
	}
	e.Caption = c.T("chart.endings", tandem.Args{"n": n, "of": len(f.Endings)})
	return e
}

// lane gives a learning goal under the time axis.
func (c *call) lane(l app.LearningLine, first, today tandem.Day) ui.Lane {
	level, of := levelOf(l)
	x := ui.Lane{Name: l.Title, Start: int(max(l.CreatedDay, first)), Of: of, Practice: lanePractice(l, first, today)}
	for _, u := range l.Uses {
		x.Uses = append(x.Uses, int(u.Day))
	}
	if len(l.Uses) > 0 {
		x.UsesLabel = c.T("chart.used", tandem.Args{"n": len(l.Uses)})
	}
	seen := map[int]bool{}
	for _, e := range l.Evidence {
		if !seen[e.Level] && e.Level <= level {
			seen[e.Level] = true
			x.Levels = append(x.Levels, ui.LaneLevel{Day: int(max(e.Day, first)), Level: e.Level, Label: levelWords(l.Levels, e.Level)})
		}
	}
	if level > 0 && level < of {
		x.NextLevel = level + 1
		if w := levelWords(l.Levels, level+1); w != "" {
			x.Next = c.T("chart.next_level", tandem.Args{"level": w})
		}
	}
	if l.ReviewDay != tandem.NoDay && l.ReviewDay >= today && l.State == tandem.Active {
		x.LookAgain, x.LookLabel, x.LookShort = int(l.ReviewDay), c.T("chart.look_again", tandem.Args{"date": c.dayShort(l.ReviewDay)}), c.dayShort(l.ReviewDay)
	}
	return x
}

func levelWords(levels []string, n int) string {
	if n >= 1 && n <= len(levels) {
		return levels[n-1]
	}
	return ""
}

// lanePractice gives the weeks of practice, each as a share of what the micro-goal asks; without one, of
// the busiest week.
func lanePractice(l app.LearningLine, first, today tandem.Day) (out []ui.LanePractice) {
	minutes := map[tandem.Day]float64{}
	most := 0.0
	for _, p := range l.Practices {
		w := tandem.PeriodWeek.Start(p.Day)
		minutes[w] += max(p.Minutes, 1)
		most = max(most, minutes[w])
	}
	if l.Micro != nil && l.Micro.Amount > 0 && l.Micro.Period == tandem.PeriodWeek {
		most = l.Micro.Amount * l.Micro.Times
	}
	if most == 0 {
		return nil
	}
	for w := tandem.PeriodWeek.Start(max(first, l.CreatedDay)); w <= today; w += 7 {
		out = append(out, ui.LanePractice{Day: int(min(w+6, today)), Share: min(minutes[w]/most, 1)})
	}
	return out
}

// earlyChart gives the road map of the first days.
func (c *call) earlyChart(v app.ResultView) ui.EarlyChartView {
	m, g := v.Metric, v.Goal
	first, values := shown(v)
	x := ui.EarlyChartView{
		ID: "e", Title: c.T("chart.early_title", tandem.Args{"title": g.Title, "date": c.near(g.Deadline)}), DescribedBy: "chart-text", Unit: c.unitLine(m), Calendar: c.calendar(),
		Format: func(y float64) string { return c.Lang.Numbers().Round(y) },
		Start:  int(min(first, g.Start)), Today: int(v.Today), Deadline: int(g.Deadline), TodayLabel: c.T("chart.today") + ", " + c.Lang.DateShort(v.Today), TodayShort: c.T("chart.today"), DeadlineLabel: c.dayShort(g.Deadline),
		Base: v.Input.Baseline, Values: values, Steps: m.Form == tandem.FormTotal, Target: g.Target, TargetLabel: c.T("chart.target", tandem.Args{"target": c.target(g, m)}),
		TargetShort: c.target(g, m), ByLabel: c.T("chart.by", tandem.Args{"date": c.near(g.Deadline)}),
	}
	if m.Form == tandem.FormTotal {
		x.Base = g.SoFar
	}
	now := x.Base
	if n := len(values); n > 0 {
		now = values[n-1].Value
	}
	switch {
	case math.IsNaN(now):
	case m.Form == tandem.FormTotal:
		x.NowLabel = c.T("chart.so_far", tandem.Args{"value": c.exact(m, now)})
	default:
		x.NowLabel = c.T("chart.now", tandem.Args{"value": c.exact(m, now)})
	}
	if pace := v.Forecast.PaceNeeded; !math.IsNaN(pace) && g.Deadline > v.Today {
		x.PaceLabel = c.T("chart.even_pace", tandem.Args{"pace": c.value(m, pace)})
		x.PaceShort = c.T("chart.even_pace_short", tandem.Args{"pace": c.value(m, pace)})
	}
	if m.Direction == tandem.Within && g.TargetLo != nil && g.TargetHi != nil {
		x.Within = &ui.Band{Low: *g.TargetLo, High: *g.TargetHi, LowLabel: c.exact(m, *g.TargetLo), HighLabel: c.exact(m, *g.TargetHi)}
	}
	x.Milestones = stepMarks(v.Milestones)
	if len(v.Lines) > 0 {
		x.Lane = c.earlyLane(v.Lines[0], g.Start, v.Today)
	}
	return x
}

func (c *call) earlyLane(l app.LearningLine, start, today tandem.Day) *ui.EarlyLane {
	level, of := levelOf(l)
	x := &ui.EarlyLane{Name: l.Title, Of: of, NextLevel: level + 1, Open: c.T("chart.goes_on")}
	if l.Micro != nil {
		x.Practice = c.microWords(l.Micro.MicroGoal)
	}
	begin := max(l.CreatedDay, start)
	for d := begin; d < begin+5; d++ {
		done := slices.ContainsFunc(l.Practices, func(p tandem.Practice) bool { return p.Day == d })
		x.Days = append(x.Days, ui.PracticeDay{Day: int(d), Done: done})
	}
	for _, u := range l.Uses {
		x.Uses = append(x.Uses, int(u.Day))
	}
	if len(l.Uses) > 0 {
		x.UseLabel, x.UseShort = c.T("chart.first_use", tandem.Args{"date": c.Lang.DateShort(l.Uses[0].Day)}), c.T("chart.first_use_short")
	} else {
		try := max(begin+3, today) // a day that has gone by is none to hold up
		x.TryOn, x.TryLabel = int(try), c.T("chart.first_try", tandem.Args{"date": c.Lang.DateShort(try)})
	}
	if l.ReviewDay != tandem.NoDay && l.ReviewDay >= today {
		x.LookAgain, x.LookLabel, x.LookShort = int(l.ReviewDay), c.T("chart.look_again", tandem.Args{"date": c.dayShort(l.ReviewDay)}), c.dayShort(l.ReviewDay)
	}
	return x
}

// microWords says a micro-goal: "15 minutes, 5 days a week", "4 a week", "at most 2 a day".
func (c *call) microWords(m tandem.MicroGoal) string {
	args := tandem.Args{"amount": c.num(m.Amount, i18n.Auto), "times": c.num(m.Times, i18n.Auto), "n": int(m.Times), "period": c.T("period.a." + string(m.Period))}
	switch {
	case m.AtMost:
		return c.T("micro.at_most", args)
	case m.Amount > 0 && m.Goal != 0:
		return c.T("micro.minutes_days", args)
	case m.Amount > 0:
		return c.T("micro.amount_days", args)
	}
	return c.T("micro.times", args)
}

// chartText gives the picture of a result in words and as a table of its values.
func (c *call) chartText(v app.ResultView, d app.DifferenceView) ui.ChartTextView {
	m, g := v.Metric, v.Goal
	_, values := shown(v)
	x := ui.ChartTextView{ID: "chart-text", Summary: c.T("chart.as_text"), TableName: c.T("chart.table")}
	x.Paragraphs = append(x.Paragraphs, c.T("chart.text_target", tandem.Args{"target": c.target(g, m), "date": c.near(g.Deadline), "rule": c.reachedWords(g, m)}))
	if f := c.fan(v); f != nil {
		x.Paragraphs = append(x.Paragraphs, c.T("chart.text_range", tandem.Args{"now": c.along(g, m, v.Forecast.Now), "lo": f.LowLabel, "hi": f.HighLabel, "date": c.near(g.Deadline)}))
	}
	for _, l := range v.Lines {
		level, _ := levelOf(l)
		key := "chart.text_lane"
		if level > 0 {
			key = "chart.text_lane_level"
		}
		x.Paragraphs = append(x.Paragraphs, c.T(key, tandem.Args{"title": l.Title, "uses": len(l.Uses), "practices": len(l.Practices), "level": level}))
	}
	if b := d.Best(); b != nil {
		x.Paragraphs = append(x.Paragraphs, c.T("since.text", c.sinceArgs(v, d, *b)))
	}
	if v.Parts != nil {
		c.ratioTable(v, &x)
		return x
	}
	x.Heads = []string{c.T("chart.head_day"), m.Name}
	for _, p := range values[max(0, len(values)-60):] {
		x.Rows = append(x.Rows, []string{c.dayShort(tandem.Day(p.Day)), c.exact(m, p.Value)})
	}
	return x
}

// switches gives the check boxes under the picture, each once its time has come.
func (c *call) switches(v app.ResultView, d app.DifferenceView) ui.SwitchesView {
	x := ui.SwitchesView{Legend: c.T("chart.also")}
	if v.Forecast.N >= i18n.ChanceFiguresFrom && len(v.Forecast.Steps) > 0 {
		x.Items = append(x.Items, ui.Switch{N: 1, Label: c.T("chart.switch_range")})
	}
	if !early(v) && (len(v.Milestones) > 0 || v.Goal.Stretch != nil) {
		x.Items = append(x.Items, ui.Switch{N: 2, Label: c.T("chart.switch_steps")})
	}
	if label := c.switchSince(v, d); label != "" {
		x.Items = append(x.Items, ui.Switch{N: 3, Label: label})
	}
	if c.endings(v) != nil {
		x.Items = append(x.Items, ui.Switch{N: 4, Label: c.T("chart.switch_endings")})
	}
	return x
}

// sparkOf gives a result at the size of a list row.
func (c *call) sparkOf(x tandem.ListedResult, uses []tandem.Day) templ.Component {
	if x.Snapshot == nil || len(x.Snapshot.Spark) < 2 {
		return templ.NopComponent
	}
	v := ui.SparkView{Title: fmt.Sprintf("%s, %s", x.Title, c.T("chart.spark")), From: 0, To: len(x.Snapshot.Spark) - 1, Target: x.Target, Steps: x.Number.Form == tandem.FormTotal, Of: 5}
	if x.Number.Direction == tandem.Within {
		v.Target = math.NaN()
	}
	for i, y := range x.Snapshot.Spark {
		v.Values = append(v.Values, ui.Point{Day: i, Value: float64(y)})
	}
	span := max(x.Snapshot.Day-x.Start, 1)
	for _, d := range uses {
		if d >= x.Start {
			v.Uses = append(v.Uses, int(d-x.Start)*(len(v.Values)-1)/int(span))
		}
	}
	return ui.Spark(v)
}
