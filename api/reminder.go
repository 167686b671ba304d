package api

import (
	"tandem/app"
	"tandem/notify/weekly"
	"tandem/policy"
)

func reminderOperations() []operation {
	return []operation{
		{id: "get-reminder", method: "GET", path: "/reminder", action: policy.Read, kind: policy.Account, out: app.ReminderView{}, summary: "Whether the weekly mail comes, and when", run: getReminder},
		{id: "set-reminder", method: "POST", path: "/reminder", action: policy.Change, kind: policy.Account, repeats: true, in: app.ReminderInput{}, out: app.ReminderView{}, summary: "Switch the weekly mail and say when it comes", run: setReminder},
		{id: "preview-reminder", method: "GET", path: "/reminder/preview", action: policy.Read, kind: policy.Today, out: weekly.Text{}, summary: "The weekly mail as it would be now, without links", run: previewReminder},
	}
}

func getReminder(c *call) (any, error) { return c.App.Reminder(c.ctx(), c.Actor) }

func setReminder(c *call) (any, error) {
	in, err := read[app.ReminderInput](c)
	if err != nil {
		return nil, err
	}
	return c.App.SetReminder(c.ctx(), c.Actor, in)
}

func previewReminder(c *call) (any, error) {
	l, err := c.App.PreviewLetter(c.ctx(), c.Actor)
	return weekly.Write(l, ""), err
}
