package api_test

import (
	"strings"
	"testing"
)

// TestARatioIsMadeReadAndLoggedOnItsParts goes the whole way over the wire: made with a new part and one that is
// there, logged on both, read by periods, refused where a value is sent to it.
func TestARatioIsMadeReadAndLoggedOnItsParts(t *testing.T) {
	s := newSite(t)
	tok := s.person("mira@example.org")
	deals := s.send(tok, "POST", "/api/v1/metrics", `{"name":"Deals","form":"total"}`).want(201)
	g := s.send(tok, "POST", goals, `{"kind":"performance","title":"Close 30 of 100","target":30,"deadline":"2027-01-31",
		"number":{"name":"Closed","form":"ratio","percent":true,"lo":0,"hi":100,"numerator":{"metric":"`+deals.id()+`"},"denominator":{"name":"Calls"}}}`).want(201)
	path := "/api/v1/metrics/" + g.text("metric")
	m := s.send(tok, "GET", path, "").want(200)
	if m.text("numerator") != deals.id() || m.text("period") != "week" || m.text("unit") != "%" || m.JSON["percent"] != true || g.text("reached_when") != "at_the_end" {
		t.Errorf("made %s of %s", m.Text, g.Text)
	}
	calls := "/api/v1/metrics/" + m.text("denominator")
	s.send(tok, "POST", calls+"/observations", `{"value":8,"day":"2026-11-04"}`).want(201)
	logged := s.send(tok, "POST", "/api/v1/log", `{"text":"Deals 2 2026-11-05"}`).want(201)
	if !strings.Contains(logged.Text, g.id()) {
		t.Errorf("the result is not among those that the value decides: %s", logged.Text)
	}
	p := s.send(tok, "GET", path+"/periods?limit=200", "").want(200)
	items := p.JSON["items"].([]any)
	last := items[len(items)-1].(map[string]any)
	if last["start"] != "2026-11-02" || last["end"] != "2026-11-08" || last["value"] != 25.0 || last["numerator"] != 2.0 || last["denominator"] != 8.0 || last["whole"] != true {
		t.Errorf("the oldest period is %v", last)
	}
	told := "“Closed” is worked out from “Deals” and “Calls”. Log the value on one of those two."
	for _, c := range []struct{ path, body string }{{path + "/observations", `{"value":25}`}, {path + "/observations/bulk", `{"rows":[{"value":25}]}`}, {"/api/v1/log", `{"text":"Closed 25"}`}} {
		s.send(tok, "POST", c.path, c.body).want(422, told)
	}
	s.send(tok, "GET", calls+"/periods", "").want(422, "“Calls” is not worked out from two numbers. Read its values instead.")
	if r := s.send(tok, "GET", calls+"/ratios", "").want(200); !strings.Contains(r.Text, `"name":"Closed"`) {
		t.Errorf("Calls is part of %s", r.Text)
	}
	s.send(tok, "PATCH", calls, `{"archived":true}`, "If-Match", `"1"`).want(422, "“Closed” is worked out from “Calls”. Put “Closed” away first.")
	for body, want := range map[string]string{
		`{"name":"R","form":"ratio"}`: "Name the two numbers that it is worked out from, such as deals and calls.",
		`{"name":"R","form":"ratio","numerator":{"name":"Closed"},"denominator":{"name":"Calls"}}`: "“Closed” is itself worked out from two numbers. Take one whose values are logged.",
		`{"name":"R","form":"total","percent":true}`:                                               "Only a number that is worked out from two others has this. Choose that form (ratio), or leave it empty.",
	} {
		s.send(tok, "POST", "/api/v1/metrics", body).want(422, want)
	}
	day := s.send(tok, "GET", "/api/v1/today", "").want(200)
	if !strings.Contains(day.Text, `"part":"numerator"`) || !strings.Contains(day.Text, `"part":"denominator"`) {
		t.Errorf("Today asks for %s", day.Text)
	}
}
