package web

import (
	"math"
	"slices"
	"strings"

	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

// mostDone is how many activities that are done stand on a goal's page.
const mostDone = 5

// hasPlan tells whether planned learning stands on the page of a learning goal: not on its first day.
func (c *call) hasPlan(v app.LearningView) bool {
	return len(v.Activities) > 0 || v.Own && v.State != tandem.Released && v.Today > v.CreatedDay
}

// planned gives the open activities and the newest of those that are done.
func (c *call) planned(v app.LearningView) []tandem.Activity {
	open := slices.IndexFunc(v.Activities, func(a tandem.Activity) bool { return a.Done != tandem.NoDay })
	if open < 0 {
		return v.Activities
	}
	return v.Activities[:min(len(v.Activities), open+mostDone)]
}

// activityWords says what an activity is, when, with whom, and how it was.
func (c *call) activityWords(a tandem.Activity) string {
	words := []string{c.T("type." + string(a.Type)), c.T("tag." + string(a.Tag))}
	if a.With != "" {
		words = append(words, c.T("plan.with_whom", tandem.Args{"who": a.With}))
	}
	switch {
	case a.Done != tandem.NoDay:
		words = append(words, c.T("plan.done_on", tandem.Args{"date": c.dayShort(a.Done)}))
	case a.Day != tandem.NoDay:
		words = append(words, c.dayShort(a.Day))
	}
	if a.Enjoyment > 0 {
		words = append(words, c.joy(a.Enjoyment))
	}
	if a.Ends != tandem.NoDay {
		words = append(words, c.T("plan.holds_until", tandem.Args{"date": c.dayShort(a.Ends)}))
	}
	return strings.Join(words, " · ")
}

// joy gives the words of how something was.
func (c *call) joy(n int) string { return c.joyOptions()[n].Label }

// fewestParts is how often something was done before its shares say anything.
const fewestParts = 4

// partsWords says how the parts of learning are shared out, and which are missing; "" while that is little.
func (c *call) partsWords(n [4]int) string {
	all := 0
	for _, x := range n {
		all += x
	}
	if all < fewestParts {
		return ""
	}
	var did, not []string
	for i, t := range tandem.Tags() {
		word := c.T("tag." + string(t))
		if n[i] == 0 {
			not = append(not, word)
		} else {
			did = append(did, c.T("plan.part", tandem.Args{"part": word, "share": c.Lang.Percent(int(math.Round(100 * float64(n[i]) / float64(all))))}))
		}
	}
	words := c.T("plan.parts", tandem.Args{"n": all, "parts": strings.Join(did, ", ")})
	if len(not) > 0 {
		words += " " + c.T("plan.missing", tandem.Args{"parts": strings.Join(not, ", ")})
	}
	return words
}

func (c *call) typeOptions() []ui.Option {
	out := []ui.Option{{Label: c.T("plan.type_by_name"), On: true}}
	for _, t := range tandem.ActivityTypes() {
		out = append(out, ui.Option{Value: string(t), Label: c.T("type." + string(t))})
	}
	return out
}

// tagOptions gives the parts of learning after a first choice that says none.
func (c *call) tagOptions(none string) []ui.Option {
	out := []ui.Option{{Label: c.T(none), On: true}}
	for _, t := range tandem.Tags() {
		out = append(out, ui.Option{Value: string(t), Label: c.T("tag." + string(t))})
	}
	return out
}

// postActivity plans an activity; a line from the page for something new is its name.
func postActivity(s *Server, c *call) error {
	return c.act("toast.planned", func(id tandem.GoalID, ws tandem.WorkspaceID, f *form) (string, error) {
		in := app.ActivityInput{Key: f.values.Get("key"), Title: f.text("title"), Type: tandem.ActivityType(f.text("type")), Tag: tandem.Tag(f.text("tag")),
			With: f.text("with"), Day: f.day("day"), Ends: f.day("ends")}
		if in.Title == "" {
			in.Title = f.text("line")
		}
		if !f.ok() {
			return "", nil
		}
		a, err := s.App.PutActivity(c.ctx(), c.Actor, ws, id, in)
		return ui.ActivityURL(id.String(), a.ID.String(), "delete"), err
	})
}

// onActivity does something to the activity of the path.
func (c *call) onActivity(done string, do func(ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.ActivityID, f *form) (undo string, err error)) error {
	return c.act(done, func(goal tandem.GoalID, ws tandem.WorkspaceID, f *form) (string, error) {
		id, err := pathID[tandem.ActivityID](c, "activity")
		if err != nil {
			return "", err
		}
		return do(ws, goal, id, f)
	})
}

func postActivityDone(s *Server, c *call) error {
	return c.onActivity("toast.activity_done", func(ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.ActivityID, f *form) (string, error) {
		in := app.ActivityDone{Lesson: f.text("lesson")}
		if joy, ok := f.number("enjoyment"); ok {
			in.Enjoyment = int(joy)
		}
		if !f.ok() {
			return "", nil
		}
		_, err := s.App.FinishActivity(c.ctx(), c.Actor, ws, goal, id, in)
		return ui.ActivityURL(goal.String(), id.String(), "reopen"), err
	})
}

func postActivityReopen(s *Server, c *call) error {
	return c.onActivity("toast.undone", func(ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.ActivityID, f *form) (string, error) {
		_, err := s.App.FinishActivity(c.ctx(), c.Actor, ws, goal, id, app.ActivityDone{Undo: true})
		return "", err
	})
}

func postActivityDelete(s *Server, c *call) error {
	return c.onActivity("toast.removed", func(ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.ActivityID, f *form) (string, error) {
		return "", s.App.DeleteActivity(c.ctx(), c.Actor, ws, goal, id)
	})
}
