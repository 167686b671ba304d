package app_test

import (
	"testing"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
)

// TestOnesOwnLearningStandsBesideAResultOfTheTeam links a learning goal of a personal space to a result that
// somebody else owns: its owner reads the difference there, nobody else reads of it.
func TestOnesOwnLearningStandsBesideAResultOfTheTeam(t *testing.T) {
	h := apptest.New(t)
	lead, member := h.Person(t, "Ana"), h.Person(t, "Mira")
	team := h.Team(t, lead, member)
	ana := desk{h, h.Actor(t, lead), team}
	mira := desk{h, h.Actor(t, member), member.Person.Personal}
	in := ana.sales()
	in.Visibility = tandem.ByWorkspace
	g := ana.result(t, in)
	ana.daily(t, g.Metric, around(121, 80, 10, 14, 1)...)
	l := mira.learning(t, "Ask first")
	must[tandem.Fuels](t)(h.LinkGoals(t.Context(), mira.by, mira.ws, l.ID, app.FuelsInput{Workspace: team, Result: g.ID}))
	must[tandem.Evidence](t)(h.NoticeLevel(t.Context(), mira.by, mira.ws, l.ID, app.LevelInput{Level: 2, How: tandem.HowRealUse, Day: mira.today() - 40}))

	there := desk{h, mira.by, team}
	if x := there.compare(t, g.ID).Items; len(x) != 1 || x[0].Learning.ID != l.ID || !x[0].Enough() || x[0].Figure() {
		t.Fatalf("before the question Mira reads %+v", x)
	}
	must[tandem.Fuels](t)(h.SayWhatChanged(t.Context(), mira.by, mira.ws, l.ID, g.ID, app.ChangedInput{Changed: "Nothing.", Workspace: team}))
	v := there.compare(t, g.ID)
	if x := v.Items[0]; !x.Figure() || x.Mean < 3 || x.Mean > 5 || x.Link.Looks != 1 {
		t.Errorf("Mira reads %+v", x)
	}
	if page := must[app.ResultView](t)(h.ResultPage(t.Context(), ana.by, team, g.ID)); len(page.Lines) != 0 || len(page.Uses) != 0 {
		t.Errorf("Ana reads of %d learning goals that are Mira's alone", len(page.Lines))
	}
	bound := mira.by // a token of the team's space reads nothing of the personal one
	bound.Roles = map[tandem.WorkspaceID]tandem.Role{team: mira.by.Roles[team]}
	if page := must[app.ResultView](t)(h.ResultPage(t.Context(), bound, team, g.ID)); len(page.Lines) != 0 {
		t.Error("without a right to the personal space its learning goal is read")
	}
	only := tandem.OnlyMe
	must[tandem.AnyGoal](t)(h.ChangeGoal(t.Context(), ana.by, team, g.ID, app.GoalChange{Version: 1, Visibility: &only}))
	if _, err := h.ResultPage(t.Context(), mira.by, team, g.ID); tandem.KindOf(err) != tandem.KindNotFound {
		t.Errorf("a result that is hidden now answers %v", err)
	}
	learning := must[app.LearningView](t)(h.LearningPage(t.Context(), mira.by, mira.ws, l.ID))
	if learning.Hidden != 1 || len(learning.Fuels) != 0 {
		t.Errorf("the page of the learning goal names %d results, %d hidden", len(learning.Fuels), learning.Hidden)
	}
}
