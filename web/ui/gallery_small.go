package ui

import (
	"strconv"

	"github.com/a-h/templ"
)

// sampleCharts lists every picture in every state.
func sampleCharts() []sample {
	all := []sample{
		goalSample("Result: seven marks, four switches", salesChart()),
		goalSample("Falling, two years of daily values, a stretch missing", fallingChart()),
		goalSample("Total as steps, reached early", totalChart()),
		goalSample("Keep within", withinChart()),
		goalSample("Years, six learning goals", manyChart()),
		goalSample("Three values, nothing else", bareChart()),
	}
	one := earlyPair()
	all = append(all, sample{Name: "Day one", Picture: EarlyChart(one), Text: sampleText("early")})
	two := earlyPair()
	two.ID, two.Today, two.TodayLabel = "early2", two.Start+2, "Today, Wed 4"
	two.Values = []Point{{two.Start + 1, 1, ""}, {two.Start + 2, 3, ""}}
	two.NowLabel = "3 so far"
	for i := range 3 {
		two.Lane.Days[i].Done = true
	}
	two.Lane.Uses = []int{two.Start + 1}
	all = append(all, sample{Name: "Two values", Picture: EarlyChart(two)})
	alone := earlyPair()
	alone.ID, alone.Lane, alone.Steps = "early3", nil, false
	alone.Unit, alone.Base, alone.Target, alone.TargetLabel, alone.TargetShort = "Kilometres without a break", 8, 3, "Target 3", "3"
	alone.NowLabel, alone.PaceLabel, alone.PaceShort = "8 at the start", "an even pace", "even pace"
	all = append(all, sample{Name: "Day one, falling, without learning", Picture: EarlyChart(alone)})
	return all
}

// goalSample shows a main picture with its switches and words.
func goalSample(name string, v GoalChartView) sample {
	s := sample{Name: name, Picture: GoalChart(v), Text: sampleText(v.ID)}
	sw := SwitchesView{Legend: "Also show in the picture"}
	if v.Fan != nil {
		sw.Items = append(sw.Items, Switch{1, "Wider and narrower range", false})
	}
	if v.Stretch != nil || len(v.Milestones) > 0 {
		sw.Items = append(sw.Items, Switch{2, "Steps and stretch", false})
	}
	if v.Since != nil {
		sw.Items = append(sw.Items, Switch{3, "Difference since level 2", false})
	}
	if v.Endings != nil {
		sw.Items = append(sw.Items, Switch{4, "The 20 endings", false})
	}
	s.Switches = &sw
	return s
}

func sampleText(id string) *ChartTextView {
	return &ChartTextView{
		ID: id + "-text", Summary: "Read this picture as text", TableName: "Values by week",
		Paragraphs: []string{"Sales rose from about 9 a week in August to a trend of 13.4 now. On 31 December the trend will likely stand between 14.3 and 18.4."},
		Heads:      []string{"Week", "Sales", "Used"},
		Rows:       [][]string{{"45", "14", "1"}, {"46", "13", "2"}},
	}
}

func earlyPair() EarlyChartView {
	start := day(2026, 11, 2)
	return EarlyChartView{
		ID: "early", Title: "Road map: 20 sales by 30 November; under it the first week of practice, a first try on Thursday 5, a look again on Friday 13 and an open end",
		DescribedBy: "early-text", Unit: "Sales in November", Calendar: sampleCalendar(), Format: sampleFormat,
		Start: start, Today: start, Deadline: start + 28, TodayLabel: "Today, Mon 2", TodayShort: "Today", DeadlineLabel: "30 Nov",
		Base: 0, NowLabel: "0 so far", Steps: true,
		Target: 20, TargetLabel: "Target 20", TargetShort: "20", ByLabel: "by 30 November",
		PaceLabel: "an even pace: about 1 each working day", PaceShort: "about 1 a working day",
		Milestones: []Milestone{{start + 9, "First 5", false}},
		Lane: &EarlyLane{
			Name: "Ask before I show", Practice: "10 minutes, five days a week",
			Days:     []PracticeDay{{start, false}, {start + 1, false}, {start + 2, false}, {start + 3, false}, {start + 4, false}},
			UseLabel: "first use, Tue 3", UseShort: "first use", TryOn: start + 3, TryLabel: "first try, Thu 5",
			LookAgain: start + 11, LookLabel: "look again, Fri 13", LookShort: "look again, 13",
			NextLevel: 2, Of: 5, Open: "the way goes on",
		},
	}
}

// archSample is the closing of one month, by how much of it was reached.
func archSample(id, big, small, third string, share float64, values []int) templ.Component {
	start := day(2026, 11, 2)
	return Arch(ArchView{
		ID: id, Title: big + " over November on the outer arc. Inner arc: level 1 to level 2 with 14 uses; the learning goes on.",
		Start: start, End: start + 28, StartLabel: "2 Nov", EndLabel: "30 Nov",
		Values: daysFrom(start, values...), Uses: daysFrom(start, 1, 3, 7, 8, 10, 11, 14, 15, 16, 17, 18, 21, 23, 25),
		Levels: []LaneLevel{{start, 1, ""}, {start + 14, 2, ""}}, Of: 5,
		Share: share, Reached: share >= 1, Big: big, Small: small, Third: third,
		NextLevel: 3, NextWord: "next:", Next: "without notes",
	})
}

func archAlone() templ.Component {
	start := day(2026, 1, 1)
	v := ArchView{ID: "arch4", Title: "1,310 of 2,000 kilometres, moved a lot, without a learning goal", Start: start, End: start + 364, StartLabel: "1 Jan", EndLabel: "31 Dec",
		Share: 0.655, Big: "1,310 of 2,000 km", Small: "moved a lot", Third: "820 the year before, and every kilometre stays"}
	for i := 3; i < 364; i += 3 {
		v.Values = append(v.Values, start+i)
	}
	return Arch(v)
}

func sparkSamples() []templ.Component {
	from := day(2026, 9, 7)
	rising := SparkView{Title: "Rising towards 16", From: from, To: from + 70, Target: 16, Of: 5,
		Values: weekly(from, "", 9, 8, 10, 10, 11, 11, 12, 12.5, 13.4), Uses: daysFrom(from, 15, 22, 24, 30, 38, 44, 46, 52, 58, 60, 61),
		Levels: []LaneLevel{{from, 1, ""}, {from + 21, 2, ""}, {from + 42, 3, ""}}}
	falling := SparkView{Title: "Falling towards 8", From: from, To: from + 70, Target: 8, Values: weekly(from, "", 11, 10.6, 10.2, 10.1, 9.9, 9.6, 9.5, 9.6, 9.4), Uses: daysFrom(from, 25, 30, 44, 60)}
	total := SparkView{Title: "3 of 20", From: from, To: from + 28, Target: 20, Steps: true, Values: weekly(from, "", 1, 3)}
	return []templ.Component{Spark(rising), Spark(falling), Spark(total),
		Spark(SparkView{Title: "One value", From: from, To: from + 28, Target: 5, Values: weekly(from, "", 4)}),
		Spark(SparkView{Title: "No values yet", From: from, To: from + 28, Target: 5})}
}

// differenceSamples are a difference on the good side, one around zero, and one below it.
func differenceSamples() []templ.Component {
	one := func(lo, mid, hi float64, level int) templ.Component {
		return Difference(DifferenceView{Title: "Difference between " + sampleFormat(lo) + " and " + sampleFormat(hi), Lo: lo, Mid: mid, Hi: hi, From: -1.5, To: 3, Level: level, Of: 5,
			Format: func(v float64) string {
				if v > 0 {
					return "+" + sampleFormat(v)
				}
				return sampleFormat(v)
			}})
	}
	return []templ.Component{one(0.3, 1.2, 2.1, 0), one(-0.6, 0.2, 1, 2), one(-1.4, -0.9, -0.4, 4)}
}

func heatSample() templ.Component {
	today := day(2026, 11, 18)
	v := HeatView{Title: "Days practised over the last weeks. The text version follows.", Today: today, Of: 5, Calendar: sampleCalendar()}
	for i := range 112 {
		d := today - i
		if weekend := (d+3)%7 > 4; weekend && i%5 != 0 || i > 20 && i < 28 || i%9 == 4 {
			continue
		}
		v.Days = append(v.Days, HeatDay{d, 3 - i/40})
	}
	return Heat(v)
}

func weekSample() templ.Component {
	return Week(WeekView{Title: "Practised Monday to Wednesday; two more days planned this week",
		Days: [7]WeekDayState{Practised, Rest, Practised, DayToday, Ahead, Ahead, Ahead}, Names: [7]string{"M", "T", "W", "T", "F", "S", "S"}, Today: 3, Level: 3, Of: 5})
}

func numbersSample(n int) NumbersView {
	chance := 0.58
	items := []Number{{Label: "Chance", Value: "about 6 in 10", Sub: "58%", Gauge: &chance},
		{Label: "Now", Value: "13.4", Unit: "a week", Sub: "42 days left"},
		{Label: "Pace needed", Value: "+0.43", Unit: "per week", Sub: "yours: +0.48"},
		{Label: "New ways tried", Value: "3", Sub: "1 kept, 1 trying, 1 dropped"}}
	return NumbersView{Items: items[4-n:]}
}

func levelSample() LevelListView {
	return LevelListView{Of: 5, Items: []LevelItem{
		{Level: 1, State: LevelPast, Title: "Knows the idea", Text: "Can name the five question types.", Noticed: []string{"Test"}},
		{Level: 2, State: LevelPast, Title: "With the script", Text: "Uses two or more types in a call, script at hand.", Noticed: []string{"You", "14 uses"}},
		{Level: 3, State: LevelCurrent, Title: "In calm calls", Here: "You are here", Text: "Follows the customer’s answer instead of the list.",
			Proof: &ProofView{"How it was noticed", []ProofLine{{"check", "In real calls: used 6 times this month"}, {"eye", "Ana listens in on Tuesday 24"}}}},
		{Level: 4, State: LevelNext, Title: "Under pressure", Here: "Next", Text: "Keeps asking when the customer is in a hurry.", Action: &ButtonForm{Action: "#level", Button: ButtonView{Label: "I do this", Variant: "sml"}}},
		{Level: 5, State: LevelFar, Title: "Passes it on", Text: "Has helped someone else."},
	}}
}

func slotSample() SlotsView {
	return SlotsView{Items: []Slot{
		{Title: "The three-second pause", Text: "Used 14 times, natural 9", Chip: "Kept", ChipLearn: true, Action: &ButtonForm{Action: "#use", Button: ButtonView{Label: "Used it", Variant: "sml"}}},
		{Title: "“What made you…” instead of “why”", Text: "Used 3 times", Chip: "Trying"},
		{Title: "Repeat the last three words", Text: "used on 12 Nov", Rate: &RateForm{ID: "rate-3", Action: "#rate", Name: "rating", Label: "How it was: Repeat the last three words", Submit: "Keep it",
			Options: []Option{{"0", "How was it?", true}, {"1", "of no use", false}, {"5", "a great help", false}}}},
		{OpenLabel: "Third way: still open. It has no date.", URL: "#slot"},
	}}
}

func chipSample(name string, submit bool) ChipsView {
	return ChipsView{Name: name, Label: "With a technique", Submit: submit, Items: []Option{{"1", "with: the pause", true}, {"2", "offer within 24 hours", false}}}
}

func plusSample(sheet bool) PlusOneView {
	chips := chipSample("technique-"+strconv.FormatBool(sheet), false)
	v := PlusOneView{FormID: "plus-row", Action: "#log", Name: "add", Value: "1", Label: "+1 → 12 this week", Filled: true, Other: "#other", OtherLabel: "Another number", Chips: &chips}
	chips.FormID = v.FormID
	if sheet {
		v.FormID, v.Sheet, v.Label, v.Sum, v.Note, v.Other = "plus-sheet", true, "+1", "→ 12 this week", "A sale adds to the week.", ""
		chips.FormID = v.FormID
	}
	return v
}
