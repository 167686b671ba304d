package forecast

import (
	"fmt"
	"math"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"tandem/analytics/odd"
)

// sound reports what a forecast shows that it must never show.
func sound(f Forecast) error {
	check := func(what string, vs ...float64) error {
		for _, v := range vs {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return fmt.Errorf("%s is %v", what, v)
			}
		}
		return nil
	}
	chanceless := f.Status == TooFew || f.Status == Ended
	if chanceless != math.IsNaN(f.Chance) || f.Chance < 0 || f.Chance > 1 {
		return fmt.Errorf("status %v with chance %v", f.Status, f.Chance)
	}
	if err := check("now, pace or share", f.Now, f.PaceNow, f.PaceNeeded, f.ReachedShare); err != nil {
		return err
	}
	if math.IsInf(f.PaceFor80, 0) {
		return fmt.Errorf("pace for 80 is %v", f.PaceFor80)
	}
	for _, p := range f.Trend {
		if err := check("trend", p.Value); err != nil {
			return err
		}
	}
	last := math.MinInt
	for _, s := range f.Steps {
		if err := check("step", s.Mean, s.Lo50, s.Hi50, s.Lo80, s.Hi80, s.Lo95, s.Hi95); err != nil {
			return err
		}
		if s.Lo95 > s.Lo80 || s.Lo80 > s.Lo50 || s.Lo50 > s.Mean || s.Mean > s.Hi50 || s.Hi50 > s.Hi80 || s.Hi80 > s.Hi95 {
			return fmt.Errorf("ranges not nested: %+v", s)
		}
		if s.Day <= last {
			return fmt.Errorf("step days do not ascend: %d after %d", s.Day, last)
		}
		last = s.Day
	}
	if len(f.Steps) > 60 {
		return fmt.Errorf("%d steps", len(f.Steps))
	}
	reached := 0
	for _, e := range f.Endings {
		if err := check("ending", e.Value); err != nil {
			return err
		}
		if e.Reached {
			reached++
		}
	}
	if !chanceless && reached != int(math.Round(20*f.Chance)) {
		return fmt.Errorf("%d endings reach at chance %v", reached, f.Chance)
	}
	return nil
}

func anyGoal(t *rapid.T) Goal {
	g := Goal{
		Seed: rapid.Uint64().Draw(t, "seed"), Form: rapid.SampledFrom([]Form{Reading, Total, Rate}).Draw(t, "form"),
		Scale: rapid.SampledFrom([]Scale{Unbounded, Positive, Bounded, Count}).Draw(t, "scale"),
		Lo:    math.NaN(), Hi: math.NaN(), Baseline: math.NaN(),
		WhenItHappens: rapid.Bool().Draw(t, "happens"), Period: rapid.SampledFrom([]int{0, 1, 7, 30}).Draw(t, "period"),
		Rule:      rapid.SampledFrom([]Rule{ByTotal, Once, AtEnd, Held, Kept}).Draw(t, "rule"),
		Direction: rapid.SampledFrom([]Direction{Up, Down, Within}).Draw(t, "direction"),
		Target:    rapid.Float64Range(-50, 300).Draw(t, "target"),
		TargetLo:  rapid.Float64Range(-5, 5).Draw(t, "lo"), TargetHi: rapid.Float64Range(5, 20).Draw(t, "hi"),
		AtMost: rapid.Bool().Draw(t, "at most"),
	}
	if g.Scale == Bounded {
		g.Lo, g.Hi = 0, 100
	}
	day, gap := 0, rapid.IntRange(1, 9).Draw(t, "gap")
	least := rapid.SampledFrom([]float64{-20, 0, 1}).Draw(t, "least")
	for range rapid.IntRange(0, 60).Draw(t, "n") {
		day += rapid.IntRange(1, gap).Draw(t, "days")
		v := rapid.Float64Range(least, 30).Draw(t, "value")
		if g.Scale == Count || rapid.IntRange(0, 3).Draw(t, "whole") == 0 {
			v = math.Round(v)
		}
		g.Points = append(g.Points, Point{day, v})
	}
	g.Start = rapid.IntRange(-5, max(day, 1)).Draw(t, "start")
	g.Today = max(day+rapid.IntRange(-10, 20).Draw(t, "since"), g.Start)
	g.Deadline = max(g.Today+rapid.IntRange(-5, 150).Draw(t, "left"), g.Start)
	return g
}

func TestAnyGoalHasASoundAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := anyGoal(t)
		f, err := Run(g)
		if err != nil {
			t.Fatal(err)
		}
		if err := sound(f); err != nil {
			t.Fatal(err)
		}
		if n := len(f.Steps); n > 0 && f.Steps[n-1].Day != g.Deadline {
			t.Fatalf("the last step is on day %d, the deadline %d", f.Steps[n-1].Day, g.Deadline)
		}
		if v, reached := Reached(g); math.IsNaN(v) || f.Status == ReachedForSure && !reached && g.Rule != Kept {
			t.Fatalf("reached for sure, yet judged %v %v", v, reached)
		}
	})
}

func TestTheSameGoalGivesTheSameBits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := anyGoal(t)
		a, _ := Run(g)
		b, _ := Run(g)
		if fmt.Sprintf("%x", reflect.ValueOf(a)) != fmt.Sprintf("%x", reflect.ValueOf(b)) {
			t.Fatal("two runs differ")
		}
	})
}

// chanceOf reads a chance that is always a number: too few values promise nothing.
func chanceOf(t *rapid.T, g Goal) float64 {
	f, err := Run(g)
	if err != nil {
		t.Fatal(err)
	}
	if math.IsNaN(f.Chance) {
		return 0
	}
	return f.Chance
}

func TestAHarderTargetNeverRaisesTheChance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := anyGoal(t)
		harder := g
		by := rapid.Float64Range(0, 50).Draw(t, "by")
		harder.Target += by
		if g.AtMost || g.Direction == Down {
			harder.Target = g.Target - by
		}
		harder.TargetLo += by / 10
		harder.TargetLo = min(harder.TargetLo, harder.TargetHi)
		if a, b := chanceOf(t, g), chanceOf(t, harder); b > a {
			t.Fatalf("chance %v, harder %v", a, b)
		}
	})
}

func TestTimeOffNeverLowersPaceOrChance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := anyGoal(t)
		for range rapid.IntRange(0, 3).Draw(t, "off before") {
			from := rapid.IntRange(0, 300).Draw(t, "from")
			g.Off = append(g.Off, Span{from, from + rapid.IntRange(0, 40).Draw(t, "long")})
		}
		more := g
		from := rapid.IntRange(0, 300).Draw(t, "more from")
		more.Off = append(append([]Span{}, g.Off...), Span{from, from + rapid.IntRange(0, 60).Draw(t, "more long")})
		a, _ := Run(g)
		b, _ := Run(more)
		if b.Chance < a.Chance || b.PaceNow < a.PaceNow && g.Direction == Up && !g.AtMost {
			t.Fatalf("chance %v and pace %v, with more time off %v and %v", a.Chance, a.PaceNow, b.Chance, b.PaceNow)
		}
	})
}

func TestTimeOffHelpsATotalThatRested(t *testing.T) {
	g := goal(0)
	g.Form, g.Rule, g.WhenItHappens = Total, ByTotal, true
	for day := range 60 {
		if day < 46 {
			g.Points = append(g.Points, Point{day, 2 + float64(day%3)})
		}
	}
	g.Today, g.Deadline, g.Target = 60, 90, 200
	plain, _ := Run(g)
	g.Off = []Span{{46, 59}}
	off, _ := Run(g)
	if off.Chance < plain.Chance+.1 || off.PaceNow <= plain.PaceNow {
		t.Errorf("chance %v and pace %v, with the rest planned %v and %v", plain.Chance, plain.PaceNow, off.Chance, off.PaceNow)
	}
}

func TestATotalWithoutNegativesIsNeverExpectedBelowItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := anyGoal(t)
		g.Form = Total
		for i, p := range g.Points {
			g.Points[i].Value = math.Abs(p.Value)
		}
		f, _ := Run(g)
		for _, s := range f.Steps {
			if s.Lo95 < f.Now {
				t.Fatalf("day %d from %v, now %v", s.Day, s.Lo95, f.Now)
			}
		}
	})
}

func TestOddSeries(t *testing.T) {
	for number, o := range odd.All() {
		for form := range Rate + 1 {
			for rule := range Kept + 1 {
				g := goal(1000)
				for i, v := range o.Values {
					if !math.IsNaN(v) {
						g.Points = append(g.Points, Point{g.Start + i, v})
					}
				}
				g.Form, g.Rule, g.Target, g.Seed = form, rule, 60, 1
				g.Scale = Scale(number+int(rule)) % 4
				g.WhenItHappens = rule%2 == 0
				g.Today = g.Start + len(o.Values)
				g.Deadline = g.Today + 90
				f, err := Run(g)
				if err == nil {
					err = sound(f)
				}
				if err != nil {
					t.Errorf("%s, form %d, rule %d: %v", o.Name, form, rule, err)
				}
			}
		}
	}
}

func TestFarDeadlinesHaveAnAnswer(t *testing.T) {
	for _, left := range []int{1, 400, 5000, 3_000_000} {
		for form := range Rate + 1 {
			g := goal(0, 3, 4, 6, 5, 7, 8, 9, 9, 10, 12, 11, 12)
			g.Form, g.Target, g.Deadline = form, 1e4, g.Today+left
			f, err := Run(g)
			if err == nil {
				err = sound(f)
			}
			if n := len(f.Steps); err != nil || n == 0 || f.Steps[n-1].Day != g.Deadline {
				t.Errorf("%d days ahead, form %d: %v, %d steps", left, form, err, n)
			}
		}
	}
}

func TestTheExpectedDateOfASteadyTotal(t *testing.T) {
	g := goal(0)
	g.Form, g.Rule, g.WhenItHappens, g.Target = Total, ByTotal, true, 300
	for day := range 50 {
		g.Points = append(g.Points, Point{day, 4 + float64(day%3-1)})
	}
	g.Today, g.Deadline = 50, 80
	f, _ := Run(g) // 199 so far, 4 a day: 300 falls on day 75
	if f.Expected < 72 || f.Expected > 78 || f.ExpectedLo > f.Expected || f.ExpectedHi < f.Expected {
		t.Errorf("expected %d, range %d to %d", f.Expected, f.ExpectedLo, f.ExpectedHi)
	}
	near(t, "pace needed", f.PaceNeeded, 101.0/31*7, .5)
	near(t, "pace now", f.PaceNow, 28, 1)
	near(t, "chance", f.Chance, .75, .2)
}

func TestThePaceFor80Makes80(t *testing.T) {
	g := goal(0)
	for day := range 60 {
		g.Points = append(g.Points, Point{day, 20 + math.Sin(float64(day)*1.7)})
	}
	g.Today, g.Deadline, g.Target = 60, 90, 23
	f, _ := Run(g)
	middle := f.Steps[len(f.Steps)-1].Mean
	pace := (middle - f.Now) / float64(g.Deadline-59) * PaceDays
	lower := g
	lower.Target -= (f.PaceFor80 - pace) / PaceDays * float64(g.Deadline-59)
	eased, _ := Run(lower) // a lower target does what the same pace added to every path does
	near(t, "chance with that pace", eased.Chance, .8, .01)
	if f.Chance > .5 || f.PaceFor80 <= f.PaceNow {
		t.Errorf("chance %v, pace now %v, for 80 %v", f.Chance, f.PaceNow, f.PaceFor80)
	}
}
