package app

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/binary"
	"slices"

	"tandem"
	"tandem/analytics/impact"
	"tandem/policy"
)

// A PilotInput plans the measured trial of a technique. What is left out gets its default: blocks, six
// pairs of seven days, from the next Monday on, without wash-out, with a tenth of the way as the smallest
// difference worth having.
type PilotInput struct {
	Key        string             `json:"-"` // makes a second press harmless
	Design     tandem.PilotDesign `json:"design,omitempty"`
	Results    []tandem.GoalID    `json:"results"` // whose numbers are looked at: one for blocks, 5 to 20 for a stepped start
	Hypothesis string             `json:"hypothesis" tandem:"lines"`
	First      tandem.Day         `json:"first,omitzero"`
	Pairs      *int               `json:"pairs,omitempty"`
	Days       *int               `json:"days,omitempty"`
	WashOut    int                `json:"wash_out,omitempty"`
	Worth      *float64           `json:"worth,omitempty"`
}

const (
	usualPairs   = 6
	usualDays    = 7
	steppedStep  = 14
	pilotHistory = 56 // days before the first that a stepped start looks at as well
	seedBits     = 53 // a seed stays exact in every reader of JSON
)

// drawSeed draws the seed of a pilot, from 1.
func (a *App) drawSeed() int64 {
	for {
		var n uint64
		if a.Draw != nil {
			n = a.Draw()
		} else {
			var b [8]byte
			rand.Read(b[:]) // never fails
			n = binary.LittleEndian.Uint64(b[:])
		}
		if n >>= 64 - seedBits; n != 0 {
			return int64(n)
		}
	}
}

// CreatePilot plans a pilot of a technique and draws the order of its days. From then on nothing of the
// plan changes: whoever has the seed can draw the same order again.
func (a *App) CreatePilot(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, technique tandem.TechniqueID, in PilotInput) (p tandem.Pilot, err error) {
	defer tandem.Wrap(&err, "create pilot")
	r := a.Store.For(by)
	t, err := techniqueFor(ctx, r, by, ws, technique, policy.Create)
	if err != nil {
		return p, err
	}
	today, err := a.today(ctx, r)
	if err != nil {
		return p, err
	}
	choices, err := a.pilotChoices(ctx, r, by, t, today)
	if err != nil {
		return p, err
	}
	p = tandem.Pilot{Workspace: ws, ID: tandem.NewID[tandem.PilotID](a.IDs), Technique: technique, Owner: by.Person, Design: in.Design, Hypothesis: in.Hypothesis,
		First: in.First, WashOut: in.WashOut, Seed: a.drawSeed(), ChangedDay: tandem.NoDay, Stopped: tandem.NoDay, Decided: tandem.NoDay, Version: 1, Created: a.now()}
	chosen, err := in.plan(&p, choices, today)
	if err != nil {
		return p, err
	}
	if err := enoughValues(p, chosen, today); err != nil {
		return p, err
	}
	dealStarts(&p)
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if err := a.once(ctx, h, ws, "create-pilot", in.Key); err != nil {
			return err
		}
		if _, err := techniqueFor(ctx, h, by, ws, technique, policy.Create); err != nil {
			return err
		}
		if err := freeNumbers(ctx, h, p, today); err != nil {
			return err
		}
		if err := h.AddPilot(ctx, p); err != nil {
			return err
		}
		if err := a.usedConcept(ctx, h, "measured_pilot"); err != nil {
			return err
		}
		return a.emit(tx, by, ws, "pilot.created", int64(p.ID))
	})
	return p, err
}

// plan fills in what was asked for and what is usual, and checks it.
func (in PilotInput) plan(p *tandem.Pilot, choices []PilotChoice, today tandem.Day) (chosen []PilotChoice, err error) {
	var es tandem.Errors
	for _, id := range in.Results {
		i := slices.IndexFunc(choices, func(c PilotChoice) bool { return c.Result.ID == id })
		if i < 0 {
			es.Add("results", "pilot_no_result", nil)
			break
		}
		if slices.ContainsFunc(chosen, func(c PilotChoice) bool { return c.Number.ID == choices[i].Number.ID }) {
			es.Add("results", "pilot_number_twice", tandem.Args{"name": choices[i].Number.Name})
			break
		}
		chosen = append(chosen, choices[i])
		p.Numbers = append(p.Numbers, tandem.PilotNumber{Metric: choices[i].Number.ID, Result: id, Start: tandem.NoDay})
	}
	if len(es) > 0 {
		return nil, es.Err()
	}
	if p.Design == "" {
		p.Design = tandem.PilotBlocks
	}
	if p.First == 0 || p.First == tandem.NoDay {
		p.First = tandem.PeriodWeek.Next(today)
	}
	if p.Design == tandem.PilotStepped {
		p.Days, p.Pairs = or(in.Days, steppedStep), or(in.Pairs, 0)
	} else {
		p.Draw = tandem.DrawFewTurns
		p.Days, p.Pairs = or(in.Days, usualDays), or(in.Pairs, usualPairs)
	}
	if len(chosen) > 0 {
		p.Worth = chosen[0].Worth
	}
	p.Worth = or(in.Worth, p.Worth)
	return chosen, p.Validate(today)
}

// enoughValues refuses a plan that cannot tell anything, because its numbers have values too seldom.
func enoughValues(p tandem.Pilot, chosen []PilotChoice, today tandem.Day) error {
	for _, c := range chosen {
		if p.Design == tandem.PilotBlocks {
			if n := p.Pairs * (p.Days - p.WashOut) / c.Gap; n < tandem.FewestPilotSide {
				return tandem.Invalid("pairs", "pilot_sparse", tandem.Args{"name": c.Number.Name, "gap": c.Gap, "n": n, "needed": tandem.FewestPilotSide})
			}
			continue
		}
		if f := chosen[0].Number; c.Number.Unit != f.Unit || c.Number.Form != f.Form || c.Number.Direction != f.Direction {
			return tandem.Invalid("results", "pilot_units", tandem.Args{"name": c.Number.Name, "other": f.Name})
		}
		if c.Recent < FewestBefore {
			return tandem.Invalid("results", "pilot_few_before", tandem.Args{"name": c.Number.Name, "n": c.Recent, "needed": FewestBefore, "days": pilotHistory})
		}
		if n := 2 * p.Days / c.Gap; n < FewestAfter {
			return tandem.Invalid("days", "pilot_sparse", tandem.Args{"name": c.Number.Name, "gap": c.Gap, "n": n, "needed": FewestAfter})
		}
	}
	return nil
}

// dealStarts deals the starts of a stepped pilot out to its numbers, by its seed.
func dealStarts(p *tandem.Pilot) {
	starts := make([]int, len(p.Numbers))
	for i := range starts {
		starts[i] = int(p.First) + i*p.Days
	}
	if p.Design == tandem.PilotStepped {
		starts = impact.DrawStarts(starts, uint64(p.Seed))
	}
	for i := range p.Numbers {
		p.Numbers[i].Start = tandem.Day(starts[i])
	}
}

// freeNumbers refuses numbers that another pilot looks at, and a technique that has one. Raising the data
// version of the numbers, in the order of their ids, is the lock.
func freeNumbers(ctx context.Context, h Writes, p tandem.Pilot, today tandem.Day) error {
	locked := slices.SortedFunc(slices.Values(p.Numbers), func(a, b tandem.PilotNumber) int { return cmp.Compare(a.Metric, b.Metric) })
	for _, n := range locked {
		if err := h.TouchData(ctx, p.Workspace, n.Metric); err != nil {
			return err
		}
	}
	all, err := h.Pilots(ctx, p.Workspace)
	if err != nil {
		return err
	}
	for _, other := range all {
		if !other.Open(today) {
			continue
		}
		if other.Technique == p.Technique {
			return tandem.Invalid("", "pilot_open", tandem.Args{"date": other.Last().String()})
		}
		for _, n := range p.Numbers {
			if slices.ContainsFunc(other.Numbers, func(o tandem.PilotNumber) bool { return o.Metric == n.Metric }) {
				return tandem.Invalid("results", "pilot_number_taken", tandem.Args{"date": other.Last().String()})
			}
		}
	}
	return nil
}

// A PilotChoice is a result whose number a pilot of a technique could look at: one that the technique's
// learning goal fuels, whose number is the owner's and has a better side.
type PilotChoice struct {
	Result tandem.PerformanceGoal
	Number tandem.Metric
	Values int     // days with a value, of the last two years
	Recent int     // of the last eight weeks
	Gap    int     // usual days from one value to the next
	Worth  float64 // a tenth of the way, a day; 0 where there is no telling
}

// PilotChoices gives the results whose numbers a pilot of a technique could look at, those with most values
// first.
func (a *App) PilotChoices(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, technique tandem.TechniqueID) (out []PilotChoice, err error) {
	defer tandem.Wrap(&err, "numbers for a pilot")
	r := a.Store.For(by)
	t, err := techniqueFor(ctx, r, by, ws, technique, policy.Read)
	if err != nil {
		return nil, err
	}
	today, err := a.today(ctx, r)
	if err != nil {
		return nil, err
	}
	return a.pilotChoices(ctx, r, by, t, today)
}

func (a *App) pilotChoices(ctx context.Context, r Reads, by tandem.Actor, t tandem.Technique, today tandem.Day) (out []PilotChoice, err error) {
	if t.Goal == 0 {
		return nil, nil
	}
	links, err := r.FuelsFrom(ctx, t.Workspace, t.Goal)
	if err != nil {
		return nil, err
	}
	for _, l := range links {
		if l.ResultWorkspace != t.Workspace {
			continue
		}
		g, err := r.Goal(ctx, t.Workspace, l.Result)
		if tandem.KindOf(err) == tandem.KindNotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		p, ok := g.(tandem.PerformanceGoal)
		if !ok || p.Owner != by.Person || p.State != tandem.Active {
			continue
		}
		m, err := r.Metric(ctx, t.Workspace, p.Metric)
		if err != nil {
			return nil, err
		}
		if m.Owner != by.Person || m.Direction == tandem.Within {
			continue
		}
		obs, err := r.Observations(ctx, t.Workspace, m.ID, today-seriesDays, today)
		if err != nil {
			return nil, err
		}
		out = append(out, choiceOf(p, m, obs, today))
	}
	slices.SortStableFunc(out, func(a, b PilotChoice) int { return cmp.Compare(b.Values, a.Values) })
	return out, nil
}

func choiceOf(p tandem.PerformanceGoal, m tandem.Metric, obs []tandem.Observation, today tandem.Day) PilotChoice {
	o := Outlook{Goal: p, Metric: m, Days: m.DayRule.Days(obs), Today: today}
	o.Input = question(p, m, o.Days, nil, today)
	c := PilotChoice{Result: p, Number: m, Values: len(o.Days), Gap: usualGap(o.Days), Worth: worthHaving(o, tandem.PeriodDay)}
	for _, d := range o.Days {
		if d.Day > today-pilotHistory {
			c.Recent++
		}
	}
	if m.WhenItHappens && m.Form != tandem.FormReading { // a day without an entry is zero
		c.Gap = 1
		if len(o.Days) > 0 {
			c.Recent = int(min(today-o.Days[0].Day+1, pilotHistory))
		}
	}
	if m.Form == tandem.FormRate {
		c.Worth /= float64(periodDays(m.Period))
	}
	return c
}

// onPilot changes what is said about a pilot, in one transaction.
func (a *App) onPilot(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.PilotID, event string, do func(h Writes, p *tandem.Pilot, today tandem.Day) error) (p tandem.Pilot, err error) {
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if p, err = pilotFor(ctx, h, by, ws, id, policy.Change); err != nil {
			return err
		}
		today, err := a.today(ctx, h)
		if err != nil {
			return err
		}
		if err := do(h, &p, today); err != nil {
			return err
		}
		if err := h.SetPilot(ctx, p); err != nil {
			return err
		}
		p.Version++
		return a.emit(tx, by, ws, event, int64(id))
	})
	return p, err
}

// StopPilot ends a pilot before its last day: today and later count no more.
func (a *App) StopPilot(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.PilotID) (p tandem.Pilot, err error) {
	defer tandem.Wrap(&err, "stop pilot")
	return a.onPilot(ctx, by, ws, id, "pilot.stopped", func(_ Writes, p *tandem.Pilot, today tandem.Day) error {
		if !p.Open(today) {
			return tandem.Invalid("", "pilot_over", nil)
		}
		p.Stopped = today
		return nil
	})
}

// SayPilotChanged keeps the answer to the one question that is asked before a pilot shows its figure.
func (a *App) SayPilotChanged(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.PilotID, in PilotChanged) (p tandem.Pilot, err error) {
	defer tandem.Wrap(&err, "say what changed in a pilot")
	return a.onPilot(ctx, by, ws, id, "pilot.changed", func(_ Writes, p *tandem.Pilot, today tandem.Day) error {
		if !p.Over(today) {
			return tandem.Invalid("", "pilot_runs", tandem.Args{"date": p.Last().String()})
		}
		p.Changed, p.ChangedDay = in.Changed, today
		return p.ValidateChanged()
	})
}

// A PilotChanged says what else changed while a pilot ran.
type PilotChanged struct {
	Changed string `json:"changed" tandem:"lines"`
}

// A PilotDecision is the person's own verdict on a technique after its pilot.
type PilotDecision struct {
	Verdict tandem.PilotVerdict `json:"verdict"`
	Words   string              `json:"words,omitempty" tandem:"lines"`
}

// DecidePilot keeps the person's own verdict; the technique goes to the station that it names. It can be
// said again, and it need not be what the figures say.
func (a *App) DecidePilot(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.PilotID, in PilotDecision) (p tandem.Pilot, err error) {
	defer tandem.Wrap(&err, "decide pilot")
	return a.onPilot(ctx, by, ws, id, "pilot.decided", func(h Writes, p *tandem.Pilot, today tandem.Day) error {
		if !p.Over(today) {
			return tandem.Invalid("", "pilot_runs", tandem.Args{"date": p.Last().String()})
		}
		p.Verdict, p.Words, p.Decided = in.Verdict, in.Words, today
		if err := p.ValidateVerdict(); err != nil {
			return err
		}
		t, err := h.Technique(ctx, ws, p.Technique)
		if err != nil {
			return err
		}
		was := t
		if in.Words != "" {
			t.Verdict = in.Words
		}
		if s := p.Verdict.State(); s != t.State {
			t.State, t.Since = s, today
			if was.State == tandem.Trying { // its trial is decided with it
				if err := a.endTrial(ctx, h, was, t, 0, today); err != nil {
					return err
				}
			}
		}
		return h.SetTechnique(ctx, t)
	})
}

// ListPilots gives the pilots of a workspace that the actor may see, newest first.
func (a *App) ListPilots(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID) (ps []tandem.Pilot, err error) {
	defer tandem.Wrap(&err, "list pilots")
	if err := may(by, policy.Read, policy.Resource{Kind: policy.Technique, Workspace: ws, Owner: by.Person, Visibility: tandem.OnlyMe}); err != nil {
		return nil, err
	}
	return a.Store.For(by).Pilots(ctx, ws)
}

// GetPilot gives one pilot, without its values.
func (a *App) GetPilot(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.PilotID) (p tandem.Pilot, err error) {
	defer tandem.Wrap(&err, "read pilot")
	return pilotFor(ctx, a.Store.For(by), by, ws, id, policy.Read)
}

// pilotFor is a pilot to which a person may do act: what the person may do to its technique.
func pilotFor(ctx context.Context, r Reads, by tandem.Actor, ws tandem.WorkspaceID, id tandem.PilotID, act policy.Action) (tandem.Pilot, error) {
	p, err := r.Pilot(ctx, ws, id)
	if err != nil {
		return p, err
	}
	return p, may(by, act, policy.Resource{Kind: policy.Technique, Workspace: p.Workspace, Owner: p.Owner, Visibility: tandem.OnlyMe})
}
