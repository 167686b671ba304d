package app_test

import (
	"strings"
	"testing"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
)

// bodyTexts are results that no minor sets; plainTexts those that stay, though they are near.
var (
	bodyTexts = []string{"Lose 5 kg by summer", "Weigh under 50 kilos", "Get a six-pack", "Look skinny", "Eat less than 1200 calories a day", "Burn 500 kcal a day", "Smaller waist",
		"Get my BMI under 18", "Be prettier", "5 Kilo abnehmen", "Bikinifigur", "Schöner aussehen", "Mein Wunschgewicht erreichen", "Höchstens 1200 Kalorien am Tag"}
	plainTexts = []string{"Lift 40 kg at the gym", "Run 5 km without a break", "Do 10 pull-ups", "Save 50 pounds for a skateboard", "Collect 20 kg of paper", "Eat a piece of fruit every day",
		"Jeden Tag ein Stück Obst essen", "20 Kilo Altpapier sammeln", "Eine 2 in Mathe"}
)

func deskOf(t *testing.T, h *apptest.House, s app.SignedIn) *desk {
	t.Helper()
	return &desk{House: h, by: h.Actor(t, s), ws: s.Person.Personal}
}

// No child or teen sets a result or a number about the body, whatever door it comes through; an adult may,
// and what they could mean instead stays open to everybody.
func TestMinorsSetNoResultAboutTheBody(t *testing.T) {
	h := apptest.New(t)
	for _, x := range []struct {
		who   *desk
		minor bool
	}{{deskOf(t, h, h.Minor(t, "Kim", tandem.Child)), true}, {deskOf(t, h, h.Minor(t, "Tom", tandem.Teen)), true}, {deskOf(t, h, h.Person(t, "Mira")), false}} {
		d := x.who
		refused := func(err error, want string) {
			t.Helper()
			if !x.minor {
				want = ""
			}
			if got := apptest.Code(err); got != want {
				t.Errorf("minor %v: %q instead of %q", x.minor, got, want)
			}
		}
		ctx := t.Context()
		kept := d.result(t, d.sales())
		number := must[tandem.Metric](t)(d.CreateMetric(ctx, d.by, d.ws, app.MetricInput{Name: "Laps"}))
		micro := must[tandem.MicroGoal](t)(d.CreateMicroGoal(ctx, d.by, d.ws, app.MicroGoalInput{Title: "Stretch", Times: 2}))
		for i, text := range bodyTexts {
			in := d.sales()
			in.Title = text
			in.Number.Name = "Count"
			_, err := d.CreateGoal(ctx, d.by, d.ws, in)
			refused(err, "title: body_minor")
			in = d.sales()
			in.Title, in.Number.Name = "My summer", text
			_, err = d.CreateGoal(ctx, d.by, d.ws, in)
			refused(err, "number.name: body_minor")
			_, err = d.CreatePair(ctx, d.by, d.ws, app.PairInput{Result: in, Learning: app.GoalInput{Title: "Learn to cook healthy meals"}})
			refused(err, "result.number.name: body_minor")
			_, err = d.CreateMetric(ctx, d.by, d.ws, app.MetricInput{Name: text})
			refused(err, "name: body_minor")
			_, err = d.CreateMicroGoal(ctx, d.by, d.ws, app.MicroGoalInput{Title: text, Times: 2})
			refused(err, "title: body_minor")
			if i > 0 {
				continue // one change is as good as another
			}
			_, err = d.ChangeGoal(ctx, d.by, d.ws, kept.ID, app.GoalChange{Version: 1, Title: &text})
			refused(err, "title: body_minor")
			_, err = d.ChangeMetric(ctx, d.by, d.ws, number.ID, app.MetricChange{Version: 1, Name: &text})
			refused(err, "name: body_minor")
			_, err = d.ChangeMicroGoal(ctx, d.by, d.ws, micro.ID, app.MicroGoalChange{Version: 1, Title: &text})
			refused(err, "title: body_minor")
		}
		in := d.sales()
		in.Title, in.Number = "45 by summer", &app.MetricInput{Name: "Me", Unit: "kg"}
		_, err := d.CreateGoal(ctx, d.by, d.ws, in)
		refused(err, "number.unit: body_minor")
		for _, file := range [][2]string{
			{app.FormatValues, "goal,date,value,unit\nMy weight,2026-11-01,52,kg\n"},
			{app.FormatGoals, "kind,title,measure,unit,form,target,due_date\nperformance,Get to 45 kg,Me,kg,reading,45,2027-01-31\n"},
			{app.FormatGoals, "kind,title,measure,unit\n,Scale,My weight,kg\n"},
		} {
			r, err := d.ImportFile(ctx, d.by, d.ws, app.FileInput{Format: file[0], File: "file.csv", DryRun: true}, strings.NewReader(file[1]))
			if err != nil {
				t.Fatal(err)
			}
			told := len(r.Problems) > 0 && strings.HasSuffix(r.Problems[0].Code, "body_minor")
			if told != x.minor {
				t.Errorf("minor %v: the import of %q tells %+v", x.minor, file[1], r.ImportReport)
			}
		}
		for _, text := range plainTexts {
			in := d.sales()
			in.Title, in.Number.Name = text, text
			if _, err := d.CreateGoal(ctx, d.by, d.ws, in); err != nil {
				t.Errorf("%q was refused: %v", text, err)
			}
		}
		in = d.sales()
		in.Title, in.Number = "Lift twice my old best", &app.MetricInput{Name: "Bench press", Unit: "kg"}
		if _, err := d.CreateGoal(ctx, d.by, d.ws, in); err != nil {
			t.Errorf("the unit of a lift was refused: %v", err)
		}
		d.learning(t, "Learn to cook healthy meals")
	}
}
