package api

import (
	"context"
	"math"
	"net/http"

	"tandem"
	"tandem/app"
	"tandem/policy"
)

func pilotOperations() []operation {
	return []operation{
		{id: "create-pilot", method: "POST", path: "/techniques/{id}/pilots", action: policy.Create, kind: policy.Technique, status: http.StatusCreated, in: app.PilotInput{}, out: pilotView{},
			summary: "Plan the measured trial of a technique; the order of its days is drawn at once and never changes", run: createPilot},
		{id: "list-pilot-numbers", method: "GET", path: "/techniques/{id}/pilot-numbers", action: policy.Read, kind: policy.Technique, out: page[pilotChoice]{},
			summary: "The results whose numbers a pilot of a technique could look at", run: listPilotNumbers},
		{id: "list-pilots", method: "GET", path: "/pilots", action: policy.Read, kind: policy.Technique, out: page[pilotView]{}, summary: "List pilots", run: listPilots},
		{id: "get-pilot", method: "GET", path: "/pilots/{id}", action: policy.Read, kind: policy.Technique, out: pilotReply{},
			summary: "A pilot with its blocks, days and values, and its figures once it is over and what else changed was said", run: getPilot},
		{id: "stop-pilot", method: "POST", path: "/pilots/{id}/stop", action: policy.Change, kind: policy.Technique, out: pilotView{}, summary: "End a pilot before its last day", run: stopPilot},
		{id: "say-pilot-changed", method: "POST", path: "/pilots/{id}/changed", action: policy.Change, kind: policy.Technique, in: app.PilotChanged{}, out: pilotView{},
			summary: "Say what else changed while a pilot ran; asked before its figures are told", run: sayPilotChanged},
		{id: "decide-pilot", method: "POST", path: "/pilots/{id}/verdict", action: policy.Change, kind: policy.Technique, in: app.PilotDecision{}, out: pilotView{},
			summary: "Keep, adapt or drop a technique after its pilot, or leave it unclear", run: decidePilot},
	}
}

// A pilotView is a pilot; last is the last day of its plan.
type pilotView struct {
	tandem.Pilot
	Numbers []tandem.PilotNumber `json:"numbers"`
	Last    tandem.Day           `json:"last"`
}

func pilotOf(p tandem.Pilot) pilotView {
	return pilotView{Pilot: p, Numbers: full(p.Numbers), Last: p.Last()}
}

// A pilotReply holds all that goes into the figures: seed, blocks, days and values.
type pilotReply struct {
	pilotView
	Blocks      []pilotBlock  `json:"blocks"` // none for a stepped start
	Days        []pilotDay    `json:"days_so_far"`
	With        int           `json:"with"` // days so far that were to be with the technique
	Without     int           `json:"without"`
	UsedWith    int           `json:"used_with"`
	UsedWithout int           `json:"used_without"`
	Method      string        `json:"method"`
	Figures     *pilotFigures `json:"figures,omitempty"`
}

type pilotBlock struct {
	Pair int        `json:"pair"`
	From tandem.Day `json:"from"`
	To   tandem.Day `json:"to"`
	With bool       `json:"with"`
}

// A pilotDay is a number's day: whether it was with the technique, whether it counts, its value if any.
type pilotDay struct {
	Metric tandem.MetricID `json:"metric"`
	Day    tandem.Day      `json:"day"`
	With   bool            `json:"with"`
	Counts bool            `json:"counts"`
	Value  *float64        `json:"value,omitempty"`
}

// pilotFigures are what a pilot showed, a day and in the unit of its numbers; told is false where nothing
// can be told, and then there are no means and ranges.
type pilotFigures struct {
	Told       bool                `json:"told"`
	Mean       *float64            `json:"mean,omitempty"`
	Lo80       *float64            `json:"lo80,omitempty"`
	Hi80       *float64            `json:"hi80,omitempty"`
	Lo95       *float64            `json:"lo95,omitempty"`
	Hi95       *float64            `json:"hi95,omitempty"`
	Sure       float64             `json:"sure"`
	Worthwhile float64             `json:"worthwhile"`
	With       int                 `json:"values_with"`
	Without    int                 `json:"values_without"`
	Pairs      int                 `json:"pairs"`
	Orders     int                 `json:"orders"`
	OrderP     float64             `json:"order_p"`
	Says       tandem.PilotVerdict `json:"says"`
	Made       bool                `json:"made_a_difference"`
}

// A pilotChoice is a result whose number a pilot could look at.
type pilotChoice struct {
	Result tandem.GoalID   `json:"result"`
	Metric tandem.MetricID `json:"metric"`
	Name   string          `json:"name"`
	Values int             `json:"values"`
	Recent int             `json:"recent"` // days with a value in the last eight weeks
	Gap    int             `json:"gap"`    // usual days from one value to the next
	Worth  float64         `json:"worth"`  // a tenth of the way, a day; 0 where there is no telling
}

func createPilot(c *call) (any, error) {
	in, err := read[app.PilotInput](c)
	if err != nil {
		return nil, err
	}
	return onTechnique(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.TechniqueID) (any, error) {
		p, err := c.App.CreatePilot(ctx, c.Actor, ws, id, in)
		return pilotOf(p), err
	})
}

func listPilotNumbers(c *call) (any, error) {
	return onTechnique(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.TechniqueID) (any, error) {
		all, err := c.App.PilotChoices(ctx, c.Actor, ws, id)
		return shown(all, err, func(x app.PilotChoice) pilotChoice {
			return pilotChoice{Result: x.Result.ID, Metric: x.Number.ID, Name: x.Number.Name, Values: x.Values, Recent: x.Recent, Gap: x.Gap, Worth: x.Worth}
		})
	})
}

func listPilots(c *call) (any, error) {
	all, err := c.App.ListPilots(c.ctx(), c.Actor, c.Space)
	return shown(all, err, pilotOf)
}

// onPilot runs do on the pilot of the path, in the workspace that it is in.
func onPilot(c *call, do func(ctx context.Context, ws tandem.WorkspaceID, id tandem.PilotID) (tandem.Pilot, error)) (any, error) {
	id, ws, err := c.pilot()
	if err != nil {
		return nil, err
	}
	p, err := do(c.ctx(), ws, id)
	return pilotOf(p), err
}

func (c *call) pilot() (id tandem.PilotID, ws tandem.WorkspaceID, err error) {
	if id, err = pathID[tandem.PilotID](c, "id"); err != nil {
		return id, ws, err
	}
	return id, c.spaceOf(func(ws tandem.WorkspaceID) error {
		_, err := c.server.App.GetPilot(c.ctx(), c.Actor, ws, id)
		return err
	}), nil
}

func getPilot(c *call) (any, error) {
	id, ws, err := c.pilot()
	if err != nil {
		return nil, err
	}
	v, err := c.App.PilotPage(c.ctx(), c.Actor, ws, id)
	if err != nil {
		return nil, err
	}
	return pilotReplyOf(v), nil
}

func pilotReplyOf(v app.PilotView) pilotReply {
	out := pilotReply{pilotView: pilotOf(v.Pilot), Blocks: []pilotBlock{}, Days: []pilotDay{}, With: v.With, Without: v.Without, UsedWith: v.UsedWith, UsedWithout: v.UsedWithout, Method: v.Method}
	for _, b := range v.Blocks {
		out.Blocks = append(out.Blocks, pilotBlock{Pair: b.Pair, From: b.From, To: b.To, With: b.On})
	}
	for _, s := range v.Series {
		for i, y := range s.Values {
			d := pilotDay{Metric: s.Metric, Day: v.From + tandem.Day(i), With: s.On[i], Counts: s.Counts[i]}
			if !math.IsNaN(y) {
				d.Value = &y
			}
			out.Days = append(out.Days, d)
		}
	}
	if f := v.Figure; f != nil {
		out.Figures = &pilotFigures{Told: f.Told, Sure: f.Sure, Worthwhile: f.Worthwhile, With: f.With, Without: f.Without, Pairs: f.Pairs, Orders: f.Orders, OrderP: f.OrderP, Says: f.Says, Made: f.Made}
		if f.Told {
			x := out.Figures
			x.Mean, x.Lo80, x.Hi80, x.Lo95, x.Hi95 = &f.Mean, &f.Lo80, &f.Hi80, &f.Lo95, &f.Hi95
		}
	}
	return out
}

func stopPilot(c *call) (any, error) {
	return onPilot(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.PilotID) (tandem.Pilot, error) {
		return c.App.StopPilot(ctx, c.Actor, ws, id)
	})
}

func sayPilotChanged(c *call) (any, error) {
	in, err := read[app.PilotChanged](c)
	if err != nil {
		return nil, err
	}
	return onPilot(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.PilotID) (tandem.Pilot, error) {
		return c.App.SayPilotChanged(ctx, c.Actor, ws, id, in)
	})
}

func decidePilot(c *call) (any, error) {
	in, err := read[app.PilotDecision](c)
	if err != nil {
		return nil, err
	}
	return onPilot(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.PilotID) (tandem.Pilot, error) {
		return c.App.DecidePilot(ctx, c.Actor, ws, id, in)
	})
}
