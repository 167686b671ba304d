package web_test

import (
	"encoding/csv"
	"fmt"
	"html"
	"math"
	"math/rand/v2"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"tandem"
	"tandem/app"
	"tandem/cli"
)

// A piloted technique is one that was used three times beside a number with nine values.
type piloted struct {
	*site
	mira                      app.Principal
	r                         *reader
	result, learning, address string
	technique                 tandem.TechniqueID
	metric                    tandem.MetricID
}

func pilot(t *testing.T) *piloted {
	t.Helper()
	s := newSite(t)
	s.Draw = rand.New(rand.NewPCG(1, 2)).Uint64
	x := &piloted{site: s, r: s.setUp()}
	x.result = x.r.pair(t)
	x.learning = x.r.learnt(t, x.result)
	x.r.post(x.learning+"/techniques", "name", "The pause").to(t, x.learning)
	x.address = x.r.get(x.learning).One("[aria-labelledby=h-techniques] a.b").Attr("href")
	x.mira = s.signedIn(t, x.r)
	var err error
	if x.technique, err = tandem.ParseID[tandem.TechniqueID](strings.TrimPrefix(x.address, "/techniques/")); err != nil {
		t.Fatal(err)
	}
	all, err := s.PilotChoices(t.Context(), x.mira.Actor, x.mira.Person.Personal, x.technique)
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	x.metric = all[0].Number.ID
	return x
}

func (x *piloted) log(t *testing.T, v float64, used bool) {
	t.Helper()
	in := app.ObservationInput{Value: &v}
	if used {
		in.Techniques = []tandem.TechniqueID{x.technique}
	}
	if _, err := x.LogObservation(t.Context(), x.mira.Actor, x.mira.Person.Personal, x.metric, in); err != nil {
		t.Fatal(err)
	}
}

func (x *piloted) plan(t *testing.T, more ...string) answer {
	t.Helper()
	p := x.r.get(x.address+"/pilot").want(t, http.StatusOK)
	pairs := append([]string{"key", p.One("form input[name=key]").Attr("value"), "results", p.One("#f-results option[selected]").Attr("value"), "hypothesis", "They buy more after a pause.",
		"first", p.One("#f-first").Attr("value")}, more...)
	return x.r.post(x.address+"/pilot", pairs...)
}

// live goes through the days of a pilot, the technique used as drawn; each use adds to the number.
func (x *piloted) live(t *testing.T, p tandem.Pilot, adds float64) {
	t.Helper()
	noise := rand.New(rand.NewPCG(3, 3))
	blocks, err := app.PilotBlocks(p)
	if err != nil {
		t.Fatal(err)
	}
	x.Clock.AdvanceDays(int(p.First - x.today()))
	for i := range int(p.Last()-p.First) + 1 {
		v := math.Round(5 + noise.NormFloat64())
		on := blocks[i/p.Days].On
		if on {
			v += adds
		}
		x.log(t, v, on)
		x.Clock.AdvanceDays(1)
	}
	x.r.after(t, 0)
	x.renew(t)
}

// renew renews what pages keep of the result, as a page that logs does.
func (x *piloted) renew(t *testing.T) {
	t.Helper()
	id := must(tandem.ParseID[tandem.GoalID](strings.TrimPrefix(x.result, "/goals/")))
	if err := x.Refresh(t.Context(), x.mira.Actor, x.mira.Person.Personal, []tandem.GoalID{id}); err != nil {
		t.Fatal(err)
	}
}

func (x *piloted) stored(t *testing.T) tandem.Pilot {
	t.Helper()
	all, err := x.ListPilots(t.Context(), x.mira.Actor, x.mira.Person.Personal)
	if err != nil || len(all) == 0 {
		t.Fatal(all, err)
	}
	return all[0]
}

// TestAPilotFromItsOfferToTheVerdict goes the whole way over the pages: offered after three uses, planned,
// drawn, lived, asked, told, decided.
func TestAPilotFromItsOfferToTheVerdict(t *testing.T) {
	x := pilot(t)
	for i := range 9 {
		x.log(t, float64(2+i%2), i < 3)
		x.Clock.AdvanceDays(1)
		if i == 1 {
			x.r.get(x.address).want(t, http.StatusOK).Want("form[action='/concepts/measured_pilot/try']", 0)
		}
	}
	x.renew(t)
	p := x.r.get(x.address).want(t, http.StatusOK)
	if text := p.One("main").Text(); !strings.Contains(text, "You used The pause 3 times. A start date drawn at random would show whether it changes Sales.") {
		t.Fatalf("no pilot is offered: %s", text)
	}
	p.Want("#h-pilot", 0)
	x.r.post("/concepts/measured_pilot/try", "back", x.address).to(t, x.address)
	x.r.get(x.address).want(t, http.StatusOK).WantAttr("[aria-labelledby=h-pilot] a.btn", "href", x.address+"/pilot")

	p = x.plan(t, "worth", "0.5", "pairs", "3", "days", "7", "wash_out", "0").want(t, http.StatusUnprocessableEntity)
	p.Want("#f-pairs[aria-invalid=true]", 1)
	p.WantText("#f-hypothesis", "They buy more after a pause.")
	a := x.plan(t, "worth", "0.5", "pairs", "6", "days", "7", "wash_out", "0").want(t, http.StatusSeeOther)
	url := a.Header.Get("Location")
	p = x.r.get(url).want(t, http.StatusOK)
	p.Want("table.blocks tbody td", 12)
	p.Want("table.blocks .chip.l", 6)
	if text := p.One(".say0").Text(); !strings.Contains(text, "Begins on 7 December") || !strings.Contains(text, "No figure is shown before 1 March 2027") {
		t.Errorf("before the first day it says %s", text)
	}
	if text := p.One("main").Text(); !strings.Contains(text, "2 of 52 ways to draw the days") || !strings.Contains(text, "from the seed "+strconv.FormatInt(x.stored(t).Seed, 10)) {
		t.Errorf("the plan is %s", text)
	}
	x.r.get(x.address).want(t, http.StatusOK).Want("[aria-labelledby=h-pilot] a.btn", 0)

	stored := x.stored(t)
	blocks, err := app.PilotBlocks(stored)
	if err != nil {
		t.Fatal(err)
	}
	said := map[bool]string{true: "This week with “The pause”, until Sunday, 13 December", false: "This week without “The pause”, until Sunday, 13 December"}[blocks[0].On]
	x.Clock.AdvanceDays(int(stored.First-x.today()) - 1)
	x.log(t, 2, false) // after silence Today greets, and no more
	x.renew(t)
	x.r.after(t, 1)
	x.r.get("/").want(t, http.StatusOK).WantText("[aria-labelledby=h-pilots] li p", said)
	x.r.get(x.address).want(t, http.StatusOK).WantText("[aria-labelledby=h-pilot] p a", said)
	x.r.get(url).want(t, http.StatusOK).Want("table.blocks td[aria-current]", 1)
	x.live(t, stored, 3)

	x.r.get("/").want(t, http.StatusOK).WantText("[aria-labelledby=h-pilots] li p", "The pilot of “The pause” is over")
	p = x.r.get(url).want(t, http.StatusOK)
	p.Want("#h-ask", 1)
	p.Want("#h-showed", 0)
	p.Want("form[action$='/verdict']", 0)
	if m := regexp.MustCompile(`made a difference:|Between |best estimate|speak for`).FindString(p.Text); m != "" {
		t.Errorf("before the question is answered it says %q", m)
	}
	x.r.post(url+"/changed", "changed", "A new price.", "do", "save").to(t, url)
	p = x.r.get(url).want(t, http.StatusOK)
	if text := p.One(".say0").Text(); !regexp.MustCompile(`^“The pause” made a difference: \+[23]\.\d+ a day`).MatchString(text) {
		t.Errorf("it says %s", text)
	}
	if text := p.One("[aria-labelledby=h-showed]").Text(); !strings.Contains(text, "2 of 52 ways to draw the days would still have shown as much") || !strings.Contains(text, "speak for keeping it") || !strings.Contains(text, "A new price.") {
		t.Errorf("it showed %s", text)
	}
	p.WantText("#lived", "Used on 42 of 42 days with, and on 0 of 42 days without. All days count as they were drawn.")
	p.Want("form[action$='/verdict'] button", 4)
	x.r.post(url+"/verdict", "verdict", "adapt", "words", "Only two seconds.").to(t, url)
	x.r.get(url).want(t, http.StatusOK).Want("form[action$='/verdict'] button", 3)
	p = x.r.get(x.address).want(t, http.StatusOK)
	p.WantAttr("#f-verdict", "value", "Only two seconds.")
	if text := p.One("[aria-labelledby=h-pilot]").Text(); !strings.Contains(text, "Adapted on 1 March") {
		t.Errorf("the technique says %s", text)
	}
	x.r.get("/").want(t, http.StatusOK).Want("#h-pilots", 0)
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// TestAPilotIsWorkedOutAgainFromItsFiles feeds the two files of the page to `tandem impact`, and counts the
// orders from the file of all days with a few lines of its own.
func TestAPilotIsWorkedOutAgainFromItsFiles(t *testing.T) {
	x := pilot(t)
	url := x.plan(t, "worth", "0.5", "pairs", "6", "days", "7", "wash_out", "1").want(t, http.StatusSeeOther).Header.Get("Location")
	x.live(t, x.stored(t), 1)
	x.r.post(url+"/changed", "do", "nothing").to(t, url)
	p := x.r.get(url).want(t, http.StatusOK)
	file := func(id string) *strings.Reader {
		m := regexp.MustCompile(`(?s)<textarea class="in" id="` + id + `"[^>]*>(.*?)</textarea>`).FindStringSubmatch(p.Text)
		if m == nil {
			t.Fatalf("no %s", id)
		}
		return strings.NewReader(html.UnescapeString(m[1]))
	}
	var out strings.Builder
	if err := cli.ImpactFilter(file("f-series"), file("f-meta"), &out, nil, cli.ImpactOptions{Full: true}); err != nil {
		t.Fatal(err)
	}
	v, err := x.PilotPage(t.Context(), x.mira.Actor, x.mira.Person.Personal, x.stored(t).ID)
	if err != nil {
		t.Fatal(err)
	}
	f := v.Figure
	rows, err := csv.NewReader(strings.NewReader(out.String())).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatal(rows, err)
	}
	for name, want := range map[string]float64{"effect": f.Mean, "lo95": f.Lo95, "hi95": f.Hi95, "lo80": f.Lo80, "hi80": f.Hi80, "worthwhile": f.Worthwhile, "sure": f.Sure} {
		for i, h := range rows[0] {
			if got, _ := strconv.ParseFloat(rows[1][i], 64); h == name && math.Abs(got-want) > 1e-9*math.Max(1, math.Abs(want)) {
				t.Errorf("%s is %v, worked out again %v", name, want, got)
			}
		}
	}
	a := x.r.get(url+"/days.csv").want(t, http.StatusOK)
	if !strings.HasPrefix(a.Header.Get("Content-Type"), "text/csv") {
		t.Errorf("the file is %s", a.Header.Get("Content-Type"))
	}
	days, err := csv.NewReader(strings.NewReader(a.Text)).ReadAll()
	if err != nil || len(days) != 85 || fmt.Sprint(days[0]) != "[number day pair with counts value]" {
		t.Fatal(len(days), err)
	}
	sums := map[string][4]float64{} // sum and count without, with
	first := map[string]bool{}      // the first block of the pair is with
	pairs := strings.Fields("1 2 3 4 5 6")
	for _, d := range days[1:] {
		if _, ok := first[d[2]]; !ok {
			first[d[2]] = d[3] == "1"
		}
		if d[4] != "1" || d[5] == "" {
			continue
		}
		y := must(strconv.ParseFloat(d[5], 64))
		s := sums[d[2]]
		side := 2 * must(strconv.Atoi(d[3]))
		s[side] += y
		s[side+1]++
		sums[d[2]] = s
	}
	seen := 0.0
	for _, s := range sums {
		seen += s[2]/s[3] - s[0]/s[1]
	}
	as, of := 0, 0
	for o := range uint(1) << len(pairs) {
		sum, turns := 0.0, 0
		for i, pair := range pairs {
			with := o>>i&1 == 1
			s := sums[pair]
			if d := s[2]/s[3] - s[0]/s[1]; with == first[pair] {
				sum += d
			} else {
				sum -= d
			}
			if i > 0 && with != (o>>(i-1)&1 == 1) {
				turns++
			}
		}
		if turns > 3 {
			continue // the page says that these were not drawn
		}
		of++
		if math.Abs(sum) >= math.Abs(seen)-1e-9 {
			as++
		}
	}
	if len(sums) != 6 || of != f.Orders || f.OrderP != float64(as)/float64(of) {
		t.Errorf("%d of %d orders, told are %g of %d", as, of, f.OrderP, f.Orders)
	}
	if text := p.One("[aria-labelledby=h-showed]").Text(); !strings.Contains(text, fmt.Sprintf("%d of %d ways", as, of)) {
		t.Errorf("the page does not say %d of %d: %s", as, of, text)
	}
	if !strings.Contains(p.One("main").Text(), "changes from pair to pair at most 3 times") {
		t.Error("the page does not say which orders were not drawn")
	}
}

// TestWhatAPilotMayNotSay: a pilot that shows nothing says so, one with few pairs hints, and German says the same.
func TestWhatAPilotMayNotSay(t *testing.T) {
	for _, c := range []struct {
		lang, pairs string
		adds        float64
		want, never string
	}{
		{"en", "6", 0, "Within chance|No sign of a difference|Too early to tell", "made a difference:"},
		{"en", "4", 4, "A hint: ", "made a difference:"},
		{"de", "6", 4, "hat einen Unterschied gemacht: ", "made a difference"},
		{"de", "4", 4, "Ein Hinweis: ", "hat einen Unterschied gemacht:"},
	} {
		x := pilot(t)
		if _, err := x.ChangeProfile(t.Context(), x.mira.Actor, app.ProfileInput{Version: x.mira.Person.Version, Lang: &c.lang}); err != nil {
			t.Fatal(err)
		}
		url := x.plan(t, "worth", map[string]string{"en": "0.5", "de": "0,5"}[c.lang], "pairs", c.pairs, "days", "7", "wash_out", "0").want(t, http.StatusSeeOther).Header.Get("Location")
		x.live(t, x.stored(t), c.adds)
		x.r.post(url+"/changed", "do", "nothing").to(t, url)
		p := x.r.get(url).want(t, http.StatusOK)
		p.Want("html[lang="+c.lang+"]", 1)
		text := p.One("body").Text()
		if !regexp.MustCompile(c.want).MatchString(p.One(".say0").Text()) || strings.Contains(text, c.never) {
			t.Errorf("%s, %s pairs, adding %g: %s", c.lang, c.pairs, c.adds, text)
		}
		if m := causes.FindString(strings.ReplaceAll(text, "tandem impact", "")); m != "" {
			t.Errorf("%s says %q", c.lang, m)
		}
		if c.adds == 0 && strings.Contains(text, "speak for keeping it") {
			t.Errorf("nothing was added, and it says %s", text)
		}
	}
}

func TestAPilotEndedEarlyIsToldAsThat(t *testing.T) {
	x := pilot(t)
	url := x.plan(t, "worth", "0.5", "pairs", "6", "days", "7", "wash_out", "0").want(t, http.StatusSeeOther).Header.Get("Location")
	x.r.get(url).want(t, http.StatusOK).Want("form[action$='/stop'] button", 1)
	x.r.post(url+"/stop").to(t, url)
	x.r.post(url+"/stop").want(t, http.StatusUnprocessableEntity)
	x.r.post(url+"/changed", "changed", " ", "do", "save").want(t, http.StatusUnprocessableEntity)
	x.r.post(url+"/changed", "do", "nothing").to(t, url)
	p := x.r.get(url).want(t, http.StatusOK)
	if text := p.One("main").Text(); !strings.Contains(text, "Too early to tell") || !strings.Contains(text, "It was ended on 21 November") || !strings.Contains(text, "0 pairs have values on both sides") {
		t.Errorf("it says %s", text)
	}
	p.Want("form[action$='/stop'] button", 0)
	x.r.post(url+"/verdict", "verdict", "unclear").to(t, url)
}
