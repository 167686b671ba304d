package web_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestQuartersFiscalYearsAndNamedDaysAreDates gives the year of a workspace another beginning and names a launch: a
// line then means their days, and what cannot be is told at its row with nothing lost.
func TestQuartersFiscalYearsAndNamedDaysAreDates(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	deadline := func(line string) string {
		t.Helper()
		return r.post("/goals/new", "do", "read", "line", line).want(t, http.StatusOK).One("#f-result-deadline").Attr("value")
	}
	if got := deadline("Make 20 sales by the end of Q1"); got != "2027-03-31" {
		t.Fatalf("in the calendar year Q1 ends %s", got)
	}
	version := func() string {
		return r.get("/settings/calendar").want(t, http.StatusOK).One("input[name=version]").Attr("value")
	}
	r.post("/settings/calendar", "version", version(), "fiscal_month", "4", "dates.0.name", "Launch", "dates.0.from", "", "dates.0.to", "2027-03-15",
		"dates.1.name", "", "dates.1.from", "", "dates.1.to", "").to(t, "/settings/calendar")
	p := r.get("/settings/calendar").want(t, http.StatusOK)
	p.WantAttr("#f-dates-0-name", "value", "Launch")
	p.WantAttr("#f-fiscal_month option[selected]", "value", "4")
	for line, want := range map[string]string{
		"Make 20 sales by the end of Q1":  "2027-06-30",
		"Make 20 sales before the launch": "2027-03-14",
		"Make 20 sales by the launch":     "2027-03-15",
		"Make 20 sales this fiscal year":  "2027-03-31",
	} {
		if got := deadline(line); got != want {
			t.Errorf("%q: %s, want %s", line, got, want)
		}
	}
	bad := r.post("/settings/calendar", "version", version(), "fiscal_month", "4", "dates.0.name", "", "dates.0.from", "", "dates.0.to", "", "dates.1.name", "Term", "dates.1.from", "2027-05-01", "dates.1.to", "2027-02-01")
	bad.want(t, http.StatusUnprocessableEntity)
	bad.WantAttr("#f-dates-1-name", "value", "Term")
	if !strings.Contains(bad.Text, "The first day lies after the last one") {
		t.Errorf("it says %s", bad.Text)
	}
}
