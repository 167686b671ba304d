package tandem

import (
	"strings"
	"time"
)

// An AgeBand is all that is known of a person's age.
type AgeBand string

const (
	Adult AgeBand = "adult"
	Teen  AgeBand = "teen"
	Child AgeBand = "child"
)

// A Person is an account.
type Person struct {
	ID        PersonID
	Name      string
	Email     string // as typed; compared by EmailKey; "" for a child without one
	AgeBand   AgeBand
	Lang      string // "en" or "de"
	Zone      string // IANA name
	DayStart  int    // minutes after midnight at which the person's day begins, 0 to 720
	Theme     string // "", "light" or "dark"
	ShowAll   bool   // Settings → Show everything
	KeysOff   bool   // single-key shortcuts switched off
	CheersOff bool   // no line says what was just reached, learned or tried
	Suspended bool
	Epoch     int64 // rises when every credential must end
	Version   int64
	Created   Instant
	Personal  WorkspaceID // the person's own workspace
}

// EmailKey is the form in which e-mail addresses are compared.
func EmailKey(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// Location gives the person's zone, UTC when its name is unknown.
func (p Person) Location() *time.Location { return Zone(p.Zone) }

// Zone gives the zone of an IANA name, UTC when the name is unknown.
func Zone(name string) *time.Location {
	if l, err := time.LoadLocation(name); err == nil {
		return l
	}
	return time.UTC
}

// Today gives the person's local day at t.
func (p Person) Today(t time.Time) Day {
	return DayOf(t, p.Location(), time.Duration(p.DayStart)*time.Minute)
}

// Validate names every field that cannot be accepted.
func (p Person) Validate() error {
	var es Errors
	checkTitle(&es, "name", p.Name, "person_name_missing")
	if p.Email != "" || p.AgeBand != Child {
		checkEmail(&es, p.Email)
	}
	checkOneOf(&es, "age_band", p.AgeBand, Adult, Teen, Child)
	checkOneOf(&es, "lang", p.Lang, "en", "de")
	checkOneOf(&es, "theme", p.Theme, "", "light", "dark")
	if _, err := time.LoadLocation(p.Zone); err != nil || p.Zone == "Local" {
		es.Add("zone", "zone_unknown", Args{"value": p.Zone})
	}
	if p.DayStart < 0 || p.DayStart > 720 {
		es.Add("day_start", "int_range", Args{"field": "day_start", "lo": 0, "hi": 720})
	}
	return es.Err()
}

// A WorkspaceKind says what a workspace is for.
type WorkspaceKind string

const (
	PersonalSpace WorkspaceKind = "personal"
	TeamSpace     WorkspaceKind = "team"
	FamilySpace   WorkspaceKind = "family"
	ClassSpace    WorkspaceKind = "class"
	OrgSpace      WorkspaceKind = "organisation"
)

// A Workspace is the tenant and privacy border: everything belongs to exactly one.
type Workspace struct {
	ID      WorkspaceID
	Kind    WorkspaceKind
	Name    string
	Zone    string
	Version int64
	Created Instant

	Calendar Calendar
}

// Validate names every field that cannot be accepted.
func (w Workspace) Validate() error {
	var es Errors
	checkTitle(&es, "name", w.Name, "workspace_name_missing")
	checkOneOf(&es, "kind", w.Kind, PersonalSpace, TeamSpace)
	return es.Err()
}

// A Role is what a member is in a workspace.
type Role string

const (
	RoleOwner       Role = "owner"
	RoleCoordinator Role = "coordinator"
	RoleLead        Role = "lead"
	RoleMember      Role = "member"
	RoleGuest       Role = "guest"
)

// A Member is a person in a workspace with a role. Only an accepted membership grants anything.
type Member struct {
	Workspace WorkspaceID
	Person    PersonID
	Role      Role
	Joined    Instant
	Ended     Instant // 0 while it lasts
}

// An Invite lets the bearer of its secret join a workspace once.
type Invite struct {
	Workspace WorkspaceID
	ID        InviteID
	Role      Role
	By        PersonID
	Ends      Instant
	UsedBy    PersonID
	UsedAt    Instant
}

// A Token is an API credential. It can only remove rights of its person: what it may do is the person's
// rights ∩ its scopes ∩ its workspace (0: any) ∩ its time. Only a hash of its secret is stored.
type Token struct {
	ID        TokenID
	Person    PersonID
	Name      string
	Prefix    string // the first characters, for telling tokens apart
	Scopes    []string
	Workspace WorkspaceID
	Created   Instant
	Ends      Instant
	LastUsed  Day
	Revoked   Instant
}

// A Session is a browser's sign-in. Only a hash of its secret is stored.
type Session struct {
	Person PersonID
	Epoch  int64
	Made   Instant
	Seen   Instant
	Ends   Instant
	Agent  string
}

// An Actor is who asks: a person through a session or a token, with what limits it.
type Actor struct {
	Person    PersonID
	Name      string
	Scopes    []string    // nil: a session, all of the person's rights
	Workspace WorkspaceID // a token bound to one workspace; 0: any
	Suspended bool
	Roles     map[WorkspaceID]Role // memberships that last
	Source    string               // "session", "token" or "local"
	Token     TokenID
}
