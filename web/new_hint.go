package web

import (
	"slices"
	"strconv"
	"strings"

	"tandem"
	"tandem/app"
	"tandem/i18n"
	"tandem/web/ui"
)

// fieldFix is the name of the button that mends what a hint says: the code of its check, and of several texts
// which one.
const fieldFix = "fix"

// fixFields are the fields in which a hint is mended by hand.
var fixFields = map[string]string{
	"measure": "result.target", "signal": "line", "instead": "line", "do": "line", "skill": "learning.title", "evidence": "learning.first_step",
	"activity": "learning.first_step", "baseline": "result.from", "make_task": "learning.first_step",
}

// hintView gives a remark with its buttons.
func (c *call) hintView(h app.DraftHint) hintView {
	v := hintView{Text: c.T(h.Key, h.Args), Quiet: h.Code}
	for i, text := range h.Texts {
		v.Fixes = append(v.Fixes, choiceView{Name: fieldFix, Value: h.Code + "/" + strconv.Itoa(i), Label: text})
	}
	if h.SkillKey != "" {
		v.Fixes = append(v.Fixes, choiceView{Name: fieldFix, Value: h.Code, Label: c.T("coach.fix." + string(h.Fix)), Hint: c.T(h.SkillKey) + " · " + c.T(h.ActionKey)})
	}
	if len(h.Steps) > 0 {
		v.Fixes = append(v.Fixes, choiceView{Name: fieldFix, Value: h.Code, Label: c.T("coach.fix." + string(h.Fix)), Hint: c.stepWords(h.Steps)})
	}
	if h.Fix == "deadline" {
		for _, p := range []tandem.Period{tandem.PeriodMonth, tandem.PeriodQuarter, tandem.PeriodYear} {
			if d := p.Next(c.Today) - 1; d > c.Today+14 && !slices.ContainsFunc(v.Fixes, func(x choiceView) bool { return x.Value == d.String() }) {
				v.Fixes = append(v.Fixes, choiceView{Name: "take.result.deadline", Value: d.String(), Label: c.near(d)})
			}
		}
	}
	if field := fixFields[string(h.Fix)]; field != "" && len(v.Fixes) == 0 {
		v.Field, v.Label = "#"+fieldID(field), c.T("coach.fix."+string(h.Fix))
	}
	return v
}

// mend does what the button of a hint says, and tells whether the line is another one then.
func (c *call) mend(f *form, in *app.DraftInput, d app.Draft) bool {
	code, which, _ := strings.Cut(f.values.Get(fieldFix), "/")
	i := slices.IndexFunc(d.Hints, func(h app.DraftHint) bool { return h.Code == code })
	if code == "" || i < 0 {
		return false
	}
	h := d.Hints[i]
	if n, err := strconv.Atoi(which); err == nil && n >= 0 && n < len(h.Texts) {
		in.Text = h.Texts[n]
		f.values.Set("line", in.Text)
		return true
	}
	if n := len(h.Steps); n > 0 {
		num := c.Lang.Numbers()
		f.values.Set("result.target", num.Input(h.Steps[0]))
		f.values.Set("result.stretch", num.Input(h.Steps[n-1]))
		in.Quiet = append(in.Quiet, h.Code)
		f.values.Add(fieldQuiet, h.Code)
		return true
	}
	if h.SkillKey != "" {
		f.values.Set("learning.title", c.T(h.SkillKey))
		f.values.Set("learning.first_step", c.T(h.ActionKey))
		in.Quiet = append(in.Quiet, h.Code)
		f.values.Add(fieldQuiet, h.Code)
		return true
	}
	return false
}

// stepWords names the steps to a target far away, the nearest first.
func (c *call) stepWords(steps []float64) string {
	out := make([]string, len(steps))
	for i, v := range steps {
		out[i] = c.num(v, i18n.Auto)
	}
	return c.T("new.steps_to", tandem.Args{"steps": strings.Join(out, " → ")})
}

// examplesURL is where to begin from an example, found by the words of the line.
func examplesURL(f *form) string { return ui.TemplatesURL(f.text("line")) }
