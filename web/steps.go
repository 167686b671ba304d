package web

import (
	"strconv"
	"strings"

	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

// A stepsView is what the panel of a goal's steps shows.
type stepsView struct {
	Items      []stepView
	Split      []ui.Option // into how many steps the way can be split with one tap; none where it cannot
	SplitWords string      // what that would come to
}

// A stepView is one step: Words say where it lies, Taught what it taught.
type stepView struct {
	tandem.Milestone
	Words, Taught, Value, Due string
}

func (c *call) stepView(m tandem.Milestone, lessons []tandem.Lesson, more ...string) stepView {
	s := stepView{Milestone: m, Taught: lessonOf(lessons, m.Lesson)}
	switch {
	case m.Done != tandem.NoDay:
		more = append(more, c.dayShort(m.Done))
	case m.Due != tandem.NoDay:
		more = append(more, c.T("goal.by", tandem.Args{"date": c.dayShort(m.Due)}))
		s.Due = m.Due.String()
	case m.Value != nil:
		more = append(more, c.T("steps.no_day"))
	}
	if m.Value != nil {
		s.Value = c.Lang.Numbers().Input(*m.Value)
	}
	s.Words = strings.Join(more, " · ")
	return s
}

func (c *call) learningSteps(v app.LearningView) (out stepsView) {
	for _, m := range v.Milestones {
		out.Items = append(out.Items, c.stepView(m, v.Lessons))
	}
	return out
}

// resultSteps gives the steps of a result, each with the share of the way at which it lies, and the one tap that
// splits the way where no step with a value is open.
func (c *call) resultSteps(v app.ResultView) (out stepsView) {
	open := false
	stands := v.Stands()
	for _, m := range v.Milestones {
		var words []string
		if m.Value != nil {
			if share, ok := v.StepShare(*m.Value); ok {
				words = append(words, c.T("steps.share", tandem.Args{"share": c.num(share*100, 0)}))
			}
			if there := stands != nil && (*stands-*m.Value)*up(v.Metric) >= 0; there && m.Done == tandem.NoDay {
				words = append(words, c.T("steps.there"))
			}
		}
		open = open || app.OpenStep(m)
		out.Items = append(out.Items, c.stepView(m, v.Lessons, words...))
	}
	if !v.Own || open || !v.CanSplit() {
		return out
	}
	for _, n := range []int{2, 3, 5} {
		values, err := v.StepValues(n)
		if err != nil || len(values) != n {
			continue
		}
		if n == 3 {
			out.SplitWords = c.T("steps.first", tandem.Args{"value": c.exact(v.Metric, values[0]), "next": c.exact(v.Metric, values[1])})
		}
		out.Split = append(out.Split, ui.Option{Value: strconv.Itoa(n), Label: c.T("steps.in_n", tandem.Args{"n": n})})
	}
	return out
}

// up is 1 where a number is to rise, -1 where it is to fall.
func up(m tandem.Metric) float64 {
	if m.Direction == tandem.Down {
		return -1
	}
	return 1
}

// putStep adds a step, changes or removes one, or splits the way into even ones. A second press of the split finds
// the steps there and does nothing.
func (c *call) putStep(s *Server, id tandem.GoalID, ws tandem.WorkspaceID, f *form) error {
	do := f.text("do")
	if do == "split" {
		n, _ := strconv.Atoi(f.text("n"))
		_, err := s.App.SplitGoal(c.ctx(), c.Actor, ws, id, app.SplitInput{Steps: n})
		if es := tandem.All(err); len(es) == 1 && es[0].Code == "steps_there" {
			return nil
		}
		return err
	}
	in := app.MilestoneInput{Title: f.text("title"), Value: f.optional("value"), Due: f.day("due")}
	if do == "change" || do == "remove" {
		step, err := tandem.ParseID[tandem.MilestoneID](f.text("step"))
		if err != nil {
			return err
		}
		if do == "remove" {
			return s.App.DeleteMilestone(c.ctx(), c.Actor, ws, id, step)
		}
		in.ID = step
	}
	if !f.ok() {
		return nil
	}
	_, err := s.App.PutMilestone(c.ctx(), c.Actor, ws, id, in)
	return err
}
