package web

import (
	"tandem"
	"tandem/app"
	"tandem/i18n"
	"tandem/web/ui"
)

// What a share can be, in per cent.
const (
	leastShare = 0.0
	mostShare  = 100.0
)

// Values of the choice how a ratio is shown.
const (
	asPercent = "percent"
	asShare   = "share"
)

// mostNamed bounds how many numbers are offered as parts of a ratio.
const mostNamed = 100

// partNames gives the names of the reader's own numbers that can be parts of a ratio.
func (c *call) partNames() (names []string, err error) {
	p, err := c.s.App.ListMetrics(c.ctx(), c.Actor, c.Space, "", mostNamed)
	for _, m := range p.Items {
		if m.Owner == c.Person.ID && !m.IsRatio() {
			names = append(names, m.Name)
		}
	}
	return names, err
}

// ratioInput reads what a ratio is made of, and how it is shown. Parts of a number that is none are read
// too: the use case says what they belong to.
func (c *call) ratioInput(f *form, n *app.MetricInput) {
	n.Numerator.Name, n.Denominator.Name = f.text("result.number.numerator"), f.text("result.number.denominator")
	if n.Form != tandem.FormRatio {
		return
	}
	n.Period = tandem.Period(f.text("result.number.period"))
	as := f.text("result.number.as")
	n.Percent = as == asPercent || as == asShare
	if as == asShare {
		lo, hi := leastShare, mostShare
		n.Lo, n.Hi = &lo, &hi
	}
}

func (c *call) asOptions(f *form) []ui.Option {
	return c.options(f, "result.number.as", "new.as.", "", asPercent, asShare)
}

// A partLog is one part of a ratio to be logged.
type partLog struct {
	Part string // "numerator" or "denominator"
	tandem.Metric
	Hint string
}

// suffixed gives a field of the second form on a page an id of its own.
func suffixed(v ui.FieldView, suffix string) ui.FieldView {
	v.ID += suffix
	return v
}

// partsToLog gives the parts of a ratio as its sheet asks for them; none for any other number.
func (c *call) partsToLog(ws tandem.WorkspaceID, m tandem.Metric) (out []partLog, err error) {
	if !m.IsRatio() {
		return nil, nil
	}
	for _, p := range []struct {
		part string
		id   tandem.MetricID
	}{{"numerator", m.Numerator}, {"denominator", m.Denominator}} {
		x := partLog{Part: p.part}
		if x.Metric, err = c.s.App.MetricToLog(c.ctx(), c.Actor, ws, p.id); err != nil {
			return nil, err
		}
		x.Hint = c.T("log.adds")
		if x.Form == tandem.FormReading {
			x.Hint = c.T("log.sets")
		}
		out = append(out, x)
	}
	return out, nil
}

// partItem gives a part of a ratio on Today as an item of its own number, for the control that logs it.
func partItem(i app.TodayItem, p app.PartToLog) app.TodayItem {
	of := *i.Result
	of.Number = p.Number
	return app.TodayItem{Kind: i.Kind, Result: &of, Sum: p.Sum, Period: i.Period, Today: p.Today, Techniques: i.Techniques}
}

// inPart makes a control of Today log a part.
func inPart(p app.PartToLog, hidden map[string]string) map[string]string {
	hidden["part"] = p.Part
	return hidden
}

func (c *call) partPlusOne(i app.TodayItem, p app.PartToLog) ui.PlusOneView {
	v := c.plusOne(partItem(i, p))
	v.FormID += "-" + p.Part
	v.Hidden = inPart(p, v.Hidden)
	v.Label = c.T("log.part_plus_one", tandem.Args{"name": p.Number.Name, "label": v.Label})
	v.OtherLabel = c.T("log.other", tandem.Args{"title": p.Number.Name})
	return v
}

func (c *call) partSet(i app.TodayItem, p app.PartToLog) ui.SetValueView {
	v := c.setControl(partItem(i, p))
	v.FormID, v.ID = v.FormID+"-"+p.Part, v.ID+"-"+p.Part
	v.Hidden = inPart(p, v.Hidden)
	v.Submit = c.T("log.part_set", tandem.Args{"name": p.Number.Name})
	return v
}

// periodValue writes what a period comes to: "25 %", or that it is unknown.
func (c *call) periodValue(m tandem.Metric, p tandem.RatioPeriod) string {
	switch {
	case p.Value == nil:
		return c.T("ratio.unknown")
	case m.Unit != "":
		return c.value(m, *p.Value) + " " + m.Unit
	}
	return c.value(m, *p.Value)
}

// periodSums writes the two sums of a period: "Deals 3, Calls 12".
func (c *call) periodSums(v app.Parts, p tandem.RatioPeriod) string {
	return c.T("ratio.sums", tandem.Args{"numerator": v.Numerator.Name, "top": c.value(v.Numerator, p.Numerator), "denominator": v.Denominator.Name, "bottom": c.value(v.Denominator, p.Denominator)})
}

// lately gives the newest periods of a ratio, newest first.
func lately(v app.Parts, most int) (out []tandem.RatioPeriod) {
	for i := len(v.Periods) - 1; i >= 0 && len(out) < most; i-- {
		out = append(out, v.Periods[i])
	}
	return out
}

// whyRatio tells what each value of a ratio was made from.
func (c *call) whyRatio(v app.ResultView) (out []string) {
	m, p := v.Metric, v.Parts
	if p == nil {
		return nil
	}
	out = append(out, c.T("why.ratio", tandem.Args{"numerator": p.Numerator.Name, "denominator": p.Denominator.Name, "period": c.T("period.one." + string(m.Period))}))
	unknown := 0
	for _, x := range p.Periods {
		if x.Whole && x.Value == nil {
			unknown++
		}
	}
	if unknown > 0 {
		out = append(out, c.T("why.ratio_unknown", tandem.Args{"n": unknown, "denominator": p.Denominator.Name}))
	}
	for _, x := range lately(*p, len(p.Periods)) {
		if x.Whole && x.Value != nil {
			return append(out, c.T("why.ratio_last", tandem.Args{"days": c.span(x.Start, x.End), "sums": c.periodSums(*p, x), "value": c.periodValue(m, x)}))
		}
	}
	return out
}

// ratioTable gives the table under the picture of a ratio: its periods that are over, with both sums.
func (c *call) ratioTable(v app.ResultView, x *ui.ChartTextView) {
	x.Heads = []string{c.T("ratio.period"), v.Metric.Name, v.Parts.Numerator.Name, v.Parts.Denominator.Name}
	for _, p := range v.Parts.Periods[max(0, len(v.Parts.Periods)-60):] {
		if p.Whole {
			x.Rows = append(x.Rows, []string{c.span(p.Start, p.End), c.periodValue(v.Metric, p), c.Lang.Numbers().Number(p.Numerator, i18n.Auto), c.Lang.Numbers().Number(p.Denominator, i18n.Auto)})
		}
	}
}

func getRatio(s *Server, c *call, m tandem.Metric) error {
	page, err := s.App.ListPeriods(c.ctx(), c.Actor, m.Workspace, m.ID, c.R.URL.Query().Get("from"), valuesAPage)
	if err != nil {
		return err
	}
	return c.page(pageView{Title: m.Name, Current: "goals"}, ratioPage(c, m, m.Owner == c.Person.ID, page))
}
