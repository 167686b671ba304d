package app

import (
	"context"
	"errors"
	"math"
	"slices"

	"tandem"
	"tandem/analytics/impact"
	"tandem/policy"
)

// surely is from which share of certainty about the direction a randomised pilot counts as well supported.
const surely = .975

// A PilotBlock is a stretch of days of a pilot, with the technique or without, as drawn.
type PilotBlock struct {
	Pair     int        `json:"pair"` // from 1
	From, To tandem.Day `json:"-"`
	On       bool       `json:"on"`
}

// A PilotSeries is one number of a pilot by day, from the view's From on. NaN is a day without a value.
type PilotSeries struct {
	tandem.PilotNumber
	Goal   tandem.PerformanceGoal // zero where it can no longer be seen
	Number tandem.Metric          // zero where it can no longer be seen
	Values []float64
	On     []bool // the technique was to be used
	Counts []bool // not washed out
}

// Lost tells whether the number can no longer be seen.
func (s PilotSeries) Lost() bool { return s.Number.ID == 0 }

// A PilotFigure is what a pilot showed. Everything is the mean a day, in the unit of the number.
type PilotFigure struct {
	Told                         bool // false where nothing could be worked out
	Mean, Lo80, Hi80, Lo95, Hi95 float64
	Sure                         float64 // how sure the direction is
	Worthwhile                   float64 // share beyond the smallest difference worth having
	With, Without                int     // values that count
	Pairs                        int     // with values on both sides; for a stepped start numbers with enough
	Orders                       int     // in which the days could have been drawn; above 14 pairs those drawn to compare
	OrderP                       float64 // share of them in which as much would have shown by chance alone
	Says                         tandem.PilotVerdict
	Made                         bool // it may be said that the technique made a difference
}

// A PilotView is a pilot with all that its page tells. Figure is nil while it runs and before what else
// changed was said: nobody looks at it on the way.
type PilotView struct {
	tandem.Pilot
	Tried       tandem.Technique
	Today       tandem.Day
	From        tandem.Day // first day of the series: that of the plan, or before it for a stepped start
	Series      []PilotSeries
	Blocks      []PilotBlock // of the blocks design
	With        int          // days so far that were to be with the technique
	Without     int
	UsedWithout int    // days without on which it was used
	UsedWith    int    // days with on which it was used; unknown (0) for a stepped start
	Method      string // of the mathematics
	Figure      *PilotFigure
}

// Answered tells whether what else changed was said.
func (v PilotView) Answered() bool { return v.ChangedDay != tandem.NoDay }

// Now gives the block of a day, if there is one.
func (v PilotView) Now(d tandem.Day) (PilotBlock, bool) {
	i := slices.IndexFunc(v.Blocks, func(b PilotBlock) bool { return b.From <= d && d <= b.To })
	if i < 0 || v.Over(d) {
		return PilotBlock{}, false
	}
	return v.Blocks[i], true
}

func impactPlan(p tandem.Pilot) impact.Plan {
	return impact.Plan{First: int(p.First), Pairs: p.Pairs, Days: p.Days, WashOut: p.WashOut, Draw: impact.Draw(p.Draw), Seed: uint64(p.Seed)}
}

// PilotOrders gives among how many orders chance chooses the blocks of a pilot; above 14 pairs no more are counted than
// are drawn to compare with.
func PilotOrders(p tandem.Pilot) int { return impactPlan(p).Orders() }

// PilotBlocks gives the blocks of a pilot as drawn from its seed, none for a stepped start.
func PilotBlocks(p tandem.Pilot) (out []PilotBlock, err error) {
	if p.Design != tandem.PilotBlocks {
		return nil, nil
	}
	first, err := impactPlan(p).OnFirst()
	if err != nil {
		return nil, err
	}
	for i, on := range first {
		for half := range 2 {
			from := p.First + tandem.Day((2*i+half)*p.Days)
			out = append(out, PilotBlock{Pair: i + 1, From: from, To: from + tandem.Day(p.Days) - 1, On: on == (half == 0)})
		}
	}
	return out, nil
}

// PilotPage gives a pilot with its days and, once it is over and what else changed was said, its figure.
// It runs outside any transaction.
func (a *App) PilotPage(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.PilotID) (v PilotView, err error) {
	defer tandem.Wrap(&err, "pilot page")
	r := a.Store.For(by)
	if v.Pilot, err = pilotFor(ctx, r, by, ws, id, policy.Read); err != nil {
		return v, err
	}
	if v.Tried, err = r.Technique(ctx, ws, v.Technique); err != nil {
		return v, err
	}
	if v.Today, err = a.today(ctx, r); err != nil {
		return v, err
	}
	if v.Blocks, err = PilotBlocks(v.Pilot); err != nil {
		return v, err
	}
	v.From, v.Method = v.First, impact.Method
	if v.Design == tandem.PilotStepped {
		v.From -= pilotHistory
	}
	pauses, err := r.Pauses(ctx, ws)
	if err != nil {
		return v, err
	}
	for _, n := range v.Numbers {
		s, err := v.series(ctx, r, by, n, pauses[int64(n.Result)])
		if err != nil {
			return v, err
		}
		v.Series = append(v.Series, s)
	}
	uses, err := r.Uses(ctx, ws, v.First, min(v.End(), v.Today))
	if err != nil {
		return v, err
	}
	v.count(uses)
	if v.Over(v.Today) && v.Answered() {
		v.Figure, err = v.figure()
	}
	return v, err
}

// series lays out one number over the days of the pilot that are over.
func (v PilotView) series(ctx context.Context, r Reads, by tandem.Actor, n tandem.PilotNumber, pauses []tandem.Span) (s PilotSeries, err error) {
	s.PilotNumber = n
	m, err := r.Metric(ctx, v.Workspace, n.Metric)
	if tandem.KindOf(err) == tandem.KindNotFound {
		return s, nil
	}
	if err != nil {
		return s, err
	}
	if err := may(by, policy.Read, policy.Resource{Kind: policy.Observation, Workspace: v.Workspace, Owner: m.Owner, Visibility: m.Visibility}); err != nil {
		return s, err
	}
	s.Number = m
	g, err := r.Goal(ctx, v.Workspace, n.Result)
	if err != nil && tandem.KindOf(err) != tandem.KindNotFound {
		return s, err
	}
	s.Goal, _ = g.(tandem.PerformanceGoal)
	last := v.Today
	if m.Form != tandem.FormReading { // what adds up counts once its day is over
		last--
	}
	last = min(last, v.End())
	obs, err := r.Observations(ctx, v.Workspace, n.Metric, v.From, last)
	if err != nil {
		return s, err
	}
	o := Outlook{Goal: s.Goal, Metric: m, Pauses: pauses}
	for _, x := range obs {
		if x.State != tandem.StateValue {
			o.SkipDays = append(o.SkipDays, x.Day)
		}
	}
	days := m.DayRule.Days(obs)
	begun := v.First // a day without an entry may be zero from here on
	values := map[tandem.Day]float64{}
	for _, d := range days {
		values[d.Day], begun = d.Value, min(begun, d.Day)
	}
	for d := v.From; d <= last; d++ {
		y, has := values[d]
		switch {
		case has:
		case m.Form != tandem.FormReading && m.WhenItHappens && d >= begun && !slices.Contains(o.SkipDays, d):
			y = 0
		default:
			y = math.NaN()
		}
		if o.off(d, d) {
			y = math.NaN()
		}
		on, counts := d >= n.Start, true
		if v.Design == tandem.PilotBlocks {
			i := int(d-v.First) / v.Days
			on, counts = v.Blocks[i].On, d-v.Blocks[i].From >= tandem.Day(v.WashOut)
		}
		s.Values, s.On, s.Counts = append(s.Values, y), append(s.On, on), append(s.Counts, counts)
	}
	return s, nil
}

// count counts the days with and without so far, and those on which it went otherwise than drawn. Nobody
// is to be told off by it: the days count as they were drawn.
func (v *PilotView) count(uses []tandem.Use) {
	used := map[tandem.Day]bool{}
	early := map[tandem.PilotNumber]map[tandem.Day]bool{}
	for _, u := range uses {
		if u.Technique != v.Technique {
			continue
		}
		used[u.Day] = true
		for _, n := range v.Numbers {
			if u.Metric == n.Metric && u.Day < n.Start {
				if early[n] == nil {
					early[n] = map[tandem.Day]bool{}
				}
				early[n][u.Day] = true
			}
		}
	}
	if v.Design == tandem.PilotStepped {
		for _, days := range early {
			v.UsedWithout += len(days)
		}
		return
	}
	for _, b := range v.Blocks {
		for d := b.From; d <= min(b.To, v.End(), v.Today); d++ {
			switch {
			case b.On:
				v.With++
				if used[d] {
					v.UsedWith++
				}
			default:
				v.Without++
				if used[d] {
					v.UsedWithout++
				}
			}
		}
	}
}

// figure works out what the pilot showed; nothing is told where the values are beyond any number.
func (v PilotView) figure() (*PilotFigure, error) {
	f := &PilotFigure{Says: tandem.PilotUnclear, OrderP: 1}
	if slices.ContainsFunc(v.Series, PilotSeries.Lost) {
		return f, nil
	}
	var err error
	if v.Design == tandem.PilotStepped {
		err = v.stepped(f)
	} else {
		err = v.blocks(f)
	}
	if errors.As(err, new(impact.BadQuestion)) {
		return &PilotFigure{Says: tandem.PilotUnclear, OrderP: 1}, nil
	}
	return f, err
}

func says(x impact.Verdict) tandem.PilotVerdict {
	return [...]tandem.PilotVerdict{tandem.PilotUnclear, tandem.PilotKeep, tandem.PilotDrop}[x]
}

// blocks asks the engine about a pilot of blocks. It is told from 4 pairs with values on both sides.
func (v PilotView) blocks(f *PilotFigure) error {
	s := v.Series[0]
	a, err := impact.RunPilot(impactPlan(v.Pilot), s.Values, v.Worth, s.Number.Direction == tandem.Down, impact.Prior{})
	if err != nil {
		return err
	}
	f.Mean, f.Lo80, f.Hi80, f.Lo95, f.Hi95, f.Sure, f.Worthwhile = a.Mean, a.Lo80, a.Hi80, a.Lo95, a.Hi95, a.Sure, a.Worthwhile
	f.Without, f.With, f.Pairs, f.Orders, f.OrderP, f.Says = a.Before, a.After, a.Pairs, a.Orders, a.OrderP, says(a.Verdict)
	f.Told = a.Told && a.Before >= FewestBefore && a.After >= FewestAfter && a.Pairs >= tandem.FewestPairs
	f.Made = f.Told && a.Pairs >= tandem.EnoughPairs && a.Sure >= surely
	return nil
}

// stepped asks the engine about a stepped start. It is told from 4 numbers with enough values on both
// sides of their start.
func (v PilotView) stepped(f *PilotFigure) error {
	q := impact.Stepped{First: int(v.From), Worth: v.Worth, Seed: uint64(v.Seed)}
	longest := 0
	for _, s := range v.Series {
		longest = max(longest, len(s.Values))
	}
	for _, s := range v.Series {
		q.Down = s.Number.Direction == tandem.Down
		q.Starts = append(q.Starts, int(s.Start))
		values := slices.Clone(s.Values)
		for len(values) < longest {
			values = append(values, math.NaN())
		}
		q.Values = append(q.Values, values)
	}
	a, err := impact.RunStepped(q)
	if err != nil {
		return err
	}
	p := a.Pooled
	f.Mean, f.Lo80, f.Hi80, f.Lo95, f.Hi95, f.Sure, f.Worthwhile = p.Mean, p.Lo80, p.Hi80, p.Lo95, p.Hi95, p.Sure, p.Worthwhile
	for _, x := range a.People {
		f.Without += x.Before
		f.With += x.After
	}
	f.Pairs, f.Orders, f.OrderP = p.People, a.Orders, a.OrderP
	f.Told = p.Told && p.People >= tandem.FewestPairs
	if f.Told {
		f.Says = says(a.Verdict)
	}
	f.Made = f.Told && p.People >= tandem.FewestStarts && p.Sure >= surely
	return nil
}

// pilotsToday gives what chance drew for today.
func pilotsToday(ctx context.Context, r Reads, ws tandem.WorkspaceID, d dayData) (out []TodayPilot, err error) {
	all, err := r.Pilots(ctx, ws)
	if err != nil {
		return nil, err
	}
	for _, p := range all {
		if p.Verdict != "" || d.today < p.First && p.Stopped == tandem.NoDay {
			continue
		}
		x := TodayPilot{Pilot: p.ID, Technique: p.Technique, Over: p.Over(d.today), Until: p.Last(), Numbers: len(p.Numbers), Stepped: p.Design == tandem.PilotStepped}
		if i := slices.IndexFunc(d.technique, func(t tandem.Technique) bool { return t.ID == p.Technique }); i >= 0 {
			x.Name = d.technique[i].Name
		}
		for _, n := range p.Numbers {
			if n.Start <= d.today {
				x.Begun++
			}
		}
		blocks, err := PilotBlocks(p)
		if err != nil {
			return nil, err
		}
		if b, ok := (PilotView{Pilot: p, Blocks: blocks}).Now(d.today); ok {
			x.With, x.Until = b.On, b.To
			x.Week = p.Days == 7 && tandem.PeriodWeek.Start(b.From) == b.From
		}
		out = append(out, x)
	}
	return out, nil
}
