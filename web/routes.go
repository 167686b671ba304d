package web

import (
	"slices"

	"tandem/policy"
)

// A route is one URL: what it does to what, and who answers. A route that is open serves people who are
// not signed in; every other names its action and kind, which policy decides on in the use case.
type route struct {
	pattern string
	action  policy.Action
	kind    policy.Kind
	handle  handler
	open    bool
}

// A handler answers one request. An error becomes a page by its kind.
type handler func(*Server, *call) error

// routes is the list of every URL of the pages, group by group.
func (s *Server) routes() []route {
	return slices.Concat(
		s.accountRoutes(),
		s.goalRoutes(),
		s.templateRoutes(),
		s.pilotRoutes(),
		s.mailRoutes(),
		s.calendarRoutes(),
		s.todayRoutes(),
		s.reviewRoutes(),
		s.portfolioRoutes(),
		s.lifelineRoutes(),
		s.offlineRoutes(),
		s.periodRoutes(),
		s.feedbackRoutes(),
	)
}
