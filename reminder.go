package tandem

import "time"

// Quiet hours: nothing is sent before 8:00 and from 20:00 on, in the person's zone.
const (
	FirstMailHour = 8
	LastMailHour  = 19
)

// After so many weekly mails in a row without an answer they come every second week, and after so many
// more they end with one last mail. An answer is a goal check-in within AnswerTime of a mail.
const (
	UnansweredHalf = 3
	UnansweredStop = 6
	AnswerTime     = 48 * time.Hour
)

// A ReminderState says whether somebody has the weekly mail.
type ReminderState string

const (
	ReminderOff   ReminderState = "off"
	ReminderOn    ReminderState = "on"
	ReminderQuiet ReminderState = "quiet" // it ended by itself after UnansweredStop mails; Settings start it again
)

// A Reminder is the one thing that Tandem sends by itself: a mail a week, for whoever said yes.
type Reminder struct {
	Person     PersonID
	State      ReminderState
	Weekday    int     // 0 Sunday to 6 Saturday
	Hour       int     // of the person's wall clock, FirstMailHour to LastMailHour
	RestDays   uint8   // days on which nothing is sent: bit 0 Sunday to bit 6 Saturday
	Week       Day     // Monday of the newest week whose mail was put into the queue; NoDay none
	Next       Instant // when it is looked at again
	Sent       Instant // when the newest mail was handed over; 0 none
	Unanswered int     // mails handed over since the last answer
	Lifelines  bool    // it also tells what waits in the person's lifelines
	Version    int64
	Created    Instant
}

// Validate names every field that cannot be accepted.
func (r Reminder) Validate() error {
	var es Errors
	if r.Weekday < 0 || r.Weekday > 6 {
		es.Add("weekday", "int_range", Args{"field": "weekday", "lo": 0, "hi": 6})
	} else if r.rests(time.Weekday(r.Weekday)) {
		es.Add("rest_days", "reminder_rest_day", nil)
	}
	if r.Hour < FirstMailHour || r.Hour > LastMailHour {
		es.Add("hour", "int_range", Args{"field": "hour", "lo": FirstMailHour, "hi": LastMailHour})
	}
	return es.Err()
}

func (r Reminder) rests(d time.Weekday) bool { return r.RestDays&(1<<uint(d)) != 0 }

// MayReach tells whether a person can have the weekly mail: with an address, no child, not suspended.
func (r Reminder) MayReach(p Person) bool {
	return p.Email != "" && p.AgeBand != Child && !p.Suspended
}

// Awake tells whether something may be sent to the person at t: outside the quiet hours and rest days of
// the wall clock in zone.
func (r Reminder) Awake(t time.Time, zone *time.Location) bool {
	l := t.In(zone)
	return l.Hour() >= FirstMailHour && l.Hour() <= LastMailHour && !r.rests(l.Weekday())
}

// WeekOf gives the Monday of the local week that holds t. It goes by the calendar, not by the start of the
// person's day.
func WeekOf(t time.Time, zone *time.Location) Day { return PeriodWeek.Start(DayOf(t, zone, 0)) }

// Slot gives when the mail of a week is due: the first moment from which the wall clock shows the chosen
// day and hour. Where a zone leaves that day out of its calendar it is the next day of the week that may be
// written on, else one before; the zero time when the week has none.
func (r Reminder) Slot(week Day, zone *time.Location) time.Time {
	chosen := (r.Weekday + 6) % 7 // days after Monday
	for i := range 7 {
		d := chosen + i
		if d > 6 {
			d = 6 - i // the rest of the week is gone: back from the chosen day
		}
		day := week + Day(d)
		if r.rests(day.Weekday()) {
			continue
		}
		y, m, dd := day.Date()
		t := time.Date(y, m, dd, r.Hour, 0, 0, 0, zone)
		if DayOf(t, zone, 0) == day && r.Awake(t, zone) {
			return t
		}
	}
	return time.Time{}
}

// A MailStep says what the weekly mail asks for at a moment.
type MailStep struct {
	Queue MailKind // what to put into the queue; "" nothing
	Week  Day      // the Monday of its week
	Next  Instant  // when to look again
}

// Step gives what is due at t. Of every local week exactly one mail is due at or after its slot, every
// second week after UnansweredHalf mails without an answer, and after UnansweredStop one last mail. A week
// whose waking hours after the slot have passed unnoticed is left out.
func (r Reminder) Step(t time.Time, zone *time.Location) (s MailStep) {
	week := WeekOf(t, zone)
	s.Week = week
	first := week
	if r.Week != NoDay {
		first = r.Week + 7
		if r.Unanswered >= UnansweredHalf && r.Unanswered < UnansweredStop {
			first = r.Week + 14
		}
	}
	if week >= first {
		slot := r.Slot(week, zone)
		switch {
		case slot.IsZero():
		case t.Before(slot):
			s.Next = InstantOf(slot)
			return s
		case r.Awake(t, zone):
			s.Queue = WeeklyMail
			if r.Unanswered >= UnansweredStop {
				s.Queue = QuietMail
			}
		default:
			// Late, in the night or on a rest day: the next waking hour, if the week still has one.
			for u := t.Truncate(time.Hour); WeekOf(u, zone) == week; u = u.Add(time.Hour) {
				if u.After(t) && r.Awake(u, zone) {
					s.Next = InstantOf(u)
					return s
				}
			}
		}
	}
	next := week + 7 // also where that week will be left out: an answer may come until then
	for range 8 {
		if slot := r.Slot(next, zone); !slot.IsZero() {
			s.Next = InstantOf(slot)
			return s
		}
		next += 7
	}
	s.Next = InstantOf(t.Add(7 * 24 * time.Hour))
	return s
}

// MailNotWanted is why a mail was parked whose person ended the mails meanwhile.
const MailNotWanted = "not wanted any more"

// MailEmpty is why a mail was parked that had nothing to say when its turn came.
const MailEmpty = "nothing to say"

// A MailKind is a kind of mail that the house writes by itself.
type MailKind string

const (
	WeeklyMail MailKind = "weekly"
	QuietMail  MailKind = "quiet" // "we will be quiet; pick it up any time"
)

// A Mail is one that waits or was sent. It holds no text: that is written when it is sent, from what may be
// seen then.
type Mail struct {
	Person PersonID
	Kind   MailKind
	Week   Day    // Monday of its local week
	ID     string // the left part of its Message-ID, kept over retries
	Tries  int    // attempts before this one
	Fence  int64
}

// A MailLink is what the one button of a page behind a link in a mail logs: a value of one number, once.
type MailLink struct {
	Workspace WorkspaceID
	ID        int64
	Person    PersonID
	Metric    MetricID
	Amount    *float64 // what is proposed; nil to ask for the reading
	Ends      Instant
	Used      Instant // 0 not yet
}
