package transfer

import (
	"bytes"
	"encoding/csv"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTheWriterKeepsFormulasFromRunning(t *testing.T) {
	var b bytes.Buffer
	w := NewWriter(&b)
	for _, s := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1", "'=1", "''=1", "a=1", "'tis", "1-2", ""} {
		w.Text(s)
	}
	w.Number(-5.25)
	w.Number(1e15)
	w.Number(1e-7)
	w.Day(civilDay(2026, 2, 28))
	w.Day(NoDay)
	if err := w.End(); err != nil {
		t.Fatal(err)
	}
	if err := w.Row(""); err != nil {
		t.Fatal(err)
	}
	if err := w.Row(`say "so"`, "a,b", "two\nlines", " edge "); err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	want := "'=1+1,'+1,'-1,'@SUM(A1),'\tx,\"'\rx\",'＝1,''=1,'''=1,a=1,'tis,1-2,,-5.25,1000000000000000,0.0000001,2026-02-28,\r\n" +
		"\"\"\r\n" +
		"\"say \"\"so\"\"\",\"a,b\",\"two\nlines\",\" edge \"\r\n"
	if b.String() != want {
		t.Errorf("got\n%q\nwant\n%q", b.String(), want)
	}
}

func TestValuesComeBackAsTheyWereWritten(t *testing.T) {
	want := []ValueRow{
		{Name: "Run, far", Day: civilDay(2026, 3, 9), Value: -0.1, State: StateValue, Note: "two\nlines \"so\"", Unit: "km", ExternalID: "-7"},
		{Name: "=Calm", Day: civilDay(1999, 12, 31), Value: 1.0 / 3, State: StateValue, Note: "'=x"},
		{Name: "'=Calm", Day: civilDay(2026, 3, 9), State: StateSkip, Note: "@ home"},
		{Name: "+", Day: civilDay(2026, 3, 9), State: StateNotApplicable, Unit: "-"},
	}
	var b bytes.Buffer
	w := NewWriter(&b)
	if err := w.WriteValueHeader(); err != nil {
		t.Fatal(err)
	}
	for _, r := range want {
		if err := w.WriteValue(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	_, rows, problems := readValues(t, bytes.NewReader(b.Bytes()), Options{Lang: "de"})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for i := range rows {
		rows[i].Line, rows[i].form = 0, ""
	}
	if !reflect.DeepEqual(rows, want) {
		t.Errorf("got  %+v\nwant %+v", rows, want)
	}
}

// FuzzWriter reads back what was written, and looks at each cell as a spreadsheet would.
func FuzzWriter(f *testing.F) {
	f.Add("=1+1", "a,b")
	f.Add("'=", "\r\n")
	f.Add("\"", "＠x")
	f.Fuzz(func(t *testing.T, a, b string) {
		if !utf8.ValidString(a) || !utf8.ValidString(b) {
			return
		}
		var out bytes.Buffer
		w := NewWriter(&out)
		if err := w.Row(a, b); err != nil {
			t.Fatal(err)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		r := csv.NewReader(bytes.NewReader(out.Bytes()))
		row, err := r.Read()
		if err != nil {
			t.Fatalf("%q: %v", out.String(), err)
		}
		for i, s := range []string{a, b} {
			if row[i] != "" && strings.ContainsRune(formulaStart, []rune(row[i])[0]) {
				t.Errorf("the cell %q would run", row[i])
			}
			if got := string(unguard([]byte(row[i]))); got != strings.ReplaceAll(s, "\r\n", "\n") {
				t.Errorf("%q comes back as %q", s, got)
			}
		}
	})
}
