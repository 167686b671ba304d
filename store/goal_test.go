package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tandem"
)

func (s *aSpace) goalID() tandem.GoalID { s.nextID++; return tandem.GoalID(s.nextID) }

func (s *aSpace) head(kind tandem.GoalKind, v tandem.Visibility) tandem.Goal {
	return tandem.Goal{Workspace: s.ws, ID: s.goalID(), Kind: kind, Owner: s.mira.Person, Title: "Goal", State: tandem.Active, Visibility: v,
		PausedFrom: tandem.NoDay, Version: 1, Created: 5, CreatedDay: firstDay, Updated: 5}
}

func (s *aSpace) result(m tandem.MetricID, v tandem.Visibility) tandem.PerformanceGoal {
	return tandem.PerformanceGoal{Goal: s.head(tandem.KindPerformance, v), Metric: m, Start: firstDay, Deadline: firstDay + 90, Target: 20, ReachedWhen: tandem.ReachedTotal}
}

func (s *aSpace) learning(v tandem.Visibility) tandem.LearningGoal {
	return tandem.LearningGoal{Goal: s.head(tandem.KindLearning, v), ReviewDay: firstDay + 14}
}

func TestGoalsOfBothKindsComeBackAsTheyWereWritten(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		s := newSpace(t, db)
		half := 0.5
		g := s.result(s.metric, tandem.ByWorkspace)
		g.Baseline, g.TargetLo, g.TargetHi, g.Stretch = &half, &half, &half, &half
		g.SoFar, g.HeldFor, g.KeptShare, g.Repeats, g.Judged, g.Why, g.ExternalID = 3, 4, 0.8, tandem.PeriodMonth, "by hand", "because", "G1"
		l := s.learning(tandem.ByLifelines)
		l.Skill, l.Levels, l.Aim, l.Collection, l.CollectionSize, l.FirstStep = "Asking", []string{"a", "b", "c"}, 2, "questions", 3, "ask once"
		write(t, db, func(tx *Tx) error {
			h := tx.For(s.mira)
			if err := h.AddPerformance(ctx, g); err != nil {
				return err
			}
			return h.AddLearning(ctx, l)
		})
		for _, want := range []tandem.AnyGoal{g, l} {
			got, err := db.For(s.mira).Goal(ctx, s.ws, want.GoalHead().ID)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Error(d)
			}
		}
	})
}

func TestOfTwoChangesOfOneVersionTheSecondIsStale(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		s := newSpace(t, db)
		g, l := s.result(s.metric, tandem.OnlyMe), s.learning(tandem.OnlyMe)
		write(t, db, func(tx *Tx) error {
			if err := tx.For(s.mira).AddPerformance(ctx, g); err != nil {
				return err
			}
			return tx.For(s.mira).AddLearning(ctx, l)
		})
		for name, change := range map[string]func(*Handle) error{
			"result":   func(h *Handle) error { return h.SetPerformance(ctx, g) },
			"learning": func(h *Handle) error { return h.SetLearning(ctx, l) },
			"number": func(h *Handle) error {
				m := s.number(s.metric, "Sold", tandem.FormTotal)
				m.Version = 1
				return h.SetMetric(ctx, m)
			},
		} {
			try := func() error { return db.InTx(ctx, func(tx *Tx) error { return change(tx.For(s.mira)) }) }
			if err := try(); err != nil {
				t.Errorf("%s: the first change: %v", name, err)
			}
			if err := try(); tandem.KindOf(err) != tandem.KindStale {
				t.Errorf("%s: the second change: %v", name, err)
			}
		}
	})
}

// TestWhoSeesWhichGoal asks the lists and the single reads alike.
func TestWhoSeesWhichGoal(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		s := newSpace(t, db)
		want := map[tandem.Visibility]bool{tandem.OnlyMe: false, tandem.ByLifelines: false, tandem.ByUnit: true, tandem.ByWorkspace: true}
		for v, member := range want {
			g, l := s.result(s.metric, v), s.learning(v)
			write(t, db, func(tx *Tx) error {
				if err := tx.For(s.mira).AddPerformance(ctx, g); err != nil {
					return err
				}
				return tx.For(s.mira).AddLearning(ctx, l)
			})
			for _, c := range []struct {
				who  tandem.Actor
				sees bool
			}{{s.mira, true}, {s.noor, member}, {s.outsider, false}} {
				for _, id := range []tandem.GoalID{g.ID, l.ID} {
					_, err := db.For(c.who).Goal(ctx, s.ws, id)
					if (err == nil) != c.sees {
						t.Errorf("%s, person %d: %v", v, c.who.Person, err)
					}
					if listed := listed(t, db, s, c.who)[id]; listed != c.sees {
						t.Errorf("%s, person %d: listed %v", v, c.who.Person, listed)
					}
				}
			}
		}
	})
}

func listed(t testing.TB, db *DB, s *aSpace, who tandem.Actor) map[tandem.GoalID]bool {
	t.Helper()
	out := map[tandem.GoalID]bool{}
	active := []tandem.GoalState{tandem.Active}
	results, err := db.For(who).Results(ctx, s.ws, false, active, tandem.NoDay, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		out[r.ID] = true
	}
	learnings, err := db.For(who).Learnings(ctx, s.ws, false, active, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range learnings {
		out[l.ID] = true
	}
	return out
}

// counting counts the queries that a reader asks.
type counting struct {
	querier
	n int
}

func (c *counting) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	c.n++
	return c.querier.QueryContext(ctx, query, args...)
}

func TestAListOfAHundredResultsIsOneQuery(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		s := newSpace(t, db)
		write(t, db, func(tx *Tx) error {
			for i := range 100 {
				g := s.result(s.metric, tandem.OnlyMe)
				g.Deadline = firstDay + tandem.Day(100-i/2)
				if err := tx.For(s.mira).AddPerformance(ctx, g); err != nil {
					return err
				}
			}
			return nil
		})
		var got []tandem.ListedResult
		after, last := tandem.NoDay, tandem.GoalID(0)
		pages := 0
		for {
			h := db.For(s.mira)
			c := &counting{querier: h.q}
			h.q = c
			page, err := h.Results(ctx, s.ws, true, []tandem.GoalState{tandem.Active}, after, last, 30)
			if err != nil {
				t.Fatal(err)
			}
			if c.n != 1 {
				t.Fatalf("%d queries for a page of %d", c.n, len(page))
			}
			got, pages = append(got, page...), pages+1
			if len(page) < 30 {
				break
			}
			after, last = page[29].Deadline, page[29].ID
		}
		seen := map[tandem.GoalID]bool{}
		for i, r := range got {
			seen[r.ID] = true
			if i > 0 && r.Deadline < got[i-1].Deadline {
				t.Fatalf("not by deadline at %d", i)
			}
			if r.Number.Name != "Sales" {
				t.Fatalf("number %+v", r.Number)
			}
		}
		if len(got) != 100 || len(seen) != 100 || pages != 4 {
			t.Errorf("%d rows, %d different, %d pages", len(got), len(seen), pages)
		}
	})
}

func TestASnapshotIsKeptOnlyWhileItsDataStand(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		s := newSpace(t, db)
		g := s.result(s.metric, tandem.OnlyMe)
		write(t, db, func(tx *Tx) error { return tx.For(s.mira).AddPerformance(ctx, g) })
		keep := func(x tandem.Snapshot) (kept bool) {
			write(t, db, func(tx *Tx) (err error) {
				kept, err = tx.For(s.mira).PutSnapshot(ctx, s.ws, x)
				return err
			})
			return kept
		}
		chance := 0.5
		x := tandem.Snapshot{Goal: g.ID, DataVersion: 1, GoalVersion: 1, Day: firstDay, Chance: &chance, Expected: tandem.NoDay, LastDay: tandem.NoDay, Status: "open"}
		if !keep(x) {
			t.Error("a snapshot of what stands was refused")
		}
		got, err := db.For(s.mira).Snapshot(ctx, s.ws, g.ID)
		if err != nil || cmp.Diff(&x, got) != "" {
			t.Errorf("%v %s", err, cmp.Diff(&x, got))
		}
		add(t, db, s, s.value(1, 1))
		if x.Day++; keep(x) {
			t.Error("a snapshot of older data was kept")
		}
		x.DataVersion, x.GoalVersion = 2, 2
		if keep(x) {
			t.Error("a snapshot of another goal version was kept")
		}
		x.GoalVersion = 1
		if !keep(x) {
			t.Error("a renewed snapshot was refused")
		}
		rows, err := db.For(s.mira).Results(ctx, s.ws, true, []tandem.GoalState{tandem.Active}, tandem.NoDay, 0, 5)
		if err != nil || len(rows) != 1 || rows[0].Snapshot == nil || rows[0].Snapshot.DataVersion != 2 {
			t.Errorf("%v: %+v", err, rows)
		}
	})
}

func TestWhatElseChangedLiesWithTheLinkAndIsItsOwnersAlone(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		s := newSpace(t, db)
		g, l := s.result(s.metric, tandem.ByWorkspace), s.learning(tandem.ByWorkspace)
		link := tandem.Fuels{Workspace: s.ws, Learning: l.ID, ResultWorkspace: s.ws, Result: g.ID, LagDays: 14}
		said := link
		said.Changed, said.ChangedDay = "new prices", firstDay+3
		write(t, db, func(tx *Tx) error {
			h := tx.For(s.mira)
			return errors.Join(h.AddPerformance(ctx, g), h.AddLearning(ctx, l), h.PutFuels(ctx, link))
		})
		read := func(a tandem.Actor) tandem.Fuels {
			links, err := db.For(a).FuelsTo(ctx, s.ws, s.ws, g.ID)
			if err != nil || len(links) != 1 {
				t.Fatalf("%d links, %v", len(links), err)
			}
			return links[0]
		}
		if f := read(s.mira); f.Changed != "" || f.ChangedDay != tandem.NoDay || f.Looks != 0 || f.LookedDay != tandem.NoDay {
			t.Errorf("a fresh link is %+v", f)
		}
		for _, day := range []tandem.Day{firstDay, firstDay, firstDay + 1, firstDay} {
			write(t, db, func(tx *Tx) error { return tx.For(s.mira).CountLook(ctx, link, day) })
		}
		link.LagDays = 7
		write(t, db, func(tx *Tx) error {
			h := tx.For(s.mira)
			return errors.Join(h.SetChanged(ctx, said), h.PutFuels(ctx, link)) // another lag leaves the answer
		})
		want := said
		want.LagDays, want.Looks, want.LookedDay = 7, 2, firstDay+1
		if f := read(s.mira); f != want {
			t.Errorf("kept %+v instead of %+v", f, want)
		}
		if f := read(s.noor); f.Changed != "" || f.ChangedDay != tandem.NoDay || f.Looks != 0 || f.LookedDay != tandem.NoDay {
			t.Errorf("another member reads %+v", f)
		}
		if dump := dumpOf(t, db); !strings.Contains(dump, `"new prices"`) {
			t.Error("a dump leaves out what else changed")
		}
	})
}

func TestADeletedGoalTakesItsPartsAlong(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		s := newSpace(t, db)
		g, l := s.result(s.metric, tandem.OnlyMe), s.learning(tandem.OnlyMe)
		l.Levels = []string{"a", "b", "c"}
		write(t, db, func(tx *Tx) error {
			h := tx.For(s.mira)
			for _, err := range []error{
				h.AddPerformance(ctx, g), h.AddLearning(ctx, l),
				h.PutFuels(ctx, tandem.Fuels{Workspace: s.ws, Learning: l.ID, ResultWorkspace: s.ws, Result: g.ID}),
				h.AddLesson(ctx, s.ws, tandem.Lesson{Goal: l.ID, ID: 1, Day: firstDay, Text: "ask first", From: "log"}),
				h.AddPractice(ctx, s.ws, tandem.Practice{Goal: l.ID, ID: 1, Day: firstDay, Minutes: 5}),
				h.PutMilestone(ctx, s.ws, tandem.Milestone{Goal: g.ID, ID: 1, Title: "first", Due: tandem.NoDay, Done: tandem.NoDay}),
				h.PutFactor(ctx, s.ws, tandem.Factor{Goal: g.ID, ID: 1, Text: "weather"}),
				h.PutClosing(ctx, s.ws, tandem.Closing{Goal: g.ID, Outcome: tandem.Reached, DoneDay: tandem.NoDay}),
				h.PutPause(ctx, s.ws, int64(g.ID), tandem.Span{From: firstDay, To: tandem.NoDay}),
			} {
				if err != nil {
					return err
				}
			}
			return nil
		})
		write(t, db, func(tx *Tx) error {
			if err := tx.For(s.mira).DeleteGoal(ctx, s.ws, g.ID); err != nil {
				return err
			}
			return tx.For(s.mira).DeleteGoal(ctx, s.ws, l.ID)
		})
		for _, q := range []string{
			`SELECT count(*) FROM goal`, `SELECT count(*) FROM performance`, `SELECT count(*) FROM learning`, `SELECT count(*) FROM level`,
			`SELECT count(*) FROM fuels`, `SELECT count(*) FROM lesson`, `SELECT count(*) FROM practice`, `SELECT count(*) FROM milestone`,
			`SELECT count(*) FROM factor`, `SELECT count(*) FROM closing`, `SELECT count(*) FROM pause`,
		} {
			var n int
			if err := db.read.QueryRowContext(ctx, q).Scan(&n); err != nil || n != 0 {
				t.Errorf("%s: %d %v", q, n, err)
			}
		}
		if err := db.InTx(ctx, func(tx *Tx) error { return tx.For(s.mira).DeleteGoal(ctx, s.ws, g.ID) }); tandem.KindOf(err) != tandem.KindNotFound {
			t.Errorf("deleting it again: %v", err)
		}
	})
}

func TestAClosingIsSavedAtTheVersionThatWasRead(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		s := newSpace(t, db)
		g := s.result(s.metric, tandem.ByWorkspace)
		write(t, db, func(tx *Tx) error { return tx.For(s.mira).AddPerformance(ctx, g) })
		save := func(c tandem.Closing) error {
			return db.InTx(ctx, func(tx *Tx) error { return tx.For(s.mira).PutClosing(ctx, s.ws, c) })
		}
		c := tandem.Closing{Goal: g.ID, Outcome: tandem.VeryClose, Value: 17, Share: .85, Gained: "calm", DoneDay: tandem.NoDay}
		if err := save(c); err != nil {
			t.Fatal(err)
		}
		if err := save(c); tandem.KindOf(err) != tandem.KindStale {
			t.Errorf("beginning it twice: %v", err)
		}
		c.Version, c.Unexpected = 1, "a friend helped"
		if err := save(c); err != nil {
			t.Fatal(err)
		}
		if err := save(c); tandem.KindOf(err) != tandem.KindStale {
			t.Errorf("saving an old version: %v", err)
		}
		c.Version = 2
		got, err := db.For(s.mira).Closing(ctx, s.ws, g.ID)
		if err != nil || cmp.Diff(c, got) != "" {
			t.Errorf("%v %s", err, cmp.Diff(c, got))
		}
		if _, err := db.For(s.noor).Closing(ctx, s.ws, g.ID); tandem.KindOf(err) != tandem.KindNotFound {
			t.Errorf("the story of a shared result is open to a member: %v", err)
		}
	})
}

func TestHistoryIsNumberedPerThing(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		s := newSpace(t, db)
		write(t, db, func(tx *Tx) error {
			for i := range 5 {
				e := tandem.HistoryEntry{Workspace: s.ws, Kind: "observation", Object: 100, Sub: int64(i % 2), At: tandem.Instant(i), By: 1, Before: fmt.Sprint(i), After: fmt.Sprint(i + 1)}
				if err := tx.For(s.mira).AddHistory(ctx, e); err != nil {
					return err
				}
			}
			return nil
		})
		got, err := db.For(s.mira).History(ctx, s.ws, "observation", 100, 0, 2)
		if err != nil || len(got) != 2 || got[0].Seq != 3 || got[0].Before != "4" || got[1].Seq != 2 || got[1].Before != "2" {
			t.Errorf("%v: %+v", err, got)
		}
	})
}

func TestANumberGoesOnlyWhenNothingUsesIt(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		s := newSpace(t, db)
		g := s.result(s.metric, tandem.OnlyMe)
		remove := func() (gone bool) {
			write(t, db, func(tx *Tx) (err error) {
				gone, err = tx.For(s.mira).DeleteMetricIfUnused(ctx, s.ws, s.metric)
				return err
			})
			return gone
		}
		write(t, db, func(tx *Tx) error { return tx.For(s.mira).AddPerformance(ctx, g) })
		add(t, db, s, s.value(1, 1))
		if remove() {
			t.Error("a used number is gone")
		}
		write(t, db, func(tx *Tx) error { return tx.For(s.mira).DeleteGoal(ctx, s.ws, g.ID) })
		if remove() {
			t.Error("a number with values is gone")
		}
		write(t, db, func(tx *Tx) error { return tx.For(s.mira).DeleteObservation(ctx, s.ws, s.metric, 1) })
		if !remove() {
			t.Error("an unused number stays")
		}
	})
}

func TestBrokenImportsAreFoundWithTheirMakings(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		s := newSpace(t, db)
		b := tandem.Batch{Workspace: s.ws, ID: 55, Person: 1, Format: "csv", File: "values.csv", State: tandem.BatchRunning, Source: 4, Created: 1}
		g := s.result(101, tandem.OnlyMe)
		g.Batch = b.ID
		made := s.number(101, "Made", tandem.FormReading)
		made.Batch = b.ID
		write(t, db, func(tx *Tx) error {
			h := tx.For(s.mira)
			for _, err := range []error{h.PutBatch(ctx, b), h.AddMetric(ctx, made), h.AddPerformance(ctx, g)} {
				if err != nil {
					return err
				}
			}
			o := s.value(1, 1)
			o.Source = b.Source
			_, err := h.AddObservation(ctx, s.ws, o)
			return err
		})
		broken, err := db.For(tandem.Actor{Source: "local"}).BrokenBatches(ctx)
		if err != nil || len(broken) != 1 || cmp.Diff(b, broken[0]) != "" {
			t.Fatalf("%v: %+v", err, broken)
		}
		metrics, err := db.For(s.mira).BatchMetrics(ctx, s.ws, b)
		if err != nil || cmp.Diff(map[tandem.MetricID]bool{100: false, 101: true}, metrics) != "" {
			t.Errorf("%v: %v", err, metrics)
		}
		goals, err := db.For(s.mira).BatchGoals(ctx, s.ws, b.ID)
		if err != nil || len(goals) != 1 || goals[0] != g.ID {
			t.Errorf("%v: %v", err, goals)
		}
		b.State = tandem.BatchUndone
		write(t, db, func(tx *Tx) error { return tx.For(s.mira).PutBatch(ctx, b) })
		if broken, err = db.For(tandem.Actor{Source: "local"}).BrokenBatches(ctx); err != nil || len(broken) != 0 {
			t.Errorf("%v: %+v", err, broken)
		}
		if _, err := db.For(s.noor).Batch(ctx, s.ws, b.ID); tandem.KindOf(err) != tandem.KindNotFound {
			t.Errorf("an import of somebody else: %v", err)
		}
	})
}
