package tandem_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

const (
	maxFileLines     = 500
	maxFunctionLines = 80
)

// checkLength wants a file of a size that a person can hold in mind.
func checkLength(name, text string) []string {
	if n := strings.Count(text, "\n"); n > maxFileLines {
		return []string{fmt.Sprintf("%s has %d lines, at most %d", name, n, maxFileLines)}
	}
	return nil
}

// checkGo applies the rules of written Go to one package, given as its files by name. Generated files
// are parsed for what they declare and otherwise left alone.
func checkGo(files map[string]string) (faults []string) {
	p := goPackage{set: token.NewFileSet(), files: map[string]*ast.File{}, vars: map[string]bool{}}
	for name, text := range files {
		file, err := parser.ParseFile(p.set, name, text, parser.ParseComments)
		if err != nil {
			return append(faults, err.Error())
		}
		p.files[name] = file
		for _, d := range file.Decls {
			if d, ok := d.(*ast.GenDecl); ok && d.Tok == token.VAR {
				for _, s := range d.Specs {
					for _, n := range s.(*ast.ValueSpec).Names {
						p.vars[n.Name] = n.Name != "_"
					}
				}
			}
		}
	}
	for name, file := range p.files {
		if ast.IsGenerated(file) {
			continue
		}
		folder := filepath.ToSlash(filepath.Dir(name))
		faults = append(faults, checkLength(name, files[name])...)
		faults = append(faults, p.checkFunctions(file)...)
		faults = append(faults, p.checkVariables(file)...)
		faults = append(faults, checkMarkupInGo(p.set, file, folder)...)
		if folder != "cmd/tandem" && !isTestRoom(folder) {
			faults = append(faults, p.checkClock(file)...)
		}
		if !slices.Contains([]string{"store", "transfer", "connect/sql"}, folder) && !isTestRoom(folder) && importsPath(file, "database/sql") {
			faults = append(faults, name+" imports database/sql, which is for store and transfer")
		}
	}
	return append(faults, p.checkSQL()...)
}

// A goPackage is one parsed package.
type goPackage struct {
	set   *token.FileSet
	files map[string]*ast.File
	vars  map[string]bool // its package variables
}

func (p *goPackage) fault(at ast.Node, format string, args ...any) string {
	pos := p.set.Position(at.Pos())
	return fmt.Sprintf("%s:%d: %s", pos.Filename, pos.Line, fmt.Sprintf(format, args...))
}

// checkFunctions refuses init and long functions.
func (p *goPackage) checkFunctions(file *ast.File) (faults []string) {
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		if f.Name.Name == "init" && f.Recv == nil {
			faults = append(faults, p.fault(f, "no init functions: what they do belongs where it is read"))
		}
		if n := p.set.Position(f.End()).Line - p.set.Position(f.Pos()).Line + 1; n > maxFunctionLines {
			faults = append(faults, p.fault(f, "%s has %d lines, at most %d", f.Name.Name, n, maxFunctionLines))
		}
	}
	return faults
}

// checkVariables allows as package variables embedded files, sentinel errors, compiled patterns,
// replacers, constant tables and values made once at first use, none of them assigned to later.
func (p *goPackage) checkVariables(file *ast.File) (faults []string) {
	for _, d := range file.Decls {
		d, ok := d.(*ast.GenDecl)
		if !ok || d.Tok != token.VAR {
			continue
		}
		for _, s := range d.Specs {
			s := s.(*ast.ValueSpec)
			if embeds(d.Doc) || embeds(s.Doc) {
				continue
			}
			for i, n := range s.Names {
				if p.linked(n) {
					continue
				}
				if n.Name != "_" && (i >= len(s.Values) || !steady(s.Values[i])) {
					faults = append(faults, p.fault(n, "package variable %s is none of: embed, sentinel error, compiled pattern, constant table, sync.OnceValue", n.Name))
				}
			}
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		var written []ast.Expr
		switch n := n.(type) {
		case *ast.AssignStmt:
			written = n.Lhs
		case *ast.IncDecStmt:
			written = []ast.Expr{n.X}
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				written = []ast.Expr{n.X}
			}
		case *ast.CallExpr:
			if f, ok := n.Fun.(*ast.Ident); ok && len(n.Args) > 0 && (f.Name == "delete" || f.Name == "clear") {
				written = n.Args[:1]
			}
		}
		for _, e := range written {
			if name := root(e); name != nil && p.isPackageVar(name) {
				faults = append(faults, p.fault(e, "package variable %s is changed after its declaration", name.Name))
			}
		}
		return true
	})
	return faults
}

// linked tells whether the linker sets a variable: the program's version, and nothing else.
func (p *goPackage) linked(n *ast.Ident) bool {
	return n.Name == "version" && strings.HasSuffix(filepath.ToSlash(p.set.Position(n.Pos()).Filename), "cmd/tandem/main.go")
}

func embeds(doc *ast.CommentGroup) bool {
	return doc != nil && slices.ContainsFunc(doc.List, func(c *ast.Comment) bool { return strings.HasPrefix(c.Text, "//go:embed ") })
}

// steady tells whether a package variable may begin with e.
func steady(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.CompositeLit:
		return true
	case *ast.UnaryExpr:
		return e.Op == token.AND && steady(e.X)
	case *ast.CallExpr:
		if s, ok := e.Fun.(*ast.SelectorExpr); ok {
			if from, ok := s.X.(*ast.Ident); ok {
				return slices.Contains([]string{"errors.New", "regexp.MustCompile", "sync.OnceValue", "sync.OnceValues", "sync.OnceFunc",
					"strings.NewReplacer"}, from.Name+"."+s.Sel.Name)
			}
		}
	}
	return false
}

// root returns the variable that an expression on the left side changes.
func root(e ast.Expr) *ast.Ident {
	for {
		switch x := e.(type) {
		case *ast.Ident:
			return x
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		default:
			return nil
		}
	}
}

// isPackageVar tells whether the name means a package variable here, not a local one of the same name.
func (p *goPackage) isPackageVar(n *ast.Ident) bool {
	if !p.vars[n.Name] {
		return false
	}
	if n.Obj == nil {
		return true // declared in another file
	}
	spec, ok := n.Obj.Decl.(*ast.ValueSpec)
	if !ok {
		return false
	}
	for _, file := range p.files {
		for _, d := range file.Decls {
			if d, ok := d.(*ast.GenDecl); ok && slices.Contains(d.Specs, ast.Spec(spec)) {
				return true
			}
		}
	}
	return false
}

// checkClock refuses reading the clock: time.Now and what calls it.
func (p *goPackage) checkClock(file *ast.File) (faults []string) {
	if !importsPath(file, "time") {
		return nil
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			from, ok := s.X.(*ast.Ident)
			if ok && from.Name == "time" && from.Obj == nil && slices.Contains([]string{"Now", "Since", "Until"}, s.Sel.Name) {
				faults = append(faults, p.fault(s, "time.%s: take the clock from whoever calls", s.Sel.Name))
			}
		}
		return true
	})
	return faults
}

func importsPath(file *ast.File, path string) bool {
	return slices.ContainsFunc(file.Imports, func(i *ast.ImportSpec) bool { return i.Path.Value == strconv.Quote(path) })
}

// markup are what the strict content policy would block or what would run text as a script.
var markup = []struct{ what, pattern string }{
	{"a style attribute", `(?i)\bstyle\s*=`},
	{"a style element", `(?i)<style\b`},
	{"an inline script", `(?i)<script(\s+[a-z-]+(=("[^"]*"|\{[^}]*\}|[^\s>]*))?)*\s*>`},
	{"an inline handler", `(?i)[\s"]on[a-z]+\s*=\s*["{]`},
	{"hx-on", `(?i)hx-on\b`},
	{"js:", `\bjs:`},
}

// checkMarkup refuses inline styles and scripts in a template.
func checkMarkup(name, text string) (faults []string) {
	for _, m := range markup {
		for _, at := range regexp.MustCompile(m.pattern).FindAllStringIndex(text, -1) {
			if m.what == "an inline script" && strings.Contains(text[at[0]:at[1]], "src") {
				continue
			}
			faults = append(faults, fmt.Sprintf("%s:%d: %s", name, 1+strings.Count(text[:at[0]], "\n"), m.what))
		}
	}
	for i, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(line, "script ") || strings.HasPrefix(line, "css ") {
			faults = append(faults, fmt.Sprintf("%s:%d: templ writes %s inline", name, i+1, strings.Fields(line)[0]))
		}
	}
	return faults
}

// checkMarkupInGo refuses them in the texts of Go code, and as the name of an attribute in web.
func checkMarkupInGo(set *token.FileSet, file *ast.File, folder string) (faults []string) {
	if isTestRoom(folder) {
		return nil
	}
	ast.Inspect(file, func(n ast.Node) bool {
		lit, ok := n.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			return true
		}
		text, err := strconv.Unquote(lit.Value)
		if err != nil {
			return true
		}
		at := set.Position(lit.Pos())
		for range checkMarkup("", text) {
			faults = append(faults, fmt.Sprintf("%s:%d: inline style or script in %s", at.Filename, at.Line, lit.Value))
		}
		if strings.HasPrefix(folder, "web") && strings.TrimSpace(text) == "style" {
			faults = append(faults, fmt.Sprintf("%s:%d: a style attribute", at.Filename, at.Line))
		}
		return true
	})
	return faults
}

// places are what belongs to one machine only. They are written in parts, for this file is read too.
var places = []string{"/wo" + "rk/", "/ro" + "ot/", "/tmp" + "/bash", "registry.npm" + "js", "proxy.go" + "lang.org", "sum.go" + "lang.org",
	"py" + "pi.org", "files.python" + "hosted", "index.cra" + "tes.io", "deb.deb" + "ian.org", "\"resol" + "ved\":"}

// checkPlaces refuses paths of one machine and hosts of registries in tracked files.
func checkPlaces(name, text string) (faults []string) {
	for _, place := range places {
		if i := strings.Index(text, place); i >= 0 {
			faults = append(faults, fmt.Sprintf("%s:%d: names %s", name, 1+strings.Count(text[:i], "\n"), place))
		}
	}
	return faults
}

// checkGenerated wants a template beside each generated file and the other way round.
func checkGenerated(files map[string]string) (faults []string) {
	for name := range files {
		if base, ok := strings.CutSuffix(name, "_templ.go"); ok {
			if _, ok := files[base+".templ"]; !ok {
				faults = append(faults, name+" has no source "+base+".templ")
			}
		}
		if base, ok := strings.CutSuffix(name, ".templ"); ok {
			if _, ok := files[base+"_templ.go"]; !ok {
				faults = append(faults, name+" was not generated from: run make generate")
			}
		}
	}
	return faults
}
