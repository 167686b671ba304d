package app

import (
	"context"
	"time"

	"tandem"
)

// Keys makes and checks credentials; the wiring fills it from the room auth. Secrets leave it once, in
// the clear, for the one who is to hold them; only their hashes are stored.
type Keys struct {
	Hasher
	// CheckPassword refuses a password that is too short or long, common, or the person's own name.
	CheckPassword func(password, email, name string) error
	// NewSecret is for sessions, invitations and links, NewToken for tokens, NewCode for the set-up.
	NewSecret  func() (plain, hash string)
	NewToken   func() (plain, prefix, hash string)
	NewCode    func() (plain, hash string)
	HashSecret func(plain string) string
	HashCode   func(typed string) string
	// Scopes puts a token's rights in order and refuses an unknown one, or none.
	Scopes func(words []string) ([]string, error)
	// Account and Address count tries; wider limits are for addresses, behind which many may sit.
	Account Attempt
	Address Attempt
}

// A Hasher hashes passwords. It is slow on purpose and bounded: a full queue is an error of KindBusy.
type Hasher interface {
	Hash(ctx context.Context, password string) (phc string, err error)
	Verify(ctx context.Context, password, phc string) (bool, error)
	// VerifyDummy takes as long as Verify, for an account that does not exist.
	VerifyDummy(ctx context.Context, password string) error
}

// A Throttle counts the tries that were let through since WindowStart; none is before NextAt.
type Throttle struct {
	Count       int
	WindowStart tandem.Instant
	NextAt      tandem.Instant
}

// An Attempt asks for one try. A wait above zero means that it is refused and was not counted.
type Attempt func(t Throttle, now tandem.Instant) (next Throttle, wait time.Duration)

type throttle interface {
	~struct {
		Count       int
		WindowStart tandem.Instant
		NextAt      tandem.Instant
	}
}

// Attempts gives a counter that has a type of its own as an Attempt.
func Attempts[T throttle](f func(T, tandem.Instant) (T, time.Duration)) Attempt {
	return func(t Throttle, now tandem.Instant) (Throttle, time.Duration) {
		next, wait := f(T(t), now)
		return Throttle(next), wait
	}
}

type secret interface{ Reveal() string }

// Shown gives a maker of masked secrets as one of texts.
func Shown[S secret](f func() (S, string)) func() (plain, hash string) {
	return func() (string, string) {
		s, hash := f()
		return s.Reveal(), hash
	}
}

// ShownToken is Shown for tokens, which have a prefix to tell them apart.
func ShownToken[S secret](f func() (S, string, string)) func() (plain, prefix, hash string) {
	return func() (string, string, string) {
		s, prefix, hash := f()
		return s.Reveal(), prefix, hash
	}
}

// Words gives a parser of rights that has a type of its own as one that puts the words in order.
func Words[S interface{ Words() []string }](f func([]string) (S, error)) func([]string) ([]string, error) {
	return func(words []string) ([]string, error) {
		s, err := f(words)
		if err != nil {
			return nil, err
		}
		return s.Words(), nil
	}
}
