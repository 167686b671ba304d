package main

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"

	"tandem/analytics/impact"
	"tandem/cli"
)

// These are how much of everything the board runs.
const (
	freshSeeds   = 10 // of the simulator, 400 series each
	watchedNulls = 2000
	realWindows  = 3 // draws of windows from the real daily series
)

// impactBoard prints the scoreboard of the impact engine. Shared is the folder with the data and tools.
func impactBoard(shared string, w io.Writer) error {
	dir := filepath.Join(shared, "data", "impact")
	set, err := seededSet(dir)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\n## Difference since the learning\n\nMethod %q. Errors in noise sd; fp = false positives, big = effects of 1.5 sd and more.\n", impact.Method)
	fmt.Fprint(w, "\n### The seeded set (400 series)\n\n")
	head(w)
	published(w)
	groups(w, set)
	var fresh []judged
	for seed := range uint64(freshSeeds) {
		for _, s := range simulate(400, 100+seed) {
			fresh = append(fresh, judge(&s))
		}
	}
	fmt.Fprintf(w, "\n### Fresh series of the simulator (%d seeds of 400)\n\n", freshSeeds)
	head(w)
	groups(w, fresh)
	fmt.Fprint(w, "\n### Harder than the simulator\n\nThe same series with a steady trend over the window, or with strong weekends, added: no effect of anything.\n\n")
	head(w)
	for _, h := range harder() {
		line(w, h.name, tally(hardened(h.add), nil))
	}
	if err := realBoard(shared, w); err != nil {
		return err
	}
	if err := dipBoard(w); err != nil {
		return err
	}
	fmt.Fprint(w, "\n### Two learning goals at once\n\nA second starts halfway between the first and the end; in every second pair of series it brings 1.5 sd.\n\n")
	head(w)
	first, second := together(400)
	line(w, "the first", tally(first, nil))
	line(w, "the second, a step", tally(second, nil))
	fmt.Fprint(w, "\n### False starts tried first (20, and ranges widened where they show something)\n\n")
	head(w)
	var widened []judged
	for _, s := range simulate(400, 100) {
		s.q.Placebos = 20
		widened = append(widened, judge(&s))
	}
	line(w, "with false starts", tally(widened, nil))
	line(w, "same, without", tally(fresh[:400], nil))
	watchBoard(w)
	pilotBoard(w)
	if err := teamBoard(dir, w); err != nil {
		return err
	}
	return classicBoard(dir, w)
}

// judge runs the engine on a simulated series and times it.
func judge(s *simulated) judged {
	from := cli.CPUMillis()
	a, err := impact.Run(s.q)
	if err != nil {
		panic(err) // the series are made here
	}
	d := a.Effects[0]
	return judged{truth: s.size, estimate: d.Mean / s.noise, lo: d.Lo95 / s.noise, hi: d.Hi95 / s.noise, p: d.P,
		size: s.size, shape: s.shape, control: s.control, ms: cli.CPUMillis() - from}
}

func head(w io.Writer) {
	fmt.Fprint(w, "| | n | fp % | power % | big % | coverage 95 % | bias | RMSE | width | interval score | CPU ms | p95 |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n")
}

// published prints the rows of the peers as the shared scoreboard has them (section 2a).
func published(w io.Writer) {
	fmt.Fprint(w, `| before/after t-test, published | 400 | 63.0 | 84.0 | | 41.0 | -0.12 | 1.20 | 0.91 | 20.78 | 1.4 | |
| segmented regression, published | 400 | 24.5 | 71.0 | | 77.5 | -0.03 | 0.68 | 1.44 | 4.80 | 3.6 | |
| unobserved components, published | 350 | 8.6 | 53.7 | | 89.7 | 0.08 | 0.66 | 2.05 | 4.03 | 63 | |
| reference in numpy, published | 400 | 5.5 | 63.5 | 87.5 | 94.8 | 0.00 | 0.54 | 1.95 | 2.72 | 12.3 | |
`)
}

func line(w io.Writer, name string, t tallied) {
	share := func(v float64) string {
		if math.IsNaN(v) {
			return ""
		}
		return fmt.Sprintf("%.1f", 100*v)
	}
	bias := ""
	if !math.IsNaN(t.bias) {
		bias = fmt.Sprintf("%.3f", t.bias)
	}
	fmt.Fprintf(w, "| %s | %d | %s | %s | %s | %.1f | %s | %.3f | %.2f | %.3f | %.2f | %.2f |\n", name, t.n, share(t.falsePositives), share(t.power), share(t.bigPower),
		100*t.cover, bias, t.rmse, t.width, t.interval, t.ms, t.ms95)
}

func groups(w io.Writer, all []judged) {
	line(w, "**all**", tally(all, nil))
	for i, name := range []string{"step", "ramp", "dose"} {
		line(w, name, tally(all, func(j *judged) bool { return j.shape == impact.Shape(i) }))
	}
	line(w, "with a comparison series", tally(all, func(j *judged) bool { return j.control }))
	line(w, "without", tally(all, func(j *judged) bool { return !j.control }))
	for _, size := range []float64{.5, 1, 1.5, 2} {
		line(w, fmt.Sprintf("effects of %g sd", size), tally(all, func(j *judged) bool { return math.Abs(j.size) == size }))
	}
}

// seededSet runs the shared simulated set through the filter, as the neutral scorer would.
func seededSet(dir string) (all []judged, err error) {
	series, err := os.Open(filepath.Join(dir, "impact_series.csv.gz"))
	if err != nil {
		return nil, err
	}
	defer series.Close()
	meta, err := os.ReadFile(filepath.Join(dir, "impact_meta.csv"))
	if err != nil {
		return nil, err
	}
	var out, ms bytes.Buffer
	if err := cli.ImpactFilter(series, bytes.NewReader(meta), &out, &ms, cli.ImpactOptions{}); err != nil {
		return nil, err
	}
	truth, err := os.ReadFile(filepath.Join(dir, "impact_truth.csv"))
	if err != nil {
		return nil, err
	}
	var noise []float64 // sd of each series
	if err := tableRows(bytes.NewReader(truth), ',', func(r *row) { noise = append(noise, r.number("noise_sd")) }); err != nil {
		return nil, err
	}
	all = make([]judged, len(noise))
	for _, t := range []struct {
		from io.Reader
		use  func(r *row, j *judged, sd float64)
	}{
		{bytes.NewReader(truth), func(r *row, j *judged, sd float64) { j.truth, j.size = r.number("effect")/sd, r.number("size_sd") }},
		{bytes.NewReader(meta), func(r *row, j *judged, _ float64) {
			j.shape = map[string]impact.Shape{"step": impact.Step, "ramp": impact.Ramp, "dose": impact.Dosed}[r.text("shape")]
			j.control = r.text("control") == "1"
		}},
		{&out, func(r *row, j *judged, sd float64) {
			j.estimate, j.lo, j.hi, j.p = r.number("effect")/sd, r.number("lo95")/sd, r.number("hi95")/sd, r.number("p")
		}},
		{&ms, func(r *row, j *judged, _ float64) { j.ms = r.number("ms") }},
	} {
		i := 0 // the four tables have one order
		err := tableRows(t.from, ',', func(r *row) {
			if i < len(all) {
				t.use(r, &all[i], noise[i])
			}
			i++
		})
		if err == nil && i != len(all) {
			err = fmt.Errorf("%d series in one table, %d in another", len(all), i)
		}
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

func watchBoard(w io.Writer) {
	all := watch(watchedNulls, 4, impact.Prior{})
	per := func(n, of int) float64 { return 100 * float64(n) / float64(of) }
	fmt.Fprintf(w, "\n### Watched every week (%d series without an effect, weeks %d to %d since the start)\n\n", all.of, firstLook, watchWeeks)
	fmt.Fprintf(w, "| | one look %% | ever %% | asked: ever %% |\n|---|--:|--:|--:|\n| maybe or stronger | %.1f | %.1f | 15 |\n| likely or stronger | %.1f | %.1f | 5 |\n",
		per(all.maybes, all.looks), per(all.maybeEver, all.of), per(all.likelies, all.looks), per(all.likelyEver, all.of))
}

// A harder set has something added to the simulator's series, by day, length and noise sd.
type harderSet struct {
	name string
	add  func(i, n, k int) float64
}

func harder() []harderSet {
	trend := func(sd float64) func(i, n, k int) float64 {
		return func(i, n, k int) float64 { return sd * float64(1-2*(k/2%2)) * float64(i) / float64(n) }
	}
	return []harderSet{
		{"as it is", trend(0)}, {"trend of 3 sd", trend(3)}, {"trend of 10 sd", trend(10)}, {"trend of 30 sd", trend(30)}, {"trend of 100 sd", trend(100)},
		{"weekends 12 sd lower", func(i, _, _ int) float64 { return map[bool]float64{true: -12, false: 0}[i%7 > 4] }},
	}
}

// together adds a second effect to the simulator's series and asks about both jointly.
func together(n int) (first, second []judged) {
	for k, s := range simulate(n, 600) {
		q := s.q
		start := (q.Effects[0].Start + len(q.Values)) / 2
		size := 1.5 * float64(k/2%2)
		for i := start - 1; i < len(q.Values); i++ {
			q.Values[i] += size * s.noise
		}
		q.Effects = append(q.Effects, impact.Effect{Shape: impact.Step, Start: start})
		from := cli.CPUMillis()
		a, err := impact.Run(q)
		if err != nil {
			panic(err) // the series are made here
		}
		took := cli.CPUMillis() - from
		for i, truth := range []float64{s.size, size} {
			d := a.Effects[i]
			j := judged{truth: truth, estimate: d.Mean / s.noise, lo: d.Lo95 / s.noise, hi: d.Hi95 / s.noise, p: d.P, size: truth, ms: took}
			if i == 0 {
				first = append(first, j)
			} else {
				second = append(second, j)
			}
		}
	}
	return first, second
}

func hardened(add func(i, n, k int) float64) (all []judged) {
	for k, s := range simulate(1600, 300) {
		for i := range s.q.Values {
			s.q.Values[i] += s.noise * add(i, len(s.q.Values), k)
		}
		all = append(all, judge(&s))
	}
	return all
}
