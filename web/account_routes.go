package web

import (
	"tandem/policy"
	"tandem/web/ui"
)

// accountRoutes lists the URLs of the door, of settings and people, and of health.
func (s *Server) accountRoutes() []route {
	routes := []route{
		{pattern: "GET /healthz", handle: getHealth, open: true},
		{pattern: "GET /readyz", handle: getReady, open: true},
		{pattern: "GET /metrics", handle: getMetrics, open: true},

		{pattern: "GET /first-run", handle: getFirstRun, open: true},
		{pattern: "POST /first-run", handle: postFirstRun, open: true},
		{pattern: "GET /sign-in", handle: getSignIn, open: true},
		{pattern: "POST /sign-in", handle: postSignIn, open: true},
		{pattern: "GET /link/{secret}", handle: getLink, open: true},
		{pattern: "POST /link/{secret}", handle: postLink, open: true},
		{pattern: "GET /join/{secret}", handle: getJoin, open: true},
		{pattern: "POST /join/{secret}", handle: postJoin, open: true},
		{pattern: "POST " + ui.ThemeURL(), handle: postTheme, open: true},

		{pattern: "POST /sign-out", action: policy.Manage, kind: policy.Account, handle: postSignOut},
		{pattern: "GET /welcome", action: policy.Read, kind: policy.Account, handle: getWelcome},
		{pattern: "POST /welcome", action: policy.Read, kind: policy.Account, handle: postWelcome},
		{pattern: "POST " + spaceURL, action: policy.Read, kind: policy.Workspace, handle: postSpace},
		{pattern: "GET /keys", action: policy.Read, kind: policy.Account, handle: getKeys},

		{pattern: "GET /settings", action: policy.Read, kind: policy.Account, handle: getSettings},
		{pattern: "POST /settings", action: policy.Change, kind: policy.Account, handle: postSettings},
		{pattern: "POST /settings/email", action: policy.Change, kind: policy.Account, handle: postEmail},
		{pattern: "POST /settings/password", action: policy.Manage, kind: policy.Account, handle: postPassword},
		{pattern: "POST /settings/sessions/{key}/end", action: policy.Manage, kind: policy.Account, handle: postEndSession},
		{pattern: "GET /settings/data", action: policy.Read, kind: policy.Account, handle: getData},
		{pattern: "GET /settings/about", action: policy.Read, kind: policy.Account, handle: getAbout},

		{pattern: "GET /settings/tokens", action: policy.Read, kind: policy.Account, handle: getTokens},
		{pattern: "POST /settings/tokens", action: policy.Manage, kind: policy.Account, handle: postToken},
		{pattern: "POST /settings/tokens/{token}/revoke", action: policy.Manage, kind: policy.Account, handle: postRevokeToken},

		{pattern: "GET /settings/people", action: policy.Read, kind: policy.Workspace, handle: getPeople},
		{pattern: "POST /settings/people", action: policy.Create, kind: policy.Workspace, handle: postTeam},
		{pattern: "GET /settings/people/{space}", action: policy.Read, kind: policy.Member, handle: getTeam},
		{pattern: "POST /settings/people/{space}", action: policy.Change, kind: policy.Workspace, handle: postTeamName},
		{pattern: "POST /settings/people/{space}/leave", action: policy.Delete, kind: policy.Member, handle: postLeave},
		{pattern: "POST /settings/people/{space}/invites", action: policy.Create, kind: policy.Invite, handle: postInvite},
		{pattern: "POST /settings/people/{space}/invites/{invite}/withdraw", action: policy.Delete, kind: policy.Invite, handle: postWithdraw},
		{pattern: "POST /settings/people/{space}/members/{person}/role", action: policy.Manage, kind: policy.Member, handle: postRole},
		{pattern: "POST /settings/people/{space}/members/{person}/remove", action: policy.Delete, kind: policy.Member, handle: postRemove},
	}
	if s.Gallery {
		routes = append(routes, route{pattern: "GET " + ui.GalleryURL(), handle: getGallery, open: true})
	}
	return routes
}
