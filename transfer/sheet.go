package transfer

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode"
)

// sampleRecords is how many records decide what separates columns and what they hold; the meaning of
// dates and numbers is decided by all records.
const sampleRecords = 200

// A sheet is an opened file: how it is cut into records, and what its first records look like.
type sheet struct {
	src      io.ReadSeeker
	origin   int64 // where the file begins in src
	start    int64 // bytes before the first record: byte order mark, sep= line
	lines    int   // lines before the first record
	maxBytes int64
	eol      byte
	lang     string
	m        Mapping
	sample   [][]string // the first records, the header included
}

// openSheet looks at the head of a file. words are the header words that make a guess likely.
func openSheet(src io.ReadSeeker, opt Options, words []synonym) (*sheet, error) {
	if p := opt.Mapping.check(); p != nil {
		return nil, p
	}
	s := &sheet{src: src, maxBytes: opt.MaxBytes, lang: opt.Lang, m: opt.Mapping, eol: '\n'}
	s.m.Records, s.m.Notices = 0, nil
	var err error
	if s.origin, err = src.Seek(0, io.SeekCurrent); err != nil {
		return nil, err
	}
	head := make([]byte, 64<<10)
	n, err := io.ReadFull(src, head)
	whole := errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
	if err != nil && !whole {
		return nil, err
	}
	head = head[:n]
	if p := notCSV(head); p != nil {
		return nil, p
	}
	body := bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF"))
	if bytes.IndexByte(body, '\n') < 0 && bytes.IndexByte(body, '\r') >= 0 {
		s.eol = '\r'
	}
	body = s.separatorLine(body)
	if len(trim(body)) == 0 {
		return nil, fileProblem(0, "csv_empty", nil)
	}
	s.start = int64(n - len(body))
	if !whole { // what the cut tore apart is no evidence
		if end := bytes.LastIndexByte(body, s.eol); end > 0 {
			body = body[:end]
		}
	}
	if s.m.Quote == "" {
		s.m.Quote = guessQuote(body)
	}
	s.guessDelimiter(body, words)
	if len(s.sample) == 0 { // not even one record: reading it tells why
		s.m.Header = Yes
		if _, err := s.data(); err != nil {
			return nil, err
		}
		return nil, fileProblem(s.lines+1, "csv_header_unreadable", nil)
	}
	if s.m.Header == "" {
		s.m.Header = choice(looksLikeHeader(s.sample, words))
	}
	return s, nil
}

// notCSV names what was brought instead of a CSV file.
func notCSV(head []byte) *FileProblem {
	switch {
	case len(head) == 0:
		return fileProblem(0, "csv_empty", nil)
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0")):
		return fileProblem(0, "csv_spreadsheet", nil)
	case bytes.HasPrefix(head, []byte("SQLite format 3\x00")):
		return fileProblem(0, "csv_database", nil)
	case bytes.HasPrefix(head, []byte("\xFF\xFE")), bytes.HasPrefix(head, []byte("\xFE\xFF")):
		return fileProblem(0, "csv_utf16", nil)
	}
	// UTF-16 without a mark: nearly every other byte of Latin text is zero
	var nul [2]int
	probe := head[:min(len(head), 512)]
	for i, c := range probe {
		if c == 0 {
			nul[i%2]++
		}
	}
	if half := len(probe) / 2; half > 1 && max(nul[0], nul[1])*10 >= half*7 {
		return fileProblem(0, "csv_utf16", nil)
	}
	return nil
}

// separatorLine takes the line "sep=;" that some spreadsheets write first.
func (s *sheet) separatorLine(body []byte) []byte {
	line, rest, _ := bytes.Cut(body, []byte{s.eol})
	line = bytes.TrimRight(line, "\r")
	if len(line) != 5 || !strings.EqualFold(string(line[:4]), "sep=") || strings.IndexByte(",;\t|", line[4]) < 0 {
		return body
	}
	if s.m.Delimiter == "" {
		s.m.Delimiter = string(line[4:])
	}
	s.lines = 1
	return rest
}

// guessQuote answers ' for files that put it around their cells and use no ".
func guessQuote(body []byte) string {
	if bytes.IndexByte(body, '"') >= 0 {
		return `"`
	}
	line, _, _ := bytes.Cut(body, []byte("\n"))
	line = trim(line)
	if len(line) > 1 && line[0] == '\'' && line[len(line)-1] == '\'' && bytes.Count(line, []byte("'"))%2 == 0 {
		return "'"
	}
	return `"`
}

// guessDelimiter tries each delimiter on the sample and keeps the one that cuts it best: into rows of
// equal width, with names that are known and a column of dates. The comma wins a draw.
func (s *sheet) guessDelimiter(body []byte, words []synonym) {
	candidates := []string{",", ";", "\t", "|"}
	if s.m.Delimiter != "" {
		candidates = []string{s.m.Delimiter}
	}
	best := -1.0
	for _, d := range candidates {
		rows := s.cut(body, d[0])
		if score := evenness(rows, words); score > best {
			best, s.m.Delimiter, s.sample = score, d, rows
		}
	}
	if s.m.Delimiter != "," && len(candidates) > 1 {
		s.m.notice("csv_delimiter_guess", Args{"found": delimiterName(s.m.Delimiter)})
	}
}

func delimiterName(d string) string {
	if d == "\t" {
		return "Tab"
	}
	return d
}

// cut gives the first records of body as text; a problem in them shows when the file is read.
func (s *sheet) cut(body []byte, delimiter byte) [][]string {
	r := newRecords(bytes.NewReader(body), int64(len(body))+1)
	r.delimiter, r.quote, r.eol = delimiter, s.m.Quote[0], s.eol
	var rows [][]string
	for len(rows) < sampleRecords && r.next() == nil {
		row := make([]string, len(r.fields))
		for i, f := range r.fields {
			row[i] = string(trim(f))
		}
		rows = append(rows, row)
	}
	return rows
}

// evenness scores a way to cut: the share of rows that have the most frequent width (at least two),
// the share of the first row's names that are known, and one more for a column of dates.
func evenness(rows [][]string, words []synonym) float64 {
	widths := map[int]int{}
	most := 0
	for _, row := range rows {
		widths[len(row)]++
		if w := len(row); widths[w] > widths[most] || most == 0 {
			most = w
		}
	}
	if most < 2 {
		return 0
	}
	score := float64(widths[most]) / float64(len(rows))
	known := 0
	for _, name := range rows[0] {
		if fieldOf(name, words) != "" {
			known++
		}
	}
	score += float64(known) / float64(len(rows[0]))
	if dateColumn(rows, 0) >= 0 {
		score++
	}
	return score
}

// looksLikeHeader tells names from data: no cell is a date, and a name is known or no cell is a number.
func looksLikeHeader(rows [][]string, words []synonym) bool {
	known, numbers := 0, 0
	for _, cell := range rows[0] {
		if cell == "" {
			continue
		}
		if readDate([]byte(cell), false).fault != dateForm {
			return false
		}
		if fieldOf(cell, words) != "" {
			known++
		} else if _, state, fault := readCell([]byte(cell), '.'); fault == numberFine && state == StateValue {
			numbers++
		}
	}
	return known > 0 || numbers == 0
}

// dateColumn gives the column where at least four of five filled cells from row from on are dates.
func dateColumn(rows [][]string, from int) int {
	if len(rows) <= from {
		return -1
	}
	for col := range rows[from] {
		filled, dates := 0, 0
		for _, row := range rows[from:] {
			if col < len(row) && row[col] != "" {
				filled++
				if readDate([]byte(row[col]), true).fault != dateForm || readDate([]byte(row[col]), false).fault != dateForm {
					dates++
				}
			}
		}
		if dates > 0 && (dates*5 >= filled*4 || from == 0 && dates*5 >= (filled-1)*4) {
			return col
		}
	}
	return -1
}

// plainHeader reduces a name to its letters and digits in small letters: "External ID", "external_id"
// and "externalId" are one.
func plainHeader(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// fieldOf gives what a header word means, "" for a word that is not known.
func fieldOf(name string, words []synonym) Field {
	plain := plainHeader(name)
	for _, w := range words {
		if w.word == plain {
			return w.field
		}
	}
	return ""
}

// data starts the file again at its first row of data.
func (s *sheet) data() (*records, error) {
	if _, err := s.src.Seek(s.origin+s.start, io.SeekStart); err != nil {
		return nil, err
	}
	r := newRecords(s.src, s.maxBytes)
	r.delimiter, r.quote, r.eol = s.m.Delimiter[0], s.m.Quote[0], s.eol
	r.line += s.lines
	if s.m.Header != Yes {
		return r, nil
	}
	if err := r.next(); err != nil && err != io.EOF {
		return nil, err
	}
	if r.unclean {
		return nil, fileProblem(r.recLine, "csv_header_unreadable", nil)
	}
	return r, nil
}

// nameColumns fills the columns from the header: each known word once, by the order of words, "" where
// a name is not known. A name that stands twice is refused, for nobody could say which is meant.
func (s *sheet) nameColumns(words []synonym) error {
	if s.m.Columns != nil {
		return nil
	}
	header := []string{}
	if s.m.Header == Yes {
		header = s.sample[0]
	} else {
		width := 0 // a last column may be empty in the first rows
		for _, row := range s.sample {
			width = max(width, len(row))
		}
		header = make([]string, width)
	}
	s.m.Columns = make([]Column, len(header))
	seen := map[string]bool{}
	for i, name := range header {
		if code, _ := checkText([]byte(name), maxName, true); code != "" {
			return fileProblem(s.lines+1, "csv_header_unreadable", nil)
		}
		if seen[name] && name != "" {
			return fileProblem(s.lines+1, "csv_column_twice", Args{"column": echo([]byte(name))})
		}
		seen[name] = true
		s.m.Columns[i].Name = name
	}
	taken := map[Field]bool{}
	for _, w := range words {
		for i := range s.m.Columns {
			if c := &s.m.Columns[i]; c.Field == "" && !taken[w.field] && plainHeader(c.Name) == w.word {
				c.Field = w.field
				taken[w.field] = true
			}
		}
	}
	return nil
}
