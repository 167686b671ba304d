package store

import (
	"database/sql"
	"fmt"
	"testing"

	"tandem"
	"tandem/policy"
)

// TestAListInSQLIsWhatPolicyDecides asks the database and policy the same question, for every actor and
// every owner, visibility and workspace of a goal: for the goal, its story and its number.
func TestAListInSQLIsWhatPolicyDecides(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		roles := []tandem.Role{tandem.RoleOwner, tandem.RoleCoordinator, tandem.RoleLead, tandem.RoleMember, tandem.RoleGuest, "king"}
		actors := make([]tandem.Actor, len(roles))
		members := make([]*tandem.Actor, len(roles))
		for i := range actors {
			actors[i] = account(t, db, fmt.Sprintf("p%d", i))
			members[i] = &actors[i]
		}
		here := team(t, db, roles, members...)
		outsider := account(t, db, "out")
		there := team(t, db, []tandem.Role{tandem.RoleOwner}, &outsider)
		former := account(t, db, "former")

		var goals []policy.Resource
		owners := append(actors, outsider, former)
		for _, ws := range []tandem.WorkspaceID{here, there} {
			for _, o := range owners {
				for _, v := range []tandem.Visibility{tandem.OnlyMe, tandem.ByLifelines, tandem.ByUnit, tandem.ByWorkspace, "public"} {
					goals = append(goals, policy.Resource{Kind: policy.Goal, Workspace: ws, Owner: o.Person, Visibility: v})
				}
			}
		}
		write(t, db, func(tx *Tx) error {
			for i, g := range goals {
				if err := plantGoal(t, tx, int64(i+1), g); err != nil {
					return err
				}
			}
			return nil
		})

		suspended, token, bound, elsewhere := actors[3], actors[3], actors[3], actors[3]
		suspended.Suspended = true
		token.Source, token.Token, token.Scopes = "token", 7, []string{"read:goals", "read:metrics", "read:practice"}
		bound, elsewhere = token, token
		bound.Workspace, elsewhere.Workspace = here, there
		asking := append(append([]tandem.Actor{}, owners...), suspended, token, bound, elsewhere, policy.Local(), tandem.Actor{})
		for _, a := range asking {
			for _, ws := range []tandem.WorkspaceID{here, there} {
				for kind, ids := range seenIDs(t, db.For(a), ws) {
					for i, g := range goals {
						g.Kind = kind
						want := g.Workspace == ws && policy.Decide(a, policy.Read, g).Answer == policy.Allow
						if ids[int64(i+1)] != want {
							t.Errorf("%s, %s of %d seen %s: listed %v, decided %v", a.Name, kind, g.Owner, g.Visibility, ids[int64(i+1)], want)
						}
					}
				}
			}
		}
	})
}

// plantGoal keeps a goal, its number and one step of its story, all with the same id.
func plantGoal(t *testing.T, tx *Tx, id int64, g policy.Resource) error {
	ctx := t.Context()
	const metric = `INSERT INTO metric (workspace_id, id, owner, name, name_key, unit, form, direction, day_rule, period, decimals, when_it_happens,
		zone, external_id, archived, data_version, version, created, batch)
		VALUES ($1, $2, $3, 'n', 'n', '', 'reading', 'up', 'last', '', 0, FALSE, 'UTC', '', FALSE, 0, 1, 1, 0)`
	const goal = `INSERT INTO goal (workspace_id, id, kind, owner, title, why, state, visibility, external_id, version, created, created_day, updated, batch)
		VALUES ($1, $2, 'performance', $3, 't', '', 'active', $4, '', 1, 1, 1, 1, 0)`
	const result = `INSERT INTO performance (workspace_id, goal_id, metric_id, start_day, deadline, so_far, target, reached_when, held_for, kept_share, repeats, judged)
		VALUES ($1, $2, $2, 0, 100, 0, 1, 'once', 0, 0, '', '')`
	for _, s := range []struct {
		q    string
		args []any
	}{{metric, []any{g.Workspace, id, g.Owner}}, {goal, []any{g.Workspace, id, g.Owner, string(g.Visibility)}}, {result, []any{g.Workspace, id}}} {
		if _, err := tx.ExecContext(ctx, s.q, s.args...); err != nil {
			return err
		}
	}
	return tx.For(policy.Local()).AddEvidence(ctx, g.Workspace, tandem.Evidence{Goal: tandem.GoalID(id), ID: tandem.EvidenceID(id), Level: 1, How: tandem.HowSelf, By: g.Owner, Day: 1})
}

// seenIDs gives the ids that each condition of scope.go lets through.
func seenIDs(t *testing.T, h *Handle, ws tandem.WorkspaceID) map[policy.Kind]map[int64]bool {
	t.Helper()
	const goals = `SELECT g.id FROM goal g WHERE g.workspace_id = $1 AND ` + goalSeen
	const stories = `SELECT e.id FROM evidence e JOIN goal g ON g.workspace_id = e.workspace_id AND g.id = e.goal_id WHERE g.workspace_id = $1 AND ` + storySeen
	const metrics = `SELECT m.id FROM metric m WHERE m.workspace_id = $1 AND ` + metricSeen
	out := map[policy.Kind]map[int64]bool{}
	for kind, q := range map[policy.Kind]string{policy.Goal: goals, policy.Learning: stories, policy.Metric: metrics} {
		rows, err := h.q.QueryContext(t.Context(), q, h.see(ws)...)
		ids, err := collect(rows, err, func(r *sql.Rows) (id int64, err error) {
			err = r.Scan(&id)
			return id, err
		})
		if err != nil {
			t.Fatal(err)
		}
		out[kind] = map[int64]bool{}
		for _, id := range ids {
			out[kind][id] = true
		}
	}
	return out
}
