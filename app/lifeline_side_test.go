package app_test

import (
	"testing"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
)

// TestTheLastSevenDaysHoldNothingOlder: what was practised, used and learned is told for seven days of the reader,
// today included, and on the eighth no more.
func TestTheLastSevenDaysHoldNothingOlder(t *testing.T) {
	apptest.Each(t, func(t *testing.T, h *apptest.House) {
		ana, ben := newFriend(t, h, "Ana"), newFriend(t, h, "Ben")
		id := begin(t, ana, ben)
		for day, there := range map[int]bool{6: true, 7: false} {
			h.Clock.Set(ana.look(t, id).Created.Time())
			h.Clock.AdvanceDays(day)
			for _, g := range ben.look(t, id).Partners[0].Goals {
				if g.Kind == tandem.KindLearning && (len(g.Lessons) > 0 != there || len(g.Practised) > 0 != there || len(g.Used) > 0 != there) {
					t.Errorf("%d days later: lessons %v, practised %v, used %v", day, g.Lessons, g.Practised, g.Used)
				}
			}
		}
	})
}

// TestOfTwoWhoWordTheQuestionTheSecondSeesTheFirst: a change from an older version is stale and writes nothing;
// exchanges, invitations and notes make none stale.
func TestOfTwoWhoWordTheQuestionTheSecondSeesTheFirst(t *testing.T) {
	apptest.Each(t, func(t *testing.T, h *apptest.House) {
		ctx := t.Context()
		ana, ben := newFriend(t, h, "Ana"), newFriend(t, h, "Ben")
		id := begin(t, ana, ben)
		read := ben.look(t, id).Version
		must[tandem.Note](t)(h.CheckIn(ctx, ana.by, id, app.CheckInInput{Did: "The pause."}))
		must[app.LifelineInviteMade](t)(h.InviteToLifeline(ctx, ana.by, id, app.LifelineInviteInput{}))
		ana.change(t, id, app.SideInput{Question: ptr("What went well?")})
		err := h.ChangeLifeline(ctx, ben.by, id, app.SideInput{Version: read, Question: ptr("What was hard?"), Ask: ptr("Ask me.")})
		if tandem.KindOf(err) != tandem.KindStale {
			t.Errorf("a change from an older version: %v", err)
		}
		if v := ben.look(t, id); v.Question != "What went well?" || v.Me.Ask != "" || v.Version != read+1 {
			t.Errorf("it stands as %q, %q, version %d after %d", v.Question, v.Me.Ask, v.Version, read)
		}
		done := make(chan error)
		for _, f := range []friend{ana, ben} {
			go func() {
				done <- h.ChangeLifeline(ctx, f.by, id, app.SideInput{Version: read + 1, Question: ptr("From " + f.in.Person.Name)})
			}()
		}
		stale := 0
		for range 2 {
			if err := <-done; tandem.KindOf(err) == tandem.KindStale {
				stale++
			} else if err != nil {
				t.Error(err)
			}
		}
		if stale != 1 {
			t.Errorf("%d of two at once were stale", stale)
		}
	})
}
