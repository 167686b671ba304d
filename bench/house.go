package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// A house is the real program on a folder of its own, with one person and that person's goals.
type house struct {
	binary, dir string
	token       string
	cookies     string
	goals       []string // results, each with a number of its own
	metrics     []string // the numbers, in the same order
	env         []string // further settings
	server      *process // nil while it does not serve
}

// goalsOnPage is how many goals the person of the bench has.
const goalsOnPage = 100

// newHouse makes an account by the local command, serves, signs in by its link and makes the goals by
// the API, as a person's tools do. It leaves the server running.
func (b *bench) newHouse(ctx context.Context, name string, goals int) (*house, error) {
	h := &house{binary: b.binary, dir: filepath.Join(b.dir, name)}
	if err := os.Mkdir(h.dir, 0o700); err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, h.binary, "person", "add", "bench@example.org", "--name", "Bench", "--token", "--json", "--data", h.dir)
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			out = append(out, exit.Stderr...)
		}
		return nil, fmt.Errorf("person add: %w\n%s", err, out)
	}
	var added struct{ Link, Token string }
	if err := json.Unmarshal(out, &added); err != nil {
		return nil, fmt.Errorf("person add printed %q: %w", out, err)
	}
	h.token = added.Token
	if err := h.serve(ctx); err != nil {
		return nil, err
	}
	if err := h.signIn(ctx, added.Link); err != nil {
		return nil, err
	}
	for i := range goals {
		if err := h.addGoal(ctx, fmt.Sprintf("Number %d", i+1)); err != nil {
			return nil, err
		}
	}
	return h, nil
}

// serve starts the server. The bench changes more in a minute than people do.
func (h *house) serve(ctx context.Context) (err error) {
	h.server, err = startProcess(ctx, append([]string{"TANDEM_CHANGES_PER_MINUTE=1000000"}, h.env...), h.binary, "serve", "--data", h.dir, "--listen")
	return err
}

// stop ends the server.
func (h *house) stop() error {
	if h.server == nil {
		return nil
	}
	err := h.server.stop()
	h.server = nil
	return err
}

// database is the file that the house lives in.
func (h *house) database() string { return filepath.Join(h.dir, "tandem.db") }

// copyTo makes a second house of the same person and goals. Neither may serve.
func (h *house) copyTo(dir string) (*house, error) {
	to := *h
	to.dir = dir
	return &to, os.CopyFS(dir, os.DirFS(h.dir))
}

// signIn uses the one-time link as its page's button does, and keeps the session.
func (h *house) signIn(ctx context.Context, link string) error {
	u, err := url.Parse(link)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.server.url+u.Path, strings.NewReader(u.RawQuery))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var pairs []string
	for _, c := range resp.Cookies() {
		if c.Value != "" {
			pairs = append(pairs, c.Name+"="+c.Value)
		}
	}
	h.cookies = strings.Join(pairs, "; ")
	if resp.StatusCode >= 400 || h.cookies == "" {
		body, _ := io.ReadAll(resp.Body)
		return fmt.Errorf("signing in by the link answers %s\n%s", resp.Status, body)
	}
	return nil
}

// asPerson is the header of a browser that is signed in.
func (h *house) asPerson() http.Header {
	return http.Header{"Cookie": {h.cookies}, "Accept": {"text/html"}, "Accept-Language": {"en"}}
}

// asToken is the header of a program.
func (h *house) asToken() http.Header {
	return http.Header{"Authorization": {"Bearer " + h.token}, "Content-Type": {"application/json"}}
}

// checkIn is the load of logging values of a number.
func (h *house) checkIn(metric string, conns int, d time.Duration) load {
	return load{url: h.server.url + "/api/v1/metrics/" + metric + "/observations", body: `{"value":{{seq}}}`, header: h.asToken(), conns: conns, d: d}
}

// addGoal makes a result with a number of its own: under way since half a year, for as long again.
func (h *house) addGoal(ctx context.Context, name string) error {
	today := time.Now().UTC()
	in := map[string]any{
		"kind": "performance", "title": "Reach 100 of " + name, "number": map[string]any{"name": name, "unit": "points", "form": "reading"},
		"start": today.AddDate(0, 0, -180).Format(time.DateOnly), "deadline": today.AddDate(0, 0, 180).Format(time.DateOnly),
		"baseline": 40, "target": 100,
	}
	var made struct{ ID, Metric string }
	if err := h.post(ctx, "/api/v1/goals", in, &made); err != nil {
		return err
	}
	if made.ID == "" || made.Metric == "" {
		return fmt.Errorf("a new goal has the id %q and the number %q", made.ID, made.Metric)
	}
	h.goals, h.metrics = append(h.goals, made.ID), append(h.metrics, made.Metric)
	return nil
}

// post sends one object to the API and reads the answer into out.
func (h *house) post(ctx context.Context, path string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.server.url+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header = h.asToken()
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode >= 300 {
		err = fmt.Errorf("%s answers %s: %s", path, resp.Status, text)
	}
	if err != nil {
		return err
	}
	return json.Unmarshal(text, out)
}

// open loads pages once as the signed-in person; what is out of date is renewed by it.
func (h *house) open(ctx context.Context, paths ...string) error {
	for _, path := range paths {
		if _, err := fetch(ctx, h.server.url+path, h.asPerson()); err != nil {
			return err
		}
	}
	return nil
}

// goalPage is the address of a result.
func (h *house) goalPage(i int) string { return "/goals/" + h.goals[i] }
