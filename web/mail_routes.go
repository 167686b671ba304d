package web

import "tandem/policy"

// mailRoutes lists the URLs of the weekly mail: its switch, its preview, and the pages behind its links,
// which serve whoever holds one.
func (s *Server) mailRoutes() []route {
	return []route{
		{pattern: "GET /settings/mail", action: policy.Read, kind: policy.Account, handle: getReminder},
		{pattern: "POST /settings/mail", action: policy.Change, kind: policy.Account, handle: postReminder},
		{pattern: "GET /settings/mail/preview", action: policy.Read, kind: policy.Today, handle: getMailPreview},
		{pattern: "GET /mail/{link}", handle: getMailLink, open: true},
		{pattern: "POST /mail/{link}", handle: postMailLink, open: true},
		{pattern: "GET /mail/stop/{link}", handle: getMailStop, open: true},
		{pattern: "POST /mail/stop/{link}", handle: postMailStop, open: true},
	}
}
