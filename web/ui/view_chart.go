package ui

// Calendar holds the words a picture needs to name days. Every chart with a time axis takes one.
type Calendar struct {
	Months   [12]string           // short names, January first: "Jan"
	Weekdays [7]string            // one or two letters, Monday first: "M"
	DayMonth func(day int) string // "4 Nov"; nil writes nothing
}

// Point is one value on one day.
type Point struct {
	Day   int
	Value float64
	Title string // shown on hover, "Week 32: 9 sales"; may be empty
}

// FanPoint is the forecast for one day by its quantiles, in the unit of the number.
type FanPoint struct {
	Day                                 int
	Q025, Q10, Q25, Q50, Q75, Q90, Q975 float64
}

// Fan is the likely range from today to the deadline. Points run from the first day after today to
// the deadline; one point alone (the deadline) is enough, then the fan widens to it.
type Fan struct {
	Points    []FanPoint
	Label     string // "likely 14.3 to 18.4"
	Short     string // "likely", used with Low and High on the narrow drawing
	LowLabel  string // "14.3"
	HighLabel string // "18.4"
}

// Band is a target that is a range (keep within).
type Band struct {
	Low, High           float64
	LowLabel, HighLabel string
}

// Stretch is the further target behind the second switch.
type Stretch struct {
	Value float64
	Label string // "Stretch 18"
}

// Milestone is a diamond on the base line, filled when reached.
type Milestone struct {
	Day     int
	Label   string // "14"
	Reached bool
}

// Endings are simulated paths, usually 20, at even quantiles.
type Endings struct {
	Values  []float64
	Reached []bool // as long as Values; judged by the goal's own rule
	Caption string // "12 of 20"
	Sub     string // "reach 16"
	Short   string // "reach", on the narrow drawing
}

// LaneLevel is a level that was noticed on a day.
type LaneLevel struct {
	Day   int
	Level int    // 1 to 8
	Label string // "in calm calls"
}

// LanePractice is the practice of one period, drawn at its last day.
type LanePractice struct {
	Day   int
	Share float64 // min(practice, micro-goal) / micro-goal; held to 0..1
}

// Lane is one learning goal under the time axis. Without levels it is drawn in the hue of level 1
// without numbers; without practice it stays thin.
type Lane struct {
	Name      string
	Start     int // first day of the learning goal
	Levels    []LaneLevel
	Of        int // how many levels the skill has; 0 counts as 5
	Practice  []LanePractice
	Uses      []int  // days on which something learned was used
	UsesLabel string // "used 14 times"
	NextLevel int    // 0: no circle at the open end
	Next      string // "next: under pressure"
	LookAgain int    // day of the next review; 0 for none
	LookLabel string // "look again 28 Nov"
	LookShort string // "28 Nov"
}

// GoalChartView is what the main picture shows. Marks without data are left out: a nil Fan draws no
// range, no Lanes no learning. Not-a-number and infinite values are skipped.
type GoalChartView struct {
	ID          string // unique on the page; letters, digits, hyphen
	Title       string // the picture in one sentence, for screen readers
	DescribedBy string // id of the ChartText beside it
	Unit        string // "Sales a week"
	Calendar    Calendar
	Format      func(float64) string // values on the axis; nil writes plain numbers

	Start, Today, Deadline    int
	TodayLabel, DeadlineLabel string // "Today", "31 Dec"

	Values   []Point // by day; for totals the running sum
	Steps    bool    // totals: the sum as steps
	Trend    []Point // by day; when empty a local line through the values is drawn
	Now      float64 // where the trend stands today; not-a-number: none known
	NowLabel string  // "13.4 now"

	Target      float64
	TargetLabel string // "Target 16"
	TargetShort string // "16"
	ReachedOn   int    // rule "once": the day it was reached; the disc slides there; 0 for none
	Within      *Band  // keep within; Target is then not drawn as a line
	Stretch     *Stretch
	Milestones  []Milestone
	Fan         *Fan
	Endings     *Endings
	Since       *SinceCourse // nil: nothing behind the third switch

	Lanes []Lane
	More  string // "2 more", when the caller has more than four lanes' worth; "" writes nothing
}

// PracticeDay is one of the first week's days on the road of day one.
type PracticeDay struct {
	Day  int
	Done bool
}

// EarlyLane is the learning under the road map.
type EarlyLane struct {
	Name      string
	Practice  string // "10 minutes, five days a week"
	Days      []PracticeDay
	Uses      []int
	UseLabel  string // "first use, Tue 3"
	UseShort  string
	TryOn     int    // day of the planned first try; drawn while there are no Uses; 0 for none
	TryLabel  string // "first try, Thu 5"
	LookAgain int
	LookLabel string // "look again, Fri 13"
	LookShort string // "look again, 13"
	NextLevel int    // 0: no circle at the open end
	Of        int
	Open      string // "the way goes on"
}

// EarlyChartView is the picture of a result with no, one or two values: never an empty frame. The
// even pace is a matter of the calendar only, no forecast.
type EarlyChartView struct {
	ID, Title, DescribedBy, Unit string
	Calendar                     Calendar
	Format                       func(float64) string

	Start, Today, Deadline    int
	TodayLabel, DeadlineLabel string // "Today, Mon 2", "30 Nov"
	TodayShort                string // "Today"; empty: TodayLabel

	Base     float64 // so far, or the baseline; not-a-number: none known
	NowLabel string  // "0 so far"
	Values   []Point
	Steps    bool

	Target      float64
	TargetLabel string // "Target 20"
	TargetShort string // "20"
	ByLabel     string // "by 30 November"
	PaceLabel   string // "an even pace: about 1 each working day"
	PaceShort   string
	Within      *Band
	Milestones  []Milestone
	Lane        *EarlyLane
}

// ArchView is the closing figure: the time axis bent into an arc. Without Levels, Uses and
// NextLevel there is no inner arc.
type ArchView struct {
	ID, Title            string
	DescribedBy          string
	Start, End           int
	StartLabel, EndLabel string // "2 Nov", "30 Nov"
	Values               []int  // days of the outer dots
	Uses                 []int
	Levels               []LaneLevel
	Of                   int
	Share                float64 // of the way, held to 0..1
	Reached              bool    // tick in the disc
	Big, Small, Third    string  // "17 of 20", "very close", "9 in October, and all 17 stay"
	NextLevel            int     // 0: the arc goes on with an open end
	NextWord             string  // "next:"
	Next                 string  // "without notes"
}

// SparkView is a result at the size of a list row.
type SparkView struct {
	Title    string
	From, To int
	Values   []Point // the trend
	Target   float64 // not-a-number: none
	Uses     []int
	Levels   []LaneLevel // gives the uses their hue
	Of       int
	Steps    bool
}

// WeekDayState says what a day of the week view shows.
type WeekDayState int

// States of a day. What was not practised and is over is a day of rest, not a fault.
const (
	Rest WeekDayState = iota
	Practised
	DayToday // not practised yet
	Ahead
)

// WeekView is this week's practice, Monday (or the week's first day) first.
type WeekView struct {
	Title string
	Days  [7]WeekDayState
	Names [7]string
	Today int // 0 to 6: the name set in bold; -1 none
	Level int // gives the hue
	Of    int
}

// HeatDay is a day practised.
type HeatDay struct {
	Day   int
	Level int // level of the skill on that day; 0 counts as 1
}

// HeatView shows days practised over the last weeks (16 wide, 12 narrow).
type HeatView struct {
	Title    string
	Today    int
	Days     []HeatDay
	Of       int
	Calendar Calendar
}

// GaugeView is the half circle beside the chance in words; it is hidden from screen readers.
type GaugeView struct {
	Share float64 // 0 to 1
}

// RoadKind says which mark a step of the road has.
type RoadKind string

// Kinds of steps.
const (
	RoadToday RoadKind = "t"
	RoadStep  RoadKind = ""
	RoadLook  RoadKind = "e"
	RoadAim   RoadKind = "a"
)

// RoadItem is one step of the road.
type RoadItem struct {
	Kind RoadKind
	When string // "Thursday 5"
	What string // "First try, in one real call"
}

// RoadView is the road of day one: today, first try, look again, the date.
type RoadView struct {
	Items []RoadItem
}

// Switch is one check box under the picture: 1 wider and narrower range, 2 steps and stretch,
// 3 difference, 4 the endings. A switch is offered only when its trigger has fired.
type Switch struct {
	N     int
	Label string
	On    bool
}

// SwitchesView is the row of check boxes; it must stand in the same ".chartbox" as the picture.
type SwitchesView struct {
	Legend string // "Also show in the picture"
	Items  []Switch
}

// ChartTextView is a picture in words, folded.
type ChartTextView struct {
	ID         string // what DescribedBy names
	Summary    string // "Read this picture as text"
	Paragraphs []string
	TableName  string     // label of the table's scroll area
	Heads      []string   // the first column is text, the others are numbers
	Rows       [][]string // each as long as Heads
}
