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
				case *ast.BasicLit, *ast.BinaryExpr:
					if kv.Key.(*ast.Ident).Name == "pattern" {
						r.method, r.path, _ = strings.Cut(patternText(v), " ")
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

// patternConsts are the constants that patterns are put together with; a wrong one answers 404 below.
var patternConsts = map[string]string{"spaceURL": "/space"}

func patternText(e ast.Expr) string {
	switch v := e.(type) {
	case *ast.BasicLit:
		if text, err := strconv.Unquote(v.Value); err == nil {
			return text
		}
	case *ast.Ident:
		return patternConsts[v.Name]
	case *ast.BinaryExpr:
		return patternText(v.X) + patternText(v.Y)
	}
	return ""
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
	"GET /goals/{id}":                               {ids: of(result)},
	"GET /goals/{id}/edit":                          {ids: of(learning)},
	"POST /goals/{id}/edit":                         {ids: of(learning), form: "version=999&title=Changed"},
	"POST /goals/{id}/move":                         {ids: of(learning), form: "move=reopen"},
	"GET /goals/{id}/delete":                        {ids: of(result)},
	"POST /goals/{id}/delete":                       {ids: of(result), fresh: freshGoals},
	"GET /goals/{id}/close":                         {ids: of(result)},
	"POST /goals/{id}/close":                        {ids: of(result), form: "version=999&gained=much"},
	"POST /goals/{id}/practice":                     {ids: of(learning), form: "minutes=1"},
	"POST /goals/{id}/practice/{practice}/delete":   {ids: of(learning, func(o *objects) string { return o.practice }), fresh: freshPractice},
	"GET /goals/{id}/difference":                    {ids: of(result)},
	"POST /goals/{id}/changed":                      {ids: of(learning), form: "result={result}&changed=New+prices"},
	"POST /goals/{id}/lessons":                      {ids: of(learning), form: "text=Slower"},
	"POST /goals/{id}/levels":                       {ids: of(learning), form: "level=1"},
	"POST /goals/{id}/levels/{evidence}/delete":     {ids: of(learning, func(o *objects) string { return o.evidence }), fresh: freshEvidence},
	"POST /goals/{id}/slots":                        {ids: of(learning), form: "name=Thrice"},
	"POST /goals/{id}/hint":                         {ids: of(learning), form: "code=TOO_MANY"},
	"POST /goals/{id}/look":                         {ids: of(learning)},
	"POST /goals/{id}/steps":                        {ids: of(result), form: "title=Step"},
	"POST /goals/{id}/factors":                      {ids: of(result), form: "text=Season"},
	"GET /goals/{id}/log":                           {ids: of(result)},
	"POST /goals/{id}/log":                          {ids: of(result), form: "value=1"},
	"POST /goals/{id}/activities":                   {ids: of(learning), form: "title=Read+a+book"},
	"POST /goals/{id}/activities/{activity}/done":   {ids: of(learning, activity)},
	"POST /goals/{id}/activities/{activity}/reopen": {ids: of(learning, activity)},
	"POST /goals/{id}/activities/{activity}/delete": {ids: of(learning, activity), fresh: freshActivity},
	"POST /goals/{id}/about":                        {ids: of(learning), form: "about=skill"},
	"POST /lessons/{id}/try":                        {ids: of(lesson)},
	"POST /lessons/{id}/drop":                       {ids: of(lesson)},
	"POST /portfolio/{id}/forget":                   {ids: of(gone), fresh: freshGone},
	"GET /numbers/{id}":                             {ids: of(number)},
	"GET /values/{id}/edit":                         {ids: of(value)},
	"POST /values/{id}/edit":                        {ids: of(value), form: "value=2"},
	"POST /values/{id}/delete":                      {ids: of(value), fresh: freshValue},
	"POST /values/{id}/undo":                        {ids: of(value), fresh: freshValue},
	"GET /techniques/{id}":                          {ids: of(technique)},
	"POST /techniques/{id}/use":                     {ids: of(technique)},
	"POST /techniques/{id}/unuse":                   {ids: of(technique), form: "use={use}", fresh: freshUse},
	"POST /techniques/{id}/decide":                  {ids: of(technique), form: "state=trying"},
	"GET /templates/{name}/pack":                    {ids: of(template)},
	"POST /templates/{name}/delete":                 {ids: of(template), fresh: freshTemplate},
	"GET /techniques/{id}/pilot":                    {ids: of(technique)},
	"POST /techniques/{id}/pilot":                   {ids: of(technique), form: "results={result}&hypothesis=They+talk&worth=1"},
	"GET /pilots/{id}":                              {ids: of(pilot)},
	"GET /pilots/{id}/days.csv":                     {ids: of(pilot)},
	"POST /pilots/{id}/stop":                        {ids: of(pilot), fresh: freshPilot},
	"POST /pilots/{id}/changed":                     {ids: of(pilot), form: "changed=New+prices"},
	"POST /pilots/{id}/verdict":                     {ids: of(pilot), form: "verdict=keep"},
	"POST /micro-goals/{id}/tick":                   {ids: of(micro)},
	"POST /micro-goals/{id}/skip":                   {ids: of(micro)},
	"POST /micro-goals/{id}/days":                   {ids: of(micro), form: "show=on"},
	"POST /micro-goals/{id}/pause":                  {ids: of(micro)},
	"POST /import/{id}/undo":                        {ids: of(func(o *objects) string { return o.batch }), fresh: freshBatch},
	"POST /goals/{id}/guards":                       {ids: of(result), form: "guard.metric=Complaints&guard.bound=1000"},
	"POST /goals/{id}/learning":                     {ids: of(result), form: "title=Close+calmly"},
	"GET /micro-goals/{id}":                         {ids: of(micro)},
	"POST /micro-goals/{id}/set-off":                {ids: of(micro), form: "text=A long day"},
	"GET /feedback/{id}":                            {ids: of(feedback)},
	"POST /feedback/{id}/read":                      {ids: of(feedback)},
	"POST /feedback/{id}/learning":                  {ids: of(feedback)},
	"POST /feedback/{id}/technique":                 {ids: of(feedback)},
	"POST /feedback/{id}/level":                     {ids: of(feedback)},
	"POST /feedback/{id}/withdraw":                  {ids: of(feedback)},
	"GET /given/{id}":                               {ids: of(given)},
	"POST /given/{id}":                              {ids: of(given), form: "worked=Much"},
	"GET /goals/{id}/feedback":                      {ids: of(result)},
	"POST /goals/{id}/feedback":                     {ids: of(result), form: "worked=Much"},
	"POST /goals/{id}/new-way":                      {ids: of(result)},
	"POST /techniques/{id}/felt":                    {ids: of(technique), form: "use={use}&natural=9"},
}

// TestPagesAnswerAsPolicyDecides sends every page and form about one of Ana's things as everybody with a
// session, for each kind at each visibility, and compares with policy.Decide.
func TestPagesAnswerAsPolicyDecides(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		b := w.pages()
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
					status, where, text := b.about(w.cookies[person], r, sh, o)
					cells++
					if err != nil { // a form that was posted is kept on the sign-in page
						if status != 303 && status != 200 || strings.Contains(text, "Sales "+string(o.visibility)) || status == 303 && !strings.HasPrefix(where, "/sign-in") {
							t.Errorf("%s by %q: %d to %q", name, person, status, where)
						}
						continue
					}
					d := policy.Decide(by.Actor, r.action, w.pageResource(r, o, by))
					if g := (policy.Resource{Kind: policy.Goal, Workspace: o.ws, Owner: w.ana, Visibility: o.visibility}); strings.HasPrefix(r.path, "/goals/") && policy.Decide(by.Actor, policy.Read, g).Answer != policy.Allow {
						d = policy.Decision{}
					}
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
			name := r.method + " " + r.path
			_, about := pageShapes[name]
			if _, own := pageOf(name); !about && !own && !strings.HasSuffix(r.path, "/techniques") && !strings.HasSuffix(r.path, "/micro-goals") {
				t.Errorf("no test asks for %s", name)
			}
		}
		t.Logf("%d cells on %d URLs", cells, len(asked))
		b.quiet()
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
	if r.path == "/goals/{id}/feedback" || r.path == "/goals/{id}/new-way" { // of the reader's own, on a goal that can be seen
		res.Owner = by.Person.ID
	}
	return res
}

// A browser asks for the pages of a world over HTTP, and follows nobody to another one.
type browser struct {
	w      *world
	client *http.Client
	base   string
	log    *strings.Builder // what the pages logged as an error
}

func (w *world) pages() browser {
	b := browser{w: w, log: &strings.Builder{}}
	server := httptest.NewServer(web.Handler(web.Options{App: w.App, Log: slog.New(slog.NewTextHandler(b.log, &slog.HandlerOptions{Level: slog.LevelError})), Now: w.Clock.Now, Version: "test"}))
	w.t.Cleanup(server.Close)
	b.base, b.client = server.URL, server.Client()
	b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return b
}

// quiet wants nothing to have been logged as an error.
func (b browser) quiet() {
	b.w.t.Helper()
	if b.log.Len() > 0 {
		b.w.t.Errorf("logged as errors: %.2000s", b.log)
	}
}

// about asks for a page about one of Ana's things, or posts its form, with a session's cookie.
func (b browser) about(cookie string, r pageRoute, sh pageShape, o *objects) (status int, where, text string) {
	b.w.t.Helper()
	ids := sh.ids
	path := placeholder.ReplaceAllStringFunc(r.path, func(string) string {
		id := ids[0](o)
		ids = ids[1:]
		return id
	})
	return b.send(cookie, "", r.method, path, strings.NewReplacer("{use}", o.use, "{result}", o.result).Replace(sh.form))
}

// send asks for a page or posts its form, with a session's cookie or a token, or neither.
func (b browser) send(cookie, token, method, path, form string) (status int, where, text string) {
	t := b.w.t
	t.Helper()
	q, err := http.NewRequestWithContext(t.Context(), method, b.base+path, strings.NewReader(form))
	if err != nil {
		t.Fatal(err)
	}
	if method == http.MethodPost {
		q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		q.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	if cookie != "" {
		q.AddCookie(&http.Cookie{Name: "tandem", Value: cookie})
	}
	if token != "" {
		q.Header.Set("Authorization", "Bearer "+token)
	}
	a, err := b.client.Do(q)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	body, err := io.ReadAll(a.Body)
	if err != nil {
		t.Fatal(err)
	}
	return a.StatusCode, a.Header.Get("Location"), string(body)
}
