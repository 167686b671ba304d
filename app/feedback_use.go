package app

import (
	"context"
	"strings"

	"tandem"
	"tandem/policy"
)

// What the owner does with feedback: reads it, takes a request back, makes the second field a learning goal or
// a technique, counts the level that was seen.

// A FeedbackView is one feedback as its owner sees it.
type FeedbackView struct {
	tandem.Feedback
	Hidden bool   `json:"score_hidden"` // there is a score or a level, once the words are read
	Link   string `json:"link,omitempty"`
}

// GetFeedback gives one of the actor's own. While it waits for somebody with a link, the link is there.
func (a *App) GetFeedback(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.FeedbackID) (v FeedbackView, err error) {
	defer tandem.Wrap(&err, "get feedback")
	f, err := ownFeedback(ctx, a.Store.For(by), by, ws, id, policy.Read)
	if err != nil {
		return v, err
	}
	return a.feedbackView(ctx, f)
}

func (a *App) feedbackView(ctx context.Context, f tandem.Feedback) (v FeedbackView, err error) {
	v = FeedbackView{Feedback: f.Veiled(), Hidden: f.Read == 0 && f.HasScore()}
	if f.Giver == 0 && f.Waits(a.now()) {
		v.Link, err = a.linkTo(ctx, f)
	}
	return v, err
}

func ownFeedback(ctx context.Context, r Reads, by tandem.Actor, ws tandem.WorkspaceID, id tandem.FeedbackID, act policy.Action) (tandem.Feedback, error) {
	f, err := r.FeedbackOf(ctx, ws, id)
	if err != nil {
		return f, err
	}
	return f, may(by, act, feedbackOf(ws, f.Owner))
}

// onFeedback changes feedback of the actor's in one transaction. A second press finds what the first made.
func (a *App) onFeedback(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.FeedbackID, do func(tx Tx, h Writes, f *tandem.Feedback) error) (v FeedbackView, err error) {
	var f tandem.Feedback
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if err := h.LockWorkspace(ctx, ws); err != nil {
			return err
		}
		if f, err = ownFeedback(ctx, h, by, ws, id, policy.Change); err != nil {
			return err
		}
		if f.State != tandem.FeedbackGiven {
			return tandem.Invalid("", "feedback_not_given", nil)
		}
		if err := do(tx, h, &f); err != nil {
			return err
		}
		return h.SetFeedback(ctx, f)
	})
	if err != nil {
		return v, err
	}
	return a.feedbackView(ctx, f)
}

// ReadFeedback says that the words are read; from then on the score shows.
func (a *App) ReadFeedback(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.FeedbackID) (v FeedbackView, err error) {
	defer tandem.Wrap(&err, "read feedback")
	return a.onFeedback(ctx, by, ws, id, func(_ Tx, h Writes, f *tandem.Feedback) error {
		if f.Read == 0 {
			f.Read = a.now()
		}
		return a.usedConcept(ctx, h, "feedback")
	})
}

// tryNext gives the second field as a title: its first line, cut at a word where titles end.
func tryNext(f tandem.Feedback) (string, error) {
	line, _, _ := strings.Cut(tandem.CleanTitle(f.TryNext), "\n")
	line = tandem.CleanTitle(line)
	if line == "" {
		return "", tandem.Invalid("try_next", "feedback_nothing_to_try", nil)
	}
	if r := []rune(line); len(r) > tandem.MaxTitle {
		line = string(r[:tandem.MaxTitle-1])
		if i := strings.LastIndexByte(line, ' '); i > 0 {
			line = line[:i]
		}
		line += "…"
	}
	return line, nil
}

// LearnFromFeedback makes the second field a learning goal. Where the feedback was on a result, it fuels that.
func (a *App) LearnFromFeedback(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.FeedbackID) (v FeedbackView, err error) {
	defer tandem.Wrap(&err, "learn from feedback")
	return a.onFeedback(ctx, by, ws, id, func(tx Tx, h Writes, f *tandem.Feedback) error {
		if f.Learning != 0 {
			return nil
		}
		title, err := tryNext(*f)
		if err != nil {
			return err
		}
		in := GoalInput{Kind: tandem.KindLearning, Title: title}
		if g, err := h.Goal(ctx, ws, f.Goal); err == nil && g.GoalHead().Kind == tandem.KindPerformance {
			in.Fuels = []tandem.GoalID{f.Goal}
		} else if err != nil && tandem.KindOf(err) != tandem.KindNotFound {
			return err
		}
		g, err := a.createIn(ctx, tx, by, ws, in)
		if err != nil {
			return err
		}
		f.Learning = g.GoalHead().ID
		return nil
	})
}

// TryFromFeedback makes the second field a technique on trial for two weeks. It belongs to the learning goal
// that the feedback was on, or to the first that fuels the result that it was on. Where two are tried there
// already it waits as an idea.
func (a *App) TryFromFeedback(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.FeedbackID) (v FeedbackView, err error) {
	defer tandem.Wrap(&err, "try from feedback")
	return a.onFeedback(ctx, by, ws, id, func(tx Tx, h Writes, f *tandem.Feedback) error {
		if f.Technique != 0 {
			return nil
		}
		name, err := tryNext(*f)
		if err != nil {
			return err
		}
		in := TechniqueInput{Name: name}
		if in.Goal, err = learnsFor(ctx, h, by, ws, f.Goal); err != nil {
			return err
		}
		t, err := a.addTechnique(ctx, h, by, ws, in)
		if err != nil {
			return err
		}
		f.Technique = t.ID
		return a.emit(tx, by, ws, "technique.created", int64(t.ID))
	})
}

// learnsFor gives the own learning goal to which a technique for a goal belongs, 0 for none.
func learnsFor(ctx context.Context, r Reads, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID) (tandem.GoalID, error) {
	if goal == 0 {
		return 0, nil
	}
	ids := []tandem.GoalID{goal}
	links, err := r.FuelsTo(ctx, ws, ws, goal)
	if err != nil {
		return 0, err
	}
	for _, f := range links {
		ids = append(ids, f.Learning)
	}
	for _, id := range ids {
		g, err := r.Goal(ctx, ws, id)
		if tandem.KindOf(err) == tandem.KindNotFound {
			continue
		}
		if err != nil {
			return 0, err
		}
		if h := g.GoalHead(); h.Kind == tandem.KindLearning && h.Owner == by.Person && h.State != tandem.Released {
			return id, nil
		}
	}
	return 0, nil
}

// CountFeedback keeps the level that the giver saw as a noticing of it, with its source, once its words are
// read.
func (a *App) CountFeedback(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.FeedbackID) (v FeedbackView, err error) {
	defer tandem.Wrap(&err, "count feedback")
	return a.onFeedback(ctx, by, ws, id, func(tx Tx, h Writes, f *tandem.Feedback) error {
		if f.Evidence != 0 {
			return nil
		}
		if f.Read == 0 || f.Level == 0 {
			return tandem.Invalid("level", "feedback_no_level", nil)
		}
		g, err := learningGoal(ctx, h, by, ws, f.Goal, policy.Log)
		if err != nil {
			return err
		}
		person, err := h.Person(ctx)
		if err != nil {
			return err
		}
		e := tandem.Evidence{Goal: g.ID, ID: tandem.NewID[tandem.EvidenceID](a.IDs), Level: f.Level, How: f.How, By: by.Person, Day: person.Today(f.Given.Time()), Note: f.Name}
		if f.Giver != 0 {
			e.By = f.Giver
		}
		if err := e.Validate(len(g.Levels), person.Today(a.Now())); err != nil {
			return err
		}
		if err := h.AddEvidence(ctx, ws, e); err != nil {
			return err
		}
		f.Evidence = e.ID
		if err := a.usedConcept(ctx, h, "level"); err != nil {
			return err
		}
		return a.emit(tx, by, ws, "level.noticed", int64(g.ID))
	})
}

// WithdrawFeedback takes a request back while it waits. Nobody is asked again any sooner for it.
func (a *App) WithdrawFeedback(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.FeedbackID) (err error) {
	defer tandem.Wrap(&err, "withdraw feedback")
	return a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		f, err := ownFeedback(ctx, h, by, ws, id, policy.Delete)
		if err != nil {
			return err
		}
		f.State = tandem.FeedbackWithdrawn
		if err := h.AnswerFeedback(ctx, f); err != nil {
			return err
		}
		return a.emit(tx, by, ws, "feedback.withdrawn", int64(id))
	})
}
