package forecast

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
)

func load(id string) (pts []Point) {
	f, _ := os.Open("/work/shared/data/forecast/goal_irregular.csv.gz")
	z, _ := gzip.NewReader(f)
	sc := bufio.NewScanner(z)
	for sc.Scan() {
		p := strings.Split(sc.Text(), ",")
		if p[0] != id {
			continue
		}
		d, _ := strconv.Atoi(p[2])
		v, _ := strconv.ParseFloat(p[3], 64)
		if n := len(pts); n > 0 && pts[n-1].Day == d {
			if p[1] == "1" {
				pts[n-1].Value += v
			} else {
				pts[n-1].Value = v
			}
			continue
		}
		pts = append(pts, Point{d, v})
	}
	return
}

func TestZZ(t *testing.T) {
	for _, id := range strings.Split(os.Getenv("ID"), ",") {
		whole := load(id)
		for step := range 8 {
			at := len(whole) * (6 + step) / 14
			pts := whole[:at]
			g := Goal{Points: pts, Lo: math.NaN(), Hi: math.NaN(), Baseline: math.NaN(), Scale: Positive, Start: pts[0].Day, Today: pts[at-1].Day + 1, Target: 1}
			for _, p := range whole {
				if p.Value < 0 {
					g.Scale = Unbounded
				}
			}
			g.Rule = AtEnd
			g.Deadline = g.Today + 90
			lain, _ := layGrid(pts, coarsen(spacing(pts), pts[at-1].Day-pts[0].Day+1, 90), false)
			m := g.learn(lain, pts)
			fmt.Println(id, at, "cells", len(lain.y), "step", lain.step, "exact", m.points != nil)
			for _, c := range m.components {
				var fw [families]float64
				for i, mb := range c.members {
					fw[mb.family] += c.weights[i]
				}
				fmt.Printf("   kind %d season %d p %.3f fam %.4f unit %.4g", c.kind, c.season, c.p, fw, c.unit)
				bi := 0
				for i := range c.weights {
					if c.weights[i] > c.weights[bi] {
						bi = i
					}
				}
				if m.points == nil {
					fmt.Printf(" best %+v s2 %.3g slope %.3g", c.members[bi], c.states[bi].sigma2, c.states[bi].slope)
				}
				fmt.Println()
			}
			f, _ := Run(g)
			last := f.Steps[len(f.Steps)-1]
			end := at
			for end < len(whole)-1 && whole[end].Day < g.Deadline {
				end++
			}
			fmt.Printf("   last %.4g  mean %.4g 80 [%.4g %.4g] 95 [%.4g %.4g] came %.4g track %+v\n", pts[at-1].Value, last.Mean, last.Lo80, last.Hi80, last.Lo95, last.Hi95, whole[end].Value, f.Track)
		}
	}
}
