package api_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tandem/api"
)

var update = flag.Bool("update", false, "write the golden files anew")

const golden = "testdata/openapi.json"

// TestTheDocumentIsTheOneThatWasReviewed makes a change of the API visible in the change that makes it.
func TestTheDocumentIsTheOneThatWasReviewed(t *testing.T) {
	s := newSite(t)
	a := s.send("", "GET", "/api/openapi.json", "").want(200)
	var got bytes.Buffer
	if err := json.Indent(&got, []byte(a.Text), "", " "); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		g, w := strings.Split(got.String(), "\n"), strings.Split(string(want), "\n")
		for i := range min(len(g), len(w)) {
			if g[i] != w[i] {
				t.Fatalf("line %d is %q instead of %q; look at the change, then: go test ./api -run Document -update", i+1, g[i], w[i])
			}
		}
		t.Fatalf("%d lines instead of %d; look at the change, then: go test ./api -run Document -update", len(g), len(w))
	}
}

func TestTheDocumentIsWhole(t *testing.T) {
	b, err := json.Marshal(api.Document("test"))
	if err != nil {
		t.Fatal(err)
	}
	var d struct {
		OpenAPI string `json:"openapi"`
		Paths   map[string]map[string]struct {
			OperationID string `json:"operationId"`
			Summary     string
			Scope       string `json:"x-scope"`
			Parameters  []struct{ Name, In string }
		}
		Components struct{ Schemas map[string]json.RawMessage }
	}
	if err := json.Unmarshal(b, &d); err != nil {
		t.Fatal(err)
	}
	if d.OpenAPI != "3.1.0" {
		t.Errorf("version %q", d.OpenAPI)
	}
	seen := map[string]bool{}
	for path, methods := range d.Paths {
		for m, op := range methods {
			if op.OperationID == "" || op.Summary == "" || op.Scope == "" || seen[op.OperationID] {
				t.Errorf("%s %s: %+v", m, path, op)
			}
			seen[op.OperationID] = true
			for _, name := range regexp.MustCompile(`\{(\w+)\}`).FindAllStringSubmatch(path, -1) {
				if !slices.ContainsFunc(op.Parameters, func(p struct{ Name, In string }) bool { return p.Name == name[1] && p.In == "path" }) {
					t.Errorf("%s %s does not name %s", m, path, name[1])
				}
			}
		}
	}
	if len(seen) != len(api.Routes()) {
		t.Errorf("%d operations of %d", len(seen), len(api.Routes()))
	}
	for _, ref := range regexp.MustCompile(`"#/components/schemas/(\w+)"`).FindAllSubmatch(b, -1) {
		if s := d.Components.Schemas[string(ref[1])]; len(s) < 10 {
			t.Errorf("the schema %s is %s", ref[1], s)
		}
	}
	if word := regexp.MustCompile(`"properties":\{[^}]*"[A-Z]`).Find(b); word != nil {
		t.Errorf("a name is not in the API's form: %s", word)
	}
}

func TestEveryRouteNamesWhatPolicyDecidesOn(t *testing.T) {
	ids := map[string]bool{}
	for _, r := range api.Routes() {
		if r.Action == "" || r.Kind == "" || ids[r.ID] {
			t.Errorf("%s: action %q, kind %q", r.ID, r.Action, r.Kind)
		}
		ids[r.ID] = true
		if r.Method == "PATCH" && !r.Match {
			t.Errorf("%s changes what was read without If-Match", r.ID)
		}
		if r.Method == "PUT" {
			t.Errorf("%s replaces a thing as a whole", r.ID)
		}
	}
}

// door are use cases of the pages that the API has no need of, with the reason.
var door = map[string]string{
	"NeedsSetup": "the first run is before any token", "SetUp": "the first run is before any token", "SignIn": "the API takes tokens", "SignInByLink": "the API takes tokens",
	"SignUp": "makes an account with a browser's session", "SignOut": "a token is revoked instead", "Authenticate": "the API takes tokens",
	"SpaceOf": "the API looks by itself", "RefreshStale": "a snapshot is never made by the API", "Refresh": "a snapshot is never made by the API",
	"GoalTo": "the API shows no form before a change", "MetricToLog": "the API shows no form before a change",
	"AdviseGoal": "get-advice names targets for its number",
	"GapOf":      "get-gap reads the result by itself", "NeedsReason": "edit-observation says so", "Unguarded": "the API always has what a concept names",
	"ShareChoices": "list-goals has the own goals",
	"SendsMail":    "get-reminder says whether mail is available",
	"MailLink":     "a link of a mail is followed without a token", "UseMailLink": "log-observation does it with a token",
	"StopView": "a link of a mail is followed without a token", "StopMails": "set-reminder does it with a token",
	"Tick": "TickMicroGoal does it", "TogglePause": "PauseMicroGoal does it",
	"EntrySeal":    "the key is for what a browser keeps; whoever holds a token keeps entries as they like",
	"FeedbackLink": "who has a link has no token", "AnswerFeedbackLink": "who has a link has no token", "MayGive": "write-feedback answers it", "NewWayFor": "get-new-way reads the result first",
}

// TestNothingThatThePagesDoIsMissing compares the use cases that web calls with those that api calls.
func TestNothingThatThePagesDoIsMissing(t *testing.T) {
	pages, here := useCases(t, "../web"), useCases(t, ".")
	if len(pages) < 50 || len(here) < 60 {
		t.Fatalf("read %d use cases of the pages and %d of the API", len(pages), len(here))
	}
	for _, name := range pages {
		if _, exempt := door[name]; !exempt && !slices.Contains(here, name) {
			t.Errorf("the pages can %s, the API cannot", name)
		}
	}
}

// useCases gives the methods that a room calls on an App.
func useCases(t *testing.T, folder string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			method, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if of, ok := method.X.(*ast.SelectorExpr); ok && of.Sel.Name == "App" {
				found[method.Sel.Name] = true
			}
			return true
		})
	}
	var names []string
	for name := range found {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// TestAnswersAreWrittenInOneForm reads every answer to a GET: names in lower case, no moment that never
// was, no list that is null.
func TestAnswersAreWrittenInOneForm(t *testing.T) {
	w := newWorld(t)
	ana, o := w.callers[1], w.sets[3]
	w.send(ana.token, "PATCH", "/api/v1/goals/"+o.result, `{"why":"rent"}`, "If-Match", `"1"`).want(200)
	w.send(ana.token, "POST", "/api/v1/microgoals/"+o.micro+"/pauses?workspace="+o.space, `{}`).want(201)
	w.send(ana.token, "POST", "/api/v1/concepts/technique", `{"answer":"try"}`).want(204)
	var look func(path string, v any)
	look = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for name, x := range v {
				if name != strings.ToLower(name) || name == "" {
					t.Errorf("%s: %q", path, name)
				}
				look(path+"."+name, x)
			}
		case []any:
			for _, x := range v {
				look(path+"[]", x)
			}
		case string:
			if strings.HasPrefix(v, "1970-01-01T") {
				t.Errorf("%s is %s", path, v)
			}
		case nil:
			if !strings.Contains(path, ".before") && !strings.Contains(path, ".after") && path != "list-milestones.items[].value" {
				t.Errorf("%s is null", path)
			}
		}
	}
	for _, r := range api.Routes() {
		if r.Method != "GET" || r.ID == "list-celebration-lifelines" { // nothing was celebrated here
			continue
		}
		var a answer
		if sh, ok := shapes[r.ID]; ok {
			a = w.ask(ana, r, sh, o, true)
		} else if k, ok := caseOf(r.ID); ok && r.ID != "list-invites" {
			a = w.send(ana.token, "GET", "/api/v1"+k.path(w, ana), "")
		} else {
			a = w.send(w.tokens["tom"], "GET", "/api/v1"+accountCases[r.ID].path(w, ana), "")
		}
		look(r.ID, any(a.want(200).JSON))
	}
}
