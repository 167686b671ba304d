package web

import "tandem/policy"

// templateRoutes lists the URLs of the library of examples.
func (s *Server) templateRoutes() []route {
	return []route{
		{pattern: "GET /templates", action: policy.Read, kind: policy.Template, handle: getTemplates},
		{pattern: "POST /templates", action: policy.Create, kind: policy.Template, handle: postTemplates},
		{pattern: "GET /templates/{name}/pack", action: policy.Read, kind: policy.Template, handle: getTemplatePack},
		{pattern: "POST /templates/{name}/delete", action: policy.Delete, kind: policy.Template, handle: postDeleteTemplate},
	}
}
