package app

import (
	"context"
	"math"

	"tandem"
	"tandem/analytics/forecast"
	"tandem/policy"
)

// historyDays is how far back values are looked at, in days: ten years teach a model enough.
const historyDays = 3653

// An Outlook is what the forecast says of a result, with what it was made from.
type Outlook struct {
	Goal     tandem.PerformanceGoal
	Metric   tandem.Metric
	Days     []tandem.DayValue // one value a day, oldest first; increments for totals and rates; of a ratio one for each period that is over
	Skipped  int               // entries that were skipped or did not apply
	SkipDays []tandem.Day      // their days
	Parts    *Parts            // of a ratio
	Forecast forecast.Forecast
	Outside  *Outside // what earlier results add to a chance of few values; nil where it stands alone
	Input    forecast.Goal
	Today    tandem.Day
	Pauses   []tandem.Span
}

// Outlook works out the forecast of a result from its values. It runs outside any transaction.
func (a *App) Outlook(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.GoalID) (o Outlook, err error) {
	defer tandem.Wrap(&err, "forecast")
	r := a.Store.For(by)
	g, err := anyGoal(ctx, r, by, ws, id, policy.Read, policy.Goal)
	if err != nil {
		return o, err
	}
	p, ok := g.(tandem.PerformanceGoal)
	if !ok {
		return o, tandem.Invalid("goal", "needs_result", tandem.Args{"title": g.GoalHead().Title})
	}
	m, err := r.Metric(ctx, ws, p.Metric)
	if err != nil {
		return o, err
	}
	today, err := a.today(ctx, r)
	if err != nil {
		return o, err
	}
	v, err := valuesOf(ctx, r, by, policy.Goal, m, today-historyDays, today, today)
	if err != nil {
		return o, err
	}
	pauses, err := r.Pauses(ctx, ws)
	if err != nil {
		return o, err
	}
	if o, err = look(a.Worked, p, m, v, pauses[int64(id)], today); err != nil {
		return o, err
	}
	return o, o.outside(ctx, r)
}

// look works out the forecast from what was read; it is pure.
func look(w *Worked, p tandem.PerformanceGoal, m tandem.Metric, v values, pauses []tandem.Span, today tandem.Day) (Outlook, error) {
	o := Outlook{Goal: p, Metric: m, Today: today, Days: v.days, Skipped: len(v.skips), SkipDays: v.skips, Parts: v.parts, Pauses: pauses}
	o.Input = question(p, m, o.Days, pauses, today)
	f, err := w.forecast(o.Input)
	o.Forecast = f
	return o, err
}

// question puts a result, its number and its values into the words of the forecast.
func question(p tandem.PerformanceGoal, m tandem.Metric, days []tandem.DayValue, pauses []tandem.Span, today tandem.Day) forecast.Goal {
	q := forecast.Goal{
		Seed: uint64(p.ID), Lo: math.NaN(), Hi: math.NaN(), WhenItHappens: m.WhenItHappens,
		Start: int(p.Start), Today: int(today), Deadline: int(p.Deadline), Baseline: math.NaN(), SoFar: p.SoFar, Target: p.Target,
		HeldFor: p.HeldFor, KeptShare: p.KeptShare, Period: periodDays(m.Period),
		Form:      map[tandem.Form]forecast.Form{tandem.FormReading: forecast.Reading, tandem.FormTotal: forecast.Total, tandem.FormRate: forecast.Rate, tandem.FormRatio: forecast.Rate}[m.Form],
		Direction: map[tandem.Direction]forecast.Direction{tandem.Up: forecast.Up, tandem.Down: forecast.Down, tandem.Within: forecast.Within}[m.Direction],
		Rule: map[tandem.ReachedWhen]forecast.Rule{tandem.ReachedTotal: forecast.ByTotal, tandem.ReachedOnce: forecast.Once, tandem.ReachedAtEnd: forecast.AtEnd,
			tandem.ReachedHeld: forecast.Held, tandem.ReachedKept: forecast.Kept}[p.ReachedWhen],
	}
	if p.Baseline != nil {
		q.Baseline = *p.Baseline
	}
	if p.TargetLo != nil && p.TargetHi != nil {
		q.TargetLo, q.TargetHi = *p.TargetLo, *p.TargetHi
	}
	// A total with direction down is a budget when its target lies above zero; below zero it is a sum that
	// is to fall.
	q.AtMost = m.Form == tandem.FormTotal && m.Direction == tandem.Down && p.Target >= 0
	for _, s := range pauses {
		to := int(s.To)
		if s.To == tandem.NoDay {
			to = int(today)
		}
		q.Off = append(q.Off, forecast.Span{From: int(s.From), To: to})
	}
	if m.Form == tandem.FormRate {
		q.Points = wholePeriods(m, days, p.Start, today)
	} else {
		for _, d := range days {
			if !m.IsRatio() || d.Day < today { // a period that ends today may still change
				q.Points = append(q.Points, forecast.Point{Day: int(d.Day), Value: d.Value})
			}
		}
	}
	q.Scale = scaleOf(m, q.Points)
	if m.Lo != nil {
		q.Lo = *m.Lo
	}
	if m.Hi != nil {
		q.Hi = *m.Hi
	}
	return q
}

// wholePeriods sums increments over the finished periods of a rate. The period under way when the number
// began is left out, unless the result ran from its first day. A period without an entry counts as zero
// once the number has begun, if its values are logged when they happen.
func wholePeriods(m tandem.Metric, days []tandem.DayValue, start, today tandem.Day) (out []forecast.Point) {
	if len(days) == 0 {
		return nil
	}
	sums := map[tandem.Day]float64{}
	for _, d := range days {
		sums[m.Period.Start(d.Day)] += d.Value
	}
	first := m.Period.Start(days[0].Day)
	if min(days[0].Day, start) > first {
		first = m.Period.Next(first)
	}
	for s := first; ; s = m.Period.Next(s) {
		end := m.Period.Next(s) - 1
		if end >= today {
			return out
		}
		if v, has := sums[s]; has || m.WhenItHappens {
			out = append(out, forecast.Point{Day: int(end), Value: v})
		}
	}
}

// scaleOf chooses the scale on which errors are even, from the bounds and the values.
func scaleOf(m tandem.Metric, points []forecast.Point) forecast.Scale {
	if m.Lo != nil && m.Hi != nil {
		return forecast.Bounded
	}
	whole, positive, negative := true, true, false
	for _, p := range points {
		whole = whole && p.Value == math.Trunc(p.Value)
		positive = positive && p.Value > 0
		negative = negative || p.Value < 0
	}
	switch {
	case negative || len(points) == 0:
		return forecast.Unbounded
	case m.IsRatio(): // never below zero, and no whole numbers even where the first ones are
		return forecast.Positive
	case whole && m.Form != tandem.FormReading:
		return forecast.Count
	case positive:
		return forecast.Positive
	}
	return forecast.Unbounded
}

func periodDays(p tandem.Period) int {
	switch p {
	case tandem.PeriodWeek:
		return 7
	case tandem.PeriodMonth:
		return 30
	case tandem.PeriodQuarter:
		return 91
	case tandem.PeriodYear:
		return 365
	}
	return 1
}

var statusWords = map[forecast.Status]string{forecast.Open: "open", forecast.ReachedForSure: "reached", forecast.LostForSure: "lost", forecast.TooFew: "too_few", forecast.Ended: "ended"}

// IsOpen tells whether there is still something to forecast; IsReached and IsLost whether it is certain.
func (o Outlook) IsOpen() bool    { return o.Forecast.Status == forecast.Open }
func (o Outlook) IsReached() bool { return o.Forecast.Status == forecast.ReachedForSure }
func (o Outlook) IsLost() bool    { return o.Forecast.Status == forecast.LostForSure }

// Snapshot gives what pages keep of the outlook.
func (o Outlook) Snapshot(now tandem.Instant) tandem.Snapshot {
	f := o.Forecast
	s := tandem.Snapshot{Goal: o.Goal.ID, DataVersion: o.Metric.DataVersion, GoalVersion: o.Goal.Version, Day: o.Today, Method: f.Method, Made: now, Values: f.N,
		Status: statusWords[f.Status], Now: f.Now, Expected: tandem.NoDay, LastDay: tandem.NoDay, PaceNeeded: finite(f.PaceNeeded), PaceNow: finite(f.PaceNow)}
	if !math.IsNaN(f.Chance) {
		s.Chance = finite(f.Chance)
	}
	if n := len(f.Steps); n > 0 {
		s.Lo80, s.Hi80 = finite(f.Steps[n-1].Lo80), finite(f.Steps[n-1].Hi80)
	}
	if f.Expected != 0 {
		s.Expected = tandem.Day(f.Expected)
	}
	if n := len(o.Days); n > 0 {
		s.Last, s.LastDay = &o.Days[n-1].Value, o.Days[n-1].Day
	}
	const most = 30
	for i := range min(len(f.Trend), most) {
		k := i
		if len(f.Trend) > most {
			k = i * (len(f.Trend) - 1) / (most - 1)
		}
		s.Spark = append(s.Spark, float32(f.Trend[k].Value))
	}
	return s
}

func finite(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}

// Keep stores what pages keep of an outlook, unless data or goal have changed since it was read, or the
// same snapshot stands already.
func (a *App) Keep(ctx context.Context, by tandem.Actor, o Outlook) (err error) {
	defer tandem.Wrap(&err, "keep snapshot")
	ws := o.Goal.Workspace
	old, err := a.Store.For(by).Snapshot(ctx, ws, o.Goal.ID)
	if err != nil || old != nil && old.Fresh(o.Goal, o.Metric, o.Today) {
		return err
	}
	s := o.Snapshot(a.now())
	return a.Store.InTx(ctx, func(tx Tx) error {
		_, err := tx.For(by).PutSnapshot(ctx, ws, s)
		return err
	})
}

// Refresh renews what pages keep of results, those a value was just logged for.
func (a *App) Refresh(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goals []tandem.GoalID) (err error) {
	defer tandem.Wrap(&err, "refresh")
	for _, id := range goals {
		o, err := a.Outlook(ctx, by, ws, id)
		if err != nil {
			return err
		}
		if err := a.Keep(ctx, by, o); err != nil {
			return err
		}
	}
	return nil
}

// RefreshStale renews at most limit of the actor's own results whose snapshot no longer fits: the work of
// the bounded worker.
func (a *App) RefreshStale(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, limit int) (n int, err error) {
	defer tandem.Wrap(&err, "refresh stale")
	r := a.Store.For(by)
	today, err := a.today(ctx, r)
	if err != nil {
		return 0, err
	}
	stale, err := r.StaleResults(ctx, ws, today, limit)
	if err != nil {
		return 0, err
	}
	return len(stale), a.Refresh(ctx, by, ws, stale)
}
