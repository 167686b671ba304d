package policy

import (
	"slices"

	"tandem"
)

// AllRights is the right that holds every other: what a person may do, the token may.
const AllRights = "all"

// ScopeFor gives the right that a token needs for an action: "read:goals", "write:goals". Changing
// members, workspaces or credentials needs "all": such powers never flow into a narrower token.
func ScopeFor(k Kind, act Action) string {
	var read, write string
	switch k {
	case Goal, Closing, MicroGoal:
		read, write = "read:goals", "write:goals"
	case Metric:
		read, write = "read:metrics", "write:metrics"
	case Observation:
		read, write = "read:observations", "write:observations"
	case Learning:
		read, write = "read:practice", "write:practice"
	case Technique:
		read, write = "read:techniques", "write:techniques"
	case Import:
		read, write = "read:imports", "write:imports"
	case Template:
		read, write = "read:templates", "write:templates"
	case Review:
		read, write = "read:reviews", "write:reviews"
	case Feedback, Given:
		read, write = "read:feedback", "write:feedback"
	case Lifeline, Note:
		read, write = "read:lifelines", "write:lifelines"
	case Today:
		read, write = "read:today", AllRights
	case Export:
		read, write = "read:exports", "read:exports" // an export only reads
	case Account:
		read, write = "read:people", AllRights
		if act == Change {
			write = "write:people"
		}
	case Workspace, Member, Invite:
		read, write = "read:people", AllRights
	default:
		return AllRights
	}
	if act == Read {
		return read
	}
	return write
}

// hasRight tells whether the actor holds a right. A session holds all; whatever came by a token holds
// only what is listed, so that a token without a list holds nothing.
func hasRight(a *tandem.Actor, need string) bool {
	if a.Scopes == nil && a.Token == 0 && a.Source != "token" {
		return true
	}
	return slices.Contains(a.Scopes, need) || slices.Contains(a.Scopes, AllRights)
}
