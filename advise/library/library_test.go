package library_test

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"tandem"
	"tandem/advise/library"
)

func TestThirtyTemplatesInBothLanguages(t *testing.T) {
	keys := map[string][]string{}
	for _, lang := range []string{"en", "de"} {
		text, err := os.ReadFile("packs/" + lang + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		all, err := library.Parse(string(text))
		if err != nil {
			t.Fatalf("%s: %v", lang, err)
		}
		for _, x := range all {
			if x.Lang != lang {
				t.Errorf("%s is in %s", x.Key, x.Lang)
			}
			keys[lang] = append(keys[lang], x.Key)
			for _, s := range append([]string{x.Result, x.Learning, x.Why, x.Technique, x.FirstStep}, x.Levels...) {
				if strings.ContainsAny(s, "!") || strings.Contains(strings.ToLower(s), "fail") {
					t.Errorf("%s says %q", x.Key, s)
				}
			}
		}
	}
	if len(keys["en"]) != 30 || !slices.Equal(keys["en"], keys["de"]) {
		t.Errorf("%d in English, %d in German", len(keys["en"]), len(keys["de"]))
	}
	if len(library.BuiltIn()) != 60 {
		t.Errorf("%d are built in", len(library.BuiltIn()))
	}
	de := map[string]library.Template{}
	for _, x := range library.Choose(library.BuiltIn(), "de") {
		de[x.Key] = x
	}
	for _, x := range library.Choose(library.BuiltIn(), "en") {
		y := de[x.Key]
		if x.Form != y.Form || x.Direction != y.Direction || x.ReachedWhen != y.ReachedWhen || x.Days != y.Days || x.Topic != y.Topic || x.Adults != y.Adults ||
			len(x.Levels) != len(y.Levels) || x.Size != y.Size || x.Times != y.Times || x.ForAdults() != y.ForAdults() {
			t.Errorf("%s differs between the languages", x.Key)
		}
	}
}

// What a template says can become a number, a result and a learning goal as they are.
func TestEveryTemplateIsAPairThatCanBe(t *testing.T) {
	for _, x := range library.BuiltIn() {
		m := tandem.Metric{Name: x.Number, Unit: x.Unit, Form: x.Form, Direction: x.Direction, Period: x.Every}
		m.Defaults()
		from := 40.0
		target, ok := x.TargetFrom(&from)
		g := tandem.PerformanceGoal{Goal: tandem.Goal{Title: x.Result, Why: x.Why, Visibility: tandem.OnlyMe, State: tandem.Active}, Start: 1000, Deadline: tandem.Day(1000 + x.Days),
			Target: target, ReachedWhen: x.ReachedWhen}
		if x.Change != nil {
			g.Baseline = &from
		}
		g.Defaults(m)
		if err := m.Validate(); err != nil {
			t.Errorf("%s %s: %v", x.Key, x.Lang, err)
		}
		if err := g.Validate(m); err != nil || !ok {
			t.Errorf("%s %s: %v", x.Key, x.Lang, err)
		}
		l := tandem.LearningGoal{Goal: tandem.Goal{Title: x.Learning, State: tandem.Active, Visibility: tandem.OnlyMe}, Levels: x.Levels, ReviewDay: 1014,
			Collection: x.Collection, CollectionSize: x.Size, FirstStep: x.FirstStep}
		if err := l.Validate(); err != nil {
			t.Errorf("%s %s: %v", x.Key, x.Lang, err)
		}
	}
}

func TestTheDemandsHaveTheirExamples(t *testing.T) {
	for key, want := range map[string]string{
		"lose-ten-pounds": "Lose 10 pounds", "earn-hundred-thousand": "Earn $100,000", "twenty-sales": "20 sales", "three-strategies": "", "fun-exercise": "4 days",
		"healthful-meals": "", "code-in-python": "", "senior-marketing-manager": "senior marketing manager", "delivery-times": "9 of 10", "faster-projects": "10 %",
		"sales-and-negotiation": "monthly sales target", "team-revenue": "30 %", "better-proposals": "", "give-talks": "", "spanish-words": "", "fundraising": "", "travel-budget": "", "use-what-i-learned": "",
	} {
		i := slices.IndexFunc(library.BuiltIn(), func(x library.Template) bool { return x.Key == key && x.Lang == "en" })
		if i < 0 || !strings.Contains(library.BuiltIn()[i].Result, want) {
			t.Errorf("%s is not among them, or does not say %q", key, want)
		}
	}
}

func TestMinorsGetNothingAboutTheBody(t *testing.T) {
	for _, x := range library.BuiltIn() {
		if x.Key == "lose-ten-pounds" && !x.ForAdults() {
			t.Error("losing weight is offered to minors")
		}
		if (x.Topic == "school" || x.Topic == "music" || x.Key == "fun-exercise" || x.Key == "read-books") && x.ForAdults() {
			t.Errorf("%s %s is kept from minors", x.Key, x.Lang)
		}
		if x.Adults && !x.ForAdults() {
			t.Errorf("the mark of %s does not count", x.Key)
		}
		x.Adults = false
		if x.Key == "lose-ten-pounds" && !x.ForAdults() {
			t.Errorf("in %s losing weight is seen only by its mark", x.Lang)
		}
	}
	for text, want := range map[string]bool{
		"Eat 1500 calories a day": true, "5 Kilo abnehmen": true, "Mein Gewicht halten": true, "Slim for summer": true, "Weniger Kalorien": true, "Look good on the beach": true,
		"Read 12 books": false, "Learn to look closely": false, "Abnahme der Heizung": false, "Wichtige Wörter": false, "Figure out fractions": false,
	} {
		if got := (library.Template{Result: text}).ForAdults(); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	if !(library.Template{Result: "Down to 60", Unit: "kg", Direction: tandem.Down}).ForAdults() {
		t.Error("a number in kg that is to fall is offered to minors")
	}
}

func TestAPackWrittenIsReadAgain(t *testing.T) {
	for _, lang := range []string{"en", "de"} {
		var all []library.Template
		for _, x := range library.BuiltIn() {
			if x.Lang == lang {
				all = append(all, x)
			}
		}
		lo, hi := 20.0, 25.5
		all = append(all, library.Template{Key: "a-band", Lang: lang, Topic: "home", Result: "Keep it warm", Number: "Warmth", Form: tandem.FormReading, Direction: tandem.Within,
			ReachedWhen: tandem.ReachedKept, Lo: &lo, Hi: &hi, Days: 10, Learning: "Learn", Levels: []string{"a", "b", "c"}, FirstStep: "Look", Technique: "Air", Outside: []string{"Frost"}, Why: "Calm"})
		again, err := library.Parse(library.Write(lang, all))
		if err != nil {
			t.Fatal(err)
		}
		for i := range all {
			if !reflect.DeepEqual(all[i], again[i]) {
				t.Errorf("%+v\ncame back as %+v", all[i], again[i])
			}
		}
	}
}

const good = `tandem templates 1
language: en
template: a-b
topic: home
result: R
number: N
target: 3
period: 1 week
learning: L
level: 1
level: 2
level: 3
first step: F
technique: T
outside: O
why: W
`

func TestAPackTellsWhatIsWrongAndWhere(t *testing.T) {
	if _, err := library.Parse(good); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		from, to string
		code     string
		line     int
		arg      string // a value that the message names
	}{
		{"tandem templates 1", "templates", "pack_head", 1, "tandem templates 1"},
		{"language: en\n", "", "pack_language", 2, ""},
		{"language: en", "language: fr", "pack_value", 2, "en, de"},
		{"language: en", "result: R", "pack_no_template", 2, "result"},
		{"a-b", "A b", "pack_key_form", 3, "A b"},
		{"topic: home", "topic: garden", "pack_value", 4, "garden"},
		{"topic: home", "topik: home", "pack_key_near", 4, "topic"},
		{"topic: home", "colour: red", "pack_key_unknown", 4, "technique"},
		{"result: R\n", "", "pack_missing", 3, "result"},
		{"result: R", "result:", "pack_no_value", 5, "result"},
		{"result: R", "result", "pack_line_form", 5, "result"},
		{"result: R", "result: " + strings.Repeat("x", 201), "pack_too_long", 5, "200"},
		{"result: R", "result: a\x07b", "pack_control", 5, "result"},
		{"number: N", "number: N\nnumber: M", "pack_twice", 7, "6"},
		{"target: 3", "target: three", "pack_value", 7, "three"},
		{"target: 3", "target: 1e99", "pack_value", 7, "1e99"},
		{"target: 3", "target: 3\nchange: +1", "pack_one_target", 3, "a-b"},
		{"target: 3\n", "", "pack_one_target", 3, "a-b"},
		{"target: 3", "change: -3", "pack_change", 7, "a-b"},
		{"target: 3", "change: 0", "pack_value", 7, "0"},
		{"target: 3", "form: total\nchange: +3", "pack_change_form", 8, "a-b"},
		{"target: 3", "band: 1 to 2", "pack_band", 3, "a-b"},
		{"target: 3", "direction: within\ntarget: 3", "pack_band", 7, "a-b"},
		{"target: 3", "band: 2 to 1\ndirection: within", "pack_value", 7, "2 to 1"},
		{"target: 3", "target: 3\nevery: month", "pack_every", 8, "a-b"},
		{"target: 3", "target: 3\nreached when: total", "pack_total", 8, "a-b"},
		{"period: 1 week", "period: soon", "pack_value", 8, "soon"},
		{"period: 1 week", "period: 11 years", "pack_value", 8, "11 years"},
		{"level: 3\n", "", "pack_levels", 11, "2"},
		{"first step: F\n", "", "pack_no_beginning", 3, "a-b"},
		{"first step: F", "practice: daily", "pack_value", 13, "daily"},
		{"first step: F", "collection: some things", "pack_value", 13, "some things"},
		{"why: W", "why: W\ntemplate: a-b", "pack_key_twice", 17, "3"},
		{"why: W", "why: W\xff", "pack_bad_utf8", 0, ""},
		{good, "tandem templates 1\nlanguage: en\n", "pack_empty", 0, ""},
		{good, "", "pack_head", 1, ""},
		{"why: W", "why: W\n#" + strings.Repeat("x", library.MaxPack), "pack_too_large", 0, "256 KiB"},
	} {
		all, err := library.Parse(strings.Replace(good, c.from, c.to, 1))
		es := tandem.All(err)
		if len(es) == 0 || len(all) > 0 {
			t.Errorf("%q for %q: %v", c.to, c.from, err)
			continue
		}
		e := es[0]
		line, _ := e.Args["line"].(int)
		if e.Field != "pack" || e.Code != c.code || line != c.line || !strings.Contains(e.Error(), c.arg) {
			t.Errorf("%.60q for %q: %v, want %s at %d with %s", c.to, c.from, e, c.code, c.line, c.arg)
		}
	}
	_, err := library.Parse("tandem templates 1\nlanguage: en\ntemplate: x\n" + strings.Repeat("colour: red\n", 500))
	if n := len(tandem.All(err)); n != 20 {
		t.Errorf("%d faults are told at once", n)
	}
}

func TestAChangeBecomesATarget(t *testing.T) {
	p := func(v float64) *float64 { return &v }
	for _, c := range []struct {
		t    library.Template
		from *float64
		want float64
		ok   bool
	}{
		{library.Template{Target: p(20)}, nil, 20, true},
		{library.Template{Change: p(-10)}, p(172.3), 162.3, true},
		{library.Template{Change: p(-10)}, nil, 0, false},
		{library.Template{Change: p(30), Percent: true}, p(40000), 52000, true},
		{library.Template{Change: p(-10), Percent: true}, p(-50), -55, true},
		{library.Template{Change: p(-10), Percent: true}, p(0.7), 0.63, true},
	} {
		if got, ok := c.t.TargetFrom(c.from); got != c.want || ok != c.ok {
			t.Errorf("%+v: %v %v", c, got, ok)
		}
	}
}

func TestTheOwnLanguageAndTheOwnPackCountFirst(t *testing.T) {
	all := []library.Template{{Key: "a", Lang: "en", Result: "1"}, {Key: "a", Lang: "de", Result: "2"}, {Key: "b", Lang: "en", Result: "3"}, {Key: "a", Lang: "de", Result: "4"}}
	got := library.Choose(all, "de")
	if len(got) != 2 || got[0].Result != "4" || got[1].Result != "3" {
		t.Errorf("%+v", got)
	}
}

func FuzzPack(f *testing.F) {
	f.Add(good)
	f.Add("tandem templates 1\nlanguage: de\ntemplate: x\npractice: 15 Minuten, 1 Tag die Woche\nband: 1 bis 2\n")
	f.Fuzz(func(t *testing.T, text string) {
		all, err := library.Parse(text)
		if err != nil {
			for _, e := range tandem.All(err) {
				if e.Field != "pack" || !strings.HasPrefix(e.Code, "pack_") {
					t.Errorf("%v", e)
				}
			}
			return
		}
		byLang := map[string][]library.Template{}
		for _, x := range all {
			byLang[x.Lang] = append(byLang[x.Lang], x)
		}
		for lang, xs := range byLang {
			again, err := library.Parse(library.Write(lang, xs))
			if err != nil || !reflect.DeepEqual(xs, again) {
				t.Errorf("%q is written as %q: %v", text, library.Write(lang, xs), err)
			}
		}
	})
}
