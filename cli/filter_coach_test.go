package cli_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// TestCoachFilter reads lines and wants a JSON object for each, in order, in the language of the line.
func TestCoachFilter(t *testing.T) {
	in := "\ufeffMake 20 sales this month\r\nLaufschuhe kaufen\n\nRead <b> & run 5 km in 28 minutes by 30 June and learn to pace myself\n"
	out, _, err := runFilter(strings.NewReader(in), "coach")
	if err != nil {
		t.Fatal(err)
	}
	type line struct {
		Text, Kind string
		Checks     []string
		Messages   []string
		Draft      struct {
			Title, Deadline, Learning string
			Target                    *struct{ Value float64 }
		}
		Marks [][2]int
	}
	var got []line
	for l := range strings.Lines(out) {
		var v line
		if err := json.Unmarshal([]byte(l), &v); err != nil {
			t.Fatalf("%s: %v", l, err)
		}
		if v.Checks == nil || v.Messages == nil || v.Marks == nil {
			t.Errorf("a list is null: %s", l)
		}
		got = append(got, v)
	}
	if len(got) != 4 {
		t.Fatalf("%d answers", len(got))
	}
	if g := got[0]; g.Text != "Make 20 sales this month" || g.Kind != "performance" || !slices.Equal(g.Checks, []string{"OTHERS_CONTROL"}) ||
		len(g.Messages) != 1 || !strings.HasPrefix(g.Messages[0], "Others have a say") || g.Draft.Deadline != "2026-11-30" || g.Draft.Target == nil || g.Draft.Target.Value != 20 ||
		len(g.Marks) != 1 || g.Text[g.Marks[0][0]:g.Marks[0][1]] != "sales" {
		t.Errorf("%+v", g)
	}
	if g := got[1]; g.Kind != "todo" || len(g.Messages) != 1 || !strings.HasPrefix(g.Messages[0], "Das sieht nach einem Schritt aus") {
		t.Errorf("%+v", g)
	}
	if g := got[2]; g.Text != "" || g.Kind != "vague" {
		t.Errorf("%+v", g)
	}
	if g := got[3]; g.Kind != "both" || !strings.Contains(out, "Read <b> & run") {
		t.Errorf("%+v", g)
	}
	out, _, err = runFilter(strings.NewReader("Beat Tom by Friday\n"), "coach", "--child", "--today", "2027-01-01")
	if err != nil || !strings.Contains(out, `"messages":["What could you do today`) || !strings.Contains(out, `"checks":["COMPARE"]`) {
		t.Errorf("%s %v", out, err)
	}
}

func TestCoachFilterRefuses(t *testing.T) {
	for _, c := range []struct {
		in   string
		args []string
		want string
	}{
		{"", []string{"--today", "soon"}, "--today"},
		{"", []string{"--lang", "fr"}, "--lang"},
		{"Run\n" + strings.Repeat("a", 70_000), nil, "line 2"},
	} {
		if _, _, err := runFilter(strings.NewReader(c.in), append([]string{"coach"}, c.args...)...); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v", c.args, err)
		}
	}
}
