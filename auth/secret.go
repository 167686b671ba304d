package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"io"
	"log/slog"
	"math/big"
	"strings"
)

// A Secret is a text that is shown to its owner once and must reach no log, error or dump: printed in
// any way it is "[secret]". Reveal is for the one place that hands it over.
type Secret string

const masked = "[secret]"

// Reveal gives the text itself.
func (s Secret) Reveal() string { return string(s) }

func (s Secret) String() string               { return masked }
func (s Secret) Format(f fmt.State, _ rune)   { io.WriteString(f, masked) } // every verb, %d and %x as well
func (s Secret) LogValue() slog.Value         { return slog.StringValue(masked) }
func (s Secret) MarshalText() ([]byte, error) { return []byte(masked), nil }

// tokenLabel begins every API token, so that people and secret scanners know it on sight.
const tokenLabel = "tandem_"

// Lengths in characters: 43 of base 62 hold 256 bits; 6 hold a CRC-32.
const (
	secretChars = 43
	sumChars    = 6
	prefixChars = len(tokenLabel) + 4
)

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// crockford is base 32 without the letters that are taken for digits or for each other (I, L, O, U).
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// NewToken makes an API token: "tandem_", 256 random bits in base 62, and a checksum by which a scanner
// or a client tells a real one from a look-alike. Store hash and prefix; show plain once.
func NewToken() (plain Secret, prefix, hash string) {
	body := randomText(base62, secretChars)
	text := tokenLabel + body + checksum(body)
	return Secret(text), text[:prefixChars], HashSecret(text)
}

// IsToken tells whether a text has the form and the checksum of a token: nothing else needs a look into
// the database.
func IsToken(s string) bool {
	rest, ok := strings.CutPrefix(s, tokenLabel)
	if !ok || len(rest) != secretChars+sumChars {
		return false
	}
	for _, c := range rest {
		if !strings.ContainsRune(base62, c) {
			return false
		}
	}
	return rest[secretChars:] == checksum(rest[:secretChars])
}

// checksum writes the CRC-32 (IEEE) of s in six characters of base 62.
func checksum(s string) string {
	n := crc32.ChecksumIEEE([]byte(s))
	out := [sumChars]byte{}
	for i := sumChars - 1; i >= 0; i-- {
		out[i] = base62[n%62]
		n /= 62
	}
	return string(out[:])
}

// NewSecret makes the secret of a session, an invitation or a sign-in link: 256 random bits in base 62,
// safe in a cookie and a URL. Store the hash.
func NewSecret() (plain Secret, hash string) {
	text := randomText(base62, secretChars)
	return Secret(text), HashSecret(text)
}

// HashSecret gives what is stored of a secret and looked up by: its SHA-256 in hex. Secrets from here
// have 256 random bits, so that a fast hash without salt is enough; passwords go through a Hasher.
func HashSecret(plain string) string {
	sum := sha256.Sum256([]byte(plain))
	return hex.EncodeToString(sum[:])
}

// NewCode makes a code that a person types, for the set-up and for cards: ten characters of base 32 in
// two groups, "7K3QX-M2P9D", 50 random bits. It is safe only behind a throttle. Store the hash.
func NewCode() (plain Secret, hash string) {
	text := randomText(crockford, 10)
	return Secret(text[:5] + "-" + text[5:]), HashSecret(text)
}

// HashCode gives the stored hash of a typed code: case, spaces and hyphens do not matter, O is read as
// 0, I and L as 1.
func HashCode(typed string) string {
	return HashSecret(strings.Map(func(r rune) rune {
		switch r {
		case ' ', '-', '–', '\u00a0', '\t':
			return -1
		case 'o', 'O':
			return '0'
		case 'i', 'I', 'l', 'L':
			return '1'
		}
		if r >= 'a' && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, typed))
}

// SameHash compares two stored hashes in constant time; an empty one equals nothing.
func SameHash(a, b string) bool {
	return a != "" && subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}

// randomText draws n characters of an alphabet, each equally likely.
func randomText(alphabet string, n int) string {
	out := make([]byte, n)
	size := big.NewInt(int64(len(alphabet)))
	for i := range out {
		c, err := rand.Int(rand.Reader, size)
		if err != nil {
			panic("auth: no randomness: " + err.Error()) // crypto/rand never returns an error
		}
		out[i] = alphabet[c.Int64()]
	}
	return string(out)
}
