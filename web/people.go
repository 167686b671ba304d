package web

import (
	"net/http"
	"slices"
	"strconv"

	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

// spaceURL takes the POST that switches to another workspace.
const spaceURL = "/space"

// teamURL is the page of a team, or a POST target below it.
func teamURL(ws tandem.WorkspaceID, parts ...string) string {
	u := ui.SettingsURL("people") + "/" + ws.String()
	for _, p := range parts {
		u += "/" + p
	}
	return u
}

// spaceName is what a workspace is called on pages: its own name, and for the personal one what it is.
func (c *call) spaceName(w tandem.Workspace) string {
	if w.Kind == tandem.PersonalSpace {
		return c.T("people.mine")
	}
	return w.Name
}

func getPeople(_ *Server, c *call) error { return c.people(http.StatusOK, c.fresh()) }

// people answers with the teams that one is in and the form for a new one.
func (c *call) people(status int, f *form) error {
	all, err := c.s.App.ListWorkspaces(c.ctx(), c.Actor)
	if err != nil {
		return err
	}
	teams := slices.DeleteFunc(all, func(w tandem.Workspace) bool { return w.Kind == tandem.PersonalSpace })
	return c.pageAs(status, pageView{Title: c.T("settings.people"), Current: "set"}, peopleBody(c, f, teams))
}

func postTeam(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	w, err := s.App.CreateWorkspace(c.ctx(), c.Actor, app.WorkspaceInput{Name: f.text("name")})
	if err := f.take(err); err != nil {
		return err
	}
	if !f.ok() {
		return c.people(f.status(), f)
	}
	c.choose(w.ID)
	return c.redirect(teamURL(w.ID), &toast{Key: "toast.team", Args: map[string]string{"name": w.Name}})
}

// choose makes a workspace the one that lists and new goals are about, in this browser.
func (c *call) choose(ws tandem.WorkspaceID) {
	http.SetCookie(c.W, &http.Cookie{Name: spaceCookie, Value: ws.String(), Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, Secure: c.secure(), SameSite: http.SameSiteLaxMode})
}

// postSpace switches to a workspace that the person is in.
func postSpace(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	id, err := tandem.ParseID[tandem.WorkspaceID](f.text("space"))
	if err != nil {
		return err
	}
	w, err := s.App.GetWorkspace(c.ctx(), c.Actor, id)
	if err != nil {
		return err
	}
	c.choose(w.ID)
	return c.redirect(localPath(f.text("back")), nil)
}

// teamView is the page of one team. Link is that of an invitation just made, shown this once.
type teamView struct {
	Team    tandem.Workspace
	Members []app.MemberView
	Invites []tandem.Invite
	Role    tandem.Role // of the reader
	Link    string
	Made    tandem.Invite
}

// manages tells whether the reader may invite and remove.
func (v teamView) manages() bool {
	return v.Role == tandem.RoleOwner || v.Role == tandem.RoleCoordinator
}

// touches tells whether the reader may change or remove a member.
func (v teamView) touches(m app.MemberView) bool {
	return !m.You && (v.Role == tandem.RoleOwner || v.Role == tandem.RoleCoordinator && m.Role == tandem.RoleMember)
}

// withdraws tells whether the reader may take an invitation back: one to a higher role is the owners'.
func (v teamView) withdraws(i tandem.Invite) bool {
	return v.Role == tandem.RoleOwner || v.Role == tandem.RoleCoordinator && i.Role == tandem.RoleMember
}

// by gives the name of who made an invitation.
func (v teamView) by(i tandem.Invite) string {
	for _, m := range v.Members {
		if m.Person == i.By {
			return m.Name
		}
	}
	return ""
}

// teamID reads the team of an address. One's own workspace is none, for its forms as for its page.
func teamID(c *call) (tandem.WorkspaceID, error) {
	ws, err := pathID[tandem.WorkspaceID](c, "space")
	if err == nil && ws == c.Person.Personal {
		err = tandem.NotFound("workspace")
	}
	return ws, err
}

func getTeam(_ *Server, c *call) error {
	ws, err := teamID(c)
	if err != nil {
		return err
	}
	return c.team(http.StatusOK, ws, c.fresh(), nil)
}

// team answers with the page of a team.
func (c *call) team(status int, ws tandem.WorkspaceID, f *form, made *app.InviteMade) (err error) {
	v := teamView{Role: c.Actor.Roles[ws]}
	if v.Team, err = c.s.App.GetWorkspace(c.ctx(), c.Actor, ws); err != nil {
		return err
	}
	if v.Team.Kind == tandem.PersonalSpace {
		return tandem.NotFound("workspace")
	}
	if v.Members, err = c.s.App.ListMembers(c.ctx(), c.Actor, ws); err != nil {
		return err
	}
	if v.manages() {
		if v.Invites, err = c.s.App.ListInvites(c.ctx(), c.Actor, ws); err != nil {
			return err
		}
	}
	if made != nil {
		v.Link, v.Made = c.base()+ui.JoinURL(made.Secret), made.Invite
	}
	return c.pageAs(status, pageView{Title: v.Team.Name, Current: "team"}, teamBody(c, f, v))
}

// inTeam reads the form of a POST on a team.
func inTeam(c *call) (ws tandem.WorkspaceID, f *form, err error) {
	if ws, err = teamID(c); err != nil {
		return 0, nil, err
	}
	f, err = c.form()
	return ws, f, err
}

// done answers a POST on a team: with its page when err was of a field, else by going there.
func (c *call) done(ws tandem.WorkspaceID, f *form, err error, t toast) error {
	if err := f.take(err); err != nil {
		return err
	}
	if !f.ok() {
		return c.team(f.status(), ws, f, nil)
	}
	return c.redirect(teamURL(ws), &t)
}

func postTeamName(s *Server, c *call) error {
	ws, f, err := inTeam(c)
	if err != nil {
		return err
	}
	_, err = s.App.ChangeWorkspace(c.ctx(), c.Actor, ws, app.WorkspaceInput{Version: f.version(), Name: f.text("name")})
	return c.done(ws, f, err, toast{Key: "toast.saved"})
}

// postInvite makes an invitation and shows its link in the answer itself.
func postInvite(s *Server, c *call) error {
	ws, f, err := inTeam(c)
	if err != nil {
		return err
	}
	days, err := strconv.Atoi(f.text("days"))
	if err != nil {
		days = -1 // refused by its range
	}
	made, err := s.App.CreateInvite(c.ctx(), c.Actor, ws, app.InviteInput{Role: tandem.Role(f.text("role")), Days: days})
	if err := f.take(err); err != nil {
		return err
	}
	if !f.ok() {
		return c.team(f.status(), ws, f, nil)
	}
	return c.team(http.StatusOK, ws, c.fresh(), &made)
}

func postWithdraw(s *Server, c *call) error {
	ws, f, err := inTeam(c)
	if err != nil {
		return err
	}
	id, err := pathID[tandem.InviteID](c, "invite")
	if err != nil {
		return err
	}
	err = s.App.DeleteInvite(c.ctx(), c.Actor, ws, id)
	return c.done(ws, f, err, toast{Key: "toast.invite_withdrawn"})
}

func postRole(s *Server, c *call) error {
	ws, f, err := inTeam(c)
	if err != nil {
		return err
	}
	person, err := pathID[tandem.PersonID](c, "person")
	if err != nil {
		return err
	}
	err = s.App.ChangeRole(c.ctx(), c.Actor, ws, person, tandem.Role(f.text("role")))
	return c.done(ws, f, err, toast{Key: "toast.saved"})
}

func postRemove(s *Server, c *call) error {
	ws, f, err := inTeam(c)
	if err != nil {
		return err
	}
	person, err := pathID[tandem.PersonID](c, "person")
	if err != nil {
		return err
	}
	err = s.App.RemoveMember(c.ctx(), c.Actor, ws, person)
	return c.done(ws, f, err, toast{Key: "toast.member_removed"})
}

func postLeave(s *Server, c *call) error {
	ws, f, err := inTeam(c)
	if err != nil {
		return err
	}
	if err := f.take(s.App.RemoveMember(c.ctx(), c.Actor, ws, c.Person.ID)); err != nil {
		return err
	}
	if !f.ok() {
		return c.team(f.status(), ws, f, nil)
	}
	return c.redirect(ui.SettingsURL("people"), &toast{Key: "toast.left"})
}

// roles are the roles that the reader may give.
func (v teamView) roles(c *call, on tandem.Role) []ui.Option {
	given := []tandem.Role{tandem.RoleMember}
	if v.Role == tandem.RoleOwner {
		given = append(given, tandem.RoleCoordinator, tandem.RoleOwner)
	}
	var out []ui.Option
	for _, r := range given {
		out = append(out, ui.Option{Value: string(r), Label: c.T("role." + string(r)), On: r == on})
	}
	return out
}

// inviteDays are the lifetimes of an invitation that the page proposes.
func inviteDays(c *call, on string) []ui.Option {
	var out []ui.Option
	for _, n := range []int{1, 7, 30} {
		out = append(out, ui.Option{Value: strconv.Itoa(n), Label: c.T("tokens.days", tandem.Args{"n": n}), On: strconv.Itoa(n) == on})
	}
	return out
}
