package main

import (
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tandem/tandemtest"
)

// A visitor is a sample person at the pages of a real server.
type visitor struct {
	t      *testing.T
	base   string
	client http.Client
}

// visit signs in by the link that the program printed.
func visit(t *testing.T, base, said, name string) *visitor {
	t.Helper()
	link := regexp.MustCompile(`(?s)` + name + `\s.*?(http://\S+/link/\S+)`).FindStringSubmatch(said)
	if link == nil {
		t.Fatalf("no link for %s in %q", name, said)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	v := &visitor{t, base, http.Client{Jar: jar, Timeout: time.Minute}}
	v.ask("POST", strings.TrimPrefix(link[1], base), url.Values{})
	return v
}

func (v *visitor) ask(method, path string, form url.Values) string {
	v.t.Helper()
	r, err := http.NewRequest(method, v.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		v.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", v.base)
	a, err := v.client.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer a.Body.Close()
	body, err := io.ReadAll(a.Body)
	if err != nil || a.StatusCode != http.StatusOK {
		v.t.Fatalf("%s %s answered %s (%v): %.300s", method, path, a.Status, err, body)
	}
	return string(body)
}

func (v *visitor) get(path string) tandemtest.Page {
	v.t.Helper()
	return tandemtest.HTML(v.t, v.ask("GET", path, nil))
}

// export writes the files of a workspace into a folder by the command line, with a token made on the page.
func (v *visitor) export(program, space string) string {
	v.t.Helper()
	page := v.ask("POST", "/settings/tokens", url.Values{"name": {"export"}, "scopes": {"all"}, "days": {"7"}, "space": {space}})
	token := regexp.MustCompile(`tandem_\w{20,}`).FindString(page)
	dir := v.t.TempDir()
	c := exec.Command(program, "export", dir)
	c.Env = append(os.Environ(), "TANDEM_URL="+v.base, "TANDEM_TOKEN="+token)
	if out, err := c.CombinedOutput(); err != nil {
		v.t.Fatalf("export: %v\n%s", err, out)
	}
	return dir
}

// TestEveryNumberOfASampleResultIsWorkedOutAgainFromTheExport reads the pages of all results of all sample
// people, exports what is theirs, works every figure out again from the files alone and compares.
func TestEveryNumberOfASampleResultIsWorkedOutAgainFromTheExport(t *testing.T) {
	program := tandemtest.Binary(t)
	p := tandemtest.Start(t, nil, program, "demo", "--listen", "127.0.0.1:0", "--log-level", "warn")
	p.Await(`Press (Ctrl-C)`)
	base := regexp.MustCompile(`sample data at (http://\S+)`).FindStringSubmatch(p.Said())[1]
	found := map[string]int{}
	for _, name := range []string{"Mira", "Tomas", "Ana"} {
		v := visit(t, base, p.Said(), name)
		spaces := v.get("/settings/tokens").All("select[name=space] option[value]")
		for _, space := range spaces {
			if id := space.Attr("value"); id != "" {
				for key, n := range v.compare(name, program, id) {
					found[key] += n
				}
			}
		}
	}
	t.Logf("%v compared", found)
	for key, least := range map[string]int{"page": 15, "chance": 5, "table": 15, "difference": 2, "asked": 1, "moved": 1, "reviewed": 1, "closed": 8, "said": 15, "files": 15} {
		if found[key] < least {
			t.Errorf("%s: %d compared, want at least %d", key, found[key], least)
		}
	}
}

// compare compares the pages of a person's results in one workspace and counts what was compared.
func (v *visitor) compare(name, program, space string) map[string]int {
	v.t.Helper()
	x := readOwn(v.t, program, v.export(program, space))
	pages := map[string]tandemtest.Page{}
	for _, g := range x.goals {
		if g.Kind == "performance" && g.State != "draft" {
			pages[g.ID] = v.get("/goals/" + g.ID)
		}
	}
	x = readOwn(v.t, program, v.export(program, space)) // the pages counted that they were looked at
	var all []question
	for _, g := range x.goals {
		if _, ok := pages[g.ID]; ok {
			all = append(all, x.ask(g.ID, g, x.Today))
			all = append(all, x.earlier(g)...)
			all = append(all, x.closing(g)...)
		}
	}
	found := map[string]int{}
	if len(all) == 0 {
		return found
	}
	said := x.forecast(all)
	for _, g := range x.goals {
		if page, ok := pages[g.ID]; ok {
			c := comparison{t: v.t, x: x, g: g, m: x.metrics[g.Metric], f: said[g.ID], said: said, page: page, found: found, what: name + ", " + g.Title}
			c.all()
			if page.Has("[aria-labelledby=h-since]") {
				c.differencePage(v.get("/goals/" + g.ID + "/difference"))
			}
		}
	}
	return found
}

// reviewed gives the day on which the newest finished review looked at a goal and the chance that it told, nil for none;
// ok is false where that review said nothing of the goal, or there is none: then a week ago counts.
func (x *ownExport) reviewed(g ownGoal) (since ownDay, chance *float64, ok bool) {
	newest := -1
	for i, r := range x.reviews {
		if r.DoneDay != never && r.Week <= x.Today && (newest < 0 || r.Week > x.reviews[newest].Week) {
			newest = i
		}
	}
	if newest >= 0 {
		for _, i := range x.reviews[newest].Items {
			if i.Goal == g.ID {
				return i.SeenDay, i.Chance, true
			}
		}
	}
	return x.Today - 7, nil, false
}

// earlier gives the questions behind what moved a chance: as it was at the last review or a week ago, after the days,
// after the values, after time off.
func (x *ownExport) earlier(g ownGoal) []question {
	since, chance, reviewed := x.reviewed(g)
	if reviewed && chance == nil || since >= x.Today {
		return nil
	}
	was := g
	for _, e := range x.changes { // newest first
		if e.Goal != g.ID {
			continue
		}
		if local := e.At.In(x.zone); dayAt(time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, time.UTC)) <= since {
			break
		}
		before := readGoal(x, e.Before)
		if before.Metric == g.Metric {
			was = before
		}
	}
	was.ID, was.State = g.ID, g.State
	if since < was.Start || was.Deadline < was.Start {
		return nil
	}
	now, then := x.ask(g.ID, g, x.Today), x.ask(g.ID+"/0", was, since)
	then.points, then.scale = x.points(was, then.metric, since, since), now.scale
	if len(then.points) < 5 {
		return nil
	}
	out := []question{then}
	for i := 1; i <= 3; i++ {
		q := then
		q.id, q.today = fmt.Sprintf("%s/%d", g.ID, i), x.Today
		if i >= 2 {
			q.points, q.soFar = now.points, now.soFar
		}
		if i >= 3 {
			q.off = now.off
		}
		out = append(out, q)
	}
	return out
}

// closing asks for the trend on the day of a closed result.
func (x *ownExport) closing(g ownGoal) []question {
	if g.State != "closed" {
		return nil
	}
	q := x.ask(g.ID+"/end", g, x.Today)
	for len(q.points) > 0 && q.points[len(q.points)-1].day > g.Deadline {
		q.points = q.points[:len(q.points)-1]
	}
	return []question{q}
}

// A comparison is one page of a result beside what was worked out.
type comparison struct {
	t     *testing.T
	x     *ownExport
	g     ownGoal
	m     ownMetric
	f     answer
	said  map[string]answer
	page  tandemtest.Page
	found map[string]int
	what  string
}

func (c *comparison) same(where, got, want string) {
	c.t.Helper()
	clean := func(s string) string { return strings.Join(strings.Fields(strings.ReplaceAll(s, "\u00a0", " ")), " ") }
	if got, want = clean(got), clean(want); got != want {
		c.t.Errorf("%s, %s: the page says\n  %q, worked out again it is\n  %q", c.what, where, got, want)
	}
}

func (c *comparison) all() {
	c.found["page"]++
	c.numbers()
	c.headline()
	c.table()
	c.why()
	c.moved()
	c.differences()
}

// w gives words in the person's language.
func (c *comparison) w(en, de string) string { return [2]string{en, de}[c.x.lang] }

// form writes digits as the person's language does.
func (c *comparison) form(s string) string {
	s, negative := strings.CutPrefix(s, "-")
	whole, fraction, has := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + c.w(",", ".") + whole[i:]
	}
	if has {
		whole += c.w(".", ",") + fraction
	}
	if negative && strings.Trim(s, "0.") != "" {
		whole = "−" + whole
	}
	return whole
}

// round writes a computed figure with three digits; whole ones keep all of theirs.
func (c *comparison) round(v float64) string {
	if v == math.Trunc(v) {
		return c.form(strconv.FormatFloat(v, 'f', -1, 64))
	}
	s := strconv.FormatFloat(v, 'f', max(2-int(math.Floor(math.Log10(math.Abs(v)))), 0), 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return c.form(s)
}

func (c *comparison) signed(v float64) string {
	if s := c.round(v); v > 0 && strings.Trim(s, "0.,") != "" {
		return "+" + s
	}
	return c.round(v)
}

func (c *comparison) exact(v float64) string {
	return c.form(strconv.FormatFloat(v, 'f', c.m.Decimals, 64))
}

func (c *comparison) value(v float64) string {
	if c.m.Decimals >= 0 {
		return c.exact(v)
	}
	return c.round(v)
}

func (c *comparison) target() string {
	if c.m.Direction == "within" {
		return c.exact(*c.g.TargetLo) + c.w(" to ", " bis ") + c.exact(*c.g.TargetHi)
	}
	return c.exact(c.g.Target)
}

// date writes a day in a sentence.
func (c *comparison) date(d ownDay) string {
	t := d.time()
	s := fmt.Sprintf("%d%s %s", t.Day(), c.w("", "."), c.w(t.Month().String(), [...]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"}[t.Month()-1]))
	if t.Year() != c.x.Today.time().Year() {
		s += " " + strconv.Itoa(t.Year())
	}
	return s
}

// short writes a day in a list.
func (c *comparison) short(d ownDay) string {
	t := d.time()
	s := fmt.Sprintf("%d%s %s", t.Day(), c.w("", "."), c.w(t.Month().String()[:3], [...]string{"Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."}[t.Month()-1]))
	if t.Year() != c.x.Today.time().Year() {
		s += " " + strconv.Itoa(t.Year())
	}
	return s
}

// hundredths is a chance as pages show it.
func hundredths(p float64) int { return int(min(max(math.Round(p*100), 5), 95)) }

func (c *comparison) chance(p float64, n int) string {
	if n < 5 {
		i := 0
		for i < 4 && p >= [...]float64{.2, .4, math.Nextafter(.6, 1), math.Nextafter(.8, 1)}[i] {
			i++
		}
		return c.w([...]string{"not likely", "less likely than not", "as likely as not", "more likely than not", "likely"}[i],
			[...]string{"nicht wahrscheinlich", "eher unwahrscheinlich", "so wahrscheinlich wie nicht", "eher wahrscheinlich", "wahrscheinlich"}[i])
	}
	switch h := hundredths(p); {
	case h < 8:
		return c.w("about 1 in 20", "etwa 1 von 20")
	case h > 92:
		return c.w("about 19 in 20", "etwa 19 von 20")
	default:
		return fmt.Sprintf(c.w("about %d in 10", "etwa %d von 10"), (h+5)/10)
	}
}

func times(lang, n int) string {
	switch {
	case lang == 1:
		return fmt.Sprintf("%d-mal angewendet", n)
	case n == 1:
		return "used 1 time"
	}
	return fmt.Sprintf("used %d times", n)
}

// usesOf counts the uses that belong to the result: those on its number and those of its learning goals, as
// long as there is a value to see them beside; and the techniques that were tried.
func (c *comparison) usesOf() (used, tried, known, fuel int) {
	from := c.g.Start
	if days, _ := c.x.days(c.m, c.x.Today); len(days) > 0 {
		from = min(from, days[0].day)
	}
	learning, mine := map[string]bool{}, map[string]bool{}
	for _, f := range c.x.fuels {
		if f.Result == c.g.ID {
			learning[f.Learning] = true
			fuel++
		}
	}
	for _, t := range c.x.techniques {
		mine[t.ID] = learning[t.Goal]
		if mine[t.ID] {
			known++
		}
	}
	seen := map[string]bool{}
	for _, u := range c.x.uses {
		if u.Day < from || u.Day > c.x.Today || !mine[u.Technique] && u.Metric != c.g.Metric {
			continue
		}
		used++
		if !seen[u.Technique] {
			seen[u.Technique] = true
			tried++
			if !mine[u.Technique] {
				known++
			}
		}
	}
	return used, tried, known, fuel
}

func (c *comparison) numbers() {
	var want []string
	n, p := int(c.f.num("values")), c.f.num("chance")
	if c.f["status"] == "open" && c.g.State != "closed" && n >= 3 {
		c.found["chance"]++
		switch {
		case p >= 1.0/3 && n >= 5:
			want = append(want, fmt.Sprintf("%s %s %d %%", c.w("Chance", "Aussicht"), c.chance(p, n), hundredths(p)))
		case p >= 1.0/3:
			want = append(want, c.w("Chance ", "Aussicht ")+c.chance(p, n))
		default:
			want = append(want, c.w("Chance Steep see what would help", "Aussicht Steil sieh, was helfen würde"))
		}
	}
	left := ""
	if d := int(c.g.Deadline - c.x.Today); d >= 0 {
		left = fmt.Sprintf(c.w(" %d days left", " noch %d Tage"), d)
		if d == 1 {
			left = c.w(" 1 day left", " noch 1 Tag")
		}
	}
	now := c.value(c.f.num("now"))
	switch c.m.Form {
	case "total":
		want = append(want, fmt.Sprintf(c.w("So far %s of %s%s", "Bisher %s von %s%s"), now, c.target(), left))
	case "rate":
		want = append(want, c.w("Now ", "Jetzt ")+now+" "+map[string]string{"week": c.w("a week", "in der Woche"), "month": c.w("a month", "im Monat")}[c.m.Period]+left)
	default:
		want = append(want, c.w("Now ", "Jetzt ")+now+" "+c.m.Unit+left)
	}
	if c.g.Deadline > c.x.Today && c.m.Direction != "within" && c.g.State != "closed" {
		s := fmt.Sprintf(c.w("Pace needed %s per week", "Nötiges Tempo %s je Woche"), c.signed(c.needed()))
		if n >= 3 {
			s += c.w(" yours: ", " deins: ") + c.signed(c.pace())
		}
		want = append(want, s)
	}
	if used, tried, known, _ := c.usesOf(); known > 0 {
		want = append(want, fmt.Sprintf(c.w("New ways tried %d ", "Neue Wege versucht %d "), tried)+times(c.x.lang, used))
	}
	var got []string
	for _, e := range c.page.All("main .nums > *") {
		got = append(got, e.Text())
	}
	c.same("numbers", strings.Join(got, " | "), strings.Join(want, " | "))
}

// needed and pace are the filter's, for trends; sums are added up here and must agree with it.
func (c *comparison) needed() float64 {
	v := c.f.num("pace_needed")
	if c.m.Form != "total" || c.g.ReachedWhen == "kept" {
		return v
	}
	sum, open := c.sum(c.x.Today)
	days := float64(c.g.Deadline - open + 1)
	own := max(c.g.Target-sum, 0) / days * 7
	if math.Abs(own-v) > 1e-9*max(1, math.Abs(v)) {
		c.t.Errorf("%s: the filter says %g a week are needed, added up it is %g", c.what, v, own)
	}
	return own
}

// sum gives what a total came to by a day, and the first day that may still bring something.
func (c *comparison) sum(by ownDay) (sum float64, open ownDay) {
	sum, open = c.g.SoFar, max(c.x.Today, c.g.Start)
	days, _ := c.x.days(c.m, by)
	for _, d := range days {
		if d.day >= c.g.Start {
			sum += d.value
		}
		if d.day == c.x.Today {
			open = c.x.Today + 1
		}
	}
	return sum, open
}

// pace adds up a total's last four weeks, planned days off without an entry left out.
func (c *comparison) pace() float64 {
	v := c.f.num("pace")
	if c.m.Form != "total" {
		return v
	}
	days, _ := c.x.days(c.m, c.x.Today)
	end := min(c.x.Today, c.g.Deadline)
	from := min(max(end-27, days[0].day), end-6)
	sum, n, worked := 0.0, float64(end-from+1), map[ownDay]bool{}
	for _, d := range days {
		if d.day >= from {
			sum += d.value
			worked[d.day] = d.value != 0
		}
	}
	for d := from; d <= end && sum > 0 && c.m.Direction == "up"; d++ {
		if !worked[d] && slices.ContainsFunc(c.x.off(c.g, c.x.Today), func(p [2]ownDay) bool { return p[0] <= d && d <= p[1] }) {
			n--
		}
	}
	own := sum / max(n, 1) * 7
	if math.Abs(own-v) > 1e-9*max(1, math.Abs(v)) {
		c.t.Errorf("%s: the filter says a pace of %g, added up it is %g", c.what, v, own)
	}
	return own
}
