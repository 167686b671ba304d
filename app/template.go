package app

import (
	"cmp"
	"context"
	"slices"

	"tandem"
	"tandem/advise/library"
	"tandem/policy"
)

// A TemplateView is a paired template: what create-pair takes, and what goes beside it. Where Change is there,
// the target is what is to be added to where the number stands, in per cent of it with Percent, and the pair
// has no target yet. The pair has no dates: Days is the typical time to the deadline.
type TemplateView struct {
	Name      string          `json:"name"`
	Lang      string          `json:"lang"`
	Topic     string          `json:"topic"`
	Own       bool            `json:"own"`   // brought for the workspace, not built in
	Owner     tandem.PersonID `json:"owner"` // who brought it
	Taken     int             `json:"taken"` // goals that were made of it, of those that the asker may see
	Pair      PairInput       `json:"pair"`
	Change    *float64        `json:"change,omitempty"`
	Percent   bool            `json:"percent,omitempty"`
	Days      int             `json:"days"`
	Technique string          `json:"technique"`
	Outside   []string        `json:"outside"`
	Why       string          `json:"why"`
	template  library.Template
}

// Text gives the template as a pack of one.
func (v TemplateView) Text() string { return library.Write(v.Lang, []library.Template{v.template}) }

// TargetFrom gives the target for a number that stands at from, nil where it is not known; ok is false where
// the template asks for a change and where it stands is not known.
func (v TemplateView) TargetFrom(from *float64) (target float64, ok bool) {
	return v.template.TargetFrom(from)
}

func templateOf(ws tandem.WorkspaceID, owner tandem.PersonID) policy.Resource {
	return policy.Resource{Kind: policy.Template, Workspace: ws, Owner: owner}
}

func viewOf(t library.Template) TemplateView {
	v := TemplateView{Name: t.Key, Lang: t.Lang, Topic: t.Topic, Change: t.Change, Percent: t.Percent, Days: t.Days, Technique: t.Technique, Outside: t.Outside, Why: t.Why, template: t}
	v.Pair.Result = GoalInput{Kind: tandem.KindPerformance, Title: t.Result, Why: t.Why, Template: t.Key,
		Number: &MetricInput{Name: t.Number, Unit: t.Unit, Form: t.Form, Direction: t.Direction, Period: t.Every},
		Target: t.Target, TargetLo: t.Lo, TargetHi: t.Hi, ReachedWhen: t.ReachedWhen}
	v.Pair.Learning = GoalInput{Kind: tandem.KindLearning, Title: t.Learning, Levels: t.Levels, Collection: t.Collection, CollectionSize: t.Size, FirstStep: t.FirstStep, Template: t.Key}
	if t.Times > 0 {
		v.Pair.Learning.Practice = &MicroGoalInput{Title: t.Learning, Amount: float64(t.Minutes), Times: float64(t.Times)}
	}
	return v
}

// templates gives those that the actor may see, in the actor's language where there is one: the built in,
// and before them what was brought for the workspace. Minors get none about body weight, calories or looks,
// and none that is for adults.
func (a *App) templates(ctx context.Context, r Reads, ws tandem.WorkspaceID) (all []library.Template, brought map[[2]string]tandem.Template, p tandem.Person, err error) {
	if p, err = r.Person(ctx); err != nil {
		return nil, nil, p, err
	}
	kept, err := r.Templates(ctx, ws)
	if err != nil {
		return nil, nil, p, err
	}
	all = library.BuiltIn()
	brought = map[[2]string]tandem.Template{}
	for _, k := range kept {
		ts, err := library.Parse(k.Text)
		if err != nil {
			continue // written by another version of the program, which took more
		}
		brought[[2]string{k.Name, k.Lang}] = k
		all = append(all, ts...)
	}
	if p.AgeBand != tandem.Adult {
		all = slices.DeleteFunc(all, library.Template.ForAdults)
	}
	return all, brought, p, nil
}

// ListTemplates gives the templates that fit a text, the best first, or without one all, those that were
// taken most first.
func (a *App) ListTemplates(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, text string) (vs []TemplateView, err error) {
	defer tandem.Wrap(&err, "list templates")
	if err := may(by, policy.Read, templateOf(ws, by.Person)); err != nil {
		return nil, err
	}
	r := a.Store.For(by)
	all, brought, p, err := a.templates(ctx, r, ws)
	if err != nil {
		return nil, err
	}
	taken, err := r.TakenTemplates(ctx, ws)
	if err != nil {
		return nil, err
	}
	chosen := library.Choose(all, p.Lang)
	if tandem.CleanTitle(text) != "" {
		chosen = nil
		for _, m := range library.Match(library.Need{Text: text, Lang: p.Lang, Minor: p.AgeBand != tandem.Adult}, all) {
			chosen = append(chosen, m.Template)
		}
	}
	for _, t := range chosen {
		v := viewOf(t)
		v.Taken = taken[t.Key]
		if k, own := brought[[2]string{t.Key, t.Lang}]; own {
			v.Own, v.Owner = true, k.Owner
		}
		vs = append(vs, v)
	}
	if tandem.CleanTitle(text) == "" {
		slices.SortStableFunc(vs, func(x, y TemplateView) int { return cmp.Compare(y.Taken, x.Taken) })
	}
	return vs, nil
}

// GetTemplate gives one template, in the actor's language where there is one.
func (a *App) GetTemplate(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, name string) (v TemplateView, err error) {
	if err := a.FindTemplate(ctx, by, ws, name, false); err != nil {
		return v, err
	}
	all, err := a.ListTemplates(ctx, by, ws, "")
	if err != nil {
		return v, err
	}
	for _, v := range all {
		if v.Name == name {
			return v, nil
		}
	}
	return v, tandem.NotFound("template")
}

// FindTemplate tells by NotFound whether a template is there for the actor in a workspace, with brought one
// that somebody brought. It asks for no right of a token, since it shows nothing.
func (a *App) FindTemplate(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, name string, brought bool) error {
	all, kept, _, err := a.templates(ctx, a.Store.For(by), ws)
	if err != nil {
		return err
	}
	for _, t := range all {
		if _, own := kept[[2]string{t.Key, t.Lang}]; t.Key == name && (own || !brought) {
			return nil
		}
	}
	return tandem.NotFound("template")
}

// A PackInput is a pack of templates as a text.
type PackInput struct {
	Pack string `json:"pack" tandem:"lines"`
}

// mostKept is how many templates are kept for a workspace.
const mostKept = 500

// ImportTemplates keeps the templates of a pack for the workspace; those of the same name and language are
// replaced where the actor may take them away. A pack with anything wrong changes nothing.
func (a *App) ImportTemplates(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, in PackInput) (vs []TemplateView, err error) {
	defer tandem.Wrap(&err, "import templates")
	if err := may(by, policy.Create, templateOf(ws, by.Person)); err != nil {
		return nil, err
	}
	ts, err := library.Parse(in.Pack)
	if err != nil {
		return nil, err
	}
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		p, err := h.Person(ctx)
		if err != nil {
			return err
		}
		kept, err := h.Templates(ctx, ws)
		if err != nil {
			return err
		}
		vs = nil
		n := len(kept)
		for _, t := range ts {
			if p.AgeBand != tandem.Adult && t.ForAdults() {
				return tandem.Invalid("pack", "pack_for_adults", tandem.Args{"template": t.Key})
			}
			i := slices.IndexFunc(kept, func(k tandem.Template) bool { return k.Name == t.Key && k.Lang == t.Lang })
			if i < 0 {
				n++
			} else if err := may(by, policy.Delete, templateOf(ws, kept[i].Owner)); err != nil {
				return tandem.Invalid("pack", "pack_of_another", tandem.Args{"template": t.Key})
			}
			if n > mostKept {
				return tandem.Invalid("pack", "pack_space_full", tandem.Args{"limit": mostKept})
			}
			if err := h.PutTemplate(ctx, tandem.Template{Workspace: ws, Name: t.Key, Lang: t.Lang, Owner: by.Person, Text: library.Write(t.Lang, []library.Template{t}), Created: a.now()}); err != nil {
				return err
			}
			v := viewOf(t)
			v.Own, v.Owner = true, by.Person
			vs = append(vs, v)
		}
		return nil
	})
	return vs, err
}

// DeleteTemplate takes away what was brought for the workspace under a name, in every language.
func (a *App) DeleteTemplate(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, name string) (err error) {
	defer tandem.Wrap(&err, "delete template")
	return a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		kept, err := h.Templates(ctx, ws)
		if err != nil {
			return err
		}
		found := false
		for _, k := range kept {
			if k.Name != name {
				continue
			}
			found = true
			if err := may(by, policy.Delete, templateOf(ws, k.Owner)); err != nil {
				return err
			}
			if err := h.DeleteTemplate(ctx, ws, name, k.Lang); err != nil {
				return err
			}
		}
		if !found {
			return tandem.NotFound("template")
		}
		return nil
	})
}

// ExportTemplates gives the templates that the actor may see as a pack, in the actor's language where there
// is one; names picks some, none all of the workspace's own.
func (a *App) ExportTemplates(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, names []string) (pack string, err error) {
	all, err := a.ListTemplates(ctx, by, ws, "")
	if err != nil {
		return "", err
	}
	byLang := map[string][]library.Template{}
	var langs []string
	for _, v := range all {
		if len(names) > 0 && slices.Contains(names, v.Name) || len(names) == 0 && v.Own {
			if byLang[v.Lang] == nil {
				langs = append(langs, v.Lang)
			}
			byLang[v.Lang] = append(byLang[v.Lang], v.template)
		}
	}
	if len(langs) == 0 {
		return "", tandem.NotFound("template")
	}
	slices.Sort(langs)
	return library.WriteAll(langs, byLang), nil
}

// takeTemplate notes from which template a goal was made.
func (a *App) takeTemplate(ctx context.Context, h Writes, ws tandem.WorkspaceID, goal tandem.GoalID, name string) error {
	all, _, _, err := a.templates(ctx, h, ws)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(all, func(t library.Template) bool { return t.Key == name }) {
		return tandem.Invalid("template", "template_unknown", tandem.Args{"value": name})
	}
	return h.TakeTemplate(ctx, ws, goal, name)
}
