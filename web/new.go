package web

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"tandem"
	"tandem/app"
	"tandem/i18n"
	"tandem/web/ui"
)

// A draftView is what the page shows of a line that was read, before anything is kept.
type draftView struct {
	Line             string
	Marks            []mark
	Chips            []readChip
	Hidden           []ui.Option // what was answered before, kept by the form
	Ask              *askView
	Hints            []hintView
	Cards            []cardView
	Bold             *boldView
	Suggest          []choiceView
	Rule, Kind, Lead string
	Advised          string     // pair, learning, result or practice: the button that stands out
	Limit            *limitView // the micro-goal that the line is as a whole; nil for none
	Reason           string
	Proof            string
	Lessons          []tandem.LessonLine // of before, that fit
	StepOf           []app.DraftStepOf   // learning goals that a step can belong to
	Why              []whyView
	Tells            string
}

// A mark is a stretch of the line; Class is that of its line below, "" for what was not understood.
type mark struct{ Text, Class string }

// A readChip is a place that was understood, with the button that takes it back and the other readings.
type readChip struct {
	Text, Label, Class, Not string
	Others                  []choiceView
}

// A choiceView is a button that answers: Name and Value are what it sends.
type choiceView struct {
	Name, Value, Label string
	Say                string // in words, where the label is a sign
	Hint               string // why, beside it
	On                 bool
}

// An askView is the one question: buttons, and a field where a number is asked.
type askView struct {
	Text, Field, Unit string
	Choices           []choiceView
}

// A hintView is a remark with the buttons that mend it; Field is where it can be mended by hand.
type hintView struct {
	Text, Quiet, Field, Label string
	Fixes                     []choiceView
}

// A cardView is one of the two goals as it would be made.
type cardView struct {
	Kind, Title string
	Rows        []cardRow
}

type cardRow struct{ Term, Text string }

type boldView struct {
	Text string
	Take choiceView
}

type whyView struct {
	Text, Origin string
	Choices      []choiceView
}

// Names of the hidden fields that keep what was answered to a draft.
const (
	fieldPick  = "pick"
	fieldNot   = "not"
	fieldKnow  = "know"
	fieldQuiet = "quiet"
	fieldWas   = "was"
)

// draftInput gives what is sent of a line and the answers to it. A pick or an answer is "name=value"; of
// several for one name the last counts.
func (c *call) draftInput(f *form) app.DraftInput {
	in := app.DraftInput{Text: f.values.Get("line"), Not: f.values[fieldNot], Quiet: f.values[fieldQuiet], From: (&form{c: c, values: f.values}).optional("result.from")}
	in.Picks, in.Know = f.pairs(fieldPick), f.pairs(fieldKnow)
	return in
}

// read reads the line of a form, fills its fields, and gives what the page shows of it; nil for no line.
func (c *call) read(f *form) (*draftView, error) {
	in := c.draftInput(f)
	if strings.TrimSpace(in.Text) == "" {
		return nil, nil
	}
	for name, v := range f.values {
		if field, ok := strings.CutPrefix(name, "take."); ok {
			f.values[field] = v[:1]
		}
	}
	d, err := c.s.App.DraftGoal(c.ctx(), c.Actor, c.Space, in)
	if err == nil && c.mend(f, &in, d) {
		d, err = c.s.App.DraftGoal(c.ctx(), c.Actor, c.Space, in)
	}
	if err != nil {
		for _, e := range tandem.All(err) {
			if e.Field == "text" {
				e.Field = "line"
			}
		}
		return nil, f.take(err)
	}
	c.fill(f, d)
	return c.draftView(f, in, d), nil
}

// unsaid are the first choices of the selects, which nobody has made.
var unsaid = map[string]string{"result.number.form": "total", "result.number.direction": "up", "result.number.period": "week"}

// fill writes into the fields of a form what a draft says. What was typed into a field stays: a field is
// written only where it is empty or holds what the draft before had written.
func (c *call) fill(f *form, d app.Draft) {
	was := map[string]string{}
	if err := json.Unmarshal([]byte(f.values.Get(fieldWas)), &was); err != nil {
		was = unsaid
	}
	now := c.draftFields(d)
	for name := range was {
		if _, ok := now[name]; !ok {
			now[name] = unsaid[name]
		}
	}
	for name, v := range now {
		if have := f.values.Get(name); have == "" || have == was[name] {
			f.values.Set(name, v)
		}
	}
	b, err := json.Marshal(now)
	if err != nil {
		return // strings alone: cannot be
	}
	f.values.Set(fieldWas, string(b))
}

// draftFields gives the fields of the form that a draft fills.
func (c *call) draftFields(d app.Draft) map[string]string {
	v := map[string]string{}
	num := c.Lang.Numbers()
	set := func(name string, x *float64) {
		if x != nil {
			v[name] = num.Input(*x)
		}
	}
	day := func(name string, d tandem.Day) {
		if d != tandem.NoDay {
			v[name] = d.String()
		}
	}
	if r := d.Result; r != nil {
		v["result.title"], v["result.repeats"], v["result.reached_when"] = r.Title, string(r.Repeats), string(r.ReachedWhen)
		set("result.target", r.Target)
		set("result.stretch", r.Stretch)
		set("result.from", r.Baseline)
		set("result.from", r.SoFar)
		set("result.target", r.TargetLo)
		set("result.target_hi", r.TargetHi)
		day("result.deadline", r.Deadline)
		day("result.start", r.Start)
		if d.Number != nil {
			v["number"] = d.Number.ID.String()
		}
		if n := r.Number; n != nil {
			v["result.number.name"], v["result.number.unit"] = n.Name, n.Unit
			v["result.number.form"], v["result.number.direction"], v["result.number.period"] = string(n.Form), string(n.Direction), string(n.Period)
			if n.Hi != nil && n.Lo != nil {
				v["result.number.form"], v["result.target"] = formYesNo, ""
			}
		}
	}
	if len(d.Suggested) > 0 && (d.Advice.Kind == "paired" || d.Advice.Kind == "learning") {
		v["learning.title"] = d.Suggested[0].Title
	}
	if l := d.Learning; l != nil {
		v["learning.title"], v["learning.first_step"], v["learning.collection"], v["learning.skill"] = l.Title, l.FirstStep, l.Collection, l.Skill
		if l.CollectionSize > 0 {
			v["learning.collection_size"] = strconv.Itoa(l.CollectionSize)
		}
		if p := l.Practice; p != nil {
			v["learning.practice.times"], v["learning.practice.period"], v["learning.practice.unit"] = num.Input(p.Times), string(p.Period), p.Unit
			if p.Amount > 0 {
				v["learning.practice.amount"] = num.Input(p.Amount)
			}
			for _, d := range p.RestDays {
				v["learning.practice.rest"] += strconv.Itoa(d)
			}
		}
	}
	return v
}

// formYesNo is the choice of a form of a number that is only yes or no: reached once, at 1.
const formYesNo = "yes_no"

func (c *call) draftView(f *form, in app.DraftInput, d app.Draft) *draftView {
	v := &draftView{Line: in.Text, Lessons: d.Lessons, StepOf: d.StepOf, Marks: marksOf(d), Chips: c.readChips(d), Cards: c.cards(f, d)}
	for _, name := range []string{fieldPick, fieldNot, fieldKnow, fieldQuiet} {
		for _, x := range f.values[name] {
			v.Hidden = append(v.Hidden, ui.Option{Label: name, Value: x})
		}
	}
	v.Ask = c.askView(d)
	for _, h := range d.Hints {
		v.Hints = append(v.Hints, c.hintView(h))
	}
	v.Bold = c.boldView(d)
	v.Rule, v.Kind, v.Lead = string(d.Advice.Rule), string(d.Advice.Kind), string(d.Advice.Lead)
	v.Advised = map[string]string{"performance": "result", "learning": "learning", "paired": "pair"}[string(d.Advice.Kind)]
	if p := d.Practice; p != nil {
		v.Advised, v.Cards, v.Suggest = "practice", nil, nil
		v.Limit = &limitView{Title: p.Title, Times: c.num(p.Times, i18n.Auto), Period: c.T("period.a." + string(p.Period))}
	}
	v.Reason = c.T("advisor.reason." + string(d.Advice.Rule))
	v.Proof = c.T("advisor.confidence." + string(d.Advice.Confidence))
	for _, q := range d.Advice.Asks {
		w := whyView{Text: c.T("advisor.ask." + string(q.Input)), Origin: c.T("advisor.origin." + cmpOr(string(q.Origin), "default"))}
		for _, x := range q.Values {
			w.Choices = append(w.Choices, choiceView{Name: fieldKnow, Value: string(q.Input) + "=" + x, Label: c.T("advisor.answer." + string(q.Input) + "." + x), On: x == q.Value})
		}
		v.Why = append(v.Why, w)
	}
	for _, x := range d.Suggested {
		v.Suggest = append(v.Suggest, choiceView{Name: "take.learning.title", Value: x.Title, Label: x.Title, Hint: c.T("suggest.reason."+x.Reason, x.Args), On: x.Title == f.text("learning.title")})
	}
	if d.Practice == nil && d.Tells != tandem.NoDay && d.Result != nil && (d.Learning != nil || d.Advice.Kind != "performance") {
		key := "new.tells"
		if d.Tells > d.Result.Deadline {
			key = "new.tells_late"
		}
		v.Tells = c.T(key, tandem.Args{"date": c.near(d.Tells)})
	}
	return v
}

// marksOf cuts the line into what was understood and what was not. A place of the learning is marked as
// one, all others as of the result.
func marksOf(d app.Draft) (out []mark) {
	at := 0
	for _, s := range d.Spans {
		if s.Start < at || s.End > len(d.Text) || s.Kind == "connective" {
			continue
		}
		if s.Start > at {
			out = append(out, mark{Text: d.Text[at:s.Start]})
		}
		out = append(out, mark{d.Text[s.Start:s.End], markClass(s.Kind)})
		at = s.End
	}
	if at < len(d.Text) {
		out = append(out, mark{Text: d.Text[at:]})
	}
	return markOthers(out, d.Others)
}

// markOthers marks the words that depend on other people where nothing else is marked.
func markOthers(all []mark, others [][2]int) (out []mark) {
	at := 0
	for _, m := range all {
		end := at + len(m.Text)
		for _, o := range others {
			if m.Class != "" || o[0] < at || o[1] > end {
				continue
			}
			out = append(out, mark{Text: m.Text[:o[0]-at]}, mark{m.Text[o[0]-at : o[1]-at], "mo"})
			m.Text, at = m.Text[o[1]-at:], o[1]
		}
		out = append(out, m)
		at = end
	}
	return out
}

func markClass(k string) string {
	switch k {
	case "skill", "question", "activity", "evidence", "collection", "rhythm":
		return "ml"
	}
	return "mg"
}

// readChips gives each place that was understood with its words, so that one tap corrects it.
func (c *call) readChips(d app.Draft) (out []readChip) {
	for _, s := range d.Spans {
		if s.Kind == "connective" || s.Kind == "direction" {
			continue
		}
		chip := readChip{Text: d.Text[s.Start:s.End], Label: c.T("new.read." + s.Kind), Class: "g", Not: s.Kind}
		if markClass(s.Kind) == "ml" {
			chip.Class = "l"
		}
		if d.Question == nil || d.Question.ID != s.Asks {
			for i, x := range s.Choices {
				chip.Others = append(chip.Others, choiceView{Name: fieldPick, Value: s.Asks + "=" + x.ID, Label: c.T(x.Key, x.Args), On: i == s.Picked})
			}
		}
		out = append(out, chip)
	}
	return out
}

func (c *call) askView(d app.Draft) *askView {
	q := d.Question
	if q == nil {
		return nil
	}
	v := &askView{Text: c.T(q.Key, q.Args)}
	name := map[string]string{"picks": fieldPick, "know": fieldKnow, "from": fieldNot}[q.About]
	for _, x := range q.Choices {
		ch := choiceView{Name: name, Value: x.ID, Label: c.T(x.Key, x.Args)}
		if q.About != "from" {
			ch.Value = q.ID + "=" + x.ID
		}
		v.Choices = append(v.Choices, ch)
	}
	if q.About == "from" {
		v.Field = "result.from"
		if d.Result != nil && d.Result.Number != nil {
			v.Unit = c.unitWords(*d.Result.Number)
		}
	}
	return v
}

// unitWords gives what a value of a number counts: "kg", "sales a week".
func (c *call) unitWords(n app.MetricInput) string {
	unit := n.Unit
	if unit == "" && n.Form != tandem.FormReading && utf8.RuneCountInString(n.Name) <= 24 {
		unit = n.Name
		if c.Lang == i18n.EN {
			unit = strings.ToLower(unit[:1]) + unit[1:]
		}
	}
	return strings.TrimSpace(unit + " " + c.each(n.Period))
}

// amountWords gives a typed number with what it counts: "16 sales a week", "$100,000"; text that is no
// number stays.
func (c *call) amountWords(typed string, n app.MetricInput) string {
	form := c.Lang.Numbers()
	v, err := form.ParseNumber(typed)
	if err != nil {
		return typed
	}
	text := form.Number(v, i18n.Auto)
	if c.Lang == i18n.EN && (n.Unit == "$" || n.Unit == "£" || n.Unit == "€") {
		text = n.Unit + text
		n.Unit, n.Form = "", tandem.FormReading
	}
	return strings.TrimSpace(text + " " + c.unitWords(n))
}

// each gives "a week" for a period, "" for none.
func (c *call) each(p tandem.Period) string {
	if p == tandem.PeriodNone {
		return ""
	}
	return c.T("period.a." + string(p))
}

func (c *call) boldView(d app.Draft) *boldView {
	if d.Target == nil || d.Target.Even == nil || d.Result == nil || d.Result.Target == nil || d.Number == nil {
		return nil
	}
	num := c.Lang.Numbers()
	even := num.Input(*d.Target.Even)
	if even == num.Input(*d.Result.Target) {
		return nil
	}
	key := "new.bolder"
	if up := *d.Result.Target < *d.Target.Even; up == (d.Number.Direction == tandem.Up) {
		key = "new.likelier"
	}
	return &boldView{Text: c.T(key, tandem.Args{"even": even}), Take: choiceView{Name: "take.result.target", Value: even, Label: c.T("new.take", tandem.Args{"value": even})}}
}

// cards gives the goals as the fields of the form stand now.
func (c *call) cards(f *form, d app.Draft) (out []cardView) {
	if d.Learning != nil || d.Advice.Kind == "paired" && d.Result != nil {
		k := cardView{Kind: "learning", Title: f.text("learning.title")}
		add := func(term, text string) {
			if text != "" {
				k.Rows = append(k.Rows, cardRow{c.T(term), text})
			}
		}
		if times := f.text("learning.practice.times"); times != "" {
			if a := f.text("learning.practice.amount"); a != "" {
				add("new.card_practice", c.T("new.practice_minutes", tandem.Args{"amount": a, "times": times}))
			} else {
				add("new.card_practice", times+" "+c.each(tandem.Period(f.text("learning.practice.period"))))
			}
		}
		add("new.card_first", f.text("learning.first_step"))
		if n := f.text("learning.collection_size"); n != "" {
			add("new.card_find", n+" "+f.text("learning.collection"))
		}
		add("new.card_look", c.T("new.look_two_weeks"))
		add("new.card_seen", c.T("new.only_you"))
		out = append(out, k)
	}
	if d.Result != nil {
		out = append(out, c.resultCard(f, d))
	}
	return out
}

func (c *call) resultCard(f *form, d app.Draft) cardView {
	k := cardView{Kind: "result", Title: f.text("result.title")}
	add := func(term, text string) { k.Rows = append(k.Rows, cardRow{c.T(term), text}) }
	kind, unit := f.text("result.number.form"), f.text("result.number.unit")
	n := app.MetricInput{Name: f.text("result.number.name"), Unit: unit, Form: tandem.Form(kind)}
	if n.Form == tandem.FormRate {
		n.Period = tandem.Period(f.text("result.number.period"))
	}
	if d.Number != nil {
		n = app.MetricInput{Name: d.Number.Name, Unit: d.Number.Unit, Form: d.Number.Form, Period: d.Number.Period}
	}
	amount := func(s string) string { return c.amountWords(s, n) }
	if from := f.text("result.from"); from != "" {
		add("new.card_now", amount(from))
	}
	switch target, hi := f.text("result.target"), f.text("result.target_hi"); {
	case kind == formYesNo:
		add("new.card_target", c.T("new.yes_or_no"))
	case hi != "":
		add("new.card_target", c.T("range", tandem.Args{"lo": target, "hi": amount(hi)}))
	case target != "":
		add("new.card_target", amount(target))
	default:
		add("new.card_target", c.T("new.target_open"))
	}
	by := c.near((&form{c: c, values: f.values}).day("result.deadline"))
	if slices.Contains(d.Proposed, "deadline") && f.text("result.deadline") == d.Result.Deadline.String() {
		by = c.T("new.by_proposed", tandem.Args{"date": by})
	}
	add("new.card_by", by)
	rule := f.text("result.reached_when")
	if rule == "" {
		switch {
		case kind == string(tandem.FormTotal):
			rule = "total"
		case f.text("result.number.direction") == string(tandem.Within):
			rule = "kept"
		default:
			rule = "at_the_end"
		}
	}
	add("new.card_reached", c.T("rule."+rule))
	return k
}

// pressed gives the class of a button that stands for what is so now.
func pressed(on bool) string {
	if on {
		return "sug"
	}
	return ""
}

func cmpOr(a, b string) string {
	if a == "" {
		return b
	}
	return a
}
