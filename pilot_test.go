package tandem

import "testing"

func blocksPlan() Pilot {
	return Pilot{Design: PilotBlocks, Hypothesis: "They talk more.", Numbers: make([]PilotNumber, 1), Worth: 1, First: 101, Pairs: 6, Days: 7, Stopped: NoDay}
}

func TestThePlanOfAPilotIsCheckedFieldByField(t *testing.T) {
	if err := blocksPlan().Validate(100); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		field  string
		change func(*Pilot)
	}{
		{"hypothesis", func(p *Pilot) { p.Hypothesis = "\u200b" }}, {"hypothesis", func(p *Pilot) { p.Hypothesis = "a\x00" }},
		{"worth", func(p *Pilot) { p.Worth = 0 }}, {"worth", func(p *Pilot) { p.Worth = 1e16 }}, {"worth", func(p *Pilot) { p.Worth = p.Worth - p.Worth/0.5 }},
		{"first", func(p *Pilot) { p.First = 100 }}, {"first", func(p *Pilot) { p.First = 161 }},
		{"pairs", func(p *Pilot) { p.Pairs = 3 }}, {"pairs", func(p *Pilot) { p.Pairs = 101 }},
		{"days", func(p *Pilot) { p.Days = 0 }}, {"days", func(p *Pilot) { p.Days = 61 }}, {"days", func(p *Pilot) { p.Pairs, p.Days = 6, 2 }}, {"days", func(p *Pilot) { p.Pairs = 53 }},
		{"wash_out", func(p *Pilot) { p.WashOut = 7 }}, {"wash_out", func(p *Pilot) { p.WashOut = -1 }}, {"days", func(p *Pilot) { p.WashOut = 5 }},
		{"results", func(p *Pilot) { p.Numbers = nil }}, {"design", func(p *Pilot) { p.Design = "coin" }},
	} {
		p := blocksPlan()
		c.change(&p)
		es := All(p.Validate(100))
		if len(es) == 0 || es[0].Field != c.field {
			t.Errorf("%s: %+v is answered %v", c.field, p, es)
		}
	}
}

func TestAPilotEndsOnItsLastDayOrBeforeTheOneItWasStoppedOn(t *testing.T) {
	p := blocksPlan()
	if p.Last() != 184 || p.End() != 184 || p.Over(184) || !p.Over(185) || !p.Open(184) || p.Open(185) || !p.Enough() {
		t.Errorf("it ends on %d, counts to %d", p.Last(), p.End())
	}
	p.Stopped, p.Pairs = 120, 5
	if p.End() != 119 || !p.Over(120) || p.Open(120) || p.Enough() {
		t.Errorf("stopped it counts to %d", p.End())
	}
	s := Pilot{Design: PilotStepped, Numbers: make([]PilotNumber, 5), Days: 14, First: 101, Stopped: NoDay}
	if s.Last() != 101+6*14-1 || !s.Enough() {
		t.Errorf("a stepped start ends on %d", s.Last())
	}
}

func TestAVerdictIsAStationOfTheTechnique(t *testing.T) {
	for v, want := range map[PilotVerdict]TechniqueState{PilotKeep: Kept, PilotAdapt: Adapted, PilotDrop: Dropped, PilotUnclear: Trying} {
		if got := v.State(); got != want {
			t.Errorf("%s is %s", v, got)
		}
	}
}
