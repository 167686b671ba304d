package forecast

import (
	"math"
	"slices"

	"tandem/analytics/stats"
)

// A Calendar is the step of a grid in the calendar's terms; the calibration has a table for each.
type Calendar uint8

const (
	AnyStep Calendar = iota
	Daily
	Weekly
	Monthly
	Quarterly
	Yearly
)

// CalendarOf reads the name of a step: daily, weekly, monthly, quarterly, yearly, and AnyStep for all else.
func CalendarOf(name string) Calendar {
	return Calendar(slices.Index([]string{"daily", "weekly", "monthly", "quarterly", "yearly"}, name) + 1)
}

const (
	maxCells    = 1000 // longest history looked at, in cells
	maxAhead    = 1000 // farthest forecast, in cells
	leastCells  = 10   // a far deadline does not coarsen a history below this
	emptyShare  = 0.6  // with more empty cells than this the step is doubled
	smallMonth  = 28
	meanMonth   = 365.25 / 12
	meanQuarter = 365.25 / 4
	meanYear    = 365.25
)

// A grid holds values at even steps. Its last cell has a value, and lies on the day last.
type grid struct {
	y      []float64
	seen   []bool
	step   float64 // days
	last   int
	kind   Calendar
	season int  // cells, 1 for none
	counts bool // values are whole numbers, seen as roots
}

// day gives the day of the k-th cell after the last one.
func (g grid) day(k int) int { return g.last + int(math.Round(float64(k)*g.step)) }

// ahead gives how many cells end by the day; a month may be a few days shorter than the mean one.
func (g grid) ahead(day int) int {
	d := float64(day - g.last)
	if g.step > float64(smallMonth)-1 {
		d += g.step / 12
	}
	return max(0, int(math.Floor(d/g.step+1e-9)))
}

// calendarStep widens a number of days to the mean length of the month, quarter or year it stands for.
func calendarStep(days float64) (step float64, kind Calendar, season int) {
	switch {
	case days <= 1:
		return 1, Daily, 7
	case days == 7:
		return 7, Weekly, 1
	case days >= smallMonth && days <= 31:
		return meanMonth, Monthly, 12
	case days >= 89 && days <= 92:
		return meanQuarter, Quarterly, 4
	case days >= 360 && days <= 366:
		return meanYear, Yearly, 1
	}
	return days, AnyStep, 1
}

// spacing gives the median distance of points in days, 1 for fewer than two.
func spacing(points []Point) float64 {
	if len(points) < 2 {
		return 1
	}
	gaps := make([]float64, len(points)-1)
	for i := range gaps {
		gaps[i] = float64(points[i+1].Day - points[i].Day)
	}
	return math.Round(stats.Median(gaps))
}

// coarsen keeps far deadlines affordable. It makes the step so wide that the deadline is at most maxAhead cells away, as far as that
// leaves enough of a history of span days.
func coarsen(days float64, span, ahead int) float64 {
	factor := math.Ceil(float64(ahead) / (days * maxAhead))
	factor = math.Min(factor, math.Floor(float64(span)/(days*leastCells)))
	switch {
	case factor <= 1:
		return days
	case days == 1 && factor < 7:
		return 7
	}
	return days * factor
}

// layGrid puts at least one point on a grid that starts with the given days a cell. Of several values in
// a cell the last one stands, or with sum their sum; a grid of sums keeps its step however empty it is.
// It gives how many points lie before the longest history looked at.
func layGrid(points []Point, days float64, sum bool) (g grid, excluded int) {
	lastDay := points[len(points)-1].Day
	for {
		step, kind, season := calendarStep(days)
		g = grid{step: step, last: lastDay, kind: kind, season: season}
		back := func(p Point) int { return int(math.Round(float64(lastDay-p.Day) / step)) }
		from := 0
		for back(points[from]) >= maxCells {
			from++
		}
		cells, used := back(points[from])+1, 0
		g.y, g.seen = make([]float64, cells), make([]bool, cells)
		for _, p := range points[from:] {
			at := cells - 1 - back(p)
			if !g.seen[at] {
				used++
			}
			if sum {
				g.y[at] += p.Value
			} else {
				g.y[at] = p.Value
			}
			g.seen[at] = true
		}
		if float64(used) >= (1-emptyShare)*float64(cells) || used < 3 || sum {
			return g, from
		}
		days = step * 2
	}
}
