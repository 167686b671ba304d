package demo

import (
	"fmt"
	"math"
	"time"

	"tandem"
	"tandem/app"
)

// mira sells bikes. What she learns about listening shows in her sales; sending offers faster does not
// show in the days to the first ride, however hard she tries.
func mira(w *walker, team *shop) {
	m := &miraLife{walker: w, team: team}
	entered := false // a week without an entry is a holiday, not a week without sales
	m.sales = w.number(app.MetricInput{Name: "Sales", Unit: "bikes", Form: tandem.FormRate, Period: tandem.PeriodWeek, WhenItHappens: &entered})
	m.cargo = w.number(app.MetricInput{Name: "Cargo bikes", Unit: "bikes", Form: tandem.FormTotal})
	one := 1
	m.ride = w.number(app.MetricInput{Name: "Days to the first ride", Unit: "days", Direction: tandem.Down, DayRule: tandem.DayMean, Decimals: &one})
	m.run = w.number(app.MetricInput{Name: "5 km", Unit: "min", Direction: tandem.Down, DayRule: tandem.DayMin, Decimals: &one})
	m.planSpanish()
	m.planRunning()
	m.planMonths()
	m.drawSales()
	m.planQuestions()
	m.planOffers()
	m.planQuarter()
	m.planReviews()
	w.on(w.today-430, func() { team.join(w) })
	w.walk(m.daily)
}

type miraLife struct {
	*walker
	team                            *shop
	sales, cargo, ride, run         tandem.MetricID
	spanish, questions, price, offs tandem.GoalID
	why, whatMade, offer            tandem.TechniqueID
	pause, lunch                    tandem.TechniqueID
	quarter, rides                  tandem.GoalID
	micro                           tandem.MicroGoal
	cargoDays                       map[tandem.Day]int
	sold                            map[tandem.Day]sold
}

// planSpanish is a learning goal that was taken up with joy, practised less and less, and rests since.
func (m *miraLife) planSpanish() {
	s := m.today - days
	m.on(s+12, func() {
		m.spanish = m.goal(app.GoalInput{Kind: tandem.KindLearning, Title: "Spanish for the spring fair", Skill: "Spanish",
			Why: "Every year the makers from Bilbao come, and every year I nod.", FirstStep: "Ten words for parts of a bike."})
		m.lesson(m.spanish, "Half the words are English with an o.", "log")
	})
	m.on(s+96, func() {
		m.lesson(m.spanish, "They slow down when I try, and that is all I need.", "use")
		m.level(m.spanish, 2, tandem.HowSelf, "Ordered lunch and sold a saddle.")
	})
	m.on(s+190, func() { m.move(m.spanish, tandem.MoveRest) })
}

// planRunning is a result of last year, for herself.
func (m *miraLife) planRunning() {
	start := m.today - 560
	m.on(start, func() {
		id := m.result("5 km under 28 minutes", m.run, 28, start+150, from(30.4), because("To run with my brother and still talk."), func(in *app.GoalInput) { in.ReachedWhen = tandem.ReachedOnce })
		m.factor(id, true, "Run twice a week", "most weeks, not in the heat")
		m.on(start+151, func() {
			m.close(id, "A Tuesday evening that is mine.", "That slow runs make me faster.", tandem.NextLetGo, "")
		})
	})
}

// A cargoMonth is one month's result: how many months ago, what was aimed at, what came, and what she
// wrote at its end.
type cargoMonth struct {
	ago, target, came  int
	gained, unexpected string
}

var cargoMonths = []cargoMonth{
	{6, 12, 14, "I know every cargo bike we have by its handling.", "Grandparents buy them."},
	{5, 14, 15, "", "Two people came back with their neighbours."},
	{4, 16, 16, "Test rides with the real load: a crate of water.", ""},
	{3, 20, 12, "Three ways to keep people talking, and a list of eleven names to call.", "People who got no cargo bike asked whether I would call them when it arrives."},
	{2, 20, 17, "When I ask about their week, they tell me which bike they need. I only have to listen.", "The questions work at home too. My brother told me things I did not know."},
	{1, 18, 19, "I stopped counting days and counted talks instead.", ""},
}

// planMonths are the monthly results over cargo bikes: reached, missed by 40 per cent with much gained,
// very close with 17 of 20, and the one under way.
func (m *miraLife) planMonths() {
	m.cargoDays = map[tandem.Day]int{}
	for d := m.today - days; d < m.monthStart(6); d++ {
		if n := m.poisson(0.35 * shopDay(d) * season(d, time.May, 0.5)); n > 0 && m.works(d) {
			m.cargoDays[d] = n
		}
	}
	weight := func(d tandem.Day) float64 {
		if !m.works(d) {
			return 0
		}
		return shopDay(d)
	}
	for _, c := range cargoMonths {
		first := m.monthStart(c.ago)
		last := m.monthStart(c.ago-1) - 1
		for d, n := range m.spread(c.came, first, last, weight) {
			m.cargoDays[d] += n
		}
		m.on(first, func() {
			id := m.result(fmt.Sprintf("%d cargo bikes in %s", c.target, month(first)), m.cargo, float64(c.target), last)
			m.factor(id, true, "Call back within a day", "most of the time, not in the last week")
			stock := "held"
			if c.ago == 3 {
				stock = "none from the 9th to the end; eleven people asked"
			}
			m.factor(id, false, "Stock of cargo bikes", stock)
			m.fuels(m.questions, id, m.ws, 14)
			m.on(last+1, func() { m.close(id, c.gained, c.unexpected, tandem.NextLetGo, "") })
		})
	}
	first, next := m.monthStart(0), m.monthStart(-1)
	part := float64(m.today-first+1) / float64(next-first)
	for d, n := range m.spread(int(18*part+0.5), first, m.today, weight) {
		m.cargoDays[d] += n
	}
	m.on(first, func() {
		id := m.result(fmt.Sprintf("18 cargo bikes in %s", month(first)), m.cargo, 18, next-1)
		m.factor(id, false, "Stock of cargo bikes", "")
		m.fuels(m.questions, id, m.ws, 14)
	})
}

// planQuestions is the learning that helps: levels, a collection, lessons, and a technique that rides on
// sales.
func (m *miraLife) planQuestions() {
	t := m.today
	m.on(t-165, func() {
		m.questions = m.goal(app.GoalInput{Kind: tandem.KindLearning, Title: "Discovery questions", Skill: "Asking before showing",
			Why: "I want to stop pushing and still sell.",
			Levels: []string{"Names the five question types", "Uses two or more types in a talk, notes at hand", "Follows the customer’s answer instead of the list",
				"Keeps asking when the customer is in a hurry or upset", "Has helped someone else from level 1 to level 3"},
			Aim: 3, Collection: "ways to keep a customer talking", CollectionSize: 3, FirstStep: "Write five questions that you would like to be asked.",
			ReviewDay: t - 150})
		m.micro = m.walker.micro(app.MicroGoalInput{Title: "15 minutes, five days a week", Goal: m.questions, Amount: 15, Times: 5, RestDays: []int{0}})
	})
	m.on(t-150, func() { m.level(m.questions, 1, tandem.HowSelf, "Explained all five to Ana.") })
	m.on(t-128, func() {
		m.at(12)
		m.pause = m.technique(m.questions, "the three-second pause", tandem.Trying)
		m.slot("The three-second pause", 5)
	})
	m.on(t-100, func() {
		m.lesson(m.questions, "If I wait three seconds, they tell me the real reason.", "use")
		m.lunch = m.technique(m.questions, "Call at lunch time", tandem.Trying)
	})
	m.on(t-116, func() {
		m.lesson(m.questions, "Five questions are too many. One is enough, and then the next.", "practice")
	})
	m.on(t-84, func() { m.decide(m.lunch, tandem.Dropped, "People answer, but nobody decides.") })
	m.on(t-140, func() {
		m.plan(m.questions, app.ActivityInput{Title: "A book about listening", Type: tandem.Book}, &app.ActivityDone{Enjoyment: 3})
	})
	m.on(t-100, func() {
		m.seen(m.questions, app.LevelInput{Level: 2, How: tandem.HowRealUse, Context: "in the shop", Note: "Used in real talks all week."})
	})
	m.on(t-92, func() {
		m.seen(m.questions, app.LevelInput{Level: 2, How: tandem.HowPeer, Who: "Ana", Context: "a role play", Note: "You let me finish."})
		m.plan(m.questions, app.ActivityInput{Title: "Role play with a customer in a hurry", Type: tandem.Training, With: "Ana"},
			&app.ActivityDone{Enjoyment: 5, Lesson: "A customer in a hurry still has time for one good question."})
	})
	m.on(t-61, func() {
		m.lesson(m.questions, "The script is a railing, not a road.", "practice")
		m.decide(m.pause, tandem.Kept, "People name the real reason. It stays.")
	})
	m.on(t-45, func() {
		m.whatMade = m.technique(m.questions, "“What made you…” instead of “why”", tandem.Trying)
		m.lesson(m.questions, "“Why” sounds like blame. “What made you” does not.", "use")
		m.slot("“What made you…”", 3)
	})
	// A week off that was planned: nothing is asked and nothing is missed.
	m.on(t-40, func() {
		if m.err == nil && m.micro.ID != 0 {
			_, err := m.app.PauseMicroGoal(m.ctx, m.by, m.ws, m.micro.ID, app.PauseInput{From: t - 40, To: t - 34})
			m.note(err)
		}
	})
	m.on(t-33, func() {
		m.lesson(m.questions, "Kneeling next to the bike helps. We both look at it, not at each other.", "use")
	})
	m.on(t-27, func() {
		m.seen(m.questions, app.LevelInput{Level: 3, How: tandem.HowRealUse, Context: "on the phone", Note: "The Alder call: I forgot the list and it went well."})
	})
	m.on(t-12, func() {
		m.plan(m.questions, app.ActivityInput{Title: "Ana listens in on a Saturday", Type: tandem.Mentoring, With: "Ana", Day: t + 4}, nil)
	})
	m.on(t-9, func() {
		m.price = m.goal(app.GoalInput{Kind: tandem.KindLearning, Title: "Price objections", FirstStep: "Say one price aloud and count to five.",
			Why: "I go down with the price before anybody asked.", ReviewDay: t + 9})
		m.technique(m.price, "Say the price, then wait", tandem.Trying)
		m.fuels(m.price, m.quarter, m.ws, 14)
	})
	m.on(t-6, func() { m.review(m.questions, t+9) })
	m.on(t-2, func() {
		m.met("technique", "level", "micro_goal", "collection", "milestone", "difference", "portfolio")
		m.changed(m.questions, m.quarter, "A new window display, and one more e-bike on show.")
		m.changed(m.offs, m.rides, "Nothing else that I know of.")
	})
}

func (m *miraLife) slot(name string, rating int) {
	if m.err == nil {
		_, err := m.app.PutSlot(m.ctx, m.by, m.ws, m.questions, app.SlotInput{Name: name, Used: true, Rating: rating})
		m.note(err)
	}
}

// planOffers is learning that does not show in its number, and says so.
func (m *miraLife) planOffers() {
	t := m.today
	m.on(t-62, func() {
		until := m.quarterEnd()
		m.rides = m.result("First ride within 9 days", m.ride, 9, until, from(10.5), because("The bike is theirs when they ride it, not when they pay."))
		m.factor(m.rides, true, "Send the offer on the same day", "")
		m.factor(m.rides, false, "Delivery times of the makers", "")
		m.offs = m.goal(app.GoalInput{Kind: tandem.KindLearning, Title: "Write offers that need no second mail", Skill: "Writing offers", ReviewDay: t + 12})
		m.fuels(m.offs, m.rides, m.ws, 7)
		m.offer = m.technique(m.offs, "the offer within 24 hours", tandem.Trying)
	})
	m.on(t-48, func() { m.level(m.offs, 1, tandem.HowRealUse, "Three offers in a row without a second mail.") })
	m.on(t-30, func() {
		m.lesson(m.offs, "Fast offers please people, but parts decide the date.", "use")
	})
}

// planQuarter is the result of the quarter. Its target is a little less than a good week brings
// today, and more than what stood when she began to ask; her holidays are a pause of it.
func (m *miraLife) planQuarter() {
	begin, until := m.today-56, m.quarterEnd()
	stood := math.Round(m.weekly(begin-63)*10) / 10
	target := max(math.Round(0.92*m.weekly(m.today)), math.Floor(stood)+1)
	m.on(begin, func() {
		m.quarter = m.result(fmt.Sprintf("%.0f sales a week by %s", target, long(until)), m.sales, target, until, from(stood),
			because("I want to stop pushing and still sell."))
		m.factor(m.quarter, true, "Ask first in every talk", "")
		m.factor(m.quarter, false, "Parts for cargo bikes; the first snow", "")
		m.fuels(m.questions, m.quarter, m.ws, 14)
		m.step(m.quarter, "Every talk of a week begins with a question", begin+20, "It is easier to ask than to explain.")
		m.step(m.quarter, "Halfway: two weeks in a row above the start", m.today+10, "")
	})
	resting := false
	for d := begin + 1; d <= m.today; d++ {
		if off := holiday(d); off != resting {
			resting = off
			m.on(d, func() {
				if off {
					m.move(m.quarter, tandem.MovePause)
				} else {
					m.move(m.quarter, tandem.MoveResume)
				}
			})
		}
	}
	m.on(m.today-50, func() {
		if m.team.err == nil {
			m.fuels(m.questions, m.team.riders, m.team.space.ID, 30)
		}
	})
}

// sold is what a day brought, and whether its talks began with a question.
type sold struct {
	n     int
	asked bool
}

// How often a day's talks begin with a question, and what that does to the day.
const (
	asking      = 0.46
	askingLifts = 1.35
)

// drawSales draws every week's sales beforehand and deals them to its days: what a shop can hand over in a
// week varies less than what walks in on a day.
func (m *miraLife) drawSales() {
	m.sold = map[tandem.Day]sold{}
	for monday := tandem.PeriodWeek.Start(m.today - days); monday <= m.today; monday += 7 {
		mean := 0.0
		likely := map[tandem.Day]float64{}
		for d := monday; d < monday+7; d++ {
			if !m.works(d) {
				continue
			}
			asked := d > m.today-128 && m.chance(asking)
			m.sold[d] = sold{m.cargoDays[d], asked}
			likely[d] = m.usual(d)
			if asked {
				likely[d] *= askingLifts
			}
			mean += likely[d]
		}
		more := int(math.Round(mean * (1 + 0.13*m.rng.NormFloat64())))
		for d := monday; d < monday+7; d++ {
			more -= m.sold[d].n
		}
		for d, n := range m.spread(max(more, 0), monday, monday+6, func(d tandem.Day) float64 { return likely[d] }) {
			m.sold[d] = sold{m.sold[d].n + n, m.sold[d].asked}
		}
	}
}

// weekly gives what a week without closed days sells around a day, as somebody knows who knows the shop.
func (m *miraLife) weekly(around tandem.Day) (sum float64) {
	for d := around - 3; d <= around+3; d++ {
		sum += m.usual(d)
	}
	if around > m.today-128 {
		sum *= 1 + asking*(askingLifts-1)
	}
	return sum
}

// usual is what a day sells: more in May than in January, more from year to year, and more since Mira asks
// before she shows.
func (m *miraLife) usual(d tandem.Day) float64 {
	level := 1.0
	if since := d - (m.today - 120); since > 0 {
		level += 0.5 * (1 - math.Exp(-float64(since)/40))
	}
	return 1.75 * week(d) * season(d, time.May, 0.07) * level * (1 + float64(m.today-d)/-days*0.1)
}

// works tells whether Mira is in the shop: not on its closed days, on holiday or ill.
func (m *miraLife) works(d tandem.Day) bool {
	ill := d >= m.today-287 && d <= m.today-281
	return shopDay(d) > 0 && !ill && !holiday(d)
}

func holiday(d tandem.Day) bool { return away(d, time.July, 28, 16) || away(d, time.October, 12, 6) }

// daily is an ordinary day.
func (m *miraLife) daily(d tandem.Day) {
	if m.works(d) && !m.forgot(d) {
		m.sell(d)
	}
	m.exercise(d)
	m.learn(d)
}

// forgot is a stretch in which nothing was noted: unknown, not zero.
func (m *miraLife) forgot(d tandem.Day) bool { return d >= m.today-391 && d <= m.today-383 }

func (m *miraLife) sell(d tandem.Day) {
	n, asked := m.sold[d].n, m.sold[d].asked && m.pause != 0
	switch {
	case n > 0 && asked && m.whatMade != 0 && m.chance(0.6):
		m.log(m.sales, float64(n), m.pause, m.whatMade)
	case n > 0 && asked:
		m.log(m.sales, float64(n), m.pause)
	case n > 0 || m.chance(0.3):
		m.log(m.sales, float64(n))
	}
	if c := m.cargoDays[d]; c > 0 {
		m.log(m.cargo, float64(c))
	}
	// Bikes that were handed over: a wait with a long tail that no offer shortens.
	for range m.poisson(0.95 * week(d)) {
		wait := math.Round(m.around(9.6, 0.31))
		if m.offer != 0 && m.chance(0.5) {
			m.log(m.ride, max(wait, 2), m.offer)
		} else {
			m.log(m.ride, max(wait, 2))
		}
	}
}

// exercise is a run, twice a week when it is neither dark nor hot.
func (m *miraLife) exercise(d tandem.Day) {
	_, month, _ := d.Date()
	often := map[time.Month]float64{time.January: 0, time.February: 0.08, time.March: 0.25, time.April: 0.3, time.May: 0.3, time.June: 0.28, time.July: 0.15,
		time.August: 0.15, time.September: 0.28, time.October: 0.2, time.November: 0.08, time.December: 0.02}[month]
	if !m.chance(often) || m.forgot(d) {
		return
	}
	progress := min(float64(d-(m.today-days))/500, 1)
	m.at(20)
	m.log(m.run, m.rounded(30.6-3.2*progress+0.6*m.rng.NormFloat64()))
}

// learn is practice: a habit that is strong at first and settles.
func (m *miraLife) learn(d tandem.Day) {
	s := m.today - days
	m.at(8)
	switch {
	case d > s+12 && d < s+185 && m.chance(0.6-0.0028*float64(d-s)):
		m.practise(m.spanish, m.minutes(10), "practise", "", 0)
	case d > m.today-165 && !(d >= m.today-40 && d <= m.today-34) && d.Weekday() != time.Sunday && !holiday(d):
		if m.chance(0.7) {
			m.practise(m.questions, m.minutes(16), []string{"practise", "study", "reflect", "apply"}[m.rng.IntN(4)], "", 2+m.rng.IntN(4))
		}
	}
	if d == m.today-16 {
		m.at(17)
		m.practise(m.questions, 20, "apply", "I talk less and they buy more; that still feels wrong and it works.", 4)
	}
	if d > m.today-8 && m.chance(0.4) {
		m.practise(m.price, 10, "practise", "", 3)
	}
}
