// Package notify sends what the house has to say: it has the words written, and hands them over.
package notify

import (
	"context"
	"time"

	"tandem"
	"tandem/app"
	"tandem/notify/email"
	"tandem/notify/weekly"
)

// Post sends mails one after the other over one connection, which it opens when it is needed and again after
// an error. It is for one goroutine.
type Post struct {
	Settings email.Settings
	Base     string // address of the pages, without a slash at the end
	Now      func() time.Time
	conn     *email.Conn
}

// Send writes and hands over one mail; nil means that the server acknowledged it. An error of KindInvalid is
// for good. still is asked last of all, when the server waits for the text: its error keeps the mail back.
func (p *Post) Send(ctx context.Context, m tandem.Mail, l app.Letter, still func() error) (err error) {
	if p.conn == nil {
		if p.conn, err = p.Settings.Open(ctx); err != nil {
			return err
		}
	}
	t := weekly.Write(l, p.Base)
	err = p.conn.Send(ctx, email.Message{To: l.To.Email, Name: l.To.Name, Subject: t.Subject, Plain: t.Plain, HTML: t.HTML, Stop: t.Stop, ID: m.ID, At: p.Now(), Still: still})
	if err != nil {
		p.Close()
	}
	return err
}

// Close ends the connection, if there is one.
func (p *Post) Close() {
	if p.conn != nil {
		p.conn.Close()
		p.conn = nil
	}
}
