package demo

import (
	"fmt"
	"math"
	"time"

	"tandem"
	"tandem/app"
)

// ana leads the shop: the team's results lie in its own workspace, where Mira and Tomas see them and name
// what they learn as fuel.
func ana(w *walker, team *shop) {
	a := &anaLife{walker: w, team: team}
	a.books = w.number(app.MetricInput{Name: "Books", Unit: "books", Form: tandem.FormTotal})
	a.planBooks()
	a.planCoaching()
	a.on(w.today-days+30, a.openShop)
	a.on(w.today-5, func() { a.met("technique", "level", "pause") })
	w.walk(a.daily)
}

type anaLife struct {
	*walker
	team                   *shop
	books, riders, cancels tandem.MetricID
	coaching               tandem.GoalID
	question               tandem.TechniqueID
	quiet                  tandem.MicroGoal
	held                   tandem.GoalID
}

// openShop makes the team's workspace with its results and the invitations.
func (a *anaLife) openShop() {
	if a.err != nil {
		return
	}
	space, err := a.app.CreateWorkspace(a.ctx, a.by, app.WorkspaceInput{Name: "Harbour Bikes", Zone: a.input.Zone})
	if a.note(err) {
		return
	}
	a.by.Roles[space.ID] = tandem.RoleOwner
	a.team.space, a.team.invites = space, map[string]string{}
	a.in(space.ID, func() {
		one := 1
		a.riders = a.number(app.MetricInput{Name: "Riders helped", Unit: "riders", Form: tandem.FormTotal})
		lo, hi := 0.0, 100.0
		a.cancels = a.number(app.MetricInput{Name: "Cancelled orders", Unit: "%", Direction: tandem.Down, Decimals: &one, Lo: &lo, Hi: &hi})
	})
	a.on(a.today-450, func() {
		for _, name := range []string{"Mira", "Tomas"} {
			m, err := a.app.CreateInvite(a.ctx, a.by, space.ID, app.InviteInput{Days: 30})
			a.note(err)
			a.team.invites[name] = m.Secret
		}
	})
	a.planRiders()
	a.planCancelled()
	// An invitation that nobody has used yet stands on the page of people.
	a.on(a.today-1, func() {
		_, err := a.app.CreateInvite(a.ctx, a.by, space.ID, app.InviteInput{Role: tandem.RoleMember})
		a.note(err)
	})
}

// planRiders is the year's result of the team, last year's and this year's.
func (a *anaLife) planRiders() {
	y, _, _ := a.today.Date()
	ends := tandem.DateDay(y, time.December, 31)
	if ends-a.today < 28 {
		ends = tandem.DateDay(y+1, time.March, 31)
	}
	begin := max(tandem.DateDay(y, time.January, 1), a.today-448)
	if a.today-begin < 120 {
		begin = a.today - 300
	}
	a.on(a.today-447, func() {
		// Mira and Tomas link to this result, so it is there before they are let in.
		a.in(a.team.space.ID, func() {
			rate := 0.0
			for d := begin; d <= ends; d++ {
				rate += a.helped(d)
			}
			target := math.Round(rate*0.99/50) * 50
			a.team.riders = a.result(fmt.Sprintf("%s riders by %s", thousands(int(target)), long(ends)), a.riders, target, ends, starting(begin), because("A shop is as good as the rides that begin at it."))
			a.factor(a.team.riders, true, "A free check for every bike that comes in", "")
			a.factor(a.team.riders, false, "The bridge that is closed until spring", "")
		})
		a.team.open(a.err)
	})
}

// planCancelled is a result that rested over a winter and was reached, and its successor.
func (a *anaLife) planCancelled() {
	ws := a.team.space.ID
	begin := a.today - 330
	a.on(begin, func() {
		a.in(ws, func() {
			a.held = a.result("Cancelled orders below 4 %", a.cancels, 4, a.today-120, from(7.2), func(in *app.GoalInput) { in.ReachedWhen = tandem.ReachedHeld })
			a.factor(a.held, true, "Call everybody on the day after the order", "since June, every day")
			a.factor(a.held, false, "Makers that deliver late", "two of five")
		})
	})
	a.on(begin+40, func() { a.in(ws, func() { a.move(a.held, tandem.MovePause) }) })
	a.on(begin+95, func() { a.in(ws, func() { a.move(a.held, tandem.MoveResume) }) })
	a.on(a.today-119, func() {
		a.in(ws, func() {
			a.close(a.held, "We call on the day after, and people tell us what they fear.", "Most who cancel only wanted another date.", tandem.NextLetGo, "")
		})
	})
	a.on(a.today-80, func() {
		a.in(ws, func() {
			until := a.quarterEnd()
			id := a.result("Cancelled orders below 3 %", a.cancels, 3, until, from(4.6), func(in *app.GoalInput) { in.ReachedWhen = tandem.ReachedHeld })
			a.factor(id, true, "Offer another date before they ask", "")
			l := a.goal(app.GoalInput{Kind: tandem.KindLearning, Title: "Hear the worry behind a cancellation", Visibility: tandem.ByWorkspace, ReviewDay: a.today + 11,
				FirstStep: "Ask one person what would have to be different."})
			a.fuels(l, id, ws, 14)
		})
	})
}

// planBooks are books by the year: a reader's number with a closing and a successor of the same kind.
func (a *anaLife) planBooks() {
	y, _, _ := a.today.Date()
	for _, ago := range []int{1, 0} {
		first, last := tandem.DateDay(y-ago, time.January, 1), tandem.DateDay(y-ago, time.December, 31)
		begin := max(first, a.today-days+3)
		if last-begin < 90 {
			continue
		}
		a.on(begin, func() {
			id := a.result(fmt.Sprintf("24 books in %d", y-ago), a.books, 24, last, starting(first))
			a.on(last+1, func() {
				a.close(id, "Two of them changed how I speak with people.", "That I finish the thick ones.", tandem.NextLetGo, "")
			})
		})
	}
	a.on(a.today-110, func() {
		a.quiet = a.micro(app.MicroGoalInput{Title: "Evenings without a screen", Times: 3, Unit: "evenings"})
	})
}

// planCoaching is a learning goal of a leader; nothing measures it but its uses and lessons.
func (a *anaLife) planCoaching() {
	t := a.today
	a.on(t-205, func() {
		a.coaching = a.goal(app.GoalInput{Kind: tandem.KindLearning, Title: "Ask instead of tell", Skill: "Coaching", Why: "When I give the answer, they come back with the next question.",
			Levels: []string{"Notices when an answer slips out", "Asks one question before answering", "Lets the other find a way", "Stays out when it is not needed"},
			Aim:    3, Collection: "questions that open a talk", CollectionSize: 5, FirstStep: "Count for one day how often you answer at once.", ReviewDay: t - 191})
		a.question = a.technique(a.coaching, "“And what else?”", tandem.Trying)
	})
	a.on(t-180, func() {
		a.level(a.coaching, 1, tandem.HowSelf, "Eleven answers before lunch.")
		a.lesson(a.coaching, "My first answer is for me, not for them.", "practice")
	})
	a.on(t-120, func() {
		a.level(a.coaching, 2, tandem.HowRealUse, "")
		a.decide(a.question, tandem.Kept, "The second answer is the better one.")
		a.lesson(a.coaching, "Silence is a question too.", "use")
	})
	a.on(t-33, func() {
		a.lesson(a.coaching, "Tomas found the better way while I was still thinking about mine.", "use")
	})
	a.on(t-4, func() { a.review(a.coaching, t+24) })
}

// helped is how many riders the shop helps on a usual day.
func (a *anaLife) helped(d tandem.Day) float64 { return 7.5 * shopDay(d) * season(d, time.May, 0.35) }

// daily is an ordinary day.
func (a *anaLife) daily(d tandem.Day) {
	if a.riders != 0 {
		a.in(a.team.space.ID, func() { a.shopDayOf(d) })
	}
	if a.chance(0.062) && !away(d, time.November, 10, 12) {
		a.at(22)
		a.log(a.books, 1)
	}
	if a.quiet.ID != 0 && a.err == nil && a.chance(0.38) {
		a.at(22)
		_, _, err := a.app.TickMicroGoal(a.ctx, a.by, a.ws, a.quiet.ID, app.TickInput{})
		a.note(err)
	}
	if a.question != 0 && shopDay(d) > 0 && a.chance(0.22) {
		a.at(16)
		a.use(a.question, 1-a.rng.IntN(2), 3+a.rng.IntN(7))
	}
	if a.coaching != 0 && a.chance(0.18) {
		a.at(9)
		a.practise(a.coaching, a.minutes(15), []string{"study", "reflect"}[a.rng.IntN(2)], "", 0)
	}
}

// shopDayOf notes what the shop counted: riders each day it is open, cancelled orders once a week.
func (a *anaLife) shopDayOf(d tandem.Day) {
	if mean := a.helped(d); mean > 0 {
		a.log(a.riders, float64(a.count(mean)))
	}
	if d.Weekday() == time.Saturday && shopDay(d) > 0 {
		level := 2.6 + 4.6*math.Exp(-float64(d-(a.today-360))/170)
		if d < a.today-360 {
			level = 7.2
		}
		a.log(a.cancels, math.Round(a.around(level, 0.22)*10)/10)
	}
}

// thousands writes a number with a comma between the groups, for titles.
func thousands(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%d,%03d", n/1000, n%1000)
}
