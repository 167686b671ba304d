package tandem

import "math/bits"

// A MicroGoal is a small promise counted over its whole period: "15 minutes, 5 days of 7", "4 a week",
// "at most 2 a day". It has exactly one metric, whose observations are its ticks and skips, and neither
// target nor deadline.
//
// A day counts as done when its value reaches Amount. Times days (Amount > 0) or, with Amount 0, the
// sum Times are asked for each Period. RestDays is a bit set of weekdays (bit 0 = Sunday) on which
// nothing is asked. Pauses are stretches in which nothing counts.
type MicroGoal struct {
	Workspace WorkspaceID `json:"workspace"`
	ID        MicroGoalID `json:"id"`
	Goal      GoalID      `json:"goal"` // 0: alone
	Owner     PersonID    `json:"owner"`
	Metric    MetricID    `json:"metric"`
	Title     string      `json:"title"`
	Amount    float64     `json:"amount"`
	Times     float64     `json:"times"`
	AtMost    bool        `json:"at_most"`
	Period    Period      `json:"period"`
	RestDays  uint8       `json:"rest_days"`
	Start     Day         `json:"start"`
	Pauses    []Span      `json:"pauses"`
	Archived  bool        `json:"archived"`
	Version   int64       `json:"version"`
	Created   Instant     `json:"created"`
	ShowDays  bool        `json:"show_days"` // its owner wants to see "n of the last 28 days"
}

// Validate names every field that cannot be accepted.
func (g MicroGoal) Validate() error {
	var es Errors
	checkTitle(&es, "title", g.Title, "title_missing")
	checkNumber(&es, "amount", &g.Amount)
	checkNumber(&es, "times", &g.Times)
	checkOneOf(&es, "period", g.Period, PeriodDay, PeriodWeek, PeriodMonth)
	if g.Times <= 0 && !g.AtMost || g.Times < 0 || g.Amount < 0 {
		es.Add("times", "times_range", nil)
	}
	if g.Amount > 0 && g.Period == PeriodWeek && int(g.Times) > 7-bits.OnesCount8(g.RestDays&0x7f) {
		es.Add("times", "more_days_than_week", Args{"times": g.Times, "days": 7 - bits.OnesCount8(g.RestDays&0x7f)})
	}
	return es.Err()
}

// Rests tells whether nothing is asked on d: a rest day, or a day of a pause.
func (g MicroGoal) Rests(d Day) bool {
	return g.RestDays&(1<<uint(d.Weekday())) != 0 || g.Paused(d)
}

// Tick is what one tick adds: the amount that makes a day done, 1 where there is none.
func (g MicroGoal) Tick() float64 {
	if g.Amount > 0 {
		return g.Amount
	}
	return 1
}

// A Tally is how a micro-goal stands in one period.
type Tally struct {
	From      Day     `json:"from"` // the period, both included
	To        Day     `json:"to"`
	Done      float64 `json:"done"`  // days done, or the sum
	Asked     float64 `json:"asked"` // what the period asks, lowered by whole pauses, skips and days that did not apply
	Today     bool    `json:"today"` // today is done (Amount > 0: its amount is there; else: something is there)
	TodaySum  float64 `json:"today_sum"`
	Kept      bool    `json:"kept"` // asked is reached; at most: not exceeded
	DoneDays  []Day   `json:"done_days"`
	Remaining float64 `json:"remaining"`
}

// TallyOn counts the period that holds today from obs, the metric's observations of that period. Days
// of a pause, skips and days that did not apply lower what is asked in proportion, never what was done;
// rest days are already part of what is asked.
func (g MicroGoal) TallyOn(today Day, obs []Observation) Tally {
	t := Tally{From: g.Period.Start(today), To: g.Period.Next(today) - 1}
	sums := map[Day]float64{}
	excused := map[Day]bool{}
	for _, o := range obs {
		if o.Day < t.From || o.Day > t.To {
			continue
		}
		if o.State == StateValue {
			sums[o.Day] += o.Value
		} else {
			excused[o.Day] = true
		}
	}
	open, counted := 0, 0
	for d := t.From; d <= t.To; d++ {
		if v, has := sums[d]; has && v > 0 {
			if g.Amount == 0 {
				t.Done += v
				t.DoneDays = append(t.DoneDays, d)
			} else if v >= g.Amount {
				t.Done++
				t.DoneDays = append(t.DoneDays, d)
			}
		}
		if g.RestDays&(1<<uint(d.Weekday())) != 0 {
			continue
		}
		open++
		if !g.Rests(d) && !excused[d] && d >= g.Start {
			counted++
		}
	}
	t.Asked = g.Times
	if open > 0 && counted < open && !g.AtMost {
		share := g.Times * float64(counted) / float64(open)
		if g.Amount > 0 {
			share = float64(int(share + 0.5))
		}
		t.Asked = share
	}
	t.TodaySum = sums[today]
	t.Today = t.TodaySum > 0 && t.TodaySum >= g.Amount
	t.Kept = t.Done >= t.Asked
	if g.AtMost {
		t.Kept = t.Done <= t.Asked
	}
	t.Remaining = max(t.Asked-t.Done, 0)
	return t
}

// Paused tells whether d lies in a pause.
func (g MicroGoal) Paused(d Day) bool {
	for _, p := range g.Pauses {
		if d >= p.From && (p.To == NoDay || d <= p.To) {
			return true
		}
	}
	return false
}
