package main

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// What is asked of mails: all of 2,000 people within a minute, and no page slower for a mail server that is dead
// or slow.
const (
	mailsWithin  = 60 * time.Second
	mailSlows    = 1.10
	mailWaiting  = 40 // people whose mail waits
	mailRounds   = 7
	mailRequests = 300
	mailStarts   = 25 * time.Second // the sender looks first after 20 seconds
)

// mails measures both.
func (b *bench) mails(ctx context.Context) error {
	if err := b.twoThousand(ctx); err != nil {
		return err
	}
	return b.badServers(ctx)
}

var runTook = regexp.MustCompile(`BenchmarkTwoThousandMails\S*\s+1\s+(\d+) ns/op`)

// twoThousand has the room of the jobs queue, write and hand over the mails of 2,000 people.
func (b *bench) twoThousand(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, "go", "test", "tandem/jobs", "-run", "^$", "-bench", "TwoThousandMails", "-benchtime", "1x", "-timeout", "20m")
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	m := runTook.FindSubmatch(out)
	if m == nil {
		return fmt.Errorf("no figure in\n%s", out)
	}
	ns, err := strconv.ParseInt(string(m[1]), 10, 64)
	if err != nil {
		return err
	}
	took := time.Duration(ns)
	b.add(row{what: "2,000 weekly mails queued, written and taken by SMTP", measured: fmt.Sprintf("%.1f s", took.Seconds()), asked: fmt.Sprintf("≤ %.0f s", mailsWithin.Seconds()), ok: took <= mailsWithin})
	return nil
}

// A badSMTP is a mail server that takes each connection and says nothing (pause 0), or answers each line only
// after a pause.
type badSMTP struct {
	l     net.Listener
	pause time.Duration
	met   atomic.Int64 // connections
}

func newBadSMTP(pause time.Duration) (*badSMTP, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &badSMTP{l: l, pause: pause}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			s.met.Add(1)
			go s.serve(c)
		}
	}()
	return s, nil
}

func (s *badSMTP) serve(c net.Conn) {
	defer c.Close()
	in := bufio.NewReader(c)
	if s.pause == 0 {
		_, _ = in.ReadByte()
		return
	}
	text, answer := false, "220 slow"
	for {
		time.Sleep(s.pause)
		if _, err := fmt.Fprintf(c, "%s\r\n", answer); err != nil {
			return
		}
		line, err := in.ReadString('\n')
		for text && err == nil && line != ".\r\n" {
			line, err = in.ReadString('\n')
		}
		if err != nil {
			return
		}
		text, answer = !text && strings.HasPrefix(line, "DATA"), "250 ok"
		if text {
			answer = "354 go"
		}
	}
}

// waiting gives the house people whose mail waits (the one that says that mails rest, for they have no goals), and a
// zone in which it is about noon: nothing is sent at night. The server must not run.
func waiting(ctx context.Context, path string) (err error) {
	db, err := openRaw(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	now := time.Now().UTC()
	ahead := 12 - now.Hour()
	zone := fmt.Sprintf("Etc/GMT%+d", -ahead)
	local := now.Add(time.Duration(ahead) * time.Hour)
	day := local.Unix() / 86400
	week := day - (day+3)%7
	const person = `INSERT INTO person (id, name, email, email_key, password, age_band, lang, zone, day_start, theme, show_all, keys_off, suspended, operator, epoch, personal, version, created)
		SELECT id + ?1, name, ?2, ?2, '', age_band, lang, ?3, day_start, theme, show_all, keys_off, suspended, operator, epoch, personal, version, created FROM person WHERE email = 'bench@example.org'`
	const reminder = `INSERT INTO reminder (person_id, state, weekday, hour, rest_days, week, next_at, sent, unanswered, version, created)
		SELECT id, 'quiet', 5, 16, 0, ?1, 9000000000000000, 0, 0, 1, 0 FROM person WHERE email LIKE 'waits%'`
	const mail = `INSERT INTO mail (person_id, kind, week, message_id, state, owner, lease_until, fence, tries, last_error, made, done)
		SELECT id, 'quiet', ?1, 'bench' || id, 'queued', '', 0, 0, 0, '', 0, 0 FROM person WHERE email LIKE 'waits%'`
	return inTx(ctx, db, func(tx *sql.Tx) error {
		for i := range mailWaiting {
			if _, err := tx.ExecContext(ctx, person, i+1, fmt.Sprintf("waits%d@example.org", i), zone); err != nil {
				return err
			}
		}
		_, err1 := tx.ExecContext(ctx, reminder, week)
		_, err2 := tx.ExecContext(ctx, mail, week)
		return errors.Join(err1, err2)
	})
}

// badServers asks for Today of three copies of one house, with mails that wait: without a mail server, with one
// that is dead, and with a slow one. Rounds are interleaved and begin when the senders are at work.
func (b *bench) badServers(ctx context.Context) error {
	first, err := b.newHouse(ctx, "mails", goalsOnPage)
	if err != nil {
		return err
	}
	if err := first.stop(); err != nil {
		return err
	}
	to, err := keys(ctx, first.database())
	if err != nil {
		return err
	}
	if err := errors.Join(fill(ctx, first.database(), to, 100, 24*time.Hour), waiting(ctx, first.database())); err != nil {
		return err
	}
	dead, err := newBadSMTP(0)
	if err != nil {
		return err
	}
	defer dead.l.Close()
	slow, err := newBadSMTP(500 * time.Millisecond)
	if err != nil {
		return err
	}
	defer slow.l.Close()
	names, servers := []string{"none", "dead", "slow"}, []*badSMTP{nil, dead, slow}
	houses, took := make([]*house, 3), make([][]measured, 3)
	for i, s := range servers {
		if houses[i], err = first.copyTo(filepath.Join(b.dir, "mails-"+names[i])); err != nil {
			return err
		}
		if s != nil {
			_, port, _ := net.SplitHostPort(s.l.Addr().String())
			houses[i].env = []string{"TANDEM_SMTP_HOST=127.0.0.1", "TANDEM_SMTP_PORT=" + port, "TANDEM_SMTP_TLS=none", "TANDEM_SMTP_PRIVATE=yes",
				"TANDEM_MAIL_FROM=tandem@example.org", "TANDEM_BASE_URL=http://127.0.0.1"}
		}
		if err := houses[i].serve(ctx); err != nil {
			return err
		}
		defer houses[i].stop()
		for g := range houses[i].goals {
			if err := houses[i].open(ctx, houses[i].goalPage(g)); err != nil {
				return err
			}
		}
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(mailStarts):
	}
	for round := range mailRounds {
		for i := range houses {
			at := (i + round) % len(houses) // no house is always the first
			h := houses[at]
			m := load{url: h.server.url + todayPath, header: h.asPerson(), conns: 1, count: mailRequests, d: 3 * patience}.run(ctx)
			if m.failed() > 0 {
				return fmt.Errorf("Today fails beside a %s mail server: %v", names[at], m.failures)
			}
			took[at] = append(took[at], m)
		}
	}
	if dead.met.Load() == 0 || slow.met.Load() == 0 {
		return fmt.Errorf("nobody tried to send: %d and %d connections", dead.met.Load(), slow.met.Load())
	}
	for i := 1; i < len(houses); i++ {
		var each []float64
		for r := range took[i] {
			each = append(each, ratio(took[i][r].p99, took[0][r].p99))
		}
		b.times(fmt.Sprintf("Today beside a %s mail server: p99", names[i]), median(each), mailSlows, "without one",
			fmt.Sprintf("%s, %d connections", ms(middle(took[i], func(m measured) time.Duration { return m.p99 })), servers[i].met.Load()), false)
	}
	return nil
}
