package web

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

type portfolioView struct {
	app.Portfolio
	Years []int // from the first entry to today, at most the last ten
}

// mostYears is how many years the table of the portfolio holds; all of them are in the book.
const mostYears = 10

func getPortfolio(s *Server, c *call) error {
	p, err := s.App.GetPortfolio(c.ctx(), c.Actor, 0)
	if err != nil {
		return err
	}
	v := portfolioView{Portfolio: p}
	if p.Since != tandem.NoDay {
		for y := max(yearOf(p.Since), yearOf(p.Day)-mostYears+1); y <= yearOf(p.Day); y++ {
			v.Years = append(v.Years, y)
		}
	}
	return c.page(pageView{Title: c.T("portfolio.title"), Current: "goals"}, portfolioPage(c, v))
}

// inYears gives the skills of which the table of years says something.
func (v portfolioView) inYears(c *call) (out []app.PortfolioSkill) {
	for _, s := range v.Skills {
		if slices.ContainsFunc(v.Years, func(y int) bool { return c.yearWords(s, y) != "" }) {
			out = append(out, s)
		}
	}
	return out
}

func yearOf(d tandem.Day) int {
	y, _, _ := d.Date()
	return y
}

// getPortfolioFile sends the portfolio as the API gives it.
func getPortfolioFile(s *Server, c *call) error {
	p, err := s.App.GetPortfolio(c.ctx(), c.Actor, 0)
	if err != nil {
		return err
	}
	b, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return err
	}
	c.W.Header().Set("Content-Type", "application/json")
	c.W.Header().Set("Content-Disposition", `attachment; filename="tandem-portfolio-`+c.Today.String()+`.json"`)
	_, err = c.W.Write(b)
	return err
}

type bookView struct {
	Name, Span, Sentence string
	Years                []app.BookYear
}

func getBook(s *Server, c *call) error {
	p, err := s.App.GetPortfolio(c.ctx(), c.Actor, 0)
	if err != nil {
		return err
	}
	v := bookView{Name: c.Person.Name, Years: p.Book(), Span: strconv.Itoa(yearOf(p.Day))}
	if n := len(v.Years); n > 0 && v.Years[0].Year != v.Years[n-1].Year {
		v.Span = c.T("range", tandem.Args{"lo": strconv.Itoa(v.Years[0].Year), "hi": strconv.Itoa(v.Years[n-1].Year)})
	}
	v.Sentence = c.T("book.none")
	if p.Lessons+p.Levels > 0 {
		v.Sentence = c.T("book.sentence", tandem.Args{"lessons": p.Lessons, "levels": p.Levels})
	}
	return c.page(pageView{Title: c.T("book.title"), Current: "goals"}, bookPage(c, v))
}

func postForget(s *Server, c *call) error {
	id, err := pathID[tandem.GoalID](c, "id")
	if err != nil {
		return err
	}
	if _, err := c.form(); err != nil {
		return err
	}
	ws := c.Space
	for _, ws = range c.spaces() {
		if err = s.App.FindKept(c.ctx(), c.Actor, ws, id); err == nil || tandem.KindOf(err) != tandem.KindNotFound {
			break
		}
	}
	if err != nil {
		return err
	}
	if err := s.App.Forget(c.ctx(), c.Actor, ws, id); err != nil {
		return err
	}
	return c.redirect(ui.PortfolioURL(""), &toast{Key: "toast.removed"})
}

// portfolioSay is the sentence that opens the portfolio; what is nothing yet is not in it.
func (c *call) portfolioSay(p app.Portfolio) ui.SayView {
	var words []string
	for _, x := range []struct {
		key string
		n   int
	}{{"portfolio.say_skills", len(p.Skills)}, {"portfolio.say_levels", p.Levels}, {"portfolio.lessons_n", p.Lessons}, {"portfolio.say_used", p.Uses}} {
		if x.n > 0 {
			words = append(words, c.T(x.key, tandem.Args{"n": x.n}))
		}
	}
	return ui.SayView{Answer: sentenceCase(strings.Join(words, ", ")) + ".",
		Rest: c.T("portfolio.since", tandem.Args{"date": c.Lang.MonthYear(p.Since)})}
}

// skillSpan says from when to when a skill was worked on, and how its goal stands.
func (c *call) skillSpan(s app.PortfolioSkill) string {
	first, last := strconv.Itoa(yearOf(s.First)), strconv.Itoa(yearOf(s.Last))
	span := first
	if first != last {
		span = c.T("range", tandem.Args{"lo": first, "hi": last})
	}
	if s.State == tandem.Active || s.Gone() {
		return span
	}
	return span + ", " + c.T("state."+string(s.State))
}

// levelTitle gives the sentence of a level, else its number.
func (c *call) levelTitle(s app.PortfolioSkill, level int) string {
	if w := s.Sentence(level); w != "" {
		return w
	}
	return c.T("learning.level_n", tandem.Args{"n": level})
}

// noticedWords says since when a level is reached and by which source; for the highest one, who and where.
func (c *call) noticedWords(s app.PortfolioSkill, l tandem.LevelReached) string {
	if e := s.Front; e != nil && e.Level == l.Level {
		return c.evidenceWords(*e)
	}
	return c.T("how."+string(l.How)) + ", " + c.dayShort(l.Day)
}

// doneWithSkill says how often a skill was used and practised.
func (c *call) doneWithSkill(s app.PortfolioSkill) string {
	var words []string
	if s.Uses > 0 {
		words = append(words, c.T("portfolio.used", tandem.Args{"n": s.Uses}))
	}
	if s.Practised > 0 {
		words = append(words, c.T("portfolio.practised", tandem.Args{"n": s.Practised, "time": c.Lang.Minutes(s.Minutes)}))
	}
	return strings.Join(words, " ")
}

// yearWords says what a year brought to a skill: the highest level that was noticed in it, and its lessons.
func (c *call) yearWords(s app.PortfolioSkill, year int) string {
	level, lessons := 0, 0
	for _, l := range s.Reached {
		if yearOf(l.Day) == year {
			level = max(level, l.Level)
		}
	}
	for _, l := range s.Lessons {
		if yearOf(l.Day) == year {
			lessons++
		}
	}
	var words []string
	if level > 0 {
		words = append(words, c.T("learning.level_n", tandem.Args{"n": level}))
	}
	if lessons > 0 {
		words = append(words, c.T("portfolio.lessons_n", tandem.Args{"n": lessons}))
	}
	return strings.Join(words, ", ")
}

// bookLevel says in the book that a level was noticed.
func (c *call) bookLevel(l tandem.LevelReached, sentence string) string {
	args := tandem.Args{"n": l.Level, "sentence": sentence, "date": c.Lang.Date(l.Day)}
	if sentence == "" {
		return c.T("book.level", args)
	}
	return c.T("book.level_named", args)
}

// portfolioArgs are what the sentence offered on the last page of a result tells.
func (c *call) portfolioArgs() (tandem.Args, error) {
	p, err := c.s.App.GetPortfolio(c.ctx(), c.Actor, 0)
	if err != nil || p.Lessons == 0 {
		return tandem.Args{}, err
	}
	return tandem.Args{"n": p.Lessons, "k": max(p.Top, 1)}, nil
}

// portfolioOffer gives the offer of the portfolio on the last page of a result that was closed.
func (c *call) portfolioOffer(ws tandem.WorkspaceID) (*offerView, error) {
	if c.knows("portfolio") {
		return nil, nil
	}
	args, err := c.portfolioArgs()
	if err != nil {
		return nil, err
	}
	o, err := c.offer(ws, args, "closing")
	if o != nil {
		o.Try = ui.PortfolioURL("")
	}
	return o, err
}
