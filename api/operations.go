package api

import (
	"slices"
	"strconv"
	"time"

	"tandem"
	"tandem/app"
)

// operations is the table of everything that the API does, noun by noun.
func operations() []operation {
	return slices.Concat(
		goalOperations(),
		resultOperations(),
		draftOperations(),
		differenceOperations(),
		closingOperations(),
		metricOperations(),
		observationOperations(),
		learningOperations(),
		techniqueOperations(),
		portfolioOperations(),
		pilotOperations(),
		templateOperations(),
		microGoalOperations(),
		dayOperations(),
		reviewOperations(),
		lifelineOperations(),
		entryOperations(),
		periodOperations(),
		feedbackOperations(),
		trialOperations(),
		accountOperations(),
		reminderOperations(),
		workspaceOperations(),
		transferOperations(),
	)
}

// read reads the JSON body of a request.
func read[In any](c *call) (in In, err error) {
	if bad := decodeRequest(c.W, c.R, &in); bad != nil {
		return in, refusal(bad)
	}
	return in, nil
}

// pathID reads an id from the path; nonsense is NotFound, as something hidden is.
func pathID[I interface{ tandem.ID[N] }, N tandem.Noun](c *call, name string) (I, error) {
	return tandem.ParseID[I, N](c.R.PathValue(name))
}

// limitOf reads the size of a page, 1 to 200, 50 unless said.
func (c *call) limitOf() (int, error) {
	text := c.query.Get("limit")
	if text == "" {
		return 50, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 200 {
		return 0, tandem.Invalid("limit", "limit_range", tandem.Args{"lo": 1, "hi": 200})
	}
	return n, nil
}

// choice reads a parameter that takes one of some words; "" where it is not sent.
func choice[T ~string](c *call, name string, allowed ...T) (T, error) {
	v := T(c.query.Get(name))
	if v == "" || slices.Contains(allowed, v) {
		return v, nil
	}
	words := ""
	for i, a := range allowed {
		if i > 0 {
			words += ", "
		}
		words += string(a)
	}
	return "", tandem.Invalid(name, "one_of", tandem.Args{"field": name, "allowed": words})
}

// flag reads a parameter that is true or false; false where it is not sent.
func (c *call) flag(name string) (bool, error) {
	v, err := choice(c, name, "true", "false")
	return v == "true", err
}

// days reads the query's from and to, the last year unless said.
func (c *call) days() (from, to tandem.Day, err error) {
	to = c.Person.Today(c.Now())
	from = to - 365
	for _, p := range []struct {
		name string
		day  *tandem.Day
	}{{"from", &from}, {"to", &to}} {
		text := c.query.Get(p.name)
		if text == "" {
			continue
		}
		if *p.day, err = tandem.ParseDay(text); err != nil {
			return from, to, named(err, p.name)
		}
	}
	return from, to, nil
}

// named gives errors that belong to no field yet the name of theirs.
func named(err error, field string) error {
	es := tandem.All(err)
	if es == nil {
		return err
	}
	out := make(tandem.Errors, len(es))
	for i, e := range es {
		c := *e
		c.Field = field
		out[i] = &c
	}
	return out.Err()
}

// version reads the number in If-Match; 0 where none was sent and none is needed.
func (c *call) version() (int64, error) {
	if c.match == "" && !c.op.match {
		return 0, nil
	}
	n, err := strconv.ParseInt(c.match, 10, 64)
	if err != nil || n < 1 {
		return -1, nil // a version that nothing ever has: whoever may change it is told that it is stale
	}
	return n, nil
}

// spaceOf finds, among the asker's workspaces, the one in which a thing exists for the asker: the one that
// is asked for, or else the personal one first. exists tells by any error but NotFound.
func (c *call) spaceOf(exists func(tandem.WorkspaceID) error) tandem.WorkspaceID {
	if c.query.Has("workspace") || c.Actor.Workspace != 0 || len(c.Actor.Roles) < 2 {
		return c.Space
	}
	spaces := []tandem.WorkspaceID{c.Space}
	for ws := range c.Actor.Roles {
		if ws != c.Space {
			spaces = append(spaces, ws)
		}
	}
	slices.Sort(spaces[1:])
	for _, ws := range spaces {
		if tandem.KindOf(exists(ws)) != tandem.KindNotFound {
			return ws
		}
	}
	return c.Space
}

// stale says of a change that was refused which version stands now and, where the asker may know, who made
// it and when. Any other error stays as it is. past is nil for what has no history.
func (c *call) stale(failed error, ws tandem.WorkspaceID, version func() (int64, error), past func() ([]tandem.HistoryEntry, error)) error {
	if tandem.KindOf(failed) != tandem.KindStale {
		return failed
	}
	now, err := version()
	if err != nil {
		return failed
	}
	c.tag(versionTag(now))
	e := &tandem.Error{Kind: tandem.KindStale, Code: "stale_version", Args: tandem.Args{"version": now}}
	if past == nil {
		return e
	}
	changes, err := past()
	if err != nil || len(changes) == 0 {
		return e
	}
	e.Code, e.Args["when"] = "stale_at", max(c.Now().Sub(changes[0].At.Time()), time.Duration(0))
	if name := c.nameOf(ws, changes[0].By); name != "" {
		e.Code, e.Args["person"] = "stale_by", name
	}
	return e
}

// nameOf gives the name of a member whom the asker may see, else "".
func (c *call) nameOf(ws tandem.WorkspaceID, p tandem.PersonID) string {
	if p == c.Person.ID {
		return c.Person.Name
	}
	members, err := c.App.ListMembers(c.ctx(), c.Actor, ws)
	if err != nil {
		return ""
	}
	for _, m := range members {
		if m.Person == p {
			return m.Name
		}
	}
	return ""
}

func versionTag(n int64) string { return strconv.FormatInt(n, 10) }

// tagOf gives the version of what is answered, for conditional changes; "" for what has none.
func tagOf(v any) string {
	switch x := v.(type) {
	case tandem.PerformanceGoal:
		return versionTag(x.Version)
	case tandem.LearningGoal:
		return versionTag(x.Version)
	case tandem.Goal:
		return versionTag(x.Version)
	case tandem.Metric:
		return versionTag(x.Version)
	case tandem.Technique:
		return versionTag(x.Version)
	case microView:
		return versionTag(x.Version)
	case microPage:
		return versionTag(x.Version)
	case tandem.Observation:
		return x.Tag()
	case app.Logged:
		return x.Tag()
	case closingView:
		return versionTag(x.Version)
	case closingPage:
		return versionTag(x.Version)
	case tandem.Lifeline:
		return versionTag(x.Version)
	case lifelineReply:
		return versionTag(x.Version)
	case lifelineSideReply:
		return versionTag(x.Version)
	case workspaceView:
		return versionTag(x.Version)
	case profile:
		return versionTag(x.Version)
	}
	return ""
}

// A page is a list with the mark of what follows.
type page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty"`
}

// listed gives a list that is never null.
func listed[T any](items []T, err error) (any, error) {
	return page[T]{Items: full(items)}, err
}

// shown gives a list of things as the API shows them.
func shown[T, V any](items []T, err error, show func(T) V) (any, error) {
	out := make([]V, 0, len(items))
	for _, x := range items {
		out = append(out, show(x))
	}
	return page[V]{Items: out}, err
}

// full gives a list that JSON writes as one, an empty one too.
func full[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}
