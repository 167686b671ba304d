package web_test

import (
	"html"
	"math"
	"math/rand/v2"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tandem"
	"tandem/app"
	"tandem/cli"
)

// A compared result has half a year of values, and a learning goal whose level was noticed while it ran.
type compared struct {
	*site
	mira             app.Principal
	reader           *reader
	result, learning string // addresses of their pages
	ids              [2]tandem.GoalID
}

// compare makes a result over a number that is another one from some days ago on, when a level was noticed;
// with the concept met.
func compare(t *testing.T, form tandem.Form, days, ago int, before, after float64, met bool) *compared {
	t.Helper()
	s := newSite(t)
	r := s.setUp()
	c := &compared{site: s, reader: r, mira: s.signedIn(t, r)}
	ctx, ws, today := t.Context(), c.mira.Person.Personal, s.today()
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	target, from := 20.0, 10.0
	in := app.GoalInput{Kind: tandem.KindPerformance, Title: "20 calls", Number: &app.MetricInput{Name: "Calls", Unit: "calls", Form: form}, Target: &target, Start: today - tandem.Day(days), Deadline: today + 60}
	if form == tandem.FormReading {
		in.Baseline = &from
	}
	g, err := s.CreateGoal(ctx, c.mira.Actor, ws, in)
	ok(err)
	l, err := s.CreateGoal(ctx, c.mira.Actor, ws, app.GoalInput{Kind: tandem.KindLearning, Title: "Ask first"})
	ok(err)
	c.ids = [2]tandem.GoalID{g.GoalHead().ID, l.GoalHead().ID}
	_, err = s.LinkGoals(ctx, c.mira.Actor, ws, c.ids[1], app.FuelsInput{Result: c.ids[0]})
	ok(err)
	_, err = s.NoticeLevel(ctx, c.mira.Actor, ws, c.ids[1], app.LevelInput{Level: 2, How: tandem.HowRealUse, Day: today - tandem.Day(ago)})
	ok(err)
	rng := rand.New(rand.NewPCG(5, 6))
	var rows []app.ObservationInput
	for i := days; i >= 0; i-- {
		mean := before
		if i <= ago {
			mean = after
		}
		v := math.Round(10*(mean+rng.NormFloat64())) / 10
		rows = append(rows, app.ObservationInput{Value: &v, Day: today - tandem.Day(i)})
	}
	for group := range slices.Chunk(rows, app.BulkGroup) {
		_, err = s.BulkObservations(ctx, c.mira.Actor, ws, g.(tandem.PerformanceGoal).Metric, group)
		ok(err)
	}
	if met {
		ok(s.AnswerConcept(ctx, c.mira.Actor, "difference", true))
	}
	c.result, c.learning = "/goals/"+c.ids[0].String(), "/goals/"+c.ids[1].String()
	return c
}

// answer says what else changed, over the form of the page.
func (c *compared) answer(t *testing.T, text string) {
	t.Helper()
	c.reader.post(c.learning+"/changed", "result", c.ids[0].String(), "changed", text, "do", "save", "back", c.result).to(t, c.result)
}

func TestTheQuestionComesBeforeTheFigure(t *testing.T) {
	for _, form := range []tandem.Form{tandem.FormTotal, tandem.FormReading} {
		c := compare(t, form, 120, 40, 10, 14, true)
		for _, path := range []string{c.result, c.result + "/difference", c.learning} {
			p := c.reader.get(path).want(t, http.StatusOK)
			if !strings.Contains(p.Text, "What else changed since 12 October?") {
				t.Errorf("%s: %s does not ask", form, path)
			}
			for _, figure := range []string{"Between ", "since level 2", "Likely more", "best estimate", "dmid", "class=\"cf\""} {
				if strings.Contains(p.Text, figure) {
					t.Errorf("%s: %s says %q before the question is answered", form, path, figure)
				}
			}
		}
		c.answer(t, "A new colleague.")
		p := c.reader.get(c.result).want(t, http.StatusOK)
		p.WantText("#h-since", "Difference since a level")
		panel := p.One("section[aria-labelledby=h-since]").Text()
		for _, want := range []string{"calls", "since level 2", "Between ", "would look the same", "Likely", "A new colleague.", "Looked at on 1 day"} {
			if !strings.Contains(panel, want) {
				t.Errorf("%s: the panel does not say %q: %s", form, want, panel)
			}
		}
		p.Want("section[aria-labelledby=h-since] .evm i.on", 3)
		p.Want("input.sx3", 1)
		p.Want("svg .x3 path.cf", 2)
		if text := p.One("#chart-text").Text(); !strings.Contains(text, "since level 2, between") {
			t.Errorf("%s: the picture in words says %q", form, text)
		}
		c.reader.get(c.result+"/difference").WantText("details textarea[name=changed]", "A new colleague.")
		if line := c.reader.get(c.learning).want(t, http.StatusOK).Text; !strings.Contains(line, "Whatever the number says, level 2 is yours.") {
			t.Errorf("%s: the learning goal has no line", form)
		}
	}
}

func TestNothingElseIsAnAnswer(t *testing.T) {
	c := compare(t, tandem.FormTotal, 120, 40, 10, 14, true)
	c.reader.post(c.learning+"/changed", "result", c.ids[0].String(), "changed", "", "do", "save").want(t, http.StatusUnprocessableEntity)
	c.reader.get(c.result).Want("textarea[name=changed]", 1)
	c.reader.post(c.learning+"/changed", "result", c.ids[0].String(), "changed", "", "do", "nothing", "back", c.result).to(t, c.result)
	c.reader.get(c.result).Want("textarea[name=changed]", 0)
}

func TestTooEarlyIsNeverDrawnInThePicture(t *testing.T) {
	for name, c := range map[string]*compared{"few values": compare(t, tandem.FormTotal, 60, 3, 10, 14, true), "a wide range": compare(t, tandem.FormReading, 60, 9, 10, 10, true)} {
		if name == "a wide range" {
			c.answer(t, "Nothing.")
		}
		p := c.reader.get(c.result).want(t, http.StatusOK)
		panel := p.One("section[aria-labelledby=h-since]").Text()
		if !strings.Contains(panel, "Too early to tell") && !strings.Contains(panel, "Within chance") {
			t.Errorf("%s: %s", name, panel)
		}
		if name == "few values" {
			if !strings.Contains(panel, "4 of the 7 values that it takes since") && !strings.Contains(panel, "3 of the 7 values that it takes since") || !strings.Contains(panel, "It could be told from about") {
				t.Errorf("%s: it does not say what is missing, or when: %s", name, panel)
			}
			p.Want("section[aria-labelledby=h-since] svg[role=img]", 0)
			p.Want("input.sx3", 0)
			p.Want(".x3", 0)
			p.Want("textarea[name=changed]", 0)
		}
	}
}

func TestTheDifferenceComesWithItsConcept(t *testing.T) {
	c := compare(t, tandem.FormTotal, 120, 40, 10, 14, false)
	c.reader.get(c.result).Want("#h-since", 0)
	c.reader.get(c.result+"/difference").to(t, c.result)
	offered := ""
	for range 12 { // one new thing a day
		c.Clock.AdvanceDays(1)
		p := c.reader.get(c.result)
		if forms := p.All("form[action^='/concepts/']"); len(forms) > 0 {
			offered = forms[0].Attr("action")
			if strings.Contains(offered, "/difference/") {
				if !strings.Contains(p.Text, "values before level 2") || strings.Contains(p.Text, "Between ") {
					t.Errorf("the offer says %s", p.One("section.panel.mt4").Text())
				}
				c.reader.post(offered, "back", c.result).to(t, c.result)
				break
			}
			c.reader.post(strings.Replace(offered, "/try", "/not-now", 1), "back", c.result)
		}
	}
	if !strings.Contains(offered, "/difference/") {
		t.Fatalf("it is not offered; the last offer is %q", offered)
	}
	c.reader.get(c.result).Want("#h-since", 1)
}

// causes are words that say that one thing made another, in both languages.
var causes = regexp.MustCompile(`(?i)\b(because|caus\w*|thanks to|due to|led to|leads to|owing to|boost\w*|effects?|impact\w*|improve[sd]?|improving|brought about|makes? (?:more|fewer|less)|weil|wegen|dadurch|dank|verursach\w*|bewirk\w*|wirkung|auswirkung\w*|effekt\w*|ursach\w*|führte?|verbessert\w*|zurückzuführen)\b`)

func TestNoPageSaysThatLearningDidIt(t *testing.T) {
	if !causes.MatchString("Training boosted sales.") || !causes.MatchString("Mehr Verkäufe dank Übung.") {
		t.Fatal("the list finds nothing")
	}
	for _, lang := range []string{"en", "de"} {
		for _, made := range []func() *compared{
			func() *compared { return compare(t, tandem.FormTotal, 120, 40, 10, 14, true) },
			func() *compared { return compare(t, tandem.FormReading, 120, 40, 10, 14, true) },
			func() *compared { return compare(t, tandem.FormReading, 120, 40, 10, 10, true) },
			func() *compared { return compare(t, tandem.FormTotal, 60, 3, 10, 14, true) },
		} {
			c := made()
			if _, err := c.ChangeProfile(t.Context(), c.mira.Actor, app.ProfileInput{Version: c.mira.Person.Version, Lang: &lang}); err != nil {
				t.Fatal(err)
			}
			for _, answered := range []bool{false, true} {
				if answered {
					c.answer(t, "-")
				}
				for _, path := range []string{c.result, c.result + "/difference", c.learning} {
					p := c.reader.get(path).want(t, http.StatusOK)
					p.Want("html[lang="+lang+"]", 1)
					text := strings.ReplaceAll(p.One("body").Text(), "tandem impact", "")
					for _, e := range p.All("svg, [aria-label]") {
						text += " " + e.Attr("aria-label")
					}
					if m := causes.FindString(text); m != "" {
						i := strings.Index(text, m)
						t.Errorf("%s, %s says %q: …%s…", lang, path, m, text[max(0, i-60):min(len(text), i+60)])
					}
				}
			}
		}
	}
}

func TestTheTableHoldsAllThatWentIn(t *testing.T) {
	c := compare(t, tandem.FormReading, 120, 40, 10, 14, true)
	c.answer(t, "Nothing.")
	p := c.reader.get(c.result+"/difference").want(t, http.StatusOK)
	if rows := len(p.All("#cells table tr")); rows != 122 {
		t.Errorf("%d rows for 121 days", rows)
	}
	for _, want := range []string{"A,121,81,step,1,1,7", "121 values on 121 days", "false starts before it were tried", "1 calls: a tenth of the way", "Nothing was assumed beforehand", "19 in 20"} {
		if !strings.Contains(p.One("body").Text(), want) {
			t.Errorf("it does not say %q: %s", want, p.One("section[aria-labelledby=h-all]").Text()[:400])
		}
	}
}

func TestAnotherMemberReadsNoDifference(t *testing.T) {
	c := compare(t, tandem.FormTotal, 120, 40, 10, 14, true)
	c.answer(t, "Only for me.")
	ben := c.as(c.Person(t, "Ben"))
	for _, path := range []string{c.result, c.result + "/difference", c.learning} {
		ben.get(path).want(t, http.StatusNotFound)
	}
	ben.post(c.learning+"/changed", "result", c.ids[0].String(), "changed", "x").want(t, http.StatusNotFound)
}

func TestTheSameFiguresComeOutOfTheFilesOnThePage(t *testing.T) {
	c := compare(t, tandem.FormTotal, 120, 40, 10, 14, true)
	ctx, ws := t.Context(), c.mira.Person.Personal
	second, err := c.CreateGoal(ctx, c.mira.Actor, ws, app.GoalInput{Kind: tandem.KindLearning, Title: "Write it down"})
	if err != nil {
		t.Fatal(err)
	}
	id := second.GoalHead().ID
	if _, err := c.LinkGoals(ctx, c.mira.Actor, ws, id, app.FuelsInput{Result: c.ids[0]}); err != nil {
		t.Fatal(err)
	}
	tech, err := c.CreateTechnique(ctx, c.mira.Actor, ws, app.TechniqueInput{Name: "A note after each call", Goal: id, State: tandem.Kept})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 15 {
		if _, err := c.LogUse(ctx, c.mira.Actor, ws, tech.ID, app.UseInput{Day: c.today() - 50 + tandem.Day(3*i)}); err != nil {
			t.Fatal(err)
		}
	}
	for _, l := range []tandem.GoalID{c.ids[1], id} {
		if _, err := c.SayWhatChanged(ctx, c.mira.Actor, ws, l, c.ids[0], app.ChangedInput{Changed: "Nothing."}); err != nil {
			t.Fatal(err)
		}
	}
	v, err := c.ResultPage(ctx, c.mira.Actor, ws, c.ids[0])
	if err != nil {
		t.Fatal(err)
	}
	d, err := c.Compare(ctx, c.mira.Actor, v)
	if err != nil || len(d.Items) != 2 || !d.Items[0].Figure() || !d.Items[1].Figure() {
		t.Fatalf("%+v, %v", d.Items, err)
	}
	p := c.reader.get(c.result+"/difference").want(t, http.StatusOK)
	var out strings.Builder
	file := func(id string) *strings.Reader {
		return strings.NewReader(html.UnescapeString(regexp.MustCompile(`(?s)<textarea[^>]*id="` + id + `"[^>]*>(.*?)</textarea>`).FindStringSubmatch(p.Text)[1]))
	}
	err = cli.ImpactFilter(file("f-series"), file("f-meta"), &out, nil, cli.ImpactOptions{Placebos: 20, Full: true})
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 3 {
		t.Fatalf("the filter says %s", out.String())
	}
	for i, x := range d.Items {
		f := strings.Split(lines[i+1], ",")
		for k, want := range map[int]float64{1: x.Mean, 2: x.Lo95, 3: x.Hi95, 5: x.Lo80, 6: x.Hi80} {
			if got, err := strconv.ParseFloat(f[k], 64); err != nil || got != want {
				t.Errorf("%s: column %d is %s instead of %v", x.Learning.Title, k, f[k], want)
			}
		}
		if f[9] != x.Word.String() {
			t.Errorf("%s: the word is %q instead of %q", x.Learning.Title, f[9], x.Word)
		}
	}
}
