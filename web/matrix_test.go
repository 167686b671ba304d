package web_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tandem"
	"tandem/app"
	"tandem/policy"
	"tandem/web"
)

// A thing is a goal that a page can be about, with its number and one value where it is a result.
type thing struct {
	goal    tandem.Goal
	paths   map[string]string // the pattern's first folder to the id in it
	learner bool
}

// things makes a result with a value and a learning goal of Ana's at one visibility.
func (s *site) things(ws tandem.WorkspaceID, ana tandem.Actor, v tandem.Visibility) (out []thing) {
	s.t.Helper()
	make := func(in app.GoalInput) tandem.AnyGoal {
		in.Visibility = v
		g, err := s.CreateGoal(s.t.Context(), ana, ws, in)
		if err != nil {
			s.t.Fatal(err)
		}
		return g
	}
	target, one := 20.0, 1.0
	r := make(app.GoalInput{Kind: tandem.KindPerformance, Title: "20 sales", Number: &app.MetricInput{Name: "Sales " + string(v), Form: tandem.FormTotal},
		Target: &target, Deadline: s.today() + 90}).(tandem.PerformanceGoal)
	o, err := s.LogObservation(s.t.Context(), ana, ws, r.Metric, app.ObservationInput{Value: &one})
	if err != nil {
		s.t.Fatal(err)
	}
	out = append(out, thing{goal: r.GoalHead(), paths: map[string]string{"goals": r.ID.String(), "numbers": r.Metric.String(),
		"values": r.Metric.String() + "." + strconv.FormatInt(int64(o.At), 36)}})
	l := make(app.GoalInput{Kind: tandem.KindLearning, Title: "Listen"})
	return append(out, thing{goal: l.GoalHead(), paths: map[string]string{"goals": l.GoalHead().ID.String()}, learner: true})
}

// onlyLearning are the last parts of the paths that exist for learning goals alone, onlyResult for results.
var (
	onlyLearning = []string{"practice", "lessons", "levels", "slots", "look"}
	onlyResult   = []string{"close", "log", "steps", "factors"}
)

// TestEveryPageOfAGoalAnswersAsPolicyDecides asks for each page about a goal, its number and its values as
// each person, at each visibility, and compares with policy. Forms are sent empty: what is hidden is 404 and
// what is denied 403 whatever was typed; pages that may be read are 200.
func TestEveryPageOfAGoalAnswersAsPolicyDecides(t *testing.T) {
	s := newSite(t)
	ana, noor, outsider := s.Person(t, "Ana"), s.Person(t, "Noor"), s.Person(t, "Tomas")
	ws := s.Team(t, ana, noor)
	by := s.Actor(t, ana)
	cells, denied, hidden := 0, 0, 0
	for _, v := range []tandem.Visibility{tandem.OnlyMe, tandem.ByWorkspace} {
		for _, x := range s.things(ws, by, v) {
			for _, r := range web.RouteTags() {
				method, path, _ := strings.Cut(r.Pattern, " ")
				folder, rest, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
				id, ok := x.paths[folder]
				if !ok || strings.Count(path, "{") != 1 || strings.HasSuffix(path, "/delete") && method == http.MethodPost {
					continue
				}
				last := rest[strings.LastIndexByte(rest, '/')+1:]
				if slices.Contains(onlyLearning, last) && !x.learner || slices.Contains(onlyResult, last) && x.learner || last == "techniques" || last == "micro-goals" {
					continue
				}
				for _, who := range []app.SignedIn{outsider, noor, ana} {
					actor := s.Actor(t, who)
					d := policy.Decide(actor, r.Action, policy.Resource{Kind: r.Kind, Workspace: ws, Owner: x.goal.Owner, Visibility: v})
					if who.Person.ID == x.goal.Owner && method == http.MethodPost {
						continue // what an owner may do is tested with what it does
					}
					url := strings.Replace(path, "{id}", id, 1)
					browser, status := s.as(who), 0
					if method == http.MethodGet {
						status = browser.get(url).StatusCode
					} else {
						status = browser.post(url).StatusCode
					}
					cells++
					want := http.StatusOK
					switch d.Answer {
					case policy.Hide:
						want = http.StatusNotFound
						hidden++
					case policy.Deny:
						want = http.StatusForbidden
						denied++
					}
					if status != want {
						t.Errorf("%s on %s, %s, by %s: %d instead of %d", r.Pattern, x.goal.Title, v, who.Person.Name, status, want)
					}
				}
			}
		}
	}
	t.Logf("%d cells, %d denied, %d hidden", cells, denied, hidden)
	if cells < 60 || denied < 5 || hidden < 30 {
		t.Errorf("only %d cells, %d denied, %d hidden", cells, denied, hidden)
	}
}
