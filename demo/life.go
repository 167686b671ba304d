package demo

import (
	"math"
	"strconv"
	"time"

	"tandem"
)

// What makes numbers look lived: counts that vary more than dice, waits with a long tail, seasons, the
// rhythm of a week, closed days, and numbers rounded as people round.

// count draws a count with the given mean and more spread than a Poisson's: a mean that itself varies
// (gamma of shape 3), because some days have a reason that nobody sees.
func (w *walker) count(mean float64) int {
	if mean <= 0 {
		return 0
	}
	const shape = 3
	return w.poisson(mean * w.gamma(shape) / shape)
}

// poisson draws by Knuth's product of uniforms; means here are small.
func (w *walker) poisson(mean float64) int {
	limit, p, n := math.Exp(-mean), 1.0, 0
	for {
		p *= w.rng.Float64()
		if p <= limit {
			return n
		}
		n++
	}
}

// gamma draws from a gamma distribution of whole shape and scale 1: a sum of exponentials.
func (w *walker) gamma(shape int) (sum float64) {
	for range shape {
		sum += w.rng.ExpFloat64()
	}
	return sum
}

// around draws a positive number with a median and a long upper tail; spread is the standard deviation of
// its logarithm.
func (w *walker) around(median, spread float64) float64 {
	return median * math.Exp(spread*w.rng.NormFloat64())
}

// chance is true once in a while.
func (w *walker) chance(p float64) bool { return w.rng.Float64() < p }

// rounded rounds as people do: mostly to the half, sometimes as exactly as the watch says.
func (w *walker) rounded(v float64) float64 {
	if w.chance(0.55) {
		return math.Round(v*2) / 2
	}
	return math.Round(v*10) / 10
}

// minutes draws the length of a practice around a habit, in fives with a few odd ones.
func (w *walker) minutes(habit float64) float64 {
	v := w.around(habit, 0.3)
	if w.chance(0.85) {
		return max(math.Round(v/5)*5, 5)
	}
	return max(math.Round(v), 3)
}

// season gives a factor around 1 that is highest at a day of the year: bikes sell in May, not in January.
func season(d tandem.Day, peak time.Month, swing float64) float64 {
	y, _, _ := d.Date()
	top := tandem.DateDay(y, peak, 15)
	return 1 + swing*math.Cos(2*math.Pi*float64(d-top)/365.25)
}

// week gives the shop's rhythm: closed on Sunday and Monday, busiest on Saturday.
func week(d tandem.Day) float64 {
	return [7]float64{time.Tuesday: 0.8, time.Wednesday: 0.85, time.Thursday: 0.9, time.Friday: 1.1, time.Saturday: 1.6}[d.Weekday()]
}

// closedDay tells whether the shop is closed: Christmas to New Year, Easter, 1 May and 3 October.
func closedDay(d tandem.Day) bool {
	y, m, day := d.Date()
	switch {
	case m == time.December && day >= 24, m == time.January && day <= 1, m == time.May && day == 1, m == time.October && day == 3:
		return true
	}
	e := easter(y)
	return d >= e-2 && d <= e+1 || d == e+39 || d == e+50
}

// easter gives Easter Sunday (Gauss, in the form of Meeus, Jones and Butcher).
func easter(y int) tandem.Day {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return tandem.DateDay(y, time.Month(n/31), n%31+1)
}

// away tells whether a person is on holiday: length days from about a date of each year.
func away(d tandem.Day, month time.Month, day, length int) bool {
	y, _, _ := d.Date()
	start := tandem.DateDay(y, month, day)
	return d >= start && d < start+tandem.Day(length)
}

// monthStart gives the first day of the month that lies n months before today's; negative n lie ahead.
func (w *walker) monthStart(n int) tandem.Day {
	return tandem.PeriodMonth.Start(w.today).AddMonths(-n)
}

// quarterEnd gives the last day of the quarter under way, or of the next one when too little is left of
// it for a result to be interesting.
func (w *walker) quarterEnd() tandem.Day {
	end := tandem.PeriodQuarter.Next(w.today) - 1
	if end-w.today < 28 {
		end = tandem.PeriodQuarter.Next(end+1) - 1
	}
	return end
}

// spread deals a total over days by their weights, so that a month sums to what it is to have been.
func (w *walker) spread(total int, from, to tandem.Day, weight func(tandem.Day) float64) map[tandem.Day]int {
	sum := 0.0
	for d := from; d <= to; d++ {
		sum += weight(d)
	}
	out := map[tandem.Day]int{}
	if sum == 0 {
		return out
	}
	for range total {
		at := w.rng.Float64() * sum
		for d := from; d <= to; d++ {
			if at -= weight(d); at < 0 {
				out[d]++
				break
			}
		}
	}
	return out
}

// shopDay weighs a day on which the shop sells; 0 when it is closed.
func shopDay(d tandem.Day) float64 {
	if closedDay(d) {
		return 0
	}
	return week(d)
}

// month writes a month in English for titles.
func month(d tandem.Day) string {
	_, m, _ := d.Date()
	return m.String()
}

// monat writes a month in German for titles.
func monat(d tandem.Day) string {
	_, m, _ := d.Date()
	return [...]string{"", "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"}[m]
}

// short writes a day in German for titles, without the year.
func short(d tandem.Day) string {
	_, _, day := d.Date()
	return strconv.Itoa(day) + ". " + monat(d)
}

// long writes a day in English for titles, without the year.
func long(d tandem.Day) string {
	_, _, day := d.Date()
	return strconv.Itoa(day) + " " + month(d)
}
