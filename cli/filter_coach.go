package cli

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tandem"
	"tandem/advise/coach"
	"tandem/advise/reader"
	"tandem/i18n"
)

const coachExample = "echo 'Make 20 sales this month' | tandem coach"

// longestText is how many bytes a line may have; a goal's text is far shorter.
const longestText = 1 << 16

// coachCommand is a filter from goal texts to what would make them clearer: a line in, a JSON object a line out.
func coachCommand(clock func() time.Time) *cobra.Command {
	var child bool
	var today, language string
	c := &cobra.Command{
		Use:   "coach",
		Short: "Say what kind of goal each line is, and what would make it clearer",
		Long: `Say what kind of goal each line is, and what would make it clearer. It asks no server.

One goal text a line on standard input, English or German; one JSON object a line on standard output:

text      the line
kind      performance, learning, both, todo or vague
checks    the checks that fire, such as NO_DEADLINE; docs/coach.md lists them
messages  at most three sentences, the most telling first; with --child one question at most
draft     what the words say already: title, number, unit, where it stands, day, skill, proof
marks     the words that depend on other people, as bytes from and to

An empty line gives an empty text of kind vague.`,
		Example: coachExample,
		Args:    cobra.NoArgs,
	}
	c.RunE = func(c *cobra.Command, _ []string) error {
		in := reader.Context{Today: tandem.DayOf(clock(), time.Local, 0)}
		if today != "" {
			day, err := tandem.ParseDay(today)
			if err != nil {
				return usage("--today: %q is no day. Example: --today 2026-11-25", today)
			}
			in.Today = day
		}
		switch language {
		case "":
		case "en", "de":
			in.Lang = reader.Lang(language)
		default:
			return usage("--lang: %q is none of en, de. Example: --lang de", language)
		}
		return coached(c.InOrStdin(), c.OutOrStdout(), in, child)
	}
	c.Flags().BoolVar(&child, "child", false, "for a child: its checks alone, one question at most")
	c.Flags().StringVar(&today, "today", "", "the day that dates are reckoned from (today)")
	c.Flags().StringVar(&language, "lang", "", "en or de, for lines that are both (the line's own words)")
	return c
}

// A coachedLine is one line of the answer.
type coachedLine struct {
	Text     string        `json:"text"`
	Kind     coach.Kind    `json:"kind"`
	Checks   []coach.Check `json:"checks"`
	Messages []string      `json:"messages"`
	Draft    coachDraft    `json:"draft"`
	Marks    [][2]int      `json:"marks"`
}

// A coachDraft is what the words of a line say of the goal already; what they do not say is left out.
type coachDraft struct {
	Title     string       `json:"title,omitempty"`
	Measure   string       `json:"measure,omitempty"`
	Target    *coachAmount `json:"target,omitempty"`
	Change    *coachAmount `json:"change,omitempty"`
	From      *coachAmount `json:"from,omitempty"`
	SoFar     *coachAmount `json:"so_far,omitempty"`
	Direction string       `json:"direction,omitempty"`
	First     string       `json:"first,omitempty"`
	Deadline  string       `json:"deadline,omitempty"`
	Each      string       `json:"each,omitempty"`
	Learning  string       `json:"learning,omitempty"`
	Skill     string       `json:"skill,omitempty"`
	Evidence  []string     `json:"evidence,omitempty"`
	Activity  []string     `json:"activities,omitempty"`
	Owner     string       `json:"owner,omitempty"`
}

type coachAmount struct {
	Value float64 `json:"value"`
	Unit  string  `json:"unit,omitempty"`
}

// coached answers the lines of r one after the other; its memory does not grow with their number.
func coached(r io.Reader, w io.Writer, in reader.Context, child bool) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 4096), longestText)
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	n := 0
	for lines.Scan() {
		n++
		text := strings.TrimRight(strings.ToValidUTF8(lines.Text(), "\ufffd"), "\r")
		if n == 1 {
			text = strings.TrimPrefix(text, "\ufeff")
		}
		if err := enc.Encode(coachOne(text, in, child)); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return &refusedError{fmt.Sprintf("line %d is longer than %d bytes, which no goal's text is. Give one goal text a line, and run it again.", n+1, longestText)}
	}
	return lines.Err()
}

// coachOne answers one line, in the line's own language.
func coachOne(text string, in reader.Context, child bool) coachedLine {
	r := reader.Read(text, in)
	a := coach.Look(r, child)
	line := coachedLine{Text: text, Kind: a.Kind, Checks: append([]coach.Check{}, a.Checks...), Messages: []string{}, Draft: draftOf(r, a), Marks: [][2]int{}}
	lang, _ := i18n.ParseLang(string(a.Lang))
	for _, m := range a.Messages(nil) {
		line.Messages = append(line.Messages, lang.T(m.Key, nil))
	}
	for _, m := range a.Marks {
		line.Marks = append(line.Marks, [2]int{m.Start, m.End})
	}
	return line
}

// draftOf puts together what a reading says of a goal.
func draftOf(r reader.Reading, a coach.Advice) coachDraft {
	d := coachDraft{
		Measure: r.Measure, Target: amountOf(r.Target), Change: amountOf(r.Change), From: amountOf(r.From), SoFar: amountOf(r.SoFar),
		Direction: string(r.Direction), Skill: r.Skill, Evidence: r.Evidence, Activity: r.Activities, Owner: r.Owner,
	}
	if r.First != tandem.NoDay {
		d.First = r.First.String()
	}
	if r.Last != tandem.NoDay {
		d.Deadline = r.Last.String()
	}
	for _, p := range []tandem.Period{r.Rate, r.Repeats} {
		if p != tandem.PeriodNone {
			d.Each = string(p)
		}
	}
	for _, p := range r.Parts {
		switch {
		case p.Side == reader.LearningSide && d.Learning == "" && a.Kind == coach.Both:
			d.Learning = p.Title
		case d.Title == "":
			d.Title = p.Title
		}
	}
	return d
}

func amountOf(a *reader.Amount) *coachAmount {
	if a == nil {
		return nil
	}
	return &coachAmount{a.Value, a.Unit}
}
