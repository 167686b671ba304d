package impact

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"tandem/tandemtest"
)

// californias reads the records of Proposition 99 beside the checkout.
func californias(t testing.TB) (Team, []string) {
	shared := tandemtest.Shared(t)
	if shared == "" {
		t.Skip("needs the shared records")
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

func BenchmarkProposition99(b *testing.B) {
	team, _ := californias(b)
	for b.Loop() {
		if _, err := CompareTeams(team); err != nil {
			b.Fatal(err)
		}
	}
}
