package web

import "tandem/policy"

// portfolioRoutes lists the URLs of planned learning, of lessons, and of what was learned over the years.
func (s *Server) portfolioRoutes() []route {
	return []route{
		{pattern: "POST /goals/{id}/activities", action: policy.Log, kind: policy.Learning, handle: postActivity},
		{pattern: "POST /goals/{id}/activities/{activity}/done", action: policy.Log, kind: policy.Learning, handle: postActivityDone},
		{pattern: "POST /goals/{id}/activities/{activity}/reopen", action: policy.Log, kind: policy.Learning, handle: postActivityReopen},
		{pattern: "POST /goals/{id}/activities/{activity}/delete", action: policy.Log, kind: policy.Learning, handle: postActivityDelete},
		{pattern: "POST /goals/{id}/about", action: policy.Change, kind: policy.Goal, handle: postAbout},
		{pattern: "GET /lessons", action: policy.Read, kind: policy.Learning, handle: getLessons},
		{pattern: "POST /lessons/{id}/try", action: policy.Create, kind: policy.Technique, handle: postTryLesson},
		{pattern: "POST /lessons/{id}/drop", action: policy.Log, kind: policy.Learning, handle: postDropLesson},
		{pattern: "GET /portfolio", action: policy.Read, kind: policy.Learning, handle: getPortfolio},
		{pattern: "GET /portfolio/book", action: policy.Read, kind: policy.Learning, handle: getBook},
		{pattern: "GET /portfolio/portfolio.json", action: policy.Read, kind: policy.Learning, handle: getPortfolioFile},
		{pattern: "POST /portfolio/{id}/forget", action: policy.Delete, kind: policy.Learning, handle: postForget},
	}
}
