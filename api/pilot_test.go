package api_test

import (
	"archive/zip"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"tandem"
)

// TestAPilotOverTheAPI plans a pilot, lives it day by day and reads what it showed, as a script would.
func TestAPilotOverTheAPI(t *testing.T) {
	s := newSite(t)
	s.Draw = rand.New(rand.NewPCG(1, 2)).Uint64
	tok := s.person("mira@example.org")
	goal := s.send(tok, "POST", goals, `{"kind":"performance","title":"20 calls","deadline":"2027-06-30","target":20,"baseline":10,"number":{"name":"Calls","form":"reading"}}`).want(201)
	learn := s.send(tok, "POST", goals, `{"kind":"learning","title":"Ask first","fuels":["`+goal.id()+`"]}`).want(201)
	technique := s.send(tok, "POST", "/api/v1/techniques", `{"name":"The pause","goal":"`+learn.id()+`"}`).want(201)
	numbers := s.send(tok, "GET", "/api/v1/techniques/"+technique.id()+"/pilot-numbers", "").want(200).items()
	if n := numbers[0].(map[string]any); len(numbers) != 1 || n["result"] != goal.id() || n["worth"] != 1.0 || n["values"] != 0.0 {
		t.Fatalf("the numbers are %v", numbers)
	}
	path := "/api/v1/techniques/" + technique.id() + "/pilots"
	s.send(tok, "POST", path, `{"results":["`+goal.id()+`"],"hypothesis":"","worth":0.4,"pairs":2}`).want(422)
	p := s.send(tok, "POST", path, `{"results":["`+goal.id()+`"],"hypothesis":"They talk more.","worth":0.4,"wash_out":1}`).want(201)
	s.send(tok, "POST", path, `{"results":["`+goal.id()+`"],"hypothesis":"They talk more.","worth":0.4}`).want(422, "This technique is in a pilot until 2027-02-14. End that one first.")
	url := "/api/v1/pilots/" + p.id()
	v := s.send(tok, "GET", url, "").want(200)
	blocks := v.JSON["blocks"].([]any)
	if p.text("first") != "2026-11-23" || p.text("last") != "2027-02-14" || p.JSON["pairs"] != 6.0 || p.JSON["days"] != 7.0 || len(blocks) != 12 || v.JSON["figures"] != nil || v.JSON["seed"] != p.JSON["seed"] {
		t.Fatalf("planned is %s", v.Text)
	}
	s.Clock.AdvanceDays(2)
	tok = s.token("mira@example.org")
	noise := rand.New(rand.NewPCG(4, 4))
	for day := range 84 {
		y := 10 + noise.NormFloat64()
		if blocks[day/7].(map[string]any)["with"] == true {
			y++
		}
		s.send(tok, "POST", "/api/v1/metrics/"+goal.text("metric")+"/observations", `{"value":`+strconv.FormatFloat(y, 'f', 2, 64)+`}`).want(201)
		s.Clock.AdvanceDays(1)
		if day%30 == 0 {
			tok = s.token("mira@example.org")
		}
	}
	tok = s.token("mira@example.org")
	if v := s.send(tok, "GET", url, "").want(200); v.JSON["figures"] != nil || len(v.JSON["days_so_far"].([]any)) != 84 {
		t.Errorf("before the question: %s", v.Text)
	}
	s.send(tok, "POST", url+"/stop", "").want(422)
	s.send(tok, "POST", url+"/changed", `{"changed":""}`).want(422)
	s.send(tok, "POST", url+"/changed", `{"changed":"A new colleague."}`).want(200)
	f := s.send(tok, "GET", url, "").want(200).JSON["figures"].(map[string]any)
	if f["told"] != true || f["says"] != "keep" || f["made_a_difference"] != true || f["values_with"] != 36.0 || f["values_without"] != 36.0 || f["pairs"] != 6.0 || f["orders"] != 52.0 {
		t.Errorf("it showed %v", f)
	}
	if lo, hi := f["lo80"].(float64), f["hi80"].(float64); lo > 1 || hi < 1 {
		t.Errorf("between %g and %g", lo, hi)
	}
	s.send(tok, "POST", url+"/verdict", `{"verdict":"perhaps"}`).want(422)
	if d := s.send(tok, "POST", url+"/verdict", `{"verdict":"adapt","words":"Shorter."}`).want(200); d.text("verdict") != "adapt" || d.text("decided") == "" {
		t.Errorf("decided is %s", d.Text)
	}
	if x := s.send(tok, "GET", "/api/v1/techniques/"+technique.id(), "").want(200); x.text("state") != "adapted" || x.text("verdict") != "Shorter." {
		t.Errorf("the technique is %s", x.Text)
	}
	if all := s.send(tok, "GET", "/api/v1/pilots", "").want(200); len(all.items()) != 1 {
		t.Errorf("listed are %s", all.Text)
	}
	reader := s.token("mira@example.org", "read:techniques")
	s.send(reader, "GET", "/api/v1/pilots", "").want(200)
	s.send(reader, "GET", url, "").want(403) // its values are a number's
	s.send(s.token("mira@example.org", "read:techniques", "read:observations"), "GET", url, "").want(200)
	out := s.send(tok, "GET", "/api/v1/export", "").want(200)
	if !strings.Contains(records(t, out.Text), `"kind":"pilot"`) {
		t.Error("the export has no pilot")
	}
	if _, err := tandem.ParseID[tandem.PilotID](p.id()); err != nil {
		t.Error(err)
	}
}

// records gives the records of an export.
func records(t *testing.T, text string) string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		if !strings.Contains(f.Name, "records") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	t.Fatal("no records")
	return ""
}
