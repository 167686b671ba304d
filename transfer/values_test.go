package transfer

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// told gives a row as short text: name, day, value or state, and what else it holds.
func told(r ValueRow) string {
	s := fmt.Sprintf("%s %s %s", r.Name, appendDay(nil, r.Day), shortNumber(r.Value))
	if r.State != StateValue {
		s = fmt.Sprintf("%s %s %s", r.Name, appendDay(nil, r.Day), r.State)
	}
	if r.Place > 0 {
		s += fmt.Sprintf(" #%d", r.Place)
	}
	for _, extra := range []string{r.Note, r.Unit, r.ExternalID} {
		if extra != "" {
			s += " " + extra
		}
	}
	return s
}

func TestValuesAreReadHoweverTheFileIsWritten(t *testing.T) {
	for _, c := range []struct {
		says, text string
		opt        Options
		want       []string
	}{
		{"our own header", "goal,date,value,note,unit,external_id\nRun,2026-03-09,5.5,nice,km,a1\n", Options{},
			[]string{"Run 2026-03-09 5.5 nice km a1"}},
		{"German, semicolons, decimal comma, dots", "Ziel;Datum;Wert;Notiz;Einheit\nLaufen;09.03.2026;1.234,5;schön;km\n", Options{Lang: "de"},
			[]string{"Laufen 2026-03-09 1234.5 schön km"}},
		{"names in any case and with spaces", "Task Name | DATE | Amount\nRead | 2026-03-09 | 3\n", Options{},
			[]string{"Read 2026-03-09 3"}},
		{"a byte order mark, tabs, CRLF", "\ufeffhabit\tday\tcount\r\nRead\t20260309\t3\r\n", Options{},
			[]string{"Read 2026-03-09 3"}},
		{"an old Mac", "habit,day,count\rRead,2026-03-09,3\rRead,2026-03-10,4\r", Options{},
			[]string{"Read 2026-03-09 3", "Read 2026-03-10 4"}},
		{"a line that names the separator", "sep=;\r\ngoal;date;value\r\nRead;2026-03-09;3,5\r\n", Options{},
			[]string{"Read 2026-03-09 3.5"}},
		{"single quotes", "'goal','date','value'\n'Read, aloud','2026-03-09','3'\n", Options{},
			[]string{"Read, aloud 2026-03-09 3"}},
		{"no header: name, date, value", "Read,2026-03-09,3\nRead,2026-03-10,4\n", Options{},
			[]string{"Read 2026-03-09 3", "Read 2026-03-10 4"}},
		{"no header: date, value, comment", "2026-03-09,3\n2026-03-10,4,\"a, b\"\n", Options{Name: "Pages"},
			[]string{"Pages 2026-03-09 3", "Pages 2026-03-10 4 a, b"}},
		{"one number, named from outside", "Date,Value,Comment\n2026-03-09,3,x\n", Options{Name: "Pages"},
			[]string{"Pages 2026-03-09 3 x"}},
		{"the daystamp beats the timestamp", "timestamp,daystamp,value,comment\n1773100000,20260309,3,x\n", Options{Name: "Pages"},
			[]string{"Pages 2026-03-09 3 x"}},
		{"wide", "date,Run,Read\n2026-03-09,5.5,\n2026-03-10,,12\n", Options{},
			[]string{"Run 2026-03-09 5.5", "Read 2026-03-10 12"}},
		{"wide with one number and its note", "date,score,note\n2026-03-09,5.5,calm\n", Options{},
			[]string{"score 2026-03-09 5.5 calm"}},
		{"wide with a number called score", "date,score,steps\n2026-03-09,5,12000\n", Options{},
			[]string{"score 2026-03-09 5", "steps 2026-03-09 12000"}},
		{"a date column under another name", "When,Run\n2026-03-09,5\n2026-03-10,6\n", Options{},
			[]string{"Run 2026-03-09 5", "Run 2026-03-10 6"}},
		{"words", "goal,date,value\nA,2026-03-01,YES_MANUAL\nA,2026-03-02,NO\nA,2026-03-03,SKIP\nA,2026-03-04,YES_AUTO\nA,2026-03-05,UNKNOWN\nA,2026-03-06,ja\n", Options{},
			[]string{"A 2026-03-01 1", "A 2026-03-02 0", "A 2026-03-03 skip", "A 2026-03-04 not_applicable", "A 2026-03-06 1"}},
		{"Loop's thousandths, wide", "Date,Run,Calm,\n2026-03-01,12500,YES_MANUAL,\n2026-03-02,NO,SKIP,\n2026-03-03,7250,UNKNOWN,\n", Options{},
			[]string{"Run 2026-03-01 12.5", "Calm 2026-03-01 1", "Run 2026-03-02 0", "Calm 2026-03-02 skip", "Run 2026-03-03 7.25"}},
		{"Loop's thousandths, one habit", "Date,Value,Notes\n2026-03-01,12500,far\n2026-03-02,UNKNOWN,\n", Options{Name: "Run"},
			[]string{"Run 2026-03-01 12.5 far"}},
		{"a hand-made file that looks like Loop's is left alone", "Date,Value,Notes\n2026-03-01,12500,far\n", Options{Name: "Steps"},
			[]string{"Steps 2026-03-01 12500 far"}},
		{"words and small whole numbers are not Loop's", "Date,Run,Calm,\n2026-03-01,12500,YES_MANUAL,\n2026-03-02,2,SKIP,\n", Options{},
			[]string{"Run 2026-03-01 12500", "Calm 2026-03-01 1", "Run 2026-03-02 2", "Calm 2026-03-02 skip"}},
		{"hours and minutes", "goal,date,value,unit\nSleep,2026-03-09,7:30,h\nRead,2026-03-09,1:15,min\n", Options{},
			[]string{"Sleep 2026-03-09 7.5 h", "Read 2026-03-09 75 min"}},
		{"several values a day are told apart by their place", "goal,date,value\nA,2026-03-09,1\nB,2026-03-09,1\nA,2026-03-09,1\nA,2026-03-10,1\nA,2026-03-09,2\n", Options{},
			[]string{"A 2026-03-09 1", "B 2026-03-09 1", "A 2026-03-09 1 #1", "A 2026-03-10 1", "A 2026-03-09 2 #2"}},
		{"a formula is text", "goal,date,value,note\nA,2026-03-09,1,\"=HYPERLINK(\"\"x\"\")\"\n", Options{},
			[]string{`A 2026-03-09 1 =HYPERLINK("x")`}},
		{"empty rows at the end of a spreadsheet", "goal,date,value\nA,2026-03-09,1\n,,\n,,\n", Options{},
			[]string{"A 2026-03-09 1"}},
		{"a header and nothing else", "goal,date,value\n", Options{}, nil},
	} {
		_, rows, problems := readValues(t, strings.NewReader(c.text), c.opt)
		var got []string
		for _, r := range rows {
			got = append(got, told(r))
		}
		if !slices.Equal(got, c.want) || len(problems) > 0 {
			t.Errorf("%s: got %q, want %q, problems %v", c.says, got, c.want, problems)
		}
	}
}

func TestTheWholeColumnDecidesWhatADateMeans(t *testing.T) {
	for _, c := range []struct{ says, lang, dates, want, notice string }{
		{"a day above 12 comes last of all", "en", "1/2/2026 3/4/2026 25/4/2026", "2026-02-01", ""},
		{"a month in front is proved late", "de", "1/2/2026 3/4/2026 4/25/2026", "2026-01-02", ""},
		{"nothing proves it, English", "en", "1/2/2026 3/4/2026", "2026-01-02", "csv_dates_ambiguous"},
		{"nothing proves it, German", "de", "1/2/2026 3/4/2026", "2026-02-01", "csv_dates_ambiguous"},
		{"day and month are equal", "de", "2/2/2026 3/3/2026", "2026-02-02", ""},
		{"most rows prove it, one contradicts", "en", "1/2/2026 25/4/2026 26/4/2026 4/27/2026", "2026-02-01", ""},
		{"dots need no proof", "en", "1.2.2026 3.4.2026", "2026-02-01", ""},
	} {
		text := "goal,date,value\n"
		for _, d := range strings.Fields(c.dates) {
			text += "A," + d + ",1\n"
		}
		v, rows, _ := readValues(t, strings.NewReader(text), Options{Lang: c.lang})
		notice := ""
		for _, n := range v.Mapping().Notices {
			notice += n.Code
		}
		if got := string(appendDay(nil, rows[0].Day)); got != c.want || notice != c.notice {
			t.Errorf("%s: got %s (%s), want %s (%s)", c.says, got, notice, c.want, c.notice)
		}
	}
	habitBull := "HabitName,HabitDescription,HabitCategory,CalendarDate,Value,CommentText\nA,,,03/04/2016,1,\n"
	if _, rows, _ := readValues(t, strings.NewReader(habitBull), Options{Lang: "de"}); string(appendDay(nil, rows[0].Day)) != "2016-03-04" {
		t.Errorf("HabitBull's month is not first: %+v", rows)
	}
}

func TestTheWholeColumnDecidesWhatANumberMeans(t *testing.T) {
	for _, c := range []struct {
		says, lang, delimiter, numbers, want, notice string
	}{
		{"one comma decimal proves the column", "en", ";", "1.234 2.345 3,5", "1234", ""},
		{"one point decimal proves the column", "de", ";", "1,234 2.5", "1234", ""},
		{"a point before three digits, separated by commas", "de", ",", "1.234 2.345", "1.234", "csv_numbers_ambiguous"},
		{"a point before three digits, German spreadsheet", "de", ";", "1.234 2.345", "1234", "csv_numbers_ambiguous"},
		{"a point before three digits, English", "en", ";", "1.234", "1.234", "csv_numbers_ambiguous"},
		{"a zero in front is no thousand", "en", ";", "0,234 1,5", "0.234", ""},
		{"whole numbers need no mark", "de", ",", "1234 5", "1234", ""},
	} {
		text := strings.ReplaceAll("goal,date,value\n", ",", c.delimiter)
		for _, n := range strings.Fields(c.numbers) {
			text += strings.Join([]string{"A", "2026-03-09", n}, c.delimiter) + "\n"
		}
		v, rows, problems := readValues(t, strings.NewReader(text), Options{Lang: c.lang, Mapping: Mapping{Delimiter: c.delimiter}})
		notice := ""
		for _, n := range v.Mapping().Notices {
			notice += n.Code
		}
		if got := shortNumber(rows[0].Value); got != c.want || notice != c.notice || len(problems) > 0 {
			t.Errorf("%s: got %s (%s), want %s (%s), problems %v", c.says, got, notice, c.want, c.notice, problems)
		}
	}
}

func TestEachBadRowIsToldWithLineColumnAndReason(t *testing.T) {
	text := "goal,date,value,note,external_id\n" +
		"A,2026-03-01,12kg,,\n" +
		"A,2026-02-29,1,,\n" +
		"A,soon,1,,\n" +
		"A,0026-03-01,1,,\n" +
		",2026-03-01,1,,\n" +
		"\u200b,2026-03-01,1,,\n" +
		"A,,1,,\n" +
		"A,2026-03-01,,,\n" +
		"A,2026-03-01,1e99,,\n" +
		"A,2026-03-01,\"12,5\",,\n" +
		"A,2026-03-01,12,5,x,y\n" +
		"A,2026-03-01,1,\xff,\n" +
		"A,2026-03-01,1,a\x00b,\n" +
		"A\x1b,2026-03-01,1,,\n" +
		"A,2026-03-01,1,\"b\" c,\n" +
		"A,2026-03-01,1,\"two\nlines\",\n" +
		"A,2026-03-01,1.5,,\"a\nb\"\n" +
		strings.Repeat("A", maxName+1) + ",2026-03-01,1,,\n" +
		"A,2026-03-02,1,,\n"
	want := []string{
		"2 value csv_number", "3 date csv_date_not_real", "4 date csv_date_form", "5 date csv_date_range",
		"6 goal csv_name_missing", "7 goal csv_name_missing", "8 date csv_date_missing", "9 value csv_value_missing",
		"10 value csv_number_range", "11 value csv_number_other_form", "12  csv_too_many_fields",
		"13 note csv_bad_utf8", "14 note csv_control_char", "15 goal csv_control_char", "16 note csv_quote_stray",
		"19 external_id csv_control_char", "21 goal csv_text_too_long",
	}
	v, rows, problems := readValues(t, strings.NewReader(text), Options{})
	var got []string
	for _, p := range problems {
		got = append(got, fmt.Sprintf("%d %s %s", p.Line, p.Column, p.Code))
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(rows) != 2 || rows[0].Note != "two\nlines" || rows[1].Line != 22 {
		t.Errorf("rows %+v", rows)
	}
	if c := v.Counts(); c.Records != 19 || c.Values != 2 || c.Problems != 17 {
		t.Errorf("counts %+v", c)
	}
	for i, arg := range map[int][2]any{0: {"value", "12kg"}, 1: {"last", 28}, 9: {"meant", "12.5"}, 12: {"pos", 2}} {
		if got := problems[i].Args[arg[0].(string)]; got != arg[1] {
			t.Errorf("problem %d: %v is %v, want %v", i, arg[0], got, arg[1])
		}
	}
	if _, _, problems := readValues(t, strings.NewReader("2026-03-09,x\n2026-03-10,1\n2026-03-11,1\n2026-03-12,1\n2026-03-13,1\n2026-03-14,1\n"), Options{Name: "A"}); len(problems) != 1 || problems[0].Column != "2" {
		t.Errorf("without header a column is told by its number: %v", problems)
	}
}

func TestAMappingIsShownAndCanBeCorrected(t *testing.T) {
	text := "Wann;Was;Wieviel;Rest\n1/2/2026;Lauf;1.500;x\n"
	opt := Options{Lang: "en", Mapping: Mapping{
		Form: Long, DateLayout: LayoutDMY, Decimal: ",",
		Columns: []Column{{"Wann", FieldDate}, {"Was", FieldGoal}, {"Wieviel", FieldValue}, {"Rest", FieldNote}},
	}}
	v, rows, problems := readValues(t, strings.NewReader(text), opt)
	if len(problems) > 0 || len(rows) != 1 || told(rows[0]) != "Lauf 2026-02-01 1500 x" {
		t.Errorf("rows %v, problems %v", rows, problems)
	}
	opt.Mapping = v.Mapping() // what was shown, given back, reads the same
	if _, again, _ := readValues(t, strings.NewReader(text), opt); !slices.Equal(again, rows) {
		t.Errorf("read again: %v", again)
	}

	m := Mapping{Thousandths: No}
	loop := "Date,Run,\n2026-03-01,12500,\n2026-03-02,SKIP,\n"
	if _, rows, _ := readValues(t, strings.NewReader(loop), Options{Mapping: m}); rows[0].Value != 12500 {
		t.Errorf("thousandths are divided although they were denied: %v", rows)
	}
	v, _, _ = readValues(t, strings.NewReader("when;mood;Run;Other\n2026-03-01;sunny;1;\n2026-03-02;grey;2;\n2026-03-03;grey;2;\n2026-03-04;grey;2;\n2026-03-05;grey;2;\n"), Options{})
	var codes []string
	for _, n := range v.Mapping().Notices {
		codes = append(codes, n.Code)
	}
	if !slices.Equal(codes, []string{"csv_delimiter_guess", "csv_column_text"}) || v.Mapping().Columns[1].Field != FieldIgnore {
		t.Errorf("notices %v, columns %v", codes, v.Mapping().Columns)
	}
}

func TestKeysStayWhatTheyAre(t *testing.T) {
	text := "goal,date,value,external_id\nA,1970-01-02,1,\nA,1970-01-02,2,\nA,1970-01-02,3,x7\n"
	_, rows, _ := readValues(t, strings.NewReader(text), Options{})
	var got []string
	for _, r := range rows {
		got = append(got, r.ExternalKey())
	}
	if !slices.Equal(got, []string{"long:1:0:A", "long:1:1:A", "id:x7"}) {
		t.Errorf("keys %q", got)
	}
	_, rows, _ = readValues(t, strings.NewReader("date,A\n1970-01-02,1\n"), Options{})
	if rows[0].ExternalKey() != "wide:1:0:A" {
		t.Errorf("key %q", rows[0].ExternalKey())
	}
}

func TestADayHoldsAsManyValuesAsItsCap(t *testing.T) {
	var b strings.Builder
	b.WriteString("goal,date,value\n")
	for range MaxADay + 2 {
		b.WriteString("A,2026-03-09,1\n")
	}
	_, rows, problems := readValues(t, strings.NewReader(b.String()), Options{})
	if len(rows) != MaxADay || len(problems) != 2 || problems[0].Code != "csv_too_many_a_day" {
		t.Errorf("%d rows, %d problems", len(rows), len(problems))
	}
}

// TestHundredThousandHostileRows repeats testdata/hostile.csv 2,000 times: each bad row is told, the
// good ones are read, and the memory stays flat.
func TestHundredThousandHostileRows(t *testing.T) {
	block, err := os.ReadFile("testdata/hostile.csv")
	if err != nil {
		t.Fatal(err)
	}
	head, body, _ := bytes.Cut(block, []byte("\n"))
	_, rows, problems := readValues(t, bytes.NewReader(block), Options{Lang: "en"})
	const times = 2000
	big := append(append(slices.Clone(head), '\n'), bytes.Repeat(body, times)...)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	v, err := Values(bytes.NewReader(big), Options{Lang: "en"})
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, _, err := v.Next(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	c := v.Counts()
	if c.Problems != times*len(problems) || c.Values+c.Skips+c.NotApplicable != times*len(rows) || len(problems) < 20 || c.Records < 100_000 {
		t.Errorf("counts %+v; one block has %d rows and %d problems", c, len(rows), len(problems))
	}
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 20<<20 {
		t.Errorf("%d bytes stay in use while reading", grown)
	}
	runtime.KeepAlive(v)
}

func millionRows() []byte {
	var b bytes.Buffer
	b.WriteString("goal,date,value,note\n")
	line := make([]byte, 0, 64)
	first := civilDay(1990, 1, 1)
	for i := range 1_000_000 {
		line = fmt.Appendf(line[:0], "G%03d,", i/20_409)
		line = appendDay(line, first+i%20_409)
		line = fmt.Appendf(line, ",%d.%d,\n", i%100, i%997)
		b.Write(line)
	}
	return b.Bytes()
}

func readAll(t testing.TB, file []byte) int {
	v, err := Values(bytes.NewReader(file), Options{MaxBytes: 64 << 20})
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for {
		_, problem, err := v.Next()
		if err == io.EOF {
			return rows
		}
		if err != nil || problem != nil {
			t.Fatal(problem, err)
		}
		rows++
	}
}

// The measure is the standard reader in the same run: it cuts the file once and understands nothing;
// here it is read twice, and dates, numbers and names are understood. Two to four times its time is
// usual; at twelve times the rate would be near 400,000 rows a second.
func TestAMillionRowsAreReadFastAndInFlatMemory(t *testing.T) {
	file := millionRows()
	start := time.Now()
	std := csv.NewReader(bytes.NewReader(file))
	std.ReuseRecord = true
	for {
		if _, err := std.Read(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	cut := time.Since(start)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start = time.Now()
	rows := readAll(t, file)
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	if rows != 1_000_000 {
		t.Errorf("%d rows", rows)
	}
	total := after.TotalAlloc - before.TotalAlloc
	t.Logf("%.0f rows/s, %.1f times the standard reader's time; %d bytes allocated in all", float64(rows)/took.Seconds(), float64(took)/float64(cut), total)
	if took > 12*cut {
		t.Errorf("took %v, the standard reader %v", took, cut)
	}
	if total > 32<<20 {
		t.Errorf("%d bytes allocated", total)
	}
}

func BenchmarkValues(b *testing.B) {
	file := millionRows()
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		readAll(b, file)
	}
}
