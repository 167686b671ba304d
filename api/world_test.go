package api_test

import (
	"slices"
	"strings"
	"testing"

	"tandem"
	"tandem/api"
	"tandem/app"
	"tandem/app/apptest"
	"tandem/auth"
	"tandem/policy"
)

// A caller is somebody with a token, or with none.
type caller struct {
	name, token string
	by          app.Principal // who that is; zero where nobody is let in
	in          bool
	session     string // names the person's own session
}

// objects are one of each kind, of Ana's, in one workspace and of one visibility.
type objects struct {
	space                                                           string
	ws                                                              tandem.WorkspaceID
	visibility                                                      tandem.Visibility
	result, learning, metric, at                                    string
	practice, lesson, evidence, step, factor, guard, technique, use string
	micro, batch, template                                          string
	ratio, share                                                    string // share is the result on the ratio
	pilot, tried                                                    string // tried is the technique of the pilot
	feedback, given                                                 string // on Ana's work; asked of her, or her own look
	activity, gone                                                  string // gone is a deleted goal with a lesson
}

// A world has people who stand to Ana's things in each way there is so far.
type world struct {
	*site
	callers  []caller
	team     string
	teamID   tandem.WorkspaceID
	personal string
	home     tandem.WorkspaceID
	ana      tandem.PersonID
	zed      string // a member who is removed again and again
	tokens   map[string]string
	cookies  map[string]string // secrets of sessions
	ids      map[string]tandem.PersonID
	made     int    // sessions beside those
	asked    string // feedback that Ben asks of Ana
	sets     []*objects
	life     circle // made by circle()
}

// The people: Ana owns things, Ben is a member, Col coordinates, Tom owns the team, Lee has left, Eve was
// never there, Sam is suspended, Zed is removed by the tests.
var people = []string{"ana", "ben", "col", "tom", "lee", "eve", "sam", "zed"}

// eachWorld runs f on a world of each engine: what a list or a page holds is decided by the store's SQL.
func eachWorld(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	apptest.Each(t, func(t *testing.T, h *apptest.House) { f(t, worldIn(siteOf(t, h))) })
}

func newWorld(t *testing.T) *world { return worldIn(newSite(t)) }

func worldIn(s *site) *world {
	t, w := s.t, &world{site: s, tokens: map[string]string{}}
	ids, sessions := map[string]tandem.PersonID{}, map[string]string{}
	w.cookies, w.ids = map[string]string{}, ids
	for _, name := range people {
		in := w.Person(t, strings.ToUpper(name[:1])+name[1:])
		w.tokens[name] = w.token(name + "@example.org")
		ids[name], w.cookies[name] = in.Person.ID, in.Secret
		for _, s := range w.send(w.tokens[name], "GET", "/api/v1/sessions", "").want(200).items() {
			sessions[name] = s.(map[string]any)["key"].(string)
		}
	}
	w.ana, w.zed = ids["ana"], ids["zed"].String()
	w.team = w.send(w.tokens["tom"], "POST", "/api/v1/workspaces", `{"name":"Team"}`).want(201).id()
	for name, role := range map[string]string{"ana": "member", "ben": "member", "col": "coordinator", "lee": "member", "sam": "member", "zed": "member"} {
		w.join(w.tokens[name], role)
	}
	w.send(w.tokens["lee"], "DELETE", "/api/v1/workspaces/"+w.team+"/members/"+ids["lee"].String(), "").want(204)
	w.personal = w.send(w.tokens["ana"], "GET", "/api/v1/me", "").want(200).text("personal_workspace")
	w.teamID, w.home = space(t, w.team), space(t, w.personal)
	for _, where := range []string{w.team, w.personal} {
		for _, v := range []tandem.Visibility{tandem.OnlyMe, tandem.ByLifelines, tandem.ByUnit, tandem.ByWorkspace} {
			w.sets = append(w.sets, w.make(where, v))
		}
	}
	expired := w.anaToken(app.TokenInput{Days: 1})
	w.Clock.AdvanceDays(2)
	if err := w.SuspendPerson(t.Context(), policy.Local(), "sam@example.org", true); err != nil {
		t.Fatal(err)
	}
	w.meet("nobody", "", "0000000000000000")
	for _, name := range people[:len(people)-1] {
		w.meet(name, w.tokens[name], sessions[name])
	}
	w.meet("ana, expired", expired, sessions["ana"])
	w.meet("ana, reading", w.anaToken(app.TokenInput{Scopes: scopes("read:")}), sessions["ana"])
	w.meet("ana, writing", w.anaToken(app.TokenInput{Scopes: scopes("")}), sessions["ana"])
	w.meet("ana, writing only", w.anaToken(app.TokenInput{Scopes: scopes("write:")}), sessions["ana"])
	w.meet("ana, bound to her own", w.anaToken(app.TokenInput{Workspace: w.home}), sessions["ana"])
	w.meet("ana, bound to the team", w.anaToken(app.TokenInput{Workspace: w.teamID}), sessions["ana"])
	w.meet("ben, reading", w.token("ben@example.org", scopes("read:")...), sessions["ben"])
	return w
}

func space(t *testing.T, text string) tandem.WorkspaceID {
	id, err := tandem.ParseID[tandem.WorkspaceID](text)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// scopes gives the rights that begin with a prefix, never all.
func scopes(prefix string) []string {
	return slices.DeleteFunc(auth.ScopeNames(), func(s string) bool { return s == auth.ScopeAll || !strings.HasPrefix(s, prefix) })
}

func (w *world) anaToken(in app.TokenInput) string {
	w.t.Helper()
	in.Name = "test"
	if in.Scopes == nil {
		in.Scopes = []string{"all"}
	}
	m, err := w.CreateTokenFor(w.t.Context(), policy.Local(), "ana@example.org", in)
	if err != nil {
		w.t.Fatal(err)
	}
	return m.Secret
}

func (w *world) meet(name, token, session string) {
	c := caller{name: name, token: token, session: session}
	var err error
	if c.by, err = w.AuthenticateToken(w.t.Context(), token); err == nil {
		c.in = true
	}
	w.callers = append(w.callers, c)
}

// join makes somebody a member by an invitation.
func (w *world) join(token, role string) {
	w.t.Helper()
	secret := w.send(w.tokens["tom"], "POST", "/api/v1/workspaces/"+w.team+"/invites", `{"role":"`+role+`"}`).want(201).text("secret")
	w.send(token, "POST", "/api/v1/invites/accept", `{"secret":"`+secret+`"}`).want(200)
}

// post makes something of Ana's and gives what it is called in the answer.
func (w *world) post(o *objects, path, body, field string) string {
	w.t.Helper()
	return w.send(w.tokens["ana"], "POST", "/api/v1"+path+"?workspace="+o.space, body).want(201).text(field)
}

func (w *world) make(where string, v tandem.Visibility) *objects {
	w.t.Helper()
	o := &objects{space: where, ws: space(w.t, where), visibility: v}
	freshGoals(w, o)
	freshUse(w, o)
	freshBatch(w, o)
	freshTemplate(w, o)
	o.share = w.post(o, "/goals", `{"kind":"performance","title":"Close `+string(v)+`","visibility":"`+string(v)+`","deadline":"2027-06-30","target":0.5,
		"number":{"name":"Closed `+string(v)+`","form":"ratio","numerator":{"metric":"`+o.metric+`"},"denominator":{"name":"Calls `+string(v)+`"}}}`, "id")
	o.ratio = w.send(w.tokens["ana"], "GET", "/api/v1/goals/"+o.share+"?workspace="+o.space, "").want(200).text("metric")
	freshPilot(w, o)
	freshGone(w, o)
	freshFeedback(w, o)
	o.micro = w.post(o, "/microgoals", `{"title":"Ten minutes","times":3,"goal":"`+o.learning+`"}`, "id")
	return o
}

func (w *world) makeGoals(o *objects) {
	w.t.Helper()
	v := string(o.visibility)
	o.result = w.post(o, "/goals", `{"kind":"performance","title":"Sales `+v+`","visibility":"`+v+`","deadline":"2027-06-30","target":500,"number":{"name":"Sales `+v+`","form":"total"}}`, "id")
	o.metric = w.send(w.tokens["ana"], "GET", "/api/v1/goals/"+o.result+"?workspace="+o.space, "").want(200).text("metric")
	o.learning = w.post(o, "/goals", `{"kind":"learning","title":"Asking `+v+`","visibility":"`+v+`","collection":"ways","collection_size":5,"fuels":["`+o.result+`"]}`, "id")
	if o.technique == "" {
		o.technique = w.post(o, "/techniques", `{"name":"The pause `+v+`","goal":"`+o.learning+`"}`, "id")
	}
}

func freshValue(w *world, o *objects) {
	o.at = w.post(o, "/metrics/"+o.metric+"/observations", `{"value":2,"note":"two"}`, "at")
}
func freshPractice(w *world, o *objects) {
	o.practice = w.post(o, "/goals/"+o.learning+"/practice", `{"minutes":5}`, "id")
}
func freshLesson(w *world, o *objects) {
	o.lesson = w.post(o, "/goals/"+o.learning+"/lessons", `{"text":"They talk more."}`, "id")
}
func freshEvidence(w *world, o *objects) {
	o.evidence = w.post(o, "/goals/"+o.learning+"/levels", `{"level":1}`, "id")
}
func freshActivity(w *world, o *objects) {
	o.activity = w.post(o, "/goals/"+o.learning+"/activities", `{"title":"Read a book"}`, "id")
}
func freshGone(w *world, o *objects) {
	o.gone = w.post(o, "/goals", `{"kind":"learning","title":"Gone"}`, "id")
	w.post(o, "/goals/"+o.gone+"/lessons", `{"text":"They talk more."}`, "id")
	w.send(w.tokens["ana"], "DELETE", "/api/v1/goals/"+o.gone+"?workspace="+o.space, "").want(204)
}
func freshStep(w *world, o *objects) {
	o.step = w.post(o, "/goals/"+o.result+"/milestones", `{"title":"First ten"}`, "id")
}
func freshFactor(w *world, o *objects) {
	o.factor = w.post(o, "/goals/"+o.result+"/factors", `{"text":"The weather"}`, "id")
}
func freshGuard(w *world, o *objects) {
	o.guard = w.post(o, "/goals/"+o.result+"/guards", `{"number":{"name":"Complaints"},"bound":1000}`, "metric")
}
func freshUse(w *world, o *objects) {
	o.use = w.post(o, "/techniques/"+o.technique+"/uses", `{}`, "id")
}

// freshPilot plans a pilot of a technique of its own, after ending the one before it.
func freshPilot(w *world, o *objects) {
	if o.pilot != "" {
		w.send(w.tokens["ana"], "POST", "/api/v1/pilots/"+o.pilot+"/stop?workspace="+o.space, "")
	}
	o.tried = w.post(o, "/techniques", `{"name":"The pause","goal":"`+o.learning+`"}`, "id")
	o.pilot = w.post(o, "/techniques/"+o.tried+"/pilots", `{"results":["`+o.result+`"],"hypothesis":"They talk more.","worth":1}`, "id")
}
func freshBatch(w *world, o *objects) {
	csv := "goal,date,value\nImported " + string(o.visibility) + ",2026-11-01,1\n"
	o.batch = w.send(w.tokens["ana"], "POST", "/api/v1/imports/csv?file=v.csv&workspace="+o.space, csv, "Content-Type", "text/csv").want(200).id()
}

// packOf is a pack of one template, as a body.
func packOf(name string) string {
	return `{"pack":"tandem templates 1\nlanguage: en\ntemplate: ` + name + `\ntopic: home\nresult: Ten\nnumber: N\ntarget: 10\nperiod: 1 month\nlearning: Look\nlevel: a\nlevel: b\nlevel: c\nfirst step: Begin\ntechnique: Wait\noutside: Rain\nwhy: Calm"}`
}
func freshTemplate(w *world, o *objects) {
	o.template = strings.ToLower(strings.ReplaceAll("own-"+string(o.visibility)+"-"+o.space, "_", "-"))
	w.send(w.tokens["ana"], "POST", "/api/v1/templates?workspace="+o.space, packOf(o.template)).want(201)
}
func freshGoals(w *world, o *objects) {
	w.makeGoals(o)
	for _, fresh := range []func(*world, *objects){freshValue, freshPractice, freshLesson, freshEvidence, freshStep, freshFactor, freshActivity, freshGuard} {
		fresh(w, o)
	}
	w.post(o, "/goals/"+o.learning+"/slots", `{"name":"Ask twice"}`, "id")
}

// freshFeedback has Ana look at her own work. In the team Ben asks her once, which is as often as he may.
func freshFeedback(w *world, o *objects) {
	o.feedback = w.post(o, "/goals/"+o.learning+"/feedback", `{"worked":"They talk more.","try_next":"Wait longer","score":3}`, "id")
	o.given = o.feedback
	if o.space == w.team {
		if w.asked == "" {
			w.asked = w.send(w.tokens["ben"], "POST", "/api/v1/feedback?workspace="+w.team, `{"person":"`+w.ana.String()+`","ask":"How was the talk?"}`).want(201).id()
		}
		o.given = w.asked
	}
}
func freshLink(w *world, o *objects) {
	w.post(o, "/goals/"+o.learning+"/fuels", `{"result":"`+o.result+`"}`, "result")
}

// A shape says how a route is asked for in the world: the path's ids, a body that would be accepted, what
// policy decides about, and what to make anew after a call that took something away.
type shape struct {
	id    func(o *objects) string // {id}, or "" for none
	child func(o *objects) string // the second id of the path
	body  string                  // {result}, {learning}, {visibility} are filled
	more  string                  // further query
	on    policy.Resource         // Kind is the route's; see resourceOf
	fresh func(w *world, o *objects)
	also  []int // statuses that are as good as done, beside 2xx and 412
}

func result(o *objects) string    { return o.result }
func learning(o *objects) string  { return o.learning }
func number(o *objects) string    { return o.metric }
func technique(o *objects) string { return o.technique }
func micro(o *objects) string     { return o.micro }
func current(*objects) string     { return "current" } // the asker's own review
func month(*objects) string       { return "month" }
func pilot(o *objects) string     { return o.pilot }
func at(o *objects) string        { return o.at }
func template(o *objects) string  { return o.template }
func activity(o *objects) string  { return o.activity }
func lesson(o *objects) string    { return o.lesson }
func gone(o *objects) string      { return o.gone }
func feedback(o *objects) string  { return o.feedback }
func given(o *objects) string     { return o.given }

// shapes are the routes on things in a workspace, by operation.
var shapes = map[string]shape{
	"create-goal":      {body: `{"kind":"learning","title":"New","visibility":"{visibility}"}`},
	"create-pair":      {body: `{"result":{"title":"New","visibility":"{visibility}","deadline":"2027-06-30","target":5,"number":{"name":"New"}},"learning":{"title":"New","visibility":"{visibility}"}}`},
	"draft-goal":       {body: `{"text":"Make 20 sales this month"}`},
	"list-goals":       {},
	"get-goal":         {id: result},
	"change-goal":      {id: result, body: `{"title":"Changed"}`},
	"move-goal":        {id: learning, body: `{"move":"pause"}`},
	"delete-goal":      {id: result, fresh: freshGoals},
	"goal-history":     {id: learning},
	"get-hint":         {id: learning},
	"quiet-hint":       {id: result, body: `{"code":"TOO_MANY"}`},
	"link-goals":       {id: learning, body: `{"result":"{result}"}`},
	"list-fuels":       {id: result},
	"say-what-changed": {id: learning, child: result, body: `{"changed":"New prices"}`},
	"get-difference":   {id: result},
	"get-reliability":  {},
	"unlink-goals":     {id: learning, child: result, fresh: freshLink},
	"put-milestone":    {id: result, body: `{"title":"Step"}`},
	"list-milestones":  {id: result},
	"finish-milestone": {id: result, child: func(o *objects) string { return o.step }, body: `{}`},
	"delete-milestone": {id: result, child: func(o *objects) string { return o.step }, fresh: freshStep},
	"put-factor":       {id: result, body: `{"text":"The season"}`},
	"list-factors":     {id: result},
	"delete-factor":    {id: result, child: func(o *objects) string { return o.factor }, fresh: freshFactor},
	"split-goal":       {id: result, body: `{"steps":3}`},
	"put-guard":        {id: result, body: `{"number":{"name":"Complaints"},"bound":1000}`},
	"list-guards":      {id: result},
	"delete-guard":     {id: result, child: func(o *objects) string { return o.guard }, fresh: freshGuard},
	"get-gap":          {id: result},
	"take-learning":    {id: result, body: `{"title":"Close calmly"}`},
	"get-forecast":     {id: result},
	"get-closing":      {id: result},
	"close-goal":       {id: result, body: `{"version":999,"gained":"much"}`},

	"create-metric":       {body: `{"name":"New"}`},
	"list-metrics":        {},
	"get-metric":          {id: number},
	"change-metric":       {id: number, body: `{"unit":"x"}`},
	"get-advice":          {id: number, more: "&deadline=2027-06-30"},
	"log-observation":     {id: number, body: `{"value":1}`},
	"list-observations":   {id: number},
	"list-periods":        {id: func(o *objects) string { return o.ratio }},
	"list-ratios":         {id: number},
	"bulk-observations":   {id: number, body: `{"rows":[{"value":1}]}`},
	"get-observation":     {id: number, child: at},
	"edit-observation":    {id: number, child: at, body: `{"note":"x"}`},
	"delete-observation":  {id: number, child: at, fresh: freshValue},
	"undo-observation":    {id: number, child: at, fresh: freshValue},
	"observation-history": {id: number, child: at},
	"log":                 {body: `{"text":"Sales {visibility} 1"}`, also: []int{422}},

	"list-entry-names": {},
	"send-entries":     {body: `{"entries":[{"key":"k","kind":"line","made":"2026-11-21T08:00:00Z","today":"2026-11-21","text":"Nothing"}]}`},

	"log-practice":    {id: learning, body: `{"minutes":1}`},
	"list-practice":   {id: learning},
	"delete-practice": {id: learning, child: func(o *objects) string { return o.practice }, fresh: freshPractice},
	"reflect":         {id: learning, child: func(o *objects) string { return o.practice }, body: `{"reflection":"Slower."}`},
	"add-lesson":      {id: learning, body: `{"text":"Slower."}`},
	"list-lessons":    {id: learning},
	"delete-lesson":   {id: learning, child: func(o *objects) string { return o.lesson }, fresh: freshLesson},
	"notice-level":    {id: learning, body: `{"level":1}`},
	"get-levels":      {id: learning},
	"take-back-level": {id: learning, child: func(o *objects) string { return o.evidence }, fresh: freshEvidence},
	"next-level":      {id: learning, also: []int{422}}, // the highest level is reached soon
	"look-again":      {id: learning, body: `{"known": true}`},
	"put-slot":        {id: learning, body: `{"name":"Ask thrice"}`},
	"list-slots":      {id: learning},

	"put-activity":         {id: learning, body: `{"title":"Read a book"}`},
	"list-activities":      {id: learning},
	"finish-activity":      {id: learning, child: activity, body: `{"enjoyment":3}`},
	"delete-activity":      {id: learning, child: activity, fresh: freshActivity},
	"list-level-templates": {},
	"find-lessons":         {more: "&text=talk"},
	"fitting-lessons":      {more: "&text=talk"},
	"drop-lesson":          {id: lesson, body: `{"dropped":true}`},
	"get-portfolio":        {},
	"forget-learned":       {id: gone, fresh: freshGone},

	"create-technique": {body: `{"name":"New"}`},
	"list-techniques":  {},
	"get-technique":    {id: technique},
	"change-technique": {id: technique, body: `{"name":"Changed"}`},
	"log-use":          {id: technique, body: `{}`},
	"list-uses":        {},
	"change-use":       {id: technique, child: func(o *objects) string { return o.use }, body: `{"helped":1}`},
	"techniques-for":   {id: result},
	"delete-use":       {id: technique, child: func(o *objects) string { return o.use }, fresh: freshUse},

	"list-templates":     {more: "&text=sales"},
	"get-template":       {id: template},
	"import-templates":   {body: packOf("brought"), also: []int{422}}, // somebody else brought it before
	"export-templates":   {more: "&names=twenty-sales"},
	"delete-template":    {id: template, fresh: freshTemplate},
	"suggest-learning":   {more: "&text=sales"},
	"create-pilot":       {id: technique, body: `{"results":["{result}"],"hypothesis":"They talk","worth":1}`, also: []int{422}}, // one is open already
	"list-pilot-numbers": {id: technique},
	"list-pilots":        {},
	"get-pilot":          {id: pilot},
	"stop-pilot":         {id: pilot, fresh: freshPilot},
	"say-pilot-changed":  {id: pilot, body: `{"changed":"New prices"}`, also: []int{422}}, // it runs
	"decide-pilot":       {id: pilot, body: `{"verdict":"keep"}`, also: []int{422}},

	"create-microgoal": {body: `{"title":"New","times":2}`},
	"list-microgoals":  {},
	"get-microgoal":    {id: micro},
	"change-microgoal": {id: micro, body: `{"title":"Changed"}`},
	"say-set-off":      {id: micro, body: `{"text":"A long day"}`, also: []int{422}}, // nothing of today
	"tick-microgoal":   {id: micro, body: `{}`},
	"pause-microgoal":  {id: micro, body: `{"from":"2027-01-01","to":"2027-01-02"}`},

	"list-reviews":  {},
	"get-review":    {id: current},
	"save-review":   {id: current, body: `{}`, also: []int{422}}, // it is finished
	"finish-review": {id: current, also: []int{422}},

	"list-period-reviews":  {},
	"get-period-review":    {id: month, child: current},
	"save-period-review":   {id: month, child: current, body: `{}`, also: []int{422}}, // it is finished
	"finish-period-review": {id: month, child: current, also: []int{422}},
	"ask-feedback":         {body: `{"name":"Ada","ask":"How was it?"}`, also: []int{422}}, // she was asked before
	"preview-feedback":     {body: `{"name":"Bea","ask":"How was it?"}`},
	"list-feedback":        {},
	"get-feedback":         {id: feedback},
	"read-feedback":        {id: feedback},
	"learn-from-feedback":  {id: feedback},
	"try-from-feedback":    {id: feedback},
	"count-feedback":       {id: feedback, also: []int{422}}, // no level was named
	"withdraw-feedback":    {id: feedback, also: []int{422}}, // it was given
	"list-given":           {},
	"get-given":            {id: given},
	"answer-feedback":      {id: given, body: `{"worked":"They talk more."}`, also: []int{422}}, // it was answered
	"write-feedback":       {id: result, body: `{"worked":"They talk more."}`},
	"get-trial":            {id: technique},
	"get-new-way":          {id: result},
	"try-new-way":          {id: result, also: []int{422}}, // there is none
	"list-celebrations":    {},
	"set-celebration":      {body: `{"about":"none","away":true}`, also: []int{404}},

	"today":        {},
	"import-file":  {id: func(*objects) string { return "csv" }, body: "goal,date,value\nOther,2026-11-01,1\n", more: "&file=x.csv&dry_run=true"},
	"list-imports": {},
	"undo-import":  {id: func(o *objects) string { return o.batch }, fresh: freshBatch},
	"export":       {},
}

// resourceOf gives what policy decides about when a caller asks for a route.
func (w *world) resourceOf(r api.Route, sh shape, o *objects, c caller) policy.Resource {
	res := policy.Resource{Kind: r.Kind, Workspace: o.ws, Owner: w.ana, Visibility: o.visibility}
	if sh.id == nil || r.Kind == policy.Import || r.Kind == policy.Review {
		res.Owner = c.by.Person.ID
		if r.Action == policy.Read {
			res.Visibility = tandem.OnlyMe
		}
	}
	switch r.Kind {
	case policy.Technique, policy.MicroGoal:
		res.Visibility = tandem.OnlyMe
	}
	switch r.ID {
	case "create-metric", "log", "send-entries":
		res.Visibility = tandem.OnlyMe
	case "write-feedback", "get-new-way", "try-new-way": // likewise
		res.Owner = c.by.Person.ID
	case "set-celebration":
		res.Visibility = tandem.OnlyMe
	case "techniques-for": // the goal is the one of the path, the techniques are the asker's
		res.Owner = c.by.Person.ID
	}
	return res
}
