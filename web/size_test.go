package web_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"tandem"
	"tandem/app"
)

// packed gives the size of a text as it travels, in bytes.
func packed(t *testing.T, text string) int {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, text); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

// weigh gives what the first load of a page takes with the files that it names, in bytes as they travel.
func (r *reader) weigh(t *testing.T, path string) int {
	t.Helper()
	p := r.get(path).want(t, http.StatusOK)
	size := packed(t, p.Text)
	for _, e := range p.All("link[rel=stylesheet], script[src], link[rel=icon], link[rel=manifest]") {
		name := e.Attr("href") + e.Attr("src")
		if strings.HasPrefix(name, "/") {
			size += packed(t, r.get(name).want(t, http.StatusOK).Text)
		}
	}
	return size
}

// TestPagesStayInBudgetWithTwoYearsOfDailyValues weighs the first load of pages, with the files that they name, for
// somebody with 50 goals and two years of daily values.
func TestPagesStayInBudgetWithTwoYearsOfDailyValues(t *testing.T) {
	const goals, days = 50, 730
	s := newSite(t)
	r := s.setUp()
	in, err := s.SignIn(t.Context(), app.SignInInput{Email: "mira@example.org", Password: password})
	if err != nil {
		t.Fatal(err)
	}
	by, ws, today := s.Actor(t, in), in.Person.Personal, s.today()
	url := ""
	for i := range goals {
		g, err := s.CreateGoal(t.Context(), by, ws, app.GoalInput{Kind: tandem.KindPerformance, Title: fmt.Sprintf("A result with a title of some length, number %d", i+1), Target: at(90),
			Baseline: at(40), Start: today - days, Deadline: today + 60, Number: &app.MetricInput{Name: fmt.Sprintf("Number %d", i+1), Unit: "km"}})
		if err != nil {
			t.Fatal(err)
		}
		p := g.(tandem.PerformanceGoal)
		for from := 0; from < days; from += app.BulkGroup {
			var rows []app.ObservationInput
			for d := from; d < min(from+app.BulkGroup, days); d++ {
				rows = append(rows, app.ObservationInput{Value: at(40 + float64(d)/40 + float64(d*7919%97)/9.7), Day: today - days + tandem.Day(d) + 1})
			}
			if _, err := s.BulkObservations(t.Context(), by, ws, p.Metric, rows); err != nil {
				t.Fatal(err)
			}
		}
		if url = "/goals/" + p.ID.String(); i > 0 {
			continue
		}
		if _, err := s.CreateGoal(t.Context(), by, ws, app.GoalInput{Kind: tandem.KindLearning, Title: "Learn the way", Fuels: []tandem.GoalID{p.ID}}); err != nil {
			t.Fatal(err)
		}
	}
	r.get(url).want(t, http.StatusOK)
	for _, x := range []struct {
		path  string
		bytes int
	}{{"/", 50_000}, {"/goals", 50_000}, {url, 60_000}, {url + "/close", 60_000}, {"/review", 50_000}} {
		got := r.weigh(t, x.path)
		t.Logf("%s: %.1f kB", x.path, float64(got)/1000)
		if got > x.bytes {
			t.Errorf("%s takes %d bytes, at most %d were asked", x.path, got, x.bytes)
		}
	}
}
