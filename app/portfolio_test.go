package app_test

import (
	"slices"
	"strings"
	"testing"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
)

// TestAnActivityIsPlannedDoneAndTeaches plans a course and a talk, finds them on Today when their day is there,
// does one, takes that back and does it again.
func TestAnActivityIsPlannedDoneAndTeaches(t *testing.T) {
	d := newDesk(t)
	l := d.learning(t, "Listen")
	course := must[tandem.Activity](t)(d.PutActivity(t.Context(), d.by, d.ws, l.ID, app.ActivityInput{Title: "Course on listening", Day: d.today() + 3}))
	talk := must[tandem.Activity](t)(d.PutActivity(t.Context(), d.by, d.ws, l.ID, app.ActivityInput{Title: "Ana listens in", Type: tandem.Mentoring, Tag: tandem.Practise, With: "Ana"}))
	if course.Type != tandem.Course || course.Tag != tandem.Study || talk.Type != tandem.Mentoring || talk.Tag != tandem.Practise || talk.Day != tandem.NoDay {
		t.Fatalf("planned %+v and %+v", course, talk)
	}
	waits := func() (out []tandem.ActivityID, coming []string) {
		t.Helper()
		v := must[app.TodayView](t)(d.Today(t.Context(), d.by, d.ws))
		for _, i := range v.Items {
			if i.Kind == "activity" {
				out = append(out, i.Activity.ID)
			}
		}
		for _, c := range v.Coming {
			if c.Kind == "activity" || c.Kind == "certificate" {
				coming = append(coming, c.Title)
			}
		}
		return out, coming
	}
	if now, coming := waits(); now != nil || !slices.Equal(coming, []string{"Course on listening"}) {
		t.Errorf("three days before: %v, coming %v", now, coming)
	}
	for _, days := range []int{3, 30} { // it waits as long as it takes
		d.Clock.AdvanceDays(days)
		if now, coming := waits(); !slices.Equal(now, []tandem.ActivityID{course.ID}) || coming != nil {
			t.Errorf("on %s: %v, coming %v", d.today(), now, coming)
		}
	}
	done := must[tandem.Activity](t)(d.FinishActivity(t.Context(), d.by, d.ws, l.ID, course.ID, app.ActivityDone{}))
	done = must[tandem.Activity](t)(d.FinishActivity(t.Context(), d.by, d.ws, l.ID, course.ID, app.ActivityDone{Enjoyment: 4, Lesson: "Short is enough."}))
	lessons := must[[]tandem.Lesson](t)(d.ListLessons(t.Context(), d.by, d.ws, l.ID))
	if now, _ := waits(); now != nil || done.Done != d.today() || done.Enjoyment != 4 || len(lessons) != 1 || lessons[0].ID != done.Lesson || lessons[0].From != "activity" {
		t.Errorf("done %+v, lessons %+v, Today %v", done, lessons, now)
	}
	must[tandem.Use](t)(d.LogUse(t.Context(), d.by, d.ws, must[tandem.Technique](t)(d.CreateTechnique(t.Context(), d.by, d.ws, app.TechniqueInput{Name: "The pause", Goal: l.ID})).ID, app.UseInput{Context: "calls"}))
	must[tandem.Practice](t)(d.LogPractice(t.Context(), d.by, d.ws, l.ID, app.PracticeInput{Minutes: 5, Activity: "reflect"}))
	p := must[app.ActivityPage](t)(d.ListActivities(t.Context(), d.by, d.ws, l.ID))
	if len(p.Items) != 2 || p.Items[0].ID != talk.ID || p.Parts[tandem.Study] != 1 || p.Parts[tandem.Reflect] != 1 || p.Parts[tandem.Apply] != 1 || p.Parts[tandem.Practise] != 0 {
		t.Errorf("open ones first: %+v", p)
	}
	done = must[tandem.Activity](t)(d.FinishActivity(t.Context(), d.by, d.ws, l.ID, course.ID, app.ActivityDone{Undo: true}))
	if ls := must[[]tandem.Lesson](t)(d.ListLessons(t.Context(), d.by, d.ws, l.ID)); done.Done != tandem.NoDay || done.Lesson != 0 || len(ls) != 0 {
		t.Errorf("taken back: %+v, lessons %+v", done, ls)
	}
	_, err := d.MoveGoal(t.Context(), d.by, d.ws, l.ID, tandem.MoveRest, 0)
	if now, _ := waits(); err != nil || now != nil {
		t.Errorf("while its goal rests: %v, %v", now, err)
	}
	wantNoErr(t, d.DeleteActivity(t.Context(), d.by, d.ws, l.ID, course.ID))
	_, err = d.FinishActivity(t.Context(), d.by, d.ws, l.ID, course.ID, app.ActivityDone{})
	wantCode(t, err, "not_found")
	_, err = d.PutActivity(t.Context(), d.by, d.ws, l.ID, app.ActivityInput{Title: " "})
	wantCode(t, err, "title: activity_missing")
	_, err = d.PutActivity(t.Context(), d.by, d.ws, d.result(t, d.sales()).ID, app.ActivityInput{Title: "Course"})
	wantCode(t, err, "goal: needs_learning_goal")
}

func wantNoErr(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestACertificateThatEndsComesUp is done and holds for a year.
func TestACertificateThatEndsComesUp(t *testing.T) {
	d := newDesk(t)
	l := d.learning(t, "First aid")
	a := must[tandem.Activity](t)(d.PutActivity(t.Context(), d.by, d.ws, l.ID, app.ActivityInput{Title: "Certificate of first aid", Ends: d.today() + 365}))
	must[tandem.Activity](t)(d.FinishActivity(t.Context(), d.by, d.ws, l.ID, a.ID, app.ActivityDone{}))
	for _, days := range []int{0, 350} {
		d.Clock.AdvanceDays(days)
		v := must[app.TodayView](t)(d.Today(t.Context(), d.by, d.ws))
		up := slices.ContainsFunc(v.Coming, func(c app.Coming) bool { return c.Kind == "certificate" && c.Day == a.Ends })
		if up != (days > 0) {
			t.Errorf("after %d days it comes up: %v, %+v", days, up, v.Coming)
		}
	}
}

// TestAStepIsOfferedToWhatOneLearns writes a to-do; learning goals take it as an activity of the type it names.
func TestAStepIsOfferedToWhatOneLearns(t *testing.T) {
	d := newDesk(t)
	l := d.learning(t, "Ask better questions")
	v := must[app.Draft](t)(d.DraftGoal(t.Context(), d.by, d.ws, app.DraftInput{Text: "Buy the book about questions"}))
	if v.Kind != "todo" || len(v.StepOf) != 1 || v.StepOf[0].Goal != l.ID || v.StepOf[0].Type != tandem.Book {
		t.Errorf("drafted as %s of %+v", v.Kind, v.StepOf)
	}
	if v := must[app.Draft](t)(d.DraftGoal(t.Context(), d.by, d.ws, app.DraftInput{Text: "Make 20 sales this month"})); v.StepOf != nil {
		t.Errorf("a result is offered as a step of %+v", v.StepOf)
	}
}

// TestEvidenceKeepsWhoAndWhereAndShowsTransfer has others and uses notice a level in two contexts.
func TestEvidenceKeepsWhoAndWhereAndShowsTransfer(t *testing.T) {
	d := newDesk(t)
	l := d.learning(t, "Listen")
	where := func() app.Where {
		t.Helper()
		return must[app.Where](t)(d.WhereAmI(t.Context(), d.by, d.ws, l.ID))
	}
	must[tandem.Evidence](t)(d.NoticeLevel(t.Context(), d.by, d.ws, l.ID, app.LevelInput{Level: 4}))
	if w := where(); w.Noticed != 0 || w.Said != 4 || w.Front != nil || len(w.Reached) != 0 {
		t.Errorf("level 4 is only said: %+v", w)
	}
	must[tandem.Evidence](t)(d.NoticeLevel(t.Context(), d.by, d.ws, l.ID, app.LevelInput{Level: 3, How: tandem.HowTest, Who: " Noor ", Context: "role play", Note: "8 of 10"}))
	w := where()
	if w.Noticed != 3 || w.Front == nil || w.Front.Who != "Noor" || w.Front.Note != "8 of 10" || w.Carried || !slices.Equal(w.Contexts, []string{"role play"}) {
		t.Errorf("a test: %+v, front %+v", w, w.Front)
	}
	tech := must[tandem.Technique](t)(d.CreateTechnique(t.Context(), d.by, d.ws, app.TechniqueInput{Name: "The pause", Goal: l.ID}))
	must[tandem.Use](t)(d.LogUse(t.Context(), d.by, d.ws, tech.ID, app.UseInput{Context: "calls with clients"}))
	if w := where(); !w.Carried || !slices.Equal(w.Contexts, []string{"role play", "calls with clients"}) || w.NextFits {
		t.Errorf("and a use elsewhere: %+v", w)
	}
	d.Clock.AdvanceDays(8)
	must[tandem.Use](t)(d.LogUse(t.Context(), d.by, d.ws, tech.ID, app.UseInput{}))
	if w := where(); !w.NextFits {
		t.Errorf("said, tested and used over a week: %+v", w)
	}
	_, err := d.NoticeLevel(t.Context(), d.by, d.ws, l.ID, app.LevelInput{Level: 3, How: tandem.HowPeer, Who: strings.Repeat("x", 1000)})
	wantCode(t, err, "who: text_too_long")
}

// TestALearningGoalSaysWhatItIsAbout takes knowledge, skill and attitude, refuses anything else, and results
// have none.
func TestALearningGoalSaysWhatItIsAbout(t *testing.T) {
	d := newDesk(t)
	l := d.learning(t, "Stay curious")
	for _, about := range []string{tandem.AboutKnowledge, tandem.AboutSkill, tandem.AboutAttitude, tandem.AboutOpen} {
		l = must[tandem.AnyGoal](t)(d.ChangeGoal(t.Context(), d.by, d.ws, l.ID, app.GoalChange{Version: l.Version, About: &about})).(tandem.LearningGoal)
		if got := must[tandem.AnyGoal](t)(d.GetGoal(t.Context(), d.by, d.ws, l.ID)).(tandem.LearningGoal); got.About != about {
			t.Errorf("about %q, kept %q", about, got.About)
		}
	}
	_, err := d.ChangeGoal(t.Context(), d.by, d.ws, l.ID, app.GoalChange{Version: l.Version, About: ptr("mood")})
	wantCode(t, err, "about: one_of")
	g := d.result(t, d.sales())
	_, err = d.ChangeGoal(t.Context(), d.by, d.ws, g.ID, app.GoalChange{Version: g.Version, About: ptr(tandem.AboutSkill)})
	wantCode(t, err, "about: only_learning")
}

// TestLessonsAreFoundTriedAndSetAside looks for lessons of a learning goal, a result and a goal that is gone.
func TestLessonsAreFoundTriedAndSetAside(t *testing.T) {
	d := newDesk(t)
	l, g, gone := d.learning(t, "Zuhören"), d.result(t, d.sales()), d.learning(t, "Run")
	keep := func(goal tandem.GoalID, text string) tandem.Lesson {
		t.Helper()
		d.Clock.AdvanceDays(1)
		return must[tandem.Lesson](t)(d.AddLesson(t.Context(), d.by, d.ws, goal, app.LessonInput{Text: text}))
	}
	quiet, early, tired := keep(l.ID, "Stille hilft."), keep(g.ID, "Call before ten."), keep(gone.ID, "Short runs on tired days.")
	wantNoErr(t, d.DeleteGoal(t.Context(), d.by, d.ws, gone.ID))
	find := func(q app.LessonQuery) (ids []tandem.LessonID, p app.LessonPage) {
		t.Helper()
		q.Limit = 10
		p = must[app.LessonPage](t)(d.FindLessons(t.Context(), d.by, q))
		for _, x := range p.Items {
			ids = append(ids, x.ID)
		}
		return ids, p
	}
	if ids, p := find(app.LessonQuery{}); !slices.Equal(ids, []tandem.LessonID{tired.ID, early.ID, quiet.ID}) || p.Wait != 3 || !p.Items[0].Gone || p.Items[0].Title != "Run" || p.Items[1].Kind != tandem.KindPerformance {
		t.Errorf("all: %+v", p)
	}
	if ids, _ := find(app.LessonQuery{Text: "zuhoren STILLE"}); !slices.Equal(ids, []tandem.LessonID{quiet.ID}) {
		t.Errorf("by lesson and goal: %v", ids)
	}
	if ids, p := find(app.LessonQuery{After: 2}); !slices.Equal(ids, []tandem.LessonID{quiet.ID}) || p.Found != 3 {
		t.Errorf("the second page: %v", ids)
	}
	tech := must[tandem.Technique](t)(d.CreateTechnique(t.Context(), d.by, d.ws, app.TechniqueInput{Name: "Silence", Goal: l.ID, Lesson: quiet.ID}))
	must[tandem.Use](t)(d.LogUse(t.Context(), d.by, d.ws, tech.ID, app.UseInput{}))
	wantNoErr(t, d.DropLesson(t.Context(), d.by, d.ws, tired.ID, true)) // also of a goal that is gone
	if ids, p := find(app.LessonQuery{Unused: true}); !slices.Equal(ids, []tandem.LessonID{early.ID}) || p.Wait != 1 || p.All != 3 {
		t.Errorf("not yet used: %v, %+v", ids, p)
	}
	if x := must[tandem.LessonLine](t)(d.GetLesson(t.Context(), d.by, d.ws, quiet.ID)); x.Technique != tech.ID || x.Uses != 1 || x.LastUse != d.today() {
		t.Errorf("what became of it: %+v", x)
	}
	wantNoErr(t, d.DropLesson(t.Context(), d.by, d.ws, early.ID, true))
	wantNoErr(t, d.DropLesson(t.Context(), d.by, d.ws, tired.ID, false))
	if ids, _ := find(app.LessonQuery{Unused: true}); !slices.Equal(ids, []tandem.LessonID{tired.ID}) {
		t.Errorf("one set aside, one taken back: %v", ids)
	}
	h := d.House
	eve := h.Actor(t, h.Person(t, "Eve"))
	wantCode(t, d.DropLesson(t.Context(), eve, d.ws, early.ID, true), "not_found")
	if p := must[app.LessonPage](t)(d.FindLessons(t.Context(), eve, app.LessonQuery{Limit: 10})); p.All != 0 {
		t.Errorf("somebody else finds %+v", p)
	}
}

// TestALessonIsOfferedBackWhereItFits keeps a lesson under one result and finds it when another is drafted, when
// one is steep and when it closes, and no more once it is set aside.
func TestALessonIsOfferedBackWhereItFits(t *testing.T) {
	d := newDesk(t)
	before := d.result(t, d.sales())
	lesson := must[tandem.Lesson](t)(d.AddLesson(t.Context(), d.by, d.ws, before.ID, app.LessonInput{Text: "Customers call back before ten."}))
	in := d.sales()
	in.Title, in.Number.Name = "500 orders from customers", "Orders"
	in.Target = ptr(500.0)
	g := d.result(t, in)
	for range 6 {
		d.Clock.AdvanceDays(3)
		d.log(t, g.Metric, 1)
	}
	back := func() (draft, steep, closing []tandem.LessonLine) {
		t.Helper()
		draft = must[app.Draft](t)(d.DraftGoal(t.Context(), d.by, d.ws, app.DraftInput{Text: "Learn to ask customers better questions"})).Lessons
		v := must[app.ResultView](t)(d.ResultPage(t.Context(), d.by, d.ws, g.ID))
		if !(v.Forecast.Chance < 1.0/3) {
			t.Fatalf("the result is not steep: %v", v.Forecast.Chance)
		}
		return draft, v.Back, must[app.ClosingView](t)(d.OpenClosing(t.Context(), d.by, d.ws, g.ID)).Back
	}
	draft, steep, closing := back()
	for what, got := range map[string][]tandem.LessonLine{"creation": draft, "a steep result": steep, "closing": closing} {
		if len(got) != 1 || got[0].ID != lesson.ID {
			t.Errorf("at %s: %+v", what, got)
		}
	}
	if own := must[app.ClosingView](t)(d.OpenClosing(t.Context(), d.by, d.ws, before.ID)).Back; own != nil {
		t.Errorf("a result's own lessons are not offered back to it: %+v", own)
	}
	wantNoErr(t, d.DropLesson(t.Context(), d.by, d.ws, lesson.ID, true))
	if draft, steep, closing := back(); draft != nil || steep != nil || closing != nil {
		t.Errorf("set aside, it comes back: %v, %v, %v", draft, steep, closing)
	}
	_, err := d.FittingLessons(t.Context(), d.by, d.ws, app.SuggestInput{})
	wantCode(t, err, "text: title_missing")
}

// TestALessonOfLastYearWaitsOnToday shows one that nothing was made of, from its fourteenth day on.
func TestALessonOfLastYearWaitsOnToday(t *testing.T) {
	d := newDesk(t)
	l := d.learning(t, "Listen")
	lesson := must[tandem.Lesson](t)(d.AddLesson(t.Context(), d.by, d.ws, l.ID, app.LessonInput{Text: "Silence works."}))
	for _, days := range []int{0, 13, 1, 365} {
		d.Clock.AdvanceDays(days)
		v := must[app.TodayView](t)(d.Today(t.Context(), d.by, d.ws))
		if waits := v.Lesson != nil && v.Lesson.ID == lesson.ID; waits != (d.today()-lesson.Day >= 14) {
			t.Errorf("after %d days it waits: %v", d.today()-lesson.Day, waits)
		}
	}
	must[tandem.Technique](t)(d.CreateTechnique(t.Context(), d.by, d.ws, app.TechniqueInput{Name: "Silence", Goal: l.ID, Lesson: lesson.ID}))
	if v := must[app.TodayView](t)(d.Today(t.Context(), d.by, d.ws)); v.Lesson != nil || len(v.Unused) != 1 {
		t.Errorf("as a technique it stands once: %+v, %+v", v.Lesson, v.Unused)
	}
}

// TestAPortfolioHoldsEverySkillSinceTheFirstEntry learns over three years; what was learned stays when the
// goals rest, close, are let go and are deleted, and goes only when its owner says so.
func TestAPortfolioHoldsEverySkillSinceTheFirstEntry(t *testing.T) {
	d := newDesk(t)
	first := d.today()
	listen, run, late := d.learning(t, "Listen"), d.learning(t, "Run"), d.learning(t, "Late")
	levels := []string{"in calm calls", "under pressure", "shows others"}
	must[tandem.AnyGoal](t)(d.ChangeGoal(t.Context(), d.by, d.ws, run.ID, app.GoalChange{Version: run.Version, Levels: &levels}))
	must[tandem.Evidence](t)(d.NoticeLevel(t.Context(), d.by, d.ws, listen.ID, app.LevelInput{Level: 1}))
	tech := must[tandem.Technique](t)(d.CreateTechnique(t.Context(), d.by, d.ws, app.TechniqueInput{Name: "The pause", Goal: listen.ID}))
	must[tandem.Use](t)(d.LogUse(t.Context(), d.by, d.ws, tech.ID, app.UseInput{}))
	must[tandem.Practice](t)(d.LogPractice(t.Context(), d.by, d.ws, listen.ID, app.PracticeInput{Minutes: 10, Reflection: "Silence works."}))
	d.Clock.AdvanceDays(400)
	must[tandem.Evidence](t)(d.NoticeLevel(t.Context(), d.by, d.ws, run.ID, app.LevelInput{Level: 3, How: tandem.HowDemo, Who: "Noor"}))
	must[tandem.Lesson](t)(d.AddLesson(t.Context(), d.by, d.ws, run.ID, app.LessonInput{Text: "Slow is fine."}))
	g := d.result(t, d.sales())
	must[tandem.Lesson](t)(d.AddLesson(t.Context(), d.by, d.ws, g.ID, app.LessonInput{Text: "Call before ten."}))
	d.Clock.AdvanceDays(400)
	a := must[tandem.Activity](t)(d.PutActivity(t.Context(), d.by, d.ws, late.ID, app.ActivityInput{Title: "A course"}))
	must[tandem.Activity](t)(d.FinishActivity(t.Context(), d.by, d.ws, late.ID, a.ID, app.ActivityDone{}))
	check := func(what string, gone int) {
		t.Helper()
		p := must[app.Portfolio](t)(d.GetPortfolio(t.Context(), d.by, 0))
		if p.Since != first || p.Lessons != 3 || p.Levels != 2 || p.Uses != 1 || p.Top != 3 || len(p.Results) != 1 || p.Results[0].Lessons[0].Text != "Call before ten." {
			t.Errorf("%s: %+v", what, p)
		}
		away := 0
		for _, s := range p.Skills {
			if s.Gone() {
				away++
			}
			if s.Name == "Run" && (s.Noticed != 3 || s.Sentence(3) != "shows others" || s.Front == nil || s.Front.Who != "Noor" || len(s.Lessons) != 1) {
				t.Errorf("%s: Run %+v", what, s)
			}
		}
		if away != gone || len(p.Skills) < 2 {
			t.Errorf("%s: %d skills, %d of them of goals that are gone", what, len(p.Skills), away)
		}
	}
	check("all there", 0)
	p := must[app.Portfolio](t)(d.GetPortfolio(t.Context(), d.by, d.ws))
	if names := []string{p.Skills[0].Name, p.Skills[1].Name, p.Skills[2].Name}; !slices.Equal(names, []string{"Late", "Run", "Listen"}) || len(p.Skills[0].Activities) != 1 || p.Skills[2].Uses != 1 || p.Skills[2].Practised != 1 {
		t.Errorf("newest first: %v", names)
	}
	_, err := d.MoveGoal(t.Context(), d.by, d.ws, run.ID, tandem.MoveRelease, 0)
	wantNoErr(t, err)
	check("let go", 0)
	wantNoErr(t, d.DeleteGoal(t.Context(), d.by, d.ws, run.ID))
	wantNoErr(t, d.DeleteGoal(t.Context(), d.by, d.ws, g.ID))
	check("deleted", 1)
	years := must[app.Portfolio](t)(d.GetPortfolio(t.Context(), d.by, 0)).Book()
	if len(years) != 2 || len(years[0].Chapters) != 1 || years[0].Chapters[0].Lessons[0].Text != "Silence works." || len(years[1].Chapters) != 2 || years[1].Chapters[0].Levels[0].Level != 3 {
		t.Errorf("the book: %+v", years)
	}
	wantNoErr(t, d.DeleteGoalAndLearning(t.Context(), d.by, d.ws, listen.ID))
	wantNoErr(t, d.Forget(t.Context(), d.by, d.ws, run.ID))
	if p := must[app.Portfolio](t)(d.GetPortfolio(t.Context(), d.by, 0)); p.Lessons != 1 || p.Levels != 0 || len(p.Skills) != 1 || len(p.Tried) != 1 || p.Uses != 1 {
		t.Errorf("after both were removed: %+v", p)
	}
	wantCode(t, d.Forget(t.Context(), d.by, d.ws, run.ID), "not_found")
}

// TestAPortfolioGathersWhatIsOnesOwnInEveryWorkspace learns at home and in a team, whose other members read
// none of it.
func TestAPortfolioGathersWhatIsOnesOwnInEveryWorkspace(t *testing.T) {
	h := apptest.New(t)
	mira, noor := h.Person(t, "Mira"), h.Person(t, "Noor")
	team := h.Team(t, mira, noor)
	by, other := h.Actor(t, mira), h.Actor(t, noor)
	home := must[tandem.Person](t)(h.Store.For(by).Person(t.Context())).Personal
	for _, ws := range []tandem.WorkspaceID{home, team} {
		d := &desk{House: h, by: by, ws: ws}
		l := must[tandem.AnyGoal](t)(d.CreateGoal(t.Context(), by, ws, app.GoalInput{Kind: tandem.KindLearning, Title: "Listen", Visibility: tandem.ByWorkspace})).GoalHead()
		must[tandem.Lesson](t)(d.AddLesson(t.Context(), by, ws, l.ID, app.LessonInput{Text: "Silence works."}))
	}
	for who, want := range map[*tandem.Actor][3]int{&by: {2, 1, 1}, &other: {0, 0, -1}} {
		all := must[app.Portfolio](t)(h.GetPortfolio(t.Context(), *who, 0))
		inTeam := must[app.Portfolio](t)(h.GetPortfolio(t.Context(), *who, team))
		athome, err := h.GetPortfolio(t.Context(), *who, home)
		if err != nil {
			athome.Lessons = -1
		}
		if got := [3]int{all.Lessons, inTeam.Lessons, athome.Lessons}; got != want {
			t.Errorf("everywhere, in the team, at home: %v, want %v", got, want)
		}
	}
}

// TestALookAtLearningComesEvery14Then28Then35Days looks on each day that was named, and rests on one of them.
func TestALookAtLearningComesEvery14Then28Then35Days(t *testing.T) {
	d := newDesk(t)
	l := d.learning(t, "Listen")
	last := l.CreatedDay
	next := l.ReviewDay
	for i, want := range []tandem.Day{14, 14, 28, 35, 35, 35} {
		if next-last != want {
			t.Errorf("look %d comes after %d days, want %d", i+1, next-last, want)
		}
		d.Clock.AdvanceDays(int(next - last))
		last = next
		next = must[tandem.Day](t)(d.LookAgain(t.Context(), d.by, d.ws, l.ID, app.LookInput{}))
	}
	_, err := d.MoveGoal(t.Context(), d.by, d.ws, l.ID, tandem.MoveRest, 0)
	wantNoErr(t, err)
	if v := must[app.TodayView](t)(d.Today(t.Context(), d.by, d.ws)); slices.ContainsFunc(v.Coming, func(c app.Coming) bool { return c.Kind == "look_again" }) {
		t.Errorf("what rests is not looked at: %+v", v.Coming)
	}
}
