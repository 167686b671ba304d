package jobs

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
	"tandem/policy"
	"tandem/tandemtest"
)

func TestMain(m *testing.M) { os.Exit(tandemtest.Main(m)) }

func house(a *apptest.House, owner string) House {
	return House{App: a.App, Log: slog.New(slog.DiscardHandler), Leases: a.DB, Prune: a.DB.Prune, Owner: owner}
}

func TestOfTwoInstancesOneRunsAJob(t *testing.T) {
	a := apptest.New(t)
	var ran atomic.Int64
	j := job{"count", time.Hour, time.Hour, func(context.Context, House) (int, error) { ran.Add(1); return 0, nil }, 0}
	for _, owner := range []string{"one", "two"} {
		h := house(a, owner)
		if fence, ok, err := h.Leases.ClaimJob(context.Background(), j.name, h.Owner, j.lease); err != nil {
			t.Fatal(err)
		} else if ok {
			h.runOne(context.Background(), j, fence)
		}
	}
	if n := ran.Load(); n != 1 {
		t.Errorf("it ran %d times", n)
	}
}

func TestAJobThatPanicsIsGivenBackAndTheOthersRun(t *testing.T) {
	a := apptest.New(t)
	h := house(a, "one")
	for _, j := range []job{
		{"panics", 0, time.Hour, func(context.Context, House) (int, error) { panic("oh") }, 0},
		{"fails", 0, time.Hour, func(context.Context, House) (int, error) { return 0, errors.New("no") }, 0},
	} {
		for try := range 2 {
			fence, ok, err := a.DB.ClaimJob(context.Background(), j.name, h.Owner, j.lease)
			if err != nil || !ok {
				t.Fatalf("%s, try %d: %t, %v", j.name, try, ok, err)
			}
			h.runOne(context.Background(), j, fence)
		}
	}
}

// someone makes a person with a result that has a value.
func someone(t *testing.T, a *apptest.House) (tandem.Actor, tandem.PerformanceGoal) {
	t.Helper()
	ctx := context.Background()
	l, err := a.AddPerson(ctx, policy.Local(), app.PersonInput{Email: "ana@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	in, err := a.SignInByLink(ctx, l.Secret, app.From{Address: "test"})
	if err != nil {
		t.Fatal(err)
	}
	target := 20.0
	g, err := a.CreateGoal(ctx, in.Actor, l.Person.Personal, app.GoalInput{Kind: tandem.KindPerformance, Title: "20 sales", Target: &target,
		Deadline: l.Person.Today(a.Clock.Now()) + 30, Number: &app.MetricInput{Name: "Sales", Form: tandem.FormTotal}})
	if err != nil {
		t.Fatal(err)
	}
	p := g.(tandem.PerformanceGoal)
	if _, err := a.LogObservation(ctx, in.Actor, p.Workspace, p.Metric, app.ObservationInput{Value: &target}); err != nil {
		t.Fatal(err)
	}
	return in.Actor, p
}

func TestDueJobsRenewForecastsAndDeleteWhatHasRunOut(t *testing.T) {
	a := apptest.New(t)
	by, p := someone(t, a)
	a.Clock.AdvanceDays(120) // the session has run out; the result has ended
	h := house(a, "one")
	h.due(context.Background(), table)
	s, err := a.Store.For(by).Snapshot(context.Background(), p.Workspace, p.ID)
	if err != nil || s == nil || s.Values != 1 {
		t.Errorf("the snapshot is %+v, %v", s, err)
	}
	if n, err := a.DB.Prune(context.Background(), 10); err != nil || n != 0 {
		t.Errorf("%d rows were left to delete, %v", n, err)
	}
}

func TestAnImportThatBrokeOffIsUndoneBeforeAnythingIsServed(t *testing.T) {
	a := apptest.New(t)
	by, p := someone(t, a)
	ctx := context.Background()
	batch := tandem.Batch{Workspace: p.Workspace, ID: tandem.NewID[tandem.BatchID](a.IDs), Person: by.Person, Format: "csv", File: "v.csv",
		State: tandem.BatchRunning, Created: tandem.InstantOf(a.Clock.Now())}
	err := a.Store.InTx(ctx, func(tx app.Tx) error { return tx.For(by).PutBatch(ctx, batch) })
	if err != nil {
		t.Fatal(err)
	}
	a.Clock.Advance(time.Minute)
	many := house(a, "one")
	many.Start(ctx)()
	if b, err := a.Store.For(by).Batch(ctx, batch.Workspace, batch.ID); err != nil || b.State != tandem.BatchRunning {
		t.Errorf("another instance may be running it, yet it is %s, %v", b.State, err)
	}
	alone := house(a, "one")
	alone.Alone = true
	alone.Start(ctx)()
	if b, err := a.Store.For(by).Batch(ctx, batch.Workspace, batch.ID); err != nil || b.State != tandem.BatchUndone {
		t.Errorf("it is %s, %v", b.State, err)
	}
}

func TestEveryJobHasALeaseThatOutlastsItAndAName(t *testing.T) {
	names := map[string]bool{}
	for _, j := range table {
		if j.name == "" || names[j.name] || j.every <= 0 || j.lease < time.Minute || j.run == nil {
			t.Errorf("%+v", j)
		}
		names[j.name] = true
	}
}
