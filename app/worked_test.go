package app

import (
	"errors"
	"math"
	"reflect"
	"strings"
	"sync"
	"testing"

	"tandem/analytics/forecast"
	"tandem/analytics/impact"
)

// leaves calls do with a name for every number and truth in a value, each of which it can set.
func leaves(name string, v reflect.Value, do func(name string, leaf reflect.Value)) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			leaves(name+"."+v.Type().Field(i).Name, v.Field(i), do)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			leaves(name+"[]", v.Index(i), do)
		}
	default:
		do(name, v)
	}
}

// TestEverythingThatIsAskedIsInTheFingerprint changes each field of both questions by the least that can be.
func TestEverythingThatIsAskedIsInTheFingerprint(t *testing.T) {
	goal := forecast.Goal{Points: []forecast.Point{{Day: 1, Value: 2}, {Day: 2, Value: 3}}, Off: []forecast.Span{{From: 1, To: 2}}, Lo: math.NaN(), Hi: math.NaN(), Baseline: math.NaN(), Target: 5}
	difference := impact.Question{Values: []float64{1, math.NaN()}, Effects: []impact.Effect{{Start: 1, Dose: []float64{1, 0}}}, Controls: [][]float64{{1, 2}}}
	for _, q := range []reflect.Value{reflect.ValueOf(&goal).Elem(), reflect.ValueOf(&difference).Elem()} {
		before, _ := keyOf("x", q)
		n := 0
		leaves(q.Type().Name(), q, func(name string, leaf reflect.Value) {
			n++
			old := reflect.New(leaf.Type()).Elem()
			old.Set(leaf)
			switch leaf.Kind() {
			case reflect.Float64:
				if leaf.SetFloat(math.Nextafter(old.Float(), math.Inf(1))); math.IsNaN(old.Float()) {
					leaf.SetFloat(0)
				}
			case reflect.Bool:
				leaf.SetBool(!old.Bool())
			case reflect.Int:
				leaf.SetInt(old.Int() + 1)
			case reflect.Uint8, reflect.Uint64:
				leaf.SetUint(old.Uint() + 1)
			default:
				t.Fatalf("%s is a %s, which no fingerprint takes", name, leaf.Kind())
			}
			if after, _ := keyOf("x", q); after == before {
				t.Errorf("%s does not count", name)
			}
			leaf.Set(old)
		})
		if again, _ := keyOf("x", q); again != before {
			t.Error("the same question has another fingerprint")
		}
		if other, _ := keyOf("y", q); other == before {
			t.Error("the engine does not count")
		}
		if n < 12 {
			t.Errorf("only %d fields of a %s", n, q.Type())
		}
	}
	// nothing may move from one field into its neighbour
	one, _ := keyOf("x", reflect.ValueOf([2][]float64{{1, 2}, {3}}))
	if two, _ := keyOf("x", reflect.ValueOf([2][]float64{{1}, {2, 3}})); one == two {
		t.Error("lengths do not count")
	}
}

func TestAnAnswerIsWorkedOutOnceAndWhatWasNotAskedForLongestIsDropped(t *testing.T) {
	runs := 0
	run := func(q [4]float64) (float64, error) {
		runs++
		if q[0] < 0 {
			return 0, errors.New("no answer")
		}
		return q[0] * 2, nil
	}
	_, size := keyOf("x", reflect.ValueOf([4]float64{}))
	w := NewWorked(3 * size)
	ask := func(v float64, want int) {
		t.Helper()
		before := runs
		if a, err := once(w, "x", [4]float64{v}, run); v >= 0 && (a != v*2 || err != nil) {
			t.Errorf("%g: %g, %v", v, a, err)
		}
		if runs-before != want {
			t.Errorf("%g was worked out %d times, want %d", v, runs-before, want)
		}
	}
	ask(1, 1)
	ask(1, 0)
	ask(-1, 1)
	ask(-1, 1) // an error is not kept
	ask(2, 1)
	ask(3, 1)
	ask(1, 0) // now 2 is the one that was not asked for longest
	ask(4, 1)
	ask(1, 0)
	ask(2, 1)
	if w.held > w.most || len(w.byKey) != 3 || w.recent.Len() != 3 {
		t.Errorf("it holds %d of %d bytes, %d answers", w.held, w.most, len(w.byKey))
	}
	w = NewWorked(size - 1)
	ask(1, 1)
	ask(1, 1) // too large to be kept
	w = nil
	ask(1, 1)
}

func TestManyAskAtOnce(t *testing.T) {
	w := NewWorked(1 << 10)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for j := range 500 {
				v := float64((i + j) % 20)
				a, err := once(w, "x", []float64{v}, func(q []float64) (string, error) { return strings.Repeat("a", int(q[0])), nil })
				if len(a) != int(v) || err != nil {
					t.Errorf("%g: %q, %v", v, a, err)
				}
			}
		})
	}
	all.Wait()
}
