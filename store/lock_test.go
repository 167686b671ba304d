package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"tandem"
)

// child is what the test binary does when a test started it.
func child(what string) int {
	word, path, _ := strings.Cut(what, " ")
	var err error
	switch word {
	case "readonly":
		err = childReadOnly(path)
	case "serve":
		err = childServe(path)
	default:
		err = errors.New(what)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// childServe opens the file as a server does when its input says go, tells on its output whether it
// could, and keeps it until its input ends.
func childServe(path string) error {
	in := bufio.NewReader(os.Stdin)
	if _, err := in.ReadString('\n'); err != nil {
		return err
	}
	o := options()
	o.Exclusive = true
	db, err := Open(context.Background(), path, o)
	var running *RunningError
	if errors.As(err, &running) {
		fmt.Println("taken", running.PID)
		return nil
	}
	if err != nil {
		return err
	}
	fmt.Println("serves", os.Getpid())
	if _, err := io.Copy(io.Discard, in); err != nil {
		return err
	}
	return db.Close()
}

// A server is a child that wants to serve a file.
type server struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

func newServer(t *testing.T, path string) *server {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	s := &server{cmd: exec.Command(self)}
	s.cmd.Env = append(os.Environ(), childVar+"=serve "+path)
	s.cmd.Stderr = os.Stderr
	if s.in, err = s.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	s.out = bufio.NewReader(out)
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = s.cmd.Process.Kill() // it may have ended already
		_ = s.cmd.Wait()
	})
	return s
}

// start lets it open the file and gives its word and the process that it names.
func (s *server) start(t *testing.T) (word string, pid int) {
	t.Helper()
	if _, err := io.WriteString(s.in, "go\n"); err != nil {
		t.Error(err)
	}
	line, err := s.out.ReadString('\n')
	if err != nil {
		t.Error(err)
	}
	if _, err := fmt.Sscan(line, &word, &pid); err != nil {
		t.Errorf("%q: %v", line, err)
	}
	return word, pid
}

func TestC1OfServersThatStartAtOnceOneServes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tandem.db")
	open(t, path) // local administration beside them
	for range 10 {
		both := [2]*server{newServer(t, path), newServer(t, path)}
		var words [2]string
		var pids [2]int
		var wg sync.WaitGroup
		for i, s := range both {
			wg.Go(func() { words[i], pids[i] = s.start(t) })
		}
		wg.Wait()
		if words[0] == words[1] {
			t.Fatalf("both say %s", words[0])
		}
		first := both[0]
		if words[1] == "serves" {
			first = both[1]
		}
		if pids[0] != pids[1] || pids[0] != first.cmd.Process.Pid {
			t.Errorf("process %d serves, they name %v", first.cmd.Process.Pid, pids)
		}
		if err := first.cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = first.cmd.Wait() // killed
		began := time.Now()
		next := newServer(t, path)
		if word, _ := next.start(t); word != "serves" {
			t.Fatalf("after a kill the next is %s", word)
		}
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("after a kill the next took %v", took)
		}
		_ = next.in.Close()
		if err := next.cmd.Wait(); err != nil {
			t.Error(err)
		}
	}
}

func TestTheErrorOfASecondServerHasItsSentence(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tandem.db")
	o := options()
	o.Exclusive = true
	o.Now = func() time.Time { return time.Date(2026, 3, 1, 9, 14, 0, 0, time.Local) }
	db, err := Open(t.Context(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Open(t.Context(), path, o)
	all := tandem.All(err)
	if len(all) != 1 || all[0].Code != "already_running" || all[0].Args["pid"] != os.Getpid() || all[0].Args["since"] != "09:14" {
		t.Errorf("got %v", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Open(t.Context(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Close(); err != nil {
		t.Error(err)
	}
}
