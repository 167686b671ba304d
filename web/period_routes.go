package web

import "tandem/policy"

// periodRoutes lists the URLs of the look back at a month or a quarter.
func (s *Server) periodRoutes() []route {
	return []route{
		{pattern: "GET /review/{period}", action: policy.Read, kind: policy.Review, handle: getLookBack},
		{pattern: "POST /review/{period}", action: policy.Change, kind: policy.Review, handle: postLookBack},
		{pattern: "GET /reviews/{period}/{first}", action: policy.Read, kind: policy.Review, handle: getPastPeriod},
	}
}
