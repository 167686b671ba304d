package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"tandem/tandemtest"
)

func TestOfTwoStartsAtOnceExactlyOneServesAndAKilledOneLeavesNoLock(t *testing.T) {
	program, data := tandemtest.Binary(t), t.TempDir()
	rounds := 25
	if testing.Short() {
		rounds = 5
	}
	for round := range rounds {
		var two [2]*tandemtest.Process
		var both sync.WaitGroup
		barrier := make(chan struct{})
		for i := range two {
			both.Go(func() {
				<-barrier
				two[i] = tandemtest.Start(t, nil, program, "serve", "--data", data, "--listen", "127.0.0.1:0")
			})
		}
		began := time.Now()
		close(barrier)
		both.Wait()
		for !two[0].Ended() && !two[1].Ended() {
			if time.Since(began) > 20*time.Second {
				t.Fatal("two serve the same data")
			}
			time.Sleep(5 * time.Millisecond)
		}
		took := time.Since(began)
		loser, winner := two[0], two[1]
		if winner.Ended() {
			loser, winner = winner, loser
		}
		if code := loser.Wait(); code != 4 || !strings.Contains(loser.Said(), fmt.Sprintf("Already running (pid %d,", winner.PID())) || took > 5*time.Second {
			t.Errorf("round %d: the second ended with %d after %s: %s", round, code, took, loser.Said())
		}
		winner.Await(`serves (http\S+)`)
		winner.Kill()
	}
}

// serving starts a server with an account and gives its address and a token.
func serving(t *testing.T) (server *tandemtest.Process, data, address, token string) {
	t.Helper()
	program := tandemtest.Binary(t)
	data = t.TempDir()
	out, err := exec.Command(program, "person", "add", "ana@example.org", "--token", "--json", "--data", data).Output()
	if err != nil {
		t.Fatal(err)
	}
	var made struct{ Token string }
	if err := json.Unmarshal(out, &made); err != nil {
		t.Fatal(err)
	}
	server = tandemtest.Start(t, nil, program, "serve", "--data", data, "--listen", "127.0.0.1:0", "--log-level", "warn", "--changes-per-minute", "1000000")
	return server, data, server.Await(`serves (http\S+)`), made.Token
}

func TestARequestUnderWayIsFinishedWhenTheServerIsAskedToEnd(t *testing.T) {
	server, _, address, _ := serving(t)
	host := strings.TrimPrefix(address, "http://")
	c, err := net.Dial("tcp", host)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	body := "email=a@example.org&password=wrong+word"
	fmt.Fprintf(c, "POST /sign-in HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", host, len(body), body[:10])
	time.Sleep(200 * time.Millisecond) // the server is reading now
	server.Signal(syscall.SIGTERM)
	for end := time.Now().Add(5 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		other, err := net.DialTimeout("tcp", host, time.Second)
		if err != nil {
			break
		}
		other.Close()
		if time.Now().After(end) {
			t.Fatal("it still accepts connections")
		}
	}
	if server.Ended() {
		t.Fatal("it did not wait for the request under way")
	}
	io.WriteString(c, body[10:])
	r, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	if r.StatusCode >= 500 {
		t.Errorf("it was answered %s", r.Status)
	}
	if code := server.Wait(); code != 0 {
		t.Errorf("it ended with %d", code)
	}
}

func TestAServerThatNobodyWaitsForEndsWithinTenSeconds(t *testing.T) {
	server, _, address, _ := serving(t)
	c, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	io.WriteString(c, "POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf a") // and never the rest
	time.Sleep(200 * time.Millisecond)
	began := time.Now()
	if code := server.Stop(); code != 0 {
		t.Errorf("it ended with %d: %s", code, server.Said())
	}
	if took := time.Since(began); took > 20*time.Second { // ten, and what a busy machine adds
		t.Errorf("it took %s", took)
	}
}

func TestLocalAdministrationWorksWhileTheServerIsBusy(t *testing.T) {
	server, data, address, token := serving(t)
	program := tandemtest.Binary(t)
	send := func(method, path, body string) (int, string) {
		r, err := http.NewRequest(method, address+path, strings.NewReader(body))
		if err != nil {
			t.Error(err)
			return 0, ""
		}
		r.Header.Set("Authorization", "Bearer "+token)
		r.Header.Set("Content-Type", "application/json")
		a, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Error(err)
			return 0, ""
		}
		defer a.Body.Close()
		text, _ := io.ReadAll(a.Body)
		return a.StatusCode, string(text)
	}
	status, text := send("POST", "/api/v1/metrics", `{"name":"Sales","form":"total"}`)
	var metric struct{ ID string }
	if err := json.Unmarshal([]byte(text), &metric); err != nil || status != http.StatusCreated {
		t.Fatalf("%d %s %v", status, text, err)
	}
	var written atomic.Int64
	stop := make(chan struct{})
	var writers sync.WaitGroup
	for range 4 {
		writers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if status, text := send("POST", "/api/v1/metrics/"+metric.ID+"/observations", `{"value":1}`); status != http.StatusCreated {
					t.Errorf("a write beside the commands was answered %d %s", status, text)
					return
				}
				written.Add(1)
			}
		})
	}
	runs := 40
	if testing.Short() {
		runs = 8
	}
	for i := range runs {
		args := []string{"person", "add", fmt.Sprintf("p%d@example.org", i), "--data", data}
		if i%8 == 7 {
			args = []string{"backup", filepath.Join(t.TempDir(), "b"), "--data", data}
		}
		began := time.Now()
		if out, err := exec.Command(program, args...).CombinedOutput(); err != nil || time.Since(began) > 5*time.Second {
			t.Errorf("%v after %s: %v %s", args, time.Since(began), err, out)
		}
	}
	close(stop)
	writers.Wait()
	if written.Load() == 0 {
		t.Error("nothing was written beside the commands")
	}
	if out, err := exec.Command(program, "doctor", "--data", data).CombinedOutput(); err != nil {
		t.Errorf("afterwards: %v %s", err, out)
	}
	server.Stop()
}
