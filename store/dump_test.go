package store

import (
	"bytes"
	"database/sql"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"

	"tandem"
	"tandem/tandemtest"
)

func dumpOf(t *testing.T, db *DB) string {
	t.Helper()
	var b bytes.Buffer
	if err := db.DumpCanonical(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// furnish puts an account with a number and some values into a database.
func furnish(t testing.TB, db *DB) {
	t.Helper()
	ws, person := tandem.WorkspaceID(101), tandem.PersonID(102)
	local := tandem.Actor{Source: "local"}
	me := tandem.Actor{Person: person, Roles: map[tandem.WorkspaceID]tandem.Role{ws: tandem.RoleOwner}, Source: "session"}
	err := db.InTx(t.Context(), func(tx *Tx) error {
		h := tx.For(local)
		if err := h.AddPerson(t.Context(), tandem.Person{ID: person, Name: "Mira ✓ \"x\"", Email: "mira@example.org", AgeBand: tandem.Adult, Lang: "en", Zone: "UTC", Personal: ws, Version: 1}, "", true); err != nil {
			return err
		}
		if err := h.AddWorkspace(t.Context(), tandem.Workspace{ID: ws, Kind: tandem.PersonalSpace, Name: "Mira", Zone: "UTC", Version: 1}); err != nil {
			return err
		}
		if err := h.PutMember(t.Context(), tandem.Member{Workspace: ws, Person: person, Role: tandem.RoleOwner}); err != nil {
			return err
		}
		m := tandem.Metric{Workspace: ws, ID: 103, Owner: person, Name: "Weight", Form: tandem.FormReading, Direction: tandem.Down, DayRule: tandem.DayLast, Decimals: -1}
		w := tx.For(me)
		if err := w.AddMetric(t.Context(), m); err != nil {
			return err
		}
		for i, v := range []float64{81.3, 1e-7, -4, 1.0 / 3} {
			o := tandem.Observation{Metric: 103, At: tandem.Instant(1e15) + tandem.Instant(i), Day: 11574, Value: v, State: tandem.StateValue, Note: "line\nbreak", External: strings.Repeat("é", i+1)}
			if _, err := w.AddObservation(t.Context(), ws, o); err != nil {
				return err
			}
		}
		lo := 4.5
		goal := tandem.Goal{Workspace: ws, ID: 99, Kind: tandem.KindPerformance, Owner: person, Title: "Lighter", State: tandem.Active, Visibility: tandem.OnlyMe, PausedFrom: tandem.NoDay, Version: 1}
		if err := w.AddPerformance(t.Context(), tandem.PerformanceGoal{Goal: goal, Metric: 103, Start: 11570, Deadline: 11600, Target: 70, ReachedWhen: tandem.ReachedOnce}); err != nil {
			return err
		}
		if err := w.PutGuard(t.Context(), tandem.Guard{Workspace: ws, Goal: 99, Metric: 103, Side: tandem.AtLeast, Bound: 1.0 / 3, Every: true, Judged: tandem.GuardHolds, Stood: &lo}); err != nil {
			return err
		}
		if err := w.SetObservation(t.Context(), ws, tandem.Observation{Metric: 103, At: tandem.Instant(1e15), Day: 11574, Value: 81.2, State: tandem.StateValue, Note: "line\nbreak", Corrected: "a \"slip\""}); err != nil {
			return err
		}
		if err := w.PutClosing(t.Context(), ws, tandem.Closing{Goal: 99, Outcome: tandem.VeryClose, Withheld: true, Gains: []tandem.GainWord{"kept_on", "somebody"}, DoneDay: tandem.NoDay}); err != nil {
			return err
		}
		if err := w.AddTechnique(t.Context(), tandem.Technique{Workspace: ws, ID: 104, Owner: person, Name: "The pause", State: tandem.Trying}); err != nil {
			return err
		}
		p := tandem.Pilot{Workspace: ws, ID: 105, Technique: 104, Owner: person, Design: tandem.PilotBlocks, Hypothesis: "line\nbreak", Worth: 0.1, First: 20000, Pairs: 6, Days: 7,
			WashOut: 1, Draw: tandem.DrawFewTurns, Seed: 1<<53 - 1, ChangedDay: tandem.NoDay, Stopped: tandem.NoDay, Decided: tandem.NoDay, Numbers: []tandem.PilotNumber{{Metric: 103, Result: 99, Start: 20000}}}
		if err := w.AddPilot(t.Context(), p); err != nil {
			return err
		}
		p.ID, p.Design, p.Changed, p.ChangedDay, p.Stopped, p.Verdict, p.Decided, p.Words = 106, tandem.PilotStepped, "rain", 20001, 20001, tandem.PilotAdapt, 20002, "shorter"
		if err := w.AddPilot(t.Context(), p); err != nil {
			return err
		}
		r := tandem.Review{Workspace: ws, Week: 20000, Since: 19994, Day: 20004, DoneDay: 20004, Lesson: "line\nbreak", LessonGoal: 99, LessonID: 98, Created: 5}
		if err := w.BeginReview(t.Context(), r); err != nil {
			return err
		}
		chance := 1.0 / 3
		for _, i := range []tandem.ReviewItem{{Goal: 99, Kind: tandem.KindPerformance, Choice: tandem.ReviewChange, Chance: &chance, SeenDay: 20004, Why: "rain", Step: "ask"}, {Micro: 97, SeenDay: 20004, SetOff: "a late evening"}} {
			if err := w.PutReviewItem(t.Context(), ws, 20000, i); err != nil {
				return err
			}
		}
		if err := w.SetReview(t.Context(), r); err != nil {
			return err
		}
		if err := furnishLearning(t, w, ws, person); err != nil {
			return err
		}
		back := tandem.PeriodReview{Workspace: ws, Period: tandem.PeriodMonth, First: 19997, Day: 20030, DoneDay: 20031, Question: "Who else?", Created: 6}
		if err := w.BeginPeriodReview(t.Context(), back); err != nil {
			return err
		}
		if err := w.PutPeriodItem(t.Context(), back, tandem.PeriodItem{Goal: 99, Choice: tandem.CarryChanged, Why: "rain", Next: 98, SeenDay: 20030}); err != nil {
			return err
		}
		if err := w.SetPeriodReview(t.Context(), back); err != nil {
			return err
		}
		return furnishLifeline(t, w)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// furnishLearning adds two learning goals with what was learned under them, one of them deleted since.
func furnishLearning(t testing.TB, w *Handle, ws tandem.WorkspaceID, person tandem.PersonID) error {
	for id := tandem.GoalID(110); id < 112; id++ {
		g := tandem.Goal{Workspace: ws, ID: id, Kind: tandem.KindLearning, Owner: person, Title: "Listen ✓", State: tandem.Active, Visibility: tandem.OnlyMe, PausedFrom: tandem.NoDay, Version: 1}
		for _, err := range []error{
			w.AddLearning(t.Context(), tandem.LearningGoal{Goal: g, ReviewDay: 20000, About: tandem.AboutAttitude, Levels: []string{"a", "b", "line\"c\""}}),
			w.AddEvidence(t.Context(), ws, tandem.Evidence{Goal: id, ID: 120, Level: 3, How: tandem.HowTest, By: person, Day: 19999, Note: "8 of 10", Who: "Noor", Context: "role play"}),
			w.AddLesson(t.Context(), ws, tandem.Lesson{Goal: id, ID: 121, Day: 19998, Text: "line\nbreak", From: "activity"}),
			w.SetLessonDropped(t.Context(), ws, 121, true),
			w.PutActivity(t.Context(), ws, tandem.Activity{Goal: id, ID: 122, Title: "Exam", Type: tandem.Certificate, Tag: tandem.Study, With: "Noor", Day: tandem.NoDay, Done: 19998, Ends: 21000, Enjoyment: 4, Lesson: 121}),
		} {
			if err != nil {
				return err
			}
		}
	}
	if err := w.AddUse(t.Context(), ws, tandem.Use{Technique: 104, ID: 123, Day: 19997, Context: "at home"}); err != nil {
		return err
	}
	if err := w.KeepLearned(t.Context(), ws, 111); err != nil {
		return err
	}
	return w.DeleteGoal(t.Context(), ws, 111)
}

// furnishLifeline puts a lifeline into the database, with a goal that is shown to it and a note.
func furnishLifeline(t testing.TB, w *Handle) error {
	id, ws, person := tandem.LifelineID(120), tandem.WorkspaceID(101), tandem.PersonID(102)
	if err := w.AddLearning(t.Context(), tandem.LearningGoal{Goal: tandem.Goal{Workspace: ws, ID: 121, Kind: tandem.KindLearning, Owner: person, Title: "Asking", State: tandem.Active, Visibility: tandem.ByLifelines, PausedFrom: tandem.NoDay}, ReviewDay: 20000}); err != nil {
		return err
	}
	for _, do := range []func() error{
		func() error {
			return w.AddLifeline(t.Context(), tandem.Lifeline{ID: id, Question: "What did you try?", By: person, Created: 6})
		},
		func() error {
			return w.PutTie(t.Context(), tandem.LifelineMember{Lifeline: id, Person: person, Tie: tandem.TieAccepted, Ask: "Ask me", Parts: tandem.EveryPart, QuietDays: 14, QuietWords: "Call me.", QuietSince: 20000, Joined: 7})
		},
		func() error { return w.PutConsent(t.Context(), id, 122, person) },
		func() error {
			return w.AddLifelineInvite(t.Context(), tandem.LifelineInvite{Lifeline: id, ID: 123, Who: "Tomas", By: person, Ends: 8}, "hash")
		},
		func() error { return w.AddShare(t.Context(), tandem.Share{Workspace: ws, Goal: 121, Lifeline: id}) },
		func() error {
			return w.AddNote(t.Context(), tandem.Note{ID: 124, Lifeline: id, Owner: person, Author: person, Kind: tandem.NoteCheckIn, State: tandem.NoteOpen, Text: "line\nbreak", Learned: "a", Need: "b", Day: 20000, At: 9})
		},
	} {
		if err := do(); err != nil {
			return err
		}
	}
	return nil
}

func TestABackupComesBackTheSameOnEitherEngine(t *testing.T) {
	tandemtest.EachDB(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		furnish(t, db)
		want := dumpOf(t, db)
		var backup bytes.Buffer
		if err := db.Backup(t.Context(), &backup); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "again.db")
		other, err := Open(t.Context(), path, options())
		if err != nil {
			t.Fatal(err)
		}
		if err := other.Restore(t.Context(), bytes.NewReader(backup.Bytes())); err != nil {
			t.Fatal(err)
		}
		if got := dumpOf(t, other); got != want {
			t.Errorf("the dumps differ:\n%s\n%s", got, want)
		}
		if err := other.Restore(t.Context(), bytes.NewReader(backup.Bytes())); tandem.All(err)[0].Code != "target_not_empty" {
			t.Errorf("a second restore: %v", err)
		}
		if err := other.Close(); err != nil {
			t.Fatal(err)
		}
		open(t, path) // the name beside the file is that of the restored instance
		found, err := db.Doctor(t.Context())
		for _, f := range found {
			if f.Bad {
				t.Errorf("the doctor finds %v", f)
			}
		}
		if err != nil {
			t.Error(err)
		}
	})
}

func TestADamagedBackupIsRefusedWhole(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "a.db"))
	furnish(t, db)
	var backup bytes.Buffer
	if err := db.Backup(t.Context(), &backup); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 100 {
		b := bytes.Clone(backup.Bytes())
		switch i % 3 {
		case 0:
			b[10+r.IntN(len(b)-10)] ^= 1 << r.IntN(8)
		case 1:
			b = b[:r.IntN(len(b))]
		default:
			b = append(b, "more"...)
		}
		if bytes.Equal(b, backup.Bytes()) {
			continue
		}
		if _, err := CheckBackup(bytes.NewReader(b)); err == nil {
			t.Errorf("damage %d is not noticed", i)
		}
	}
}

// TestEveryTableHoldsItsWorkspaceFirst reads the catalogue of both engines: the key of every table but those of
// accounts begins with the workspace, and a dump knows every column.
func TestEveryTableHoldsItsWorkspaceFirst(t *testing.T) {
	accounts := map[string]bool{"instance": true, "person": true, "session": true, "token": true, "signin_link": true, "throttle": true, "job": true, "concept": true, "reminder": true, "mail": true, "lifeline": true, "lifeline_member": true, "lifeline_consent": true, "lifeline_invite": true, "goose_db_version": true}
	dumped := map[string]string{}
	for _, x := range tables {
		dumped[x.name] = x.columns
	}
	tandemtest.EachDB(t, func(t *testing.T, dsn string) {
		open(t, dsn)
		driver, columns := "sqlite", `SELECT m.name, p.name, p.pk FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, p.cid`
		if strings.HasPrefix(dsn, "postgres") {
			driver, columns = "pgx", `SELECT c.table_name, c.column_name, COALESCE((SELECT k.ordinal_position FROM information_schema.key_column_usage k JOIN information_schema.table_constraints tc ON tc.constraint_name = k.constraint_name AND tc.table_name = k.table_name
				WHERE tc.constraint_type = 'PRIMARY KEY' AND k.table_name = c.table_name AND k.column_name = c.column_name), 0) FROM information_schema.columns c WHERE c.table_schema = 'public' ORDER BY c.table_name, c.ordinal_position`
		}
		raw, err := sql.Open(driver, dsn)
		if err != nil {
			t.Fatal(err)
		}
		defer raw.Close()
		rows, err := raw.Query(columns)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		seen := map[string]int{}
		for rows.Next() {
			var table, column string
			var pk int
			if err := rows.Scan(&table, &column, &pk); err != nil {
				t.Fatal(err)
			}
			seen[table]++
			if !accounts[table] && pk == 1 && column != "workspace_id" {
				t.Errorf("the key of %s begins with %s", table, column)
			}
			if cols, ok := dumped[table]; ok && !strings.Contains(", "+cols+",", ", "+column+",") {
				t.Errorf("a dump leaves out %s.%s", table, column)
			} else if !ok && !slices.Contains(leftOut, table) && table != "goose_db_version" {
				t.Errorf("a dump leaves out the table %s", table)
			}
		}
		if len(seen) < 30 {
			t.Errorf("%d tables were seen", len(seen))
		}
	})
}
