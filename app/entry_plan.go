package app

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"strconv"

	"tandem"
	"tandem/policy"
)

// An entryPlan is what an entry becomes, checked and not yet written.
type entryPlan struct {
	key      string
	made     tandem.Instant
	wanted   tandem.Instant       // where the value asks to be
	value    *tandem.Observation  // its number is 0 where a goal's minutes have none yet
	minutes  *tandem.LearningGoal // the goal whose minutes the value is
	practice *tandem.Practice
	lesson   *tandem.Lesson
	uses     []tandem.Use
	form     string // under which a form of the pages keeps its keys
	event    entryEvent

	goals []tandem.GoalID // found while writing: open results of the number
	late  bool
}

// record gives what is kept of a plan that was written.
func (p *entryPlan) record() entryRecord {
	rec := entryRecord{Made: p.made, Came: true, Late: p.late}
	if p.value != nil {
		rec.Wanted, rec.Metric = p.wanted, p.value.Metric
	}
	if p.practice != nil {
		rec.Goal, rec.Practice = p.practice.Goal, p.practice.ID
	}
	if p.lesson != nil {
		rec.Goal, rec.Lesson = p.lesson.Goal, p.lesson.ID
	}
	for _, u := range p.uses {
		rec.Uses = append(rec.Uses, entryUse{u.Technique, u.ID})
	}
	return rec
}

// plan reads what an entry becomes and checks all of it; it writes nothing.
func (b *entryBatch) plan(ctx context.Context, in EntryInput) (*entryPlan, error) {
	if in.Day == 0 {
		in.Day = in.Today
	}
	p := &entryPlan{key: in.Key, made: in.Made}
	switch in.Kind {
	case EntryValue:
		return p, b.planValue(ctx, p, in)
	case EntryPractice:
		p.form = "log-practice"
		return p, b.planPractice(ctx, p, in)
	case EntryUse:
		p.form = "log-use"
		return p, b.planUses(ctx, p, in, in.Technique)
	case EntryTick:
		p.form = tickRoute
		return p, b.planTick(ctx, p, in)
	case EntryLine:
		p.form = "log-line"
		return p, b.planLine(ctx, p, in)
	}
	g, err := anyGoal(ctx, b.h, b.by, b.ws, in.Goal, policy.Log, policy.Learning)
	if err != nil {
		return p, err
	}
	p.lesson = &tandem.Lesson{Goal: g.GoalHead().ID, ID: entryID[tandem.LessonID](in, 0), Day: in.Day, Text: in.Text, From: "log"}
	return p, p.lesson.Validate()
}

// entryID gives the id of the n-th thing that an entry makes: always the same, so that what is sent again,
// after its key was forgotten too, is not there twice.
func entryID[I ~int64](in EntryInput, n int) I {
	sum := sha256.Sum256([]byte(in.Key + " " + strconv.Itoa(n)))
	return tandem.IDAt[I](in.Made, binary.BigEndian.Uint64(sum[:]))
}

// external is the id under which values of entries and of forms are known.
func external(key string) string { return "form:" + key }

// wants gives the instant at which something stands: when it was made, or noon of another day that it is
// about.
func wants(in EntryInput, noon tandem.Instant) tandem.Instant {
	if in.Day == in.Today {
		return in.Made
	}
	return noon
}

func (b *entryBatch) planValue(ctx context.Context, p *entryPlan, in EntryInput) error {
	id, err := b.numberOf(ctx, in)
	if err != nil {
		return err
	}
	m, err := b.number(ctx, id)
	if err != nil {
		return err
	}
	o := tandem.Observation{Metric: m.ID, Day: in.Day, State: in.State, Note: in.Note, External: external(in.Key)}
	if o.State == "" {
		o.State = tandem.StateValue
	}
	if o.State == tandem.StateValue {
		if in.Value == nil {
			return tandem.Invalid("value", "required", tandem.Args{"field": "value"})
		}
		o.Value = *in.Value
	}
	if err := o.Validate(m, b.latest); err != nil {
		return err
	}
	p.value, p.wanted = &o, wants(in, in.Day.Noon(m.Location(b.person)))
	p.event = entryEvent{"observation.logged", int64(m.ID)}
	return b.ride(ctx, p, in, in.Techniques)
}

// planTick makes of a tick the value of the micro-goal's number that its button makes.
func (b *entryBatch) planTick(ctx context.Context, p *entryPlan, in EntryInput) error {
	m, err := b.h.MicroGoal(ctx, b.ws, in.Micro)
	if err != nil {
		return err
	}
	if err := may(b.by, policy.Log, microGoalOf(m)); err != nil {
		return err
	}
	if in.Value == nil {
		tick := m.Tick()
		in.Value = &tick
	}
	in.Metric, in.Techniques = m.Metric, nil
	err = b.planValue(ctx, p, in)
	p.event = entryEvent{"microgoal.ticked", int64(m.ID)}
	return err
}

// numberOf gives the number that a value is of: the one that is named, or that of the named result.
func (b *entryBatch) numberOf(ctx context.Context, in EntryInput) (tandem.MetricID, error) {
	if in.Metric != 0 || in.Goal == 0 {
		return in.Metric, nil
	}
	g, err := anyGoal(ctx, b.h, b.by, b.ws, in.Goal, policy.Read, policy.Goal)
	if err != nil {
		return 0, err
	}
	result, ok := g.(tandem.PerformanceGoal)
	if !ok {
		return 0, tandem.NotFound("goal")
	}
	if in.Part == "" {
		return result.Metric, nil
	}
	m, err := b.h.Metric(ctx, b.ws, result.Metric)
	switch {
	case err != nil:
		return 0, err
	case in.Part == "numerator" && m.IsRatio():
		return m.Numerator, nil
	case in.Part == "denominator" && m.IsRatio():
		return m.Denominator, nil
	}
	return 0, tandem.Invalid("part", "one_of", tandem.Args{"field": "part", "allowed": "numerator, denominator"})
}

// ride adds the uses of techniques that ride on the value of a plan.
func (b *entryBatch) ride(ctx context.Context, p *entryPlan, in EntryInput, used []tandem.TechniqueID) error {
	for i, t := range used {
		if _, err := techniqueFor(ctx, b.h, b.by, b.ws, t, policy.Log); err != nil {
			return err
		}
		p.uses = append(p.uses, tandem.Use{Technique: t, ID: entryID[tandem.UseID](in, i), Day: in.Day})
	}
	return nil
}

func (b *entryBatch) planUses(ctx context.Context, p *entryPlan, in EntryInput, used ...tandem.TechniqueID) error {
	for i, t := range used {
		if _, err := techniqueFor(ctx, b.h, b.by, b.ws, t, policy.Log); err != nil {
			return err
		}
		u := tandem.Use{Technique: t, ID: entryID[tandem.UseID](in, i), Day: in.Day, At: wants(in, in.Day.Noon(b.person.Location())), Note: in.Note}
		if err := u.Validate(b.latest); err != nil {
			return err
		}
		p.uses = append(p.uses, u)
		p.event = entryEvent{"use.logged", int64(t)}
	}
	return nil
}

func (b *entryBatch) planPractice(ctx context.Context, p *entryPlan, in EntryInput) error {
	g, err := learningGoal(ctx, b.h, b.by, b.ws, in.Goal, policy.Log)
	if err != nil {
		return err
	}
	p.practice = &tandem.Practice{Goal: g.ID, ID: entryID[tandem.PracticeID](in, 0), At: wants(in, in.Day.Noon(b.person.Location())), Day: in.Day,
		Minutes: in.Minutes, Reflection: in.Text, Enjoyment: in.Enjoyment, Activity: in.Activity}
	p.event = entryEvent{"practice.logged", int64(g.ID)}
	if err := p.practice.Validate(b.latest); err != nil {
		return err
	}
	if in.Text != "" {
		p.lesson = &tandem.Lesson{Goal: g.ID, ID: entryID[tandem.LessonID](in, 0), Day: in.Day, Text: in.Text, From: "practice"}
		if err := p.lesson.Validate(); err != nil {
			return err
		}
	}
	if in.Minutes <= 0 {
		return nil
	}
	p.minutes, p.wanted = &g, p.practice.At
	p.value = &tandem.Observation{Metric: g.Minutes, Day: in.Day, Value: in.Minutes, State: tandem.StateValue, External: external(in.Key)}
	if g.Minutes == 0 {
		return nil
	}
	m, err := b.number(ctx, g.Minutes)
	if err != nil {
		return err
	}
	return p.value.Validate(m, b.latest)
}

// planLine reads a line as it was meant on the day on which it was written. What can be read in two ways is
// refused with the question; it stays on the device until its words are changed.
func (b *entryBatch) planLine(ctx context.Context, p *entryPlan, in EntryInput) (err error) {
	if len(in.Text) > maxLine {
		return tandem.Invalid("text", "line_too_long", tandem.Args{"length": len(in.Text), "limit": maxLine})
	}
	if b.names == nil {
		if b.names, err = b.app.lineNames(ctx, b.h, b.by, b.ws); err != nil {
			return err
		}
	}
	n := *b.names
	n.in.Today = in.Today
	read := n.read(LineInput{Text: in.Text})
	in.Text, in.Note, in.Day = "", read.Note, dayOr(read.Day, in.Today)
	if in.Day > in.Today {
		return tandem.Invalid("text", "value_in_future", nil)
	}
	var used []tandem.TechniqueID
	for _, k := range read.Techniques {
		used = append(used, n.techniques[k].ID)
	}
	alone := len(used) > 0 && read.Amount == nil
	switch {
	case read.Number < 0 && read.Learning < 0 && !alone:
		return n.unknown(read)
	case read.Question != nil:
		return n.asks(read)
	case read.Number >= 0:
		m := n.numbers[read.Number]
		if err := fitsNumber(read, m); err != nil {
			return err
		}
		in.Metric, in.Value, in.Techniques = m.ID, read.Value, used
		if read.Skip {
			in.Value, in.State = nil, tandem.StateSkip
		}
		return b.planValue(ctx, p, in)
	case read.Learning >= 0:
		g := n.learning[read.Learning]
		if read.Minutes <= 0 {
			return tandem.Invalid("text", "log_minutes", tandem.Args{"name": g.Title})
		}
		in.Goal, in.Minutes, in.Text, in.Note = g.ID, read.Minutes, read.Note, ""
		if err := b.planPractice(ctx, p, in); err != nil {
			return err
		}
		return b.ride(ctx, p, in, used)
	}
	return b.planUses(ctx, p, in, used...)
}
