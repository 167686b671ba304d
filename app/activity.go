package app

import (
	"context"
	"slices"

	"tandem"
	"tandem/policy"
)

// An ActivityInput is planned learning. The type is read from the title unless said, and the tag is the usual
// one of the type.
type ActivityInput struct {
	Key   string              `json:"-"`           // makes a second press harmless
	ID    tandem.ActivityID   `json:"id,omitzero"` // none: a new activity
	Title string              `json:"title"`
	Type  tandem.ActivityType `json:"type,omitempty"`
	Tag   tandem.Tag          `json:"tag,omitempty"`  // study, practise, reflect or apply
	With  string              `json:"with,omitempty"` // with whom
	Day   tandem.Day          `json:"day,omitzero"`   // whenever it fits unless said
	Ends  tandem.Day          `json:"ends,omitzero"`  // last day on which a certificate holds
}

// PutActivity plans an activity on a learning goal, or changes one.
func (a *App) PutActivity(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID, in ActivityInput) (v tandem.Activity, err error) {
	defer tandem.Wrap(&err, "put activity")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if _, err := learningGoal(ctx, h, by, ws, goal, policy.Log); err != nil {
			return err
		}
		if err := a.once(ctx, h, ws, "put-activity", in.Key); err != nil {
			return err
		}
		v = tandem.Activity{Goal: goal, ID: in.ID, Done: tandem.NoDay}
		if in.ID == 0 {
			v.ID = tandem.NewID[tandem.ActivityID](a.IDs)
		} else if v, err = h.Activity(ctx, ws, goal, in.ID); err != nil {
			return err
		}
		v.Title, v.Type, v.Tag, v.With = tandem.CleanTitle(in.Title), in.Type, in.Tag, tandem.CleanTitle(in.With)
		v.Day, v.Ends = dayOr(in.Day, tandem.NoDay), dayOr(in.Ends, tandem.NoDay)
		if v.Type == "" {
			v.Type = tandem.ActivityTypeOf(v.Title)
		}
		if v.Tag == "" {
			v.Tag = v.Type.UsualTag()
		}
		today, err := a.today(ctx, h)
		if err != nil {
			return err
		}
		if err := v.Validate(today); err != nil {
			return err
		}
		if err := h.PutActivity(ctx, ws, v); err != nil {
			return err
		}
		return a.emit(tx, by, ws, "activity.planned", int64(goal))
	})
	return v, err
}

// An ActivityDone says that an activity is done, how it was and what it taught.
type ActivityDone struct {
	Day       tandem.Day `json:"day,omitzero"`        // today unless said
	Enjoyment int        `json:"enjoyment,omitempty"` // 1 to 5
	Lesson    string     `json:"lesson,omitempty" tandem:"lines"`
	Undo      bool       `json:"undo,omitempty"` // open it again; what it taught is taken back
}

// FinishActivity says that an activity is done, or opens it again. Said a second time, it adds how it was and
// what it taught.
func (a *App) FinishActivity(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.ActivityID, in ActivityDone) (v tandem.Activity, err error) {
	defer tandem.Wrap(&err, "finish activity")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if _, err := learningGoal(ctx, h, by, ws, goal, policy.Log); err != nil {
			return err
		}
		if v, err = h.Activity(ctx, ws, goal, id); err != nil {
			return err
		}
		if in.Undo {
			if v.Lesson != 0 {
				if err := h.DeleteLesson(ctx, ws, goal, v.Lesson); err != nil {
					return err
				}
			}
			v.Done, v.Enjoyment, v.Lesson = tandem.NoDay, 0, 0
			return h.PutActivity(ctx, ws, v)
		}
		today, err := a.today(ctx, h)
		if err != nil {
			return err
		}
		first := v.Done == tandem.NoDay
		if first || in.Day != 0 && in.Day != tandem.NoDay {
			v.Done = dayOr(in.Day, today)
		}
		if in.Enjoyment != 0 {
			v.Enjoyment = in.Enjoyment
		}
		if err := v.Validate(today); err != nil {
			return err
		}
		if v.Lesson, err = a.taughtBy(ctx, h, ws, v, in.Lesson); err != nil {
			return err
		}
		if err := h.PutActivity(ctx, ws, v); err != nil || !first {
			return err
		}
		return a.emit(tx, by, ws, "activity.done", int64(goal))
	})
	return v, err
}

// taughtBy keeps what an activity taught and gives the lesson that stands with it; the same said a second time is
// kept once.
func (a *App) taughtBy(ctx context.Context, h Writes, ws tandem.WorkspaceID, v tandem.Activity, text string) (tandem.LessonID, error) {
	if text == "" {
		return v.Lesson, nil
	}
	if v.Lesson != 0 {
		all, err := h.Lessons(ctx, ws, v.Goal)
		if err != nil || slices.ContainsFunc(all, func(l tandem.Lesson) bool { return l.ID == v.Lesson && l.Text == text }) {
			return v.Lesson, err
		}
	}
	l, err := a.addLesson(ctx, h, ws, tandem.Lesson{Goal: v.Goal, Day: v.Done, Text: text, From: "activity"})
	return l.ID, renamed(err, "lesson")
}

// DeleteActivity removes an activity; the lesson that it taught stays.
func (a *App) DeleteActivity(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.ActivityID) (err error) {
	defer tandem.Wrap(&err, "remove activity")
	return a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if _, err := learningGoal(ctx, h, by, ws, goal, policy.Log); err != nil {
			return err
		}
		return h.DeleteActivity(ctx, ws, goal, id)
	})
}

// An ActivityPage is the activities of a learning goal with how often each part of learning was done.
type ActivityPage struct {
	Items []tandem.Activity  `json:"items"`
	Parts map[tandem.Tag]int `json:"parts"` // activities that are done, practices and uses
}

// ListActivities gives the activities of a learning goal, open ones first.
func (a *App) ListActivities(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID) (p ActivityPage, err error) {
	defer tandem.Wrap(&err, "list activities")
	r := a.Store.For(by)
	if _, err := learningGoal(ctx, r, by, ws, goal, policy.Read); err != nil {
		return p, err
	}
	if p.Items, err = r.Activities(ctx, ws, goal); err != nil {
		return p, err
	}
	practices, err := r.Practices(ctx, ws, goal, -1<<30, 1<<30)
	if err != nil {
		return p, err
	}
	uses, err := usesUnder(ctx, r, ws, goal)
	p.Parts = map[tandem.Tag]int{}
	n := tandem.TagCounts(p.Items, practices, uses)
	for i, t := range tandem.Tags() {
		p.Parts[t] = n[i]
	}
	return p, err
}

// A TodayActivity is an activity whose day is there, with the title of its learning goal.
type TodayActivity struct {
	tandem.Activity
	Of string `json:"of"`
}

// activities reads the open activities of the day's learning goals, by day.
func (d *dayData) readActivities(ctx context.Context, r Reads, ws tandem.WorkspaceID) error {
	all, err := r.OwnActivities(ctx, ws)
	if err != nil {
		return err
	}
	for _, x := range all {
		for _, l := range d.learning {
			if l.ID == x.Goal {
				d.activities = append(d.activities, TodayActivity{x, l.Title})
			}
		}
	}
	slices.SortStableFunc(d.activities, func(a, b TodayActivity) int { return int(a.Day) - int(b.Day) })
	return nil
}

// activityItems are the open activities whose day is there.
func (d dayData) activityItems() (out []TodayItem) {
	for i, x := range d.activities {
		if x.Done == tandem.NoDay && x.Day != tandem.NoDay && x.Day <= d.today {
			out = append(out, TodayItem{Kind: "activity", Activity: &d.activities[i]})
		}
	}
	return out
}

// activitiesComing adds planned activities and certificates that end to what comes up.
func (d dayData) activitiesComing(add func(day tandem.Day, kind, title string, goal tandem.GoalID)) {
	for _, x := range d.activities {
		if x.Done == tandem.NoDay && x.Day > d.today {
			add(x.Day, "activity", x.Title, x.Goal)
		}
		if x.Done != tandem.NoDay {
			add(x.Ends, "certificate", x.Title, x.Goal)
		}
	}
}
