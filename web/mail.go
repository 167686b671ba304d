package web

import (
	"net/http"
	"strconv"
	"time"

	"tandem"
	"tandem/app"
	"tandem/i18n"
	"tandem/notify/weekly"
	"tandem/web/ui"
)

func getReminder(s *Server, c *call) error { return c.reminder(http.StatusOK, c.fresh()) }

func (c *call) reminder(status int, f *form) error {
	v, err := c.s.App.Reminder(c.ctx(), c.Actor)
	if err != nil {
		return err
	}
	lives := c.Person.ShowAll // else the choice stands there once there is a lifeline
	if all, err := c.s.App.ListLifelines(c.ctx(), c.Actor); err != nil {
		return err
	} else if len(all) > 0 {
		lives = true
	}
	return c.pageAs(status, pageView{Title: c.T("settings.mail"), Current: "set"}, reminderBody(c, f, v, lives))
}

func postReminder(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	number := func(name string) *int {
		n, err := strconv.Atoi(f.text(name))
		if err != nil {
			n = -1 // refused by its range
		}
		return &n
	}
	on, rest := f.on("on"), []int{}
	for d := range 7 {
		if f.on("rest_" + strconv.Itoa(d)) {
			rest = append(rest, d)
		}
	}
	in := app.ReminderInput{On: &on, Weekday: number("weekday"), Hour: number("hour"), RestDays: &rest}
	if f.on("lives") { // the choice stood there
		lifelines := f.on("lifelines")
		in.Lifelines = &lifelines
	}
	_, err = s.App.SetReminder(c.ctx(), c.Actor, in)
	if err := f.take(err); err != nil {
		return err
	}
	if !f.ok() {
		return c.reminder(f.status(), f)
	}
	return c.redirect(ui.SettingsURL("mail"), &toast{Key: "toast.saved"})
}

// weekdays are the days of the week as choices, Monday first.
func weekdays(c *call, on int) (out []ui.Option) {
	for i := range 7 {
		d := (i + 1) % 7
		out = append(out, ui.Option{Value: strconv.Itoa(d), Label: c.Lang.Weekday(time.Weekday(d)), On: d == on})
	}
	return out
}

// mailHours are the hours at which a mail may come.
func mailHours(on int) (out []ui.Option) {
	for h := tandem.FirstMailHour; h <= tandem.LastMailHour; h++ {
		out = append(out, ui.Option{Value: strconv.Itoa(h), Label: clock(h * 60), On: h == on})
	}
	return out
}

// restsOn tells whether a day is ticked as a rest day.
func restsOn(v app.ReminderView, d int) bool {
	for _, r := range v.RestDays {
		if r == d {
			return true
		}
	}
	return false
}

// nextMail says when the next mail comes, in the person's zone.
func nextMail(c *call, v app.ReminderView) string {
	t := v.Next.Time().In(c.Person.Location())
	return c.T("reminder.next", tandem.Args{"day": c.Lang.DateWeekday(tandem.DayOf(t, c.Person.Location(), 0)), "time": c.Lang.Clock(t)})
}

func getMailPreview(s *Server, c *call) error {
	l, err := s.App.PreviewLetter(c.ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.page(pageView{Title: c.T("reminder.preview_title"), Current: "set"}, mailPreviewBody(c, weekly.Write(l, "")))
}

// inTheirWords has a page behind a link speak the language of the mail.
func (c *call) inTheirWords(lang string) {
	if l, ok := i18n.ParseLang(lang); ok {
		c.Lang = l
	}
}

// getMailLink shows what a link of a mail logs. Mail programs open links by themselves: it writes nothing.
func getMailLink(s *Server, c *call) error {
	v, err := s.App.MailLink(c.ctx(), c.R.PathValue("link"))
	return c.mailLink(c.fresh(), v, err)
}

func (c *call) mailLink(f *form, v app.LinkView, err error) error {
	switch {
	case tandem.KindOf(err) == tandem.KindNotFound:
		return c.door(http.StatusNotFound, c.T("maillink.title"), false, mailOverBody(c, "maillink.title", c.T("maillink.over")))
	case err != nil:
		return err
	}
	c.inTheirWords(v.Lang)
	status := http.StatusOK
	if !f.ok() {
		status = f.status()
	}
	return c.door(status, c.T("maillink.title"), false, mailLinkBody(c, f, v))
}

func postMailLink(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	v, err := s.App.MailLink(c.ctx(), c.R.PathValue("link"))
	if err != nil {
		return c.mailLink(f, v, err)
	}
	c.inTheirWords(v.Lang)
	var value *float64
	if v.Amount == nil {
		if n, ok := f.number("value"); ok {
			value = &n
		}
		if !f.ok() {
			return c.mailLink(f, v, nil)
		}
	}
	done, err := s.App.UseMailLink(c.ctx(), c.R.PathValue("link"), value)
	if tandem.KindOf(err) == tandem.KindNotFound {
		return c.mailLink(f, done, err)
	}
	if err := f.take(err); err != nil {
		return err
	}
	if !f.ok() {
		return c.mailLink(f, v, nil)
	}
	text := c.T("maillink.done", tandem.Args{"amount": amountOf(c, *done.Amount, done.Number), "name": done.Number.Name})
	return c.door(http.StatusOK, c.T("maillink.title"), false, mailOverBody(c, "maillink.title", text))
}

// amountOf writes a value of a number with its unit.
func amountOf(c *call, v float64, m tandem.Metric) string {
	s := c.num(v, m.Decimals)
	if m.Unit != "" {
		s += " " + m.Unit
	}
	return s
}

func getMailStop(s *Server, c *call) error {
	p, err := s.App.StopView(c.ctx(), c.R.PathValue("link"))
	if err != nil {
		return c.mailStopOver(err)
	}
	c.inTheirWords(p.Lang)
	return c.door(http.StatusOK, c.T("mailstop.title"), false, mailStopBody(c, p))
}

func (c *call) mailStopOver(err error) error {
	if tandem.KindOf(err) != tandem.KindNotFound {
		return err
	}
	return c.door(http.StatusNotFound, c.T("mailstop.title"), false, mailOverBody(c, "mailstop.title", c.T("mailstop.over")))
}

// postMailStop ends the mails: by the button of the page, or by a mail program in one step (RFC 8058).
func postMailStop(s *Server, c *call) error {
	p, err := s.App.StopMails(c.ctx(), c.R.PathValue("link"))
	if err != nil {
		return c.mailStopOver(err)
	}
	c.inTheirWords(p.Lang)
	return c.door(http.StatusOK, c.T("mailstop.title"), false, mailOverBody(c, "mailstop.title", c.T("mailstop.done")))
}

// reviewOffer gives what the last page of a review offers. The mail only where it can come.
func (c *call) reviewOffer() (*offerView, error) {
	mail := false
	if c.s.App.SendsMail {
		v, err := c.s.App.Reminder(c.ctx(), c.Actor)
		if err != nil && tandem.KindOf(err) != tandem.KindDenied {
			return nil, err
		}
		mail = v.Available && v.State == tandem.ReminderOff
	}
	return c.offerIf(c.Space, tandem.Args{}, func(k tandem.Concept) bool { return k.Place == "review" && (k.Key != "weekly_mail" || mail) })
}

// mailOnFriday switches the weekly mail on as it is offered, and shows when the next one comes.
func (c *call) mailOnFriday() error {
	on := true
	if _, err := c.s.App.SetReminder(c.ctx(), c.Actor, app.ReminderInput{On: &on}); err != nil && len(tandem.All(err)) == 0 {
		return err // what keeps it is said on its page
	}
	return c.redirect(ui.SettingsURL("mail"), &toast{Key: "toast.mail_on"})
}
