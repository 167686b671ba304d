package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tandem/tandemtest"
)

// hintLines are lines with several things to remark, and one that others decide.
var hintLines = []struct{ lang, many, others, longer, skill string }{
	{"en", "Beat Anna in sales this year and never lose a customer", "Make 20 sales this month", "Make 24 sales this month", "Add what is yours"},
	{"de", "Dieses Jahr mehr verkaufen als Anna und nie einen Kunden verlieren", "Diesen Monat 20 Verkäufe machen", "Diesen Monat 24 Verkäufe machen", "Dazu, was bei dir liegt"},
}

// speaks sets the language of a reader.
func (r *reader) speaks(t *testing.T, lang string) {
	t.Helper()
	r.post("/settings", "version", r.get("/settings").All("input[name=version]")[0].Attr("value"), "name", "Mira", "lang", lang, "zone", "Europe/Berlin", "day_start", "0", "theme", "auto").to(t, "/settings")
}

// hidden gives the fields that the form of a page keeps, as they would be sent again.
func hidden(p tandemtest.Page, names ...string) (fields []string) {
	for _, name := range names {
		for _, in := range p.All("#draft input[type=hidden][name=" + name + "]") {
			fields = append(fields, name, in.Attr("value"))
		}
	}
	return fields
}

// TestTheCoachOnThePageWithoutJavaScript reads lines by whole pages: one remark at first and three at most after three
// goals, a button that mends in one press, and a remark that was put away stays away while the line goes on.
func TestTheCoachOnThePageWithoutJavaScript(t *testing.T) {
	for _, x := range hintLines {
		t.Run(x.lang, func(t *testing.T) {
			r := newSite(t).setUp()
			r.speaks(t, x.lang)
			read := func(fields ...string) tandemtest.Page {
				t.Helper()
				return r.post("/goals/new", append([]string{"do", "read"}, fields...)...).want(t, http.StatusOK).Page
			}
			if n := len(read("line", x.many).All("#draft .hint button[name=quiet]")); n != 1 {
				t.Errorf("%d remarks on a first goal", n)
			}
			p := read("line", x.others)
			quiet := p.One("#draft .hint button[name=quiet]")
			if got := quiet.Attr("value"); got != "OTHERS_CONTROL" {
				t.Fatalf("the remark is %s", got)
			}
			fix := p.One("#draft .hint button[name=fix]")
			if got := strings.TrimSpace(fix.Text()); got != x.skill {
				t.Errorf("the button says %q", got)
			}
			offered := p.One("#draft .hint").Text()
			p = read("line", x.others, "fix", fix.Attr("value"))
			for _, field := range []string{"#f-learning-title", "#f-learning-first_step"} {
				if got := p.One(field).Attr("value"); got == "" || !strings.Contains(offered, got) {
					t.Errorf("one press put %q into %s, offered was %q", got, field, offered)
				}
			}
			p.Want("#draft .hint button[value=OTHERS_CONTROL]", 0)
			p = read("line", x.others, "quiet", quiet.Attr("value"))
			p.Want("#draft .hint button[value=OTHERS_CONTROL]", 0)
			p = read(append([]string{"line", x.longer}, hidden(p, "quiet", "was")...)...)
			p.Want("#draft .hint button[value=OTHERS_CONTROL]", 0)
			read("line", x.longer).Want("#draft .hint button[name=quiet][value=OTHERS_CONTROL]", 1)
			for _, title := range []string{"a", "b", "c"} {
				r.post("/goals/new", "kind", "learning", "learning.title", "Learn "+title).want(t, http.StatusSeeOther)
			}
			if n := len(read("line", x.many).All("#draft .hint button[name=quiet]")); n < 2 || n > 3 {
				t.Errorf("%d remarks after three goals", n)
			}
		})
	}
}

// TestTheCoachOnThePageWhileTyping does the same in a browser: one remark comes while typing, one tap mends it, one
// puts it away, and it stays away while the line is typed on.
func TestTheCoachOnThePageWhileTyping(t *testing.T) {
	for _, x := range hintLines {
		t.Run(x.lang, func(t *testing.T) {
			s := newSite(t)
			r := s.setUp()
			r.speaks(t, x.lang)
			b := tandemtest.Browser(t, tandemtest.Language(x.lang), tandemtest.Complaints())
			home := s.live(t, b)
			remarks := func(selector string) int { return len(b.Page().All("#draft .hint button" + selector)) }
			b.Open(home + "/goals/new")
			b.Type(x.others)
			said(t, b, x.skill)
			if n := remarks("[name=quiet]"); n != 1 {
				t.Fatalf("%d remarks at first", n)
			}
			b.Click("#draft .hint button[name=fix]")
			b.Settle()
			if n := remarks("[value=OTHERS_CONTROL]"); n != 0 {
				t.Error("the mended remark stands still")
			}
			if b.Page().One("#f-learning-title").Attr("value") == "" {
				t.Error("one tap gave no skill")
			}
			b.Open(home + "/goals/new?line=" + url.QueryEscape(x.others))
			b.Settle()
			b.Click("#draft .hint button[name=quiet]")
			b.Settle()
			if n := remarks("[value=OTHERS_CONTROL]"); n != 0 {
				t.Error("the remark that was put away stands still")
			}
			b.Fill("#f-line", x.longer)
			said(t, b, "24")
			if n := remarks("[value=OTHERS_CONTROL]"); n != 0 {
				t.Error("the remark came back with the next letter")
			}
			b.Axe()
			if c := b.Complaints(); len(c) > 0 {
				t.Error(c)
			}
		})
	}
}
