package web

import (
	"tandem"
	"tandem/app"
)

// newDays is how far ahead the date of a new result on a number lies that is proposed.
const newDays = 90

// onNumber takes up the number that a new result is to have, if it is there already, with targets for it by
// the date that was typed. It reads fields without noting what is wrong in them: that is told once.
func (c *call) onNumber(f *form, p *pairForm) error {
	text := f.keep("number", c.R.URL.Query().Get("number"))
	if text == "" || p.Fuels != "" {
		return nil
	}
	id, err := tandem.ParseID[tandem.MetricID](text)
	if err != nil {
		return err
	}
	m, err := c.metricIn(id)
	if err != nil {
		return err
	}
	if m, err = c.s.App.MetricToLog(c.ctx(), c.Actor, m.Workspace, id); err != nil {
		return err
	}
	c.Space = m.Workspace // a result lies where its number does
	p.Number = &m
	read := form{c: c, values: f.values}
	in := app.AdviceInput{Start: read.day("result.start"), Deadline: read.day("result.deadline"), ReachedWhen: tandem.ReachedWhen(read.text("result.reached_when"))}
	if m.Form == tandem.FormTotal {
		in.SoFar, _ = read.number("result.from")
	}
	if !f.sent() {
		in.Deadline = c.Today + newDays
		p.Deadline = in.Deadline.String()
	}
	v, err := c.s.App.Advise(c.ctx(), c.Actor, c.Space, id, in)
	if len(tandem.All(err)) > 0 {
		return nil // the form says what is wrong
	}
	p.Advice = c.adviceWords(m, v)
	return err
}

// withNumber gives a new result the number that is there already.
func (c *call) withNumber(f *form, in app.GoalInput, m tandem.Metric) app.GoalInput {
	in.Metric, in.Number = m.ID, nil
	from := in.Baseline
	if from == nil {
		from = in.SoFar
	}
	in.Baseline, in.SoFar = from, nil
	if m.Form == tandem.FormTotal {
		in.Baseline, in.SoFar = nil, from
	}
	if m.Direction == tandem.Within && in.TargetLo == nil {
		in.TargetLo, in.TargetHi = in.Target, f.optional("result.target_hi")
	}
	return in
}

// editAdvice names targets for a result that is being changed, by the date that was typed.
func (c *call) editAdvice(f *form, p tandem.PerformanceGoal, m tandem.Metric) (string, error) {
	if p.State == tandem.Closed || p.State == tandem.Released {
		return "", nil
	}
	deadline := p.Deadline
	read := form{c: c, values: f.values}
	if d := read.day("deadline"); d != tandem.NoDay {
		deadline = d
	}
	v, err := c.s.App.AdviseGoal(c.ctx(), c.Actor, p, deadline)
	if err != nil {
		return "", err
	}
	return c.adviceWords(m, v), nil
}

// adviceWords is the line under a target, "" where there is nothing to say.
func (c *call) adviceWords(m tandem.Metric, v app.Advice) string {
	if v.Even == nil || v.Bold == nil {
		return ""
	}
	return c.T("new.advice", tandem.Args{"date": c.near(v.Deadline), "even": c.value(m, *v.Even), "bold": c.value(m, *v.Bold)})
}
