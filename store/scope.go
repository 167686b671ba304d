package store

import "tandem"

// goalSeen is the condition under which goal g exists for the actor: it is the actor's own, or the actor
// is a member and the goal's visibility reaches members. Its placeholders are $2, the actor, and $3,
// whether the actor's rights reach into the workspace as a member; see fills them. The text is constant,
// so that every SQL text of the house is.
const goalSeen = `(g.owner = $2 OR ($3 AND g.visibility IN ('unit', 'workspace')))`

// see gives the arguments of a query that begins with the workspace ($1) and uses goalSeen ($2, $3),
// followed by its own from $4. Where policy lets the actor see nothing, they match no row.
func (h *Handle) see(ws tandem.WorkspaceID, more ...any) []any {
	person, member := h.scope(ws)
	return append([]any{ws, person, member}, more...)
}

// scope asks policy which goals of the workspace the actor may read.
func (h *Handle) scope(ws tandem.WorkspaceID) (person tandem.PersonID, member bool) {
	if _, in := h.actor.Roles[ws]; !in || h.actor.Suspended || h.actor.Workspace != 0 && h.actor.Workspace != ws {
		return 0, false
	}
	return h.actor.Person, true
}
