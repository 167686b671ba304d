package reader_test

import (
	"fmt"
	"strings"
	"testing"

	"tandem"
	"tandem/advise/reader"
)

func sayLog(r reader.Log, in reader.LogContext) string {
	var b []string
	if r.Number >= 0 {
		b = append(b, in.Numbers[r.Number].Name)
	}
	if r.Learning >= 0 {
		b = append(b, fmt.Sprintf("%s %gmin", in.Learning[r.Learning].Name, r.Minutes))
	}
	if r.Value != nil {
		b = append(b, fmt.Sprint(*r.Value))
	}
	for _, flag := range []struct {
		name string
		on   bool
	}{{"implied", r.Implied}, {"adds", r.Adds}, {"sets", r.Sets}, {"skip", r.Skip}} {
		if flag.on {
			b = append(b, flag.name)
		}
	}
	if r.Day != tandem.NoDay {
		b = append(b, r.Day.String())
	}
	for _, k := range r.Techniques {
		b = append(b, "with "+in.Techniques[k].Name)
	}
	if r.Note != "" {
		b = append(b, "note "+r.Note)
	}
	if r.Question != nil {
		b = append(b, "asks "+r.Question.ID)
	}
	return strings.Join(b, ", ")
}

func TestLogLines(t *testing.T) {
	in := logContext()
	for _, test := range []lineTest{
		{"sales 12", "Sales, 12"}, {"Sales twelve", "Sales, 12"}, {"12 sales", "Sales, 12"}, {"SALES: 12", "Sales, 12"}, {"sales +1", "Sales, 1, adds"}, {"sales = 12", "Sales, 12, sets"},
		{"20m discovery questions yesterday", "Ask better discovery questions 20min, 2026-11-24"}, {"questions 20m", "Ask better discovery questions 20min"},
		{"1h30 guitar", "Guitar 90min"}, {"Guitar 20", "Guitar 20min"}, {"guitar half an hour, enjoyed it :)", "Guitar 30min, note enjoyed it :)"},
		{"sale, with the pause", "Sales, 1, implied, with the pause"}, {"2 sales with the pause and offer within 24 hours", "Sales, 2, with the pause, with Offer within 24 hours"},
		{"sales 3 with offer", "Sales, 3, with Offer within 24 hours"}, {"sales 3 offer sent", "Sales, 3, note offer sent"},
		{"^ 12.5 nice run", "12.5, 2026-11-25, note nice run"}, {"^^ 3", "3, 2026-11-24"}, {"^ 12 sales", "Sales, 12, 2026-11-25"}, {"sales ^^ 3", "Sales, 3, 2026-11-24"},
		{`14 3 "two walk-ins"`, "3, 2026-11-14, note two walk-ins"}, {"30 3", "3, 2026-10-30"}, {"11 20 5", "5, 2026-11-20"}, {`2026 11 20 5 "ok"`, "5, 2026-11-20, note ok"},
		{"sales 12 2026-11-20 two walk-ins", "Sales, 12, 2026-11-20, note two walk-ins"}, {"12 sales on Friday two walk-ins", "Sales, 12, 2026-11-20, note two walk-ins"},
		{"sales 3 2 days ago", "Sales, 3, 2026-11-23"}, {"sales 3 last Monday", "Sales, 3, 2026-11-23"}, {"sales 3 on 1 December", "Sales, 3, 2025-12-01"},
		{"run 5 km 31.5 windy", "Run 5 km, 31.5, note windy"}, {"reply time 30 min", "Reply time, 0.5"}, {"weight 71.5", "Weight, 71.5"}, {"weight 71500 g", "Weight, 71.5"},
		{"Weight", "Weight"}, {"Sales skipped yesterday", "Sales, skip, 2026-11-24"}, {"Salez 12", "12, note Salez"}, {"12", "12"}, {"", ""}, {"sales 3 tomorrow", "Sales, 3, note tomorrow"},
	} {
		if got := sayLog(reader.ReadLog(test.text, in), in); got != test.want {
			t.Errorf("%q\n got %s\nwant %s", test.text, got, test.want)
		}
	}
	in.Lang = reader.German
	for _, test := range []lineTest{
		{"Verkäufe 12", "Verkäufe, 12"}, {"Verkaeufe 12", "Verkäufe, 12"}, {"20 Min Fragen gestern", "Bessere Bedarfsfragen stellen 20min, 2026-11-24"}, {"Verkauf, mit der Pause", "Verkäufe, 1, implied, with the pause"},
		{"vor 2 Tagen 3 Verkäufe", "Verkäufe, 3, 2026-11-23"}, {"Verkäufe 1.500,5 am Freitag", "Verkäufe, 1500.5, 2026-11-20"}, {"eine halbe Stunde Bedarfsfragen", "Bessere Bedarfsfragen stellen 30min"},
		{"vorgestern drei Verkäufe, zwei Laufkunden", "Verkäufe, 3, 2026-11-23, note zwei Laufkunden"}, {"Verkäufe ausgelassen", "Verkäufe, skip"},
	} {
		if got := sayLog(reader.ReadLog(test.text, in), in); got != test.want {
			t.Errorf("%q\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}

// Two names that fit equally well are asked about, and the answer is taken.
func TestALogLineThatFitsTwoNames(t *testing.T) {
	in := reader.LogContext{Context: reader.Context{Today: today}, Numbers: []reader.Named{{Name: "Phone calls"}, {Name: "Video calls"}}}
	r := reader.ReadLog("calls 3", in)
	if r.Question == nil || r.Question.ID != "name" || len(r.Question.Choices) != 2 {
		t.Fatalf("%+v", r.Question)
	}
	in.Picks = map[string]string{"name": r.Question.Choices[1].ID}
	if r := reader.ReadLog("calls 3", in); r.Number != 1 || *r.Value != 3 || r.Question != nil {
		t.Errorf("%s", sayLog(r, in))
	}
	in = reader.LogContext{Context: reader.Context{Today: today}, Numbers: []reader.Named{{Name: "Weight", Unit: "kg", Reading: true}}}
	if r := reader.ReadLog("^ 71.5 after lunch", in); r.Number != 0 || r.Note != "after lunch" {
		t.Errorf("the only number: %s", sayLog(r, in))
	}
}
