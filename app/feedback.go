package app

import (
	"context"
	"maps"
	"slices"
	"time"

	"tandem"
	"tandem/policy"
)

// Lifetimes of a request in days: when nothing is said, and at most.
const (
	requestDays    = 14
	maxRequestDays = 30
)

// feedbackOf is feedback on one's own work, givenOf what one gives to others.
func feedbackOf(ws tandem.WorkspaceID, owner tandem.PersonID) policy.Resource {
	return policy.Resource{Kind: policy.Feedback, Workspace: ws, Owner: owner}
}

func givenOf(ws tandem.WorkspaceID, giver tandem.PersonID) policy.Resource {
	return policy.Resource{Kind: policy.Given, Workspace: ws, Owner: giver}
}

// An AskInput asks somebody for feedback: a member of the workspace by Person, anybody else by Name, who gets a
// link. Of the goal nothing is shown but what ShowTitle and ShowLevels say.
type AskInput struct {
	Key        string          `json:"-"`
	Person     tandem.PersonID `json:"person,omitzero"`
	Name       string          `json:"name,omitempty"`
	Email      string          `json:"email,omitempty"` // tells people of one name apart; nothing is sent to it
	How        tandem.How      `json:"how,omitempty"`   // whose voice it is: peer unless said, or lead
	Goal       tandem.GoalID   `json:"goal,omitzero"`
	ShowTitle  bool            `json:"show_title,omitempty"`
	ShowLevels bool            `json:"show_levels,omitempty"` // so that the giver may say which one was seen
	Ask        string          `json:"ask" tandem:"lines"`    // in the owner's words
	Days       int             `json:"days,omitempty"`        // until the request ends; 14 unless said, at most 30
}

// A FeedbackLetter is all that whoever is asked will read.
type FeedbackLetter struct {
	From   string         `json:"from"`
	To     string         `json:"to"`
	Ask    string         `json:"ask"`
	Title  string         `json:"title,omitempty"`
	Levels []string       `json:"levels,omitempty"`
	Link   bool           `json:"link"` // it goes by a link, without an account
	Ends   tandem.Instant `json:"ends"`
	Lang   string         `json:"-"` // of who asks
}

// A FeedbackMade is a new request. Link is the secret part of the address of its page, for somebody without an
// account; it can be had again while it waits.
type FeedbackMade struct {
	tandem.Feedback
	Link string `json:"link,omitempty"`
}

// PreviewFeedback gives the letter of a request before it is sent, or what is wrong with it. It writes nothing.
func (a *App) PreviewFeedback(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, in AskInput) (l FeedbackLetter, err error) {
	defer tandem.Wrap(&err, "preview feedback")
	f, person, err := a.request(ctx, a.Store.For(by), by, ws, in)
	return letterOf(f, person), err
}

func letterOf(f tandem.Feedback, from tandem.Person) FeedbackLetter {
	return FeedbackLetter{From: from.Name, To: f.Name, Ask: f.Ask, Title: f.Title, Levels: f.Levels, Link: f.Giver == 0, Ends: f.Ends, Lang: from.Lang}
}

// AskFeedback asks for feedback: a member finds the request on the own Today, anybody else opens the link.
// One person is asked at most once in 14 days.
func (a *App) AskFeedback(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, in AskInput) (m FeedbackMade, err error) {
	defer tandem.Wrap(&err, "ask for feedback")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if err := may(by, policy.Create, feedbackOf(ws, by.Person)); err != nil {
			return err
		}
		if err := a.once(ctx, h, ws, "ask-feedback", in.Key); err != nil {
			return err
		}
		if err := h.LockWorkspace(ctx, ws); err != nil { // the rule is over several rows
			return err
		}
		f, _, err := a.request(ctx, h, by, ws, in)
		if err != nil {
			return err
		}
		m.Feedback = f
		if err := h.AddFeedback(ctx, f); err != nil {
			return err
		}
		if err := a.usedConcept(ctx, h, "feedback"); err != nil {
			return err
		}
		return a.emit(tx, by, ws, "feedback.asked", int64(f.ID))
	})
	if err == nil && m.Giver == 0 {
		m.Link, err = a.linkTo(ctx, m.Feedback)
	}
	return m, err
}

// linkTo gives the link of a request that goes by one.
func (a *App) linkTo(ctx context.Context, f tandem.Feedback) (string, error) {
	secret, err := a.secret(ctx)
	return signLink(secret, "feedback", int64(f.Workspace), int64(f.ID)), err
}

// request reads and checks what is asked, whom, and whether that person was asked lately.
func (a *App) request(ctx context.Context, r Reads, by tandem.Actor, ws tandem.WorkspaceID, in AskInput) (f tandem.Feedback, person tandem.Person, err error) {
	if err := may(by, policy.Create, feedbackOf(ws, by.Person)); err != nil {
		return f, person, err
	}
	if person, err = r.Person(ctx); err != nil {
		return f, person, err
	}
	if in.Days == 0 {
		in.Days = requestDays
	}
	if in.How == "" {
		in.How = tandem.HowPeer
	}
	f = tandem.Feedback{Workspace: ws, ID: tandem.NewID[tandem.FeedbackID](a.IDs), Owner: by.Person, Giver: in.Person, Name: tandem.CleanTitle(in.Name), Email: tandem.CleanTitle(in.Email),
		How: in.How, Goal: in.Goal, Ask: in.Ask, Asked: a.now(), Ends: after(a.now(), time.Duration(in.Days)*24*time.Hour), State: tandem.FeedbackAsked}
	if in.Goal != 0 {
		if err := shown(ctx, r, by, &f, in); err != nil {
			return f, person, err
		}
	}
	if in.Person != 0 {
		if err := askable(ctx, r, by, &f); err != nil {
			return f, person, err
		}
	}
	es := tandem.All(f.Validate())
	if in.How == tandem.HowSelf {
		es.Add("how", "one_of", tandem.Args{"field": "how", "value": string(in.How), "allowed": "peer, lead"})
	}
	if in.Days < 1 || in.Days > maxRequestDays {
		es.Add("days", "int_range", tandem.Args{"field": "days", "lo": 1, "hi": maxRequestDays})
	}
	if err := es.Err(); err != nil {
		return f, person, err
	}
	return f, person, a.notLately(ctx, r, by, person, f)
}

// shown puts on a request what its owner chose to show of the own goal.
func shown(ctx context.Context, r Reads, by tandem.Actor, f *tandem.Feedback, in AskInput) error {
	g, err := anyGoal(ctx, r, by, f.Workspace, in.Goal, policy.Change, policy.Goal)
	if err != nil {
		return err
	}
	if in.ShowTitle {
		f.Title = g.GoalHead().Title
	}
	if l, ok := g.(tandem.LearningGoal); ok && in.ShowLevels {
		f.Levels = l.Levels
	}
	return nil
}

// askable wants somebody else who belongs to the workspace and can answer there.
func askable(ctx context.Context, r Reads, by tandem.Actor, f *tandem.Feedback) error {
	m, err := r.Member(ctx, f.Workspace, f.Giver)
	if tandem.KindOf(err) == tandem.KindNotFound || err == nil && (m.Role == tandem.RoleGuest || f.Giver == by.Person) {
		return tandem.Invalid("person", "feedback_no_member", nil)
	}
	if err != nil {
		return err
	}
	names, err := r.PersonNames(ctx, f.Workspace)
	f.Name, f.Email = names[f.Giver], ""
	return err
}

// notLately wants that the person was not asked within 14 days, in whatever workspace. The error says when
// again.
func (a *App) notLately(ctx context.Context, r Reads, by tandem.Actor, person tandem.Person, f tandem.Feedback) error {
	today := person.Today(a.Now())
	for ws := range by.Roles {
		all, err := r.Feedback(ctx, ws)
		if err != nil {
			return err
		}
		for _, x := range all {
			if again := person.Today(x.Asked.Time()) + tandem.AskAgainDays; x.Asked != 0 && again > today && x.SamePerson(f) {
				field := "name"
				if f.Giver != 0 {
					field = "person"
				}
				return tandem.Invalid(field, "feedback_again", tandem.Args{"name": f.Name, "date": again, "days": tandem.AskAgainDays})
			}
		}
	}
	return nil
}

// A FeedbackInput is what is answered. Decline is "not this time" and takes nothing else.
type FeedbackInput struct {
	Key     string `json:"-"`
	Worked  string `json:"worked,omitempty" tandem:"lines"`
	TryNext string `json:"try_next,omitempty" tandem:"lines"`
	Score   int    `json:"score,omitempty"` // 1 to 5
	Level   int    `json:"level,omitempty"` // that was seen, of those that are shown
	Decline bool   `json:"decline,omitempty"`
}

// answered writes an answer on a request.
func (a *App) answered(f tandem.Feedback, in FeedbackInput) (tandem.Feedback, error) {
	f.State, f.Given = tandem.FeedbackDeclined, a.now()
	if !in.Decline {
		f.State, f.Worked, f.TryNext, f.Score, f.Level = tandem.FeedbackGiven, in.Worked, in.TryNext, in.Score, in.Level
	}
	return f, f.Validate()
}

// AnswerFeedback answers what the actor is asked for, once.
func (a *App) AnswerFeedback(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.FeedbackID, in FeedbackInput) (f tandem.Feedback, err error) {
	defer tandem.Wrap(&err, "answer feedback")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if f, err = h.GivenOf(ctx, ws, id); err != nil {
			return err
		}
		if err := may(by, policy.Change, givenOf(ws, f.Giver)); err != nil {
			return err
		}
		if !f.Waits(a.now()) {
			return tandem.Invalid("", "feedback_over", nil)
		}
		if f, err = a.answered(f, in); err != nil {
			return err
		}
		if err := h.AnswerFeedback(ctx, f); err != nil {
			return err
		}
		if err := a.usedConcept(ctx, h, "feedback"); err != nil {
			return err
		}
		return a.emit(tx, by, ws, "feedback."+string(f.State), int64(id))
	})
	return f, err
}

// WriteFeedback keeps feedback that nobody asked for: the owner's own look at a goal, or what somebody who sees
// the goal offers to its owner.
func (a *App) WriteFeedback(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID, in FeedbackInput) (f tandem.Feedback, err error) {
	defer tandem.Wrap(&err, "write feedback")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		g, err := anyGoal(ctx, h, by, ws, goal, policy.Read, policy.Goal)
		if err != nil {
			return err
		}
		if err := may(by, policy.Create, givenOf(ws, by.Person)); err != nil {
			return err
		}
		if err := a.once(ctx, h, ws, "write-feedback", in.Key); err != nil {
			return err
		}
		me, err := h.Person(ctx)
		if err != nil {
			return err
		}
		head := g.GoalHead()
		f = tandem.Feedback{Workspace: ws, ID: tandem.NewID[tandem.FeedbackID](a.IDs), Owner: head.Owner, Giver: by.Person, Name: me.Name, How: tandem.HowPeer, Goal: goal, Title: head.Title}
		if l, ok := g.(tandem.LearningGoal); ok {
			f.Levels = l.Levels
		}
		in.Decline = false
		if f, err = a.answered(f, in); err != nil {
			return err
		}
		switch {
		case f.Owner == by.Person:
			f.How, f.Read = tandem.HowSelf, f.Given
		case by.Roles[ws] == tandem.RoleLead:
			f.How = tandem.HowLead
		}
		if err := h.AddFeedback(ctx, f); err != nil {
			return err
		}
		if err := a.usedConcept(ctx, h, "feedback"); err != nil {
			return err
		}
		return a.emit(tx, by, ws, "feedback.given", int64(f.ID))
	})
	return f, err
}

// linkedFeedback gives the request of a link that still waits, with who asks. One that was answered, taken
// back or is over is as one that never was; so is one whose owner is gone.
func (a *App) linkedFeedback(ctx context.Context, text string) (f tandem.Feedback, from tandem.Person, err error) {
	secret, err := a.secret(ctx)
	if err != nil {
		return f, from, err
	}
	ids, ok := signed(secret, "feedback", text, 2)
	if !ok {
		return f, from, tandem.NotFound("link")
	}
	local := a.Store.For(policy.Local())
	if f, err = local.FeedbackByLink(ctx, tandem.WorkspaceID(ids[0]), tandem.FeedbackID(ids[1])); tandem.KindOf(err) == tandem.KindNotFound || err == nil && !f.Waits(a.now()) {
		return f, from, tandem.NotFound("link")
	}
	if err != nil {
		return f, from, err
	}
	if from, err = local.PersonByID(ctx, f.Owner); err != nil {
		return f, from, err
	}
	roles, err := local.RolesOf(ctx, f.Owner)
	if err != nil {
		return f, from, err
	}
	owner := tandem.Actor{Person: f.Owner, Suspended: from.Suspended, Roles: roles}
	if may(owner, policy.Create, feedbackOf(f.Workspace, f.Owner)) != nil {
		err = tandem.NotFound("link")
	}
	return f, from, err
}

// FeedbackLink gives what the page behind a link shows: the letter and nothing else. It writes nothing.
func (a *App) FeedbackLink(ctx context.Context, text string) (l FeedbackLetter, err error) {
	defer tandem.Wrap(&err, "feedback link")
	f, from, err := a.linkedFeedback(ctx, text)
	return letterOf(f, from), err
}

// AnswerFeedbackLink keeps the answer of somebody who has the link, once.
func (a *App) AnswerFeedbackLink(ctx context.Context, text string, in FeedbackInput) (l FeedbackLetter, err error) {
	defer tandem.Wrap(&err, "answer feedback link")
	f, from, err := a.linkedFeedback(ctx, text)
	if err != nil {
		return l, err
	}
	l = letterOf(f, from)
	if f, err = a.answered(f, in); err != nil {
		return l, err
	}
	return l, a.Store.InTx(ctx, func(tx Tx) error {
		if err := tx.For(policy.Local()).AnswerFeedback(ctx, f); err != nil {
			return err
		}
		return a.emit(tx, tandem.Actor{}, f.Workspace, "feedback."+string(f.State), int64(f.ID))
	})
}

// ListFeedback gives what was said of the actor's own work and what is asked for, newest first, each without
// its score until its words are read.
func (a *App) ListFeedback(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID) (fs []tandem.Feedback, err error) {
	defer tandem.Wrap(&err, "list feedback")
	if err := may(by, policy.Read, feedbackOf(ws, by.Person)); err != nil {
		return nil, err
	}
	fs, err = a.Store.For(by).Feedback(ctx, ws)
	for i, f := range fs {
		fs[i] = f.Veiled()
	}
	return fs, err
}

// ListGiven gives what the actor is asked for and what the actor gave, newest first; requests that were taken
// back or ran out without an answer are left out.
func (a *App) ListGiven(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID) (fs []tandem.Feedback, err error) {
	defer tandem.Wrap(&err, "list given feedback")
	if err := may(by, policy.Read, givenOf(ws, by.Person)); err != nil {
		return nil, err
	}
	fs, err = a.Store.For(by).Given(ctx, ws)
	return slices.DeleteFunc(fs, func(f tandem.Feedback) bool { return f.State != tandem.FeedbackGiven && !f.Waits(a.now()) }), err
}

// feedbackToday gives what waits for the actor's answer, and what was said and is not read yet, without scores,
// in all workspaces of the actor's: what somebody asks for stands on Today at once, whichever is looked at and
// whatever the actor has met of the product.
func (a *App) feedbackToday(ctx context.Context, r Reads, by tandem.Actor) (asked, said []tandem.Feedback, err error) {
	for _, ws := range slices.Sorted(maps.Keys(by.Roles)) {
		given, err := r.Given(ctx, ws)
		if err != nil {
			return nil, nil, err
		}
		for _, f := range given {
			if f.Owner != by.Person && f.Waits(a.now()) {
				asked = append(asked, f)
			}
		}
		own, err := r.Feedback(ctx, ws)
		if err != nil {
			return nil, nil, err
		}
		for _, f := range own {
			if f.State == tandem.FeedbackGiven && f.Read == 0 {
				said = append(said, f.Veiled())
			}
		}
	}
	return asked, said, nil
}

// GetGiven gives the letter of what the actor is asked for, with the own words.
func (a *App) GetGiven(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.FeedbackID) (f tandem.Feedback, l FeedbackLetter, err error) {
	defer tandem.Wrap(&err, "get given feedback")
	r := a.Store.For(by)
	if f, err = r.GivenOf(ctx, ws, id); err != nil {
		return f, l, err
	}
	if err := may(by, policy.Read, givenOf(ws, f.Giver)); err != nil {
		return f, l, err
	}
	names, err := r.PersonNames(ctx, ws)
	return f, letterOf(f, tandem.Person{Name: names[f.Owner]}), err
}

// MayGive tells whether the actor may give feedback in a workspace.
func (a *App) MayGive(by tandem.Actor, ws tandem.WorkspaceID) error {
	return may(by, policy.Create, givenOf(ws, by.Person))
}
