package policy

import (
	"fmt"
	"slices"
	"testing"

	"tandem"
)

// The small world of these tests: workspace here, with one person in each role; Ana owns the things.
const (
	here  tandem.WorkspaceID = 7
	there tandem.WorkspaceID = 8
	ana   tandem.PersonID    = 1
)

func member(id tandem.PersonID, role tandem.Role) tandem.Actor {
	return tandem.Actor{Person: id, Roles: map[tandem.WorkspaceID]tandem.Role{here: role}, Source: "session"}
}

func anaHerself() tandem.Actor  { return member(ana, tandem.RoleMember) }
func ben() tandem.Actor         { return member(2, tandem.RoleMember) }
func lead() tandem.Actor        { return member(3, tandem.RoleLead) }
func coordinator() tandem.Actor { return member(4, tandem.RoleCoordinator) }
func head() tandem.Actor        { return member(5, tandem.RoleOwner) }
func guest() tandem.Actor       { return member(6, tandem.RoleGuest) }
func nobody() tandem.Actor      { return tandem.Actor{} }

// elsewhere owns another workspace and nothing here.
func elsewhere() tandem.Actor {
	return tandem.Actor{Person: 9, Roles: map[tandem.WorkspaceID]tandem.Role{there: tandem.RoleOwner}, Source: "session"}
}

// former is Ana after she left.
func former() tandem.Actor { return tandem.Actor{Person: ana, Source: "session"} }

func token(a tandem.Actor, scopes ...string) tandem.Actor {
	a.Source, a.Token, a.Scopes = "token", 70, scopes
	return a
}

func bound(a tandem.Actor, ws tandem.WorkspaceID) tandem.Actor { a.Workspace = ws; return a }
func suspended(a tandem.Actor) tandem.Actor                    { a.Suspended = true; return a }

// others are everybody who is a person and not Ana.
func others() []tandem.Actor {
	return []tandem.Actor{ben(), lead(), coordinator(), head(), guest(), elsewhere(), nobody()}
}

// roles are the members beside Ana.
func roles() []tandem.Actor {
	return []tandem.Actor{ben(), lead(), coordinator(), head(), guest()}
}

// thing is one of Ana's.
func thing(k Kind, v tandem.Visibility) Resource {
	return Resource{Kind: k, Workspace: here, Owner: ana, Visibility: v}
}

var (
	contentKinds = []Kind{Goal, Metric, Observation, Learning, MicroGoal, Technique, Closing}
	allKinds     = append(slices.Clone(contentKinds), Workspace, Member, Invite, Import, Account, Today, Export, Template, Review, Feedback, Given, Lifeline, Note)
	allActions   = []Action{Read, Create, Change, Log, Delete, Manage}
	writes       = []Action{Create, Change, Log, Delete}
	visibilities = []tandem.Visibility{tandem.OnlyMe, tandem.ByLifelines, tandem.ByUnit, tandem.ByWorkspace}
)

func (x rules) ask(a tandem.Actor, act Action, r Resource) Answer { return x.decide(&a, act, r).Answer }

// none tells whether none of the actors gets want.
func (x rules) none(want Answer, actors []tandem.Actor, acts []Action, things ...Resource) bool {
	for _, a := range actors {
		for _, act := range acts {
			for _, r := range things {
				if x.ask(a, act, r) == want {
					return false
				}
			}
		}
	}
	return true
}

// cell asks the table itself, for columns whose relations come later.
func (x rules) cell(k Kind, act Action, v tandem.Visibility, c column) Answer {
	row, ok := x.cells.row(k, act, circleOf(Resource{Kind: k, Visibility: v}))
	if !ok {
		return Hide
	}
	return row[c]
}

// suite names what is wrong with rules; nothing for those of the house. The quick parts come first, and
// once they found something the slow one is left out.
func suite(x rules) (wrong []string) {
	for _, s := range sentences {
		if !s.holds(x) {
			wrong = append(wrong, s.says)
		}
	}
	wrong = append(wrong, x.shape()...)
	if len(wrong) == 0 {
		wrong = x.lists()
	}
	return wrong
}

// shape checks what the whole table must obey.
func (x rules) shape() (wrong []string) {
	bad := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	for _, k := range contentKinds {
		for _, v := range visibilities {
			if k != Metric && x.cell(k, Read, v, colOwner) != Allow {
				bad("an owner reads the own %s", k)
			}
			for _, act := range writes {
				if _, ok := x.cells.row(k, act, circleOf(Resource{Kind: k, Visibility: v})); !ok {
					bad("no row for %s %s %s", k, act, v)
				}
				if x.cell(k, act, v, colOwner) != Allow {
					bad("an owner does %s to the own %s", act, k)
				}
				for c := colMember; c < numColumns; c++ {
					got, seen := x.cell(k, act, v, c), x.cell(k, Read, v, c)
					if (got == Hide) != (seen == Hide) || got == Allow {
						bad("%s %s %s %d: deny exactly where it is seen", k, act, v, c)
					}
				}
			}
		}
		for c := colMember; c < numColumns; c++ {
			for i := 1; i < len(visibilities); i++ {
				if x.cell(k, Read, visibilities[i], c) < x.cell(k, Read, visibilities[i-1], c) {
					bad("%s column %d: a wider visibility shows no less", k, c)
				}
			}
		}
	}
	for ki := range numKinds {
		for ai := range numActions {
			for ci := range int(numCircles) {
				if x.cells.lines[ki][ai][ci][colOutsider] != Hide {
					bad("an outsider sees %s", allKinds[ki])
				}
			}
		}
	}
	return wrong
}

// samples are things of a kind at every visibility and role, Ana's and nobody's.
func samples(k Kind) (out []Resource) {
	ws := here
	if k == Account || k == Today || k == Export {
		ws = 0
	}
	for _, owner := range []tandem.PersonID{ana, 2, 0} {
		for _, v := range visibilities {
			out = append(out, Resource{Kind: k, Workspace: ws, Owner: owner, Visibility: v})
		}
		for _, role := range []tandem.Role{tandem.RoleOwner, tandem.RoleCoordinator, tandem.RoleLead, tandem.RoleMember, tandem.RoleGuest} {
			out = append(out, Resource{Kind: k, Workspace: ws, Owner: owner, Role: role})
		}
	}
	return out
}

// lists checks that a list shows exactly what can be opened one by one.
func (x rules) lists() (wrong []string) {
	actors := append(others(), anaHerself(), former(), suspended(anaHerself()), Local(), token(anaHerself(), "read:goals"), token(ben(), "all"),
		bound(token(anaHerself(), "all"), there), bound(token(ben(), "all"), here))
	for _, a := range actors {
		for _, k := range allKinds {
			for _, act := range allActions {
				for _, r := range samples(k) {
					s := x.scope(&a, act, k, r.Workspace)
					if s.Has(r) != (x.ask(a, act, r) == Allow) {
						wrong = append(wrong, fmt.Sprintf("list and object differ: %+v %s %+v", a, act, r))
					}
				}
			}
		}
	}
	return wrong
}

func TestTheRulesOfTheHouseHold(t *testing.T) {
	for _, w := range suite(house) {
		t.Error(w)
	}
	if len(sentences) < 40 {
		t.Errorf("%d sentences", len(sentences))
	}
}
