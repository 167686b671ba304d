// Package auth holds what sign-in rests on: password hashing with a bounded load, the check of new
// passwords, secrets of tokens, sessions, links and the set-up, the arithmetic of throttles, and the
// scopes of tokens. It stores nothing and reads no clock: callers hand in rows and the time.
package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"tandem"
)

// The cost of one hash: argon2id (RFC 9106) with 19 MiB and two passes, near 90 ms on a small machine.
const (
	hashMemory = 19 * 1024 // KiB
	hashPasses = 2
	hashLanes  = 1
	saltBytes  = 16
	keyBytes   = 32
)

// Bounds on a stored hash, so that a row from a foreign backup cannot ask for the whole machine.
const (
	maxMemory = 64 * 1024 // KiB
	maxPasses = 10
)

// How many hashes run at once, and how many more may wait for their turn (reliability F6).
const (
	hashParallel = 2
	hashQueue    = 20
)

// ErrBusy says that the queue for hashing is full: try again in a moment.
var ErrBusy = &tandem.Error{Kind: tandem.KindBusy, Code: "busy"}

// A Hasher hashes and verifies passwords, two at a time; 20 more wait, and the next is told ErrBusy.
// One Hasher serves a whole program.
type Hasher struct {
	places chan struct{} // running and waiting
	turns  chan struct{} // running
}

// NewHasher makes a Hasher.
func NewHasher() *Hasher {
	return &Hasher{places: make(chan struct{}, hashParallel+hashQueue), turns: make(chan struct{}, hashParallel)}
}

// Hash gives the hash of a password as a PHC text, "$argon2id$v=19$m=19456,t=2,p=1$salt$key", with a
// new salt. Errors: ErrBusy; that of ctx when it ends before the turn comes.
func (h *Hasher) Hash(ctx context.Context, password string) (phc string, err error) {
	s := stored{memory: hashMemory, passes: hashPasses, salt: make([]byte, saltBytes)}
	rand.Read(s.salt)
	s.key, err = h.key(ctx, password, s, keyBytes)
	if err != nil {
		return "", err
	}
	return s.String(), nil
}

// Verify tells whether the password is the one that phc was made of, in constant time over its key.
// A text that is no hash of ours is never right, and takes as long. Errors: as Hash.
func (h *Hasher) Verify(ctx context.Context, password, phc string) (bool, error) {
	s, ok := parsePHC(phc)
	if !ok {
		return false, h.VerifyDummy(ctx, password)
	}
	if utf8.RuneCountInString(password) > MaxPassword {
		password = "" // no password is empty: wrong, at the price of any other
	}
	key, err := h.key(ctx, password, s, uint32(len(s.key)))
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(key, s.key) == 1 && password != "", nil
}

// VerifyDummy spends the time of Verify, for an account that does not exist or has no password, so
// that the two cannot be told apart (reliability F7). Errors: as Hash.
func (h *Hasher) VerifyDummy(ctx context.Context, password string) error {
	if utf8.RuneCountInString(password) > MaxPassword {
		password = ""
	}
	_, err := h.key(ctx, password, stored{memory: hashMemory, passes: hashPasses, salt: make([]byte, saltBytes)}, keyBytes)
	return err
}

// Outdated tells whether phc was made with another cost than today's: hash again at the next sign-in.
func Outdated(phc string) bool {
	s, ok := parsePHC(phc)
	return !ok || s.memory != hashMemory || s.passes != hashPasses || len(s.key) != keyBytes
}

// key waits for a place and a turn, then computes.
func (h *Hasher) key(ctx context.Context, password string, s stored, length uint32) ([]byte, error) {
	select {
	case h.places <- struct{}{}:
	default:
		return nil, ErrBusy
	}
	defer func() { <-h.places }()
	select {
	case h.turns <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-h.turns }()
	return argon2.IDKey([]byte(password), s.salt, s.passes, s.memory, hashLanes, length), nil
}

// stored is a PHC text taken apart.
type stored struct {
	memory uint32 // KiB
	passes uint32
	salt   []byte
	key    []byte
}

func (s stored) String() string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, s.memory, s.passes, hashLanes,
		b64.EncodeToString(s.salt), b64.EncodeToString(s.key))
}

// parsePHC reads what String writes, within the bounds on cost.
func parsePHC(phc string) (s stored, ok bool) {
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return stored{}, false
	}
	var lanes int
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &s.memory, &s.passes, &lanes); n != 3 || err != nil {
		return stored{}, false
	}
	var errSalt, errKey error
	s.salt, errSalt = base64.RawStdEncoding.Strict().DecodeString(parts[4])
	s.key, errKey = base64.RawStdEncoding.Strict().DecodeString(parts[5])
	ok = errSalt == nil && errKey == nil && lanes == hashLanes &&
		s.memory >= 8 && s.memory <= maxMemory && s.passes >= 1 && s.passes <= maxPasses &&
		len(s.salt) >= 8 && len(s.salt) <= 64 && len(s.key) >= 16 && len(s.key) <= 64
	return s, ok && s.String() == phc // one spelling only
}
