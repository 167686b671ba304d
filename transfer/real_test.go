package transfer

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// realFile opens a real export where the shared folder lies beside the checkout; elsewhere the test
// that wants its exact counts is told apart in the output, and our own files in testdata stand in.
func realFile(t testing.TB, name string) *os.File {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "shared", "data", "real", filepath.FromSlash(name)))
	if errors.Is(err, os.ErrNotExist) {
		t.Skipf("the shared folder is not beside the checkout: %s is not counted", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
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
	v, rows, problems := readValues(t, realFile(t, "values.csv"), Options{Lang: "de"})
	if len(rows) != 15150 || len(problems) != 0 || v.Counts().Values != 15150 || v.Mapping().Records != 15150 {
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
	if len(names) != 49 || string(appendDay(nil, last)) != "2026-11-15" {
		t.Errorf("%d numbers, last day %s", len(names), appendDay(nil, last))
	}
	keysOf(t, rows)
}

func TestRealLoopCheckmarksGiveTenKnownValues(t *testing.T) {
	v, rows, problems := readValues(t, realFile(t, "loop/csv_export/Checkmarks.csv"), Options{Lang: "en"})
	want := ValueCounts{Records: 10, Values: 7, NotApplicable: 3, Unknown: 10}
	if v.Counts() != want || len(rows) != 10 || len(problems) != 0 {
		t.Errorf("%+v, %d rows, problems %v", v.Counts(), len(rows), problems)
	}
	ones := 0
	for _, r := range rows {
		if r.State == StateValue && r.Value == 1 {
			ones++
		}
		if r.Name != "Wake up early" {
			t.Errorf("a value of %q", r.Name)
		}
	}
	if ones != 6 || v.Mapping().Form != Wide || v.Mapping().Thousandths != No {
		t.Errorf("%d ones, mapping %+v", ones, v.Mapping())
	}
	keysOf(t, rows)
}

func TestRealHabitBullGivesEighteenValues(t *testing.T) {
	_, rows, problems := readValues(t, realFile(t, "loop/habitbull.csv"), Options{Lang: "de"})
	if len(rows) != 18 || len(problems) != 0 {
		t.Errorf("%d rows, problems %v", len(rows), problems)
	}
	if rows[0].Note != "text" || rows[0].Name != "Breed dragons" {
		t.Errorf("first row %+v", rows[0])
	}
	seconds := 0
	for _, r := range rows {
		seconds += r.Place
	}
	if seconds != 4 { // four days of one habit stand twice
		t.Errorf("%d values are the second of their day", seconds)
	}
	keysOf(t, rows)
}

func TestRealGoalsGive49Results(t *testing.T) {
	g, err := Goals(realFile(t, "goals.csv"), Options{Lang: "de"})
	if err != nil {
		t.Fatal(err)
	}
	rows, problems := readGoals(t, g)
	if len(rows) != 49 || len(problems) != 0 || len(g.Mapping().Notices) != 0 {
		t.Fatalf("%d goals, problems %v, notices %v", len(rows), problems, g.Mapping().Notices)
	}
	for _, r := range rows {
		if r.Kind != "performance" || r.Target == nil || r.Baseline == nil || string(appendDay(nil, r.Due)) != "2027-01-31" ||
			r.Measure != r.ExternalID || r.ReachedWhen != "total" && r.ReachedWhen != "at_the_end" {
			t.Errorf("%+v", r)
		}
	}
	if *rows[3].Target != -2848 || rows[3].Direction != "down" || rows[3].Form != "total" {
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
