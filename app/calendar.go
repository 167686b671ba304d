package app

import (
	"context"
	"time"

	"tandem"
	"tandem/advise/reader"
)

// calendarOf gives a workspace's year and named days to read a line by; whoever may not read the workspace reads by
// the calendar's year.
func calendarOf(ctx context.Context, r Reads, ws tandem.WorkspaceID) (c reader.Context, err error) {
	w, err := r.Workspace(ctx, ws)
	if kind := tandem.KindOf(err); kind == tandem.KindNotFound || kind == tandem.KindDenied {
		return c, nil
	}
	if err != nil {
		return c, err
	}
	c.FiscalStart = time.Month(max(w.Calendar.FiscalMonth, 1))
	for _, d := range w.Calendar.Dates {
		c.Dates = append(c.Dates, reader.NamedDate{Name: d.Name, From: d.From, To: d.To})
	}
	return c, nil
}
