package policy

import (
	"slices"

	"tandem"
)

// A sentence is one thing that must hold, written by hand and without looking at the table.
type sentence struct {
	says  string
	holds func(x rules) bool
}

// anaInOther is Ana as a member of another workspace, who comes to her own thing by a lifeline alone.
func anaInOther() tandem.Actor {
	return tandem.Actor{Person: ana, Roles: map[tandem.WorkspaceID]tandem.Role{there: tandem.RoleMember}, Source: "session"}
}

func just(a tandem.Actor) []tandem.Actor { return []tandem.Actor{a} }

var sentences = []sentence{
	{"nobody but the owner reads a goal that is only for the owner", func(x rules) bool {
		return x.none(Allow, others(), []Action{Read}, thing(Goal, tandem.OnlyMe)) && x.none(Deny, others(), allActions, thing(Goal, tandem.OnlyMe))
	}},
	{"the owner reads the own goal at every visibility", func(x rules) bool {
		return x.ask(anaHerself(), Read, thing(Goal, tandem.OnlyMe)) == Allow && x.ask(anaHerself(), Read, thing(Goal, tandem.ByWorkspace)) == Allow
	}},
	{"no role reads a goal that is for lifelines", func(x rules) bool {
		return x.none(Allow, others(), []Action{Read}, thing(Goal, tandem.ByLifelines))
	}},
	{"no role even learns that a goal for lifelines exists", func(x rules) bool {
		return x.none(Deny, others(), allActions, thing(Goal, tandem.ByLifelines))
	}},
	{"a lifeline never reads what is only for the owner", func(x rules) bool {
		return x.cell(Goal, Read, tandem.OnlyMe, colLifeline) == Hide && x.cell(Learning, Read, tandem.OnlyMe, colLifeline) == Hide
	}},
	{"a lifeline reads a goal that is for lifelines", func(x rules) bool {
		return x.cell(Goal, Read, tandem.ByLifelines, colLifeline) == Allow
	}},
	{"a lifeline never writes on a goal", func(x rules) bool {
		return x.cell(Goal, Change, tandem.ByWorkspace, colLifeline) == Deny && x.cell(Observation, Log, tandem.ByLifelines, colLifeline) == Deny
	}},
	{"only a lifeline that all accepted shows a goal, and never what is only for the owner", func(x rules) bool {
		tied := func(t tandem.Tie, v tandem.Visibility) Answer {
			r := thing(Learning, v)
			r.Tie = t
			return x.ask(elsewhere(), Read, r)
		}
		for _, v := range visibilities {
			if tied(tandem.TieInvited, v) != Hide || tied(tandem.TieEnded, v) != Hide || tied(tandem.TieNone, v) != Hide || tied("king", v) != Hide {
				return false
			}
		}
		return tied(tandem.TieAccepted, tandem.ByLifelines) == Allow && tied(tandem.TieAccepted, tandem.OnlyMe) == Hide
	}},
	{"a lifeline writes nothing on what it sees", func(x rules) bool {
		for _, k := range contentKinds {
			for _, v := range visibilities {
				r := thing(k, v)
				r.Tie = tandem.TieAccepted
				if !x.none(Allow, append(others(), anaInOther()), writes, r) {
					return false
				}
			}
		}
		return true
	}},
	{"a lifeline is there for nobody but those who are in it", func(x rules) bool {
		for _, t := range []tandem.Tie{tandem.TieNone, tandem.TieInvited, tandem.TieEnded} {
			if !x.none(Allow, append(others(), anaHerself(), Local()), []Action{Read, Change, Log, Delete, Manage}, Resource{Kind: Lifeline, Tie: t}) ||
				!x.none(Deny, append(others(), anaHerself(), Local()), allActions, Resource{Kind: Lifeline, Tie: t}) {
				return false
			}
		}
		in := Resource{Kind: Lifeline, Tie: tandem.TieAccepted}
		return x.ask(anaHerself(), Log, in) == Allow && x.ask(anaHerself(), Delete, in) == Allow && x.ask(nobody(), Read, in) == Hide && x.ask(suspended(anaHerself()), Read, in) == Hide
	}},
	{"a token of one workspace reaches no lifeline", func(x rules) bool {
		return x.none(Allow, just(bound(token(anaHerself(), "all"), here)), allActions, Resource{Kind: Lifeline, Tie: tandem.TieAccepted}, Resource{Kind: Lifeline, Owner: ana}, Resource{Kind: Note, Owner: ana})
	}},
	{"whom a note is about alone says what becomes of it", func(x rules) bool {
		return x.ask(anaHerself(), Change, Resource{Kind: Note, Owner: ana}) == Allow && x.ask(ben(), Change, Resource{Kind: Note, Owner: ana, Tie: tandem.TieAccepted}) == Deny &&
			x.ask(ben(), Read, Resource{Kind: Note, Owner: ana}) == Hide
	}},
	{"members read a goal that is for the workspace", func(x rules) bool {
		return x.none(Hide, []tandem.Actor{ben(), lead(), coordinator(), head()}, []Action{Read}, thing(Goal, tandem.ByWorkspace))
	}},
	{"members read a goal that is for the unit", func(x rules) bool {
		return x.none(Hide, []tandem.Actor{ben(), lead(), coordinator(), head()}, []Action{Read}, thing(Goal, tandem.ByUnit))
	}},
	{"a guest reads no goal", func(x rules) bool {
		return x.none(Allow, just(guest()), allActions, thing(Goal, tandem.ByWorkspace), thing(Metric, tandem.ByWorkspace))
	}},
	{"a guest makes nothing, not even for itself", func(x rules) bool {
		return x.none(Allow, just(guest()), []Action{Create}, Resource{Kind: Goal, Workspace: here, Owner: guest().Person}, Resource{Kind: Metric, Workspace: here, Owner: guest().Person})
	}},
	{"a guest may leave", func(x rules) bool {
		return x.ask(guest(), Delete, Resource{Kind: Member, Workspace: here, Owner: guest().Person, Role: tandem.RoleGuest}) == Allow
	}},
	{"whoever belongs elsewhere sees nothing here", func(x rules) bool {
		for _, k := range allKinds[:10] {
			for _, r := range samples(k) {
				if !x.none(Allow, just(elsewhere()), allActions, r) || !x.none(Deny, just(elsewhere()), allActions, r) {
					return false
				}
			}
		}
		return true
	}},
	{"who left sees nothing here, not even what was the own", func(x rules) bool {
		return x.none(Allow, just(former()), allActions, thing(Goal, tandem.ByWorkspace), thing(Goal, tandem.OnlyMe), thing(Import, "")) &&
			x.none(Deny, just(former()), allActions, thing(Goal, tandem.ByWorkspace))
	}},
	{"who is not signed in gets nothing", func(x rules) bool {
		for _, k := range allKinds {
			for _, r := range samples(k) {
				if !x.none(Allow, just(nobody()), allActions, r) {
					return false
				}
			}
		}
		return true
	}},
	{"a thing without an owner is not that of somebody without a name", func(x rules) bool {
		return x.ask(nobody(), Read, Resource{Kind: Account}) == Hide &&
			x.ask(tandem.Actor{Roles: map[tandem.WorkspaceID]tandem.Role{here: tandem.RoleMember}}, Read, Resource{Kind: Goal, Workspace: here}) == Hide
	}},
	{"a role that nobody knows is no role", func(x rules) bool {
		return x.none(Allow, just(member(12, "king")), allActions, thing(Goal, tandem.ByWorkspace), Resource{Kind: Workspace, Workspace: here})
	}},
	{"a visibility that nobody knows is for the owner alone", func(x rules) bool {
		return x.none(Allow, others(), []Action{Read}, thing(Goal, "public"), thing(Goal, ""), thing(Metric, "everyone"))
	}},
	{"a kind that nobody knows is hidden", func(x rules) bool {
		return x.none(Allow, append(others(), anaHerself(), Local()), allActions, Resource{Kind: "secret", Workspace: here, Owner: ana})
	}},
	{"an action that nobody knows is hidden", func(x rules) bool {
		return x.none(Allow, append(others(), anaHerself()), []Action{"share", ""}, thing(Goal, tandem.ByWorkspace))
	}},
	{"nobody but the owner changes a goal, whoever sees it", func(x rules) bool {
		return x.none(Allow, others(), writes, thing(Goal, tandem.ByWorkspace), thing(Goal, tandem.ByUnit))
	}},
	{"who sees a goal is told that only its owner changes it", func(x rules) bool {
		a := ben()
		return x.decide(&a, Change, thing(Goal, tandem.ByWorkspace)) == Decision{Answer: Deny, Reason: "only_owner"}
	}},
	{"nobody but the owner logs on a number, whoever sees it", func(x rules) bool {
		return x.none(Allow, others(), []Action{Log, Change, Delete, Create}, thing(Observation, tandem.ByWorkspace), thing(Metric, tandem.ByWorkspace))
	}},
	{"the owner logs on the own number", func(x rules) bool {
		return x.ask(anaHerself(), Log, thing(Observation, tandem.OnlyMe)) == Allow
	}},
	{"nobody makes a goal that is somebody else's", func(x rules) bool {
		return x.none(Allow, others(), []Action{Create}, thing(Goal, tandem.ByWorkspace), thing(Goal, tandem.OnlyMe))
	}},
	{"a member makes own goals", func(x rules) bool { return x.ask(anaHerself(), Create, thing(Goal, tandem.OnlyMe)) == Allow }},
	{"a number that no visible goal uses is for its owner alone", func(x rules) bool {
		return x.none(Allow, others(), allActions, thing(Metric, tandem.OnlyMe), thing(Observation, tandem.OnlyMe))
	}},
	{"no role reads the story of a learning goal, however visible the goal", func(x rules) bool {
		return x.none(Allow, others(), allActions, thing(Learning, tandem.ByWorkspace), thing(Learning, tandem.ByUnit), thing(Learning, tandem.ByLifelines), thing(Learning, tandem.OnlyMe))
	}},
	{"no role reads why a result was missed", func(x rules) bool {
		return x.none(Allow, others(), allActions, thing(Closing, tandem.ByWorkspace), thing(Closing, tandem.OnlyMe))
	}},
	{"the owner writes the own story", func(x rules) bool {
		return x.ask(anaHerself(), Log, thing(Learning, tandem.ByLifelines)) == Allow && x.ask(anaHerself(), Change, thing(Closing, tandem.ByWorkspace)) == Allow
	}},
	{"a guardian never reads what the child keeps to itself", func(x rules) bool {
		return x.cell(Goal, Read, tandem.OnlyMe, colGuardian) == Hide && x.cell(Observation, Read, tandem.OnlyMe, colGuardian) == Hide
	}},
	{"a guardian never reads a child's reflections", func(x rules) bool {
		for _, v := range visibilities {
			if x.cell(Learning, Read, v, colGuardian) != Hide {
				return false
			}
		}
		return true
	}},
	{"an educator reads what is for the class and nothing narrower", func(x rules) bool {
		return x.cell(Goal, Read, tandem.ByUnit, colEducator) == Allow && x.cell(Goal, Read, tandem.ByLifelines, colEducator) == Hide
	}},
	{"a child reads nothing of other children", func(x rules) bool {
		for _, k := range contentKinds {
			for _, v := range visibilities {
				if x.cell(k, Read, v, colChild) != Hide {
					return false
				}
			}
		}
		return true
	}},
	{"the command line reads no content", func(x rules) bool {
		for _, k := range allKinds {
			if k != Account && !x.none(Allow, just(Local()), allActions, samples(k)...) {
				return false
			}
		}
		return true
	}},
	{"the command line makes and manages accounts", func(x rules) bool {
		return x.ask(Local(), Create, Resource{Kind: Account}) == Allow && x.ask(Local(), Manage, Resource{Kind: Account, Owner: ana}) == Allow
	}},
	{"the command line changes nobody's profile", func(x rules) bool {
		return x.ask(Local(), Change, Resource{Kind: Account, Owner: ana}) == Hide
	}},
	{"nobody reads or manages the account of another", func(x rules) bool {
		return x.none(Allow, others(), allActions, Resource{Kind: Account, Owner: ana}) && x.none(Deny, others(), allActions, Resource{Kind: Account, Owner: ana})
	}},
	{"nobody reads the day or the export of another", func(x rules) bool {
		return x.none(Allow, others(), allActions, Resource{Kind: Today, Owner: ana}, Resource{Kind: Export, Owner: ana}, thing(Today, ""), thing(Export, ""))
	}},
	{"nobody reads or writes the review of another", func(x rules) bool {
		return x.none(Allow, others(), allActions, thing(Review, "")) && x.none(Deny, others(), allActions, thing(Review, "")) && x.ask(anaHerself(), Change, thing(Review, "")) == Allow
	}},
	{"nobody sees the imports of another", func(x rules) bool {
		return x.none(Allow, others(), allActions, thing(Import, "")) && x.none(Deny, others(), allActions, thing(Import, ""))
	}},
	{"anybody with an account makes a workspace", func(x rules) bool {
		return x.ask(former(), Create, Resource{Kind: Workspace, Owner: ana}) == Allow && x.ask(nobody(), Create, Resource{Kind: Workspace}) == Hide
	}},
	{"members see their workspace and each other, guests the workspace alone", func(x rules) bool {
		return x.none(Hide, roles(), []Action{Read}, Resource{Kind: Workspace, Workspace: here}) &&
			x.ask(ben(), Read, Resource{Kind: Member, Workspace: here}) == Allow && x.ask(guest(), Read, Resource{Kind: Member, Workspace: here}) == Hide
	}},
	{"a member or lead changes neither members nor settings", func(x rules) bool {
		low := Resource{Kind: Member, Workspace: here, Owner: ana, Role: tandem.RoleMember}
		return x.none(Allow, []tandem.Actor{ben(), lead()}, []Action{Manage, Delete}, low) &&
			x.none(Allow, []tandem.Actor{ben(), lead()}, []Action{Change, Delete}, Resource{Kind: Workspace, Workspace: here})
	}},
	{"nobody raises the own role", func(x rules) bool {
		return x.none(Allow, []tandem.Actor{ben(), lead(), coordinator(), guest()}, []Action{Manage},
			Resource{Kind: Member, Workspace: here, Owner: 2, Role: tandem.RoleOwner}, Resource{Kind: Member, Workspace: here, Owner: 3, Role: tandem.RoleCoordinator},
			Resource{Kind: Member, Workspace: here, Owner: 4, Role: tandem.RoleOwner}, Resource{Kind: Member, Workspace: here, Owner: 6, Role: tandem.RoleOwner})
	}},
	{"a coordinator manages members, but neither owners nor coordinators", func(x rules) bool {
		low, high := Resource{Kind: Member, Workspace: here, Owner: ana, Role: tandem.RoleMember}, Resource{Kind: Member, Workspace: here, Owner: ana, Role: tandem.RoleOwner}
		return x.ask(coordinator(), Manage, low) == Allow && x.ask(coordinator(), Delete, low) == Allow && x.none(Allow, just(coordinator()), []Action{Manage, Delete}, high)
	}},
	{"a coordinator invites members and no owners", func(x rules) bool {
		return x.ask(coordinator(), Create, Resource{Kind: Invite, Workspace: here, Role: tandem.RoleMember}) == Allow &&
			x.none(Allow, just(coordinator()), []Action{Create, Delete}, Resource{Kind: Invite, Workspace: here, Role: tandem.RoleOwner}, Resource{Kind: Invite, Workspace: here, Role: tandem.RoleCoordinator})
	}},
	{"members do not see invitations", func(x rules) bool {
		return x.none(Allow, []tandem.Actor{ben(), lead(), guest()}, allActions, Resource{Kind: Invite, Workspace: here, Role: tandem.RoleMember})
	}},
	{"only an owner deletes a workspace", func(x rules) bool {
		return x.none(Allow, []tandem.Actor{ben(), lead(), coordinator(), guest(), elsewhere()}, []Action{Delete}, Resource{Kind: Workspace, Workspace: here}) &&
			x.ask(head(), Delete, Resource{Kind: Workspace, Workspace: here}) == Allow
	}},
	{"every member may leave", func(x rules) bool {
		for _, a := range roles() {
			if x.ask(a, Delete, Resource{Kind: Member, Workspace: here, Owner: a.Person, Role: a.Roles[here]}) != Allow {
				return false
			}
		}
		return true
	}},
	{"a suspended account sees nothing of its own", func(x rules) bool {
		for _, k := range allKinds {
			if a := just(suspended(anaHerself())); !x.none(Allow, a, allActions, samples(k)...) || !x.none(Deny, a, allActions, samples(k)...) {
				return false
			}
		}
		return true
	}},
	{"a read token reads and writes nothing", func(x rules) bool {
		a := token(anaHerself(), "read:goals", "read:metrics", "read:observations", "read:practice")
		return x.ask(a, Read, thing(Goal, tandem.OnlyMe)) == Allow &&
			x.none(Allow, just(a), []Action{Create, Change, Log, Delete, Manage}, thing(Goal, tandem.OnlyMe), thing(Metric, tandem.OnlyMe), thing(Observation, tandem.OnlyMe), thing(Learning, tandem.OnlyMe))
	}},
	{"a token's right for one noun is none for another", func(x rules) bool {
		return x.none(Allow, just(token(anaHerself(), "read:goals", "write:goals")), []Action{Read, Log}, thing(Metric, tandem.OnlyMe), thing(Observation, tandem.OnlyMe), thing(Learning, tandem.OnlyMe), thing(Technique, tandem.OnlyMe), Resource{Kind: Account, Owner: ana})
	}},
	{"a write token does not read", func(x rules) bool {
		return x.none(Allow, just(token(anaHerself(), "write:goals")), []Action{Read}, thing(Goal, tandem.OnlyMe))
	}},
	{"a token without rights does nothing", func(x rules) bool {
		return x.none(Allow, []tandem.Actor{token(anaHerself()), {Person: ana, Roles: anaHerself().Roles, Source: "token"}}, allActions, thing(Goal, tandem.OnlyMe), Resource{Kind: Account, Owner: ana})
	}},
	{"a token is told which right it lacks", func(x rules) bool {
		a := token(anaHerself(), "read:goals")
		return x.decide(&a, Change, thing(Goal, tandem.OnlyMe)) == Decision{Answer: Deny, Reason: "scope_missing", Scope: "write:goals"}
	}},
	{"a token that lacks a right learns nothing about what its person cannot see", func(x rules) bool {
		return x.none(Deny, just(token(ben(), "read:today")), allActions, thing(Goal, tandem.OnlyMe)) && x.ask(token(elsewhere()), Read, thing(Goal, tandem.ByWorkspace)) == Hide
	}},
	{"a token with every right does no more than its person", func(x rules) bool {
		return x.none(Allow, just(token(ben(), "all")), writes, thing(Goal, tandem.ByWorkspace)) && x.ask(token(ben(), "all"), Read, thing(Goal, tandem.OnlyMe)) == Hide &&
			x.ask(token(anaHerself(), "all"), Change, thing(Goal, tandem.OnlyMe)) == Allow
	}},
	{"the powers of owners and coordinators never flow into a narrower token", func(x rules) bool {
		narrow := []string{"read:people", "write:people", "write:goals", "read:goals"}
		return x.none(Allow, []tandem.Actor{token(head(), narrow...), token(coordinator(), narrow...)}, []Action{Create, Change, Delete, Manage},
			Resource{Kind: Member, Workspace: here, Owner: ana, Role: tandem.RoleMember}, Resource{Kind: Invite, Workspace: here, Role: tandem.RoleMember}, Resource{Kind: Workspace, Workspace: here})
	}},
	{"a narrower token touches no credentials", func(x rules) bool {
		return x.none(Allow, just(token(anaHerself(), "read:people", "write:people")), []Action{Create, Manage, Delete}, Resource{Kind: Account, Owner: ana})
	}},
	{"a token bound to one workspace sees nothing of another", func(x rules) bool {
		a := bound(token(anaHerself(), "all"), there)
		for _, k := range allKinds[:11] {
			if !x.none(Allow, just(a), allActions, samples(k)...) || !x.none(Deny, just(a), allActions, samples(k)...) {
				return false
			}
		}
		return true
	}},
	{"a bound token reads whose it is and manages no credentials", func(x rules) bool {
		a := bound(token(anaHerself(), "all"), here)
		return x.ask(a, Read, Resource{Kind: Account, Owner: ana}) == Allow && x.none(Allow, just(a), []Action{Create, Change, Delete, Manage}, Resource{Kind: Account, Owner: ana}) &&
			x.ask(a, Create, Resource{Kind: Workspace, Owner: ana}) == Hide && x.ask(a, Read, thing(Goal, tandem.OnlyMe)) == Allow
	}},
	{"nothing is added to what is archived", func(x rules) bool {
		r := thing(Goal, tandem.ByWorkspace)
		r.Archived = true
		return x.ask(anaHerself(), Log, r) == Deny && x.ask(anaHerself(), Create, r) == Deny && x.ask(anaHerself(), Change, r) == Allow && x.ask(anaHerself(), Read, r) == Allow
	}},
	{"every answer but allow has a reason or shows nothing", func(x rules) bool {
		for _, a := range append(others(), anaHerself(), token(anaHerself())) {
			for _, k := range allKinds {
				for _, act := range allActions {
					for _, r := range samples(k) {
						if d := x.decide(&a, act, r); (d.Answer == Deny) != (d.Reason != "") || !slices.Contains([]string{"", "denied", "only_owner", "scope_missing"}, d.Reason) {
							return false
						}
					}
				}
			}
		}
		return true
	}},
}
