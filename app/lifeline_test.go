package app_test

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
)

// A friend is somebody with a learning goal on which all was done, and a result with values.
type friend struct {
	*desk
	in               app.SignedIn
	learning, result tandem.GoalID
}

func newFriend(t *testing.T, h *apptest.House, name string) friend {
	t.Helper()
	in := h.Person(t, name)
	f := friend{desk: &desk{House: h, by: h.Actor(t, in), ws: in.Person.Personal}, in: in}
	ctx := t.Context()
	l, err := h.CreateGoal(ctx, f.by, f.ws, app.GoalInput{Kind: tandem.KindLearning, Title: "Asking of " + name, Levels: []string{"in calm calls", "when it gets loud", "in each call"}, Aim: 2})
	if err != nil {
		t.Fatal(err)
	}
	f.learning = l.GoalHead().ID
	target := 500.0
	p, err := h.CreateGoal(ctx, f.by, f.ws, app.GoalInput{Kind: tandem.KindPerformance, Title: "Sales of " + name, Number: &app.MetricInput{Name: "Sales", Form: tandem.FormTotal}, Target: &target, Deadline: f.today() + 90})
	if err != nil {
		t.Fatal(err)
	}
	f.result = p.GoalHead().ID
	if _, err = h.LogPractice(ctx, f.by, f.ws, f.learning, app.PracticeInput{Minutes: 10, Reflection: "Lesson of " + name}); err != nil {
		t.Fatal(err)
	}
	if _, err = h.NoticeLevel(ctx, f.by, f.ws, f.learning, app.LevelInput{Level: 1}); err != nil {
		t.Fatal(err)
	}
	tech, err := h.CreateTechnique(ctx, f.by, f.ws, app.TechniqueInput{Name: "Pause of " + name, Goal: f.learning})
	if err != nil {
		t.Fatal(err)
	}
	if _, err = h.LogUse(ctx, f.by, f.ws, tech.ID, app.UseInput{}); err != nil {
		t.Fatal(err)
	}
	if _, err = h.AddLesson(ctx, f.by, f.ws, f.learning, app.LessonInput{Text: "Lesson of " + name}); err != nil {
		t.Fatal(err)
	}
	return f
}

// both shows a friend's two goals.
func (f friend) both() *[]app.SharedGoalID {
	return &[]app.SharedGoalID{{Goal: f.learning}, {Goal: f.result}}
}

// begin makes a lifeline of some friends, all of whom said yes, the first of whom began it.
func begin(t *testing.T, all ...friend) tandem.LifelineID {
	t.Helper()
	ctx, question := t.Context(), "What did you try?"
	l, err := all[0].CreateLifeline(ctx, all[0].by, app.SideInput{Question: &question, Goals: all[0].both()})
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range all[1:] {
		all[0].invite(t, l.ID, f)
		for _, other := range all[1 : i+1] {
			if err := other.AgreeLifeline(ctx, other.by, l.ID, f.by.Person, true); err != nil {
				t.Fatal(err)
			}
		}
		f.change(t, l.ID, app.SideInput{Goals: f.both()})
	}
	return l.ID
}

// invite brings somebody's yes.
func (f friend) invite(t *testing.T, id tandem.LifelineID, who friend) tandem.Tie {
	t.Helper()
	m, err := f.InviteToLifeline(t.Context(), f.by, id, app.LifelineInviteInput{Who: "X"})
	if err != nil {
		t.Fatal(err)
	}
	_, tie, err := who.AcceptLifeline(t.Context(), who.by, m.Secret)
	if err != nil {
		t.Fatal(err)
	}
	return tie
}

// change changes a friend's side from what stands.
func (f friend) change(t *testing.T, id tandem.LifelineID, in app.SideInput) {
	t.Helper()
	in.Version = f.look(t, id).Version
	if err := f.ChangeLifeline(t.Context(), f.by, id, in); err != nil {
		t.Fatal(err)
	}
}

func (f friend) look(t *testing.T, id tandem.LifelineID) app.LifelineView {
	t.Helper()
	v, err := f.GetLifeline(t.Context(), f.by, id)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// sees gives what really stands about somebody in what a friend sees: not what was set, but what came.
func sees(v app.LifelineView, whom tandem.PersonID) (p tandem.Parts) {
	add := func(x tandem.Part) {
		one, _ := tandem.PartsOf([]tandem.Part{x})
		p |= one
	}
	for _, x := range v.Partners {
		if x.Person != whom {
			continue
		}
		for _, g := range x.Goals {
			if len(g.Levels) > 0 || g.Noticed > 0 || len(g.Used) > 0 || g.Aim > 0 {
				add(tandem.PartUses)
			}
			if len(g.Practised) > 0 {
				add(tandem.PartPractice)
			}
			if len(g.Lessons) > 0 {
				add(tandem.PartLessons)
			}
			if g.Kind == tandem.KindPerformance {
				add(tandem.PartResult)
			}
		}
	}
	return p
}

// TestNobodyInALifelineSeesMoreThanTheyShow sets what four people show at random, and compares what each sees of
// each with what each shows.
func TestNobodyInALifelineSeesMoreThanTheyShow(t *testing.T) {
	h, all := apptest.New(t), []friend{}
	for _, name := range []string{"Ana", "Ben", "Cem", "Dia"} {
		all = append(all, newFriend(t, h, name))
	}
	id := begin(t, all...)
	r := rand.New(rand.NewPCG(11, 13))
	something, nothing := 0, 0
	for range 60 {
		shows := map[tandem.PersonID]tandem.Parts{}
		for _, f := range all {
			parts, goals, kinds := tandem.Parts(r.IntN(int(tandem.EveryPart)+1)), []app.SharedGoalID{}, []tandem.GoalKind{}
			if r.IntN(3) > 0 {
				goals, kinds = append(goals, app.SharedGoalID{Goal: f.learning}), append(kinds, tandem.KindLearning)
			}
			if r.IntN(3) > 0 {
				goals, kinds = append(goals, app.SharedGoalID{Goal: f.result}), append(kinds, tandem.KindPerformance)
			}
			list := parts.List()
			f.change(t, id, app.SideInput{Parts: &list, Goals: &goals})
			for _, k := range kinds {
				shows[f.by.Person] |= parts.Of(k)
			}
		}
		views := map[tandem.PersonID]app.LifelineView{}
		for _, f := range all {
			views[f.by.Person] = f.look(t, id)
		}
		for _, a := range all {
			for _, b := range all {
				if a.by.Person == b.by.Person {
					continue
				}
				got, back := sees(views[a.by.Person], b.by.Person), sees(views[b.by.Person], a.by.Person)
				if got != back || got&^shows[a.by.Person] != 0 || got&^shows[b.by.Person] != 0 {
					t.Fatalf("%v is seen one way, %v the other; shown are %v and %v", got.List(), back.List(), shows[a.by.Person].List(), shows[b.by.Person].List())
				}
				if got != shows[a.by.Person]&shows[b.by.Person] {
					t.Fatalf("%v is seen of %v", got.List(), (shows[a.by.Person] & shows[b.by.Person]).List())
				}
				if got == 0 {
					nothing++
				} else {
					something++
				}
			}
		}
	}
	if something < 100 || nothing < 50 {
		t.Errorf("%d pairs saw something, %d nothing", something, nothing)
	}
}

// TestOnlyAYesOfAllLetsSomebodyIn: an invitation grants nothing, nor does a yes before the others said theirs;
// no ends it, and the sixth does not come in.
func TestOnlyAYesOfAllLetsSomebodyIn(t *testing.T) {
	h := apptest.New(t)
	ctx := t.Context()
	ana, ben, cem := newFriend(t, h, "Ana"), newFriend(t, h, "Ben"), newFriend(t, h, "Cem")
	id := begin(t, ana, ben)
	if tie := ana.invite(t, id, cem); tie != tandem.TieInvited {
		t.Fatalf("Cem is %s before Ben said yes", tie)
	}
	if _, err := cem.GetLifeline(ctx, cem.by, id); tandem.KindOf(err) != tandem.KindNotFound {
		t.Errorf("who was invited sees it: %v", err)
	}
	lines, err := cem.ListLifelines(ctx, cem.by)
	if err != nil || len(lines) != 1 || lines[0].Tie != tandem.TieInvited || lines[0].Question != "" || len(lines[0].With) != 0 {
		t.Errorf("the list of who was invited: %+v, %v", lines, err)
	}
	if v := ana.look(t, id); len(v.Partners) != 1 || len(v.Waiting) != 1 || v.Waiting[0].Mine {
		t.Errorf("Ana sees %+v", v.Waiting)
	}
	calls, err := ben.LifelineCalls(ctx, ben.by)
	if err != nil || !slices.ContainsFunc(calls, func(c app.Call) bool { return c.Kind == "consent" && c.Name == "Cem" }) {
		t.Errorf("Ben is not asked: %+v, %v", calls, err)
	}
	if _, err := ben.Say(ctx, ben.by, id, app.NoteInput{To: cem.by.Person, Kind: tandem.NoteEncourage, Text: "x"}); apptest.Code(err) != "to: lifeline_to" {
		t.Errorf("something is said to who is not in: %v", err)
	}
	if err := ben.AgreeLifeline(ctx, ben.by, id, cem.by.Person, false); err != nil {
		t.Fatal(err)
	}
	if lines, _ := cem.ListLifelines(ctx, cem.by); len(lines) != 0 {
		t.Errorf("after the no it still stands there: %+v", lines)
	}
	if tie := ana.invite(t, id, cem); tie != tandem.TieInvited {
		t.Fatalf("asked again, Cem is %s", tie)
	}
	if err := ben.AgreeLifeline(ctx, ben.by, id, cem.by.Person, true); err != nil {
		t.Fatal(err)
	}
	if v := cem.look(t, id); len(v.Partners) != 2 {
		t.Errorf("Cem sees %d people", len(v.Partners))
	}
	dia, eva, fay := newFriend(t, h, "Dia"), newFriend(t, h, "Eva"), newFriend(t, h, "Fay")
	ana.invite(t, id, dia)
	m, err := ana.InviteToLifeline(ctx, ana.by, id, app.LifelineInviteInput{})
	if err != nil {
		t.Fatal(err)
	}
	ana.invite(t, id, eva)
	if _, _, err := fay.AcceptLifeline(ctx, fay.by, m.Secret); apptest.Code(err) != "lifeline_full" {
		t.Errorf("a sixth came in: %v", err)
	}
	if _, err := ana.InviteToLifeline(ctx, ana.by, id, app.LifelineInviteInput{}); apptest.Code(err) != "lifeline_full" {
		t.Errorf("a sixth was invited: %v", err)
	}
	// Who waits takes the yes back; who is in ends it, and the one who waited for this yes alone comes in.
	if err := eva.EndLifeline(ctx, eva.by, id); err != nil {
		t.Fatal(err)
	}
	for _, f := range []friend{ben} {
		if err := f.AgreeLifeline(ctx, f.by, id, dia.by.Person, true); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := dia.GetLifeline(ctx, dia.by, id); tandem.KindOf(err) != tandem.KindNotFound {
		t.Errorf("Dia is in before Cem said yes: %v", err)
	}
	if err := cem.EndLifeline(ctx, cem.by, id); err != nil {
		t.Fatal(err)
	}
	dia.look(t, id)
}

// TestAMinorHasNoLifelineYet, neither by beginning one nor by an invitation.
func TestAMinorHasNoLifelineYet(t *testing.T) {
	h := apptest.New(t)
	ana := newFriend(t, h, "Ana")
	teen := h.Minor(t, "Tea", tandem.Teen)
	by, question := h.Actor(t, teen), "What?"
	if _, err := h.CreateLifeline(t.Context(), by, app.SideInput{Question: &question}); apptest.Code(err) != "lifeline_minor" {
		t.Errorf("a teen began one: %v", err)
	}
	l, err := ana.CreateLifeline(t.Context(), ana.by, app.SideInput{Question: &question})
	if err != nil {
		t.Fatal(err)
	}
	m, err := ana.InviteToLifeline(t.Context(), ana.by, l.ID, app.LifelineInviteInput{})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.AcceptLifeline(t.Context(), by, m.Secret); apptest.Code(err) != "lifeline_minor" {
		t.Errorf("a teen came in: %v", err)
	}
}

// TestEndingALifelineRevokesEverythingOnTheNextRequest: neither sees anything of the other, nobody is told, what
// was said stays with whom it was said to, and a link that was given leads nowhere.
func TestEndingALifelineRevokesEverythingOnTheNextRequest(t *testing.T) {
	h := apptest.New(t)
	ctx := t.Context()
	ana, ben := newFriend(t, h, "Ana"), newFriend(t, h, "Ben")
	id := begin(t, ana, ben)
	link, err := ana.InviteToLifeline(ctx, ana.by, id, app.LifelineInviteInput{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ben.Say(ctx, ben.by, id, app.NoteInput{To: ana.by.Person, Kind: tandem.NoteHonest, Text: "You filled the silence."}); err != nil {
		t.Fatal(err)
	}
	if _, err := ana.CheckIn(ctx, ana.by, id, app.CheckInInput{Did: "The pause."}); err != nil {
		t.Fatal(err)
	}
	if text := shownTo(t, ben, id); !strings.Contains(text, "Asking of Ana") || !strings.Contains(text, "The pause.") {
		t.Fatalf("Ben sees %s", text)
	}
	mails := letter(t, ben)
	if err := ana.EndLifeline(ctx, ana.by, id); err != nil {
		t.Fatal(err)
	}
	if _, err := ana.GetLifeline(ctx, ana.by, id); tandem.KindOf(err) != tandem.KindNotFound {
		t.Errorf("Ana still sees it: %v", err)
	}
	text := shownTo(t, ben, id) // Ben is in it alone
	for _, secret := range []string{"Ana", "The pause.", "You filled the silence."} {
		if strings.Contains(text, secret) {
			t.Errorf("Ben still reads %q: %s", secret, text)
		}
	}
	if after := letter(t, ben); after != mails || strings.Contains(after, "Ana") {
		t.Errorf("the mail that waits says %s", after)
	}
	if _, err := ben.Say(ctx, ben.by, id, app.NoteInput{To: ana.by.Person, Kind: tandem.NoteAsk, Text: "Where are you?"}); apptest.Code(err) != "to: lifeline_to" {
		t.Errorf("Ben still speaks to Ana: %v", err)
	}
	if _, err := h.GetLifelineInvite(ctx, link.Secret); apptest.Code(err) != "invite_ended" {
		t.Errorf("the link of who left still leads in: %v", err)
	}
	kept, err := ana.ListNotes(ctx, ana.by, 50)
	if err != nil || !slices.ContainsFunc(kept, func(n tandem.Note) bool { return n.Text == "You filled the silence." }) {
		t.Errorf("Ana no longer reads what was said to her: %+v, %v", kept, err)
	}
	if theirs, _ := ben.ListNotes(ctx, ben.by, 50); len(theirs) != 0 {
		t.Errorf("Ben still reads %+v", theirs)
	}
	// Who comes back shows nothing of before until it is chosen again.
	if tie := ben.invite(t, id, ana); tie != tandem.TieAccepted {
		t.Fatalf("Ana came back as %s", tie)
	}
	if text := shownTo(t, ben, id); strings.Contains(text, "Asking of Ana") {
		t.Errorf("what was shown before is shown again: %s", text)
	}
}

// shownTo gives everything that a friend is told of lifelines.
func shownTo(t *testing.T, f friend, id tandem.LifelineID) string {
	t.Helper()
	lines, err := f.ListLifelines(t.Context(), f.by)
	if err != nil {
		t.Fatal(err)
	}
	calls, err := f.LifelineCalls(t.Context(), f.by)
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal([]any{f.look(t, id), lines, calls})
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// letter gives the mail that a friend would have now.
func letter(t *testing.T, f friend) string {
	t.Helper()
	l, err := f.PreviewLetter(t.Context(), f.by)
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(l)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
