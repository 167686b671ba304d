package jobs

import (
	"context"
	"strconv"
	"testing"
	"time"

	"tandem/app/apptest"
	"tandem/notify/email"
	"tandem/tandemtest"
)

// TestASenderKeepsItsJobFromBatchToBatch lets one send for longer than the lease of its job while another one
// asks for it all the time: it gets it neither before the end nor is anything sent twice.
func TestASenderKeepsItsJobFromBatchToBatch(t *testing.T) {
	apptest.Each(t, func(t *testing.T, h *apptest.House) {
		h.SendsMail = true
		h.Clock.Set(time.Date(2026, 11, 18, 9, 0, 0, 0, time.UTC))
		m := &mailRoom{House: h, t: t, smtp: tandemtest.NewSMTP(t, email.Plain)}
		const people = 3 * mailBatch
		for i := range people {
			m.working("P" + strconv.Itoa(i))
		}
		m.friday()
		m.queue()
		m.smtp.Behave = func(command, _ string) (string, bool) {
			if command == "MAIL" {
				time.Sleep(30 * time.Millisecond)
			}
			return "", false
		}
		ctx, j, one := context.Background(), sending, m.worker("one")
		j.lease = 2 * time.Second // a batch takes less, all of them more
		fence, ok, err := one.Leases.ClaimJob(ctx, j.name, "one", j.lease)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		began, done := time.Now(), make(chan struct{})
		go func() {
			defer close(done)
			one.runOne(ctx, j, fence)
		}()
		for running := true; running; {
			select {
			case <-done:
				running = false
			case <-time.After(20 * time.Millisecond):
				if _, ok, err := m.DB.ClaimJob(ctx, j.name, "two", j.lease); err != nil || ok {
					t.Fatalf("another one has it after %s: %v, %v", time.Since(began), ok, err)
				}
			}
		}
		if took := time.Since(began); took < j.lease {
			t.Errorf("it took %s: nothing was put to the test", took)
		}
		if n := len(m.smtp.Mails()); n != people {
			t.Errorf("%d mails of %d", n, people)
		}
	})
}

// TestAKilledSenderHoldsTheRestUpForMinutes: what a sender that is gone had claimed, and the job itself, are free
// after three minutes at most, and no batch lasts that long.
func TestAKilledSenderHoldsTheRestUpForMinutes(t *testing.T) {
	if most := 3 * time.Minute; sending.lease > most || mailLease > most || batchTime+mailTime > most || sending.longest < 10*batchTime {
		t.Errorf("the job is held for %s and its mails for %s, where a batch takes %s", sending.lease, mailLease, batchTime)
	}
}
