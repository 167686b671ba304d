package impact

import "math"

// A Verdict is what a pilot says about going on. Adapting is the person's own choice and never said.
type Verdict uint8

const (
	Unclear Verdict = iota // neither; more pairs would tell
	Keep                   // at least 80 % sure of a difference worth having
	Drop                   // at most 20 %
)

// String gives the code.
func (v Verdict) String() string { return [...]string{"unclear", "keep", "drop"}[min(v, Drop)] }

const (
	keepFrom      = .8
	dropTo        = .2
	fewestPairs   = 4
	mostPairs     = 100
	mostBlockDays = 60
)

// A Plan is a pilot of something that can be switched on and off: pairs of blocks of days, and in each
// pair chance decides which comes first.
type Plan struct {
	First   int    // day number of the first day
	Pairs   int    // at least 4; 6 are usual
	Days    int    // of a block; 0 reads 7
	WashOut int    // first days of a block that do not count, when what was on is still felt; under Days
	Draw    Draw   // stored with the pilot: among which orders chance chooses
	Seed    uint64 // stored with the pilot; it fixes the order
}

func (p *Plan) days() int {
	if p.Days == 0 {
		return 7
	}
	return p.Days
}

func (p *Plan) check() error {
	if p.Pairs < fewestPairs || p.Pairs > mostPairs {
		return BadQuestion{"pairs"}
	}
	if p.days() < 1 || p.days() > mostBlockDays || p.WashOut < 0 || p.WashOut >= p.days() {
		return BadQuestion{"days"}
	}
	if p.Draw > FewTurns {
		return BadQuestion{"draw"}
	}
	return nil
}

// These keep the draws of different uses of one seed apart.
const (
	pilotStream = 0x70696c6f74
	orderStream = 0x6f72646572
	startStream = 0x7374617274
)

// A PilotAnswer is what a pilot showed.
type PilotAnswer struct {
	Difference         // on less off, per day; Word is of a randomised question
	Pairs      int     // with values in both blocks
	Orders     int     // orders that could have been drawn; above 14 pairs those drawn for OrderP
	OrderP     float64 // share of all orders in which as much would have shown if nothing made a difference
	Verdict    Verdict
}

// RunPilot analyses a finished or running pilot: values by day since plan.First, NaN for none. The
// difference comes from the same engine as Run, with the day being on as the effect; OrderP is the exact
// randomisation test over the orders that plan.Draw allows, or over drawn ones above 14 pairs (Fisher 1935).
func RunPilot(plan Plan, values []float64, worth float64, down bool, prior Prior) (PilotAnswer, error) {
	onFirst, err := plan.OnFirst()
	if err != nil {
		return PilotAnswer{}, err
	}
	days := plan.days()
	on, used := make([]float64, len(values)), make([]float64, len(values))
	for t, v := range values {
		used[t] = math.NaN()
		pair, within := t/(2*days), t%(2*days)
		if pair >= plan.Pairs {
			continue
		}
		if (within < days) == onFirst[pair] {
			on[t] = 1
		}
		if within%days >= plan.WashOut {
			used[t] = v
		}
	}
	q := Question{First: plan.First, Values: used, Effects: []Effect{{Shape: Given, Start: plan.First, Dose: on}},
		Worth: worth, Down: down, Prior: prior, Randomised: true}
	answer, err := Run(q)
	if err != nil {
		return PilotAnswer{}, err
	}
	a := PilotAnswer{Difference: answer.Effects[0]}
	diffs := pairDifferences(used, on, plan.Pairs, days)
	for _, d := range diffs {
		if !math.IsNaN(d) {
			a.Pairs++
		}
	}
	a.OrderP, a.Orders = plan.orderP(diffs, onFirst)
	switch {
	case a.Before < fewestBefore || a.After < fewestAfter || a.Pairs < fewestPairs || !a.Told:
		a.Word = TooEarly
	case a.Worthwhile >= keepFrom:
		a.Verdict = Keep
	case a.Worthwhile <= dropTo:
		a.Verdict = Drop
	}
	return a, nil
}

// pairDifferences gives mean on less mean off of each pair, NaN where one of them has no value.
func pairDifferences(values, on []float64, pairs, days int) []float64 {
	out := make([]float64, pairs)
	for p := range out {
		var sum, n [2]float64
		for t := 2 * p * days; t < min(2*(p+1)*days, len(values)); t++ {
			if v := values[t]; !math.IsNaN(v) {
				sum[int(on[t])] += v
				n[int(on[t])]++
			}
		}
		out[p] = sum[1]/n[1] - sum[0]/n[0]
	}
	return out
}
