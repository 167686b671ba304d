package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tandem"
)

func TestTemplatesAreAWorkspacesOwn(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		s := newSpace(t, db)
		one := tandem.Template{Workspace: s.ws, Name: "a-b", Lang: "en", Owner: s.mira.Person, Text: "tandem templates 1\n", Created: 5}
		german := one
		german.Lang, german.Text, german.Created = "de", "Größe", 6
		write(t, db, func(tx *Tx) error {
			h := tx.For(s.mira)
			if err := h.PutTemplate(ctx, one); err != nil {
				return err
			}
			return h.PutTemplate(ctx, german)
		})
		read := func(a tandem.Actor) []tandem.Template {
			t.Helper()
			all, err := db.For(a).Templates(ctx, s.ws)
			if err != nil {
				t.Fatal(err)
			}
			return all
		}
		for _, a := range []tandem.Actor{s.mira, s.noor} {
			if d := cmp.Diff([]tandem.Template{one, german}, read(a)); d != "" {
				t.Error(d)
			}
		}
		guest := tandem.Actor{Person: 4, Roles: map[tandem.WorkspaceID]tandem.Role{s.ws: tandem.RoleGuest}}
		if read(s.outsider) != nil || read(guest) != nil {
			t.Error("who does not belong to the workspace reads its templates")
		}
		one.Text, one.Owner, one.Created = "new", s.noor.Person, 9
		write(t, db, func(tx *Tx) error {
			if err := tx.For(s.noor).PutTemplate(ctx, one); err != nil {
				return err
			}
			return tx.For(s.mira).DeleteTemplate(ctx, s.ws, "a-b", "de")
		})
		if d := cmp.Diff([]tandem.Template{one}, read(s.mira)); d != "" {
			t.Error(d)
		}
	})
}

func TestWhatWasTakenIsCountedOfGoalsThatAreSeen(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		s := newSpace(t, db)
		open, private := s.result(s.metric, tandem.ByWorkspace), s.learning(tandem.OnlyMe)
		write(t, db, func(tx *Tx) error {
			h := tx.For(s.mira)
			if err := h.AddPerformance(ctx, open); err != nil {
				return err
			}
			if err := h.AddLearning(ctx, private); err != nil {
				return err
			}
			for _, g := range []tandem.GoalID{open.ID, private.ID, open.ID} {
				if err := h.TakeTemplate(ctx, s.ws, g, "twenty-sales"); err != nil {
					return err
				}
			}
			return nil
		})
		taken := func(a tandem.Actor) int {
			t.Helper()
			m, err := db.For(a).TakenTemplates(ctx, s.ws)
			if err != nil {
				t.Fatal(err)
			}
			return m["twenty-sales"]
		}
		if n, m, o := taken(s.mira), taken(s.noor), taken(s.outsider); n != 2 || m != 1 || o != 0 {
			t.Errorf("the owner counts %d, a member %d, somebody else %d", n, m, o)
		}
		write(t, db, func(tx *Tx) error { return tx.For(s.mira).DeleteGoal(ctx, s.ws, open.ID) })
		if n := taken(s.mira); n != 1 {
			t.Errorf("after a goal was deleted %d are counted", n)
		}
	})
}
