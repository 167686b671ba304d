package app_test

import (
	"slices"
	"testing"
	"time"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
)

func TestALearningGoalTakesNothingOfAResult(t *testing.T) {
	d := newDesk(t)
	for want, in := range map[string]app.GoalInput{
		"target: learning_no_target":     {Target: ptr(3.0)},
		"deadline: learning_no_deadline": {Deadline: d.today() + 30},
		"stretch: only_result":           {Stretch: ptr(3.0)},
		"repeats: only_result":           {Repeats: tandem.PeriodMonth},
		"reached_when: only_result":      {ReachedWhen: tandem.ReachedOnce},
		"baseline: only_result":          {Baseline: ptr(0.0)},
		"number: only_result":            {Number: &app.MetricInput{Name: "x"}},
	} {
		in.Kind, in.Title = tandem.KindLearning, "Listen"
		_, err := d.CreateGoal(t.Context(), d.by, d.ws, in)
		if want == "number: only_result" {
			want = "metric: only_result"
		}
		wantCode(t, err, want)
	}
	l := d.learning(t, "Listen")
	for want, in := range map[string]app.GoalChange{
		"target: learning_no_target":     {Target: ptr(3.0)},
		"deadline: learning_no_deadline": {Deadline: ptr(d.today() + 30)},
	} {
		in.Version = l.Version
		_, err := d.ChangeGoal(t.Context(), d.by, d.ws, l.ID, in)
		wantCode(t, err, want)
	}
}

func TestAResultNeedsWhatAResultIs(t *testing.T) {
	d := newDesk(t)
	for want, change := range map[string]func(*app.GoalInput){
		"title: title_missing":             func(in *app.GoalInput) { in.Title = "​ ⁣" },
		"deadline: deadline_missing":       func(in *app.GoalInput) { in.Deadline = 0 },
		"deadline: deadline_before_start":  func(in *app.GoalInput) { in.Deadline = d.today() - 1 },
		"target: target_missing":           func(in *app.GoalInput) { in.Target = nil },
		"number: number_missing":           func(in *app.GoalInput) { in.Number = nil },
		"skill: only_learning":             func(in *app.GoalInput) { in.Skill = "listening" },
		"number.name: metric_name_missing": func(in *app.GoalInput) { in.Number.Name = " " },
		"target: target_equals_baseline": func(in *app.GoalInput) {
			in.Number.Form, in.Baseline = tandem.FormReading, ptr(20.0)
		},
		"kind: one_of": func(in *app.GoalInput) { in.Kind = "dream" },
	} {
		in := d.sales()
		change(&in)
		_, err := d.CreateGoal(t.Context(), d.by, d.ws, in)
		wantCode(t, err, want)
	}
	p := must[app.GoalPage](t)(d.ListGoals(t.Context(), d.by, d.ws, app.GoalQuery{Limit: 10}))
	ms := must[app.MetricPage](t)(d.ListMetrics(t.Context(), d.by, d.ws, "", 10))
	if len(p.Items) != 0 || len(ms.Items) != 0 {
		t.Errorf("what was refused left %d goals and %d numbers", len(p.Items), len(ms.Items))
	}
}

func TestAPairIsMadeWholeOrNotAtAll(t *testing.T) {
	d := newDesk(t)
	in := app.PairInput{Result: d.sales(), Learning: app.GoalInput{Title: " "}}
	in.Result.Deadline = 0
	_, err := d.CreatePair(t.Context(), d.by, d.ws, in)
	fields := []string{}
	for _, e := range tandem.All(err) {
		fields = append(fields, e.Field)
	}
	if !slices.Equal(fields, []string{"result.deadline", "learning.title"}) {
		t.Errorf("told of %v: %v", fields, err)
	}
	in.Result, in.Learning.Title, in.LagDays = d.sales(), "Ask better questions", 14
	p := must[app.Pair](t)(d.CreatePair(t.Context(), d.by, d.ws, in))
	links := must[[]tandem.Fuels](t)(d.Store.For(d.by).FuelsTo(t.Context(), d.ws, d.ws, p.Result.ID))
	if len(links) != 1 || links[0].Learning != p.Learning.ID || links[0].LagDays != 14 {
		t.Errorf("links %+v", links)
	}
	if p.Result.Visibility != tandem.OnlyMe || p.Learning.Visibility != tandem.ByLifelines || p.Learning.ReviewDay != d.today()+14 {
		t.Errorf("pair %+v", p)
	}
	got := must[app.GoalPage](t)(d.ListGoals(t.Context(), d.by, d.ws, app.GoalQuery{Limit: 10}))
	if len(got.Items) != 2 {
		t.Errorf("the refused pair left something: %d goals", len(got.Items))
	}
}

// TestEachCellOfTheLifecycle asks for every move in every state of both kinds. What leads where is read
// from the table of the root package; here it must really happen, be kept and be told.
func TestEachCellOfTheLifecycle(t *testing.T) {
	moves := []tandem.Move{tandem.MoveOffer, tandem.MoveStart, tandem.MoveDecline, tandem.MovePause, tandem.MoveResume, tandem.MoveRest, tandem.MoveRelease, tandem.MoveTakeUp}
	routes := map[tandem.GoalKind]map[tandem.GoalState][]tandem.Move{
		tandem.KindPerformance: {tandem.Draft: {}, tandem.Offered: {tandem.MoveOffer}, tandem.Active: {tandem.MoveStart}, tandem.Paused: {tandem.MoveStart, tandem.MovePause}},
		tandem.KindLearning: {tandem.Draft: {}, tandem.Active: {tandem.MoveStart}, tandem.Paused: {tandem.MoveStart, tandem.MovePause},
			tandem.Resting: {tandem.MoveStart, tandem.MoveRest}, tandem.Released: {tandem.MoveRelease}},
	}
	d := newDesk(t)
	for kind, states := range routes {
		for state, route := range states {
			for _, move := range moves {
				in := app.GoalInput{Kind: kind, Title: "Listen", Draft: true}
				if kind == tandem.KindPerformance {
					in = d.sales()
					in.Draft = true
				}
				g := must[tandem.AnyGoal](t)(d.CreateGoal(t.Context(), d.by, d.ws, in)).GoalHead()
				for _, m := range route {
					g = must[tandem.Goal](t)(d.MoveGoal(t.Context(), d.by, d.ws, g.ID, m, g.Version))
				}
				if g.State != state {
					t.Fatalf("%s: the route to %s leads to %s", kind, state, g.State)
				}
				want, refused := g.Step(move)
				got, err := d.MoveGoal(t.Context(), d.by, d.ws, g.ID, move, g.Version)
				stands := must[tandem.AnyGoal](t)(d.GetGoal(t.Context(), d.by, d.ws, g.ID)).GoalHead()
				if refused != nil {
					wantCode(t, err, "state: move_not_here")
					if stands.State != state || stands.Version != g.Version {
						t.Errorf("%s %s %s: refused, but now %s", kind, state, move, stands.State)
					}
					continue
				}
				if err != nil || got.State != want || stands.State != want || stands.Version != got.Version || got.Version != g.Version+1 {
					t.Errorf("%s %s %s: %+v, stands %+v, %v", kind, state, move, got, stands, err)
				}
				if (stands.PausedFrom != tandem.NoDay) != (want == tandem.Paused) {
					t.Errorf("%s %s %s: paused from %s", kind, state, move, stands.PausedFrom)
				}
			}
		}
	}
	g := d.result(t, d.sales())
	_, err := d.MoveGoal(t.Context(), d.by, d.ws, g.ID, tandem.MoveClose, g.Version)
	wantCode(t, err, "move: close_by_closing")
}

func TestAPauseIsRememberedWithItsEnds(t *testing.T) {
	d := newDesk(t)
	g := d.result(t, d.sales()).Goal
	first := d.today()
	g = must[tandem.Goal](t)(d.MoveGoal(t.Context(), d.by, d.ws, g.ID, tandem.MovePause, g.Version))
	d.Clock.AdvanceDays(5)
	g = must[tandem.Goal](t)(d.MoveGoal(t.Context(), d.by, d.ws, g.ID, tandem.MoveResume, g.Version))
	g = must[tandem.Goal](t)(d.MoveGoal(t.Context(), d.by, d.ws, g.ID, tandem.MovePause, g.Version))
	must[tandem.Goal](t)(d.MoveGoal(t.Context(), d.by, d.ws, g.ID, tandem.MoveResume, g.Version))
	spans := must[map[int64][]tandem.Span](t)(d.Store.For(d.by).Pauses(t.Context(), d.ws))[int64(g.ID)]
	if !slices.Equal(spans, []tandem.Span{{From: first, To: first + 4}}) {
		t.Errorf("pauses %v; one of no day counts for nothing", spans)
	}
}

func TestOfTwoWhoChangeAGoalAtOnceOneIsTold(t *testing.T) {
	d := newDesk(t)
	g := d.result(t, d.sales())
	changed := must[tandem.AnyGoal](t)(d.ChangeGoal(t.Context(), d.by, d.ws, g.ID, app.GoalChange{Version: g.Version, Target: ptr(25.0)}))
	_, err := d.ChangeGoal(t.Context(), d.by, d.ws, g.ID, app.GoalChange{Version: g.Version, Title: ptr("30 sales")})
	if tandem.KindOf(err) != tandem.KindStale {
		t.Errorf("the second change: %v", err)
	}
	if p := changed.(tandem.PerformanceGoal); p.Target != 25 || p.Version != g.Version+1 || p.Title != "20 sales" {
		t.Errorf("changed to %+v", p)
	}
	past := must[[]tandem.HistoryEntry](t)(d.GoalHistory(t.Context(), d.by, d.ws, g.ID))
	if len(past) != 1 || past[0].By != d.by.Person {
		t.Errorf("history %+v", past)
	}
}

func TestGoalsAreListedByPagesInEachOrder(t *testing.T) {
	d := newDesk(t)
	for i := range 12 {
		d.Clock.Advance(time.Second)
		if i%3 == 0 {
			d.learning(t, "Learn "+string(rune('m'-i)))
			continue
		}
		in := d.sales()
		in.Title, in.Deadline = "Do "+string(rune('m'-i)), d.today()+tandem.Day(100-7*i%11)
		d.result(t, in)
	}
	for _, sort := range []tandem.GoalSort{"", tandem.SortDeadline, tandem.SortTitle, tandem.SortUpdated} {
		var all []tandem.GoalLine
		cursor := ""
		for {
			p := must[app.GoalPage](t)(d.ListGoals(t.Context(), d.by, d.ws, app.GoalQuery{Sort: sort, Limit: 5, Cursor: cursor, Open: true}))
			all = append(all, p.Items...)
			if cursor = p.Next; cursor == "" {
				break
			}
		}
		seen := map[tandem.GoalID]bool{}
		for i, l := range all {
			seen[l.Head().ID] = true
			if i == 0 {
				continue
			}
			a, b := all[i-1], l
			ok := true
			switch sort {
			case tandem.SortTitle:
				ok = a.Head().Title <= b.Head().Title
			case tandem.SortUpdated:
				ok = a.Head().Updated >= b.Head().Updated
			default:
				ok = a.Result != nil && (b.Result == nil || a.Result.Deadline <= b.Result.Deadline) || a.Result == nil && b.Result == nil
			}
			if !ok {
				t.Errorf("sort %q: %q before %q", sort, a.Head().Title, b.Head().Title)
			}
		}
		if len(all) != 12 || len(seen) != 12 {
			t.Errorf("sort %q: %d rows, %d different", sort, len(all), len(seen))
		}
	}
	_, err := d.ListGoals(t.Context(), d.by, d.ws, app.GoalQuery{Cursor: "!!", Limit: 5})
	wantCode(t, err, "from: cursor_form")
}

func TestAMemberSeesASharedResultButOnlyItsOwnerChangesIt(t *testing.T) {
	h := apptest.New(t)
	mira, noor := h.Person(t, "Mira"), h.Person(t, "Noor")
	ws := h.Team(t, mira, noor)
	owner, member := h.Actor(t, mira), h.Actor(t, noor)
	d := &desk{House: h, by: owner, ws: ws}
	g := d.result(t, d.sales())
	d.log(t, g.Metric, 3)
	if g.Visibility != tandem.ByWorkspace {
		t.Fatalf("visibility %s", g.Visibility)
	}
	if _, err := h.GetGoal(t.Context(), member, ws, g.ID); err != nil {
		t.Error(err)
	}
	if p, err := h.ListObservations(t.Context(), member, ws, g.Metric, "", 10); err != nil || len(p.Items) != 1 {
		t.Errorf("%d values, %v", len(p.Items), err)
	}
	_, err := h.ChangeGoal(t.Context(), member, ws, g.ID, app.GoalChange{Version: 1, Target: ptr(1.0)})
	wantCode(t, err, "only_owner")
	_, err = h.LogObservation(t.Context(), member, ws, g.Metric, app.ObservationInput{Value: ptr(1.0)})
	wantCode(t, err, "only_owner")
	wantCode(t, h.DeleteGoal(t.Context(), member, ws, g.ID), "only_owner")
	if _, err := h.ChangeGoal(t.Context(), owner, ws, g.ID, app.GoalChange{Version: g.Version, Visibility: ptr(tandem.OnlyMe)}); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		second(h.GetGoal(t.Context(), member, ws, g.ID)),
		second(h.LogObservation(t.Context(), member, ws, g.Metric, app.ObservationInput{Value: ptr(1.0)})),
		second(h.ListObservations(t.Context(), member, ws, g.Metric, "", 10)),
		h.DeleteGoal(t.Context(), member, ws, g.ID),
	} {
		wantCode(t, err, "not_found")
	}
}

func second[T any](_ T, err error) error { return err }

func TestALinkLeadsFromALearningGoalToAResult(t *testing.T) {
	d := newDesk(t)
	r, l := d.result(t, d.sales()), d.learning(t, "Listen")
	link := func(from, to tandem.GoalID) error {
		_, err := d.LinkGoals(t.Context(), d.by, d.ws, from, app.FuelsInput{Result: to})
		return err
	}
	wantCode(t, link(l.ID, l.ID), "result: needs_result")
	wantCode(t, link(r.ID, r.ID), "goal: needs_learning_goal")
	for range 2 {
		if err := link(l.ID, r.ID); err != nil {
			t.Fatal(err)
		}
	}
	all := must[[]tandem.Fuels](t)(d.Store.For(d.by).Fuels(t.Context(), d.ws))
	if len(all) != 1 {
		t.Errorf("linked twice: %d links", len(all))
	}
	if err := d.UnlinkGoals(t.Context(), d.by, d.ws, l.ID, app.FuelsInput{Result: r.ID}); err != nil {
		t.Fatal(err)
	}
	if all = must[[]tandem.Fuels](t)(d.Store.For(d.by).Fuels(t.Context(), d.ws)); len(all) != 0 {
		t.Errorf("unlinked: %d links", len(all))
	}
}

// TestALearningGoalMayBeginWithASmallPromise makes both at once, and neither where the promise cannot be.
func TestALearningGoalMayBeginWithASmallPromise(t *testing.T) {
	d := newDesk(t)
	in := app.GoalInput{Kind: tandem.KindLearning, Title: "Listen", Practice: &app.MicroGoalInput{Amount: 15, Times: 8}}
	_, err := d.CreateGoal(t.Context(), d.by, d.ws, in)
	wantCode(t, err, "practice.times: more_days_than_week")
	if all := must[app.TodayView](t)(d.Today(t.Context(), d.by, d.ws)); len(all.Items) > 0 {
		t.Fatalf("half was kept: %+v", all.Items)
	}
	in.Practice.Times = 5
	g := must[tandem.AnyGoal](t)(d.CreateGoal(t.Context(), d.by, d.ws, in)).(tandem.LearningGoal)
	all := must[[]app.MicroGoalTally](t)(d.ListMicroGoals(t.Context(), d.by, d.ws, g.ID))
	if len(all) != 1 || all[0].Goal != g.ID || all[0].Amount != 15 || all[0].Times != 5 || all[0].Title != "Listen" {
		t.Errorf("the promise is %+v", all)
	}
	result := d.sales()
	result.Practice = in.Practice
	_, err = d.CreateGoal(t.Context(), d.by, d.ws, result)
	wantCode(t, err, "practice: only_learning")
}

// TestWhatWasAdvisedIsKeptWithTheGoal keeps the rule and what was taken instead, tells it to the owner alone,
// and takes it along when the goal is deleted.
func TestWhatWasAdvisedIsKeptWithTheGoal(t *testing.T) {
	d := newDesk(t)
	in := d.sales()
	in.Advised = &app.AdvisedInput{Rule: "R4", Kind: "learning", Quiet: []string{"NO_BASELINE"}}
	g := d.result(t, in)
	kept := func() (tandem.Advised, error) { return d.Store.For(d.by).Advised(t.Context(), d.ws, g.ID) }
	a := must[tandem.Advised](t)(kept())
	if a.Rule != "R4" || a.Chosen != "performance" || a.Followed() || len(a.Quiet) != 1 || a.Day != d.today() {
		t.Errorf("kept %+v", a)
	}
	in.Advised = &app.AdvisedInput{Rule: "R4", Kind: "both", Quiet: []string{"NO BASELINE"}}
	_, err := d.CreateGoal(t.Context(), d.by, d.ws, in)
	wantCode(t, err, "advised.kind: one_of")
	if err := d.DeleteGoal(t.Context(), d.by, d.ws, g.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := kept(); tandem.KindOf(err) != tandem.KindNotFound {
		t.Errorf("after the goal: %v", err)
	}
}
