package ui

import (
	"context"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	dotOf   = regexp.MustCompile(`<circle class="(gain|pot|full)[^>]*cx="([-\d.]+)" cy="([-\d.]+)" r="([-\d.]+)"`)
	endWord = regexp.MustCompile(`<text[^>]*x="([-\d.]+)" y="([-\d.]+)"[^>]*>28\. Februar<`)
)

// The date at the end of the arc keeps clear of the values of the last days and of the disc, with and without
// learning, on both drawings.
func TestTheDateOfTheEndTouchesNoValue(t *testing.T) {
	for _, learns := range []bool{false, true} {
		v := ArchView{ID: "a", Title: "t", Start: 0, End: 27, StartLabel: "1. Februar", EndLabel: "28. Februar"}
		if learns {
			v.NextLevel, v.Of, v.Uses = 3, 5, []int{25, 26, 27}
		}
		for d := range 28 {
			v.Values = append(v.Values, d)
		}
		var b strings.Builder
		if err := Arch(v).Render(context.Background(), &b); err != nil {
			t.Fatal(err)
		}
		for i, drawing := range strings.SplitAfter(b.String(), "</svg>")[:2] {
			word := endWord.FindStringSubmatch(drawing)
			dots := dotOf.FindAllStringSubmatch(drawing, -1)
			if word == nil || len(dots) < 20 {
				t.Fatalf("drawing %d: the date is %v, %d dots", i, word, len(dots))
			}
			at := func(s string) float64 {
				x, err := strconv.ParseFloat(s, 64)
				if err != nil {
					t.Fatal(err)
				}
				return x
			}
			wide := textWidth("28. Februar")
			left, base := at(word[1]), at(word[2])
			if strings.Contains(word[0], "middle") || strings.Contains(word[0], `class="c"`) {
				left -= wide / 2
			}
			for _, d := range dots {
				x, y, r := at(d[2]), at(d[3]), at(d[4])
				dx := math.Max(0, math.Max(left-x, x-left-wide))
				dy := math.Max(0, math.Max(base-9-y, y-base-2))
				if math.Hypot(dx, dy) < r+1 {
					t.Errorf("drawing %d, learning %v: the date at %.0f, %.0f touches the %s at %.0f, %.0f", i, learns, left, base, d[1], x, y)
				}
			}
		}
	}
}
