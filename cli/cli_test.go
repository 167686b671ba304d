package cli_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"tandem/api"
	"tandem/app"
	"tandem/app/apptest"
	"tandem/cli"
	"tandem/policy"
	"tandem/tandemtest"
)

func TestMain(m *testing.M) { os.Exit(tandemtest.Main(m)) }

// A shell runs commands against a real server over a real database.
type shell struct {
	t   *testing.T
	env map[string]string
	*apptest.House
}

func newShell(t *testing.T) *shell {
	h := apptest.New(t)
	server := httptest.NewServer(api.Handler(api.Options{App: h.App, Log: slog.New(slog.DiscardHandler), Now: h.Clock.Now, Version: "test", ChangesPerMinute: 600}))
	t.Cleanup(server.Close)
	if _, err := h.AddPerson(t.Context(), policy.Local(), app.PersonInput{Email: "mira@example.org"}); err != nil {
		t.Fatal(err)
	}
	m, err := h.CreateTokenFor(t.Context(), policy.Local(), "mira@example.org", app.TokenInput{Name: "shell", Scopes: []string{"all"}})
	if err != nil {
		t.Fatal(err)
	}
	return &shell{t: t, House: h, env: map[string]string{"TANDEM_URL": server.URL, "TANDEM_TOKEN": m.Secret}}
}

// run gives what a command line writes, and the code it ends with and its one line of error.
func (s *shell) run(args ...string) (out, line string, code int) {
	s.t.Helper()
	root := &cobra.Command{Use: "tandem", SilenceErrors: true, SilenceUsage: true}
	root.AddCommand(cli.Commands(func(name string) string { return s.env[name] }, noon)...)
	var b bytes.Buffer
	root.SetOut(&b)
	root.SetErr(&b)
	root.SetArgs(args)
	err := root.ExecuteContext(s.t.Context())
	if err == nil {
		return b.String(), "", 0
	}
	var coded interface{ ExitCode() int }
	if !errors.As(err, &coded) {
		return b.String(), err.Error(), 1
	}
	return b.String(), err.Error(), coded.ExitCode()
}

func (s *shell) ok(args ...string) string {
	s.t.Helper()
	out, line, code := s.run(args...)
	if code != 0 {
		s.t.Fatalf("tandem %s ends with %d: %s", strings.Join(args, " "), code, line)
	}
	return out
}

func TestTheDataCommands(t *testing.T) {
	s := newShell(t)
	if out := s.ok("goals", "--json"); strings.TrimSpace(out) != "[]" {
		t.Errorf("no goals are %q", out)
	}
	var goal struct{ ID, Kind, Metric string }
	if err := json.Unmarshal([]byte(s.ok("goal", "add", "20 sales", "--target", "20", "--by", "2026-12-31", "--number", "Sales", "--form", "total", "--from", "2", "--json")), &goal); err != nil {
		t.Fatal(err)
	}
	if goal.Kind != "performance" || goal.ID == "" {
		t.Errorf("made %+v", goal)
	}
	if out := s.ok("goal", "add", "Ask before I show", "--kind", "learning"); !strings.Contains(out, "Ask before I show") {
		t.Errorf("says %q", out)
	}
	s.ok("goal", "add", "Weight kept", "--direction", "within", "--lo", "68", "--hi", "72", "--by", "2026-12-31", "--unit", "kg")
	if out := s.ok("log", "Sales", "3", "2026-11-20", "two walk-ins"); out != "Logged Sales 3 on 2026-11-20, note \"two walk-ins\".\n" {
		t.Errorf("says %q", out)
	}
	var line struct {
		Kind  string
		Value struct {
			Value float64
			Note  string
		}
	}
	value := &line.Value
	if err := json.Unmarshal([]byte(s.ok("log", "--json", "Sales", "-1")), &line); err != nil || value.Value != -1 {
		t.Errorf("a negative value: %+v, %v", value, err)
	}
	if err := json.Unmarshal([]byte(s.ok("log", "sales", "1.5", "with", "a", "note", "--json")), &line); err != nil || value.Value != 1.5 || value.Note != "with a note" {
		t.Errorf("a note: %+v, %v", value, err)
	}
	if out := s.ok("log", "20m", "ask", "before", "I", "show", "2026-11-20"); out != "Logged Ask before I show 20 min on 2026-11-20.\n" {
		t.Errorf("a practice: %q", out)
	}
	for _, name := range []string{"Phone calls", "Video calls"} {
		s.ok("goal", "add", "9 "+name, "--target", "9", "--by", "2026-12-31", "--number", name, "--form", "total")
	}
	_, asked, code := s.run("log", "calls", "3", "2026-11-20")
	pick := regexp.MustCompile(`^Which one is it for\? Say --pick (name=metric_\w+) \((Phone|Video) calls\) or --pick name=metric_\w+ \((Phone|Video) calls\)\.$`).FindStringSubmatch(asked)
	if code != 3 || pick == nil {
		t.Fatalf("ends with %d: %q", code, asked)
	}
	if out := s.ok("log", "calls", "3", "2026-11-20", "--pick", pick[1]); out != "Logged "+pick[2]+" calls 3 on 2026-11-20.\n" {
		t.Errorf("the answer: %q", out)
	}
	list := s.ok("goals")
	for _, want := range []string{goal.ID, "20 sales", "Ask before I show", "performance", "learning"} {
		if !strings.Contains(list, want) {
			t.Errorf("the list lacks %q: %s", want, list)
		}
	}
	var all []map[string]any
	if err := json.Unmarshal([]byte(s.ok("goals", "--json")), &all); err != nil || len(all) != 5 {
		t.Errorf("%d goals as JSON, %v", len(all), err)
	}
	if out := s.ok("today"); !strings.Contains(out, "20 sales") {
		t.Errorf("today says %q", out)
	}
	if out := s.ok("today", "--json"); !json.Valid([]byte(out)) || !strings.Contains(out, `"items"`) {
		t.Errorf("today as JSON is %q", out)
	}
}

func TestImportUndoAndExport(t *testing.T) {
	s := newShell(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "values.csv")
	if err := os.WriteFile(file, []byte("goal,date,value\nSteps,2026-11-18,4000\nSteps,2026-11-19,5000\nSteps,2026-11-20,many\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	dry := s.ok("import", "csv", file, "--dry-run")
	for _, want := range []string{"3 rows read", "2 new", "line 4", "nothing was written"} {
		if !strings.Contains(dry, want) {
			t.Errorf("the dry run lacks %q: %s", want, dry)
		}
	}
	var report struct {
		ID             string
		Added, Skipped int
	}
	if err := json.Unmarshal([]byte(s.ok("import", "csv", file, "--json")), &report); err != nil || report.Added != 2 || report.Skipped != 1 || report.ID == "" {
		t.Fatalf("the report is %+v, %v", report, err)
	}
	if out := s.ok("import", "csv", file); !strings.Contains(out, "0 new") || !strings.Contains(out, "2 there already") {
		t.Errorf("the same file again: %s", out)
	}
	out := filepath.Join(dir, "mine")
	var exported struct{ Files []string }
	if err := json.Unmarshal([]byte(s.ok("export", out, "--json")), &exported); err != nil || !slices.Contains(exported.Files, "values.csv") {
		t.Errorf("exported %+v, %v", exported, err)
	}
	if b, err := os.ReadFile(filepath.Join(out, "values.csv")); err != nil || !strings.Contains(string(b), "4000") {
		t.Errorf("the exported values are %q, %v", b, err)
	}
	if _, line, code := s.run("export", out); code != 3 || line != out+" is not empty. Choose an empty folder; nothing was changed." {
		t.Errorf("a folder that is not empty: %d %s", code, line)
	}
	if out := s.ok("import", "undo", report.ID); out != "Undone.\n" {
		t.Errorf("says %q", out)
	}
	again := filepath.Join(dir, "again")
	s.ok("export", again)
	if b, err := os.ReadFile(filepath.Join(again, "values.csv")); err == nil && strings.Contains(string(b), "4000") {
		t.Errorf("after the undo the values are %q", b)
	}
}

// TestOneLineMakesWhatItSays adds goals by a line alone: a pair, a result whose reading is picked, a change with
// where it stands, a learning goal, and a limit, which is a micro-goal and no result.
func TestOneLineMakesWhatItSays(t *testing.T) {
	s := newShell(t)
	for _, c := range []struct {
		args []string
		want []string
	}{
		{[]string{"Get better at discovery questions so that we reach 16 sales a week by New Year"}, []string{"goal_", "Reach 16 sales a week\n", "Get better at discovery questions\n"}},
		{[]string{"Earn $100,000 this year", "--pick", "year=next"}, []string{"Earn $100,000\n"}},
		{[]string{"Lose 10 pounds by June", "--from", "180"}, []string{"Lose 10 pounds\n"}},
		{[]string{"Learn python 20 min on weekdays"}, []string{"Learn python\n"}},
		{[]string{"At most 2 evenings a week with sweets"}, []string{"micro_", "Sweets\n"}},
	} {
		out := s.ok(append([]string{"goal", "add"}, c.args...)...)
		for _, w := range c.want {
			if !strings.Contains(out, w) {
				t.Errorf("%q says %q, without %q", c.args, out, w)
			}
		}
	}
	var all []struct {
		Result struct {
			Title  string
			Target float64
		}
	}
	if err := json.Unmarshal([]byte(s.ok("goals", "--json")), &all); err != nil {
		t.Fatal(err)
	}
	lost := 0.0
	for _, g := range all {
		if g.Result.Title == "Lose 10 pounds" {
			lost = g.Result.Target
		}
	}
	if lost != 170 {
		t.Errorf("10 less than 180 are %v", lost)
	}
	if len(all) != 5 {
		t.Errorf("%d goals: %+v", len(all), all)
	}
}

// TestRow33AnythingButTheFixedFormIsRefused names the code and the line of each command that cannot be
// done.
func TestRow33AnythingButTheFixedFormIsRefused(t *testing.T) {
	s := newShell(t)
	for _, c := range []struct {
		args []string
		code int
		line string
	}{
		{[]string{"goal", "add"}, 2, `title missing. Example: tandem goal add "Run 5 km by 1 June"`},
		{[]string{"goal", "add", " "}, 2, `title missing. Example: tandem goal add "Run 5 km by 1 June"`},
		{[]string{"goal", "add", "Run", "5", "km"}, 2, `Unexpected "5". Put the title in quotes. Example: tandem goal add "Run 5 km by 1 June"`},
		{[]string{"goal"}, 2, `goal add is the command. Example: tandem goal add "Run 5 km by 1 June" --kind learning`},
		{[]string{"goal", "add", "a", "--target", "many"}, 2, `--target: "many" is not a number. Example: --target 20`},
		{[]string{"goal", "add", "a", "--target", "NaN"}, 2, `--target: "NaN" is not a number. Example: --target 20`},
		{[]string{"goal", "add", "Earn $100,000 this year"}, 3, "Which year is meant? Say --pick year=this (by 31 December 2026) or --pick year=next (by 31 December 2027)."},
		{[]string{"goal", "add", "Lose 10 pounds by June"}, 3, "Where does it stand now? Say it with --from."},
		{[]string{"goal", "add", "Buy milk"}, 3, "This looks like a step. What is it a step towards?"},
		{[]string{"goal", "add", "Run 5 km", "--pick", "next"}, 2, `--pick takes NAME=ANSWER, not "next". Example: --pick year=next`},
		{[]string{"log"}, 2, `what to log is missing. Example: tandem log Sales 12 2026-11-24 "two walk-ins"`},
		{[]string{"log", "--day", "x"}, 2, `unknown flag: --day. Example: tandem log Sales 12 2026-11-24 "two walk-ins"`},
		{[]string{"log", "calls", "3", "--pick", "phone"}, 2, "--pick takes NAME=ANSWER, as the question before tells. Example: --pick number_form=point"},
		{[]string{"import", "csv"}, 2, "FORMAT and FILE are needed; FORMAT is goals or csv. Example: tandem import csv values.csv --dry-run"},
		{[]string{"import", "csv", "no-such-file"}, 2, "no-such-file cannot be read. Example: tandem import csv values.csv --dry-run"},
		{[]string{"import", "undo"}, 2, "ID missing. Example: tandem import undo import_0ABCDEFGH1234"},
		{[]string{"export"}, 2, "DIR missing. Example: tandem export my-data"},
		{[]string{"goals", "mine"}, 2, `Unexpected "mine". See tandem goals --help.`},
		{[]string{"log", "sold two"}, 3, ""},
		{[]string{"log", "Nothing", "3"}, 3, ""},
		{[]string{"goal", "add", "Ask", "--kind", "learning", "--target", "3"}, 3,
			"A learning goal has no target. To collect things learned use a `collection`; to reach a number, make a result and link this goal to it."},
		{[]string{"goal", "add", "Ask", "--kind", "learning", "--by", "2026-12-31"}, 3, "A learning goal has no end date; it goes on."},
		{[]string{"goal", "add", "20 sales", "--by", "2026-02-29", "--target", "20"}, 3, ""},
		{[]string{"import", "undo", "import_nonsense"}, 3, "No such import, or you cannot see it."},
		{[]string{"import", "xlsx", "cli_test.go"}, 3, ""},
	} {
		out, line, code := s.run(c.args...)
		if code != c.code || c.line != "" && line != c.line || line == "" || strings.Contains(line, "\n") || out != "" {
			t.Errorf("tandem %q ends with %d: %q %q", c.args, code, line, out)
		}
	}
	if got := s.ok("goals", "--json"); strings.TrimSpace(got) != "[]" {
		t.Errorf("something was made: %s", got)
	}
}

func TestSettingsAndServersThatDoNotAnswer(t *testing.T) {
	s := newShell(t)
	token, address := s.env["TANDEM_TOKEN"], s.env["TANDEM_URL"]
	strange := httptest.NewServer(nil)
	t.Cleanup(strange.Close)
	for _, c := range []struct {
		url, token string
		code       int
		says       string
	}{
		{address, "", 2, "TANDEM_TOKEN missing"},
		{"127.0.0.1:8080", token, 2, "TANDEM_URL"},
		{"http://127.0.0.1:1", token, 4, "No Tandem answers at http://127.0.0.1:1"},
		{"http://no-such-host.invalid", token, 4, "no-such-host.invalid"},
		{address, "tandem_wrong", 3, "This token is not valid."},
		{strange.URL, token, 3, "404"},
		{address + "/", token, 0, ""},
	} {
		s.env = map[string]string{"TANDEM_URL": c.url, "TANDEM_TOKEN": c.token}
		_, line, code := s.run("goals")
		if code != c.code || !strings.Contains(line, c.says) || c.token != "" && strings.Contains(line, c.token) {
			t.Errorf("%s: ends with %d: %s", c.url, code, line)
		}
	}
}
