package api

import (
	"encoding/json"

	"tandem"
	"tandem/app"
)

// Views are what the API shows where the type of the product has no form of its own in JSON, or holds an
// instant that may be none. A field of a view stands before the field of that name in what it embeds.

// A factorView is an outside factor of a result.
type factorView struct {
	Goal    tandem.GoalID   `json:"goal"`
	ID      tandem.FactorID `json:"id"`
	InHands bool            `json:"in_hands"`
	Text    string          `json:"text"`
	Closing string          `json:"closing"`
}

func factorOf(f tandem.Factor) factorView {
	return factorView{Goal: f.Goal, ID: f.ID, InHands: f.InHands, Text: f.Text, Closing: f.Closing}
}

// A spanView is a stretch of days, both included; To is "" while it lasts.
type spanView struct {
	From tandem.Day `json:"from"`
	To   tandem.Day `json:"to"`
}

// A microView is a micro-goal, in lists with how its present period stands.
type microView struct {
	tandem.MicroGoal
	RestDays []int         `json:"rest_days"` // weekdays, 0 = Sunday
	Pauses   []spanView    `json:"pauses"`
	Tally    *tandem.Tally `json:"tally,omitempty"`
}

func microOf(m tandem.MicroGoal) microView {
	v := microView{MicroGoal: m, RestDays: []int{}, Pauses: []spanView{}}
	for d := range 7 {
		if m.RestDays&(1<<d) != 0 {
			v.RestDays = append(v.RestDays, d)
		}
	}
	for _, s := range m.Pauses {
		v.Pauses = append(v.Pauses, spanView(s))
	}
	return v
}

func tallied(m app.MicroGoalTally) microView {
	v := microOf(m.MicroGoal)
	v.Tally = &m.Tally
	v.Tally.DoneDays = full(v.Tally.DoneDays)
	return v
}

// A useView is a use; metric and observation_at name the value that it rode on, if it did.
type useView struct {
	tandem.Use
	Metric        tandem.MetricID `json:"metric,omitzero"`
	ObservationAt tandem.Instant  `json:"observation_at,omitzero"`
}

func useOf(u tandem.Use) useView {
	return useView{Use: u, Metric: u.Metric, ObservationAt: u.ObservationAt}
}

// A closingView is what is written on the last page of a result; done is there once it is closed.
type closingView struct {
	tandem.Closing
	Done tandem.Instant `json:"done,omitzero"`
}

func closingOf(c tandem.Closing) closingView {
	c.Gains = full(c.Gains)
	return closingView{Closing: c, Done: c.Done}
}

// A closingPage is the whole last page.
type closingPage struct {
	closingView
	Before   *float64        `json:"before,omitempty"` // where it stood at the start
	Gain     tandem.Gain     `json:"gain"`
	Factors  []factorView    `json:"factors"`
	Learning []tandem.GoalID `json:"learning"` // goals that fuel it

	Guards    []app.GuardView      `json:"guards"`    // what was not to get worse
	Corrected []tandem.Observation `json:"corrected"` // values of its time that were changed after its last day, with the reason
	Next      *nextView            `json:"could_come,omitempty"`
}

// A nextView is what could come next, by name, while the last page is open.
type nextView struct {
	Start     tandem.Day         `json:"start"`           // of the next period
	Deadline  tandem.Day         `json:"deadline"`        //
	Even      *float64           `json:"even,omitempty"`  // a target for it with about an even chance, of a missed result
	Level     *app.NextLevelView `json:"level,omitempty"` // the next level of a learning goal that fuels it
	Learning  string             `json:"learning"`        // title of a learning goal that fits, "" for none
	Technique string             `json:"technique"`       // name of a technique that fits, "" for none
}

// A historyView is one change: what stood before and after, "null" for nothing.
type historyView struct {
	At     tandem.Instant  `json:"at"`
	By     tandem.PersonID `json:"by"`
	Before json.RawMessage `json:"before"`
	After  json.RawMessage `json:"after"`
}

func historyOf(e tandem.HistoryEntry) historyView {
	v := historyView{At: e.At, By: e.By, Before: json.RawMessage("null"), After: json.RawMessage("null")}
	if e.Before != "" {
		v.Before = json.RawMessage(e.Before)
	}
	if e.After != "" {
		v.After = json.RawMessage(e.After)
	}
	return v
}

// A dayView is a person's day.
type dayView struct {
	app.TodayView
	Items []dayItem `json:"items"`
}

type dayItem struct {
	app.TodayItem
	Micro *microView `json:"micro,omitempty"`
}

func dayOf(t app.TodayView) dayView {
	v := dayView{TodayView: t, Items: []dayItem{}}
	for _, i := range t.Items {
		item := dayItem{TodayItem: i}
		if i.Micro != nil {
			m := tallied(*i.Micro)
			item.Micro = &m
		}
		v.Items = append(v.Items, item)
	}
	v.Results, v.Learning, v.Coming, v.Weeks, v.Unused, v.Pilots = full(t.Results), full(t.Learning), full(t.Coming), full(t.Weeks), full(t.Unused), full(t.Pilots)
	v.Steps, v.Trials, v.Asked, v.Said = full(t.Steps), full(t.Trials), full(t.Asked), full(t.Said)
	for i := range v.Results {
		v.Results[i].Uses, v.Results[i].FuelledBy = full(v.Results[i].Uses), full(v.Results[i].FuelledBy)
	}
	return v
}

// A valueRow and a goalRow are the first rows of a file as they are understood.
type valueRow struct {
	Line  int          `json:"line"`
	Name  string       `json:"name"`
	Day   tandem.Day   `json:"day"`
	Value float64      `json:"value"`
	State tandem.State `json:"state"`
	Unit  string       `json:"unit,omitempty"`
	Note  string       `json:"note,omitempty"`
}

type goalRow struct {
	Line     int             `json:"line"`
	Kind     tandem.GoalKind `json:"kind"`
	Title    string          `json:"title"`
	Measure  string          `json:"measure,omitempty"`
	Target   *float64        `json:"target,omitempty"`
	Baseline *float64        `json:"baseline,omitempty"`
	Start    tandem.Day      `json:"start"`
	Due      tandem.Day      `json:"due"`
}

// A fileReply is the report of an import, its problems in words.
type fileReply struct {
	app.FileReport
	Values   []valueRow   `json:"first_values,omitempty"`
	Goals    []goalRow    `json:"first_goals,omitempty"`
	Problems []rowProblem `json:"problems"`
}

type rowProblem struct {
	Line   int    `json:"line"`
	Column string `json:"column,omitempty"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

func (c *call) fileReply(r app.FileReport) fileReply {
	out := fileReply{FileReport: r, Problems: []rowProblem{}}
	for _, v := range r.Values {
		out.Values = append(out.Values, valueRow{Line: v.Line, Name: v.Name, Day: v.Day, Value: v.Value, State: v.State, Unit: v.Unit, Note: v.Note})
	}
	for _, g := range r.Goals {
		out.Goals = append(out.Goals, goalRow{Line: g.Line, Kind: g.Kind, Title: g.Title, Measure: g.Measure, Target: g.Target, Baseline: g.Baseline, Start: g.Start, Due: g.Due})
	}
	for _, p := range r.Problems {
		out.Problems = append(out.Problems, rowProblem{Line: p.Line, Column: p.Column, Code: p.Code, Detail: c.Lang.Sentence(p.Column, p.Code, p.Args)})
	}
	return out
}
