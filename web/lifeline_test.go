package web_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tandem"
	"tandem/app"
	"tandem/tandemtest"
)

// A twosome is Mira with a pair and some days on it, and Tomas with a learning goal, in one lifeline; both show
// their goals.
type twosome struct {
	*site
	mira, tomas   *reader
	in, other     app.Principal
	id            tandem.LifelineID
	result, asks  string // addresses of Mira's goals
	learning, his tandem.GoalID
}

func wants[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func goalOf(t *testing.T, url string) tandem.GoalID {
	t.Helper()
	return wants[tandem.GoalID](t)(tandem.ParseID[tandem.GoalID](strings.TrimPrefix(url, "/goals/")))
}

func newTwosome(t *testing.T) *twosome {
	t.Helper()
	s := newSite(t)
	x := &twosome{site: s, mira: s.setUp()}
	ctx := t.Context()
	x.result = x.mira.pair(t)
	x.asks = x.mira.learnt(t, x.result)
	x.in = x.mira.signedIn(t, x.mira)
	signed := s.Person(t, "Tomas")
	x.tomas = s.as(signed)
	x.other = x.tomas.signedIn(t, x.tomas)
	x.learning = goalOf(t, x.asks)
	made := wants[tandem.AnyGoal](t)(s.CreateGoal(ctx, x.other.Actor, signed.Person.Personal, app.GoalInput{Kind: tandem.KindLearning, Title: "Spanish, ten minutes a day", Levels: []string{"orders a meal", "tells a story", "jokes"}}))
	x.his = made.GoalHead().ID
	question, ask := "What did you try this week?", "Ask me about the pause every week. Don’t let me say I was busy."
	l := wants[tandem.Lifeline](t)(s.CreateLifeline(ctx, x.in.Actor, app.SideInput{Question: &question, Ask: &ask, Goals: &[]app.SharedGoalID{{Goal: x.learning}, {Goal: goalOf(t, x.result)}}}))
	x.id = l.ID
	m := wants[app.LifelineInviteMade](t)(s.InviteToLifeline(ctx, x.in.Actor, l.ID, app.LifelineInviteInput{Who: "Tomas"}))
	if _, _, err := s.AcceptLifeline(ctx, x.other.Actor, m.Secret); err != nil {
		t.Fatal(err)
	}
	ask = "Ask me what I said in Spanish."
	if err := s.ChangeLifeline(ctx, x.other.Actor, l.ID, app.SideInput{Version: l.Version, Ask: &ask, Goals: &[]app.SharedGoalID{{Goal: x.his}}}); err != nil {
		t.Fatal(err)
	}
	ws := signed.Person.Personal
	wants[tandem.Practice](t)(s.LogPractice(ctx, x.other.Actor, ws, x.his, app.PracticeInput{Minutes: 10}))
	wants[tandem.Lesson](t)(s.AddLesson(ctx, x.other.Actor, ws, x.his, app.LessonInput{Text: "Slow is understood."}))
	return x
}

func (x *twosome) page() string { return "/lifelines/" + x.id.String() }

// TestALifelineFromTheFirstAskToTheEnd goes through the pages: an invitation by link that works once, what is
// shown chosen, an exchange, an answer, a call for help, words for a goal, and the end.
func TestALifelineFromTheFirstAskToTheEnd(t *testing.T) {
	s := newSite(t)
	mira := s.setUp()
	url := mira.pair(t)
	asks := mira.learnt(t, url)
	in := mira.signedIn(t, mira)
	share := in.Person.Personal.String() + "." + goalOf(t, asks).String()
	p := mira.get("/lifelines/new").want(t, http.StatusOK)
	p.WantText("h1", "Ask someone to have your back")
	p.Want("input[name=goals]", 2)
	p.Want("input[name=goals][checked]", 0) // nothing is shown that was not chosen
	p.Want("section[aria-labelledby=h-letter] .letter", 2)
	bad := mira.post("/lifelines/new", "ask", "Ask me about the pause.", "question", "", "quiet_days", "14", "quiet_words", "", "parts", "uses").want(t, http.StatusUnprocessableEntity)
	bad.Want("#errors li", 2)
	bad.Want("#errors li a[href='#f-question']", 1)
	if text := bad.One("#f-ask").Text(); text != "Ask me about the pause." {
		t.Errorf("what was typed is %q", text)
	}
	made := mira.post("/lifelines/new", "who", "Tomas", "ask", "Ask me about the pause.", "question", "What did you try?", "quiet_days", "14", "quiet_words", "Call me.",
		"parts", "uses", "parts", "practice", "parts", "lessons", "parts", "result", "goals", share).want(t, http.StatusOK)
	link := made.One("#link").Text()
	join := link[strings.Index(link, "/join/lifeline/"):]
	tomas := s.stranger()
	door := tomas.get(join).want(t, http.StatusOK)
	text := door.One("main").Text()
	for _, w := range []string{"Mira asks you to have their back", "“Ask me about the pause.”", "What did you try?"} {
		if !strings.Contains(text, w) {
			t.Errorf("the letter does not say %q: %s", w, text)
		}
	}
	for _, w := range []string{"Ask before I show", "20 sales", "Call me."} {
		if strings.Contains(text, w) {
			t.Errorf("the letter shows %q before anybody said yes", w)
		}
	}
	tomas.post(join, "name", "Tomas", "email", "tomas@example.org", "password", password, "zone", "Europe/Berlin").to(t, "/lifelines")
	s.stranger().get(join).want(t, http.StatusUnprocessableEntity) // it works once
	page := tomas.get("/lifelines").want(t, http.StatusOK).One("main ul[data-rows] a").Attr("href")
	// Who shows no goal sees none.
	if text := tomas.get(page).want(t, http.StatusOK).One("main").Text(); strings.Contains(text, "Ask before I show") || strings.Contains(text, "Call me.") {
		t.Errorf("Tomas sees without showing: %s", text)
	}
	spanish := tomas.learning(t, "Spanish")
	who := tomas.signedIn(t, tomas)
	tomas.post(page+"/mine", "version", tomas.get(page+"/mine").One("main input[name=version]").Attr("value"), "question", "What did you try?", "ask", "", "quiet_days", "0", "quiet_words", "", "parts", "practice", "parts", "lessons", "goals", who.Person.Personal.String()+"."+goalOf(t, spanish).String()).to(t, page)
	text = tomas.get(page).want(t, http.StatusOK).One("main").Text()
	if !strings.Contains(text, "Ask before I show") || strings.Contains(text, "20 sales") || strings.Contains(text, "Call me.") {
		t.Errorf("Tomas sees %s", text)
	}
	mira.post(page+"/exchange", "did", "", "learned", "", "need", "").want(t, http.StatusUnprocessableEntity)
	mira.post(page+"/exchange", "did", "Paused in two calls.", "need", "A mock call").to(t, page)
	if text := tomas.get("/").want(t, http.StatusOK).One("#life").Text(); !strings.Contains(text, "Mira wrote this week’s exchange") || !strings.Contains(text, "Paused in two calls.") {
		t.Errorf("Tomas's Today says %s", text)
	}
	note := tomas.get("/").One("#life a[href*=about]").Attr("href")
	answer := tomas.get(strings.TrimSuffix(note, "#say")).want(t, http.StatusOK)
	about, to := answer.One("#say input[name=about]").Attr("value"), answer.One("#say input[name=to]").Attr("value")
	tomas.post(page+"/say", "about", about, "to", to, "kind", "encourage", "text", "").want(t, http.StatusUnprocessableEntity)
	tomas.post(page+"/say", "about", about, "to", to, "kind", "encourage", "text", "You stayed with it.").to(t, page)
	if toast := tomas.get(page).One(".toast").Text(); !strings.Contains(toast, "Being honest is the other half.") {
		t.Errorf("the toast says %q", toast)
	}
	if text := mira.get("/").One("#life").Text(); !strings.Contains(text, "You stayed with it.") || !strings.Contains(text, "Tomas encourages you") {
		t.Errorf("Mira's Today says %s", text)
	}
	tomas.post(page+"/rescue", "help", "the first sentence").to(t, page)
	if text := mira.get("/").One("#life").Text(); !strings.Contains(text, "Tomas asks for help") {
		t.Errorf("Mira's Today says %s", text)
	}
	word := page + "/word/" + goalOf(t, asks).String()
	tomas.post(word, "text", "Ask before I show anything", "why", "You show too early.").to(t, word)
	own := mira.get(word).want(t, http.StatusOK)
	own.WantText("ins", "anything")
	take := own.One("form[action^='/notes/']").Attr("action")
	tomas.post(take, "to", "taken").want(t, http.StatusNotFound)
	mira.post(take, "to", "taken", "back", word).to(t, word)
	mira.get(asks).WantText("h1", "Ask before I show anything")
	mira.post(page+"/end").to(t, "/lifelines")
	mira.get(page).want(t, http.StatusNotFound)
	if text := tomas.get(page).want(t, http.StatusOK).One("main").Text(); strings.Contains(text, "Mira") || strings.Contains(text, "Ask before") {
		t.Errorf("Tomas still sees %s", text)
	}
	if text := tomas.get("/").One("main").Text(); strings.Contains(text, "Mira") {
		t.Errorf("Tomas is told of the end: %s", text)
	}
	if text := mira.get("/lifelines/words").want(t, http.StatusOK).One("main").Text(); !strings.Contains(text, "You stayed with it.") {
		t.Errorf("what was said to Mira is gone: %s", text)
	}
}

// TestAnExchangeTakesAMinute does it as a person would, from Today: with the mouse, on a phone without a script
// in German, and by keyboard alone.
func TestAnExchangeTakesAMinute(t *testing.T) {
	for _, way := range []string{"mouse", "phone", "keyboard"} {
		t.Run(way, func(t *testing.T) {
			x := newTwosome(t)
			var b *tandemtest.Tab
			if way == "phone" {
				b = tandemtest.Browser(t, tandemtest.NoJavaScript(), tandemtest.Phone())
				x.mira.post("/settings", "name", "Mira", "lang", "de", "zone", "Europe/Berlin")
			} else {
				b = tandemtest.Browser(t)
			}
			home := x.live(t, b)
			b.Open(home + "/")
			b.Reset()
			var took time.Duration
			said := []string{"I paused in two calls.", "They name the real reason.", "A mock call on price."}
			if way == "keyboard" {
				b.Press("g", "p")
				b.Settle()
				tabTo(t, b, x.page())
				tabTo(t, b, "/exchange")
				for i, words := range said {
					if i > 0 {
						b.Press(tandemtest.Tabkey)
					}
					b.Type(words)
				}
				b.Press(tandemtest.Tabkey, tandemtest.Enter)
				b.Settle()
				took = time.Duration(b.Keys())*280*time.Millisecond + 3*1350*time.Millisecond
			} else {
				var e effort
				e.click(b, "#life a[href$='/exchange']")
				for i, id := range []string{"#f-did", "#f-learned", "#f-need"} {
					e.fill(b, id, said[i])
				}
				e.click(b, "main .btn.pri")
				took = e.time()
			}
			wantSays(t, b, said...)
			t.Logf("%d clicks, %d keys, %v", b.Clicks(), b.Keys(), took)
			if took > time.Minute {
				t.Errorf("it took %v", took)
			}
			if way == "keyboard" && b.Clicks() != 0 {
				t.Errorf("%d clicks", b.Clicks())
			}
			if text := x.tomas.get("/").One("#life").Text(); !strings.Contains(text, said[1]) {
				t.Errorf("Tomas reads %s", text)
			}
		})
	}
}

// tabTo goes on with the tabulator to a link whose address holds some text, and follows it.
func tabTo(t *testing.T, b *tandemtest.Tab, part string) {
	t.Helper()
	for range 60 {
		b.Press(tandemtest.Tabkey)
		if f := b.Focused(); strings.HasPrefix(f, "<a") && strings.Contains(f, part) {
			b.Press(tandemtest.Enter)
			b.Settle()
			return
		}
	}
	t.Fatalf("no link to %s: %s", part, b.Seen())
}

// TestLifelinesStandNowhereBeforeTheirTime finds no word of them on the pages, then the sentence with the own
// data on the seventh day, and from its use on the entry in the menu. Who is asked by somebody else has it at
// once.
func TestLifelinesStandNowhereBeforeTheirTime(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	url := r.pair(t)
	for day := range 7 {
		for _, p := range []string{"/", "/goals", url, "/review", "/settings"} {
			text := r.get(p).want(t, http.StatusOK).One("body").Text()
			if strings.Contains(text, "Lifelines") || strings.Contains(text, "has your back") || strings.Contains(text, "Who could ask you") {
				t.Fatalf("day %d: %s names lifelines: %s", day, p, text)
			}
		}
		s.Clock.AdvanceDays(1)
		r.post(url+"/log", "value", "1", "key", "k"+string(rune('0'+day))).to(t, url)
	}
	for range 20 {
		p := r.get("/").want(t, http.StatusOK)
		if strings.Contains(p.One("main").Text(), "Who could ask you about “Ask before I show” once a week?") {
			r.post("/concepts/lifeline/try", "back", "/lifelines/new").to(t, "/lifelines/new")
			if n := len(r.get("/").All(".side a[href='/lifelines'][data-go=p]")); n != 1 {
				t.Errorf("%d entries in the menu", n)
			}
			return
		}
		for _, f := range p.All("main form[action$='/not-now']") {
			r.post(f.Attr("action"), "back", "/")
		}
		s.Clock.AdvanceDays(1)
		r.post(url+"/log", "value", "1", "key", "l"+s.today().String()).to(t, url)
	}
	t.Error("lifelines were never offered")
}

// TestTheWordsOfALifelineAreKind in both languages, on each of its pages.
func TestTheWordsOfALifelineAreKind(t *testing.T) {
	x := newTwosome(t)
	if _, err := x.AskRescue(t.Context(), x.other.Actor, x.id, app.RescueInput{Text: "the first sentence"}); err != nil {
		t.Fatal(err)
	}
	days, words := 7, "Call me."
	if err := x.ChangeLifeline(t.Context(), x.other.Actor, x.id, app.SideInput{Version: 2, QuietDays: &days, QuietWords: &words}); err != nil {
		t.Fatal(err)
	}
	x.mira.after(t, 8)
	for _, lang := range []string{"en", "de"} {
		x.mira.post("/settings", "name", "Mira", "lang", lang, "zone", "Europe/Berlin")
		for _, p := range []string{"/", "/lifelines", "/lifelines/new", "/lifelines/words", x.page(), x.page() + "/mine", x.page() + "/exchange", x.page() + "/word/" + x.his.String()} {
			text := x.mira.get(p).want(t, http.StatusOK).One("main").Text()
			for _, w := range []string{"failed", "missed", "behind", "gescheitert", "verfehlt", "versäumt", "{", "!", "streak", "accountability"} {
				if strings.Contains(text, w) {
					t.Errorf("%s in %s says %q: %s", p, lang, w, text)
				}
			}
			if p == x.page() && !strings.Contains(text, "Call me.") {
				t.Errorf("silence is not told in %s: %s", lang, text)
			}
		}
	}
}

// TestLookAtALifeline walks its pages and, with TANDEM_TEST_SCREENS naming a folder, keeps pictures.
func TestLookAtALifeline(t *testing.T) {
	x := newTwosome(t)
	ctx := t.Context()
	wants[tandem.Note](t)(x.CheckIn(ctx, x.other.Actor, x.id, app.CheckInInput{Did: "Ordered a meal in Spanish.", Learned: "Slow is understood.", Need: "Somebody to talk with on Thursday"}))
	wants[tandem.Note](t)(x.AskRescue(ctx, x.other.Actor, x.id, app.RescueInput{Text: "the first sentence on the phone"}))
	wants[tandem.Note](t)(x.Say(ctx, x.other.Actor, x.id, app.NoteInput{To: x.in.Person.ID, Kind: tandem.NoteEncourage, Text: "You stayed with the pause even in the Birch call, when it got loud."}))
	wants[tandem.Note](t)(x.Say(ctx, x.other.Actor, x.id, app.NoteInput{To: x.in.Person.ID, Kind: tandem.NoteWording, Goal: x.learning, Text: "Ask what someone needs before I show", Why: "You show too early."}))
	wants[tandem.Note](t)(x.Say(ctx, x.other.Actor, x.id, app.NoteInput{To: x.in.Person.ID, Kind: tandem.NoteAsk, Text: "You said you would try the pause on Tuesday. How did it go?"}))
	m := wants[app.LifelineInviteMade](t)(x.InviteToLifeline(ctx, x.in.Actor, x.id, app.LifelineInviteInput{Who: "Noor"}))
	b := tandemtest.Browser(t)
	home := x.live(t, b)
	shots := os.Getenv("TANDEM_TEST_SCREENS")
	look := func(name, path string) {
		b.Open(home + path)
		for _, w := range []struct {
			tag           string
			width, height int64
			dark          bool
		}{{"1280", 1280, 900, false}, {"1280-dark", 1280, 900, true}, {"390", 390, 844, false}, {"390-dark", 390, 844, true}} {
			b.Size(w.width, w.height)
			b.Theme(w.dark)
			time.Sleep(400 * time.Millisecond)
			b.WantNoSidewaysScroll()
			b.Axe()
			if shots != "" {
				b.Screenshot(filepath.Join(shots, name+"-"+w.tag+".png"))
			}
		}
		b.Size(1280, 900)
		b.Theme(false)
	}
	look("life-list", "/lifelines")
	look("life-new", "/lifelines/new")
	look("life-page", x.page())
	look("life-mine", x.page()+"/mine")
	look("life-exchange", x.page()+"/exchange")
	look("life-word", x.page()+"/word/"+x.learning.String())
	look("life-suggest", x.page()+"/word/"+x.his.String())
	look("life-words", "/lifelines/words")
	look("life-today", "/")
	look("life-join", "/join/lifeline/"+m.Secret)
}
