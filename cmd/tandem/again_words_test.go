package main

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"tandem/tandemtest"
)

func readGoal(x *ownExport, text string) (g ownGoal) {
	x.t.Helper()
	x.must(json.Unmarshal([]byte(text), &g))
	return g
}

// headline is the sentence that opens the page.
func (c *comparison) headline() {
	n, p := int(c.f.num("values")), c.f.num("chance")
	used, _, _, fuel := c.usesOf()
	rest := c.w("No learning goal fuels it yet.", "Noch hilft kein Lernziel dabei.")
	switch {
	case fuel > 0 && used > 0 && c.x.lang == 0:
		rest = fmt.Sprintf("%d learning %s it, used %d %s so far.", fuel, plural(fuel, "goal fuels", "goals fuel"), used, plural(used, "time", "times"))
	case fuel > 0 && used > 0:
		rest = fmt.Sprintf("%d %s dabei, bisher %d-mal angewendet.", fuel, plural(fuel, "Lernziel hilft", "Lernziele helfen"), used)
	case fuel > 0:
		rest = fmt.Sprintf(c.w("%d learning %s it; the first use in real life is still ahead.", "%d %s dabei; die erste Anwendung steht noch bevor."), fuel,
			plural(fuel, c.w("goal fuels", "Lernziel hilft"), c.w("goals fuel", "Lernziele helfen")))
	}
	target, date := c.target(), c.date(c.g.Deadline)
	answer := ""
	switch {
	case c.g.State == "closed":
		c.found["closed"]++
		value, outcome := c.closed()
		answer = c.exact(value) + ": " + outcome + "."
	case c.g.State == "paused":
		answer = fmt.Sprintf(c.w("Paused since %s. Nothing is counted meanwhile.", "Pausiert seit %s. Solange zählt nichts."), c.short(c.g.PausedFrom))
	case c.f["status"] == "reached":
		answer = fmt.Sprintf(c.w("%s is reached.", "%s ist erreicht."), target)
	case c.x.Today > c.g.Deadline:
		answer = fmt.Sprintf(c.w("The day has come: %s.", "Der Tag ist da: %s."), date)
	case n < 3:
		return // the road of the first days is a picture without figures
	case c.f["status"] == "lost":
		answer = fmt.Sprintf(c.w("%s by %s is out of reach; what was gained stays.", "%s bis %s ist nicht mehr zu erreichen; was gewonnen wurde, bleibt."), target, date)
	case n >= 5 && p < 1.0/3:
		answer = fmt.Sprintf(c.w("A steep way to %s by %s.", "Ein steiler Weg zu %s bis %s."), target, date)
		rest = c.w("A smaller step, more time or a new way would change that most.", "Ein kleinerer Schritt, mehr Zeit oder ein neuer Weg würden am meisten ändern.")
		if need, now := c.needed(), c.pace(); (c.m.Form != "total" || c.m.Direction == "up") && (need > 0 && now >= need || need < 0 && now <= need) {
			rest = fmt.Sprintf(c.w("The pace so far, %s per week, would be enough if it holds; the chance allows for one that slows down.", "Das Tempo bisher, %s pro Woche, würde reichen, wenn es hält; die Chance rechnet damit, dass es nachlassen kann."), c.signed(now))
		}
	default:
		words := c.chance(p, n)
		answer = strings.ToUpper(words[:1]) + words[1:] + fmt.Sprintf(c.w(" to reach %s by %s.", ", %s bis %s zu erreichen."), target, date)
	}
	c.found["said"]++
	c.same("headline", c.page.One("main .say0").Text(), answer+" "+rest)
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// closed judges a closed result anew: the sum, the best value or the trend on its day, and how far that is on
// the way.
func (c *comparison) closed() (value float64, outcome string) {
	g := c.g
	up := 1.0
	if c.m.Direction == "down" {
		up = -1
	}
	switch {
	case c.m.Form == "total" && g.ReachedWhen == "total":
		value, _ = c.sum(g.Deadline)
	case g.ReachedWhen == "once" || g.ReachedWhen == "held": // the best value, or the worst of the best run
		value = math.Inf(-int(up))
		var run []float64
		for _, p := range c.x.points(g, c.m, g.Deadline, g.Deadline) {
			if p.day < g.Start {
				continue
			}
			run = append(run, p.value*up)
			if n := max(g.HeldFor, 1); len(run) >= n {
				value = max(value*up, slices.Min(run[len(run)-n:])) * up
			}
		}
	default:
		value = c.said[g.ID+"/end"].num("now")
	}
	from := 0.0
	if c.m.Form != "total" && g.Baseline != nil {
		from = *g.Baseline
	}
	share := (value - from) / (g.Target - from)
	if c.m.Form == "total" && c.m.Direction == "down" {
		share = map[bool]float64{true: 1, false: 0}[value <= g.Target]
	}
	kept := c.x.closings[g.ID]
	if kept.Outcome == "released" {
		return kept.Value, c.w("let go", "losgelassen") // before its day, by the owner's own word
	}
	i := 0
	for _, least := range []float64{0, .5, .85, 1, 1.1} {
		if share >= least-1e-9 {
			i++
		}
	}
	if g.Stretch != nil && (value-*g.Stretch)*up >= 0 && i == 4 {
		i = 5
	}
	return value, c.w([...]string{"moved away", "started", "moved a lot", "very close", "reached", "exceeded"}[i], [...]string{"entfernt", "angefangen", "viel bewegt", "sehr nah", "erreicht", "übertroffen"}[i])
}

// table is the picture in words: target, trend, likely range, and the last values.
func (c *comparison) table() {
	n := int(c.f.num("values"))
	text := c.page.One("#chart-text")
	if lo, hi := c.f.num("lo80"), c.f.num("hi80"); n >= 3 && !math.IsNaN(lo) {
		want := fmt.Sprintf(c.w("The trend stands at %s now. Likely between %s and %s on %s.", "Der Trend steht jetzt bei %[1]s. Am %[4]s vermutlich zwischen %[2]s und %[3]s."),
			c.along(c.f.num("now")), c.roughly(lo), c.roughly(hi), c.date(c.g.Deadline))
		c.same("likely range", text.All("p")[1].Text(), want)
		c.found["range"]++
	}
	var want [][2]string
	sum := c.g.SoFar
	points := c.x.points(c.g, c.m, c.x.Today, c.x.Today)
	first := c.g.Start
	if len(points) > 0 && c.m.Form != "total" {
		days, _ := c.x.days(c.m, c.x.Today)
		first = min(first, max(days[0].day, c.g.Start-366, c.x.Today-732))
	}
	for _, p := range points {
		if p.day < first || c.x.Today > c.g.Deadline && p.day > c.g.Deadline {
			continue
		}
		v := p.value
		if c.m.Form == "total" {
			sum += p.value
			v = sum
		}
		want = append(want, [2]string{c.short(p.day), c.exact(v)})
	}
	want = want[max(0, len(want)-60):]
	var got [][2]string
	for _, row := range text.All("table tr") {
		if cells := row.All("td"); len(cells) == 2 {
			got = append(got, [2]string{cells[0].Text(), cells[1].Text()})
		}
	}
	c.same("table", fmt.Sprint(got), fmt.Sprint(want))
	c.found["table"]++
	if n := c.f["of20"]; n != "" && int(c.f.num("values")) >= 5 && c.g.State != "closed" {
		if picture := c.page.One("svg.wide").Text(); !strings.Contains(picture, n+c.w(" of 20", " von 20")) {
			c.t.Errorf("%s: the picture does not say %s of 20: %.300s", c.what, n, picture)
		}
		c.found["endings"]++
	}
}

// why is what the page says of where the number comes from.
func (c *comparison) why() {
	text := ""
	for _, d := range c.page.All("main details") {
		if d.Has("#f-goals") {
			text = strings.ReplaceAll(d.Text(), "\u00a0", " ")
		}
	}
	says := func(format string, args ...any) {
		c.t.Helper()
		if want := fmt.Sprintf(format, args...); !strings.Contains(text, want) {
			c.t.Errorf("%s: the page does not say %q where the number comes from: %s", c.what, want, text)
		}
	}
	n := int(c.f.num("values"))
	_, skipped := c.x.days(c.m, c.x.Today)
	if c.m.Form != "rate" {
		says(c.w("%d %s with values; %d skipped", "%d %s mit Werten; %d ausgelassen"), n, plural(n, c.w("day", "Tag"), c.w("days", "Tage")), len(skipped))
	}
	if of := int(c.f.num("looked")); of > 0 {
		says(c.w("%s of the last %d likely", "%s von den letzten %d vermuteten"), c.f["held"], of)
	}
	if c.f["expected"] != "" {
		dash := func(column string) string {
			if c.f[column] == "" {
				return "–"
			}
			return c.short(ownDate(c, c.f[column]))
		}
		says(c.w("Expected about %s, between %s and %s.", "Erwartet um den %s, zwischen %s und %s."), c.date(ownDate(c, c.f["expected"])), dash("expected_lo"), dash("expected_hi"))
	}
	if p := c.f.num("pace_80"); !math.IsNaN(p) && c.f["status"] == "open" {
		says(c.w("At a pace of %s a week", "Mit einem Tempo von %s je Woche"), c.signed(p))
	}
	// what the page offers to be saved is the very row that was asked
	rows := strings.Split(strings.TrimSpace(c.page.One("#f-goals").Text()), " ")
	if len(rows) != 2 {
		c.t.Fatalf("%s: the page offers %q", c.what, rows)
	}
	goals := strings.Join(rows, "\n") + "\n"
	values := "id,day,value\n"
	for _, p := range c.x.points(c.g, c.m, c.x.Today, c.x.Today) {
		values += fmt.Sprintf("A,%s,%s\n", p.day, cell(&p.value))
	}
	offered := c.x.filter("forecast", map[string]string{"goals": goals, "train": values})["A"]
	for column, want := range c.f {
		if column != "id" && offered[column] != want {
			c.t.Errorf("%s: by the file that the page offers, %s is %q, by the export %q", c.what, column, offered[column], want)
		}
	}
	c.found["files"]++
}

func ownDate(c *comparison, text string) (d ownDay) {
	c.x.must(d.UnmarshalJSON([]byte(text)))
	return d
}

// moved is what moved the chance since the last review, or since a week ago. It begins with the chance that the review
// told: what came in later on that day counts as values.
func (c *comparison) moved() {
	panel := "[aria-labelledby=h-moved]"
	now := c.f.num("chance")
	steps := []float64{c.said[c.g.ID+"/0"].num("chance")}
	tells := c.g.State == "active" && c.f["status"] == "open" && c.f.num("values") >= 5 && now >= 1.0/3 && steps[0] > 0 && steps[0] < 1
	if !tells {
		if c.page.Has(panel) {
			c.t.Errorf("%s: the page says what moved a chance of %g, was %v", c.what, now, steps)
		}
		return
	}
	for i := 1; i <= 3; i++ {
		p := c.said[fmt.Sprintf("%s/%d", c.g.ID, i)].num("chance")
		if math.IsNaN(p) {
			p = steps[i-1]
		}
		steps = append(steps, p)
	}
	steps = append(steps, now)
	since, told, reviewed := c.x.reviewed(c.g)
	if reviewed {
		steps[0], steps[1] = *told, *told+steps[1]-steps[0]
	}
	names := [4][2]string{{"Time:", "Zeit:"}, {"Values:", "Werte:"}, {"Calendar:", "Kalender:"}, {"Goal:", "Ziel:"}}
	var want []string
	for _, i := range []int{1, 0, 2, 3} {
		if by := hundredths(steps[i+1]) - hundredths(steps[i]); by != 0 {
			want = append(want, c.signed(float64(by))+" "+names[i][c.x.lang])
		}
	}
	var got []string
	if c.page.Has(panel) {
		c.found["moved"]++
		en, de := "Since %s: from %d to %d in 100.", "Seit %s: von %d auf %d von 100."
		if reviewed {
			c.found["reviewed"]++
			en, de = "Since the review of %s: from %d to %d in 100.", "Seit dem Rückblick vom %s: von %d auf %d von 100."
		}
		for _, li := range c.page.All(panel + " li") {
			got = append(got, li.One(".pts").Text()+" "+li.One("p b").Text())
		}
		c.same("since when the chance moved", c.page.One(panel+" p.mut").Text(), fmt.Sprintf(c.w(en, de), c.short(since), hundredths(steps[0]), hundredths(now)))
	}
	c.same("what moved the chance", strings.Join(got, "; "), strings.Join(want, "; "))
}

// differences are the figures of the panel, where they are shown.
func (c *comparison) differences() {
	const panel = "[aria-labelledby=h-since] .fx"
	var order []string
	for _, item := range c.page.All(panel) {
		order = append(order, strings.TrimPrefix(item.One("a.b").Attr("href"), "/goals/"))
	}
	all := c.x.beside(c.g, order)
	if len(all) != len(order) {
		c.t.Fatalf("%s: %d learning goals in the panel, %d in the export", c.what, len(order), len(all))
	}
	for i, b := range all {
		item := c.page.All(panel)[i]
		switch {
		case b.day == never:
			if item.Has("svg.chart") {
				c.t.Errorf("%s: a figure where nothing can be compared", c.what)
			}
		case b.before < 14 || b.after < 7:
			n, needed, side := b.before, 14, c.w("before", "vor")
			if b.before >= 14 {
				n, needed, side = b.after, 7, c.w("since", "seit")
			}
			want := fmt.Sprintf(c.w("%d of the %d values that it takes %s %s", "%d von %d nötigen Werten %s dem %s"), n, needed, side, c.date(b.day))
			if text := item.Text(); !strings.Contains(text, want) {
				c.t.Errorf("%s: the panel says %q, counted it is %q", c.what, text, want)
			}
			c.found["few"]++
		case !b.answered:
			if item.Has("svg.chart") || !item.Has("textarea") {
				c.t.Errorf("%s: a figure before the question", c.what)
			}
			c.found["asked"]++
		default:
			c.difference(item, b)
			c.found["difference"]++
		}
	}
}

// decimals gives a figure two digits.
func decimals(size float64) int {
	if !(size > 0) {
		return 0
	}
	return min(max(1-int(math.Floor(math.Log10(size))), 0), 6)
}

func (c *comparison) fixed(v float64, d int) string {
	return c.form(strconv.FormatFloat(v, 'f', d, 64))
}

func (c *comparison) difference(item tandemtest.Page, b beside) {
	lo, hi, mean := b.answer.num("lo80"), b.answer.num("hi80"), b.answer.num("effect")
	d := decimals(hi - lo)
	sign := func(v float64) string {
		if s := c.fixed(v, d); v > 0 && strings.Trim(s, "0.,") != "" {
			return "+" + s
		}
		return c.fixed(v, d)
	}
	plain := sign
	if lo >= 0 {
		plain = func(v float64) string { return c.fixed(v, d) }
	}
	since := fmt.Sprintf(c.w("since level %d", "seit Stufe %d"), b.level)
	if b.level == 0 {
		since = fmt.Sprintf(c.w("since “%s”", "seit „%s“"), b.technique)
	}
	between := fmt.Sprintf(c.w("Between %s and %s", "Zwischen %s und %s"), plain(lo), plain(hi))
	say, verdict := "", ""
	switch b.answer["word"] {
	case "maybe", "likely", "well supported":
		verdict = map[string]string{"maybe": c.w("Maybe", "Vielleicht"), "likely": c.w("Likely", "Wahrscheinlich"), "well supported": c.w("Well supported", "Gut belegt")}[b.answer["word"]]
		say = c.perCell(sign(mean)) + " " + since
	case "no sign":
		say, verdict = c.w("No sign of a difference", "Kein Anzeichen für einen Unterschied"), c.w("No sign of a difference", "Kein Anzeichen")
	case "within chance":
		say, verdict = c.w("Within chance so far", "Bisher im Rahmen des Zufalls"), c.w("Within chance", "Zufall möglich")
	default:
		say, verdict = c.w("Too early to tell", "Noch zu früh"), c.w("Too early", "Zu früh")
	}
	c.same("difference", item.One(".say").Text(), say)
	if text := item.All("p.sm.mut")[0].Text(); !strings.HasPrefix(text, between) {
		c.t.Errorf("%s: the panel says %q, worked out again %q", c.what, text, between)
	}
	if text := item.Text(); !strings.Contains(text, verdict) {
		c.t.Errorf("%s: the panel says %q, worked out again it is %q", c.what, text, verdict)
	}
	looks := fmt.Sprintf(c.w("Looked at on %d %s", "An %d %s angesehen"), b.looks, plural(b.looks, c.w("day", "Tag"), c.w("days", "Tagen")))
	if text := item.One("p.xs").Text(); !strings.Contains(text, looks) || !strings.Contains(text, b.changed) {
		c.t.Errorf("%s: the panel says %q, the export %q and %q", c.what, text, b.changed, looks)
	}
}

// perCell adds unit and time to a figure of one cell.
func (c *comparison) perCell(s string) string {
	if c.m.Unit != "" {
		s += " " + c.m.Unit
	}
	if c.m.Form != "reading" {
		s += " " + map[string]string{"day": c.w("a day", "am Tag"), "week": c.w("a week", "in der Woche"), "month": c.w("a month", "im Monat")}[c.x.series(c.g).cell]
	}
	return s
}

// differencePage compares the page that tells how a difference is worked out.
func (c *comparison) differencePage(page tandemtest.Page) {
	var order []string
	sections := slices.DeleteFunc(page.All("main section.panel"), func(p tandemtest.Page) bool { return !p.Has(".fx a.b") })
	for _, s := range sections {
		order = append(order, strings.TrimPrefix(s.One(".fx a.b").Attr("href"), "/goals/"))
	}
	for i, b := range c.x.beside(c.g, order) {
		if b.day == never || b.before < 14 || b.after < 7 || !b.answered {
			continue
		}
		lo, hi := b.answer.num("lo80"), b.answer.num("hi80")
		d := decimals(hi-lo) + 1
		both := func(lo, hi float64) string { return c.fixed(lo, d) + c.w(" to ", " bis ") + c.fixed(hi, d) }
		want := []string{c.perCell(c.fixed(b.answer.num("effect"), d)), both(lo, hi), both(b.answer.num("lo95"), b.answer.num("hi95")), fmt.Sprintf("%d, %d", b.before, b.after)}
		var got []string
		for _, td := range sections[i].All("table.figures td") {
			got = append(got, td.Text())
		}
		c.same("figures of the difference", strings.Join(got, "; "), strings.Join(want, "; "))
		c.found["figures"]++
	}
}
