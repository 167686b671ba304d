package app_test

import (
	"testing"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
)

// TestTheLetterTellsOfLifelinesOnlyWhoMayReadThem: the preview of a session that wants them does, that of a token
// without the right, of a token of one workspace, of whom is only invited and of who ended it does not.
func TestTheLetterTellsOfLifelinesOnlyWhoMayReadThem(t *testing.T) {
	apptest.Each(t, func(t *testing.T, h *apptest.House) {
		ctx := t.Context()
		ana, ben, cleo := newFriend(t, h, "Ana"), newFriend(t, h, "Ben"), newFriend(t, h, "Cleo")
		id := begin(t, ana, ben)
		ana.invite(t, id, cleo)
		lives := func(by tandem.Actor) int {
			t.Helper()
			return len(must[app.Letter](t)(h.PreviewLetter(ctx, by)).Lives)
		}
		if lives(ben.by) != 0 {
			t.Error("nobody said that lifelines are wanted")
		}
		yes := true
		for _, f := range []friend{ana, ben, cleo} {
			must[app.ReminderView](t)(h.SetReminder(ctx, f.by, app.ReminderInput{Lifelines: &yes}))
		}
		if lives(ben.by) != 1 || lives(cleo.by) != 0 {
			t.Errorf("%d to Ben, who is in it, %d to Cleo, who is invited", lives(ben.by), lives(cleo.by))
		}
		reads, _ := h.Token(t, ben.in, app.TokenInput{Scopes: []string{"read:today"}})
		both, _ := h.Token(t, ben.in, app.TokenInput{Scopes: []string{"read:today", "read:lifelines"}})
		bound, _ := h.Token(t, ben.in, app.TokenInput{Scopes: []string{"all"}, Workspace: ben.ws})
		if lives(reads.Actor) != 0 || lives(both.Actor) != 1 || lives(bound.Actor) != 0 {
			t.Errorf("by tokens: %d without the right, %d with it, %d of one workspace", lives(reads.Actor), lives(both.Actor), lives(bound.Actor))
		}
		if err := h.EndLifeline(ctx, ana.by, id); err != nil {
			t.Fatal(err)
		}
		if lives(ben.by) != 0 || lives(ana.by) != 0 {
			t.Error("a lifeline that ended is told of")
		}
	})
}
