package store

import (
	"context"
	"fmt"
	"math"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"tandem"
)

// aSpace is one workspace with two members, and a number of the first.
type aSpace struct {
	ws         tandem.WorkspaceID
	mira, noor tandem.Actor
	outsider   tandem.Actor
	metric     tandem.MetricID
	nextID     int64
}

const firstDay tandem.Day = 20000 // 2024-10-04

func newSpace(t testing.TB, db *DB) *aSpace {
	t.Helper()
	s := &aSpace{ws: 7, metric: 100, nextID: 1000}
	member := func(p tandem.PersonID, r tandem.Role) tandem.Actor {
		return tandem.Actor{Person: p, Roles: map[tandem.WorkspaceID]tandem.Role{s.ws: r}}
	}
	s.mira, s.noor = member(1, tandem.RoleOwner), member(2, tandem.RoleMember)
	s.outsider = tandem.Actor{Person: 3, Roles: map[tandem.WorkspaceID]tandem.Role{8: tandem.RoleOwner}}
	write(t, db, func(tx *Tx) error {
		h := tx.For(s.mira)
		if err := h.AddWorkspace(ctx, tandem.Workspace{ID: s.ws, Kind: tandem.TeamSpace, Name: "Harbour Bikes"}); err != nil {
			return err
		}
		return h.AddMetric(ctx, s.number(s.metric, "Sales", tandem.FormTotal))
	})
	return s
}

var ctx = context.Background()

func (s *aSpace) number(id tandem.MetricID, name string, form tandem.Form) tandem.Metric {
	m := tandem.Metric{Workspace: s.ws, ID: id, Owner: s.mira.Person, Name: name, Form: form, Decimals: -1, Zone: "Europe/Berlin"}
	m.Defaults()
	return m
}

func (s *aSpace) value(at tandem.Instant, v float64) tandem.Observation {
	return tandem.Observation{Metric: s.metric, At: at, Day: firstDay + tandem.Day(int64(at)/86400_000_000), Value: v, State: tandem.StateValue}
}

// all gives every value that the actor sees.
func (s *aSpace) all(t testing.TB, db *DB, a tandem.Actor) []tandem.Observation {
	t.Helper()
	all, err := db.For(a).ObservationPage(ctx, s.ws, s.metric, math.MaxInt64, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func add(t testing.TB, db *DB, s *aSpace, obs ...tandem.Observation) (ats []tandem.Instant) {
	t.Helper()
	write(t, db, func(tx *Tx) error {
		h := tx.For(s.mira)
		ats = ats[:0]
		for _, o := range obs {
			if err := h.TouchData(ctx, s.ws, o.Metric); err != nil {
				return err
			}
			at, err := h.AddObservation(ctx, s.ws, o)
			if err != nil {
				return err
			}
			ats = append(ats, at)
		}
		return nil
	})
	return ats
}

func TestATakenInstantGetsTheNextFreeMicrosecond(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		s := newSpace(t, db)
		got := add(t, db, s, s.value(5, 1), s.value(6, 2), s.value(5, 3), s.value(9, 4), s.value(5, 5))
		want := []tandem.Instant{5, 6, 7, 9, 8}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("got instants %d, want %d", got, want)
		}
	})
}

func TestInstantsStayUniqueWhateverComes(t *testing.T) {
	db := openFile(t)
	s := newSpace(t, db)
	next := tandem.MetricID(200)
	rapid.Check(t, func(rt *rapid.T) {
		next++
		m := s.number(next, fmt.Sprint("n", next), tandem.FormReading)
		wanted := rapid.SliceOfN(rapid.Int64Range(0, 8), 1, 20).Draw(rt, "instants")
		seen := map[tandem.Instant]bool{}
		write(t, db, func(tx *Tx) error {
			h := tx.For(s.mira)
			if err := h.AddMetric(ctx, m); err != nil {
				return err
			}
			for _, at := range wanted {
				got, err := h.AddObservation(ctx, s.ws, tandem.Observation{Metric: m.ID, At: tandem.Instant(at), Day: firstDay, State: tandem.StateValue})
				if err != nil {
					return err
				}
				if seen[got] || got < tandem.Instant(at) {
					rt.Fatalf("instant %d for %d", got, at)
				}
				for x := tandem.Instant(at); x < got; x++ {
					if !seen[x] {
						rt.Fatalf("%d was free, got %d", x, got)
					}
				}
				seen[got] = true
			}
			return nil
		})
	})
}

func TestSkipAndNotApplicableAreKeptApartFromZero(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		s := newSpace(t, db)
		zero, skip, na := s.value(1, 0), s.value(2, 0), s.value(3, 0)
		skip.State, na.State = tandem.StateSkip, tandem.StateNotApplicable
		skip.Note, na.External = "ill", "x-3"
		add(t, db, s, zero, skip, na)
		got := s.all(t, db, s.mira)
		if len(got) != 3 || got[0].State != tandem.StateNotApplicable || got[1].State != tandem.StateSkip || got[2].State != tandem.StateValue {
			t.Fatalf("got %+v", got)
		}
		if got[1].Note != "ill" || got[0].External != "x-3" {
			t.Errorf("note and external id: %+v", got)
		}
	})
}

func TestValuesOfDaysAreReadWithBothEnds(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		s := newSpace(t, db)
		var obs []tandem.Observation
		for d := range tandem.Day(10) {
			// Places far from UTC: the local day and the instant's day differ.
			o := s.value(0, float64(d))
			o.Day = firstDay + d
			o.At = tandem.Instant(int64(o.Day)*86400_000_000 + []int64{-14, 0, 35}[d%3]*3600_000_000)
			obs = append(obs, o)
		}
		add(t, db, s, obs...)
		got, err := db.For(s.mira).Observations(ctx, s.ws, s.metric, firstDay+2, firstDay+6)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for _, o := range got {
			sum += o.Value
		}
		if len(got) != 5 || sum != 2+3+4+5+6 {
			t.Errorf("got %d values, sum %v", len(got), sum)
		}
	})
}

func TestPagesOfValuesHoldEachOnce(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		s := newSpace(t, db)
		for i := range 25 {
			add(t, db, s, s.value(tandem.Instant(i*10), float64(i)))
		}
		before, n := tandem.Instant(math.MaxInt64), 24.0
		for {
			page, err := db.For(s.mira).ObservationPage(ctx, s.ws, s.metric, before, 7)
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range page {
				if o.Value != n {
					t.Fatalf("got %v, want %v", o.Value, n)
				}
				n--
			}
			if len(page) < 7 {
				break
			}
			before = page[len(page)-1].At
		}
		if n != -1 {
			t.Errorf("%v left", n)
		}
	})
}

func TestAValueWithAnExternalIDIsAddedOnceAndChangedAfterwards(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		s := newSpace(t, db)
		put := func(v float64, note string) (p tandem.Put) {
			write(t, db, func(tx *Tx) (err error) {
				h := tx.For(s.mira)
				if err := h.TouchData(ctx, s.ws, s.metric); err != nil {
					return err
				}
				o := s.value(50, v)
				o.External, o.Note, o.Source = "row-1", note, 3
				p, err = h.PutObservation(ctx, s.ws, o)
				return err
			})
			return p
		}
		for i, step := range []struct {
			value float64
			note  string
			did   tandem.PutDone
		}{{4, "", tandem.PutAdded}, {4, "", tandem.PutSame}, {5, "", tandem.PutChanged}, {5, "told later", tandem.PutChanged}, {5, "told later", tandem.PutSame}} {
			if p := put(step.value, step.note); p.Did != step.did || p.At != 50 {
				t.Errorf("step %d: %+v, want %s", i, p, step.did)
			}
		}
		if got := s.all(t, db, s.mira); len(got) != 1 || got[0].Value != 5 || got[0].Note != "told later" {
			t.Errorf("got %+v", got)
		}
	})
}

func TestADeletedValueLeavesNothingBehind(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		s := newSpace(t, db)
		o := s.value(50, 1)
		o.External, o.Note = "row-1", "note"
		add(t, db, s, o)
		write(t, db, func(tx *Tx) error { return tx.For(s.mira).DeleteObservation(ctx, s.ws, s.metric, 50) })
		add(t, db, s, o)
		if got := s.all(t, db, s.mira); len(got) != 1 || got[0].External != "row-1" {
			t.Errorf("after adding it again: %+v", got)
		}
	})
}

func TestWhatASourceWroteIsFoundAndNothingElse(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		s := newSpace(t, db)
		var sources [2]tandem.SourceID
		write(t, db, func(tx *Tx) (err error) {
			h := tx.For(s.mira)
			for i, kind := range []string{"person", "import"} {
				if sources[i], err = h.SourceOf(ctx, s.ws, kind, 9); err != nil {
					return err
				}
				again, err := h.SourceOf(ctx, s.ws, kind, 9)
				if err != nil || again != sources[i] {
					return fmt.Errorf("the same source got %d, then %d: %w", sources[i], again, err)
				}
			}
			return nil
		})
		if sources[0] == sources[1] || sources[0] == 0 || sources[1] == 0 {
			t.Fatalf("sources %v", sources)
		}
		for i := range 9 {
			o := s.value(tandem.Instant(i), float64(i))
			o.Source = sources[i%2]
			add(t, db, s, o)
		}
		for _, limit := range []int{3, 100} {
			got, err := db.For(s.mira).ObservationsBySource(ctx, s.ws, s.metric, sources[1], limit)
			if err != nil || len(got) != min(limit, 4) {
				t.Fatalf("%d of at most %d, %v", len(got), limit, err)
			}
			for i, o := range got {
				if o.Source != sources[1] || o.Value != float64(2*i+1) {
					t.Errorf("got %+v", o)
				}
			}
		}
	})
}

func TestNoUpdateIsLostAmongThirtyTwoWriters(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		s := newSpace(t, db)
		const writers, each = 32, 5
		var wg sync.WaitGroup
		for w := range writers {
			wg.Go(func() {
				for i := range each {
					err := db.InTx(ctx, func(tx *Tx) error {
						h := tx.For(s.mira)
						if err := h.TouchData(ctx, s.ws, s.metric); err != nil {
							return err
						}
						_, err := h.AddObservation(ctx, s.ws, s.value(1, float64(w*each+i)))
						return err
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		got := s.all(t, db, s.mira)
		seen := map[float64]bool{}
		for _, o := range got {
			seen[o.Value] = true
		}
		m, err := db.For(s.mira).Metric(ctx, s.ws, s.metric)
		if err != nil || len(got) != writers*each || len(seen) != writers*each || m.DataVersion != 1+writers*each {
			t.Errorf("%d values, %d different, data version %d, %v", len(got), len(seen), m.DataVersion, err)
		}
	})
}

func TestANumberIsSeenThroughTheGoalsThatUseIt(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		s := newSpace(t, db)
		add(t, db, s, s.value(1, 1))
		for _, a := range []tandem.Actor{s.noor, s.outsider} {
			if _, err := db.For(a).Metric(ctx, s.ws, s.metric); tandem.KindOf(err) != tandem.KindNotFound {
				t.Errorf("actor %d: %v", a.Person, err)
			}
			if got := s.all(t, db, a); len(got) != 0 {
				t.Errorf("actor %d sees %d values", a.Person, len(got))
			}
		}
		g := s.result(s.metric, tandem.ByWorkspace)
		write(t, db, func(tx *Tx) error { return tx.For(s.mira).AddPerformance(ctx, g) })
		m, err := db.For(s.noor).Metric(ctx, s.ws, s.metric)
		if err != nil || m.Visibility != tandem.ByWorkspace || len(s.all(t, db, s.noor)) != 1 {
			t.Errorf("a member sees %+v, %v", m, err)
		}
		if got := s.all(t, db, s.outsider); len(got) != 0 {
			t.Errorf("an outsider sees %d values", len(got))
		}
	})
}
