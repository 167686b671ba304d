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

// TestRealRecords brings in 49 real results with their 15,150 values, as exported by another tool, and reads
// every page: each has a chance or says why it has none.
func TestRealRecords(t *testing.T) {
	shared := tandemtest.Shared(t)
	if shared == "" {
		t.Log("the real records do not lie beside the checkout; transfer's own files stand in for them")
		return
	}
	s := newSite(t)
	r := s.setUp()
	in := s.signedIn(t, r)
	for _, f := range []struct {
		format, file string
		added        int
	}{{"goals", "real/goals.csv", 49}, {"csv", "real/values.csv", 15150}, {"csv", "real/loop/csv_export/Checkmarks.csv", 10}, {"csv", "real/loop/habitbull.csv", 18}} {
		src, err := os.Open(filepath.Join(shared, "data", f.file))
		if err != nil {
			t.Fatal(err)
		}
		rep, err := s.ImportFile(t.Context(), in.Actor, in.Person.Personal, app.FileInput{Format: f.format, File: filepath.Base(f.file)}, src)
		if err != nil || rep.Added != f.added {
			t.Fatalf("%s: %d added, %v", f.file, rep.Added, err)
		}
		again, err := s.ImportFile(t.Context(), in.Actor, in.Person.Personal, app.FileInput{Format: f.format, File: filepath.Base(f.file)}, src)
		if err != nil || again.Added != 0 || again.Changed != 0 {
			t.Errorf("%s again: %d added, %d changed, %v", f.file, again.Added, again.Changed, err)
		}
		src.Close()
	}
	p, err := s.ListGoals(t.Context(), in.Actor, in.Person.Personal, app.GoalQuery{Limit: 200})
	if err != nil || len(p.Items) != 49 {
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
	t.Logf("%d of 49 with a chance above 1 in 3; slowest page %v", withChance, slowest)
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
