package api

import (
	"encoding/json"
	"maps"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"tandem"
	"tandem/policy"
)

type object = map[string]any

// document answers the OpenAPI 3.1 description of the API.
func (s *server) document(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(Document(s.Version)); err != nil {
		s.Log.Debug("answer broke off", "err", err)
	}
}

var pathParameter = regexp.MustCompile(`\{(\w+)\}`)

// Document gives the OpenAPI 3.1 description of the API, made from the table of operations.
func Document(version string) map[string]any {
	d := documenter{schemas: object{}}
	paths := object{}
	for _, op := range operations() {
		path, ok := paths[Prefix+op.path].(object)
		if !ok {
			path = object{}
			paths[Prefix+op.path] = path
		}
		path[strings.ToLower(op.method)] = d.operation(op)
	}
	d.schemas["problem"] = d.properties(reflect.TypeFor[problem]())
	return object{
		"openapi": "3.1.0", "info": object{"title": "Tandem", "version": version}, "paths": paths,
		"components": object{"schemas": d.schemas, "securitySchemes": object{"token": object{"type": "http", "scheme": "bearer"}}},
		"security":   []any{object{"token": []any{}}},
	}
}

type documenter struct{ schemas object }

func (d *documenter) operation(op operation) object {
	o := object{"operationId": op.id, "summary": op.summary, "x-scope": policy.ScopeFor(op.kind, op.action)}
	var params []any
	for _, m := range pathParameter.FindAllStringSubmatch(op.path, -1) {
		params = append(params, object{"name": m[1], "in": "path", "required": true, "schema": object{"type": "string"}})
	}
	for _, q := range append(slices.Clone(op.query), "workspace") {
		params = append(params, object{"name": q, "in": "query", "schema": parameterSchema(q)})
	}
	if op.match || op.mayMatch {
		params = append(params, object{"name": "If-Match", "in": "header", "required": op.match, "schema": object{"type": "string"}})
	}
	if op.takesKey() {
		params = append(params, object{"name": "Idempotency-Key", "in": "header", "schema": object{"type": "string"}})
	}
	o["parameters"] = params
	switch {
	case op.upload:
		o["requestBody"] = object{"required": true, "content": object{"text/csv": object{"schema": object{"type": "string", "format": "binary"}}}}
	case op.in != nil:
		o["requestBody"] = object{"required": true, "content": object{"application/json": object{"schema": d.schema(reflect.TypeOf(op.in))}}}
	}
	ok := object{"description": "done"}
	status := "204"
	if op.out != nil {
		status = "200"
		if op.status == http.StatusCreated {
			status = "201"
		}
		if _, file := op.out.(raw); file {
			ok["content"] = object{"application/zip": object{"schema": object{"type": "string", "format": "binary"}}}
		} else {
			ok["content"] = object{"application/json": object{"schema": d.answer(op.out)}}
		}
		if tagOf(op.out) != "" || reflect.TypeOf(op.out) == reflect.TypeFor[eitherGoal]() {
			ok["headers"] = object{"ETag": object{"description": "the version", "schema": object{"type": "string"}}}
		}
	}
	o["responses"] = object{status: ok, "default": object{"description": "what is wrong", "content": object{"application/problem+json": object{"schema": object{"$ref": "#/components/schemas/problem"}}}}}
	return o
}

// parameterSchema gives the type of a parameter of the query, whose names mean the same everywhere.
func parameterSchema(name string) object {
	switch name {
	case "limit":
		return object{"type": "integer", "minimum": 1, "maximum": 200, "default": 50}
	case "open", "own", "dry_run":
		return object{"type": "boolean"}
	case "from", "to", "deadline":
		return object{"type": "string", "format": "date"}
	case "reached_when":
		return object{"type": "string", "enum": []any{tandem.ReachedTotal, tandem.ReachedOnce, tandem.ReachedAtEnd, tandem.ReachedHeld, tandem.ReachedKept}}
	case "sort":
		return object{"type": "string", "enum": []any{tandem.SortTitle, tandem.SortDeadline, tandem.SortUpdated}}
	}
	return object{"type": "string"}
}

// answer gives the schema of an answer, which may be one of several.
func (d *documenter) answer(out any) object {
	either, ok := out.(interface{ alternatives() []any })
	if !ok {
		return d.schema(reflect.TypeOf(out))
	}
	var all []any
	for _, x := range either.alternatives() {
		all = append(all, d.schema(reflect.TypeOf(x)))
	}
	return object{"oneOf": all}
}

// schema gives the JSON schema of a Go type; structs with a name go into the components.
func (d *documenter) schema(t reflect.Type) object {
	if t.Kind() == reflect.Pointer {
		return d.schema(t.Elem())
	}
	switch t {
	case reflect.TypeFor[tandem.Day]():
		return object{"type": "string", "description": "a day like 2026-12-31; empty for none"}
	case reflect.TypeFor[tandem.Instant]():
		return object{"type": "string", "format": "date-time"}
	case reflect.TypeFor[json.RawMessage]():
		return object{}
	}
	if _, text := t.MethodByName("MarshalText"); text {
		return object{"type": "string"}
	}
	switch t.Kind() {
	case reflect.String:
		return object{"type": "string"}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Float32, reflect.Float64:
		return object{"type": "number"}
	case reflect.Int, reflect.Int32, reflect.Int64, reflect.Uint8:
		return object{"type": "integer"}
	case reflect.Slice, reflect.Array:
		return object{"type": "array", "items": d.schema(t.Elem())}
	case reflect.Map:
		return object{"type": "object"}
	case reflect.Struct:
		name := schemaName(t)
		if _, known := d.schemas[name]; !known {
			d.schemas[name] = object{} // a type that holds itself ends here
			d.schemas[name] = d.properties(t)
		}
		return object{"$ref": "#/components/schemas/" + name}
	}
	return object{}
}

// schemaName gives the name of a type among the schemas; of a list of things "page_" and theirs.
func schemaName(t reflect.Type) string {
	outer, inner, generic := strings.Cut(t.Name(), "[")
	if !generic {
		return outer
	}
	return outer + "_" + strings.TrimSuffix(inner[strings.LastIndexByte(inner, '.')+1:], "]")
}

func (d *documenter) properties(t reflect.Type) object {
	seen := map[string]bool{}
	props := object{}
	for level := []reflect.Type{t}; len(level) > 0; {
		here, deeper := fields(level)
		for name, f := range here {
			if seen[name] {
				continue // one of the same name stands further out
			}
			seen[name] = true
			s := d.schema(f.Type)
			if f.Tag.Get("tandem") == "readonly" {
				s = maps.Clone(s)
				s["readOnly"] = true
			}
			props[name] = s
		}
		level = deeper
	}
	return object{"type": "object", "properties": props}
}

// fields gives the fields of structs by their names in JSON, and the structs embedded in them.
func fields(level []reflect.Type) (named map[string]reflect.StructField, embedded []reflect.Type) {
	named = map[string]reflect.StructField{}
	for _, t := range level {
		for i := range t.NumField() {
			f := t.Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			switch {
			case f.Anonymous && name == "" && f.Type.Kind() == reflect.Struct:
				embedded = append(embedded, f.Type)
				continue
			case !f.IsExported() || name == "-":
				continue
			case name == "":
				name = f.Name
			}
			named[name] = f
		}
	}
	return named, embedded
}
