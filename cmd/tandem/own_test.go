package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// This file is a program as somebody could write it who distrusts the pages: it reads the three files of an
// export and nothing else, adds up by itself, and asks the two filters for chances and differences. It shares
// no line with the product.

// An ownDay is a number of days since 1970-01-01.
type ownDay int

const never ownDay = -1 << 30

func (d *ownDay) UnmarshalJSON(b []byte) error {
	text := strings.Trim(string(b), `"`)
	if *d = never; text == "" {
		return nil
	}
	t, err := time.Parse("2006-01-02", text)
	*d = ownDay(t.Unix() / 86400)
	return err
}

func (d ownDay) time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }
func (d ownDay) String() string  { return d.time().Format("2006-01-02") }
func dayAt(t time.Time) ownDay   { return ownDay(t.Unix() / 86400) }

// begin gives the first day of the period that holds d, following the first day of the next one.
func (d ownDay) begin(period string) ownDay {
	t := d.time()
	switch period {
	case "week":
		return d - ownDay((int(t.Weekday())+6)%7)
	case "month":
		return dayAt(time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC))
	}
	return d
}

func (d ownDay) following(period string) ownDay {
	t := d.begin(period).time()
	switch period {
	case "week":
		return dayAt(t) + 7
	case "month":
		return dayAt(t.AddDate(0, 1, 0))
	}
	return d + 1
}

type ownGoal struct {
	ID, Kind, Title, State, Metric string
	Why                            string
	ReachedWhen                    string `json:"reached_when"`
	Start, Deadline                ownDay
	PausedFrom                     ownDay `json:"paused_from"`
	Baseline                       *float64
	SoFar                          float64 `json:"so_far"`
	Target                         float64
	TargetLo                       *float64 `json:"target_lo"`
	TargetHi                       *float64 `json:"target_hi"`
	Stretch                        *float64
	HeldFor                        int     `json:"held_for"`
	KeptShare                      float64 `json:"kept_share"`
	Levels                         []string
}

type ownMetric struct {
	ID, Name, Unit, Form, Direction, Period string
	DayRule                                 string `json:"day_rule"`
	Decimals                                int
	Lo, Hi                                  *float64
	WhenItHappens                           bool `json:"when_it_happens"`
}

// An ownReview is a finished review of a week with what it said of each goal.
type ownReview struct {
	Week    ownDay
	DoneDay ownDay `json:"done_day"`
	Items   []struct {
		Goal    string
		Chance  *float64
		SeenDay ownDay `json:"seen_day"`
	}
}

type ownUse struct {
	Technique, Metric string
	Day               ownDay
}

// An ownExport is what the three files hold, as far as it is needed.
type ownExport struct {
	t       *testing.T
	program string
	dir     string
	Today   ownDay
	zone    *time.Location
	lang    int // 0 English, 1 German
	goals   []ownGoal
	metrics map[string]ownMetric
	values  map[string][]ownValue // by name of the number, oldest first
	pauses  map[string][][2]ownDay
	changes []struct {
		Goal, Before string
		At           time.Time
	}
	fuels []struct {
		Learning, Result, Changed string
		ResultWorkspace           string `json:"result_workspace"`
		ChangedDay                ownDay `json:"changed_day"`
		Looks                     int
	}
	evidence []struct {
		Goal, How string
		Level     int
		Day       ownDay
	}
	techniques []struct{ ID, Name, State, Goal string }
	uses       []ownUse
	reviews    []ownReview
	factors    []struct {
		Goal, Text string
		InHands    bool
	}
	closings map[string]struct {
		Outcome string
		Value   float64
	}
}

type ownValue struct {
	day   ownDay
	value float64
	some  bool // false for a day that was skipped or did not apply
}

// readOwn reads an export.
func readOwn(t *testing.T, program, dir string) *ownExport {
	t.Helper()
	x := &ownExport{t: t, program: program, dir: dir, metrics: map[string]ownMetric{}, values: map[string][]ownValue{}, pauses: map[string][][2]ownDay{}}
	x.closings = map[string]struct {
		Outcome string
		Value   float64
	}{}
	text, err := os.ReadFile(filepath.Join(dir, "records.jsonl"))
	x.must(err)
	for line := range bytes.Lines(text) {
		var r struct {
			Kind string
			Data json.RawMessage
		}
		x.must(json.Unmarshal(line, &r))
		x.take(r.Kind, r.Data)
	}
	f, err := os.Open(filepath.Join(dir, "values.csv"))
	if errors.Is(err, fs.ErrNotExist) {
		return x // there are none
	}
	x.must(err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	x.must(err)
	slices.Reverse(rows[1:]) // the newest stands first
	for _, row := range rows[1:] {
		name := strings.TrimPrefix(row[0], "'")
		v := ownValue{}
		x.must(v.day.UnmarshalJSON([]byte(row[1])))
		if v.value, err = strconv.ParseFloat(row[2], 64); err == nil {
			v.some = true
		}
		x.values[name] = append(x.values[name], v)
	}
	return x
}

func (x *ownExport) must(err error) {
	x.t.Helper()
	if err != nil {
		x.t.Fatal(err)
	}
}

// add appends a record to a list.
func add[T any](x *ownExport, to *[]T, data json.RawMessage) T {
	var v T
	x.must(json.Unmarshal(data, &v))
	*to = append(*to, v)
	return v
}

func (x *ownExport) take(kind string, data json.RawMessage) {
	switch kind {
	case "export":
		var v struct{ Day ownDay }
		x.must(json.Unmarshal(data, &v))
		x.Today = v.Day
	case "person":
		var v struct{ Lang, Zone string }
		x.must(json.Unmarshal(data, &v))
		if v.Lang == "de" {
			x.lang = 1
		}
		var err error
		x.zone, err = time.LoadLocation(v.Zone)
		x.must(err)
	case "metric":
		var m ownMetric
		x.must(json.Unmarshal(data, &m))
		x.metrics[m.ID] = m
	case "goal":
		add(x, &x.goals, data)
	case "pause":
		var v struct {
			Goal     string
			From, To ownDay
		}
		x.must(json.Unmarshal(data, &v))
		x.pauses[v.Goal] = append(x.pauses[v.Goal], [2]ownDay{v.From, v.To})
	case "change":
		add(x, &x.changes, data)
	case "fuels":
		add(x, &x.fuels, data)
	case "evidence":
		add(x, &x.evidence, data)
	case "technique":
		add(x, &x.techniques, data)
	case "use":
		add(x, &x.uses, data)
	case "review":
		add(x, &x.reviews, data)
	case "factor":
		add(x, &x.factors, data)
	case "closing":
		var v struct {
			Goal, Outcome string
			Value         float64
		}
		x.must(json.Unmarshal(data, &v))
		c := x.closings[v.Goal]
		c.Outcome, c.Value = v.Outcome, v.Value
		x.closings[v.Goal] = c
	}
}

// days gives one value a day, oldest first, of the days from one on up to another.
func (x *ownExport) days(m ownMetric, upTo ownDay) (out []ownValue, skipped []ownDay) {
	byDay := map[ownDay][]float64{}
	for _, v := range x.values[m.Name] {
		if v.day > upTo || v.day < x.Today-3653 {
			continue
		}
		if !v.some {
			skipped = append(skipped, v.day)
			continue
		}
		byDay[v.day] = append(byDay[v.day], v.value)
	}
	for d, vs := range byDay {
		sum := 0.0
		for _, v := range vs {
			sum += v
		}
		value := map[string]float64{"sum": sum, "mean": sum / float64(len(vs)), "min": slices.Min(vs), "max": slices.Max(vs), "last": vs[len(vs)-1]}[m.DayRule]
		out = append(out, ownValue{d, value, true})
	}
	slices.SortFunc(out, func(a, b ownValue) int { return int(a.day - b.day) })
	return out, skipped
}

// points are what a forecast looks at: the days, or of a rate its whole periods.
func (x *ownExport) points(g ownGoal, m ownMetric, today, upTo ownDay) []ownValue {
	days, _ := x.days(m, upTo)
	if m.Form != "rate" || len(days) == 0 {
		return days
	}
	sums, has := map[ownDay]float64{}, map[ownDay]bool{}
	for _, d := range days {
		sums[d.day.begin(m.Period)] += d.value
		has[d.day.begin(m.Period)] = true
	}
	p := days[0].day.begin(m.Period)
	if min(days[0].day, g.Start) > p {
		p = p.following(m.Period)
	}
	var out []ownValue
	for ; p.following(m.Period)-1 < today; p = p.following(m.Period) {
		if has[p] || m.WhenItHappens {
			out = append(out, ownValue{p.following(m.Period) - 1, sums[p], true})
		}
	}
	return out
}

func ownScale(m ownMetric, points []ownValue) string {
	whole, positive, negative := true, true, false
	for _, p := range points {
		whole = whole && p.value == math.Trunc(p.value)
		positive = positive && p.value > 0
		negative = negative || p.value < 0
	}
	switch {
	case m.Lo != nil && m.Hi != nil:
		return "bounded"
	case negative || len(points) == 0:
		return "unbounded"
	case whole && m.Form != "reading":
		return "count"
	case positive:
		return "positive"
	}
	return "unbounded"
}

// A question is one row of GOALS with its values.
type question struct {
	id, scale string
	goal      ownGoal
	metric    ownMetric
	today     ownDay
	soFar     float64
	points    []ownValue
	off       [][2]ownDay
}

func (x *ownExport) ask(id string, g ownGoal, today ownDay) question {
	m := x.metrics[g.Metric]
	q := question{id: id, goal: g, metric: m, today: today, soFar: g.SoFar, points: x.points(g, m, today, x.Today), off: x.off(g, today)}
	q.scale = ownScale(m, q.points)
	return q
}

// off gives the time off as it was known on a day.
func (x *ownExport) off(g ownGoal, today ownDay) (out [][2]ownDay) {
	for _, p := range x.pauses[g.ID] {
		if p[0] > today {
			if today == x.Today {
				out = append(out, p)
			}
			continue
		}
		if p[1] == never || today < x.Today && p[1] > today {
			p[1] = today
		}
		out = append(out, p)
	}
	return out
}

func cell(p *float64) string {
	if p == nil {
		return ""
	}
	return strconv.FormatFloat(*p, 'g', -1, 64)
}

// An answer is one row of what the filter says, by column.
type answer map[string]string

func (a answer) num(column string) float64 {
	v, err := strconv.ParseFloat(a[column], 64)
	if err != nil {
		return math.NaN()
	}
	return v
}

// forecast asks the filter about goals.
func (x *ownExport) forecast(all []question) map[string]answer {
	goals, values := "id,form,scale,start,today,deadline,rule,direction,target,target_lo,target_hi,baseline,so_far,lo,hi,held_for,kept_share,period,when_it_happens,at_most,off,seed\n", "id,day,value\n"
	for _, q := range all {
		g, m := q.goal, q.metric
		rule := map[string]string{"total": "total", "once": "once", "at_the_end": "end", "held": "held", "kept": "kept"}[g.ReachedWhen]
		period := map[string]int{"week": 7, "month": 30, "quarter": 91, "year": 365}[m.Period]
		yes := func(b bool) string { return strconv.Itoa(map[bool]int{true: 1}[b]) }
		var off []string
		for _, p := range q.off {
			off = append(off, p[0].String()+"/"+p[1].String())
		}
		row := []string{q.id, m.Form, q.scale, g.Start.String(), q.today.String(), g.Deadline.String(), rule, m.Direction, cell(&g.Target), cell(g.TargetLo), cell(g.TargetHi), cell(g.Baseline),
			cell(&q.soFar), cell(m.Lo), cell(m.Hi), strconv.Itoa(g.HeldFor), cell(&g.KeptShare), strconv.Itoa(max(period, 1)), yes(m.WhenItHappens),
			yes(m.Form == "total" && m.Direction == "down" && g.Target >= 0), strings.Join(off, ";"), g.ID}
		goals += strings.Join(row, ",") + "\n"
		for _, p := range q.points {
			values += fmt.Sprintf("%s,%s,%s\n", q.id, p.day, cell(&p.value))
		}
	}
	return x.filter("forecast", map[string]string{"goals": goals, "train": values})
}

// filter runs a filter over files and gives its rows by the first column; rows with one id follow each other
// as id, id#2 and on.
func (x *ownExport) filter(name string, files map[string]string, more ...string) map[string]answer {
	args := append([]string{name}, more...)
	for flag, text := range files {
		path := filepath.Join(x.dir, name+"-"+flag+".csv")
		x.must(os.WriteFile(path, []byte(text), 0o600))
		args = append(args, "--"+flag, path)
	}
	out, err := exec.Command(x.program, args...).Output()
	if bad, ok := err.(*exec.ExitError); ok {
		x.t.Fatalf("%s: %s", name, bad.Stderr)
	}
	x.must(err)
	rows, err := csv.NewReader(bytes.NewReader(out)).ReadAll()
	x.must(err)
	found := map[string]answer{}
	for _, row := range rows[1:] {
		a := answer{}
		for i, h := range rows[0] {
			a[h] = row[i]
		}
		id := row[0]
		for n := 2; found[id] != nil; n++ {
			id = fmt.Sprintf("%s#%d", row[0], n)
		}
		found[id] = a
	}
	return found
}
