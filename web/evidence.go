package web

import (
	"slices"
	"strings"

	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

// abouts are what a learning goal can be about.
func abouts() []string {
	return []string{tandem.AboutKnowledge, tandem.AboutSkill, tandem.AboutAttitude}
}

// contextWords names the contexts, and while there is one, what a second one would show.
func (c *call) contextWords(s app.Standing) string {
	seen := c.T("evidence.seen_in", tandem.Args{"contexts": strings.Join(s.Contexts, ", ")})
	if !s.Carried {
		seen += " " + c.T("evidence.second_context")
	}
	return seen
}

// proofOf tells how a level was noticed, the source that stands in front first, the others by precedence; nil where nobody did.
func (c *call) proofOf(all []tandem.Evidence, level int, front *tandem.Evidence) *ui.ProofView {
	p := &ui.ProofView{Title: c.T("evidence.how")}
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b tandem.Evidence) int { return b.How.Precedence() - a.How.Precedence() })
	for _, e := range all {
		if e.Level != level || front != nil && e.ID == front.ID {
			continue
		}
		p.Lines = append(p.Lines, ui.ProofLine{Icon: "check", Text: c.evidenceWords(e)})
	}
	if front != nil && front.Level == level {
		p.Lines = append([]ui.ProofLine{{Icon: "check", Text: c.evidenceWords(*front)}}, p.Lines...)
	}
	if len(p.Lines) == 0 {
		return nil
	}
	p.Lines = p.Lines[:min(len(p.Lines), mostProof)]
	return p
}

// mostProof is how many sources stand under a level.
const mostProof = 6

// evidenceWords says one noticing: how, by whom, where, when and the note.
func (c *call) evidenceWords(e tandem.Evidence) string {
	words := []string{c.T("how." + string(e.How))}
	for _, x := range []string{e.Who, e.Context} {
		if x != "" {
			words = append(words, x)
		}
	}
	text := strings.Join(append(words, c.dayShort(e.Day)), ", ")
	if e.Note != "" {
		text += ": " + e.Note
	}
	return text
}

// postAbout keeps what a learning goal is about, or takes the sentences of levels that fit.
func postAbout(s *Server, c *call) error {
	return c.act("toast.saved", func(id tandem.GoalID, ws tandem.WorkspaceID, f *form) (string, error) {
		g, err := s.App.GetGoal(c.ctx(), c.Actor, ws, id)
		if err != nil {
			return "", err
		}
		in := app.GoalChange{Version: g.GoalHead().Version}
		if take := f.text("take"); take != "" {
			for _, a := range abouts() {
				if a == take {
					levels := c.Lang.Levels(a)
					in.About, in.Levels = &a, &levels
				}
			}
		} else {
			about := f.text("about")
			in.About = &about
		}
		_, err = s.App.ChangeGoal(c.ctx(), c.Actor, ws, id, in)
		return "", err
	})
}

// useWords says where a use was and what was noted.
func useWords(u tandem.Use) string {
	if u.Context == "" || u.Note == "" {
		return u.Context + u.Note
	}
	return u.Context + ": " + u.Note
}
