package app

import (
	"context"

	"tandem"
	"tandem/policy"
)

// A PracticeInput is a practice as it is logged. Key makes a repeat harmless.
type PracticeInput struct {
	Key        string     `json:"-"` // makes a second press harmless
	Minutes    float64    `json:"minutes,omitempty"`
	Day        tandem.Day `json:"day,omitzero"` // today unless said
	Reflection string     `json:"reflection,omitempty" tandem:"lines"`
	Enjoyment  int        `json:"enjoyment,omitempty"` // 1 to 5
	Activity   string     `json:"activity,omitempty"`  // study, practise, reflect or apply
}

// LogPractice keeps a practice on a learning goal. Its minutes become a value of the goal's own minutes
// number at the same instant, in the same transaction, so that a micro-goal in minutes counts them. A
// reflection is a lesson too.
func (a *App) LogPractice(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID, in PracticeInput) (p tandem.Practice, err error) {
	defer tandem.Wrap(&err, "log practice")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		p, err = a.practiceIn(ctx, tx, by, ws, goal, in)
		return err
	})
	return p, err
}

func (a *App) practiceIn(ctx context.Context, tx Tx, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID, in PracticeInput) (p tandem.Practice, err error) {
	h := tx.For(by)
	g, err := learningGoal(ctx, h, by, ws, goal, policy.Log)
	if err != nil {
		return p, err
	}
	if err := a.once(ctx, h, ws, "log-practice", in.Key); err != nil {
		return p, err
	}
	person, err := h.Person(ctx)
	if err != nil {
		return p, err
	}
	now := a.now()
	today := person.Today(now.Time())
	p = tandem.Practice{Goal: goal, ID: tandem.NewID[tandem.PracticeID](a.IDs), At: now, Day: dayOr(in.Day, today),
		Minutes: in.Minutes, Reflection: in.Reflection, Enjoyment: in.Enjoyment, Activity: in.Activity}
	if err := p.Validate(today); err != nil {
		return p, err
	}
	if p.Day != today {
		p.At = p.Day.Noon(person.Location())
	}
	if p.Minutes > 0 {
		if p.At, err = a.addMinutes(ctx, h, by, g, person, p); err != nil {
			return p, err
		}
	}
	if err := h.AddPractice(ctx, ws, p); err != nil {
		return p, err
	}
	if p.Reflection != "" {
		l := tandem.Lesson{Goal: goal, ID: tandem.NewID[tandem.LessonID](a.IDs), Day: p.Day, Text: p.Reflection, From: "practice"}
		if err := h.AddLesson(ctx, ws, l); err != nil {
			return p, err
		}
	}
	return p, a.emit(tx, by, ws, "practice.logged", int64(goal))
}

// addMinutes writes the minutes of a practice as a value of the goal's own number, which is made the
// first time, and gives the instant the value got.
func (a *App) addMinutes(ctx context.Context, h Writes, by tandem.Actor, g tandem.LearningGoal, person tandem.Person, p tandem.Practice) (tandem.Instant, error) {
	if g.Minutes == 0 {
		m := minutesMetric(g, person, tandem.NewID[tandem.MetricID](a.IDs), a.now())
		if err := h.AddMetric(ctx, m); err != nil {
			return 0, err
		}
		if err := h.SetMinutesMetric(ctx, g.Workspace, g.ID, m.ID); err != nil {
			return 0, err
		}
		g.Minutes = m.ID
	}
	return a.addValue(ctx, h, by, g.Workspace, tandem.Observation{Metric: g.Minutes, At: p.At, Day: p.Day, Value: p.Minutes, State: tandem.StateValue})
}

// minutesMetric is the number that holds the practised minutes of a learning goal.
func minutesMetric(g tandem.LearningGoal, person tandem.Person, id tandem.MetricID, now tandem.Instant) tandem.Metric {
	return tandem.Metric{Workspace: g.Workspace, ID: id, Owner: g.Owner, Name: g.Title, Unit: "min", Form: tandem.FormTotal, Direction: tandem.Up,
		DayRule: tandem.DaySum, Decimals: 0, WhenItHappens: true, Version: 1, Created: now}
}

// DeletePractice takes a practice back, with the value of its minutes and the uses that rode on it.
func (a *App) DeletePractice(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.PracticeID) (err error) {
	defer tandem.Wrap(&err, "take back practice")
	return a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		g, err := learningGoal(ctx, h, by, ws, goal, policy.Log)
		if err != nil {
			return err
		}
		p, err := h.Practice(ctx, ws, goal, id)
		if err != nil {
			return err
		}
		if p.Minutes > 0 && g.Minutes != 0 {
			if err := h.DeleteUsesOn(ctx, ws, g.Minutes, p.At); err != nil {
				return err
			}
			if err := a.dropValue(ctx, h, by, ws, g.Minutes, p.At); err != nil {
				return err
			}
		}
		return h.DeletePractice(ctx, ws, goal, id)
	})
}

// A ReflectionInput is the one line said about a practice afterwards.
type ReflectionInput struct {
	Reflection string `json:"reflection" tandem:"lines"`
	Enjoyment  int    `json:"enjoyment,omitempty"`
}

// Reflect writes the one line of a practice; it becomes a lesson of the goal.
func (a *App) Reflect(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.PracticeID, in ReflectionInput) (l tandem.Lesson, err error) {
	defer tandem.Wrap(&err, "reflect")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if _, err := learningGoal(ctx, h, by, ws, goal, policy.Log); err != nil {
			return err
		}
		p, err := h.Practice(ctx, ws, goal, id)
		if err != nil {
			return err
		}
		p.Reflection, p.Enjoyment = in.Reflection, in.Enjoyment
		if err := p.Validate(p.Day); err != nil {
			return err
		}
		if err := h.SetReflection(ctx, ws, goal, id, p.Reflection, p.Enjoyment); err != nil {
			return err
		}
		l, err = a.addLesson(ctx, h, ws, tandem.Lesson{Goal: goal, Day: p.Day, Text: in.Reflection, From: "practice"})
		return err
	})
	return l, err
}

// A LessonInput is one sentence that was learned.
type LessonInput struct {
	Text string `json:"text" tandem:"lines"`
	From string `json:"from,omitempty"` // practice, use, milestone, closing or log
}

// AddLesson keeps a lesson on a goal of either kind.
func (a *App) AddLesson(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID, in LessonInput) (l tandem.Lesson, err error) {
	defer tandem.Wrap(&err, "add lesson")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if _, err := anyGoal(ctx, h, by, ws, goal, policy.Log, policy.Learning); err != nil {
			return err
		}
		today, err := a.today(ctx, h)
		if err != nil {
			return err
		}
		if in.From == "" {
			in.From = "log"
		}
		l, err = a.addLesson(ctx, h, ws, tandem.Lesson{Goal: goal, Day: today, Text: in.Text, From: in.From})
		return err
	})
	return l, err
}

func (a *App) addLesson(ctx context.Context, h Writes, ws tandem.WorkspaceID, l tandem.Lesson) (tandem.Lesson, error) {
	l.ID = tandem.NewID[tandem.LessonID](a.IDs)
	if err := l.Validate(); err != nil {
		return l, err
	}
	return l, h.AddLesson(ctx, ws, l)
}

// DeleteLesson takes a lesson back.
func (a *App) DeleteLesson(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.LessonID) (err error) {
	defer tandem.Wrap(&err, "take back lesson")
	return a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if _, err := anyGoal(ctx, h, by, ws, goal, policy.Log, policy.Learning); err != nil {
			return err
		}
		return h.DeleteLesson(ctx, ws, goal, id)
	})
}

// ListLessons gives the lessons of a goal, newest first.
func (a *App) ListLessons(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID) (ls []tandem.Lesson, err error) {
	defer tandem.Wrap(&err, "list lessons")
	r := a.Store.For(by)
	if _, err := anyGoal(ctx, r, by, ws, goal, policy.Read, policy.Learning); err != nil {
		return nil, err
	}
	return r.Lessons(ctx, ws, goal)
}

// ListPractice gives the practices of a learning goal from one day to another, oldest first.
func (a *App) ListPractice(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID, from, to tandem.Day) (ps []tandem.Practice, err error) {
	defer tandem.Wrap(&err, "list practice")
	r := a.Store.For(by)
	if _, err := learningGoal(ctx, r, by, ws, goal, policy.Read); err != nil {
		return nil, err
	}
	return r.Practices(ctx, ws, goal, from, to)
}
