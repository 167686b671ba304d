package web

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"

	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

// maxImport is the size of the largest file that is taken, in bytes; maxAgain that of one which rides along
// on the page after a check, so that it need not be chosen again.
const (
	maxImport = 25 << 20
	maxAgain  = 512 << 10
)

// An importView is the page that brings in records.
type importView struct {
	Format, File string
	Report       *app.FileReport
	Again        string // the file that was checked, to be imported with one press
	Batches      []tandem.Batch
}

func getImport(s *Server, c *call) error {
	return c.showImport(s, c.fresh(), importView{}, http.StatusOK)
}

func (c *call) showImport(s *Server, f *form, v importView, status int) error {
	var err error
	if v.Batches, err = s.App.ListImports(c.ctx(), c.Actor, c.Space); err != nil {
		return err
	}
	return c.pageAs(status, pageView{Title: c.T("import.title"), Current: "set", Spaces: true}, importPage(c, f, v))
}

// postImport checks a file or imports it. Nothing is kept of a check.
func postImport(s *Server, c *call) error {
	c.R.Body = http.MaxBytesReader(c.W, c.R.Body, maxImport+maxForm)
	f := c.fresh()
	if err := c.R.ParseMultipartForm(1 << 20); err != nil {
		var big *http.MaxBytesError
		if errors.As(err, &big) {
			f.errs.Add("file", "csv_file_too_large", tandem.Args{"limit": "25 MiB"})
			return c.showImport(s, f, importView{}, http.StatusRequestEntityTooLarge)
		}
		return &tandem.Error{Kind: tandem.KindMalformed, Code: "form_unreadable", Cause: err}
	}
	defer c.R.MultipartForm.RemoveAll()
	f.values = c.R.MultipartForm.Value
	v := importView{Format: f.text("format")}
	src, err := c.uploaded(f, &v)
	if err != nil {
		return err
	}
	if src == nil {
		f.errs.Add("file", "file_missing", nil)
		return c.showImport(s, f, v, http.StatusUnprocessableEntity)
	}
	dry := f.text("do") != "import"
	r, err := s.App.ImportFile(c.ctx(), c.Actor, c.Space, app.FileInput{Format: v.Format, File: v.File, DryRun: dry}, src)
	if err := f.take(err); err != nil {
		return err
	}
	if !f.ok() {
		for _, e := range f.errs {
			e.Field = "file"
		}
		return c.showImport(s, f, v, http.StatusUnprocessableEntity)
	}
	v.Report = &r
	if dry {
		return c.showImport(s, f, v, http.StatusOK)
	}
	if _, err := s.App.RefreshStale(c.ctx(), c.Actor, c.Space, 20); err != nil {
		return err
	}
	v.Again = ""
	return c.showImport(s, f, v, http.StatusOK)
}

// uploaded gives the file that was sent, or the text of one that was checked before; nil for none.
func (c *call) uploaded(f *form, v *importView) (io.ReadSeeker, error) {
	if text := f.values.Get("text"); text != "" {
		v.File = f.text("name")
		return strings.NewReader(text), nil
	}
	file, head, err := c.R.FormFile("file")
	if errors.Is(err, http.ErrMissingFile) || err == nil && head.Size == 0 {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	v.File = head.Filename
	b, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	if len(b) <= maxAgain {
		v.Again = string(b)
	}
	return bytes.NewReader(b), nil
}

func postUndoImport(s *Server, c *call) error {
	id, err := pathID[tandem.BatchID](c, "id")
	if err != nil {
		return err
	}
	for _, ws := range c.spaces() {
		_, err = s.App.UndoImport(c.ctx(), c.Actor, ws, id)
		if tandem.KindOf(err) != tandem.KindNotFound {
			break
		}
	}
	if err != nil {
		return err
	}
	return c.redirect(ui.ImportURL(""), &toast{Key: "toast.undone"})
}

func (c *call) reportTitle(r app.FileReport) string {
	if r.DryRun {
		return c.T("import.checked")
	}
	return c.T("import.done")
}

func (c *call) reportWords(r app.FileReport) string {
	return c.T("import.report", tandem.Args{"read": r.Read, "added": r.Added, "changed": r.Changed, "same": r.Same, "skipped": r.Skipped, "numbers": r.Numbers, "goals": r.Goals})
}

// mappedWord says what a column was taken for.
func (c *call) mappedWord(field string) string {
	if field == "" {
		return c.T("import.not_used")
	}
	return c.Lang.Fill("{field:field}", tandem.Args{"field": field})
}

// problemWords says what is wrong with a row and where.
func (c *call) problemWords(p app.RowProblem) string {
	words := c.Lang.Sentence(p.Column, p.Code, p.Args)
	if p.Column == "" {
		return c.T("error.csv_at_row", tandem.Args{"line": p.Line, "problem": words})
	}
	return c.T("error.csv_at", tandem.Args{"line": p.Line, "column": p.Column, "problem": words})
}

// getExport sends everything in the present space that is the reader's own, as a zip.
func getExport(s *Server, c *call) error {
	var b bytes.Buffer
	if err := s.App.Export(c.ctx(), c.Actor, c.Space, &b); err != nil {
		return err
	}
	c.W.Header().Set("Content-Type", "application/zip")
	c.W.Header().Set("Content-Disposition", `attachment; filename="tandem-`+c.Today.String()+`.zip"`)
	_, err := c.W.Write(b.Bytes())
	return err
}
