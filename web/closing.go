package web

import (
	"strconv"
	"strings"

	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

func getClosing(s *Server, c *call) error {
	id, ws, err := c.goal()
	if err != nil {
		return err
	}
	v, err := s.App.OpenClosing(c.ctx(), c.Actor, ws, id)
	if err != nil {
		return err
	}
	c.beforeItsDay(&v)
	p := pageView{Title: c.T("closing.title", tandem.Args{"title": v.Goal.Title}), Current: "goals"}
	if v.Closing.Done != 0 && v.Goal.State == tandem.Closed {
		gap, err := c.closedGap(v)
		if err != nil {
			return err
		}
		offer, err := c.portfolioOffer(ws)
		if err != nil {
			return err
		}
		return c.page(p, closedPage(c, v, gap, offer))
	}
	n, err := s.App.ProposeNext(c.ctx(), c.Actor, v)
	if err != nil {
		return err
	}
	return c.page(p, closingPage(c, v, n, c.fresh()))
}

// postClosing saves what is written so far, or closes the result.
func postClosing(s *Server, c *call) error {
	id, ws, err := c.goal()
	if err != nil {
		return err
	}
	f, err := c.form()
	if err != nil {
		return err
	}
	v, err := s.App.OpenClosing(c.ctx(), c.Actor, ws, id)
	if err != nil {
		return err
	}
	c.beforeItsDay(&v)
	if err := c.saveFactors(s, v, f); err != nil {
		return err
	}
	version, err := strconv.ParseInt(f.values.Get("version"), 10, 64)
	if err != nil {
		version = v.Closing.Version
	}
	gained, unexpected, took := f.text("gained"), f.text("unexpected"), c.takeLesson(v, f)
	in := app.ClosingInput{Version: version, Gained: &gained, Unexpected: &unexpected, Next: tandem.NextStep(f.text("next")), ReleaseWhy: f.text("release_why"), Finish: f.text("do") == "finish" && !took}
	if l, err := tandem.ParseID[tandem.LessonID](f.text("next_lesson")); err == nil {
		in.NextLesson = l
	}
	words := []tandem.GainWord{}
	for _, w := range f.all("gains") {
		words = append(words, tandem.GainWord(w))
	}
	in.Gains = &words
	if err := f.nextInput(&in); err != nil {
		return err
	}
	done, err := s.App.SaveClosing(c.ctx(), c.Actor, ws, id, in)
	if err := f.take(err); err != nil {
		return err
	}
	switch {
	case c.partial():
		if !f.ok() {
			done.Version = version
		}
		return c.render(200, savedMark(c, done.Version, f.ok()))
	case took && f.ok():
		v.Closing = done
		c.beforeItsDay(&v)
		n, err := s.App.ProposeNext(c.ctx(), c.Actor, v)
		if err != nil {
			return err
		}
		return c.page(pageView{Title: v.Goal.Title, Current: "goals"}, closingPage(c, v, n, f))
	case !f.ok():
		n, err := s.App.ProposeNext(c.ctx(), c.Actor, v)
		if err != nil {
			return err
		}
		return c.refused(pageView{Title: v.Goal.Title, Current: "goals"}, closingPage(c, v, n, f))
	case in.Finish:
		return c.redirect(ui.ClosingURL(id.String()), &toast{Key: "toast.closed"})
	}
	return c.redirect(ui.ClosingURL(id.String()), &toast{Key: "toast.saved"})
}

// beforeItsDay says of a result that is looked at before its day how it would end if it were closed now: let go,
// which is no miss.
func (c *call) beforeItsDay(v *app.ClosingView) {
	if x := &v.Closing; x.Done == 0 && c.Today < v.Goal.Deadline && !x.NumberReached() {
		x.Outcome = tandem.LetGo
	}
}

// saveFactors keeps what became of the factors, and those that were named now.
func (c *call) saveFactors(s *Server, v app.ClosingView, f *form) error {
	for _, x := range v.Factors {
		name := "factor." + x.ID.String()
		if _, sent := f.values[name]; !sent || f.text(name) == x.Closing {
			continue
		}
		in := app.FactorInput{ID: x.ID, InHands: x.InHands, Text: x.Text, Closing: f.text(name)}
		if _, err := s.App.PutFactor(c.ctx(), c.Actor, v.Goal.Workspace, v.Goal.ID, in); err != nil {
			return err
		}
	}
	if c.partial() {
		return nil // a new one is kept when the page is sent, so that it is not added twice
	}
	for _, hands := range []bool{true, false} {
		if text := f.text(handsName(hands)); text != "" {
			if _, err := s.App.PutFactor(c.ctx(), c.Actor, v.Goal.Workspace, v.Goal.ID, app.FactorInput{InHands: hands, Text: text}); err != nil {
				return err
			}
		}
	}
	return nil
}

func handsName(in bool) string {
	if in {
		return "hands_in"
	}
	return "hands_out"
}

// keptText gives what was typed, else what stands.
func (c *call) keptText(f *form, name, stands string) string {
	if f.sent() {
		return f.values.Get(name)
	}
	return stands
}

// closingHeading names what the person did; a number that was reached or very close stands in it.
func (c *call) closingHeading(v app.ClosingView) string {
	args := c.closingArgs(v)
	switch o := v.Closing.Outcome; {
	case o == tandem.Reached || o == tandem.Exceeded || o == tandem.VeryClose:
		if len(v.Learning) > 0 {
			return c.T("closing.head_number_learning", args)
		}
		return c.T("closing.head_number", args)
	case v.Gain.Uses > 0:
		return c.T("closing.head_used", args)
	case v.Gain.Practices > 0:
		return c.T("closing.head_practised", args)
	case len(v.Days) > 0 && v.Metric.IsRatio():
		return c.T("closing.head_periods", args)
	case len(v.Days) > 0:
		return c.T("closing.head_days", args)
	}
	return c.T("closing.head_plain", args)
}

func (c *call) closingArgs(v app.ClosingView) tandem.Args {
	m := v.Metric
	args := tandem.Args{
		"value": c.value(m, v.Closing.Value), "target": c.target(v.Goal, m), "unit": strings.TrimSpace(m.Unit), "name": m.Name, "title": v.Goal.Title,
		"uses": v.Gain.Uses, "days": v.Gain.Practices, "logged": len(v.Days), "lessons": len(v.Gain.Lessons), "outcome": c.outcomeWord(v.Closing),
		"gap": c.value(m, abs(v.Goal.Target-v.Closing.Value)), "date": c.near(v.Goal.Deadline), "learning": "", "level": topLevel(v),
	}
	if len(v.Learning) > 0 {
		args["learning"] = v.Learning[0].Title
	}
	return args
}

func topLevel(v app.ClosingView) (level int) {
	for _, e := range v.Gain.Levels {
		level = max(level, e.Level)
	}
	return level
}

func abs(v float64) float64 { return max(v, -v) }

// closingLead says how it ended and what the time brought.
func (c *call) closingLead(v app.ClosingView) string {
	args := c.closingArgs(v)
	lead := c.T("closing.lead_"+string(v.Closing.Outcome), args)
	switch {
	case v.Closing.Withheld:
		lead = c.T("closing.lead_withheld", args)
	case v.Metric.Direction == tandem.Within && v.Closing.Outcome.Missed():
		lead = c.T("closing.lead_within", args)
	}
	if topLevel(v) > 0 {
		lead += " " + c.T("closing.lead_level", args)
	}
	return lead
}

// arch gives the closing figure.
func (c *call) arch(v app.ClosingView) ui.ArchView {
	end := min(v.Goal.Deadline, c.Today)
	if v.Closing.DoneDay != tandem.NoDay {
		end = min(v.Goal.Deadline, v.Closing.DoneDay)
	}
	reached := v.Closing.Outcome == tandem.Reached || v.Closing.Outcome == tandem.Exceeded
	args := c.closingArgs(v)
	a := ui.ArchView{ID: "arch", Title: c.archWords(v), DescribedBy: "arch-text", Start: int(v.Goal.Start), End: int(max(end, v.Goal.Start+1)), StartLabel: c.dayShort(v.Goal.Start), EndLabel: c.dayShort(end),
		Share: max(0, min(v.Closing.Share, 1)), Reached: reached, Of: 5, Big: c.T("closing.big", args), Small: c.outcomeWord(v.Closing), NextWord: c.T("closing.next_word")}
	if v.Closing.Outcome.Missed() {
		if a.Small = ""; topLevel(v) > 0 {
			a.Small = c.T("closing.small_level", args)
		}
		a.Third = c.T("closing.small_missed")
	} else if v.Before != nil && v.Metric.Form != tandem.FormTotal {
		a.Third = c.T("closing.third_from", tandem.Args{"value": c.value(v.Metric, *v.Before)})
	}
	for _, d := range v.Days {
		a.Values = append(a.Values, int(d.Day))
	}
	if len(a.Values) > 60 {
		a.Values = thinned(a.Values, 60)
	}
	for _, u := range v.Uses {
		a.Uses = append(a.Uses, int(u.Day))
	}
	for _, e := range v.Gain.Levels {
		a.Levels = append(a.Levels, ui.LaneLevel{Day: int(e.Day), Level: e.Level})
	}
	if len(v.Learning) > 0 {
		a.NextLevel = topLevel(v) + 1
		a.Next = levelWords(v.Learning[0].Levels, a.NextLevel)
		if a.Next == "" {
			a.Next = v.Learning[0].Title
		}
		if len(a.Levels) == 0 {
			a.NextLevel = 2
		}
	}
	return a
}

func thinned(days []int, most int) []int {
	out := make([]int, 0, most)
	for i := range most {
		out = append(out, days[i*(len(days)-1)/(most-1)])
	}
	return out
}

// archWords says the figure in words.
func (c *call) archWords(v app.ClosingView) string {
	words := c.T("closing.figure", c.closingArgs(v))
	if len(v.Learning) > 0 || v.Gain.Practices+v.Gain.Uses > 0 {
		words += " " + c.T("closing.figure_learning", c.closingArgs(v))
	}
	return words
}

// A gainView is one thing that was gained.
type gainView struct {
	Level           int
	Big, Unit, Text string
}

// gains lists what stays, whatever the number was.
func (c *call) gains(v app.ClosingView) (out []gainView) {
	if level := topLevel(v); level > 0 {
		words := ""
		for _, l := range v.Learning {
			if w := levelWords(l.Levels, level); w != "" {
				words = w
			}
		}
		out = append(out, gainView{Level: level, Big: c.T("learning.level_n", tandem.Args{"n": level}), Text: words})
	}
	if v.Gain.Uses > 0 {
		out = append(out, gainView{Big: c.num(float64(v.Gain.Uses), 0), Unit: c.T("closing.times_used", tandem.Args{"n": v.Gain.Uses}), Text: c.T("closing.in_real_life")})
	}
	if n := len(v.Gain.Lessons); n > 0 {
		out = append(out, gainView{Big: c.num(float64(n), 0), Unit: c.T("closing.lessons", tandem.Args{"n": n}), Text: c.T("closing.lessons_stay")})
	}
	if v.Gain.Practices > 0 {
		out = append(out, gainView{Big: c.num(float64(v.Gain.Practices), 0), Unit: c.T("closing.days_practised", tandem.Args{"n": v.Gain.Practices}), Text: c.Lang.Minutes(v.Gain.Minutes)})
	}
	if v.Best != nil && v.Metric.Form != tandem.FormTotal {
		out = append(out, gainView{Big: c.exact(v.Metric, v.Best.Value), Unit: unitAfter(v.Metric), Text: c.T("closing.best", tandem.Args{"date": c.dayShort(v.Best.Day)})})
	}
	if len(out) < 2 && len(v.Days) > 0 {
		unit := "closing.days_logged"
		if v.Metric.IsRatio() {
			unit = "closing.periods_logged"
		}
		out = append(out, gainView{Big: c.num(float64(len(v.Days)), 0), Unit: c.T(unit, tandem.Args{"n": len(v.Days)}), Text: c.T("closing.days_logged_text")})
	}
	return out[:min(len(out), 3)]
}

// doneWords says what was in the owner's hands by what the entries show.
func (c *call) doneWords(v app.ClosingView) (out []string) {
	if v.Gain.Practices > 0 {
		out = append(out, c.T("closing.did_practise", tandem.Args{"n": v.Gain.Practices}))
	}
	if v.Gain.Uses > 0 {
		out = append(out, c.T("closing.did_use", tandem.Args{"n": v.Gain.Uses}))
	}
	return out
}
