package cli_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"tandem/cli"
	"tandem/i18n"
)

// adviceLine is a line of the answer, read strictly.
type adviceLine struct {
	Kind      string
	Lead      *string
	Rule      string
	Modifiers []string
	Reason    string
}

func readAdvice(t *testing.T, out string) (lines []adviceLine) {
	t.Helper()
	for line := range strings.Lines(out) {
		var a adviceLine
		d := json.NewDecoder(strings.NewReader(line))
		d.DisallowUnknownFields()
		if err := d.Decode(&a); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		lines = append(lines, a)
	}
	return lines
}

func TestAdviseAnswersTheWorkedCasesLineByLine(t *testing.T) {
	data, err := os.ReadFile("../advise/advisor/testdata/cases.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var in strings.Builder
	var want []adviceLine
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		f := strings.Split(line, "\t")
		if i == 0 {
			continue
		}
		in.WriteString(f[2] + "\n")
		w := adviceLine{Kind: f[3], Rule: f[5], Modifiers: []string{}, Reason: i18n.EN.T("advisor.reason." + f[5])}
		if f[4] != "-" {
			w.Lead = &f[4]
		}
		if f[6] != "none" {
			w.Modifiers = strings.Split(f[6], ",")
		}
		want = append(want, w)
	}
	out, notes, err := runFilter(strings.NewReader(in.String()), "advise")
	if err != nil || notes != "" {
		t.Fatal(err, notes)
	}
	if got := readAdvice(t, out); len(want) != 30 || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v\nwant %+v", got, want)
	}
	if !strings.HasPrefix(out, `{"kind":"learning","lead":null,"rule":"R4","modifiers":["no_target_yet"],"reason":"You `) || !strings.Contains(out, `"modifiers":[]`) {
		t.Errorf("the form of a line: %q", out)
	}
}

func TestAdviseTakesALineAsPeopleWriteIt(t *testing.T) {
	out, _, err := runFilter(strings.NewReader("\ufeff ability = low ; complexity=complex;\r\n\nhorizon=0;ability=high"), "advise", "--lang", "de")
	if err != nil {
		t.Fatal(err)
	}
	got := readAdvice(t, out)
	if len(got) != 3 || got[0].Rule != "R4" || got[1].Rule != "R9" || got[2].Rule != "R8" || got[1].Reason != i18n.DE.T("advisor.reason.R9") {
		t.Errorf("%+v", got)
	}
	out, _, err = runFilter(strings.NewReader("age=child\n"), "advise", "--full")
	if err != nil || !strings.Contains(out, `"evidence":["BS81","MD98","DKR99"],"confidence":"moderate"}`) {
		t.Errorf("%q %v", out, err)
	}
	out, _, err = runFilter(strings.NewReader("stakes=safety\n"), "advise", "--full")
	if err != nil || !strings.Contains(out, `"evidence":[],"confidence":"judgement"}`) {
		t.Errorf("%q %v", out, err)
	}
}

func TestAdviseNamesLineKeyAndWhatIsAccepted(t *testing.T) {
	for in, want := range map[string]string{
		"ability=low\nabilty=low":                 `LINES line 2: unknown key "abilty" (did you mean ability?). Accepted: stakes, commitment,`,
		"wish=low":                                `LINES line 1: unknown key "wish". Accepted: stakes,`,
		"ability=lo":                              `LINES line 1: key ability: "lo". Accepted: low, medium, high.`,
		"ability=":                                `LINES line 1: key ability: has no value. Accepted: low, medium, high; what is not known is left out.`,
		"ability=low;ability=low":                 `LINES line 1: key ability: stands twice. Accepted: each key once.`,
		"Lose 10 pounds":                          `LINES line 1: "Lose 10 pounds" is no key=value. Accepted: key=value;key=value, such as`,
		"horizon=soon":                            `LINES line 1: key horizon: "soon". Accepted: days to the deadline, a whole number from 0 to 36600.`,
		"\n\nhorizon=-1":                          `LINES line 3: key horizon: "-1".`,
		strings.Repeat("ability=low;", 9999):      `LINES line 1: too long. Accepted: at most 65535 bytes a line.`,
		"time=\x1b[31m" + strings.Repeat("x", 99): `LINES line 1: key time: "\x1b[31m`,
	} {
		_, _, err := runFilter(strings.NewReader(in), "advise")
		var coded interface{ ExitCode() int }
		if !errors.As(err, &coded) || coded.ExitCode() != 3 || !strings.HasPrefix(err.Error(), want) || strings.Contains(err.Error(), "\n") || len(err.Error()) > 250 {
			t.Errorf("%.40q: %v, want %s", in, err, want)
		}
	}
	out, _, err := runFilter(strings.NewReader("age=child\nage=old\nage=teen"), "advise")
	if err == nil || len(readAdvice(t, out)) != 1 {
		t.Errorf("what comes before a wrong line is answered: %q", out)
	}
	for _, args := range [][]string{{"advise", "--lang", "fr"}, {"advise", "a", "b", "c"}, {"advise", "no/such/file"}} {
		var coded interface{ ExitCode() int }
		if _, _, err := runFilter(strings.NewReader(""), args...); !errors.As(err, &coded) || coded.ExitCode() != 2 || !strings.Contains(err.Error(), "tandem advise") {
			t.Errorf("%q: %v", args, err)
		}
	}
	if _, _, err := runFilter(io.MultiReader(strings.NewReader("age=teen\n"), broken{}), "advise"); err == nil || !strings.HasPrefix(err.Error(), "LINES line 2: cannot be read on") {
		t.Error(err)
	}
}

// A broken reader gives nothing.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("gone") }

// The answer to a line comes before the next line is written.
func TestAdviseCanBeTalkedWith(t *testing.T) {
	in, ask := io.Pipe()
	answer, out := io.Pipe()
	done := make(chan error, 1)
	go func() {
		done <- cli.AdviseFilter(in, out, cli.AdviseOptions{})
		out.Close()
	}()
	r := bufio.NewReader(answer)
	for _, line := range []string{"age=child\n", "\n"} {
		if _, err := io.WriteString(ask, line); err != nil {
			t.Fatal(err)
		}
		got := make(chan string, 1)
		go func() { s, _ := r.ReadString('\n'); got <- s }()
		select {
		case s := <-got:
			if !strings.HasSuffix(s, "}\n") {
				t.Errorf("%q", s)
			}
		case <-time.After(20 * time.Second):
			t.Fatal("no answer")
		}
	}
	ask.Close()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func FuzzAdvise(f *testing.F) {
	f.Add("ability=low;horizon=30\n\nage=child")
	f.Add("x=;=;==\x00")
	f.Fuzz(func(t *testing.T, in string) {
		var b strings.Builder
		if err := cli.AdviseFilter(strings.NewReader(in), &b, cli.AdviseOptions{}); err == nil {
			want := strings.Count(in, "\n")
			if in != "" && !strings.HasSuffix(in, "\n") {
				want++
			}
			if got := len(readAdvice(t, b.String())); got != want {
				t.Errorf("%d lines, %d answers", want, got)
			}
		} else if strings.ContainsAny(err.Error(), "\n\x00") {
			t.Errorf("%q", err)
		}
	})
}
