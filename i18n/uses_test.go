package i18n

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A use is one place of the program that asks for a sentence.
type use struct {
	at     string
	key    string          // ends with "." where the rest is put together at run time
	args   map[string]bool // nil where they cannot be read from the source
	ofType string          // "error" for codes, whose {field} fills itself
}

var (
	templUse  = regexp.MustCompile(`\bT\(\s*"([^"]+)"`)
	codeName  = regexp.MustCompile(`^(code|reason)[A-Z]`)
	errorText = regexp.MustCompile(`^error\.[a-z0-9_]+$`)
)

// sources walks the written and generated Go files and the templ files of the whole house.
func sources(t *testing.T, visit func(path string)) {
	t.Helper()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || d.Name() == "node_modules" || len(d.Name()) > 2 && d.Name()[0] == '.'):
			return filepath.SkipDir
		case !d.IsDir() && !strings.HasSuffix(path, "_test.go") && (strings.HasSuffix(path, ".go") || strings.HasSuffix(path, ".templ")):
			visit(path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func readUses(t *testing.T) []use {
	var uses []use
	fset := token.NewFileSet()
	sources(t, func(path string) {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Log(err) // written at this moment by somebody else
			return
		}
		if strings.HasSuffix(path, ".templ") {
			for _, m := range templUse.FindAllSubmatch(b, -1) {
				uses = append(uses, use{at: path, key: string(m[1])})
			}
			return
		}
		file, err := parser.ParseFile(fset, path, b, parser.SkipObjectResolution)
		if err != nil {
			t.Log(err)
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if u, ok := usesIn(n); ok {
				u.at = fset.Position(n.Pos()).String()
				uses = append(uses, u)
			}
			return true
		})
	})
	return uses
}

// usesIn reads a use from x.T(key, args), x.Sentence(field, code, args), Invalid(field, code, args),
// es.Add(field, code, args), Denied(code, args), Error{Code: code}, Decision{Reason: code}, from the
// JSON reader's refuse and malformed, from constants and variables named for codes, and from a text
// "error.code".
func usesIn(n ast.Node) (use, bool) {
	switch n := n.(type) {
	case *ast.BasicLit:
		if s, ok := text(n); ok && errorText.MatchString(s) {
			return use{key: s}, true
		}
	case *ast.CallExpr:
		key, at, prefix := -1, -1, ""
		switch name := lastName(n.Fun); {
		case name == "T" && len(n.Args) > 0 && isSelector(n.Fun):
			key, at = 0, 1
		case (name == "Sentence" || name == "Invalid" || name == "Add") && len(n.Args) == 3:
			key, at, prefix = 1, 2, "error."
		case (name == "Denied" || name == "refuse") && len(n.Args) == 2:
			key, at, prefix = 0, 1, "error."
		case name == "malformed" && len(n.Args) == 3:
			key, at, prefix = 0, 2, "error."
		default:
			return use{}, false
		}
		s, ok := text(n.Args[key])
		u := use{key: prefix + s, ofType: strings.TrimSuffix(prefix, ".")}
		if at == len(n.Args) {
			u.args = map[string]bool{}
		} else if len(n.Args) == at+1 {
			u.args = argNames(n.Args[at])
		}
		return u, ok && s != ""
	case *ast.CompositeLit:
		return codeIn(n)
	case *ast.AssignStmt: // code = "want_text"
		if len(n.Lhs) == 1 && len(n.Rhs) == 1 && lastName(n.Lhs[0]) == "code" {
			s, ok := text(n.Rhs[0])
			return use{key: "error." + s, ofType: "error"}, ok && s != ""
		}
	case *ast.ValueSpec: // const codeDiskFull = "disk_full", const reasonOwner = "only_owner"
		if len(n.Names) == 1 && len(n.Values) == 1 && codeName.MatchString(n.Names[0].Name) {
			s, ok := text(n.Values[0])
			return use{key: "error." + s, ofType: "error"}, ok && s != ""
		}
	}
	return use{}, false
}

func codeIn(lit *ast.CompositeLit) (u use, ok bool) {
	want := map[string]string{"Error": "Code", "Problem": "Code", "Decision": "Reason"}[lastName(lit.Type)]
	if want == "" {
		return use{}, false
	}
	u.ofType, u.args = "error", map[string]bool{}
	for _, e := range lit.Elts {
		kv, isKV := e.(*ast.KeyValueExpr)
		if !isKV {
			continue
		}
		switch lastName(kv.Key) {
		case want:
			s, isText := text(kv.Value)
			u.key, ok = "error."+s, isText && s != ""
		case "Args":
			u.args = argNames(kv.Value)
		}
	}
	if want == "Reason" {
		u.args = nil
	}
	return u, ok
}

// text reads a string literal; of "a." + b the first part.
func text(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		s, ok := text(e.X)
		return s, ok && strings.HasSuffix(s, ".")
	}
	return "", false
}

// argNames reads the names of an Args literal, none from nil; nil means that they cannot be read.
func argNames(e ast.Expr) map[string]bool {
	if lastName(e) == "nil" {
		return map[string]bool{}
	}
	lit, ok := e.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	names := map[string]bool{}
	for _, el := range lit.Elts {
		kv, ok := el.(*ast.KeyValueExpr)
		if !ok {
			return nil
		}
		name, ok := text(kv.Key)
		if !ok {
			return nil
		}
		names[name] = true
	}
	return names
}

func lastName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

func isSelector(e ast.Expr) bool { _, ok := e.(*ast.SelectorExpr); return ok }

func TestEverySentenceThatTheProgramAsksForIsInTheCatalogue(t *testing.T) {
	used := map[string]bool{}
	var prefixes []string
	for _, u := range readUses(t) {
		if strings.HasSuffix(u.key, ".") {
			if u.key != "error." { // codes are named where they arise
				prefixes = append(prefixes, u.key)
			}
			if !slices.ContainsFunc(Keys(), func(k string) bool { return strings.HasPrefix(k, u.key) }) {
				t.Errorf("%s: no key begins with %q", u.at, u.key)
			}
			continue
		}
		used[u.key] = true
		texts, ok := loaded().texts[u.key]
		if !ok {
			t.Errorf("%s: the catalogue has no %q", u.at, u.key)
			continue
		}
		for name := range placeholders(texts[EN]) {
			if u.args != nil && !u.args[name] && (name != "field" || u.ofType != "error") {
				t.Errorf("%s: %s needs {%s}", u.at, u.key, name)
			}
		}
	}
	var unused []string
	for _, k := range Keys() {
		if !used[k] && !slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(k, p) }) {
			unused = append(unused, k)
		}
	}
	t.Logf("%d keys used; %d that no source names as a whole: %s", len(used), len(unused), strings.Join(unused, " "))
}

func TestEveryConceptHasItsSentence(t *testing.T) {
	b, err := os.ReadFile("../concept.go")
	if err != nil {
		t.Fatal(err)
	}
	keys := regexp.MustCompile(`\{Key: "([a-z_]+)"`).FindAllSubmatch(b, -1)
	if len(keys) < 31 {
		t.Errorf("read %d concepts from the table", len(keys))
	}
	for _, m := range keys {
		if !Has("concept." + string(m[1]) + ".sentence") {
			t.Errorf("the concept %s has no sentence", m[1])
		}
	}
}
