package api_test

import (
	"encoding/json"
	"testing"
)

// TestADraftIsSentOnAsItIs drafts a line and sends what came to create-pair: what is made has the numbers of the
// line. Nothing is kept before.
func TestADraftIsSentOnAsItIs(t *testing.T) {
	w := newWorld(t)
	tok := w.tokens["ana"]
	count := func() int {
		return len(w.send(tok, "GET", "/api/v1/goals?limit=200", "").want(200).items())
	}
	before := count()
	a := w.send(tok, "POST", "/api/v1/goals/draft", `{"text":"Get better at discovery questions so that we reach 16 sales a week by 31 March 2027","from":9}`).want(200)
	var d struct {
		Kind             string
		Question         *struct{ About string }
		Result, Learning json.RawMessage
		Advice           struct{ Rule, Kind, Reason string }
	}
	if err := json.Unmarshal([]byte(a.Text), &d); err != nil {
		t.Fatal(err)
	}
	if d.Kind != "both" || d.Question != nil || d.Advice.Rule == "" || d.Advice.Reason == "" || count() != before {
		t.Fatalf("drafted %s", a.Text)
	}
	made := w.send(tok, "POST", "/api/v1/pairs", `{"result":`+string(d.Result)+`,"learning":`+string(d.Learning)+`}`).want(201)
	var p struct {
		Result struct {
			Target, Baseline float64
			Deadline         string
		}
		Learning struct{ Title string }
	}
	if err := json.Unmarshal([]byte(made.Text), &p); err != nil {
		t.Fatal(err)
	}
	if p.Result.Target != 16 || p.Result.Baseline != 9 || p.Result.Deadline != "2027-03-31" || p.Learning.Title != "Get better at discovery questions" || count() != before+2 {
		t.Errorf("made %s", made.Text)
	}
	w.send(tok, "POST", "/api/v1/goals/draft", `{"text":"Lose 10 pounds","know":{"ability":"none","mood":"good"}}`).want(422)
	w.send(tok, "POST", "/api/v1/goals/draft", `{"text":" "}`).want(422)
}
