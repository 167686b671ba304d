package web

import (
	"net/url"
	"strings"

	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

// goalsAPage is how many goals a page of the list holds.
const goalsAPage = 25

type goalsView struct {
	Lines   []tandem.GoalLine
	Filters []ui.Option
	Pager   ui.PagerView
	Held    bool // there are results to look back on
}

func getGoals(s *Server, c *call) error {
	q := c.R.URL.Query()
	p, err := s.App.ListGoals(c.ctx(), c.Actor, c.Space, app.GoalQuery{Open: q.Get("show") != "ended", State: endedState(q.Get("show")), Cursor: q.Get("from"), Limit: goalsAPage})
	if err != nil {
		return err
	}
	v := goalsView{Lines: p.Items, Pager: ui.PagerView{Label: c.T("goals.pages"), Next: c.T("goals.next"), Prev: c.T("goals.first")}}
	v.Held = q.Get("show") == "ended" && len(p.Items) > 0
	if p.Next != "" {
		v.Pager.NextURL = ui.GoalsPageURL(p.Next)
		if show := q.Get("show"); show != "" {
			v.Pager.NextURL += "&show=" + url.QueryEscape(show)
		}
	}
	if q.Get("from") != "" {
		v.Pager.PrevURL = ui.GoalsURL()
	}
	for _, show := range []string{"", "ended"} {
		o := ui.Option{Value: ui.GoalsURL(), Label: c.T("goals.open"), On: q.Get("show") == show}
		if show != "" {
			o.Value, o.Label = ui.GoalsURL()+"?show="+show, c.T("goals."+show)
		}
		v.Filters = append(v.Filters, o)
	}
	return c.page(pageView{Title: c.T("goals.title"), Current: "goals", Spaces: true}, goalsPage(c, v))
}

func endedState(show string) tandem.GoalState {
	if show == "ended" {
		return tandem.Closed
	}
	return ""
}

// snapshotChance says the chance that lists keep of a result.
func (c *call) snapshotChance(s *tandem.Snapshot) (words, percent string) {
	switch s.Status {
	case "reached":
		return c.T("goals.number_there"), "" // whether it is called reached is for the closing to say
	case "open":
		return c.chanceWords(s.Chance, s.Values)
	}
	return "", ""
}

// lineWords is the line under a goal's title in lists.
func (c *call) lineWords(l tandem.GoalLine) string {
	var parts []string
	if l.Result == nil {
		if l.Learning.ReviewDay != tandem.NoDay && l.Learning.State == tandem.Active {
			parts = append(parts, c.T("goals.look_again", tandem.Args{"date": c.dayShort(l.Learning.ReviewDay)}))
		} else {
			parts = append(parts, c.T("learning.no_end"))
		}
	} else {
		g, m := *l.Result, *l.Number
		if s := l.Snapshot; s != nil && s.Values > 0 {
			key := "goals.stands"
			if m.Form == tandem.FormTotal {
				key = "goals.so_far"
			}
			parts = append(parts, c.T(key, tandem.Args{"value": c.along(g, m, s.Now), "target": c.target(g, m)}))
		} else {
			parts = append(parts, c.T("goals.target", tandem.Args{"target": c.target(g, m)}))
		}
		parts = append(parts, c.T("goal.by", tandem.Args{"date": c.dayShort(g.Deadline)}))
	}
	if st := l.Head().State; st != tandem.Active {
		parts = append(parts, c.T("state."+string(st)))
	}
	return strings.Join(parts, ", ")
}
