package api

import (
	"net/http"

	"tandem"
	"tandem/app"
	"tandem/policy"
)

// A workspaceView is a workspace with the asker's role in it.
type workspaceView struct {
	ID      tandem.WorkspaceID   `json:"id"`
	Kind    tandem.WorkspaceKind `json:"kind"`
	Name    string               `json:"name"`
	Zone    string               `json:"zone"`
	Role    tandem.Role          `json:"role"`
	Version int64                `json:"version"`

	Calendar tandem.Calendar `json:"calendar"`
}

// An inviteView is an invitation; its secret is shown once, when it is made.
type inviteView struct {
	ID     tandem.InviteID `json:"id"`
	Role   tandem.Role     `json:"role"`
	Ends   tandem.Instant  `json:"ends"`
	Secret string          `json:"secret,omitempty"`
}

func workspaceOperations() []operation {
	return []operation{
		{id: "list-workspaces", method: "GET", path: "/workspaces", action: policy.Read, kind: policy.Account, out: page[workspaceView]{}, summary: "The workspaces that you are in", run: listWorkspaces},
		{id: "create-workspace", method: "POST", path: "/workspaces", action: policy.Create, kind: policy.Workspace, status: http.StatusCreated, in: app.WorkspaceInput{}, out: workspaceView{}, summary: "Make a team", run: createWorkspace},
		{id: "get-workspace", method: "GET", path: "/workspaces/{id}", action: policy.Read, kind: policy.Workspace, out: workspaceView{}, summary: "Read a workspace", run: getWorkspace},
		{id: "change-workspace", method: "PATCH", path: "/workspaces/{id}", action: policy.Change, kind: policy.Workspace, match: true, in: workspaceChange{}, out: workspaceView{}, summary: "Change name, zone and calendar: the month in which the year begins and the named days", run: changeWorkspace},
		{id: "list-members", method: "GET", path: "/workspaces/{id}/members", action: policy.Read, kind: policy.Member, out: page[app.MemberView]{}, summary: "The members of a workspace", run: listMembers},
		{id: "change-role", method: "POST", path: "/workspaces/{id}/members/{person}/role", action: policy.Manage, kind: policy.Member, in: roleInput{}, summary: "Give a member another role", run: changeRole},
		{id: "remove-member", method: "DELETE", path: "/workspaces/{id}/members/{person}", action: policy.Delete, kind: policy.Member, summary: "Remove a member, or leave", run: removeMember},
		{id: "create-invite", method: "POST", path: "/workspaces/{id}/invites", action: policy.Create, kind: policy.Invite, status: http.StatusCreated, secret: true, in: app.InviteInput{}, out: inviteView{}, summary: "Invite by link; its secret is shown once", run: createInvite},
		{id: "list-invites", method: "GET", path: "/workspaces/{id}/invites", action: policy.Read, kind: policy.Invite, out: page[inviteView]{}, summary: "Invitations that still hold", run: listInvites},
		{id: "delete-invite", method: "DELETE", path: "/workspaces/{id}/invites/{invite}", action: policy.Delete, kind: policy.Invite, summary: "Withdraw an invitation", run: deleteInvite},
		{id: "get-invite", method: "POST", path: "/invites/look", action: policy.Read, kind: policy.Account, in: acceptInput{}, out: app.InviteView{}, summary: "What an invitation leads to", run: getInvite},
		{id: "accept-invite", method: "POST", path: "/invites/accept", action: policy.Manage, kind: policy.Account, in: acceptInput{}, out: workspaceView{}, summary: "Join by an invitation", run: acceptInvite},
	}
}

func (c *call) workspaceView(w tandem.Workspace) workspaceView {
	return workspaceView{ID: w.ID, Kind: w.Kind, Name: w.Name, Zone: w.Zone, Role: c.Actor.Roles[w.ID], Version: w.Version, Calendar: calendarView(w.Calendar)}
}

// calendarView gives a calendar as it is written: no list that is null, no day that is none.
func calendarView(c tandem.Calendar) tandem.Calendar {
	out := tandem.Calendar{FiscalMonth: max(c.FiscalMonth, 1), Dates: make([]tandem.NamedDay, 0, len(c.Dates))}
	for _, d := range c.Dates {
		if d.From == tandem.NoDay {
			d.From = 0
		}
		out.Dates = append(out.Dates, d)
	}
	return out
}

func listWorkspaces(c *call) (any, error) {
	all, err := c.App.ListWorkspaces(c.ctx(), c.Actor)
	out := make([]workspaceView, 0, len(all))
	for _, w := range all {
		out = append(out, c.workspaceView(w))
	}
	return page[workspaceView]{Items: out}, err
}

func createWorkspace(c *call) (any, error) {
	in, err := read[app.WorkspaceInput](c)
	if err != nil {
		return nil, err
	}
	w, err := c.App.CreateWorkspace(c.ctx(), c.Actor, in)
	v := c.workspaceView(w)
	v.Role = tandem.RoleOwner
	return v, err
}

func getWorkspace(c *call) (any, error) {
	ws, err := pathID[tandem.WorkspaceID](c, "id")
	if err != nil {
		return nil, err
	}
	w, err := c.App.GetWorkspace(c.ctx(), c.Actor, ws)
	return c.workspaceView(w), err
}

// workspaceChange is a change of a workspace; the version comes in If-Match.
type workspaceChange struct {
	app.WorkspaceInput
	Version int64 `json:"version,omitempty" tandem:"readonly"`
}

func changeWorkspace(c *call) (any, error) {
	in, err := read[workspaceChange](c)
	if err != nil {
		return nil, err
	}
	ws, err := pathID[tandem.WorkspaceID](c, "id")
	if err != nil {
		return nil, err
	}
	if in.WorkspaceInput.Version, err = c.version(); err != nil {
		return nil, err
	}
	w, err := c.App.ChangeWorkspace(c.ctx(), c.Actor, ws, in.WorkspaceInput)
	return c.workspaceView(w), c.stale(err, ws, func() (int64, error) {
		w, err := c.App.GetWorkspace(c.ctx(), c.Actor, ws)
		return w.Version, err
	}, nil)
}

func listMembers(c *call) (any, error) {
	ws, err := pathID[tandem.WorkspaceID](c, "id")
	if err != nil {
		return nil, err
	}
	return listed(c.App.ListMembers(c.ctx(), c.Actor, ws))
}

type roleInput struct {
	Role tandem.Role `json:"role"`
}

func (c *call) member() (ws tandem.WorkspaceID, p tandem.PersonID, err error) {
	if ws, err = pathID[tandem.WorkspaceID](c, "id"); err == nil {
		p, err = pathID[tandem.PersonID](c, "person")
	}
	return ws, p, err
}

func changeRole(c *call) (any, error) {
	in, err := read[roleInput](c)
	if err != nil {
		return nil, err
	}
	ws, p, err := c.member()
	if err != nil {
		return nil, err
	}
	return nil, c.App.ChangeRole(c.ctx(), c.Actor, ws, p, in.Role)
}

func removeMember(c *call) (any, error) {
	ws, p, err := c.member()
	if err != nil {
		return nil, err
	}
	return nil, c.App.RemoveMember(c.ctx(), c.Actor, ws, p)
}

func createInvite(c *call) (any, error) {
	in, err := read[app.InviteInput](c)
	if err != nil {
		return nil, err
	}
	ws, err := pathID[tandem.WorkspaceID](c, "id")
	if err != nil {
		return nil, err
	}
	m, err := c.App.CreateInvite(c.ctx(), c.Actor, ws, in)
	return inviteView{ID: m.Invite.ID, Role: m.Invite.Role, Ends: m.Invite.Ends, Secret: m.Secret}, err
}

func listInvites(c *call) (any, error) {
	ws, err := pathID[tandem.WorkspaceID](c, "id")
	if err != nil {
		return nil, err
	}
	all, err := c.App.ListInvites(c.ctx(), c.Actor, ws)
	out := make([]inviteView, 0, len(all))
	for _, i := range all {
		out = append(out, inviteView{ID: i.ID, Role: i.Role, Ends: i.Ends})
	}
	return page[inviteView]{Items: out}, err
}

func deleteInvite(c *call) (any, error) {
	ws, err := pathID[tandem.WorkspaceID](c, "id")
	if err != nil {
		return nil, err
	}
	id, err := pathID[tandem.InviteID](c, "invite")
	if err != nil {
		return nil, err
	}
	return nil, c.App.DeleteInvite(c.ctx(), c.Actor, ws, id)
}

type acceptInput struct {
	Secret string `json:"secret"`
}

func acceptInvite(c *call) (any, error) {
	in, err := read[acceptInput](c)
	if err != nil {
		return nil, err
	}
	w, err := c.App.AcceptInvite(c.ctx(), c.Actor, in.Secret)
	return c.workspaceView(w), err
}

func getInvite(c *call) (any, error) {
	in, err := read[acceptInput](c)
	if err != nil {
		return nil, err
	}
	if err := c.may(policy.Read, c.own(policy.Account)); err != nil {
		return nil, err
	}
	return c.App.GetInvite(c.ctx(), in.Secret)
}
