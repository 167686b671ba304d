package tandem

import (
	"fmt"
	"hash/fnv"
	"math"
	"strconv"
	"strings"
	"time"
)

// A Form says what a metric's values are.
type Form string

const (
	FormReading Form = "reading" // a state that each value replaces: weight, temperature, best time
	FormTotal   Form = "total"   // increments that add up: sales, pages
	FormRate    Form = "rate"    // increments that are judged by whole periods: sales a week
	FormRatio   Form = "ratio"   // the sum of one metric by the sum of another, over whole periods: deals by calls
)

// A Direction says which way is good.
type Direction string

const (
	Up     Direction = "up"
	Down   Direction = "down"
	Within Direction = "within" // keep within two bounds
)

// A DayRule says how several values of one day combine into the day's value.
type DayRule string

const (
	DaySum  DayRule = "sum"
	DayLast DayRule = "last"
	DayMean DayRule = "mean"
	DayMin  DayRule = "min"
	DayMax  DayRule = "max"
)

// MaxNumber bounds every number that a person can enter, in both directions.
const MaxNumber = 1e15

// A Metric (on pages: a number) is something that is measured. Several goals may share it.
//
// Decimals is how many decimals are shown, -1 for as many as the values need. Lo and Hi bound what a
// value can be (nil: no bound). Period is the period of a rate or a ratio. Numerator and Denominator are the
// parts of a ratio, 0 for every other form; Percent says that it counts in hundredths. WhenItHappens says that a day without
// a value is zero rather than unknown, for totals. DataVersion rises with every change of its values, or of
// those of its parts.
// Zone is the zone in which its days are taken, "" for the owner's own. Visibility is the widest one of
// the goals that use it, only me for none; it is read, never written. Batch is the import that made it.
type Metric struct {
	Workspace     WorkspaceID `json:"workspace"`
	ID            MetricID    `json:"id"`
	Owner         PersonID    `json:"owner"`
	Name          string      `json:"name"`
	Unit          string      `json:"unit"`
	Form          Form        `json:"form"`
	Direction     Direction   `json:"direction"`
	DayRule       DayRule     `json:"day_rule"`
	Period        Period      `json:"period,omitempty"`
	Numerator     MetricID    `json:"numerator,omitzero"`
	Denominator   MetricID    `json:"denominator,omitzero"`
	Percent       bool        `json:"percent,omitempty"`
	Decimals      int         `json:"decimals"`
	Lo            *float64    `json:"lo,omitempty"`
	Hi            *float64    `json:"hi,omitempty"`
	WhenItHappens bool        `json:"when_it_happens"`
	Zone          string      `json:"zone,omitempty"`
	ExternalID    string      `json:"external_id,omitempty"`
	Archived      bool        `json:"archived"`
	Visibility    Visibility  `json:"visibility"`
	DataVersion   int64       `json:"data_version"`
	Version       int64       `json:"version"`
	Created       Instant     `json:"created"`
	Batch         BatchID     `json:"-"`
}

// NameKey is the form in which names of numbers and titles of goals are found: lower case, without
// spaces around it.
func NameKey(name string) string { return strings.ToLower(CleanTitle(name)) }

// DayOf gives the day of t in the metric's own zone, or in its owner's with the owner's start of the day.
func (m Metric) DayOf(owner Person, t time.Time) Day {
	if m.Zone == "" {
		return owner.Today(t)
	}
	return DayOf(t, Zone(m.Zone), 0)
}

// Location gives the zone in which the metric's days are taken.
func (m Metric) Location(owner Person) *time.Location {
	if m.Zone == "" {
		return owner.Location()
	}
	return Zone(m.Zone)
}

// Defaults fills what follows from the form: a total and a rate add up over a day, a reading keeps the
// day's last value; a rate and a ratio count weeks. A ratio is never zero for want of a value, and in per
// cent it says so.
func (m *Metric) Defaults() {
	if m.Form == "" {
		m.Form = FormReading
	}
	if m.Direction == "" {
		m.Direction = Up
	}
	if m.DayRule == "" {
		m.DayRule = DayLast
		if m.Form != FormReading {
			m.DayRule = DaySum
		}
	}
	if m.ByPeriods() && m.Period == PeriodNone {
		m.Period = PeriodWeek
	}
	if m.Form == FormRatio {
		m.WhenItHappens = false
		if m.Percent && m.Unit == "" {
			m.Unit = "%"
		}
	}
}

// Validate names every field that cannot be accepted.
func (m Metric) Validate() error {
	var es Errors
	checkTitle(&es, "name", m.Name, "metric_name_missing")
	checkText(&es, "unit", m.Unit, 40, false)
	checkOneOf(&es, "form", m.Form, FormReading, FormTotal, FormRate, FormRatio)
	checkOneOf(&es, "direction", m.Direction, Up, Down, Within)
	checkOneOf(&es, "day_rule", m.DayRule, DaySum, DayLast, DayMean, DayMin, DayMax)
	if m.ByPeriods() {
		checkOneOf(&es, "period", m.Period, PeriodDay, PeriodWeek, PeriodMonth, PeriodQuarter, PeriodYear)
	}
	for _, p := range []struct {
		field string
		part  MetricID
	}{{"numerator", m.Numerator}, {"denominator", m.Denominator}} {
		switch {
		case m.Form == FormRatio && p.part == 0:
			es.Add(p.field, "ratio_part_missing", nil)
		case m.Form != FormRatio && p.part != 0:
			es.Add(p.field, "only_ratio", Args{"field": p.field})
		}
	}
	if m.Percent && m.Form != FormRatio {
		es.Add("percent", "only_ratio", Args{"field": "percent"})
	}
	checkNumber(&es, "lo", m.Lo)
	checkNumber(&es, "hi", m.Hi)
	if m.Lo != nil && m.Hi != nil && *m.Lo >= *m.Hi {
		es.Add("hi", "bounds_order", Args{"lo": *m.Lo, "hi": *m.Hi})
	}
	return es.Err()
}

// A State keeps a value apart from a day that was skipped and from one that did not apply. Zero is a
// value; unknown is no observation at all.
type State string

const (
	StateValue         State = "value"
	StateSkip          State = "skip"
	StateNotApplicable State = "not_applicable"
)

// A SourceID tells where an observation came from: a small number per workspace that stands for a
// person, a token or an import batch.
type SourceID int32

// An Observation is one value of a metric.
//
// At is unique within its metric and names the observation; Day is the calendar day in the metric's
// zone at the time of writing. Value is in the metric's unit and meaningless unless State is
// StateValue. For totals and rates it is an increment. Uses are the techniques that rode along.
type Observation struct {
	Metric   MetricID `json:"metric"`
	At       Instant  `json:"at"`
	Day      Day      `json:"day"`
	Value    float64  `json:"value"`
	State    State    `json:"state"`
	Source   SourceID `json:"source"`
	Note     string   `json:"note,omitempty"`
	External string   `json:"external_id,omitempty"`
	Uses     []UseID  `json:"uses,omitempty"`

	Corrected string `json:"corrected,omitempty"` // why it was changed after the last day of a result that counts it
}

// A Put says what became of a value that was written by its external id: the instant that names it, and
// whether it was added, changed or stood there already.
type Put struct {
	At     Instant      `json:"at"`
	Did    PutDone      `json:"did"`
	Before *Observation `json:"-"` // what stood before a change
}

// PutDone is what a Put did.
type PutDone string

const (
	PutAdded   PutDone = "added"
	PutChanged PutDone = "changed"
	PutSame    PutDone = "same"
)

// Validate names every field that cannot be accepted; today is the current day in the metric's zone.
func (o Observation) Validate(m Metric, today Day) error {
	var es Errors
	checkOneOf(&es, "state", o.State, StateValue, StateSkip, StateNotApplicable)
	if o.State == StateValue {
		checkNumber(&es, "value", &o.Value)
		if m.Lo != nil && o.Value < *m.Lo || m.Hi != nil && o.Value > *m.Hi {
			es.Add("value", "value_out_of_bounds", Args{"lo": orInf(m.Lo, -1), "hi": orInf(m.Hi, 1)})
		}
	}
	if o.Day > today {
		es.Add("day", "value_in_future", nil)
	}
	checkText(&es, "note", o.Note, 2000, true)
	checkText(&es, "external_id", o.External, 200, false)
	return es.Err()
}

func orInf(p *float64, sign int) float64 {
	if p == nil {
		return math.Inf(sign)
	}
	return *p
}

// CombineDay gives the day's value of several values, in the order in which they were made; ok is
// false when there are none.
func (r DayRule) CombineDay(values []float64) (v float64, ok bool) {
	if len(values) == 0 {
		return 0, false
	}
	v = values[0]
	for _, x := range values[1:] {
		switch r {
		case DaySum, DayMean:
			v += x
		case DayMin:
			v = min(v, x)
		case DayMax:
			v = max(v, x)
		default:
			v = x
		}
	}
	if r == DayMean {
		v /= float64(len(values))
	}
	return v, true
}

// A DayValue is the combined value of one day.
type DayValue struct {
	Day   Day
	Value float64
}

// Days combines observations in the order of their instants into one value a day, in day order; skips
// and days that did not apply are left out.
func (r DayRule) Days(obs []Observation) []DayValue {
	byDay := make(map[Day][]float64, len(obs))
	for _, o := range obs {
		if o.State == StateValue {
			byDay[o.Day] = append(byDay[o.Day], o.Value)
		}
	}
	out := make([]DayValue, 0, len(byDay))
	for d, vs := range byDay {
		v, _ := r.CombineDay(vs)
		out = append(out, DayValue{Day: d, Value: v})
	}
	sortBy(out, func(a, b DayValue) bool { return a.Day < b.Day })
	return out
}

// CheckCorrected names what cannot be accepted of the reason for a correction.
func (o Observation) CheckCorrected() error {
	var es Errors
	checkText(&es, "reason", o.Corrected, MaxTitle, false)
	return es.Err()
}

// Tag is the version of an observation, for conditional changes: a hash of what it says.
func (o Observation) Tag() string {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d %d %v %s %q", o.At, o.Day, o.Value, o.State, o.Note)
	return strconv.FormatUint(h.Sum64(), 36)
}

// currencies are the signs of money that stand with each figure of it; other units are said where there is room.
const currencies = "$€£¥"

// IsMoney tells whether the number is counted in a currency that has a sign.
func (m Metric) IsMoney() bool {
	return m.Unit != "" && strings.Contains(currencies, m.Unit) && !m.IsRatio()
}

// lump is the target from which a total is entered in amounts: what is added is then seldom one.
const lump = 200

// InLumps tells whether adding one is no help on the goal's number m: money, and totals that go to hundreds.
func (g PerformanceGoal) InLumps(m Metric) bool {
	return m.Form != FormReading && !m.IsRatio() && (m.IsMoney() || g.Target >= lump)
}
