package web

import (
	"fmt"
	"strings"
	"time"

	"tandem"
	"tandem/app"
	"tandem/i18n"
	"tandem/web/ui"
)

// mostResults is how many results Today lists; the rest stand on the page of goals.
const mostResults = 8

// A todayView is Today in the reader's words.
type todayView struct {
	app.TodayView
	Heading string
	Offer   *offerView
	Road    ui.RoadView
	RoadURL string
	Weeks   []weekPanel
	Cheer   *tandem.Celebration
	Calls   []app.Call // what lifelines wait for
}

type weekPanel struct {
	Title, Aside string
	View         ui.WeekView
}

func getToday(s *Server, c *call) error {
	d, err := s.App.Today(c.ctx(), c.Actor, c.Space)
	if err != nil {
		return err
	}
	v := todayView{TodayView: d}
	if v.Back {
		v.Review = nil
		v.Items, v.Said = v.Items[:min(len(v.Items), 1)], nil // what others ask stands all the same
	}
	v.Results = v.Results[:min(len(v.Results), mostResults)]
	if v.Calls, err = c.calls(v.Back); err != nil {
		return err
	}
	v.Heading = c.greeting(v)
	if !v.FirstDay && !v.Back {
		if v.Offer, err = c.offer(c.Space, c.todayArgs(v), "today"); err != nil {
			return err
		}
		switch o := v.Offer; {
		case o == nil:
		case o.Key == "micro_goal" && len(d.Weeks) > 0:
			o.Try = ui.GoalURL(d.Weeks[0].Goal.String())
		case o.Key == "review":
			o.Try = ui.ReviewURL("")
		case o.Key == "month_review":
			o.Try = ui.PeriodURL(string(tandem.PeriodMonth), "")
		case o.Key == "lifeline":
			o.Try = ui.LifelinesURL("new")
		case o.Key == "pause" && len(d.Learning) > 0: // its page has the button
			o.Try = ui.GoalURL(d.Learning[0].ID.String())
		}
	}
	if v.FirstDay {
		c.road(&v)
	}
	if !v.Back {
		v.Cheer = c.cheer()
	}
	for i, w := range d.Weeks {
		if i == 2 {
			break
		}
		p := weekPanel{Title: w.Title, View: c.weekOf(w.Days, 1, 5, w.Title)}
		if w.Asked > 0 {
			p.Aside = c.T("micro.tally_days", tandem.Args{"done": len(w.Days), "asked": c.num(w.Asked, i18n.Auto), "period": ""})
		}
		v.Weeks = append(v.Weeks, p)
	}
	return c.page(pageView{Title: c.T("nav.today"), Current: "today", Spaces: true}, todayPage(c, v))
}

// greeting says how much there is to do; after silence it says "Back again." and nothing else.
func (c *call) greeting(v todayView) string {
	if v.Back {
		return c.T("today.back")
	}
	part := "today.morning"
	switch h := c.Now.In(c.Person.Location()).Hour(); {
	case h >= 18:
		part = "today.evening"
	case h >= 12:
		part = "today.afternoon"
	}
	name, _, _ := strings.Cut(strings.TrimSpace(c.Person.Name), " ")
	hello := c.T(part, tandem.Args{"name": name})
	open := 0
	for _, i := range v.Items {
		if !i.Today && (i.Micro == nil || !i.Micro.Tally.Today && !i.Micro.AtMost) {
			open++
		}
	}
	if open == 0 {
		return hello
	}
	return hello + " " + c.T("today.things", tandem.Args{"n": open})
}

// todayArgs are what the sentences offered on Today tell.
func (c *call) todayArgs(v todayView) tandem.Args {
	args := tandem.Args{"date": c.dayShort(c.Today + 7)}
	if v.Facts.Practices7 >= 2 {
		args["minutes"], args["days"] = 10, 5
	}
	if len(v.Learning) > 0 {
		args["learning"] = c.quoted(v.Learning[0].Title)
	}
	if v.Facts.FridayEntries >= 3 {
		args["n"], args["m"] = v.Facts.FridayEntries, reviewMinutes(len(v.Results)+len(v.Learning))
	}
	if v.Facts.MonthEntries > 0 {
		args["month"], args["month_entries"], args["month_minutes"] = c.Lang.Month(monthOf(tandem.PeriodMonth.Ended(c.Today))), v.Facts.MonthEntries, periodMinutes(len(v.Results))
	}
	return args
}

func monthOf(d tandem.Day) time.Month {
	_, m, _ := d.Date()
	return m
}

// road gives the steps of the first day.
func (c *call) road(v *todayView) {
	if len(v.Learning) == 0 {
		return
	}
	l := v.Learning[0]
	step := l.FirstStep
	if step == "" {
		step = l.Title
	}
	v.RoadURL = ui.GoalURL(l.ID.String())
	v.Road.Items = append(v.Road.Items, ui.RoadItem{Kind: ui.RoadToday, When: c.T("chart.today"), What: step},
		ui.RoadItem{Kind: ui.RoadStep, When: c.Lang.Weekday((c.Today + 3).Weekday()), What: c.T("today.first_try")},
		ui.RoadItem{Kind: ui.RoadLook, When: c.Lang.DateShort(l.ReviewDay), What: c.T("today.look_again")})
	for _, r := range v.Results {
		if len(r.FuelledBy) > 0 && r.FuelledBy[0] == l.ID {
			v.RoadURL = ui.GoalURL(r.ID.String())
			v.Road.Items = append(v.Road.Items, ui.RoadItem{Kind: ui.RoadAim, When: c.dayShort(r.Deadline), What: c.T("today.aim", tandem.Args{"title": r.Title})})
			return
		}
	}
}

// logWords says how a result's number stands: "11 this week", "13.4 yesterday".
func (c *call) logWords(i app.TodayItem) string {
	m, s := i.Result.Number, i.Result.Snapshot
	if m.Form == tandem.FormReading || m.IsRatio() {
		switch g := i.Result.PerformanceGoal; {
		case (s == nil || s.Last == nil) && g.Baseline != nil:
			return c.T("goal.from", tandem.Args{"value": c.exact(m, *g.Baseline), "date": c.dayShort(g.Start)})
		case s == nil || s.Last == nil:
			return c.T("today.no_value")
		}
		return c.T("today.last", tandem.Args{"value": c.exact(m, *s.Last), "day": c.Lang.DayWord(s.LastDay, c.Today)})
	}
	if i.Period == tandem.PeriodNone {
		return c.T("goals.so_far", tandem.Args{"value": c.exact(m, i.Sum), "target": c.target(i.Result.PerformanceGoal, m)})
	}
	args := tandem.Args{"value": c.exact(m, i.Sum), "period": c.T("period.this." + string(i.Period)), "target": c.target(i.Result.PerformanceGoal, m)}
	if m.Form == tandem.FormTotal && i.Result.Deadline < i.Period.Next(c.Today) {
		return c.T("today.sum_of", args)
	}
	return c.T("today.sum", args)
}

// plusOne is the control of totals and rates: it adds and says the sum.
func (c *call) plusOne(i app.TodayItem) ui.PlusOneView {
	m, id := i.Result.Number, i.Result.ID.String()
	sum := c.exact(m, i.Sum+1)
	label := c.T("log.plus_one", tandem.Args{"sum": sum})
	if i.Period != tandem.PeriodNone {
		label = c.T("log.plus_one_period", tandem.Args{"sum": sum, "period": c.T("period.this." + string(i.Period))})
	}
	v := ui.PlusOneView{FormID: "log-" + id, Action: ui.LogURL(id), Hidden: map[string]string{"key": c.formKey(), "back": ui.TodayURL()}, Name: "value", Value: "1", Label: label,
		Other: ui.LogURL(id), OtherLabel: c.T("log.other", tandem.Args{"title": i.Result.Title})}
	if len(i.Techniques) > 0 {
		chips := c.chips(i.Techniques, v.FormID)
		v.Chips = &chips
	}
	return v
}

// addControl is the control of totals that come in lumps: a field that adds.
func (c *call) addControl(i app.TodayItem) ui.SetValueView {
	v := c.setControl(i)
	v.Label, v.Submit = c.T("log.add_to", tandem.Args{"title": i.Result.Title}), c.T("log.add")
	return v
}

// setControl is the control of readings: it sets.
func (c *call) setControl(i app.TodayItem) ui.SetValueView {
	m, id := i.Result.Number, i.Result.ID.String()
	v := ui.SetValueView{FormID: "log-" + id, Action: ui.LogURL(id), Hidden: map[string]string{"key": c.formKey(), "back": ui.TodayURL()}, ID: "v-" + id, Name: "value", Label: m.Name, Submit: c.T("log.set")}
	if len(i.Techniques) > 0 {
		chips := c.chips(i.Techniques, v.FormID)
		v.Chips = &chips
	}
	return v
}

// chips offers techniques that ride along; none is ever chosen in advance.
func (c *call) chips(ts []tandem.Technique, form string) ui.ChipsView {
	v := ui.ChipsView{Name: "technique", Label: c.T("log.with"), FormID: form}
	for _, t := range ts[:min(len(ts), 5)] {
		v.Items = append(v.Items, ui.Option{Value: t.ID.String(), Label: t.Name})
	}
	return v
}

func (c *call) practiceWords(i app.TodayItem) string {
	if i.Micro != nil {
		return c.microWords(i.Micro.MicroGoal) + ". " + c.tallyWords(*i.Micro)
	}
	if i.Today {
		return c.T("today.practised")
	}
	if i.Learning.FirstStep != "" {
		return i.Learning.FirstStep
	}
	return c.T("today.practise")
}

// minuteChoices offers 5, 10 and 15 minutes, or what the micro-goal asks.
func (c *call) minuteChoices(i app.TodayItem) (out []ui.Option) {
	asked := 10.0
	if i.Micro != nil && i.Micro.Amount > 0 {
		asked = i.Micro.Amount
	}
	for _, m := range []float64{5, 10, 15} {
		if m < asked || m == asked || i.Micro == nil {
			out = append(out, ui.Option{Value: fmt.Sprint(m), Label: c.num(m, 0), On: m == asked})
		}
	}
	if i.Micro != nil && (len(out) == 0 || !out[len(out)-1].On) {
		out = append(out, ui.Option{Value: fmt.Sprint(asked), Label: c.num(asked, i18n.Auto), On: true})
	}
	out[len(out)-1].Label = c.T("log.minutes", tandem.Args{"n": out[len(out)-1].Label})
	return out
}

// resultWords is the line under a result on Today.
func (c *call) resultWords(x app.TodayResult) string {
	words := c.T("goal.by", tandem.Args{"date": c.dayShort(x.Deadline)})
	if x.UsesMonth > 0 {
		return words + ", " + c.T("today.used_month", tandem.Args{"n": x.UsesMonth})
	}
	if s := x.Snapshot; s != nil && s.Values > 0 {
		key := "chart.now"
		if x.Number.Form == tandem.FormTotal {
			key = "chart.so_far"
		}
		return words + ", " + c.T(key, tandem.Args{"value": c.along(x.PerformanceGoal, x.Number, s.Now)})
	}
	return words
}
