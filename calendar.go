package tandem

import "strconv"

// A Calendar is what a workspace calls its time by: the month in which its year begins, and its named days.
type Calendar struct {
	FiscalMonth int        `json:"fiscal_month"` // 1 for January to 12; quarters are reckoned from it
	Dates       []NamedDay `json:"dates"`
}

// A NamedDay is a day or a stretch with a name, such as a launch or a term. From is NoDay for a single day.
type NamedDay struct {
	Name string `json:"name"`
	From Day    `json:"from,omitzero"`
	To   Day    `json:"to"`
}

// MostNamedDays is how many a workspace may have.
const MostNamedDays = 40

// tidy gives a calendar as it is kept: names without needless blanks, a stretch of one day as the day.
func (c Calendar) tidy() Calendar {
	if c.FiscalMonth == 0 {
		c.FiscalMonth = 1
	}
	dates := make([]NamedDay, 0, len(c.Dates))
	for _, d := range c.Dates {
		d.Name = CleanTitle(d.Name)
		if d.From == 0 || d.From == d.To {
			d.From = NoDay
		}
		dates = append(dates, d)
	}
	c.Dates = dates
	return c
}

// Tidy gives a calendar as it is kept, or every field that cannot be accepted, as "dates.0.name".
func (c Calendar) Tidy() (Calendar, error) {
	var es Errors
	c = c.tidy()
	if c.FiscalMonth < 1 || c.FiscalMonth > 12 {
		es.Add("fiscal_month", "fiscal_month_range", nil)
	}
	if len(c.Dates) > MostNamedDays {
		es.Add("dates", "named_days_many", Args{"limit": MostNamedDays})
		return c, es.Err()
	}
	seen := map[string]bool{}
	for i, d := range c.Dates {
		at := "dates." + strconv.Itoa(i)
		checkTitle(&es, at+".name", d.Name, "named_day_name_missing")
		if d.Name != "" && seen[d.Name] {
			es.Add(at+".name", "named_day_twice", Args{"name": d.Name})
		}
		seen[d.Name] = true
		switch {
		case d.To == 0 || d.To == NoDay:
			es.Add(at+".to", "named_day_missing", nil)
		case d.From != NoDay && d.From > d.To:
			es.Add(at+".from", "named_day_order", nil)
		}
	}
	return c, es.Err()
}
