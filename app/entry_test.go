package app_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
)

// ordersOf gives in how many orders the two weeks of two devices are sent: a thousand, and where each statement
// travels to a server and there is no hour for it, a hundred.
func ordersOf(h *apptest.House) int {
	if h.DB.Postgres() && os.Getenv("TANDEM_LONG") == "" {
		return 100
	}
	return 1000
}

// A holder is somebody with things to log to.
type holder struct {
	by              tandem.Actor
	ws              tandem.WorkspaceID
	sales, calls    tandem.PerformanceGoal
	weight          tandem.MetricID
	learning        tandem.LearningGoal
	pause, script   tandem.Technique
	reading, snacks tandem.MicroGoal
}

// newHolder makes somebody with two totals, a reading, a learning goal without minutes so far, one technique
// that is an idea and one that is tried since later than its first use here.
func newHolder(t *testing.T, h *apptest.House, name string) holder {
	t.Helper()
	ctx := t.Context()
	by := h.Actor(t, h.Person(t, name))
	p := must[tandem.Person](t)(h.Store.For(by).Person(ctx))
	x := holder{by: by, ws: p.Personal}
	today := p.Today(h.Clock.Now())
	goal := func(in app.GoalInput) tandem.AnyGoal {
		return must[tandem.AnyGoal](t)(h.CreateGoal(ctx, by, x.ws, in))
	}
	x.sales = goal(app.GoalInput{Kind: tandem.KindPerformance, Title: "20 sales", Number: &app.MetricInput{Name: "Sales", Form: tandem.FormTotal}, Target: ptr(20.0), Deadline: today + 90}).(tandem.PerformanceGoal)
	x.calls = goal(app.GoalInput{Kind: tandem.KindPerformance, Title: "90 calls", Number: &app.MetricInput{Name: "Calls", Form: tandem.FormTotal}, Target: ptr(90.0), Deadline: today + 60}).(tandem.PerformanceGoal)
	x.learning = goal(app.GoalInput{Kind: tandem.KindLearning, Title: "Asking questions"}).(tandem.LearningGoal)
	x.weight = must[tandem.Metric](t)(h.CreateMetric(ctx, by, x.ws, app.MetricInput{Name: "Resting pulse", Form: tandem.FormReading, Direction: tandem.Down})).ID
	x.pause = must[tandem.Technique](t)(h.CreateTechnique(ctx, by, x.ws, app.TechniqueInput{Name: "The pause", Goal: x.learning.ID, State: tandem.Idea}))
	x.script = must[tandem.Technique](t)(h.CreateTechnique(ctx, by, x.ws, app.TechniqueInput{Name: "Open questions", Goal: x.learning.ID}))
	x.reading = must[tandem.MicroGoal](t)(h.CreateMicroGoal(ctx, by, x.ws, app.MicroGoalInput{Title: "Ten minutes of reading", Amount: 10, Unit: "min", Times: 5}))
	x.snacks = must[tandem.MicroGoal](t)(h.CreateMicroGoal(ctx, by, x.ws, app.MicroGoalInput{Title: "Snacks", Times: 2, AtMost: true, Period: tandem.PeriodDay}))
	return x
}

// twoWeeks is what two devices logged in fourteen days without a connection: values, practices, uses, lessons,
// ticks and lines, some about an earlier day, several at the very same instant, some taken back.
func twoWeeks(x holder, first time.Time) []app.EntryInput {
	var out []app.EntryInput
	zone := tandem.Zone("Europe/Berlin")
	add := func(device string, at time.Time, in app.EntryInput) string {
		in.Key = fmt.Sprintf("%s-%03d", device, len(out))
		in.Made, in.Today = tandem.InstantOf(at), tandem.DayOf(at, zone, 0)
		out = append(out, in)
		return in.Key
	}
	undo := func(key string) { out = append(out, app.EntryInput{Key: key, Kind: app.EntryUndo}) }
	for d := range 14 {
		day := first.AddDate(0, 0, d)
		if d%2 == 0 {
			add("phone", day.Add(9*time.Hour), app.EntryInput{Kind: app.EntryValue, Metric: x.sales.Metric, Value: ptr(float64(1 + d%3))})
		}
		if d%5 < 2 {
			add("tablet", day.Add(20*time.Hour), app.EntryInput{Kind: app.EntryValue, Metric: x.weight, Value: ptr(float64(70 - d))})
		}
		if d%3 == 0 { // ticked on both devices at one instant; one of them by mistake
			key := add("phone", day.Add(7*time.Hour), app.EntryInput{Kind: app.EntryTick, Micro: x.reading.ID})
			add("tablet", day.Add(7*time.Hour), app.EntryInput{Kind: app.EntryTick, Micro: x.reading.ID, Value: ptr(5.0)})
			if d%2 == 0 {
				undo(key)
			}
			add("phone", day.Add(15*time.Hour), app.EntryInput{Kind: app.EntryTick, Micro: x.snacks.ID, Note: "a long call"})
		}
		switch d % 5 {
		case 0: // one instant on both devices: the reading of the day is the same whichever comes first
			add("phone", day.Add(20*time.Hour), app.EntryInput{Kind: app.EntryValue, Metric: x.weight, Value: ptr(50.0), Note: "from the phone"})
			key := add("tablet", day.Add(20*time.Hour), app.EntryInput{Kind: app.EntryValue, Metric: x.weight, Value: ptr(55.0), Techniques: []tandem.TechniqueID{x.script.ID}})
			add("zebra", day.Add(20*time.Hour).Add(time.Microsecond), app.EntryInput{Kind: app.EntryValue, Metric: x.weight, Value: ptr(44.0)})
			if d > 0 {
				undo(key)
			}
		case 1:
			add("phone", day.Add(18*time.Hour), app.EntryInput{Kind: app.EntryPractice, Goal: x.learning.ID, Minutes: 15, Text: "Silence helps."})
			add("tablet", day.Add(18*time.Hour), app.EntryInput{Kind: app.EntryPractice, Goal: x.learning.ID, Minutes: 20, Enjoyment: 4})
			undo(add("phone", day.Add(19*time.Hour), app.EntryInput{Kind: app.EntryPractice, Goal: x.learning.ID, Minutes: 5, Text: "By mistake."}))
		case 2:
			add("tablet", day.Add(11*time.Hour), app.EntryInput{Kind: app.EntryUse, Technique: x.pause.ID, Note: "in a call"})
			undo(add("phone", day.Add(12*time.Hour), app.EntryInput{Kind: app.EntryUse, Technique: x.script.ID}))
			add("phone", day.Add(13*time.Hour), app.EntryInput{Kind: app.EntryUse, Technique: x.script.ID})
			add("tablet", day.Add(14*time.Hour), app.EntryInput{Kind: app.EntryTick, Micro: x.reading.ID, State: tandem.StateSkip})
		case 3: // about the day before: noon, on both devices
			yesterday := tandem.DayOf(day, zone, 0) - 1
			add("phone", day.Add(8*time.Hour), app.EntryInput{Kind: app.EntryValue, Metric: x.weight, Value: ptr(66.0), Day: yesterday})
			add("tablet", day.Add(7*time.Hour), app.EntryInput{Kind: app.EntryValue, Metric: x.weight, Value: ptr(67.0), Day: yesterday})
			add("phone", day.Add(8*time.Hour), app.EntryInput{Kind: app.EntryLesson, Goal: x.sales.ID, Text: "Mornings are calm."})
		case 4:
			add("tablet", day.Add(17*time.Hour), app.EntryInput{Kind: app.EntryLine, Text: "calls 12 yesterday"})
			add("phone", day.Add(17*time.Hour), app.EntryInput{Kind: app.EntryLine, Text: "25m asking questions"})
			undo(add("phone", day.Add(21*time.Hour), app.EntryInput{Kind: app.EntryLesson, Goal: x.learning.ID, Text: "Taken back."}))
			add("phone", day.Add(20*time.Hour+30*time.Minute), app.EntryInput{Kind: app.EntryValue, Metric: x.sales.Metric, State: tandem.StateSkip})
		}
	}
	return out
}

// shuffled gives entries in an order of their own, two in five of them up to three times.
func shuffled(r *rand.Rand, entries []app.EntryInput) []app.EntryInput {
	out := slices.Clone(entries)
	for _, e := range entries {
		for range max(0, r.IntN(5)-2) {
			out = append(out, e)
		}
	}
	r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func TestTwoDevicesTwoWeeksOfflineEndInOneState(t *testing.T) {
	apptest.Each(t, func(t *testing.T, h *apptest.House) {
		ctx, began := t.Context(), time.Now()
		h.Clock.Set(time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC))
		first := time.Date(2026, 11, 5, 0, 0, 0, 0, tandem.Zone("Europe/Berlin"))
		orders := ordersOf(h)
		holders := make([]holder, orders)
		for i := range holders {
			holders[i] = newHolder(t, h, fmt.Sprintf("P%d", i))
			// a value that came with a connection has one of the instants already
			_, err := h.LogObservation(ctx, holders[i].by, holders[i].ws, holders[i].weight, app.ObservationInput{Value: ptr(60.0),
				At: tandem.InstantOf(time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC))})
			if err != nil {
				t.Fatal(err)
			}
		}
		h.Clock.Set(time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC))
		sent := 0
		for i, x := range holders {
			r := rand.New(rand.NewPCG(uint64(i), 7))
			all := twoWeeks(x, first)
			if i > 0 {
				all = shuffled(r, all)
			}
			sent += len(all)
			for len(all) > 0 {
				n := min(1+r.IntN(60), len(all))
				done := must[[]app.EntryDone](t)(h.SendEntries(ctx, x.by, x.ws, all[:n]))
				for _, d := range done {
					if d.Did == app.EntryRefused {
						t.Fatalf("order %d: %s refused: %v", i, d.Key, d.Errors)
					}
				}
				all = all[n:]
			}
		}
		states := statesOf(t, h, holders)
		for i := range holders {
			if states[i] != states[0] {
				t.Fatalf("order %d ends elsewhere than the first:\n%s", i, difference(states[0], states[i]))
			}
		}
		wantTwoWeeks(t, h, holders[len(holders)-1])
		t.Logf("%d orders of %d entries, %d sent, in %s", orders, len(twoWeeks(holders[0], first)), sent, time.Since(began).Round(time.Millisecond))
	})
}

// wantTwoWeeks compares what stands with what was logged, by hand.
func wantTwoWeeks(t *testing.T, h *apptest.House, x holder) {
	t.Helper()
	ctx, r := t.Context(), h.Store.For(x.by)
	all := func(m tandem.MetricID) []tandem.Observation {
		return must[[]tandem.Observation](t)(r.Observations(ctx, x.ws, m, 0, 1<<20))
	}
	g := must[tandem.AnyGoal](t)(h.GetGoal(ctx, x.by, x.ws, x.learning.ID)).(tandem.LearningGoal)
	for name, c := range map[string]struct {
		metric tandem.MetricID
		n      int
		sum    float64
	}{
		"sales":   {x.sales.Metric, 7 + 2, 1 + 3 + 2 + 1 + 3 + 2 + 1},
		"calls":   {x.calls.Metric, 2, 24},
		"minutes": {g.Minutes, 3*2 + 2, 3*35 + 2*25},
		"reading": {x.reading.Metric, 5*2 - 3 + 3, 2*10 + 5*5}, // days 0, 3, 6, 9 and 12; a skip on 2, 7 and 12
		"snacks":  {x.snacks.Metric, 5, 5},
		"pulse":   {x.weight, 1 + 6 + 3*3 - 2 + 3*2, 60 + 6*70 - (0 + 1 + 5 + 6 + 10 + 11) + 3*(50+55+44) - 2*55 + 3*(66+67)},
	} {
		sum := 0.0
		for _, o := range all(c.metric) {
			sum += o.Value
		}
		if n := len(all(c.metric)); n != c.n || sum != c.sum {
			t.Errorf("%s: %d values with the sum %v instead of %d with %v", name, n, sum, c.n, c.sum)
		}
	}
	uses := must[[]tandem.Use](t)(h.ListUses(ctx, x.by, x.ws, 0, 1<<20))
	if len(uses) != 3+3+1 {
		t.Errorf("%d uses", len(uses))
	}
	pause := must[tandem.Technique](t)(h.GetTechnique(ctx, x.by, x.ws, x.pause.ID))
	if want := tandem.DateDay(2026, 11, 7); pause.State != tandem.Trying || pause.Since != want {
		t.Errorf("the idea that was used is %s since %s instead of %s", pause.State, pause.Since, want)
	}
	for goal, want := range map[tandem.GoalID]int{x.sales.ID: 3, x.learning.ID: 3} {
		if ls := must[[]tandem.Lesson](t)(h.ListLessons(ctx, x.by, x.ws, goal)); len(ls) != want {
			t.Errorf("%d lessons instead of %d: %v", len(ls), want, ls)
		}
	}
	days := tandem.DayLast.Days(all(x.weight))
	if len(days) == 0 || days[1].Value != 44 {
		t.Errorf("the reading of the first day is %v", days[:2])
	}
}

// statesOf gives what each holder has, from the canonical dump: ids of things that were there before are
// replaced by names, and the counters of versions are left out.
func statesOf(t *testing.T, h *apptest.House, holders []holder) []string {
	t.Helper()
	var dump bytes.Buffer
	if err := h.DB.DumpCanonical(t.Context(), &dump); err != nil {
		t.Fatal(err)
	}
	place := map[string]int{}
	for i, x := range holders {
		place[fmt.Sprint(int64(x.ws))] = i
	}
	counters := map[string][]int{"metric": {17, 18}, "technique": {9}, "workspace": {5}}
	rows, names := make([][]string, len(holders)), make([]map[string]string, len(holders))
	for i, x := range holders {
		names[i] = map[string]string{fmt.Sprint(int64(x.ws)): "space", fmt.Sprint(int64(x.by.Person)): "person"}
	}
	lines := strings.Split(dump.String(), "\n")
	each := func(do func(i int, table string, row []json.RawMessage)) {
		for _, text := range lines {
			var r struct {
				Table string
				Row   []json.RawMessage
			}
			if json.Unmarshal([]byte(text), &r) != nil || len(r.Row) == 0 {
				continue
			}
			if i, ok := place[string(r.Row[0])]; ok {
				do(i, r.Table, r.Row)
			}
		}
	}
	titles := map[string]int{"goal": 4, "metric": 3, "technique": 3, "micro_goal": 5}
	each(func(i int, table string, row []json.RawMessage) {
		if n := titles[table]; n > 0 {
			names[i][string(row[1])] = table + " " + string(row[n])
		}
	})
	each(func(i int, table string, row []json.RawMessage) {
		if table == "workspace" || table == "member" || table == "source" {
			return
		}
		cells := []string{table}
		for n, c := range row {
			text := string(c)
			if slices.Contains(counters[table], n) {
				text = "#"
			}
			if name, ok := names[i][text]; ok {
				text = name
			}
			cells = append(cells, text)
		}
		rows[i] = append(rows[i], strings.Join(cells, " "))
	})
	out := make([]string, len(holders))
	for i := range rows {
		slices.Sort(rows[i])
		out[i] = strings.Join(rows[i], "\n")
	}
	return out
}

// difference gives the lines that only one of two texts has.
func difference(a, b string) string {
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	var out []string
	for _, l := range as {
		if !slices.Contains(bs, l) {
			out = append(out, "- "+l)
		}
	}
	for _, l := range bs {
		if !slices.Contains(as, l) {
			out = append(out, "+ "+l)
		}
	}
	return strings.Join(out, "\n")
}

func TestValuesSentUpToFiveTimesAreOneRowEach(t *testing.T) {
	apptest.Each(t, func(t *testing.T, h *apptest.House) {
		values := 10_000
		if ordersOf(h) < 1000 {
			values = 2000
		}
		ctx, began := t.Context(), time.Now()
		x := newHolder(t, h, "Mira")
		h.Clock.Advance(40 * 24 * time.Hour)
		from := h.Clock.Now().Add(-30 * 24 * time.Hour)
		r := rand.New(rand.NewPCG(1, 2))
		var sent []app.EntryInput
		for i := range values {
			at := from.Add(time.Duration(i%(values*9/10)) * 4 * time.Minute) // one in ten shares an instant
			e := app.EntryInput{Key: fmt.Sprintf("v%05d", i), Kind: app.EntryValue, Metric: x.sales.Metric, Value: ptr(1.0),
				Made: tandem.InstantOf(at), Today: tandem.DayOf(at, tandem.Zone("Europe/Berlin"), 0)}
			for range 1 + r.IntN(5) {
				sent = append(sent, e)
			}
		}
		r.Shuffle(len(sent), func(i, j int) { sent[i], sent[j] = sent[j], sent[i] })
		half := len(sent) / 2
		for _, part := range [][]app.EntryInput{sent[:half], sent[half:]} {
			var wg sync.WaitGroup
			groups := slices.Collect(slices.Chunk(part, app.MostEntries))
			for w := range 4 {
				wg.Go(func() {
					for i := w; i < len(groups); i += 4 {
						if _, err := h.SendEntries(ctx, x.by, x.ws, groups[i]); err != nil {
							t.Error(err)
						}
					}
				})
			}
			wg.Wait()
			h.Clock.Advance(time.Minute) // ids of two processes meet in one millisecond, and this is none
			h.Reopen(t)                  // a restart forgets no key
		}
		rows, sum := 0, 0.0
		for _, o := range must[[]tandem.Observation](t)(h.Store.For(x.by).Observations(ctx, x.ws, x.sales.Metric, 0, 1<<20)) {
			rows, sum = rows+1, sum+o.Value
		}
		if rows != values || sum != float64(values) {
			t.Errorf("%d sendings of %d values are %d rows with the sum %v", len(sent), values, rows, sum)
		}
		t.Logf("%d sendings of %d values: %d rows, in %s", len(sent), values, rows, time.Since(began).Round(time.Millisecond))
	})
}
