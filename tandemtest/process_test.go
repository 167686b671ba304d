package tandemtest_test

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"tandem/tandemtest"
)

func TestAProcessIsHeardAndStopped(t *testing.T) {
	p := tandemtest.Start(t, []string{"WHO=me"}, "sh", "-c",
		`trap 'echo bye >&2; exit 4' TERM; echo "at http://127.0.0.1:80/$WHO first"; while :; do sleep 0.05; done`)
	if got := p.Await(`http://\S+`); got != "http://127.0.0.1:80/me" {
		t.Errorf("heard %q", got)
	}
	if got := p.Await(`:(\d+)/`); got != "80" || p.Ended() || p.PID() <= 0 {
		t.Errorf("heard %q, ended %t", got, p.Ended())
	}
	if code := p.Stop(); code != 4 || !p.Ended() || !strings.HasSuffix(p.Said(), "bye\n") {
		t.Errorf("code %d after %q", code, p.Said())
	}
	killed := tandemtest.Start(t, nil, "sh", "-c", "trap '' TERM; echo on; while :; do sleep 0.1; done")
	killed.Await("on")
	killed.Signal(syscall.SIGTERM)
	killed.Kill()
	if code := killed.Wait(); code != -1 {
		t.Errorf("code %d after a kill", code)
	}
}

func TestASilentProcessFailsTheTest(t *testing.T) {
	said := &recorder{TB: t}
	p := tandemtest.Start(said, nil, "sh", "-c", "echo nothing of interest; exit 3")
	start := time.Now()
	done := make(chan struct{})
	go func() {
		defer close(done)
		p.Await("link")
	}()
	<-done
	if !strings.Contains(said.text, "nothing of interest") || time.Since(start) > 10*time.Second {
		t.Errorf("said %q after %v", said.text, time.Since(start))
	}
}
