package api

import (
	"tandem/app"
	"tandem/policy"
)

func entryOperations() []operation {
	return []operation{
		{id: "list-entry-names", method: "GET", path: "/entries/names", action: policy.Read, kind: policy.Observation, out: app.EntryNames{},
			summary: "What can be logged to, by name: what a device needs to take entries without a connection", run: listEntryNames},
		{id: "send-entries", method: "POST", path: "/entries", action: policy.Log, kind: policy.Observation, repeats: true, in: entriesInput{}, out: entriesReply{},
			summary: "Keep what a device logged without a connection, 1 to 500 entries. Each counts once for its key, in whatever order and however often they come; each has its result", run: sendEntries},
	}
}

type entriesInput struct {
	Entries []app.EntryInput `json:"entries"`
}

type entriesReply struct {
	Entries []entryLine `json:"entries"`
}

// An entryLine is what became of an entry: added, again, undone or refused, and why.
type entryLine struct {
	app.EntryDone
	Errors []fieldProblem `json:"errors,omitempty"`
}

func listEntryNames(c *call) (any, error) {
	return c.App.EntryNames(c.ctx(), c.Actor, c.Space)
}

func sendEntries(c *call) (any, error) {
	in, err := read[entriesInput](c)
	if err != nil {
		return nil, err
	}
	done, err := c.App.SendEntries(c.ctx(), c.Actor, c.Space, in.Entries)
	if err != nil {
		return nil, err
	}
	out := entriesReply{Entries: make([]entryLine, 0, len(done))}
	for _, d := range done {
		line := entryLine{EntryDone: d}
		for _, e := range d.Errors {
			line.Errors = append(line.Errors, fieldProblemOf(c.Lang, e))
		}
		out.Entries = append(out.Entries, line)
	}
	return out, nil
}
