package transfer

import (
	"bufio"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Writer writes CSV by RFC 4180 that no spreadsheet runs: a text that a program could take for a
// formula gets an apostrophe in front. Numbers and days are written as such and stay what they are,
// negative ones too. What Values and Goals read back has the apostrophe removed again.
//
// Cells are written one by one; End closes the row. The first error is kept and told by End and Flush.
type Writer struct {
	w     *bufio.Writer
	cells int
	bare  bool // the row so far is one empty cell
	room  [40]byte
}

// NewWriter gives a Writer on w.
func NewWriter(w io.Writer) *Writer { return &Writer{w: bufio.NewWriter(w)} }

func (w *Writer) next() {
	if w.cells > 0 {
		w.w.WriteByte(',')
	}
	w.cells++
	w.bare = w.cells == 1
}

// Text writes a cell of text.
func (w *Writer) Text(s string) {
	w.next()
	if s != "" {
		w.bare = false
	}
	if guarded(s) {
		s = "'" + s
	}
	if !strings.ContainsAny(s, ",\"\r\n") && strings.TrimSpace(s) == s {
		w.w.WriteString(s)
		return
	}
	w.w.WriteByte('"')
	w.w.WriteString(strings.ReplaceAll(s, `"`, `""`))
	w.w.WriteByte('"')
}

// Number writes the shortest text that reads back as v; a number that is not finite leaves the cell
// empty.
func (w *Writer) Number(v float64) {
	w.next()
	if finite(v) {
		w.bare = false
		w.w.Write(strconv.AppendFloat(w.room[:0], v, 'f', -1, 64))
	}
}

// Day writes a day, given in days since 1970-01-01, in the ISO form; NoDay leaves the cell empty.
func (w *Writer) Day(day int) {
	w.next()
	if day != NoDay {
		w.bare = false
		w.w.Write(appendDay(w.room[:0], day))
	}
}

// Row writes a whole row of texts, such as a header.
func (w *Writer) Row(cells ...string) error {
	for _, c := range cells {
		w.Text(c)
	}
	return w.End()
}

// End closes the row. A row of one empty cell is written as "", for a blank line is no row.
func (w *Writer) End() error {
	if w.bare {
		w.w.WriteString(`""`)
	}
	w.cells, w.bare = 0, false
	_, err := w.w.WriteString("\r\n")
	return err
}

// Flush writes out what is still held back.
func (w *Writer) Flush() error { return w.w.Flush() }

// formulaStart are the characters with which spreadsheets begin to compute (OWASP, CSV injection; the
// wide forms of = + - @ included).
const formulaStart = "=+-@\t\r\n＝＋－＠"

// guarded tells whether a text gets an apostrophe: it begins like a formula, or like a formula that
// already has one, so that removing one apostrophe always gives the text back.
func guarded[T string | []byte](s T) bool {
	i := 0
	for i < len(s) && s[i] == '\'' {
		i++
	}
	if i == len(s) {
		return false
	}
	r, size := utf8.DecodeRuneInString(string(s[i:min(len(s), i+utf8.UTFMax)]))
	return size > 0 && r != utf8.RuneError && strings.ContainsRune(formulaStart, r)
}

// unguard removes the apostrophe that the Writer sets before a formula.
func unguard(cell []byte) []byte {
	if len(cell) > 1 && cell[0] == '\'' && guarded(cell) {
		return cell[1:]
	}
	return cell
}

// WriteValueHeader writes the header of the long form.
func (w *Writer) WriteValueHeader() error {
	return w.Row("goal", "date", "value", "note", "unit", "external_id")
}

// WriteValue writes a row of the long form; Values reads it back as it is.
func (w *Writer) WriteValue(v ValueRow) error {
	w.Text(v.Name)
	w.Day(v.Day)
	switch v.State {
	case StateSkip:
		w.Text("SKIP")
	case StateNotApplicable:
		w.Text("YES_AUTO")
	case StateUnknown:
		w.Text("UNKNOWN")
	default:
		w.Number(v.Value)
	}
	w.Text(v.Note)
	w.Text(v.Unit)
	w.Text(v.ExternalID)
	return w.End()
}
