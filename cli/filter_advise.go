package cli

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"tandem"
	"tandem/advise/advisor"
	"tandem/i18n"
)

const adviseExample = "echo 'ability=low;complexity=complex;horizon=30' | tandem advise"

// maxLine is the most bytes in a line of a filter that reads lines.
const maxLine = 1 << 16

func adviseCommand() *cobra.Command {
	in := fileName{flag: "lines", use: "file of lines; standard input if not given"}
	out := fileName{flag: "out", use: "where the answers go; standard output if not given"}
	var o AdviseOptions
	lang := "en"
	c := &cobra.Command{
		Use:   "advise [LINES [OUT]]",
		Short: "Which kind of goal fits",
		Long: `Reads one goal a line, as key=value;key=value, and answers each with one line of JSON: which kind of goal fits,
what leads where it is a pair, the rule that says so, what it changes on the form, and why.

A key that is left out is taken at its default, marked by *; an empty line is a goal of which nothing is known.

` + acceptedInputs() + `
A file is an argument or a flag. A name of - is standard input or output.`,
		Example: adviseExample,
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		if err := fileArguments(adviseExample, args, &in, &out); err != nil {
			return err
		}
		var ok bool
		if o.Lang, ok = i18n.ParseLang(lang); !ok {
			return usage("--lang %s is not known. Accepted: en, de. Example: %s", lang, adviseExample)
		}
		return filtered(c, &fileName{}, func(files *filterFiles) error {
			r, err := files.open(&in)
			if err != nil {
				return err
			}
			w, err := files.create(&out)
			if err != nil {
				return err
			}
			return answerAdvice(r, w, o)
		})
	}
	fileFlags(c, &in, &out)
	c.Flags().StringVar(&lang, "lang", lang, "language of the reasons: en or de")
	c.Flags().BoolVar(&o.Full, "full", false, "keys of the evidence and how well it supports the rule as well")
	return c
}

// acceptedInputs is the table of inputs for the help.
func acceptedInputs() string {
	var b strings.Builder
	for _, s := range advisor.Specs() {
		fmt.Fprintf(&b, "  %-11s %s\n", s.Input, accepted(s, "*"))
	}
	return b.String()
}

// accepted says what an input takes, with a mark behind its default.
func accepted(s advisor.Spec, mark string) string {
	if s.Values == nil {
		words := fmt.Sprintf("days to the deadline, a whole number from 0 to %d", advisor.MostHorizon)
		if mark != "" {
			words += fmt.Sprintf(" (%s%s)", s.Default, mark)
		}
		return words
	}
	words := strings.Join(s.Values, ", ") + ","
	return strings.TrimSuffix(strings.Replace(words, s.Default+",", s.Default+mark+",", 1), ",")
}

// AdviseOptions are what the filter can be told.
type AdviseOptions struct {
	Lang i18n.Lang
	Full bool
}

// AdviseFilter answers every line of in by one line of JSON in out, as it comes. The error names line and
// key.
func AdviseFilter(in io.Reader, out io.Writer, o AdviseOptions) error {
	w := bufio.NewWriter(out)
	return errors.Join(answerAdvice(in, w, o), w.Flush())
}

// An advised is one line of the answer.
type advised struct {
	Kind      advisor.Kind       `json:"kind"`
	Lead      *advisor.Kind      `json:"lead"`
	Rule      advisor.Rule       `json:"rule"`
	Modifiers []advisor.Modifier `json:"modifiers"`
	Reason    string             `json:"reason"`
	*fullAdvice
}

type fullAdvice struct {
	Evidence   []string           `json:"evidence"`
	Confidence advisor.Confidence `json:"confidence"`
}

func answerAdvice(in io.Reader, w *bufio.Writer, o AdviseOptions) error {
	return eachLine(in, w, func(n int, line string) error {
		inputs, err := readInputs(n, line)
		if err != nil {
			return err
		}
		a := advisor.Advise(inputs)
		v := advised{Kind: a.Kind, Rule: a.Rule, Modifiers: append([]advisor.Modifier{}, a.Modifiers...), Reason: o.Lang.T(a.Reason())}
		if a.Lead != "" {
			v.Lead = &a.Lead
		}
		if o.Full {
			v.fullAdvice = &fullAdvice{Evidence: append([]string{}, a.Evidence...), Confidence: a.Confidence}
		}
		return writeJSON(w, v)
	})
}

// writeJSON writes one line, with letters as they are.
func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// eachLine calls answer with every line, numbered from 1, and hands on what was written whenever no
// further line is waiting, so that a filter can be talked with.
func eachLine(in io.Reader, w *bufio.Writer, answer func(n int, line string) error) error {
	r := bufio.NewReaderSize(in, maxLine)
	for n := 1; ; n++ {
		b, err := r.ReadSlice('\n')
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			return refuseLine("LINES", n, "", "too long", fmt.Sprintf("at most %d bytes a line", maxLine-1))
		case err != nil && !errors.Is(err, io.EOF):
			return &refusedError{fmt.Sprintf("LINES line %d: cannot be read on (%v).", n, err)}
		case err != nil && len(b) == 0:
			return nil
		}
		line := strings.TrimRight(string(b), "\r\n")
		if n == 1 {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		if err := answer(n, line); err != nil {
			return err
		}
		if r.Buffered() == 0 {
			if err := w.Flush(); err != nil {
				return err
			}
		}
	}
}

// readInputs reads "key=value;key=value".
func readInputs(n int, line string) (in advisor.Inputs, err error) {
	for part := range strings.SplitSeq(line, ";") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		key, value, ok := strings.Cut(part, "=")
		key, value = strings.TrimSpace(key), strings.TrimSpace(value)
		if !ok {
			return in, refuseKey(n, "", fmt.Sprintf("%s is no key=value", shorten(part)), "key=value;key=value, such as ability=low;horizon=30")
		}
		s, ok := advisor.SpecOf(advisor.Input(key))
		if !ok {
			return in, refuseKey(n, "", unknownKey(key), inputNames())
		}
		if in.Get(s.Input) != "" {
			return in, refuseKey(n, key, "stands twice", "each key once")
		}
		if value == "" {
			return in, refuseKey(n, key, "has no value", accepted(s, "")+"; what is not known is left out")
		}
		if in, err = in.With(s.Input, value); err != nil {
			return in, refuseKey(n, key, shorten(value), accepted(s, ""))
		}
	}
	return in, nil
}

// refuseKey says where in a line something is wrong, what it is, and what would be accepted.
func refuseKey(line int, key, what, accepted string) error {
	if key != "" {
		what = "key " + key + ": " + what
	}
	return refuseLine("LINES", line, "", what, accepted)
}

// unknownKey names the key that was probably meant: the nearest one, where it is near.
func unknownKey(key string) string {
	best, least := "", min(2, len(key)/3)+1
	if len(key) < 40 {
		for _, s := range advisor.Specs() {
			if d := tandem.Slips(strings.ToLower(key), string(s.Input)); d < least {
				best, least = string(s.Input), d
			}
		}
	}
	if best == "" {
		return "unknown key " + shorten(key)
	}
	return "unknown key " + shorten(key) + " (did you mean " + best + "?)"
}

func inputNames() string {
	var names []string
	for _, s := range advisor.Specs() {
		names = append(names, string(s.Input))
	}
	return strings.Join(names, ", ")
}

// shorten quotes a text of the input, of which it shows forty bytes at most.
func shorten(s string) string {
	if len(s) > 40 {
		return strconv.Quote(strings.ToValidUTF8(s[:40], "") + "…")
	}
	return strconv.Quote(s)
}
