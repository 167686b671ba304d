package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"slices"

	"tandem"
	"tandem/app"
	"tandem/i18n"
	"tandem/web/assets"
	"tandem/web/ui"
)

// A shellPage is the page that stands without a connection, in one language. It is the same for everybody.
type shellPage struct {
	path string
	body []byte
}

// A shellSet are those pages and the worker that keeps them.
type shellSet struct {
	pages  []shellPage
	worker []byte
	err    error
}

// makeShell writes the pages and the worker, whose text changes with anything that it keeps, so that browsers
// take the new one.
func (s *Server) makeShell() (set shellSet) {
	sum := sha256.New()
	files := []string{assets.URL("tandem.css"), assets.URL("queue.js"), assets.URL("offline.js"), assets.URL("favicon.svg")}
	for _, lang := range []i18n.Lang{i18n.EN, i18n.DE} {
		c := &call{s: s, Lang: lang}
		a := assetURLs(lang)
		a.JS, a.HTMX, a.Offline = "", "", assets.URL("offline.js")
		v := ui.CenterView{Title: c.T("offline.title"), Lang: lang.String(), Assets: a, Skip: c.T("shell.skip")}
		var b bytes.Buffer
		if set.err = with(ui.Center(v), offlineBody(c)).Render(context.Background(), &b); set.err != nil {
			return set
		}
		sum.Write(b.Bytes())
		p := shellPage{path: ui.OfflineURL(lang.String()), body: b.Bytes()}
		set.pages, files = append(set.pages, p), append(files, p.path)
	}
	set.worker = assets.Worker(files, hex.EncodeToString(sum.Sum(nil)[:5]))
	return set
}

// getWorker gives the worker of the pages. It is asked for anew each time: it names what it keeps.
func getWorker(s *Server, c *call) error {
	set := s.shellSet()
	if set.err != nil {
		return set.err
	}
	c.W.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	c.W.Header().Set("Cache-Control", "no-cache")
	_, _ = c.W.Write(set.worker) // an error means that the reader went away
	return nil
}

// getOffline gives the page that takes entries without a connection. It says nothing of whoever asks.
func getOffline(s *Server, c *call) error {
	set := s.shellSet()
	i := slices.IndexFunc(set.pages, func(p shellPage) bool { return p.path == c.R.URL.Path })
	if set.err != nil || i < 0 {
		return firstErr(set.err, tandem.NotFound("page"))
	}
	c.W.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = c.W.Write(set.pages[i].body)
	return nil
}

func firstErr(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// namesReply is what a device keeps while somebody is signed in: who, in which language and look, the names
// of what can be logged to, and the key of what waits.
type namesReply struct {
	Person   tandem.PersonID `json:"person"`
	Lang     string          `json:"lang"`
	Theme    string          `json:"theme,omitempty"`
	DayStart int             `json:"day_start"`
	Seal     []byte          `json:"seal"`
	Spaces   []spaceNames    `json:"spaces"`
}

type spaceNames struct {
	Space tandem.WorkspaceID `json:"space"`
	app.EntryNames
}

func getEntryNames(s *Server, c *call) error {
	seal, err := s.App.EntrySeal(c.ctx(), c.Actor)
	if err != nil {
		return err
	}
	out := namesReply{Person: c.Person.ID, Lang: c.Lang.String(), Theme: c.theme(), DayStart: c.Person.DayStart, Seal: seal}
	for _, ws := range c.spaces() {
		n, err := s.App.EntryNames(c.ctx(), c.Actor, ws)
		if k := tandem.KindOf(err); k == tandem.KindNotFound || k == tandem.KindDenied {
			continue // a space in which the person logs nothing
		}
		if err != nil {
			return err
		}
		out.Spaces = append(out.Spaces, spaceNames{ws, n})
	}
	return c.json(out)
}

// A sentEntry is an entry as a device sends it: with the space that its thing is in, the one at hand unless
// said, and its number as it was typed.
type sentEntry struct {
	app.EntryInput
	Space tandem.WorkspaceID `json:"space,omitzero"`
	Typed string             `json:"typed,omitempty"`
}

// An entryAnswer is what became of an entry, and why it cannot be accepted.
type entryAnswer struct {
	app.EntryDone
	Why string `json:"why,omitempty"`
}

// maxEntries is the largest body of entries, in bytes.
const maxEntries = 1 << 20

// postEntries keeps what a device logged. The answer has a line for each entry.
func postEntries(s *Server, c *call) error {
	var in struct {
		Entries []sentEntry `json:"entries"`
	}
	d := json.NewDecoder(http.MaxBytesReader(c.W, c.R.Body, maxEntries))
	d.DisallowUnknownFields()
	if err := d.Decode(&in); err != nil || len(in.Entries) > app.MostEntries {
		return &tandem.Error{Kind: tandem.KindMalformed, Code: "entries_unreadable", Cause: err}
	}
	answers := []entryAnswer{}
	bySpace := map[tandem.WorkspaceID][]app.EntryInput{}
	for _, e := range in.Entries {
		if err := c.readEntry(&e); err != nil {
			answers = append(answers, c.entryAnswer(app.EntryDone{Key: e.Key, Did: app.EntryRefused, Errors: tandem.All(err)}))
			continue
		}
		bySpace[e.Space] = append(bySpace[e.Space], e.EntryInput)
	}
	for _, ws := range c.spaces() {
		if len(bySpace[ws]) == 0 {
			continue
		}
		done, err := s.App.SendEntries(c.ctx(), c.Actor, ws, bySpace[ws])
		if err != nil {
			return err
		}
		var goals []tandem.GoalID
		for _, d := range done {
			answers, goals = append(answers, c.entryAnswer(d)), append(goals, d.Goals...)
		}
		slices.Sort(goals)
		if goals = slices.Compact(goals); len(goals) <= mostRenewed { // more are renewed as their pages are opened
			if err := s.App.Refresh(c.ctx(), c.Actor, ws, goals); err != nil {
				return err
			}
		}
	}
	return c.json(map[string]any{"entries": answers})
}

// mostRenewed is for how many results their figures are renewed before the answer.
const mostRenewed = 5

// readEntry fills in the space of an entry and reads its number in the person's way of writing.
func (c *call) readEntry(e *sentEntry) error {
	if e.Space == 0 {
		e.Space = c.Space
	}
	if !slices.Contains(c.spaces(), e.Space) {
		return tandem.NotFound("workspace")
	}
	if e.Typed == "" {
		return nil
	}
	f := c.fresh()
	f.values = map[string][]string{"value": {e.Typed}}
	v, ok := f.number("value")
	switch {
	case !ok:
		return f.errs.Err()
	case e.Kind == app.EntryPractice:
		e.Minutes = v
	default:
		e.Value = &v
	}
	return nil
}

func (c *call) entryAnswer(d app.EntryDone) entryAnswer {
	a := entryAnswer{EntryDone: d}
	if len(d.Errors) > 0 {
		a.Why = c.sentence(d.Errors[0])
	}
	return a
}

// json answers a script of the pages.
func (c *call) json(v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	c.W.Header().Set("Content-Type", "application/json")
	_, _ = c.W.Write(b)
	return nil
}
