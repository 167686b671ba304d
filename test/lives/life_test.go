// Package lives tells lives as scripted histories: weeks of one person, day by day, partly through the API and
// partly in a real browser, on the real pages over a real database, with the clock moved between. At the days that
// matter the pages are read: what must stand there, in words and figures, and what must not. With
// TANDEM_TEST_SCREENS naming a folder the pictures of docs/lives.md are kept there.
package lives

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"tandem"
	"tandem/api"
	"tandem/app"
	"tandem/app/apptest"
	"tandem/client"
	"tandem/policy"
	"tandem/tandemtest"
	"tandem/web"
)

func TestMain(m *testing.M) { os.Exit(tandemtest.Main(m)) }

const (
	zone     = "Europe/Berlin"
	password = "seven green boats at noon"
)

// A house is a running server with a clock of its own.
type house struct {
	*apptest.House
	url   string
	first tandem.Day // day 1 of the life
}

// A life is one person in a house: a browser in a tab, a session for reading pages, a token for the API.
type life struct {
	t     *testing.T
	house *house
	name  string
	email string
	http  *http.Client
	token string
	api   *client.Client
	tab   *tandemtest.Tab
	new   map[tandem.Day]string // the new thing that was offered on a day
	uses  int                   // taps of "used it", as the script counts them
}

// openHouse serves pages and API at the evening before day 1.
func openHouse(t *testing.T, first string) *house {
	t.Helper()
	h := &house{House: apptest.New(t)}
	var err error
	if h.first, err = tandem.ParseDay(first); err != nil {
		t.Fatal(err)
	}
	h.at(1, 8, 0)
	log := slog.New(slog.DiscardHandler)
	doors := api.Handler(api.Options{App: h.App, Log: log, Now: h.Clock.Now, Version: "test", ChangesPerMinute: 100_000})
	srv := httptest.NewServer(web.Handler(web.Options{App: h.App, Log: log, Now: h.Clock.Now, Version: "test", API: doors}))
	t.Cleanup(srv.Close)
	h.url = srv.URL
	return h
}

// at sets the clock to an hour of a day of the life, the first being 1, and lets the background work of the
// server run, as it does once a minute.
func (h *house) at(day, hour, minute int) {
	y, m, d := h.day(day).Date()
	h.Clock.Set(time.Date(y, m, d, hour, minute, 0, 0, tandem.Zone(zone)))
}

// day is the calendar day of the life's n-th.
func (h *house) day(n int) tandem.Day { return h.first + tandem.Day(n-1) }

// signUp makes the first account of a fresh house in a browser, as a person does, and leaves her on the page
// after it.
func (h *house) signUp(t *testing.T, b *tandemtest.Tab, name string) *life {
	t.Helper()
	code, err := h.PrepareSetup(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	l := h.person(t, b, name)
	b.Open(h.url + "/first-run?code=" + url.QueryEscape(code))
	b.Fill("#f-name", name)
	b.Fill("#f-email", l.email)
	b.Fill("#f-password", password)
	b.Fill("#f-zone", zone)
	b.Click("button.pri")
	l.keepDoors()
	return l
}

func (h *house) person(t *testing.T, b *tandemtest.Tab, name string) *life {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &life{t: t, house: h, name: name, email: strings.ToLower(name) + "@example.org", tab: b, new: map[tandem.Day]string{},
		http: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// keepDoors opens the other two doors beside the browser: a session for reading pages and a token for the API.
func (l *life) keepDoors() {
	l.t.Helper()
	ctx := l.t.Context()
	in, err := l.house.SignIn(ctx, app.SignInInput{Email: l.email, Password: password, From: app.From{Agent: "test"}})
	if err != nil {
		l.t.Fatal(err)
	}
	made, err := l.house.CreateTokenFor(ctx, policy.Local(), l.email, app.TokenInput{Name: "script", Scopes: []string{"all"}, Days: 365})
	if err != nil {
		l.t.Fatal(err)
	}
	l.token = made.Secret
	l.api = &client.Client{URL: l.house.url, Token: made.Secret}
	home, err := url.Parse(l.house.url)
	if err != nil {
		l.t.Fatal(err)
	}
	l.http.Jar.SetCookies(home, []*http.Cookie{{Name: "tandem", Value: in.Secret}})
}

// on moves the clock to the evening of a day of the life.
func (l *life) on(day int) *life { return l.onAt(day, 18) }

func (l *life) onAt(day, hour int) *life {
	l.t.Helper()
	l.house.at(day, hour, 0)
	if _, err := l.house.RefreshEverywhere(context.Background(), 500); err != nil {
		l.t.Fatal(err)
	}
	return l
}

func (l *life) today() tandem.Day { return tandem.DayOf(l.house.Clock.Now(), tandem.Zone(zone), 0) }

// logs writes one line, as on Today or with `tandem log`.
func (l *life) logs(line string) *life {
	l.t.Helper()
	if _, err := l.api.Log(l.t.Context(), line, nil); err != nil {
		l.t.Fatalf("on %s: %q: %v", l.today(), line, err)
	}
	return l
}

// call asks the API and reads its answer into out, nil for none.
func (l *life) call(method, path string, in, out any) {
	l.t.Helper()
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			l.t.Fatal(err)
		}
		body = bytes.NewReader(b)
	}
	q, err := http.NewRequestWithContext(l.t.Context(), method, l.house.url+api.Prefix+path, body)
	if err != nil {
		l.t.Fatal(err)
	}
	q.Header.Set("Authorization", "Bearer "+l.token)
	if in != nil {
		q.Header.Set("Content-Type", "application/json")
	}
	r, err := http.DefaultClient.Do(q)
	if err != nil {
		l.t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		l.t.Fatal(err)
	}
	if r.StatusCode >= 300 {
		l.t.Fatalf("on %s: %s %s: %d %s", l.today(), method, path, r.StatusCode, b)
	}
	if out != nil {
		if err := json.Unmarshal(b, out); err != nil {
			l.t.Fatal(err)
		}
	}
}

// goal finds an open goal by the beginning of its title.
func (l *life) goal(title string) tandem.Goal {
	l.t.Helper()
	all, err := l.api.Goals(l.t.Context())
	if err != nil {
		l.t.Fatal(err)
	}
	for _, x := range all {
		if strings.HasPrefix(x.Head().Title, title) {
			return x.Head()
		}
	}
	l.t.Fatalf("on %s there is no goal %q among %d", l.today(), title, len(all))
	return tandem.Goal{}
}

// practised logs minutes on a learning goal, with what they taught; "" for nothing.
func (l *life) practised(goal tandem.GoalID, minutes int, taught string) *life {
	l.t.Helper()
	l.call("POST", "/goals/"+goal.String()+"/practice", app.PracticeInput{Minutes: float64(minutes), Reflection: taught}, nil)
	return l
}

// used taps "used it" of a technique.
func (l *life) used(technique tandem.TechniqueID, note string) *life {
	l.t.Helper()
	l.call("POST", "/techniques/"+technique.String()+"/uses", app.UseInput{Note: note}, nil)
	l.uses++
	return l
}

// said answers the weekly review through the API: each open goal goes on, and one sentence is the lesson.
func (l *life) looked(lesson string, about tandem.GoalID) *life {
	l.t.Helper()
	in := app.ReviewInput{}
	if lesson != "" {
		in.Lesson, in.LessonGoal = &lesson, about
	}
	l.call("POST", "/reviews/current", in, nil)
	l.call("POST", "/reviews/current/finish", nil, nil)
	return l
}

var (
	percent = regexp.MustCompile(`(\d+) %`)
	inTen   = regexp.MustCompile(`about (\d+) in (10|20)`)
)

// page reads a page as its owner sees it, and holds what holds of every page: it is there, no word blames or
// says a cause, nothing is red, and on one day at most one new thing is offered.
func (l *life) page(path string) tandemtest.Page {
	l.t.Helper()
	r, err := l.http.Get(l.house.url + path)
	if err != nil {
		l.t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		l.t.Fatal(err)
	}
	if r.StatusCode != http.StatusOK {
		l.t.Fatalf("on %s: %s answers %d %s", l.today(), path, r.StatusCode, r.Header.Get("Location"))
	}
	p := tandemtest.HTML(l.t, string(b))
	l.holds(path, p)
	return p
}

// holds is what holds of every page of every life.
func (l *life) holds(path string, p tandemtest.Page) {
	l.t.Helper()
	for _, f := range p.Wording() {
		l.t.Errorf("on %s: %s: %s", l.today(), path, f)
	}
	if red := p.All("main .rk, main .dn, main .err, main .errs"); len(red) > 0 {
		l.t.Errorf("on %s: %s has %d red parts: %s", l.today(), path, len(red), red[0].Text())
	}
	main := p.One("main")
	if strings.Contains(main.Text(), "{") {
		l.t.Errorf("on %s: %s shows an empty place: %s", l.today(), path, main.Text())
	}
	for _, f := range main.All("form[action^='/concepts/'][action$='/try']") {
		key := strings.Split(f.Attr("action"), "/")[2]
		if had, ok := l.new[l.today()]; ok && had != key {
			l.t.Errorf("on %s %s offers %s, and there was %s already", l.today(), path, key, had)
		}
		l.new[l.today()] = key
	}
	if path == "/" {
		for _, m := range percent.FindAllStringSubmatch(main.Text(), -1) {
			if n := atoi(m[1]); n < 33 {
				l.t.Errorf("on %s Today shows a chance of %d %%", l.today(), n)
			}
		}
		for _, m := range inTen.FindAllStringSubmatch(main.Text(), -1) {
			if atoi(m[1])*3 < atoi(m[2]) {
				l.t.Errorf("on %s Today says %q", l.today(), m[0])
			}
		}
	}
}

// sees opens a page in the browser and gives it, with what holds of every page, and no red to be seen.
func (l *life) sees(path string) tandemtest.Page {
	l.t.Helper()
	if status := l.tab.Open(l.house.url + path); status != http.StatusOK {
		l.t.Fatalf("on %s: %s answers %d", l.today(), path, status)
	}
	return l.looks()
}

// looks gives the page on which the browser is.
func (l *life) looks() tandemtest.Page {
	l.t.Helper()
	p := l.tab.Page()
	l.holds(strings.TrimPrefix(l.tab.URL(), l.house.url), p)
	if red := tandemtest.Eval[string](l.tab, redSeen); red != "" {
		l.t.Errorf("on %s %s shows something red: %s", l.today(), l.tab.URL(), red)
	}
	return p
}

// redSeen finds the first visible thing in main that is painted in the tokens for faults.
const redSeen = `(() => {
	const probe = document.createElement("i"); document.body.append(probe);
	const red = new Set(["--risk", "--risk-ink", "--risk-soft"].map(n => { probe.style.color = "var(" + n + ")"; return getComputedStyle(probe).color; }));
	probe.remove();
	for (const e of document.querySelectorAll("main *")) {
		if (!e.checkVisibility({visibilityProperty: true})) continue;
		const s = getComputedStyle(e);
		for (const c of [s.color, s.backgroundColor, s.fill, s.stroke, s.borderTopWidth !== "0px" ? s.borderTopColor : ""]) if (red.has(c)) return e.outerHTML.slice(0, 200);
	}
	return "";
})()`

// says ends the test unless the text says each word.
func (l *life) says(p tandemtest.Page, words ...string) {
	l.t.Helper()
	text := p.Text()
	for _, w := range words {
		if !strings.Contains(text, w) {
			l.t.Errorf("on %s the page does not say %q: %s", l.today(), w, text)
		}
	}
}

// silent fails the test where the text says one of the words.
func (l *life) silent(p tandemtest.Page, words ...string) {
	l.t.Helper()
	text := p.Text()
	for _, w := range words {
		if strings.Contains(text, w) {
			l.t.Errorf("on %s the page says %q: %s", l.today(), w, text)
		}
	}
}

// keep takes two pictures of the page on which the browser is, if pictures are asked for.
func (l *life) keep(name string) {
	l.t.Helper()
	folder := os.Getenv("TANDEM_TEST_SCREENS")
	for _, w := range []struct {
		tag           string
		width, height int64
		dark          bool
	}{{"", 1280, 800, false}, {"-phone", 390, 844, true}} {
		l.tab.Size(w.width, w.height)
		l.tab.Theme(w.dark)
		l.tab.WantNoSidewaysScroll()
		l.tab.Axe()
		if folder != "" {
			tandemtest.Eval[bool](l.tab, `(scrollTo(0, 0), true)`)
			l.tab.View(filepath.Join(folder, name+w.tag+".png"))
		}
	}
	l.tab.Size(1280, 800)
	l.tab.Theme(false)
}

func atoi(s string) (n int) {
	fmt.Sscan(s, &n)
	return n
}
