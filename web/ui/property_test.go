package ui

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// anyValue is a number as a person, an import or a mistake may bring it.
func anyValue() *rapid.Generator[float64] {
	return rapid.OneOf(
		rapid.Float64Range(-1000, 1000),
		rapid.Float64(),
		rapid.SampledFrom([]float64{0, math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64, -math.MaxFloat64, 5e-324, 1e15}),
	)
}

func anyPoints(start int) *rapid.Generator[[]Point] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Point {
		return Point{Day: start + rapid.IntRange(-50, 1500).Draw(t, "day"), Value: anyValue().Draw(t, "value")}
	}), 0, 40)
}

func anyLane(start int) *rapid.Generator[Lane] {
	offset := rapid.IntRange(-100, 1500)
	return rapid.Custom(func(t *rapid.T) Lane {
		l := Lane{
			Name: rapid.StringN(0, 60, 200).Draw(t, "name"), Start: start + offset.Draw(t, "start"), Of: rapid.IntRange(0, 9).Draw(t, "of"),
			UsesLabel: "used 14 times", Next: rapid.StringN(0, 40, 100).Draw(t, "next"), NextLevel: rapid.IntRange(0, 8).Draw(t, "next level"),
			LookAgain: start + offset.Draw(t, "look"), LookLabel: "look again 28 Nov", LookShort: "28 Nov",
		}
		for range rapid.IntRange(0, 5).Draw(t, "levels") {
			l.Levels = append(l.Levels, LaneLevel{start + offset.Draw(t, "day"), rapid.IntRange(1, 8).Draw(t, "level"), "in calm calls"})
		}
		for range rapid.IntRange(0, 12).Draw(t, "practice") {
			l.Practice = append(l.Practice, LanePractice{start + offset.Draw(t, "day"), anyValue().Draw(t, "share")})
		}
		for range rapid.IntRange(0, 12).Draw(t, "uses") {
			l.Uses = append(l.Uses, start+offset.Draw(t, "use"))
		}
		return l
	})
}

func anyFan(today int) *rapid.Generator[*Fan] {
	return rapid.Custom(func(t *rapid.T) *Fan {
		f := &Fan{Label: "likely 14.3 to 18.4", Short: "likely", LowLabel: "14.3", HighLabel: "18.4"}
		day := today
		for range rapid.IntRange(0, 30).Draw(t, "points") {
			day += rapid.IntRange(1, 30).Draw(t, "step")
			v := anyValue()
			f.Points = append(f.Points, FanPoint{day, v.Draw(t, "a"), v.Draw(t, "b"), v.Draw(t, "c"), v.Draw(t, "d"), v.Draw(t, "e"), v.Draw(t, "f"), v.Draw(t, "g")})
		}
		return f
	})
}

func TestAnyResultIsDrawnInsideItsFrame(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		start := rapid.OneOf(rapid.IntRange(-400, 30000), rapid.SampledFrom([]int{math.MinInt32, math.MaxInt32})).Draw(rt, "start")
		today := start + rapid.IntRange(-20, 1500).Draw(rt, "today")
		v := GoalChartView{
			ID: "g", Title: "t", Unit: rapid.StringN(0, 40, 120).Draw(rt, "unit"), Calendar: sampleCalendar(),
			Start: start, Today: today, Deadline: start + rapid.IntRange(-20, 2000).Draw(rt, "deadline"),
			TodayLabel: "Today", DeadlineLabel: "31 Dec",
			Values: anyPoints(start).Draw(rt, "values"), Steps: rapid.Bool().Draw(rt, "steps"),
			Now: anyValue().Draw(rt, "now"), NowLabel: "13.4 now", Target: anyValue().Draw(rt, "target"), TargetLabel: "Target 16", TargetShort: "16",
			Fan: anyFan(today).Draw(rt, "fan"), Lanes: rapid.SliceOfN(anyLane(start), 0, 6).Draw(rt, "lanes"), More: "2 more",
			Stretch:    &Stretch{anyValue().Draw(rt, "stretch"), "Stretch"},
			Milestones: []Milestone{{start + rapid.IntRange(-10, 900).Draw(rt, "milestone"), "14", true}},
		}
		if rapid.Bool().Draw(rt, "within") {
			v.Within = &Band{anyValue().Draw(rt, "low"), anyValue().Draw(rt, "high"), "7", "8"}
		}
		if rapid.Bool().Draw(rt, "trend") {
			v.Trend = anyPoints(start).Draw(rt, "trend")
		}
		v.Since = &SinceCourse{Label: "+1.2 since level 2", Sub: "between 0.3 and 2.1, maybe more than chance"}
		for range rapid.IntRange(0, 12).Draw(rt, "since") {
			x := anyValue()
			v.Since.Points = append(v.Since.Points, SincePoint{start + rapid.IntRange(-50, 1500).Draw(rt, "on"), x.Draw(rt, "trend"), x.Draw(rt, "lo"), x.Draw(rt, "mid"), x.Draw(rt, "hi")})
		}
		v.Endings = &Endings{Caption: "12 of 20", Sub: "reach 16", Short: "reach"}
		for range rapid.IntRange(0, 20).Draw(rt, "endings") {
			v.Endings.Values = append(v.Endings.Values, anyValue().Draw(rt, "ending"))
			v.Endings.Reached = append(v.Endings.Reached, rapid.Bool().Draw(rt, "reached"))
		}
		for _, d := range drawings(t, GoalChart(v)) {
			inside(rt, d)
		}
	})
}

func TestAnyDifferenceIsDrawnInsideItsFrame(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		x := anyValue()
		v := DifferenceView{Title: "t", Lo: x.Draw(rt, "lo"), Mid: x.Draw(rt, "mid"), Hi: x.Draw(rt, "hi"), From: x.Draw(rt, "from"), To: x.Draw(rt, "to"),
			Level: rapid.IntRange(0, 8).Draw(rt, "level"), Of: rapid.IntRange(0, 8).Draw(rt, "of")}
		for _, d := range drawings(t, Difference(v)) {
			inside(rt, d)
		}
	})
}

func TestAnyFirstDaysAreDrawnInsideTheirFrame(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		start := rapid.IntRange(-400, 30000).Draw(rt, "start")
		offset := rapid.IntRange(-10, 800)
		v := EarlyChartView{
			ID: "e", Title: "t", Unit: "Sales", Calendar: sampleCalendar(), Start: start, Today: start + offset.Draw(rt, "today"), Deadline: start + offset.Draw(rt, "deadline"),
			TodayLabel: "Today, Mon 2", DeadlineLabel: "30 Nov", Base: anyValue().Draw(rt, "base"), NowLabel: "0 so far", Values: anyPoints(start).Draw(rt, "values"),
			Steps: rapid.Bool().Draw(rt, "steps"), Target: anyValue().Draw(rt, "target"), TargetLabel: "Target 20", TargetShort: "20", ByLabel: "by 30 November", PaceLabel: "an even pace",
		}
		if rapid.Bool().Draw(rt, "lane") {
			v.Lane = &EarlyLane{Name: rapid.StringN(0, 60, 200).Draw(rt, "name"), Practice: "10 minutes", Open: "the way goes on", TryOn: start + offset.Draw(rt, "try"), TryLabel: "first try",
				LookAgain: start + offset.Draw(rt, "look"), LookLabel: "look again", NextLevel: rapid.IntRange(0, 8).Draw(rt, "next"),
				Uses: daysFrom(start, rapid.SliceOfN(offset, 0, 5).Draw(rt, "uses")...)}
			for i := range rapid.IntRange(0, 9).Draw(rt, "days") {
				v.Lane.Days = append(v.Lane.Days, PracticeDay{start + i, i%2 == 0})
			}
		}
		for _, d := range drawings(t, EarlyChart(v)) {
			inside(rt, d)
		}
	})
}

func TestAnyClosingAndListPictureIsDrawnInsideItsFrame(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		start := rapid.IntRange(-400, 30000).Draw(rt, "start")
		days := rapid.SliceOfN(rapid.IntRange(-40, 800), 0, 40)
		a := ArchView{ID: "a", Title: "t", Start: start, End: start + rapid.IntRange(-5, 700).Draw(rt, "end"), StartLabel: "2 Nov", EndLabel: "30 Nov",
			Values: daysFrom(start, days.Draw(rt, "values")...), Uses: daysFrom(start, days.Draw(rt, "uses")...), Share: anyValue().Draw(rt, "share"), Reached: rapid.Bool().Draw(rt, "reached"),
			Big: rapid.StringN(0, 40, 120).Draw(rt, "big"), Small: "s", Third: "t", NextLevel: rapid.IntRange(0, 8).Draw(rt, "next"), NextWord: "next:", Next: rapid.StringN(0, 60, 200).Draw(rt, "next words")}
		for i, d := range days.Draw(rt, "levels") {
			a.Levels = append(a.Levels, LaneLevel{start + d, i%8 + 1, ""})
		}
		for _, d := range drawings(t, Arch(a)) {
			inside(rt, d)
		}
		inside(rt, drawings(t, Spark(SparkView{Title: "t", From: start, To: a.End, Values: anyPoints(start).Draw(rt, "spark"), Target: anyValue().Draw(rt, "target"), Uses: a.Uses, Levels: a.Levels, Steps: a.Reached}))[0])
		h := HeatView{Title: "t", Today: start, Calendar: sampleCalendar()}
		for i, d := range a.Values {
			h.Days = append(h.Days, HeatDay{d, i % 9})
		}
		for _, d := range drawings(t, Heat(h)) {
			inside(rt, d)
		}
		inside(rt, drawings(t, Gauge(GaugeView{anyValue().Draw(rt, "gauge")}))[0])
	})
}

func TestThinningKeepsRealValuesAndTheExtremes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(0, 900).Draw(rt, "n")
		points := make([]Point, n)
		for i := range points {
			points[i] = Point{Day: i, Value: rapid.Float64Range(-9, 9).Draw(rt, "v")}
		}
		got := thin(points, mostDots)
		if len(got) > mostDots || n > 0 && got[len(got)-1] != points[n-1] || n <= mostDots && len(got) != n {
			rt.Fatalf("%d of %d kept", len(got), n)
		}
		var all, kept extent
		for _, p := range points {
			all.add(p.Value)
		}
		for _, p := range got {
			kept.add(p.Value)
			if points[p.Day] != p {
				rt.Fatalf("%v is none of the values", p)
			}
		}
		if all != kept {
			rt.Fatalf("range %v became %v", all, kept)
		}
	})
}

func TestTheLineThroughAStraightSeriesIsThatSeries(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		a, b := rapid.Float64Range(-50, 50).Draw(rt, "a"), rapid.Float64Range(-2, 2).Draw(rt, "b")
		var points []Point
		for i := range rapid.IntRange(2, 200).Draw(rt, "n") {
			points = append(points, Point{Day: 20000 + 3*i, Value: a + b*float64(3*i)})
		}
		for _, p := range localTrend(points, nil) {
			if want := a + b*float64(p.Day-20000); math.Abs(p.Value-want) > 1e-6*(1+math.Abs(want)) {
				rt.Fatalf("day %d: %v, want %v", p.Day, p.Value, want)
			}
		}
	})
}

// The words of the next level may break into three lines beside the way on.
func TestThreeLinesOfWhatIsNextStayInsideTheFrame(t *testing.T) {
	for _, words := range []string{"Explainseverythingtwice Explainseverythingthrice Explainseverythingagain", "one two", ""} {
		for _, d := range drawings(t, Arch(ArchView{ID: "a", Title: "t", End: 9, NextLevel: 3, Of: 5, NextWord: "next:", Next: words})) {
			inside(t, d)
		}
	}
}
