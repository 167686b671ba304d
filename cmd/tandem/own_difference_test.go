package main

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// An ownSeries is a number in even cells of time.
type ownSeries struct {
	cell   string
	starts []ownDay
	values []float64
}

func (s ownSeries) at(d ownDay) int {
	i, _ := slices.BinarySearch(s.starts, d)
	return i
}

func (s ownSeries) counts(start int) (before, after int) {
	for i, v := range s.values {
		if !math.IsNaN(v) && i < start {
			before++
		} else if !math.IsNaN(v) {
			after++
		}
	}
	return before, after
}

// series lays a result's number out in days, weeks or whole periods.
func (x *ownExport) series(g ownGoal) ownSeries {
	m := x.metrics[g.Metric]
	days, skipped := x.days(m, x.Today)
	s := ownSeries{cell: "day"}
	if len(days) == 0 {
		return s
	}
	var gaps []int
	for i := range days[1:] {
		gaps = append(gaps, int(days[i+1].day-days[i].day))
	}
	slices.Sort(gaps)
	sums, n := map[ownDay]float64{}, map[ownDay]float64{}
	weekly := len(gaps) > 0 && gaps[len(gaps)/2] >= 5 && (m.Form == "reading" || !m.WhenItHappens)
	switch {
	case m.Form == "rate":
		s.cell = m.Period
		for _, p := range x.points(g, m, x.Today, x.Today) {
			sums[p.day.begin(s.cell)], n[p.day.begin(s.cell)] = p.value, 1
		}
	case weekly:
		s.cell = "week"
		for _, d := range days {
			sums[d.day.begin("week")] += d.value
			n[d.day.begin("week")]++
		}
	default:
		for _, d := range days {
			sums[d.day], n[d.day] = d.value, 1
		}
	}
	first := days[0].day.begin(s.cell)
	if s.cell == "day" {
		first = max(first, x.Today-730)
	}
	for d := first; d <= x.Today && (m.Form == "reading" || d.following(s.cell) <= x.Today); d = d.following(s.cell) {
		v := math.NaN()
		switch {
		case n[d] > 0 && weekly && m.Form == "reading":
			v = sums[d] / n[d]
		case n[d] > 0:
			v = sums[d]
		case s.cell == "day" && m.Form != "reading" && m.WhenItHappens && !slices.Contains(skipped, d):
			v = 0
		}
		for _, p := range x.pauses[g.ID] {
			if p[0] <= d.following(s.cell)-1 && (p[1] == never || p[1] >= d) {
				v = math.NaN()
			}
		}
		if g.State == "paused" && g.PausedFrom <= d.following(s.cell)-1 {
			v = math.NaN()
		}
		s.starts, s.values = append(s.starts, d), append(s.values, v)
	}
	return s
}

// worth is the smallest difference worth having.
func (x *ownExport) worth(g ownGoal, s ownSeries) float64 {
	m := x.metrics[g.Metric]
	switch {
	case m.Direction == "within":
		return .1 * (*g.TargetHi - *g.TargetLo)
	case m.Form == "total":
		days := float64(g.Deadline - g.Start + 1)
		if s.cell == "week" {
			days /= 7
		}
		return .1 * math.Abs(g.Target-g.SoFar) / days
	case g.Baseline != nil:
		return .1 * math.Abs(g.Target-*g.Baseline)
	}
	from := math.NaN()
	for _, p := range x.points(g, m, x.Today, x.Today) {
		if p.day >= g.Start && m.Form == "rate" && m.Direction == "up" && math.IsNaN(from) {
			return .1 * math.Abs(g.Target)
		}
		if p.day >= g.Start && !math.IsNaN(from) {
			break
		}
		from = p.value
	}
	if math.IsNaN(from) {
		return 0
	}
	return .1 * math.Abs(g.Target-from)
}

// A beside is a learning goal beside a result's number.
type beside struct {
	goal          string
	level         int
	technique     string // its name
	day           ownDay
	start         int
	before, after int
	changed       string
	answered      bool
	looks         int
	answer        answer // nil for none
}

// beside gives the learning goals that fuel a result, each with what the filter says of it. The order is that
// of the page, which names them.
func (x *ownExport) beside(g ownGoal, order []string) (out []beside) {
	s, m := x.series(g), x.metrics[g.Metric]
	meta, effects, doses, late := "id,n,t0,shape,late,worth,down,season\n", []int{}, [][]float64{}, 0
	for _, l := range order {
		for _, f := range x.fuels {
			if f.Result != g.ID || f.Learning != l {
				continue
			}
			b := x.since(l, s)
			b.goal, b.changed, b.looks = l, f.Changed, f.Looks
			if b.day != never && len(s.starts) > 0 {
				b.start = s.at(b.day)
				b.before, b.after = s.counts(b.start)
				b.answered = f.ChangedDay != never && f.ChangedDay >= b.day
			}
			out = append(out, b)
			if b.day != never && b.before > 0 && b.after > 0 {
				effects = append(effects, len(out)-1)
			}
		}
	}
	for _, i := range effects {
		b := out[i]
		shape, dose, weighed := "step", make([]float64, len(s.starts)), 0
		if s.cell == "day" && b.level == 0 {
			shape = "dose"
			for _, u := range x.uses {
				if c := s.at(u.Day+1) - 1; x.technique(u.Technique) == b.technique && c >= 0 && c < len(dose) {
					dose[c]++
				}
			}
		}
		if _, after := s.counts(b.start + 14); s.cell == "day" && b.level > 0 && len(effects) <= 3 && after >= 7 {
			weighed = 1
		}
		late += weighed
		season, down := 7, 0
		if s.cell != "day" {
			season = 1
		}
		if m.Direction == "down" {
			down = 1
		}
		worth := x.worth(g, s)
		meta += fmt.Sprintf("A,%d,%d,%s,%d,%s,%d,%d\n", len(s.values), b.start+1, shape, weighed, cell(&worth), down, season)
		doses = append(doses, dose)
	}
	if len(effects) == 0 {
		return out
	}
	series := "id,t,y"
	for k := range doses {
		series += ",dose" + strings.TrimPrefix(strconv.Itoa(k+1), "1")
	}
	for i, v := range s.values {
		row := []string{"A", strconv.Itoa(i + 1), ""}
		if !math.IsNaN(v) {
			row[2] = cell(&v)
		}
		for _, dose := range doses {
			row = append(row, cell(&dose[i]))
		}
		series += "\n" + strings.Join(row, ",")
	}
	found := x.filter("impact", map[string]string{"meta": meta, "series": series + "\n"}, "--placebos", "20", "--full")
	for k, i := range effects {
		out[i].answer = found["A"]
		if k > 0 {
			out[i].answer = found[fmt.Sprintf("A#%d", k+1)]
		}
	}
	return out
}

func (x *ownExport) technique(id string) string {
	for _, t := range x.techniques {
		if t.ID == id {
			return t.Name
		}
	}
	return ""
}

// since chooses the level or the technique that was kept from which a learning goal is compared.
func (x *ownExport) since(learning string, s ownSeries) beside {
	var all []beside
	seen := map[int]bool{}
	for _, e := range x.evidence {
		if e.Goal == learning && !seen[e.Level] && (e.How != "self" || e.Level <= 2) {
			seen[e.Level] = true
			all = append(all, beside{level: e.Level, day: e.Day})
		}
	}
	slices.Reverse(all)
	most := 0
	kept := beside{}
	for _, t := range x.techniques {
		if t.Goal != learning || t.State != "kept" && t.State != "adapted" {
			continue
		}
		n, first := 0, never
		for _, u := range x.uses {
			if u.Technique == t.ID {
				n++
				if first == never || u.Day < first {
					first = u.Day
				}
			}
		}
		if n > most {
			most, kept = n, beside{technique: t.Name, day: first}
		}
	}
	if most > 0 {
		all = append(all, kept)
	}
	for _, b := range all {
		if before, after := s.counts(s.at(b.day)); before >= 14 && after >= 7 {
			return b
		}
	}
	if len(all) > 0 {
		return all[0]
	}
	return beside{day: never}
}
