package policy

import (
	"slices"
	"testing"

	"tandem"
)

// A mutant is the house with one fault.
type mutant struct {
	name  string
	plant func(x rules) rules
}

// cellIs gives one cell of the table another answer.
func cellIs(k Kind, act Action, ci circle, c column, to Answer) func(rules) rules {
	return func(x rules) rules {
		t := *x.cells
		if t.lines[k.number()][act.number()][ci][c] == to {
			panic("no fault: " + string(k) + " " + string(act))
		}
		t.lines[k.number()][act.number()][ci][c] = to
		x.cells = &t
		return x
	}
}

// without drops the limit at a place.
func without(place int) func(rules) rules {
	return func(x rules) rules {
		x.limits = slices.Delete(slices.Clone(x.limits), place, place+1)
		return x
	}
}

// instead puts another limit in the place of one.
func instead(place int, l limit) func(rules) rules {
	return func(x rules) rules {
		x.limits = slices.Clone(x.limits)
		x.limits[place] = l
		return x
	}
}

// seen changes what actors are to things.
func seen(as func(a *tandem.Actor, r Resource) columnSet) func(rules) rules {
	return func(x rules) rules { x.columns = as; return x }
}

var mutants = []mutant{
	{"a member reads what is only for the owner", cellIs(Goal, Read, circleOnlyMe, colMember, Allow)},
	{"a workspace owner reads what is for lifelines", cellIs(Goal, Read, circleLifelines, colWorkspaceOwner, Allow)},
	{"a coordinator is told of what is only for the owner", cellIs(Goal, Read, circleOnlyMe, colCoordinator, Deny)},
	{"a lead reads a private number", cellIs(Metric, Read, circleOnlyMe, colLead, Allow)},
	{"a member does not read a workspace's goal", cellIs(Goal, Read, circleWorkspace, colMember, Hide)},
	{"a member changes a workspace's goal", cellIs(Goal, Change, circleWorkspace, colMember, Allow)},
	{"a lead logs on a workspace's number", cellIs(Observation, Log, circleUnit, colLead, Allow)},
	{"a workspace owner deletes a member's goal", cellIs(Goal, Delete, circleWorkspace, colWorkspaceOwner, Allow)},
	{"a member makes goals for others", cellIs(Goal, Create, circleWorkspace, colMember, Allow)},
	{"an owner may not change the own goal", cellIs(Goal, Change, circleUnit, colOwner, Deny)},
	{"an owner does not see the own number", cellIs(Metric, Log, circleOnlyMe, colOwner, Hide)},
	{"a coordinator reads the story of a visible learning goal", cellIs(Learning, Read, circleWorkspace, colCoordinator, Allow)},
	{"a member reads a closing", cellIs(Closing, Read, circleWorkspace, colMember, Allow)},
	{"a guardian reads a child's reflections", cellIs(Learning, Read, circleLifelines, colGuardian, Allow)},
	{"a guardian reads what a child keeps", cellIs(Goal, Read, circleOnlyMe, colGuardian, Allow)},
	{"an educator reads what is for lifelines", cellIs(Goal, Read, circleLifelines, colEducator, Allow)},
	{"a child reads other children's goals", cellIs(Goal, Read, circleWorkspace, colChild, Allow)},
	{"a lifeline reads what is only for the owner", cellIs(Goal, Read, circleOnlyMe, colLifeline, Allow)},
	{"a lifeline logs", cellIs(Observation, Log, circleLifelines, colLifeline, Allow)},
	{"an invitation is a lifeline already", seen(func(a *tandem.Actor, r Resource) columnSet {
		s := standing(a, r)
		if (r.Tie == tandem.TieAccepted || r.Tie == tandem.TieInvited) && a.Person != 0 && a.Source != "local" {
			s |= one(colLifeline)
		}
		return s
	})},
	{"a lifeline that ended still holds", seen(func(a *tandem.Actor, r Resource) columnSet {
		s := standing(a, r)
		if r.Tie != tandem.TieNone && r.Tie != tandem.TieInvited && a.Person != 0 && a.Source != "local" {
			s |= one(colLifeline)
		}
		return s
	})},
	{"lifelines are forgotten", seen(standing)},
	{"who wrote a note says what becomes of it", cellIs(Note, Change, circlePlain, colLifeline, Allow)},
	{"a lifeline reads a goal of a member's that is only for the owner", cellIs(Learning, Read, circleOnlyMe, colLifeline, Allow)},
	{"an outsider sees a lifeline", cellIs(Lifeline, Read, circlePlain, colOutsider, Allow)},
	{"an outsider reads a workspace's goal", cellIs(Goal, Read, circleWorkspace, colOutsider, Allow)},
	{"an outsider sees the workspace's name", cellIs(Workspace, Read, circlePlain, colOutsider, Allow)},
	{"a guest reads a workspace's goal", cellIs(Goal, Read, circleWorkspace, colGuest, Allow)},
	{"a guest sees the members", cellIs(Member, Read, circleUpper, colGuest, Allow)},
	{"a coordinator makes owners", cellIs(Member, Manage, circleUpper, colCoordinator, Allow)},
	{"a coordinator invites owners", cellIs(Invite, Create, circleUpper, colCoordinator, Allow)},
	{"a member raises roles", cellIs(Member, Manage, circleLower, colMember, Allow)},
	{"somebody raises the own role", cellIs(Member, Manage, circleUpper, colOwner, Allow)},
	{"nobody can leave", cellIs(Member, Delete, circleLower, colOwner, Deny)},
	{"a member sees invitations", cellIs(Invite, Read, circleLower, colMember, Allow)},
	{"a coordinator deletes the workspace", cellIs(Workspace, Delete, circlePlain, colCoordinator, Allow)},
	{"a workspace owner undoes a member's import", cellIs(Import, Delete, circlePlain, colWorkspaceOwner, Allow)},
	{"the command line reads goals", cellIs(Goal, Read, circleWorkspace, colLocal, Allow)},
	{"the command line changes profiles", cellIs(Account, Change, circlePlain, colLocal, Allow)},
	{"nobody needs to be a person to make a workspace", cellIs(Workspace, Create, circlePlain, colOutsider, Allow)},
	{"suspension is forgotten", without(0)},
	{"the workspace of a token is forgotten", without(1)},
	{"the rights of a token are forgotten", without(2)},
	{"the archive is forgotten", without(3)},
	{"suspension denies instead of hiding", instead(0, func(a *tandem.Actor, _ Action, _ Resource, d Decision) Decision {
		if a.Suspended {
			return Decision{Answer: Deny, Reason: reasonDenied}
		}
		return d
	})},
	{"a suspended account still reads", instead(0, func(a *tandem.Actor, act Action, _ Resource, d Decision) Decision {
		if a.Suspended && act != Read {
			return Decision{}
		}
		return d
	})},
	{"a bound token manages the account", instead(1, func(a *tandem.Actor, act Action, r Resource, d Decision) Decision {
		if a.Workspace == 0 || a.Workspace == r.Workspace || r.Workspace == 0 {
			return d
		}
		return Decision{}
	})},
	{"the right to read is enough to write", instead(2, func(a *tandem.Actor, _ Action, r Resource, d Decision) Decision {
		return limitRights(a, Read, r, d)
	})},
	{"the right to write is enough to read", instead(2, func(a *tandem.Actor, act Action, r Resource, d Decision) Decision {
		if act == Read && hasRight(a, ScopeFor(r.Kind, Change)) {
			return d
		}
		return limitRights(a, act, r, d)
	})},
	{"a token that lacks a right is told before it is hidden", instead(2, func(a *tandem.Actor, act Action, r Resource, d Decision) Decision {
		if !hasRight(a, ScopeFor(r.Kind, act)) {
			return Decision{Answer: Deny, Reason: reasonScope, Scope: ScopeFor(r.Kind, act)}
		}
		return d
	})},
	{"a token without a list of rights has all", instead(2, func(a *tandem.Actor, act Action, r Resource, d Decision) Decision {
		if len(a.Scopes) == 0 {
			return d
		}
		return limitRights(a, act, r, d)
	})},
	{"managing people needs the right of people alone", instead(2, func(a *tandem.Actor, act Action, r Resource, d Decision) Decision {
		if hasRight(a, "write:people") && (r.Kind == Member || r.Kind == Invite || r.Kind == Workspace) {
			return d
		}
		return limitRights(a, act, r, d)
	})},
	{"what is archived is frozen whole", instead(3, func(_ *tandem.Actor, act Action, r Resource, d Decision) Decision {
		if d.Answer == Allow && r.Archived && act != Read {
			return Decision{Answer: Deny, Reason: reasonDenied}
		}
		return d
	})},
	{"an owner needs no membership", seen(func(a *tandem.Actor, r Resource) columnSet {
		if a.Person != 0 && a.Person == r.Owner {
			return one(colOwner)
		}
		return columnsOf(a, r)
	})},
	{"a membership anywhere counts here", seen(func(a *tandem.Actor, r Resource) columnSet {
		if len(a.Roles) > 0 && r.Workspace != 0 && a.Source != "local" {
			b := *a
			for _, role := range a.Roles {
				b.Roles = map[tandem.WorkspaceID]tandem.Role{r.Workspace: role}
			}
			return columnsOf(&b, r)
		}
		return columnsOf(a, r)
	})},
	{"a guest owns what it makes", seen(func(a *tandem.Actor, r Resource) columnSet {
		s := columnsOf(a, r)
		if s == one(colGuest) && r.Owner == a.Person {
			s |= one(colOwner)
		}
		return s
	})},
	{"a role that nobody knows is a member's", seen(func(a *tandem.Actor, r Resource) columnSet {
		if _, ok := a.Roles[r.Workspace]; ok && columnsOf(a, r) == one(colOutsider) {
			return one(colMember)
		}
		return columnsOf(a, r)
	})},
	{"a lead counts as a coordinator", seen(func(a *tandem.Actor, r Resource) columnSet {
		s := columnsOf(a, r)
		if s&one(colLead) != 0 {
			s |= one(colCoordinator)
		}
		return s
	})},
	{"no owner is everybody", seen(func(a *tandem.Actor, r Resource) columnSet {
		if r.Owner == a.Person && r.Workspace == 0 && a.Source != "local" {
			return one(colOwner)
		}
		return columnsOf(a, r)
	})},
	{"the command line owns everything", seen(func(a *tandem.Actor, r Resource) columnSet {
		if a.Source == "local" {
			return one(colLocal) | one(colOwner)
		}
		return columnsOf(a, r)
	})},
}

func TestEachPlantedFaultIsFound(t *testing.T) {
	if len(mutants) < 40 {
		t.Errorf("%d planted faults", len(mutants))
	}
	for _, m := range mutants {
		if len(suite(m.plant(house))) == 0 {
			t.Errorf("not found: %s", m.name)
		}
	}
}
