package app

import (
	"context"

	"tandem"
	"tandem/policy"
)

// learningGoal loads a learning goal through the actor's rights and asks whether act is allowed on its
// story. A result under that id is refused by name.
func learningGoal(ctx context.Context, r Reads, by tandem.Actor, ws tandem.WorkspaceID, id tandem.GoalID, act policy.Action) (tandem.LearningGoal, error) {
	g, err := anyGoal(ctx, r, by, ws, id, act, policy.Learning)
	if err != nil {
		return tandem.LearningGoal{}, err
	}
	l, ok := g.(tandem.LearningGoal)
	if !ok {
		return tandem.LearningGoal{}, tandem.Invalid("goal", "needs_learning_goal", tandem.Args{"title": g.GoalHead().Title})
	}
	return l, nil
}

// anyGoal loads a goal of either kind and asks whether act is allowed on kind k of it.
func anyGoal(ctx context.Context, r Reads, by tandem.Actor, ws tandem.WorkspaceID, id tandem.GoalID, act policy.Action, k policy.Kind) (tandem.AnyGoal, error) {
	g, err := r.Goal(ctx, ws, id)
	if err != nil {
		return nil, err
	}
	h := g.GoalHead()
	return g, may(by, act, policy.Resource{Kind: k, Workspace: ws, Owner: h.Owner, Visibility: h.Visibility})
}

// A LevelInput says that a level was noticed.
type LevelInput struct {
	Level   int        `json:"level"`
	How     tandem.How `json:"how"`          // "self" unless said
	Day     tandem.Day `json:"day,omitzero"` // today unless said
	Note    string     `json:"note,omitempty" tandem:"lines"`
	Who     string     `json:"who,omitempty"`     // who noticed it
	Context string     `json:"context,omitempty"` // where, in a word or two
}

// A Standing is where a learning goal stands: the level that was noticed and the one that the person says.
// Front is the evidence that stands in front for the noticed level, Contexts are those in which the skill was
// seen.
type Standing struct {
	Noticed  int                   `json:"noticed"`
	Said     int                   `json:"said"`
	Front    *tandem.Evidence      `json:"front,omitempty"`
	Reached  []tandem.LevelReached `json:"reached"`
	Contexts []string              `json:"contexts"`
	Carried  bool                  `json:"carried"`   // seen in two contexts: it carries over
	NextFits bool                  `json:"next_fits"` // the next level can be offered
}

// Where is where a learning goal stands, with all that says so.
type Where struct {
	Standing
	Evidence []tandem.Evidence `json:"evidence"`
}

// standingOf works out a Standing from evidence and the uses of the goal's techniques.
func standingOf(all []tandem.Evidence, uses []tandem.Use) (s Standing) {
	s.Front, s.Reached, s.Contexts = tandem.FrontEvidence(all), tandem.LevelsReached(all), tandem.Contexts(all, uses)
	s.Noticed, s.Said = tandem.LevelNow(all)
	s.Carried = len(s.Contexts) >= tandem.TransferContexts
	s.NextFits = tandem.NextLevelFits(s.Noticed, all, uses)
	return s
}

// NoticeLevel keeps a noticing of a level. Self-rating may set any level; above level 2 it counts as
// noticed only with a use or a second person. What is reached stays.
func (a *App) NoticeLevel(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID, in LevelInput) (e tandem.Evidence, err error) {
	defer tandem.Wrap(&err, "notice level")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		g, err := learningGoal(ctx, h, by, ws, goal, policy.Log)
		if err != nil {
			return err
		}
		if in.How == "" {
			in.How = tandem.HowSelf
		}
		today, err := a.today(ctx, h)
		if err != nil {
			return err
		}
		e = tandem.Evidence{Goal: goal, ID: tandem.NewID[tandem.EvidenceID](a.IDs), Level: in.Level, How: in.How, By: by.Person, Day: dayOr(in.Day, today), Note: in.Note,
			Who: tandem.CleanTitle(in.Who), Context: tandem.CleanTitle(in.Context)}
		if err := e.Validate(len(g.Levels), today); err != nil {
			return err
		}
		if err := h.AddEvidence(ctx, ws, e); err != nil {
			return err
		}
		if err := a.usedConcept(ctx, h, "level"); err != nil {
			return err
		}
		return a.emit(tx, by, ws, "level.noticed", int64(goal))
	})
	return e, err
}

// TakeBackLevel undoes one noticing.
func (a *App) TakeBackLevel(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.EvidenceID) (err error) {
	defer tandem.Wrap(&err, "take back level")
	return a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if _, err := learningGoal(ctx, h, by, ws, goal, policy.Log); err != nil {
			return err
		}
		return h.DeleteEvidence(ctx, ws, goal, id)
	})
}

// WhereAmI gives the levels that were noticed on a learning goal.
func (a *App) WhereAmI(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID) (w Where, err error) {
	defer tandem.Wrap(&err, "read levels")
	r := a.Store.For(by)
	if _, err = learningGoal(ctx, r, by, ws, goal, policy.Read); err != nil {
		return w, err
	}
	all, err := r.Evidence(ctx, ws, goal)
	if err != nil {
		return w, err
	}
	uses, err := usesUnder(ctx, r, ws, goal)
	return Where{standingOf(all, uses), all}, err
}

// usesUnder gives every use of the techniques of a learning goal, oldest first.
func usesUnder(ctx context.Context, r Reads, ws tandem.WorkspaceID, goal tandem.GoalID) ([]tandem.Use, error) {
	techniques, err := r.Techniques(ctx, ws)
	if err != nil {
		return nil, err
	}
	of := map[tandem.TechniqueID]bool{}
	for _, t := range techniques {
		of[t.ID] = t.Goal == goal
	}
	uses, err := r.Uses(ctx, ws, -1<<30, 1<<30)
	return usesOf(uses, func(u tandem.Use) bool { return of[u.Technique] }), err
}

// NextLevel sets the aim of a learning goal one level above what it aims at or what was noticed. It is no
// closing: the goal stays the same. Where the day to look again has come, this was the look.
func (a *App) NextLevel(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID) (aim int, err error) {
	defer tandem.Wrap(&err, "next level")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		g, err := learningGoal(ctx, h, by, ws, goal, policy.Change)
		if err != nil {
			return err
		}
		all, err := h.Evidence(ctx, ws, goal)
		if err != nil {
			return err
		}
		noticed, _ := tandem.LevelNow(all)
		g.Aim = max(g.Aim, noticed) + 1
		if err := g.Validate(); err != nil {
			return err
		}
		aim = g.Aim
		if err := h.SetAim(ctx, ws, goal, aim); err != nil {
			return err
		}
		today, err := a.today(ctx, h)
		if err != nil || g.ReviewDay == tandem.NoDay || g.ReviewDay > today {
			return err
		}
		return h.SetReviewDay(ctx, ws, goal, today+untilNextLook(g, today))
	})
	return aim, err
}

// reviewSteps are the days between two looks at a learning goal: 14 at first, then 28, then 35.
var reviewSteps = []tandem.Day{14, 28, 35}

// A LookInput is what a look at a learning goal found.
type LookInput struct {
	Known bool `json:"known,omitempty"` // the owner knows what works by now: said twice in a row, a goal without a target has earned one
}

// LookAgain notes that the owner looked at a learning goal and gives the next day to look.
func (a *App) LookAgain(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID, in LookInput) (next tandem.Day, err error) {
	defer tandem.Wrap(&err, "look again")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		g, err := learningGoal(ctx, h, by, ws, goal, policy.Log)
		if err != nil {
			return err
		}
		today, err := a.today(ctx, h)
		if err != nil {
			return err
		}
		next = today + untilNextLook(g, today)
		if known := knownLooks(g, today, in); known != g.Known {
			if err := h.SetKnown(ctx, ws, goal, known); err != nil {
				return err
			}
		}
		return h.SetReviewDay(ctx, ws, goal, next)
	})
	return next, err
}

// knownLooks gives at how many looks in a row it was said that it is known what works, with this one. What is
// said before the day to look again counts with the look before it, so that two are days apart.
func knownLooks(g tandem.LearningGoal, today tandem.Day, in LookInput) int {
	switch {
	case !in.Known:
		return 0
	case today < g.ReviewDay:
		return max(g.Known, 1)
	}
	return g.Known + 1
}

// untilNextLook gives how many days after today a learning goal is looked at again.
func untilNextLook(g tandem.LearningGoal, today tandem.Day) tandem.Day {
	for _, s := range reviewSteps {
		if today-g.CreatedDay < 2*s {
			return s
		}
	}
	return reviewSteps[len(reviewSteps)-1]
}

// A SlotInput names, uses or rates one place of a collection.
type SlotInput struct {
	ID     tandem.SlotID `json:"id,omitzero"` // none: a new place is filled
	Name   string        `json:"name"`
	Used   bool          `json:"used,omitempty"`
	Rating int           `json:"rating,omitempty"`
}

// PutSlot names a place of a collection, or says that it was used and how it was.
func (a *App) PutSlot(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID, in SlotInput) (s tandem.Slot, err error) {
	defer tandem.Wrap(&err, "fill slot")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if _, err := learningGoal(ctx, h, by, ws, goal, policy.Log); err != nil {
			return err
		}
		all, err := h.Slots(ctx, ws, goal)
		if err != nil {
			return err
		}
		s = tandem.Slot{Goal: goal, ID: in.ID, N: len(all) + 1, UsedDay: tandem.NoDay}
		for _, old := range all {
			if old.ID == in.ID {
				s = old
			}
		}
		if in.ID == 0 {
			s.ID = tandem.NewID[tandem.SlotID](a.IDs)
		} else if s.N > len(all) {
			return tandem.NotFound("slot")
		}
		s.Name, s.Rating = in.Name, in.Rating
		if in.Used && s.UsedDay == tandem.NoDay {
			if s.UsedDay, err = a.today(ctx, h); err != nil {
				return err
			}
		}
		if err := s.Validate(); err != nil {
			return err
		}
		if err := h.PutSlot(ctx, ws, s); err != nil {
			return err
		}
		return a.usedConcept(ctx, h, "collection")
	})
	return s, err
}

// A FactorInput names something as in the owner's hands or not, or says what became of it.
type FactorInput struct {
	ID      tandem.FactorID `json:"id,omitzero"`
	InHands bool            `json:"in_hands"`
	Text    string          `json:"text"`
	Closing string          `json:"closing,omitempty" tandem:"lines"`
}

// PutFactor adds a factor to a goal, or changes one.
func (a *App) PutFactor(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID, in FactorInput) (f tandem.Factor, err error) {
	defer tandem.Wrap(&err, "name factor")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if _, err := anyGoal(ctx, h, by, ws, goal, policy.Change, policy.Goal); err != nil {
			return err
		}
		f = tandem.Factor{Goal: goal, ID: in.ID, InHands: in.InHands, Text: in.Text, Closing: in.Closing}
		if f.ID == 0 {
			f.ID = tandem.NewID[tandem.FactorID](a.IDs)
		}
		if err := f.Validate(); err != nil {
			return err
		}
		return h.PutFactor(ctx, ws, f)
	})
	return f, err
}

// DeleteFactor removes a factor from a goal.
func (a *App) DeleteFactor(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.FactorID) (err error) {
	defer tandem.Wrap(&err, "remove factor")
	return a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if _, err := anyGoal(ctx, h, by, ws, goal, policy.Change, policy.Goal); err != nil {
			return err
		}
		return h.DeleteFactor(ctx, ws, goal, id)
	})
}

func dayOr(d, fallback tandem.Day) tandem.Day {
	if d == tandem.NoDay || d == 0 {
		return fallback
	}
	return d
}
