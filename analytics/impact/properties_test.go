package impact

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

func answer(t testing.TB, q Question) Answer {
	t.Helper()
	a, err := Run(q)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// life makes n days of a wandering number with noise, weekdays and gaps, and an effect of size from start.
func life(seed uint64, n, start int, size float64) []float64 {
	rng := rand.New(rand.NewPCG(seed, 99))
	level := 20.0
	return days(n, func(i int) float64 {
		level += .05 * rng.NormFloat64()
		v := level + rng.NormFloat64() + .5*float64(i%7%2)
		if i >= start {
			v += size
		}
		if rng.Float64() < .1 {
			return math.NaN()
		}
		return v
	})
}

// figures gives the figures that are in the unit of the values.
func figures(d Difference) []float64 {
	return []float64{d.Mean, d.Lo80, d.Hi80, d.Lo95, d.Hi95, d.Unit}
}

// near wants got = factor × want + shift, within a share of the width of the range.
func near(t *testing.T, what string, got, want []float64, factor, shift float64) {
	t.Helper()
	width := math.Abs(factor) * (want[4] - want[3])
	for i := range got {
		if expected := want[i]*factor + shift; !(math.Abs(got[i]-expected) <= 1e-6*width) {
			t.Errorf("%s: figure %d is %v, want %v", what, i, got[i], expected)
		}
	}
}

func TestUnitsAndZeroPointDoNotMatter(t *testing.T) {
	for _, id := range []string{"I001", "I007", "I011", "I014"} {
		q := questions(t)[id]
		want := answer(t, q).Effects[0]
		for _, c := range []struct{ factor, shift float64 }{{1000, 0}, {1e-9, 0}, {1, 1e6}, {3, -50}} {
			p := q
			p.Values = days(len(q.Values), func(i int) float64 { return q.Values[i]*c.factor + c.shift })
			got := answer(t, p).Effects[0]
			near(t, id, figures(got), figures(want), c.factor, 0)
			if math.Abs(got.P-want.P) > 1e-6 || got.Word != want.Word {
				t.Errorf("%s × %v + %v: p %v, was %v", id, c.factor, c.shift, got.P, want.P)
			}
		}
		p := q
		p.Values = days(len(q.Values), func(i int) float64 { return -q.Values[i] })
		got, f := answer(t, p).Effects[0], figures(want)
		near(t, id+" upside down", []float64{-got.Mean, -got.Hi80, -got.Lo80, -got.Hi95, -got.Lo95, -got.Unit}, f, 1, 0)
	}
}

func TestAnAddedEffectShiftsTheDifference(t *testing.T) {
	for _, q := range []Question{
		{Values: life(1, 160, 0, 0), Effects: []Effect{{Shape: Step, Start: 90}}},
		{Values: life(2, 160, 0, 0), Effects: []Effect{{Shape: AnyForm, Start: 90}}},
		{Values: life(3, 160, 0, 0), Effects: []Effect{{Shape: Given, Dose: days(160, func(i int) float64 { return float64(i / 7 % 2) })}}},
	} {
		want := figures(answer(t, q).Effects[0])
		for _, size := range []float64{-3, .4, 20} {
			p := q
			p.Values = days(160, func(i int) float64 {
				v := q.Values[i]
				if q.acts(0, i) {
					v += size
				}
				return v
			})
			got := figures(answer(t, p).Effects[0])
			near(t, "added", got[:5], want[:5], 1, size)
		}
	}
}

func TestAPlannedSlopeOrStrongWeekendIsNoEffect(t *testing.T) {
	for name, add := range map[string]func(i int) float64{
		"slope":   func(i int) float64 { return float64(i) / 3 },
		"weekend": func(i int) float64 { return map[bool]float64{true: -30, false: 0}[i%7 > 4] },
	} {
		told, width := 0, 0.0
		for seed := range uint64(60) {
			base := life(seed, 150, 0, 0)
			q := Question{Values: days(150, func(i int) float64 { return base[i] + add(i) }), Effects: []Effect{{Shape: Step, Start: 80}}}
			d := answer(t, q).Effects[0]
			if d.P < .05 {
				told++
			}
			width += (d.Hi95 - d.Lo95) / 60
		}
		if told > 8 || width > 4 {
			t.Errorf("%s: %d of 60 tell a difference that is none, ranges %.1f wide", name, told, width)
		}
	}
}

func TestDayNumbersDoNotMatter(t *testing.T) {
	q := Question{Values: life(4, 150, 80, 2), Effects: []Effect{{Shape: Ramp, Start: 80, Late: true}}, Worth: 1, Placebos: 20}
	want := answer(t, q)
	q.First, q.Effects = 20000, []Effect{{Shape: Ramp, Start: 20080, Late: true}}
	got := answer(t, q)
	if want.Effects[0].Tell > 0 {
		want.Effects[0].Tell += 20000
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, was %+v", got, want)
	}
}

func TestAPauseTakesNothingButTime(t *testing.T) {
	// four weeks without values, before or since: the difference stays near, the range does not shrink much
	base := life(5, 170, 90, 2)
	want := answer(t, Question{Values: base, Effects: []Effect{{Shape: Step, Start: 90}}}).Effects[0]
	for _, from := range []int{0, 30, 89, 90, 130, 170} {
		values := slices.Insert(slices.Clone(base), from, days(28, func(int) float64 { return math.NaN() })...)
		start := 90
		if from < 90 {
			start += 28
		}
		got := answer(t, Question{Values: values, Effects: []Effect{{Shape: Step, Start: start}}}).Effects[0]
		if got.Before != want.Before || got.After != want.After {
			t.Fatalf("pause at %d: %d and %d values, were %d and %d", from, got.Before, got.After, want.Before, want.After)
		}
		if math.Abs(got.Mean-want.Mean) > .5*(want.Hi95-want.Lo95)/2 || got.Hi95-got.Lo95 < .9*(want.Hi95-want.Lo95) {
			t.Errorf("pause at %d: %.2f [%.2f, %.2f], was %.2f [%.2f, %.2f]", from, got.Mean, got.Lo95, got.Hi95, want.Mean, want.Lo95, want.Hi95)
		}
	}
}

func TestSameInputSameBits(t *testing.T) {
	for id, q := range questions(t) {
		q.Placebos, q.Worth = 20, 1
		values := slices.Clone(q.Values)
		a, b := answer(t, q), answer(t, q)
		if !reflect.DeepEqual(a, b) {
			t.Errorf("%s: two answers", id)
		}
		for i := range values {
			if math.Float64bits(values[i]) != math.Float64bits(q.Values[i]) {
				t.Fatalf("%s: the question was changed", id)
			}
		}
	}
}

func TestSeveralEffectsAreToldApart(t *testing.T) {
	dose := days(240, func(i int) float64 { return map[bool]float64{true: 30, false: 0}[i >= 150 && i%3 > 0] })
	carried := fade(dose, 240, 4)
	truth := []float64{3, .1 * meanFrom(carried, 150)}
	var values []float64
	inside, likely, unit := 0, 0, 0.0
	for seed := range uint64(40) {
		values = life(seed, 240, 80, truth[0])
		for i := range values {
			values[i] += .1 * carried[i]
		}
		a := answer(t, Question{Values: values, Effects: []Effect{{Shape: Step, Start: 80}, {Shape: Dosed, Start: 150, Dose: dose}}})
		for i, d := range a.Effects {
			if truth[i] >= d.Lo95 && truth[i] <= d.Hi95 {
				inside++
			}
			if d.Word >= Likely {
				likely++
			}
		}
		unit += a.Effects[1].Unit / 40
	}
	if inside < 70 || likely < 70 {
		t.Errorf("of 80 true differences %d lie in their ranges and %d are told as likely", inside, likely)
	}
	if math.Abs(unit-.1) > .01 {
		t.Errorf("%.3f for a unit of dose, true is .1", unit)
	}
	// two that start together cannot be told apart, and neither is told
	q := Question{Values: values, Worth: 1, Effects: []Effect{{Shape: Step, Start: 80}, {Shape: Step, Start: 80}}}
	for _, d := range answer(t, q).Effects {
		if d.Word != TooEarly || d.Hi80-d.Lo80 < 100 {
			t.Errorf("one of two that start together: %+v", d)
		}
	}
}

func TestASteadyDoseComesToItself(t *testing.T) {
	for _, lag := range lagDays {
		g := fade(days(400, func(int) float64 { return 30 }), 400, lag)
		if math.Abs(g[399]-30) > 1e-6 || g[0] != 0 || math.Abs(g[lag]-30*(1-math.Exp(-1))) > 1e-9 {
			t.Errorf("lag %d: %v after the lag, %v at the end", lag, g[lag], g[399])
		}
	}
	g := []float64{0, 10, 20, 30, 40}
	saturate(g)
	if g[0] != 0 || math.Abs(g[3]-.5) > 1e-12 || g[4]-g[3] >= g[2]-g[1] {
		t.Errorf("more does not bring less and less: %v", g)
	}
}

func TestAComparisonSeriesNarrowsTheRange(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 8))
	level := 0.0
	x := days(160, func(int) float64 { level += .5 * rng.NormFloat64(); return level })
	base := life(7, 160, 90, 1.5)
	values := days(160, func(i int) float64 { return base[i] + 2*x[i] })
	q := Question{Values: values, Effects: []Effect{{Shape: Step, Start: 90}}}
	without := answer(t, q).Effects[0]
	q.Controls = [][]float64{x}
	a := answer(t, q)
	with := a.Effects[0]
	if a.Controls != 1 || with.Hi95-with.Lo95 > .7*(without.Hi95-without.Lo95) || with.Lo95 > 1.5 || with.Hi95 < 1.5 {
		t.Errorf("with %v, without %v", with, without)
	}
	if with.Sure >= .99 && with.Word != WellSupported {
		t.Errorf("%v sure with a comparison series is %v", with.Sure, with.Word)
	}
	q.Controls = [][]float64{days(160, func(i int) float64 {
		if i < 100 {
			return math.NaN()
		}
		return x[i]
	})}
	if a := answer(t, q); a.Controls != 0 {
		t.Error("a comparison series without most of its days is used")
	}
	// ten that have nothing to do with it cost little
	q = Question{Values: base, Effects: []Effect{{Shape: Step, Start: 90}}}
	without = answer(t, q).Effects[0]
	for range 10 {
		q.Controls = append(q.Controls, days(160, func(int) float64 { return rng.NormFloat64() }))
	}
	if with = answer(t, q).Effects[0]; with.Hi95-with.Lo95 > 1.3*(without.Hi95-without.Lo95) {
		t.Errorf("ten useless series: range %v, was %v", with.Hi95-with.Lo95, without.Hi95-without.Lo95)
	}
}
