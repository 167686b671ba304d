package web

import (
	"slices"

	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

// outcomeWord says how a result ended.
func (c *call) outcomeWord(x tandem.Closing) string {
	if x.Withheld {
		return c.T("outcome.withheld")
	}
	return c.T("outcome." + string(x.Outcome))
}

// gainOptions are the words that can be tapped as gained.
func (c *call) gainOptions(v app.ClosingView, f *form) (out []ui.Option) {
	for _, w := range tandem.GainWords() {
		on := slices.Contains(v.Closing.Gains, w)
		if f.sent() {
			on = slices.Contains(f.all("gains"), string(w))
		}
		out = append(out, ui.Option{Value: string(w), Label: c.T("gain." + string(w)), On: on})
	}
	return out
}

// A nextView is one choice of what comes next.
type nextView struct {
	Value, Icon, Title, Text string
	On                       bool
}

// canReset tells whether the next period can have another target.
func (c *call) canReset(v app.ClosingView) bool {
	return v.Closing.Outcome.Missed() && v.Metric.Direction != tandem.Within
}

func (c *call) evenTarget(n app.Next) string {
	if n.Even == nil {
		return ""
	}
	return c.Lang.Numbers().Input(*n.Even)
}

// nexts are the choices of what comes next. After a miss each names what it is for: another target where the target
// was the trouble, a learning goal for a skill, a technique for the way, a note for what lay outside.
func (c *call) nexts(v app.ClosingView, n app.Next, f *form) []nextView {
	now := string(v.Closing.Next)
	if f.sent() {
		now = f.text("next")
	}
	missed := v.Closing.Outcome.Missed()
	args := tandem.Args{"target": c.target(v.Goal, v.Metric), "date": c.near(n.Same.Deadline), "start": c.dayShort(n.Same.Start), "title": n.Learning, "technique": n.Technique}
	same := nextView{Value: "same", Icon: "again", Title: c.samePeriod(n.Same), Text: c.T("closing.next_same_text", args)}
	out := []nextView{same}
	if c.canReset(v) {
		x := nextView{Value: "reset", Icon: "again", Title: c.T("closing.next_reset"), Text: c.T("closing.next_reset_text")}
		if n.Even != nil {
			args["even"] = c.exact(v.Metric, *n.Even)
			x.Title, x.Text = c.T("closing.next_reset_at", args), c.T("closing.next_reset_even", args)
		}
		out = append(out, x)
	}
	learning := nextView{Value: "learning", Icon: "book", Title: c.T("closing.next_learning"), Text: c.T("closing.next_learning_text")}
	switch {
	case n.Level != nil && !missed:
		args["level"], args["goal"], args["sentence"] = n.Level.Level, n.Level.Title, n.Level.Sentence
		learning.Text = c.T("closing.next_level", args)
		if n.Level.Sentence != "" {
			learning.Text = c.T("closing.next_level_named", args)
		}
	case n.Learning != "":
		learning.Text = c.T("closing.next_learning_named", args)
	}
	technique := nextView{Value: "technique", Icon: "try", Title: c.T("closing.next_technique"), Text: c.T("closing.next_technique_text")}
	if n.Technique != "" {
		args["day"] = c.near(n.From)
		technique.Text = c.T("closing.next_technique_named", args)
	}
	if missed {
		learning.Text = c.T("closing.for_skill") + " " + learning.Text
		technique.Text = c.T("closing.for_way") + " " + technique.Text
	}
	out = append(out, learning, technique)
	if missed {
		out = append(out, nextView{Value: "note", Icon: "edit", Title: c.T("closing.next_note"), Text: c.T("closing.next_note_text")})
	}
	out = append(out, nextView{Value: "let_go", Icon: "leaf", Title: c.T("closing.next_let_go"), Text: c.T("closing.next_let_go_text")})
	for i := range out {
		out[i].On = out[i].Value == now
	}
	return out
}

// samePeriod names the same again: by its month where the next period is one.
func (c *call) samePeriod(p tandem.PerformanceGoal) string {
	y, m, d := p.Start.Date()
	if d == 1 && p.Deadline == tandem.PeriodMonth.Next(p.Start)-1 {
		return c.T("closing.next_same_month", tandem.Args{"month": int(m), "year": y})
	}
	return c.T("closing.next_same")
}

// nextInput reads what comes next: a card whose name was proposed needs no typing.
func (f *form) nextInput(in *app.ClosingInput) error {
	in.NextText = f.text("next_text")
	switch in.Next {
	case tandem.NextReset:
		in.NextTarget = f.optional("next_target")
	case tandem.NextLearning:
		if on := f.text("goes_on"); on != "" && in.NextText == "" {
			id, err := tandem.ParseID[tandem.GoalID](on)
			in.NextGoal = id
			return err
		}
		if in.NextText == "" {
			in.NextText = f.text("learning_title")
		}
	case tandem.NextTechnique:
		if in.NextText == "" {
			in.NextText = f.text("technique_name")
		}
	}
	return nil
}

// nextWords says what came next of a closing that is done.
func (c *call) nextWords(v app.ClosingView) string {
	if v.Closing.Next == tandem.NextNone {
		return c.T("closing.done.let_go")
	}
	return c.T("closing.done." + string(v.Closing.Next))
}

// closedGap proposes learning goals for the result that a missed one led to, linked to it in one tap.
func (c *call) closedGap(v app.ClosingView) (*gapView, error) {
	x := v.Closing
	if !x.Outcome.Missed() || x.NextGoal == 0 || x.Next != tandem.NextSame && x.Next != tandem.NextReset {
		return nil, nil
	}
	r, err := c.s.App.ResultPage(c.ctx(), c.Actor, v.Goal.Workspace, x.NextGoal)
	if tandem.KindOf(err) == tandem.KindNotFound {
		return nil, nil // the next one was deleted meanwhile
	}
	if err != nil || r.Goal.State != tandem.Active {
		return nil, err
	}
	all, err := c.s.App.SuggestLearning(c.ctx(), c.Actor, v.Goal.Workspace, app.SuggestInput{Goal: x.NextGoal})
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(s app.Suggestion) bool {
		return slices.ContainsFunc(r.Lines, func(l app.LearningLine) bool { return l.ID == s.Goal || l.Title == s.Title })
	})
	if len(all) == 0 {
		return nil, nil
	}
	return c.gapView("gap.next", tandem.Args{"title": r.Goal.Title}, all), nil
}
