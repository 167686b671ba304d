package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"database/sql"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"tandem/store"
	"tandem/tandemtest"
)

// suite runs the tests with their databases, for testscript's own main.
type suite struct{ m *testing.M }

func (s suite) Run() int { return tandemtest.Main(s.m) }

func TestMain(m *testing.M) {
	testscript.Main(suite{m}, map[string]func(){"tandem": main})
}

func TestCommands(t *testing.T) {
	if os.Getenv("TANDEM_TEST_POSTGRES") == "off" {
		t.Log(tandemtest.LeftOut + "PostgreSQL (TANDEM_TEST_POSTGRES=off)")
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			e.Setenv("TANDEM_LISTEN", "127.0.0.1:0")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code": exitsWith, "await": await, "get": get, "post": post, "link": link, "cut": cutFile, "newer": newer, "cert": cert, "damage": damageFile, "term": term,
			"postgres": func(ts *testscript.TestScript, _ bool, _ []string) { ts.Setenv("PG", tandemtest.Postgres(t)) },
		},
		Condition: func(c string) (bool, error) {
			if c == "postgres" {
				return os.Getenv("TANDEM_TEST_POSTGRES") != "off", nil
			}
			return false, fmt.Errorf("unknown condition %s", c)
		},
	})
}

// exitsWith runs a program and wants its exit code and, unless it is 0, exactly one line of error.
func exitsWith(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	said := ts.ReadFile("stderr")
	if got != want {
		ts.Fatalf("exit code %d, want %d; it said: %s", got, want, said)
	}
	if want != 0 && (strings.Count(said, "\n") != 1 || strings.TrimSpace(said) == "") {
		ts.Fatalf("an error is one line, it said: %q", said)
	}
}

// await waits until a file is there, or holds what a pattern asks for.
func await(ts *testscript.TestScript, _ bool, args []string) {
	re := regexp.MustCompile(strings.Join(args[1:], " "))
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		text, err := os.ReadFile(only(ts, args[0]))
		if err == nil && re.Match(text) {
			return
		}
		if time.Now().After(end) {
			ts.Fatalf("%s never held %s; it holds %q", args[0], re, text)
		}
	}
}

var client = http.Client{
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	Transport:     &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, DisableKeepAlives: true},
	Timeout:       10 * time.Second,
}

// address reads where the server of a data folder listens.
func address(ts *testscript.TestScript, folder string) string {
	await(ts, false, []string{filepath.Join(folder, addressName), "http"})
	return strings.TrimSpace(ts.ReadFile(only(ts, filepath.Join(folder, addressName))))
}

// answered prints an answer for the lines that follow and wants its status.
func answered(ts *testscript.TestScript, status string, r *http.Response, err error) {
	ts.Check(err)
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs("answer"), []byte(fmt.Sprintf("%s\n%s\n%s", r.Status, r.Header.Get("Location"), body)), 0o600))
	if strconv.Itoa(r.StatusCode) != status {
		ts.Fatalf("%s %s answered %s: %.300s", r.Request.Method, r.Request.URL.Path, r.Status, body)
	}
}

// get asks the server of a data folder: get FOLDER PATH STATUS [TOKEN]. The answer is the file "answer".
func get(ts *testscript.TestScript, _ bool, args []string) {
	r, err := http.NewRequest("GET", address(ts, args[0])+args[1], nil)
	ts.Check(err)
	if len(args) > 3 {
		r.Header.Set("Authorization", "Bearer "+args[3])
	}
	a, err := client.Do(r)
	answered(ts, args[2], a, err)
}

// post sends an empty form to an address as it stands: post URL STATUS.
func post(ts *testscript.TestScript, _ bool, args []string) {
	a, err := client.Post(args[0], "application/x-www-form-urlencoded", nil)
	answered(ts, args[1], a, err)
}

// term asks a server to end: term FOLDER, which may be a pattern.
func term(ts *testscript.TestScript, _ bool, args []string) {
	found, err := filepath.Glob(ts.MkAbs(filepath.Join(args[0], dbName+".lock")))
	ts.Check(err)
	if len(found) != 1 {
		ts.Fatalf("%s names %d servers", args[0], len(found))
	}
	var who store.RunningError
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(found[0])), &who))
	ts.Check(syscall.Kill(who.PID, syscall.SIGTERM))
}

// link opens a sign-in link and presses its button: link URL STATUS.
func link(ts *testscript.TestScript, _ bool, args []string) { post(ts, false, args) }

// cutFile sets a variable to what the first group of a pattern finds in a file: cut NAME FILE PATTERN.
func cutFile(ts *testscript.TestScript, _ bool, args []string) {
	m := regexp.MustCompile(args[2]).FindStringSubmatch(ts.ReadFile(args[1]))
	if m == nil {
		ts.Fatalf("no %s in %s:\n%s", args[2], args[1], ts.ReadFile(args[1]))
	}
	ts.Setenv(args[0], m[len(m)-1])
}

// newer marks a database as written by a program of the far future.
func newer(ts *testscript.TestScript, _ bool, args []string) {
	db, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	_, err = db.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (?, 1)`, store.Schema()+900)
	ts.Check(errors.Join(err, db.Close()))
}

// damageFile writes nonsense over a page of a file, or cuts it there with "cut": damage FILE PAGE [cut].
func damageFile(ts *testscript.TestScript, _ bool, args []string) {
	page, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_RDWR, 0)
	ts.Check(err)
	if len(args) > 2 {
		ts.Check(f.Truncate(page * 4096))
	} else {
		_, err = f.WriteAt([]byte(strings.Repeat("nonsense", 512)), (page-1)*4096)
	}
	ts.Check(errors.Join(err, f.Close()))
}

// cert writes a certificate for this machine and its key: cert CERT KEY.
func cert(ts *testscript.TestScript, _ bool, args []string) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	ts.Check(err)
	c := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	ts.Check(err)
	private, err := x509.MarshalPKCS8PrivateKey(key)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}), 0o600))
}

// only gives the one file that a pattern names, or the pattern itself.
func only(ts *testscript.TestScript, pattern string) string {
	if found, err := filepath.Glob(ts.MkAbs(pattern)); err == nil && len(found) == 1 {
		return found[0]
	}
	return ts.MkAbs(pattern)
}
