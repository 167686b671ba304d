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

	signedIn tandem.Day
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

// at sets the clock to an hour of a day of the life, the first being 1.
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
	in, err := h.SignIn(t.Context(), app.SignInInput{Email: l.email, Password: password, From: app.From{Agent: "test"}})
	if err != nil {
		t.Fatal(err)
	}
	l.keepDoors(in)
	return l
}

// arrive makes an account as `tandem person add` does and signs it in by its link, without a browser.
func (h *house) arrive(t *testing.T, name string) *life {
	t.Helper()
	l := h.person(t, nil, name)
	made, err := h.AddPerson(t.Context(), policy.Local(), app.PersonInput{Name: name, Email: l.email, Zone: zone})
	if err != nil {
		t.Fatal(err)
	}
	in, err := h.SignInByLink(t.Context(), made.Secret, app.From{Agent: "test"})
	if err != nil {
		t.Fatal(err)
	}
	l.keepDoors(in)
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
func (l *life) keepDoors(in app.SignedIn) {
	l.t.Helper()
	made, err := l.house.CreateTokenFor(l.t.Context(), policy.Local(), l.email, app.TokenInput{Name: "script", Scopes: []string{"all"}, Days: 365})
	if err != nil {
		l.t.Fatal(err)
	}
	l.token, l.signedIn = made.Secret, l.today()
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
	if l.tab == nil && l.today()-l.signedIn > 60 { // a session ends after a while; a new link opens the next
		made, err := l.house.ResetPerson(l.t.Context(), policy.Local(), l.email)
		if err != nil {
			l.t.Fatal(err)
		}
		in, err := l.house.SignInByLink(l.t.Context(), made.Secret, app.From{Agent: "test"})
		if err != nil {
			l.t.Fatal(err)
		}
		l.keepDoors(in)
	}
	return l
}

// aMinute lets the background work of the server run, as it does once a minute: what the API took is told by the
// pages then.
func (l *life) aMinute() {
	l.t.Helper()
	if _, err := l.house.RefreshEverywhere(context.Background(), 500); err != nil {
		l.t.Fatal(err)
	}
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
	return l
}

// looked answers the weekly review through the API: each open goal goes on, and one sentence is the lesson.
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
	l.aMinute()
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
			if atoi(m[1])*10/atoi(m[2]) < 3 { // 33 % are about 3 in 10
				l.t.Errorf("on %s Today says %q", l.today(), m[0])
			}
		}
	}
}

// sees opens a page in the browser and gives it, with what holds of every page, and no red to be seen.
func (l *life) sees(path string) tandemtest.Page {
	l.t.Helper()
	l.aMinute()
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

// silent fails the test where one of the words can be seen on a page.
func (l *life) silent(p tandemtest.Page, words ...string) {
	l.t.Helper()
	text := p.One("main").Text()
	for _, hidden := range p.All("main details > *:not(summary), main [hidden], main .sr, main [data-offline]") {
		text = strings.Replace(text, hidden.Text(), "", 1)
	}
	for _, w := range words {
		if strings.Contains(text, w) {
			l.t.Errorf("on %s the page says %q: %s", l.today(), w, text)
		}
	}
}

// keep looks at the page on which the browser is at both widths and in both themes, and keeps one picture of it, if
// pictures are asked for: on a phone in the dark, or wide and light.
func (l *life) keep(name string, phone bool) {
	l.t.Helper()
	for _, wide := range []bool{phone, !phone} { // the one that is kept comes last
		if wide {
			l.tab.Size(1280, 800)
		} else {
			l.tab.Size(390, 844)
		}
		l.tab.Theme(!wide)
		l.tab.WantNoSidewaysScroll()
		l.tab.Axe()
	}
	if folder := os.Getenv("TANDEM_TEST_SCREENS"); folder != "" {
		tandemtest.Eval[bool](l.tab, `(document.querySelector(".toast")?.remove(), scrollTo(0, 0), true)`)
		l.tab.View(filepath.Join(folder, name+".png"))
	}
	l.tab.Size(1280, 800)
	l.tab.Theme(false)
}

func atoi(s string) (n int) {
	fmt.Sscan(s, &n)
	return n
}

// writes types a line on the page for something new and waits until it is read.
func (l *life) writes(line string) {
	l.t.Helper()
	l.sees("/goals/new")
	l.tab.Fill("#f-line", line)
	whole := func() bool { // what is marked in it comes with what was read, and lies under the whole line then
		p := l.tab.Page()
		return p.Has("#draft [name=was]") && strings.Join(strings.Fields(p.One("#mirror").Text()), " ") == line
	}
	for begun := time.Now(); !whole(); time.Sleep(30 * time.Millisecond) {
		if time.Since(begun) > 20*time.Second {
			l.t.Fatalf("%q is not read", line)
		}
	}
	l.tab.Settle()
}

// makes takes what was read as a pair, and waits until the page of its result is there.
func (l *life) makes() {
	l.t.Helper()
	l.tab.Click("button[name=kind][value=pair]")
	for begun := time.Now(); !strings.Contains(l.tab.URL(), "/goals/goal_"); time.Sleep(30 * time.Millisecond) {
		if time.Since(begun) > 20*time.Second {
			l.t.Fatalf("no pair was made: %s", l.tab.Seen())
		}
	}
	l.tab.Settle()
}

// concepts fails the test where the pages speak of more than seven of Tandem's own things, in the first hour.
func (l *life) concepts(paths ...string) {
	l.t.Helper()
	seen := map[string]bool{}
	for _, p := range paths {
		for _, name := range tandemtest.Concepts(l.page(p).One("main").Text()) {
			seen[name] = true
		}
	}
	if len(seen) > 7 || len(seen) < 4 {
		l.t.Errorf("the first hour speaks of %d things: %v", len(seen), seen)
	}
}

// declines answers what a page offers with "Not now".
func (l *life) declines(p tandemtest.Page) {
	l.t.Helper()
	for _, f := range p.All("form[action^='/concepts/'][action$='/not-now']") {
		l.post(f.Attr("action"), "back", "/")
	}
}

// post sends a form as a browser without a script does.
func (l *life) post(path string, pairs ...string) {
	l.t.Helper()
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	q, err := http.NewRequestWithContext(l.t.Context(), http.MethodPost, l.house.url+path, strings.NewReader(v.Encode()))
	if err != nil {
		l.t.Fatal(err)
	}
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	q.Header.Set("Sec-Fetch-Site", "same-origin")
	r, err := l.http.Do(q)
	if err != nil {
		l.t.Fatal(err)
	}
	defer r.Body.Close()
	if b, _ := io.ReadAll(r.Body); r.StatusCode != http.StatusSeeOther {
		l.t.Fatalf("on %s: %s answers %d: %.600s", l.today(), path, r.StatusCode, b)
	}
}

// metric is the number of a result.
func (l *life) metric(result tandem.GoalID) tandem.MetricID {
	l.t.Helper()
	var g tandem.PerformanceGoal
	l.call("GET", "/goals/"+result.String(), nil, &g)
	return g.Metric
}

// value logs a value with what was learned and used for it.
func (l *life) value(m tandem.MetricID, v float64, used ...tandem.TechniqueID) *life {
	l.t.Helper()
	l.call("POST", "/metrics/"+m.String()+"/observations", app.ObservationInput{Value: &v, Techniques: used}, nil)
	return l
}

// technique finds what is being tried by its name.
func (l *life) technique(name string) tandem.TechniqueID {
	l.t.Helper()
	var all struct{ Items []tandem.Technique }
	l.call("GET", "/techniques", nil, &all)
	for _, x := range all.Items {
		if x.Name == name {
			return x.ID
		}
	}
	l.t.Fatalf("nothing is called %q among %d", name, len(all.Items))
	return 0
}

// chance is the one figure, as the API tells it.
func (l *life) chance(result tandem.GoalID) float64 {
	l.t.Helper()
	var f struct{ Chance float64 }
	l.call("GET", "/goals/"+result.String()+"/forecast", nil, &f)
	return f.Chance
}

// effort is how long a practised person needs for what was done in the tab since it was reset: 0.28 s a key, and
// 2.65 s to think, point and click (the keystroke-level model of Card, Moran and Newell).
func (l *life) effort() time.Duration {
	return time.Duration(l.tab.Keys())*280*time.Millisecond + time.Duration(l.tab.Clicks())*2650*time.Millisecond
}

// dump says what the browser shows, while a life is being written.
func (l *life) dump(name string) {
	if d := os.Getenv("LIVES_DUMP"); d != "" {
		l.t.Helper()
		l.t.Logf("== %s (%s)\n%s", name, l.today(), l.tab.Seen())
		l.tab.Screenshot(filepath.Join(d, name+".png"))
	}
}

func atof(s string) (v float64) {
	fmt.Sscan(strings.NewReplacer(",", "", "$", "", "+", "", "−", "-").Replace(s), &v)
	return v
}
