package tandem

import "math"

// percentFactor makes a ratio a per cent.
const percentFactor = 100

// IsRatio tells whether the metric is worked out from two others.
func (m Metric) IsRatio() bool { return m.Form == FormRatio }

// ByPeriods tells whether the metric has one value for each whole period.
func (m Metric) ByPeriods() bool { return m.Form == FormRate || m.Form == FormRatio }

// MadeFrom tells whether a value of the metric with the id is a value of this one: the metric itself, or a
// part of it where it is a ratio.
func (m Metric) MadeFrom(id MetricID) bool {
	return id == m.ID || m.IsRatio() && id != 0 && (id == m.Numerator || id == m.Denominator)
}

// LogHere refuses values of a ratio: they belong to its parts. The names are those of the parts.
func (m Metric) LogHere(numerator, denominator string) error {
	if !m.IsRatio() {
		return nil
	}
	return Invalid("metric", "ratio_logs_parts", Args{"name": m.Name, "numerator": numerator, "denominator": denominator})
}

// CheckParts names what keeps two numbers from being the parts of the ratio: they are of its workspace and
// its owner, in use, not the same one, and no ratios.
func (m Metric) CheckParts(numerator, denominator Metric) error {
	var es Errors
	for _, p := range []struct {
		field string
		part  Metric
	}{{"numerator", numerator}, {"denominator", denominator}} {
		switch {
		case p.part.Workspace != m.Workspace || p.part.Owner != m.Owner:
			es.Add(p.field, "not_found", Args{"noun": "metric"})
		case p.part.IsRatio():
			es.Add(p.field, "ratio_of_ratio", Args{"name": p.part.Name})
		case p.part.Archived && !m.Archived:
			es.Add(p.field, "ratio_part_archived", Args{"name": p.part.Name})
		}
	}
	if len(es) == 0 && numerator.ID == denominator.ID {
		es.Add("denominator", "ratio_same_part", Args{"name": denominator.Name})
	}
	return es.Err()
}

// A RatioPart is one of the two numbers that a ratio is made of: its values by day, in day order, and the
// day on which it began. Zero says that a day without a value is zero from then on, rather than unknown.
type RatioPart struct {
	Days  []DayValue
	Begun Day // NoDay: not yet
	Zero  bool
}

// PartOf gives a metric with its values by day as a part of a ratio. It began on its first value's day, or
// when it was made if days without a value are zero, whichever is earlier.
func (m Metric) PartOf(days []DayValue, made Day) RatioPart {
	p := RatioPart{Days: days, Begun: NoDay, Zero: m.Form != FormReading && m.WhenItHappens}
	if len(days) > 0 {
		p.Begun = days[0].Day
	}
	if p.Zero && (p.Begun == NoDay || made < p.Begun) {
		p.Begun = made
	}
	return p
}

// A RatioPeriod is a ratio over one period, from Start to End, both included: the sums of its parts and
// what one divided by the other comes to, nil where that is unknown. Whole says that the period is over.
type RatioPeriod struct {
	Start       Day      `json:"start"`
	End         Day      `json:"end"`
	Numerator   float64  `json:"numerator"`
	Denominator float64  `json:"denominator"`
	Value       *float64 `json:"value,omitempty"`
	Whole       bool     `json:"whole"`
}

// RatioPeriods works out the ratio for each period from the one in which both parts had begun to the one
// of today. Its value is the sum of the numerator divided by the sum of the denominator, never the mean of
// the ratios of days: a day with much weighs as much as it brought. A period is unknown, not zero, while its
// denominator does not add up to more than zero, and where the numerator has no value in it that could be
// known.
func (m Metric) RatioPeriods(numerator, denominator RatioPart, today Day) (out []RatioPeriod) {
	if numerator.Begun == NoDay || denominator.Begun == NoDay {
		return nil
	}
	for s := m.Period.Start(max(numerator.Begun, denominator.Begun)); s <= today; s = m.Period.Next(s) {
		p := RatioPeriod{Start: s, End: m.Period.Next(s) - 1}
		p.Whole = p.End < today
		var top, bottom bool
		p.Numerator, top = numerator.sum(s, p.End)
		p.Denominator, bottom = denominator.sum(s, p.End)
		if v := m.divide(p.Numerator, p.Denominator); top && bottom && v != nil {
			p.Value = v
		}
		out = append(out, p)
	}
	return out
}

// sum adds up the days from one to another; known tells whether they say anything.
func (p *RatioPart) sum(from, to Day) (sum float64, known bool) {
	for len(p.Days) > 0 && p.Days[0].Day <= to {
		if p.Days[0].Day >= from {
			sum += p.Days[0].Value
			known = true
		}
		p.Days = p.Days[1:]
	}
	return sum, known || p.Zero
}

// divide gives numerator by denominator in the metric's unit, nil where there is no such number.
func (m Metric) divide(numerator, denominator float64) *float64 {
	if !(denominator > 0) {
		return nil
	}
	v := numerator / denominator
	if m.Percent {
		v *= percentFactor
	}
	if math.IsNaN(v) || math.Abs(v) > MaxNumber {
		return nil
	}
	return &v
}

// RatioDays gives the periods that are over and known, each as the value of its last day.
func RatioDays(periods []RatioPeriod) (out []DayValue) {
	for _, p := range periods {
		if p.Whole && p.Value != nil {
			out = append(out, DayValue{Day: p.End, Value: *p.Value})
		}
	}
	return out
}
