package impact

import (
	"errors"
	"math"
	"testing"
)

// The table of words, first that fits: under 14 before or 7 after, well supported, likely, maybe, no sign,
// too wide; otherwise within chance.
func TestTheTableOfWords(t *testing.T) {
	type row struct {
		before, after        int
		sure, lo80, hi80     float64
		worth                float64
		randomised, compared bool
		word                 Word
	}
	for _, c := range []row{
		{13, 50, .999, 1, 2, 1, true, true, TooEarly},
		{14, 6, .999, 1, 2, 1, true, true, TooEarly},
		{14, 7, .999, 1, 2, 1, false, false, Likely},
		{14, 7, .975, 1, 2, 1, true, false, WellSupported},
		{14, 7, .974, 1, 2, 1, true, false, Maybe},
		{14, 7, .99, 1, 2, 1, false, true, WellSupported},
		{14, 7, .989, 1, 2, 1, false, true, Maybe},
		{14, 7, .95, .1, .4, 1, false, false, Maybe}, // before no sign
		{14, 7, .95, -9, 9, 1, false, false, Maybe},  // before too wide
		{14, 7, .949, -.9, .9, 1, false, false, NoSign},
		{14, 7, .949, -.9, 1, 1, false, false, WithinChance}, // on the edge is not inside
		{14, 7, .949, -.1, 1.8, 1, false, false, WithinChance},
		{14, 7, .949, -.1, 2, 1, false, false, TooEarly}, // 2.1 wide
		{14, 7, .949, -.1, 2, 0, false, false, WithinChance},
		{14, 7, .5, -.1, .1, 0, false, false, WithinChance},
	} {
		d := Difference{Told: true, Before: c.before, After: c.after, Sure: c.sure, Lo80: c.lo80, Hi80: c.hi80}
		compared := 0
		if c.compared {
			compared = 1
		}
		if got := d.word(&Question{Worth: c.worth, Randomised: c.randomised}, compared); got != c.word {
			t.Errorf("%+v: %v", c, got)
		}
		d.Told = false
		if got := d.word(&Question{Worth: c.worth, Randomised: c.randomised}, compared); got != TooEarly {
			t.Errorf("untold %+v: %v", c, got)
		}
	}
	seen := map[string]bool{}
	for w := TooEarly; w <= WellSupported+1; w++ {
		seen[w.String()] = true
	}
	if len(seen) != 6 {
		t.Errorf("codes %v", seen)
	}
}

func TestLessCanBeBetter(t *testing.T) {
	q := Question{Values: life(11, 160, 90, -2), Effects: []Effect{{Shape: Step, Start: 90}}, Worth: 1}
	if d := answer(t, q).Effects[0]; d.Worthwhile > .05 {
		t.Errorf("a fall is worthwhile by %v where more is better", d.Worthwhile)
	}
	q.Down = true
	if d := answer(t, q).Effects[0]; d.Worthwhile < .8 {
		t.Errorf("a fall of two is worthwhile by %v where less is better", d.Worthwhile)
	}
	q.Worth = 4
	if d := answer(t, q).Effects[0]; d.Worthwhile > .1 {
		t.Errorf("a fall of two is worthwhile by %v where four are asked", d.Worthwhile)
	}
}

func TestBadQuestionsAreNamed(t *testing.T) {
	good := func() Question {
		return Question{Values: life(1, 60, 30, 0), Effects: []Effect{{Shape: Step, Start: 30}}}
	}
	for field, spoil := range map[string]func(*Question){
		"values":   func(q *Question) { q.Values[3] = math.Inf(1) },
		"effects":  func(q *Question) { q.Effects = nil },
		"shape":    func(q *Question) { q.Effects[0].Shape = 9 },
		"dose":     func(q *Question) { q.Effects[0].Dose = []float64{math.NaN()} },
		"controls": func(q *Question) { q.Controls = [][]float64{{1}} },
		"worth":    func(q *Question) { q.Worth = -1 },
		"season":   func(q *Question) { q.Season = -1 },
		"placebos": func(q *Question) { q.Placebos = 1000 },
		"prior":    func(q *Question) { q.Prior[0] = math.NaN() },
	} {
		q := good()
		spoil(&q)
		_, err := Run(q)
		if bad := (BadQuestion{}); !errors.As(err, &bad) || bad.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	q := good()
	q.Effects = []Effect{{Shape: AnyForm, Start: 30}, {Shape: Step, Start: 40}}
	if _, err := Run(q); err == nil {
		t.Error("any form beside another effect")
	}
	if _, err := Run(good()); err != nil {
		t.Error(err)
	}
}

func TestFalseStartsWidenWhatMovesByItself(t *testing.T) {
	widened, tried := 0, 0
	for seed := range uint64(30) {
		a := answer(t, Question{Values: life(seed, 200, 200, 0), Effects: []Effect{{Shape: Step, Start: 120}}, Placebos: 20})
		tried += a.Effects[0].Placebo.Tried
		if a.Effects[0].Placebo.Widened > 1 {
			widened++
		}
	}
	if widened > 9 || tried < 500 {
		t.Errorf("%d of 30 usual series are widened, %d starts tried", widened, tried)
	}
	// a number that swings by itself
	values := life(3, 200, 200, 0)
	for i := range values {
		values[i] += 5 * math.Sin(float64(i)/10)
	}
	q := Question{Values: values, Effects: []Effect{{Shape: Step, Start: 125}}}
	plain := answer(t, q).Effects[0]
	q.Placebos = 20
	d := answer(t, q).Effects[0]
	if d.Placebo.Excluded > 2 {
		if d.Placebo.Widened <= 1 || math.Abs((d.Hi95-d.Lo95)/(plain.Hi95-plain.Lo95)-d.Placebo.Widened) > 1e-6 || math.Abs(d.Mean-plain.Mean) > 1e-9 {
			t.Errorf("%+v, without false starts %+v", d, plain)
		}
	} else {
		t.Errorf("swings are not found: %+v", d.Placebo)
	}
	q.Randomised = true
	if d := answer(t, q).Effects[0]; d.Placebo.Tried > 0 {
		t.Error("a randomised question tries false starts")
	}
}

func TestTheDateToTell(t *testing.T) {
	values := life(21, 80, 80, 0)
	for i := 75; i < 80; i++ {
		values[i] = math.NaN()
	}
	q := Question{First: 1000, Values: values, Effects: []Effect{{Shape: Step, Start: 1074}}}
	if d := answer(t, q).Effects[0]; d.Tell != 0 || d.Word != TooEarly {
		t.Errorf("without a smallest difference: %+v", d)
	}
	last := 0
	for _, worth := range []float64{5, 2.5, 1.8} {
		q.Worth = worth
		d := answer(t, q).Effects[0]
		if d.Word != TooEarly || d.Tell < 1074+6 || d.Tell < last {
			t.Errorf("worth %v: %v, day %d after %d", worth, d.Word, d.Tell, last)
		}
		last = d.Tell
	}
	q.Worth = 1e-6
	if d := answer(t, q).Effects[0]; d.Tell != 0 {
		t.Errorf("next to nothing can be told on day %d", d.Tell)
	}
	// before the start, at pairing: with the values of the past alone
	q = Question{First: 1000, Values: life(22, 60, 60, 0), Effects: []Effect{{Shape: Step, Start: 1070}}, Worth: 3}
	if d := answer(t, q).Effects[0]; d.Word != TooEarly || d.Tell < 1076 || d.Tell > 1200 {
		t.Errorf("at pairing: %+v", d)
	}
	// it holds: of lives with a difference of just that size four in five are told by then, not nearly all
	told, known := 0, 0
	for seed := range uint64(150) {
		all := life(seed+100, 800, 70, .9)
		q := Question{Values: all[:76], Effects: []Effect{{Shape: Step, Start: 70}}, Worth: .9}
		day := answer(t, q).Effects[0].Tell
		if day == 0 || day >= len(all) {
			continue
		}
		known++
		q.Values = all[:day+1]
		if d := answer(t, q).Effects[0]; d.Word >= Maybe && d.Mean > 0 {
			told++
		}
	}
	if known < 70 || told < known*70/100 || told > known*97/100 {
		t.Errorf("%d of %d are told on the day", told, known)
	}
	t.Logf("%d of 150 have a day, %d are told on it", known, told)
}
