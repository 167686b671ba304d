package app

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tandem"
	"tandem/advise/reader"
)

// lineNames are the things of a person that a line can name. The numbers stand in the order of in.Numbers:
// those of open results first, then the others, then the former once more by the titles of the results.
type lineNames struct {
	in         reader.LogContext
	numbers    []tandem.Metric
	titles     int // from here on the names are titles
	learning   []tandem.LearningGoal
	techniques []tandem.Technique
}

// lineNames reads what the actor may name in a line: own numbers in use, open learning goals, techniques
// that were not dropped. The minutes of a learning goal go by the goal.
func (a *App) lineNames(ctx context.Context, r Reads, by tandem.Actor, ws tandem.WorkspaceID) (*lineNames, error) {
	person, err := r.Person(ctx)
	if err != nil {
		return nil, err
	}
	n := &lineNames{in: reader.LogContext{Context: reader.Context{Today: person.Today(a.Now()), Lang: reader.Lang(person.Lang)}}}
	learning, err := r.Learnings(ctx, ws, true, slices.Concat(openLearning, []tandem.GoalState{tandem.Released}), 0, mostListed)
	if err != nil {
		return nil, err
	}
	not := map[tandem.MetricID]bool{} // has its place already, or goes by its learning goal
	for _, g := range learning {
		not[g.Minutes] = true
		if g.State != tandem.Released {
			n.learning = append(n.learning, g)
			n.in.Learning = append(n.in.Learning, reader.Named{Name: g.Title, Thing: int64(g.ID)})
		}
	}
	results, err := r.Results(ctx, ws, true, openResults, tandem.NoDay, 0, mostListed)
	if err != nil {
		return nil, err
	}
	add := func(m tandem.Metric, name string) {
		n.numbers = append(n.numbers, m)
		n.in.Numbers = append(n.in.Numbers, reader.Named{Name: name, Unit: m.Unit, Reading: m.Form == tandem.FormReading || m.IsRatio(), Thing: int64(m.ID)})
	}
	for _, x := range results {
		if m := x.Number; m.Owner == by.Person && !not[m.ID] {
			not[m.ID] = true
			add(m, m.Name)
		}
	}
	all, err := r.Metrics(ctx, ws, "", 0, mostListed)
	if err != nil {
		return nil, err
	}
	for _, m := range all {
		if m.Owner == by.Person && !m.Archived && !not[m.ID] {
			add(m, m.Name)
		}
	}
	n.titles = len(n.numbers)
	for _, x := range results {
		if m := x.Number; m.Owner == by.Person && tandem.NameKey(m.Name) != tandem.NameKey(x.Title) {
			add(m, x.Title)
		}
	}
	techniques, err := r.Techniques(ctx, ws)
	for _, t := range techniques {
		if t.Owner == by.Person && t.State != tandem.Dropped {
			n.techniques = append(n.techniques, t)
			n.in.Techniques = append(n.in.Techniques, reader.Named{Name: t.Name, Thing: int64(t.ID)})
		}
	}
	return n, err
}

// read reads a line. The title of a result names its number where a value stands beside it: "20 sales" alone
// is twenty of them, also where a result is called so.
func (n *lineNames) read(in LineInput) reader.Log {
	c := n.in
	c.Picks = picked(in.Picks)
	read := reader.ReadLog(in.Text, c)
	byTitle := read.Number >= n.titles
	if byTitle && (read.Value == nil || read.Implied) || n.titles == 1 && read.Number < 0 && read.Learning < 0 {
		c.Numbers = c.Numbers[:n.titles]
		return reader.ReadLog(in.Text, c)
	}
	return read
}

// picked turns answers into those of the reader, who knows a thing by its list and number.
func picked(from map[string]string) map[string]string {
	to := map[string]string{}
	for ask, id := range from {
		to[ask] = id
		if !named(ask) {
			continue
		}
		if m, err := tandem.ParseID[tandem.MetricID](id); err == nil {
			to[ask] = fmt.Sprintf("number:%d", int64(m))
		} else if g, err := tandem.ParseID[tandem.GoalID](id); err == nil {
			to[ask] = fmt.Sprintf("learning:%d", int64(g))
		} else if t, err := tandem.ParseID[tandem.TechniqueID](id); err == nil {
			to[ask] = fmt.Sprintf("technique:%d", int64(t))
		}
	}
	return to
}

// outside turns a choice of the reader into the id that goes out.
func outside(choice string) string {
	list, number, _ := strings.Cut(choice, ":")
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return choice
	}
	switch list {
	case "number":
		return tandem.MetricID(id).String()
	case "learning":
		return tandem.GoalID(id).String()
	}
	return tandem.TechniqueID(id).String()
}

// named tells whether a question is answered with a name.
func named(ask string) bool { return ask == "name" || ask == "technique" }

// asks refuses a line that can be read in two ways, with both.
func (n *lineNames) asks(read reader.Log) error {
	q := read.Question
	ask := &tandem.Ask{ID: q.ID, Key: q.Key, Args: q.Args}
	for _, c := range read.Spans[q.Span].Choices {
		id := c.ID
		if named(q.ID) {
			id = outside(c.ID)
		}
		ask.Choices = append(ask.Choices, tandem.AskChoice{ID: id, Key: c.Key, Args: c.Args})
	}
	return &tandem.Error{Kind: tandem.KindInvalid, Field: "text", Code: "log_asks", Ask: ask}
}

// unknown refuses a line that names nothing, with the nearest name and an example of the person's own.
func (n *lineNames) unknown(read reader.Log) error {
	args := tandem.Args{"example": "Sales 12"}
	switch {
	case len(n.in.Numbers) > 0:
		args["example"] = n.in.Numbers[0].Name + " 12"
	case len(n.in.Learning) > 0:
		args["example"] = n.in.Learning[0].Name + " 20 min"
	}
	if read.Near != "" {
		args["near"] = read.Near
		return tandem.Invalid("text", "log_near", args)
	}
	if read.Value != nil && read.Note == "" && len(read.Techniques) == 0 {
		return tandem.Invalid("text", "log_no_name", args)
	}
	return tandem.Invalid("text", "log_form", args)
}
