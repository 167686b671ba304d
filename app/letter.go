package app

import (
	"context"
	"math/rand/v2"
	"slices"

	"tandem"
	"tandem/policy"
)

// How much one weekly mail holds at most, so that it is read in a minute.
const (
	letterSpaces = 5
	letterSteps  = 5
	letterDue    = 5
	letterValues = 8
	letterAhead  = 14 // days
	linkDays     = 14 // how long a link in a mail works
)

// A Letter is what a mail says; notify/weekly puts it into words.
type Letter struct {
	Kind   tandem.MailKind
	To     tandem.Person
	Week   tandem.Day // Monday
	Today  tandem.Day
	Steps  []LetterStep
	Due    []Coming
	Values []LetterValue
	Lesson *tandem.Lesson
	Review *ReviewWaiting // the one that waits in the person's own space
	Lives  []LetterLifeline
	Stop   string     // the link that ends the mails; "" in a preview
	open   bool       // there is a goal that the person works on
	lives  bool       // the person wants to be told of lifelines, and this reader may be
	since  tandem.Day // from which day on what was written counts as new
}

// Empty tells that there is nothing to say: no lifeline waits, nothing is open, and nothing was entered.
func (l Letter) Empty() bool {
	return l.Kind == tandem.WeeklyMail && !l.open && len(l.Lives) == 0 && len(l.Steps) == 0 && len(l.Due) == 0 && len(l.Values) == 0 && l.Lesson == nil && l.Review == nil
}

// A LetterStep is one thing to do. Link logs a value of Number; "" leads to Today.
type LetterStep struct {
	Kind   string // as in TodayItem
	Title  string
	Number *tandem.Metric
	Amount *float64
	Link   string
	space  tandem.WorkspaceID
}

// A LetterValue is what was logged on one number in the seven days up to today.
type LetterValue struct {
	Title  string
	Number tandem.Metric
	Count  int     // days with one
	Value  float64 // the sum of a total, else the newest
}

// PreviewLetter gives the mail that the actor would have now. Its links lead nowhere, and nothing is written.
func (a *App) PreviewLetter(ctx context.Context, by tandem.Actor) (l Letter, err error) {
	defer tandem.Wrap(&err, "preview letter")
	p, err := a.Store.For(by).Person(ctx)
	if err != nil {
		return l, err
	}
	if err := may(by, policy.Read, policy.Resource{Kind: policy.Today, Workspace: p.Personal, Owner: by.Person}); err != nil {
		return Letter{}, err
	}
	l = Letter{Kind: tandem.WeeklyMail, To: p, Week: tandem.WeekOf(a.Now(), p.Location()), Today: p.Today(a.Now())}
	m, err := a.reminderOf(ctx, a.Store.For(by), by.Person)
	if err != nil {
		return l, err
	}
	l.about(by, m)
	return l, a.fill(ctx, by, &l)
}

// Letter writes a mail of the queue from what its person may see at this moment; ok is false where it must
// not be sent: the person ended it, is suspended, or has no address any more. It puts the links of the mail
// down, the same ones each time.
func (a *App) Letter(ctx context.Context, m tandem.Mail) (l Letter, r tandem.Reminder, ok bool, err error) {
	defer tandem.Wrap(&err, "letter")
	local := a.Store.For(policy.Local())
	p, err := local.PersonByID(ctx, m.Person)
	if err != nil {
		return l, r, false, err
	}
	if r, err = local.Reminder(ctx, m.Person); err != nil {
		return l, r, false, err
	}
	want := tandem.ReminderOn
	if m.Kind == tandem.QuietMail {
		want = tandem.ReminderQuiet
	}
	if r.State != want || !r.MayReach(p) {
		return l, r, false, nil
	}
	secret, err := a.secret(ctx)
	if err != nil {
		return l, r, false, err
	}
	l = Letter{Kind: m.Kind, To: p, Week: m.Week, Today: p.Today(a.Now()), Stop: signLink(secret, "stop", int64(p.ID))}
	if m.Kind == tandem.QuietMail {
		return l, r, true, nil
	}
	roles, err := local.RolesOf(ctx, p.ID)
	if err != nil {
		return l, r, false, err
	}
	by := tandem.Actor{Person: p.ID, Name: p.Name, Roles: roles, Source: "session"}
	l.about(by, r)
	if err := a.fill(ctx, by, &l); err != nil {
		return l, r, false, err
	}
	return l, r, true, a.putLinks(ctx, &l, secret)
}

// putLinks gives each step that logs a value its link.
func (a *App) putLinks(ctx context.Context, l *Letter, secret string) error {
	if !slices.ContainsFunc(l.Steps, func(s LetterStep) bool { return s.Number != nil }) {
		return nil
	}
	ends := a.now() + tandem.Instant(linkDays*24*3600*1_000_000)
	return a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(policy.Local())
		for i := range l.Steps {
			s := &l.Steps[i]
			if s.Number == nil {
				continue
			}
			k, err := h.PutMailLink(ctx, tandem.MailLink{Workspace: s.space, ID: rand.Int64(), Person: l.To.ID, Metric: s.Number.ID, Amount: s.Amount, Ends: ends}, l.Week)
			if err != nil {
				return err
			}
			s.Link = signLink(secret, "log", int64(k.Workspace), k.ID)
		}
		return nil
	})
}

// fill gathers what the letter says from the person's workspaces, the own one first.
func (a *App) fill(ctx context.Context, by tandem.Actor, l *Letter) (err error) {
	spaces := []tandem.WorkspaceID{}
	for ws := range by.Roles {
		if ws != l.To.Personal && (by.Workspace == 0 || ws == by.Workspace) {
			spaces = append(spaces, ws)
		}
	}
	slices.Sort(spaces)
	spaces = append([]tandem.WorkspaceID{l.To.Personal}, spaces...)
	by = asked(by)
	by.Workspace = 0 // the right to the own mail was asked for once
	r := a.Store.For(by)
	var lessons []tandem.Lesson
	for _, ws := range spaces[:min(len(spaces), letterSpaces)] {
		resource := policy.Resource{Kind: policy.Today, Workspace: ws, Owner: by.Person}
		if policy.Decide(by, policy.Read, resource).Answer != policy.Allow {
			continue // a guest has nothing of the own there
		}
		d, err := a.readDay(ctx, r, ws)
		if err != nil {
			return err
		}
		if ws == l.To.Personal {
			if l.Review, err = reviewWaiting(ctx, r, ws, d.today); err != nil {
				return err
			}
		}
		l.open = l.open || len(d.results)+len(d.learning)+len(d.micros) > 0
		for _, i := range d.items() {
			if s, ok := stepOf(i); ok {
				s.space = ws
				l.Steps = append(l.Steps, s)
			}
		}
		for _, c := range d.coming() {
			if c.Day <= l.Today+letterAhead {
				l.Due = append(l.Due, c)
			}
		}
		l.Values = append(l.Values, d.weekValues()...)
		own, err := r.OwnLessons(ctx, ws, 50)
		if err != nil {
			return err
		}
		lessons = append(lessons, own...)
	}
	slices.SortStableFunc(l.Due, func(x, y Coming) int { return int(x.Day - y.Day) })
	l.Steps, l.Due, l.Values = most(l.Steps, letterSteps), most(l.Due, letterDue), most(l.Values, letterValues)
	if l.Lives, err = a.letterLifelines(ctx, by, *l); err != nil {
		return err
	}
	if len(lessons) > 0 {
		l.Lesson = &lessons[int(l.Week/7)%len(lessons)] // another one each week
	}
	return nil
}

func most[T any](all []T, n int) []T { return all[:min(len(all), n)] }

// stepOf gives a thing of Today as a step, unless it is done. A total is offered one more, a reading asks.
func stepOf(i TodayItem) (s LetterStep, ok bool) {
	if rank(i) != 0 || i.Micro != nil && i.Micro.AtMost { // what shall seldom happen is no step
		return s, false
	}
	s.Kind = i.Kind
	one := 1.0
	switch {
	case i.Result != nil:
		s.Title = i.Result.Title
		if i.Kind == "log" && !i.Result.Number.IsRatio() {
			s.Number = &i.Result.Number
			if s.Number.Form == tandem.FormTotal && !i.Result.InLumps(*s.Number) {
				s.Amount = &one
			}
		}
	case i.Micro != nil:
		s.Title = i.Micro.Title
	case i.Milestone != nil:
		s.Title = i.Milestone.Title
	case i.Learning != nil:
		s.Title = i.Learning.Title
	}
	return s, s.Title != ""
}

// weekValues gives what was logged on the person's results in the last seven days.
func (d dayData) weekValues() (out []LetterValue) {
	for _, x := range d.results {
		v := LetterValue{Title: x.Title, Number: x.Number}
		last := tandem.NoDay
		for _, o := range d.recent[x.Metric] {
			if o.State != tandem.StateValue || o.Day < d.today-6 {
				continue
			}
			v.Count++
			switch {
			case x.Number.Form == tandem.FormTotal:
				v.Value += o.Value
			case o.Day >= last:
				v.Value, last = o.Value, o.Day
			}
		}
		if v.Count > 0 {
			out = append(out, v)
		}
	}
	return out
}
