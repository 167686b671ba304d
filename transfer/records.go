package transfer

import (
	"bytes"
	"io"
	"unicode/utf8"
)

// records cuts a stream into records by RFC 4180, and bears what files in the wild do: any one-byte
// delimiter, CR, LF or CRLF, quotes inside plain cells, spaces around quoted ones, blank lines.
//
// Fields stay valid until the next call. Most records hold no quote and are cut in place, without
// copying.
type records struct {
	src       io.Reader
	buf       []byte
	pos, end  int // what is read and not yet taken
	eof       bool
	total     int64 // bytes read from src
	maxBytes  int64
	delimiter byte
	quote     byte
	eol       byte // '\n', or '\r' for files of old Macs

	line    int      // the line at pos, from 1
	recLine int      // the line where the record begins
	fields  [][]byte // of the record
	unclean bool     // the record holds NUL or bytes that are no UTF-8
	stray   int      // the field with text after its closing quote, -1 for none
	scratch []byte   // what quoted fields stand for
	ends    []int    // where each field ends in scratch
}

func newRecords(src io.Reader, maxBytes int64) *records {
	if maxBytes <= 0 {
		maxBytes = MaxFile
	}
	return &records{src: src, maxBytes: maxBytes, buf: make([]byte, 64<<10), delimiter: ',', quote: '"', eol: '\n', line: 1, stray: -1}
}

// fill reads more, moving what is not yet taken to the front and growing the buffer when it is full.
func (r *records) fill() error {
	if r.pos > 0 {
		r.end = copy(r.buf, r.buf[r.pos:r.end])
		r.pos = 0
	}
	if r.end == len(r.buf) {
		r.buf = append(r.buf, make([]byte, len(r.buf))...)
	}
	n, err := r.src.Read(r.buf[r.end:])
	r.end += n
	r.total += int64(n)
	switch {
	case r.total > r.maxBytes:
		return fileProblem(0, "csv_file_too_large", Args{"limit": size(r.maxBytes)})
	case err == io.EOF:
		r.eof = true
	case err != nil:
		return err
	}
	return nil
}

// next reads the next record that is not blank; io.EOF after the last one.
func (r *records) next() error {
	for {
		line, used, err := r.rawLine()
		if err != nil {
			return err
		}
		r.recLine, r.stray = r.line, -1
		quoted := bytes.IndexByte(line, r.quote)
		if cr := bytes.IndexByte(line, '\r'); cr >= 0 && (quoted < 0 || cr < quoted) {
			if cr < len(line)-1 { // a CR alone ends a line too
				used = cr + 1
			}
			line, quoted = line[:cr], -1
		}
		if quoted >= 0 {
			return r.quotedRecord()
		}
		r.unclean = !clean(line)
		r.pos += used
		r.line++
		if len(trim(line)) == 0 {
			continue
		}
		r.fields = r.fields[:0]
		for {
			i := bytes.IndexByte(line, r.delimiter)
			if i < 0 {
				break
			}
			r.fields = append(r.fields, line[:i])
			line = line[i+1:]
		}
		r.fields = append(r.fields, line)
		return r.checkWidth()
	}
}

func clean(b []byte) bool { return utf8.Valid(b) && bytes.IndexByte(b, 0) < 0 }

func (r *records) checkWidth() error {
	if len(r.fields) > MaxColumns {
		return fileProblem(r.recLine, "csv_too_many_columns", Args{"limit": MaxColumns})
	}
	return nil
}

// rawLine gives the bytes up to the next end of line and how many bytes to step over with it.
func (r *records) rawLine() (line []byte, used int, err error) {
	looked := 0
	for {
		if i := bytes.IndexByte(r.buf[r.pos+looked:r.end], r.eol); i >= 0 {
			n := looked + i
			return r.buf[r.pos : r.pos+n], n + 1, nil
		}
		looked = r.end - r.pos
		if r.eof {
			if looked == 0 {
				return nil, 0, io.EOF
			}
			return r.buf[r.pos:r.end], looked, nil
		}
		if looked > MaxRecord {
			if bytes.IndexByte(r.buf[r.pos:r.end], r.quote) >= 0 {
				return r.buf[r.pos:r.end], looked, nil // reading it field by field finds the open quote
			}
			return nil, 0, fileProblem(r.line, "csv_record_too_large", Args{"limit": size(MaxRecord)})
		}
		if err := r.fill(); err != nil {
			return nil, 0, err
		}
	}
}

// at gives byte i after pos; ok is false at the end of the file.
func (r *records) at(i int) (c byte, ok bool, err error) {
	for r.pos+i >= r.end {
		if r.eof {
			return 0, false, nil
		}
		if err := r.fill(); err != nil {
			return 0, false, err
		}
	}
	if i > MaxRecord {
		return 0, false, fileProblem(r.recLine, "csv_record_too_large", Args{"limit": size(MaxRecord)})
	}
	return r.buf[r.pos+i], true, nil
}

// quotedRecord reads a record that has a quote somewhere, field by field.
func (r *records) quotedRecord() error {
	r.scratch, r.ends = r.scratch[:0], r.ends[:0]
	i := 0
	for {
		var err error
		if i, err = r.field(i); err != nil {
			return err
		}
		r.ends = append(r.ends, len(r.scratch))
		c, ok, err := r.at(i)
		if err != nil {
			return err
		}
		if ok && c == r.delimiter {
			i++
			continue
		}
		if ok && c == '\r' && r.eol == '\n' { // CRLF is one end
			if next, more, err := r.at(i + 1); err != nil {
				return err
			} else if more && next == '\n' {
				i++
			}
		}
		r.unclean = !clean(r.buf[r.pos : r.pos+i])
		if ok {
			i++
		}
		r.pos += i
		r.line++
		break
	}
	r.fields = r.fields[:0]
	start := 0
	for _, end := range r.ends {
		r.fields = append(r.fields, r.scratch[start:end])
		start = end
	}
	return r.checkWidth()
}

// field reads the field at i into scratch and gives the place after it.
func (r *records) field(i int) (int, error) {
	j := i
	c, ok, err := r.at(j)
	for ok && c == ' ' && r.delimiter != ' ' {
		j++
		c, ok, err = r.at(j)
	}
	if err != nil {
		return 0, err
	}
	if ok && c == r.quote {
		i, err = r.quotedField(j + 1)
		if err != nil || r.stray != len(r.ends) {
			return i, err
		}
	}
	for {
		c, ok, err = r.at(i)
		if err != nil || !ok || c == r.delimiter || c == '\n' || c == '\r' {
			return i, err
		}
		r.scratch = append(r.scratch, c)
		i++
	}
}

// quotedField reads from behind the opening quote. Text behind the closing one makes the field stray:
// a slip in this line if the quote opened on it, else a quote that was never closed and has met the
// next one, lines later.
func (r *records) quotedField(i int) (int, error) {
	opened, start := r.line, len(r.scratch)
	for {
		rest := r.buf[r.pos+i : r.end]
		k := bytes.IndexByte(rest, r.quote)
		if k < 0 {
			r.addQuoted(rest)
			i += len(rest)
			if r.eof || i > MaxRecord {
				return 0, fileProblem(opened, "csv_quote_open", nil)
			}
			if err := r.fill(); err != nil {
				return 0, err
			}
			continue
		}
		r.addQuoted(rest[:k])
		i += k + 1
		c, ok, err := r.at(i)
		if err != nil {
			return 0, err
		}
		if ok && c == r.quote {
			r.scratch = append(r.scratch, r.quote)
			i++
			continue
		}
		j := i
		for ok && err == nil && c == ' ' && r.delimiter != ' ' {
			j++
			c, ok, err = r.at(j)
		}
		switch {
		case err != nil:
			return 0, err
		case !ok || c == r.delimiter || c == '\n' || c == '\r':
			r.scratch = append(r.scratch[:start], unixLines(r.scratch[start:])...)
			return j, nil
		case r.line != opened:
			return 0, fileProblem(opened, "csv_quote_open", nil)
		}
		r.stray = len(r.ends)
		return i, nil
	}
}

func (r *records) addQuoted(b []byte) {
	r.line += bytes.Count(b, []byte{r.eol})
	r.scratch = append(r.scratch, b...)
}

// unixLines turns CRLF and CR into LF, in place.
func unixLines(b []byte) []byte {
	if bytes.IndexByte(b, '\r') < 0 {
		return b
	}
	out := b[:0]
	for i := 0; i < len(b); i++ {
		if b[i] == '\r' {
			if i+1 < len(b) && b[i+1] == '\n' {
				continue
			}
			out = append(out, '\n')
			continue
		}
		out = append(out, b[i])
	}
	return out
}

// size writes a cap as people read it.
func size(bytes int64) string {
	const units = "KMG"
	n, unit := bytes, -1
	for n >= 1024 && n%1024 == 0 && unit < len(units)-1 {
		n /= 1024
		unit++
	}
	if unit < 0 {
		return itoa(bytes) + " bytes"
	}
	return itoa(n) + " " + units[unit:unit+1] + "iB"
}
