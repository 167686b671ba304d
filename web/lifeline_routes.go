package web

import "tandem/policy"

// lifelineRoutes lists the URLs of lifelines.
func (s *Server) lifelineRoutes() []route {
	return []route{
		{pattern: "GET /lifelines", action: policy.Read, kind: policy.Lifeline, handle: getLifelines},
		{pattern: "GET /lifelines/new", action: policy.Create, kind: policy.Lifeline, handle: getNewLifeline},
		{pattern: "POST /lifelines/new", action: policy.Create, kind: policy.Lifeline, handle: postNewLifeline},
		{pattern: "GET /lifelines/words", action: policy.Read, kind: policy.Lifeline, handle: getNotes},
		{pattern: "GET /lifelines/{id}", action: policy.Read, kind: policy.Lifeline, handle: getLifeline},
		{pattern: "GET /lifelines/{id}/mine", action: policy.Change, kind: policy.Lifeline, handle: getSide},
		{pattern: "POST /lifelines/{id}/mine", action: policy.Change, kind: policy.Lifeline, handle: postSide},
		{pattern: "GET /lifelines/{id}/exchange", action: policy.Log, kind: policy.Lifeline, handle: getExchange},
		{pattern: "POST /lifelines/{id}/exchange", action: policy.Log, kind: policy.Lifeline, handle: postExchange},
		{pattern: "POST /lifelines/{id}/say", action: policy.Log, kind: policy.Lifeline, handle: postSay},
		{pattern: "POST /lifelines/{id}/tell", action: policy.Log, kind: policy.Lifeline, handle: postTell},
		{pattern: "POST /lifelines/{id}/rescue", action: policy.Log, kind: policy.Lifeline, handle: postRescue},
		{pattern: "GET /lifelines/{id}/word/{goal}", action: policy.Read, kind: policy.Lifeline, handle: getWord},
		{pattern: "POST /lifelines/{id}/word/{goal}", action: policy.Log, kind: policy.Lifeline, handle: postWord},
		{pattern: "POST /lifelines/{id}/invites", action: policy.Change, kind: policy.Lifeline, handle: postLifelineInvite},
		{pattern: "POST /lifelines/{id}/invites/{invite}/withdraw", action: policy.Change, kind: policy.Lifeline, handle: postLifelineWithdraw},
		{pattern: "POST /lifelines/{id}/people/{person}", action: policy.Change, kind: policy.Lifeline, handle: postAgree},
		{pattern: "POST /lifelines/{id}/end", action: policy.Delete, kind: policy.Lifeline, handle: postEndLifeline},
		{pattern: "POST /notes/{note}", action: policy.Change, kind: policy.Note, handle: postNote},
		{pattern: "GET /join/lifeline/{secret}", handle: getJoinLifeline, open: true},
		{pattern: "POST /join/lifeline/{secret}", handle: postJoinLifeline, open: true},
	}
}
