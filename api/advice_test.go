package api_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestTheForecastTellsWhatItRestsOn reads how the last ranges held beside the chance.
func TestTheForecastTellsWhatItRestsOn(t *testing.T) {
	s := newSite(t)
	tok := s.person("mira@example.org")
	g := s.send(tok, "POST", goals, someGoal).want(201)
	metric := "/api/v1/metrics/" + g.text("metric")
	var rows []string
	for i := range 14 {
		rows = append(rows, fmt.Sprintf(`{"value":%d,"day":"2026-11-%02d"}`, 1+i%4, 7+i))
	}
	s.send(tok, "POST", metric+"/observations/bulk", `{"rows":[`+strings.Join(rows, ",")+`,{"day":"2026-11-02","state":"skip"}]}`).want(200)
	f := s.send(tok, "GET", goals+"/"+g.id()+"/forecast", "").want(200)
	ranges, held := f.JSON["ranges"].(float64), f.JSON["ranges_held"].(float64)
	if ranges < 5 || ranges > 20 || held < 1 || held > ranges || f.JSON["skipped"] != 1.0 || f.JSON["left_out"] != 0.0 || f.JSON["pauses"] != 0.0 || f.JSON["chance"] == nil || f.JSON["method"] == "" {
		t.Errorf("the forecast is %s", f.Text)
	}
	advice := s.send(tok, "GET", metric+"/advice?deadline=2026-12-31", "").want(200)
	even, bold := advice.JSON["even"].(float64), advice.JSON["bold"].(float64)
	if even <= 0 || bold <= even || advice.JSON["values"] != 14.0 || advice.JSON["reached_when"] != "total" || advice.JSON["deadline"] != "2026-12-31" {
		t.Errorf("the advice is %s", advice.Text)
	}
	if later := s.send(tok, "GET", metric+"/advice?deadline=2027-01-31&reached_when=total", "").want(200); later.JSON["even"].(float64) < 1.4*even {
		t.Errorf("a month later: %s after %s", later.Text, advice.Text)
	}
	for query, want := range map[string]string{"": "deadline", "?deadline=soon": "deadline", "?deadline=2026-11-01": "deadline", "?deadline=2026-12-31&reached_when=soon": "reached_when", "?deadline=2026-12-31&reached_when=kept": "reached_when"} {
		if a := s.send(tok, "GET", metric+"/advice"+query, "").want(422); !strings.Contains(a.Text, `"`+want+`"`) {
			t.Errorf("%q: %s", query, a.Text)
		}
	}
}
