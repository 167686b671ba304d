package ui

import (
	"strings"
	"testing"
)

func TestADifferenceHasItsZeroAndItsTwoRanges(t *testing.T) {
	d := difference(&DifferenceView{Title: "Difference between 0.3 and 2.1", Lo: 0.3, Mid: 1.2, Hi: 2.1, From: -0.5, To: 2.2, Format: sampleFormat})
	for mark, n := range map[string]int{`class="now"`: 1, `d80"`: 1, `d50"`: 1, `dmid"`: 1, `>0<`: 1, `role="img"`: 1} {
		if got := strings.Count(d, mark); got != n {
			t.Errorf("%d of %s instead of %d: %s", got, mark, n, d)
		}
	}
	if x := strings.Index(d, `class="now"`); !strings.Contains(d[x:x+80], `y1="4"`) {
		t.Error("zero is not the strongest line")
	}
}

func TestTheDashedCourseIsDrawnOnlyWhenThereIsOne(t *testing.T) {
	v := salesChart()
	with := newGoalChart(&v, false).draw()
	v.Since = nil
	without := newGoalChart(&v, false).draw()
	for _, mark := range []string{`class="x3"`, `class="cf"`, `class="eff"`, `class="effu"`, "<pattern", "+1.2 since level 2"} {
		if !strings.Contains(with, mark) || strings.Contains(without, mark) {
			t.Errorf("%s: drawn %v with a course, %v without", mark, strings.Contains(with, mark), strings.Contains(without, mark))
		}
	}
}
