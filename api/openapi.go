package api

import (
	"encoding/json"
	"maps"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"

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
		params = append(params, object{"name": q, "in": "query", "schema": object{"type": "string"}})
	}
	if op.match {
		params = append(params, object{"name": "If-Match", "in": "header", "required": true, "schema": object{"type": "string"}})
	}
	if op.method == http.MethodPost {
		params = append(params, object{"name": "Idempotency-Key", "in": "header", "schema": object{"type": "string"}})
	}
	o["parameters"] = params
	if op.in != nil {
		o["requestBody"] = object{"required": true, "content": object{"application/json": object{"schema": d.schema(reflect.TypeOf(op.in))}}}
	}
	ok := object{"description": "done"}
	status := "204"
	if op.out != nil {
		status = "200"
		if op.status == http.StatusCreated {
			status = "201"
		}
		ok["content"] = object{"application/json": object{"schema": d.schema(reflect.TypeOf(op.out))}}
	}
	o["responses"] = object{status: ok, "default": object{"description": "what is wrong", "content": object{"application/problem+json": object{"schema": object{"$ref": "#/components/schemas/problem"}}}}}
	return o
}

// schema gives the JSON schema of a Go type; structs with a name go into the components.
func (d *documenter) schema(t reflect.Type) object {
	if t.Kind() == reflect.Pointer {
		return d.schema(t.Elem())
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

var notName = regexp.MustCompile(`[^A-Za-z0-9]+`)

func schemaName(t reflect.Type) string {
	name := t.Name()
	if i := strings.LastIndexByte(name, '/'); i >= 0 && strings.Contains(name, "[") {
		name = name[:strings.IndexByte(name, '[')] + "_" + name[i+1:]
	}
	return strings.Trim(notName.ReplaceAllString(name, "_"), "_")
}

func (d *documenter) properties(t reflect.Type) object {
	props := object{}
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if !f.IsExported() || name == "-" || f.Anonymous && name == "" || len(f.Index) > 1 && props[name] != nil {
			continue
		}
		if name == "" {
			name = f.Name
		}
		s := d.schema(f.Type)
		if f.Tag.Get("tandem") == "readonly" {
			s = maps.Clone(s)
			s["readOnly"] = true
		}
		props[name] = s
	}
	return object{"type": "object", "properties": props}
}
