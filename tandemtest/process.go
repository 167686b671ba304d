package tandemtest

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sync"
	"syscall"
	"testing"
	"time"
)

// built holds the program that Binary made, for the life of the test process.
type built struct {
	path string
	err  error
	out  []byte
}

// theBinary builds the program once, as a release is built, from the checkout above the working folder.
var theBinary = sync.OnceValue(func() built {
	dir, err := os.MkdirTemp("", "tbin")
	if err != nil {
		return built{err: err}
	}
	path := filepath.Join(dir, "tandem")
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w -X main.version=test", "-o", path, "tandem/cmd/tandem")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := cmd.CombinedOutput()
	return built{path, err, out}
})

// Binary returns the path of the real program, built once for each test process. The build is a copy of
// the cache's where nothing changed. Main removes it; without Main it stays in the temporary folder.
func Binary(t testing.TB) string {
	t.Helper()
	b := theBinary()
	if b.err != nil {
		t.Fatalf("building the program: %v\n%s", b.err, b.out)
	}
	theRig().keepPath(filepath.Dir(b.path))
	return b.path
}

// A Process is a program that a test started, with what it said so far.
type Process struct {
	t    testing.TB
	cmd  *exec.Cmd
	mu   sync.Mutex
	said bytes.Buffer
	done chan struct{}
	err  error
}

// Start runs a program beside the test, with additions to the environment such as "TANDEM_ZONE=UTC". It
// is killed at the end of the test if it still runs, and its output is then shown where the test failed.
func Start(t testing.TB, env []string, program string, args ...string) *Process {
	t.Helper()
	p := &Process{t: t, cmd: exec.Command(program, args...), done: make(chan struct{})}
	p.cmd.Env = append(os.Environ(), env...)
	p.cmd.Stdout, p.cmd.Stderr = p, p
	// A grandchild that holds the pipe does not keep the test waiting.
	p.cmd.WaitDelay = time.Second
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(p.done)
		p.err = p.cmd.Wait()
	}()
	t.Cleanup(func() {
		p.Kill()
		if t.Failed() {
			t.Logf("%s said:\n%s", filepath.Base(program), p.Said())
		}
	})
	return p
}

// Write takes the program's output, from both of its streams.
func (p *Process) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.said.Write(b)
}

// Said returns all that the program wrote, on both streams.
func (p *Process) Said() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.said.String()
}

// Await waits until the program wrote something that matches and returns the match, or its first group
// where the pattern has one. A program that ends, or is silent for half a minute, ends the test.
func (p *Process) Await(pattern string) string {
	p.t.Helper()
	re := regexp.MustCompile(pattern)
	for end := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		// Looked at before the output, so that what an ending program wrote last is still seen.
		ended := p.Ended()
		if m := re.FindStringSubmatch(p.Said()); m != nil {
			return m[min(1, len(m)-1)]
		}
		if ended || time.Now().After(end) {
			p.t.Fatalf("no %q in what it said (ended: %t):\n%s", pattern, ended, p.Said())
		}
	}
}

// Ended tells whether the program has ended.
func (p *Process) Ended() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}

// PID returns the program's process id.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Signal sends a signal to the program.
func (p *Process) Signal(s os.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil && !errors.Is(err, os.ErrProcessDone) {
		p.t.Error(err)
	}
}

// Kill ends the program as a power cut does, without a chance to tidy up, and waits for it.
func (p *Process) Kill() {
	p.t.Helper()
	p.Signal(os.Kill)
	<-p.done
}

// Stop asks the program to end (SIGTERM), waits for it and returns its exit code.
func (p *Process) Stop() int {
	p.t.Helper()
	p.Signal(syscall.SIGTERM)
	return p.Wait()
}

// Wait waits until the program ends by itself and returns its exit code, -1 after a signal.
func (p *Process) Wait() int {
	p.t.Helper()
	select {
	case <-p.done:
	case <-time.After(patience):
		p.t.Fatalf("it does not end; it said:\n%s", p.Said())
	}
	return p.cmd.ProcessState.ExitCode()
}
