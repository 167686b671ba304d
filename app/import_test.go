package app_test

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tandem"
	"tandem/app"
	"tandem/tandemtest"
)

// records gives a file of real records; where they do not lie beside the checkout, a smaller one of our own.
func records(t *testing.T, name string) (_ []byte, whole bool) {
	t.Helper()
	shared := tandemtest.Shared(t)
	dir, whole := filepath.Join(shared, "data", "real"), true
	if shared == "" {
		dir, name, whole = "testdata", filepath.Base(name), false
	}
	b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return b, whole
}

func (d *desk) importFile(t *testing.T, format string, data []byte, dry bool) app.FileReport {
	t.Helper()
	return must[app.FileReport](t)(d.ImportFile(t.Context(), d.by, d.ws, app.FileInput{Format: format, File: "file.csv", DryRun: dry}, bytes.NewReader(data)))
}

// everything gives each number's name with its values, and the titles of all goals.
func (d *desk) everything(t *testing.T) (numbers map[string][]tandem.Observation, goals []string) {
	t.Helper()
	numbers = map[string][]tandem.Observation{}
	r := d.Store.For(d.by)
	for _, m := range must[[]tandem.Metric](t)(r.Metrics(t.Context(), d.ws, "", 0, 1000)) {
		obs := must[[]tandem.Observation](t)(r.Observations(t.Context(), d.ws, m.ID, 0, d.today()))
		numbers[m.Name] = append(numbers[m.Name], obs...)
	}
	for _, l := range must[app.GoalPage](t)(d.ListGoals(t.Context(), d.by, d.ws, app.GoalQuery{Limit: 1000})).Items {
		goals = append(goals, l.Head().Title)
	}
	return numbers, goals
}

// TestRealRecordsComeInWhole imports the files that the numbers of the product are told with.
func TestRealRecordsComeInWhole(t *testing.T) {
	d := newDesk(t)
	goals, whole := records(t, "goals.csv")
	values, _ := records(t, "values.csv")
	wantGoals, wantValues := 49, 15150
	if !whole {
		wantGoals, wantValues = strings.Count(string(goals), "\n")-1, strings.Count(string(values), "\n")-1
	}
	if r := d.importFile(t, app.FormatGoals, goals, true); r.Goals == nil || r.ImportReport.Goals != wantGoals || r.Skipped != 0 || r.Batch != 0 {
		t.Errorf("dry run of goals: %+v", r.ImportReport)
	}
	if numbers, made := d.everything(t); len(numbers) != 0 || len(made) != 0 {
		t.Fatalf("a dry run left %d numbers, %d goals", len(numbers), len(made))
	}
	if r := d.importFile(t, app.FormatGoals, goals, false); r.Added != wantGoals || r.ImportReport.Goals != wantGoals || r.Numbers != wantGoals || r.Skipped != 0 {
		t.Errorf("goals: %+v", r.ImportReport)
	}
	if r := d.importFile(t, app.FormatValues, values, true); r.Read != wantValues || r.Added != wantValues || r.Numbers != 0 {
		t.Errorf("dry run of values: %+v", r.ImportReport)
	}
	began := time.Now()
	first := d.importFile(t, app.FormatValues, values, false)
	t.Logf("%d values in %v", wantValues, time.Since(began))
	if first.Read != wantValues || first.Added != wantValues || first.Numbers != 0 || first.Skipped != 0 {
		t.Errorf("values: %+v", first.ImportReport)
	}
	before, titles := d.everything(t)
	n := 0
	for _, obs := range before {
		n += len(obs)
	}
	if n != wantValues || len(before) != wantGoals || len(titles) != wantGoals {
		t.Errorf("%d values of %d numbers, %d goals stand", n, len(before), len(titles))
	}
	if r := d.importFile(t, app.FormatValues, values, false); r.Same != wantValues || r.Added+r.Changed+r.Skipped != 0 {
		t.Errorf("the second time: %+v", r.ImportReport)
	}
	if r := d.importFile(t, app.FormatGoals, goals, false); r.Same != wantGoals || r.Added+r.Skipped != 0 {
		t.Errorf("the second time: %+v", r.ImportReport)
	}
	after, _ := d.everything(t)
	if diff := cmp.Diff(before, after); diff != "" {
		t.Error("the second time changed something: ", diff)
	}
	must[tandem.Batch](t)(d.UndoImport(t.Context(), d.by, d.ws, first.Batch))
	after, titles = d.everything(t)
	for name, obs := range after {
		if len(obs) != 0 {
			t.Errorf("undone, but %s has %d values", name, len(obs))
		}
	}
	if len(after) != wantGoals || len(titles) != wantGoals {
		t.Errorf("undoing the values left %d numbers and %d goals", len(after), len(titles))
	}
	for _, b := range must[[]tandem.Batch](t)(d.ListImports(t.Context(), d.by, d.ws)) {
		must[tandem.Batch](t)(d.UndoImport(t.Context(), d.by, d.ws, b.ID))
	}
	if after, titles = d.everything(t); len(after) != 0 || len(titles) != 0 {
		t.Errorf("undone all, but %d numbers and %d goals stand", len(after), len(titles))
	}
}

func TestFilesOfAHabitTrackerComeInWithSkipsApart(t *testing.T) {
	d := newDesk(t)
	for _, c := range []struct {
		file              string
		read, ones, zeros int
		notApplicable     int
	}{{"loop/csv_export/Checkmarks.csv", 10, 6, 1, 3}, {"loop/habitbull.csv", 18, -1, -1, 0}} {
		data, whole := records(t, c.file)
		r := d.importFile(t, app.FormatValues, data, false)
		if !whole {
			c.read, c.ones = r.Read, -1
		}
		if r.Read != c.read || r.Added != c.read || r.Skipped != 0 {
			t.Errorf("%s: %+v", c.file, r.ImportReport)
		}
		var ones, zeros, na int
		numbers, _ := d.everything(t)
		for _, obs := range numbers {
			for _, o := range obs {
				switch {
				case o.State == tandem.StateNotApplicable:
					na++
				case o.State == tandem.StateValue && o.Value == 1:
					ones++
				case o.State == tandem.StateValue && o.Value == 0:
					zeros++
				}
			}
		}
		if c.ones >= 0 && (ones != c.ones || zeros != c.zeros || na != c.notApplicable) {
			t.Errorf("%s: %d one, %d zero, %d not applicable", c.file, ones, zeros, na)
		}
		must[tandem.Batch](t)(d.UndoImport(t.Context(), d.by, d.ws, r.Batch))
		if numbers, _ = d.everything(t); len(numbers) != 0 {
			t.Errorf("%s: undone, but %d numbers stand", c.file, len(numbers))
		}
	}
}

func values(lines ...string) []byte {
	return []byte("goal,date,value,note,external_id\n" + strings.Join(lines, "\n") + "\n")
}

// TestUndoOfAChangeBringsBackWhatStood imports a file, a corrected one, and undoes them in both orders.
func TestUndoOfAChangeBringsBackWhatStood(t *testing.T) {
	for _, newestFirst := range []bool{true, false} {
		d := newDesk(t)
		m := must[tandem.Metric](t)(d.CreateMetric(t.Context(), d.by, d.ws, app.MetricInput{Name: "Sales"}))
		d.log(t, m.ID, 99)
		one := d.importFile(t, app.FormatValues, values("Sales,2026-11-01,4,,a", "Sales,2026-11-02,5,first,b"), false)
		two := d.importFile(t, app.FormatValues, values("Sales,2026-11-01,4,,a", "Sales,2026-11-02,7,told again,b", "sales,2026-11-03,1,,c"), false)
		if two.Same != 1 || two.Changed != 1 || two.Added != 1 || one.Added != 2 || one.Numbers+two.Numbers != 0 {
			t.Fatalf("%+v %+v", one.ImportReport, two.ImportReport)
		}
		if got := d.values(t, m.ID); !slices.Equal(got, []float64{4, 7, 1, 99}) {
			t.Fatalf("values %v", got)
		}
		undo, want := []tandem.BatchID{two.Batch, one.Batch}, []float64{4, 5, 99}
		if !newestFirst {
			slices.Reverse(undo)
			want = []float64{7, 1, 99} // what the second file says still stands
		}
		must[tandem.Batch](t)(d.UndoImport(t.Context(), d.by, d.ws, undo[0]))
		if got := d.values(t, m.ID); !slices.Equal(got, want) {
			t.Errorf("newest first %v: values %v, want %v", newestFirst, got, want)
		}
		if newestFirst {
			page := must[app.ObservationPage](t)(d.ListObservations(t.Context(), d.by, d.ws, m.ID, "", 10))
			if page.Items[1].Note != "first" {
				t.Errorf("the note is %q", page.Items[1].Note)
			}
		}
		b := must[tandem.Batch](t)(d.UndoImport(t.Context(), d.by, d.ws, undo[1]))
		if got := d.values(t, m.ID); !slices.Equal(got, []float64{99}) || b.State != tandem.BatchUndone {
			t.Errorf("newest first %v: all undone, values %v", newestFirst, got)
		}
		again := must[tandem.Batch](t)(d.UndoImport(t.Context(), d.by, d.ws, undo[1]))
		if again.State != tandem.BatchUndone {
			t.Errorf("undone twice: %+v", again)
		}
	}
}

func TestRowsThatCannotBeAcceptedAreNamedAndTheOthersComeIn(t *testing.T) {
	d := newDesk(t)
	must[tandem.Metric](t)(d.CreateMetric(t.Context(), d.by, d.ws, app.MetricInput{Name: "Share", Lo: ptr(0.0), Hi: ptr(1.0)}))
	r := d.importFile(t, app.FormatValues, values("Share,2026-11-01,0.5,,", "Share,2026-11-02,1.5,,", "Sales,2026-12-24,1,,", "Sales,2026-11-03,12kg,,", "Sales,2026-11-04,3,,"), false)
	got := []string{}
	for _, p := range r.Problems {
		got = append(got, fmt.Sprint(p.Line, " ", p.Column, " ", p.Code))
	}
	slices.Sort(got)
	want := []string{"3 value value_out_of_bounds", "4 day value_in_future", "5 value csv_number"}
	if !slices.Equal(got, want) || r.Read != 5 || r.Added != 2 || r.Skipped != 3 || r.Numbers != 1 {
		t.Errorf("%+v, problems %v", r.ImportReport, got)
	}
}

func goalRows(rows ...app.GoalRow) app.Rows[app.GoalRow] {
	return func() iter.Seq2[app.GoalRow, error] {
		return func(yield func(app.GoalRow, error) bool) {
			for i, r := range rows {
				r.Line = i + 2
				for _, d := range []*tandem.Day{&r.Start, &r.Due, &r.Review} {
					if *d == 0 {
						*d = tandem.NoDay
					}
				}
				if !yield(r, nil) {
					return
				}
			}
		}
	}
}

func TestARowMakesWhatItStatesAndNothingElse(t *testing.T) {
	d := newDesk(t)
	rows := goalRows(
		app.GoalRow{Kind: tandem.KindLearning, Title: "Listen", ExternalID: "L1", Fuels: []string{"R1", "none"}, LevelNow: 2, Aim: 3},
		app.GoalRow{Kind: tandem.KindPerformance, Title: "20 sales", Measure: "Sales", ExternalID: "R1", Form: tandem.FormTotal, Baseline: ptr(3.0), Target: ptr(20.0), Due: d.today() + 30},
		app.GoalRow{Kind: tandem.KindPerformance, Title: "Steps", Unit: "steps"},
		app.GoalRow{Kind: tandem.KindLearning, Title: "Speak", Target: ptr(1.0)},
		app.GoalRow{Kind: tandem.KindLearning, Title: "Sing", Due: d.today() + 3},
		app.GoalRow{Kind: tandem.KindPerformance, Title: "40 sales", Measure: "sales", Target: ptr(40.0), Due: d.today() + 90},
		app.GoalRow{Kind: tandem.KindPerformance, Title: "Theirs", OwnerEmail: "noor@example.org", Target: ptr(1.0), Due: d.today() + 90},
	)
	r := must[app.ImportReport](t)(d.ImportGoals(t.Context(), d.by, d.ws, app.ImportInput{File: "x"}, rows))
	got := []string{}
	for _, p := range r.Problems {
		got = append(got, fmt.Sprint(p.Line, " ", p.Column, " ", p.Code))
	}
	want := []string{"5 target learning_no_target", "6 deadline learning_no_deadline", "8 owner_email import_other_owner", "2 fuels_external_ids import_link"}
	if !slices.Equal(got, want) || r.Read != 7 || r.Added != 4 || r.Skipped != 3 || r.Goals != 3 || r.Numbers != 2 {
		t.Errorf("%+v", r)
	}
	numbers, titles := d.everything(t)
	slices.Sort(titles)
	if len(numbers) != 2 || !slices.Equal(titles, []string{"20 sales", "40 sales", "Listen"}) {
		t.Errorf("numbers %v, goals %v", numbers, titles)
	}
	read := d.Store.For(d.by)
	id := must[tandem.GoalID](t)(read.GoalByExternal(t.Context(), d.ws, "R1"))
	g := must[tandem.AnyGoal](t)(read.Goal(t.Context(), d.ws, id)).(tandem.PerformanceGoal)
	links := must[[]tandem.Fuels](t)(read.FuelsTo(t.Context(), d.ws, d.ws, id))
	if g.SoFar != 3 || g.Baseline != nil || len(links) != 1 {
		t.Errorf("result %+v, links %v", g, links)
	}
	listen := must[tandem.GoalID](t)(read.GoalByExternal(t.Context(), d.ws, "L1"))
	if w := must[app.Where](t)(d.WhereAmI(t.Context(), d.by, d.ws, listen)); w.Said != 2 {
		t.Errorf("level %+v", w)
	}
	if r := must[app.ImportReport](t)(d.ImportGoals(t.Context(), d.by, d.ws, app.ImportInput{File: "x"}, rows)); r.Same != 4 || r.Added != 0 {
		t.Errorf("the second time: %+v", r)
	}
	// A goal that got a life of its own stays, with its number.
	d.log(t, g.Metric, 1)
	must[tandem.Lesson](t)(d.AddLesson(t.Context(), d.by, d.ws, listen, app.LessonInput{Text: "Wait first."}))
	must[tandem.Batch](t)(d.UndoImport(t.Context(), d.by, d.ws, r.Batch))
	numbers, titles = d.everything(t)
	if len(numbers) != 1 || len(numbers["Sales"]) != 1 || !slices.Equal(titles, []string{"Listen"}) {
		t.Errorf("undone: numbers %v, goals %v", numbers, titles)
	}
}

// broken gives rows and then an error, as a file that cannot be read to its end; only the second reading,
// which writes, breaks.
func broken(n int, err error) app.Rows[app.ValueRow] {
	reads := 0
	return func() iter.Seq2[app.ValueRow, error] {
		reads++
		breaks := reads > 1
		return func(yield func(app.ValueRow, error) bool) {
			for i := range n {
				if !yield(app.ValueRow{Line: i, Name: "Sales", Day: 19000 + tandem.Day(i), Value: 1, State: tandem.StateValue, Key: fmt.Sprint(i)}, nil) {
					return
				}
			}
			if breaks {
				yield(app.ValueRow{}, err)
			}
		}
	}
}

func TestAnImportThatBreaksOffLeavesNothing(t *testing.T) {
	d := newDesk(t)
	gone := errors.New("the file is gone")
	if _, err := d.ImportValues(t.Context(), d.by, d.ws, app.ImportInput{File: "x"}, broken(1300, gone)); !errors.Is(err, gone) {
		t.Fatal(err)
	}
	if numbers, _ := d.everything(t); len(numbers) != 0 {
		t.Errorf("%d numbers are left", len(numbers))
	}
	if bs := must[[]tandem.Batch](t)(d.ListImports(t.Context(), d.by, d.ws)); len(bs) != 1 || bs[0].State != tandem.BatchUndone {
		t.Errorf("imports %+v", bs)
	}
}

// TestABrokenImportIsUndoneAtTheNextStart has the process end in the middle of writing: the panic leaves
// the batch as running and what was written on disk.
func TestABrokenImportIsUndoneAtTheNextStart(t *testing.T) {
	d := newDesk(t)
	rows := broken(1300, nil)
	dies := func() iter.Seq2[app.ValueRow, error] {
		seq := rows()
		return func(yield func(app.ValueRow, error) bool) {
			n := 0
			for r, err := range seq {
				if r.Name == "" {
					panic("the process ends")
				}
				if n++; !yield(r, err) {
					return
				}
			}
		}
	}
	func() {
		defer func() { recover() }()
		_, err := d.ImportValues(t.Context(), d.by, d.ws, app.ImportInput{File: "x"}, dies)
		t.Errorf("the import went on: %v", err)
	}()
	if numbers, _ := d.everything(t); len(numbers["Sales"]) != 1000 {
		t.Fatalf("%d values were written", len(numbers["Sales"]))
	}
	d.Reopen(t)
	if n := must[int](t)(d.UndoBroken(t.Context(), tandem.InstantOf(d.Clock.Now()))); n != 0 {
		t.Errorf("an import of this very moment may be running elsewhere: %d", n)
	}
	if n := must[int](t)(d.UndoBroken(t.Context(), tandem.InstantOf(d.Clock.Now())+1)); n != 1 {
		t.Errorf("undid %d imports", n)
	}
	if numbers, _ := d.everything(t); len(numbers) != 0 {
		t.Errorf("%d numbers are left", len(numbers))
	}
}

func TestATokenNeedsTheRightToImport(t *testing.T) {
	d := newDesk(t)
	by := d.by
	by.Scopes, by.Source, by.Token = []string{"write:observations", "read:imports"}, "token", 1
	_, err := d.ImportFile(t.Context(), by, d.ws, app.FileInput{Format: app.FormatValues}, bytes.NewReader(values("Sales,2026-11-01,4,,a")))
	wantCode(t, err, "scope_missing")
	by.Scopes = []string{"write:imports"}
	if _, err = d.ImportFile(t.Context(), by, d.ws, app.FileInput{Format: app.FormatValues}, bytes.NewReader(values("Sales,2026-11-01,4,,a"))); err != nil {
		t.Error(err)
	}
}

func TestAFileThatCannotBeReadIsAnErrorOfTheFile(t *testing.T) {
	d := newDesk(t)
	_, err := d.ImportFile(t.Context(), d.by, d.ws, app.FileInput{Format: app.FormatValues}, strings.NewReader("\xff\xfeg\x00"))
	wantCode(t, err, "file: csv_utf16")
	_, err = d.ImportFile(t.Context(), d.by, d.ws, app.FileInput{Format: "xls"}, strings.NewReader("a"))
	wantCode(t, err, "format: one_of")
}
