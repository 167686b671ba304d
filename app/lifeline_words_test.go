package app_test

import (
	"slices"
	"strings"
	"testing"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
)

// TestSilenceIsToldInTheOwnersWordsAndNeverBefore walks over the days of the rule.
func TestSilenceIsToldInTheOwnersWordsAndNeverBefore(t *testing.T) {
	h := apptest.New(t)
	ctx := t.Context()
	ana, ben := newFriend(t, h, "Ana"), newFriend(t, h, "Ben")
	id := begin(t, ana, ben)
	days, words := 7, "Call me."
	quiet := func() string { return ben.look(t, id).Partners[0].Quiet }
	ana.change(t, id, app.SideInput{QuietDays: &days, QuietWords: &words})
	h.Clock.AdvanceDays(6)
	if text := shownTo(t, ben, id); strings.Contains(text, words) || quiet() != "" {
		t.Errorf("silence is told after six days: %s", text)
	}
	if _, err := ana.LogPractice(ctx, ana.by, ana.ws, ana.learning, app.PracticeInput{Minutes: 5}); err != nil {
		t.Fatal(err)
	}
	h.Clock.AdvanceDays(6)
	if quiet() != "" {
		t.Error("an entry did not begin the days anew")
	}
	h.Clock.AdvanceDays(1)
	calls, err := ben.LifelineCalls(ctx, ben.by)
	i := slices.IndexFunc(calls, func(c app.Call) bool { return c.Kind == "quiet" })
	if err != nil || i < 0 || calls[i].Words != words || calls[i].After != days {
		t.Fatalf("after seven days Ben is told %+v, %v", calls, err)
	}
	if _, err := ben.Say(ctx, ben.by, id, app.NoteInput{To: ana.by.Person, Kind: tandem.NoteEncourage, Text: "I called."}); err != nil {
		t.Fatal(err)
	}
	if calls, _ := ben.LifelineCalls(ctx, ben.by); slices.ContainsFunc(calls, func(c app.Call) bool { return c.Kind == "quiet" }) {
		t.Error("it stands there after Ben answered")
	}
	off := 0
	ana.change(t, id, app.SideInput{QuietDays: &off})
	if quiet() != "" {
		t.Error("a rule that was switched off still tells")
	}
}

// TestAWordingIsTheOwnersToTake: the other suggests, the owner takes or keeps, and what was taken is in the
// history of the goal. A level that somebody noticed counts once the owner took it, as a second person's.
func TestAWordingIsTheOwnersToTake(t *testing.T) {
	h := apptest.New(t)
	ctx := t.Context()
	ana, ben := newFriend(t, h, "Ana"), newFriend(t, h, "Ben")
	id := begin(t, ana, ben)
	n, err := ben.Say(ctx, ben.by, id, app.NoteInput{To: ana.by.Person, Kind: tandem.NoteWording, Goal: ana.learning, Text: "Ask before I show", Why: "Stricter."})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ben.SettleNote(ctx, ben.by, n.ID, tandem.NoteTaken); tandem.KindOf(err) != tandem.KindNotFound {
		t.Errorf("who suggested takes it over: %v", err)
	}
	if _, err := ana.SettleNote(ctx, ana.by, n.ID, tandem.NoteTaken); err != nil {
		t.Fatal(err)
	}
	g, err := ana.GetGoal(ctx, ana.by, ana.ws, ana.learning)
	if err != nil || g.GoalHead().Title != "Ask before I show" {
		t.Fatalf("%+v, %v", g, err)
	}
	past, err := h.Store.For(ana.by).History(ctx, ana.ws, "goal", int64(ana.learning), 0, 10)
	if err != nil || len(past) == 0 || !strings.Contains(past[0].After, "Ask before I show") || !strings.Contains(past[0].Before, "Asking of Ana") {
		t.Errorf("the history says %+v, %v", past, err)
	}
	judged, err := ben.Say(ctx, ben.by, id, app.NoteInput{To: ana.by.Person, Kind: tandem.NoteWording, Goal: ana.result, Field: "judged", Text: "The customer says so"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ana.SettleNote(ctx, ana.by, judged.ID, tandem.NoteKept); err != nil {
		t.Fatal(err)
	}
	if g, _ := ana.GetGoal(ctx, ana.by, ana.ws, ana.result); g.(tandem.PerformanceGoal).Judged != "" {
		t.Error("what was kept was changed")
	}
	if _, err := ben.Say(ctx, ben.by, id, app.NoteInput{To: ana.by.Person, Kind: tandem.NoteNoticed, Goal: ana.learning, Level: 9}); apptest.Code(err) != "level: int_range" {
		t.Errorf("a level that there is not: %v", err)
	}
	seen, err := ben.Say(ctx, ben.by, id, app.NoteInput{To: ana.by.Person, Kind: tandem.NoteNoticed, Goal: ana.learning, Level: 3, Text: "In the Birch call."})
	if err != nil {
		t.Fatal(err)
	}
	if w, _ := ana.WhereAmI(ctx, ana.by, ana.ws, ana.learning); w.Noticed != 1 {
		t.Errorf("a level counts before its owner took it: %+v", w)
	}
	if _, err := ana.SettleNote(ctx, ana.by, seen.ID, tandem.NoteTaken); err != nil {
		t.Fatal(err)
	}
	w, err := ana.WhereAmI(ctx, ana.by, ana.ws, ana.learning)
	if err != nil || w.Noticed != 3 || w.Evidence[len(w.Evidence)-1].By != ben.by.Person || w.Evidence[len(w.Evidence)-1].How != tandem.HowPeer {
		t.Errorf("%+v, %v", w, err)
	}
	if _, err := ana.SettleNote(ctx, ana.by, seen.ID, tandem.NoteTaken); err != nil {
		t.Fatal(err)
	}
	if again, _ := ana.WhereAmI(ctx, ana.by, ana.ws, ana.learning); len(again.Evidence) != len(w.Evidence) {
		t.Error("taken twice, it stands twice")
	}
	for _, x := range ben.look(t, id).Notes {
		if x.Owner != ben.by.Person && x.State != "" {
			t.Errorf("Ben is told what Ana did with it: %+v", x)
		}
	}
}

// TestACallForHelpStandsUntilItIsAnswered, and a question is asked once a week.
func TestACallForHelpStandsUntilItIsAnswered(t *testing.T) {
	h := apptest.New(t)
	ctx := t.Context()
	ana, ben, cem := newFriend(t, h, "Ana"), newFriend(t, h, "Ben"), newFriend(t, h, "Cem")
	id := begin(t, ana, ben, cem)
	has := func(f friend, kind string) bool {
		calls, err := f.LifelineCalls(ctx, f.by)
		if err != nil {
			t.Fatal(err)
		}
		return slices.ContainsFunc(calls, func(c app.Call) bool { return c.Kind == kind })
	}
	n, err := ana.AskRescue(ctx, ana.by, id, app.RescueInput{Text: "the Alder call"})
	if err != nil {
		t.Fatal(err)
	}
	if !has(ben, "rescue") || !has(cem, "rescue") || has(ana, "rescue") {
		t.Error("it does not stand with the others, or it stands with Ana")
	}
	if _, err := ben.Say(ctx, ben.by, id, app.NoteInput{To: ana.by.Person, Kind: tandem.NoteAnswer, About: n.ID, Text: "Thursday at ten?"}); err != nil {
		t.Fatal(err)
	}
	if has(ben, "rescue") || !has(cem, "rescue") || !has(ana, "note") {
		t.Error("an answer settles it for who answered, and is told to Ana")
	}
	if strings.Contains(shownTo(t, cem, id), "Thursday at ten?") {
		t.Error("what one said to another is read by a third")
	}
	if _, err := ana.SettleNote(ctx, ana.by, n.ID, tandem.NoteDone); err != nil {
		t.Fatal(err)
	}
	if has(cem, "rescue") {
		t.Error("it stands after help came")
	}
	asked, err := ben.Say(ctx, ben.by, id, app.NoteInput{To: ana.by.Person, Kind: tandem.NoteAsk, Text: "How was the call?"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ben.Say(ctx, ben.by, id, app.NoteInput{To: ana.by.Person, Kind: tandem.NoteAsk, Text: "And now?"}); apptest.Code(err) != "text: note_asked" {
		t.Errorf("a second question in a week: %v", err)
	}
	if _, err := ana.Say(ctx, ana.by, id, app.NoteInput{To: ben.by.Person, Kind: tandem.NoteAnswer, About: asked.ID, Text: "It went well."}); err != nil {
		t.Fatal(err)
	}
	mine, err := ana.ListNotes(ctx, ana.by, 50)
	if i := slices.IndexFunc(mine, func(x tandem.Note) bool { return x.ID == asked.ID }); err != nil || i < 0 || mine[i].State != tandem.NoteDone {
		t.Errorf("an answered question is still open: %+v, %v", mine, err)
	}
	for range 2 {
		if _, err := ana.CheckIn(ctx, ana.by, id, app.CheckInInput{Did: "The pause."}); err != nil {
			t.Fatal(err)
		}
	}
	written := 0
	for _, x := range ben.look(t, id).Notes {
		if x.Kind == tandem.NoteCheckIn {
			written++
		}
	}
	if written != 1 || !has(ben, "check_in") || has(ana, "exchange") || !has(ben, "exchange") {
		t.Errorf("%d exchanges of the week", written)
	}
}

// TestAGoalThatIsSetBackToItsOwnerIsShownNoMore, nor is one that ended or whose owner left its workspace.
func TestAGoalThatIsSetBackToItsOwnerIsShownNoMore(t *testing.T) {
	h := apptest.New(t)
	ctx := t.Context()
	ana, ben := newFriend(t, h, "Ana"), newFriend(t, h, "Ben")
	id := begin(t, ana, ben)
	g, err := ana.GetGoal(ctx, ana.by, ana.ws, ana.result)
	if err != nil || g.GoalHead().Visibility != tandem.ByLifelines {
		t.Fatalf("a result that was chosen is %v, %v", g, err)
	}
	titles := func() (out []string) {
		for _, x := range ben.look(t, id).Partners[0].Goals {
			out = append(out, x.Title)
		}
		return out
	}
	if len(titles()) != 2 {
		t.Fatalf("Ben sees %v", titles())
	}
	only := tandem.OnlyMe
	if _, err := ana.ChangeGoal(ctx, ana.by, ana.ws, ana.result, app.GoalChange{Version: g.GoalHead().Version, Visibility: &only}); err != nil {
		t.Fatal(err)
	}
	if got := titles(); len(got) != 1 || got[0] != "Asking of Ana" {
		t.Errorf("Ben sees %v", got)
	}
	if _, err := ana.MoveGoal(ctx, ana.by, ana.ws, ana.learning, tandem.MoveRelease, 0); err != nil {
		t.Fatal(err)
	}
	if got := titles(); len(got) != 0 {
		t.Errorf("Ben sees %v", got)
	}
	if err := ana.DeleteGoal(ctx, ana.by, ana.ws, ana.learning); err != nil {
		t.Errorf("a goal that was shown cannot be deleted: %v", err)
	}
}
