package web

import (
	"slices"
	"strconv"
	"strings"

	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

// lessonsAPage is how many lessons a page of them holds.
const lessonsAPage = 25

type lessonsView struct {
	app.LessonPage
	Text      string
	Unused    bool
	Portfolio bool // the reader has met it
	Pager     ui.PagerView
}

// nothing says that no lesson was found, and what to do.
func (v lessonsView) nothing(c *call) string {
	if v.Text == "" {
		return c.T("lessons.none_unused")
	}
	return c.T("lessons.none_found", tandem.Args{"text": v.Text})
}

func getLessons(s *Server, c *call) error {
	q := c.R.URL.Query()
	v := lessonsView{Text: q.Get("text"), Unused: q.Get("unused") != "", Portfolio: c.knows("portfolio")}
	if r := []rune(v.Text); len(r) > tandem.MaxTitle {
		v.Text = string(r[:tandem.MaxTitle])
	}
	after, err := strconv.Atoi(q.Get("after"))
	if err != nil || after < 0 {
		after = 0
	}
	if v.LessonPage, err = s.App.FindLessons(c.ctx(), c.Actor, app.LessonQuery{Text: v.Text, Unused: v.Unused, After: after, Limit: lessonsAPage}); err != nil {
		return err
	}
	if len(v.Items) == 0 && v.Found > 0 { // the last one of a page was just set aside
		return c.redirect(ui.LessonsURL(v.Text, v.Unused, (v.Found-1)/lessonsAPage*lessonsAPage), nil)
	}
	v.Pager = ui.PagerView{Label: c.T("goals.pages"), Next: c.T("goals.next"), Prev: c.T("lessons.newer"),
		Where: c.T("lessons.where", tandem.Args{"from": min(after+1, v.Found), "to": after + len(v.Items), "n": v.Found})}
	if end := after + len(v.Items); end < v.Found {
		v.Pager.NextURL = ui.LessonsURL(v.Text, v.Unused, end)
	}
	if after > 0 {
		v.Pager.PrevURL = ui.LessonsURL(v.Text, v.Unused, max(0, after-lessonsAPage))
	}
	return c.page(pageView{Title: c.T("lessons.title"), Current: "goals"}, lessonsPage(c, v))
}

// lessonWords says what became of a lesson: the technique's state, and how often it was used.
func (c *call) lessonWords(l tandem.LessonLine) string {
	if l.Uses > 0 {
		return c.T("technique.used", tandem.Args{"n": l.Uses})
	}
	return c.T("technique." + string(l.State))
}

// inQuotes sets a lesson in quotation marks, unless it has some itself.
func (c *call) inQuotes(text string) string {
	if strings.ContainsAny(text, "“”„\"") {
		return text
	}
	return c.quoted(text)
}

// lessonFrom says where a lesson comes from and when.
func (c *call) lessonFrom(l tandem.LessonLine) string {
	return c.T("lessons.from", tandem.Args{"of": l.Of(), "date": c.Lang.MonthYear(l.Day)})
}

// lesson finds the lesson of the path in the reader's workspaces.
func (c *call) lesson() (l tandem.LessonLine, ws tandem.WorkspaceID, err error) {
	id, err := pathID[tandem.LessonID](c, "id")
	if err != nil {
		return l, 0, err
	}
	for _, ws = range c.spaces() {
		if l, err = c.s.App.GetLesson(c.ctx(), c.Actor, ws, id); err == nil || tandem.KindOf(err) != tandem.KindNotFound {
			break
		}
	}
	return l, ws, err
}

// postTryLesson makes a lesson a technique to try.
func postTryLesson(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	l, ws, err := c.lesson()
	if err != nil {
		return err
	}
	if l.Technique != 0 {
		return c.redirect(ui.TechniqueURL(l.Technique.String(), ""), nil)
	}
	in := app.TechniqueInput{Name: nameFrom(l.Text), Lesson: l.ID}
	if under := f.text("goal"); under != "" {
		if in.Goal, err = tandem.ParseID[tandem.GoalID](under); err != nil {
			return err
		}
	} else if l.Kind == tandem.KindLearning && !l.Gone {
		in.Goal = l.Goal
	}
	t, err := s.App.CreateTechnique(c.ctx(), c.Actor, ws, in)
	if err != nil {
		return err
	}
	return c.redirect(c.backOr(ui.TechniqueURL(t.ID.String(), "")), &toast{Key: "toast.technique"})
}

// postDropLesson sets a lesson aside, or takes it back.
func postDropLesson(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	l, ws, err := c.lesson()
	if err != nil {
		return err
	}
	if err := s.App.DropLesson(c.ctx(), c.Actor, ws, l.ID, f.text("dropped") != "no"); err != nil {
		return err
	}
	return c.redirect(c.backOr(ui.LessonsURL("", false, 0)), &toast{Key: "toast.saved"})
}

// takeLesson fills what comes next from a lesson that was pressed on the last page of a result.
func (c *call) takeLesson(v app.ClosingView, f *form) bool {
	take := f.text("take")
	i := slices.IndexFunc(v.Back, func(l tandem.LessonLine) bool { return l.ID.String() == take })
	if i < 0 {
		return false
	}
	f.values.Set("next", string(tandem.NextTechnique))
	f.values.Set("next_text", nameFrom(v.Back[i].Text))
	f.values.Set("next_lesson", take)
	return true
}

// firstLearning gives the own learning goal that fuels a result, under which a lesson can be tried; 0 for none.
func firstLearning(v app.ResultView) tandem.GoalID {
	for _, l := range v.Lines {
		if l.Workspace == v.Goal.Workspace && l.Owner == v.Goal.Owner && l.State == tandem.Active {
			return l.ID
		}
	}
	return 0
}
