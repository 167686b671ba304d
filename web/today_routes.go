package web

// todayRoutes lists the URLs of Today, of logging, of imports and of undo.
func (s *Server) todayRoutes() []route { return nil }
