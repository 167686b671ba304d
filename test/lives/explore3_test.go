package lives

import (
	"strings"
	"testing"

	"tandem/tandemtest"
)

func TestExploreRep(t *testing.T) {
	b := tandemtest.Browser(t)
	h := openHouse(t, "2027-02-01")
	l := h.signUp(t, b, "Theo")
	l.onAt(1, 9)
	l.writes("20 sales this month")
	b.Click("button[name=kind][value=pair]")
	learn := l.goal("Learn to ask").ID
	res := l.goal("20 sales").ID
	l.on(1)
	l.practised(learn, 15, "Three of five talks end at my first price.")
	l.on(2)
	l.sees("/goals/" + learn.String())
	l.dump("rep-2-learning")
	b.Click("form[action='/concepts/technique/try'] button")
	b.Settle()
	b.Fill("#f-technique", "Ask about their week first")
	b.Click("#technique button")
	b.Settle()
	l.on(3).logs("sales 1")
	l.on(4).practised(learn, 10, "")
	l.on(5).logs("sales 1")
	l.onAt(8, 8)
	l.sees("/")
	l.dump("rep-8-today")
	l.sees("/goals/" + res.String())
	l.dump("rep-8-result")
	l.on(9)
	l.sees("/")
	b.Click("ul.do input[name=technique]")
	b.Click("ul.do button[name=value][value='1']")
	l.dump("rep-9-today-logged")
	l.on(10).logs("sales 2")
	l.on(12)
	l.sees("/")
	l.dump("rep-12-today")
	l.sees("/review")
	l.dump("rep-12-review")
	for range 8 {
		if strings.Contains(b.Seen(), "Done: ") {
			break
		}
		b.Click(".rev .open .pri")
	}
	l.dump("rep-12-reviewed")
	for _, d := range []int{15, 16, 18, 19, 22, 23, 24, 25, 26} {
		l.on(d).logs("sales 1")
	}
	l.on(27).logs("sales 3")
	l.on(28)
	l.sees("/")
	l.dump("rep-28-today")
	l.sees("/goals/" + res.String())
	l.dump("rep-28-result")
	l.onAt(29, 9)
	l.sees("/")
	l.dump("rep-29-today")
	l.sees("/goals/" + res.String() + "/close")
	l.dump("rep-29-close")
}

func TestExplorePounds(t *testing.T) {
	b := tandemtest.Browser(t)
	h := openHouse(t, "2027-01-04")
	l := h.signUp(t, b, "Ellen")
	l.onAt(1, 9)
	l.writes("lose 10 pounds")
	b.Fill("#f-result-from", "192")
	b.Press(tandemtest.Tabkey)
	b.Settle()
	l.dump("pounds-1-draft")
	b.Click("button[name=kind][value=pair]")
	l.dump("pounds-1-result")
	l.sees("/")
	l.dump("pounds-1-today")
	learn := l.goal("Find out what").ID
	res := l.goal("Lose 10").ID
	l.sees("/goals/" + learn.String())
	l.dump("pounds-1-learning")
	l.on(1).logs("lose 192.2")
	l.on(2).practised(learn, 10, "")
	l.on(3).practised(learn, 10, "Soup at noon, and the evening is easy.")
	l.logs("lose 191.4")
	l.on(4)
	l.sees("/")
	l.dump("pounds-4-today")
	l.on(5).logs("lose 190.8")
	l.on(8).logs("lose 192.6")
	l.sees("/")
	l.dump("pounds-8-today")
	l.sees("/goals/" + res.String())
	l.dump("pounds-8-result")
	for i, v := range []string{"191.6", "191", "190.2", "189.6", "189.9", "189", "188.4"} {
		l.on(10 + 2*i).logs("lose " + v)
	}
	l.on(28)
	l.sees("/")
	l.dump("pounds-28-today")
	l.sees("/goals/" + res.String())
	l.dump("pounds-28-result")
}
