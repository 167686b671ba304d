package impact

import (
	"encoding/csv"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"tandem/tandemtest"
)

// californias reads the records of Proposition 99 beside the checkout; none where there are none.
func californias(t testing.TB) (Team, []string) {
	shared := tandemtest.Shared(t)
	if shared == "" {
		return Team{}, nil
	}
	f, err := os.Open(filepath.Join(shared, "data/impact/california_prop99.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	byState := map[string][]float64{}
	var names []string
	for _, row := range rows[1:] {
		v, err := strconv.ParseFloat(row[2], 64)
		if err != nil {
			t.Fatal(err)
		}
		if byState[row[0]] == nil && row[0] != "California" {
			names = append(names, row[0])
		}
		byState[row[0]] = append(byState[row[0]], v)
	}
	slices.Sort(names)
	team := Team{Own: byState["California"], Start: 19}
	for _, n := range names {
		team.Values = append(team.Values, byState[n])
	}
	return team, names
}

func TestProposition99(t *testing.T) {
	team, names := californias(t)
	if names == nil {
		return
	}
	a, err := CompareTeams(team)
	if err != nil {
		t.Fatal(err)
	}
	last := a.Gap[len(a.Gap)-1]
	t.Logf("mean %.2f, 2000 %.2f, fit %.2f, p %.3f", a.Mean, last, a.FitError, a.P)
	if math.Abs(a.Mean+19.5) > .2 || math.Abs(last+26.6) > .3 {
		t.Errorf("mean %.2f and %.2f in 2000, published -19.5 and -26.6", a.Mean, last)
	}
	for state, want := range map[string]float64{"Utah": .397, "Montana": .230, "Nevada": .204, "Connecticut": .109} {
		if got := a.Weights[slices.Index(names, state)]; math.Abs(got-want) > .01 {
			t.Errorf("%s weighs %.3f, want %.3f", state, got, want)
		}
	}
	if math.Abs(a.P-.077) > .001 {
		t.Errorf("placebo share %.3f, want 3 of 39", a.P)
	}
}

func TestAMixIsFound(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 2))
	team := Team{Start: 30, Own: make([]float64, 45)}
	truth := []float64{.5, 0, .3, 0, 0, .2, 0, 0}
	for _, w := range truth {
		level := 50 + 20*rng.Float64()
		row := days(45, func(int) float64 { level += rng.NormFloat64(); return level })
		for i, v := range row {
			team.Own[i] += w * v
		}
		team.Values = append(team.Values, row)
	}
	for i := 30; i < 45; i++ {
		team.Own[i] -= 6
	}
	a, err := CompareTeams(team)
	if err != nil {
		t.Fatal(err)
	}
	for k, w := range truth {
		if math.Abs(a.Weights[k]-w) > 1e-6 {
			t.Errorf("weight %d is %v, true is %v", k, a.Weights[k], w)
		}
	}
	if math.Abs(a.Mean+6) > 1e-6 || a.Rank != 1 || a.Of != 9 || math.Abs(a.P-1./9) > 1e-12 {
		t.Errorf("%+v", a)
	}
	// nothing that moves the weights off the optimum brings less
	at := func(w []float64) (sum float64) {
		for _, g := range gapTo(team.Own, team.Values, w, -1)[:30] {
			sum += g * g
		}
		return sum
	}
	for range 200 {
		i, j := rng.IntN(8), rng.IntN(8)
		w := slices.Clone(a.Weights)
		move := math.Min(w[i], .01*rng.Float64())
		w[i], w[j] = w[i]-move, w[j]+move
		if at(w) < at(a.Weights)-1e-9 {
			t.Fatalf("moving %v from %d to %d brings %v, was %v", move, i, j, at(w), at(a.Weights))
		}
	}
}

func TestOddTeams(t *testing.T) {
	flat := func(v float64) []float64 { return days(20, func(int) float64 { return v }) }
	for _, team := range []Team{
		{Start: 10, Own: flat(1), Values: [][]float64{flat(1), flat(1)}}, {Start: 10, Own: flat(0), Values: [][]float64{flat(0), flat(0), flat(0)}},
		{Start: 2, Own: flat(1e15), Values: [][]float64{flat(-1e15), flat(1e15), flat(0)}}, {Start: 19, Own: flat(3), Values: [][]float64{flat(1), flat(2)}},
	} {
		a, err := CompareTeams(team)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for _, w := range a.Weights {
			if !(w >= 0) {
				t.Errorf("weights %v", a.Weights)
			}
			sum += w
		}
		if math.Abs(sum-1) > 1e-9 || math.IsNaN(a.Mean) || math.IsNaN(a.FitError) || a.Rank < 1 || a.Rank > a.Of {
			t.Errorf("%+v", a)
		}
	}
	for _, bad := range []Team{{}, {Start: 1, Own: flat(1), Values: [][]float64{flat(1), flat(1)}}, {Start: 20, Own: flat(1), Values: [][]float64{flat(1), flat(1)}},
		{Start: 10, Own: flat(1), Values: [][]float64{flat(1), {1}}}, {Start: 10, Own: flat(math.NaN()), Values: [][]float64{flat(1), flat(1)}}} {
		if _, err := CompareTeams(bad); err == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
}

func BenchmarkProposition99(b *testing.B) {
	team, names := californias(b)
	if names == nil {
		return
	}
	for b.Loop() {
		if _, err := CompareTeams(team); err != nil {
			b.Fatal(err)
		}
	}
}
