package app_test

import (
	"fmt"
	"strings"
	"testing"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
	"tandem/policy"
)

// A team is Ana with a learning goal of three levels, and Ben beside her.
type team struct {
	*apptest.House
	ana, ben tandem.Actor
	ws       tandem.WorkspaceID
	goal     tandem.LearningGoal
}

func newTeam(t *testing.T, h *apptest.House) team {
	t.Helper()
	ana, ben := h.Person(t, "Ana"), h.Person(t, "Ben")
	w := must[tandem.Workspace](t)(h.CreateWorkspace(t.Context(), actorOf(t, h, ana), app.WorkspaceInput{Name: "Team"}))
	x := team{House: h, ws: w.ID}
	m := must[app.InviteMade](t)(h.CreateInvite(t.Context(), actorOf(t, h, ana), w.ID, app.InviteInput{}))
	must[tandem.Workspace](t)(h.AcceptInvite(t.Context(), actorOf(t, h, ben), m.Secret))
	x.ana, x.ben = actorOf(t, h, ana), actorOf(t, h, ben)
	g := must[tandem.AnyGoal](t)(h.CreateGoal(t.Context(), x.ana, x.ws, app.GoalInput{Kind: tandem.KindLearning, Title: "Listen", Levels: []string{"knows how", "in calm calls", "under pressure"}, Visibility: tandem.ByWorkspace}))
	x.goal = g.(tandem.LearningGoal)
	return x
}

func actorOf(t *testing.T, h *apptest.House, s app.SignedIn) tandem.Actor {
	t.Helper()
	p, err := h.Authenticate(t.Context(), s.Secret)
	if err != nil {
		t.Fatal(err)
	}
	return p.Actor
}

// TestTheWordsAreReadBeforeTheScore asks a member, who answers on the own Today; words come first, the score and
// the level once they are read, and the level counts with its source.
func TestTheWordsAreReadBeforeTheScore(t *testing.T) {
	apptest.Each(t, func(t *testing.T, h *apptest.House) {
		x, ctx := newTeam(t, h), t.Context()
		made := must[app.FeedbackMade](t)(x.AskFeedback(ctx, x.ana, x.ws, app.AskInput{Person: x.ben.Person, How: tandem.HowLead, Goal: x.goal.ID, ShowLevels: true, Ask: "How was the Alder call?"}))
		if made.Link != "" || made.Name != "Ben" {
			t.Errorf("a member is asked by name, got %+v", made)
		}
		today := must[app.TodayView](t)(x.Today(ctx, x.ben, x.ws))
		if len(today.Asked) != 1 || today.Asked[0].Ask != "How was the Alder call?" || today.Asked[0].Title != "" || today.Asked[0].Goal != 0 {
			t.Fatalf("on Ben's Today stands %+v", today.Asked)
		}
		if other := must[app.TodayView](t)(x.Today(ctx, x.ana, x.ws)); len(other.Asked) != 0 {
			t.Errorf("Ana is asked too: %+v", other.Asked)
		}
		must[tandem.Feedback](t)(x.AnswerFeedback(ctx, x.ben, x.ws, made.ID, app.FeedbackInput{Worked: "You let them talk.", TryNext: "Say the price, then wait.\nThey fill it.", Score: 4, Level: 3}))
		_, err := x.AnswerFeedback(ctx, x.ben, x.ws, made.ID, app.FeedbackInput{Worked: "Again"})
		wantCode(t, err, "feedback_over")

		v := must[app.FeedbackView](t)(x.GetFeedback(ctx, x.ana, x.ws, made.ID))
		if v.Worked != "You let them talk." || v.Score != 0 || v.Level != 0 || !v.Hidden {
			t.Errorf("before it is read: %+v", v)
		}
		if all := must[[]tandem.Feedback](t)(x.ListFeedback(ctx, x.ana, x.ws)); all[0].Score != 0 {
			t.Errorf("the list tells the score %d", all[0].Score)
		}
		if said := must[app.TodayView](t)(x.Today(ctx, x.ana, x.ws)).Said; len(said) != 1 || said[0].Score != 0 || said[0].Level != 0 {
			t.Errorf("Today tells %+v", said)
		}
		_, err = x.CountFeedback(ctx, x.ana, x.ws, made.ID)
		wantCode(t, err, "level: feedback_no_level")
		v = must[app.FeedbackView](t)(x.ReadFeedback(ctx, x.ana, x.ws, made.ID))
		if v.Score != 4 || v.Level != 3 || v.Hidden {
			t.Errorf("once it is read: %+v", v)
		}
		if said := must[app.TodayView](t)(x.Today(ctx, x.ana, x.ws)).Said; len(said) != 0 {
			t.Errorf("Today still tells %+v", said)
		}

		must[tandem.Evidence](t)(x.NoticeLevel(ctx, x.ana, x.ws, x.goal.ID, app.LevelInput{Level: 3, How: tandem.HowSelf}))
		if w := must[app.Where](t)(x.WhereAmI(ctx, x.ana, x.ws, x.goal.ID)); w.Noticed == 3 {
			t.Fatalf("one's own word is enough for level 3: %+v", w)
		}
		for range 2 { // a second press counts nothing twice
			must[app.FeedbackView](t)(x.CountFeedback(ctx, x.ana, x.ws, made.ID))
		}
		w := must[app.Where](t)(x.WhereAmI(ctx, x.ana, x.ws, x.goal.ID))
		if last := w.Evidence[len(w.Evidence)-1]; w.Noticed != 3 || len(w.Evidence) != 2 || last.How != tandem.HowLead || last.By != x.ben.Person || last.Note != "Ben" {
			t.Errorf("counted: %+v", w)
		}
	})
}

// TestOnePersonIsAskedOnceInFourteenDays tells when again, whoever of one name or address it is, by name and by
// link, in any workspace, and although the request was taken back.
func TestOnePersonIsAskedOnceInFourteenDays(t *testing.T) {
	apptest.Each(t, func(t *testing.T, h *apptest.House) {
		x, ctx := newTeam(t, h), t.Context()
		ask := func(in app.AskInput) error {
			in.Ask = "How was it?"
			_, err := x.AskFeedback(ctx, x.ana, x.ws, in)
			return err
		}
		if err := ask(app.AskInput{Person: x.ben.Person}); err != nil {
			t.Fatal(err)
		}
		made := must[app.FeedbackMade](t)(x.AskFeedback(ctx, x.ana, x.ws, app.AskInput{Name: "Ada", Email: "ada@example.org", Ask: "How was it?"}))
		if err := x.WithdrawFeedback(ctx, x.ana, x.ws, made.ID); err != nil {
			t.Fatal(err)
		}
		for range 14 {
			for _, in := range []app.AskInput{{Person: x.ben.Person}, {Name: " ada "}, {Name: "A. Lovelace", Email: "ADA@example.org"}} {
				err := ask(in)
				if e := tandem.All(err); len(e) != 1 || e[0].Code != "feedback_again" || fmt.Sprint(e[0].Args["date"]) != "2026-12-05" {
					t.Fatalf("%+v on %s: %v", in, h.Clock.Now(), err)
				}
			}
			h.Clock.AdvanceDays(1)
		}
		if _, err := x.PreviewFeedback(ctx, x.ana, x.ws, app.AskInput{Person: x.ben.Person, Ask: "Again?"}); err != nil {
			t.Errorf("after 14 days: %v", err)
		}
		if err := ask(app.AskInput{Name: "Ada", Email: "ada@example.org"}); err != nil {
			t.Errorf("after 14 days: %v", err)
		}
		if err := ask(app.AskInput{Name: "Ada", Email: "other@example.org"}); err != nil {
			t.Errorf("another Ada: %v", err)
		}
		home := must[tandem.Person](t)(h.Store.For(x.ana).Person(ctx)).Personal
		_, err := x.AskFeedback(ctx, x.ana, home, app.AskInput{Name: "Ada", Ask: "How was it?"})
		wantCode(t, err, "name: feedback_again")
		_, err = x.AskFeedback(ctx, x.ana, x.ws, app.AskInput{Person: x.ana.Person, Ask: "Me?"})
		wantCode(t, err, "person: feedback_no_member")
	})
}

// TestALinkShowsTheLetterAndNothingElse opens a request without an account: what the letter said, nothing more;
// it writes once, by its own instance's signature, in time, and not once it was taken back.
func TestALinkShowsTheLetterAndNothingElse(t *testing.T) {
	h := apptest.New(t)
	x, ctx := newTeam(t, h), t.Context()
	home := must[tandem.Person](t)(h.Store.For(x.ana).Person(ctx)).Personal
	ask := func(name string, title bool) app.FeedbackMade {
		t.Helper()
		in := app.AskInput{Name: name, Goal: x.goal.ID, ShowTitle: title, Ask: "How was it?", Days: 7}
		seen := must[app.FeedbackLetter](t)(x.PreviewFeedback(ctx, x.ana, x.ws, in))
		m := must[app.FeedbackMade](t)(x.AskFeedback(ctx, x.ana, x.ws, in))
		l := must[app.FeedbackLetter](t)(h.FeedbackLink(ctx, m.Link))
		if fmt.Sprintf("%+v", l) != fmt.Sprintf("%+v", seen) {
			t.Errorf("shown before: %+v; read: %+v", seen, l)
		}
		return m
	}
	if home == x.ws {
		t.Fatal("no team")
	}
	ada := ask("Ada", false)
	if l := must[app.FeedbackLetter](t)(h.FeedbackLink(ctx, ada.Link)); l.Title != "" || l.Levels != nil || l.From != "Ana" {
		t.Errorf("the letter tells %+v", l)
	}
	over := func(link, why string) {
		t.Helper()
		if _, err := h.FeedbackLink(ctx, link); tandem.KindOf(err) != tandem.KindNotFound {
			t.Errorf("%s: %v", why, err)
		}
		if _, err := h.AnswerFeedbackLink(ctx, link, app.FeedbackInput{Worked: "Much"}); tandem.KindOf(err) != tandem.KindNotFound {
			t.Errorf("%s, answered: %v", why, err)
		}
	}
	forged := []byte(ada.Link)
	forged[5] ^= 1
	over(string(forged), "a forged link")
	over("", "no link")
	_, err := h.AnswerFeedbackLink(ctx, ada.Link, app.FeedbackInput{Score: 3})
	wantCode(t, err, "worked: feedback_empty")
	_, err = h.AnswerFeedbackLink(ctx, ada.Link, app.FeedbackInput{Worked: "x", Level: 1})
	wantCode(t, err, "level: int_range") // none was shown
	must[app.FeedbackLetter](t)(h.AnswerFeedbackLink(ctx, ada.Link, app.FeedbackInput{Worked: "You waited."}))
	over(ada.Link, "answered already")
	if v := must[app.FeedbackView](t)(x.GetFeedback(ctx, x.ana, x.ws, ada.ID)); v.Worked != "You waited." || v.Link != "" {
		t.Errorf("kept: %+v", v)
	}
	bea := ask("Bea", true)
	if l := must[app.FeedbackLetter](t)(h.FeedbackLink(ctx, bea.Link)); l.Title != "Listen" {
		t.Errorf("the title was chosen: %+v", l)
	}
	if err := x.WithdrawFeedback(ctx, x.ana, x.ws, bea.ID); err != nil {
		t.Fatal(err)
	}
	over(bea.Link, "taken back")
	cid := ask("Cid", false)
	h.Clock.AdvanceDays(7)
	over(cid.Link, "out of time")
	dan := ask("Dan", false)
	if err := h.SuspendPerson(ctx, policy.Local(), "ana@example.org", true); err != nil {
		t.Fatal(err)
	}
	over(dan.Link, "its owner is suspended")
}

// TestWhatToTryBecomesALearningGoalOrATrial makes both of the second field, each once, and of an offer that
// nobody asked for.
func TestWhatToTryBecomesALearningGoalOrATrial(t *testing.T) {
	h := apptest.New(t)
	x, ctx := newTeam(t, h), t.Context()
	f := must[tandem.Feedback](t)(x.WriteFeedback(ctx, x.ben, x.ws, x.goal.ID, app.FeedbackInput{TryNext: "\n  Say the price, then wait. \nThey fill the silence.", Score: 2}))
	if f.How != tandem.HowPeer || f.Owner != x.ana.Person {
		t.Errorf("offered: %+v", f)
	}
	if _, err := x.GetFeedback(ctx, x.ben, x.ws, f.ID); tandem.KindOf(err) != tandem.KindNotFound {
		t.Errorf("its giver sees the owner's side: %v", err)
	}
	if g, _, err := x.GetGiven(ctx, x.ben, x.ws, f.ID); err != nil || g.TryNext == "" || g.Score != 2 {
		t.Errorf("its giver sees the own words: %+v, %v", g, err)
	}
	var first app.FeedbackView
	for i := range 2 {
		v := must[app.FeedbackView](t)(x.LearnFromFeedback(ctx, x.ana, x.ws, f.ID))
		v = must[app.FeedbackView](t)(x.TryFromFeedback(ctx, x.ana, x.ws, f.ID))
		if i == 0 {
			first = v
		} else if v.Learning != first.Learning || v.Technique != first.Technique {
			t.Errorf("a second press made another: %+v, %+v", first, v)
		}
	}
	g := must[tandem.AnyGoal](t)(x.GetGoal(ctx, x.ana, x.ws, first.Learning)).GoalHead()
	tech := must[tandem.Technique](t)(x.GetTechnique(ctx, x.ana, x.ws, first.Technique))
	if g.Title != "Say the price, then wait." || g.Kind != tandem.KindLearning || tech.Name != g.Title || tech.State != tandem.Trying || tech.Goal != x.goal.ID {
		t.Errorf("made %+v and %+v", g, tech)
	}
	if again := must[app.FeedbackView](t)(x.GetFeedback(ctx, x.ana, x.ws, f.ID)); again.Score != 0 || again.Read != 0 {
		t.Errorf("using the words showed the score: %+v", again)
	}
	long := must[tandem.Feedback](t)(x.WriteFeedback(ctx, x.ana, x.ws, x.goal.ID, app.FeedbackInput{TryNext: strings.Repeat("wait longer ", 60)}))
	if long.How != tandem.HowSelf || long.Read == 0 {
		t.Errorf("the own look: %+v", long)
	}
	v := must[app.FeedbackView](t)(x.LearnFromFeedback(ctx, x.ana, x.ws, long.ID))
	if title := must[tandem.AnyGoal](t)(x.GetGoal(ctx, x.ana, x.ws, v.Learning)).GoalHead().Title; len([]rune(title)) > tandem.MaxTitle || !strings.HasSuffix(title, "wait…") && !strings.HasSuffix(title, "longer…") {
		t.Errorf("a long one became %q", title)
	}
	none := must[tandem.Feedback](t)(x.WriteFeedback(ctx, x.ben, x.ws, x.goal.ID, app.FeedbackInput{Worked: "All of it."}))
	_, err := x.TryFromFeedback(ctx, x.ana, x.ws, none.ID)
	wantCode(t, err, "try_next: feedback_nothing_to_try")
}

// TestAThirdTrialAsksWhichOneWaits tries two for one learning goal: a third waits, or one of the two does, and
// nothing is lost of what it was used for.
func TestAThirdTrialAsksWhichOneWaits(t *testing.T) {
	apptest.Each(t, func(t *testing.T, h *apptest.House) {
		x, ctx := newTeam(t, h), t.Context()
		try := func(name string) tandem.Technique {
			t.Helper()
			return must[tandem.Technique](t)(x.CreateTechnique(ctx, x.ana, x.ws, app.TechniqueInput{Name: name, Goal: x.goal.ID}))
		}
		pause, ask, price := try("The pause"), try("Ask twice"), try("Price, then wait")
		if pause.State != tandem.Trying || ask.State != tandem.Trying || price.State != tandem.Idea {
			t.Fatalf("%s, %s, %s", pause.State, ask.State, price.State)
		}
		must[tandem.Use](t)(x.LogUse(ctx, x.ana, x.ws, pause.ID, app.UseInput{Natural: 9}))
		must[tandem.Use](t)(x.LogUse(ctx, x.ana, x.ws, price.ID, app.UseInput{}))
		if now := must[tandem.Technique](t)(x.GetTechnique(ctx, x.ana, x.ws, price.ID)); now.State != tandem.Idea {
			t.Errorf("a use began a third trial: %+v", now)
		}
		trying := tandem.Trying
		_, err := x.ChangeTechnique(ctx, x.ana, x.ws, price.ID, app.TechniqueChange{Version: price.Version, State: &trying})
		es := tandem.All(err)
		if len(es) != 1 || es[0].Code != "trials_full" || es[0].Ask == nil || len(es[0].Ask.Choices) != 2 {
			t.Fatalf("a third: %v", err)
		}
		if _, err := x.CreateTechnique(ctx, x.ana, x.ws, app.TechniqueInput{Name: "Fourth", Goal: x.goal.ID, State: tandem.Trying}); tandem.All(err) == nil {
			t.Error("a fourth is tried because somebody says so")
		}
		now := must[tandem.Technique](t)(x.ChangeTechnique(ctx, x.ana, x.ws, price.ID, app.TechniqueChange{Version: price.Version, State: &trying, Waits: pause.ID}))
		waits := must[app.TrialView](t)(x.GetTrial(ctx, x.ana, x.ws, pause.ID))
		if now.State != tandem.Trying || waits.Technique.State != tandem.Idea || len(waits.Past) != 1 || waits.Past[0].Uses != 1 || waits.Past[0].Natural != 1 || waits.Past[0].Decision != tandem.Idea {
			t.Errorf("%+v is tried, %+v waits", now, waits)
		}
		other := must[tandem.AnyGoal](t)(x.CreateGoal(ctx, x.ana, x.ws, app.GoalInput{Kind: tandem.KindLearning, Title: "Run"})).GoalHead()
		if y := must[tandem.Technique](t)(x.CreateTechnique(ctx, x.ana, x.ws, app.TechniqueInput{Name: "Short steps", Goal: other.ID})); y.State != tandem.Trying {
			t.Errorf("another learning goal has trials of its own: %+v", y)
		}
	})
}

// TestTwoWeeksEndWithTheUsesAndTheDecision lets a trial run out, gives it two weeks more, and drops it: what it
// was used for and how that felt stays with each decision, and dropping is a line as good as keeping.
func TestTwoWeeksEndWithTheUsesAndTheDecision(t *testing.T) {
	apptest.Each(t, func(t *testing.T, h *apptest.House) {
		x, ctx := newTeam(t, h), t.Context()
		pause := must[tandem.Technique](t)(x.CreateTechnique(ctx, x.ana, x.ws, app.TechniqueInput{Name: "The pause", Goal: x.goal.ID}))
		for _, felt := range []int{9, 5, 2, 0} {
			must[tandem.Use](t)(x.LogUse(ctx, x.ana, x.ws, pause.ID, app.UseInput{Natural: felt}))
			h.Clock.AdvanceDays(3)
		}
		v := must[app.TrialView](t)(x.GetTrial(ctx, x.ana, x.ws, pause.ID))
		if v.Over || v.Tally.Uses != 4 || v.Tally.Days != 4 || v.Tally.Natural != 1 || v.Tally.Middle != 1 || v.Tally.Forced != 1 {
			t.Errorf("after 12 days: %+v, %+v", v, v.Tally)
		}
		h.Clock.AdvanceDays(2)
		today := must[app.TodayView](t)(x.Today(ctx, x.ana, x.ws))
		if v = must[app.TrialView](t)(x.GetTrial(ctx, x.ana, x.ws, pause.ID)); !v.Over || len(today.Trials) != 1 || !today.Trials[0].Over {
			t.Errorf("after 14 days: %+v, Today %+v", v, today.Trials)
		}
		trying, dropped, words := tandem.Trying, tandem.Dropped, "Too slow for me."
		more := must[tandem.Technique](t)(x.ChangeTechnique(ctx, x.ana, x.ws, pause.ID, app.TechniqueChange{Version: v.Technique.Version, State: &trying}))
		if today := must[app.TodayView](t)(x.Today(ctx, x.ana, x.ws)); len(today.Trials) != 0 {
			t.Errorf("two weeks more, and Today still asks: %+v", today.Trials)
		}
		if all := must[[]tandem.Celebration](t)(x.ListCelebrations(ctx, x.ana, x.ws)); len(all) != 0 {
			t.Errorf("nothing is decided, and yet %+v", all)
		}
		h.Clock.AdvanceDays(4)
		must[tandem.Use](t)(x.LogUse(ctx, x.ana, x.ws, pause.ID, app.UseInput{}))
		_, err := x.ChangeTechnique(ctx, x.ana, x.ws, pause.ID, app.TechniqueChange{Version: more.Version, State: &dropped, Helped: 2})
		wantCode(t, err, "helped: int_range")
		must[tandem.Technique](t)(x.ChangeTechnique(ctx, x.ana, x.ws, pause.ID, app.TechniqueChange{Version: more.Version, State: &dropped, Verdict: &words, Helped: -1}))
		v = must[app.TrialView](t)(x.GetTrial(ctx, x.ana, x.ws, pause.ID))
		if len(v.Past) != 2 || v.Past[0].Decision != tandem.Dropped || v.Past[0].Helped != -1 || v.Past[0].Words != words || v.Past[0].Uses != 1 || v.Past[1].Uses != 4 || v.Past[1].Decision != tandem.Trying {
			t.Errorf("kept of the trials: %+v", v.Past)
		}
		all := must[[]tandem.Celebration](t)(x.ListCelebrations(ctx, x.ana, x.ws))
		if len(all) == 0 || all[0].Kind != tandem.CheerTrial || all[0].Decision != tandem.Dropped || all[0].Technique != "The pause" {
			t.Errorf("celebrated: %+v", all)
		}
	})
}

// TestEachThingDoneIsOneLine does what is celebrated, with a technique, and reads the lines: they name it, say
// who was there, last two days, can be put away and switched off.
func TestEachThingDoneIsOneLine(t *testing.T) {
	apptest.Each(t, func(t *testing.T, h *apptest.House) {
		x, ctx := newTeam(t, h), t.Context()
		lines := func() []tandem.Celebration {
			t.Helper()
			return must[[]tandem.Celebration](t)(x.ListCelebrations(ctx, x.ana, x.ws))
		}
		has := func(k tandem.CelebrationKind) *tandem.Celebration {
			for _, c := range lines() {
				if c.Kind == k {
					return &c
				}
			}
			return nil
		}
		pause := must[tandem.Technique](t)(x.CreateTechnique(ctx, x.ana, x.ws, app.TechniqueInput{Name: "The pause", Goal: x.goal.ID}))
		if got := lines(); len(got) != 0 {
			t.Errorf("nothing was done: %+v", got)
		}
		must[tandem.Use](t)(x.LogUse(ctx, x.ana, x.ws, pause.ID, app.UseInput{}))
		h.Clock.AdvanceDays(9)
		must[tandem.Lesson](t)(x.AddLesson(ctx, x.ana, x.ws, x.goal.ID, app.LessonInput{Text: "Silence works."}))
		if c := has(tandem.CheerBack); c == nil || c.Silence != 8 {
			t.Errorf("after eight days: %+v", c)
		}
		if c := has(tandem.CheerLesson); c == nil || c.Text != "Silence works." || c.Technique != "The pause" || c.Uses != 1 {
			t.Errorf("a lesson: %+v", c)
		}
		must[tandem.Evidence](t)(x.NoticeLevel(ctx, x.ana, x.ws, x.goal.ID, app.LevelInput{Level: 2, How: tandem.HowRealUse}))
		must[tandem.Evidence](t)(x.NoticeLevel(ctx, x.ana, x.ws, x.goal.ID, app.LevelInput{Level: 1}))
		levels := 0
		for _, c := range lines() {
			if c.Kind == tandem.CheerLevel {
				levels++
			}
		}
		if c := has(tandem.CheerLevel); levels != 1 || c.Level != 2 || c.Text != "in calm calls" {
			t.Errorf("%d levels: %+v", levels, c)
		}
		step := must[tandem.Milestone](t)(x.PutMilestone(ctx, x.ana, x.ws, x.goal.ID, app.MilestoneInput{Title: "Call three people"}))
		must[tandem.Milestone](t)(x.FinishMilestone(ctx, x.ana, x.ws, x.goal.ID, step.ID, app.DoneInput{}))
		if c := has(tandem.CheerStep); c == nil || c.Text != "Call three people" {
			t.Errorf("a step: %+v", c)
		}
		level := has(tandem.CheerLevel)
		name, away := "Ben and the Thursday group", true
		must[tandem.Celebration](t)(x.SetCheer(ctx, x.ana, x.ws, app.CheerInput{About: level.About, Helped: &name}))
		if c := has(tandem.CheerLevel); c.Helped != name {
			t.Errorf("who helped: %+v", c)
		}
		must[tandem.Celebration](t)(x.SetCheer(ctx, x.ana, x.ws, app.CheerInput{About: level.About, Away: &away}))
		if c := has(tandem.CheerLevel); c != nil {
			t.Errorf("put away: %+v", c)
		}
		if _, err := x.SetCheer(ctx, x.ana, x.ws, app.CheerInput{About: "goal_none", Away: &away}); tandem.KindOf(err) != tandem.KindNotFound {
			t.Errorf("a line that does not stand: %v", err)
		}
		if other := must[[]tandem.Celebration](t)(x.ListCelebrations(ctx, x.ben, x.ws)); len(other) != 0 {
			t.Errorf("Ben reads %+v", other)
		}
		p := must[tandem.Person](t)(h.Store.For(x.ana).Person(ctx))
		must[tandem.Person](t)(x.ChangeProfile(ctx, x.ana, app.ProfileInput{Version: p.Version, CheersOff: &away}))
		if got := lines(); len(got) != 0 {
			t.Errorf("switched off: %+v", got)
		}
		on := false
		must[tandem.Person](t)(x.ChangeProfile(ctx, x.ana, app.ProfileInput{Version: p.Version + 1, CheersOff: &on}))
		if len(lines()) == 0 {
			t.Error("switched on again, and nothing stands")
		}
		h.Clock.AdvanceDays(2)
		if got := lines(); len(got) != 0 {
			t.Errorf("two days later: %+v", got)
		}
	})
}

// TestHalfTimeOffersOneNewWay lets half of a result's time go by without a new way: a lesson is offered, else
// the technique of an example; once something was used, nothing is.
func TestHalfTimeOffersOneNewWay(t *testing.T) {
	d := newDesk(t)
	in := d.sales()
	in.Deadline = d.today() + 40
	p := must[app.Pair](t)(d.CreatePair(t.Context(), d.by, d.ws, app.PairInput{Result: in, Learning: app.GoalInput{Title: "Listen"}}))
	way := func() app.NewWay {
		t.Helper()
		return must[app.NewWay](t)(d.GetNewWay(t.Context(), d.by, d.ws, p.Result.ID))
	}
	d.Clock.AdvanceDays(19)
	if w := way(); w.Name != "" {
		t.Errorf("a day before half-time: %+v", w)
	}
	d.Clock.AdvanceDays(1)
	if w := way(); w.From != "template" || w.Name == "" || w.Goal != p.Learning.ID {
		t.Errorf("without a lesson: %+v", w)
	}
	must[tandem.Lesson](t)(d.AddLesson(t.Context(), d.by, d.ws, p.Learning.ID, app.LessonInput{Text: "Silence works."}))
	w := way()
	if w.From != "lesson" || w.Name != "Silence works." || w.Lesson == 0 {
		t.Errorf("with a lesson: %+v", w)
	}
	tech := must[tandem.Technique](t)(d.TryNewWay(t.Context(), d.by, d.ws, p.Result.ID))
	if tech.Lesson != w.Lesson || tech.Goal != p.Learning.ID || tech.State != tandem.Trying {
		t.Errorf("taken: %+v", tech)
	}
	if w := way(); w.From != "technique" || w.Technique != tech.ID {
		t.Errorf("named and not used: %+v", w)
	}
	must[tandem.Use](t)(d.LogUse(t.Context(), d.by, d.ws, tech.ID, app.UseInput{}))
	if w := way(); w.Name != "" {
		t.Errorf("used, and still offered: %+v", w)
	}
}

// TestTheHalfTimeOfferIsPutAway and stays away.
func TestTheHalfTimeOfferIsPutAway(t *testing.T) {
	d := newDesk(t)
	g := d.result(t, d.sales())
	d.Clock.AdvanceDays(int(g.Deadline-d.today())/2 + 1)
	if w := must[app.NewWay](t)(d.GetNewWay(t.Context(), d.by, d.ws, g.ID)); w.Name == "" {
		t.Fatal("nothing is offered")
	}
	if err := d.QuietHint(t.Context(), d.by, d.ws, g.ID, "NO_NEW_WAY"); err != nil {
		t.Fatal(err)
	}
	if w := must[app.NewWay](t)(d.GetNewWay(t.Context(), d.by, d.ws, g.ID)); w.Name != "" {
		t.Errorf("put away: %+v", w)
	}
	_, err := d.TryNewWay(t.Context(), d.by, d.ws, g.ID)
	wantCode(t, err, "no_new_way")
}
