package app

import (
	"container/list"
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"math"
	"reflect"
	"sync"

	"tandem/analytics/forecast"
	"tandem/analytics/impact"
)

// A Worked keeps the last answers of the two engines by what they were asked, to the last bit: values, goal,
// time off, day. The engines give the same bits for the same question, so that an answer that is kept is never
// an old one, whatever was changed meanwhile and by whom. It holds questions of a few megabytes at most and
// drops what was not asked for longest. It is safe for concurrent use; a nil one keeps nothing.
//
// Whoever gets an answer shares it and changes nothing in its slices.
type Worked struct {
	mu     sync.Mutex
	most   int // bytes of all questions
	held   int
	byKey  map[workedKey]*list.Element
	recent *list.List // of *workedAnswer, the one asked for last in front
}

type workedKey [sha256.Size]byte

type workedAnswer struct {
	key    workedKey
	bytes  int
	answer any
}

// WorkedBytes is how many bytes of questions a server keeps; the answers are about as large.
const WorkedBytes = 4 << 20

// NewWorked gives one that holds questions of so many bytes.
func NewWorked(bytes int) *Worked {
	return &Worked{most: bytes, byKey: map[workedKey]*list.Element{}, recent: list.New()}
}

// forecast, moved and difference are the engines, asked once for each question.
func (w *Worked) forecast(q forecast.Goal) (forecast.Forecast, error) {
	return once(w, "forecast", q, forecast.Run)
}

func (w *Worked) moved(before, after forecast.Goal, now forecast.Forecast) (forecast.Shift, error) {
	return once(w, "moved", [2]forecast.Goal{before, after}, func(q [2]forecast.Goal) (forecast.Shift, error) { return forecast.MovedTo(q[0], q[1], now) })
}

func (w *Worked) difference(q impact.Question) (impact.Answer, error) {
	return once(w, "difference", q, impact.Run)
}

// once answers a question from what is kept, or works it out. An error is kept by nobody.
func once[Q, A any](w *Worked, kind string, q Q, run func(Q) (A, error)) (A, error) {
	if w == nil {
		return run(q)
	}
	key, bytes := keyOf(kind, reflect.ValueOf(q))
	if a, ok := w.get(key); ok {
		return a.(A), nil
	}
	a, err := run(q)
	if err == nil {
		w.put(&workedAnswer{key, bytes, a})
	}
	return a, err
}

func (w *Worked) get(key workedKey) (any, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	e, ok := w.byKey[key]
	if !ok {
		return nil, false
	}
	w.recent.MoveToFront(e)
	return e.Value.(*workedAnswer).answer, true
}

func (w *Worked) put(a *workedAnswer) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, ok := w.byKey[a.key]; ok || a.bytes > w.most {
		return
	}
	w.byKey[a.key] = w.recent.PushFront(a)
	w.held += a.bytes
	for w.held > w.most {
		last := w.recent.Remove(w.recent.Back()).(*workedAnswer)
		delete(w.byKey, last.key)
		w.held -= last.bytes
	}
}

// keyOf gives the fingerprint of a question and the bytes that it has.
func keyOf(kind string, q reflect.Value) (key workedKey, bytes int) {
	f := fingerprint{h: sha256.New(), room: make([]byte, 0, 4096)}
	f.room = append(f.room, kind...)
	f.add(q)
	f.flush()
	f.h.Sum(key[:0])
	return key, f.bytes
}

// A fingerprint takes in everything that a question holds, field by field, lengths included.
type fingerprint struct {
	h     hash.Hash
	room  []byte
	bytes int
}

func (f *fingerprint) flush() {
	f.h.Write(f.room)
	f.bytes += len(f.room)
	f.room = f.room[:0]
}

func (f *fingerprint) word(v uint64) {
	if len(f.room)+8 > cap(f.room) {
		f.flush()
	}
	f.room = binary.LittleEndian.AppendUint64(f.room, v)
}

// add takes in a value. The kinds are those that questions are made of; a test refuses any other.
func (f *fingerprint) add(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			f.add(v.Field(i))
		}
	case reflect.Slice, reflect.Array:
		f.word(uint64(v.Len()))
		for i := range v.Len() {
			f.add(v.Index(i))
		}
	case reflect.Float64:
		f.word(math.Float64bits(v.Float()))
	case reflect.Bool:
		if v.Bool() {
			f.word(1)
		} else {
			f.word(0)
		}
	case reflect.Int:
		f.word(uint64(v.Int()))
	case reflect.Uint8, reflect.Uint64:
		f.word(v.Uint())
	default:
		panic("a question holds a " + v.Kind().String())
	}
}
