package lives

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"tandem/tandemtest"
)

// TestAFreelancerWhoWantsToEarnAHundredThousand: four weeks of somebody who knows neither who will call nor what
// a price is. The first offer is declined, then nothing for six days, then the first one that is not.
func TestAFreelancerWhoWantsToEarnAHundredThousand(t *testing.T) {
	b := tandemtest.Browser(t)
	l := openHouse(t, "2027-01-04").signUp(t, b, "Sofia") // a Monday
	l.onAt(1, 9)

	// Day 1: one line, one answer, one tap.
	b.Reset()
	l.writes("earn $100,000 this year")
	b.Fill("#f-result-from", "0")
	b.Press(tandemtest.Tabkey)
	b.Settle()
	l.makes()
	if b.Clicks() > 4 {
		t.Errorf("the first pair takes %d clicks", b.Clicks())
	}
	result, learning := l.goal("Earn").ID, l.goal("Learn to make offers").ID
	onResult, onLearning := "/goals/"+result.String(), "/goals/"+learning.String()
	pace := fmt.Sprintf("%.0f", 100_000/362.*7) // 4 January to 31 December, both included
	p := l.sees(onResult)
	l.says(p, "This is the road to $100,000 by 31 December.", "$0 of $100,000", "361 days left", "+$"+pace[:1]+","+pace[1:]+" per week")
	l.silent(p, "in 10", "likely", "Steep", "%")
	p = l.sees("/")
	l.says(p, "2 small things.", "Earn $100,000", "$0 of $100,000 so far", "Your road")
	l.silent(p, "+1 →") // money does not come by the dollar
	l.concepts("/", "/goals", onResult, onResult+"/log", onLearning, "/goals/new")
	if l.new[l.today()] != "" {
		t.Errorf("the first hour offers %s", l.new[l.today()])
	}
	l.sees("/")
	b.Click("ul.do button[name=minutes][value='10']")
	l.keep("life-freelancer-day-1", true)

	// Day 2: what it taught, on the page that asks.
	l.on(2).sees("/")
	b.Fill("#f-lesson", "Whoever names the price first talks less about it.")
	b.Click("form[action$='/lessons'] button")

	// Day 5, the first miss: an offer of $3,000 is declined. Zero came in, and no page makes more of it.
	l.on(5).logs("earnings 0 offer declined")
	p = l.page("/")
	l.says(p, "$0 of $100,000 so far")
	p = l.page(onResult)
	l.says(p, "$0 so far. 1 value says nothing about 31 December yet. 2 more, and you read a first word here.", "offer declined")
	l.silent(p, "in 10", "%", "Steep", "Difference")

	// Six days of nothing: Back again, one small thing, and nothing else.
	l.on(12)
	p = l.sees("/")
	p.WantText("h1", "Back again.")
	p.Want("ul.do > li", 1)
	l.silent(p, "days", "missed", "New:", "Steep", "Results", "Coming up")
	p = l.sees(onLearning)
	l.says(p, "“Whoever names the price first talks less about it.” can be used again.")
	b.Click("form[action='/concepts/technique/try'] button")
	b.Fill("#f-technique", "Name the price, then wait")
	b.Click("#technique button")
	technique := l.technique("Name the price, then wait")
	l.sees("/")
	b.Click("ul.do button[name=minutes][value='5']") // the one small thing
	l.says(l.page("/"), "Learned, not yet used", "Name the price, then wait")

	// Day 15, the first success: $1,800, with the technique, in one go on Today.
	l.on(15).sees("/")
	b.Reset()
	b.Click("ul.do input[name=technique]")
	b.Fill("ul.do input[name=value]", "1800")
	b.Click("ul.do form button:not([name])")
	if b.Clicks() > 3 {
		t.Errorf("a payment with what was learned takes %d clicks", b.Clicks())
	}
	l.says(l.looks(), "$1,800 of $100,000 so far", "Earnings: +$1,800, with what you learned", "used 1 time this month")
	l.silent(l.looks(), "Learned, not yet used")
	p = l.sees(onResult)
	l.says(p, "$1,800 so far. 2 values say nothing about 31 December yet. 1 more, and you read a first word here.", "first use, 18 Jan", "Name the price, then wait")
	l.silent(p, "Difference", "since level")

	money := l.metric(result)
	l.on(17).value(money, 2400)
	l.on(19).value(money, 950, technique)
	l.on(22).practised(learning, 20, "A silence is not a no.").value(money, 3200, technique)
	l.on(26).value(money, 1750)

	// Week four: $10,100, a little ahead of an even pace, and the one chance in words and figures everywhere.
	l.on(28)
	total := 1800 + 2400 + 950 + 3200 + 1750.
	chance := l.chance(result)
	p = l.sees("/")
	l.says(p, "$10,100 of $100,000 so far", "used 3 times this month")
	l.says(p, fmt.Sprintf("%.0f %%", math.Round(chance*100)))
	p = l.sees(onResult)
	l.says(p, fmt.Sprintf("$%d,%03d", int(total)/1000, int(total)%1000), fmt.Sprintf("bout %.0f in 10 to reach $100,000 by 31 December.", math.Round(chance*10)), "used 3 times so far")
	need := (100_000 - total) / 335 * 7 // 335 days from 31 January, today included
	if text := p.One(".nums").Text(); !strings.Contains(text, "+$"+fmt.Sprintf("%d,%03d", int(math.Round(need))/1000, int(math.Round(need))%1000)) {
		t.Errorf("%.0f a week are needed, and the page says %s", need, text)
	}
	l.silent(p, "Difference since") // five values before and after a level tell nothing
	l.keep("life-freelancer-week-4", false)
}
