package app_test

import (
	"fmt"
	"strings"
	"testing"

	"tandem"
	"tandem/app"
)

// sayLine tells what a line became: what, how much, when, with what, the note.
func sayLine(l app.LoggedLine) string {
	b := []string{l.Kind, l.Name}
	switch {
	case l.Value != nil && l.Value.State != tandem.StateValue:
		b = append(b, string(l.Value.State), l.Value.Day.String())
	case l.Value != nil:
		b = append(b, fmt.Sprint(l.Value.Value), l.Value.Day.String())
	case l.Practice != nil:
		b = append(b, fmt.Sprint(l.Practice.Minutes, " min"), l.Practice.Day.String())
	default:
		b = append(b, l.Uses[0].Day.String())
	}
	for _, t := range l.Techniques {
		b = append(b, "with "+t)
	}
	note := ""
	switch {
	case l.Value != nil:
		note = l.Value.Note
	case l.Practice != nil:
		note = l.Practice.Reflection
	default:
		note = l.Uses[0].Note
	}
	if note != "" {
		b = append(b, "note "+note)
	}
	return strings.Join(b, ", ")
}

// manyNames brings numbers, learning goals and techniques to be named in a line.
func (d *desk) manyNames(t *testing.T) {
	t.Helper()
	for _, m := range []app.MetricInput{{Name: "Weight", Unit: "kg"}, {Name: "Run 5 km", Unit: "min"}, {Name: "Phone calls", Form: tandem.FormTotal}, {Name: "Video calls", Form: tandem.FormTotal}, {Name: "Verkäufe", Form: tandem.FormTotal}} {
		must[tandem.Metric](t)(d.CreateMetric(t.Context(), d.by, d.ws, m))
	}
	d.result(t, d.sales())
	for _, title := range []string{"Ask better discovery questions", "Bessere Bedarfsfragen stellen", "Guitar"} {
		d.learning(t, title)
	}
	for _, name := range []string{"the pause", "Offer within 24 hours", "Offer in person"} {
		must[tandem.Technique](t)(d.CreateTechnique(t.Context(), d.by, d.ws, app.TechniqueInput{Name: name}))
	}
}

func (d *desk) speak(t *testing.T, lang string) {
	t.Helper()
	p := must[tandem.Person](t)(d.Store.For(d.by).Person(t.Context()))
	if _, err := d.ChangeProfile(t.Context(), d.by, app.ProfileInput{Version: p.Version, Lang: &lang}); err != nil {
		t.Fatal(err)
	}
}

func TestALineIsLoggedAsWhatItSays(t *testing.T) {
	onEach(t, func(t *testing.T, d *desk) {
		d.manyNames(t)
		check := func(lines [][2]string) {
			t.Helper()
			for _, x := range lines {
				l, err := d.LogLine(t.Context(), d.by, d.ws, app.LineInput{Text: x[0]})
				if err != nil {
					t.Errorf("%q: %v", x[0], err)
				} else if got := sayLine(l); got != x[1] {
					t.Errorf("%q\n got %s\nwant %s", x[0], got, x[1])
				}
			}
		}
		check([][2]string{ // 21 November 2026 is a Saturday
			{"sales 12", "value, Sales, 12, 2026-11-21"}, {"sales -1", "value, Sales, -1, 2026-11-21"}, {"Sales twelve", "value, Sales, 12, 2026-11-21"},
			{"20m discovery questions yesterday", "practice, Ask better discovery questions, 20 min, 2026-11-20"},
			{"guitar 1h30, with the pause, enjoyed it", "practice, Guitar, 90 min, 2026-11-21, with the pause, note enjoyed it"},
			{"^ 12.5 sales nice run", "value, Sales, 12.5, 2026-11-21, note nice run"}, {"^^ 3 sales", "value, Sales, 3, 2026-11-20"},
			{"sale, with the pause", "value, Sales, 1, 2026-11-21, with the pause"},
			{"used the pause on Friday", "use, the pause, 2026-11-20, with the pause"},
			{"sales 12 2026-11-20 two walk-ins", "value, Sales, 12, 2026-11-20, note two walk-ins"},
			{"20 sales 3", "value, Sales, 3, 2026-11-21"}, {"20 sales", "value, Sales, 20, 2026-11-21"}, {"run 5 km 31.5 windy", "value, Run 5 km, 31.5, 2026-11-21, note windy"},
			{"weight 71500 g", "value, Weight, 71.5, 2026-11-21"}, {"sales skipped on Thursday", "value, Sales, skip, 2026-11-19"},
		})
		d.speak(t, "de")
		check([][2]string{
			{"Verkäufe 12", "value, Verkäufe, 12, 2026-11-21"}, {"20 Min Bedarfsfragen gestern", "practice, Bessere Bedarfsfragen stellen, 20 min, 2026-11-20"},
			{"^ 12,5 Verkäufe schöner Lauf", "value, Verkäufe, 12.5, 2026-11-21, note schöner Lauf"}, {"Verkauf, mit der Pause", "value, Verkäufe, 1, 2026-11-21, with the pause"},
			{"vor 2 Tagen 3 Verkäufe", "value, Verkäufe, 3, 2026-11-19"},
		})
		uses := must[[]tandem.Use](t)(d.ListUses(t.Context(), d.by, d.ws, d.today()-10, d.today()))
		if len(uses) != 4 {
			t.Errorf("%d uses stand, want 4: %+v", len(uses), uses)
		}
	})
}

func TestTheOnlyNumberNeedsNoName(t *testing.T) {
	d := newDesk(t)
	d.result(t, d.sales())
	l := must[app.LoggedLine](t)(d.LogLine(t.Context(), d.by, d.ws, app.LineInput{Text: "^ 12.5 nice run"}))
	if got := sayLine(l); got != "value, Sales, 12.5, 2026-11-21, note nice run" {
		t.Error(got)
	}
	// A second press of the same button changes nothing.
	in := app.LineInput{Text: "12", Key: "k"}
	must[app.LoggedLine](t)(d.LogLine(t.Context(), d.by, d.ws, in))
	_, err := d.LogLine(t.Context(), d.by, d.ws, in)
	wantCode(t, err, "done_already")
	if got := d.values(t, l.Number.ID); len(got) != 2 {
		t.Errorf("values %v", got)
	}
}

func TestALineThatIsNotClearIsRefused(t *testing.T) {
	onEach(t, func(t *testing.T, d *desk) {
		d.manyNames(t)
		d.result(t, app.GoalInput{Kind: tandem.KindPerformance, Title: "Close more", Deadline: d.today() + 90, Target: ptr(30.0),
			Number: &app.MetricInput{Name: "Closed", Form: tandem.FormRatio, Period: tandem.PeriodWeek, Percent: true, Numerator: app.PartInput{Name: "Deals"}, Denominator: app.PartInput{Name: "Meetings"}}})
		for text, want := range map[string]string{
			"": "text: log_form", "sold two": "text: log_form", "12": "text: log_no_name", "Salez 12": "text: log_near", "Guitarr 20 min": "text: log_near",
			"weight": "text: log_no_value", "sales call was great": "text: log_no_value", "guitar": "text: log_minutes", "asked 3 questions": "text: log_minutes",
			"weight 3 km": "text: log_unit", "weight +1": "text: log_adds", "sales = 12": "text: log_sets",
			"Closed 25": "metric: ratio_logs_parts", "closed": "metric: ratio_logs_parts", "calls 3": "text: log_asks", "sale, with the offer": "text: log_asks",
			strings.Repeat("x ", 6000): "text: line_too_long",
		} {
			_, err := d.LogLine(t.Context(), d.by, d.ws, app.LineInput{Text: text})
			wantCode(t, err, want)
		}
		_, err := d.LogLine(t.Context(), d.by, d.ws, app.LineInput{Text: "Salez 12"})
		if near := tandem.All(err)[0].Args["near"]; near != "Sales" {
			t.Errorf("near is %v", near)
		}
		for _, c := range []struct{ text, ask, first, second string }{
			{"calls 3", "name", "value, Phone calls, 3, 2026-11-21", "value, Video calls, 3, 2026-11-21"},
			{"sale, with the offer", "technique", "value, Sales, 1, 2026-11-21, with Offer within 24 hours", "value, Sales, 1, 2026-11-21, with Offer in person"},
		} {
			_, err := d.LogLine(t.Context(), d.by, d.ws, app.LineInput{Text: c.text})
			ask := tandem.All(err)[0].Ask
			if ask == nil || ask.ID != c.ask || len(ask.Choices) != 2 {
				t.Fatalf("%q asks %+v", c.text, ask)
			}
			got := map[string]bool{}
			for _, x := range ask.Choices {
				l := must[app.LoggedLine](t)(d.LogLine(t.Context(), d.by, d.ws, app.LineInput{Text: c.text, Picks: map[string]string{ask.ID: x.ID}}))
				got[sayLine(l)] = true
			}
			if !got[c.first] || !got[c.second] {
				t.Errorf("%q became %v", c.text, got)
			}
		}
		// An answer that means nothing is asked again.
		_, err = d.LogLine(t.Context(), d.by, d.ws, app.LineInput{Text: "calls 3", Picks: map[string]string{"name": "metric_nonsense"}})
		wantCode(t, err, "text: log_asks")
	})
}

// What is dropped, archived, released or somebody else's is not named in a line.
func TestALineNamesOnlyWhatIsInUse(t *testing.T) {
	d := newDesk(t)
	m := must[tandem.Metric](t)(d.CreateMetric(t.Context(), d.by, d.ws, app.MetricInput{Name: "Steps"}))
	must[tandem.Metric](t)(d.ChangeMetric(t.Context(), d.by, d.ws, m.ID, app.MetricChange{Version: m.Version, Archived: ptr(true)}))
	_, err := d.LogLine(t.Context(), d.by, d.ws, app.LineInput{Text: "steps 12"})
	wantCode(t, err, "text: log_form")
	g := d.learning(t, "Guitar")
	p := must[app.LoggedLine](t)(d.LogLine(t.Context(), d.by, d.ws, app.LineInput{Text: "20m guitar"}))
	l := must[app.LoggedLine](t)(d.LogLine(t.Context(), d.by, d.ws, app.LineInput{Text: "guitar 10"})) // the minutes number is there now and no second name
	if l.Kind != app.LinePractice || l.Practice.Goal != g.ID || l.Practice.Minutes != 10 {
		t.Errorf("%+v", l)
	}
	// Taking a practice back takes back what rode on it.
	must[tandem.Technique](t)(d.CreateTechnique(t.Context(), d.by, d.ws, app.TechniqueInput{Name: "the pause"}))
	l = must[app.LoggedLine](t)(d.LogLine(t.Context(), d.by, d.ws, app.LineInput{Text: "guitar 10 min with the pause"}))
	if err := d.DeletePractice(t.Context(), d.by, d.ws, g.ID, l.Practice.ID); err != nil {
		t.Fatal(err)
	}
	if us := must[[]tandem.Use](t)(d.ListUses(t.Context(), d.by, d.ws, d.today(), d.today())); len(us) != 0 || p.Practice.Minutes != 20 {
		t.Errorf("%+v", us)
	}
}
