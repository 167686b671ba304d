package ui

import (
	"net/url"
	"strconv"
)

// Every address of the pages is built here; web/routes.go lists the same patterns. Ids are the text
// form with their type prefix.

func at(parts ...string) string {
	u := ""
	for _, p := range parts {
		u += "/" + url.PathEscape(p)
	}
	return u
}

// TodayURL is the first page of a signed-in person.
func TodayURL() string { return "/" }

// OfflineURL is the page that takes entries without a connection, in one language.
func OfflineURL(lang string) string { return at("offline", lang) }

// FirstRunURL is the set-up page of a new installation.
func FirstRunURL() string { return "/first-run" }

// SignInURL is the sign-in page; next is where to go afterwards, "" for Today.
func SignInURL(next string) string {
	if next == "" {
		return "/sign-in"
	}
	return "/sign-in?next=" + url.QueryEscape(next)
}

// SignOutURL takes a POST.
func SignOutURL() string { return "/sign-out" }

// LinkURL is where a one-time link leads: sign-in, set-up or reset.
func LinkURL(code string) string { return at("link", code) }

// JoinURL is an invitation to a workspace.
func JoinURL(code string) string { return at("join", code) }

// ThemeURL takes a POST with theme and back.
func ThemeURL() string { return "/appearance" }

// WelcomeURL is the page after the first sign-in.
func WelcomeURL() string { return "/welcome" }

// GoalsURL is the list of goals.
func GoalsURL() string { return "/goals" }

// ReliabilityURL is the page that tells how well chances held.
func ReliabilityURL() string { return "/goals/reliability" }

// GoalsPageURL is the list of goals from a cursor on.
func GoalsPageURL(cursor string) string { return "/goals?from=" + url.QueryEscape(cursor) }

// NewGoalURL is the form for a pair, a learning goal or a result.
func NewGoalURL() string { return "/goals/new" }

// NewLearningURL is the form for a learning goal that fuels a result, with a title that is proposed or "".
func NewLearningURL(result, title string) string {
	q := url.Values{"fuels": {result}}
	if title != "" {
		q.Set("title", title)
	}
	return "/goals/new?" + q.Encode()
}

// NewResultURL is the form for a result that a learning goal fuels.
func NewResultURL(learning string) string {
	return "/goals/new?" + url.Values{"kind": {"result"}, "fuelled_by": {learning}}.Encode()
}

// GoalURL is the page of a result or a learning goal.
func GoalURL(id string) string { return at("goals", id) }

// TryLessonURL is the page of a learning goal where one of its lessons becomes something to try, in own words.
func TryLessonURL(goal, lesson string) string {
	return GoalURL(goal) + "?" + url.Values{"lesson": {lesson}}.Encode() + "#technique"
}

// GoalActionURL is a page or POST target under a goal, such as "edit", "close", "pause", "delete".
func GoalActionURL(id, action string) string { return at("goals", id, action) }

// ClosingURL is the last page of a result.
func ClosingURL(id string) string { return GoalActionURL(id, "close") }

// LogURL is the form that logs on a goal.
func LogURL(goal string) string { return GoalActionURL(goal, "log") }

// ValueURL is one value, to be edited; action is "", "edit" or "delete".
func ValueURL(id, action string) string {
	if action == "" {
		return at("values", id)
	}
	return at("values", id, action)
}

// NumberURL is the page of a number with its values and the line that logs from outside.
func NumberURL(id string) string { return at("numbers", id) }

// TechniqueURL is a technique; action is "", "use", "keep", "adapt" or "drop".
func TechniqueURL(id, action string) string {
	if action == "" {
		return at("techniques", id)
	}
	return at("techniques", id, action)
}

// ActivityURL takes POSTs on an activity: "done", "reopen", "delete".
func ActivityURL(goal, id, action string) string { return at("goals", goal, "activities", id, action) }

// LessonsURL is the page of lessons: those that a text finds, "" for all, and only those that wait to be used.
func LessonsURL(text string, unused bool, after int) string {
	q := url.Values{}
	if text != "" {
		q.Set("text", text)
	}
	if unused {
		q.Set("unused", "yes")
	}
	if after > 0 {
		q.Set("after", strconv.Itoa(after))
	}
	if len(q) == 0 {
		return "/lessons"
	}
	return "/lessons?" + q.Encode()
}

// LessonURL takes POSTs on a lesson: "try", "drop".
func LessonURL(id, action string) string { return at("lessons", id, action) }

// PortfolioURL is what was learned over the years: "", "book" to print, "portfolio.json" to take along.
func PortfolioURL(page string) string {
	if page == "" {
		return "/portfolio"
	}
	return at("portfolio", page)
}

// ForgetURL takes a POST that removes what was kept of a deleted goal.
func ForgetURL(goal string) string { return at("portfolio", goal, "forget") }

// ReviewURL is the weekly review, at one of its screens; "" where it was left.
func ReviewURL(at string) string {
	if at == "" {
		return "/review"
	}
	return "/review?at=" + url.QueryEscape(at)
}

// ReviewsURL is the list of past reviews, or one of them by the Monday of its week.
func ReviewsURL(week string) string {
	if week == "" {
		return "/reviews"
	}
	return at("reviews", week)
}

// PeriodURL is the look back at the newest month or quarter, at one of its screens; "" where it was left.
func PeriodURL(period, screen string) string {
	if screen == "" {
		return at("review", period)
	}
	return at("review", period) + "?at=" + url.QueryEscape(screen)
}

// PastPeriodURL is one past look back, by its first day.
func PastPeriodURL(period, first string) string { return at("reviews", period, first) }

// MicroGoalPageURL is a micro-goal with what it came to.
func MicroGoalPageURL(id string) string { return at("micro-goals", id) }

// FeedbackURL is one feedback on the own work, or the list of all; action is "", "read", "learning", "technique",
// "level" or "withdraw".
func FeedbackURL(id, action string) string {
	switch {
	case id == "":
		return "/feedback"
	case action == "":
		return at("feedback", id)
	}
	return at("feedback", id, action)
}

// AskFeedbackURL is the form that asks for feedback on a goal, "" for none.
func AskFeedbackURL(goal string) string {
	if goal == "" {
		return "/feedback/new"
	}
	return "/feedback/new?" + url.Values{"goal": {goal}}.Encode()
}

// GivenURL is where one answers what one is asked for.
func GivenURL(id string) string { return at("given", id) }

// AskedURL is the page of somebody with a link, without an account.
func AskedURL(link string) string { return at("asked", link) }

// CheerURL takes what is said about a line of celebration.
func CheerURL(about string) string { return at("celebrations", about) }

// PilotURL is a measured pilot; action is "", "days.csv", "stop", "changed" or "verdict".
func PilotURL(id, action string) string {
	if action == "" {
		return at("pilots", id)
	}
	return at("pilots", id, action)
}

// MicroGoalURL takes POSTs on a micro-goal, action such as "tick" or "skip".
func MicroGoalURL(id, action string) string { return at("micro-goals", id, action) }

// UndoURL takes a POST that takes back the named entry.
func UndoURL(id string) string { return at("undo", id) }

// ConceptURL takes the answer to an offered concept: "try" or "not-now".
func ConceptURL(name, answer string) string { return at("concepts", name, answer) }

// TemplatesURL is the library of examples; text finds some, "" shows all.
func TemplatesURL(text string) string {
	if text == "" {
		return "/templates"
	}
	return "/templates?text=" + url.QueryEscape(text)
}

// TemplateURL is what can be done with one example: "pack", "delete".
func TemplateURL(name, action string) string { return at("templates", name, action) }

// NewFromURL is the form for something new, begun from an example.
func NewFromURL(name string) string { return "/goals/new?template=" + url.QueryEscape(name) }

// ImportURL is the page that brings in records; batch names one that was read, "" for none.
func ImportURL(batch string) string {
	if batch == "" {
		return "/import"
	}
	return at("import", batch)
}

// ExportURL sends everything that is one's own.
func ExportURL() string { return "/export" }

// SettingsURL is a page of the settings: "", "people", "tokens", "data", "about".
func SettingsURL(page string) string {
	if page == "" {
		return "/settings"
	}
	return at("settings", page)
}

// GalleryURL is the page of all components, in development.
func GalleryURL() string { return "/gallery" }
