package web

import "tandem/policy"

// pilotRoutes lists the URLs of measured pilots.
func (s *Server) pilotRoutes() []route {
	return []route{
		{pattern: "GET /techniques/{id}/pilot", action: policy.Create, kind: policy.Technique, handle: getNewPilot},
		{pattern: "POST /techniques/{id}/pilot", action: policy.Create, kind: policy.Technique, handle: postNewPilot},
		{pattern: "GET /pilots/{id}", action: policy.Read, kind: policy.Technique, handle: getPilot},
		{pattern: "GET /pilots/{id}/days.csv", action: policy.Read, kind: policy.Technique, handle: getPilotDays},
		{pattern: "POST /pilots/{id}/stop", action: policy.Change, kind: policy.Technique, handle: postStopPilot},
		{pattern: "POST /pilots/{id}/changed", action: policy.Change, kind: policy.Technique, handle: postPilotChanged},
		{pattern: "POST /pilots/{id}/verdict", action: policy.Change, kind: policy.Technique, handle: postPilotVerdict},
	}
}
