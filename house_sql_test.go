package tandem_test

import (
	"go/ast"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
)

// sqlSinks are the functions that take an SQL text as their first argument after a context, whatever
// the receiver; what passes its own parameter on to one of them becomes one itself.
var sqlSinks = []string{"query", "queryrow", "exec", "prepare", "querycontext", "queryrowcontext", "execcontext", "preparecontext"}

// checkSQL wants every SQL text that reaches the database to be constant: a literal, a constant, a sum
// of them, a choice between them, an entry of a constant table, or what store/scope.go or
// store/dialect.go make of constants.
func (p *goPackage) checkSQL() (faults []string) {
	c := sqlCheck{goPackage: p, sinks: map[string]int{}}
	for {
		before := len(c.sinks)
		faults = nil
		for name, file := range p.files {
			folder := filepath.ToSlash(filepath.Dir(name))
			if slices.Contains([]string{"store", "transfer", "connect/sql"}, folder) && filepath.Base(name) != "scope.go" {
				faults = append(faults, c.file(file)...)
			}
		}
		if len(c.sinks) == before {
			return faults
		}
	}
}

type sqlCheck struct {
	*goPackage
	sinks map[string]int // further sinks found: which argument is the SQL text
}

// file checks each call of a sink in one file.
func (c *sqlCheck) file(file *ast.File) (faults []string) {
	for _, d := range file.Decls {
		fn, _ := d.(*ast.FuncDecl)
		ast.Inspect(d, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			text := c.sqlOf(call)
			if text == nil || c.constant(text, file, 0) || c.passesOn(text, fn) {
				return true
			}
			faults = append(faults, c.fault(text, "an SQL text that is not constant"))
			return true
		})
	}
	return faults
}

// sqlOf returns the argument of call that is an SQL text, nil where there is none.
func (c *sqlCheck) sqlOf(call *ast.CallExpr) ast.Expr {
	name := ""
	switch f := call.Fun.(type) {
	case *ast.SelectorExpr:
		name = f.Sel.Name
		// url.Query and its likes take nothing.
	case *ast.Ident:
		name = f.Name
	case *ast.IndexExpr: // f[T](…)
		if id, ok := f.X.(*ast.Ident); ok {
			name = id.Name
		}
	}
	if i, ok := c.sinks[name]; ok && i < len(call.Args) {
		return call.Args[i]
	}
	if !slices.Contains(sqlSinks, strings.ToLower(name)) || len(call.Args) == 0 {
		return nil
	}
	first := call.Args[0]
	isContext := strings.HasSuffix(strings.ToLower(name), "context")
	switch a := first.(type) {
	case *ast.Ident:
		isContext = isContext || strings.HasSuffix(strings.ToLower(a.Name), "ctx")
	case *ast.CallExpr:
		if s, ok := a.Fun.(*ast.SelectorExpr); ok {
			from, _ := s.X.(*ast.Ident)
			isContext = isContext || s.Sel.Name == "Context" || from != nil && from.Name == "context"
		}
	case *ast.SelectorExpr:
		isContext = isContext || strings.HasSuffix(strings.ToLower(a.Sel.Name), "ctx")
	}
	if !isContext {
		return first
	}
	if len(call.Args) < 2 {
		return nil
	}
	return call.Args[1]
}

// constant tells whether e is made of constants alone.
func (c *sqlCheck) constant(e ast.Expr, file *ast.File, depth int) bool {
	if depth > 8 {
		return false
	}
	switch e := e.(type) {
	case *ast.BasicLit:
		return true
	case *ast.ParenExpr:
		return c.constant(e.X, file, depth+1)
	case *ast.BinaryExpr:
		return e.Op == token.ADD && c.constant(e.X, file, depth+1) && c.constant(e.Y, file, depth+1)
	case *ast.Ident:
		return c.constantName(e, file, depth)
	case *ast.SelectorExpr:
		return c.constantField(e.Sel.Name, depth)
	case *ast.IndexExpr:
		return c.constantTable(e.X, depth)
	case *ast.CallExpr:
		return c.madeByScope(e)
	}
	return false
}

// constantName tells whether a name is a constant, an element of a constant table, or a local variable
// that only ever holds constants.
func (c *sqlCheck) constantName(n *ast.Ident, file *ast.File, depth int) bool {
	if n.Obj == nil || n.Obj.Kind == ast.Con {
		return n.Obj != nil || c.isConst(n.Name)
	}
	if file == nil {
		return false
	}
	if rng, ok := n.Obj.Decl.(*ast.AssignStmt); ok && len(rng.Rhs) == 1 {
		if u, ok := rng.Rhs[0].(*ast.UnaryExpr); ok && u.Op == token.RANGE {
			return c.constantTable(u.X, depth)
		}
	}
	given, good := 0, true
	ast.Inspect(file, func(node ast.Node) bool {
		switch a := node.(type) {
		case *ast.AssignStmt:
			for i, l := range a.Lhs {
				if id, ok := l.(*ast.Ident); ok && id.Obj == n.Obj {
					given++
					good = good && len(a.Lhs) == len(a.Rhs) && a.Tok != token.ADD_ASSIGN && c.constant(a.Rhs[i], file, depth+1)
				}
			}
		case *ast.ValueSpec:
			for i, id := range a.Names {
				if id.Obj == n.Obj && i < len(a.Values) {
					given++
					good = good && c.constant(a.Values[i], file, depth+1)
				}
			}
		}
		return true
	})
	return given > 0 && good
}

// isConst tells whether the package has a constant of that name.
func (c *sqlCheck) isConst(name string) bool {
	for _, file := range c.files {
		for _, d := range file.Decls {
			if d, ok := d.(*ast.GenDecl); ok && d.Tok == token.CONST {
				for _, s := range d.Specs {
					if slices.ContainsFunc(s.(*ast.ValueSpec).Names, func(n *ast.Ident) bool { return n.Name == name }) {
						return true
					}
				}
			}
		}
	}
	return false
}

// constantField tells whether a field of that name is filled in composite literals, by name and with
// constants each time, and is never assigned to.
func (c *sqlCheck) constantField(name string, depth int) bool {
	given, good := 0, true
	for _, file := range c.files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok && key.Name == name {
					given++
					good = good && c.constant(n.Value, file, depth+1)
				}
			case *ast.AssignStmt:
				for _, l := range n.Lhs {
					if s, ok := l.(*ast.SelectorExpr); ok && s.Sel.Name == name {
						good = false
					}
				}
			}
			return true
		})
	}
	return given > 0 && good
}

// constantTable tells whether e is a composite literal of constants, or a package variable that is one.
func (c *sqlCheck) constantTable(e ast.Expr, depth int) bool {
	if id, ok := e.(*ast.Ident); ok && c.vars[id.Name] {
		for _, file := range c.files {
			for _, d := range file.Decls {
				d, ok := d.(*ast.GenDecl)
				if !ok {
					continue
				}
				for _, s := range d.Specs {
					if s, ok := s.(*ast.ValueSpec); ok {
						if i := slices.IndexFunc(s.Names, func(n *ast.Ident) bool { return n.Name == id.Name }); i >= 0 && i < len(s.Values) {
							return c.constantTable(s.Values[i], depth+1)
						}
					}
				}
			}
		}
	}
	lit, ok := e.(*ast.CompositeLit)
	if !ok || len(lit.Elts) == 0 || depth > 8 {
		return false
	}
	return !slices.ContainsFunc(lit.Elts, func(x ast.Expr) bool {
		if kv, ok := x.(*ast.KeyValueExpr); ok {
			x = kv.Value
		}
		return !c.constant(x, nil, depth+1)
	})
}

// madeByScope tells whether e calls a function that store/scope.go or store/dialect.go declares: these
// two alone put constant fragments together.
func (c *sqlCheck) madeByScope(e *ast.CallExpr) bool {
	name := ""
	switch f := e.Fun.(type) {
	case *ast.SelectorExpr:
		name = f.Sel.Name
	case *ast.Ident:
		name = f.Name
	}
	for file, parsed := range c.files {
		if base := filepath.Base(file); base != "scope.go" && base != "dialect.go" {
			continue
		}
		for _, d := range parsed.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == name {
				return true
			}
		}
	}
	return false
}

// passesOn tells whether text is a parameter of fn, which is then a sink itself.
func (c *sqlCheck) passesOn(text ast.Expr, fn *ast.FuncDecl) bool {
	id, ok := text.(*ast.Ident)
	if !ok || fn == nil || id.Obj == nil {
		return false
	}
	field, ok := id.Obj.Decl.(*ast.Field)
	if !ok {
		return false
	}
	at := 0
	for _, f := range fn.Type.Params.List {
		for _, n := range f.Names {
			if f == field && n.Name == id.Name {
				// The names of database/sql are sinks already.
				if !slices.Contains(sqlSinks, strings.ToLower(fn.Name.Name)) {
					c.sinks[fn.Name.Name] = at
				}
				return true
			}
			at++
		}
		if len(f.Names) == 0 {
			at++
		}
	}
	return false
}
