package web_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tandem/app"
	"tandem/tandemtest"
)

// A recordFile is a file to import, with the rows that it adds.
type recordFile struct {
	format, path string
	added        int
}

// records gives 49 real results with their 15,150 values and two files of a habit tracker, as exported by
// other tools; where they do not lie beside the checkout, smaller ones of our own.
func records(t *testing.T) []recordFile {
	if shared := tandemtest.Shared(t); shared != "" {
		dir := filepath.Join(shared, "data", "real")
		return []recordFile{{"goals", filepath.Join(dir, "goals.csv"), 49}, {"csv", filepath.Join(dir, "values.csv"), 15150},
			{"csv", filepath.Join(dir, "loop", "csv_export", "Checkmarks.csv"), 10}, {"csv", filepath.Join(dir, "loop", "habitbull.csv"), 18}}
	}
	dir := filepath.Join(tandemtest.Root(t), "app", "testdata")
	return []recordFile{{"goals", filepath.Join(dir, "goals.csv"), 3}, {"csv", filepath.Join(dir, "values.csv"), 36}}
}

// TestRealRecords brings in the records and reads every page: each has a chance or says why it has none.
func TestRealRecords(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	in := s.signedIn(t, r)
	files := records(t)
	for _, f := range files {
		src, err := os.Open(f.path)
		if err != nil {
			t.Fatal(err)
		}
		rep, err := s.ImportFile(t.Context(), in.Actor, in.Person.Personal, app.FileInput{Format: f.format, File: filepath.Base(f.path)}, src)
		if err != nil || rep.Added != f.added {
			t.Fatalf("%s: %d added, %v", f.path, rep.Added, err)
		}
		again, err := s.ImportFile(t.Context(), in.Actor, in.Person.Personal, app.FileInput{Format: f.format, File: filepath.Base(f.path)}, src)
		if err != nil || again.Same != f.added || again.Added+again.Changed != 0 {
			t.Errorf("%s again: %+v, %v", f.path, again.ImportReport, err)
		}
		src.Close()
	}
	p, err := s.ListGoals(t.Context(), in.Actor, in.Person.Personal, app.GoalQuery{Limit: 200})
	if err != nil || len(p.Items) != files[0].added {
		t.Fatalf("%d goals, %v", len(p.Items), err)
	}
	slowest, withChance := time.Duration(0), 0
	for _, l := range p.Items {
		began := time.Now()
		a := r.get("/goals/"+l.Head().ID.String()).want(t, http.StatusOK)
		slowest = max(slowest, time.Since(began))
		if strings.Contains(a.Text, "NaN") || strings.Contains(a.Text, "Inf") {
			t.Errorf("%s shows what is no number", l.Head().Title)
		}
		says := a.One(".say0").Text()
		if strings.Contains(says, " in 10") || strings.Contains(says, "in 20") {
			withChance++
		} else if says == "" {
			t.Errorf("%s says nothing", l.Head().Title)
		}
	}
	t.Logf("%d of %d with a chance above 1 in 3; slowest page %v", withChance, len(p.Items), slowest)
}

// signedIn gives who a reader is signed in as.
func (s *site) signedIn(t *testing.T, r *reader) app.Principal {
	t.Helper()
	by, err := s.Authenticate(t.Context(), r.cookies["tandem"])
	if err != nil {
		t.Fatal(err)
	}
	return by
}
