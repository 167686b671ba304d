package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"tandem/client"
)

// byHand are the flags of a goal that is given field by field; without any of them the line itself is read.
var byHand = []string{"kind", "target", "unit", "by", "number", "form", "direction", "start", "lo", "hi", "period", "numerator", "denominator", "percent"}

// A draft is what draft-goal answers, as far as the command needs it.
type draft struct {
	Kind     string
	Question *struct {
		About, ID, Text string
		Choices         []struct{ ID, Text string }
	}
	Hints    []struct{ Code, Text string }
	Result   json.RawMessage
	Target   *float64
	Learning json.RawMessage
	Practice json.RawMessage
	Advice   struct{ Rule, Kind, Lead, Reason string }
}

// addLine reads one line and makes what it says: a result, a learning goal, or both. Of two readings one has
// to be picked, and what a goal cannot do without has to be said; anything else is not asked.
func (t tool) addLine(c *cobra.Command, f goalFlags, text string) error {
	in := map[string]any{"text": text}
	if f.from != "" {
		v, err := strconv.ParseFloat(f.from, 64)
		if err != nil {
			return usage("--from: %q is not a number. Example: --from 20", f.from)
		}
		in["from"] = v
	}
	for name, list := range map[string][]string{"picks": f.pick, "know": f.know} {
		said := map[string]string{}
		for _, p := range list {
			k, v, ok := strings.Cut(p, "=")
			if !ok {
				return usage("--%s takes NAME=ANSWER, not %q. Example: --pick year=next", strings.TrimSuffix(name, "s"), p)
			}
			said[k] = v
		}
		if len(said) > 0 {
			in[name] = said
		}
	}
	cl, err := t.client()
	if err != nil {
		return err
	}
	raw, err := cl.DraftGoal(c.Context(), in)
	if err != nil {
		return err
	}
	var d draft
	if err := json.Unmarshal(raw, &d); err != nil {
		return err
	}
	if err := d.open(); err != nil {
		return err
	}
	return d.make(c, cl, f)
}

// open tells what has to be said before the line can become a goal.
func (d draft) open() error {
	q := d.Question
	switch {
	case q == nil:
		return nil
	case q.About == "words":
		return tell(q.Text)
	case q.About == "picks":
		ways := make([]string, len(q.Choices))
		for i, x := range q.Choices {
			ways[i] = fmt.Sprintf("--pick %s=%s (%s)", q.ID, x.ID, x.Text)
		}
		return tell(q.Text + " Say " + strings.Join(ways, " or ") + ".")
	case q.About == "from" && len(q.Choices) == 0:
		return tell(q.Text + " Say it with --from.")
	}
	return nil
}

// tell refuses with a sentence, as the server does.
func tell(text string) error {
	return &client.Error{Status: http.StatusUnprocessableEntity, Detail: text}
}

// make keeps what was drafted.
func (d draft) make(c *cobra.Command, cl *client.Client, f goalFlags) error {
	adv := map[string]any{"rule": d.Advice.Rule, "kind": d.Advice.Kind}
	if d.Advice.Lead != "" {
		adv["lead"] = d.Advice.Lead
	}
	part := func(raw json.RawMessage) (map[string]any, error) {
		m := map[string]any{}
		dec := json.NewDecoder(bytes.NewReader(raw))
		dec.UseNumber()
		err := dec.Decode(&m)
		if f.why != "" {
			m["why"] = f.why
		}
		m["advised"] = adv
		return m, err
	}
	var made json.RawMessage
	var err error
	var result, learning map[string]any
	if d.Result != nil {
		if result, err = part(d.Result); err != nil {
			return err
		}
	}
	if d.Learning != nil {
		if learning, err = part(d.Learning); err != nil {
			return err
		}
	}
	switch {
	case d.Practice != nil: // a limit for each week is a micro-goal, not a result; what is said of results does not hold
		d.Hints = nil
		made, err = cl.CreateMicroGoal(c.Context(), d.Practice)
	case result != nil && learning != nil:
		adv["chosen"] = "paired"
		made, err = cl.CreatePair(c.Context(), map[string]any{"result": result, "learning": learning})
	case result != nil:
		made, err = cl.CreateGoal(c.Context(), result)
	default:
		made, err = cl.CreateGoal(c.Context(), learning)
	}
	if err != nil {
		return err
	}
	if f.asJSON {
		return said(c.OutOrStdout(), true, made, "")
	}
	return d.tell(c.OutOrStdout(), made)
}

// tell prints what was made, and the remark on it.
func (d draft) tell(w io.Writer, made json.RawMessage) error {
	type line struct{ ID, Title string }
	var all struct {
		line
		Result, Learning *line
	}
	if err := json.Unmarshal(made, &all); err != nil {
		return err
	}
	var lines []string
	for _, l := range []*line{&all.line, all.Result, all.Learning} {
		if l != nil && l.ID != "" {
			lines = append(lines, l.ID+" "+l.Title)
		}
	}
	for _, h := range d.Hints {
		lines = append(lines, h.Text)
	}
	_, err := fmt.Fprintln(w, strings.Join(lines, "\n"))
	return err
}
