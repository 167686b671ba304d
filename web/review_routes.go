package web

import "tandem/policy"

// reviewRoutes lists the URLs of the weekly review.
func (s *Server) reviewRoutes() []route {
	return []route{
		{pattern: "GET /review", action: policy.Read, kind: policy.Review, handle: getReview},
		{pattern: "POST /review", action: policy.Change, kind: policy.Review, handle: postReview},
		{pattern: "GET /reviews", action: policy.Read, kind: policy.Review, handle: getReviews},
		{pattern: "GET /reviews/{week}", action: policy.Read, kind: policy.Review, handle: getPastReview},
	}
}
