package api

import (
	"bytes"
	"errors"
	"io"
	"net/http"

	"tandem"
	"tandem/app"
	"tandem/policy"
)

// maxImport is the size of the largest file that is taken, in bytes.
const maxImport = 25 << 20

func transferOperations() []operation {
	return []operation{
		{id: "import-file", method: "POST", path: "/imports/{format}", action: policy.Create, kind: policy.Import, query: []string{"file", "name", "dry_run"}, out: fileReply{},
			summary: "Import a CSV file of goals or values; the body is the file", run: importFile},
		{id: "list-imports", method: "GET", path: "/imports", action: policy.Read, kind: policy.Import, out: page[tandem.Batch]{}, summary: "Imports so far", run: listImports},
		{id: "undo-import", method: "POST", path: "/imports/{id}/undo", action: policy.Delete, kind: policy.Import, out: tandem.Batch{}, summary: "Remove exactly what an import brought", run: undoImport},
		{id: "export", method: "GET", path: "/export", action: policy.Read, kind: policy.Export, summary: "Everything that is your own, as a zip", run: export},
	}
}

// A fileReply is the report of an import, its problems in words.
type fileReply struct {
	app.FileReport
	Problems []rowProblem `json:"problems,omitempty"`
}

type rowProblem struct {
	Line   int    `json:"line"`
	Column string `json:"column,omitempty"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

func importFile(c *call) (any, error) {
	body, err := io.ReadAll(http.MaxBytesReader(c.W, c.R.Body, maxImport))
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return nil, refusal{{Code: "body_too_large", Args: tandem.Args{"limit": "25 MiB"}, Status: http.StatusRequestEntityTooLarge}}
	}
	if err != nil {
		return nil, &tandem.Error{Kind: tandem.KindMalformed, Code: "body_broken_off", Cause: err}
	}
	q := c.R.URL.Query()
	r, err := c.App.ImportFile(c.ctx(), c.Actor, c.Space, app.FileInput{Format: c.R.PathValue("format"), File: q.Get("file"), Name: q.Get("name"), DryRun: q.Get("dry_run") == "true"}, bytes.NewReader(body))
	out := fileReply{FileReport: r}
	for _, p := range r.Problems {
		out.Problems = append(out.Problems, rowProblem{Line: p.Line, Column: p.Column, Code: p.Code, Detail: c.Lang.Sentence(p.Column, p.Code, p.Args)})
	}
	return out, err
}

func listImports(c *call) (any, error) {
	return listed(c.App.ListImports(c.ctx(), c.Actor, c.Space))
}

func undoImport(c *call) (any, error) {
	id, err := pathID[tandem.BatchID](c, "id")
	if err != nil {
		return nil, err
	}
	return c.App.UndoImport(c.ctx(), c.Actor, c.Space, id)
}

// raw is an answer that is not JSON.
type raw struct {
	kind string
	body []byte
}

func export(c *call) (any, error) {
	var b bytes.Buffer
	if err := c.App.Export(c.ctx(), c.Actor, c.Space, &b); err != nil {
		return nil, err
	}
	return raw{"application/zip", b.Bytes()}, nil
}
