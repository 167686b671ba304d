package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"tandem/client"
)

const logExample = `tandem log Sales 12 2026-11-24 "two walk-ins"`

func (t tool) log() *cobra.Command {
	return &cobra.Command{
		Use:   "log LINE",
		Short: "Log a value, a practice or a use in one line",
		Long: "Log one line: the name of a number or of an open result with a value, a learning goal with minutes, or a technique;\n" +
			"a day and a note where you like. With --json the answer is JSON, with --pick NAME=ANSWER one of two readings is chosen.",
		Example:            logExample + "\n  tandem log 20m discovery questions yesterday\n  tandem log sale, with the pause",
		DisableFlagParsing: true, // a number may begin with a minus
		RunE: func(c *cobra.Command, args []string) error {
			l, err := logWords(args)
			if err != nil {
				return err
			}
			if l.help {
				return c.Help()
			}
			cl, err := t.client()
			if err != nil {
				return err
			}
			raw, err := cl.Log(c.Context(), l.text, l.picks)
			if err != nil {
				return ways(err)
			}
			words, err := loggedWords(raw)
			if err != nil {
				return err
			}
			return said(c.OutOrStdout(), l.asJSON, raw, words)
		},
	}
}

// ways adds to a refusal how each reading is chosen.
func ways(err error) error {
	var e *client.Error
	if !errors.As(err, &e) || len(e.Errors) != 1 || len(e.Errors[0].Choices) == 0 {
		return err
	}
	f := e.Errors[0]
	all := make([]string, len(f.Choices))
	for i, x := range f.Choices {
		all[i] = fmt.Sprintf("--pick %s=%s (%s)", f.Pick, x.ID, x.Text)
	}
	return tell(f.Detail + " Say " + strings.Join(all, " or ") + ".")
}

// loggedWords tells what a line was understood as.
func loggedWords(raw json.RawMessage) (string, error) {
	var v struct {
		Kind, Name string
		Value      *struct {
			State, Day, Note string
			Value            float64
		}
		Practice *struct {
			Day, Reflection string
			Minutes         float64
		}
		Uses       []struct{ Day, Note string }
		Techniques []string
	}
	if err := json.Unmarshal(raw, &v); err != nil {
		return "", err
	}
	with, what, day, note := v.Techniques, "", "", ""
	switch {
	case v.Value != nil:
		what, day, note = fmt.Sprintf("%s %g", v.Name, v.Value.Value), v.Value.Day, v.Value.Note
		if v.Value.State != "value" {
			what = v.Name + " skipped"
		}
	case v.Practice != nil:
		what, day, note = fmt.Sprintf("%s %g min", v.Name, v.Practice.Minutes), v.Practice.Day, v.Practice.Reflection
	case len(v.Uses) > 0 && len(with) > 0:
		what, day, note, with = "used "+with[0], v.Uses[0].Day, v.Uses[0].Note, with[1:]
	}
	words := "Logged " + what + " on " + day
	for _, t := range with {
		words += ", with " + t
	}
	if note != "" {
		words += fmt.Sprintf(", note %q", note)
	}
	return words + ".", nil
}

// A logLine is what was typed after log.
type logLine struct {
	text         string
	picks        map[string]string
	asJSON, help bool
}

func logWords(args []string) (l logLine, err error) {
	var words []string
	for i := 0; i < len(args); i++ {
		switch a := args[i]; {
		case a == "--json":
			l.asJSON = true
		case a == "--help" || a == "-h":
			l.help = true
		case a == "--pick" || strings.HasPrefix(a, "--pick="):
			answer, with := strings.CutPrefix(a, "--pick=")
			if !with && i+1 < len(args) {
				i++
				answer = args[i]
			}
			name, id, ok := strings.Cut(answer, "=")
			if !ok {
				return l, usage("--pick takes NAME=ANSWER, as the question before tells. Example: --pick number_form=point")
			}
			if l.picks == nil {
				l.picks = map[string]string{}
			}
			l.picks[name] = id
		case a == "--":
			l.text = strings.TrimSpace(strings.Join(append(words, args[i+1:]...), " "))
			return l, l.check()
		case strings.HasPrefix(a, "--"):
			return l, usage("unknown flag: %s. Example: %s", a, logExample)
		default:
			words = append(words, a)
		}
	}
	l.text = strings.TrimSpace(strings.Join(words, " "))
	return l, l.check()
}

func (l logLine) check() error {
	if l.text == "" && !l.help {
		return usage("what to log is missing. Example: %s", logExample)
	}
	return nil
}
