package web

import "tandem/policy"

// calendarRoutes lists the URLs of a workspace's calendar.
func (s *Server) calendarRoutes() []route {
	return []route{
		{pattern: "GET /settings/calendar", action: policy.Read, kind: policy.Workspace, handle: getCalendar},
		{pattern: "POST /settings/calendar", action: policy.Change, kind: policy.Workspace, handle: postCalendar},
	}
}
