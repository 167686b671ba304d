package tandem

import "testing"

func TestMoneyAndHundredsComeInLumps(t *testing.T) {
	for _, x := range []struct {
		m            Metric
		target       float64
		money, lumps bool
	}{
		{Metric{Form: FormTotal, Unit: "$"}, 50, true, true}, {Metric{Form: FormTotal, Unit: "€"}, 5000, true, true}, {Metric{Form: FormRate, Unit: "£"}, 40, true, true},
		{Metric{Form: FormTotal}, 20, false, false}, {Metric{Form: FormTotal}, 199, false, false}, {Metric{Form: FormTotal}, 200, false, true}, {Metric{Form: FormTotal, Unit: "pages"}, 1000, false, true},
		{Metric{Form: FormReading, Unit: "$"}, 5000, true, false}, {Metric{Form: FormReading, Unit: "lb"}, 182, false, false}, {Metric{Form: FormRatio, Unit: "$"}, 5000, false, false},
	} {
		if got := x.m.IsMoney(); got != x.money {
			t.Errorf("%+v is money: %v", x.m, got)
		}
		if got := (PerformanceGoal{Target: x.target}).InLumps(x.m); got != x.lumps {
			t.Errorf("%+v to %v in lumps: %v", x.m, x.target, got)
		}
	}
}
