package web

import "tandem/policy"

// feedbackRoutes lists the URLs of feedback, of trials beside the page of a technique, and of celebration. The
// page behind a link serves whoever holds one.
func (s *Server) feedbackRoutes() []route {
	return []route{
		{pattern: "GET /feedback", action: policy.Read, kind: policy.Feedback, handle: getFeedbacks},
		{pattern: "GET /feedback/new", action: policy.Create, kind: policy.Feedback, handle: getAskFeedback},
		{pattern: "POST /feedback/new", action: policy.Create, kind: policy.Feedback, handle: postAskFeedback},
		{pattern: "GET /feedback/{id}", action: policy.Read, kind: policy.Feedback, handle: getFeedback},
		{pattern: "POST /feedback/{id}/read", action: policy.Change, kind: policy.Feedback, handle: postReadFeedback},
		{pattern: "POST /feedback/{id}/learning", action: policy.Change, kind: policy.Feedback, handle: postLearnFromFeedback},
		{pattern: "POST /feedback/{id}/technique", action: policy.Change, kind: policy.Feedback, handle: postTryFromFeedback},
		{pattern: "POST /feedback/{id}/level", action: policy.Change, kind: policy.Feedback, handle: postCountFeedback},
		{pattern: "POST /feedback/{id}/withdraw", action: policy.Delete, kind: policy.Feedback, handle: postWithdrawFeedback},
		{pattern: "GET /given/{id}", action: policy.Read, kind: policy.Given, handle: getGiven},
		{pattern: "POST /given/{id}", action: policy.Change, kind: policy.Given, handle: postGiven},
		{pattern: "GET /goals/{id}/feedback", action: policy.Create, kind: policy.Given, handle: getWriteFeedback},
		{pattern: "POST /goals/{id}/feedback", action: policy.Create, kind: policy.Given, handle: postWriteFeedback},
		{pattern: "GET /asked/{link}", handle: getAsked, open: true},
		{pattern: "POST /asked/{link}", handle: postAsked, open: true},
		{pattern: "POST /techniques/{id}/felt", action: policy.Log, kind: policy.Technique, handle: postFelt},
		{pattern: "POST /goals/{id}/new-way", action: policy.Create, kind: policy.Technique, handle: postNewWay},
		{pattern: "POST /celebrations/{about}", action: policy.Log, kind: policy.Learning, handle: postCheer},
	}
}
