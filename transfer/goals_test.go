package transfer

import (
	"bytes"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func goalsOf(t testing.TB, text string, opt Options) (*GoalsReader, []GoalRow, []RowProblem) {
	t.Helper()
	g, err := Goals(strings.NewReader(text), opt)
	if err != nil {
		t.Fatal(err)
	}
	rows, problems := readGoals(t, g)
	return g, rows, problems
}

func ptr(v float64) *float64 { return &v }

// fullRows state every column once: a result in each of its rules and a learning goal.
func fullRows() []GoalRow {
	return []GoalRow{
		{Line: 2, ExternalID: "R1", ParentExternalID: "R9", Form: "reading", ReachedWhen: "at_the_end", Kind: "performance",
			Title: "Weigh 72, or less", Description: "two\nlines; \"quoted\"", OwnerEmail: "a@example.org", Area: "health", Status: "active",
			Visibility: "only_me", Measure: "weight", Unit: "kg", Direction: "down", Baseline: ptr(78.5), Commit: ptr(74), Target: ptr(72),
			Stretch: ptr(-0.1), Start: civilDay(2026, 1, 31), Due: civilDay(2026, 12, 31), Review: NoDay, LevelNow: NoLevel, LevelAim: NoLevel,
			Serves: []string{"R9", "R8"}, Weight: ptr(0.25), Tags: []string{"body", "=new year"}},
		{Line: 4, ExternalID: "R2", Kind: "performance", Title: "=Sleep", ReachedWhen: "kept", KeptShare: 0.8, Direction: "within",
			TargetLo: ptr(-1.5), TargetHi: ptr(8), Start: NoDay, Due: civilDay(2027, 2, 28), Review: NoDay, LevelNow: NoLevel, LevelAim: NoLevel},
		{Line: 5, ExternalID: "R3", Kind: "performance", Title: "Win", ReachedWhen: "held", HeldFor: 5, Target: ptr(1e15), Start: NoDay,
			Due: civilDay(2027, 2, 28), Review: NoDay, LevelNow: NoLevel, LevelAim: NoLevel},
		{Line: 6, ExternalID: "R4", Kind: "performance", Title: "Close more", Measure: "Closed", Form: "ratio", Period: "month", Numerator: "Deals", Denominator: "=Calls",
			Percent: true, Target: ptr(30), Start: NoDay, Due: civilDay(2027, 2, 28), Review: NoDay, LevelNow: NoLevel, LevelAim: NoLevel},
		{Line: 7, ExternalID: "L1", Kind: "learning", Title: "Listen", Skill: "calm calls", LevelNow: 0, LevelAim: 3, Status: "resting",
			Start: NoDay, Due: NoDay, Review: civilDay(2026, 6, 1), Fuels: []string{"R1", "R3"}},
	}
}

func TestGoalsComeBackAsTheyWereWritten(t *testing.T) {
	var b bytes.Buffer
	w := NewWriter(&b)
	if err := w.WriteGoalHeader(); err != nil {
		t.Fatal(err)
	}
	for _, r := range fullRows() {
		if err := w.WriteGoal(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	g, rows, problems := goalsOf(t, b.String(), Options{Lang: "de"})
	if len(problems) > 0 || len(g.Mapping().Notices) > 0 {
		t.Fatalf("problems %v, notices %v", problems, g.Mapping().Notices)
	}
	if !reflect.DeepEqual(rows, fullRows()) {
		t.Errorf("got  %+v\nwant %+v", rows, fullRows())
	}
}

func TestGoalsOfOthersAreUnderstood(t *testing.T) {
	culture := "email,name,description,visibility,individual_emails,due_at,created_at,priority,status,completion,key_result_1_title,key_result_1_completion,key_result_2_title,key_result_2_completion\n" +
		"a@example.org,Grow,why,manager,b@example.org;c@example.org,31/12/2026,01/02/2026,1,blocked,0.25,First,0.5,,\n"
	g, rows, problems := goalsOf(t, culture, Options{})
	want := GoalRow{Line: 2, Kind: "performance", Title: "Grow", Description: "why", OwnerEmail: "a@example.org",
		People: []string{"b@example.org", "c@example.org"}, Status: "paused", Visibility: "only_me", Start: civilDay(2026, 2, 1),
		Due: civilDay(2026, 12, 31), Review: NoDay, LevelNow: NoLevel, LevelAim: NoLevel, Completion: ptr(0.25),
		KeyResults: []KeyResult{{"First", ptr(0.5)}}}
	if len(problems) > 0 || !reflect.DeepEqual(rows, []GoalRow{want}) {
		t.Errorf("Culture Amp: got %+v, want %+v, problems %v", rows, want, problems)
	}
	if n := g.Mapping().Notices; len(n) != 1 || n[0].Code != "csv_column_ignored" || n[0].Args["column"] != "priority" {
		t.Errorf("Culture Amp: notices %v", n)
	}

	xto10x := "Objective Title,Owner_Email_ID,Start_Date,Due_Date,Description,Metric_Name,Metric_Type,Metric_Start_Value,Metric_Target_Value\n" +
		"Grow,a@example.org,2026-01-01,2026-12-31,,Sales,Percentage,10,\"1,200.5\"\n"
	_, rows, problems = goalsOf(t, xto10x, Options{})
	if len(problems) > 0 || len(rows) != 1 || rows[0].Measure != "Sales" || rows[0].Form != "reading" || *rows[0].Baseline != 10 || *rows[0].Target != 1200.5 || rows[0].Kind != "performance" {
		t.Errorf("xto10x: got %+v, problems %v", rows, problems)
	}

	engagedly := "Goal,Notes,Goal Identifier,Start Date,End Date,Notification Frequency,Check-In Type,Assigner/Owner Email ID\n" +
		"Grow,why,G7,2026-01-01,2026-12-31,weekly,x,a@example.org\n"
	g, rows, problems = goalsOf(t, engagedly, Options{})
	if len(problems) > 0 || len(rows) != 1 || rows[0].ExternalID != "G7" || rows[0].OwnerEmail != "a@example.org" || rows[0].Description != "why" || len(g.Mapping().Notices) != 2 {
		t.Errorf("Engagedly: got %+v, problems %v, notices %v", rows, problems, g.Mapping().Notices)
	}

	german := "Titel;Art;Zielwert;Fällig am;Richtung;Erreicht, wenn;Ausgangswert;Farbe\nSparen;Ergebnis;1.200,50;31.12.2026;hoch;am Ende;0;rot\n"
	g, rows, problems = goalsOf(t, german, Options{Lang: "de"})
	if len(problems) > 0 || len(rows) != 1 || *rows[0].Target != 1200.5 || rows[0].ReachedWhen != "at_the_end" || rows[0].Direction != "up" {
		t.Errorf("German: got %+v, problems %v", rows, problems)
	}
	if n := g.Mapping().Notices; len(n) != 2 || n[1].Code != "csv_column_unknown" || n[1].Args["column"] != "Farbe" {
		t.Errorf("German: notices %v", n)
	}
}

func TestTheKindIsWhatOnlyOneKindCanHave(t *testing.T) {
	for _, c := range []struct{ says, header, row, want string }{
		{"a target and a date make a result", "title,target,due_date", "A,5,2026-12-31", "performance"},
		{"a skill makes a learning goal", "title,skill,target", "A,listening,", "learning"},
		{"the word decides", "title,kind,skill,target,due_date", "A,result,listening,5,2026-12-31", "performance"},
		{"nothing decides", "title,area", "A,home", "2 csv_kind_missing"},
		{"both decide", "title,skill,target", "A,listening,5", "2 csv_kind_missing"},
		{"an unknown word", "title,kind,target", "A,project,5", "2 kind csv_word"},
	} {
		_, rows, problems := goalsOf(t, c.header+"\n"+c.row+"\n", Options{})
		got := ""
		if len(rows) == 1 {
			got = rows[0].Kind
		} else if len(problems) == 1 {
			got = strings.ReplaceAll(fmt.Sprintf("%d %s %s", problems[0].Line, problems[0].Column, problems[0].Code), "  ", " ")
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q (%v)", c.says, got, c.want, problems)
		}
	}
}

func TestEachBadGoalIsToldWithAllItsReasons(t *testing.T) {
	header := "title,kind,target,baseline,commit,stretch,due_date,review_date,reached_when,direction,form,status,visibility,owner_email,level_now,level_aim,weight,external_id,parent_external_id,fuels_external_ids,tags\n"
	for _, c := range []struct {
		says, row string
		want      []string
	}{
		{"a learning goal with everything it cannot have", "A,learning,5,1,2,3,2026-12-31,,total,,,,,,,,,,,,",
			[]string{"target csv_learning_target", "baseline csv_learning_target", "commit csv_learning_target", "stretch csv_learning_target", "reached_when csv_learning_target", "due_date csv_learning_deadline"}},
		{"a learning goal whose deadline is no date", "A,learning,,,,,soon,,,,,,,,,,,,,,", []string{"due_date csv_learning_deadline"}},
		{"no title", ",result,5,,,,2026-12-31,,,,,,,,,,,,,,", []string{"title csv_title_missing"}},
		{"words nobody knows", "A,result,5,,,,2026-12-31,,sometimes,sideways,blob,lost,world,,,,,,,,",
			[]string{"visibility csv_word", "direction csv_word", "form csv_word", "reached_when csv_word", "status csv_word"}},
		{"numbers and dates that are none", "A,result,12kg,1e99,\"1,5\",x,2026-02-29,soon,,,,,,,,,0.5,,,,",
			[]string{"review_date csv_date_form", "due_date csv_date_not_real", "baseline csv_number_range", "commit csv_number_other_form", "stretch csv_number", "target csv_number"}},
		{"a result that rests", "A,result,5,,,,2026-12-31,,,,,resting,,,,,,,,,", []string{"status csv_word"}},
		{"a learning goal that is closed", "A,learning,,,,,,,,,,closed,,,,,,,,,", []string{"status csv_word"}},
		{"a level above eight, a level in words", "A,learning,,,,,,,,,,,,,9,high,,,,,", []string{"level_now csv_whole", "level_aim csv_whole"}},
		{"an address without domain", "A,result,5,,,,2026-12-31,,,,,,,a@,,,,,,,", []string{"owner_email csv_email"}},
		{"a rule with a number it cannot carry", "A,result,5,,,,2026-12-31,,total 5,,,,,,,,,,,,", []string{"reached_when csv_word"}},
		{"kept for more than everything", "A,result,5,,,,2026-12-31,,kept 120%,,,,,,,,,,,,", []string{"reached_when csv_word"}},
		{"held for half a value", "A,result,5,,,,2026-12-31,,held 2.5,,,,,,,,,,,,", []string{"reached_when csv_word"}},
		{"a band without keep within", "A,result,10..20,,,,2026-12-31,,,up,,,,,,,,,,,", []string{"target csv_band"}},
		{"a band upside down", "A,result,20..10,,,,2026-12-31,,,within,,,,,,,,,,,", []string{"target csv_number"}},
		{"a goal that is its own parent", "A,result,5,,,,2026-12-31,,,,,,,,,,,X,X,,", []string{"parent_external_id csv_self_link"}},
		{"a goal that fuels itself", "A,learning,,,,,,,,,,,,,,,,X,,Y;X,", []string{"fuels_external_ids csv_self_link"}},
		{"a control character in a tag", "A,result,5,,,,2026-12-31,,,,,,,,,,,,,,\"a\tb\"", []string{"tags csv_control_char"}},
		{"more cells than columns", "A,result,5,,,,2026-12-31,,,,,,,,,,,,,,,z", []string{" csv_too_many_fields"}},
	} {
		_, rows, problems := goalsOf(t, header+c.row+"\n", Options{})
		var got []string
		for _, p := range problems {
			if p.Line != 2 {
				t.Errorf("%s: line %d", c.says, p.Line)
			}
			got = append(got, p.Column+" "+p.Code)
		}
		if !slices.Equal(got, c.want) || len(rows) > 0 {
			t.Errorf("%s: got %q, want %q", c.says, got, c.want)
		}
	}
}

func TestAnIdThatStandsTwiceNamesTheFirstLine(t *testing.T) {
	_, rows, problems := goalsOf(t, "external_id,title,target,due_date\nX,A,1,2026-12-31\nY,B,1,2026-12-31\nX,C,1,2026-12-31\n", Options{})
	if len(rows) != 2 || len(problems) != 1 || problems[0].Code != "csv_id_twice" || problems[0].Line != 4 || problems[0].Args["first"] != 2 {
		t.Errorf("%d rows, problems %v", len(rows), problems)
	}
	if _, err := Goals(strings.NewReader("goal_no,target\n1,5\n"), Options{}); err == nil || err.(*FileProblem).Code != "csv_title_column_missing" {
		t.Errorf("a file without titles: %v", err)
	}
}

func TestFiveThousandGoalsAreReadInOnePass(t *testing.T) {
	var b strings.Builder
	b.WriteString("external_id,title,target,due_date,tags\n")
	for i := range 5000 {
		fmt.Fprintf(&b, "G%d,Goal %d,%d.5,2026-12-31,a;b\n", i, i, i)
	}
	g, rows, problems := goalsOf(t, b.String(), Options{})
	if len(rows) != 5000 || len(problems) > 0 || g.Records() != 5000 || *rows[4999].Target != 4999.5 {
		t.Errorf("%d rows, %d problems", len(rows), len(problems))
	}
}

func FuzzGoals(f *testing.F) {
	f.Add([]byte("title,kind,target,due_date,reached_when\nA,result,10..20,2026-12-31,kept 80 %\n"))
	f.Add([]byte("name;visibility;completion;key_result_1_title\nA;everyone;0,5;x\n"))
	f.Add([]byte("Titel\tStufe jetzt\tZielstufe\nA\t1\t3\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		g, err := Goals(bytes.NewReader(text), Options{})
		if err != nil {
			return
		}
		for {
			row, problems, err := g.Next()
			if err == io.EOF {
				return
			}
			if err != nil {
				if _, ok := err.(*FileProblem); !ok {
					t.Fatal(err)
				}
				return
			}
			if len(problems) > 0 {
				continue
			}
			if row.Title == "" || row.Kind == "" || row.Kind == "learning" && (row.Target != nil || row.Due != NoDay || row.TargetLo != nil) {
				t.Errorf("row %+v", row)
			}
		}
	})
}
