package app_test

import (
	"testing"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
)

// A desk is one person at work in the personal workspace.
type desk struct {
	*apptest.House
	by tandem.Actor
	ws tandem.WorkspaceID
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	h := apptest.New(t)
	s := h.Person(t, "Mira")
	by := h.Actor(t, s)
	p, err := h.Store.For(by).Person(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return &desk{House: h, by: by, ws: p.Personal}
}

func ptr[T any](v T) *T { return &v }

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// today is the day on the clock, in Berlin.
func (d *desk) today() tandem.Day {
	return tandem.DayOf(d.Clock.Now(), tandem.Zone("Europe/Berlin"), 0)
}

// sales is a result that counts up: 20 by the day after ninety.
func (d *desk) sales() app.GoalInput {
	return app.GoalInput{Kind: tandem.KindPerformance, Title: "20 sales", Number: &app.MetricInput{Name: "Sales", Form: tandem.FormTotal},
		Target: ptr(20.0), Deadline: d.today() + 90}
}

func (d *desk) result(t *testing.T, in app.GoalInput) tandem.PerformanceGoal {
	t.Helper()
	return must[tandem.AnyGoal](t)(d.CreateGoal(t.Context(), d.by, d.ws, in)).(tandem.PerformanceGoal)
}

func (d *desk) learning(t *testing.T, title string) tandem.LearningGoal {
	t.Helper()
	return must[tandem.AnyGoal](t)(d.CreateGoal(t.Context(), d.by, d.ws, app.GoalInput{Kind: tandem.KindLearning, Title: title})).(tandem.LearningGoal)
}

// log logs a value for today.
func (d *desk) log(t *testing.T, m tandem.MetricID, v float64) app.Logged {
	t.Helper()
	return must[app.Logged](t)(d.LogObservation(t.Context(), d.by, d.ws, m, app.ObservationInput{Value: &v}))
}

// values gives the values that stand, oldest first.
func (d *desk) values(t *testing.T, m tandem.MetricID) (out []float64) {
	t.Helper()
	p := must[app.ObservationPage](t)(d.ListObservations(t.Context(), d.by, d.ws, m, "", 200))
	for i := range p.Items {
		out = append(out, p.Items[len(p.Items)-1-i].Value)
	}
	return out
}
