package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"tandem"
	"tandem/policy"
)

// Kinds of entries.
const (
	EntryValue    = "value"
	EntryUse      = "use"
	EntryPractice = "practice"
	EntryLesson   = "lesson"
	EntryLine     = "line"
	EntryTick     = "tick" // of a micro-goal
	EntryUndo     = "undo" // takes back the entry with the same key, also before that comes
)

// An EntryInput is something that was logged on a device and is sent later. What it becomes hangs on what it
// says alone, not on when or in which order it comes, nor on how often.
type EntryInput struct {
	Key        string               `json:"key"`                  // the device's own, one for each entry; a repeat with the same key is free
	Kind       string               `json:"kind"`                 // value, use, practice, lesson, line, tick or undo
	Made       tandem.Instant       `json:"made,omitzero"`        // when it was entered, by the device's clock
	Today      tandem.Day           `json:"today,omitzero"`       // the day that it was then where the device was
	Day        tandem.Day           `json:"day,omitzero"`         // what it is about; today unless said
	Metric     tandem.MetricID      `json:"metric,omitzero"`      // of a value
	Goal       tandem.GoalID        `json:"goal,omitzero"`        // of a practice or lesson; of a value, the result that it decides, in place of its number
	Part       string               `json:"part,omitempty"`       // of a result with a ratio: numerator or denominator
	Technique  tandem.TechniqueID   `json:"technique,omitzero"`   // of a use
	Techniques []tandem.TechniqueID `json:"techniques,omitempty"` // used for a value
	Micro      tandem.MicroGoalID   `json:"micro,omitzero"`       // of a tick
	Value      *float64             `json:"value,omitempty"`      // of a value; what a tick adds, the micro-goal's own amount unless said
	State      tandem.State         `json:"state,omitempty"`      // of a value or tick: value unless said
	Minutes    float64              `json:"minutes,omitempty"`
	Enjoyment  int                  `json:"enjoyment,omitempty"`
	Activity   string               `json:"activity,omitempty"`
	Note       string               `json:"note,omitempty" tandem:"lines"` // of a value, use or tick
	Text       string               `json:"text,omitempty" tandem:"lines"` // a lesson, the line, or what a practice taught
}

// What became of an entry.
const (
	EntryAdded   = "added"
	EntryAgain   = "again"   // it was there already
	EntryUndone  = "undone"  // it was taken back, now or before
	EntryRefused = "refused" // Errors say why; nothing was kept, so that it can be sent again with its key
)

// An EntryDone is what became of an entry. Late says that a value is about a result that had its closing
// already: the closing stays as it was, and the history of the value says when it came.
type EntryDone struct {
	Key    string          `json:"key"`
	Did    string          `json:"did"`
	Late   bool            `json:"late,omitempty"`
	Errors tandem.Errors   `json:"-"`
	Goals  []tandem.GoalID `json:"-"` // results that it decides
}

// MostEntries is how many entries one call takes.
const MostEntries = 500

// maxEntryKey is the longest key of an entry, in characters.
const maxEntryKey = 100

// entryRoute is where keys of entries are kept, beside those of requests and forms.
const entryRoute = "entry"

// An entryRecord is what is kept under the key of an entry: what it became, and for a value the place that
// it asked for.
type entryRecord struct {
	Made     tandem.Instant    `json:"made,omitzero"`
	Wanted   tandem.Instant    `json:"wanted,omitzero"`
	Metric   tandem.MetricID   `json:"metric,omitzero"`
	Goal     tandem.GoalID     `json:"goal,omitzero"`
	Practice tandem.PracticeID `json:"practice,omitzero"`
	Lesson   tandem.LessonID   `json:"lesson,omitzero"`
	Uses     []entryUse        `json:"uses,omitempty"`
	Late     bool              `json:"late,omitempty"`
	Came     bool              `json:"came,omitempty"` // the entry itself, and not its undo alone
	Undone   bool              `json:"undone,omitempty"`
}

type entryUse struct {
	Technique tandem.TechniqueID `json:"technique"`
	ID        tandem.UseID       `json:"id"`
}

// SendEntries keeps what a device logged, each entry once for its key, at most MostEntries in one
// transaction. Any order of the same entries, repeats and undos included, leaves the same. An entry that
// cannot be accepted is told and the others stand. It does not renew what pages keep; Refresh does.
func (a *App) SendEntries(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, entries []EntryInput) (out []EntryDone, err error) {
	defer tandem.Wrap(&err, "send entries")
	if err := may(by, policy.Log, policy.Resource{Kind: policy.Observation, Workspace: ws, Owner: by.Person, Visibility: tandem.OnlyMe}); err != nil {
		return nil, err
	}
	if len(entries) == 0 || len(entries) > MostEntries {
		return nil, tandem.Invalid("entries", "int_range", tandem.Args{"field": "entries", "lo": 1, "hi": MostEntries})
	}
	err = a.Store.InTx(ctx, func(tx Tx) error {
		b := &entryBatch{app: a, tx: tx, h: tx.For(by), by: by, ws: ws, now: a.now(), numbers: map[tandem.MetricID]tandem.Metric{},
			decided: map[tandem.MetricID][]tandem.PerformanceGoal{}, touched: map[tandem.MetricID]bool{}, events: map[entryEvent]bool{}}
		person, err := b.h.Person(ctx)
		if err != nil {
			return err
		}
		b.person = person
		b.latest = max(person.Today(b.now.Time()), tandem.DayOf(b.now.Time(), time.FixedZone("", 14*3600), 0))
		out = make([]EntryDone, 0, len(entries))
		for _, in := range entries {
			d, err := b.take(ctx, in)
			if err != nil {
				return err
			}
			out = append(out, d)
		}
		return nil
	})
	return out, err
}

// An entryBatch is one call under way in its transaction.
type entryBatch struct {
	app    *App
	tx     Tx
	h      Writes
	by     tandem.Actor
	ws     tandem.WorkspaceID
	person tandem.Person
	now    tandem.Instant
	latest tandem.Day // that it can be anywhere on earth: where the device was is not known here
	names  *lineNames // read when the first line comes

	// what entries of one batch share, read or done when the first of them comes
	source  tandem.SourceID
	numbers map[tandem.MetricID]tandem.Metric
	decided map[tandem.MetricID][]tandem.PerformanceGoal
	touched map[tandem.MetricID]bool
	events  map[entryEvent]bool
}

type entryEvent struct {
	kind   string
	object int64
}

// number gives a number whose values the actor may write.
func (b *entryBatch) number(ctx context.Context, id tandem.MetricID) (m tandem.Metric, err error) {
	m, ok := b.numbers[id]
	if !ok {
		if m, err = loggedOn(ctx, b.h, b.by, b.ws, id); err == nil {
			b.numbers[id] = m
		}
	}
	return m, err
}

// touch locks the values of a number.
func (b *entryBatch) touch(ctx context.Context, id tandem.MetricID) error {
	if b.touched[id] {
		return nil
	}
	b.touched[id] = true
	return b.h.TouchData(ctx, b.ws, id)
}

// emit tells of a thing once in a batch.
func (b *entryBatch) emit(e entryEvent) error {
	if e.kind == "" || b.events[e] {
		return nil
	}
	b.events[e] = true
	return b.app.emit(b.tx, b.by, b.ws, e.kind, e.object)
}

// take does what one entry says. It checks everything before it writes, so that what is refused has left
// nothing in the transaction.
func (b *entryBatch) take(ctx context.Context, in EntryInput) (d EntryDone, err error) {
	d = EntryDone{Key: in.Key}
	if err := b.check(in); err != nil {
		return d.refused(err)
	}
	if in.Kind == EntryUndo {
		return b.undo(ctx, d)
	}
	sum, err := bodyOf(in)
	if err != nil {
		return d, err
	}
	rec, body, found, err := b.record(ctx, in.Key)
	if err != nil {
		return d, err
	}
	if found && rec.Came {
		return rec.again(d, body == sum || body == "")
	}
	p, err := b.plan(ctx, in)
	if err != nil {
		if found { // taken back before it came: there is nothing to keep and nothing to mend
			d.Did = EntryUndone
			return d, nil
		}
		return d.refused(err)
	}
	if !found {
		first, err := b.h.TakeKey(ctx, b.ws, entryRoute, in.Key, sum, b.now)
		if err != nil {
			return d, err
		}
		if !first { // it came by another way at the same moment
			if rec, body, _, err = b.record(ctx, in.Key); err != nil {
				return d, err
			}
			return rec.again(d, body == sum)
		}
	}
	return b.keep(ctx, d, p, rec.Undone)
}

// keep writes what an entry became, under its key. One that was taken back before it came is written and
// taken back: that leaves what the other order leaves.
func (b *entryBatch) keep(ctx context.Context, d EntryDone, p *entryPlan, undone bool) (EntryDone, error) {
	d.Did = EntryAdded
	if p.form != "" {
		first, err := b.h.FirstTime(ctx, b.ws, p.form, d.Key, b.now)
		if err != nil {
			return d, err
		}
		if !first { // the page's own form was sent with this key, and its answer was lost
			d.Did = EntryAgain
			return d, b.setRecord(ctx, d.Key, entryRecord{Came: true})
		}
	}
	if err := b.write(ctx, p); err != nil {
		return d, err
	}
	rec := p.record()
	d.Late, d.Goals = rec.Late, p.goals
	if undone {
		d.Did, rec.Undone = EntryUndone, true
		if err := b.takeBack(ctx, d.Key, rec); err != nil {
			return d, err
		}
	}
	return d, b.setRecord(ctx, d.Key, rec)
}

// undo takes back the entry with a key, or keeps that it is to be taken back when it comes.
func (b *entryBatch) undo(ctx context.Context, d EntryDone) (EntryDone, error) {
	d.Did = EntryUndone
	first, err := b.h.TakeKey(ctx, b.ws, entryRoute, d.Key, "", b.now)
	if err != nil {
		return d, err
	}
	if first {
		return d, b.setRecord(ctx, d.Key, entryRecord{Undone: true})
	}
	rec, _, _, err := b.record(ctx, d.Key)
	if err != nil || rec.Undone {
		return d, err
	}
	if rec.made() == 0 { // a form of the pages had done it: there it is taken back
		d.Did = EntryAgain
		return d, nil
	}
	if err := b.mayTakeBack(ctx, rec); err != nil {
		return d.refused(err)
	}
	if err := b.takeBack(ctx, d.Key, rec); err != nil {
		return d, err
	}
	rec.Undone = true
	return d, b.setRecord(ctx, d.Key, rec)
}

// refused tells of an entry why it cannot be accepted; an error that is not about the entry stays one.
func (d EntryDone) refused(err error) (EntryDone, error) {
	for _, e := range tandem.All(err) {
		switch e.Kind {
		case tandem.KindInvalid, tandem.KindNotFound, tandem.KindDenied:
			d.Errors = append(d.Errors, e)
		default:
			return d, err
		}
	}
	if d.Errors == nil {
		return d, err
	}
	d.Did = EntryRefused
	return d, nil
}

// made tells how many things an entry made.
func (rec entryRecord) made() int {
	n := len(rec.Uses)
	for _, id := range []int64{int64(rec.Metric), int64(rec.Practice), int64(rec.Lesson)} {
		if id != 0 {
			n++
		}
	}
	return n
}

// again answers an entry that was there already; same tells whether it says what it said then.
func (rec entryRecord) again(d EntryDone, same bool) (EntryDone, error) {
	if !same {
		return d.refused(tandem.Invalid("key", "key_reused", nil))
	}
	d.Did, d.Late = EntryAgain, rec.Late
	if rec.Undone {
		d.Did = EntryUndone
	}
	return d, nil
}

// check refuses what no entry can say.
func (b *entryBatch) check(in EntryInput) error {
	var es tandem.Errors
	if in.Key == "" || len(in.Key) > maxEntryKey {
		es.Add("key", "entry_key", tandem.Args{"limit": maxEntryKey})
	}
	for i := range len(in.Key) {
		if in.Key[i] <= ' ' || in.Key[i] > '~' {
			es.Add("key", "entry_key", tandem.Args{"limit": maxEntryKey})
			break
		}
	}
	switch in.Kind {
	case EntryUndo:
		return es.Err()
	case EntryValue, EntryUse, EntryPractice, EntryLesson, EntryLine, EntryTick:
	default:
		es.Add("kind", "one_of", tandem.Args{"field": "kind", "allowed": "value, use, practice, lesson, line, tick, undo"})
	}
	there := tandem.DayOf(in.Made.Time(), time.UTC, 0)
	switch {
	case in.Made < firstMade:
		es.Add("made", "entry_made", nil)
	case in.Made.Time().Sub(b.now.Time()) > clockAhead:
		es.Add("made", "entry_ahead", nil)
	case in.Today < there-1 || in.Today > there+1:
		es.Add("today", "entry_today", nil)
	}
	if in.Day != 0 && in.Day > in.Today {
		es.Add("day", "value_in_future", nil)
	}
	return es.Err()
}

const (
	firstMade  = tandem.Instant(1577836800_000_000) // 2020-01-01, before which there are no ids
	clockAhead = 24 * time.Hour                     // by which a device's clock may be wrong
)

// bodyOf gives the hash by which a repeat is told from another entry with the same key.
func bodyOf(in EntryInput) (string, error) {
	b, err := json.Marshal(in)
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), err
}

// record gives what is kept under a key of the actor's.
func (b *entryBatch) record(ctx context.Context, key string) (rec entryRecord, body string, found bool, err error) {
	body, r, found, err := b.h.KeyReply(ctx, b.ws, entryRoute, key)
	if err == nil && found && r.Body != "" {
		err = json.Unmarshal([]byte(r.Body), &rec)
	}
	return rec, body, found, err
}

func (b *entryBatch) setRecord(ctx context.Context, key string, rec entryRecord) error {
	text, err := json.Marshal(rec)
	if err != nil {
		return err
	}
	return b.h.SetKeyReply(ctx, b.ws, entryRoute, key, tandem.KeptReply{Status: 200, Body: string(text)})
}
