package web

import (
	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

// A gapView is what a result lacks, with what could be learned for it.
type gapView struct {
	Title, Text string
	Items       []gapItem
}

type gapItem struct{ Title, Why, Learning, Template string }

// gap gives the panel of a result that is at risk or stands still; nil for none, or where the day's offer says the
// same.
func (c *call) gap(v app.ResultView, offer *offerView) (*gapView, error) {
	if offer != nil && offer.Key == "plateau" {
		return nil, nil
	}
	g, err := c.s.App.GapOf(c.ctx(), c.Actor, v)
	if err != nil || g.Kind == app.GapNone {
		return nil, err
	}
	args := tandem.Args{"title": v.Goal.Title}
	if g.Plateau != nil {
		args["days"], args["n"], args["value"] = g.Plateau.Days, g.Plateau.Count, c.value(v.Metric, v.Forecast.Now)
	}
	return c.gapView("gap."+string(g.Kind), args, g.Suggested), nil
}

func (c *call) gapView(key string, args tandem.Args, all []app.Suggestion) *gapView {
	x := &gapView{Title: c.T(key+".title", args), Text: c.T(key+".text", args)}
	if len(all) == 0 {
		x.Text = c.T(key+".none", args)
	}
	for _, s := range all {
		i := gapItem{Title: s.Title, Why: c.T("suggest.reason."+s.Reason, s.Args), Template: s.Template}
		if s.From == "skill" {
			i.Learning = s.Goal.String()
		}
		x.Items = append(x.Items, i)
	}
	return x
}

// postTakeLearning makes or links the learning goal that was taken, and leads to it.
func postTakeLearning(s *Server, c *call) error {
	id, ws, err := c.goal()
	if err != nil {
		return err
	}
	f, err := c.form()
	if err != nil {
		return err
	}
	in := app.TakeInput{Key: f.values.Get("key"), Title: f.text("title"), Template: f.text("template")}
	if t := f.text("learning"); t != "" {
		if in.Learning, err = tandem.ParseID[tandem.GoalID](t); err != nil {
			return err
		}
	}
	l, err := s.App.TakeLearning(c.ctx(), c.Actor, ws, id, in)
	if isDone(err) {
		return c.redirect(ui.GoalURL(id.String()), nil)
	}
	if err != nil {
		return err
	}
	return c.redirect(ui.GoalURL(l.ID.String()), &toast{Key: "toast.takes_learning"})
}
