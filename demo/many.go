package demo

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"tandem"
	"tandem/app"
)

// Shape of Many: so many results, each over a number of its own, and so many values written in one
// transaction.
const (
	manyResults = 100
	manyGroup   = 5000
)

// Many makes one more person, Lena, with 100 results and n values in all, to try how the program does with
// much data: each number has its level, its drift and its noise, with values at even distances that end an
// hour ago. The same seed and instant give the same values.
func Many(ctx context.Context, newApp Maker, now time.Time, seed uint64, n int) (Person, error) {
	p := Person{Name: "Lena", Email: "lena@harbour-bikes.example", About: fmt.Sprintf("%d results over %d values", manyResults, n)}
	w := newWalker(ctx, newApp, app.PersonInput{Name: p.Name, Email: p.Email, Lang: "en", Zone: "Europe/Berlin"}, now, rand.New(rand.NewPCG(seed, 1<<32)))
	w.begin()
	w.set(w.today-60, 9, 0)
	each := n / manyResults
	step := min(time.Hour, days*24*time.Hour/time.Duration(each+1))
	for i := range manyResults {
		many := each
		if i < n%manyResults {
			many++
		}
		w.bulky(i, many, step)
	}
	w.finish()
	p.Secret = w.link(p.Email)
	return p, w.err
}

// bulky makes one number with its result and its values.
func (w *walker) bulky(i, many int, step time.Duration) {
	level := 20 + 80*w.rng.Float64()
	drift := level * (0.1 + 0.2*w.rng.Float64())
	metric := w.number(app.MetricInput{Name: fmt.Sprintf("Number %d", i+1)})
	w.result(fmt.Sprintf("Number %d above %.0f", i+1, level+1.1*drift), metric, math.Round(level+1.1*drift), w.today+60, from(math.Round(level)))
	first := w.now.Add(-time.Hour - time.Duration(many)*step)
	for from := 0; from < many; from += manyGroup {
		if w.err != nil {
			return
		}
		group := make([]tandem.Observation, min(manyGroup, many-from))
		for k := range group {
			at := first.Add(time.Duration(from+k+1) * step)
			value := level + drift*float64(from+k)/float64(many) + level*0.05*w.rng.NormFloat64()
			group[k] = tandem.Observation{Metric: metric, At: tandem.InstantOf(at), Day: tandem.DayOf(at, w.zone, 0), Value: math.Round(value*10) / 10, State: tandem.StateValue}
		}
		w.note(w.app.Store.InTx(w.ctx, func(tx app.Tx) error { return w.put(tx, metric, group) }))
	}
}

// put writes a group of values in one transaction.
func (w *walker) put(tx app.Tx, metric tandem.MetricID, group []tandem.Observation) error {
	h := tx.For(w.by)
	if err := h.TouchData(w.ctx, w.ws, metric); err != nil {
		return err
	}
	source, err := h.SourceOf(w.ctx, w.ws, "person", int64(w.by.Person))
	if err != nil {
		return err
	}
	for _, o := range group {
		o.Source = source
		if _, err := h.AddObservation(w.ctx, w.ws, o); err != nil {
			return err
		}
	}
	return nil
}
