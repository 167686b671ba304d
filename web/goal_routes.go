package web

import "tandem/policy"

// goalRoutes lists the URLs of goals, pairs, closings, numbers and techniques.
func (s *Server) goalRoutes() []route {
	return []route{
		{pattern: "GET /goals", action: policy.Read, kind: policy.Goal, handle: getGoals},
		{pattern: "GET /goals/reliability", action: policy.Read, kind: policy.Closing, handle: getReliability},
		{pattern: "GET /goals/new", action: policy.Create, kind: policy.Goal, handle: getNewGoal},
		{pattern: "POST /goals/new", action: policy.Create, kind: policy.Goal, handle: postNewGoal},
		{pattern: "GET /goals/{id}", action: policy.Read, kind: policy.Goal, handle: getGoal},
		{pattern: "POST /goals/{id}/hint", action: policy.Change, kind: policy.Goal, handle: postHint},
		{pattern: "GET /goals/{id}/edit", action: policy.Change, kind: policy.Goal, handle: getEditGoal},
		{pattern: "POST /goals/{id}/edit", action: policy.Change, kind: policy.Goal, handle: postEditGoal},
		{pattern: "POST /goals/{id}/move", action: policy.Change, kind: policy.Goal, handle: postMove},
		{pattern: "GET /goals/{id}/delete", action: policy.Delete, kind: policy.Goal, handle: getDeleteGoal},
		{pattern: "POST /goals/{id}/delete", action: policy.Delete, kind: policy.Goal, handle: postDeleteGoal},
		{pattern: "GET /goals/{id}/difference", action: policy.Read, kind: policy.Goal, handle: getDifference},
		{pattern: "POST /goals/{id}/changed", action: policy.Change, kind: policy.Learning, handle: postChanged},
		{pattern: "GET /goals/{id}/close", action: policy.Read, kind: policy.Closing, handle: getClosing},
		{pattern: "POST /goals/{id}/close", action: policy.Change, kind: policy.Closing, handle: postClosing},
		{pattern: "POST /goals/{id}/practice", action: policy.Log, kind: policy.Learning, handle: postPractice},
		{pattern: "POST /goals/{id}/practice/{practice}/delete", action: policy.Log, kind: policy.Learning, handle: postDeletePractice},
		{pattern: "POST /goals/{id}/lessons", action: policy.Log, kind: policy.Learning, handle: postLesson},
		{pattern: "POST /goals/{id}/levels", action: policy.Log, kind: policy.Learning, handle: postLevel},
		{pattern: "POST /goals/{id}/levels/{evidence}/delete", action: policy.Log, kind: policy.Learning, handle: postDeleteLevel},
		{pattern: "POST /goals/{id}/slots", action: policy.Log, kind: policy.Learning, handle: postSlot},
		{pattern: "POST /goals/{id}/look", action: policy.Log, kind: policy.Learning, handle: postLook},
		{pattern: "POST /goals/{id}/steps", action: policy.Change, kind: policy.Goal, handle: postStep},
		{pattern: "POST /goals/{id}/guards", action: policy.Change, kind: policy.Goal, handle: postGuard},
		{pattern: "POST /goals/{id}/learning", action: policy.Change, kind: policy.Goal, handle: postTakeLearning},
		{pattern: "POST /goals/{id}/factors", action: policy.Change, kind: policy.Goal, handle: postFactor},
		{pattern: "POST /goals/{id}/techniques", action: policy.Create, kind: policy.Technique, handle: postTechnique},
		{pattern: "GET /numbers/{id}", action: policy.Read, kind: policy.Observation, handle: getNumber},
		{pattern: "GET /values/{id}/edit", action: policy.Log, kind: policy.Observation, handle: getValue},
		{pattern: "POST /values/{id}/edit", action: policy.Log, kind: policy.Observation, handle: postValue},
		{pattern: "POST /values/{id}/delete", action: policy.Log, kind: policy.Observation, handle: postDeleteValue},
		{pattern: "POST /values/{id}/undo", action: policy.Log, kind: policy.Observation, handle: postUndoValue},
		{pattern: "GET /techniques/{id}", action: policy.Read, kind: policy.Technique, handle: getTechnique},
		{pattern: "POST /techniques/{id}/use", action: policy.Log, kind: policy.Technique, handle: postUse},
		{pattern: "POST /techniques/{id}/unuse", action: policy.Log, kind: policy.Technique, handle: postUnuse},
		{pattern: "POST /techniques/{id}/decide", action: policy.Change, kind: policy.Technique, handle: postDecide},
		{pattern: "POST /concepts/{name}/{answer}", action: policy.Change, kind: policy.Account, handle: postConcept},
	}
}
