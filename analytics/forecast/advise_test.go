package forecast

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

func TestAdvisedTargetsHaveTheChancesTheySay(t *testing.T) {
	for _, c := range []struct {
		name      string
		form      Form
		rule      Rule
		direction Direction
		atMost    bool
		sign      float64
	}{
		{"a reading at the end", Reading, AtEnd, Up, false, 1}, {"a reading that is to fall", Reading, AtEnd, Down, false, 1},
		{"once", Reading, Once, Up, false, 1}, {"once, downwards", Reading, Once, Down, false, 1}, {"held", Reading, Held, Up, false, 1},
		{"a total", Total, ByTotal, Up, false, 1}, {"a budget", Total, ByTotal, Down, true, 1}, {"a falling total", Total, ByTotal, Down, false, -1},
		{"a rate", Rate, AtEnd, Up, false, 1},
	} {
		rng := rand.New(rand.NewPCG(6, 6))
		g := goal(0, wander(rng, 60)...)
		for i := range g.Points {
			g.Points[i].Value *= c.sign
		}
		g.Form, g.Rule, g.Direction, g.AtMost, g.WhenItHappens = c.form, c.rule, c.direction, c.atMost, true
		g.Today, g.Deadline, g.Target = 60, 90, 1e6
		if c.rule == Once || c.rule == Held {
			g.Start = 60 // nothing was reached yet
		}
		a, err := Advise(g)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []struct{ target, chance float64 }{{a.Even, .5}, {a.Bold, .25}} {
			g.Target = want.target
			f, err := Run(g)
			if err != nil || math.Abs(f.Chance-want.chance) > .01 {
				t.Errorf("%s: target %v has chance %v, want %v (%v)", c.name, want.target, f.Chance, want.chance, err)
			}
		}
	}
}

func TestAdviceForAKeptGoalIsAShare(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 7))
	g := goal(0, wander(rng, 60)...)
	g.Rule, g.Direction, g.Today, g.Deadline, g.TargetLo, g.TargetHi = Kept, Within, 60, 90, 48, 52
	a, err := Advise(g)
	if err != nil || !(a.Even > 0 && a.Even < a.Bold && a.Bold <= 1) {
		t.Fatal(a, err)
	}
	g.KeptShare = a.Even
	if f, _ := Run(g); math.Abs(f.Chance-.5) > .15 { // shares are fractions of 91 days, so chances have steps
		t.Errorf("share %v has chance %v", a.Even, f.Chance)
	}
}

func TestAKeptTotalOfNegativesIsJudgedByShares(t *testing.T) {
	g := goal(0)
	for day := range 30 {
		g.Points = append(g.Points, Point{day, -1 - float64(day%4)})
	}
	g.Form, g.Rule, g.Direction, g.Target, g.KeptShare, g.Today, g.Deadline = Total, Kept, Up, -3, .7, 30, 60
	f, err := Run(g)
	if err != nil || f.Status != Open || f.Endings[0].Value < 0 || f.Endings[19].Value > 1 {
		t.Error(f.Status, f.Endings, err)
	}
	if a, err := Advise(g); err != nil || !(a.Even > 0 && a.Even <= a.Bold && a.Bold <= 1) {
		t.Error(a, err)
	}
}

func TestAdviceIsNeverWhatWasReachedAlready(t *testing.T) {
	g := goal(0, 5, 5, 6, 5, 90, 5, 6, 5, 5, 6, 5)
	g.Rule, g.Today, g.Deadline, g.Target = Once, 11, 30, 7
	if a, err := Advise(g); err != nil || a.Even < 90 || a.Bold < a.Even {
		t.Error(a, err)
	}
}

func TestThereIsNoAdviceWithoutAChance(t *testing.T) {
	g := goal(0, 1, 2)
	if a, err := Advise(g); err != nil || !math.IsNaN(a.Even) || !math.IsNaN(a.Bold) {
		t.Error(a, err)
	}
	g.SoFar = math.NaN()
	if _, err := Advise(g); err == nil {
		t.Error("nonsense is advised on")
	}
}

func TestAnyAdviceIsSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := anyGoal(t)
		a, err := Advise(g)
		if err != nil || math.IsInf(a.Even, 0) || math.IsInf(a.Bold, 0) || math.IsNaN(a.Even) != math.IsNaN(a.Bold) {
			t.Fatal(a, err)
		}
		if easier := g.Direction == Down && g.Rule != Kept || g.AtMost && g.Rule != Kept; !math.IsNaN(a.Even) && (a.Bold > a.Even && easier || a.Bold < a.Even && !easier) {
			t.Fatalf("even %v, bold %v", a.Even, a.Bold)
		}
	})
}

func TestThePartsOfAShiftAddUp(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 8))
	y := wander(rng, 70)
	before := goal(0, y[:60]...)
	before.Today, before.Deadline, before.Target = 60, 90, 51
	chance := func(g Goal) float64 {
		f, err := Run(g)
		if err != nil {
			t.Fatal(err)
		}
		return f.Chance
	}
	after := goal(0, y...)
	after.Today, after.Deadline, after.Target, after.Off = 70, 95, 52, []Span{{75, 80}}
	s, err := Moved(before, after)
	if err != nil || s.From != chance(before) || s.To != chance(after) {
		t.Fatal(s, err)
	}
	near(t, "sum of parts", s.Time+s.Values+s.Calendar+s.Goal, s.To-s.From, 1e-12)
	if s.Time == 0 || s.Values == 0 || s.Goal == 0 || s.Calendar != 0 {
		t.Errorf("%+v", s) // time off does nothing for a reading at the end
	}
	only := before
	only.Target = 50.5
	s, err = Moved(before, only)
	if err != nil || s.Time != 0 || s.Values != 0 || s.Calendar != 0 || s.Goal <= 0 || s.Goal != s.To-s.From {
		t.Errorf("an easier target: %+v %v", s, err)
	}
	if s, _ = Moved(before, before); s != (Shift{From: s.From, To: s.From}) {
		t.Errorf("nothing changed: %+v", s)
	}
	few := goal(0, 1, 2)
	if s, err := Moved(few, before); err != nil || !math.IsNaN(s.From) || s.Values != 0 {
		t.Errorf("from too few: %+v %v", s, err)
	}
}

func TestTheOutsideViewGivesWayToValues(t *testing.T) {
	o := OutsideView{OwnReached: 3, OwnEnded: 4, AllReached: 1, AllEnded: 50}
	near(t, "own goals", o.Chance(), 5.0/8, 1e-12)
	near(t, "everybody's", OutsideView{AllReached: 6, AllEnded: 20}.Chance(), 8.0/24, 1e-12)
	near(t, "too few of everybody's", OutsideView{AllReached: 6, AllEnded: 19}.Chance(), .5, 1e-12)
	near(t, "no value", o.Blend(math.NaN(), 0), 5.0/8, 1e-12)
	// w = 3/8: log odds of .9 is 2.197, of 5/8 .511
	near(t, "three values", o.Blend(.9, 3), 1/(1+math.Exp(-(3.0/8*math.Log(9)+5.0/8*math.Log(5.0/3)))), 1e-12)
	near(t, "five values", o.Blend(.9, 5), .9, 0)
	near(t, "reached", o.Blend(1, 1), 1, 0)
	near(t, "odd counts", OutsideView{OwnReached: 9, OwnEnded: 2}.Chance(), 4.0/6, 1e-12)
}
