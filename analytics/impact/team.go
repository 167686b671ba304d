package impact

import (
	"math"
	"slices"
)

// A Team is one team's number beside those of comparable teams that did not start: rows of equal length,
// one entry a period, all known. Start is the first period since.
type Team struct {
	Values [][]float64 // the others
	Own    []float64
	Start  int
}

// A TeamAnswer compares the team with the mix of the others that was most like it before the start.
type TeamAnswer struct {
	Weights  []float64 // of the others, not negative, adding up to 1
	Gap      []float64 // own less mix, for each period
	Mean     float64   // mean gap per period since the start
	FitError float64   // root mean square gap before the start
	Rank     int       // 1 when no other team, treated as if it had started, stands out more
	Of       int       // teams compared, the own one included
	P        float64   // Rank / Of: chance of standing out so much when nothing happened
}

const mostTeams = 500

// CompareTeams finds the mix (the synthetic control of Abadie, Diamond and Hainmueller 2010 on the outcome
// alone) and ranks the team among placebos in space: each other team is
// treated as if it had started, and the ratio of its error since to its error before is compared.
func CompareTeams(t Team) (TeamAnswer, error) {
	n := len(t.Own)
	switch {
	case len(t.Values) < 2 || len(t.Values) > mostTeams:
		return TeamAnswer{}, BadQuestion{"values"}
	case t.Start < 2 || t.Start >= n:
		return TeamAnswer{}, BadQuestion{"start"}
	}
	for _, row := range append([][]float64{t.Own}, t.Values...) {
		if len(row) != n {
			return TeamAnswer{}, BadQuestion{"values"}
		}
		for _, v := range row {
			if !(math.Abs(v) <= largest) {
				return TeamAnswer{}, BadQuestion{"values"}
			}
		}
	}
	a := TeamAnswer{Of: len(t.Values) + 1, Rank: 1}
	inner := newProducts(append([][]float64{t.Own}, t.Values...), t.Start)
	a.Weights = inner.mix(0, -1)
	a.Gap = gapTo(t.Own, t.Values, a.Weights, -1)
	before, since := errorsOf(a.Gap, t.Start)
	a.FitError = before
	for _, v := range a.Gap[t.Start:] {
		a.Mean += v / float64(n-t.Start)
	}
	own := ratio(before, since)
	for k := range t.Values {
		w := inner.mix(k+1, 0)
		w = slices.Delete(w, 0, 1) // the own team is no control for the others
		b, s := errorsOf(gapTo(t.Values[k], t.Values, w, k), t.Start)
		if ratio(b, s) >= own {
			a.Rank++
		}
	}
	a.P = float64(a.Rank) / float64(a.Of)
	return a, nil
}

func gapTo(own []float64, others [][]float64, w []float64, without int) []float64 {
	gap := slices.Clone(own)
	for k, row := range others {
		if k == without || w[k] == 0 {
			continue
		}
		for t, v := range row {
			gap[t] -= float64(w[k] * v)
		}
	}
	return gap
}

// errorsOf gives the root mean squares before the start and since.
func errorsOf(gap []float64, start int) (before, since float64) {
	for t, v := range gap {
		if t < start {
			before += float64(v * v)
		} else {
			since += float64(v * v)
		}
	}
	return math.Sqrt(before / float64(start)), math.Sqrt(since / float64(len(gap)-start))
}

func ratio(before, since float64) float64 { return since / math.Max(before, 1e-300) }
