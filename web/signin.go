package web

import (
	"net/http"
	"net/url"
	"slices"

	"tandem"
	"tandem/app"
	"tandem/i18n"
	"tandem/web/ui"
)

// maxSignIn is the size of the largest sign-in form: with it comes a form that was kept, each of whose
// bytes may have become three.
const maxSignIn = 4 * maxForm

// A keptForm was posted after its session had ended. It waits on the sign-in page, in the reader's own
// browser and nowhere else, and is offered again.
type keptForm struct {
	Path   string // where it was going
	Fields url.Values
}

// A typed line is one field of a kept form, for the reader's eye.
type typedLine struct{ Label, Text string }

// signInView is what the sign-in page carries through to the page after it.
type signInView struct {
	Next string
	Kept *keptForm
}

// keepForm takes the posted form of a call; nil when it cannot be kept: a file, too large, or with a
// password in it.
func keepForm(c *call) *keptForm {
	f, err := c.form()
	if err != nil || len(f.values) == 0 || localPath(c.R.URL.Path) != c.R.URL.Path {
		return nil
	}
	for _, secret := range []string{"password", "old", "new", "code"} {
		if f.values.Has(secret) {
			return nil
		}
	}
	return &keptForm{Path: c.R.URL.RequestURI(), Fields: f.values}
}

// readKept reads a kept form out of the sign-in form.
func readKept(f *form) *keptForm {
	path := f.values.Get("kept_path")
	fields, err := url.ParseQuery(f.values.Get("kept"))
	if path == "" || err != nil || len(fields) == 0 || localPath(path) != path {
		return nil
	}
	return &keptForm{Path: path, Fields: fields}
}

// names gives the fields of a kept form in their order.
func (k *keptForm) names() []string {
	names := make([]string, 0, len(k.Fields))
	for n := range k.Fields {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// typed gives what a person typed into a kept form, as far as its fields have names that people know.
func (k *keptForm) typed(c *call) []typedLine {
	var out []typedLine
	for _, name := range k.names() {
		if text := k.Fields.Get(name); text != "" && i18n.Has("field."+name) {
			out = append(out, typedLine{Label: c.T("field." + name), Text: text})
		}
	}
	return out
}

// signInKeeping answers a form whose session has ended with the sign-in page that holds it.
func signInKeeping(c *call) error {
	f := c.fresh()
	f.errs.Add("", "session_ended", nil)
	v := signInView{Kept: keepForm(c)}
	if v.Kept == nil {
		f.errs = nil // nothing was kept, so nothing is promised
	}
	return c.door(http.StatusOK, c.T("signin.title"), false, signInBody(c, f, v))
}

func getSignIn(s *Server, c *call) error {
	next := localPath(c.R.URL.Query().Get("next"))
	if c.signedIn() {
		return c.redirect(next, nil)
	}
	needs, err := s.App.NeedsSetup(c.ctx())
	if err != nil {
		return err
	}
	if needs {
		return c.redirect(ui.FirstRunURL(), nil)
	}
	return c.door(http.StatusOK, c.T("signin.title"), false, signInBody(c, c.fresh(), signInView{Next: next}))
}

func postSignIn(s *Server, c *call) error {
	f, err := c.formUpTo(maxSignIn)
	if err != nil {
		return err
	}
	v := signInView{Next: localPath(f.text("next")), Kept: readKept(f)}
	in, err := s.App.SignIn(c.ctx(), app.SignInInput{Email: f.text("email"), Password: f.values.Get("password"), From: c.from()})
	if err := f.take(err, tandem.KindUnauthorized, tandem.KindTooMany, tandem.KindBusy); err != nil {
		return err
	}
	if !f.ok() {
		return c.door(f.status(), c.T("signin.title"), false, signInBody(c, f, v))
	}
	c.enter(in)
	if v.Kept != nil {
		return c.door(http.StatusOK, c.T("kept.title"), true, keptBody(c, v.Kept))
	}
	return c.redirect(v.Next, nil)
}

// enter takes over a new session: the browser keeps its secret, and the rest of the call is that person's.
func (c *call) enter(in app.SignedIn) {
	c.keep(in)
	c.Principal = in.Principal
	c.Lang, _ = i18n.ParseLang(c.Person.Lang)
	c.Today = c.Person.Today(c.Now)
	c.Space = c.Person.Personal
}

func postSignOut(s *Server, c *call) error {
	err := s.App.SignOut(c.ctx(), c.Principal)
	if err != nil && tandem.KindOf(err) != tandem.KindNotFound {
		return err
	}
	c.forget()
	return c.redirect(ui.SignInURL(""), nil)
}

// getLink shows the page of a one-time link: mail programs open links by themselves, so that only its
// button signs in.
func getLink(_ *Server, c *call) error {
	return c.door(http.StatusOK, c.T("link.title"), false, linkBody(c, c.fresh()))
}

func postLink(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	in, err := s.App.SignInByLink(c.ctx(), c.R.PathValue("secret"), c.from())
	if err := f.take(err, tandem.KindUnauthorized, tandem.KindTooMany); err != nil {
		return err
	}
	if !f.ok() {
		return c.door(f.status(), c.T("link.title"), false, linkBody(c, f))
	}
	c.enter(in)
	return c.redirect(ui.TodayURL(), &toast{Key: "toast.link"})
}
