package tandem

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"
)

// everyZone gives the names of the zones that the machine knows, or a choice of odd ones.
func everyZone(t *testing.T) (out []string) {
	t.Helper()
	root := "/usr/share/zoneinfo"
	_ = filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil
		}
		name := strings.TrimPrefix(path, root+"/")
		if !strings.Contains(name, "/") || strings.HasPrefix(name, "posix/") || strings.HasPrefix(name, "right/") {
			return nil
		}
		if _, err := time.LoadLocation(name); err == nil {
			out = append(out, name)
		}
		return nil
	})
	if len(out) < 100 {
		out = []string{"UTC", "Europe/Berlin", "America/New_York", "America/Havana", "Atlantic/Azores", "America/Santiago", "Africa/Cairo", "Asia/Beirut",
			"Australia/Lord_Howe", "Pacific/Apia", "Pacific/Kiritimati", "Pacific/Niue", "Asia/Kathmandu", "America/St_Johns", "Antarctica/Troll", "Africa/Casablanca"}
	}
	return out
}

// weeks walks through time as the job does, and gives the weeks whose mail was queued.
func weeks(t *testing.T, r Reminder, zone *time.Location, from, to time.Time, tick func() time.Duration) (out []Day) {
	t.Helper()
	r.Next = InstantOf(from)
	for now := from; now.Before(to); now = now.Add(tick()) {
		if r.Next > InstantOf(now) {
			if d := r.Next.Time().Sub(now); d > time.Hour {
				now = r.Next.Time().Add(-time.Duration(d.Nanoseconds() % int64(time.Minute)))
			}
			continue
		}
		s := r.Step(now, zone)
		r.Next = s.Next
		if s.Next <= InstantOf(now) {
			t.Fatalf("%s at %s: looked at again at %s", zone, now, s.Next.Time())
		}
		if s.Queue != "" {
			if s.Week != WeekOf(now, zone) || !r.Awake(now, zone) {
				t.Fatalf("%s: the mail of %s is queued at %s", zone, s.Week, now.In(zone))
			}
			r.Week = s.Week
			out = append(out, s.Week)
		}
	}
	return out
}

// TestEveryLocalWeekHasOneMail walks two years in every zone: no week is left out, none has two.
func TestEveryLocalWeekHasOneMail(t *testing.T) {
	from, to := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2028, 1, 10, 0, 0, 0, 0, time.UTC)
	count := 0
	for i, name := range everyZone(t) {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		r := Reminder{State: ReminderOn, Weekday: i % 7, Hour: FirstMailHour + i%12, Week: NoDay}
		oneEach(t, name, weeks(t, r, zone, from, to, func() time.Duration { return time.Minute }), WeekOf(from, zone), WeekOf(to, zone))
		count++
	}
	t.Logf("%d zones", count)
}

func oneEach(t *testing.T, zone string, got []Day, first, last Day) {
	t.Helper()
	if len(got) == 0 || got[0] > first+7 || got[len(got)-1] < last-7 {
		t.Errorf("%s: from %v to %v", zone, got[:min(1, len(got))], last)
		return
	}
	for i := 1; i < len(got); i++ {
		if got[i] != got[i-1]+7 {
			t.Errorf("%s: after the week of %s comes that of %s", zone, got[i-1], got[i])
		}
	}
}

func TestAWeekIsNeverDoubledOrLostOverOddDays(t *testing.T) {
	zones := everyZone(t)
	rapid.Check(t, func(rt *rapid.T) {
		zone, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(rt, "zone"))
		if err != nil {
			rt.Fatal(err)
		}
		r := Reminder{State: ReminderOn, Weekday: rapid.IntRange(0, 6).Draw(rt, "weekday"), Hour: rapid.IntRange(FirstMailHour, LastMailHour).Draw(rt, "hour"), Week: NoDay}
		r.RestDays = uint8(rapid.IntRange(0, 127).Draw(rt, "rest")) &^ (1 << uint(r.Weekday))
		from := time.Date(rapid.IntRange(1990, 2035).Draw(rt, "year"), 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 364).Draw(rt, "day"))
		to := from.AddDate(0, 0, 70)
		got := weeks(t, r, zone, from, to, func() time.Duration { return time.Duration(rapid.IntRange(20, 900).Draw(rt, "tick")) * time.Second })
		oneEach(t, zone.String(), got, WeekOf(from, zone), WeekOf(to, zone))
	})
}

// TestADayThatAZoneLeavesOut is Samoa's: there was no 30 December 2011, a Friday.
func TestADayThatAZoneLeavesOut(t *testing.T) {
	zone := Zone("Pacific/Apia")
	r := Reminder{State: ReminderOn, Weekday: 5, Hour: 9, Week: NoDay}
	slot := r.Slot(DateDay(2011, 12, 26), zone)
	if got := slot.In(zone).Format("2006-01-02 15:04"); got != "2011-12-31 09:00" {
		t.Errorf("the slot is %s", got)
	}
}

func TestUnansweredMailsGetFewerAndEnd(t *testing.T) {
	zone := Zone("Europe/Berlin")
	r := Reminder{State: ReminderOn, Weekday: 5, Hour: 16, Week: NoDay}
	var got []int
	first := DateDay(2026, 1, 5)
	for now := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC); now.Before(time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)); now = now.Add(time.Hour) {
		s := r.Step(now, zone)
		if s.Queue == "" || r.State != ReminderOn {
			continue
		}
		r.Week = s.Week
		r.Unanswered++
		got = append(got, int(s.Week-first)/7)
		if s.Queue == QuietMail {
			r.State = ReminderQuiet
		}
	}
	want := []int{0, 1, 2, 4, 6, 8, 9}
	if len(got) != len(want) {
		t.Fatalf("weeks %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("weeks %v, want %v", got, want)
		}
	}
}

func TestAReminderNamesWhatItCannotTake(t *testing.T) {
	for _, r := range []Reminder{{Weekday: 7, Hour: 9}, {Weekday: -1, Hour: 9}, {Hour: 7}, {Hour: 20}, {Weekday: 5, Hour: 9, RestDays: 1 << 5}} {
		if r.Validate() == nil {
			t.Errorf("%+v is taken", r)
		}
	}
	if err := (Reminder{Weekday: 5, Hour: 19, RestDays: 1}).Validate(); err != nil {
		t.Error(err)
	}
}
