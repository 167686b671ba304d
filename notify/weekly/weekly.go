// Package weekly puts the weekly mail into words: a subject, plain text that is complete by itself, and HTML
// that reads in light and dark. It does no I/O.
package weekly

import (
	_ "embed"
	"html"
	"strconv"
	"strings"

	"tandem"
	"tandem/app"
	"tandem/i18n"
)

//go:embed shell.html
var shell string

// A Text is one mail in words. Body is the HTML between the body tags, for a preview inside a page.
type Text struct {
	Subject string `json:"subject"`
	Plain   string `json:"plain"`
	HTML    string `json:"html"`
	Body    string `json:"-"`
	Stop    string `json:"-"` // where the mails are ended
}

// Paths of the pages behind links.
const (
	LogPath  = "/mail/"
	StopPath = "/mail/stop/"
)

// ReviewPath is the page of the review of a week, a month or a quarter.
func ReviewPath(p tandem.Period) string {
	if p == tandem.PeriodWeek {
		return "/review"
	}
	return "/review/" + string(p)
}

// openings is how many ways there are to begin; the week decides, so that two in a row differ.
const openings = 4

// Write gives the words of a letter in its person's language. base is the address of the pages without a
// slash at its end; "" leaves links out, for a preview.
func Write(l app.Letter, base string) Text {
	lang, _ := i18n.ParseLang(l.To.Lang)
	w := &writer{lang: lang, base: base, today: l.Today}
	t := Text{}
	if base != "" {
		t.Stop = base + StopPath + l.Stop
	}
	if l.Kind == tandem.QuietMail {
		t.Subject = lang.T("mail.quiet_subject")
		w.title(lang.T("mail.hello", tandem.Args{"name": l.To.Name}))
		w.line(lang.T("mail.quiet_text"))
		w.link(lang.T("mail.open"), "/")
		w.link(lang.T("mail.settings"), "/settings/mail")
	} else {
		t.Subject = subject(lang, l)
		w.title(lang.T("mail.hello", tandem.Args{"name": l.To.Name}))
		w.line(lang.T("mail.opening." + strconv.Itoa(int(l.Week/7)%openings)))
		w.steps(l)
		w.lives(l)
		w.due(l)
		w.values(l)
		if l.Review != nil {
			w.head(lang.T("mail.review." + string(l.Review.Period)))
			w.link(lang.T("mail.review_open"), ReviewPath(l.Review.Period))
		}
		if l.Lesson != nil {
			w.head(lang.T("mail.lesson"))
			w.line("“" + l.Lesson.Text + "”")
		}
		w.link(lang.T("mail.open"), "/")
	}
	w.end(t.Stop)
	t.Plain = strings.TrimSpace(w.plain.String()) + "\n"
	t.Body = w.html.String()
	t.HTML = strings.NewReplacer("{lang}", lang.String(), "{title}", html.EscapeString(t.Subject), "{body}", t.Body).Replace(shell)
	return t
}

// subject names the first thing to do, or that the week stands there.
func subject(lang i18n.Lang, l app.Letter) string {
	if len(l.Steps) > 0 {
		return lang.T("mail.subject."+strconv.Itoa(int(l.Week/7)%2), tandem.Args{"title": oneLine(l.Steps[0].Title)})
	}
	return lang.T("mail.subject_week", tandem.Args{"date": l.Week})
}

// oneLine keeps a title within one header line.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return s
}

// A writer writes both forms at once, so that neither says more than the other.
type writer struct {
	lang        i18n.Lang
	base        string
	today       tandem.Day
	plain, html strings.Builder
}

func (w *writer) title(s string) {
	w.plain.WriteString(s + "\n\n")
	w.html.WriteString("<h1>" + html.EscapeString(s) + "</h1>\n")
}

func (w *writer) head(s string) {
	w.plain.WriteString("\n" + s + "\n")
	w.html.WriteString("<h2>" + html.EscapeString(s) + "</h2>\n")
}

func (w *writer) line(s string) {
	w.plain.WriteString(s + "\n")
	w.html.WriteString("<p>" + html.EscapeString(s) + "</p>\n")
}

// link writes a link on a line of its own; without a base only its words.
func (w *writer) link(words, path string) {
	if w.base == "" {
		w.line(words)
		return
	}
	w.plain.WriteString("\n" + words + ": " + w.base + path + "\n")
	w.html.WriteString(`<p><a href="` + html.EscapeString(w.base+path) + `">` + html.EscapeString(words) + "</a></p>\n")
}

// list writes rows, each with words for a link behind it, "" for none.
func (w *writer) list(rows []row) {
	w.html.WriteString("<ul>\n")
	for _, r := range rows {
		w.plain.WriteString("- " + r.text)
		w.html.WriteString("<li>" + html.EscapeString(r.text))
		switch {
		case r.words == "":
		case w.base == "":
			w.plain.WriteString(" (" + r.words + ")")
			w.html.WriteString(" (" + html.EscapeString(r.words) + ")")
		default:
			w.plain.WriteString("\n  " + r.words + ": " + w.base + r.path)
			w.html.WriteString(` <a href="` + html.EscapeString(w.base+r.path) + `">` + html.EscapeString(r.words) + "</a>")
		}
		w.plain.WriteString("\n")
		w.html.WriteString("</li>\n")
	}
	w.html.WriteString("</ul>\n")
}

type row struct{ text, words, path string }

func (w *writer) steps(l app.Letter) {
	w.head(w.lang.T("mail.next"))
	if len(l.Steps) == 0 {
		w.line(w.lang.T("mail.no_steps"))
		return
	}
	var rows []row
	for _, s := range l.Steps {
		r := row{text: w.lang.T("mail.step."+s.Kind, tandem.Args{"title": s.Title})}
		if s.Number != nil {
			r.words, r.path = w.lang.T("mail.log_reading", tandem.Args{"name": s.Number.Name}), LogPath+s.Link
			if s.Amount != nil {
				r.words = w.lang.T("mail.log_one", tandem.Args{"amount": w.number(*s.Amount, *s.Number), "name": s.Number.Name})
			}
		}
		rows = append(rows, r)
	}
	w.list(rows)
}

func (w *writer) due(l app.Letter) {
	if len(l.Due) == 0 {
		return
	}
	w.head(w.lang.T("mail.due"))
	var rows []row
	for _, c := range l.Due {
		rows = append(rows, row{text: w.lang.T("mail.due_row", tandem.Args{"title": c.Title, "day": w.lang.DateWeekday(c.Day)})})
	}
	w.list(rows)
}

func (w *writer) values(l app.Letter) {
	if len(l.Values) == 0 {
		return
	}
	w.head(w.lang.T("mail.values"))
	var rows []row
	for _, v := range l.Values {
		rows = append(rows, row{text: w.lang.T("mail.value_row", tandem.Args{"title": v.Title, "value": w.number(v.Value, v.Number), "n": v.Count})})
	}
	w.list(rows)
}

func (w *writer) number(v float64, m tandem.Metric) string {
	s := w.lang.Numbers().Number(v, m.Decimals)
	if m.Unit != "" {
		s += " " + m.Unit
	}
	return s
}

// end says why the mail came and how it ends.
func (w *writer) end(stop string) {
	why := w.lang.T("mail.why")
	w.plain.WriteString("\n-- \n" + why + "\n")
	w.html.WriteString(`<p class="end">` + html.EscapeString(why))
	words := w.lang.T("mail.stop")
	if stop == "" {
		w.plain.WriteString(words + "\n")
		w.html.WriteString(" " + html.EscapeString(words))
	} else {
		w.plain.WriteString(words + ": " + stop + "\n")
		w.html.WriteString(` <a href="` + html.EscapeString(stop) + `">` + html.EscapeString(words) + "</a>")
	}
	w.html.WriteString("</p>\n")
}
