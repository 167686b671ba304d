package app_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
)

// onEach runs f at a desk on either engine.
func onEach(t *testing.T, f func(t *testing.T, d *desk)) {
	apptest.Each(t, func(t *testing.T, h *apptest.House) {
		by := h.Actor(t, h.Person(t, "Mira"))
		p := must[tandem.Person](t)(h.Store.For(by).Person(t.Context()))
		f(t, &desk{House: h, by: by, ws: p.Personal})
	})
}

// share is a result on deals by calls, in per cent, over weeks; both numbers are made with it.
func (d *desk) share() app.GoalInput {
	return app.GoalInput{Kind: tandem.KindPerformance, Title: "Close 30 of 100", Target: ptr(30.0), Deadline: d.today() + 60,
		Number: &app.MetricInput{Name: "Closed", Form: tandem.FormRatio, Percent: true, Numerator: app.PartInput{Name: "Deals"}, Denominator: app.PartInput{Name: "Calls"}}}
}

func (d *desk) number(t *testing.T, id tandem.MetricID) tandem.Metric {
	t.Helper()
	return must[tandem.Metric](t)(d.GetMetric(t.Context(), d.by, d.ws, id))
}

func (d *desk) on(t *testing.T, m tandem.MetricID, day tandem.Day, v float64) app.Logged {
	t.Helper()
	return must[app.Logged](t)(d.LogObservation(t.Context(), d.by, d.ws, m, app.ObservationInput{Value: &v, Day: day}))
}

func TestARatioIsTheSumsOfItsPartsOverWholePeriods(t *testing.T) {
	onEach(t, func(t *testing.T, d *desk) {
		g := d.result(t, d.share())
		m := d.number(t, g.Metric)
		deals, calls := d.number(t, m.Numerator), d.number(t, m.Denominator)
		if m.Unit != "%" || m.Period != tandem.PeriodWeek || g.ReachedWhen != tandem.ReachedAtEnd || deals.Form != tandem.FormTotal || deals.Name != "Deals" || calls.Name != "Calls" {
			t.Fatalf("made %+v of %+v and %+v", m, deals, calls)
		}
		monday := tandem.DateDay(2026, 11, 2)
		// Ten calls and one deal on one day, two calls and two deals on another: 3 of 12, not the mean of 10 and 100 per cent.
		d.on(t, calls.ID, monday, 10)
		d.on(t, deals.ID, monday, 1)
		d.on(t, calls.ID, monday+3, 2)
		d.on(t, deals.ID, monday+3, 2)
		d.on(t, calls.ID, monday+7, 4) // no deal in the second week: nought
		d.on(t, deals.ID, monday+14, 1)
		o := must[app.Outlook](t)(d.Outlook(t.Context(), d.by, d.ws, g.ID))
		if got := fmt.Sprint(o.Input.Points); got != "[{20765 25} {20772 0}]" { // the Sundays of the two weeks
			t.Errorf("points %s", got)
		}
		// The week under way has a deal and no call: unknown.
		p := must[app.PeriodPage](t)(d.ListPeriods(t.Context(), d.by, d.ws, m.ID, "", 2))
		if len(p.Items) != 2 || p.Next == "" || p.Items[0].Whole || p.Items[0].Value != nil || p.Items[0].Numerator != 1 || *p.Items[1].Value != 0 || p.Items[1].Denominator != 4 || p.Denominator.Name != "Calls" {
			t.Errorf("periods %+v", p.Items)
		}
		last := must[app.PeriodPage](t)(d.ListPeriods(t.Context(), d.by, d.ws, m.ID, p.Next, 2))
		if len(last.Items) != 1 || last.Next != "" || *last.Items[0].Value != 25 || last.Items[0].Numerator != 3 || last.Items[0].Denominator != 12 {
			t.Errorf("the last page %+v", last.Items)
		}
	})
}

// TestARatioIsWhatItsPartsComeTo logs, edits, removes and takes back at random, and works the ratio out anew
// from the values that stand.
func TestARatioIsWhatItsPartsComeTo(t *testing.T) {
	forms := []app.MetricInput{{Form: tandem.FormTotal}, {Form: tandem.FormRate}, {Form: tandem.FormReading}, {Form: tandem.FormTotal, WhenItHappens: ptr(false)}, {Form: tandem.FormReading, DayRule: tandem.DaySum}}
	onEach(t, func(t *testing.T, d *desk) {
		r := rand.New(rand.NewPCG(7, 11))
		for round := range 6 {
			top, bottom := forms[round%len(forms)], forms[r.IntN(len(forms))]
			top.Name, bottom.Name = fmt.Sprint("top ", round), fmt.Sprint("bottom ", round)
			parts := []tandem.Metric{must[tandem.Metric](t)(d.CreateMetric(t.Context(), d.by, d.ws, top)), must[tandem.Metric](t)(d.CreateMetric(t.Context(), d.by, d.ws, bottom))}
			in := app.MetricInput{Name: fmt.Sprint("ratio ", round), Form: tandem.FormRatio, Period: []tandem.Period{tandem.PeriodDay, tandem.PeriodWeek, tandem.PeriodMonth}[round%3], Percent: round%2 == 0,
				Numerator: app.PartInput{Metric: parts[0].ID}, Denominator: app.PartInput{Name: bottom.Name}}
			g := d.result(t, app.GoalInput{Kind: tandem.KindPerformance, Title: in.Name, Number: &in, Target: ptr(2.5), Deadline: d.today() + 60})
			m := d.number(t, g.Metric)
			var at []tandem.Instant
			var of []tandem.MetricID
			version := m.DataVersion
			for step := range 40 {
				part := parts[r.IntN(2)]
				switch k := r.IntN(6); {
				case k < 3 || len(at) == 0:
					l := d.on(t, part.ID, d.today()-tandem.Day(r.IntN(70)), float64(r.IntN(9)-1))
					at, of = append(at, l.At), append(of, part.ID)
				case k == 3:
					i := r.IntN(len(at))
					if o, err := d.EditObservation(t.Context(), d.by, d.ws, of[i], at[i], app.ObservationChange{Value: ptr(float64(r.IntN(5))), Day: ptr(d.today() - tandem.Day(r.IntN(40)))}); err == nil {
						at[i] = o.At
					} else if tandem.KindOf(err) != tandem.KindNotFound {
						t.Fatal(err)
					}
				case k == 4:
					i := r.IntN(len(at))
					if err := d.DeleteObservation(t.Context(), d.by, d.ws, of[i], at[i]); err != nil && tandem.KindOf(err) != tandem.KindNotFound {
						t.Fatal(err)
					}
				default:
					i := r.IntN(len(at))
					if _, err := d.UndoObservation(t.Context(), d.by, d.ws, of[i], at[i]); err != nil && tandem.KindOf(err) != tandem.KindNotFound {
						t.Fatal(err)
					}
				}
				now := d.number(t, m.ID).DataVersion
				if now < version {
					t.Fatalf("round %d step %d: the data version fell from %d to %d", round, step, version, now)
				}
				version = now
				if step%8 != 7 {
					continue
				}
				o := must[app.Outlook](t)(d.Outlook(t.Context(), d.by, d.ws, g.ID))
				if got, want := fmt.Sprint(o.Days), fmt.Sprint(d.byHand(t, m, parts)); got != want {
					t.Fatalf("round %d step %d (%s by %s a %s):\ngot  %s\nwant %s", round, step, top.Form, bottom.Form, m.Period, got, want)
				}
			}
		}
	})
}

// byHand works out the periods of a ratio that are over from the values as they are listed, day by day.
func (d *desk) byHand(t *testing.T, m tandem.Metric, parts []tandem.Metric) (out []tandem.DayValue) {
	t.Helper()
	var day [2]map[tandem.Day]float64
	begun := tandem.Day(math.MinInt32)
	for i, part := range parts {
		day[i] = map[tandem.Day]float64{}
		obs := must[app.ObservationPage](t)(d.ListObservations(t.Context(), d.by, d.ws, part.ID, "", 1000)).Items
		first := tandem.Day(math.MaxInt32)
		if part.Form != tandem.FormReading && part.WhenItHappens {
			first = d.today() // made today, and a day without a value is zero since then
		}
		for k := len(obs) - 1; k >= 0; k-- { // oldest first
			o := obs[k]
			if part.DayRule == tandem.DayLast {
				day[i][o.Day] = o.Value
			} else {
				day[i][o.Day] += o.Value
			}
			first = min(first, o.Day)
		}
		begun = max(begun, first)
	}
	for s := m.Period.Start(begun); m.Period.Next(s) <= d.today(); s = m.Period.Next(s) {
		var sum [2]float64
		var has [2]bool
		for x := s; x < m.Period.Next(s); x++ {
			for i := range parts {
				if v, ok := day[i][x]; ok {
					sum[i] += v
					has[i] = true
				}
			}
		}
		for i, part := range parts {
			has[i] = has[i] || part.Form != tandem.FormReading && part.WhenItHappens
		}
		if has[0] && has[1] && sum[1] > 0 {
			v := sum[0] / sum[1]
			if m.Percent {
				v *= 100
			}
			out = append(out, tandem.DayValue{Day: m.Period.Next(s) - 1, Value: v})
		}
	}
	return out
}

func TestValuesAreLoggedOnThePartsOfARatio(t *testing.T) {
	d := newDesk(t)
	g := d.result(t, d.share())
	m := d.number(t, g.Metric)
	for what, err := range map[string]error{
		"log":   second(d.LogObservation(t.Context(), d.by, d.ws, m.ID, app.ObservationInput{Value: ptr(3.0)})),
		"bulk":  second(d.BulkObservations(t.Context(), d.by, d.ws, m.ID, []app.ObservationInput{{Value: ptr(3.0)}})),
		"edit":  second(d.EditObservation(t.Context(), d.by, d.ws, m.ID, 1, app.ObservationChange{Value: ptr(3.0)})),
		"undo":  second(d.UndoObservation(t.Context(), d.by, d.ws, m.ID, 1)),
		"wipe":  d.DeleteObservation(t.Context(), d.by, d.ws, m.ID, 1),
		"micro": second(d.CreateMicroGoal(t.Context(), d.by, d.ws, app.MicroGoalInput{Title: "x", Metric: m.ID, Times: 3})),
	} {
		es := tandem.All(err)
		if len(es) != 1 || es[0].Code != "ratio_logs_parts" || es[0].Args["numerator"] != "Deals" || es[0].Args["denominator"] != "Calls" {
			t.Errorf("%s: %v", what, err)
		}
	}
	r := d.importFile(t, app.FormatValues, values("Closed,2026-11-01,4,,a", "Deals,2026-11-02,5,,b"), false)
	if len(r.Problems) != 1 || r.Problems[0].Code != "ratio_logs_parts" || r.Added != 1 || r.Numbers != 0 {
		t.Errorf("an import says %+v", r)
	}
}

func TestWhatNoRatioCanBe(t *testing.T) {
	h := apptest.New(t)
	mira, noor := h.Person(t, "Mira"), h.Person(t, "Noor")
	ws := h.Team(t, mira, noor)
	d := &desk{House: h, by: h.Actor(t, mira), ws: ws}
	theirs := &desk{House: h, by: h.Actor(t, noor), ws: ws}
	shared := theirs.result(t, theirs.sales())
	old := d.number(t, d.result(t, d.share()).Metric)
	away := must[tandem.Metric](t)(d.CreateMetric(t.Context(), d.by, ws, app.MetricInput{Name: "Away", Form: tandem.FormTotal}))
	must[tandem.Metric](t)(d.ChangeMetric(t.Context(), d.by, ws, away.ID, app.MetricChange{Version: away.Version, Archived: ptr(true)}))
	deals, calls := app.PartInput{Metric: old.Numerator}, app.PartInput{Metric: old.Denominator}
	for _, c := range []struct {
		what string
		in   app.MetricInput
		want string
	}{
		{"without parts", app.MetricInput{Form: tandem.FormRatio}, "numerator: ratio_part_missing denominator: ratio_part_missing"},
		{"of a ratio", app.MetricInput{Form: tandem.FormRatio, Numerator: app.PartInput{Metric: old.ID}, Denominator: calls}, "numerator: ratio_of_ratio"},
		{"of a ratio by name", app.MetricInput{Form: tandem.FormRatio, Numerator: deals, Denominator: app.PartInput{Name: "closed"}}, "denominator: ratio_of_ratio"},
		{"of one number", app.MetricInput{Form: tandem.FormRatio, Numerator: deals, Denominator: deals}, "denominator: ratio_same_part"},
		{"of one new number", app.MetricInput{Form: tandem.FormRatio, Numerator: app.PartInput{Name: "New"}, Denominator: app.PartInput{Name: " new"}}, "denominator: ratio_same_part"},
		{"of a number put away", app.MetricInput{Form: tandem.FormRatio, Numerator: app.PartInput{Metric: away.ID}, Denominator: calls}, "numerator: ratio_part_archived"},
		{"of one that is not", app.MetricInput{Form: tandem.FormRatio, Numerator: app.PartInput{Metric: 99}, Denominator: calls}, "numerator: not_found"},
		{"over a fortnight", app.MetricInput{Form: tandem.FormRatio, Period: "fortnight", Numerator: deals, Denominator: calls}, "period: one_of"},
		{"a total with parts", app.MetricInput{Form: tandem.FormTotal, Numerator: deals, Denominator: app.PartInput{Name: "Calls"}, Percent: true}, "numerator: only_ratio percent: only_ratio denominator: only_ratio"},
	} {
		c.in.Name = "R"
		_, err := d.CreateMetric(t.Context(), d.by, ws, c.in)
		var got []string
		for _, e := range tandem.All(err) {
			got = append(got, e.Field+": "+e.Code)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q (%v), want %q", c.what, got, err, c.want)
		}
		_, err = d.CreateGoal(t.Context(), d.by, ws, app.GoalInput{Kind: tandem.KindPerformance, Title: "R", Number: &c.in, Target: ptr(1.0), Deadline: d.today() + 9})
		if err == nil {
			t.Errorf("%s: a result was made", c.what)
		}
	}
	// Nobody makes a ratio of the numbers of others, though they see them.
	_, err := d.CreateMetric(t.Context(), d.by, ws, app.MetricInput{Name: "R", Form: tandem.FormRatio, Numerator: app.PartInput{Metric: shared.Metric}, Denominator: calls})
	wantCode(t, err, "only_owner")
	if n := len(must[app.MetricPage](t)(d.ListMetrics(t.Context(), d.by, ws, "", 100)).Items); n != 4 { // Sales, Closed, Deals, Calls
		t.Errorf("%d numbers stand", n)
	}
}

func TestAPartStaysWhileItsRatioIsInUse(t *testing.T) {
	onEach(t, func(t *testing.T, d *desk) {
		m := d.number(t, d.result(t, d.share()).Metric)
		archive := func(id tandem.MetricID, away bool) error {
			return second(d.ChangeMetric(t.Context(), d.by, d.ws, id, app.MetricChange{Version: d.number(t, id).Version, Archived: &away}))
		}
		err := archive(m.Denominator, true)
		if es := tandem.All(err); len(es) != 1 || es[0].Code != "ratio_needs_part" || es[0].Args["ratio"] != "Closed" {
			t.Errorf("a part is put away: %v", err)
		}
		if err := archive(m.ID, true); err != nil {
			t.Fatal(err)
		}
		if err := archive(m.Denominator, true); err != nil {
			t.Errorf("a part of a ratio put away: %v", err)
		}
		wantCode(t, archive(m.ID, false), "denominator: ratio_part_archived")
	})
}

func TestASnapshotOfARatioIsRenewedWhenAPartChanges(t *testing.T) {
	onEach(t, func(t *testing.T, d *desk) {
		g := d.result(t, d.share())
		m := d.number(t, g.Metric)
		for w := tandem.Day(1); w <= 8; w++ {
			d.on(t, m.Denominator, d.today()-7*w, 10)
			d.on(t, m.Numerator, d.today()-7*w, float64(w%3))
		}
		stale := func() int { return must[int](t)(d.RefreshStale(t.Context(), d.by, d.ws, 5)) }
		if stale() != 1 || stale() != 0 {
			t.Fatal("the snapshot is not kept")
		}
		before := d.snapshot(t, g.ID)
		if before.Chance == nil || before.Values != 8 {
			t.Fatalf("snapshot %+v", before)
		}
		early := d.on(t, m.Denominator, d.today()-21, 5)
		o := must[app.Outlook](t)(d.Outlook(t.Context(), d.by, d.ws, g.ID))
		if err := d.DeleteObservation(t.Context(), d.by, d.ws, m.Denominator, early.At); err != nil {
			t.Fatal(err)
		}
		l := d.on(t, m.Denominator, d.today()-14, 30)
		if len(l.Goals) != 1 || l.Goals[0] != g.ID {
			t.Errorf("the value decides %v", l.Goals)
		}
		// An outlook of the data before is not kept.
		if err := d.Keep(t.Context(), d.by, o); err != nil {
			t.Fatal(err)
		}
		if s := d.snapshot(t, g.ID); s.DataVersion != before.DataVersion {
			t.Error("an outlook of old data was kept")
		}
		if stale() != 1 {
			t.Fatal("a value of a part makes nothing stale")
		}
		after := d.snapshot(t, g.ID)
		if after.DataVersion <= before.DataVersion || after.Now == before.Now {
			t.Errorf("renewed %+v, before %+v", after, before)
		}
		if err := d.DeleteObservation(t.Context(), d.by, d.ws, m.Denominator, l.At); err != nil || stale() != 1 {
			t.Error("a removed value of a part makes nothing stale", err)
		}
		if s := d.snapshot(t, g.ID); s.Now != before.Now {
			t.Errorf("taken back it stands at %v, before at %v", s.Now, before.Now)
		}
	})
}

func TestWhoSeesAResultSeesThePartsOfItsRatio(t *testing.T) {
	apptest.Each(t, func(t *testing.T, h *apptest.House) {
		mira, noor := h.Person(t, "Mira"), h.Person(t, "Noor")
		ws := h.Team(t, mira, noor)
		d := &desk{House: h, by: h.Actor(t, mira), ws: ws}
		member := h.Actor(t, noor)
		g := d.result(t, d.share())
		m := d.number(t, g.Metric)
		d.on(t, m.Denominator, d.today()-9, 10)
		d.on(t, m.Numerator, d.today()-9, 4)
		o := must[app.Outlook](t)(h.Outlook(t.Context(), member, ws, g.ID))
		if len(o.Days) != 1 || o.Days[0].Value != 40 || o.Parts.Numerator.Visibility != tandem.ByWorkspace {
			t.Errorf("a member sees %+v of %+v", o.Days, o.Parts)
		}
		if _, err := h.ChangeGoal(t.Context(), d.by, ws, g.ID, app.GoalChange{Version: g.Version, Visibility: ptr(tandem.OnlyMe)}); err != nil {
			t.Fatal(err)
		}
		for _, err := range []error{
			second(h.Outlook(t.Context(), member, ws, g.ID)),
			second(h.ListPeriods(t.Context(), member, ws, m.ID, "", 5)),
			second(h.ListObservations(t.Context(), member, ws, m.Numerator, "", 5)),
			second(h.GetMetric(t.Context(), member, ws, m.Denominator)),
		} {
			wantCode(t, err, "not_found")
		}
	})
}

func TestARatioIsForecastJudgedAndClosed(t *testing.T) {
	d := newDesk(t)
	in := d.share()
	in.Number.Lo, in.Number.Hi = ptr(0.0), ptr(100.0)
	in.Start, in.Deadline = d.today()-140, d.today()+14
	in.Target = ptr(30.0)
	g := d.result(t, in)
	m := d.number(t, g.Metric)
	for w := tandem.Day(20); w >= 1; w-- {
		d.on(t, m.Denominator, d.today()-7*w, 20)
		d.on(t, m.Numerator, d.today()-7*w, float64(8+w%2))
	}
	o := must[app.Outlook](t)(d.Outlook(t.Context(), d.by, d.ws, g.ID))
	f := o.Forecast
	if f.N != 20 || !(f.Chance > .9) || len(f.Steps) == 0 {
		t.Fatalf("%d values, chance %v", f.N, f.Chance)
	}
	for _, s := range f.Steps {
		if s.Lo95 < 0 || s.Hi95 > 100 {
			t.Errorf("a share from %v to %v", s.Lo95, s.Hi95)
		}
	}
	a := must[app.Advice](t)(d.Advise(t.Context(), d.by, d.ws, m.ID, app.AdviceInput{Deadline: d.today() + 60}))
	if a.Values != 20 || a.Even == nil || *a.Even < 30 || *a.Even > 55 {
		t.Errorf("advice %+v", a)
	}
	v := must[app.ResultView](t)(d.ResultPage(t.Context(), d.by, d.ws, g.ID))
	s := app.Plan(d.by, v).Series
	if s.Cell != tandem.PeriodWeek || len(s.Values) != 20 {
		t.Errorf("compared over %d cells of a %s", len(s.Values), s.Cell)
	}
	d.Clock.AdvanceDays(15)
	c := must[app.ClosingView](t)(d.OpenClosing(t.Context(), d.by, d.ws, g.ID))
	if c.Closing.Outcome != tandem.Reached || c.Best.Value != 45 {
		t.Errorf("closed as %+v, best %+v", c.Closing, c.Best)
	}
}

func TestARatioGoesOutAndComesBack(t *testing.T) {
	d := newDesk(t)
	hours := must[tandem.Metric](t)(d.CreateMetric(t.Context(), d.by, d.ws, app.MetricInput{Name: "Hours", Form: tandem.FormReading, DayRule: tandem.DaySum}))
	in := d.share()
	in.Number.Denominator = app.PartInput{Metric: hours.ID}
	in.Number.Period = tandem.PeriodMonth
	g := d.result(t, in)
	m := d.number(t, g.Metric)
	d.on(t, hours.ID, d.today()-40, 8)
	d.on(t, m.Numerator, d.today()-40, 2)
	var b bytes.Buffer
	if err := d.Export(t.Context(), d.by, d.ws, &b); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	other := newDesk(t)
	for _, x := range []struct{ name, format string }{{"goals.csv", app.FormatGoals}, {"values.csv", app.FormatValues}} {
		f, err := z.Open(x.name)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		if r := other.importFile(t, x.format, text, false); len(r.Problems) > 0 || r.Skipped > 0 {
			t.Fatalf("%s: %+v\n%s", x.name, r, text)
		}
	}
	all := must[app.GoalPage](t)(other.ListGoals(t.Context(), other.by, other.ws, app.GoalQuery{Limit: 10})).Items
	if len(all) != 1 {
		t.Fatalf("%d goals", len(all))
	}
	n := all[0].Number
	back := must[app.PeriodPage](t)(other.ListPeriods(t.Context(), other.by, other.ws, n.ID, "", 5))
	last := back.Items[len(back.Items)-1]
	if n.Form != tandem.FormRatio || n.Period != tandem.PeriodMonth || !n.Percent || n.Unit != "%" || back.Denominator.Form != tandem.FormReading || back.Numerator.Form != tandem.FormTotal || *last.Value != 25 {
		t.Errorf("%+v, %+v", n, back)
	}
	// Undoing the import takes the ratio and its parts away.
	batches := must[[]tandem.Batch](t)(other.Store.For(other.by).Batches(t.Context(), other.ws, 9))
	for _, x := range batches {
		must[tandem.Batch](t)(other.UndoImport(t.Context(), other.by, other.ws, x.ID))
	}
	if left := must[app.MetricPage](t)(other.ListMetrics(t.Context(), other.by, other.ws, "", 9)).Items; len(left) != 0 {
		t.Errorf("undone, there is %+v", left)
	}
}
