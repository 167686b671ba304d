package web

import (
	"math"
	"slices"
	"strings"

	"tandem"
	"tandem/app"
	"tandem/i18n"
	"tandem/web/ui"
)

// getGoal shows the page of a goal of either kind.
func getGoal(s *Server, c *call) error {
	id, ws, err := c.goal()
	if err != nil {
		return err
	}
	g, err := s.App.GetGoal(c.ctx(), c.Actor, ws, id)
	if err != nil {
		return err
	}
	if g.GoalHead().Kind == tandem.KindLearning {
		v, err := s.App.LearningPage(c.ctx(), c.Actor, ws, id)
		if err != nil {
			return err
		}
		offer, err := c.learningOffer(ws, v)
		if err != nil {
			return err
		}
		var hint app.GoalHint
		if offer == nil { // one quiet thing at a time
			if hint, err = s.App.LearningHint(c.ctx(), c.Actor, v); err != nil {
				return err
			}
		}
		fuels, err := c.fuelledBy(v)
		if err != nil {
			return err
		}
		return c.page(pageView{Title: v.Title, Current: "goals"}, learningPage(c, v, fuels, offer, c.goalHint(hint)))
	}
	v, err := s.App.ResultPage(c.ctx(), c.Actor, ws, id)
	if err != nil {
		return err
	}
	var d app.DifferenceView
	args := c.resultArgs(v)
	if showsDifference(v) {
		if d, err = s.App.Compare(c.ctx(), c.Actor, v); err != nil {
			return err
		}
	} else if args != nil {
		c.differenceArgs(v, app.Plan(c.Actor, v), args)
	}
	if err := c.plateauArgs(v, args); err != nil {
		return err
	}
	way, places, err := c.newWay(v, args)
	if err != nil {
		return err
	}
	offer, err := c.offer(ws, args, places...)
	if err != nil {
		return err
	}
	if offer != nil && offer.Key == "plateau" {
		offer.Try = ui.NewLearningURL(id.String(), "")
	}
	gap, err := c.gap(v, offer)
	if err != nil {
		return err
	}
	var hint app.GoalHint
	if offer == nil && gap == nil {
		if hint, err = s.App.ResultHint(c.ctx(), c.Actor, v); err != nil {
			return err
		}
	}
	if offer != nil && offer.Key == "stretch" {
		offer.Try = ui.GoalActionURL(id.String(), "edit")
	}
	return c.page(pageView{Title: v.Goal.Title, Current: "goals", LogURL: ui.LogURL(id.String())}, resultPage(c, v, d, offer, c.goalHint(hint), gap, way))
}

// goal gives the id in the path with the workspace in which that goal exists for the reader.
func (c *call) goal() (tandem.GoalID, tandem.WorkspaceID, error) {
	id, err := pathID[tandem.GoalID](c, "id")
	if err != nil {
		return 0, 0, err
	}
	ws, err := c.s.App.SpaceOf(c.ctx(), c.Actor, c.Person.Personal, id)
	return id, ws, err
}

// An offerView is the one new thing that a page offers today.
type offerView struct {
	Key, Place, Title, Sentence, Back string
	Try                               string // the page where it can be tried, if it is another one
}

func (o offerView) there() string {
	if o.Try != "" {
		return o.Try
	}
	return o.Back
}

// offer gives the day's new concept if the page has its place and all that its sentence tells: args.
func (c *call) offer(ws tandem.WorkspaceID, args tandem.Args, places ...string) (*offerView, error) {
	if args == nil {
		return nil, nil
	}
	return c.offerIf(ws, args, func(k tandem.Concept) bool { return slices.Contains(places, k.Place) })
}

// offerIf gives the concept to offer of those that fit and whose sentence the args fill; nil for none.
func (c *call) offerIf(ws tandem.WorkspaceID, args tandem.Args, fits func(tandem.Concept) bool) (*offerView, error) {
	sentence := func(k tandem.Concept) string { return c.T("concept."+k.Key+".sentence", args) }
	k, ok, err := c.s.App.OfferConcept(c.ctx(), c.Actor, ws, func(k tandem.Concept) bool {
		return fits(k) && !strings.Contains(sentence(k), "{")
	})
	if err != nil || !ok {
		return nil, err
	}
	return &offerView{Key: k.Key, Place: k.Place, Title: c.T("concept." + k.Key + ".title"), Sentence: sentence(k), Back: localPath(c.R.URL.RequestURI())}, nil
}

// resultArgs are what the sentences offered on the page of a result tell.
func (c *call) resultArgs(v app.ResultView) tandem.Args {
	if !v.Own || v.Goal.State != tandem.Active {
		return nil
	}
	g, left := v.Goal, v.Goal.Deadline-v.Today
	args := tandem.Args{"target": c.target(g, v.Metric), "date": c.dayShort(g.Deadline)}
	if left >= shortestForSteps {
		args["weeks"] = int(left / 7)
	}
	if from := v.Forecast.Now; !math.IsNaN(from) && v.Metric.Direction != tandem.Within {
		args["step"] = c.roughly(g, v.Metric, from+(g.Target-from)/3)
		args["step_date"] = c.dayShort(v.Today + left/3)
	}
	if stretch, ok := stretchOf(v); ok {
		args["stretch"] = c.value(v.Metric, stretch)
	}
	return args
}

// shortestForSteps is how many days a result must still have for a first step on the way to be offered.
const shortestForSteps = 14

// likelyByFar is the chance above which a stretch is offered.
const likelyByFar = 0.8

// stretchOf gives a stretch worth offering on a result that is likely by far and has none: a quarter of the
// way from its start beyond its target.
func stretchOf(v app.ResultView) (float64, bool) {
	g := v.Goal
	from := 0.0
	if g.Baseline != nil {
		from = *g.Baseline
	}
	way := (g.Target - from) / 4
	forward := v.Metric.Direction == tandem.Up && way > 0 || v.Metric.Direction == tandem.Down && way < 0
	return g.Target + way, forward && g.Stretch == nil && v.Forecast.Chance > likelyByFar
}

// due tells whether a result waits to be closed.
func (c *call) due(v app.ResultView) bool {
	open := v.Goal.State == tandem.Active || v.Goal.State == tandem.Paused
	return open && (v.Today > v.Goal.Deadline || v.IsReached() && !c.held(v))
}

// resultMeta is the line of facts under the title.
func (c *call) resultMeta(v app.ResultView) []string {
	g, m := v.Goal, v.Metric
	out := []string{}
	if !v.Own {
		out = append(out, c.T("goal.owned_by", tandem.Args{"name": v.Owner}))
	}
	if g.Baseline != nil && m.Form != tandem.FormTotal {
		out = append(out, c.T("goal.from", tandem.Args{"value": c.exact(m, *g.Baseline), "date": c.dayShort(g.Start)}))
	} else {
		out = append(out, c.T("goal.since", tandem.Args{"date": c.dayShort(g.Start)}))
	}
	out = append(out, c.T("goal.until", tandem.Args{"date": c.dayShort(g.Deadline)}), c.reachedWords(g, m))
	if g.State != tandem.Active {
		out = append(out, c.T("state."+string(g.State)))
	}
	return out
}

// headline is the sentence that opens the page: the answer, then what it rests on.
func (c *call) headline(v app.ResultView) ui.SayView {
	g, m, f := v.Goal, v.Metric, v.Forecast
	args := tandem.Args{"target": c.target(g, m), "date": c.near(g.Deadline), "n": f.N, "used": len(v.Uses), "fuel": len(v.Lines)}
	say := ui.SayView{Head: true, Rest: c.T("say.fuel", args)}
	if len(v.Lines) == 0 {
		say.Rest = c.T("say.no_fuel", args)
	} else if len(v.Uses) == 0 {
		say.Rest = c.T("say.fuel_unused", args)
	}
	words, _ := c.chanceWords(finite(f.Chance), f.N)
	args["chance"] = words
	switch {
	case g.State == tandem.Closed && v.Closing != nil:
		args["outcome"] = c.outcomeWord(*v.Closing)
		args["value"] = c.exact(m, v.Closing.Value)
		say.Answer = c.T("say.closed", args)
	case g.State == tandem.Paused:
		say.Answer = c.T("say.paused", tandem.Args{"date": c.dayShort(g.PausedFrom)})
	case v.IsReached() && c.held(v):
		say.Answer, say.Rest = c.T("say.withheld", args), c.heldWords(v)
	case v.IsReached():
		say.Answer = c.T("say.reached", args)
	case v.Today > g.Deadline:
		say.Answer = c.T("say.over", args)
	case f.N == 0:
		say.Answer, say.Rest = c.T("say.day_one", args), c.T("say.day_one_rest", args)
	case f.N < i18n.ChanceWordsFrom:
		say.Answer, say.Rest = c.fewValues(v)
	case v.IsLost():
		say.Answer = c.T("say.lost", args)
	case f.Chance < 1.0/3 && v.Today == g.Deadline:
		args["value"] = c.exact(m, f.Now)
		say.Answer = c.T("say.last_day", args)
	case f.Chance < 1.0/3:
		say.Answer, say.Rest = c.T("say.steep", args), c.T("say.steep_rest", args)
		if paceWouldDo(v) {
			say.Rest = c.T("say.pace_rest", tandem.Args{"pace": c.signed(m, f.PaceNow)})
		}
	default:
		say.Answer = sentenceCase(c.T("say.chance", args))
	}
	return say
}

// paceWouldDo tells whether the pace so far is at least the one that is needed. The chance can be low all the same:
// its paths let a trend fade and bring ups and downs, and the page says so where both figures stand.
func paceWouldDo(v app.ResultView) bool {
	f := v.Forecast
	if f.N < i18n.ChanceWordsFrom || v.Metric.Direction == tandem.Within || v.Metric.Form == tandem.FormTotal && v.Metric.Direction == tandem.Down {
		return false // a pace that must not be passed is no pace to reach
	}
	return f.PaceNeeded > 0 && f.PaceNow >= f.PaceNeeded || f.PaceNeeded < 0 && f.PaceNow <= f.PaceNeeded
}

// fewValues says what one or two values tell, and what they do not tell yet.
func (c *call) fewValues(v app.ResultView) (answer, rest string) {
	_, points := shown(v)
	args := tandem.Args{"n": v.Forecast.N, "left": i18n.ChanceWordsFrom - v.Forecast.N, "date": c.near(v.Goal.Deadline)}
	if len(points) > 0 {
		args["value"] = c.exact(v.Metric, points[len(points)-1].Value)
	} else {
		args["value"] = c.value(v.Metric, v.Forecast.Now)
	}
	if v.Metric.Form == tandem.FormTotal {
		return c.T("say.few_total", args), c.T("say.few_rest", args)
	}
	return c.T("say.few", args), c.T("say.few_rest", args)
}

func finite(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}

// fourNumbers is the strip: chance in words, now, pace needed, new ways tried.
func (c *call) fourNumbers(v app.ResultView) ui.NumbersView {
	g, m, f := v.Goal, v.Metric, v.Forecast
	var out ui.NumbersView
	open := v.IsOpen() && g.State != tandem.Closed
	if words, percent := c.chanceWords(finite(f.Chance), f.N); words != "" && open && f.Chance >= 1.0/3 {
		n := ui.Number{Label: c.T("num.chance"), Value: words, Sub: percent}
		if percent != "" {
			n.Gauge = finite(f.Chance)
		}
		out.Items = append(out.Items, n)
	} else if words != "" && open && g.Deadline > v.Today {
		out.Items = append(out.Items, ui.Number{Label: c.T("num.chance"), Value: c.T("num.steep"), Sub: c.T("num.steep_sub")})
	}
	now := ui.Number{Label: c.T("num.now"), Value: c.along(g, m, f.Now), Sub: c.leftWords(g.Deadline)}
	if m.Form == tandem.FormTotal {
		now.Label, now.Unit = c.T("num.so_far"), c.T("num.of", tandem.Args{"target": c.target(g, m)})
	} else if m.Form == tandem.FormRate {
		now.Unit = c.T("period.a." + string(m.Period))
	} else {
		now.Unit = unitAfter(m)
	}
	if f.N == 0 && g.Baseline != nil && m.Form != tandem.FormTotal {
		now.Value = c.exact(m, *g.Baseline)
	} else if f.N == 0 && m.Form != tandem.FormTotal {
		now.Value = "–"
	}
	out.Items = append(out.Items, now)
	if !math.IsNaN(f.PaceNeeded) && g.Deadline > v.Today && m.Direction != tandem.Within && g.State != tandem.Closed {
		pace := ui.Number{Label: c.T("num.pace"), Value: c.signed(m, f.PaceNeeded), Unit: c.T("num.per_week")}
		if f.N >= i18n.ChanceWordsFrom && !math.IsNaN(f.PaceNow) {
			pace.Sub = c.T("num.yours", tandem.Args{"pace": c.signed(m, f.PaceNow)})
		}
		out.Items = append(out.Items, pace)
	}
	if v.Own && len(v.TechUses) > 0 {
		out.Items = append(out.Items, ui.Number{Label: c.T("num.tried"), Value: c.num(float64(len(v.TechUses)), 0), Sub: c.T("num.used", tandem.Args{"n": len(v.Uses)})})
	}
	return out
}

// leftWords says how many days are left.
func (c *call) leftWords(deadline tandem.Day) string {
	left := int(deadline - c.Today)
	if left < 0 {
		return ""
	}
	return c.T("num.left", tandem.Args{"n": left})
}

// laneWords is the line under a learning goal that fuels a result.
func (c *call) laneWords(l app.LearningLine) string {
	var parts []string
	if level, _ := levelOf(l); level > 0 {
		parts = append(parts, c.T("lane.level", tandem.Args{"level": level}))
	}
	if l.Micro != nil && l.Micro.Period == tandem.PeriodWeek && l.Micro.Amount > 0 {
		parts = append(parts, c.T("lane.week", tandem.Args{"done": int(l.Micro.Tally.Done), "asked": int(l.Micro.Tally.Asked)}))
	} else if len(l.Practices) > 0 {
		parts = append(parts, c.T("lane.practised", tandem.Args{"n": len(l.Practices)}))
	}
	if len(l.Uses) > 0 {
		parts = append(parts, c.T("chart.used", tandem.Args{"n": len(l.Uses)}))
	}
	if len(l.Lessons) > 0 {
		parts = append(parts, "“"+l.Lessons[0].Text+"”")
	}
	if len(parts) == 0 {
		return c.T("lane.nothing_yet")
	}
	return strings.Join(parts, " · ")
}

// observationWords says a value: "+3", "13.4", "skipped".
func (c *call) observationWords(m tandem.Metric, o tandem.Observation) string {
	switch o.State {
	case tandem.StateSkip:
		return c.T("value.skip")
	case tandem.StateNotApplicable:
		return c.T("value.not_applicable")
	}
	if m.Form != tandem.FormReading && o.Value > 0 {
		return "+" + c.exact(m, o.Value)
	}
	return c.exact(m, o.Value)
}

func factorsIn(all []tandem.Factor, hands bool) (out []tandem.Factor) {
	for _, f := range all {
		if f.InHands == hands {
			out = append(out, f)
		}
	}
	return out
}

func handsKey(in bool) string {
	if in {
		return "goal.in_hands"
	}
	return "goal.not_in_hands"
}

// whyWords tells what the figures of a result were made from.
func (c *call) whyWords(v app.ResultView) []string {
	f := v.Forecast
	out := []string{
		c.T(valuesKey(v.Metric), tandem.Args{"n": f.N, "skipped": v.Skipped}),
		c.T("why.rule", tandem.Args{"rule": c.reachedWords(v.Goal, v.Metric)}),
		c.T("why.method", methodArgs(f.Method)),
	}
	out = append(out, c.whyRatio(v)...)
	if f.Excluded > 0 {
		out = append(out, c.T("why.excluded", tandem.Args{"n": f.Excluded}))
	}
	if t := f.Track; t.Of > 0 {
		out = append(out, c.T("why.track", tandem.Args{"held": t.Inside, "n": t.Of}))
	}
	if f.N < i18n.ChanceFiguresFrom {
		out = append(out, c.T("why.few", tandem.Args{"words": i18n.ChanceWordsFrom, "figures": i18n.ChanceFiguresFrom}))
	}
	if x := v.Outside; x != nil {
		key := "why.outside_none"
		if x.SameNumber {
			key = "why.outside_same"
		} else if x.Ended > 0 {
			key = "why.outside"
		}
		out = append(out, c.T(key, tandem.Args{"reached": x.Reached, "n": x.Ended, "since": x.Values, "all": x.Values + 5}))
	}
	if len(v.Pauses) > 0 {
		out = append(out, c.T("why.pauses", tandem.Args{"n": len(v.Pauses)}))
	}
	if f.Expected != 0 {
		out = append(out, c.T("why.expected", tandem.Args{"date": c.near(tandem.Day(f.Expected)), "lo": c.dayOrDash(f.ExpectedLo), "hi": c.dayOrDash(f.ExpectedHi)}))
	} else if v.IsOpen() {
		out = append(out, c.T("why.not_in_sight"))
	}
	if !math.IsNaN(f.PaceFor80) && v.IsOpen() {
		out = append(out, c.T("why.pace80", tandem.Args{"pace": c.signed(v.Metric, f.PaceFor80)}))
	}
	return out
}

// valuesKey names what a forecast rests on: days with values, or whole periods.
func valuesKey(m tandem.Metric) string {
	if m.IsRatio() {
		return "why.periods"
	}
	return "why.values"
}

// methodArgs splits the name of a method from its version.
func methodArgs(method string) tandem.Args {
	name, version := method, ""
	if i := strings.LastIndexByte(method, ' '); i >= 0 {
		name, version = method[:i], method[i+1:]
	}
	return tandem.Args{"method": name, "version": version}
}

func (c *call) dayOrDash(d int) string {
	if d == 0 {
		return "–"
	}
	return c.dayShort(tandem.Day(d))
}
