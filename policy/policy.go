// Package policy holds the one answer to "who may do what to what": Decide for a single thing, and its
// twin ScopeOf for lists. Both are pure and read the same table, policy/table.tsv, which is the thing
// that people review.
//
// The answer is (own ∪ role ∪ relation) of the table, cut down by the limits: account state, the
// workspace that a token is bound to, its rights, the state of the thing.
package policy

import "tandem"

// A Kind is a kind of thing that can be asked for.
type Kind string

const (
	Goal        Kind = "goal"
	Metric      Kind = "metric"
	Observation Kind = "observation"
	Learning    Kind = "learning" // the story of a learning goal: practice, lessons, evidence, slots
	MicroGoal   Kind = "microgoal"
	Technique   Kind = "technique"
	Closing     Kind = "closing" // the story of a result
	Workspace   Kind = "workspace"
	Member      Kind = "member"
	Invite      Kind = "invite"
	Import      Kind = "import"
	Account     Kind = "account"  // the person's own profile, sessions and tokens
	Today       Kind = "today"    // the person's own day
	Export      Kind = "export"   // everything of the person's own
	Review      Kind = "review"   // the person's own weekly review
	Feedback    Kind = "feedback" // on the person's own work
	Given       Kind = "given"    // feedback that the person is asked for or gives; the owner is who gives it
	Template    Kind = "template" // of the workspace's library; the owner is who brought it
	Lifeline    Kind = "lifeline" // a partnership of accounts; of no workspace
	Note        Kind = "note"     // what was written in a lifeline; the owner is whom it is about
)

// An Action is what is to be done.
type Action string

const (
	Read   Action = "read"
	Create Action = "create"
	Change Action = "change"
	Log    Action = "log" // write a value, a practice, a use, a lesson
	Delete Action = "delete"
	Manage Action = "manage" // members' roles; an account's credentials
)

// A Resource is what policy needs to know of a thing. To ask for a list of one's own, or before a thing
// is made, Owner is the asking person.
//
// Visibility is the goal's, for the goal and for its parts; for a number and its values it is the widest
// one of the goals that use it, only me for none. Role is, for members and invitations, the highest role
// that is held or given. An account has no workspace.
type Resource struct {
	Kind       Kind
	Workspace  tandem.WorkspaceID
	Owner      tandem.PersonID
	Visibility tandem.Visibility
	Role       tandem.Role
	Tie        tandem.Tie
	Archived   bool
}

// An Answer is allow, deny (visible, but not allowed: 403) or hide (as if it were not there: 404).
type Answer uint8

const (
	Hide Answer = iota
	Deny
	Allow
)

// A Decision is an answer with the error code of its reason and, when a token's rights did not suffice,
// the right that was needed.
type Decision struct {
	Answer Answer
	Reason string
	Scope  string
}

// Err gives the decision as an error: nil for allow, a NotFound of the kind for hide, Denied otherwise.
func (d Decision) Err(k Kind) error {
	switch d.Answer {
	case Allow:
		return nil
	case Deny:
		args := tandem.Args{"noun": string(k)}
		if d.Scope != "" {
			args["scope"] = d.Scope
		}
		return tandem.Denied(d.Reason, args)
	}
	return tandem.NotFound(string(k))
}

// Reasons, as codes of the catalogue.
const (
	reasonDenied = "denied"
	reasonOwner  = "only_owner"
	reasonScope  = "scope_missing"
)

// Local is the house itself: the command line on the machine, and the door before anybody is signed in.
// It administers accounts and reads no content.
func Local() tandem.Actor { return tandem.Actor{Source: "local"} }

// Decide tells whether the actor may do act to r.
func Decide(a tandem.Actor, act Action, r Resource) Decision { return house.decide(&a, act, r) }

// ScopeOf gives which things of a kind in a workspace the actor may do act to: the r of that kind and
// workspace for which Decide allows.
func ScopeOf(a tandem.Actor, act Action, k Kind, ws tandem.WorkspaceID) Scope {
	return house.scope(&a, act, k, ws)
}

// DefaultVisibility is what a new goal gets when nothing is said: a learning goal is for its owner and
// lifelines, a result for the workspace, or for its owner alone in a personal one.
func DefaultVisibility(k tandem.GoalKind, w tandem.WorkspaceKind) tandem.Visibility {
	switch {
	case k == tandem.KindLearning:
		return tandem.ByLifelines
	case w == tandem.PersonalSpace:
		return tandem.OnlyMe
	}
	return tandem.ByWorkspace
}

// house is the table and the rules that stand.
var house = rules{cells: mustParse(tableText), columns: columnsOf, limits: limits}

// rules decide over a table. They are a value so that a test can plant a fault in each part and see
// itself fail.
type rules struct {
	cells   *cells
	columns func(*tandem.Actor, Resource) columnSet
	limits  []limit
}

// A limit cuts an answer of the table down; it never raises one.
type limit func(a *tandem.Actor, act Action, r Resource, d Decision) Decision

func (x rules) decide(a *tandem.Actor, act Action, r Resource) Decision {
	row, ok := x.cells.row(r.Kind, act, circleOf(r))
	if !ok {
		return Decision{}
	}
	d := Decision{Answer: row.best(x.columns(a, r))}
	if d.Answer == Deny {
		d.Reason = reasonDenied
		if row[colOwner] == Allow && r.Kind != Member {
			d.Reason = reasonOwner
		}
	}
	for _, l := range x.limits {
		d = l(a, act, r, d)
	}
	return d
}

// columnsOf gives what the actor is to the thing. Without a lasting membership nobody is anything to a
// workspace's things but an outsider, its owner included. A guest owns nothing but the membership.
// Who is tied to a thing by a lifeline that all accepted is that too, whatever else; an invitation and a tie
// that ended are nothing. The relations guardian, educator and child have columns already and come with their
// features.
func columnsOf(a *tandem.Actor, r Resource) columnSet {
	s := standing(a, r)
	if r.Tie == tandem.TieAccepted && a.Person != 0 && a.Source != "local" {
		s |= one(colLifeline)
	}
	return s
}

// standing gives what the actor is to the thing without lifelines.
func standing(a *tandem.Actor, r Resource) columnSet {
	if a.Source == "local" {
		return one(colLocal)
	}
	own := a.Person != 0 && r.Owner == a.Person
	if r.Workspace == 0 {
		if own {
			return one(colOwner)
		}
		return one(colOutsider)
	}
	var s columnSet
	switch role, member := a.Roles[r.Workspace]; {
	case !member || a.Person == 0:
		return one(colOutsider)
	case role == tandem.RoleOwner:
		s = one(colWorkspaceOwner)
	case role == tandem.RoleCoordinator:
		s = one(colCoordinator)
	case role == tandem.RoleLead:
		s = one(colLead)
	case role == tandem.RoleMember:
		s = one(colMember)
	case role == tandem.RoleGuest:
		if own && r.Kind == Member {
			return one(colGuest) | one(colOwner)
		}
		return one(colGuest)
	default:
		return one(colOutsider)
	}
	if own {
		s |= one(colOwner)
	}
	return s
}

var limits = []limit{limitSuspended, limitBinding, limitRights, limitArchived}

// limitSuspended hides everything from a suspended account.
func limitSuspended(a *tandem.Actor, _ Action, _ Resource, d Decision) Decision {
	if a.Suspended {
		return Decision{}
	}
	return d
}

// limitBinding hides what lies outside the workspace that a token is bound to; of the account it leaves
// reading, because a client must know its person's language and zone.
func limitBinding(a *tandem.Actor, act Action, r Resource, d Decision) Decision {
	if a.Workspace == 0 || a.Workspace == r.Workspace {
		return d
	}
	if r.Workspace == 0 && r.Kind == Account && act == Read {
		return d
	}
	return Decision{}
}

// limitRights wants the right that the action needs from a token. What is hidden stays hidden, so that
// the refusal tells nothing about what the person cannot see.
func limitRights(a *tandem.Actor, act Action, r Resource, d Decision) Decision {
	if d.Answer == Hide || hasRight(a, ScopeFor(r.Kind, act)) {
		return d
	}
	return Decision{Answer: Deny, Reason: reasonScope, Scope: ScopeFor(r.Kind, act)}
}

// limitArchived keeps what is archived from being added to; it can still be changed back or deleted.
func limitArchived(_ *tandem.Actor, act Action, r Resource, d Decision) Decision {
	if d.Answer == Allow && r.Archived && (act == Log || act == Create) {
		return Decision{Answer: Deny, Reason: reasonDenied}
	}
	return d
}
