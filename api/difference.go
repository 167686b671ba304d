package api

import (
	"context"
	"math"

	"tandem"
	"tandem/app"
	"tandem/policy"
)

func differenceOperations() []operation {
	return []operation{
		{id: "say-what-changed", method: "POST", path: "/goals/{id}/fuels/{result}/changed", action: policy.Change, kind: policy.Learning, in: app.ChangedInput{}, out: tandem.Fuels{},
			summary: "Say what else changed since a learning goal began to count; asked before its difference is told", run: sayWhatChanged},
		{id: "get-difference", method: "GET", path: "/goals/{id}/difference", action: policy.Read, kind: policy.Goal, out: differenceReply{},
			summary: "How much the number of a result differs since its learning goals, with what that was worked out from", run: getDifference},
	}
}

// A differenceReply holds all that goes into the question, so that `tandem impact` gives the same figures.
type differenceReply struct {
	Cell     tandem.Period    `json:"cell"`
	Cells    []cellView       `json:"cells"`
	Season   int              `json:"season"`
	Worth    float64          `json:"worth"`
	Placebos int              `json:"placebos"`
	Method   string           `json:"method"`
	Since    []differenceItem `json:"since"`
}

// A cellView is a day, a week or a period by its first day; one without a value has none.
type cellView struct {
	T     int        `json:"t"`
	Day   tandem.Day `json:"day"`
	Value *float64   `json:"value,omitempty"`
}

// A differenceItem is one learning goal beside the number; it has no figures until what else changed
// was said, and where there are too few values.
type differenceItem struct {
	Learning  tandem.GoalID `json:"learning"`
	Level     int           `json:"level"` // 0: a technique that was kept
	Technique string        `json:"technique"`
	Since     tandem.Day    `json:"since"`
	Cell      int           `json:"start"` // number of the first cell that counts as after, from 1
	Shape     string        `json:"shape"`
	Late      bool          `json:"late"`
	Dose      []float64     `json:"dose"`
	Before    int           `json:"before"`
	After     int           `json:"after"`
	Answered  bool          `json:"answered"`
	Changed   string        `json:"changed"`
	Looks     int           `json:"looks"`
	Word      string        `json:"word"`
	Mean      *float64      `json:"mean,omitempty"`
	Lo80      *float64      `json:"lo80,omitempty"`
	Hi80      *float64      `json:"hi80,omitempty"`
	Lo95      *float64      `json:"lo95,omitempty"`
	Hi95      *float64      `json:"hi95,omitempty"`
	When      tandem.Day    `json:"when"` // it could be told, where it is too early
}

func sayWhatChanged(c *call) (any, error) {
	in, err := read[app.ChangedInput](c)
	if err != nil {
		return nil, err
	}
	result, err := pathID[tandem.GoalID](c, "result")
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return c.App.SayWhatChanged(ctx, c.Actor, ws, id, result, in)
	})
}

func getDifference(c *call) (any, error) {
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		v, err := c.App.ResultPage(ctx, c.Actor, ws, id)
		if err != nil {
			return nil, err
		}
		d, err := c.App.Compare(ctx, c.Actor, v)
		if err != nil {
			return nil, err
		}
		return differenceOf(d), nil
	})
}

func differenceOf(d app.DifferenceView) differenceReply {
	out := differenceReply{Cell: d.Series.Cell, Cells: []cellView{}, Season: d.Season, Worth: d.Worth, Placebos: d.Placebos, Method: d.Method,
		Since: []differenceItem{}}
	for i, y := range d.Series.Values {
		cell := cellView{T: i + 1, Day: d.Series.Starts[i]}
		if !math.IsNaN(y) {
			cell.Value = &y
		}
		out.Cells = append(out.Cells, cell)
	}
	for _, x := range d.Items {
		item := differenceItem{Learning: x.Learning.ID, Level: x.Since.Level, Technique: x.Since.Technique.Name, Since: x.Since.Day, Cell: x.Start + 1, Dose: []float64{},
			Before: x.Before, After: x.After, Answered: x.Answered, Changed: x.Link.Changed, Looks: x.Link.Looks, When: x.When}
		if e, ok := d.Effect(x); ok {
			item.Shape, item.Late, item.Dose = app.ShapeName(e.Shape), e.Late, full(e.Dose)
		}
		if x.Figure() {
			item.Word = x.Word.String()
			item.Mean, item.Lo80, item.Hi80, item.Lo95, item.Hi95 = &x.Mean, &x.Lo80, &x.Hi80, &x.Lo95, &x.Hi95
		}
		out.Since = append(out.Since, item)
	}
	return out
}
