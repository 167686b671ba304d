package store

import (
	"tandem"
	"tandem/policy"
)

// goalSeen is the condition under which goal g exists for the actor: it is the actor's own, or its
// visibility reaches members and the actor's rights do. Its placeholders are $2, the actor (0: nothing
// is the actor's own), and $3, whether policy opens to the actor what members see; see fills them. The
// text is constant, so that every SQL text of the house is.
const goalSeen = `(g.owner = $2 OR ($3 AND g.visibility IN ('unit', 'workspace')))`

// storySeen is the same for the story of a goal g (practice, lessons, evidence, closing), which no role
// opens.
const storySeen = `(g.owner = $2 AND $3)`

// metricSeen is the same for metric m: the actor's own, or used by a goal that exists for the actor, by itself
// or as a part of a ratio.
const metricSeen = `(m.owner = $2 OR EXISTS (SELECT 1 FROM performance pf JOIN goal g ON g.workspace_id = pf.workspace_id AND g.id = pf.goal_id
	WHERE pf.workspace_id = m.workspace_id AND pf.metric_id = m.id AND ` + goalSeen + `)
	OR EXISTS (SELECT 1 FROM metric rt JOIN performance pf ON pf.workspace_id = rt.workspace_id AND pf.metric_id = rt.id
		JOIN goal g ON g.workspace_id = pf.workspace_id AND g.id = pf.goal_id
		WHERE rt.workspace_id = m.workspace_id AND rt.form = 'ratio' AND rt.numerator = m.id AND ` + goalSeen + `)
	OR EXISTS (SELECT 1 FROM metric rt JOIN performance pf ON pf.workspace_id = rt.workspace_id AND pf.metric_id = rt.id
		JOIN goal g ON g.workspace_id = pf.workspace_id AND g.id = pf.goal_id
		WHERE rt.workspace_id = m.workspace_id AND rt.form = 'ratio' AND rt.denominator = m.id AND ` + goalSeen + `))`

// see gives the arguments of a query that begins with the workspace ($1) and uses one of the conditions
// above ($2, $3), followed by its own from $4. Where policy lets the actor see nothing, they match no
// row.
func (h *Handle) see(ws tandem.WorkspaceID, more ...any) []any {
	person, member := h.scope(ws)
	return append([]any{ws, person, member}, more...)
}

// scope asks policy which goals of the workspace the actor may read.
func (h *Handle) scope(ws tandem.WorkspaceID) (person tandem.PersonID, member bool) {
	return reach(policy.ScopeOf(h.rights(), policy.Read, policy.Goal, ws))
}

// rights is the actor as far as rows are concerned: account state, memberships and the workspace of a
// token count; which nouns a token may touch is asked once for each use case, not for each table that
// it reads.
func (h *Handle) rights() tandem.Actor {
	a := h.actor
	a.Scopes, a.Token, a.Source = nil, 0, ""
	if h.actor.Source == "local" {
		a.Person = 0
	}
	return a
}

// reach turns a scope into the values of goalSeen. A scope that the condition cannot say exactly lets
// in less, never more.
func reach(s policy.Scope) (person tandem.PersonID, member bool) {
	if !s.Own {
		return 0, false
	}
	return s.Person, s.Opens(tandem.ByUnit) && s.Opens(tandem.ByWorkspace)
}

// seesAll tells whether policy lets the actor read every thing of a kind in the workspace.
func (h *Handle) seesAll(k policy.Kind, ws tandem.WorkspaceID) bool {
	return policy.ScopeOf(h.rights(), policy.Read, k, ws).Everything()
}
