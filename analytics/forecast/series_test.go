package forecast

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"tandem/analytics/odd"
)

// plain asks for a forecast of values without anything else known.
func plain(ahead int, values ...float64) Series {
	return Series{Values: values, Ahead: ahead, Lo: math.NaN(), Hi: math.NaN(), Scale: Positive, Rule: Once}
}

func TestASeriesAndAGoalHaveOneEngine(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 1))
	y := wander(rng, 70)
	s := plain(14, y...)
	s.Season, s.Step, s.Track = 7, Daily, true
	a, err := RunSeries(s)
	if err != nil {
		t.Fatal(err)
	}
	g := goal(0, y...)
	g.Scale, g.Today, g.Deadline, g.Target = Positive, 70, 83, 50
	b, err := Run(g)
	if err != nil || len(b.Steps) != 14 {
		t.Fatal(err, len(b.Steps))
	}
	for k, step := range b.Steps {
		step.Day = k + 1
		if step != a.Steps[k] {
			t.Errorf("step %d: %+v, as a goal %+v", k+1, a.Steps[k], step)
		}
	}
	if a.Track != b.Track || a.Track.Of != 20 {
		t.Errorf("track %+v, as a goal %+v", a.Track, b.Track)
	}
}

func TestMissingValuesAtTheEndMakeRangesWider(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 2))
	y := wander(rng, 50)
	whole, err := RunSeries(plain(5, y...))
	if err != nil {
		t.Fatal(err)
	}
	late, err := RunSeries(plain(2, append(append([]float64{math.NaN()}, y...), math.NaN(), math.NaN(), math.NaN())...))
	if err != nil || late.N != 50 {
		t.Fatal(err)
	}
	for k := range 2 {
		want := whole.Steps[k+3]
		want.Day = k + 1
		if late.Steps[k] != want {
			t.Errorf("after three missing values %+v, want %+v", late.Steps[k], want)
		}
	}
}

func TestTargetsOfASeriesAreJudgedByTheRule(t *testing.T) {
	s := Series{Season: 1}
	path := []float64{1, 5, 2, 4, 6, 3}
	for _, c := range []struct {
		rule     Rule
		season   int
		up, down float64
	}{{Once, 1, 6, 1}, {ByTotal, 1, 21, 21}, {AtEnd, 1, 13.0 / 3, 13.0 / 3}, {AtEnd, 4, 15.0 / 4, 15.0 / 4}, {Held, 1, 3, 5}} {
		s.Rule, s.Season = c.rule, c.season
		up, down := s.judged(path)
		near(t, "up", up, c.up, 1e-12)
		near(t, "down", down, c.down, 1e-12)
	}
}

func TestOneOrTwoValuesAreAGuess(t *testing.T) {
	for _, values := range [][]float64{{10}, {10, 12}} {
		s := plain(4, values...)
		s.Targets = []SeriesTarget{{10, Up}, {20, Up}, {0, Down}, {1000, Up}}
		f, err := RunSeries(s)
		if err != nil || !f.Guess || f.N != len(values) || len(f.Steps) != 4 {
			t.Fatal(f, err)
		}
		c := f.Chances
		if c[0] < .5 || c[1] < .02 || c[1] > .5 || c[3] > .5 || len(values) == 2 && c[3] > c[1] {
			t.Errorf("%v: %v", values, c)
		}
	}
	if f, err := RunSeries(plain(4, math.NaN())); err != nil || f.N != 0 || f.Steps != nil || f.Chances != nil {
		t.Error("no value has an answer", f, err)
	}
}

func TestNonsenseSeriesAreRefused(t *testing.T) {
	with := func(change func(*Series)) Series { s := plain(3, 1, 2, 3); change(&s); return s }
	for name, s := range map[string]Series{
		"nothing ahead":     with(func(s *Series) { s.Ahead = 0 }),
		"a season of 13":    with(func(s *Series) { s.Season = 13 }),
		"an endless value":  with(func(s *Series) { s.Values[1] = math.Inf(1) }),
		"an endless target": with(func(s *Series) { s.Targets = []SeriesTarget{{math.Inf(1), Up}} }),
		"a band":            with(func(s *Series) { s.Targets = []SeriesTarget{{1, Within}} }),
		"kept":              with(func(s *Series) { s.Rule = Kept }),
	} {
		if _, err := RunSeries(s); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

// soundSeries reports what an answer shows that it must never show.
func soundSeries(t *testing.T, s Series) {
	t.Helper()
	f, err := RunSeries(s)
	if err != nil {
		t.Fatal(err)
	}
	if f.N > 0 && (len(f.Steps) != s.Ahead || len(f.Chances) != len(s.Targets)) {
		t.Fatalf("%d steps, %d chances", len(f.Steps), len(f.Chances))
	}
	for _, x := range f.Steps {
		last := math.Inf(-1)
		for _, v := range []float64{x.Lo95, x.Lo80, x.Lo50, x.Mean, x.Hi50, x.Hi80, x.Hi95} {
			if math.IsNaN(v) || math.IsInf(v, 0) || v < last {
				t.Fatalf("step %+v", x)
			}
			last = v
		}
	}
	for _, p := range f.Chances {
		if !(p > 0 && p < 1) {
			t.Fatalf("chance %v", p)
		}
	}
	again, _ := RunSeries(s)
	if !reflect.DeepEqual(f, again) {
		t.Fatal("two runs differ")
	}
}

func FuzzSeries(f *testing.F) {
	f.Add([]byte{1, 2, 3, 250, 7, 0, 0, 9}, uint8(7), uint8(5), uint8(1), 10.0)
	f.Add([]byte{5, 5, 5, 5}, uint8(12), uint8(1), uint8(3), 1e15)
	f.Add([]byte{200}, uint8(0), uint8(30), uint8(2), -1e-9)
	f.Fuzz(func(t *testing.T, raw []byte, season, ahead, kind uint8, size float64) {
		if len(raw) > 400 || math.IsNaN(size) || math.Abs(size) > 1e15 {
			return
		}
		s := Series{Season: int(season) % (maxSeason + 1), Ahead: int(ahead)%40 + 1, Step: Calendar(kind % 6), Scale: Scale(kind / 6 % 4),
			Lo: math.NaN(), Hi: math.NaN(), Rule: []Rule{Once, ByTotal, AtEnd, Held}[kind/24%4], Track: true}
		if s.Scale == Bounded {
			s.Lo, s.Hi = min(0, 255*size), max(0, 255*size)
		}
		for _, b := range raw {
			v := float64(b) * size
			if b == 255 {
				v = math.NaN()
			}
			s.Values = append(s.Values, v)
		}
		s.Targets = []SeriesTarget{{100 * size, Up}, {-size, Down}}
		soundSeries(t, s)
	})
}

func TestOddSeriesOnAGrid(t *testing.T) {
	nan := math.NaN()
	for _, o := range odd.All() {
		for _, season := range []int{1, 7, 12} {
			for _, rule := range []Rule{Once, ByTotal, AtEnd, Held} {
				s := Series{Values: o.Values, Season: season, Ahead: 14, Step: Daily, Scale: Positive, Lo: nan, Hi: nan, Rule: rule, Track: true,
					Targets: []SeriesTarget{{55, Up}, {-1e15, Down}}}
				t.Run(o.Name, func(t *testing.T) { soundSeries(t, s) })
			}
		}
	}
}
