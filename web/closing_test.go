package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"tandem"
	"tandem/tandemtest"
)

// TestEachEndingIsWalkedInBothLanguages closes a result in each of the seven ways and reads its last page.
func TestEachEndingIsWalkedInBothLanguages(t *testing.T) {
	for _, x := range []struct {
		sold    int
		early   bool
		outcome tandem.Outcome
		en, de  string
	}{
		{24, false, tandem.Exceeded, "24, beyond 20.", "24, mehr als 20."},
		{20, false, tandem.Reached, "20: reached.", "20: erreicht."},
		{17, false, tandem.VeryClose, "Very close: 3 from 20.", "Sehr nah: 3 bis 20."},
		{12, false, tandem.MovedALot, "12 of 20: missed, and a lot was moved.", "12 von 20: nicht erreicht, und viel wurde bewegt."},
		{5, false, tandem.Started, "5 of 20: missed, and something was started.", "5 von 20: nicht erreicht, und etwas hat angefangen."},
		{-2, false, tandem.MovedAway, "−2, and 20 was missed. What changed?", "−2, und 20 wurde nicht erreicht. Was hat sich geändert?"},
		{8, true, tandem.LetGo, "8 so far. It ends before its day.", "Bisher 8. Es endet vor seinem Tag."},
	} {
		for lang, lead := range map[string]string{"en": x.en, "de": x.de} {
			t.Run(string(x.outcome)+" "+lang, func(t *testing.T) {
				s := newSite(t)
				r := s.setUp()
				url := r.pair(t)
				if lang == "de" {
					(&missing{reader: r, t: t}).speaks("de")
				}
				r.post(url+"/factors", "hands", "no", "text", "The weather").to(t, url)
				r.post(url+"/log", "value", fmt.Sprint(x.sold), "key", "k").to(t, url)
				if !x.early {
					r.after(t, 45)
				}
				p := r.get(url+"/close").want(t, http.StatusOK)
				missed := x.outcome.Missed()
				cards := 4
				if missed {
					cards = 6
				}
				p.Want(".nexts input[name=next]", cards)
				if missed || x.early {
					p.Want(".nexts input[value=let_go]", 1)
				}
				p.Want("input[name=gains]", 6)
				r.post(url+"/close", "version", "0", "do", "finish", "next", "same", "gains", "what_works", "gained", "I ask first.", "unexpected", "A friend came.").to(t, url+"/close")
				p = r.get(url+"/close").want(t, http.StatusOK)
				if text := p.One(".lead").Text(); text != lead {
					t.Errorf("the page says %q, want %q", text, lead)
				}
				for _, want := range []string{"“I ask first.”", "The weather", "“A friend came.”", map[string]string{"en": "a way that works", "de": "ein Weg, der geht"}[lang]} {
					if !strings.Contains(p.Page.Text(), want) {
						t.Errorf("the page lacks %q", want)
					}
				}
				next := p.One(".close .btn.pri").Attr("href")
				if n := r.get(next).want(t, http.StatusOK); !strings.Contains(n.Page.Text(), "The weather") {
					t.Error("what was named is not named again with the next one")
				}
			})
		}
	}
}

// TestAMissIsClosedWithinTwoMinutes closes a missed result in a browser: a tap on what was gained, one on what comes
// next, one on the end. Time by the keystroke-level model: 1.35 s to think and 1.1 s to point for each click, 0.2 s
// for it, 0.28 s for each key.
func TestAMissIsClosedWithinTwoMinutes(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	url := r.pair(t)
	for i := range 6 {
		s.Clock.Advance(24 * time.Hour)
		r.post(url+"/log", "value", "1", "key", fmt.Sprint(i)).to(t, url)
	}
	r.after(t, 40)
	b := tandemtest.Browser(t)
	home := s.live(t, b)
	b.Open(home + url + "/close")
	b.Reset()
	b.Click("input[name=gains][value=what_does_not]")
	b.Fill("#f-unexpected", "People who got none asked to be called back.")
	b.Click("input[name=next][value=reset]")
	b.Fill("#f-next_target", "12")
	b.Click("button[value=finish]")
	b.Settle()
	wantSays(t, b, "missed", "a way that does not", "People who got none asked to be called back.")
	keys := b.Keys() + len("12People who got none asked to be called back.")
	took := time.Duration(b.Clicks())*2650*time.Millisecond + time.Duration(keys)*280*time.Millisecond
	t.Logf("%d clicks, %d keys, %v", b.Clicks(), keys, took)
	if took > 2*time.Minute {
		t.Errorf("it took %v", took)
	}
}
