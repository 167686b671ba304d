package app

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"time"

	"tandem"
	"tandem/advise/coach"
	"tandem/policy"
)

// A GoalHint is one kind sentence that a goal's fields and history ask for, with the code of its fix. Key and
// the fix's code are message keys of the catalogue; an empty Code is no hint.
type GoalHint struct {
	Goal tandem.GoalID `json:"goal"`
	Code string        `json:"code"`
	Key  string        `json:"key"`
	Fix  string        `json:"fix"`
	Args tandem.Args   `json:"args,omitempty"`
}

// shownHints are the checks of facts that stand on a goal's page, the first that holds. A missing start or
// date is asked where the goal is made, and guards come with teams.
var shownHints = []coach.Check{coach.StretchRisk, coach.TwoHard, coach.TooHard, coach.TooSoon, coach.TooMany, coach.LearnLoop, coach.NoAlign, coach.NoPartner, coach.NoMilestone, coach.NoReview, coach.TooEasy}

const (
	likedFrom   = 4.0 // mean enjoyment, of 1 to 5, from which something is done for joy
	fewestTimes = 4   // reached results on a number before their lengths say something
	bestOf      = 8   // periods whose best a target is held against
)

// GetHint gives the one hint of an own goal, if any.
func (a *App) GetHint(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.GoalID) (h GoalHint, err error) {
	defer tandem.Wrap(&err, "get hint")
	g, err := anyGoal(ctx, a.Store.For(by), by, ws, id, policy.Read, policy.Goal)
	if err != nil {
		return h, err
	}
	if g.GoalHead().Kind == tandem.KindLearning {
		v, err := a.LearningPage(ctx, by, ws, id)
		if err != nil {
			return h, err
		}
		return a.LearningHint(ctx, by, v)
	}
	v, err := a.ResultPage(ctx, by, ws, id)
	if err != nil {
		return h, err
	}
	return a.ResultHint(ctx, by, v)
}

// QuietHint puts a hint away for one goal, for good.
func (a *App) QuietHint(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.GoalID, code string) (err error) {
	defer tandem.Wrap(&err, "quiet hint")
	if code != quietNewWay && !slices.Contains(shownHints, coach.Check(code)) {
		return tandem.Invalid("code", "one_of", tandem.Args{"field": "code", "value": code, "allowed": listed(shownHints)})
	}
	return a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		g, err := anyGoal(ctx, h, by, ws, id, policy.Change, policy.Goal)
		if err != nil {
			return err
		}
		adv, err := h.Advised(ctx, ws, id)
		if tandem.KindOf(err) == tandem.KindNotFound {
			adv, err = tandem.Advised{Goal: id, Chosen: string(g.GoalHead().Kind), Day: g.GoalHead().CreatedDay}, nil
		}
		if err != nil || slices.Contains(adv.Quiet, code) {
			return err
		}
		adv.Quiet = append(adv.Quiet, code)
		return h.PutAdvised(ctx, ws, adv)
	})
}

// ResultHint gives the hint of a result whose page was read; none on the day it was made, when its draft had
// its own.
func (a *App) ResultHint(ctx context.Context, by tandem.Actor, v ResultView) (GoalHint, error) {
	g := v.Goal
	if !v.Own || g.State != tandem.Active || v.Today <= g.CreatedDay || v.Today > g.Deadline || v.IsReached() {
		return GoalHint{}, nil
	}
	f := coach.GoalFacts{Kind: tandem.KindPerformance, Baseline: g.Baseline != nil, Total: v.Metric.Form == tandem.FormTotal, Values: v.Forecast.N, Stretch: g.Stretch != nil,
		Days: int(g.Deadline - v.Today), NextStep: nextStep(v.Milestones, v.Today), Ambition: ambition(v)}
	if c := v.Forecast.Chance; !math.IsNaN(c) {
		f.Chance = &c
	}
	for _, l := range v.Lines {
		if l.State == tandem.Active {
			f.Learning++
		}
	}
	r := a.Store.For(by)
	var err error
	if f.DaysNeeded25, err = daysNeeded(ctx, r, g); err != nil {
		return GoalHint{}, err
	}
	if f.ChanceAtStart, err = a.chanceAtStart(ctx, r, v.Outlook); err != nil {
		return GoalHint{}, err
	}
	return a.hint(ctx, r, by, g.Goal, f)
}

// LearningHint gives the hint of a learning goal whose page was read.
func (a *App) LearningHint(ctx context.Context, by tandem.Actor, v LearningView) (GoalHint, error) {
	if !v.Own || v.State != tandem.Active || v.Today <= v.CreatedDay {
		return GoalHint{}, nil
	}
	f := coach.GoalFacts{Kind: tandem.KindLearning, Aligned: len(v.Fuels)+v.Hidden > 0 || v.Why != "", Since: int(v.Today - v.CreatedDay), SinceUse: coach.NotSaid, Days: coach.NotSaid,
		NextReview: coach.NotSaid}
	if v.ReviewDay != tandem.NoDay {
		f.NextReview = max(0, int(v.ReviewDay-v.Today))
	}
	if v.Aim > 0 {
		f.LevelsUp = max(0, v.Aim-v.Noticed)
	}
	var liked, rated float64
	for _, p := range v.Practices {
		f.Hours += p.Minutes / 60
		if p.Enjoyment > 0 {
			liked, rated = liked+float64(p.Enjoyment), rated+1
		}
	}
	f.Joy = rated > 0 && liked/rated >= likedFrom
	for _, u := range v.Uses {
		if since := int(v.Today - u.Day); f.SinceUse == coach.NotSaid || since < f.SinceUse {
			f.SinceUse = since
		}
	}
	for _, m := range v.Micros {
		if m.Period == tandem.PeriodWeek && !m.AtMost {
			f.WeekMinutes += m.Amount * m.Times
		}
	}
	r := a.Store.For(by)
	for _, p := range v.Fuels {
		s, err := r.Snapshot(ctx, p.Workspace, p.ID)
		if tandem.KindOf(err) == tandem.KindNotFound || err == nil && s == nil {
			continue
		}
		if err != nil {
			return GoalHint{}, err
		}
		if p.State == tandem.Active && s.Chance != nil && s.Values >= 3 && (f.PairChance == nil || *s.Chance < *f.PairChance) {
			f.PairChance = s.Chance
		}
	}
	return a.hint(ctx, r, by, v.Goal, f)
}

// hint adds what is known of the person to the facts of a goal and picks what stands on its page: nothing
// within 24 hours of a miss, for a child only what is for children, nothing that was put away.
func (a *App) hint(ctx context.Context, r Reads, by tandem.Actor, g tandem.Goal, f coach.GoalFacts) (out GoalHint, err error) {
	person, err := r.Person(ctx)
	if err != nil {
		return out, err
	}
	f.Age = person.AgeBand
	var closings []tandem.Closing
	for ws := range by.Roles {
		rs, err := r.Results(ctx, ws, true, []tandem.GoalState{tandem.Active}, tandem.NoDay, 0, mostListed)
		if err != nil {
			return out, err
		}
		ls, err := r.Learnings(ctx, ws, true, []tandem.GoalState{tandem.Active}, 0, mostListed)
		if err != nil {
			return out, err
		}
		cs, err := r.Closings(ctx, ws, 5)
		if err != nil {
			return out, err
		}
		f.Active, f.Results = f.Active+len(rs)+len(ls), f.Results+len(rs)
		closings = append(closings, cs...)
	}
	slices.SortFunc(closings, func(x, y tandem.Closing) int { return cmp.Compare(y.Done, x.Done) })
	for _, c := range closings {
		if !c.Outcome.Missed() {
			break
		}
		f.MissedLast++
	}
	for _, c := range closings {
		if c.Outcome.Missed() && a.now()-c.Done < tandem.Instant(24*time.Hour/time.Microsecond) {
			return out, nil
		}
	}
	adv, err := r.Advised(ctx, g.Workspace, g.ID)
	if err != nil && tandem.KindOf(err) != tandem.KindNotFound {
		return out, err
	}
	f.PairAdvised = adv.Kind == "paired" || adv.Kind == "learning"
	fired := f.Checks()
	for _, c := range shownHints {
		if slices.Contains(fired, c) && !slices.Contains(adv.Quiet, string(c)) {
			return hintOf(g, c, f), nil
		}
	}
	return out, nil
}

func hintOf(g tandem.Goal, c coach.Check, f coach.GoalFacts) GoalHint {
	out := GoalHint{Goal: g.ID, Code: string(c), Key: "coach." + strings.ToLower(string(c)), Args: tandem.Args{"n": f.Active}}
	for _, r := range coach.Rules() {
		if r.Check == c {
			out.Key, out.Fix = r.MessageKey(f.Age == tandem.Child), string(r.Fix)
		}
	}
	return out
}

// nextStep gives the days to the nearest step that is not done; a step without a day counts as near.
func nextStep(steps []tandem.Milestone, today tandem.Day) int {
	next := coach.NotSaid
	for _, s := range steps {
		if s.Done != tandem.NoDay {
			continue
		}
		days := 0
		if s.Due != tandem.NoDay {
			days = max(0, int(s.Due-today))
		}
		if next == coach.NotSaid || days < next {
			next = days
		}
	}
	return next
}

// ambition holds the target of a result that counts periods against the best of the last 8 before it began;
// nil where it is not to rise, or less is known.
func ambition(v ResultView) *float64 {
	if v.Metric.Direction != tandem.Up || v.Metric.Form != tandem.FormRate && v.Metric.Form != tandem.FormRatio {
		return nil
	}
	var before []float64
	for _, p := range v.Input.Points {
		if p.Day < int(v.Goal.Start) {
			before = append(before, p.Value)
		}
	}
	if len(before) < bestOf {
		return nil
	}
	best := slices.Max(before[len(before)-bestOf:])
	if best <= 0 {
		return nil
	}
	x := v.Goal.Target / best
	return &x
}

// daysNeeded gives the days that a quarter of the reached results on the same number took less than; nil for
// fewer than four.
func daysNeeded(ctx context.Context, r Reads, g tandem.PerformanceGoal) (*int, error) {
	all, err := r.GoalsOn(ctx, g.Workspace, g.Metric)
	if err != nil {
		return nil, err
	}
	var took []int
	for _, p := range all {
		if p.State != tandem.Closed {
			continue
		}
		c, err := r.Closing(ctx, p.Workspace, p.ID)
		if err != nil && tandem.KindOf(err) != tandem.KindNotFound {
			return nil, err
		}
		if err == nil && c.NumberReached() {
			took = append(took, int(c.DoneDay-p.Start))
		}
	}
	if len(took) < fewestTimes {
		return nil, nil
	}
	slices.Sort(took)
	return &took[len(took)/4], nil
}

// chanceAtStart works out the chance on the day a result was made, if it is high by now.
func (a *App) chanceAtStart(ctx context.Context, r Reads, o Outlook) (*float64, error) {
	if !(o.Forecast.Chance > likelyByNow) {
		return nil, nil
	}
	person, err := r.Person(ctx)
	if err != nil {
		return nil, err
	}
	was, err := asOf(ctx, r, person, o.Goal, o.Goal.CreatedDay)
	if err != nil {
		return nil, err
	}
	before := then(was, o, o.Goal.CreatedDay)
	if len(before.Points) < figures {
		return nil, nil
	}
	f, err := a.Worked.forecast(before)
	if err != nil || math.IsNaN(f.Chance) {
		return nil, err
	}
	return &f.Chance, nil
}

// likelyByNow is the chance from which a look at the start is worth it.
const likelyByNow = 0.9
