package app_test

import (
	"testing"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
)

// TestALessonSetAsideIsOfferedNowhere has a lesson that a result half through, a suggestion and the page of an
// ended result would offer; set aside, none of them does, and taken up again all do.
func TestALessonSetAsideIsOfferedNowhere(t *testing.T) {
	d := newDesk(t)
	in := d.sales()
	in.Deadline = d.today() + 40
	p := must[app.Pair](t)(d.CreatePair(t.Context(), d.by, d.ws, app.PairInput{Result: in, Learning: app.GoalInput{Title: "Listen"}}))
	lesson := must[tandem.Lesson](t)(d.AddLesson(t.Context(), d.by, d.ws, p.Learning.ID, app.LessonInput{Text: "Silence makes sales."}))
	d.Clock.AdvanceDays(21)
	for _, aside := range []bool{false, true, false} {
		wantNoErr(t, d.DropLesson(t.Context(), d.by, d.ws, lesson.ID, aside))
		if w := must[app.NewWay](t)(d.GetNewWay(t.Context(), d.by, d.ws, p.Result.ID)); (w.Lesson == lesson.ID) == aside {
			t.Errorf("set aside %v, at half-time: %+v", aside, w)
		}
		offered := false
		for _, s := range must[[]app.Suggestion](t)(d.SuggestLearning(t.Context(), d.by, d.ws, app.SuggestInput{Text: "Silence makes sales", Number: "Sales"})) {
			offered = offered || s.Lesson == lesson.ID
		}
		if offered == aside {
			t.Errorf("set aside %v, suggested: %v", aside, offered)
		}
		v := must[app.ClosingView](t)(d.OpenClosing(t.Context(), d.by, d.ws, p.Result.ID))
		if n := must[app.Next](t)(d.ProposeNext(t.Context(), d.by, v)); (n.Technique == lesson.Text) == aside {
			t.Errorf("set aside %v, what comes next: %+v", aside, n)
		}
	}
}

// TestALessonThatWasMadeTwiceCountsItsUses drops one technique of a lesson and begins another: its uses stay.
func TestALessonThatWasMadeTwiceCountsItsUses(t *testing.T) {
	d := newDesk(t)
	l := d.learning(t, "Listen")
	lesson := must[tandem.Lesson](t)(d.AddLesson(t.Context(), d.by, d.ws, l.ID, app.LessonInput{Text: "Silence works."}))
	make := func(name string) tandem.Technique {
		t.Helper()
		return must[tandem.Technique](t)(d.CreateTechnique(t.Context(), d.by, d.ws, app.TechniqueInput{Name: name, Goal: l.ID, Lesson: lesson.ID}))
	}
	first := make("three seconds")
	must[tandem.Use](t)(d.LogUse(t.Context(), d.by, d.ws, first.ID, app.UseInput{}))
	dropped := tandem.Dropped
	must[tandem.Technique](t)(d.ChangeTechnique(t.Context(), d.by, d.ws, first.ID, app.TechniqueChange{Version: first.Version, State: &dropped}))
	d.Clock.AdvanceDays(1)
	second := make("one breath")
	if x := must[tandem.LessonLine](t)(d.GetLesson(t.Context(), d.by, d.ws, lesson.ID)); x.Technique != second.ID || x.State != tandem.Trying || x.Uses != 1 || x.Unused() {
		t.Errorf("one is tried, the other was used: %+v", x)
	}
	must[tandem.Use](t)(d.LogUse(t.Context(), d.by, d.ws, second.ID, app.UseInput{}))
	trying := tandem.Trying
	must[tandem.Technique](t)(d.ChangeTechnique(t.Context(), d.by, d.ws, second.ID, app.TechniqueChange{Version: second.Version, State: &dropped}))
	must[tandem.Technique](t)(d.ChangeTechnique(t.Context(), d.by, d.ws, first.ID, app.TechniqueChange{Version: first.Version + 1, State: &trying}))
	if x := must[tandem.LessonLine](t)(d.GetLesson(t.Context(), d.by, d.ws, lesson.ID)); x.Technique != first.ID || x.State != tandem.Trying || x.Uses != 2 {
		t.Errorf("the older one is tried again, both were used: %+v", x)
	}
	h := d.House
	eve := h.Person(t, "Eve")
	_, err := d.CreateTechnique(t.Context(), h.Actor(t, eve), eve.Person.Personal, app.TechniqueInput{Name: "Not mine", Lesson: lesson.ID})
	wantCode(t, err, "not_found")
}

// TestWhatAnActivityTaughtIsKeptOnce presses twice.
func TestWhatAnActivityTaughtIsKeptOnce(t *testing.T) {
	d := newDesk(t)
	l := d.learning(t, "Listen")
	a := must[tandem.Activity](t)(d.PutActivity(t.Context(), d.by, d.ws, l.ID, app.ActivityInput{Title: "A course"}))
	for n, text := range []string{"Short is enough.", "Short is enough.", "And slow."} {
		must[tandem.Activity](t)(d.FinishActivity(t.Context(), d.by, d.ws, l.ID, a.ID, app.ActivityDone{Enjoyment: 4, Lesson: text}))
		if ls := must[[]tandem.Lesson](t)(d.ListLessons(t.Context(), d.by, d.ws, l.ID)); len(ls) != []int{1, 1, 2}[n] {
			t.Errorf("after press %d: %+v", n+1, ls)
		}
	}
}

// TestAProgramThatMayNotReadLearningIsOfferedNoLesson opens the last page of a result by tokens with and without
// the right to read practice.
func TestAProgramThatMayNotReadLearningIsOfferedNoLesson(t *testing.T) {
	h := apptest.New(t)
	in := h.Person(t, "Mira")
	d := &desk{House: h, by: h.Actor(t, in), ws: in.Person.Personal}
	l := d.learning(t, "Ask for more sales")
	must[tandem.Lesson](t)(d.AddLesson(t.Context(), d.by, d.ws, l.ID, app.LessonInput{Text: "Sales come to who waits."}))
	in2 := d.sales()
	in2.Title = "More sales"
	g := d.result(t, in2)
	narrow := []string{"read:goals", "read:metrics", "read:observations", "read:techniques"}
	for back, scopes := range map[int][]string{0: narrow, 1: append([]string{"read:practice"}, narrow...)} {
		by, _ := h.Token(t, in, app.TokenInput{Scopes: scopes})
		if v := must[app.ClosingView](t)(h.OpenClosing(t.Context(), by.Actor, d.ws, g.ID)); len(v.Back) != back {
			t.Errorf("with %v: %+v", scopes, v.Back)
		}
	}
}

// TestALessonSetAsideIsShownToNobodyElse takes one of two lessons out of what a lifeline sees.
func TestALessonSetAsideIsShownToNobodyElse(t *testing.T) {
	h := apptest.New(t)
	ana, ben := newFriend(t, h, "Ana"), newFriend(t, h, "Ben")
	id := begin(t, ana, ben)
	shown := func() (n int) {
		t.Helper()
		for _, p := range ben.look(t, id).Partners {
			for _, g := range p.Goals {
				if p.Person == ana.by.Person {
					n += len(g.Lessons)
				}
			}
		}
		return n
	}
	all := shown()
	own := must[[]tandem.Lesson](t)(ana.ListLessons(t.Context(), ana.by, ana.ws, ana.learning))
	wantNoErr(t, ana.DropLesson(t.Context(), ana.by, ana.ws, own[0].ID, true))
	if n := shown(); all != len(own) || n != all-1 {
		t.Errorf("shown before %d of %d, after %d", all, len(own), n)
	}
}
