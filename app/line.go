package app

import (
	"context"
	"strings"

	"tandem"
	"tandem/advise/reader"
	"tandem/policy"
)

// A LineInput is one line to log, as it is typed: "sales 12", "20m discovery questions yesterday". Picks
// holds answers to questions that the line was refused with, by the id of the question.
type LineInput struct {
	Key   string            `json:"-"` // makes a second press harmless
	Text  string            `json:"text"`
	Picks map[string]string `json:"picks,omitempty"`
}

// What a line became.
const (
	LineValue    = "value"
	LinePractice = "practice"
	LineUse      = "use"
)

// A LoggedLine is what a line was understood as and what was made of it: a value with the uses that ride on
// it, a practice, or uses alone. Name is that of the number, the learning goal or the first technique;
// Techniques are the names of those used.
type LoggedLine struct {
	Kind       string           `json:"kind"`
	Name       string           `json:"name"`
	Value      *Logged          `json:"value,omitempty"`
	Practice   *tandem.Practice `json:"practice,omitempty"`
	Uses       []tandem.Use     `json:"uses,omitempty"` // with a practice, or alone
	Techniques []string         `json:"techniques,omitempty"`
	Number     tandem.Metric    `json:"-"` // of the value
}

// LogLine reads one line and logs what it says. A value goes to one of the actor's own numbers, with the
// techniques that the line names riding on it; minutes go to a learning goal as a practice, what is left of
// the line as its reflection; techniques alone are used. Numbers are found by their names and by the titles
// of open results. Nothing is guessed: what can be read in two ways is refused with an Ask, what fits
// nothing with the nearest name and with what is accepted. It does not renew what pages keep; Refresh does.
func (a *App) LogLine(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, in LineInput) (l LoggedLine, err error) {
	defer tandem.Wrap(&err, "log line")
	if err := may(by, policy.Log, policy.Resource{Kind: policy.Observation, Workspace: ws, Owner: by.Person, Visibility: tandem.OnlyMe}); err != nil {
		return l, err
	}
	in.Text = strings.TrimSpace(in.Text)
	if len(in.Text) > maxLine {
		return l, tandem.Invalid("text", "line_too_long", tandem.Args{"length": len(in.Text), "limit": maxLine})
	}
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		n, err := a.lineNames(ctx, h, by, ws)
		if err != nil {
			return err
		}
		if err := a.once(ctx, h, ws, "log-line", in.Key); err != nil {
			return err
		}
		l = LoggedLine{}
		return a.lineIn(ctx, tx, by, ws, n, in, &l)
	})
	return l, err
}

func (a *App) lineIn(ctx context.Context, tx Tx, by tandem.Actor, ws tandem.WorkspaceID, n *lineNames, in LineInput, l *LoggedLine) error {
	read := n.read(in)
	var used []tandem.TechniqueID
	for _, k := range read.Techniques {
		used = append(used, n.techniques[k].ID)
		l.Techniques = append(l.Techniques, n.techniques[k].Name)
	}
	alone := len(used) > 0 && read.Amount == nil
	switch {
	case read.Number < 0 && read.Learning < 0 && !alone:
		return n.unknown(read)
	case read.Question != nil:
		return n.asks(read)
	case read.Number >= 0:
		m := n.numbers[read.Number]
		if _, err := loggedOn(ctx, tx.For(by), by, ws, m.ID); err != nil {
			return err
		}
		if err := fitsNumber(read, m); err != nil {
			return err
		}
		v := ObservationInput{Value: read.Value, Day: read.Day, Note: read.Note, Techniques: used}
		if read.Skip {
			v.Value, v.State = nil, tandem.StateSkip
		}
		logged, err := a.logIn(ctx, tx, by, ws, m.ID, v)
		l.Kind, l.Name, l.Value, l.Number = LineValue, m.Name, &logged, m
		return err
	case read.Learning >= 0:
		return a.linePractice(ctx, tx, by, n.learning[read.Learning], read, used, l)
	}
	l.Kind, l.Name = LineUse, l.Techniques[0]
	for _, t := range used {
		u, err := a.useIn(ctx, tx, by, ws, t, UseInput{Day: read.Day, Note: read.Note})
		if err != nil {
			return err
		}
		l.Uses = append(l.Uses, u)
	}
	return nil
}

// linePractice logs a practice. Techniques ride on the value of its minutes.
func (a *App) linePractice(ctx context.Context, tx Tx, by tandem.Actor, g tandem.LearningGoal, read reader.Log, used []tandem.TechniqueID, l *LoggedLine) error {
	if read.Minutes <= 0 {
		return tandem.Invalid("text", "log_minutes", tandem.Args{"name": g.Title})
	}
	p, err := a.practiceIn(ctx, tx, by, g.Workspace, g.ID, PracticeInput{Minutes: read.Minutes, Day: read.Day, Reflection: read.Note})
	if err != nil {
		return err
	}
	l.Kind, l.Name, l.Practice = LinePractice, g.Title, &p
	if len(used) == 0 {
		return nil
	}
	h := tx.For(by)
	if g, err = learningGoal(ctx, h, by, g.Workspace, g.ID, policy.Log); err != nil { // its number may be new
		return err
	}
	for _, t := range used {
		u := tandem.Use{Technique: t, At: p.At, Day: p.Day, Metric: g.Minutes, ObservationAt: p.At}
		if u.ID, err = a.addUse(ctx, h, by, g.Workspace, u); err != nil {
			return err
		}
		l.Uses = append(l.Uses, u)
	}
	return nil
}

// fitsNumber refuses what a line says of a number that cannot be meant so.
func fitsNumber(read reader.Log, m tandem.Metric) error {
	args := tandem.Args{"name": m.Name, "unit": m.Unit}
	switch {
	case read.Skip:
		return nil
	case read.Value == nil || read.Implied && read.Note != "":
		return tandem.Invalid("text", "log_no_value", args)
	case read.Misfit:
		args["typed"] = read.Amount.Unit
		return tandem.Invalid("text", "log_unit", args)
	case read.Adds && m.Form == tandem.FormReading:
		return tandem.Invalid("text", "log_adds", args)
	case read.Sets && m.Form != tandem.FormReading:
		return tandem.Invalid("text", "log_sets", args)
	}
	return nil
}
