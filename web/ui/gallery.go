package ui

import (
	"math"
	"strconv"
	"time"

	"github.com/a-h/templ"
)

// Gallery is the component page: every component and picture in every state, on made-up data. It is
// for development and for the tests that look at it; a page wraps it in Shell.
func Gallery() templ.Component { return gallery(sampleCharts()) }

// A sample is one picture of the gallery with its name.
type sample struct {
	Name     string
	Picture  templ.Component
	Switches *SwitchesView
	Text     *ChartTextView
}

func day(y int, m time.Month, d int) int { return dayNumber(y, m, d) }

func sampleCalendar() Calendar {
	c := Calendar{
		Months:   [12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
		Weekdays: [7]string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"},
	}
	c.DayMonth = func(n int) string {
		_, m, d := civil(n)
		return strconv.Itoa(d) + " " + c.Months[m-1]
	}
	return c
}

func sampleFormat(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64) }

// weekly gives values a week apart, each on the Sunday that ends its week.
func weekly(first int, unit string, values ...float64) []Point {
	out := make([]Point, len(values))
	for i, v := range values {
		out[i] = Point{first + 7*i + 6, v, "Week " + strconv.Itoa(32+i) + ": " + sampleFormat(v) + " " + unit}
	}
	return out
}

func daysFrom(first int, offsets ...int) []int {
	out := make([]int, len(offsets))
	for i, o := range offsets {
		out[i] = first + o
	}
	return out
}

func weekPractice(first, plan int, minutes ...float64) []LanePractice {
	out := make([]LanePractice, len(minutes))
	for i, m := range minutes {
		out[i] = LanePractice{first + 7*i + 6, math.Min(m/float64(plan), 1)}
	}
	return out
}

// salesChart is the result of the design's main page.
func salesChart() GoalChartView {
	start, today, end := day(2026, 8, 3), day(2026, 11, 19), day(2026, 12, 31)
	return GoalChartView{
		ID: "sales", Title: "Sales a week since August with the likely range on 31 December, and under it the learning and each time it was used",
		DescribedBy: "sales-text", Unit: "Sales a week", Calendar: sampleCalendar(), Format: sampleFormat,
		Start: start, Today: today, Deadline: end, TodayLabel: "Today", DeadlineLabel: "31 Dec",
		Values: weekly(start, "sales", 9, 8, 10, 9, 8, 10, 9, 11, 10, 12, 11, 13, 12, 14, 13),
		Now:    13.4, NowLabel: "13.4 now",
		Target: 16, TargetLabel: "Target 16", TargetShort: "16",
		Stretch:    &Stretch{18, "Stretch 18"},
		Milestones: []Milestone{{start + 62, "10", true}, {start + 90, "12", true}, {day(2026, 12, 4), "14", false}},
		Fan: &Fan{Points: []FanPoint{{end, 13.2, 14.3, 15.2, 16.32, 17.4, 18.4, 19.5}},
			Label: "likely 14.3 to 18.4", Short: "likely", LowLabel: "14.3", HighLabel: "18.4"},
		Endings: sampleEndings(16.32, 1.6, func(v float64) bool { return v >= 16 }, "12 of 20", "reach 16"),
		Lanes:   salesLanes(start),
		Since:   sinceSample(start, today),
	}
}

// sinceSample is the course since level 2, on a line that rises from 9 to 13.4.
func sinceSample(start, today int) *SinceCourse {
	c := &SinceCourse{Label: "+1.2 since level 2", Sub: "between 0.3 and 2.1, maybe more than chance"}
	from := start + 48
	for d := from; d <= today; d += 5 {
		k := math.Pow(float64(d-from)/float64(today-from), 1.15)
		v := 9.4 + 4*float64(d-from)/float64(today-from)
		c.Points = append(c.Points, SincePoint{Day: d, Trend: v, Lo: v - 2.1*k, Mid: v - 1.2*k, Hi: v - 0.3*k})
	}
	return c
}

func salesLanes(start int) []Lane {
	return []Lane{{
		Name: "Ask better discovery questions", Start: start + 6, Of: 5,
		Levels:   []LaneLevel{{start + 6, 1, "knows the idea"}, {start + 48, 2, "with the script"}, {start + 83, 3, "in calm calls"}},
		Practice: weekPractice(start, 75, 0, 20, 35, 30, 45, 40, 60, 55, 30, 50, 65, 70, 0, 60, 75, 50),
		Uses:     daysFrom(start, 51, 57, 60, 65, 68, 73, 80, 83, 90, 92, 97, 100, 104, 107), UsesLabel: "used 14 times",
		NextLevel: 4, Next: "next: under pressure",
		LookAgain: day(2026, 11, 28), LookLabel: "look again 28 Nov", LookShort: "28 Nov",
	}, {
		Name: "Handle price objections calmly", Start: start + 62, Of: 5,
		Levels:   []LaneLevel{{start + 62, 1, "knows the idea"}, {start + 97, 2, "with notes"}},
		Practice: weekPractice(start+56, 45, 20, 35, 30, 25, 45, 40, 30, 25),
		Uses:     daysFrom(start, 87, 95, 101, 106), UsesLabel: "used 4 times",
		NextLevel: 3, Next: "next: in calm calls",
	}}
}

// sampleEndings gives 20 even quantiles of a bell, judged by the rule.
func sampleEndings(mid, sd float64, reached func(float64) bool, caption, sub string) *Endings {
	e := &Endings{Caption: caption, Sub: sub, Short: "reach"}
	for _, z := range [...]float64{-1.96, -1.44, -1.15, -.93, -.76, -.6, -.45, -.32, -.19, -.06, .06, .19, .32, .45, .6, .76, .93, 1.15, 1.44, 1.96} {
		v := mid + sd*z
		e.Values = append(e.Values, v)
		e.Reached = append(e.Reached, reached(v))
	}
	return e
}

// wave is a made-up series that looks like life: a slow change, a season, and scatter that repeats.
func wave(i int, from, slope, season, scatter float64) float64 {
	return from + slope*float64(i) + season*math.Sin(float64(i)/29) + scatter*math.Sin(float64(i*i%97)+float64(i)*1.7)
}

// fallingChart is two years of daily readings that should fall, with a long stretch missing.
func fallingChart() GoalChartView {
	start, today, end := day(2024, 11, 20), day(2026, 11, 19), day(2027, 3, 31)
	v := GoalChartView{
		ID: "falling", Title: "Resting pulse over two years, falling towards 58", DescribedBy: "falling-text", Unit: "Resting pulse", Calendar: sampleCalendar(), Format: sampleFormat,
		Start: start, Today: today, Deadline: end, TodayLabel: "Today", DeadlineLabel: "31 Mar",
		Now: 61.4, NowLabel: "61.4 now", Target: 58, TargetLabel: "Target 58", TargetShort: "58",
		Lanes: []Lane{{Name: "Run without a watch", Start: start + 200, Uses: daysFrom(start, 260, 275, 290, 330, 380, 420, 500, 560, 610, 660, 700), UsesLabel: "used 11 times",
			Practice: weekPractice(start+203, 60, 20, 60, 45, 30, 0, 20, 60, 60, 55, 40, 30, 60)}},
	}
	for i := range today - start {
		if i > 300 && i < 372 || i%7 == 5 {
			continue
		}
		v.Values = append(v.Values, Point{Day: start + i, Value: math.Round(wave(i, 71, -0.0135, 1.2, 1.8))})
	}
	for i := 1; i <= end-today; i++ {
		s := 0.55 * math.Sqrt(float64(i)/8)
		m := 61.4 - 0.011*float64(i)
		v.Fan = fanWith(v.Fan, today+i, m, s)
	}
	v.Fan.Label, v.Fan.Short, v.Fan.LowLabel, v.Fan.HighLabel = "likely 57.1 to 62.7", "likely", "57.1", "62.7"
	v.Endings = sampleEndings(59.9, 2.2, func(x float64) bool { return x <= 58 }, "4 of 20", "reach 58")
	return v
}

// fanWith adds a day whose paths are spread like a bell.
func fanWith(f *Fan, on int, mid, sd float64) *Fan {
	if f == nil {
		f = &Fan{}
	}
	f.Points = append(f.Points, FanPoint{on, mid - 1.96*sd, mid - 1.28*sd, mid - 0.67*sd, mid, mid + 0.67*sd, mid + 1.28*sd, mid + 1.96*sd})
	return f
}

// totalChart is a month's running sum, reached before its end.
func totalChart() GoalChartView {
	start, today, end := day(2026, 11, 2), day(2026, 11, 27), day(2026, 11, 30)
	v := GoalChartView{
		ID: "total", Title: "Pages written in November, step by step, reached on 26 November", DescribedBy: "total-text", Unit: "Pages in November", Calendar: sampleCalendar(), Format: sampleFormat,
		Start: start, Today: today, Deadline: end, TodayLabel: "Today", DeadlineLabel: "30 Nov",
		Steps: true, Now: 127, NowLabel: "127 so far", Target: 120, TargetLabel: "Target 120", TargetShort: "120", ReachedOn: day(2026, 11, 26),
		Lanes: []Lane{{Name: "Write the first sentence last", Start: start, Uses: daysFrom(start, 2, 3, 5, 9, 10, 15, 19, 22), UsesLabel: "used 8 times", LookAgain: day(2026, 12, 4), LookLabel: "look again 4 Dec", LookShort: "4 Dec"}},
	}
	sum := 0.0
	for i, n := range []float64{4, 6, 0, 5, 7, 0, 3, 8, 6, 4, 0, 9, 5, 7, 3, 0, 6, 8, 5, 4, 9, 6, 7, 3, 12} {
		if n > 0 {
			sum += n
			v.Values = append(v.Values, Point{Day: start + i, Value: sum})
		}
	}
	return v
}

// withinChart keeps a reading within a range.
func withinChart() GoalChartView {
	start, today, end := day(2026, 6, 1), day(2026, 11, 19), day(2027, 2, 28)
	v := GoalChartView{
		ID: "within", Title: "Hours of sleep, to be kept between 7 and 8.5", DescribedBy: "within-text", Unit: "Hours of sleep", Calendar: sampleCalendar(), Format: sampleFormat,
		Start: start, Today: today, Deadline: end, TodayLabel: "Today", DeadlineLabel: "28 Feb",
		Now: 7.4, NowLabel: "7.4 now", Within: &Band{7, 8.5, "7", "8.5"}, TargetLabel: "7 to 8.5", TargetShort: "7–8.5",
		Lanes: []Lane{{Name: "Put the phone away at ten", Start: start + 40, Of: 3, Levels: []LaneLevel{{start + 40, 1, "with an alarm"}, {start + 110, 2, "most days"}}, NextLevel: 3, Next: "next: by itself", UsesLabel: "used 22 times",
			Uses: daysFrom(start, 44, 47, 52, 58, 61, 66, 73, 79, 84, 88, 92, 97, 101, 106, 115, 121, 128, 135, 142, 150, 158, 165)}},
	}
	for i := 0; i < today-start; i += 2 {
		v.Values = append(v.Values, Point{Day: start + i, Value: math.Round(10*wave(i, 6.5, 0.0055, 0.3, 0.5)) / 10})
	}
	for i := 7; i <= end-today; i += 7 {
		v.Fan = fanWith(v.Fan, today+i, 7.4+0.001*float64(i), 0.04*math.Sqrt(float64(i)))
	}
	v.Fan.Label, v.Fan.Short, v.Fan.LowLabel, v.Fan.HighLabel = "likely 7 to 8", "likely", "7", "8"
	return v
}

// manyChart has six learning goals and years of values.
func manyChart() GoalChartView {
	start, today, end := day(2021, 1, 4), day(2026, 11, 19), day(2028, 12, 31)
	v := GoalChartView{
		ID: "many", Title: "Savings over six years with six learning goals", DescribedBy: "many-text", Unit: "Savings in euros", Calendar: sampleCalendar(),
		Format: func(x float64) string { return strconv.Itoa(int(x)) },
		Start:  start, Today: today, Deadline: end, TodayLabel: "Today", DeadlineLabel: "31 Dec 2028",
		Now: 18250, NowLabel: "18250 now", Target: 30000, TargetLabel: "Target 30000", TargetShort: "30000", More: "3 more",
	}
	for i := 0; i < today-start; i += 30 {
		v.Values = append(v.Values, Point{Day: start + i, Value: wave(i, 1500, 7.8, 900, 700)})
	}
	for i := (end - today) % 60; i <= end-today; i += 60 {
		v.Fan = fanWith(v.Fan, today+i, 18250+7.5*float64(i), 60*math.Sqrt(float64(i)))
	}
	v.Fan.Label, v.Fan.Short, v.Fan.LowLabel, v.Fan.HighLabel = "likely 21900 to 26100", "likely", "21900", "26100"
	for i, name := range []string{"Cook for four days at once", "Read a contract before signing it, slowly and twice, with somebody", "Ask for the price of doing nothing", "Repair the washing machine", "Say no to a sale", "Keep a list for a week"} {
		l := Lane{Name: name, Start: start + 200*i, UsesLabel: strconv.Itoa(3*i+2) + " times", Of: 8, NextLevel: i + 3, Next: "next: with other people’s money as well", LookAgain: today + 40*(i+1), LookLabel: "look again", LookShort: "look again"}
		for k := range 3*i + 2 {
			l.Uses = append(l.Uses, start+200*i+60+55*k)
		}
		for k := range i + 1 {
			l.Levels = append(l.Levels, LaneLevel{start + 200*i + 130*k, k + 1, "a sentence for level " + strconv.Itoa(k+1)})
		}
		v.Lanes = append(v.Lanes, l)
	}
	return v
}

// bareChart is a result alone: three values, no forecast, no learning.
func bareChart() GoalChartView {
	start := day(2026, 11, 9)
	return GoalChartView{
		ID: "bare", Title: "Push-ups in one go, three values", DescribedBy: "bare-text", Unit: "Push-ups", Calendar: sampleCalendar(), Format: sampleFormat,
		Start: start, Today: start + 10, Deadline: start + 13, TodayLabel: "Today", DeadlineLabel: "22 Nov",
		Values: []Point{{start + 1, 12, ""}, {start + 4, 15, ""}, {start + 9, 14, ""}}, Now: 14.6, NowLabel: "14.6 now",
		Target: 20, TargetLabel: "Target 20", TargetShort: "20",
	}
}
