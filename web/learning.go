package web

import (
	"slices"
	"strconv"

	"tandem"
	"tandem/app"
	"tandem/i18n"
	"tandem/web/ui"
)

// learningArgs are what the sentences offered on the page of a learning goal tell.
func (c *call) learningArgs(v app.LearningView) tandem.Args {
	if !v.Own || v.State != tandem.Active {
		return nil
	}
	k := max(v.Noticed, 1)
	args := tandem.Args{"k": k, "level_sentence": levelWords(v.Levels, k), "n": v.CollectionSize, "things": v.Collection, "learning": v.Title}
	if len(v.Lessons) > 0 {
		args["lesson"] = v.Lessons[0].Text
	}
	return args
}

// learningOffer gives the one new thing that the page of a learning goal offers, and where it is tried.
func (c *call) learningOffer(ws tandem.WorkspaceID, v app.LearningView) (*offerView, error) {
	args := c.learningArgs(v)
	if err := c.switchArgs(v, args); err != nil {
		return nil, err
	}
	offer, err := c.offer(ws, args, "learning", "lesson")
	if err != nil || offer == nil {
		return nil, err
	}
	switch {
	case offer.Key == "switch":
		offer.Try = ui.NewResultURL(v.ID.String())
	case offer.Key == "technique" && len(v.Lessons) > 0:
		offer.Try = ui.TryLessonURL(v.ID.String(), v.Lessons[0].ID.String())
	}
	return offer, nil
}

// hasLesson tells whether the lesson of an address is one of them.
func hasLesson(lessons []tandem.Lesson, id string) bool {
	return slices.ContainsFunc(lessons, func(l tandem.Lesson) bool { return l.ID.String() == id })
}

// A fuelled result is one that a learning goal fuels, with what is said of the difference since.
type fuelled struct {
	Result tandem.PerformanceGoal
	Since  sinceView
}

// mostFuelled is for how many open results the page of a learning goal works a difference out.
const mostFuelled = 3

// fuelledBy gives the difference since a learning goal in the open results that it fuels, where its owner
// has met the concept.
func (c *call) fuelledBy(l app.LearningView) (out []fuelled, err error) {
	if !l.Own || !shows(l.Concepts, "difference", l.ShowAll) {
		return nil, nil
	}
	for _, g := range l.Fuels {
		if g.State != tandem.Active || len(out) == mostFuelled {
			continue
		}
		v, err := c.s.App.ResultPage(c.ctx(), c.Actor, g.Workspace, g.ID)
		if err != nil {
			return nil, err
		}
		d, err := c.s.App.Compare(c.ctx(), c.Actor, v)
		if err != nil {
			return nil, err
		}
		for _, s := range c.sinces(v, d) {
			if s.Learning.ID == l.ID && showsDifference(v) {
				out = append(out, fuelled{g, s})
			}
		}
	}
	return out, nil
}

func (c *call) learningMeta(v app.LearningView) []string {
	var out []string
	if !v.Own {
		out = append(out, c.T("goal.owned_by", tandem.Args{"name": v.Owner}))
	}
	out = append(out, c.T("visibility."+string(v.Visibility)), c.T("learning.no_end"))
	if v.State != tandem.Active {
		out = append(out, c.T("state."+string(v.State)))
	}
	return out
}

// learningSay is the sentence that opens the page: what was done with it, then where it stands.
func (c *call) learningSay(v app.LearningView) ui.SayView {
	s := ui.SayView{}
	natural := 0
	for _, u := range v.Uses {
		if u.Natural >= 7 {
			natural++
		}
	}
	args := tandem.Args{"uses": len(v.Uses), "natural": natural, "practices": len(v.Practices), "level": v.Noticed, "lessons": len(v.Lessons)}
	switch {
	case len(v.Uses) > 0 && natural > 0:
		s.Answer = c.T("learning.say_used_natural", args)
	case len(v.Uses) > 0:
		s.Answer = c.T("learning.say_used", args)
	case len(v.Practices) > 0:
		s.Answer = c.T("learning.say_practised", args)
	default:
		s.Answer = c.T("learning.say_first", args)
	}
	if v.Noticed > 0 {
		s.Rest = c.T("learning.say_level", args)
	}
	if v.ReviewDay != tandem.NoDay && v.State == tandem.Active {
		s.Rest += " " + c.T("learning.say_look", tandem.Args{"date": c.near(v.ReviewDay)})
	}
	return s
}

// hasLevels tells whether levels stand on the page.
func (c *call) hasLevels(v app.LearningView) bool {
	return shows(v.Concepts, "level", v.ShowAll) || len(v.Levels) > 0 || len(v.Evidence) > 0
}

// lessonOf gives the sentence of a lesson, "" for none.
func lessonOf(all []tandem.Lesson, id tandem.LessonID) string {
	for _, l := range all {
		if id != 0 && l.ID == id {
			return l.Text
		}
	}
	return ""
}

// techniqueFrom gives what a lesson became, nil for nothing yet.
func techniqueFrom(all []tandem.Technique, lesson tandem.LessonID) *tandem.Technique {
	for i := range all {
		if all[i].Lesson == lesson {
			return &all[i]
		}
	}
	return nil
}

// nameFrom gives a lesson's sentence as a name, cut where names end.
func nameFrom(text string) string {
	r := []rune(tandem.CleanTitle(text))
	return string(r[:min(len(r), tandem.MaxTitle)])
}

// joyOptions are the answers to how a practice was; saying nothing is one.
func (c *call) joyOptions() []ui.Option {
	return c.scale("joy.", 0)
}

// scale gives five answers and the one that says nothing.
func (c *call) scale(prefix string, now int) (out []ui.Option) {
	for n := range 6 {
		out = append(out, ui.Option{Value: strconv.Itoa(n), Label: c.T(prefix + strconv.Itoa(n)), On: n == now})
	}
	return out
}

// practiceLine says the newest practice: when, how long, how it was.
func (c *call) practiceLine(p tandem.Practice) string {
	line := c.T("learning.last_practice", tandem.Args{"day": c.Lang.DayWord(p.Day, c.Today), "time": c.Lang.Minutes(p.Minutes)})
	if p.Enjoyment > 0 {
		line += " " + c.T("learning.was", tandem.Args{"joy": c.T("joy." + strconv.Itoa(p.Enjoyment))})
	}
	return line
}

func (c *call) levelCount(v app.LearningView) int {
	if len(v.Levels) > 0 {
		return len(v.Levels)
	}
	return 5
}

func (c *call) levelName(levels []string, n int) string {
	if w := levelWords(levels, n); w != "" {
		return c.T("learning.level_named", tandem.Args{"n": n, "name": w})
	}
	return c.T("learning.level_n", tandem.Args{"n": n})
}

// levelList gives the levels, each with how it was noticed.
func (c *call) levelList(v app.LearningView) ui.LevelListView {
	n := c.levelCount(v)
	out := ui.LevelListView{Of: n}
	for k := 1; k <= n; k++ {
		item := ui.LevelItem{Level: k, Title: levelWords(v.Levels, k), State: ui.LevelFar}
		if item.Title == "" {
			item.Title = c.T("learning.level_n", tandem.Args{"n": k})
		}
		switch {
		case k < v.Noticed:
			item.State = ui.LevelPast
		case k == v.Noticed:
			item.State, item.Here, item.Proof = ui.LevelCurrent, c.T("learning.here"), c.proofOf(v.Evidence, k, v.Front)
		case k == v.Noticed+1:
			item.State, item.Here = ui.LevelNext, c.T("learning.next")
		}
		for _, e := range v.Evidence {
			word := c.T("how." + string(e.How))
			if e.Level == k && !slices.Contains(item.Noticed, word) {
				item.Noticed = append(item.Noticed, word)
			}
		}
		out.Items = append(out.Items, item)
	}
	return out
}

func (c *call) collectionTitle(v app.LearningView) string {
	return c.T("collection.title", tandem.Args{"n": max(v.CollectionSize, len(v.Slots)), "things": v.Collection})
}

func (c *call) slots(v app.LearningView) ui.SlotsView {
	var out ui.SlotsView
	for _, s := range v.Slots {
		slot := ui.Slot{Title: s.Name}
		if s.UsedDay != tandem.NoDay {
			slot.Text = c.T("collection.used_on", tandem.Args{"date": c.dayShort(s.UsedDay)})
			if s.Rating > 0 {
				slot.Chip, slot.ChipLearn = c.T("rating."+strconv.Itoa(s.Rating)), s.Rating >= 4
			} else if v.Own {
				slot.Rate = &ui.RateForm{ID: "f-rating-" + s.ID.String(), Action: ui.GoalActionURL(v.ID.String(), "slots"), Hidden: map[string]string{"slot": s.ID.String(), "name": s.Name},
					Name: "rating", Label: c.T("collection.rating_of", tandem.Args{"name": s.Name}), Options: c.scale("rating.", 0), Submit: c.T("collection.rate")}
			}
		} else if v.Own {
			slot.Action = &ui.ButtonForm{Action: ui.GoalActionURL(v.ID.String(), "slots"), Hidden: map[string]string{"slot": s.ID.String(), "name": s.Name, "used": "yes"},
				Button: ui.ButtonView{Label: c.T("technique.used_it"), Variant: "sml"}}
		}
		out.Items = append(out.Items, slot)
	}
	for k := len(v.Slots) + 1; k <= v.CollectionSize; k++ {
		out.Items = append(out.Items, ui.Slot{OpenLabel: c.T("collection.open", tandem.Args{"n": k}), URL: "#slot"})
	}
	return out
}

func (c *call) countWord(n int) string {
	if n == 0 {
		return ""
	}
	return c.num(float64(n), 0)
}

// week shows this week's practice under a micro-goal.
func (c *call) week(m app.MicroGoalTally, v app.LearningView) ui.WeekView {
	of := c.levelCount(v)
	return c.weekOf(m.Tally.DoneDays, max(v.Noticed, 1), of, c.tallyWords(m))
}

func (c *call) weekOf(done []tandem.Day, level, of int, title string) ui.WeekView {
	monday := tandem.PeriodWeek.Start(c.Today)
	w := ui.WeekView{Title: title, Names: c.calendar().Weekdays, Today: int(c.Today - monday), Level: level, Of: of}
	for i := range w.Days {
		d := monday + tandem.Day(i)
		switch {
		case slices.Contains(done, d):
			w.Days[i] = ui.Practised
		case d == c.Today:
			w.Days[i] = ui.DayToday
		case d > c.Today:
			w.Days[i] = ui.Ahead
		}
	}
	return w
}

// tallyWords says how a micro-goal's period stands: "3 of 5 days this week".
func (c *call) tallyWords(m app.MicroGoalTally) string {
	key := "micro.tally_sum"
	if m.AtMost {
		key = "micro.over"
	} else if m.Amount > 0 {
		key = "micro.tally_days"
	}
	return c.T(key, tandem.Args{"done": c.num(m.Tally.Done, i18n.Auto), "asked": c.num(m.Tally.Asked, i18n.Auto), "period": c.T("period.this." + string(m.Period))})
}

// microTitle heads the panel of a micro-goal: what it asks, and of what, where that is not practice.
func (c *call) microTitle(m tandem.MicroGoal) string {
	if m.AtMost {
		return m.Title + ": " + c.microWords(m)
	}
	return c.microWords(m)
}

// fewestStrength is from how many days on it is told how many of them were within a micro-goal.
const fewestStrength = 3

// tickWords says how a micro-goal that is ticked stands: one of at most so many with how often it was kept to,
// which nothing sets back.
func (c *call) tickWords(m app.MicroGoalTally, s *tandem.Strength) string {
	if !m.AtMost {
		return c.tallyWords(m)
	}
	key := "micro.most_so_far"
	if !m.Tally.Kept {
		key = "micro.most_over"
	}
	words := c.T(key, tandem.Args{"done": c.num(m.Tally.Done, i18n.Auto), "asked": c.num(m.Times, i18n.Auto), "period": c.T("period.this." + string(m.Period))})
	if s != nil && s.Of >= fewestStrength {
		words += " " + c.T("micro.strength", tandem.Args{"n": s.Done, "of": s.Of})
	}
	return words
}

func (c *call) pauseWord(m app.MicroGoalTally) string {
	if m.Paused(c.Today) {
		return c.T("micro.resume")
	}
	return c.T("micro.pause")
}
