package cli_test

import (
	"strings"
	"testing"
)

const twoGoals = `id,form,today,deadline,rule,direction,target,start,scale,when_it_happens,off,seed
pace,total,2026-11-21,2026-12-31,total,up,20,2026-11-01,count,1,2026-12-24/2026-12-26,goal_0CHQKM291Q0TR
run,reading,2026-11-21,2026-12-31,once,down,28,2026-11-01,positive,0,,7
`

const goalValues = `id,day,value
pace,2026-11-02,2
pace,2026-11-05,1
pace,2026-11-11,3
pace,2026-11-18,2
run,2026-11-03,30.5
run,2026-11-17,29.5
`

func TestForecastAnswersGoalsByTheirOwnRule(t *testing.T) {
	goals := inFile(t, t.TempDir(), "goals.csv", twoGoals)
	out, _, err := runFilter(strings.NewReader(goalValues), "forecast", "--goals", goals)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 3 || !strings.HasPrefix(lines[1], "pace,open,4,0.") || !strings.HasPrefix(lines[2], "run,too_few,2,,,29.5") {
		t.Fatalf("%q", lines)
	}
	// the seed is the goal's, and the rule, the day and the time off count
	for _, change := range [][2]string{{",goal_0CHQKM291Q0TR", ",8"}, {"total,2026-11-21", "total,2026-11-25"}, {"total,up,20", "once,up,18"}, {"2026-12-24/2026-12-26", "2026-11-12/2026-11-16"}} {
		other := inFile(t, t.TempDir(), "goals.csv", strings.Replace(twoGoals, change[0], change[1], 1))
		got, _, err := runFilter(strings.NewReader(goalValues), "forecast", "--goals", other)
		if err != nil || strings.Split(got, "\n")[1] == lines[1] {
			t.Errorf("%q says the same as %q: %v", change[1], change[0], err)
		}
	}
}

func TestForecastOfGoalsSaysWhatIsWrongAndWhere(t *testing.T) {
	for _, c := range []struct{ old, with, want string }{
		{"id,form", "id,shape", "GOALS line 1, column form: missing"},
		{"run,reading", "run,word", `GOALS line 3, column form: "word". Accepted: reading, total, rate`},
		{"once,down", "sometimes,down", `column rule: "sometimes". Accepted: total, once, end, held, kept`},
		{"once,down,28", "once,down,", `GOALS line 3, column target: "" is missing`},
		{"run,reading,2026-11-21", "run,reading,21.11.2026", `column today: "21.11.2026". Accepted: a day such as`},
		{"2026-12-24/2026-12-26", "2026-12-24", "column off"},
		{"2026-12-31,total,up,20,2026-11-01", "2026-10-31,total,up,20,2026-11-01", `GOALS line 2, column deadline: "2026-10-31" lies before start`},
		{",goal_0CHQKM291Q0TR", ",goal_x", `column seed: "goal_x". Accepted: a whole number, or the id`},
	} {
		goals := inFile(t, t.TempDir(), "goals.csv", strings.Replace(twoGoals, c.old, c.with, 1))
		if _, _, err := runFilter(strings.NewReader(goalValues), "forecast", "--goals", goals); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.with, err, c.want)
		}
	}
	goals := inFile(t, t.TempDir(), "goals.csv", twoGoals)
	for _, c := range []struct{ old, with, want string }{
		{"pace,2026-11-05", "pace,2026-11-02", `VALUES line 3, column day: "2026-11-02" does not rise`},
		{"run,2026-11-03,30.5", "other,2026-11-03,30.5", `VALUES line 6, column id: "other" does not come in GOALS`},
		{",3\n", ",many\n", `VALUES line 4, column value: "many"`},
	} {
		if _, _, err := runFilter(strings.NewReader(strings.Replace(goalValues, c.old, c.with, 1)), "forecast", "--goals", goals); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.with, err, c.want)
		}
	}
	if _, _, err := runFilter(nil, "forecast", "--goals", goals, "--rule", "end"); err == nil || !strings.Contains(err.Error(), "--goals holds rule and target") {
		t.Error(err)
	}
}
