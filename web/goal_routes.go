package web

// goalRoutes lists the URLs of goals, pairs, closings, numbers and techniques.
func (s *Server) goalRoutes() []route { return nil }
