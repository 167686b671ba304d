package app

import (
	"context"
	"slices"
	"strings"

	"tandem"
	"tandem/policy"
)

// mostListed bounds how many goals of a kind and workspace are looked at for one list.
const mostListed = 2000

// A GoalQuery says which goals a list holds; what is empty lets all in.
type GoalQuery struct {
	Kind   tandem.GoalKind
	State  tandem.GoalState
	Open   bool // leave out closed and released ones
	Own    bool // the actor's own only
	Sort   tandem.GoalSort
	Cursor string
	Limit  int
}

// A GoalPage is a page of goals.
type GoalPage struct {
	Items []tandem.GoalLine `json:"items"`
	Next  string            `json:"next,omitempty"`
}

var (
	openResults  = []tandem.GoalState{tandem.Draft, tandem.Offered, tandem.Active, tandem.Paused}
	openLearning = []tandem.GoalState{tandem.Draft, tandem.Active, tandem.Paused, tandem.Resting}
)

// ListGoals gives the goals of a workspace that the actor may see, each result with its number and what
// pages keep of it. Titles are sorted here, because the order of texts differs between databases.
func (a *App) ListGoals(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, q GoalQuery) (p GoalPage, err error) {
	defer tandem.Wrap(&err, "list goals")
	if err := may(by, policy.Read, policy.Resource{Kind: policy.Goal, Workspace: ws, Owner: by.Person, Visibility: tandem.OnlyMe}); err != nil {
		return p, err
	}
	from := 0
	if err := readCursor(q.Cursor, &from); err != nil || from < 0 {
		return p, firstOf(err, tandem.Invalid("from", "cursor_form", nil))
	}
	all, err := a.lines(ctx, a.Store.For(by), ws, q)
	if err != nil {
		return p, err
	}
	sortLines(all, q.Sort)
	if from > len(all) {
		from = len(all)
	}
	end := min(from+q.Limit, len(all))
	p.Items = all[from:end]
	if end < len(all) {
		p.Next = writeCursor(end)
	}
	return p, nil
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (a *App) lines(ctx context.Context, r Reads, ws tandem.WorkspaceID, q GoalQuery) (all []tandem.GoalLine, err error) {
	states := func(open, ended []tandem.GoalState) [][]tandem.GoalState {
		switch {
		case q.State != "":
			return [][]tandem.GoalState{{q.State}}
		case q.Open:
			return [][]tandem.GoalState{open}
		}
		return [][]tandem.GoalState{open, ended}
	}
	if q.Kind != tandem.KindLearning {
		for _, st := range states(openResults, []tandem.GoalState{tandem.Closed}) {
			rs, err := r.Results(ctx, ws, q.Own, st, tandem.NoDay, 0, mostListed)
			if err != nil {
				return nil, err
			}
			for i := range rs {
				all = append(all, tandem.GoalLine{Result: &rs[i].PerformanceGoal, Number: &rs[i].Number, Snapshot: rs[i].Snapshot})
			}
		}
	}
	if q.Kind != tandem.KindPerformance {
		for _, st := range states(openLearning, []tandem.GoalState{tandem.Released}) {
			ls, err := r.Learnings(ctx, ws, q.Own, st, 0, mostListed)
			if err != nil {
				return nil, err
			}
			for i := range ls {
				all = append(all, tandem.GoalLine{Learning: &ls[i]})
			}
		}
	}
	return all, nil
}

// sortLines puts goals in order: by deadline unless said, learning goals, which have none, last.
func sortLines(all []tandem.GoalLine, by tandem.GoalSort) {
	key := func(l tandem.GoalLine) tandem.Day {
		if l.Result != nil {
			return l.Result.Deadline
		}
		return 1 << 30
	}
	slices.SortStableFunc(all, func(x, y tandem.GoalLine) int {
		switch by {
		case tandem.SortTitle:
			return strings.Compare(tandem.NameKey(x.Head().Title), tandem.NameKey(y.Head().Title))
		case tandem.SortUpdated:
			return int(min(max(y.Head().Updated-x.Head().Updated, -1), 1))
		}
		return int(key(x) - key(y))
	})
}
