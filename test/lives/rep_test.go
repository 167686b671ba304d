package lives

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tandem/tandemtest"
)

// TestANewRepWithTwentySalesThisMonth: a first month in sales. Two sales in the first week, where an even pace asks
// five; then one way of asking; seventeen on the last day.
func TestANewRepWithTwentySalesThisMonth(t *testing.T) {
	b := tandemtest.Browser(t)
	l := openHouse(t, "2027-02-01").signUp(t, b, "Theo") // a Monday, and a month of four weeks
	l.onAt(1, 9)

	// Day 1.
	l.writes("20 sales this month")
	l.makes()
	result, learning := l.goal("20 sales").ID, l.goal("Learn to ask better").ID
	onResult, onLearning := "/goals/"+result.String(), "/goals/"+learning.String()
	p := l.looks()
	l.says(p, "This is the road to 20 by 28 February.", "0 of 20", "+5 per week") // 20 in 28 days
	l.silent(p, "in 10", "Steep", "%")
	l.concepts("/", "/goals", onResult, onResult+"/log", onLearning, "/goals/new")
	l.says(l.page("/"), "0 of 20 this month")
	l.on(1).practised(learning, 15, "Three of five talks end at my first price.")

	// Day 2: the lesson becomes something to try.
	l.on(2).sees(onLearning)
	b.Click("form[action='/concepts/technique/try'] button")
	b.Fill("#f-technique", "Ask about their week first")
	b.Click("#technique button")
	technique := l.technique("Ask about their week first")
	l.on(3).logs("sales 1")
	l.on(4).practised(learning, 10, "")
	l.on(5).logs("sales 1")

	// Day 8, the first miss: two instead of five. What is needed now, what lies unused, and no verdict.
	l.onAt(8, 8)
	p = l.sees("/")
	l.says(p, "2 of 20 this month", "Learned, not yet used", "Ask about their week first")
	l.silent(p, "missed", "behind", "Steep", "in 10", "%")
	p = l.sees(onResult)
	l.says(p, "2 so far. 2 values say nothing about 28 February yet.", "+6 per week", "20 days left", "first try, 8 Feb", "not used yet") // 18 in 21 days
	l.silent(p, "0 times", "New ways tried", "first try, 4 Feb")
	l.keep("life-rep-first-miss", false)

	// Day 9, the first success: a sale with the question, on one tap.
	l.on(9).sees("/")
	b.Click("ul.do input[name=technique]")
	b.Click("ul.do button[name=value][value='1']")
	p = l.looks()
	l.says(p, "3 of 20 this month", "Sales: +1, with what you learned")
	l.silent(p, "Learned, not yet used")
	sales := l.metric(result)
	l.on(10).value(sales, 2, technique)

	// The second Friday: the first review, in a browser, with the lesson of the week.
	l.on(12)
	l.says(l.sees("/"), "Five short questions")
	b.Click("form[action='/concepts/review/try'] button")
	b.Reset()
	for range 8 {
		p = l.looks()
		if strings.Contains(p.Text(), "Done: ") {
			break
		}
		if p.Has("#f-lesson") {
			b.Fill("#f-lesson", "Who tells me about their week tells me what they need.")
		}
		b.Click(".rev .open .pri")
	}
	l.says(l.looks(), "Done: 2 goals looked at.", "Who tells me about their week tells me what they need.")
	if b.Clicks() > 12 || l.effort() > 3*time.Minute {
		t.Errorf("the review takes %d clicks and %v", b.Clicks(), l.effort())
	}
	for i, day := range []int{15, 16, 18, 19, 22, 23, 24, 25, 26} {
		l.on(day)
		if i%2 == 0 {
			l.value(sales, 1, technique)
		} else {
			l.value(sales, 1)
		}
	}
	l.on(27).value(sales, 3, technique)

	// Week four, the last day: 17. There is nothing steep about a day that is nearly over.
	l.on(28)
	p = l.sees("/")
	l.says(p, "17 of 20 this month")
	l.silent(p, "Steep", "in 10")
	p = l.sees(onResult)
	l.says(p, "17 of 20, and today is the day.")
	l.silent(p, "Steep", "weeks away", "missed")

	// The morning after: what stays comes first, and the number is very close.
	l.onAt(29, 9)
	l.says(l.sees("/"), "28 February was the day. Two minutes to keep what was gained.")
	b.Click("ul.do a[href$='/close']")
	p = l.looks()
	uses := 1 + 1 + 5 + 1 // the first sale, the two of one day, five of nine single ones, the last three
	p.WantText("h1", "17, and you practised: Learn to ask better discovery questions.")
	l.says(p, "Very close: 3 from 20.", fmt.Sprintf("Used what was learned %d times", uses), "2 days practised", "25 min", "Who tells me about their week tells me what they need.")
	l.silent(p, "missed")
	l.keep("life-rep-closing", true)
	b.Reset()
	b.Fill("#f-gained", "I ask before I show, and I know now why it works.")
	b.Fill("#f-hands_out", "The shop was closed for three days.")
	b.Click("label.nx:has(input[value=same])")
	b.Click("button[value=finish]")
	if l.effort() >= 2*time.Minute {
		t.Errorf("closing takes %v", l.effort())
	}
	l.says(l.looks(), "Very close: 3 from 20.", "I ask before I show, and I know now why it works.")
	p = l.sees("/")
	l.says(p, "20 sales", "0 of 20 this month")
	l.silent(p, "17")
	l.says(l.page(onLearning), fmt.Sprintf("Used %d times", uses)) // the learning goes on
}
