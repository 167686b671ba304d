package lives

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"tandem/app"
	"tandem/tandemtest"
)

// TestTwoFriendsWhoAreEachOthersLifeline: she wants to run, he wants to speak Spanish, and each asks the other not to
// let it slide. He sees what she chose and nothing else, also when she goes quiet.
func TestTwoFriendsWhoAreEachOthersLifeline(t *testing.T) {
	b := tandemtest.Browser(t)
	h := openHouse(t, "2027-03-01") // a Monday
	nele := h.signUp(t, b, "Nele")
	nele.onAt(1, 9)

	// Day 1: her pair, and something that is nobody's business. No page speaks of friends yet.
	nele.writes("run 5 km in 30 minutes by 30 April")
	b.Click("#draft details.more > summary")
	b.Fill("#f-learning-title", "Run slowly enough to talk")
	nele.makes()
	result, running := nele.goal("Run 5 km").ID, nele.goal("Run slowly").ID
	onResult := "/goals/" + result.String()
	nele.call("POST", "/goals", app.GoalInput{Kind: "learning", Title: "Sleep before eleven"}, nil)
	for _, path := range []string{"/", "/goals", onResult, "/settings"} {
		if text := nele.page(path).One("body").Text(); strings.Contains(text, "Lifeline") || strings.Contains(text, "has your back") {
			t.Errorf("%s speaks of lifelines on day 1: %s", path, text)
		}
	}
	time5k := nele.metric(result)
	nele.on(1).value(time5k, 36)
	nele.on(2).practised(running, 30, "If I can talk, I can go on.")

	// Day 3: after the first lesson the question who could ask. She chooses what he sees and what he is told.
	nele.on(3)
	p := nele.sees("/")
	nele.says(p, "Who could ask you about")
	b.Click("form[action='/concepts/lifeline/try'] button")
	b.Fill("#f-who", "Jonas")
	b.Fill("#f-ask", "Ask me every week whether I ran. Do not let me say it rained.")
	b.Fill("#f-question", "What did you do this week?")
	for _, x := range b.Page().All("input[name=goals]") {
		b.Click("input[name=goals][value='" + x.Attr("value") + "']")
		if !strings.Contains(x.Attr("value"), running.String()) && !strings.Contains(x.Attr("value"), result.String()) {
			b.Click("input[name=goals][value='" + x.Attr("value") + "']") // not this one
		}
	}
	b.SetField("#f-quiet_days", "7")
	b.Fill("#f-quiet_words", "Come by with your shoes on.")
	b.Click("main .btn.pri")
	link := b.Page().One("#link").Text()

	// He reads her letter before he says yes, and sees nothing of hers in it.
	two := b.Beside()
	jonas := h.person(t, two, "Jonas")
	two.Open(h.url + link[strings.Index(link, "/join/"):])
	if text := two.Seen(); !strings.Contains(text, "Do not let me say it rained.") || strings.Contains(text, "5 km") || strings.Contains(text, "shoes") {
		t.Errorf("the letter says %s", text)
	}
	for field, value := range map[string]string{"#f-name": "Jonas", "#f-email": jonas.email, "#f-password": password, "#f-zone": zone} {
		two.Fill(field, value)
	}
	two.Click("main .btn.pri")
	in, err := h.SignIn(t.Context(), app.SignInInput{Email: jonas.email, Password: password, From: app.From{Agent: "test"}})
	if err != nil {
		t.Fatal(err)
	}
	jonas.keepDoors(in)
	two.Click("main ul[data-rows] a")
	onLifeline := strings.TrimPrefix(two.URL(), h.url)
	jonas.call("POST", "/goals", app.GoalInput{Kind: "learning", Title: "Spanish, ten minutes a day"}, nil)
	spanish := jonas.goal("Spanish").ID
	jonas.sees(onLifeline + "/mine")
	two.Fill("#f-ask", "Ask me what I said in Spanish.")
	two.Click("input[name=goals]")
	two.Click("main .btn.pri")
	jonas.says(jonas.looks(), "Do not let me say it rained.", "Run slowly enough to talk", "If I can talk, I can go on.")
	jonas.silent(jonas.looks(), "Sleep before eleven", "shoes on")

	// Day 5, the first miss: slower than at the start. Her page says the number, his says nothing of it.
	nele.on(5).value(time5k, 36.5)
	p = nele.sees(onResult)
	nele.says(p, "36.5")
	nele.silent(p, "missed", "moved away", "Steep", "in 10")
	jonas.practised(spanish, 10, "Slow is understood.")
	two.Reset()
	jonas.sees("/")
	two.Click("#life a[href$='/exchange']")
	two.Fill("#f-did", "Ordered two coffees.")
	two.Fill("#f-learned", "Slow is understood.")
	two.Fill("#f-need", "Somebody who asks me on Friday.")
	two.Click("main .btn.pri")
	if jonas.effort() > time.Minute {
		t.Errorf("the exchange takes %v", jonas.effort())
	}
	nele.says(nele.sees("/"), "Jonas wrote this week’s exchange", "Slow is understood.")
	b.Click("#life a[href*='say']")
	b.Click("label.act:has(input[value=encourage])")
	b.Fill("#f-text", "You ordered in Spanish on a busy morning.")
	b.Click("#say .btn.pri")
	jonas.says(jonas.sees("/"), "Nele encourages you", "You ordered in Spanish on a busy morning.")
	two.Click("#life form[action^='/notes/'] button[value=done]")

	// Nine days without an entry. He reads her words and her days, and no reason, no number, no reproach.
	for _, day := range []int{8, 11, 13} {
		jonas.on(day).practised(spanish, 10, "")
	}
	nele.on(14)
	p = jonas.sees("/")
	jonas.says(p, "Nele set these words for 7 days without an entry", "Come by with your shoes on.")
	jonas.silent(p, "missed", "36", "behind", "Sleep before eleven")
	jonas.keep("life-friends-silence", true)
	two.Click("#life a[href$='#say']")
	two.Click("label.act:has(input[value=honest])")
	two.Fill("#f-text", "I have not seen you run. Tomorrow at nine, slowly; I bring the coffee.")
	two.Click("#say .btn.pri")

	// She comes back to two words, and to his.
	nele.onAt(15, 8)
	p = nele.sees("/")
	p.WantText("h1", "Back again.")
	nele.silent(p, "days without", "missed", "New:")
	nele.says(p, "Tomorrow at nine, slowly; I bring the coffee.")

	// Day 15, the first success: they ran together.
	nele.on(15).value(time5k, 34.2).practised(running, 35, "With somebody I run as slowly as I should.")
	nele.says(nele.sees(onResult), "34.2")
	jonas.silent(jonas.sees("/"), "Come by with your shoes on.") // she is there again
	for _, x := range []struct {
		day int
		min float64
	}{{18, 33.9}, {21, 33.1}, {24, 32.8}, {27, 32.2}} {
		taught := ""
		if x.day == 27 {
			taught = "Four weeks ago I walked half of it."
		}
		nele.on(x.day).value(time5k, x.min).practised(running, 30, taught)
		jonas.practised(spanish, 10, "")
	}

	// Week four: what he sees of her four weeks is what she chose, to the last figure.
	nele.on(28)
	p = jonas.sees(onLifeline)
	jonas.says(p, "Run slowly enough to talk", "Four weeks ago I walked half of it.")
	jonas.silent(p, "Sleep before eleven")
	jonas.keep("life-friends-week-4", false)
	r, err := jonas.http.Get(h.url + onResult)
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	if r.StatusCode != http.StatusNotFound {
		t.Errorf("her result's page answers him %d", r.StatusCode)
	}
	p = nele.sees("/")
	nele.says(p, "32.2 yesterday")
	nele.silent(p, "Spanish, ten minutes") // his learning is no business of her Today
}
