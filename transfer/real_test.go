package transfer

import (
	"io"
	"os"
	"path/filepath"
	"testing"
)

// realFile opens a real export where the shared folder lies beside the checkout, else our own small
// file of the same kind; real tells which, for the counts differ.
func realFile(t testing.TB, name string) (f *os.File, real bool) {
	t.Helper()
	name = filepath.FromSlash(name)
	f, err := os.Open(filepath.Join("..", "..", "shared", "data", "real", name))
	if real = err == nil; !real {
		t.Logf("the shared folder is not beside the checkout: counting testdata/%s", name)
		f, err = os.Open(filepath.Join("testdata", name))
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f, real
}

// either gives the count of the real file, or of our own.
func either(real bool, theirs, ours int) int {
	if real {
		return theirs
	}
	return ours
}

func readValues(t testing.TB, src io.ReadSeeker, opt Options) (*ValuesReader, []ValueRow, []RowProblem) {
	t.Helper()
	v, err := Values(src, opt)
	if err != nil {
		t.Fatal(err)
	}
	var rows []ValueRow
	var problems []RowProblem
	for {
		row, problem, err := v.Next()
		switch {
		case err == io.EOF:
			return v, rows, problems
		case err != nil:
			t.Fatal(err)
		case problem != nil:
			problems = append(problems, *problem)
		default:
			rows = append(rows, row)
		}
	}
}

func keysOf(t *testing.T, rows []ValueRow) map[string]bool {
	t.Helper()
	keys := map[string]bool{}
	for _, r := range rows {
		if keys[r.ExternalKey()] {
			t.Errorf("two rows have the key %q", r.ExternalKey())
		}
		keys[r.ExternalKey()] = true
	}
	return keys
}

func TestRealValuesGive15150Rows(t *testing.T) {
	f, real := realFile(t, "values.csv")
	v, rows, problems := readValues(t, f, Options{Lang: "de"})
	want := either(real, 15150, 5)
	if len(rows) != want || len(problems) != 0 || v.Counts() != (ValueCounts{Records: want, Values: want}) || v.Mapping().Records != want {
		t.Errorf("%d rows, %d problems, %+v", len(rows), len(problems), v.Counts())
	}
	m := v.Mapping()
	if m.Form != Long || m.Delimiter != "," || m.Decimal != "." || m.DateLayout != LayoutISO || m.Header != Yes || len(m.Notices) != 0 {
		t.Errorf("mapping %+v", m)
	}
	names := map[string]int{}
	last := 0
	for _, r := range rows {
		names[r.Name]++
		last = max(last, r.Day)
	}
	if len(names) != either(real, 49, 2) || string(appendDay(nil, last)) != "2026-11-15" {
		t.Errorf("%d numbers, last day %s", len(names), appendDay(nil, last))
	}
	keysOf(t, rows)
}

func TestRealLoopCheckmarksGiveTenKnownValues(t *testing.T) {
	f, real := realFile(t, "loop/csv_export/Checkmarks.csv")
	v, rows, problems := readValues(t, f, Options{Lang: "en"})
	want := ValueCounts{Records: either(real, 10, 3), Values: either(real, 7, 2), NotApplicable: either(real, 3, 1), Unknown: either(real, 10, 3)}
	if v.Counts() != want || len(rows) != want.Values+want.NotApplicable || len(problems) != 0 {
		t.Errorf("%+v, %d rows, problems %v", v.Counts(), len(rows), problems)
	}
	ones := 0
	for _, r := range rows {
		if r.State == StateValue && r.Value == 1 {
			ones++
		}
		if r.Name != v.Mapping().Columns[2].Name {
			t.Errorf("a value of %q", r.Name)
		}
	}
	if ones != either(real, 6, 1) || v.Mapping().Form != Wide || v.Mapping().Thousandths != No {
		t.Errorf("%d ones, mapping %+v", ones, v.Mapping())
	}
	keysOf(t, rows)
}

func TestRealHabitBullGivesEighteenValues(t *testing.T) {
	f, real := realFile(t, "loop/habitbull.csv")
	_, rows, problems := readValues(t, f, Options{Lang: "de"})
	if len(rows) != either(real, 18, 3) || len(problems) != 0 {
		t.Errorf("%d rows, problems %v", len(rows), problems)
	}
	if rows[0].Note == "" || rows[0].Value != 1 {
		t.Errorf("first row %+v", rows[0])
	}
	seconds := 0
	for _, r := range rows {
		seconds += r.Place
	}
	if seconds != either(real, 4, 1) { // days of one habit that stand twice
		t.Errorf("%d values are the second of their day", seconds)
	}
	keysOf(t, rows)
}

func TestRealGoalsGive49Results(t *testing.T) {
	f, real := realFile(t, "goals.csv")
	g, err := Goals(f, Options{Lang: "de"})
	if err != nil {
		t.Fatal(err)
	}
	rows, problems := readGoals(t, g)
	if len(rows) != either(real, 49, 2) || len(problems) != 0 || len(g.Mapping().Notices) != 0 {
		t.Fatalf("%d goals, problems %v, notices %v", len(rows), problems, g.Mapping().Notices)
	}
	for _, r := range rows {
		if r.Kind != "performance" || r.Target == nil || r.Baseline == nil || string(appendDay(nil, r.Due)) != "2027-01-31" ||
			r.Measure != r.ExternalID || r.ReachedWhen != "total" && r.ReachedWhen != "at_the_end" {
			t.Errorf("%+v", r)
		}
	}
	if real && (*rows[3].Target != -2848 || rows[3].Direction != "down" || rows[3].Form != "total") {
		t.Errorf("fourth goal %+v", rows[3])
	}
}

func readGoals(t testing.TB, g *GoalsReader) ([]GoalRow, []RowProblem) {
	t.Helper()
	var rows []GoalRow
	var all []RowProblem
	for {
		row, problems, err := g.Next()
		switch {
		case err == io.EOF:
			return rows, all
		case err != nil:
			t.Fatal(err)
		case len(problems) > 0:
			all = append(all, problems...)
		default:
			rows = append(rows, row)
		}
	}
}
