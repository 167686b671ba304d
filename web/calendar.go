package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

// emptyDates is how many rows for new named days stand below those that are there.
const emptyDates = 2

func getCalendar(_ *Server, c *call) error { return c.calendarPage(http.StatusOK, c.fresh()) }

func (c *call) calendarPage(status int, f *form) error {
	w, err := c.s.App.GetWorkspace(c.ctx(), c.Actor, c.Space)
	if err != nil {
		return err
	}
	return c.pageAs(status, pageView{Title: c.T("calendar.title"), Current: "set"}, calendarBody(c, f, w))
}

// postCalendar keeps year and named days. A row without name and days is no row.
func postCalendar(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	w, err := s.App.GetWorkspace(c.ctx(), c.Actor, c.Space)
	if err != nil {
		return err
	}
	month, err := strconv.Atoi(f.text("fiscal_month"))
	if err != nil {
		month = -1 // refused by its range
	}
	in := app.WorkspaceInput{Version: f.version(), Name: w.Name, Calendar: &tandem.Calendar{FiscalMonth: month}}
	var at []int // the row of each day that is kept
	for i := range min(f.rows(), tandem.MostNamedDays+1) {
		row := "dates." + strconv.Itoa(i)
		d := tandem.NamedDay{Name: f.text(row + ".name"), From: f.day(row + ".from"), To: f.day(row + ".to")}
		if d.Name == "" && f.text(row+".from") == "" && f.text(row+".to") == "" {
			continue
		}
		if f.text(row+".to") != "" && d.To == tandem.NoDay {
			d.To = c.Today // said already to be no date
		}
		in.Calendar.Dates, at = append(in.Calendar.Dates, d), append(at, i)
	}
	if f.ok() {
		_, err = s.App.ChangeWorkspace(c.ctx(), c.Actor, c.Space, in)
	}
	if err := f.take(inRows(err, at)); err != nil {
		return err
	}
	if !f.ok() {
		return c.calendarPage(f.status(), f)
	}
	return c.redirect(ui.SettingsURL("calendar"), &toast{Key: "toast.saved"})
}

// rows gives how many rows of named days a form has.
func (f *form) rows() (n int) {
	for f.values.Has("dates." + strconv.Itoa(n) + ".name") {
		n++
	}
	return n
}

// inRows puts what is wrong with a day at the row in which it was typed.
func inRows(err error, at []int) error {
	for _, e := range tandem.All(err) {
		e.Field = strings.TrimPrefix(e.Field, "calendar.")
		tail, ok := strings.CutPrefix(e.Field, "dates.")
		n, name, _ := strings.Cut(tail, ".")
		if k, bad := strconv.Atoi(n); ok && bad == nil && k < len(at) {
			e.Field = "dates." + strconv.Itoa(at[k]) + "." + name
		}
	}
	return err
}

// dateRows gives the named days as they stand in the form, and empty rows.
func dateRows(f *form, w tandem.Workspace) (rows [][3]string) {
	if f.sent() {
		for i := range f.rows() {
			row := "dates." + strconv.Itoa(i)
			rows = append(rows, [3]string{f.text(row + ".name"), f.text(row + ".from"), f.text(row + ".to")})
		}
		return rows
	}
	all := slices.Clone(w.Calendar.Dates)
	slices.SortStableFunc(all, func(a, b tandem.NamedDay) int { return int(a.To - b.To) })
	for _, d := range all {
		from := ""
		if d.From != tandem.NoDay {
			from = d.From.String()
		}
		rows = append(rows, [3]string{d.Name, from, d.To.String()})
	}
	for range min(emptyDates, tandem.MostNamedDays-len(all)) {
		rows = append(rows, [3]string{})
	}
	return rows
}

// months are the months in which a year can begin.
func (c *call) months(on int) (out []ui.Option) {
	for m := 1; m <= 12; m++ {
		out = append(out, ui.Option{Value: strconv.Itoa(m), Label: c.Lang.Month(time.Month(m)), On: m == max(on, 1)})
	}
	return out
}
