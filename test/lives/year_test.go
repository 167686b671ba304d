package lives

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"tandem"
	"tandem/app"
)

// weekday gives the day of a life on which a weekday of a week falls: the first Monday is day 1.
func weekday(week int, d time.Weekday) int { return (week-1)*7 + (int(d)+6)%7 + 1 }

// TestAYearWalksTheWholeCycle: 365 days of one person through the API and the pages, the clock moved day by day:
// a pair → practice → a technique used → a gap → new learning from it → its trial → kept → the difference since →
// reached → the next level.
func TestAYearWalksTheWholeCycle(t *testing.T) {
	began := time.Now()
	h := openHouse(t, "2027-01-04")
	l := h.arrive(t, "Ida")

	// January: the pair, and beside it a result of the quarter.
	l.onAt(1, 9)
	f := func(v float64) *float64 { return &v }
	var pair app.Pair
	l.call("POST", "/pairs", app.PairInput{LagDays: 14,
		Result: app.GoalInput{Kind: tandem.KindPerformance, Title: "10 sales a week", Number: &app.MetricInput{Name: "Sales", Form: tandem.FormRate, Period: tandem.PeriodWeek}, Target: f(10), Baseline: f(7),
			Deadline: h.day(269)}, // 29 September
		Learning: app.GoalInput{Kind: tandem.KindLearning, Title: "Discovery questions", Skill: "Asking before showing", Aim: 2,
			Levels: []string{"Names the five kinds of question", "Uses two kinds in a calm talk", "Follows the answer instead of the list", "Keeps asking in a hurry"}}}, &pair)
	result, learning, sales := pair.Result.ID, pair.Learning.ID, pair.Result.Metric
	onResult, onLearning := "/goals/"+result.String(), "/goals/"+learning.String()
	var quarter struct{ tandem.PerformanceGoal }
	l.call("POST", "/goals", app.GoalInput{Kind: tandem.KindPerformance, Title: "30 cargo bikes this quarter", Number: &app.MetricInput{Name: "Cargo bikes", Form: tandem.FormTotal}, Target: f(30), Deadline: h.day(87)}, &quarter)
	bikes := quarter.Metric
	l.says(l.page(onResult), "This is the road to 10 by 29 September.", "Discovery questions", "not begun yet")

	var pause, price tandem.TechniqueID
	var objections tandem.GoalID
	sold := map[int]int{} // by week
	week := func(w int) {
		n := 7 + []int{0, 1, -1, 0, 1, -1, 0}[w%7]
		if w > 17 { // from level 2 on
			n += 4
		}
		sold[w] = n
		l.on(weekday(w, time.Tuesday)).practised(learning, 15, "")
		l.on(weekday(w, time.Wednesday)).value(sales, float64(n-4))
		l.on(weekday(w, time.Friday))
		if pause != 0 {
			l.value(sales, 2, pause)
		} else {
			l.value(sales, 2)
		}
		l.on(weekday(w, time.Saturday)).value(sales, 2)
		if w <= 12 && w%2 == 0 {
			l.value(bikes, 3+float64(w%4)/2) // 21 by the end of March
		}
		l.on(weekday(w, time.Sunday))
		l.declines(l.page("/"))
	}

	// A technique from a lesson, and used.
	week(1)
	week(2)
	l.on(weekday(3, time.Monday)).practised(learning, 15, "If I wait three seconds, they tell me the real reason.")
	l.says(l.page(onLearning), "“If I wait three seconds, they tell me the real reason.”")
	l.post(onLearning+"/techniques", "name", "the three-second pause")
	pause = l.technique("the three-second pause")
	l.says(l.page("/"), "Learned, not yet used", "the three-second pause")
	week(3)
	l.silent(l.page("/"), "Learned, not yet used")
	l.says(l.page(onLearning), "Used 1 time")
	for w := 4; w <= 6; w++ {
		week(w)
	}
	l.post(onLearning+"/levels", "level", "1", "how", "self")
	for w := 7; w <= 12; w++ {
		week(w)
	}

	// The gap: 21 of 30 by the end of March. Gained first; out of it comes something to learn.
	l.on(89)
	onQuarter := "/goals/" + quarter.ID.String()
	l.says(l.page("/"), "30 cargo bikes this quarter", "Two minutes to keep what was gained.")
	total := 0.0
	for w := 2; w <= 12; w += 2 {
		total += 3 + float64(w%4)/2
	}
	p := l.page(onQuarter + "/close")
	l.says(p, fmt.Sprintf("%g of 30: missed, and a lot was moved.", total))
	if text := p.One("main").Text(); strings.Index(text, "Gained") > strings.Index(text, "What next?") || strings.Index(text, "Gained") < 0 {
		t.Errorf("what was gained does not come first: %s", text)
	}
	l.post(onQuarter+"/close", "version", p.One("input[name=version]").Attr("value"), "gained", "I know which customers come back.", "unexpected", "Everybody asks for the price first.",
		"next", "learning", "next_text", "Price objections", "do", "finish")
	l.says(l.page(onQuarter+"/close"), "I know which customers come back.", "See what comes next")
	objections = l.goal("Price objections").ID
	for _, path := range []string{"/", onResult, onLearning} {
		if key := l.new[l.today()]; key != "" {
			t.Errorf("on the day of a miss %s offers %s", path, key)
		}
		l.page(path)
	}

	// New learning, its trial of two weeks, kept.
	l.on(90)
	l.call("POST", "/goals/"+objections.String()+"/fuels", app.FuelsInput{Result: result, LagDays: 14}, nil)
	l.practised(objections, 10, "I go down with the price before anybody asked.")
	l.post("/goals/"+objections.String()+"/techniques", "name", "Say the price, then wait")
	price = l.technique("Say the price, then wait")
	onPrice := "/techniques/" + price.String()
	l.says(l.page("/"), "Say the price, then wait")
	for w := 13; w <= 15; w++ {
		week(w)
		if w > 13 {
			for range 2 {
				l.call("POST", onPrice+"/uses", app.UseInput{Helped: 1, Note: "They asked for two."}, nil)
			}
		}
	}
	p = l.page(onPrice) // the light trial has had its two weeks and asks what only she can say
	l.says(p, "4 times", "They asked for two.", "Two weeks are over", "Did it help?")
	p.Want("#f-helped option", 3)
	l.says(l.page("/"), "Two weeks of “Say the price, then wait” are over")
	l.post(onPrice+"/decide", "version", p.One("form[action$='/decide'] input[name=version]").Attr("value"), "helped", "1", "state", "kept", "verdict", "They fill the silence, not I.")
	p = l.page(onPrice)
	p.WantAttr("#f-verdict", "value", "They fill the silence, not I.")
	l.says(p, "used 4 times · Kept", "used 4 times, it helped, kept.")
	l.silent(p, "Did it help?")
	l.silent(l.page("/"), "wait” are over")
	l.says(l.page("/goals/"+objections.String()), "Used 4 times")

	// Level 2, noticed in real talks; what a difference is stands nowhere before there is enough.
	week(16)
	l.post(onLearning+"/levels", "level", "2", "how", "use")
	l.says(l.page(onLearning), "Uses two kinds in a calm talk")
	offered := 0
	for w := 17; w <= 30 && offered == 0; w++ {
		week(w)
		l.on(weekday(w+1, time.Monday))
		p = l.page(onResult)
		if p.Has("form[action='/concepts/difference/try']") {
			offered = w
		} else {
			l.silent(p, "since level", "What else changed")
			l.declines(p)
		}
	}
	if offered < 16+7 {
		t.Fatalf("the difference is offered in week %d, level 2 was noticed at the end of week 16", offered)
	}
	l.post("/concepts/difference/try", "back", onResult)

	// The question first, then the figure: what really changed is 4 a week, and the range holds it.
	p = l.page(onResult)
	l.says(p, "What else changed since 25 April?", "Say it before you see the figure")
	if regexp.MustCompile(`Between \S+ and \S+ since level`).MatchString(p.Text()) {
		t.Error("a figure stands before the question is answered")
	}
	for _, f := range p.All("form[action$='/changed']") {
		l.post(f.Attr("action"), "result", result.String(), "do", "nothing")
	}
	p = l.page(onResult)
	figure := regexp.MustCompile(`\+?([\d.]+)(?: \S+)? a week since level 2`).FindStringSubmatch(p.Text())
	bounds := regexp.MustCompile(`[Bb]etween (\S+) and ([\d.]+)`).FindStringSubmatch(p.One("[aria-labelledby=h-since]").Text())
	if figure == nil || bounds == nil {
		t.Fatalf("no difference since level 2 in %s", p.One("[aria-labelledby=h-since]").Text())
	}
	if lo, hi := atof(bounds[1]), atof(bounds[2]); lo > 4 || hi < 4 || lo <= 0 {
		t.Errorf("4 a week more came since level 2, and the page says %q", bounds[0])
	}
	l.says(p, "would look the same", "Only a start date drawn at random can tell skill from season.")

	// Reached, and who learned goes on.
	for w := offered + 1; w <= 39; w++ {
		week(w)
	}
	l.on(271)
	p = l.page(onResult + "/close")
	last := 0.0
	for w := 36; w <= 39; w++ {
		last += float64(sold[w]) / 4
	}
	if last < 10 {
		t.Fatalf("the script sells %.1f a week at the end", last)
	}
	l.says(p, "reached", "Discovery questions", "Level 2 was reached.")
	l.silent(p, "missed")
	l.post(onResult+"/close", "version", p.One("input[name=version]").Attr("value"), "gained", "I ask first.", "next", "let_go", "do", "finish")
	l.says(l.page(onResult+"/close"), "reached", "I ask first.")

	// The next level: the old one stays.
	p = l.page(onLearning)
	l.says(p, "Look again", "Uses two kinds in a calm talk")
	l.post(onLearning+"/look", "do", "next")
	p = l.page(onLearning)
	l.says(p, "Follows the answer instead of the list")
	if aim := l.aim(learning); aim != 3 {
		t.Errorf("the aim is level %d", aim)
	}

	// Day 365: what stays of a year.
	l.on(365)
	p = l.page(onLearning)
	uses := 39 - 2 // once a week from week 3 on
	l.says(p, fmt.Sprintf("Used %d times", uses), "If I wait three seconds, they tell me the real reason.")
	p = l.page("/")
	p.WantText("h1", "Back again.")
	l.says(l.page("/goals?show=ended"), "10 sales a week", "30 cargo bikes this quarter")
	took := time.Since(began)
	t.Logf("a year of %d days in %v; new things offered on %d days", 365, took.Round(time.Millisecond), len(l.new))
	if took > 20*time.Second {
		t.Errorf("the year takes %v", took)
	}
}

// aim is the level that a learning goal aims at.
func (l *life) aim(id tandem.GoalID) int {
	l.t.Helper()
	var g tandem.LearningGoal
	l.call("GET", "/goals/"+id.String(), nil, &g)
	return g.Aim
}
