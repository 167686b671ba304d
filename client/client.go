// Package client talks to a Tandem server over its JSON API. It is what the command line uses, and free
// for anybody's program.
package client

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"

	"tandem"
)

// A Client reaches one server with one token. The zero HTTP means http.DefaultClient.
type Client struct {
	URL   string // of the server, such as http://127.0.0.1:8080
	Token string
	Lang  string // of error sentences, "en" or "de"; "" is English
	HTTP  *http.Client
}

// An Error is what the server refused, in its words. Status is that of HTTP, 0 when the server did not
// answer at all.
type Error struct {
	Status int
	Detail string
	Errors []FieldError
}

// A FieldError is what is wrong with one field.
type FieldError struct {
	Field  string `json:"field"`
	Code   string `json:"code"`
	Detail string `json:"detail"`

	Pick    string   `json:"pick"`    // name under which one of Choices is sent as the answer
	Choices []Choice `json:"choices"` // what can be answered, where it was a question
}

// A Choice is one answer to a question.
type Choice struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

func (e *Error) Error() string {
	if len(e.Errors) > 1 {
		parts := make([]string, len(e.Errors))
		for i, f := range e.Errors {
			parts[i] = f.Detail
		}
		return strings.Join(parts, " ")
	}
	return e.Detail
}

// ExitCode is that of a command that ends with the error: 3 refused, 4 busy or not reached, 1 a fault of
// the server.
func (e *Error) ExitCode() int {
	switch {
	case e.Status == 0 || e.Status == http.StatusTooManyRequests || e.Status == http.StatusServiceUnavailable:
		return 4
	case e.Status >= http.StatusInternalServerError:
		return 1
	}
	return 3
}

// do sends a request and reads the JSON answer into out, nil for none.
func (c *Client) do(ctx context.Context, method, path string, query url.Values, in, out any) error {
	var body io.Reader
	kind := ""
	switch x := in.(type) {
	case nil:
	case io.Reader:
		body, kind = x, "application/octet-stream"
	default:
		b, err := json.Marshal(x)
		if err != nil {
			return err
		}
		body, kind = bytes.NewReader(b), "application/json"
	}
	r, err := c.send(ctx, method, path, query, body, kind)
	if err != nil {
		return err
	}
	defer r.Body.Close()
	if out == nil || r.StatusCode == http.StatusNoContent {
		return nil
	}
	if err := json.NewDecoder(r.Body).Decode(out); err != nil {
		return &Error{Status: r.StatusCode, Detail: fmt.Sprintf("What answers at %s is no Tandem. Set TANDEM_URL to the address of the server.", c.URL)}
	}
	return nil
}

// send sends a request and gives the answer below 400; anything else is an Error.
func (c *Client) send(ctx context.Context, method, path string, query url.Values, body io.Reader, kind string) (*http.Response, error) {
	u := strings.TrimSuffix(c.URL, "/") + "/api/v1" + path
	if len(query) > 0 {
		u += "?" + query.Encode()
	}
	q, err := http.NewRequestWithContext(ctx, method, u, body)
	if err != nil {
		return nil, err
	}
	q.Header.Set("Authorization", "Bearer "+c.Token)
	q.Header.Set("Accept-Language", "en")
	if c.Lang != "" {
		q.Header.Set("Accept-Language", c.Lang)
	}
	if kind != "" {
		q.Header.Set("Content-Type", kind)
	}
	if method == http.MethodPost {
		q.Header.Set("Idempotency-Key", key())
	}
	hc := c.HTTP
	if hc == nil {
		hc = http.DefaultClient
	}
	r, err := hc.Do(q)
	if err != nil {
		return nil, unreached(c.URL, err)
	}
	if r.StatusCode < 400 {
		return r, nil
	}
	defer r.Body.Close()
	e := &Error{Status: r.StatusCode, Detail: fmt.Sprintf("The server answered %s.", r.Status)}
	var p struct {
		Detail string       `json:"detail"`
		Errors []FieldError `json:"errors"`
	}
	if b, err := io.ReadAll(io.LimitReader(r.Body, 1<<20)); err == nil && json.Unmarshal(b, &p) == nil && p.Detail != "" {
		e.Detail, e.Errors = p.Detail, p.Errors
	}
	return nil, e
}

func key() string {
	var b [16]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// unreached says that no server answered, without the noise of the network's own words.
func unreached(server string, err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	var op *net.OpError
	if errors.As(err, &op) {
		return &Error{Detail: fmt.Sprintf("No Tandem answers at %s. Start it with tandem serve, or set TANDEM_URL.", server)}
	}
	return &Error{Detail: fmt.Sprintf("%s could not be reached. Set TANDEM_URL to the address of the server.", server)}
}

// Log logs one line, such as "sales 12". Picks answer what it was refused with before; nil for none.
func (c *Client) Log(ctx context.Context, text string, picks map[string]string) (v json.RawMessage, err error) {
	in := map[string]any{"text": text}
	if len(picks) > 0 {
		in["picks"] = picks
	}
	return v, c.do(ctx, http.MethodPost, "/log", nil, in, &v)
}

// A Line is a goal as lists show it.
type Line struct {
	Result   *tandem.PerformanceGoal `json:"result"`
	Learning *tandem.LearningGoal    `json:"learning"`
	Number   *tandem.Metric          `json:"number"`
	Snapshot *tandem.Snapshot        `json:"snapshot"`
}

// Head gives what both kinds have in common.
func (l Line) Head() tandem.Goal {
	if l.Result != nil {
		return l.Result.Goal
	}
	if l.Learning != nil {
		return l.Learning.Goal
	}
	return tandem.Goal{}
}

// Goals gives the open goals, page after page.
func (c *Client) Goals(ctx context.Context) (all []Line, err error) {
	q := url.Values{"limit": {"200"}, "open": {"true"}}
	for {
		var p struct {
			Items []Line
			Next  string
		}
		if err := c.do(ctx, http.MethodGet, "/goals", q, nil, &p); err != nil {
			return nil, err
		}
		all = append(all, p.Items...)
		if p.Next == "" {
			return all, nil
		}
		q.Set("next", p.Next)
	}
}

// CreateGoal makes a goal from the fields of the API's create-goal.
func (c *Client) CreateGoal(ctx context.Context, in map[string]any) (v json.RawMessage, err error) {
	return v, c.do(ctx, http.MethodPost, "/goals", nil, in, &v)
}

// CreatePair makes a result and the learning goal that fuels it, from the fields of create-pair.
func (c *Client) CreatePair(ctx context.Context, in map[string]any) (v json.RawMessage, err error) {
	return v, c.do(ctx, http.MethodPost, "/pairs", nil, in, &v)
}

// CreateMicroGoal makes a micro-goal from the fields of create-microgoal.
func (c *Client) CreateMicroGoal(ctx context.Context, in any) (v json.RawMessage, err error) {
	return v, c.do(ctx, http.MethodPost, "/microgoals", nil, in, &v)
}

// DraftGoal reads one line, from the fields of draft-goal; nothing is kept.
func (c *Client) DraftGoal(ctx context.Context, in map[string]any) (v json.RawMessage, err error) {
	return v, c.do(ctx, http.MethodPost, "/goals/draft", nil, in, &v)
}

// Today gives the day as JSON.
func (c *Client) Today(ctx context.Context) (v json.RawMessage, err error) {
	return v, c.do(ctx, http.MethodGet, "/today", nil, nil, &v)
}

// Templates gives the paired templates that fit a text, or all.
func (c *Client) Templates(ctx context.Context, text string) (v json.RawMessage, err error) {
	q := url.Values{}
	if text != "" {
		q.Set("text", text)
	}
	return v, c.do(ctx, http.MethodGet, "/templates", q, nil, &v)
}

// ImportTemplates brings a pack of templates for the workspace.
func (c *Client) ImportTemplates(ctx context.Context, pack string) (v json.RawMessage, err error) {
	return v, c.do(ctx, http.MethodPost, "/templates", nil, map[string]any{"pack": pack}, &v)
}

// ExportTemplates gives a pack of the templates that are named, or of all that were brought for the workspace.
func (c *Client) ExportTemplates(ctx context.Context, names []string) (v json.RawMessage, err error) {
	q := url.Values{}
	if len(names) > 0 {
		q.Set("names", strings.Join(names, ","))
	}
	return v, c.do(ctx, http.MethodGet, "/template-pack", q, nil, &v)
}

// A Report says what became of an imported file.
type Report struct {
	ID       string `json:"id"`
	DryRun   bool   `json:"dry_run"`
	Read     int    `json:"read"`
	Added    int    `json:"added"`
	Changed  int    `json:"changed"`
	Same     int    `json:"same"`
	Skipped  int    `json:"skipped"`
	Numbers  int    `json:"numbers"`
	Goals    int    `json:"goals"`
	Problems []struct {
		Line           int
		Column, Detail string
	} `json:"problems"`
}

// Import sends a file to be imported; raw is the report as it came.
func (c *Client) Import(ctx context.Context, format, name string, dry bool, file io.Reader) (r Report, raw json.RawMessage, err error) {
	q := url.Values{"file": {name}}
	if dry {
		q.Set("dry_run", "true")
	}
	if err = c.do(ctx, http.MethodPost, "/imports/"+url.PathEscape(format), q, file, &raw); err == nil {
		err = json.Unmarshal(raw, &r)
	}
	return r, raw, err
}

// UndoImport removes exactly what an import brought.
func (c *Client) UndoImport(ctx context.Context, id string) (v json.RawMessage, err error) {
	return v, c.do(ctx, http.MethodPost, "/imports/"+url.PathEscape(id)+"/undo", nil, nil, &v)
}

// Export gives everything that is one's own, as a zip.
func (c *Client) Export(ctx context.Context, w io.Writer) error {
	r, err := c.send(ctx, http.MethodGet, "/export", nil, nil, "")
	if err != nil {
		return err
	}
	defer r.Body.Close()
	_, err = io.Copy(w, r.Body)
	return err
}
