package web

import "tandem/policy"

// offlineRoutes lists the URLs of entries that are made without a connection: the worker, the one page that it
// keeps, what that page has to know, and where entries are sent.
func (s *Server) offlineRoutes() []route {
	return []route{
		{pattern: "GET /sw.js", handle: getWorker, open: true},
		{pattern: "GET /offline/{lang}", handle: getOffline, open: true},
		{pattern: "GET /entries/names", action: policy.Read, kind: policy.Observation, handle: getEntryNames},
		{pattern: "POST /entries", action: policy.Log, kind: policy.Observation, handle: postEntries},
	}
}
