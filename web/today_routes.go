package web

import "tandem/policy"

// todayRoutes lists the URLs of Today, of logging, of micro-goals, of what comes in and goes out.
func (s *Server) todayRoutes() []route {
	return []route{
		{pattern: "GET /{$}", action: policy.Read, kind: policy.Today, handle: getToday},
		{pattern: "GET /import", action: policy.Read, kind: policy.Import, handle: getImport},
		{pattern: "POST /import", action: policy.Create, kind: policy.Import, handle: postImport},
		{pattern: "POST /import/{id}/undo", action: policy.Delete, kind: policy.Import, handle: postUndoImport},
		{pattern: "GET /export", action: policy.Read, kind: policy.Export, handle: getExport},
		{pattern: "POST /log", action: policy.Log, kind: policy.Observation, handle: postQuickLog},
		{pattern: "GET /goals/{id}/log", action: policy.Log, kind: policy.Observation, handle: getLog},
		{pattern: "POST /goals/{id}/log", action: policy.Log, kind: policy.Observation, handle: postLog},
		{pattern: "POST /goals/{id}/micro-goals", action: policy.Create, kind: policy.MicroGoal, handle: postMicroGoal},
		{pattern: "GET /micro-goals/{id}", action: policy.Read, kind: policy.MicroGoal, handle: getMicroGoal},
		{pattern: "POST /micro-goals/{id}/set-off", action: policy.Log, kind: policy.MicroGoal, handle: postSetOff},
		{pattern: "POST /micro-goals/{id}/days", action: policy.Change, kind: policy.MicroGoal, handle: postDays},
		{pattern: "POST /micro-goals/{id}/tick", action: policy.Log, kind: policy.MicroGoal, handle: postTick},
		{pattern: "POST /micro-goals/{id}/skip", action: policy.Log, kind: policy.MicroGoal, handle: postSkip},
		{pattern: "POST /micro-goals/{id}/pause", action: policy.Change, kind: policy.MicroGoal, handle: postPause},
	}
}
