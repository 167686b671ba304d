package app

import (
	"context"
	"slices"
	"time"

	"tandem"
	"tandem/policy"
)

// A WorkspaceInput names a workspace; Version is that which was read, for a change.
type WorkspaceInput struct {
	Version int64  `json:"version"`
	Name    string `json:"name"`
	Zone    string `json:"zone"` // "": the person's own

	Calendar *tandem.Calendar `json:"calendar,omitempty"` // none: as it is
}

// CreateWorkspace makes a team's workspace with the actor as its owner.
func (a *App) CreateWorkspace(ctx context.Context, by tandem.Actor, in WorkspaceInput) (w tandem.Workspace, err error) {
	defer tandem.Wrap(&err, "create workspace")
	if err := may(by, policy.Create, policy.Resource{Kind: policy.Workspace, Owner: by.Person}); err != nil {
		return w, err
	}
	err = a.Store.InTx(ctx, func(tx Tx) error {
		store, now := tx.For(by), a.now()
		p, err := store.Person(ctx)
		if err != nil {
			return err
		}
		w = tandem.Workspace{ID: tandem.NewID[tandem.WorkspaceID](a.IDs), Kind: tandem.TeamSpace, Name: tandem.CleanTitle(in.Name), Zone: in.Zone, Version: 1, Created: now}
		if w.Zone == "" {
			w.Zone = p.Zone
		}
		if err := checkWorkspace(&w, in.Calendar); err != nil {
			return err
		}
		if err := store.AddWorkspace(ctx, w); err != nil {
			return err
		}
		if err := store.PutMember(ctx, tandem.Member{Workspace: w.ID, Person: by.Person, Role: tandem.RoleOwner, Joined: now}); err != nil {
			return err
		}
		return a.emit(tx, by, w.ID, "workspace.created", int64(w.ID))
	})
	return w, err
}

// checkWorkspace names what cannot be accepted, and takes over a calendar that is given.
func checkWorkspace(w *tandem.Workspace, c *tandem.Calendar) error {
	es := tandem.All(w.Validate())
	if c != nil {
		tidied, err := c.Tidy()
		for _, e := range tandem.All(err) {
			e.Field = "calendar." + e.Field
			es = append(es, e)
		}
		w.Calendar = tidied
	}
	if _, err := time.LoadLocation(w.Zone); err != nil || w.Zone == "" || w.Zone == "Local" {
		es.Add("zone", "zone_unknown", tandem.Args{"value": w.Zone})
	}
	return es.Err()
}

// ListWorkspaces gives the workspaces that the actor is a member of, the personal one first. A token
// that is bound to one sees that one alone.
func (a *App) ListWorkspaces(ctx context.Context, by tandem.Actor) (out []tandem.Workspace, err error) {
	defer tandem.Wrap(&err, "list workspaces")
	if err := may(by, policy.Read, own(by)); err != nil {
		return nil, err
	}
	return a.Store.For(by).Workspaces(ctx)
}

// GetWorkspace gives a workspace that the actor is a member of.
func (a *App) GetWorkspace(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID) (w tandem.Workspace, err error) {
	defer tandem.Wrap(&err, "get workspace")
	if err := may(by, policy.Read, policy.Resource{Kind: policy.Workspace, Workspace: ws}); err != nil {
		return w, err
	}
	return a.Store.For(by).Workspace(ctx, ws)
}

// ChangeWorkspace changes name, zone and calendar.
func (a *App) ChangeWorkspace(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, in WorkspaceInput) (w tandem.Workspace, err error) {
	defer tandem.Wrap(&err, "change workspace")
	if err := may(by, policy.Change, policy.Resource{Kind: policy.Workspace, Workspace: ws}); err != nil {
		return w, err
	}
	err = a.Store.InTx(ctx, func(tx Tx) error {
		store := tx.For(by)
		if w, err = store.Workspace(ctx, ws); err != nil {
			return err
		}
		w.Version, w.Name = in.Version, tandem.CleanTitle(in.Name)
		if in.Zone != "" {
			w.Zone = in.Zone
		}
		if err := checkWorkspace(&w, in.Calendar); err != nil {
			return err
		}
		if err := store.SetWorkspace(ctx, w); err != nil {
			return err
		}
		w.Version++
		return a.emit(tx, by, ws, "workspace.changed", int64(ws))
	})
	return w, err
}

// A MemberView is a member with the name.
type MemberView struct {
	Person tandem.PersonID `json:"person"`
	Name   string          `json:"name"`
	Role   tandem.Role     `json:"role"`
	Joined tandem.Instant  `json:"joined"`
	You    bool            `json:"you"`
}

// ListMembers gives the members of a workspace, the longest-standing first.
func (a *App) ListMembers(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID) (out []MemberView, err error) {
	defer tandem.Wrap(&err, "list members")
	if err := there(by, ws); err != nil {
		return nil, err
	}
	if err := may(by, policy.Read, policy.Resource{Kind: policy.Member, Workspace: ws}); err != nil {
		return nil, err
	}
	r := a.Store.For(by)
	all, err := r.Members(ctx, ws)
	if err != nil {
		return nil, err
	}
	names, err := r.PersonNames(ctx, ws)
	for _, m := range all {
		out = append(out, MemberView{Person: m.Person, Name: names[m.Person], Role: m.Role, Joined: m.Joined, You: m.Person == by.Person})
	}
	return out, err
}

// there answers as for no such workspace where the actor cannot see it, before it is asked what may be
// done inside: everything in a hidden workspace looks the same.
func there(by tandem.Actor, ws tandem.WorkspaceID) error {
	if policy.Decide(by, policy.Read, policy.Resource{Kind: policy.Workspace, Workspace: ws}).Answer == policy.Hide {
		return tandem.NotFound("workspace")
	}
	return nil
}

// ChangeRole gives a member another role. Only an owner makes or unmakes owners and coordinators, and
// somebody must stay owner.
func (a *App) ChangeRole(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, person tandem.PersonID, role tandem.Role) (err error) {
	defer tandem.Wrap(&err, "change role")
	if err := checkRole(role); err != nil {
		return err
	}
	return a.changeMember(ctx, by, ws, person, policy.Manage, role, func(tx Tx, m tandem.Member) error {
		m.Role = role
		if err := tx.For(by).PutMember(ctx, m); err != nil {
			return err
		}
		return a.emit(tx, by, ws, "member.role_changed", int64(person))
	})
}

// RemoveMember ends a membership, one's own too: leaving. It holds from the next request on, for every
// session and token of the person.
func (a *App) RemoveMember(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, person tandem.PersonID) (err error) {
	defer tandem.Wrap(&err, "remove member")
	return a.changeMember(ctx, by, ws, person, policy.Delete, "", func(tx Tx, m tandem.Member) error {
		if err := tx.For(by).EndMember(ctx, ws, person, a.now()); err != nil {
			return err
		}
		return a.emit(tx, by, ws, "member.left", int64(person))
	})
}

// changeMember changes a membership under the lock of the workspace, with the actor's role as it stands
// then; role is the one that is given, "" for none.
func (a *App) changeMember(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, person tandem.PersonID, act policy.Action, role tandem.Role, fn func(Tx, tandem.Member) error) error {
	if err := there(by, ws); err != nil {
		return err
	}
	return a.Store.InTx(ctx, func(tx Tx) error {
		w := tx.For(by)
		if err := w.LockWorkspace(ctx, ws); err != nil {
			return err
		}
		space, err := w.Workspace(ctx, ws)
		if err != nil {
			return err
		}
		mine, err := w.Member(ctx, ws, by.Person)
		if err != nil {
			return err
		}
		now := by
		now.Roles = map[tandem.WorkspaceID]tandem.Role{ws: mine.Role}
		m, err := w.Member(ctx, ws, person)
		if err != nil {
			return err
		}
		err = may(now, act, policy.Resource{Kind: policy.Member, Workspace: ws, Owner: person, Role: upper(m.Role, role)})
		if err != nil {
			return err
		}
		if space.Kind == tandem.PersonalSpace {
			return tandem.Denied("denied", tandem.Args{"noun": "member"})
		}
		if m.Role == tandem.RoleOwner && role != tandem.RoleOwner {
			all, err := w.Members(ctx, ws)
			if err != nil {
				return err
			}
			owners := slices.DeleteFunc(all, func(m tandem.Member) bool { return m.Role != tandem.RoleOwner })
			if len(owners) == 1 {
				return tandem.Invalid("role", "last_owner", nil)
			}
		}
		return fn(tx, m)
	})
}

// upper gives the one of two roles that only an owner may touch, where either is.
func upper(held, given tandem.Role) tandem.Role {
	if given == tandem.RoleOwner || given == tandem.RoleCoordinator {
		return given
	}
	return held
}

// checkRole refuses a role that cannot be given yet: leads and guests come with their features.
func checkRole(r tandem.Role) error {
	switch r {
	case tandem.RoleOwner, tandem.RoleCoordinator, tandem.RoleMember:
		return nil
	}
	return tandem.Invalid("role", "one_of", tandem.Args{"field": "role", "value": string(r), "allowed": "owner, coordinator, member"})
}
