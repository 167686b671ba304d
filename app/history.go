package app

import (
	"context"
	"encoding/base64"
	"encoding/json"

	"tandem"
)

// remember keeps what stood before and after a change of one thing.
func (a *App) remember(ctx context.Context, h Writes, by tandem.Actor, ws tandem.WorkspaceID, kind string, object, sub int64, before, after any) error {
	e := tandem.HistoryEntry{Workspace: ws, Kind: kind, Object: object, Sub: sub, At: a.now(), By: by.Person}
	for _, x := range []struct {
		v  any
		to *string
	}{{before, &e.Before}, {after, &e.After}} {
		if x.v == nil {
			continue
		}
		b, err := json.Marshal(x.v)
		if err != nil {
			return err
		}
		*x.to = string(b)
	}
	return h.AddHistory(ctx, e)
}

// readCursor reads the mark of a page into v; "" is the first page.
func readCursor(cursor string, v any) error {
	if cursor == "" {
		return nil
	}
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || json.Unmarshal(b, v) != nil {
		return tandem.Invalid("from", "cursor_form", nil)
	}
	return nil
}

// writeCursor gives the mark of the page after v.
func writeCursor(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

func readJSON(text string, v any) error { return json.Unmarshal([]byte(text), v) }
