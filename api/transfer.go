package api

import (
	"bytes"
	"net/http"
	"unicode/utf8"

	"tandem"
	"tandem/app"
	"tandem/policy"
)

// maxImport is the size of the largest file that is taken, in bytes.
const maxImport = 25 << 20

func transferOperations() []operation {
	return []operation{
		{id: "import-file", method: "POST", path: "/imports/{format}", action: policy.Create, kind: policy.Import, upload: true, many: true, query: []string{"file", "name", "dry_run", "mapping"}, out: fileReply{},
			summary: "Import a CSV file of goals or values; the body is the file", run: importFile},
		{id: "list-imports", method: "GET", path: "/imports", action: policy.Read, kind: policy.Import, out: page[tandem.Batch]{}, summary: "Imports so far", run: listImports},
		{id: "undo-import", method: "POST", path: "/imports/{id}/undo", action: policy.Delete, kind: policy.Import, repeats: true, out: tandem.Batch{}, summary: "Remove exactly what an import brought", run: undoImport},
		{id: "export", method: "GET", path: "/export", action: policy.Read, kind: policy.Export, out: raw{}, summary: "Everything that is your own, as a zip", run: export},
	}
}

func importFile(c *call) (any, error) {
	in := app.FileInput{Format: c.R.PathValue("format"), File: c.query.Get("file"), Name: c.query.Get("name")}
	var err error
	if in.DryRun, err = c.flag("dry_run"); err != nil {
		return nil, err
	}
	for _, name := range []string{"file", "name"} {
		if n := utf8.RuneCountInString(c.query.Get(name)); n > tandem.MaxTitle {
			return nil, tandem.Invalid(name, "text_too_long", tandem.Args{"limit": tandem.MaxTitle, "length": n})
		}
	}
	if text := c.query.Get("mapping"); text != "" {
		if bad := decodeStrict([]byte(text), &in.Mapping); bad != nil {
			return nil, refusal(bad)
		}
	}
	body, err := c.readAll(c.op)
	if err != nil {
		return nil, err
	}
	if c.key != nil {
		in.Key, in.Answer = c.key, func(r app.FileReport) (tandem.KeptReply, error) { return keptReply(http.StatusOK, c.fileReply(r)) }
	}
	r, err := c.App.ImportFile(c.ctx(), c.Actor, c.Space, in, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	return c.fileReply(r), nil
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
