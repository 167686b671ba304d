package app

import (
	"context"

	"tandem"
)

// LearningReads is what the use cases of learning read.
type LearningReads interface {
	Evidence(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID) ([]tandem.Evidence, error)
	Slots(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID) ([]tandem.Slot, error)
	Factors(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID) ([]tandem.Factor, error)
	Practices(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, from, to tandem.Day) ([]tandem.Practice, error)
	OwnPractices(ctx context.Context, ws tandem.WorkspaceID, from, to tandem.Day) ([]tandem.Practice, error)
	Practice(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.PracticeID) (tandem.Practice, error)
	Lessons(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID) ([]tandem.Lesson, error)
	OwnLessons(ctx context.Context, ws tandem.WorkspaceID, limit int) ([]tandem.Lesson, error)
	// OwnLessonLines gives every own lesson, newest first, also those of deleted goals, each with its goal.
	OwnLessonLines(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.LessonLine, error)
	OwnEvidence(ctx context.Context, ws tandem.WorkspaceID, since tandem.Day) ([]tandem.Evidence, error)
	OwnLevels(ctx context.Context, ws tandem.WorkspaceID) (map[tandem.GoalID][]string, error)
	// Kept gives what was learned under own goals that were deleted.
	Kept(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.KeptLearning, error)
	Activities(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID) ([]tandem.Activity, error)
	OwnActivities(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.Activity, error)
	Activity(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.ActivityID) (tandem.Activity, error)
	Milestones(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID) ([]tandem.Milestone, error)
	OwnMilestones(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.Milestone, error)
	Techniques(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.Technique, error)
	Technique(ctx context.Context, ws tandem.WorkspaceID, id tandem.TechniqueID) (tandem.Technique, error)
	Uses(ctx context.Context, ws tandem.WorkspaceID, from, to tandem.Day) ([]tandem.Use, error)
	Pilots(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.Pilot, error)
	Pilot(ctx context.Context, ws tandem.WorkspaceID, id tandem.PilotID) (tandem.Pilot, error)
	MicroGoals(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.MicroGoal, error)
	MicroGoal(ctx context.Context, ws tandem.WorkspaceID, id tandem.MicroGoalID) (tandem.MicroGoal, error)
	Pauses(ctx context.Context, ws tandem.WorkspaceID) (map[int64][]tandem.Span, error)
	// RecentDays gives the sums of days since one, on the actor's own numbers.
	RecentDays(ctx context.Context, ws tandem.WorkspaceID, from tandem.Day) (map[tandem.MetricID][]tandem.Observation, error)
	// Reviews gives heads of weeks before one, newest first; LastSaid what the newest finished one said of a goal, nil for nothing.
	Reviews(ctx context.Context, ws tandem.WorkspaceID, before tandem.Day, limit int) ([]tandem.Review, error)
	Review(ctx context.Context, ws tandem.WorkspaceID, week tandem.Day) (tandem.Review, error)
	LastSaid(ctx context.Context, ws tandem.WorkspaceID, before tandem.Day, goal tandem.GoalID) (*tandem.ReviewItem, error)
	Entries(ctx context.Context, ws tandem.WorkspaceID, from, to tandem.Day) (tandem.Entries, error)
	// SetOffs gives what reviews say set a micro-goal off, newest first.
	SetOffs(ctx context.Context, ws tandem.WorkspaceID, micro tandem.MicroGoalID, limit int) ([]tandem.SetOff, error)
	// PeriodReviews gives heads, newest first.
	PeriodReviews(ctx context.Context, ws tandem.WorkspaceID, limit int) ([]tandem.PeriodReview, error)
	PeriodReview(ctx context.Context, ws tandem.WorkspaceID, period tandem.Period, first tandem.Day) (tandem.PeriodReview, error)
	Concepts(ctx context.Context) (map[string]tandem.ConceptState, error)
	KeyReply(ctx context.Context, ws tandem.WorkspaceID, route, key string) (body string, r tandem.KeptReply, found bool, err error)
	ConceptCounts(ctx context.Context, ws tandem.WorkspaceID, since tandem.Day) (practices, lessons, uses, usesOfOne int, oldest, level tandem.Day, second bool, err error)
}

// LearningWrites is what the use cases of learning write.
type LearningWrites interface {
	AddEvidence(ctx context.Context, ws tandem.WorkspaceID, e tandem.Evidence) error
	DeleteEvidence(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.EvidenceID) error
	SetLevels(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, levels []string) error
	SetAim(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, aim int) error
	SetKnown(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, looks int) error
	SetReviewDay(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, d tandem.Day) error
	SetMinutesMetric(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, m tandem.MetricID) error
	PutSlot(ctx context.Context, ws tandem.WorkspaceID, s tandem.Slot) error
	PutFactor(ctx context.Context, ws tandem.WorkspaceID, f tandem.Factor) error
	DeleteFactor(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.FactorID) error
	AddPractice(ctx context.Context, ws tandem.WorkspaceID, p tandem.Practice) error
	DeletePractice(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.PracticeID) error
	SetReflection(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.PracticeID, text string, enjoyment int) error
	AddLesson(ctx context.Context, ws tandem.WorkspaceID, l tandem.Lesson) error
	DeleteLesson(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.LessonID) error
	SetLessonDropped(ctx context.Context, ws tandem.WorkspaceID, id tandem.LessonID, dropped bool) error
	// KeepLearned keeps levels and lessons of a goal that is about to be deleted; Forget removes them.
	KeepLearned(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID) error
	Forget(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID) error
	PutActivity(ctx context.Context, ws tandem.WorkspaceID, a tandem.Activity) error
	DeleteActivity(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.ActivityID) error
	PutMilestone(ctx context.Context, ws tandem.WorkspaceID, m tandem.Milestone) error
	DeleteMilestone(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.MilestoneID) error
	AddTechnique(ctx context.Context, t tandem.Technique) error
	SetTechnique(ctx context.Context, t tandem.Technique) error
	AddUse(ctx context.Context, ws tandem.WorkspaceID, u tandem.Use) error
	SetUse(ctx context.Context, ws tandem.WorkspaceID, u tandem.Use) error
	DeleteUse(ctx context.Context, ws tandem.WorkspaceID, technique tandem.TechniqueID, id tandem.UseID) error
	DeleteUsesOn(ctx context.Context, ws tandem.WorkspaceID, metric tandem.MetricID, at tandem.Instant) error
	// TakeKey is FirstTime for a request, whose body's hash is kept too; SetKeyReply keeps its answer.
	TakeKey(ctx context.Context, ws tandem.WorkspaceID, route, key, body string, at tandem.Instant) (bool, error)
	SetKeyReply(ctx context.Context, ws tandem.WorkspaceID, route, key string, r tandem.KeptReply) error
	// FirstTime keeps a key of the actor's and tells whether it was new.
	FirstTime(ctx context.Context, ws tandem.WorkspaceID, route, key string, at tandem.Instant) (bool, error)
	AddPilot(ctx context.Context, p tandem.Pilot) error
	SetPilot(ctx context.Context, p tandem.Pilot) error
	AddMicroGoal(ctx context.Context, m tandem.MicroGoal) error
	SetMicroGoal(ctx context.Context, m tandem.MicroGoal) error
	PutPause(ctx context.Context, ws tandem.WorkspaceID, object int64, s tandem.Span) error
	DeletePause(ctx context.Context, ws tandem.WorkspaceID, object int64, from tandem.Day) error
	// BeginReview keeps the head of a review unless it is there, and is its lock.
	BeginReview(ctx context.Context, r tandem.Review) error
	SetReview(ctx context.Context, r tandem.Review) error
	PutReviewItem(ctx context.Context, ws tandem.WorkspaceID, week tandem.Day, i tandem.ReviewItem) error
	// BeginPeriodReview keeps the head of a look back unless it is there, and is its lock.
	BeginPeriodReview(ctx context.Context, r tandem.PeriodReview) error
	SetPeriodReview(ctx context.Context, r tandem.PeriodReview) error
	PutPeriodItem(ctx context.Context, r tandem.PeriodReview, i tandem.PeriodItem) error
	SetConcept(ctx context.Context, c tandem.ConceptState) error
}
