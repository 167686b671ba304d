package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

// valueID names a value on pages: its number's id and its instant.
func valueID(m tandem.MetricID, at tandem.Instant) string {
	return m.String() + "." + strconv.FormatInt(int64(at), 36)
}

// value reads the id of a value from the path, with the workspace of its number.
func (c *call) valueIn() (m tandem.Metric, at tandem.Instant, err error) {
	number, instant, ok := strings.Cut(c.R.PathValue("id"), ".")
	n, bad := strconv.ParseInt(instant, 36, 64)
	if !ok || bad != nil {
		return m, 0, tandem.NotFound("observation")
	}
	id, err := tandem.ParseID[tandem.MetricID](number)
	if err != nil {
		return m, 0, err
	}
	if m, err = c.metricIn(id); err != nil {
		return m, 0, err
	}
	m, err = c.s.App.MetricToLog(c.ctx(), c.Actor, m.Workspace, m.ID)
	return m, tandem.Instant(n), err
}

// metricIn finds a number among the reader's workspaces.
func (c *call) metricIn(id tandem.MetricID) (m tandem.Metric, err error) {
	for _, ws := range c.spaces() {
		if m, err = c.s.App.GetMetric(c.ctx(), c.Actor, ws, id); tandem.KindOf(err) != tandem.KindNotFound || err == nil {
			return m, err
		}
	}
	return m, err
}

// valuesAPage is how many values a page of a number shows.
const valuesAPage = 100

func getNumber(s *Server, c *call) error {
	id, err := pathID[tandem.MetricID](c, "id")
	if err != nil {
		return err
	}
	m, err := c.metricIn(id)
	if err != nil {
		return err
	}
	if m.IsRatio() {
		return getRatio(s, c, m)
	}
	ratios, err := s.App.RatiosOf(c.ctx(), c.Actor, m)
	if err != nil {
		return err
	}
	page, err := s.App.ListObservations(c.ctx(), c.Actor, m.Workspace, id, c.R.URL.Query().Get("from"), valuesAPage)
	if err != nil {
		return err
	}
	curl := fmt.Sprintf("curl -X POST %s/api/v1/metrics/%s/observations \\\n  -H 'Authorization: Bearer TOKEN' \\\n  -H 'Content-Type: application/json' \\\n  -d '{\"value\": 1}'", c.origin(), id)
	return c.page(pageView{Title: m.Name, Current: "goals"}, numberPage(c, m, m.Owner == c.Person.ID, page, ratios, curl))
}

// origin gives the address under which the reader sees the house.
func (c *call) origin() string {
	if c.s.BaseURL != "" {
		return c.s.BaseURL
	}
	scheme := "http://"
	if c.secure() {
		scheme = "https://"
	}
	return scheme + c.R.Host
}

func (c *call) valuePager(m tandem.Metric, page app.ObservationPage) ui.PagerView {
	v := ui.PagerView{Label: c.T("goals.pages"), Next: c.T("number.older"), Prev: c.T("number.newest")}
	if page.Next != "" {
		v.NextURL = ui.NumberURL(m.ID.String()) + "?from=" + page.Next
	}
	if c.R.URL.Query().Get("from") != "" {
		v.PrevURL = ui.NumberURL(m.ID.String())
	}
	return v
}

func (c *call) inputValue(o tandem.Observation) string {
	if o.State != tandem.StateValue {
		return ""
	}
	return c.Lang.Numbers().Input(o.Value)
}

// historyWords says one change of a value: what it was, what it became, when.
func (c *call) historyWords(m tandem.Metric, e tandem.HistoryEntry) string {
	say := func(text string) string {
		var o tandem.Observation
		if text == "" || json.Unmarshal([]byte(text), &o) != nil {
			return c.T("number.gone")
		}
		return c.observationWords(m, o) + ", " + c.dayShort(o.Day)
	}
	when := c.Lang.DateShortYear(c.Person.Today(e.At.Time()))
	return c.T("number.changed", tandem.Args{"when": when, "before": say(e.Before), "after": say(e.After)})
}

func getValue(s *Server, c *call) error {
	m, at, err := c.valueIn()
	if err != nil {
		return err
	}
	return c.showValue(s, m, at, c.fresh(), false)
}

func (c *call) showValue(s *Server, m tandem.Metric, at tandem.Instant, f *form, refused bool) error {
	o, err := s.App.GetObservation(c.ctx(), c.Actor, m.Workspace, m.ID, at)
	if err != nil {
		return err
	}
	past, err := s.App.ObservationHistory(c.ctx(), c.Actor, m.Workspace, m.ID, at)
	if err != nil {
		return err
	}
	reason, err := s.App.NeedsReason(c.ctx(), c.Actor, m.Workspace, o)
	if err != nil {
		return err
	}
	reason = reason || f.error("reason") != "" // the day it moves to asks for it
	p := pageView{Title: m.Name, Current: "goals"}
	if refused {
		return c.refused(p, valuePage(c, f, m, o, past, reason))
	}
	return c.page(p, valuePage(c, f, m, o, past, reason))
}

func postValue(s *Server, c *call) error {
	m, at, err := c.valueIn()
	if err != nil {
		return err
	}
	f, err := c.form()
	if err != nil {
		return err
	}
	note := f.text("note")
	in := app.ObservationChange{Value: f.optional("value"), Note: &note, Tag: f.values.Get("tag"), Reason: f.text("reason")}
	if d := f.day("day"); d != tandem.NoDay {
		in.Day = &d
	}
	if in.Value != nil {
		st := tandem.StateValue
		in.State = &st
	}
	if f.ok() {
		_, err = s.App.EditObservation(c.ctx(), c.Actor, m.Workspace, m.ID, at, in)
		if err := f.take(err); err != nil {
			return err
		}
	}
	if !f.ok() {
		return c.showValue(s, m, at, f, true)
	}
	if err := c.renew(s, m); err != nil {
		return err
	}
	return c.redirect(ui.NumberURL(m.ID.String()), &toast{Key: "toast.saved", Undo: ui.ValueURL(valueID(m.ID, at), "undo")})
}

func postDeleteValue(s *Server, c *call) error {
	m, at, err := c.valueIn()
	if err != nil {
		return err
	}
	if err := s.App.DeleteObservation(c.ctx(), c.Actor, m.Workspace, m.ID, at); err != nil {
		return err
	}
	if err := c.renew(s, m); err != nil {
		return err
	}
	return c.redirect(c.backOr(ui.NumberURL(m.ID.String())), &toast{Key: "toast.removed", Undo: ui.ValueURL(valueID(m.ID, at), "undo")})
}

func postUndoValue(s *Server, c *call) error {
	m, at, err := c.valueIn()
	if err != nil {
		return err
	}
	if _, err := s.App.UndoObservation(c.ctx(), c.Actor, m.Workspace, m.ID, at); err != nil {
		return err
	}
	if err := c.renew(s, m); err != nil {
		return err
	}
	return c.redirect(c.backOr(ui.NumberURL(m.ID.String())), &toast{Key: "toast.undone"})
}

// renew renews what pages keep of the reader's results that a number decides.
func (c *call) renew(s *Server, m tandem.Metric) error {
	_, err := s.App.RefreshStale(c.ctx(), c.Actor, m.Workspace, 5)
	return err
}

// A techniqueView is a technique with its uses, newest first.
type techniqueView struct {
	Technique tandem.Technique
	Uses      []tandem.Use
	Used      int // times in all
	Choices   []app.PilotChoice
	Pilots    []techniquePilot
	Pilot     bool // the concept has been met, or there is a pilot already
	Open      bool // a pilot is not over yet
	Offer     *offerView
	Trial     app.TrialView
	Ask       bool // two are tried already: which one waits?
}

// technique finds a technique among the reader's workspaces.
func (c *call) technique() (t tandem.Technique, err error) {
	id, err := pathID[tandem.TechniqueID](c, "id")
	if err != nil {
		return t, err
	}
	for _, ws := range c.spaces() {
		if t, err = c.s.App.GetTechnique(c.ctx(), c.Actor, ws, id); err == nil || tandem.KindOf(err) != tandem.KindNotFound {
			return t, err
		}
	}
	return t, err
}

func getTechnique(_ *Server, c *call) error {
	t, err := c.technique()
	if err != nil {
		return err
	}
	v, err := c.techniqueView(t)
	if err != nil {
		return err
	}
	return c.page(pageView{Title: t.Name, Current: "goals"}, techniquePage(c, v))
}

func (c *call) techniqueView(t tandem.Technique) (v techniqueView, err error) {
	uses, err := c.s.App.ListUses(c.ctx(), c.Actor, t.Workspace, c.Today-3650, c.Today)
	if err != nil {
		return v, err
	}
	v = techniqueView{Technique: t}
	for i := len(uses) - 1; i >= 0; i-- {
		if uses[i].Technique == t.ID {
			if v.Used++; v.Used <= 50 {
				v.Uses = append(v.Uses, uses[i])
			}
		}
	}
	if v.Trial, err = c.s.App.GetTrial(c.ctx(), c.Actor, t.Workspace, t.ID); err != nil {
		return v, err
	}
	v.Ask = t.State == tandem.Idea && trialsFull(v.Trial)
	return v, c.withPilots(&v)
}

func (c *call) naturalOptions() []ui.Option {
	return []ui.Option{{Value: "0", Label: c.T("technique.felt_unsaid"), On: true}, {Value: "3", Label: c.T("technique.felt_clumsy")}, {Value: "5", Label: c.T("technique.felt_middling")}, {Value: "9", Label: c.T("technique.felt_natural")}}
}

func postUse(s *Server, c *call) error {
	t, err := c.technique()
	if err != nil {
		return err
	}
	f, err := c.form()
	if err != nil {
		return err
	}
	in := app.UseInput{Key: f.values.Get("key"), Day: f.day("day"), Note: f.text("note"), Context: f.text("context")}
	if n, ok := f.number("natural"); ok {
		in.Natural = int(n)
	}
	back := c.backOr(ui.TechniqueURL(t.ID.String(), ""))
	u, err := s.App.LogUse(c.ctx(), c.Actor, t.Workspace, t.ID, in)
	if isDone(err) {
		return c.redirect(back, nil)
	}
	if err != nil {
		return err
	}
	return c.redirect(back, &toast{Key: "toast.used", Args: map[string]string{"name": t.Name}, Undo: ui.TechniqueURL(t.ID.String(), "unuse") + "?use=" + u.ID.String()})
}

// isDone tells whether an error says that the same press was done already.
func isDone(err error) bool {
	for _, e := range tandem.All(err) {
		if e.Code == "done_already" {
			return true
		}
	}
	return false
}

func postUnuse(s *Server, c *call) error {
	t, err := c.technique()
	if err != nil {
		return err
	}
	f, err := c.form()
	if err != nil {
		return err
	}
	id := f.text("use")
	if id == "" {
		id = c.R.URL.Query().Get("use")
	}
	use, err := tandem.ParseID[tandem.UseID](id)
	if err != nil {
		return err
	}
	if err := s.App.DeleteUse(c.ctx(), c.Actor, t.Workspace, t.ID, use); err != nil {
		return err
	}
	for _, more := range c.R.URL.Query()["also"] { // techniques of the same line
		technique, use, _ := strings.Cut(more, ".")
		tid, err1 := tandem.ParseID[tandem.TechniqueID](technique)
		uid, err2 := tandem.ParseID[tandem.UseID](use)
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
		if err := s.App.DeleteUse(c.ctx(), c.Actor, t.Workspace, tid, uid); err != nil {
			return err
		}
	}
	return c.redirect(c.backOr(ui.TechniqueURL(t.ID.String(), "")), &toast{Key: "toast.undone"})
}

// postDecide keeps the person's own verdict on a technique.
func postDecide(s *Server, c *call) error {
	t, err := c.technique()
	if err != nil {
		return err
	}
	f, err := c.form()
	if err != nil {
		return err
	}
	state, verdict := tandem.TechniqueState(f.text("state")), f.text("verdict")
	version := t.Version
	if v, ok := f.number("version"); ok {
		version = int64(v)
	}
	in := app.TechniqueChange{Version: version, State: &state, Verdict: &verdict}
	if _, sent := f.values["verdict"]; !sent {
		in.Verdict = nil
	}
	if n, ok := f.number("helped"); ok {
		in.Helped = int(n)
	}
	if id, err := tandem.ParseID[tandem.TechniqueID](f.text("waits")); err == nil {
		in.Waits = id
	}
	if _, err := s.App.ChangeTechnique(c.ctx(), c.Actor, t.Workspace, t.ID, in); err != nil {
		return c.decided(t, err)
	}
	return c.redirect(ui.TechniqueURL(t.ID.String(), ""), &toast{Key: "toast.saved"})
}
