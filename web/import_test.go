package web_test

import (
	"archive/zip"
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// upload sends a file to the import page.
func (r *reader) upload(format, do, name, text string) answer {
	r.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for k, v := range map[string]string{"format": format, "do": do} {
		if err := w.WriteField(k, v); err != nil {
			r.t.Fatal(err)
		}
	}
	f, err := w.CreateFormFile("file", name)
	if err != nil {
		r.t.Fatal(err)
	}
	io.WriteString(f, text)
	w.Close()
	q := httptest.NewRequest(http.MethodPost, "/import", &b)
	q.Header.Set("Content-Type", w.FormDataContentType())
	q.Header.Set("Sec-Fetch-Site", "same-origin")
	return r.send(q)
}

const someValues = "goal,date,value,note\nSales,2026-11-18,2,\nSales,2026-11-19,1,\"=HYPERLINK(\"\"x\"\")\"\nSales,2026-11-20,12kg,\n"

func TestAFileIsCheckedImportedAndUndone(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	p := r.upload("csv", "check", "sales.csv", someValues).want(t, http.StatusOK)
	if !strings.Contains(p.Text, "3 rows read: 2 new") || !strings.Contains(p.Text, "12kg") {
		t.Errorf("the check says: %s", p.Text)
	}
	r.get("/goals").want(t, http.StatusOK).Want("ul[data-rows] > li", 0)
	r.upload("csv", "import", "sales.csv", someValues).want(t, http.StatusOK)
	again := r.upload("csv", "import", "sales.csv", someValues).want(t, http.StatusOK)
	if !strings.Contains(again.Text, "0 new") {
		t.Errorf("a second import says: %s", again.Text)
	}
	r.upload("csv", "import", "x.csv", "").want(t, http.StatusUnprocessableEntity)
	r.upload("csv", "import", "x.csv", "goal,date,value\n\"Sales,2026-11-18,2\n").want(t, http.StatusUnprocessableEntity)
}

func TestAnExportImportsAgain(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	r.pair(t)
	r.upload("csv", "import", "sales.csv", someValues).want(t, http.StatusOK)
	a := r.get("/export")
	z, err := zip.NewReader(strings.NewReader(a.Text), int64(len(a.Text)))
	if err != nil {
		t.Fatalf("%v: %q", err, a.Text[:min(len(a.Text), 200)])
	}
	files := map[string]string{}
	for _, f := range z.File {
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, _ := io.ReadAll(rc)
		files[f.Name] = string(b)
	}
	if !strings.Contains(files["values.csv"], "'=HYPERLINK") {
		t.Errorf("a formula is not held back: %s", files["values.csv"])
	}
	if !strings.Contains(files["records.jsonl"], "Ask before I show") {
		t.Errorf("the learning goal is missing: %s", files["records.jsonl"])
	}
	other := newSite(t)
	o := other.setUp()
	p := o.upload("goals", "import", "goals.csv", files["goals.csv"]).want(t, http.StatusOK)
	if !strings.Contains(p.Text, "2 rows read: 2 new") {
		t.Errorf("goals come back as: %s", p.Text)
	}
	p = o.upload("csv", "import", "values.csv", files["values.csv"]).want(t, http.StatusOK)
	if !strings.Contains(p.Text, "2 rows read: 2 new") {
		t.Errorf("values come back as: %s", p.Text)
	}
}
