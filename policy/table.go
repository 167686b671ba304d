package policy

import (
	_ "embed"
	"fmt"
	"strings"

	"tandem"
)

//go:embed table.tsv
var tableText string

// A column is what somebody can be to a thing. The order is that of the table's columns.
type column uint8

const (
	colOwner column = iota
	colMember
	colLead
	colCoordinator
	colWorkspaceOwner
	colGuest
	colLifeline
	colGuardian
	colEducator
	colChild
	colOutsider
	colLocal
	numColumns
)

const columnNames = "owner member lead coordinator workspace_owner guest lifeline guardian educator child outsider local"

// A columnSet is several of them: what an actor is to a thing all at once.
type columnSet uint16

func one(c column) columnSet { return 1 << c }

// A circle is the table's third column: how far a thing may be seen or, for members and invitations,
// which role is held or given.
type circle uint8

const (
	circleOnlyMe circle = iota
	circleLifelines
	circleUnit
	circleWorkspace
	circleLower
	circleUpper
	circlePlain // kinds that have neither
	numCircles
)

const circleNames = "only_me lifelines unit workspace lower upper -"

type circleSet uint8

func (s circleSet) has(c circle) bool { return s&(1<<c) != 0 }

// circleOf gives where a thing lies. A visibility that nobody knows counts as only me, and a role that
// nobody knows as an upper one.
func circleOf(r Resource) circle {
	switch r.Kind {
	case Goal, Metric, Observation, Learning, MicroGoal, Technique, Closing:
		switch r.Visibility {
		case tandem.ByLifelines:
			return circleLifelines
		case tandem.ByUnit:
			return circleUnit
		case tandem.ByWorkspace:
			return circleWorkspace
		}
		return circleOnlyMe
	case Member, Invite:
		switch r.Role {
		case tandem.RoleMember, tandem.RoleLead, tandem.RoleGuest:
			return circleLower
		}
		return circleUpper
	}
	return circlePlain
}

// of tells whether things of kind k can lie in the circle.
func (c circle) of(k Kind) bool { return k.number() >= 0 && circleOf(c.sample(k, 0)) == c }

// sample gives a thing of kind k that lies in the circle, if any can.
func (c circle) sample(k Kind, ws tandem.WorkspaceID) Resource {
	r := Resource{Kind: k, Workspace: ws}
	switch c {
	case circleLifelines:
		r.Visibility = tandem.ByLifelines
	case circleUnit:
		r.Visibility = tandem.ByUnit
	case circleWorkspace:
		r.Visibility = tandem.ByWorkspace
	case circleLower:
		r.Role = tandem.RoleMember
	}
	return r
}

const (
	numKinds   = 20
	numActions = 6
)

// number gives the kind's place among the cells, -1 for one that is not known.
func (k Kind) number() int {
	for i, known := range [numKinds]Kind{Goal, Metric, Observation, Learning, MicroGoal, Technique, Closing, Workspace, Member, Invite, Import, Account, Today, Export, Template, Review, Feedback, Given, Lifeline, Note} {
		if k == known {
			return i
		}
	}
	return -1
}

func (a Action) number() int {
	for i, known := range [numActions]Action{Read, Create, Change, Log, Delete, Manage} {
		if a == known {
			return i
		}
	}
	return -1
}

// A line is one row of the table, its answers by column.
type line [numColumns]Answer

// best gives the widest answer that any of the columns has.
func (l *line) best(s columnSet) Answer {
	best := Hide
	for c, a := range l {
		if s&(1<<c) != 0 {
			best = max(best, a)
		}
	}
	return best
}

// cells are the table, spread out; what no row names is hidden.
type cells struct {
	lines [numKinds][numActions][numCircles]line
	named [numKinds][numActions][numCircles]bool
}

func (t *cells) row(k Kind, act Action, c circle) (*line, bool) {
	ki, ai := k.number(), act.number()
	if ki < 0 || ai < 0 {
		return nil, false
	}
	return &t.lines[ki][ai][c], t.named[ki][ai][c]
}

// mustParse reads the table that is built in. A table that cannot be read is a fault of the program, and
// no program runs without one.
func mustParse(text string) *cells {
	t, err := parse(text)
	if err != nil {
		panic(err)
	}
	return t
}

// parse reads a table. Every cell must be there, and no row twice.
func parse(text string) (*cells, error) {
	t := &cells{}
	header := "kind\taction\tvisibility\t" + strings.ReplaceAll(columnNames, " ", "\t")
	for n, l := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		if strings.HasPrefix(l, "#") {
			continue
		}
		if header != "" {
			if l != header {
				return nil, fmt.Errorf("policy table line %d: columns are %q", n+1, header)
			}
			header = ""
			continue
		}
		if err := t.add(strings.Split(l, "\t")); err != nil {
			return nil, fmt.Errorf("policy table line %d: %w", n+1, err)
		}
	}
	return t, nil
}

func (t *cells) add(f []string) error {
	if len(f) != 3+int(numColumns) {
		return fmt.Errorf("%d cells", len(f))
	}
	var row line
	for i, cell := range f[3:] {
		switch cell {
		case "hide":
			row[i] = Hide
		case "deny":
			row[i] = Deny
		case "allow":
			row[i] = Allow
		default:
			return fmt.Errorf("cell %q", cell)
		}
	}
	for _, k := range strings.Split(f[0], ",") {
		for _, act := range strings.Split(f[1], ",") {
			for _, name := range strings.Split(f[2], ",") {
				if err := t.put(Kind(k), Action(act), name, row); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (t *cells) put(k Kind, act Action, name string, row line) error {
	ki, ai, ci := k.number(), act.number(), -1
	for i, known := range strings.Fields(circleNames) {
		if name == known {
			ci = i
		}
	}
	if ki < 0 || ai < 0 || ci < 0 || !circle(ci).of(k) {
		return fmt.Errorf("no such row: %s %s %s", k, act, name)
	}
	if t.named[ki][ai][ci] {
		return fmt.Errorf("twice: %s %s %s", k, act, name)
	}
	t.named[ki][ai][ci], t.lines[ki][ai][ci] = true, row
	return nil
}
