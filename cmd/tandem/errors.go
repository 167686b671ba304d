package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"tandem"
	"tandem/config"
	"tandem/i18n"
)

// Exit codes, a contract with whoever runs the program from a script.
const (
	exitInternal = 1
	exitUsage    = 2
	exitRefused  = 3
	exitBusy     = 4
)

// A usageError is a command line that cannot be understood.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

func usage(format string, args ...any) error { return &usageError{fmt.Sprintf(format, args...)} }

// told writes an error as one line and gives the exit code.
func told(w io.Writer, err error) int {
	if err == nil {
		return 0
	}
	line := strings.Join(strings.Fields(sentence(err)), " ")
	fmt.Fprintln(w, line)
	return exitCode(err)
}

// exitCode maps an error to the code of the process.
func exitCode(err error) int {
	var u *usageError
	var p *config.Problem
	var coded interface{ ExitCode() int }
	switch {
	case errors.As(err, &u), errors.As(err, &p):
		return exitUsage
	case errors.As(err, &coded):
		return coded.ExitCode()
	}
	switch tandem.KindOf(err) {
	case tandem.KindInternal:
		return exitInternal
	case tandem.KindBusy, tandem.KindTooMany:
		return exitBusy
	}
	return exitRefused
}

// sentence gives the words of an error, in English as everything that the command line says.
func sentence(err error) string {
	var u *usageError
	var p *config.Problem
	switch {
	case errors.As(err, &u):
		return u.text
	case errors.As(err, &p):
		return i18n.EN.T("error."+p.Code, p.Args)
	}
	es := tandem.All(err)
	if len(es) == 0 {
		return err.Error()
	}
	parts := make([]string, len(es))
	for i, e := range es {
		parts[i] = i18n.EN.Sentence(e.Field, e.Code, e.Args)
	}
	return strings.Join(parts, " ")
}

// refused is an error of this room that is no fault of the program.
func refused(kind tandem.Kind, code string, args tandem.Args) error {
	return &tandem.Error{Kind: kind, Code: code, Args: args}
}

// noCommand refuses words that are no command, with the nearest one.
func noCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if near := c.SuggestionsFor(args[0]); len(near) > 0 {
		return usage("Unknown command %q. Did you mean %s %s?", args[0], c.CommandPath(), near[0])
	}
	return usage("Unknown command %q. See %s --help.", args[0], c.CommandPath())
}

// words wants exactly the named arguments, none of them empty.
func words(example string, names ...string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		for i, name := range names {
			if i >= len(args) || strings.TrimSpace(args[i]) == "" {
				return usage("%s missing. Example: %s", name, example)
			}
		}
		if len(args) > len(names) {
			return usage("Unexpected %q. Example: %s", args[len(names)], example)
		}
		return nil
	}
}
