package tandem

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// zones lists the zone names of the machine's zone data.
func zones(t *testing.T) []string {
	t.Helper()
	root := "/usr/share/zoneinfo"
	var names []string
	err := filepath.WalkDir(root, func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name := strings.TrimPrefix(p, root+"/")
		if strings.HasPrefix(name, "posix") || strings.HasPrefix(name, "right") || !strings.Contains(name, "/") {
			return nil
		}
		if _, err := time.LoadLocation(name); err == nil {
			names = append(names, name)
		}
		return nil
	})
	if err != nil || len(names) < 100 {
		t.Fatalf("zone data: %d zones, %v", len(names), err)
	}
	return names
}

func TestEachLocalDateComesExactlyOnceInEveryZone(t *testing.T) {
	from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, name := range zones(t) {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		last := DayOf(from, zone, 0)
		for h := 1; h < 2*365*24; h += 3 {
			at := from.Add(time.Duration(h) * time.Hour)
			d := DayOf(at, zone, 0)
			if d != last && d != last+1 {
				t.Fatalf("%s: %s is day %s after %s", name, at, d, last)
			}
			if wall := at.In(zone).Format(time.DateOnly); d.String() != wall {
				t.Fatalf("%s: %s counts for %s, the wall clock shows %s", name, at, d, wall)
			}
			last = d
		}
	}
}

func TestNoonLiesInItsDayInEveryZone(t *testing.T) {
	for _, name := range zones(t) {
		zone, _ := time.LoadLocation(name)
		for d := DateDay(2026, 1, 1); d < DateDay(2028, 1, 1); d++ {
			if got := DayOf(d.Noon(zone).Time(), zone, 0); got != d {
				t.Fatalf("%s: noon of %s is on %s", name, d, got)
			}
		}
	}
}

func TestTheDayBeginsAtThePersonsDayStart(t *testing.T) {
	zone := time.FixedZone("x", 3600)
	at := time.Date(2026, 11, 25, 2, 30, 0, 0, zone)
	if d := DayOf(at, zone, 3*time.Hour); d.String() != "2026-11-24" {
		t.Errorf("half past two with a day that begins at three counts for %s", d)
	}
	if d := DayOf(at, zone, 2*time.Hour); d.String() != "2026-11-25" {
		t.Errorf("half past two with a day that begins at two counts for %s", d)
	}
}

func TestMonthsEndWhereTheyEnd(t *testing.T) {
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-01-31", 1, "2026-02-28"},
		{"2028-01-31", 1, "2028-02-29"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2026-11-30", 3, "2027-02-28"},
		{"2026-12-15", 1, "2027-01-15"},
		{"2026-03-31", -1, "2026-02-28"},
	} {
		d, err := ParseDay(c.from)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.AddMonths(c.months).String(); got != c.want {
			t.Errorf("%s and %d months is %s, want %s", c.from, c.months, got, c.want)
		}
	}
}

func TestPeriodsTileTheCalendar(t *testing.T) {
	for _, p := range []Period{PeriodDay, PeriodWeek, PeriodMonth, PeriodQuarter, PeriodYear} {
		for d := DateDay(2019, 12, 1); d < DateDay(2029, 2, 1); d++ {
			s, n := p.Start(d), p.Next(d)
			if s > d || n <= d || p.Start(n) != n || p.Start(n-1) != s {
				t.Fatalf("%s of %s runs from %s to before %s", p, d, s, n)
			}
		}
	}
}

func TestADateThatDoesNotExistNamesTheLastDay(t *testing.T) {
	_, err := ParseDay("2026-02-29")
	es := All(err)
	if len(es) != 1 || es[0].Code != "date_not_real" || es[0].Args["last"] != 28 {
		t.Fatalf("got %v", err)
	}
	if _, err := ParseDay("29.02.2026"); All(err)[0].Code != "date_form" {
		t.Fatalf("got %v", err)
	}
}
