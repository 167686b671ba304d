package app

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"

	"tandem"
)

// ImportGoals imports goals: a number for each name, and beside it what the row states: a target with a
// date makes a result, a learning goal is one, nothing makes nothing. All rows are checked in one pass,
// which is all that a dry run does, then written in groups. Rows that were imported before add nothing.
func (a *App) ImportGoals(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, in ImportInput, rows Rows[GoalRow]) (_ ImportReport, err error) {
	defer tandem.Wrap(&err, "import goals")
	im, err := a.startImport(ctx, by, ws, "goals", in)
	if err != nil {
		return ImportReport{}, err
	}
	g := goalImport{importing: im, inFile: map[string]tandem.GoalKind{}}
	if err := inGroups(im, rows, func(group []GoalRow) error { return g.writeGroup(ctx, group, false) }); err != nil {
		return im.report, err
	}
	if err := g.checkLinks(ctx, a.Store.For(im.by)); err != nil || in.DryRun {
		return im.report, err
	}
	missing := im.report.Problems[g.rowProblems:]
	im.report = ImportReport{}
	if err := im.open(ctx); err != nil {
		return im.report, err
	}
	err = inGroups(im, rows, func(group []GoalRow) error { return g.writeGroup(ctx, group, true) })
	if err == nil {
		err = g.writeLinks(ctx)
	}
	im.report.Problems = append(im.report.Problems, missing...)
	return im.report, im.finish(ctx, err)
}

// goalImport is an import of goals. links are those that rows state, by external ids; inFile are the goals
// that the file itself brings.
type goalImport struct {
	*importing
	inFile      map[string]tandem.GoalKind
	links       []statedLink
	rowProblems int // problems of rows; those of links come after them
}

type statedLink struct {
	line             int
	learning, result string
}

// errChecked ends the transaction of a check: nothing of it is kept.
type errChecked struct{}

func (errChecked) Error() string { return "only checked" }

// writeGroup writes one group of rows in a transaction, or checks it: then the transaction is given up.
func (g *goalImport) writeGroup(ctx context.Context, rows []GoalRow, keep bool) error {
	report := g.report
	err := g.Store.InTx(ctx, func(tx Tx) error {
		g.report = report
		g.report.Problems = slices.Clip(report.Problems)
		for _, row := range rows {
			if row.ExternalID == "" {
				row.ExternalID = rowID(row)
			}
			if err := g.row(ctx, tx, row); err != nil {
				return err
			}
		}
		if !keep {
			return errChecked{}
		}
		return nil
	})
	if keep || !errors.Is(err, errChecked{}) {
		return err
	}
	for _, row := range rows {
		if row.ExternalID == "" {
			row.ExternalID = rowID(row)
		}
		g.inFile[row.ExternalID] = row.Kind
		for _, to := range row.Fuels {
			g.links = append(g.links, statedLink{row.Line, row.ExternalID, to})
		}
	}
	return nil
}

// rowID names a row that has no external id of its own by what it states, so that reading it again finds
// the same goal.
func rowID(r GoalRow) string {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s\x00%s\x00%s\x00%s", r.Kind, tandem.NameKey(r.Title), tandem.NameKey(r.Measure), r.Due)
	return fmt.Sprintf("row-%016x", h.Sum64())
}

// row writes what one row states and counts it.
func (g *goalImport) row(ctx context.Context, tx Tx, row GoalRow) error {
	h := tx.For(g.by)
	err := g.mine(row)
	if err == nil {
		var did tandem.PutDone
		if did, err = g.goal(ctx, tx, h, row); err == nil && did == tandem.PutSame {
			g.report.Same++
		} else if err == nil {
			g.report.Added++
		}
	}
	if err == nil {
		return nil
	}
	ps := problemsOf(row.Line, err)
	if ps == nil {
		return err
	}
	g.report.skip(ps)
	return nil
}

// mine refuses goals of other people: nobody is given a goal by a file.
func (g *goalImport) mine(row GoalRow) error {
	if row.OwnerEmail != "" && tandem.EmailKey(row.OwnerEmail) != tandem.EmailKey(g.person.Email) {
		return tandem.Invalid("owner_email", "import_other_owner", nil)
	}
	return nil
}

// goal makes the goal of a row, or only its number where the row states no target with a date.
func (g *goalImport) goal(ctx context.Context, tx Tx, h Writes, row GoalRow) (tandem.PutDone, error) {
	if _, err := h.GoalByExternal(ctx, g.ws, row.ExternalID); tandem.KindOf(err) != tandem.KindNotFound {
		return tandem.PutSame, err
	}
	in := GoalInput{Kind: row.Kind, Title: row.Title, Why: row.Why, Visibility: row.Visibility, Draft: row.State == tandem.Draft, ExternalID: row.ExternalID, batch: g.batch.ID}
	if row.Kind == tandem.KindLearning {
		in.Skill, in.Aim, in.ReviewDay = row.Skill, row.Aim, row.Review
		in.Target, in.TargetLo, in.TargetHi, in.Deadline = row.Target, row.TargetLo, row.TargetHi, row.Due
		return tandem.PutAdded, g.learning(ctx, tx, in, row.LevelNow)
	}
	number := MetricInput{Name: row.Measure, Unit: row.Unit, Form: row.Form, Direction: row.Direction, Period: row.Period,
		Numerator: PartInput{Name: row.Numerator}, Denominator: PartInput{Name: row.Denominator}, Percent: row.Percent}
	if number.Name == "" {
		number.Name = row.Title
	}
	all, err := h.MetricsByName(ctx, g.ws, number.Name)
	if err != nil {
		return "", err
	}
	stands := slices.IndexFunc(all, func(m tandem.Metric) bool { return !m.Archived })
	states := row.Due != tandem.NoDay && (row.Target != nil || row.TargetLo != nil)
	if !states {
		if stands >= 0 {
			return tandem.PutSame, nil
		}
		return tandem.PutAdded, g.numberAlone(ctx, h, number)
	}
	form := row.Form
	if stands >= 0 {
		in.Metric, form = all[stands].ID, all[stands].Form
	} else {
		in.Number = &number
	}
	in.Start, in.Deadline, in.Target, in.TargetLo, in.TargetHi, in.Stretch = row.Start, row.Due, row.Target, row.TargetLo, row.TargetHi, row.Stretch
	in.ReachedWhen, in.HeldFor, in.KeptShare, in.Baseline = row.ReachedWhen, row.HeldFor, row.KeptShare, row.Baseline
	if form == tandem.FormTotal {
		in.SoFar, in.Baseline = row.Baseline, nil
	}
	if _, err := g.create(ctx, tx, in); err != nil {
		return "", err
	}
	if stands < 0 {
		g.report.Numbers++
	}
	return tandem.PutAdded, nil
}

func (g *goalImport) create(ctx context.Context, tx Tx, in GoalInput) (tandem.Goal, error) {
	made, err := g.createIn(ctx, tx, g.by, g.ws, in)
	if err != nil {
		return tandem.Goal{}, err
	}
	g.report.Goals++
	return made.GoalHead(), nil
}

// learning makes a learning goal with the level that the person says.
func (g *goalImport) learning(ctx context.Context, tx Tx, in GoalInput, level int) error {
	made, err := g.create(ctx, tx, in)
	if err != nil || level == 0 {
		return err
	}
	e := tandem.Evidence{Goal: made.ID, ID: tandem.NewID[tandem.EvidenceID](g.IDs), Level: level, How: tandem.HowSelf, By: g.by.Person, Day: made.CreatedDay}
	if err := e.Validate(0, made.CreatedDay); err != nil {
		return err
	}
	return tx.For(g.by).AddEvidence(ctx, g.ws, e)
}

func (g *goalImport) numberAlone(ctx context.Context, h Writes, in MetricInput) error {
	if err := aboutBody(ctx, h, numberTexts("", in)...); err != nil {
		return err
	}
	m, made, err := g.newNumber(ctx, h, g.by, g.ws, in, g.batch.ID)
	if err != nil {
		return err
	}
	g.report.Numbers += 1 + len(made)
	return addNumber(ctx, h, m, made)
}

// checkLinks reports links whose ends are neither in the file nor stored.
func (g *goalImport) checkLinks(ctx context.Context, r Reads) error {
	g.rowProblems = len(g.report.Problems)
	good := g.links[:0]
	for _, l := range g.links {
		kind, here := g.inFile[l.result]
		if !here {
			id, err := r.GoalByExternal(ctx, g.ws, l.result)
			if err != nil && tandem.KindOf(err) != tandem.KindNotFound {
				return err
			}
			if err == nil {
				any, err := r.Goal(ctx, g.ws, id)
				if err != nil {
					return err
				}
				kind = any.GoalHead().Kind
			}
		}
		if kind == tandem.KindPerformance && g.inFile[l.learning] == tandem.KindLearning {
			good = append(good, l)
			continue
		}
		if len(g.report.Problems) < reportedProblems {
			g.report.Problems = append(g.report.Problems, RowProblem{Line: l.line, Column: "fuels_external_ids", Code: "import_link", Args: tandem.Args{"value": l.result}})
		}
	}
	g.links = good
	return nil
}

// writeLinks links the learning goals of the file to the results that they fuel. A link to a row that was
// left out is left out with it.
func (g *goalImport) writeLinks(ctx context.Context) error {
	for group := range slices.Chunk(g.links, importGroup) {
		err := g.Store.InTx(ctx, func(tx Tx) error {
			h := tx.For(g.by)
			for _, l := range group {
				var ends [2]tandem.GoalID
				var err error
				for i, external := range []string{l.learning, l.result} {
					if ends[i], err = h.GoalByExternal(ctx, g.ws, external); err != nil {
						break
					}
				}
				switch {
				case err == nil:
					err = h.PutFuels(ctx, tandem.Fuels{Workspace: g.ws, Learning: ends[0], ResultWorkspace: g.ws, Result: ends[1]})
				case tandem.KindOf(err) == tandem.KindNotFound:
					continue
				}
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
