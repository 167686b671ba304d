// Package transfer reads and writes the files that people bring in and take out: values and goals as
// CSV, in the shapes that spreadsheets and other trackers write.
//
// Everything here is a stream with bounded memory. A file is read twice: once to learn how it is
// written (what separates its columns, whether 1/2 is a day in January or in February, whether 1,5 is
// one and a half), once to hand out its rows; so no row is read by a guess that a later row refutes.
// What was guessed is a Mapping, to be shown and corrected. Nothing is stored here and nothing is
// decided about goals: a row says what the file says.
//
// What is wrong is a code with arguments, never a sentence: "error." + Code in the message catalogue.
package transfer

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

// What a file may be at most. The record cap bounds memory: one quote that is never closed makes the
// rest of the file a single record.
const (
	MaxFile    = 25 << 20 // bytes, unless Options say otherwise
	MaxRecord  = 1 << 20  // bytes
	MaxColumns = 2000
	MaxNames   = 20_000 // different numbers in one file
	MaxADay    = 65_535 // values of one number on one day

	maxName = 200  // characters of a title, a number's name, an id
	maxUnit = 40   // characters
	maxText = 4000 // characters of a note or description
	maxEcho = 40   // characters of a cell that a problem repeats
)

// NoDay stands for "no day given" where a day is days since 1970-01-01.
const NoDay = -1 << 31

// Args are the values of a sentence's placeholders.
type Args = map[string]any

// A RowProblem is why one row, or one cell of it, was left out. Line is the line in the file, from 1,
// on which the record begins; Column is the column's name in the file, its number where the file
// has no names, "" for the whole row.
type RowProblem struct {
	Line   int
	Column string
	Code   string
	Args   Args
}

// A FileProblem is why the whole file cannot be read. Line is 0 where no line is to blame.
type FileProblem struct {
	Line int
	Code string
	Args Args
}

// Error is for the log; people read the catalogue's sentence.
func (p *FileProblem) Error() string {
	return fmt.Sprintf("%s (line %d) %v", p.Code, p.Line, p.Args)
}

// A Notice is something that was guessed or left out and does not stop the import.
type Notice struct {
	Code string `json:"code"`
	Args Args   `json:"args"`
}

func fileProblem(line int, code string, args Args) *FileProblem {
	if args == nil {
		args = Args{}
	}
	if line > 0 {
		args["line"] = line
	}
	return &FileProblem{Line: line, Code: code, Args: args}
}

// Options say what is known about a file beforehand.
type Options struct {
	Lang     string  // "en" or "de": decides where the whole column leaves a date or a number open
	Name     string  // the number's name for files that hold one number and do not name it
	Mapping  Mapping // what is set here is not guessed
	MaxBytes int64   // 0 for MaxFile
}

// echo shortens a cell to what a problem repeats, with a mark for what cannot be shown.
func echo(b []byte) string {
	out := make([]rune, 0, maxEcho)
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		b = b[size:]
		if len(out) == maxEcho {
			return string(out) + "…"
		}
		if unicode.IsControl(r) {
			r = utf8.RuneError
		}
		out = append(out, r)
	}
	return string(out)
}

// seen trims spaces and what cannot be seen, so that a cell that looks empty is empty.
func seen(r rune) bool {
	return !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r)
}

func asciiSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

// trim cuts spaces and invisible characters from both ends; plain cells come back at once.
func trim(b []byte) []byte {
	for len(b) > 0 && asciiSpace(b[0]) {
		b = b[1:]
	}
	for len(b) > 0 && asciiSpace(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	for len(b) > 0 && b[0] >= utf8.RuneSelf {
		r, size := utf8.DecodeRune(b)
		if seen(r) {
			break
		}
		b = b[size:]
	}
	for len(b) > 0 && b[len(b)-1] >= utf8.RuneSelf {
		r, size := utf8.DecodeLastRune(b)
		if seen(r) {
			break
		}
		b = b[:len(b)-size]
	}
	return b
}

// checkText tells what keeps a cell from being stored as text: "" for nothing. lines lets line breaks
// and tabs pass.
func checkText(b []byte, limit int, lines bool) (code string, args Args) {
	plain := len(b) <= limit
	for _, c := range b {
		if c < ' ' || c >= 0x7f {
			plain = false
			break
		}
	}
	if plain {
		return "", nil
	}
	pos := 0
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		pos++
		switch {
		case r == utf8.RuneError && size == 1:
			return "csv_bad_utf8", nil
		case unicode.IsControl(r) && !(lines && (r == '\n' || r == '\t')):
			return "csv_control_char", Args{"pos": pos}
		}
		i += size
	}
	if pos > limit {
		return "csv_text_too_long", Args{"limit": limit, "length": pos}
	}
	return "", nil
}
