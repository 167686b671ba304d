package jobs

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"tandem/app/apptest"
	"tandem/notify/email"
	"tandem/tandemtest"
)

// senderIn names in the environment of a process what it sends from: database, port of the mail server, instant.
const senderIn = "TANDEM_TEST_SENDER"

// TestSendAsAProcessOfItsOwn is what the test below starts and kills: by itself it does nothing.
func TestSendAsAProcessOfItsOwn(t *testing.T) {
	where := strings.Split(os.Getenv(senderIn), "\n")
	if len(where) != 3 {
		return
	}
	at, err := time.Parse(time.RFC3339, where[2])
	if err != nil {
		t.Fatal(err)
	}
	m := &mailRoom{House: apptest.At(t, where[0], at), t: t, smtp: &tandemtest.SMTP{Host: "127.0.0.1", Port: where[1]}}
	m.SendsMail = true
	m.hurry() // the leases of who was killed
	m.send()
}

// TestKillsRepeatAMailOnlyInTheirWindow kills the sending process again and again, each time at a command drawn
// by chance. Every mail arrives under one Message-ID; it is repeated only where the kill fell between the server's
// acknowledgement and the note of it, once for each such kill.
func TestKillsRepeatAMailOnlyInTheirWindow(t *testing.T) {
	kills := 20
	if os.Getenv("TANDEM_LONG") != "" {
		kills = 200
	}
	apptest.Each(t, func(t *testing.T, h *apptest.House) {
		h.SendsMail = true
		h.Clock.Set(time.Date(2026, 11, 18, 9, 0, 0, 0, time.UTC))
		m := &mailRoom{House: h, t: t, smtp: tandemtest.NewSMTP(t, email.Plain)}
		people := kills
		for i := range people {
			m.working("P" + strconv.Itoa(i))
		}
		m.friday()
		if n := m.queue(); n != people {
			t.Fatalf("%d queued", n)
		}
		seed := uint64(time.Now().UnixNano())
		random := rand.New(rand.NewPCG(seed, 0))
		var mu sync.Mutex
		var process *os.Process
		command, wait, inWindow, killed := "", 0, 0, 0
		m.smtp.Behave = func(now, _ string) (string, bool) {
			mu.Lock()
			defer mu.Unlock()
			if process == nil || now != command {
				return "", false
			}
			if wait--; wait > 0 {
				return "", false
			}
			_ = process.Kill()
			process = nil
			killed++
			if now == "END" {
				inWindow++ // the mail is taken, and nobody notes it
			}
			return "", true
		}
		dsn := h.Leave(t)
		for round := 0; ; round++ {
			cmd := exec.Command(os.Args[0], "-test.run", "^TestSendAsAProcessOfItsOwn$")
			cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%s\n%s\n%s", senderIn, dsn, m.smtp.Port, h.Clock.Now().Format(time.RFC3339)))
			var out strings.Builder
			cmd.Stdout, cmd.Stderr = &out, &out
			mu.Lock()
			if err := cmd.Start(); err != nil {
				mu.Unlock()
				t.Fatal(err)
			}
			if killed < kills {
				process = cmd.Process
				command = []string{"CONNECT", "MAIL", "RCPT", "DATA", "END", "END"}[random.IntN(6)]
				wait = 1 + random.IntN(2)
				if command == "CONNECT" {
					wait = 1
				}
			}
			before := killed
			mu.Unlock()
			err := cmd.Wait()
			mu.Lock()
			process = nil
			done := killed == before
			mu.Unlock()
			if done && err != nil {
				t.Fatalf("the sender ended by itself: %v\n%s", err, out.String())
			}
			if done || round > 2*kills {
				break // whoever was not killed has sent the rest
			}
		}
		h.Return(t)
		ids, whom := map[string]int{}, map[string]string{}
		for _, x := range m.smtp.Mails() {
			id := x.Header("Message-Id")
			if ids[id]++; whom[x.To] != "" && whom[x.To] != id {
				t.Errorf("%s has two mails", x.To)
			}
			whom[x.To] = id
		}
		repeats := len(m.smtp.Mails()) - len(ids)
		if len(whom) != people || repeats > inWindow {
			t.Errorf("%d of %d people have their mail; %d repeats by %d kills in the window (seed %d)", len(whom), people, repeats, inWindow, seed)
		}
		if killed < kills/4 || inWindow == 0 {
			t.Errorf("only %d kills, %d of them in the window: nothing was put to the test (seed %d)", killed, inWindow, seed)
		}
		t.Logf("%d kills, %d in the window: %d repeats under the same id, 0 duplicates besides", killed, inWindow, repeats)
		if n, err := m.worker("after").sendMails(context.Background()); err != nil || n != 0 {
			t.Errorf("%d sent afterwards, %v", n, err)
		}
	})
}
