package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tandem/app"
)

// TestAnActivityIsPlannedAndDoneOnItsGoalsPage plans a course and does it from Today and from the goal's page.
func TestAnActivityIsPlannedAndDoneOnItsGoalsPage(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	g := r.learning(t, "Listen")
	r.get(g).want(t, http.StatusOK).Want("#h-plan", 0) // not on the first day
	s.Clock.AdvanceDays(1)
	p := r.get(g).want(t, http.StatusOK)
	p.Want("#h-plan", 1)
	p.Want("#parts", 0)
	r.post(g+"/activities", "title", "Course on listening", "day", "2026-11-22", "key", "k1").to(t, g)
	r.post(g+"/activities", "title", "Ana listens in", "type", "mentoring", "tag", "practise", "with", "Ana", "key", "k2").to(t, g)
	r.post(g+"/activities", "title", "Ana listens in", "key", "k2").to(t, g) // the same press
	r.get(g).WantTexts("[aria-labelledby=h-plan] .rows .gr > p", "Course · study · 22 Nov", "Mentoring · practise · with Ana")
	r.post(g+"/activities", "title", "").want(t, http.StatusUnprocessableEntity)
	p = r.get("/").want(t, http.StatusOK)
	done := p.One("form[action*='/activities/']").Attr("action")
	p.WantText("form[action*='/activities/'] button", "Done")
	r.post(done, "back", "/").to(t, "/")
	r.get("/").want(t, http.StatusOK).Want("form[action*='/activities/'] .btn", 0)
	r.post(done, "enjoyment", "4", "lesson", "Short is enough.").to(t, g)
	p = r.get(g)
	p.WantTexts("[aria-labelledby=h-plan] .rows .gr > p", "Mentoring · practise · with Ana", "Course · study · done 22 Nov · good")
	p.WantTexts("[aria-labelledby=h-lessons] li p", "Short is enough.", "22 Nov")
	for key, tag := range map[string]string{"p1": "practise", "p2": "", "p3": "apply"} {
		r.post(g+"/practice", "minutes", "5", "key", key, "activity", tag).to(t, g)
	}
	r.get(g).WantText("#parts", "Of 4 times: study 25 %, practise 50 %, apply 25 %. Not yet: reflect.")
	r.post(g+"/practice", "minutes", "5", "key", "p4", "activity", "sleep").want(t, http.StatusUnprocessableEntity)
	r.post(strings.Replace(done, "/done", "/reopen", 1)).to(t, g)
	r.get(g).Want("[aria-labelledby=h-lessons] li p", 0)
	r.post(strings.Replace(done, "/done", "/delete", 1)).to(t, g)
	r.get(g).WantTexts("[aria-labelledby=h-plan] .rows .gr > p", "Mentoring · practise · with Ana")
}

// TestAStepBecomesAnActivityWithOnePress writes a to-do on the page for something new.
func TestAStepBecomesAnActivityWithOnePress(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	g := r.learning(t, "Ask better questions")
	p := r.post("/goals/new", "do", "read", "line", "Buy the book about questions", "key", "n1").want(t, http.StatusOK)
	p.WantText("#h-step-of", "Keep it as a step of something you are learning?")
	button := p.One("[aria-labelledby=h-step-of] button")
	if button.Attr("formaction") != g+"/activities" || button.Text() != "Ask better questions" {
		t.Fatalf("offered %s to %s", button.Text(), button.Attr("formaction"))
	}
	r.post(button.Attr("formaction"), "line", "Buy the book about questions", "key", "n1", "back", button.Attr("value")).to(t, g+"#h-plan")
	r.get(g).WantTexts("[aria-labelledby=h-plan] .rows b", "Buy the book about questions")
	r.get(g).WantTexts("[aria-labelledby=h-plan] .rows .gr > p", "Book · study")
}

// TestEvidenceIsKeptApartWithWhoAndWhere says one level by several sources in two contexts, in both languages.
func TestEvidenceIsKeptApartWithWhoAndWhere(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	g := r.learning(t, "Listen", "learning.levels", "knows it\ncalm\nunder pressure")
	r.get(g).want(t, http.StatusOK).WantTexts("#f-how option", "You", "Real use", "Someone else", "Lead or teacher", "Test", "Shown")
	at := func(pairs ...string) answer {
		r.post(g+"/levels", pairs...).to(t, g)
		return r.get(g)
	}
	at("level", "2", "how", "peer", "who", "Ben")
	at("level", "2", "how", "test", "who", "Noor", "context", "role play", "note", "8 of 10")
	p := at("level", "2", "how", "use", "context", "calls with clients")
	p.WantTexts(".levels .proof li", "Real use, calls with clients, 21 Nov", "Test, Noor, role play, 21 Nov: 8 of 10", "Someone else, Ben, 21 Nov")
	p.WantText("#contexts .chip", "In 2 contexts")
	p.WantText("#contexts .mut", "Seen in: role play, calls with clients.")
	r.post("/settings", "version", "1", "name", "Mira", "lang", "de", "zone", "Europe/Berlin", "day_start", "0")
	r.get(g).WantText("#contexts .chip", "In 2 Zusammenhängen")
	r.post(g+"/levels", "level", "2", "how", "rumour").want(t, http.StatusUnprocessableEntity)
}

// TestAnAttitudeHasExamplesOfBehaviour asks once what a learning goal is about, and writes its levels.
func TestAnAttitudeHasExamplesOfBehaviour(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	g := r.learning(t, "Stay curious")
	r.get(g).want(t, http.StatusOK).Want("#h-about", 0) // levels were not met yet
	r.post("/concepts/level/try", "back", g).to(t, g)
	p := r.get(g)
	p.WantText("#h-about", "Is it something to know, to be able to do, or an attitude?")
	p.WantTexts("[aria-labelledby=h-about] button", "Something to know", "Something to do", "An attitude", "Leave it open")
	r.post(g+"/about", "about", "attitude").to(t, g)
	p = r.get(g)
	p.Want("#h-about", 0)
	if text := p.One("#level-sentences").Text(); !strings.Contains(text, "what shows is behaviour") || !strings.Contains(text, "others name it without being asked") {
		t.Errorf("offered: %s", text)
	}
	r.post(g+"/about", "take", "attitude").to(t, g)
	p = r.get(g)
	p.Want("#level-sentences", 0)
	p.Want(".levels > li", 5)
	other := r.learning(t, "Knots")
	r.post(other+"/about", "about", "open").to(t, other)
	r.get(other).Want("#h-about", 0)
	r.get(other).Want("#level-sentences", 0)
	r.post(other+"/about", "about", "mood").want(t, http.StatusUnprocessableEntity)
}

// TestALookMayEndInAPauseOrARest looks on its day and lets the goal rest, which is a full answer.
func TestALookMayEndInAPauseOrARest(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	for do, state := range map[string]string{"pause": "paused", "rest": "resting"} {
		g := r.learning(t, "Listen "+do)
		s.Clock.AdvanceDays(14)
		r.get(g).want(t, http.StatusOK).WantTexts("form[action$='/look'] button", "I looked", "Pause", "Let it rest")
		r.post(g+"/look", "do", do).to(t, g)
		if p := r.get(g); !strings.Contains(p.One("main").Text(), state) {
			t.Errorf("after %s: %s", do, p.One("main").Text())
		}
	}
}

// TestLessonsHaveAPageThatFindsThem looks for lessons, tries one and sets another aside, without a script.
func TestLessonsHaveAPageThatFindsThem(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	r.get("/lessons").want(t, http.StatusOK).WantText(".empty h2", "No lessons yet")
	g := r.learning(t, "Zuhören")
	for _, text := range []string{"Stille hilft auch beim Üben.", "They talk when I wait."} {
		r.post(g+"/lessons", "text", text).to(t, g)
	}
	r.get(g).WantAttr("main a[href='/lessons']", "href", "/lessons")
	p := r.get("/lessons?text="+url.QueryEscape("UEBEN zuhoren")).want(t, http.StatusOK)
	p.WantTexts("li .gr > p", "Stille hilft auch beim Üben.", "Zuhören · 21 Nov")
	p.WantAttr("#f-text", "value", "UEBEN zuhoren")
	r.get("/lessons?text=nothing").WantText("#nothing", "No lesson has all of these words: nothing. One word less finds more.")
	drop := p.One("form[action$='/drop']").Attr("action")
	r.post(drop, "dropped", "yes", "back", "/lessons?unused=yes").to(t, "/lessons?unused=yes")
	p = r.get("/lessons?unused=yes")
	p.WantTexts("li .gr > p", "They talk when I wait.", "Zuhören · 21 Nov")
	p.WantTexts("main nav a[aria-current]", "Not yet used 1")
	try := p.One("form[action$='/try']").Attr("action")
	where := r.post(try).want(t, http.StatusSeeOther).Header.Get("Location")
	if !strings.HasPrefix(where, "/techniques/") {
		t.Fatalf("tried, it leads to %s", where)
	}
	r.get(where).want(t, http.StatusOK).WantText("h1", "They talk when I wait.")
	r.get("/lessons").WantText("a.chip", "Trying")
	r.post(where+"/use", "context", "at home").to(t, where)
	r.get("/lessons").WantText("a.chip", "used 1 time")
	r.get(where).WantText("[aria-labelledby=h-uses] .gr > .mut", "at home")
	r.post(drop, "dropped", "no").to(t, "/lessons")
	r.get("/lessons?unused=yes").WantTexts("li .gr > p", "Stille hilft auch beim Üben.", "Zuhören · 21 Nov")
}

// TestALessonIsOfferedBackOnThePages keeps a lesson under one result and meets it on the page for something new,
// on a steep result and on the last page of that, where one press makes it what comes next.
func TestALessonIsOfferedBackOnThePages(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	l := r.learning(t, "Know customers")
	r.post(l+"/lessons", "text", "Customers call back before ten.").to(t, l)
	p := r.post("/goals/new", "do", "read", "line", "Win 500 orders from customers by June", "key", "n1").want(t, http.StatusOK)
	if text := p.One("#draft").Text(); !strings.Contains(text, "Customers call back before ten.") {
		t.Errorf("the page for something new: %s", text)
	}
	r.post("/goals/new", "kind", "result", "key", "n2", "result.title", "500 orders from customers", "result.target", "500", "result.deadline", "2026-12-31",
		"result.number.name", "Orders", "result.number.form", "total").want(t, http.StatusSeeOther)
	g := r.get("/goals").One("a[href^='/goals/goal_']:not([href='" + l + "'])").Attr("href")
	for i := range 5 {
		s.Clock.AdvanceDays(1)
		r.post(g+"/log", "value", "1", "key", "v"+string(rune('a'+i))).want(t, http.StatusSeeOther)
	}
	p = r.get(g).want(t, http.StatusOK)
	p.WantText("#h-back", "You learned this before")
	p.WantTexts("[aria-labelledby=h-back] .gr > p", "“Customers call back before ten.”", "Know customers, November 2026")
	p = r.get(g+"/close").want(t, http.StatusOK)
	take := p.One("#back button").Attr("value")
	p = r.post(g+"/close", "take", take, "gained", "much", "version", "0").want(t, http.StatusOK)
	p.WantAttr("input[name=next]:checked", "value", "technique")
	p.WantAttr("#f-next_text", "value", "Customers call back before ten.")
	p.WantAttr("input[name=next_lesson]", "value", take)
	if !strings.Contains(p.One("#f-gained").Text(), "much") {
		t.Error("what was written is gone")
	}
	r.post(g+"/close", "do", "finish", "next", "technique", "next_text", "Customers call back before ten.", "next_lesson", take, "version", p.One("input[name=version]").Attr("value")).to(t, g+"/close")
	r.get("/lessons").WantText("a.chip", "Trying")
}

// portfolio learns something, closes a result and gives the reader.
func (r *reader) portfolio(t *testing.T) (learning, result string) {
	t.Helper()
	learning = r.learning(t, "Listen", "learning.levels", "knows it\ncalm\nunder pressure")
	r.post(learning+"/levels", "level", "2", "how", "peer", "who", "Noor").to(t, learning)
	r.post(learning+"/lessons", "text", "Silence works.").to(t, learning)
	r.post("/goals/new", "kind", "result", "key", "r1", "result.title", "2 sales", "result.target", "2", "result.deadline", "2026-12-31",
		"result.number.name", "Sales", "result.number.form", "total").want(t, http.StatusSeeOther)
	result = r.get("/goals").One("a[href^='/goals/goal_']:not([href='" + learning + "'])").Attr("href")
	r.Clock.AdvanceDays(2)
	r.post(result+"/log", "value", "2", "key", "v1").want(t, http.StatusSeeOther)
	return learning, result
}

// TestThePortfolioComesWithTheFirstClosing meets it nowhere before the first result was closed; then the last
// page offers it, and it stands among the goals.
func TestThePortfolioComesWithTheFirstClosing(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	learning, result := r.portfolio(t)
	for _, page := range []string{"/", "/goals", learning, result, result + "/close", "/lessons", "/goals/new", "/settings"} {
		if p := r.get(page).want(t, http.StatusOK); strings.Contains(p.Text, "/portfolio") || strings.Contains(p.Text, "What you have learned") {
			t.Errorf("%s shows the portfolio before its time", page)
		}
	}
	r.post(result+"/close", "do", "finish", "next", "let_go", "version", "0").to(t, result+"/close")
	s.Clock.AdvanceDays(1) // a page above had its own offer today
	p := r.get(result+"/close").want(t, http.StatusOK)
	if !strings.Contains(p.One("main").Text(), "1 lesson and level 2: keep them on one page that is yours.") {
		t.Errorf("the last page: %s", p.One("main").Text())
	}
	p.WantAttr("form[action='/concepts/portfolio/try'] input[name=back]", "value", "/portfolio")
	r.post("/concepts/portfolio/try", "back", "/portfolio").to(t, "/portfolio")
	r.get("/goals").WantText("a[href='/portfolio']", "What you have learned")
	r.get(result+"/close").Want("form[action='/concepts/portfolio/try']", 0)
}

// TestThePortfolioOutlivesItsGoalsAndIsTakenAlong reads the page, the book and the file before and after the
// learning goal is deleted.
func TestThePortfolioOutlivesItsGoalsAndIsTakenAlong(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	r.get("/portfolio").want(t, http.StatusOK).WantText(".empty h2", "Nothing yet")
	r.get("/portfolio/book").want(t, http.StatusOK)
	learning, _ := r.portfolio(t)
	for _, gone := range []bool{false, true} {
		if gone {
			if text := r.get(learning + "/delete").One("main").Text(); !strings.Contains(text, "what is reached stays") {
				t.Errorf("before deleting: %s", text)
			}
			r.post(learning+"/delete").to(t, "/goals")
		}
		p := r.get("/portfolio").want(t, http.StatusOK)
		p.WantText(".say0", "1 skill, 1 level noticed, 1 lesson. Since November 2026. What is reached stays.")
		p.WantTexts(".stack .rows .gr > p", "calm", "Someone else, Noor, 21 Nov")
		p.WantText("tbody td", "Level 2, 1 lesson")
		p.Want("h2 a[href='"+learning+"']", map[bool]int{false: 1, true: 0}[gone])
		p.Want("form[action$='/forget']", map[bool]int{false: 0, true: 1}[gone])
		book := r.get("/portfolio/book").want(t, http.StatusOK)
		book.WantTexts(".book h2", "2026")
		book.WantTexts(".book h3", "Listen")
		if text := book.One(".book .les").Text(); !strings.Contains(text, "Silence works.") || !strings.Contains(text, "21 November") {
			t.Errorf("the book: %s", text)
		}
		var file app.Portfolio
		a := r.get("/portfolio/portfolio.json").want(t, http.StatusOK)
		if err := json.Unmarshal([]byte(a.Text), &file); err != nil || len(file.Skills) != 1 || file.Skills[0].Noticed != 2 || file.Skills[0].Evidence[0].Who != "Noor" || file.Skills[0].Gone() != gone {
			t.Errorf("the file: %v, %s", err, a.Text)
		}
		if !strings.Contains(a.Header.Get("Content-Disposition"), "tandem-portfolio-2026-11-2") {
			t.Errorf("the file is named %s", a.Header.Get("Content-Disposition"))
		}
	}
	r.post(r.get("/portfolio").One("form[action$='/forget']").Attr("action")).to(t, "/portfolio")
	r.get("/portfolio").WantText(".empty h2", "Nothing yet")
	other := r.learning(t, "Run")
	r.post(other+"/lessons", "text", "Slow is fine.").to(t, other)
	r.post(other+"/delete", "all", "yes").to(t, "/goals")
	r.get("/lessons").WantText(".empty h2", "No lessons yet")
}
