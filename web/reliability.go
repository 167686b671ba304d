package web

import (
	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

// getReliability tells how well the chances of closed results held.
func getReliability(s *Server, c *call) error {
	v, err := s.App.Reliability(c.ctx(), c.Actor, c.Space)
	if err != nil {
		return err
	}
	return c.page(pageView{Title: c.T("reliability.title"), Current: "goals", Spaces: true}, reliabilityPage(c, v))
}

// fewResults is the number of results under which the page says that they are few: with 20 results of 1 in 2
// the share that is reached still varies by 11 in 100.
const fewResults = 20

func (c *call) reliabilitySay(v app.Reliability) ui.SayView {
	args := tandem.Args{"results": v.Results, "looks": len(v.Looks), "said": "", "reached": 0}
	sum, reached := 0.0, 0
	for _, l := range v.Looks {
		sum += l.Chance
		if l.Reached {
			reached++
		}
	}
	args["said"], args["reached"] = c.num(sum/float64(len(v.Looks))*100, 0), reached
	return ui.SayView{Answer: c.T("reliability.answer", args), Rest: c.T("reliability.rest", args)}
}

// saidWords names a range of chances.
func (c *call) saidWords(s app.Said) string {
	return c.T("reliability.range", tandem.Args{"from": c.num(s.From*10, 0), "to": c.num(s.To*10, 0)})
}

// inHundred is a chance as a number of times in a hundred.
func (c *call) inHundred(chance float64) string {
	return c.T("reliability.in_hundred", tandem.Args{"n": c.num(chance*100, 0)})
}

func cameKey(l app.Look) string {
	if l.Reached {
		return "reliability.reached"
	}
	return "reliability.not_reached"
}
