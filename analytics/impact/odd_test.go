package impact

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"tandem/analytics/odd"
)

// sane fails the test when a figure of the answer is no number, or not what the fields promise.
func sane(t *testing.T, a Answer) {
	t.Helper()
	ok := func(name string, v float64) {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			t.Errorf("%s is %v", name, v)
		}
	}
	ok("noise", a.Noise)
	ok("memory", a.Memory)
	ok("wander", a.Wander)
	for _, v := range a.Likelihood {
		ok("likelihood", v)
	}
	for i, d := range a.Effects {
		for k, v := range []float64{d.Mean, d.Lo80, d.Hi80, d.Lo95, d.Hi95, d.P, d.Sure, d.Worthwhile, d.Unit, d.Placebo.Widened} {
			ok(fmt.Sprintf("effect %d figure %d", i, k), v)
		}
		if !(d.Lo95 <= d.Lo80 && d.Lo80 <= d.Hi80 && d.Hi80 <= d.Hi95) {
			t.Errorf("ranges cross: %v", d)
		}
		if d.P < 0 || d.P > 1 || d.Sure < .5 || d.Sure > 1 || d.Worthwhile < 0 || d.Worthwhile > 1 || d.Placebo.Widened < 1 {
			t.Errorf("shares outside: %v", d)
		}
		shares := 0.0
		for _, l := range d.Lags {
			shares += l.Share
		}
		if len(d.Lags) > 0 && math.Abs(shares-1) > 1e-9 {
			t.Errorf("shares add up to %v", shares)
		}
	}
}

// days makes n values by their index.
func days(n int, f func(i int) float64) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = f(i)
	}
	return out
}

func TestOddSeriesHaveAnAnswer(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	noise := days(400, func(int) float64 { return rng.NormFloat64() })
	for _, o := range odd.All() {
		values := o.Values
		if len(values) == odd.Years20 {
			continue // below, with fewer questions
		}
		t.Run(o.Name, func(t *testing.T) {
			dose := days(len(values), func(i int) float64 { return float64(max(i-60, 0) % 3) })
			for _, effects := range [][]Effect{
				{{Shape: Step, Start: 60}}, {{Shape: Step, Start: 60, Late: true}}, {{Shape: Ramp, Start: 60}},
				{{Shape: Dosed, Start: 60, Dose: dose, Saturates: true}}, {{Shape: Dosed, Start: 60}},
				{{Shape: Given, Dose: dose}}, {{Shape: AnyForm, Start: 60}},
				{{Shape: Step, Start: -400}}, {{Shape: Step, Start: 4000}}, {{Shape: Step, Start: 1 << 50}}, {{Shape: Ramp, Start: -1 << 50}}, {{Shape: AnyForm, Start: -3}}, {{Shape: AnyForm, Start: 4000}},
				{{Shape: Step, Start: 60}, {Shape: Step, Start: 60}}, // cannot be told apart
				{{Shape: Step, Start: 50}, {Shape: Ramp, Start: 60}, {Shape: Dosed, Start: 70, Dose: dose}},
			} {
				for k, controls := range [][][]float64{nil, {values}, {make([]float64, len(values)), noise[:len(values)], dose}} {
					a, err := Run(Question{Values: values, Effects: effects, Controls: controls, Worth: float64(1 - min(k, 1)), Placebos: 20 * (1 - min(k, 1))})
					if err != nil {
						t.Fatal(err)
					}
					sane(t, a)
					for _, d := range a.Effects {
						if (d.Before < 14 || d.After < 7) && d.Word != TooEarly {
							t.Errorf("%d before and %d after are told as %q", d.Before, d.After, d.Word)
						}
					}
				}
			}
		})
	}
}

func TestTwentyYearsHaveAnAnswer(t *testing.T) {
	dose := days(odd.Years20, func(i int) float64 { return float64(i % 2) })
	for _, o := range odd.All() {
		if len(o.Values) != odd.Years20 {
			continue
		}
		for _, start := range []int{7000, 3000} {
			for _, e := range []Effect{{Shape: Step, Start: start}, {Shape: Dosed, Start: start, Dose: dose}} {
				a, err := Run(Question{Values: o.Values, Effects: []Effect{e}})
				if err != nil {
					t.Fatal(err)
				}
				sane(t, a)
			}
		}
	}
}

// FuzzRun feeds any numbers: there must be an answer without a NaN and no panic, the same twice. A single question can
// take a tenth of a second where the fuzzer watches, most of it for the day when a difference could be told, which is
// looked for over years ahead. So most questions are short and ask for one dear thing at a time: what is left of the
// shape's byte chooses which, how far apart the values lie, and, rarely, a long series.
func FuzzRun(f *testing.F) {
	f.Add([]byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 200, 0, 0, 0, 255, 255}, 5, uint8(0), uint8(1))
	f.Add([]byte("a long time of nothing much and then a difference"), 20, uint8(1), uint8(200))
	for dear := range uint8(8) {
		f.Add([]byte("each shape and each dear thing once"), 15, 5*dear+dear%5, 30*dear)
	}
	f.Add([]byte("values that lie weeks apart"), 100, uint8(5*8*5), uint8(7))
	f.Fuzz(func(t *testing.T, data []byte, start int, shape, scale uint8) {
		dear, apart, most := shape/5%8, 1+int(shape)/40*3, 72
		if shape == 254 || shape == 255 {
			apart, most = 1, 400
		}
		data = data[:min(len(data), max(most/apart, 12))]
		unit := math.Pow(10, float64(int(scale)%28-15))
		values, dose := days(len(data)*apart, func(int) float64 { return math.NaN() }), make([]float64, len(data)*apart)
		for i, b := range data {
			switch {
			case b%16 == 15:
			case b%16 == 14:
				values[i*apart] = 1e15 * float64(int(b>>4)-8) / 8
			default:
				values[i*apart] = unit * float64(int8(b))
			}
			dose[i*apart] = math.Abs(float64(int8(b)))
		}
		q := Question{Values: values, Season: int(scale) % 12, Down: scale%2 == 0, Randomised: scale%7 == 0,
			Effects: []Effect{{Shape: Shape(shape % 5), Start: start, Late: scale%3 == 0, Saturates: scale%5 == 0, Dose: dose}}}
		if dear == 0 {
			q.Worth = unit
		}
		if dear == 1 {
			q.Placebos = int(scale % 9)
		}
		if dear == 2 && q.Effects[0].Shape != AnyForm {
			q.Effects = append(q.Effects, Effect{Shape: Shape(scale % 4), Start: start - int(scale)/8, Dose: dose})
		}
		if scale%4 == 0 {
			q.Controls = [][]float64{dose}
		}
		a, err := Run(q)
		if err != nil {
			t.Fatal(err)
		}
		sane(t, a)
		if dear != 3 {
			return
		}
		if b, err := Run(q); err != nil || !reflect.DeepEqual(a, b) {
			t.Errorf("two answers: %+v, %+v", a, b)
		}
	})
}

// A delay that no value follows could have any difference; it must not make the whole answer say that.
func TestADelayThatNoValueFollowsIsNotWeighed(t *testing.T) {
	for _, shape := range []Shape{Step, Ramp} {
		q := Question{Season: 7, Worth: 1, Effects: []Effect{{Shape: shape, Start: 60}}}
		for i := range 80 {
			v := math.NaN()
			if i < 69 { // nine values after the start, then none
				v = 10 + math.Sin(float64(i)*1.7)
			}
			q.Values = append(q.Values, v)
		}
		plain, err := Run(q)
		if err != nil {
			t.Fatal(err)
		}
		q.Effects[0].Late = true
		late, err := Run(q)
		if err != nil {
			t.Fatal(err)
		}
		a, b := plain.Effects[0], late.Effects[0]
		if wide, was := b.Hi95-b.Lo95, a.Hi95-a.Lo95; !(wide < 5*was) {
			t.Errorf("shape %d: the range is %v wide instead of %v", shape, wide, was)
		}
		for _, l := range b.Lags {
			if l.Delay == 14 {
				t.Errorf("shape %d: a delay of 14 days has the share %v", shape, l.Share)
			}
		}
	}
}
