package api_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"tandem"
	"tandem/app"
	"tandem/policy"
	"tandem/web"
)

// A pageRoute is one row of the list of URLs of the pages.
type pageRoute struct {
	method, path string
	action       policy.Action
	kind         policy.Kind
}

// pageRoutes reads the lists of URLs from the source of web: those whose pattern is a plain text and that
// name what policy decides on.
func pageRoutes(t *testing.T) []pageRoute {
	t.Helper()
	files, err := filepath.Glob("../web/*_routes.go")
	if err != nil || len(files) < 3 {
		t.Fatalf("lists of URLs: %v, %v", files, err)
	}
	var out []pageRoute
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			lit, ok := n.(*ast.CompositeLit)
			if !ok || lit.Type != nil {
				return true
			}
			var r pageRoute
			for _, e := range lit.Elts {
				kv, ok := e.(*ast.KeyValueExpr)
				if !ok {
					continue
				}
				switch v := kv.Value.(type) {
				case *ast.BasicLit:
					if text, err := strconv.Unquote(v.Value); err == nil && kv.Key.(*ast.Ident).Name == "pattern" {
						r.method, r.path, _ = strings.Cut(text, " ")
					}
				case *ast.SelectorExpr:
					switch kv.Key.(*ast.Ident).Name {
					case "action":
						r.action = policy.Action(strings.ToLower(v.Sel.Name))
					case "kind":
						r.kind = policy.Kind(strings.ToLower(v.Sel.Name))
					}
				}
			}
			if r.path != "" && r.action != "" {
				out = append(out, r)
			}
			return true
		})
	}
	return out
}

// A pageShape says how a page or a form about one of Ana's things is asked for.
type pageShape struct {
	ids   []func(o *objects) string // of the path, in order
	form  string
	fresh func(w *world, o *objects) // after a form that took something away
}

func value(o *objects) string {
	var at tandem.Instant
	if at.UnmarshalText([]byte(o.at)) != nil {
		return o.metric + ".0"
	}
	return o.metric + "." + strconv.FormatInt(int64(at), 36)
}

func of(ids ...func(o *objects) string) []func(o *objects) string { return ids }

// pageShapes are the URLs about a thing, by method and path.
var pageShapes = map[string]pageShape{
	"GET /goals/{id}":                             {ids: of(result)},
	"GET /goals/{id}/edit":                        {ids: of(learning)},
	"POST /goals/{id}/edit":                       {ids: of(learning), form: "version=999&title=Changed"},
	"POST /goals/{id}/move":                       {ids: of(learning), form: "move=reopen"},
	"GET /goals/{id}/delete":                      {ids: of(result)},
	"POST /goals/{id}/delete":                     {ids: of(result), fresh: freshGoals},
	"GET /goals/{id}/close":                       {ids: of(result)},
	"POST /goals/{id}/close":                      {ids: of(result), form: "version=999&gained=much"},
	"POST /goals/{id}/practice":                   {ids: of(learning), form: "minutes=1"},
	"POST /goals/{id}/practice/{practice}/delete": {ids: of(learning, func(o *objects) string { return o.practice }), fresh: freshPractice},
	"POST /goals/{id}/lessons":                    {ids: of(learning), form: "text=Slower"},
	"POST /goals/{id}/levels":                     {ids: of(learning), form: "level=1"},
	"POST /goals/{id}/levels/{evidence}/delete":   {ids: of(learning, func(o *objects) string { return o.evidence }), fresh: freshEvidence},
	"POST /goals/{id}/slots":                      {ids: of(learning), form: "name=Thrice"},
	"POST /goals/{id}/look":                       {ids: of(learning)},
	"POST /goals/{id}/steps":                      {ids: of(result), form: "title=Step"},
	"POST /goals/{id}/factors":                    {ids: of(result), form: "text=Season"},
	"GET /goals/{id}/log":                         {ids: of(result)},
	"POST /goals/{id}/log":                        {ids: of(result), form: "value=1"},
	"GET /numbers/{id}":                           {ids: of(number)},
	"GET /values/{id}/edit":                       {ids: of(value)},
	"POST /values/{id}/edit":                      {ids: of(value), form: "value=2"},
	"POST /values/{id}/delete":                    {ids: of(value), fresh: freshValue},
	"POST /values/{id}/undo":                      {ids: of(value), fresh: freshValue},
	"GET /techniques/{id}":                        {ids: of(technique)},
	"POST /techniques/{id}/use":                   {ids: of(technique)},
	"POST /techniques/{id}/unuse":                 {ids: of(technique), form: "use={use}", fresh: freshUse},
	"POST /techniques/{id}/decide":                {ids: of(technique), form: "state=trying"},
	"POST /micro-goals/{id}/tick":                 {ids: of(micro)},
	"POST /micro-goals/{id}/skip":                 {ids: of(micro)},
	"POST /micro-goals/{id}/pause":                {ids: of(micro)},
	"POST /import/{id}/undo":                      {ids: of(func(o *objects) string { return o.batch }), fresh: freshBatch},
}

// TestPagesAnswerAsPolicyDecides sends every page and form about one of Ana's things as everybody with a
// session, for each kind at each visibility, and compares with policy.Decide.
func TestPagesAnswerAsPolicyDecides(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		var log strings.Builder
		server := httptest.NewServer(web.Handler(web.Options{App: w.App, Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelError})), Now: w.Clock.Now, Version: "test"}))
		t.Cleanup(server.Close)
		client := server.Client()
		client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		cells, asked := 0, map[string]bool{}
		for _, r := range pageRoutes(t) {
			name := r.method + " " + r.path
			sh, ok := pageShapes[name]
			if !ok {
				continue
			}
			asked[name] = true
			for _, o := range w.sets {
				for _, person := range append([]string{""}, people[:len(people)-1]...) {
					by, err := w.Authenticate(t.Context(), w.cookies[person])
					status, where, text := w.page(client, server.URL, w.cookies[person], r, sh, o)
					cells++
					if err != nil { // a form that was posted is kept on the sign-in page
						if status != 303 && status != 200 || strings.Contains(text, "Sales "+string(o.visibility)) || status == 303 && !strings.HasPrefix(where, "/sign-in") {
							t.Errorf("%s by %q: %d to %q", name, person, status, where)
						}
						continue
					}
					d := policy.Decide(by.Actor, r.action, w.pageResource(r, o, by))
					if r.kind == policy.Import && person != "ana" {
						d = policy.Decision{} // somebody else's import is not there
					}
					if d.Answer == policy.Allow && sh.fresh != nil {
						sh.fresh(w, o)
					}
					if good := map[policy.Answer]bool{policy.Hide: status == 404, policy.Deny: status == 403, policy.Allow: status < 500 && status != 401 && status != 403 && status != 404}; !good[d.Answer] {
						t.Errorf("%s by %s on %s in %s: %d, policy says %v", name, person, o.visibility, o.space, status, d)
					}
				}
			}
		}
		for name := range pageShapes {
			if !asked[name] {
				t.Errorf("%s is gone", name)
			}
		}
		for _, r := range pageRoutes(t) {
			if _, ok := pageShapes[r.method+" "+r.path]; !ok && strings.Contains(r.path, "{id}") && !strings.HasSuffix(r.path, "/techniques") && !strings.HasSuffix(r.path, "/micro-goals") {
				t.Errorf("no test asks for %s %s", r.method, r.path)
			}
		}
		t.Logf("%d cells on %d URLs", cells, len(asked))
		if log.Len() > 0 {
			t.Errorf("logged as errors: %.2000s", log.String())
		}
	})
}

func (w *world) pageResource(r pageRoute, o *objects, by app.Principal) policy.Resource {
	res := policy.Resource{Kind: r.kind, Workspace: o.ws, Owner: w.ana, Visibility: o.visibility}
	switch r.kind {
	case policy.Technique, policy.MicroGoal:
		res.Visibility = tandem.OnlyMe
	case policy.Import:
		res.Owner = by.Person.ID
	}
	return res
}

// page asks for a page, or posts its form, with a session's cookie.
func (w *world) page(client *http.Client, base, cookie string, r pageRoute, sh pageShape, o *objects) (status int, where, text string) {
	w.t.Helper()
	ids := sh.ids
	path := placeholder.ReplaceAllStringFunc(r.path, func(string) string {
		id := ids[0](o)
		ids = ids[1:]
		return id
	})
	q, err := http.NewRequestWithContext(w.t.Context(), r.method, base+path, strings.NewReader(strings.ReplaceAll(sh.form, "{use}", o.use)))
	if err != nil {
		w.t.Fatal(err)
	}
	if r.method == http.MethodPost {
		q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		q.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	if cookie != "" {
		q.AddCookie(&http.Cookie{Name: "tandem", Value: cookie})
	}
	a, err := client.Do(q)
	if err != nil {
		w.t.Fatal(err)
	}
	defer a.Body.Close()
	b, err := io.ReadAll(a.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return a.StatusCode, a.Header.Get("Location"), string(b)
}
