package demo

import (
	"fmt"
	"math"
	"time"

	"tandem"
	"tandem/app"
)

// tomas runs the workshop and writes in German: repairs with a strong season, a half marathon whose goal
// was changed after an injury, kilometres with a value that was typed wrongly and put right.
func tomas(w *walker, team *shop) {
	t := &tomasLife{walker: w, team: team}
	one := 1
	t.repairs = w.number(app.MetricInput{Name: "Reparaturen", Unit: "Räder", Form: tandem.FormRate, Period: tandem.PeriodWeek})
	t.km = w.number(app.MetricInput{Name: "Laufkilometer", Unit: "km", Form: tandem.FormTotal, Decimals: &one})
	t.again = w.number(app.MetricInput{Name: "Nacharbeiten", Unit: "Räder", Form: tandem.FormTotal, Direction: tandem.Down})
	t.ready = w.number(app.MetricInput{Name: "Tage bis zum fertigen Rad", Unit: "Tage", Direction: tandem.Down, DayRule: tandem.DayMean, Decimals: &one})
	t.half = w.number(app.MetricInput{Name: "Halbmarathon", Unit: "min", Direction: tandem.Down, DayRule: tandem.DayMin})
	t.planYears()
	t.planHalf()
	t.planAsking()
	t.planRework()
	t.planReady()
	w.on(w.today-436, func() { team.join(w) })
	w.walk(t.daily)
}

type tomasLife struct {
	*walker
	team                     *shop
	repairs, km, again, half tandem.MetricID
	ready                    tandem.MetricID
	knees, asking            tandem.GoalID
	steps, stretch, repeat   tandem.TechniqueID
	year, race               tandem.GoalID
}

// hurt is the time of the injury: nothing was run.
func (t *tomasLife) hurt(d tandem.Day) bool { return d >= t.today-196 && d <= t.today-161 }

// planYears are the kilometres of each calendar year; what the first one had counted before Tomas began
// stands as so far.
func (t *tomasLife) planYears() {
	year := func(first, last tandem.Day, target, soFar float64, then func(tandem.GoalID)) {
		begin := max(first, t.today-days+6)
		t.on(begin, func() {
			y, _, _ := last.Date()
			id := t.result(fmt.Sprintf("%.0f km im Jahr %d", target, y), t.km, target, last, starting(begin), func(in *app.GoalInput) { in.SoFar = &soFar })
			then(id)
		})
	}
	y, _, _ := t.today.Date()
	for _, ago := range []int{2, 1} {
		first, last := tandem.DateDay(y-ago, time.January, 1), tandem.DateDay(y-ago, time.December, 31)
		begin := max(first, t.today-days+6)
		if last-begin < 60 {
			continue
		}
		share := float64(begin-first) / 365
		year(first, last, 900, math.Round(900*share*1.02), func(id tandem.GoalID) {
			t.factor(id, true, "Dreimal die Woche laufen", "meistens; im Hochsommer zweimal")
			t.factor(id, false, "Glatteis und Sturm", "weniger als befürchtet")
			t.on(last+2, func() {
				t.close(id, "Ich laufe jetzt, um den Kopf frei zu bekommen, nicht wegen der Uhr.", "Dass die langsamen Läufe die schönsten sind.", tandem.NextLetGo, "")
			})
		})
	}
	first, last := tandem.DateDay(y, time.January, 1), tandem.DateDay(y, time.December, 31)
	hoped := math.Round(t.usualKm(first, last, false)/50) * 50
	year(first, last, hoped, 0, func(id tandem.GoalID) {
		t.year = id
		t.factor(id, false, "Das linke Knie", "")
	})
	// After the injury the year's kilometres are set anew as well.
	if t.today-196 > first {
		t.on(t.today-159, func() {
			left := math.Round(t.usualKm(first, last, true)*1.01/25) * 25
			title, why := fmt.Sprintf("%.0f km im Jahr %d", left, y), "Mit fünf Wochen Pause. Was fehlt, fehlt eben."
			t.change(t.year, app.GoalChange{Title: &title, Why: &why, Target: &left})
		})
	}
}

// usualKm gives the kilometres that some days bring, with the time of the injury left out or not.
func (t *tomasLife) usualKm(from, to tandem.Day, injured bool) (sum float64) {
	for d := from; d <= to; d++ {
		if !(injured && t.hurt(d)) {
			sum += t.often(d) * distance(d) * 1.03 // the mean of a long tail lies above its middle
		}
	}
	return sum
}

// often gives how likely Tomas is to run on a day, distance how far he then usually goes.
func (t *tomasLife) often(d tandem.Day) float64 {
	if away(d, time.December, 23, 5) {
		return 0
	}
	return [7]float64{time.Sunday: 0.75, time.Tuesday: 0.5, time.Thursday: 0.5, time.Friday: 0.1}[d.Weekday()] * min(season(d, time.June, 0.15), 1)
}

func distance(d tandem.Day) float64 {
	if d.Weekday() == time.Sunday {
		return 11
	}
	return 6
}

// planHalf is the goal that was changed openly: from 1:55 to two hours, after five weeks without running.
func (t *tomasLife) planHalf() {
	begin, until := t.today-290, t.today+68
	t.on(begin-200, func() { t.logNow(t.half, 131, "Mein erster, mit Wandern am Ende.") })
	t.on(begin-20, func() { t.logNow(t.half, 126, "Testlauf am Kanal.") })
	t.on(begin, func() {
		t.race = t.result("Halbmarathon unter 1:55", t.half, 115, until, from(126), because("Ich will einmal ohne Gehpause ankommen."),
			func(in *app.GoalInput) { in.ReachedWhen = tandem.ReachedOnce })
		t.factor(t.race, true, "Ein langer Lauf in der Woche", "")
		t.factor(t.race, false, "Hitze am Tag des Laufs", "")
		t.knees = t.goal(app.GoalInput{Kind: tandem.KindLearning, Title: "Laufen ohne Knieschmerzen", Skill: "Lauftechnik",
			Levels: []string{"Merkt, wann das Knie zu ziehen beginnt", "Läuft eine halbe Stunde ohne Ziehen", "Läuft lang und locker", "Läuft schnell und locker"},
			Aim:    3, FirstStep: "Zehn Minuten mit kurzen Schritten.", ReviewDay: begin + 14})
		t.fuels(t.knees, t.race, t.ws, 21)
		t.steps = t.technique(t.knees, "kurze Schritte, 175 in der Minute", tandem.Trying)
		t.stretch = t.technique(t.knees, "Nach dem Lauf dehnen", tandem.Trying)
	})
	t.on(begin+40, func() {
		t.level(t.knees, 1, tandem.HowSelf, "")
		t.decide(t.stretch, tandem.Dropped, "Kein Unterschied, auch nach sechs Wochen nicht.")
		t.logNow(t.half, 122, "")
	})
	t.on(t.today-196, func() { t.move(t.race, tandem.MovePause) })
	t.on(t.today-180, func() {
		t.lesson(t.knees, "Das Knie meldet sich zwei Tage, bevor es wehtut.", "practice")
	})
	t.on(t.today-160, func() {
		t.move(t.race, tandem.MoveResume)
		title, why, target := "Halbmarathon unter 2 Stunden", "Ich will einmal ohne Gehpause ankommen. Nach fünf Wochen Pause ist zwei Stunden das ehrliche Ziel.", 120.0
		t.change(t.race, app.GoalChange{Title: &title, Why: &why, Target: &target})
	})
	t.on(t.today-101, func() { t.level(t.knees, 2, tandem.HowRealUse, "Fünf Kilometer am Fluss, nichts gespürt.") })
	t.on(t.today-58, func() {
		t.logNow(t.half, 124, "Der erste nach der Pause.")
		t.decide(t.steps, tandem.Kept, "Seitdem kein Ziehen mehr.")
		t.lesson(t.knees, "Wenn ich die Schritte zähle, laufe ich leiser.", "use")
	})
	t.on(t.today-20, func() {
		t.logNow(t.half, 121, "")
		t.step(t.race, "18 km ohne Gehpause", t.today-10, "Langsam anfangen ist schwerer als schnell anfangen.")
		t.step(t.race, "Probelauf auf der Strecke", t.today+30, "")
	})
}

// planAsking is learning that helps in the workshop: asking before unscrewing leaves fewer bikes to be
// mended twice.
func (t *tomasLife) planAsking() {
	t.on(t.today-230, func() {
		t.asking = t.goal(app.GoalInput{Kind: tandem.KindLearning, Title: "Erst fragen, dann schrauben", Skill: "Zuhören",
			Why:    "Die Hälfte der Nacharbeiten waren gar keine Fehler, sondern Missverständnisse.",
			Levels: []string{"Stellt eine Frage vor dem ersten Griff", "Wiederholt in eigenen Worten, was fehlt", "Findet heraus, wofür das Rad gebraucht wird"},
			Aim:    2, FirstStep: "Bei drei Rädern fragen: „Wann hat es angefangen?“", ReviewDay: t.today - 215})
		t.repeat = t.technique(t.asking, "in eigenen Worten wiederholen", tandem.Trying)
	})
	t.on(t.today-205, func() {
		t.level(t.asking, 1, tandem.HowSelf, "")
		t.lesson(t.asking, "„Es knackt“ heißt bei jedem etwas anderes.", "use")
	})
	t.on(t.today-170, func() { t.lesson(t.asking, "Zuerst die Hände in die Taschen, dann fragen.", "practice") })
	t.on(t.today-140, func() {
		t.lesson(t.asking, "Wer erzählen darf, bringt das Rad rechtzeitig.", "use")
		t.decide(t.repeat, tandem.Kept, "Dauert eine Minute und spart eine Stunde.")
	})
	t.on(t.today-96, func() { t.level(t.asking, 2, tandem.HowRealUse, "Eine Woche lang bei jedem Rad.") })
	t.on(t.today-12, func() { t.review(t.asking, t.today+16) })
	t.on(t.today-3, func() { t.met("technique", "level", "pause", "milestone") })
}

// planRework are budgets of the last quarters and of this one: at most so many bikes that come back.
func (t *tomasLife) planRework() {
	quarter := tandem.PeriodQuarter
	first := quarter.Start(t.today).AddMonths(-9)
	for n, most := range []float64{22, 16, 8, 10} {
		begin := first.AddMonths(3 * n)
		end := quarter.Next(begin) - 1
		t.on(begin, func() {
			id := t.result(fmt.Sprintf("Höchstens %.0f Nacharbeiten bis %s", most, short(end)), t.again, most, end)
			t.fuels(t.asking, id, t.ws, 14)
			t.on(end+1, func() {
				t.close(id, "Ich kenne jetzt die drei Fragen, die fast immer reichen.", "", tandem.NextLetGo, "")
			})
		})
	}
}

// planReady is the open result of the workshop: a bike is ready sooner when nobody mends what is not
// broken.
func (t *tomasLife) planReady() {
	t.on(t.today-70, func() {
		until := t.quarterEnd()
		id := t.result("Räder in 4,5 Tagen fertig bis "+short(until), t.ready, 4.5, until, from(5.9), because("Wer ohne Rad ist, fährt Auto."))
		t.fuels(t.asking, id, t.ws, 14)
		t.factor(id, true, "Vor dem ersten Griff fragen", "")
		t.factor(id, false, "Lieferzeiten für Ersatzteile", "")
		if t.team.err == nil {
			t.fuels(t.asking, t.team.riders, t.team.space.ID, 30)
		}
	})
}

// usual is how many bikes a day brings to the workshop.
func (t *tomasLife) usual(d tandem.Day) float64 {
	if !t.works(d) {
		return 0
	}
	return 5.6 * week(d) * season(d, time.April, 0.4)
}

func (t *tomasLife) works(d tandem.Day) bool {
	return shopDay(d) > 0 && !away(d, time.August, 18, 19) && !away(d, time.February, 9, 5)
}

// daily is an ordinary day.
func (t *tomasLife) daily(d tandem.Day) {
	if mean := t.usual(d); mean > 0 {
		t.mend(d, mean)
	}
	if !t.hurt(d) && t.chance(t.often(d)) {
		t.runs(d)
	}
	t.at(7)
	if d > t.today-230 && !away(d, time.August, 18, 19) && t.chance(0.16) {
		t.practise(t.asking, t.minutes(10), []string{"reflect", "apply", "study"}[t.rng.IntN(3)], "", 0)
	}
	if d > t.today-290 && t.chance(0.22) {
		t.practise(t.knees, t.minutes(15), "practise", "", 2+t.rng.IntN(4))
	}
}

func (t *tomasLife) mend(d tandem.Day, mean float64) {
	n := t.count(mean)
	repeats := t.repeat != 0 && n > 0 && t.chance(0.3)
	if repeats {
		t.log(t.repairs, float64(n), t.repeat)
	} else {
		t.log(t.repairs, float64(n))
	}
	better := 0.0 // how far the asking has come
	if since := d - (t.today - 225); since > 0 {
		better = 1 - math.Exp(-float64(since)/60)
	}
	if back := t.poisson(0.3 - 0.18*better); back > 0 && !repeats {
		t.log(t.again, float64(back))
	}
	if n > 0 && t.chance(0.5) {
		t.log(t.ready, max(math.Round(t.around(6.2-1.9*better, 0.3)*2)/2, 1))
	}
}

// runs is one run: long on Sundays, and once typed without its comma.
func (t *tomasLife) runs(d tandem.Day) {
	v := t.rounded(t.around(distance(d), 0.25))
	t.at(19)
	if d <= t.today-333 && d+7 > t.today-333 && d.Weekday() == time.Sunday {
		t.mistype()
		return
	}
	if t.steps != 0 && t.chance(0.6) {
		t.log(t.km, v, t.steps)
		return
	}
	t.log(t.km, v)
}

// mistype logs 105 for 10.5 and puts it right two days later; both stand in the value's history.
func (t *tomasLife) mistype() {
	at := t.logNow(t.km, 105, "")
	t.on(t.day+2, func() {
		if t.err == nil {
			right, note := 10.5, "Komma vergessen."
			_, err := t.app.EditObservation(t.ctx, t.by, t.ws, t.km, at, app.ObservationChange{Value: &right, Note: &note})
			t.note(err)
		}
	})
}
