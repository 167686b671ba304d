package api

import (
	"slices"
	"strconv"

	"tandem"
)

// operations is the table of everything that the API does, noun by noun.
func operations() []operation {
	return slices.Concat(goalOperations(), metricOperations(), observationOperations(), learningOperations(), techniqueOperations(), microGoalOperations(),
		dayOperations(), accountOperations(), workspaceOperations(), transferOperations())
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
	text := c.R.URL.Query().Get("limit")
	if text == "" {
		return 50, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 200 {
		return 0, tandem.Invalid("limit", "limit_range", tandem.Args{"lo": 1, "hi": 200})
	}
	return n, nil
}

// days reads the query's from and to, the last year unless said.
func (c *call) days() (from, to tandem.Day, err error) {
	to = c.Person.Today(c.Now())
	from = to - 365
	for name, d := range map[string]*tandem.Day{"from": &from, "to": &to} {
		if text := c.R.URL.Query().Get(name); text != "" {
			if *d, err = tandem.ParseDay(text); err != nil {
				return from, to, err
			}
		}
	}
	return from, to, nil
}

// version reads the number in If-Match.
func (c *call) version() (int64, error) {
	n, err := strconv.ParseInt(c.match, 10, 64)
	if err != nil {
		return 0, &tandem.Error{Kind: tandem.KindStale, Code: "stale"}
	}
	return n, nil
}

// tagOf gives the version of what is answered, for conditional changes; "" for what has none.
func tagOf(v any) string {
	version := func(n int64) string { return strconv.FormatInt(n, 10) }
	switch x := v.(type) {
	case tandem.PerformanceGoal:
		return version(x.Version)
	case tandem.LearningGoal:
		return version(x.Version)
	case tandem.Goal:
		return version(x.Version)
	case tandem.Metric:
		return version(x.Version)
	case tandem.Technique:
		return version(x.Version)
	case tandem.MicroGoal:
		return version(x.Version)
	case tandem.Observation:
		return x.Tag()
	case tandem.Closing:
		return version(x.Version)
	case tandem.Workspace:
		return version(x.Version)
	case profile:
		return version(x.Version)
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
	if items == nil {
		items = []T{}
	}
	return page[T]{Items: items}, err
}
