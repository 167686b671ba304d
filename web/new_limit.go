package web

import (
	"tandem"
	"tandem/web/ui"
)

// A limitView is a micro-goal of at most so many as it would be made: "2", "a week".
type limitView struct{ Title, Times, Period string }

// keepLimit keeps the line of the form as the micro-goal that it is. A line that is no limit any more, because it was
// changed meanwhile, is shown again.
func (c *call) keepLimit(s *Server, f *form) error {
	in := c.draftInput(f)
	d, err := s.App.DraftGoal(c.ctx(), c.Actor, c.Space, in)
	if err != nil {
		if err := f.take(renamed(err, "text", "line")); err != nil {
			return err
		}
		return c.newGoal(f)
	}
	if d.Practice == nil {
		return c.newGoal(f)
	}
	m, err := s.App.CreateMicroGoal(c.ctx(), c.Actor, c.Space, *d.Practice)
	if err := f.take(limitErrors(err)); err != nil {
		return err
	}
	if !f.ok() {
		return c.newGoal(f)
	}
	return c.redirect(ui.MicroGoalPageURL(m.ID.String()), &toast{Key: "toast.practice_created"})
}

// limitErrors names the fields of a micro-goal as the line that they came from.
func limitErrors(err error) error {
	for _, e := range tandem.All(err) {
		if e.Field != "" {
			e.Field = "line"
		}
	}
	return err
}
