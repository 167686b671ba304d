package web

import (
	"slices"
	"strconv"

	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

// sayKinds are the ways to say something: three, and an answer in front where a question or a call for help is
// answered.
func (c *call) sayKinds(v lifelineView, f *form) (out []ui.Option) {
	kinds := []tandem.NoteKind{tandem.NoteEncourage, tandem.NoteHonest, tandem.NoteAsk}
	if n := v.About; n != nil && (n.Kind == tandem.NoteAsk || n.Kind == tandem.NoteRescue) {
		kinds = []tandem.NoteKind{tandem.NoteAnswer, tandem.NoteEncourage, tandem.NoteHonest}
	}
	on := f.keep("kind", string(kinds[0]))
	for _, k := range kinds {
		out = append(out, ui.Option{Value: string(k), Label: c.T("say.kind." + string(k)), On: string(k) == on})
	}
	return out
}

func sayIcon(kind string) string {
	return map[string]string{"encourage": "heart", "honest": "eye", "ask": "talk", "answer": "arrow"}[kind]
}

// whoOf names whom an invitation is meant for.
func (c *call) whoOf(i tandem.LifelineInvite) string {
	if i.Who == "" {
		return c.T("life.somebody")
	}
	return i.Who
}

// doneLabel is what the button says that puts a note away.
func (c *call) doneLabel(n tandem.Note) string {
	if n.Kind == tandem.NoteRescue {
		return c.T("note.helped")
	}
	return c.T("note.read")
}

// checkInLines are what was written in an exchange.
func (c *call) checkInLines(n tandem.Note) (out []countRow) {
	for _, x := range []countRow{{"did", n.Text}, {"learned", n.Learned}, {"need", n.Need}} {
		if x.Much != "" {
			out = append(out, countRow{c.T("life." + x.What), x.Much})
		}
	}
	return out
}

// checkInOf gives the own exchange of the week, an empty one where there is none yet.
func (c *call) checkInOf(v lifelineView) tandem.Note {
	if n := v.CheckIn(c.Person.ID); n != nil {
		return *n
	}
	return tandem.Note{}
}

// sideWords says what the reader shows.
func (c *call) sideWords(v lifelineView) string {
	if v.Shows == 0 {
		return c.T("life.shows_none")
	}
	var parts []string
	for _, p := range v.Shows.List() {
		parts = append(parts, c.T("part.short."+string(p)))
	}
	return c.T("life.shows", tandem.Args{"n": len(v.Mine), "parts": c.Lang.List(parts)})
}

// quietDays gives the days of the rule for silence, in the form as it was sent or as it stands.
func (v sideView) quietDays(f *form) int {
	if n, err := strconv.Atoi(f.text("quiet_days")); err == nil {
		return n
	}
	return v.Side.QuietDays
}

func (c *call) wordEyebrow(v wordView) string {
	if v.Own {
		return c.T("word.yours")
	}
	return c.T("word.theirs", tandem.Args{"name": v.Owner.Name})
}

func (c *call) wordDecides(v wordView) string {
	if v.Own {
		return c.T("word.you_decide")
	}
	return c.T("word.they_decide", tandem.Args{"name": v.Owner.Name})
}

// wordFields are what can be worded on a result.
func (c *call) wordFields(f *form) (out []ui.Option) {
	on := f.keep("field", "title")
	for _, x := range []string{"title", "judged"} {
		out = append(out, ui.Option{Value: x, Label: c.T("word.field." + x), On: x == on})
	}
	return out
}

// callHead says what a lifeline waits for.
func (c *call) callHead(x app.Call) string {
	args := tandem.Args{"name": x.Name, "n": x.After}
	if x.Note != nil && x.Kind == "note" {
		return c.T("note.head."+string(x.Note.Kind), tandem.Args{"name": x.Name, "date": c.near(x.Note.Day)})
	}
	return c.T("call."+x.Kind, args)
}

// calls gives what lifelines wait for on Today. After silence only what others ask at once stands there.
func (c *call) calls(back bool) ([]app.Call, error) {
	all, err := c.s.App.LifelineCalls(c.ctx(), c.Actor)
	if back {
		all = slices.DeleteFunc(all, func(x app.Call) bool { return x.Kind == "exchange" || x.Kind == "check_in" })
	}
	return all, err
}
