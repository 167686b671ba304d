package web_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"tandem/tandemtest"
)

// effort is how long a practised person needs for what a test did in a browser, by the keystroke-level
// model of Card, Moran and Newell: 0.28 s a key, 1.1 s to point and 0.2 s to click, and 1.35 s to think
// before each field or button.
type effort struct{ fields, letters, clicks int }

func (e effort) time() time.Duration {
	ms := e.letters*280 + e.clicks*(1100+200+1350) + e.fields*(1100+200+1350)
	return time.Duration(ms) * time.Millisecond
}

func (e *effort) fill(b *tandemtest.Tab, selector, text string) {
	b.Fill(selector, text)
	e.fields++
	e.letters += utf8.RuneCountInString(text)
}

func (e *effort) click(b *tandemtest.Tab, selector string) {
	b.Click(selector)
	e.clicks++
	b.Settle()
}

// wantSays ends the test unless the page that is seen says each word and none that blames.
func wantSays(t *testing.T, b *tandemtest.Tab, words ...string) {
	t.Helper()
	text := b.Seen()
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Fatalf("%s does not say %q: %s", b.URL(), w, text)
		}
	}
	for _, w := range []string{"failed", "Failed", "failure"} {
		if strings.Contains(text, w) {
			t.Errorf("%s says %q: %s", b.URL(), w, text)
		}
	}
}

// TestAPairThatLives walks a person's weeks in a browser: on the first day a pair, values and a lesson; from
// the second a technique that is used on the same tap as a value; one result that ends very close, with 17
// of 20, and one that is missed by 40 %, each closed in under two minutes with what was gained.
func TestAPairThatLives(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	b := tandemtest.Browser(t)
	home := s.live(t, b)

	b.Open(home + "/goals/new")
	b.Click("summary")
	b.Fill("#f-learning-title", "Ask before I show")
	b.Fill("#f-result-title", "20 sales by December")
	b.Fill("#f-result-target", "20")
	b.SetField("#f-result-deadline", s.today().AddMonths(1).String())
	b.Click(`button[value=pair]`)
	b.Settle()
	result := b.URL()
	b.Open(home + "/")
	b.Click(`ul.do button[name=value][value="1"]`)
	b.Settle()
	b.Click(`ul.do button[name=value][value="1"]`)
	b.Settle()
	wantSays(t, b, "2 of 20")
	b.Open(home + "/goals")
	learning := ""
	for _, a := range b.Page().All("ul[data-rows] a") {
		if to := home + a.Attr("href"); to != result {
			learning = to
		}
	}
	b.Open(learning)
	b.Fill("#f-reflection", "They told me about the school run.")
	b.Click("form[action$='/practice'] button.btn:not([type=hidden])")
	b.Settle()
	wantSays(t, b, "They told me about the school run.")

	s.Clock.AdvanceDays(1)
	b.Open(learning)
	wantSays(t, b, "“They told me about the school run.” can be used again.")
	b.Click("form[action='/concepts/technique/try'] button")
	b.Settle()
	b.Fill("#f-technique", "Ask about the week")
	b.Click("#technique button")
	b.Settle()
	technique := ""
	for range 3 { // by hand, the technique on the same tap as the value
		b.Open(result + "/log")
		technique = b.Page().One("input[name=technique]").Attr("value")
		b.Click("input[name=technique]")
		b.Fill("#f-value", "1")
		b.Click("button.pri")
		b.Settle()
		s.Clock.AdvanceDays(1)
	}
	for i := range 12 {
		r.post(strings.TrimPrefix(result, home)+"/log", "value", "1", "technique", technique, "key", fmt.Sprint("day-", i)).want(t, http.StatusSeeOther)
		s.Clock.AdvanceDays(1)
	}
	b.Open(learning)
	wantSays(t, b, "Used 15 times")
	s.Clock.AdvanceDays(17)
	b.Open(home + "/")
	wantSays(t, b, "Back again.")

	// Very close. What is written is kept as it is written: a closed lid loses nothing.
	b.Open(result + "/close")
	wantSays(t, b, "Very close", "17", "lesson", "Ask before I show")
	var e effort
	for field, text := range map[string]string{"#f-unexpected": "Two came back with a friend.", "#f-gained": "I ask about the week first, and they tell me which one they need."} {
		e.fill(b, field, text)
		b.Press(tandemtest.Tabkey)
		for wait := time.Now(); !strings.Contains(r.get(strings.TrimPrefix(result, home)+"/close").Text, text); time.Sleep(50 * time.Millisecond) {
			if time.Since(wait) > 20*time.Second {
				t.Fatalf("what was written in %s is not saved: the page says %q", field, b.Page().One("#saved").Text())
			}
		}
	}
	if saved := b.Page().One("#saved").Text(); !strings.Contains(saved, "Saved") {
		t.Errorf("after saving the page says %q", saved)
	}
	b.Open(home + "/")
	b.Open(result + "/close")
	for field, want := range map[string]string{"#f-gained": "they tell me which one", "#f-unexpected": "Two came back"} {
		if got := b.Page().One(field).Text(); !strings.Contains(got, want) {
			t.Errorf("after coming back %s holds %q", field, got)
		}
	}
	e.click(b, "label.nx:has(input[value=same])")
	e.click(b, "button[value=finish]")
	wantSays(t, b, "Very close", "17", "Two came back with a friend.")
	if e.time() >= 2*time.Minute {
		t.Errorf("closing takes %v", e.time())
	}
	t.Logf("very close: closed in %v", e.time())

	// Missed by 40 %.
	b.Open(home + "/goals/new?kind=result")
	b.Fill("#f-result-title", "10 reviews")
	b.Fill("#f-result-target", "10")
	b.SetField("#f-result-deadline", s.today().AddMonths(1).String())
	b.Click(`button[value=result]`)
	b.Settle()
	missed := b.URL()
	b.Open(missed + "/log")
	b.Fill("#f-value", "6")
	b.Click("button.pri")
	b.Settle()
	s.Clock.AdvanceDays(20)
	b.Open(home + "/")
	s.Clock.AdvanceDays(20)
	b.Open(missed + "/close")
	wantSays(t, b, "missed", "6")
	e = effort{}
	e.fill(b, "#f-gained", "I know whom to ask.")
	e.fill(b, "#f-hands_out", "The shop was closed for two weeks.")
	e.click(b, "label.nx:has(input[value=learning])")
	e.fill(b, "#f-next_text", "Ask for a review in one sentence")
	e.click(b, "button[value=finish]")
	wantSays(t, b, "I know whom to ask.", "The shop was closed for two weeks.")
	if n := strings.Count(b.Seen(), "The shop was closed for two weeks."); n != 1 {
		t.Errorf("what was not in her hands stands %d times", n)
	}
	if e.time() >= 2*time.Minute {
		t.Errorf("closing takes %v", e.time())
	}
	t.Logf("missed: closed in %v", e.time())
	b.Open(home + "/goals")
	wantSays(t, b, "Ask for a review in one sentence")
	if b.Status() != http.StatusOK {
		t.Error(b.Status())
	}
}

// A closing that is being saved by itself when its owner presses the button is closed all the same: the two
// do not stand in each other's way.
func TestAClosingIsFinishedWhileItIsBeingSaved(t *testing.T) {
	s := newSite(t)
	result := s.setUp().pair(t)
	s.Clock.AdvanceDays(45)
	fast := s.handler
	s.handler = http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if !q.URL.Query().Has("save") {
			fast.ServeHTTP(w, q)
			return
		}
		saved := httptest.NewRecorder()
		fast.ServeHTTP(saved, q)
		time.Sleep(1500 * time.Millisecond) // it is done, and the answer takes its time
		maps.Copy(w.Header(), saved.Header())
		w.WriteHeader(saved.Code)
		w.Write(saved.Body.Bytes())
	})
	b := tandemtest.Browser(t)
	home := s.live(t, b)
	b.Open(home + result + "/close")
	b.Fill("#f-gained", "I know whom to ask.")
	// The steps of the browser wait until nothing is under way, so this press is left to a clock in the page.
	if pressed := tandemtest.Eval[bool](b, `new Promise(done => {
		document.querySelector("#f-gained").blur();
		setTimeout(() => { const saving = document.querySelector("#closing.htmx-request"); document.querySelector("button[value=finish]").click(); done(!!saving); }, 1100);
	})`); !pressed {
		t.Error("nothing was being saved when the button was pressed")
	}
	time.Sleep(2 * time.Second) // the saving ends, and the form goes
	b.Settle()
	wantSays(t, b, "Closed on", "“I know whom to ask.”")
}
