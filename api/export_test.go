package api

import (
	"tandem/policy"
)

// A Route is an operation as tests see it.
type Route struct {
	ID, Method, Path string
	Action           policy.Action
	Kind             policy.Kind
	Body             bool // it reads a JSON object
	Upload           bool
	Match            bool
}

// Routes gives the table.
func Routes() []Route {
	var out []Route
	for _, op := range operations() {
		out = append(out, Route{op.id, op.method, op.path, op.action, op.kind, op.in != nil, op.upload, op.match})
	}
	return out
}
