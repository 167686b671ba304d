package api_test

import (
	"testing"
)

const goals = "/api/v1/goals"

const someGoal = `{"kind":"performance","title":"20 sales","deadline":"2026-12-31","target":20,"number":{"name":"Sales","form":"total"}}`

func TestTheMainJobOverTheAPI(t *testing.T) {
	s := newSite(t)
	tok := s.person("mira@example.org")
	pair := s.send(tok, "POST", "/api/v1/pairs", `{"result":`+someGoal+`,"learning":{"kind":"learning","title":"Ask before I show"}}`).want(201)
	result := pair.JSON["result"].(map[string]any)
	learning := pair.JSON["learning"].(map[string]any)["id"].(string)
	metric := result["metric"].(string)
	tech := s.send(tok, "POST", "/api/v1/techniques", `{"name":"The pause","goal":"`+learning+`"}`).want(201)
	for range 6 {
		s.send(tok, "POST", "/api/v1/metrics/"+metric+"/observations", `{"value":1,"techniques":["`+tech.id()+`"]}`).want(201)
		s.Clock.AdvanceDays(1)
	}
	f := s.send(tok, "GET", goals+"/"+result["id"].(string)+"/forecast", "").want(200)
	if f.JSON["chance"] == nil || f.JSON["now"] != 6.0 {
		t.Errorf("the forecast is %s", f.Text)
	}
	s.send(tok, "POST", goals+"/"+learning+"/practice", `{"minutes":10,"reflection":"They talk more."}`).want(201)
	s.send(tok, "POST", "/api/v1/log", `{"text":"Sales 2 2026-11-20 two walk-ins"}`).want(201)
	s.send(tok, "POST", "/api/v1/log", `{"text":"sold two"}`).want(422)
	today := s.send(tok, "GET", "/api/v1/today", "").want(200)
	if items := today.JSON["items"].([]any); len(items) < 2 {
		t.Errorf("today has %s", today.Text)
	}
	list := s.send(tok, "GET", goals+"?sort=title", "").want(200)
	if n := len(list.JSON["items"].([]any)); n != 2 {
		t.Errorf("%d goals are listed", n)
	}
	page := s.send(tok, "GET", "/api/v1/metrics/"+metric+"/observations?limit=3", "").want(200)
	if n := len(page.JSON["items"].([]any)); n != 3 || page.JSON["next"] == "" {
		t.Errorf("a page of three has %d", n)
	}
	s.send(tok, "POST", goals+"/"+result["id"].(string)+"/closing", `{"version":0,"finish":true,"gains":["kept_on"],"next":"let_go"}`).want(200)
}

func TestBulkRowsHaveTheirResults(t *testing.T) {
	s := newSite(t)
	tok := s.person("mira@example.org")
	m := s.send(tok, "POST", "/api/v1/metrics", `{"name":"Weight","unit":"kg","lo":20}`).want(201)
	a := s.send(tok, "POST", "/api/v1/metrics/"+m.id()+"/observations/bulk", `{"rows":[{"value":80,"day":"2026-11-01"},{"value":3},{"day":"2026-11-02","state":"skip"},{"value":79,"day":"2027-01-01"}]}`).want(200)
	if a.JSON["logged"] != 2.0 || a.JSON["refused"] != 2.0 {
		t.Errorf("answers %s", a.Text)
	}
}

func TestImportOverTheAPI(t *testing.T) {
	s := newSite(t)
	tok := s.person("mira@example.org")
	csv := "goal,date,value\nSales,2026-11-18,2\nSales,2026-11-19,1\n"
	a := s.send(tok, "POST", "/api/v1/imports/csv?file=sales.csv&dry_run=true", csv, "Content-Type", "text/csv").want(200)
	if a.JSON["added"] != 2.0 {
		t.Errorf("a dry run answers %s", a.Text)
	}
	a = s.send(tok, "POST", "/api/v1/imports/csv?file=sales.csv", csv, "Content-Type", "text/csv").want(200)
	s.send(tok, "POST", "/api/v1/imports/"+a.id()+"/undo", "").want(200)
}
