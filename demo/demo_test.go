package demo_test

import (
	"context"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"tandem"
	"tandem/analytics/impact"
	"tandem/app"
	"tandem/app/apptest"
	"tandem/demo"
	"tandem/tandemtest"
)

func TestMain(m *testing.M) { os.Exit(tandemtest.Main(m)) }

// sample fills a fresh database as of a day and gives each person signed in.
type sample struct {
	*apptest.House
	people map[string]app.SignedIn
}

func fill(t *testing.T, day string, seed uint64) sample {
	t.Helper()
	now, err := time.Parse("2006-01-02 15:04", day+" 08:40")
	if err != nil {
		t.Fatal(err)
	}
	s := sample{apptest.New(t), map[string]app.SignedIn{}}
	s.Clock.Set(now)
	people, err := demo.Fill(context.Background(), s.maker(), now, seed)
	if err != nil {
		t.Fatalf("%s: %v", day, err)
	}
	for _, p := range people {
		in, err := s.SignInByLink(context.Background(), p.Secret, app.From{Address: "test"})
		if err != nil {
			t.Fatalf("%s: the link of %s: %v", day, p.Name, err)
		}
		s.people[p.Name] = in
	}
	return s
}

func (s sample) maker() demo.Maker {
	return func(now func() time.Time, ids *tandem.IDs) *app.App {
		a := *s.App
		a.Now, a.IDs = now, ids
		return &a
	}
}

func (s sample) of(name string) (app.Reads, tandem.WorkspaceID) {
	in := s.people[name]
	return s.Store.For(in.Actor), in.Person.Personal
}

const always = tandem.Day(1 << 30)

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// results gives all results of a person in a workspace, by title.
func (s sample) results(t *testing.T, name string, ws tandem.WorkspaceID) map[string]tandem.ListedResult {
	r, _ := s.of(name)
	out := map[string]tandem.ListedResult{}
	states := []tandem.GoalState{tandem.Draft, tandem.Active, tandem.Paused, tandem.Closed}
	for _, x := range must[[]tandem.ListedResult](t)(r.Results(context.Background(), ws, true, states, -always, 0, 200)) {
		out[x.Title] = x
	}
	return out
}

func (s sample) values(t *testing.T, name string, ws tandem.WorkspaceID, metric string) []tandem.Observation {
	r, _ := s.of(name)
	found := must[[]tandem.Metric](t)(r.MetricsByName(context.Background(), ws, metric))
	if len(found) != 1 {
		t.Fatalf("%s has %d numbers %q", name, len(found), metric)
	}
	return must[[]tandem.Observation](t)(r.Observations(context.Background(), ws, found[0].ID, -30_000, 60_000))
}

// told writes down what a sample holds, without ids and instants.
func (s sample) told(t *testing.T) string {
	var b strings.Builder
	ctx := context.Background()
	for _, name := range []string{"Mira", "Tomas", "Ana", "Noor"} {
		r, _ := s.of(name)
		spaces := must[[]tandem.Workspace](t)(s.ListWorkspaces(ctx, s.people[name].Actor))
		slices.SortFunc(spaces, func(x, y tandem.Workspace) int { return strings.Compare(x.Name, y.Name) })
		for _, space := range spaces {
			fmt.Fprintf(&b, "%s in %s\n", name, space.Name)
			for _, m := range must[[]tandem.Metric](t)(r.Metrics(ctx, space.ID, "", 0, 200)) {
				fmt.Fprintf(&b, "%s:", m.Name)
				for _, o := range must[[]tandem.Observation](t)(r.Observations(ctx, space.ID, m.ID, -30_000, 60_000)) {
					fmt.Fprintf(&b, " %s=%g%s", o.Day, o.Value, o.State[:1])
				}
				b.WriteByte('\n')
			}
			var lines []string
			for _, x := range s.results(t, name, space.ID) {
				lines = append(lines, fmt.Sprintf("%s %s %s %g", x.Title, x.State, x.Deadline, x.Target))
			}
			learning := must[[]tandem.LearningGoal](t)(r.Learnings(ctx, space.ID, true, []tandem.GoalState{tandem.Active, tandem.Paused, tandem.Resting}, 0, 100))
			for _, l := range learning {
				for _, x := range must[[]tandem.Lesson](t)(r.Lessons(ctx, space.ID, l.ID)) {
					lines = append(lines, fmt.Sprintf("%s: %s %s", l.Title, x.Day, x.Text))
				}
				lines = append(lines, fmt.Sprint(l.Title, len(must[[]tandem.Practice](t)(r.Practices(ctx, space.ID, l.ID, -30_000, 60_000)))))
			}
			slices.Sort(lines)
			b.WriteString(strings.Join(lines, "\n") + "\n")
			fmt.Fprintf(&b, "%d uses\n", len(must[[]tandem.Use](t)(r.Uses(ctx, space.ID, -30_000, 60_000))))
		}
	}
	return b.String()
}

func TestTheSameSeedAndDayGiveTheSameLives(t *testing.T) {
	first, second := fill(t, "2026-11-21", 7).told(t), fill(t, "2026-11-21", 7).told(t)
	if first != second {
		t.Error("two runs differ")
	}
	if len(first) < 20_000 {
		t.Errorf("only %d characters:\n%s", len(first), first)
	}
	if fill(t, "2026-11-21", 8).told(t) == first {
		t.Error("another seed gives the same lives")
	}
}

func TestLivesAreToldOnAnyDay(t *testing.T) {
	for _, day := range []string{"2026-11-21", "2026-01-01", "2026-02-28", "2026-04-05", "2026-08-02", "2026-10-14", "2026-12-31", "2028-02-29"} {
		s := fill(t, day, 7)
		_, ws := s.of("Mira")
		outcomes := map[string]string{}
		r, _ := s.of("Mira")
		for title, x := range s.results(t, "Mira", ws) {
			if c, err := r.Closing(context.Background(), ws, x.ID); err == nil && strings.Contains(title, "20 cargo bikes") {
				outcomes[fmt.Sprintf("%g", c.Value)] = string(c.Outcome)
			}
		}
		if outcomes["12"] != "moved_a_lot" || outcomes["17"] != "very_close" {
			t.Errorf("%s: the missed one and the very close one are %v", day, outcomes)
		}
		if _, home := s.of("Noor"); len(s.results(t, "Noor", home)) != 0 {
			t.Errorf("%s: Noor has results on day one", day)
		}
		today := s.people["Ana"].Person.Today(s.Clock.Now())
		for _, name := range []string{"Mira", "Tomas", "Ana"} {
			for ws := range s.people[name].Actor.Roles {
				open := 0
				for title, x := range s.results(t, name, ws) {
					if x.State == tandem.Active && x.Deadline >= today {
						open++
						if x.Snapshot == nil || x.Snapshot.Day != today {
							t.Errorf("%s: %s of %s has no fresh forecast", day, title, name)
						}
					}
				}
				if _, home := s.of(name); ws == home && open == 0 {
					t.Errorf("%s: %s has nothing open", day, name)
				}
			}
		}
	}
}

func TestNumbersLookAsPeopleWriteThem(t *testing.T) {
	s := fill(t, "2026-11-21", 7)
	_, ws := s.of("Mira")
	weekday := map[time.Weekday]float64{}
	for _, o := range s.values(t, "Mira", ws, "Sales") {
		if o.Value != math.Trunc(o.Value) || o.Value < 0 {
			t.Errorf("%g sales", o.Value)
		}
		weekday[o.Day.Weekday()] += o.Value
		if _, m, d := o.Day.Date(); m == time.December && d >= 24 {
			t.Errorf("sales on %s, when the shop is closed", o.Day)
		}
	}
	if weekday[time.Sunday] != 0 || weekday[time.Saturday] <= weekday[time.Tuesday] {
		t.Errorf("the week has no rhythm: %v", weekday)
	}
	_, home := s.of("Tomas")
	half, all, longest := 0, 0, 0.0
	for _, o := range s.values(t, "Tomas", home, "Laufkilometer") {
		all++
		if o.Value*2 == math.Trunc(o.Value*2) {
			half++
		}
		longest = max(longest, o.Value)
	}
	if share := float64(half) / float64(all); share < 0.5 || share > 0.95 {
		t.Errorf("%d of %d runs are whole or half kilometres", half, all)
	}
	if longest > 30 {
		t.Errorf("a run of %g km: the missing comma was not put right", longest)
	}
	waits := s.values(t, "Mira", ws, "Days to the first ride")
	slices.SortFunc(waits, func(x, y tandem.Observation) int { return int(x.Value - y.Value) })
	if middle, top := waits[len(waits)/2].Value, waits[len(waits)-1].Value; top < 1.7*middle {
		t.Errorf("waits have no long tail: middle %g, longest %g", middle, top)
	}
}

func TestWhatIsAskedOfExpertsEyesIsInTheHistory(t *testing.T) {
	ctx := context.Background()
	s := fill(t, "2026-11-21", 7)
	r, ws := s.of("Tomas")
	race, ok := s.results(t, "Tomas", ws)["Halbmarathon unter 2 Stunden"]
	if !ok || race.Target != 120 {
		t.Fatalf("the changed result is %+v", race)
	}
	history := must[[]tandem.HistoryEntry](t)(r.History(ctx, ws, "goal", int64(race.ID), 0, 20))
	if !slices.ContainsFunc(history, func(e tandem.HistoryEntry) bool {
		return strings.Contains(e.Before, `"target":115`) && strings.Contains(e.After, `"target":120`)
	}) {
		t.Errorf("its history has no changed target: %v", history)
	}
	pauses := must[map[int64][]tandem.Span](t)(r.Pauses(ctx, ws))
	if p := pauses[int64(race.ID)]; len(p) != 1 || p[0].To-p[0].From < 30 {
		t.Errorf("the injury is no pause: %v", p)
	}
	edited := false
	for _, o := range s.values(t, "Tomas", ws, "Laufkilometer") {
		for _, e := range must[[]tandem.HistoryEntry](t)(r.History(ctx, ws, "observation", int64(o.Metric), int64(o.At), 5)) {
			edited = edited || strings.Contains(e.Before, `"value":105`) && strings.Contains(e.After, `"value":10.5`)
		}
	}
	if !edited {
		t.Error("the value without its comma is not in the history")
	}
}

func TestTheTeamSharesAResultThatOthersFuel(t *testing.T) {
	ctx := context.Background()
	s := fill(t, "2026-11-21", 7)
	var team tandem.Workspace
	for _, w := range must[[]tandem.Workspace](t)(s.ListWorkspaces(ctx, s.people["Mira"].Actor)) {
		if w.Kind == tandem.TeamSpace {
			team = w
		}
	}
	if team.Name != "Harbour Bikes" {
		t.Fatalf("Mira's team is %+v", team)
	}
	members := must[[]app.MemberView](t)(s.ListMembers(ctx, s.people["Ana"].Actor, team.ID))
	invites := must[[]tandem.Invite](t)(s.ListInvites(ctx, s.people["Ana"].Actor, team.ID))
	if len(members) != 3 || len(invites) != 1 {
		t.Errorf("%d members, %d open invitations", len(members), len(invites))
	}
	fuelled := map[string]bool{}
	for _, name := range []string{"Mira", "Tomas"} {
		r, ws := s.of(name)
		for _, f := range must[[]tandem.Fuels](t)(r.Fuels(ctx, ws)) {
			if f.ResultWorkspace == team.ID {
				g := must[tandem.AnyGoal](t)(r.Goal(ctx, team.ID, f.Result))
				fuelled[g.GoalHead().Title] = g.GoalHead().Owner == s.people["Ana"].Person.ID
			}
		}
	}
	if len(fuelled) != 1 {
		t.Errorf("Mira and Tomas fuel %v", fuelled)
	}
}

func TestLearningThatHelpsShowsAndTheOtherDoesNot(t *testing.T) {
	ctx := context.Background()
	s := fill(t, "2026-11-21", 7)
	r, ws := s.of("Mira")
	used := map[tandem.MetricID]map[tandem.Instant]bool{}
	for _, u := range must[[]tandem.Use](t)(r.Uses(ctx, ws, -30_000, 60_000)) {
		if u.Metric != 0 {
			if used[u.Metric] == nil {
				used[u.Metric] = map[tandem.Instant]bool{}
			}
			used[u.Metric][u.ObservationAt] = true
		}
	}
	ratio := func(metric string, since tandem.Day) float64 {
		var sum, n [2]float64
		for _, o := range s.values(t, "Mira", ws, metric) {
			if o.Day >= since {
				i := 0
				if used[o.Metric][o.At] {
					i = 1
				}
				sum[i] += o.Value
				n[i]++
			}
		}
		if n[0] < 5 || n[1] < 5 {
			t.Fatalf("%s: %v values without and with", metric, n)
		}
		return (sum[1] / n[1]) / (sum[0] / n[0])
	}
	today := s.people["Mira"].Person.Today(s.Clock.Now())
	if x := ratio("Sales", today-120); x < 1.1 {
		t.Errorf("with the pause a day sells %.2f times as much", x)
	}
	if x := ratio("Days to the first ride", today-60); x < 0.75 || x > 1.35 {
		t.Errorf("with a fast offer a ride comes after %.2f of the time", x)
	}
}

// TestTheDifferenceOnTheSamplePages asks what the pages say: learning that helps shows, learning that does
// not shows nothing, and what was not asked yet has no figure.
func TestTheDifferenceOnTheSamplePages(t *testing.T) {
	ctx := context.Background()
	s := fill(t, "2026-11-21", 7)
	_, ws := s.of("Mira")
	by := s.people["Mira"].Actor
	said := map[string]app.Comparison{}
	for title, x := range s.results(t, "Mira", ws) {
		if x.State == tandem.Active {
			v := must[app.ResultView](t)(s.ResultPage(ctx, by, ws, x.ID))
			for _, item := range must[app.DifferenceView](t)(s.Compare(ctx, by, v)).Items {
				said[title[:2]+" "+item.Learning.Title] = item
			}
		}
	}
	if x := said["13 Discovery questions"]; !x.Figure() || x.Word < impact.Maybe || x.Lo80 <= 0 || x.Since.Level != 2 || x.Link.Looks != 1 {
		t.Errorf("of the questions the page of the quarter says %s: %+v", x.Word, x)
	}
	if x := said["Fi Write offers that need no second mail"]; !x.Figure() || x.Word >= impact.Maybe {
		t.Errorf("of the offers it says %s: %+v", x.Word, x)
	}
	if x := said["18 Discovery questions"]; !x.Enough() || x.Answered || x.Figure() || x.Mean != 0 {
		t.Errorf("of the cargo bikes it says %+v before it was asked", x)
	}
	if x := said["13 Price objections"]; x.Since.Day != tandem.NoDay || x.Figure() {
		t.Errorf("of what has no level yet it says %+v", x)
	}
}

func TestManyGivesEveryNumberItsShareOfTheValues(t *testing.T) {
	ctx := context.Background()
	s := sample{apptest.New(t), map[string]app.SignedIn{}}
	p, err := demo.Many(ctx, s.maker(), s.Clock.Now(), 1, 10_050)
	if err != nil {
		t.Fatal(err)
	}
	in := must[app.SignedIn](t)(s.SignInByLink(ctx, p.Secret, app.From{Address: "test"}))
	s.people["Lena"] = in
	total := 0
	for i := 1; i <= 100; i++ {
		n := len(s.values(t, "Lena", in.Person.Personal, fmt.Sprintf("Number %d", i)))
		if n < 100 || n > 101 {
			t.Errorf("number %d has %d values", i, n)
		}
		total += n
	}
	if total != 10_050 {
		t.Errorf("%d values in all", total)
	}
	if n := len(s.results(t, "Lena", in.Person.Personal)); n != 100 {
		t.Errorf("%d results", n)
	}
}
