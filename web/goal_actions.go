package web

import (
	"strings"

	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

func joinLines(s []string) string { return strings.Join(s, "\n") }

func splitLines(s string) (out []string) {
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// act reads the goal of the path and the posted form, calls what it does and leads back to the goal. What
// is refused comes back as a page that says why; what was done already leads back without a word.
func (c *call) act(done string, do func(id tandem.GoalID, ws tandem.WorkspaceID, f *form) (undo string, err error)) error {
	id, ws, err := c.goal()
	if err != nil {
		return err
	}
	f, err := c.form()
	if err != nil {
		return err
	}
	back := c.backOr(ui.GoalURL(id.String()))
	undo, err := do(id, ws, f)
	if isDone(err) {
		return c.redirect(back, nil)
	}
	if err == nil {
		err = f.errs.Err()
	}
	if err != nil {
		return err
	}
	return c.redirect(back, &toast{Key: done, Undo: undo})
}

func postPractice(s *Server, c *call) error {
	return c.act("toast.practice", func(id tandem.GoalID, ws tandem.WorkspaceID, f *form) (string, error) {
		in := app.PracticeInput{Key: f.values.Get("key"), Day: f.day("day"), Reflection: f.text("reflection"), Activity: f.text("activity")}
		if m := f.text("minutes"); m != "" {
			minutes, err := c.Lang.Numbers().ParseMinutes(m)
			if err != nil {
				f.problem("minutes", err)
				return "", nil
			}
			in.Minutes = minutes
		}
		if joy, ok := f.number("enjoyment"); ok {
			in.Enjoyment = int(joy)
		}
		if !f.ok() {
			return "", nil
		}
		p, err := s.App.LogPractice(c.ctx(), c.Actor, ws, id, in)
		return ui.GoalActionURL(id.String(), "practice") + "/" + p.ID.String() + "/delete", err
	})
}

func postDeletePractice(s *Server, c *call) error {
	return c.act("toast.undone", func(id tandem.GoalID, ws tandem.WorkspaceID, f *form) (string, error) {
		p, err := pathID[tandem.PracticeID](c, "practice")
		if err != nil {
			return "", err
		}
		return "", s.App.DeletePractice(c.ctx(), c.Actor, ws, id, p)
	})
}

// postLesson keeps the one sentence about a practice, or a lesson by itself.
func postLesson(s *Server, c *call) error {
	return c.act("toast.lesson", func(id tandem.GoalID, ws tandem.WorkspaceID, f *form) (string, error) {
		if p, err := tandem.ParseID[tandem.PracticeID](f.text("practice")); err == nil {
			_, err := s.App.Reflect(c.ctx(), c.Actor, ws, id, p, app.ReflectionInput{Reflection: f.text("text")})
			return "", err
		}
		_, err := s.App.AddLesson(c.ctx(), c.Actor, ws, id, app.LessonInput{Text: f.text("text"), From: f.text("from")})
		return "", err
	})
}

func postLevel(s *Server, c *call) error {
	return c.act("toast.level", func(id tandem.GoalID, ws tandem.WorkspaceID, f *form) (string, error) {
		n, _ := f.number("level")
		e, err := s.App.NoticeLevel(c.ctx(), c.Actor, ws, id, app.LevelInput{Level: int(n), How: tandem.How(f.text("how")), Day: f.day("day"), Note: f.text("note"), Who: f.text("who"), Context: f.text("context")})
		return ui.GoalActionURL(id.String(), "levels") + "/" + e.ID.String() + "/delete", err
	})
}

func postDeleteLevel(s *Server, c *call) error {
	return c.act("toast.undone", func(id tandem.GoalID, ws tandem.WorkspaceID, f *form) (string, error) {
		e, err := pathID[tandem.EvidenceID](c, "evidence")
		if err != nil {
			return "", err
		}
		return "", s.App.TakeBackLevel(c.ctx(), c.Actor, ws, id, e)
	})
}

func postSlot(s *Server, c *call) error {
	return c.act("toast.saved", func(id tandem.GoalID, ws tandem.WorkspaceID, f *form) (string, error) {
		in := app.SlotInput{Name: f.text("name"), Used: f.on("used")}
		if slot, err := tandem.ParseID[tandem.SlotID](f.text("slot")); err == nil {
			in.ID = slot
		}
		if rating, ok := f.number("rating"); ok {
			in.Rating = int(rating)
		}
		if !f.ok() {
			return "", nil
		}
		_, err := s.App.PutSlot(c.ctx(), c.Actor, ws, id, in)
		return "", err
	})
}

func postStep(s *Server, c *call) error {
	return c.act("toast.saved", func(id tandem.GoalID, ws tandem.WorkspaceID, f *form) (string, error) {
		if do := f.text("do"); do == "done" || do == "still" {
			step, err := tandem.ParseID[tandem.MilestoneID](f.text("step"))
			if err != nil {
				return "", err
			}
			_, err = s.App.FinishMilestone(c.ctx(), c.Actor, ws, id, step, app.DoneInput{Lesson: f.text("lesson"), Still: do == "still"})
			return "", err
		}
		return "", c.putStep(s, id, ws, f)
	})
}

func postFactor(s *Server, c *call) error {
	return c.act("toast.saved", func(id tandem.GoalID, ws tandem.WorkspaceID, f *form) (string, error) {
		_, err := s.App.PutFactor(c.ctx(), c.Actor, ws, id, app.FactorInput{InHands: f.text("hands") == "yes", Text: f.text("text")})
		return "", err
	})
}

func postMove(s *Server, c *call) error {
	return c.act("toast.saved", func(id tandem.GoalID, ws tandem.WorkspaceID, f *form) (string, error) {
		_, err := s.App.MoveGoal(c.ctx(), c.Actor, ws, id, tandem.Move(f.text("move")), 0)
		return "", err
	})
}

// postLook notes that the owner looked again: the aim stays, goes one level up, or the goal
// pauses or rests.
func postLook(s *Server, c *call) error {
	return c.act("toast.looked", func(id tandem.GoalID, ws tandem.WorkspaceID, f *form) (string, error) {
		look := app.LookInput{Known: f.text("known") == "yes"}
		if _, err := s.App.LookAgain(c.ctx(), c.Actor, ws, id, look); err != nil {
			return "", err
		}
		switch do := f.text("do"); do {
		case "pause", "rest":
			_, err := s.App.MoveGoal(c.ctx(), c.Actor, ws, id, tandem.Move(do), 0)
			return "", err
		case "next":
			_, err := s.App.NextLevel(c.ctx(), c.Actor, ws, id)
			return "", err
		}
		return "", nil
	})
}

// postConcept keeps the answer to what a page offered.
func postConcept(s *Server, c *call) error {
	if _, err := c.form(); err != nil {
		return err
	}
	name, try := c.R.PathValue("name"), c.R.PathValue("answer") == "try"
	if err := s.App.AnswerConcept(c.ctx(), c.Actor, name, try); err != nil {
		return err
	}
	if name == "weekly_mail" && try {
		return c.mailOnFriday()
	}
	return c.redirect(c.backOr(ui.TodayURL()), nil)
}
