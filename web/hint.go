package web

import (
	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

// A goalHintView is the one hint of a goal's page: its sentence, and the page of its one-tap fix.
type goalHintView struct {
	Goal, Code, Text string
	Fix, URL         string
}

// says tells whether the hint says what an open line of the page would say too: then that line is left out.
func (h *goalHintView) says(check string) bool { return h != nil && h.Code == check }

// goalHint gives what the page shows of a hint; nil for none.
func (c *call) goalHint(h app.GoalHint) *goalHintView {
	if h.Code == "" {
		return nil
	}
	id := h.Goal.String()
	v := &goalHintView{Goal: id, Code: h.Code, Text: c.T(h.Key, h.Args), Fix: c.T("coach.fix." + h.Fix)}
	edit := ui.GoalActionURL(id, "edit")
	v.URL = map[string]string{
		"TOO_MANY": ui.GoalsURL(), "TOO_HARD": edit + "#f-stretch", "TOO_EASY": edit + "#f-target", "TOO_SOON": edit + "#f-deadline", "STRETCH_RISK": edit + "#f-stretch",
		"NO_PARTNER": ui.NewLearningURL(id, ""), "TWO_HARD": edit, "NO_ALIGN": edit + "#f-why", "LEARN_LOOP": "#practice",
		"NO_MILESTONE": "#f-step-title",
	}[h.Code]
	return v
}

// postHint puts the hint of a goal away, for that goal and for good.
func postHint(s *Server, c *call) error {
	return c.act("toast.hint_away", func(id tandem.GoalID, ws tandem.WorkspaceID, f *form) (string, error) {
		return "", s.App.QuietHint(c.ctx(), c.Actor, ws, id, f.text("code"))
	})
}

// switchArgs adds what the offer of a result tells, where a learning goal has earned one.
func (c *call) switchArgs(v app.LearningView, args tandem.Args) error {
	e, ok, err := c.s.App.EarnsTarget(c.ctx(), c.Actor, v)
	if ok && args != nil {
		args["earned"] = c.T("concept.switch.known")
		if e.By == app.EarnedByLevel {
			args["earned"] = c.T("concept.switch.seen", tandem.Args{"level": c.levelName(v.Levels, e.Level), "levels": e.Levels, "seen": c.dayShort(e.Day)})
		}
	}
	return err
}

// plateauArgs adds what the offer of a learning goal tells, where the number of a result is flat.
func (c *call) plateauArgs(v app.ResultView, args tandem.Args) error {
	p, ok, err := c.s.App.IsFlat(c.ctx(), c.Actor, v)
	if ok && args != nil {
		args["flat_days"], args["flat_values"], args["number"] = p.Days, p.Count, v.Metric.Name
		args["flat_at"] = c.value(v.Metric, v.Forecast.Now)
	}
	return err
}
