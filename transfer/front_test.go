package transfer

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
)

func cutAll(t testing.TB, r *records) ([][]string, error) {
	t.Helper()
	var out [][]string
	for {
		if err := r.next(); err != nil {
			return out, err
		}
		row := []string{}
		for _, f := range r.fields {
			row = append(row, string(f))
		}
		out = append(out, row)
	}
}

func TestRecordsAreCutAsRFC4180AndAsFilesInTheWildAsk(t *testing.T) {
	for _, c := range []struct {
		says, text string
		want       [][]string
	}{
		{"plain", "a,b\n1,2\n", [][]string{{"a", "b"}, {"1", "2"}}},
		{"no end of line at the end", "a,b\n1,2", [][]string{{"a", "b"}, {"1", "2"}}},
		{"CRLF", "a,b\r\n1,2\r\n", [][]string{{"a", "b"}, {"1", "2"}}},
		{"CR alone between lines", "a,b\r1,2\n3,4", [][]string{{"a", "b"}, {"1", "2"}, {"3", "4"}}},
		{"quotes, doubled quotes, a comma inside", "\"a,\"\"x\"\"\",b\n", [][]string{{`a,"x"`, "b"}}},
		{"a line break inside", "\"a\r\nb\",c\n", [][]string{{"a\nb", "c"}}},
		{"quoted last field and CRLF", "a,\"b\"\r\nc,d", [][]string{{"a", "b"}, {"c", "d"}}},
		{"spaces around quotes", "a, \"b, c\" ,d\n", [][]string{{"a", "b, c", "d"}}},
		{"a quote inside a plain cell", "5\" pipe,x\n", [][]string{{`5" pipe`, "x"}}},
		{"blank lines", "\n\na,b\n \n\n1,2\n\n", [][]string{{"a", "b"}, {"1", "2"}}},
		{"a comma at the end of each line", "a,b,\n1,2,\n", [][]string{{"a", "b", ""}, {"1", "2", ""}}},
		{"empty quoted cells", "\"\",\"\"\n", [][]string{{"", ""}}},
	} {
		for name, src := range map[string]io.Reader{"at once": strings.NewReader(c.text), "byte by byte": iotest.OneByteReader(strings.NewReader(c.text))} {
			got, err := cutAll(t, newRecords(src, 0))
			if err != io.EOF || !reflect.DeepEqual(got, c.want) {
				t.Errorf("%s, %s: got %q (%v), want %q", c.says, name, got, err, c.want)
			}
		}
	}
}

// openError gives the code and line of the file problem that opening or reading ends with.
func openError(t testing.TB, src io.ReadSeeker, opt Options) string {
	t.Helper()
	v, err := Values(src, opt)
	for err == nil {
		_, _, err = v.Next()
	}
	var p *FileProblem
	if !errors.As(err, &p) {
		return fmt.Sprint(err)
	}
	return fmt.Sprintf("%s %d", p.Code, p.Line)
}

func TestFilesThatCannotBeReadSayWhy(t *testing.T) {
	head := "goal,date,value\n"
	row := "G1,2026-01-01,1\n"
	utf16 := []byte{}
	for _, c := range []byte(head + row) {
		utf16 = append(utf16, c, 0)
	}
	for _, c := range []struct{ says, text, want string }{
		{"nothing", "", "csv_empty 0"},
		{"a mark and nothing", "\ufeff\n \n", "csv_empty 0"},
		{"UTF-16 with a mark", "\xff\xfe" + string(utf16), "csv_utf16 0"},
		{"UTF-16 big-endian with a mark", "\xfe\xff\x00g", "csv_utf16 0"},
		{"UTF-16 without a mark", string(utf16), "csv_utf16 0"},
		{"a spreadsheet", "PK\x03\x04....", "csv_spreadsheet 0"},
		{"an old spreadsheet", "\xd0\xcf\x11\xe0....", "csv_spreadsheet 0"},
		{"a database", "SQLite format 3\x00....", "csv_database 0"},
		{"a quote that is never closed", head + strings.Repeat(row, 38) + "G1,2026-01-02,\"3\n" + strings.Repeat(row, 5), "csv_quote_open 40"},
		{"a quote that meets the next one", head + "G1,2026-01-02,\"3\n" + row + "G1,2026-01-03,\"4\",x\n", "csv_quote_open 2"},
		{"a quote open over more than the cap", head + "\"G1" + strings.Repeat(row, 80000), "csv_quote_open 2"},
		{"a quote open on one long line", head + "\"" + strings.Repeat("x", 3<<20), "csv_quote_open 2"},
		{"a line longer than the cap", head + row + strings.Repeat("x", 3<<20), "csv_record_too_large 3"},
		{"a quoted record longer than the cap", head + row + "\"" + strings.Repeat("x\n", 1<<20) + "\"", "csv_quote_open 3"},
		{"more than 25 MiB", head + strings.Repeat(row, 26<<20/len(row)), "csv_file_too_large 0"},
		{"too many columns", "date" + strings.Repeat(",x", MaxColumns) + "\n", "csv_too_many_columns 1"},
		{"a header that is no UTF-8", "goal,dat\xff,value\n" + row, "csv_header_unreadable 1"},
		{"a column twice", "date,Run,Run\n2026-01-01,1,2\n", "csv_column_twice 1"},
		{"no date", "goal,value\nG1,2\n", "csv_date_column_missing 0"},
		{"no value", "goal,date\nG1,2026-01-01\n", "csv_value_column_missing 0"},
		{"no name", "date,value\n2026-01-01,1\n", "csv_goal_column_missing 0"},
		{"a comma inside a name of the wide form", "Date,Run, walk,Read,\n2026-01-01,1,2,\n", "csv_header_width 1"},
		{"two separator lines before the column twice", "sep=;\ndate;Run;Run\n2026-01-01;1;2\n", "csv_column_twice 2"},
	} {
		if got := openError(t, strings.NewReader(c.text), Options{}); got != c.want {
			t.Errorf("%s: got %q, want %q", c.says, got, c.want)
		}
	}
	if got := openError(t, strings.NewReader(head+row), Options{Mapping: Mapping{Delimiter: "#"}}); got != "csv_mapping 0" {
		t.Errorf("an unknown delimiter is taken: %s", got)
	}
}

func TestMoreNamesThanTheCapEndTheFile(t *testing.T) {
	var b strings.Builder
	b.WriteString("goal,date,value\n")
	for i := range MaxNames + 1 {
		fmt.Fprintf(&b, "G%d,2026-01-01,1\n", i)
	}
	if got := openError(t, strings.NewReader(b.String()), Options{}); got != fmt.Sprintf("csv_too_many_names %d", MaxNames+2) {
		t.Error(got)
	}
}

func TestAFailingDiskIsNoProblemOfTheFile(t *testing.T) {
	broken := errors.New("input/output error")
	_, err := Values(struct {
		io.Reader
		io.Seeker
	}{iotest.ErrReader(broken), strings.NewReader("")}, Options{})
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

// FuzzRecords compares with the standard reader wherever that one accepts the text, and holds the
// reader to its own caps everywhere.
func FuzzRecords(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "\"a,\"\"x\"\"\",b\r\n", "a;b\n\"c\n\nd\";e", "x,\"", "\r\r\n\"\"", ",\n,,\n", "a\"b,c\n", " \"a\" ,b"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := cutAll(t, newRecords(bytes.NewReader(text), 0))
		var p *FileProblem
		if err != io.EOF && !errors.As(err, &p) {
			t.Fatal(err)
		}
		slow, slowErr := cutAll(t, newRecords(iotest.OneByteReader(bytes.NewReader(text)), 0))
		if !reflect.DeepEqual(got, slow) || fmt.Sprint(err) != fmt.Sprint(slowErr) {
			t.Errorf("read at once %q (%v), byte by byte %q (%v)", got, err, slow, slowErr)
		}
		if p != nil && p.Code == "csv_too_many_columns" {
			return // the standard reader has no such cap
		}
		if bytes.Contains(bytes.ReplaceAll(text, []byte("\r\n"), nil), []byte("\r")) {
			return // a CR alone ends a line here, and is text there
		}
		std := csv.NewReader(bytes.NewReader(text))
		std.FieldsPerRecord = -1
		want, stdErr := std.ReadAll()
		if stdErr != nil {
			return
		}
		if got, want = dropBlank(got), dropBlank(want); !reflect.DeepEqual(got, want) {
			t.Errorf("got %q, the standard reader %q", got, want)
		}
	})
}

// dropBlank leaves out rows of one blank cell, which one reader calls a blank line and the other not.
func dropBlank(rows [][]string) [][]string {
	var out [][]string
	for _, row := range rows {
		if len(row) > 1 || len(trim([]byte(row[0]))) > 0 {
			out = append(out, row)
		}
	}
	return out
}

// FuzzValues holds the whole reader to what every caller counts on: it ends, each row is within its
// bounds, and no two rows have the same key unless the file says so.
func FuzzValues(f *testing.F) {
	for _, s := range []string{
		"goal,date,value,note,unit,external_id\nG,2026-01-01,1.5,x,kg,7\n",
		"Datum;Ziel;Wert\n01.02.2026;A;1.234,5\n",
		"Date,Run,Read,\n2026-01-01,YES_MANUAL,12500,\n2026-01-02,SKIP,UNKNOWN,\n",
		"01/13/2026\t1:30\t\"note\"\n",
		"sep=|\nday|score\n20260101|'=1\n",
		"HabitName,HabitDescription,HabitCategory,CalendarDate,Value,CommentText\nA,,,3/4/2016,1,\n",
		"'date','value'\n'2026-02-30','x'\n",
		"value\n1,2026-01-01\n2,2026-01-02\n",
	} {
		f.Add([]byte(s), "G")
	}
	f.Fuzz(func(t *testing.T, text []byte, name string) {
		v, err := Values(bytes.NewReader(text), Options{Name: name, Lang: "de"})
		if err != nil {
			var p *FileProblem
			if !errors.As(err, &p) || p.Code == "" {
				t.Fatal(err)
			}
			return
		}
		keys := map[string]bool{}
		for {
			row, problem, err := v.Next()
			if err == io.EOF {
				break
			}
			var p *FileProblem
			switch {
			case errors.As(err, &p):
				return
			case err != nil:
				t.Fatal(err)
			case problem != nil:
				if problem.Line < 1 || problem.Code == "" {
					t.Errorf("problem %+v", problem)
				}
				continue
			}
			if !finite(row.Value) || row.Name == "" || row.State == StateUnknown || row.Day < civilDay(firstYear, 1, 1) || row.Day > civilDay(lastYear, 12, 31) {
				t.Errorf("row %+v", row)
			}
			if row.ExternalID == "" && keys[row.ExternalKey()] {
				t.Errorf("two rows have the key %q", row.ExternalKey())
			}
			keys[row.ExternalKey()] = true
		}
		if c := v.Counts(); c.Records != v.Mapping().Records {
			t.Errorf("%d rows read, %d surveyed", c.Records, v.Mapping().Records)
		}
	})
}
