package web_test

import (
	"testing"
	"tandem/tandemtest"
)

func TestScratchLook(t *testing.T) {
	s := newSite(t)
	s.setUp()
	for i, o := range [][]tandemtest.BrowserOption{nil, {tandemtest.Phone()}, {tandemtest.Dark()}} {
		b := tandemtest.Browser(t, o...)
		home := s.live(t, b)
		for j, line := range []string{"", "Get better at discovery questions so that we reach 16 sales a week by New Year", "earn $100,000 this year", "Lose 10 pounds", "Run 5 km in under 28 minutes by the end of June", "improve delivery times", "learn python 20 min on weekdays"} {
			b.Open(home + "/goals/new")
			if line != "" {
				b.Click("#f-line")
				b.Type(line)
				tandemtest.Eval[bool](b, "new Promise(r=>setTimeout(()=>r(true),700))")
				b.Settle()
			}
			b.Screenshot("/work/shots/new"+string(rune(48+i))+string(rune(97+j))+".png")
		}
	}
}
