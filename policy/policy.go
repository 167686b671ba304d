// Package policy holds the one answer to "who may do what to what": Decide for a single thing, and its
// twin Scope for lists. Both are pure and read the same table.
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
	Closing     Kind = "closing"
	Workspace   Kind = "workspace"
	Member      Kind = "member"
	Invite      Kind = "invite"
	Import      Kind = "import"
	Account     Kind = "account" // the person's own profile, sessions and tokens
)

// An Action is what is to be done.
type Action string

const (
	Read   Action = "read"
	Create Action = "create"
	Change Action = "change"
	Log    Action = "log" // write a value, a practice, a use, a lesson
	Delete Action = "delete"
	Manage Action = "manage" // members, invitations, settings
)

// A Resource is what policy needs to know of a thing.
type Resource struct {
	Kind       Kind
	Workspace  tandem.WorkspaceID
	Owner      tandem.PersonID
	Visibility tandem.Visibility
	Archived   bool
}

// An Answer is allow, deny (visible, but not allowed: 403) or hide (as if it were not there: 404).
type Answer uint8

const (
	Hide Answer = iota
	Deny
	Allow
)

// A Decision is an answer with the error code of its reason.
type Decision struct {
	Answer Answer
	Reason string
}

// Err gives the decision as an error: nil for allow, a NotFound of the kind for hide, Denied otherwise.
func (d Decision) Err(k Kind) error {
	switch d.Answer {
	case Allow:
		return nil
	case Deny:
		return tandem.Denied(d.Reason, nil)
	}
	return tandem.NotFound(string(k))
}
