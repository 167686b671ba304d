package tandem

import (
	"archive/zip"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"
)

// The zones of the Go distribution with their changes of clock in these years. Everything that counts days is
// walked through them: days themselves, micro-goals, reviews, the weekly mail.
const (
	zonesFrom = 2020
	zonesTo   = 2031 // not included
)

// goZones gives every zone of the Go distribution's own zone data.
func goZones(t *testing.T) (out []*time.Location) {
	t.Helper()
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.OpenReader(filepath.Join(strings.TrimSpace(string(root)), "lib", "time", "zoneinfo.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		zone, err := time.LoadLocation(f.Name)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		out = append(out, zone)
	}
	if len(out) < 500 {
		t.Fatalf("%d zones", len(out))
	}
	return out
}

// changes gives the instants in those years at which the clocks of a zone change.
func changes(zone *time.Location) (out []time.Time) {
	last := time.Date(zonesTo, 1, 1, 0, 0, 0, 0, time.UTC)
	for t := time.Date(zonesFrom, 1, 1, 0, 0, 0, 0, time.UTC).In(zone); ; {
		_, end := t.ZoneBounds()
		if end.IsZero() || !end.Before(last) {
			return out
		}
		out = append(out, end)
		t = end
	}
}

// dayFunc is how an instant becomes a day: DayOf, or one that is wrong on purpose.
type dayFunc func(t time.Time, zone *time.Location, dayStart time.Duration) Day

// aroundFault looks at every half hour within two days of a change and to the second at the change
// itself. With the start of the day at midnight each date of the wall clock comes once, in its order, none left
// out. With a later start no day is left out either; it may be shown again for as long as the clock repeats the
// start of the day.
func aroundFault(zone *time.Location, change time.Time, start time.Duration, dayOf dayFunc) string {
	var at []time.Time
	for q := -2 * 48; q <= 2*48; q++ {
		if q == 0 {
			at = append(at, change.Add(-time.Second), change, change.Add(time.Second))
			continue
		}
		at = append(at, change.Add(time.Duration(q)*30*time.Minute))
	}
	last := NoDay
	for _, t := range at {
		d, wall := dayOf(t, zone, start), t.In(zone)
		shown := d
		if h, m, s := wall.Clock(); h*3600+m*60+s < int(start/time.Second) {
			shown++ // the date on the clock is the one after the day that still lasts
		}
		if y, m, date := wall.Date(); written(y, m, date) != written(shown.Date()) {
			return fmt.Sprintf("%s with days from %v: %s counts for %s", zone, start, wall, d)
		}
		if last != NoDay && d != last && d != last+1 && (start == 0 || d != last-1) {
			return fmt.Sprintf("%s with days from %v: %s is followed by %s at %s", zone, start, last, d, wall)
		}
		last = d
	}
	return ""
}

// written gives a date as one number that no calendar is needed for: 20261125.
func written(y int, m time.Month, d int) int { return y*10_000 + int(m)*100 + d }

// lived gives for every date that the wall clock shows in the five weeks around an instant, from a Monday on, one
// instant of it, drawn by chance, and what the date is written as.
func lived(zone *time.Location, around time.Time, random *rand.Rand) (at []time.Time, dates []int) {
	n, from := 0, around.Add(-17*24*time.Hour).In(zone)
	for from.Weekday() != time.Sunday {
		from = from.Add(6 * time.Hour)
	}
	for from.Weekday() == time.Sunday {
		from = from.Add(20 * time.Minute)
	}
	for t := from; ; t = t.Add(20 * time.Minute) {
		date := written(t.Date())
		switch last := len(dates) - 1; {
		case last < 0 || dates[last] != date:
			if len(dates) == 35 {
				return at, dates
			}
			at, dates, n = append(at, t), append(dates, date), 1
		default:
			if n++; random.IntN(n) == 0 {
				at[last] = t
			}
		}
	}
}

// countedFault ticks a micro-goal once on each date of five weeks and wants each to count once: for the week, for
// "n of the last 28 days", for at most one a day, and for the week that a review is named by.
func countedFault(zone *time.Location, around time.Time, random *rand.Rand, dayOf dayFunc) string {
	at, dates := lived(zone, around, random)
	var obs []Observation
	for _, t := range at {
		obs = append(obs, Observation{Day: dayOf(t, zone, 0), Value: 1, State: StateValue})
	}
	start := obs[0].Day
	daily := MicroGoal{Amount: 1, Times: 7, Period: PeriodWeek, Start: start}
	once := MicroGoal{Times: 1, AtMost: true, Period: PeriodDay, Start: start}
	weeks := map[Day]int{}
	for i, o := range obs {
		if written(o.Day.Date()) != dates[i] {
			return fmt.Sprintf("%s: what was done at %s counts for %s", zone, at[i].In(zone), o.Day)
		}
		weeks[PeriodWeek.Start(o.Day)]++
		if i%7 != 6 {
			continue
		}
		if t := daily.TallyOn(o.Day, obs[:i+1]); t.Done != 7 || t.Asked != 7 || len(t.DoneDays) != 7 || !t.Kept {
			return fmt.Sprintf("%s: the week up to %s counts %v of %v", zone, o.Day, t.Done, t.Asked)
		}
	}
	if s := daily.StrengthOn(obs[34].Day, obs); s != (Strength{Done: 28, Of: 28}) {
		return fmt.Sprintf("%s: %s counts %d of %d days", zone, obs[34].Day, s.Done, s.Of)
	}
	if over := once.SlipsOn(start, obs[34].Day, obs); len(over) > 0 {
		return fmt.Sprintf("%s: once a day is over at %v", zone, over)
	}
	if len(weeks) != 5 {
		return fmt.Sprintf("%s: five weeks have reviews of %v", zone, weeks)
	}
	for week, days := range weeks {
		if days != 7 {
			return fmt.Sprintf("%s: the review of %s has %d days", zone, week, days)
		}
	}
	return ""
}

// zoneFault looks at one zone: around each of its changes and around some instants by chance.
func zoneFault(zone *time.Location, random *rand.Rand, dayOf dayFunc) string {
	years := time.Date(zonesTo, 1, 1, 0, 0, 0, 0, time.UTC).Sub(time.Date(zonesFrom, 1, 1, 0, 0, 0, 0, time.UTC))
	at := changes(zone)
	for range 4 {
		at = append(at, time.Date(zonesFrom, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(random.Int64N(int64(years)))).Truncate(time.Second))
	}
	for _, t := range at {
		for _, start := range []time.Duration{0, time.Duration(random.IntN(13)) * time.Hour} {
			if fault := aroundFault(zone, t, start, dayOf); fault != "" {
				return fault
			}
		}
		if fault := countedFault(zone, t, random, dayOf); fault != "" {
			return fault
		}
	}
	return ""
}

// TestNoDayIsLostOrDoubledInAnyZone goes through all zones of the Go distribution, the changes of their clocks
// from 2020 to 2030 and instants by chance.
func TestNoDayIsLostOrDoubledInAnyZone(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	random, all, n := rand.New(rand.NewPCG(seed, 0)), goZones(t), 0
	for _, zone := range all {
		n += len(changes(zone))
		if fault := zoneFault(zone, random, DayOf); fault != "" {
			t.Errorf("%s (seed %d)", fault, seed)
		}
	}
	t.Logf("%d zones, %d changes of their clocks", len(all), n)
	if n < 2000 {
		t.Errorf("only %d changes were looked at", n)
	}
}

// TestEveryDateHasItsNoonInAnyZone: where a value known by its day only is put lies on that day.
func TestEveryDateHasItsNoonInAnyZone(t *testing.T) {
	for _, zone := range goZones(t) {
		for d := DateDay(zonesFrom, 1, 1); d < DateDay(zonesTo, 1, 1); d++ {
			if got := DayOf(d.Noon(zone).Time(), zone, 0); got != d {
				t.Errorf("%s: noon of %s is on %s", zone, d, got)
				break
			}
		}
	}
}

// TestEveryWeekHasOneMailInAnyZone walks the years as the job does, with a day, an hour and rest days by chance.
func TestEveryWeekHasOneMailInAnyZone(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 1))
	from, to := time.Date(zonesFrom, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(zonesTo, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, zone := range goZones(t) {
		r := Reminder{State: ReminderOn, Weekday: random.IntN(7), Hour: FirstMailHour + random.IntN(LastMailHour-FirstMailHour+1), Week: NoDay}
		r.RestDays = uint8(random.IntN(128)) &^ (1 << uint(r.Weekday))
		tick := func() time.Duration { return time.Duration(20+random.IntN(900)) * time.Second }
		oneEach(t, fmt.Sprintf("%s (seed %d)", zone, seed), weeks(t, r, zone, from, to, tick), WeekOf(from, zone), WeekOf(to, zone))
		for week := WeekOf(from, zone) + 7; week < WeekOf(to, zone); week += 7 {
			if slot := r.Slot(week, zone).In(zone); slot.Weekday() != time.Weekday(r.Weekday) || slot.Hour() != r.Hour && !moved(slot) {
				t.Errorf("%s: the mail of %s is due at %s, asked is %v at %d", zone, week, slot, time.Weekday(r.Weekday), r.Hour)
			}
		}
	}
}

// moved tells whether the clock was changed within a day before t: an hour may have been left out.
func moved(t time.Time) bool {
	_, then := t.Add(-24 * time.Hour).Zone()
	_, now := t.Zone()
	return then != now
}

// TestWrongDaysAreFound plants what is often done wrong: a day of 24 hours, and a midnight built by time.Date.
func TestWrongDaysAreFound(t *testing.T) {
	random, all := rand.New(rand.NewPCG(1, 2)), goZones(t)
	for name, wrong := range map[string]dayFunc{
		"24 hours from the first midnight of the year": func(t time.Time, zone *time.Location, start time.Duration) Day {
			t = t.Add(-start)
			first := time.Date(t.In(zone).Year(), 1, 1, 0, 0, 0, 0, zone)
			return DateDay(first.Year(), 1, 1) + Day(t.Sub(first)/(24*time.Hour))
		},
		"a midnight by time.Date": func(t time.Time, zone *time.Location, start time.Duration) Day {
			y, m, d := t.Add(-start).In(zone).Date()
			y, m, d = time.Date(y, m, d, 0, 0, 0, 0, zone).Date()
			return DateDay(y, m, d)
		},
		"the offset of the first of January": func(t time.Time, zone *time.Location, start time.Duration) Day {
			_, offset := time.Date(t.Year(), 1, 1, 0, 0, 0, 0, zone).Zone()
			return DayOf(t, time.FixedZone("", offset), start)
		},
	} {
		found := 0
		for _, zone := range all {
			if zoneFault(zone, random, wrong) != "" {
				found++
			}
		}
		if found == 0 || found == len(all) {
			t.Errorf("%s is found in %d of %d zones", name, found, len(all))
		}
		t.Logf("%s: found in %d of %d zones", name, found, len(all))
	}
}
