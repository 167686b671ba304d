package policy

import "tandem"

// A Scope is the condition under which things of one kind in one workspace are the actor's to act on:
// Own lets in what Person owns, Circles what anybody may reach there by its visibility. The zero Scope
// lets in nothing. It is a value; only the store turns it into SQL.
type Scope struct {
	Person  tandem.PersonID
	Own     bool
	circles circleSet
	kind    Kind
}

// Nothing tells whether the scope lets in nothing at all.
func (s Scope) Nothing() bool { return !s.Own && s.circles == 0 }

// Opens tells whether things of visibility v are let in whoever owns them.
func (s Scope) Opens(v tandem.Visibility) bool {
	return s.circles.has(circleOf(Resource{Kind: s.kind, Visibility: v}))
}

// Everything tells whether each thing of the kind is let in.
func (s Scope) Everything() bool {
	for c := range circle(numCircles) {
		if c.of(s.kind) && !s.circles.has(c) {
			return false
		}
	}
	return s.kind != ""
}

// Has tells whether r, of the scope's kind and workspace, is let in.
func (s Scope) Has(r Resource) bool {
	return s.Own && r.Owner == s.Person || s.circles.has(circleOf(r))
}

func (x rules) scope(a *tandem.Actor, act Action, k Kind, ws tandem.WorkspaceID) Scope {
	s := Scope{Person: a.Person, kind: k, Own: true}
	owns := false
	for c := range circle(numCircles) {
		if !c.of(k) {
			continue
		}
		owns = true
		r := c.sample(k, ws)
		if x.decide(a, act, r).Answer == Allow {
			s.circles |= 1 << c
		}
		r.Owner = a.Person
		if a.Person == 0 || x.decide(a, act, r).Answer != Allow {
			s.Own = false
		}
	}
	s.Own = s.Own && owns
	if s.Nothing() {
		return Scope{}
	}
	return s
}
