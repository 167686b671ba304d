package impact

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"
)

// table reads a CSV file of testdata into rows by column name.
func table(t testing.TB, name string) (rows []map[string]string) {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range all[1:] {
		row := map[string]string{}
		for i, h := range all[0] {
			row[h] = r[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// number reads a field, NaN where it is empty.
func number(t testing.TB, s string) float64 {
	t.Helper()
	if s == "" {
		return math.NaN()
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// questions reads the series of testdata, by id.
func questions(t testing.TB) map[string]Question {
	t.Helper()
	out := map[string]Question{}
	series := map[string][3][]float64{}
	for _, r := range table(t, "series.csv") {
		s := series[r["id"]]
		for k, name := range []string{"y", "x", "dose"} {
			s[k] = append(s[k], number(t, r[name]))
		}
		series[r["id"]] = s
	}
	for _, r := range table(t, "meta.csv") {
		s := series[r["id"]]
		q := Question{First: 1, Values: s[0], Effects: []Effect{{Start: int(number(t, r["t0"])), Dose: s[2],
			Shape: map[string]Shape{"step": Step, "ramp": Ramp, "dose": Dosed}[r["shape"]]}}}
		if r["control"] == "1" {
			q.Controls = [][]float64{s[1]}
		}
		out[r["id"]] = q
	}
	return out
}

func TestSameMathematicsAsTheReference(t *testing.T) {
	all := questions(t)
	rows := table(t, "reference.csv")
	if len(rows) != 9 {
		t.Fatalf("%d rows", len(rows))
	}
	for _, r := range rows {
		q := all[r["id"]]
		f := newFrame(&q)
		f.slopes, f.seasons = []scale{{1, 1}}, []scale{{1, 1}}
		var a Answer
		a.Effects = make([]Difference, 1)
		p := f.posterior(&q, &a, newWork(f))
		d, m := &a.Effects[0], p.of(0, newStudent(p.dof))
		d.tell(&q, f, &m)
		width := number(t, r["hi95"]) - number(t, r["lo95"])
		for _, c := range []struct {
			name      string
			got, unit float64
		}{{"effect", d.Mean, width}, {"lo95", d.Lo95, width}, {"hi95", d.Hi95, width}, {"p", d.P, 1}} {
			if want := number(t, r[c.name]); !(math.Abs(c.got-want) <= 1e-5*c.unit) {
				t.Errorf("%s %s: %v, the reference says %v", r["id"], c.name, c.got, want)
			}
		}
	}
}

// The smoother must give what the dense matrices give.
func TestSurprisesAreThoseOfTheDenseMatrix(t *testing.T) {
	values := []float64{.3, -1, math.NaN(), 2, .5, math.NaN(), math.NaN(), -.7, 1.1, 0}
	f := &frame{n: len(values), seen: make([]bool, len(values)), extra: make([]float64, len(values))}
	u := make([]float64, len(values))
	var at []int
	for i, v := range values {
		if f.seen[i] = !math.IsNaN(v); f.seen[i] {
			u[i] = v
			at = append(at, i)
		}
	}
	f.extra[3] = 2
	for _, q := range levelVars {
		for _, rho := range memories {
			k := len(at)
			cov := make([]float64, k*(k+1)/2)
			for i := range k {
				for j := range i + 1 {
					d := float64(at[i] - at[j])
					cov[i*(i+1)/2+j] = q*float64(at[j]+1) + math.Pow(rho, d)
				}
				cov[i*(i+1)/2+i] += f.extra[at[i]]
			}
			want := factor(cov, k)
			x := make([]float64, k)
			for i := range k {
				x[i] = u[at[i]]
			}
			solveLower(cov, k, x)
			solveUpper(cov, k, x)
			vu, diag := f.surprises(q, rho, u)
			for i := range k {
				if math.Abs(vu[at[i]]-x[i]) > 1e-9 || math.Abs(diag[at[i]]-inverseDiagonal(cov, k, i)) > 1e-9 {
					t.Fatalf("q %v rho %v day %d: %v %v, dense %v %v", q, rho, at[i], vu[at[i]], diag[at[i]], x[i], inverseDiagonal(cov, k, i))
				}
			}
			f.c = 1
			f.cols = u
			logdet, _ := f.pass(q, rho, newWork(f))
			if math.Abs(logdet-want) > 1e-9 {
				t.Errorf("q %v rho %v: log determinant %v, dense %v", q, rho, logdet, want)
			}
		}
	}
}

// The shares are those of scipy.stats.t.cdf(-x, dof).
func TestStudentsTIsRight(t *testing.T) {
	for _, c := range []struct{ dof, x, share float64 }{
		{3, 1, 0.19550110947788527}, {3, 20, 0.00013660162512365583}, {10, 2.2281, 0.025001646793237225},
		{163, .37, 0.35593139637510707}, {163, 17, 3.0853579708132134e-38}, {1, 1, .25}, {1, 30, 0.010606402405535424},
		{7300, 3, 0.0013544553857932143},
	} {
		s := newStudent(c.dof)
		got, _ := s.at(-c.x)
		if math.Abs(got-c.share) > 2e-8 || got > 0 && math.Abs(got/c.share-1) > 1e-5 {
			t.Errorf("t with %v below -%v: %v, want %v", c.dof, c.x, got, c.share)
		}
		if up, _ := s.at(c.x); math.Abs(up+got-1) > 1e-15 {
			t.Errorf("t with %v is not even at %v", c.dof, c.x)
		}
	}
}

func TestQuantilesTurnShares(t *testing.T) {
	m := mixture{student: newStudent(30), weight: []float64{.5, .3, .2}, mean: []float64{-3, 0, 40}, se: []float64{.01, 5, 1}}
	for _, q := range []float64{1e-6, .025, .1, .3, .5, .79, .81, .9, .975, 1 - 1e-6} {
		x := m.quantile(q)
		if got, _ := m.below(x); math.Abs(got-q) > 1e-7 {
			t.Errorf("below the quantile of %v lies %v", q, got)
		}
	}
}
