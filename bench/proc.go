package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// A process is a server under test.
type process struct {
	cmd   *exec.Cmd
	url   string        // without a slash at its end
	start time.Duration // from before it was started to its first good answer
	said  *os.File      // what it wrote: a file costs the server less than a pipe to a reader on the same processors
	done  chan error
}

// words gives what the server said, its end if it was much.
func (p *process) words() string {
	const enough = 4096
	b := make([]byte, enough)
	info, err := p.said.Stat()
	if err != nil {
		return ""
	}
	n, _ := p.said.ReadAt(b, max(0, info.Size()-enough))
	return string(b[:n])
}

// healthPath is what both servers answer as soon as they serve.
const healthPath = "/healthz"

// startProcess runs a server that takes its address as its last argument and waits for its first answer.
// It is killed when ctx ends.
func startProcess(ctx context.Context, env []string, program string, args ...string) (*process, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	said, err := os.CreateTemp("", "tandem-bench-said")
	if err != nil {
		return nil, err
	}
	// Nobody else needs its name, and it goes with the process.
	if err := os.Remove(said.Name()); err != nil {
		return nil, err
	}
	p := &process{cmd: exec.CommandContext(ctx, program, append(args, address)...), url: "http://" + address, said: said, done: make(chan error, 1)}
	p.cmd.Env = append(os.Environ(), env...)
	p.cmd.Stdout, p.cmd.Stderr = p.said, p.said
	began := time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() { p.done <- p.cmd.Wait() }()
	for {
		if answers(ctx, address) {
			p.start = time.Since(began)
			return p, nil
		}
		select {
		case err := <-p.done:
			return nil, fmt.Errorf("%s ended before it answered: %w\n%s", program, errors.Join(err, ctx.Err()), p.words())
		case <-time.After(time.Until(began.Add(time.Minute))):
			return nil, errors.Join(fmt.Errorf("%s does not answer within a minute", program), p.cmd.Process.Kill())
		case <-time.After(500 * time.Microsecond):
		}
	}
}

// freeAddress finds a port of the loopback that nothing listens on.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// answers asks for the health page over a connection of its own.
func answers(ctx context.Context, address string) bool {
	conn, err := (&net.Dialer{Timeout: time.Second}).DialContext(ctx, "tcp", address)
	if err != nil {
		return false
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(10 * time.Second))
	fmt.Fprintf(conn, "GET %s HTTP/1.0\r\nHost: %s\r\n\r\n", healthPath, address)
	line := make([]byte, len("HTTP/1.0 200"))
	_, err = io.ReadFull(conn, line)
	return err == nil && string(line[9:]) == "200"
}

// stop ends the server as an operator does and waits for it. That it ends badly is told and does not end
// the bench: what it measured stands.
func (p *process) stop() error {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case err := <-p.done:
		p.done <- err // stop may be called again
		if said := strings.TrimSpace(p.words()); err != nil && p.cmd.ProcessState.ExitCode() > 0 {
			fmt.Fprintf(os.Stderr, "        %s ended with %v: %s\n", filepath.Base(p.cmd.Path), err, said[strings.LastIndexByte(said, '\n')+1:])
		}
		return nil
	case <-time.After(20 * time.Second):
		return errors.Join(fmt.Errorf("%s does not end", p.cmd.Path), p.cmd.Process.Kill())
	}
}

// cpu is the time that the process has had from the processors, user and system, to a hundredth of a second.
func (p *process) cpu() (time.Duration, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	return parseCPU(string(stat))
}

// tick is the unit of the times in /proc, the same on every Linux that Go runs on.
const tick = 10 * time.Millisecond

// parseCPU reads fields 14 and 15 of a stat line, whose second field is a name that may hold anything.
func parseCPU(stat string) (time.Duration, error) {
	fields := strings.Fields(stat[strings.LastIndexByte(stat, ')')+1:])
	if len(fields) < 13 {
		return 0, fmt.Errorf("no times in %q", stat)
	}
	user, err1 := strconv.ParseInt(fields[11], 10, 64)
	system, err2 := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * tick, errors.Join(err1, err2)
}

// rss is the memory of the process that lies in the machine's, in bytes.
func (p *process) rss() (int64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	return parseRSS(string(status))
}

func parseRSS(status string) (int64, error) {
	_, after, _ := strings.Cut("\n"+status, "\nVmRSS:")
	line, _, _ := strings.Cut(after, "\n")
	kib, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(line), " kB"), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("no VmRSS: %w", err)
	}
	return kib << 10, nil
}

// during runs a load against the process and gives what it met and the server's processor time for each
// good answer.
func (p *process) during(ctx context.Context, l load) (measured, time.Duration, error) {
	before, err := p.cpu()
	if err != nil {
		return measured{}, 0, err
	}
	m := l.run(ctx)
	after, err := p.cpu()
	if err == nil && m.ok == 0 {
		err = fmt.Errorf("no good answer from %s: %v", l.url, m.failures)
	}
	if err != nil {
		return m, 0, err
	}
	return m, (after - before) / time.Duration(m.ok), nil
}

// hello is the yardstick: the smallest server that the language offers.
func hello(address string) error {
	return http.ListenAndServe(address, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "hello, world\n")
	}))
}

// startHello runs it as a process of its own.
func startHello(ctx context.Context) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return startProcess(ctx, nil, self, helloCommand)
}

const helloCommand = "hello"
