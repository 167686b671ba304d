package web

import (
	"tandem"
	"tandem/app"
)

// A movedRow is one thing that moved a chance, in hundredths.
type movedRow struct{ Points, What, How string }

// movedRows lists what moved the chance of a result by at least 1 in 100: values, time, time off, changes of
// the goal. They add up to the difference of the two chances.
func (c *call) movedRows(number tandem.Metric, m *app.Moved) (rows []movedRow) {
	if m == nil {
		return nil
	}
	came := c.T("moved.values_came", tandem.Args{"n": m.New})
	if number.ByPeriods() {
		came = c.T("moved.periods_came", tandem.Args{"n": m.New})
	}
	_, _, p := m.Points()
	for _, x := range []struct {
		points    int
		what, how string
	}{
		{p[1], c.T("moved.values"), came},
		{p[0], c.T("moved.time"), c.T("moved.time_went", tandem.Args{"n": m.Days})},
		{p[2], c.T("moved.calendar"), c.T("moved.calendar_changed")},
		{p[3], c.T("moved.goal"), c.T("moved.goal_changed")},
	} {
		if x.points != 0 {
			rows = append(rows, movedRow{c.Lang.Numbers().Signed(float64(x.points)), x.what, x.how})
		}
	}
	return rows
}

func (c *call) movedSince(m app.Moved) string {
	from, to, _ := m.Points()
	key := "moved.since"
	if m.Review {
		key = "moved.since_review"
	}
	return c.T(key, tandem.Args{"date": c.dayShort(m.Since), "from": from, "to": to})
}
