package web

import (
	"math"
	"strconv"
	"strings"

	"tandem"
	"tandem/app"
	"tandem/i18n"
	"tandem/web/ui"
)

// getDifference tells how the difference of a result is worked out.
func getDifference(s *Server, c *call) error {
	id, ws, err := c.goal()
	if err != nil {
		return err
	}
	v, err := s.App.ResultPage(c.ctx(), c.Actor, ws, id)
	if err != nil {
		return err
	}
	if !showsDifference(v) {
		return c.redirect(ui.GoalURL(id.String()), nil)
	}
	d, err := s.App.Compare(c.ctx(), c.Actor, v)
	if err != nil {
		return err
	}
	return c.page(pageView{Title: c.T("how.since.title"), Current: "goals", LogURL: ui.LogURL(id.String())}, differencePage(c, v, d))
}

// howItem tells from when a learning goal counts, when the difference set in, and what false starts showed.
func (c *call) howItem(d app.DifferenceView, x app.Comparison) (out []string) {
	if x.Since.Day == tandem.NoDay {
		return nil
	}
	args := tandem.Args{"date": c.near(x.Since.Day), "k": x.Since.Level, "n": x.Since.Uses, "name": x.Since.Technique.Name}
	if x.Since.Level > 0 {
		out = append(out, c.T("how.since.start_level", args))
	} else {
		out = append(out, c.T("how.since.start_technique", args))
	}
	if !x.Figure() {
		return out
	}
	if len(x.Lags) > 1 {
		out = append(out, c.T("how.since.lags", tandem.Args{"list": c.sharesOf(x)}))
	}
	p := x.Placebo
	if p.Tried == 0 {
		return append(out, c.T("how.since.no_false"))
	}
	said := c.T("how.since.false", tandem.Args{"tried": p.Tried, "out": p.Excluded})
	if p.Widened > 1 {
		said += " " + c.T("how.since.widened", tandem.Args{"factor": c.Lang.Numbers().Round(p.Widened)})
	}
	return append(out, said)
}

// howValues tells which values went in, and which did not.
func (c *call) howValues(v app.ResultView, d app.DifferenceView) []string {
	s := d.Series
	n := 0
	for _, y := range s.Values {
		if !math.IsNaN(y) {
			n++
		}
	}
	key := "how.since.cells_period"
	switch {
	case v.Metric.IsRatio():
		key = "how.since.cells_ratio"
	case s.Cell == tandem.PeriodDay && v.Metric.Form != tandem.FormRate:
		key = "how.since.cells_day"
	case v.Metric.Form != tandem.FormRate:
		key = "how.since.cells_week"
	}
	out := []string{c.T(key, tandem.Args{"n": n, "cells": len(s.Values), "period": c.T("period.a." + string(s.Cell))})}
	if v.Metric.Form == tandem.FormTotal && v.Metric.WhenItHappens && s.Cell == tandem.PeriodDay {
		out = append(out, c.T("how.since.zero"))
	}
	if s.Off > 0 {
		out = append(out, c.T("how.since.off", tandem.Args{"n": s.Off}))
	}
	if d.Unusual > 0 {
		out = append(out, c.T("how.since.unusual", tandem.Args{"n": d.Unusual}))
	}
	return out
}

// howRule tells what counts as worth having, what the words mean and by which method.
func (c *call) howRule(v app.ResultView, d app.DifferenceView) []string {
	worth := tandem.Args{"worth": c.perCell(v.Metric, d, c.Lang.Numbers().Round(d.Worth))}
	key := "how.since.worth"
	switch {
	case d.Worth == 0:
		key = "how.since.worth_none"
	case v.Metric.Form == tandem.FormTotal:
		key = "how.since.worth_total"
	}
	out := []string{c.T(key, worth), c.T("how.since.words", tandem.Args{"before": app.FewestBefore, "after": app.FewestAfter})}
	if d.Method == "" {
		return out
	}
	by := "how.since.by_cells"
	if d.Series.Cell == tandem.PeriodDay {
		by = "how.since.by"
	}
	return append(out, c.T(by, tandem.Args{"method": d.Method}), c.T("how.since.low"))
}

// figureRows are the figures of one difference.
func (c *call) figureRows(v app.ResultView, d app.DifferenceView, x app.Comparison) [][2]string {
	n := func(y float64) string { return c.num(y, decimalsFor(x.Hi80-x.Lo80)+1) }
	both := func(lo, hi float64) string { return c.T("range", tandem.Args{"lo": n(lo), "hi": n(hi)}) }
	return [][2]string{
		{c.T("how.since.best"), c.perCell(v.Metric, d, n(x.Mean))},
		{c.T("how.since.range80"), both(x.Lo80, x.Hi80)},
		{c.T("how.since.range95"), both(x.Lo95, x.Hi95)},
		{c.T("how.since.counts"), c.num(float64(x.Before), 0) + ", " + c.num(float64(x.After), 0)},
	}
}

// metaFile gives the second file that tandem impact reads, a row for each learning goal in their order.
func (c *call) metaFile(d app.DifferenceView) (text string, order []string) {
	for _, x := range d.Items {
		e, ok := d.Effect(x)
		if !ok {
			continue
		}
		late := "0"
		if e.Late {
			late = "1"
		}
		order = append(order, x.Learning.Title)
		text += strings.Join([]string{"A", strconv.Itoa(len(d.Series.Values)), strconv.Itoa(x.Start + 1), app.ShapeName(e.Shape), late, exactCell(d.Worth), strconv.Itoa(d.Season)}, ",") + "\n"
	}
	if text == "" {
		return "", nil
	}
	return "id,n,t0,shape,late,worth,season\n" + text, order
}

// cellFile gives the first file that tandem impact reads: id, t, y and the doses.
func (c *call) cellFile(d app.DifferenceView) string {
	var b strings.Builder
	b.WriteString("id,t,y")
	var doses [][]float64
	n := 0
	for _, x := range d.Items {
		if e, ok := d.Effect(x); ok {
			n++
			doses = append(doses, e.Dose)
			b.WriteString(",dose")
			if n > 1 {
				b.WriteString(strconv.Itoa(n))
			}
		}
	}
	for i, y := range d.Series.Values {
		b.WriteString("\nA," + strconv.Itoa(i+1) + "," + exactCell(y))
		for _, dose := range doses {
			b.WriteByte(',')
			if i < len(dose) {
				b.WriteString(exactCell(dose[i]))
			}
		}
	}
	return b.String() + "\n"
}

// cellTable is the table of all cells: number, first day, value, and the uses of techniques that were kept.
func (c *call) cellTable(v app.ResultView, d app.DifferenceView) ui.ChartTextView {
	out := ui.ChartTextView{ID: "cells", Summary: c.T("how.since.show"), TableName: c.T("how.since.table"), Heads: []string{"t", c.T("chart.head_day"), v.Metric.Name}}
	var doses [][]float64
	for _, x := range d.Items {
		if e, ok := d.Effect(x); ok && len(e.Dose) > 0 {
			doses = append(doses, e.Dose)
			out.Heads = append(out.Heads, x.Since.Technique.Name)
		}
	}
	for i, y := range d.Series.Values {
		row := []string{strconv.Itoa(i + 1), d.Series.Starts[i].String(), exactCell(y)}
		for _, dose := range doses {
			row = append(row, c.num(dose[i], i18n.Auto))
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}
