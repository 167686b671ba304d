package web_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tandem"
	"tandem/app"
	"tandem/policy"
	"tandem/tandemtest"
)

// A line is the connection of a device to the site: it can be cut, or lose answers alone.
type line struct {
	cut, deaf atomic.Bool
}

func (l *line) handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if l.deaf.Load() && r.Method == http.MethodPost {
			next.ServeHTTP(httptest.NewRecorder(), r)
			panic(http.ErrAbortHandler)
		}
		if l.cut.Load() {
			panic(http.ErrAbortHandler)
		}
		next.ServeHTTP(w, r)
	})
}

// A phone is somebody's device with things to log to.
type phone struct {
	*site
	*tandemtest.Tab
	line     *line
	url      string
	by       tandem.Actor
	ws       tandem.WorkspaceID
	result   tandem.PerformanceGoal
	learning tandem.LearningGoal
	pause    tandem.Technique
}

// newPhone signs Mira in on a phone, with a result, a learning goal and a technique, at the present time: the
// clock of a browser is its own.
func newPhone(t *testing.T, opts ...tandemtest.BrowserOption) *phone {
	t.Helper()
	s := newSite(t)
	s.Clock.Set(time.Now().Truncate(time.Second))
	p := &phone{site: s, line: &line{}}
	p.by = s.Actor(t, app.SignedIn{Secret: s.setUp().cookies["tandem"]})
	person, err := s.Store.For(p.by).Person(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	p.ws = person.Personal
	target := 20.0
	create := func(g app.GoalInput) tandem.AnyGoal {
		made, err := s.CreateGoal(t.Context(), p.by, p.ws, g)
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	p.result = create(app.GoalInput{Kind: tandem.KindPerformance, Title: "20 sales", Number: &app.MetricInput{Name: "Sales", Form: tandem.FormTotal}, Target: &target, Deadline: s.today() + 90}).(tandem.PerformanceGoal)
	p.learning = create(app.GoalInput{Kind: tandem.KindLearning, Title: "Ask before I show"}).(tandem.LearningGoal)
	if p.pause, err = s.CreateTechnique(t.Context(), p.by, p.ws, app.TechniqueInput{Name: "The pause", Goal: p.learning.ID}); err != nil {
		t.Fatal(err)
	}
	live := httptest.NewServer(p.line.handler(s.handler))
	live.Config.ErrorLog = nil
	t.Cleanup(live.Close)
	p.url = live.URL
	// a cut line makes the browser complain of requests that nobody answers
	p.Tab = tandemtest.Browser(t, append(opts, tandemtest.Phone(), tandemtest.Complaints())...)
	p.signIn("mira@example.org")
	p.ready(t)
	return p
}

func (p *phone) signIn(email string) {
	p.Open(p.url + "/sign-in")
	p.Fill("#f-email", email)
	p.Fill("#f-password", password)
	p.Click("button.pri")
	p.Settle()
}

// until waits for an expression of the page to be true.
func (p *phone) until(t *testing.T, js string) {
	t.Helper()
	if !tandemtest.Eval[bool](p.Tab, `(async () => { for (let i = 0; i < 400; i++) { try { if (await (`+js+`)) return true; } catch {} await new Promise(r => setTimeout(r, 50)); } return false; })()`) {
		t.Fatalf("never true: %s; the page says: %s", js, p.Seen())
	}
}

// ready waits until the device has what it needs without a connection.
func (p *phone) ready(t *testing.T) {
	t.Helper()
	p.until(t, `navigator.serviceWorker.ready.then(r => r.active.state === 'activated' && !!navigator.serviceWorker.controller)`)
	p.until(t, `tandemEntries.me().then(m => !!m)`)
}

// waiting gives how many entries wait on the device.
func (p *phone) waiting() int {
	return tandemtest.Eval[int](p.Tab, `tandemEntries.list().then(x => x.rows.length)`)
}

// sent connects the device again and waits until nothing waits.
func (p *phone) sent(t *testing.T) {
	t.Helper()
	p.line.cut.Store(false)
	tandemtest.Eval[string](p.Tab, `tandemEntries.go(true)`)
	p.until(t, `tandemEntries.list().then(x => x.rows.length === 0)`)
}

// entry logs on the page that stands without a connection.
func (p *phone) entry(what, typed, text string) {
	p.SetField("#what", what)
	if typed != "" {
		p.Fill("#typed", typed)
	}
	if text != "" {
		p.Fill("#text", text)
	}
	p.Click("#entry .pri")
	p.Settle()
}

// values gives the values of Mira's number.
func (p *phone) values(t *testing.T, m tandem.MetricID) (out []float64) {
	t.Helper()
	all, err := p.Store.For(p.by).Observations(t.Context(), p.ws, m, 0, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range all {
		out = append(out, o.Value)
	}
	return out
}

func TestAPhoneLogsWithoutAConnectionAndSendsItOnce(t *testing.T) {
	p := newPhone(t)
	if why := p.NotInstallable(); len(why) > 0 {
		t.Errorf("not installable: %v", why)
	}
	p.Open(p.url + "/goals/" + p.result.ID.String()) // a page that must not be kept
	p.line.cut.Store(true)
	p.Open(p.url + "/")
	if text := p.Seen(); !strings.Contains(text, "No connection") || !strings.Contains(text, "Sales") {
		t.Fatalf("without a connection the page says: %s", text)
	}
	p.entry("value "+p.result.Metric.String(), "2", "two in one call")
	p.entry("practice "+p.learning.ID.String(), "20", "Silence helps.")
	p.entry("use "+p.pause.ID.String(), "", "")
	p.entry("lesson "+p.result.ID.String(), "", "Mornings are calm.")
	p.entry("line", "", "sales 1")
	p.entry("lesson "+p.result.ID.String(), "", "By mistake.")
	p.Click("#rows li:last-child [data-do=undo]")
	p.until(t, `document.body.innerText.includes('will be taken back')`)
	if text := p.Seen(); strings.Count(text, "saved here, will be sent") != 5 {
		t.Errorf("the page says: %s", text)
	}
	p.keepsNothingToRead(t)
	p.Open(p.url + "/goals") // opened again, it is all there
	if n := p.waiting(); n != 6 {
		t.Fatalf("%d entries wait", n)
	}

	p.line.deaf.Store(true) // everything arrives and no answer comes back
	tandemtest.Eval[string](p.Tab, `tandemEntries.go()`)
	if n := p.waiting(); n != 6 {
		t.Errorf("without an answer %d entries wait", n)
	}
	p.line.deaf.Store(false)
	p.sent(t)
	p.everythingOnce(t)
	p.Open(p.url + "/")
	if text := p.Seen(); !strings.Contains(text, "3 of 20") {
		t.Errorf("Today says: %s", text)
	}
}

// everythingOnce compares with what the test above logged.
func (p *phone) everythingOnce(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	if v := p.values(t, p.result.Metric); !slices.Equal(v, []float64{2, 1}) {
		t.Errorf("values: %v", v)
	}
	practices, err1 := p.Store.For(p.by).Practices(ctx, p.ws, p.learning.ID, 0, 1<<20)
	uses, err2 := p.ListUses(ctx, p.by, p.ws, 0, 1<<20)
	lessons, err3 := p.ListLessons(ctx, p.by, p.ws, p.result.ID)
	if err1 != nil || err2 != nil || err3 != nil {
		t.Fatal(err1, err2, err3)
	}
	if len(practices) != 1 || practices[0].Minutes != 20 || practices[0].Reflection != "Silence helps." || practices[0].Day != p.today() {
		t.Errorf("practices: %+v", practices)
	}
	if len(uses) != 1 || uses[0].Technique != p.pause.ID {
		t.Errorf("uses: %+v", uses)
	}
	if len(lessons) != 1 || lessons[0].Text != "Mornings are calm." {
		t.Errorf("lessons: %+v", lessons)
	}
}

// keepsNothingToRead looks through everything that the browser keeps: of pages the one without anything
// personal, and of entries nothing that can be read.
func (p *phone) keepsNothingToRead(t *testing.T) {
	t.Helper()
	kept := tandemtest.Eval[map[string]string](p.Tab, `(async () => { const out = {};
		for (const k of await caches.keys()) for (const r of await (await caches.open(k)).keys()) out[new URL(r.url).pathname] = await (await caches.match(r)).text();
		return out; })()`)
	pages := 0
	for path, text := range kept {
		switch {
		case strings.HasPrefix(path, "/offline/"):
			pages++
		case !strings.HasPrefix(path, "/assets/"):
			t.Errorf("%s is kept", path)
		}
		for _, word := range []string{"Mira", "Ask before", "20 sales", "pause"} {
			if strings.Contains(text, word) && !strings.HasSuffix(path, ".css") && !strings.HasSuffix(path, ".js") {
				t.Errorf("%s is kept with %q in it", path, word)
			}
		}
	}
	if pages != 2 || len(kept) < 5 {
		t.Errorf("%d pages and %d files are kept", pages, len(kept))
	}
	queue := tandemtest.Eval[string](p.Tab, `new Promise(ok => { indexedDB.open('tandem').onsuccess = e => { e.target.result.transaction('queue').objectStore('queue').getAll().onsuccess = r =>
		ok(r.target.result.map(x => JSON.stringify(x) + new TextDecoder('latin1').decode(x.box)).join('\n')); }; })`)
	if strings.Count(queue, "\n") < 4 {
		t.Fatalf("the queue: %q", queue)
	}
	for _, word := range []string{"Silence", "Mornings", "sales", "lesson", "metric_", "goal_"} {
		if strings.Contains(queue, word) {
			t.Errorf("the queue can be read: %q", word)
		}
	}
}

func TestAFormThatCannotBeSentWaitsOnTheDevice(t *testing.T) {
	p := newPhone(t)
	p.Open(p.url + "/")
	p.line.cut.Store(true)
	p.Click(`ul.do button[name=minutes][value="10"]`)
	p.Settle()
	if text := p.Seen(); !strings.Contains(text, "saved here, will be sent") || !strings.Contains(text, "Ask before I show") {
		t.Fatalf("the page says: %s", text)
	}
	p.sent(t)
	p.Open(p.url + "/")
	p.line.deaf.Store(true) // this one arrives, but its answer does not
	p.line.cut.Store(true)
	p.Click(`ul.do button[name=value][value="1"]`)
	p.Settle()
	p.line.deaf.Store(false)
	p.sent(t)
	p.Open(p.url + "/")
	p.line.deaf.Store(true)
	p.Fill("#f-line", "sales 3")
	p.Press(tandemtest.Enter)
	p.Settle()
	p.line.deaf.Store(false)
	p.sent(t)
	if v := p.values(t, p.result.Metric); !slices.Equal(v, []float64{1, 3}) {
		t.Errorf("values: %v", v)
	}
	practices, err := p.Store.For(p.by).Practices(t.Context(), p.ws, p.learning.ID, 0, 1<<20)
	if err != nil || len(practices) != 1 || practices[0].Minutes != 10 {
		t.Errorf("practices: %+v, %v", practices, err)
	}
	p.Open(p.url + "/settings")
	p.line.cut.Store(true)
	p.Click("main form button.pri") // this needs a connection, and says so
	p.Settle()
	if text := p.Seen(); !strings.Contains(text, "was not sent") {
		t.Errorf("the page says: %s", text)
	}
}

func TestWhatIsRefusedStaysWithItsReasonAndNobodyElseReadsIt(t *testing.T) {
	p := newPhone(t)
	p.line.cut.Store(true)
	p.Open(p.url + "/")
	p.entry("lesson "+p.learning.ID.String(), "", "Never twice.")
	p.entry("line", "", "sails 4")
	p.line.cut.Store(false)
	if err := p.DeleteGoal(t.Context(), p.by, p.ws, p.learning.ID); err != nil {
		t.Fatal(err)
	}
	tandemtest.Eval[string](p.Tab, `tandemEntries.go()`)
	p.until(t, `document.querySelectorAll('#rows [data-do=edit]:not([hidden])').length === 2`)
	if text := p.Seen(); p.waiting() != 2 || !strings.Contains(text, "No such goal") || !strings.Contains(text, "Sales") {
		t.Fatalf("%d wait, the page says: %s", p.waiting(), text)
	}
	p.Click("#rows li:last-child [data-do=edit]")
	p.Fill("#text", "sales 4")
	p.Click("#entry .pri")
	p.until(t, `tandemEntries.list().then(x => x.rows.length === 1)`)
	if v := p.values(t, p.result.Metric); !slices.Equal(v, []float64{4}) {
		t.Errorf("values: %v", v)
	}

	p.Open(p.url + "/")
	p.until(t, `!document.getElementById('waiting').hidden`)
	if text := p.Seen(); !strings.Contains(text, "could not be taken") {
		t.Errorf("Today says: %s", text)
	}
	p.signOut(t)
	if n := tandemtest.Eval[int](p.Tab, `tandemEntries.list().then(x => x.rows.length * 10 + x.sealed)`); n != 1 {
		t.Errorf("after signing out %d can be read or wait", n)
	}
	noa, err := p.AddPerson(t.Context(), policy.Local(), app.PersonInput{Name: "Noa", Email: "noa@example.org", Zone: "Europe/Berlin"})
	if err != nil {
		t.Fatal(err)
	}
	p.Open(p.url + "/link/" + noa.Secret)
	p.Click("button.pri")
	p.Settle()
	p.ready(t)
	p.Open(p.url + "/offline/en")
	if text := p.Seen(); strings.Contains(text, "Never twice") || strings.Contains(text, "Sales") || !strings.Contains(text, "unreadable to others") {
		t.Errorf("to the next person the page says: %s", text)
	}
	p.signOut(t)
	p.signIn("mira@example.org")
	p.ready(t)
	p.Open(p.url + "/offline/en")
	p.until(t, `document.body.innerText.includes('Never twice.')`)
	p.Click("[data-do=drop]")
	p.until(t, `tandemEntries.list().then(x => x.rows.length === 0)`)
	p.Click("#back button")
	p.until(t, `tandemEntries.list().then(x => x.rows.length === 1)`)
}

// signOut signs out where a person does, and waits until the device knows.
func (p *phone) signOut(t *testing.T) {
	t.Helper()
	p.Open(p.url + "/settings")
	p.Click(`form[action="/sign-out"] button`)
	p.Settle()
	p.until(t, `tandemEntries.me().then(m => !m)`)
}

func TestTheLookOfThePageWithoutAConnection(t *testing.T) {
	shots := os.Getenv("TANDEM_TEST_SCREENS")
	for _, lang := range []string{"en", "de"} {
		p := newPhone(t, tandemtest.Language(lang))
		if lang == "de" {
			person, err := p.Store.For(p.by).Person(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if _, err := p.ChangeProfile(t.Context(), p.by, app.ProfileInput{Version: person.Version, Lang: &lang}); err != nil {
				t.Fatal(err)
			}
			p.Open(p.url + "/")
			p.until(t, `document.documentElement.lang === 'de'`)
			p.Open(p.url + "/offline/de")
			p.until(t, `tandemEntries.me().then(m => m.lang === 'de')`)
		}
		p.line.cut.Store(true)
		p.Open(p.url + "/")
		p.entry("value "+p.result.Metric.String(), "2", "")
		p.entry("line", "", "sails 4")
		p.line.cut.Store(false)
		tandemtest.Eval[string](p.Tab, `tandemEntries.go()`)
		p.line.cut.Store(true)
		p.entry("practice "+p.learning.ID.String(), "20", "")
		p.entry("value "+p.result.Metric.String(), "1", "")
		for _, w := range []struct {
			tag           string
			width, height int64
			dark          bool
		}{{"1280", 1280, 900, false}, {"390", 390, 844, false}, {"390-dark", 390, 844, true}} {
			p.Size(w.width, w.height)
			p.Theme(w.dark)
			time.Sleep(500 * time.Millisecond) // colours pass over in a moment
			p.WantNoSidewaysScroll()
			p.Axe()
			if shots != "" {
				p.Screenshot(filepath.Join(shots, "offline-"+lang+"-"+w.tag+".png"))
			}
		}
	}
}
