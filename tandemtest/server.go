package tandemtest

import (
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A Server is a PostgreSQL for one test alone, which the test may stop and start again.
type Server struct {
	t    testing.TB
	c    *cluster
	bin  string
	attr *syscall.SysProcAttr
	held []io.Closer
	done []chan struct{}
}

// PostgresServer starts a server of the test's own, whose database "postgres" is empty. It is missing and left
// out as Postgres is.
func PostgresServer(t testing.TB) *Server {
	t.Helper()
	if leftOut(t, postgresOff, "PostgreSQL") {
		t.SkipNow()
	}
	bin, err := postgresPrograms()
	if err != nil {
		t.Fatal(err)
	}
	c, err := startCluster(false)
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{t: t, c: c, bin: bin, held: []io.Closer{c.held}, done: []chan struct{}{c.done}}
	t.Cleanup(func() {
		for i := len(s.held) - 1; i >= 0; i-- { // the last one's server runs
			s.held[i].Close()
			<-s.done[i]
		}
	})
	if s.attr, err = c.giveAway(); err != nil {
		t.Fatal(err)
	}
	return s
}

// URL gives the address of its database.
func (s *Server) URL() string { return s.c.url("postgres") }

// Stop ends the server as an orderly restart does: whoever is connected is told and sent away.
func (s *Server) Stop() { s.t.Helper(); s.end(syscall.SIGINT) }

// Crash ends it without a word to anybody but the operating system's.
func (s *Server) Crash() { s.t.Helper(); s.end(syscall.SIGQUIT) }

func (s *Server) end(how syscall.Signal) {
	s.t.Helper()
	text, err := os.ReadFile(filepath.Join(s.c.dir, "data", "postmaster.pid"))
	if err != nil {
		s.t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(first)
	if err != nil || pid < 2 {
		s.t.Fatalf("the server's number is %q", first)
	}
	if err := syscall.Kill(pid, how); err != nil {
		s.t.Fatal(err)
	}
	for range 400 {
		conn, err := net.Dial("unix", filepath.Join(s.c.dir, ".s.PGSQL.5432"))
		_, there := os.Stat(filepath.Join(s.c.dir, "data", "postmaster.pid"))
		if err != nil && os.IsNotExist(there) {
			return
		}
		if err == nil {
			conn.Close()
		}
		time.Sleep(25 * time.Millisecond)
	}
	s.t.Fatal("the server does not end")
}

// Start starts it again and returns when it answers.
func (s *Server) Start() {
	s.t.Helper()
	s.c.done = make(chan struct{})
	if err := s.c.serve(s.bin, s.attr, false); err != nil {
		s.t.Fatal(err)
	}
	s.held, s.done = append(s.held, s.c.held), append(s.done, s.c.done)
	if err := s.c.await(); err != nil {
		s.t.Fatal(err)
	}
}
