package api

import (
	"net/http"

	"tandem"
	"tandem/app"
	"tandem/policy"
)

func lifelineOperations() []operation {
	return []operation{
		{id: "list-lifelines", method: "GET", path: "/lifelines", action: policy.Read, kind: policy.Lifeline, out: page[app.LifelineLine]{}, summary: "The lifelines that you are in or said yes to", run: listLifelines},
		{id: "create-lifeline", method: "POST", path: "/lifelines", action: policy.Create, kind: policy.Lifeline, status: http.StatusCreated, in: sideChange{}, out: tandem.Lifeline{},
			summary: "Begin a lifeline; others come by invitation", run: createLifeline},
		{id: "list-lifeline-calls", method: "GET", path: "/lifelines/calls", action: policy.Read, kind: policy.Lifeline, out: page[app.Call]{}, summary: "What your lifelines wait for, as on Today", run: listCalls},
		{id: "get-lifeline", method: "GET", path: "/lifelines/{id}", action: policy.Read, kind: policy.Lifeline, out: lifelineReply{},
			summary: "A lifeline that you are in: what you ask and show, what the others ask and show you, and what was written", run: getLifeline},
		{id: "change-lifeline", method: "POST", path: "/lifelines/{id}", action: policy.Change, kind: policy.Lifeline, repeats: true, match: true, in: sideChange{}, out: lifelineSideReply{},
			summary: "Change what you ask and show, your rule for silence, or the weekly question", run: changeLifeline},
		{id: "check-in", method: "POST", path: "/lifelines/{id}/check-in", action: policy.Log, kind: policy.Lifeline, in: app.CheckInInput{}, out: tandem.Note{},
			summary: "The exchange of the week: did, learned, need; again in the same week replaces it", run: checkIn},
		{id: "ask-rescue", method: "POST", path: "/lifelines/{id}/rescue", action: policy.Log, kind: policy.Lifeline, status: http.StatusCreated, in: app.RescueInput{}, out: tandem.Note{},
			summary: "Ask the others for help; it stands on their Today until each answers", run: askRescue},
		{id: "say", method: "POST", path: "/lifelines/{id}/notes", action: policy.Log, kind: policy.Lifeline, status: http.StatusCreated, in: app.NoteInput{}, out: tandem.Note{},
			summary: "Encourage, be honest, ask, say what you noticed, suggest a wording or answer; one person reads it", run: say},
		{id: "invite-to-lifeline", method: "POST", path: "/lifelines/{id}/invites", action: policy.Change, kind: policy.Lifeline, status: http.StatusCreated, secret: true, in: app.LifelineInviteInput{}, out: lifelineInvite{},
			summary: "Invite by link; its secret is shown once", run: inviteToLifeline},
		{id: "delete-lifeline-invite", method: "DELETE", path: "/lifelines/{id}/invites/{invite}", action: policy.Change, kind: policy.Lifeline, summary: "Withdraw an invitation of yours", run: deleteLifelineInvite},
		{id: "get-lifeline-invite", method: "POST", path: "/lifeline-invites/look", action: policy.Read, kind: policy.Lifeline, in: acceptInput{}, out: app.LifelineLetter{}, summary: "What an invitation asks of you", run: getLifelineInvite},
		{id: "accept-lifeline", method: "POST", path: "/lifeline-invites/accept", action: policy.Create, kind: policy.Lifeline, in: acceptInput{}, out: acceptedLifeline{},
			summary: "Say yes to an invitation; you are in once all who are in said yes", run: acceptLifeline},
		{id: "agree-lifeline", method: "POST", path: "/lifelines/{id}/people/{person}", action: policy.Change, kind: policy.Lifeline, in: agreeInput{}, summary: "Say whether somebody who was invited may come in", run: agreeLifeline},
		{id: "list-notes", method: "GET", path: "/notes", action: policy.Read, kind: policy.Lifeline, query: []string{"limit"}, out: page[tandem.Note]{}, summary: "What was written to you and by you about yourself, of lifelines that ended too", run: listNotes},
		{id: "settle-note", method: "POST", path: "/notes/{id}", action: policy.Change, kind: policy.Note, in: settleInput{}, out: tandem.Note{},
			summary: "Say what becomes of a note to you: done, taken (its wording or level is yours now) or kept", run: settleNote},
		{id: "end-lifeline", method: "DELETE", path: "/lifelines/{id}", action: policy.Delete, kind: policy.Lifeline, summary: "End your part in a lifeline at once; nobody is told", run: endLifeline},
	}
}

// A lifelineReply is a lifeline as one who is in it sees it.
type lifelineReply struct {
	tandem.Lifeline
	Me       lifelineSide        `json:"me"`
	Partners []lifelinePartner   `json:"partners"`
	Waiting  []app.WaitingMember `json:"waiting"`
	Notes    []tandem.Note       `json:"notes"`
	Invites  []lifelineInvite    `json:"invites"`
}

// A lifelineSide is what somebody asks and shows: parts is what was opened, shows what of it a chosen goal has.
type lifelineSide struct {
	Ask        string             `json:"ask"`
	Parts      []tandem.Part      `json:"parts"`
	Shows      []tandem.Part      `json:"shows"`
	Goals      []app.SharedGoalID `json:"goals"`
	QuietDays  int                `json:"quiet_days"`
	QuietWords string             `json:"quiet_words"`
}

// A lifelineSideReply is the own side with the version of the lifeline that it stands in.
type lifelineSideReply struct {
	lifelineSide
	Question string `json:"question"`
	Version  int64  `json:"version"`
}

// sideChange is what is asked and shown; the version that it was made from comes in If-Match.
type sideChange struct {
	app.SideInput
	Version int64 `json:"version,omitempty" tandem:"readonly"`
}

// A lifelinePartner is somebody else in it: sees is what the two of you see of each other.
type lifelinePartner struct {
	Person tandem.PersonID `json:"person"`
	Name   string          `json:"name"`
	Ask    string          `json:"ask"`
	Sees   []tandem.Part   `json:"sees"`
	Goals  []partnerGoal   `json:"goals"`
	Quiet  string          `json:"quiet,omitempty"` // the words that this person set for silence, while it lasts
}

// A partnerGoal is a goal as far as it is shown; stands is how a result goes: too_early, steep, or open with
// about how many in ten.
type partnerGoal struct {
	Workspace tandem.WorkspaceID `json:"workspace"`
	ID        tandem.GoalID      `json:"id"`
	Kind      tandem.GoalKind    `json:"kind"`
	Title     string             `json:"title"`
	State     tandem.GoalState   `json:"state"`
	Judged    string             `json:"judged,omitempty"`
	Parts     []tandem.Part      `json:"parts"`
	Levels    []string           `json:"levels,omitempty"`
	Noticed   int                `json:"noticed,omitempty"`
	Used      []tandem.Day       `json:"used,omitempty"`      // of the last seven days
	Practised []tandem.Day       `json:"practised,omitempty"` // of the last seven days
	Lessons   []tandem.Lesson    `json:"lessons,omitempty"`   // of the last seven days
	Stands    string             `json:"stands,omitempty"`
	InTen     int                `json:"in_ten,omitempty"`
}

// A lifelineInvite is an invitation; its secret is shown once, when it is made.
type lifelineInvite struct {
	ID     tandem.InviteID `json:"id"`
	Who    string          `json:"who,omitempty"`
	Ends   tandem.Instant  `json:"ends"`
	Secret string          `json:"secret,omitempty"`
}

type acceptedLifeline struct {
	tandem.Lifeline
	Tie tandem.Tie `json:"tie"`
}

type agreeInput struct {
	Yes bool `json:"yes"`
}

type settleInput struct {
	To tandem.NoteState `json:"to"`
}

func listLifelines(c *call) (any, error) { return listed(c.App.ListLifelines(c.ctx(), c.Actor)) }

func listCalls(c *call) (any, error) { return listed(c.App.LifelineCalls(c.ctx(), c.Actor)) }

func createLifeline(c *call) (any, error) {
	in, err := read[sideChange](c)
	if err != nil {
		return nil, err
	}
	return c.App.CreateLifeline(c.ctx(), c.Actor, in.SideInput)
}

func getLifeline(c *call) (any, error) {
	id, err := pathID[tandem.LifelineID](c, "id")
	if err != nil {
		return nil, err
	}
	v, err := c.App.GetLifeline(c.ctx(), c.Actor, id)
	return lifelineOf(v), err
}

func lifelineOf(v app.LifelineView) lifelineReply {
	out := lifelineReply{Lifeline: v.Lifeline, Partners: []lifelinePartner{}, Waiting: full(v.Waiting), Notes: full(v.Notes), Invites: []lifelineInvite{}}
	out.Me = lifelineSide{Ask: v.Me.Ask, Parts: v.Me.Parts.List(), Shows: v.Shows.List(), Goals: []app.SharedGoalID{}, QuietDays: v.Me.QuietDays, QuietWords: v.Me.QuietWords}
	for _, s := range v.Mine {
		out.Me.Goals = append(out.Me.Goals, app.SharedGoalID{Workspace: s.Workspace, Goal: s.Goal})
	}
	for _, p := range v.Partners {
		x := lifelinePartner{Person: p.Person, Name: p.Name, Ask: p.Ask, Sees: p.Sees.List(), Goals: []partnerGoal{}, Quiet: p.Quiet}
		for _, g := range p.Goals {
			y := partnerGoal{Workspace: g.Workspace, ID: g.ID, Kind: g.Kind, Title: g.Title, State: g.State, Judged: g.Judged, Parts: g.Parts.List(), Levels: g.Levels, Noticed: g.Noticed,
				Used: g.Used, Practised: g.Practised, Lessons: g.Lessons}
			if g.Kind == tandem.KindPerformance {
				y.Stands, y.InTen = g.Stands()
			}
			x.Goals = append(x.Goals, y)
		}
		out.Partners = append(out.Partners, x)
	}
	for _, i := range v.Invites {
		out.Invites = append(out.Invites, lifelineInvite{ID: i.ID, Who: i.Who, Ends: i.Ends})
	}
	return out
}

func changeLifeline(c *call) (any, error) {
	in, err := read[sideChange](c)
	if err != nil {
		return nil, err
	}
	id, err := pathID[tandem.LifelineID](c, "id")
	if err != nil {
		return nil, err
	}
	if in.SideInput.Version, err = c.version(); err != nil {
		return nil, err
	}
	if err := c.App.ChangeLifeline(c.ctx(), c.Actor, id, in.SideInput); err != nil {
		return nil, c.stale(err, 0, func() (int64, error) {
			v, err := c.App.LifelineSide(c.ctx(), c.Actor, id)
			return v.Version, err
		}, nil)
	}
	v, err := c.App.LifelineSide(c.ctx(), c.Actor, id)
	return lifelineSideReply{lifelineSide: lifelineOf(v).Me, Question: v.Question, Version: v.Version}, err
}

func endLifeline(c *call) (any, error) {
	id, err := pathID[tandem.LifelineID](c, "id")
	if err != nil {
		return nil, err
	}
	return nil, c.App.EndLifeline(c.ctx(), c.Actor, id)
}

func checkIn(c *call) (any, error) {
	in, err := read[app.CheckInInput](c)
	if err != nil {
		return nil, err
	}
	id, err := pathID[tandem.LifelineID](c, "id")
	if err != nil {
		return nil, err
	}
	return c.App.CheckIn(c.ctx(), c.Actor, id, in)
}

func askRescue(c *call) (any, error) {
	in, err := read[app.RescueInput](c)
	if err != nil {
		return nil, err
	}
	id, err := pathID[tandem.LifelineID](c, "id")
	if err != nil {
		return nil, err
	}
	return c.App.AskRescue(c.ctx(), c.Actor, id, in)
}

func say(c *call) (any, error) {
	in, err := read[app.NoteInput](c)
	if err != nil {
		return nil, err
	}
	id, err := pathID[tandem.LifelineID](c, "id")
	if err != nil {
		return nil, err
	}
	n, err := c.App.Say(c.ctx(), c.Actor, id, in)
	n.State = "" // what the other does with it is the other's
	return n, err
}

func inviteToLifeline(c *call) (any, error) {
	in, err := read[app.LifelineInviteInput](c)
	if err != nil {
		return nil, err
	}
	id, err := pathID[tandem.LifelineID](c, "id")
	if err != nil {
		return nil, err
	}
	m, err := c.App.InviteToLifeline(c.ctx(), c.Actor, id, in)
	return lifelineInvite{ID: m.Invite.ID, Who: m.Invite.Who, Ends: m.Invite.Ends, Secret: m.Secret}, err
}

func deleteLifelineInvite(c *call) (any, error) {
	id, err := pathID[tandem.LifelineID](c, "id")
	if err != nil {
		return nil, err
	}
	invite, err := pathID[tandem.InviteID](c, "invite")
	if err != nil {
		return nil, err
	}
	return nil, c.App.DeleteLifelineInvite(c.ctx(), c.Actor, id, invite)
}

func getLifelineInvite(c *call) (any, error) {
	in, err := read[acceptInput](c)
	if err != nil {
		return nil, err
	}
	if err := c.may(policy.Read, policy.Resource{Kind: policy.Lifeline, Owner: c.Person.ID}); err != nil {
		return nil, err
	}
	return c.App.GetLifelineInvite(c.ctx(), in.Secret)
}

func acceptLifeline(c *call) (any, error) {
	in, err := read[acceptInput](c)
	if err != nil {
		return nil, err
	}
	l, tie, err := c.App.AcceptLifeline(c.ctx(), c.Actor, in.Secret)
	if tie != tandem.TieAccepted {
		l = tandem.Lifeline{ID: l.ID}
	}
	return acceptedLifeline{Lifeline: l, Tie: tie}, err
}

func agreeLifeline(c *call) (any, error) {
	in, err := read[agreeInput](c)
	if err != nil {
		return nil, err
	}
	id, err := pathID[tandem.LifelineID](c, "id")
	if err != nil {
		return nil, err
	}
	person, err := pathID[tandem.PersonID](c, "person")
	if err != nil {
		return nil, err
	}
	return nil, c.App.AgreeLifeline(c.ctx(), c.Actor, id, person, in.Yes)
}

func listNotes(c *call) (any, error) {
	limit, err := c.limitOf()
	if err != nil {
		return nil, err
	}
	return listed(c.App.ListNotes(c.ctx(), c.Actor, limit))
}

func settleNote(c *call) (any, error) {
	in, err := read[settleInput](c)
	if err != nil {
		return nil, err
	}
	id, err := pathID[tandem.NoteID](c, "id")
	if err != nil {
		return nil, err
	}
	return c.App.SettleNote(c.ctx(), c.Actor, id, in.To)
}
