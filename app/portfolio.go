package app

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"tandem"
	"tandem/policy"
)

// A Portfolio is what a person learned since the first entry: every skill with its levels, uses and lessons,
// whatever became of the goals. It is the person's own.
type Portfolio struct {
	Day     tandem.Day        `json:"day"`
	Since   tandem.Day        `json:"since"` // of the first entry; empty before any
	Skills  []PortfolioSkill  `json:"skills"`
	Results []PortfolioResult `json:"results"` // that taught something themselves
	Tried   []PortfolioUsed   `json:"techniques"`
	Lessons int               `json:"lessons"`
	Levels  int               `json:"levels"` // that were noticed
	Uses    int               `json:"uses"`
	Top     int               `json:"top"` // highest level that was noticed
}

// A PortfolioSkill is one skill over the years. State is that of its goal, "" where that was deleted.
type PortfolioSkill struct {
	Workspace tandem.WorkspaceID `json:"workspace"`
	Goal      tandem.GoalID      `json:"goal"`
	Name      string             `json:"name"`
	About     string             `json:"about,omitempty"`
	State     tandem.GoalState   `json:"state"`
	First     tandem.Day         `json:"first"`
	Last      tandem.Day         `json:"last"`
	Standing
	Sentences  []string            `json:"sentences"` // of the written levels
	Evidence   []tandem.Evidence   `json:"evidence"`
	Techniques []PortfolioUsed     `json:"techniques"`
	Uses       int                 `json:"uses"`
	Practised  int                 `json:"practised"` // days
	Minutes    float64             `json:"minutes"`
	Activities []tandem.Activity   `json:"activities"` // that are done
	Lessons    []tandem.LessonLine `json:"lessons"`
}

// Gone tells whether the goal of the skill was deleted.
func (s PortfolioSkill) Gone() bool { return s.State == "" }

// Sentence gives the written sentence of a level, "" for none.
func (s PortfolioSkill) Sentence(level int) string {
	if level >= 1 && level <= len(s.Sentences) {
		return s.Sentences[level-1]
	}
	return ""
}

// A PortfolioResult is a result with the lessons that it taught by itself.
type PortfolioResult struct {
	Workspace tandem.WorkspaceID  `json:"workspace"`
	Goal      tandem.GoalID       `json:"goal"`
	Title     string              `json:"title"`
	Gone      bool                `json:"gone,omitempty"`
	Lessons   []tandem.LessonLine `json:"lessons"`
}

// A PortfolioUsed is a technique with its uses.
type PortfolioUsed struct {
	Technique tandem.TechniqueID    `json:"technique"`
	Name      string                `json:"name"`
	State     tandem.TechniqueState `json:"state"`
	Uses      int                   `json:"uses"`
	First     tandem.Day            `json:"first"` // use; empty for none
	Last      tandem.Day            `json:"last"`
}

// GetPortfolio gives what the actor learned, in one workspace or, with 0, in all that can be reached.
func (a *App) GetPortfolio(ctx context.Context, by tandem.Actor, space tandem.WorkspaceID) (p Portfolio, err error) {
	defer tandem.Wrap(&err, "read portfolio")
	spaces, err := ownSpaces(by, space)
	if err != nil {
		return p, err
	}
	r := a.Store.For(by)
	if p.Day, err = a.today(ctx, r); err != nil {
		return p, err
	}
	p.Since = tandem.NoDay
	for _, ws := range spaces {
		if err := p.read(ctx, r, ws); err != nil {
			return p, err
		}
	}
	slices.SortStableFunc(p.Skills, func(x, y PortfolioSkill) int { return cmp.Or(int(y.Last)-int(x.Last), cmp.Compare(y.Goal, x.Goal)) })
	for i := range p.Skills {
		s := &p.Skills[i]
		if p.Since == tandem.NoDay || s.First < p.Since {
			p.Since = s.First
		}
		p.Lessons, p.Levels, p.Uses, p.Top = p.Lessons+len(s.Lessons), p.Levels+len(s.Reached), p.Uses+s.Uses, max(p.Top, s.Noticed)
	}
	for _, x := range p.Results {
		p.Lessons += len(x.Lessons)
		if d := x.Lessons[len(x.Lessons)-1].Day; p.Since == tandem.NoDay || d < p.Since {
			p.Since = d
		}
	}
	for _, t := range p.Tried {
		p.Uses += t.Uses
		if t.First != tandem.NoDay && (p.Since == tandem.NoDay || t.First < p.Since) {
			p.Since = t.First
		}
	}
	p.fill()
	return p, nil
}

// fill makes lists of what is nothing, for JSON.
func (p *Portfolio) fill() {
	p.Skills, p.Results, p.Tried = some(p.Skills), some(p.Results), some(p.Tried)
	for i := range p.Skills {
		s := &p.Skills[i]
		s.Reached, s.Contexts, s.Sentences, s.Evidence = some(s.Reached), some(s.Contexts), some(s.Sentences), some(s.Evidence)
		s.Techniques, s.Activities, s.Lessons = some(s.Techniques), some(s.Activities), some(s.Lessons)
	}
}

func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// read adds what was learned in a workspace, in a constant number of queries.
func (p *Portfolio) read(ctx context.Context, r Reads, ws tandem.WorkspaceID) error {
	skills := map[tandem.GoalID]*PortfolioSkill{}
	if err := learnedOpen(ctx, r, ws, skills); err != nil {
		return err
	}
	uses, err := p.usedIn(ctx, r, ws, skills)
	if err != nil {
		return err
	}
	if err := learnedBefore(ctx, r, ws, skills); err != nil {
		return err
	}
	if err := p.taught(ctx, r, ws, skills); err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(skills)) {
		s := skills[id]
		slices.SortStableFunc(s.Evidence, func(x, y tandem.Evidence) int { return int(x.Day) - int(y.Day) })
		s.Standing = standingOf(s.Evidence, uses[id])
		s.span(uses[id])
		p.Skills = append(p.Skills, *s)
	}
	return nil
}

// span sets the first and the last day on which something happened on a skill.
func (s *PortfolioSkill) span(uses []tandem.Use) {
	see := func(d tandem.Day) {
		if d != tandem.NoDay {
			s.First, s.Last = min(s.First, d), max(s.Last, d)
		}
	}
	for _, e := range s.Evidence {
		see(e.Day)
	}
	for _, u := range uses {
		see(u.Day)
	}
	for _, x := range s.Activities {
		see(x.Done)
	}
	for _, l := range s.Lessons {
		see(l.Day)
	}
}

// learnedOpen reads learning goals that are there, in whatever state, with evidence, practice and activities.
func learnedOpen(ctx context.Context, r Reads, ws tandem.WorkspaceID, skills map[tandem.GoalID]*PortfolioSkill) error {
	levels, err := r.OwnLevels(ctx, ws)
	if err != nil {
		return err
	}
	for after := tandem.GoalID(0); ; {
		page, err := r.Learnings(ctx, ws, true, []tandem.GoalState{tandem.Active, tandem.Paused, tandem.Resting, tandem.Released}, after, exportPage)
		if err != nil {
			return err
		}
		for _, l := range page {
			s := &PortfolioSkill{Workspace: ws, Goal: l.ID, Name: cmp.Or(l.Skill, l.Title), About: l.About, State: l.State, First: l.CreatedDay, Last: l.CreatedDay, Sentences: levels[l.ID]}
			skills[l.ID], after = s, l.ID
		}
		if len(page) < exportPage {
			break
		}
	}
	evidence, err := r.OwnEvidence(ctx, ws, tandem.NoDay)
	if err != nil {
		return err
	}
	for _, e := range evidence {
		if s := skills[e.Goal]; s != nil {
			s.Evidence = append(s.Evidence, e)
		}
	}
	practices, err := r.OwnPractices(ctx, ws, -1<<30, 1<<30)
	if err != nil {
		return err
	}
	last := map[tandem.GoalID]tandem.Day{}
	for _, x := range practices { // oldest first
		s := skills[x.Goal]
		if s == nil {
			continue
		}
		if d, seen := last[x.Goal]; !seen || d != x.Day {
			s.Practised++
			last[x.Goal] = x.Day
		}
		s.Minutes += x.Minutes
		s.First, s.Last = min(s.First, x.Day), max(s.Last, x.Day)
	}
	activities, err := r.OwnActivities(ctx, ws)
	for _, x := range activities {
		if s := skills[x.Goal]; s != nil && x.Done != tandem.NoDay {
			s.Activities = append(s.Activities, x)
		}
	}
	return err
}

// usedIn reads techniques with their uses; those of no skill stand by themselves. It gives the uses by skill.
func (p *Portfolio) usedIn(ctx context.Context, r Reads, ws tandem.WorkspaceID, skills map[tandem.GoalID]*PortfolioSkill) (map[tandem.GoalID][]tandem.Use, error) {
	techniques, err := r.Techniques(ctx, ws)
	if err != nil {
		return nil, err
	}
	uses, err := r.Uses(ctx, ws, -1<<30, 1<<30)
	if err != nil {
		return nil, err
	}
	of := map[tandem.TechniqueID][]tandem.Use{}
	for _, u := range uses {
		of[u.Technique] = append(of[u.Technique], u)
	}
	byGoal := map[tandem.GoalID][]tandem.Use{}
	for _, t := range slices.Backward(techniques) {
		x := PortfolioUsed{Technique: t.ID, Name: t.Name, State: t.State, Uses: len(of[t.ID]), First: tandem.NoDay, Last: tandem.NoDay}
		if n := len(of[t.ID]); n > 0 {
			x.First, x.Last = of[t.ID][0].Day, of[t.ID][n-1].Day
		}
		s := skills[t.Goal]
		if s == nil {
			p.Tried = append(p.Tried, x)
			continue
		}
		s.Techniques = append(s.Techniques, x)
		s.Uses += x.Uses
		byGoal[t.Goal] = append(byGoal[t.Goal], of[t.ID]...)
	}
	return byGoal, nil
}

// learnedBefore adds what was kept of learning goals that were deleted.
func learnedBefore(ctx context.Context, r Reads, ws tandem.WorkspaceID, skills map[tandem.GoalID]*PortfolioSkill) error {
	kept, err := r.Kept(ctx, ws)
	for _, k := range kept {
		if k.GoalKind != tandem.KindLearning {
			continue
		}
		s := skills[k.Goal]
		if s == nil {
			s = &PortfolioSkill{Workspace: ws, Goal: k.Goal, Name: k.Skill, First: k.Day, Last: k.Day}
			skills[k.Goal] = s
		}
		if k.Kind != tandem.KeptEvidence {
			continue
		}
		for len(s.Sentences) < k.Level {
			s.Sentences = append(s.Sentences, "")
		}
		s.Sentences[k.Level-1] = k.Text
		s.Evidence = append(s.Evidence, tandem.Evidence{Goal: k.Goal, ID: tandem.EvidenceID(k.ID), Level: k.Level, How: tandem.How(k.How), By: k.By, Day: k.Day, Note: k.Note, Who: k.Who, Context: k.Context})
	}
	return err
}

// taught adds the lessons, each to its skill, else to the result that taught it.
func (p *Portfolio) taught(ctx context.Context, r Reads, ws tandem.WorkspaceID, skills map[tandem.GoalID]*PortfolioSkill) error {
	lines, err := linesOf(ctx, r, ws)
	for _, l := range lines {
		if s := skills[l.Goal]; s != nil {
			s.Lessons = append(s.Lessons, l)
			continue
		}
		i := slices.IndexFunc(p.Results, func(x PortfolioResult) bool { return x.Goal == l.Goal && x.Workspace == ws })
		if i < 0 {
			i = len(p.Results)
			p.Results = append(p.Results, PortfolioResult{Workspace: ws, Goal: l.Goal, Title: l.Of(), Gone: l.Gone})
		}
		p.Results[i].Lessons = append(p.Results[i].Lessons, l)
	}
	return err
}

// FindKept tells whether something was kept of a deleted goal of the actor's in a workspace.
func (a *App) FindKept(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID) error {
	kept, err := a.Store.For(by).Kept(ctx, ws)
	if err == nil && !slices.ContainsFunc(kept, func(k tandem.KeptLearning) bool { return k.Goal == goal }) {
		err = tandem.NotFound("goal")
	}
	return err
}

// Forget removes what was kept of a goal that was deleted.
func (a *App) Forget(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID) (err error) {
	defer tandem.Wrap(&err, "forget")
	return a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		kept, err := h.Kept(ctx, ws)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(kept, func(k tandem.KeptLearning) bool { return k.Goal == goal }) {
			return tandem.NotFound("goal") // also one of somebody else's, whatever the token may do
		}
		if err := may(by, policy.Delete, policy.Resource{Kind: policy.Learning, Workspace: ws, Owner: by.Person, Visibility: tandem.OnlyMe}); err != nil {
			return err
		}
		return h.Forget(ctx, ws, goal)
	})
}

// A BookYear is one year of the book of lessons, newest skill first as in the portfolio.
type BookYear struct {
	Year     int
	Chapters []BookChapter
}

// A BookChapter is what one skill or result taught in a year, oldest first, with the levels that were noticed.
type BookChapter struct {
	Name    string
	Skill   bool
	Of      int // written levels, for the hue of those noticed
	Levels  []tandem.LevelReached
	Texts   []string // the sentences of those levels, "" for none
	Lessons []tandem.LessonLine
}

// Book orders a portfolio by year and skill, the first year first.
func (p Portfolio) Book() (years []BookYear) {
	all := map[int][]BookChapter{}
	at := func(d tandem.Day, name string, skill bool, of int) *BookChapter {
		y, _, _ := d.Date()
		i := slices.IndexFunc(all[y], func(c BookChapter) bool { return c.Name == name && c.Skill == skill })
		if i < 0 {
			i = len(all[y])
			all[y] = append(all[y], BookChapter{Name: name, Skill: skill, Of: of})
		}
		return &all[y][i]
	}
	for _, s := range p.Skills {
		for _, l := range s.Reached {
			c := at(l.Day, s.Name, true, len(s.Sentences))
			c.Levels, c.Texts = append(c.Levels, l), append(c.Texts, s.Sentence(l.Level))
		}
		for _, l := range slices.Backward(s.Lessons) {
			c := at(l.Day, s.Name, true, len(s.Sentences))
			c.Lessons = append(c.Lessons, l)
		}
	}
	for _, x := range p.Results {
		for _, l := range slices.Backward(x.Lessons) {
			c := at(l.Day, x.Title, false, 0)
			c.Lessons = append(c.Lessons, l)
		}
	}
	for _, y := range slices.Sorted(maps.Keys(all)) {
		years = append(years, BookYear{y, all[y]})
	}
	return years
}
