package auth

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tandem"
)

const good = "a quiet river bends"

func TestAPasswordVerifiesAndNoOtherDoes(t *testing.T) {
	h, ctx := NewHasher(), context.Background()
	phc, err := h.Hash(ctx, good)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(phc, "$argon2id$v=19$m=19456,t=2,p=1$") || Outdated(phc) {
		t.Errorf("hash %q", phc)
	}
	again, _ := h.Hash(ctx, good)
	if again == phc {
		t.Error("two hashes of one password share their salt")
	}
	for password, want := range map[string]bool{good: true, good + " ": false, "": false, strings.Repeat("x", 257): false} {
		if ok, err := h.Verify(ctx, password, phc); ok != want || err != nil {
			t.Errorf("%q: %v, %v", password, ok, err)
		}
	}
}

func TestATextThatIsNoHashVerifiesNothing(t *testing.T) {
	h, ctx := NewHasher(), context.Background()
	for _, phc := range []string{
		"", good, "$argon2id$v=19$m=19456,t=2,p=1$$", "$argon2i$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=9999999,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA", // asks for 10 GB
		"$argon2id$v=19$m=19456,t=99,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=+19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=16$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
	} {
		if _, ok := parsePHC(phc); ok || !Outdated(phc) {
			t.Errorf("%q is taken for a hash", phc)
		}
	}
	if ok, err := h.Verify(ctx, good, "not a hash"); ok || err != nil {
		t.Errorf("%v, %v", ok, err)
	}
	if s, ok := parsePHC("$argon2id$v=19$m=8192,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA"); !ok || !Outdated(s.String()) {
		t.Error("a hash of an older cost is read and told to be outdated")
	}
}

func TestAnEmptyOrOverlongPasswordIsNeverRight(t *testing.T) {
	h, ctx := NewHasher(), context.Background()
	phc, err := h.Hash(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, password := range []string{"", strings.Repeat("x", 257)} {
		if ok, _ := h.Verify(ctx, password, phc); ok {
			t.Errorf("%d characters verify", len(password))
		}
	}
}

func TestTheQueueForHashingIsBounded(t *testing.T) {
	h := NewHasher()
	for range hashParallel { // two that run and do not end
		h.places <- struct{}{}
		h.turns <- struct{}{}
	}
	ctx, cancel := context.WithCancel(context.Background())
	var waiting sync.WaitGroup
	failed := make(chan error, hashQueue)
	for range hashQueue {
		waiting.Go(func() {
			_, err := h.Hash(ctx, good)
			failed <- err
		})
	}
	for len(h.places) < hashParallel+hashQueue {
		runtime.Gosched()
	}
	if _, err := h.Hash(context.Background(), good); !errors.Is(err, ErrBusy) || tandem.KindOf(err) != tandem.KindBusy {
		t.Errorf("the 23rd is told %v", err)
	}
	if err := h.VerifyDummy(context.Background(), good); !errors.Is(err, ErrBusy) {
		t.Errorf("the dummy is told %v", err)
	}
	cancel()
	waiting.Wait()
	for range hashQueue {
		if err := <-failed; !errors.Is(err, context.Canceled) {
			t.Errorf("one that waited is told %v", err)
		}
	}
	<-h.turns
	<-h.places
	if _, err := h.Hash(context.Background(), good); err != nil {
		t.Errorf("with a free turn: %v", err)
	}
}

func TestAnUnknownAccountTakesAsLongAsAKnownOne(t *testing.T) {
	h, ctx := NewHasher(), context.Background()
	phc, err := h.Hash(ctx, good)
	if err != nil {
		t.Fatal(err)
	}
	quickest := func(f func()) time.Duration {
		best := time.Hour
		for range 6 {
			start := time.Now()
			f()
			best = min(best, time.Since(start))
		}
		return best
	}
	known := quickest(func() { h.Verify(ctx, "wrong "+good, phc) })
	unknown := quickest(func() { h.VerifyDummy(ctx, good) })
	long := quickest(func() { h.Verify(ctx, strings.Repeat("x", 5000), phc) })
	broken := quickest(func() { h.Verify(ctx, good, "not a hash") })
	t.Logf("known %v, unknown %v, too long %v, broken %v", known, unknown, long, broken)
	for _, d := range []time.Duration{unknown, long, broken} {
		if r := float64(d) / float64(known); r < 0.6 || r > 1.7 {
			t.Errorf("known %v, other %v", known, d)
		}
	}
}

func TestPasswordsThatAreAccepted(t *testing.T) {
	for _, p := range []string{
		good, "correct horse battery staple", "Wer reitet so spät durch Nacht?", "日本語のとても長いパスワードです", "k9#Vq!27zLm@4xT",
		"anna likes blue whales", "83650274916350284", strings.Repeat("ab cd ef gh ", 21) + "ijk",
	} {
		if err := CheckPassword(p, "anna.schmidt@example.org", "Anna Schmidt"); err != nil {
			t.Errorf("%q: %v", p, err)
		}
	}
}

func TestPasswordsThatAreRefused(t *testing.T) {
	for p, code := range map[string]string{
		"":                          "password_short",
		"fourteen chars":            "password_short",
		"ünïcödé chars":             "password_short",
		"password":                  "password_common",
		"password1234567":           "password_common", // reliability row 30
		"Password1234567!":          "password_common",
		"20262026iloveyou":          "password_common",
		"passwordpassword":          "password_common",
		"dragondragondragon1":       "password_common",
		"qwertyuiop12345":           "password_common",
		strings.Repeat("x", 257):    "password_long",
		strings.Repeat("a", 20):     "password_pattern",
		"abababababababab":          "password_pattern",
		"xxyzzyxyxzzyxxyzy":         "password_pattern",
		"abcdefghijklmnopq":         "password_pattern",
		"98765432109876543210":      "password_pattern",
		"xk4!xk4!xk4!xk4!":          "password_pattern",
		"annaschmidt12345":          "password_personal",
		"Schmidt-Anna-2026":         "password_personal",
		"anna.schmidt@example.org":  "password_personal",
		"TandemTandem2026":          "password_personal",
		"\xff\xfe broken but long ": "text_bad_utf8",
	} {
		err := CheckPassword(p, "anna.schmidt@example.org", "Anna Schmidt")
		var e *tandem.Error
		if !errors.As(err, &e) || e.Code != code || e.Field != "password" || e.Kind != tandem.KindInvalid {
			t.Errorf("%q: got %v, want %s", p, err, code)
		}
		if err != nil && len(p) > 8 && strings.Contains(err.Error(), p) {
			t.Errorf("the error tells the password: %v", err)
		}
	}
}

func TestTheListIsWholeAndSorted(t *testing.T) {
	z, err := gzip.NewReader(bytes.NewReader(commonList))
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for lines := bufio.NewScanner(z); lines.Scan(); {
		words = append(words, lines.Text())
	}
	if len(words) != 49223 || !slices.IsSorted(words) {
		t.Errorf("%d words, sorted %v", len(words), slices.IsSorted(words))
	}
	for _, w := range []string{words[0], words[len(words)-1], "password", "qwertyuiop"} {
		if !isCommon(w) {
			t.Errorf("%q is listed but not found", w)
		}
	}
}

func TestLookingUpACommonPasswordLeavesNothingInMemory(t *testing.T) {
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before, start := heap(), time.Now()
	for range 10 {
		if isCommon(good) {
			t.Fatal("listed")
		}
	}
	took, after := time.Since(start)/10, heap()
	t.Logf("%v a look, heap %+d bytes", took, int64(after)-int64(before))
	if after > before+1<<20 {
		t.Errorf("heap grew from %d to %d", before, after)
	}
}

func TestATokenIsKnownByItsForm(t *testing.T) {
	plain, prefix, hash := NewToken()
	text := plain.Reveal()
	if !IsToken(text) || len(text) != 56 || !strings.HasPrefix(text, prefix) || len(prefix) != 11 || hash != HashSecret(text) || len(hash) != 64 {
		t.Errorf("token of %d characters, prefix %q, hash %q", len(text), prefix, hash)
	}
	for i := range text { // any one wrong character is noticed
		wrong := []byte(text)
		wrong[i] = 'x' + wrong[i]&1
		if string(wrong) != text && IsToken(string(wrong)) {
			t.Errorf("character %d does not matter", i)
		}
	}
	for _, s := range []string{"", "tandem_", text[:55], text + "A", "tandem_" + strings.Repeat("é", 49)} {
		if IsToken(s) {
			t.Errorf("%q is taken for a token", s)
		}
	}
	if other, _, _ := NewToken(); other == plain {
		t.Error("two tokens are the same")
	}
}

func TestSecretsArePrintedByNoWay(t *testing.T) {
	token, _, _ := NewToken()
	secret, hash := NewSecret()
	code, _ := NewCode()
	if len(secret.Reveal()) != 43 || hash != HashSecret(secret.Reveal()) {
		t.Errorf("secret of %d characters", len(secret.Reveal()))
	}
	for _, s := range []Secret{token, secret, code} {
		var log bytes.Buffer
		slog.New(slog.NewTextHandler(&log, nil)).Info("made", "secret", s)
		js, err := json.Marshal(map[string]any{"s": s})
		if err != nil {
			t.Fatal(err)
		}
		out := fmt.Sprintf("%v %+v %#v %s %q %x %d %v", s, s, s, s, s, s, s, []any{s, struct{ S Secret }{s}}) + log.String() + string(js)
		if strings.Contains(out, s.Reveal()) || strings.Contains(out, fmt.Sprintf("%x", s.Reveal())) || !strings.Contains(out, masked) {
			t.Errorf("the secret is told: %s", out)
		}
	}
}

func TestACodeIsReadAsPeopleTypeIt(t *testing.T) {
	for range 200 {
		plain, hash := NewCode()
		text := plain.Reveal()
		if len(text) != 11 || strings.ContainsAny(text, "ILOU") {
			t.Fatalf("code %q", text)
		}
		typed := strings.NewReplacer("0", "o", "1", "l").Replace(" " + strings.ToLower(strings.ReplaceAll(text, "-", " ")) + " ")
		if !SameHash(HashCode(typed), hashOf(t, text, hash)) {
			t.Fatalf("%q typed as %q is not known", text, typed)
		}
	}
	if SameHash("", "") || SameHash(HashCode("a"), HashCode("b")) {
		t.Error("different hashes are the same")
	}
}

// hashOf checks that what is stored is the hash of the code as it is shown.
func hashOf(t *testing.T, shown, stored string) string {
	t.Helper()
	if HashCode(shown) != stored {
		t.Fatalf("%q as shown does not have the stored hash", shown)
	}
	return stored
}

const second = tandem.Instant(1e6)

// run tries as often as it can for a span and gives the instants at which a try was let through.
func run(l Limit, from, until tandem.Instant, step tandem.Instant) (through []tandem.Instant) {
	var th Throttle
	for now := from; now < until; now += step {
		next, wait := l.Attempt(th, now)
		if th = next; wait == 0 {
			through = append(through, now)
		}
	}
	return through
}

func TestAnAccountIsTriedTenTimesThenEverMoreSlowly(t *testing.T) {
	start := 1000 * second
	through := run(AccountLimit(), start, start+6*3600*second, second)
	var waits []int64
	for i, at := range through[9:] {
		if i > 0 {
			waits = append(waits, int64((at-through[9+i-1])/second))
		}
	}
	if through[9] != start+9*second || !slices.Equal(waits[:4], []int64{900, 1800, 3600, 3600}) {
		t.Errorf("tenth try at %d, waits %v", through[9], waits)
	}
}

func TestAtMostTenTriesFallIntoAnyQuarterOfAnHour(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l, th, now := AccountLimit(), Throttle{}, tandem.Instant(0)
		var through []tandem.Instant
		for range rapid.IntRange(1, 300).Draw(t, "tries") {
			now += tandem.Instant(rapid.IntRange(0, 1000).Draw(t, "gap")) * second
			next, wait := l.Attempt(th, now)
			if wait < 0 || wait > time.Hour {
				t.Fatalf("wait of %v", wait)
			}
			if wait > 0 && next != th {
				t.Fatal("a refused try changes the throttle")
			}
			if th = next; wait == 0 {
				through = append(through, now)
			}
		}
		for i := range through {
			if i >= 10 && through[i]-through[i-10] < 900*second {
				t.Fatalf("tries %d to %d lie within %d s", i-10, i, (through[i]-through[i-10])/second)
			}
		}
	})
}

func TestAnAddressGetsAHundredTriesAnHour(t *testing.T) {
	if n := len(run(AddressLimit(), 0, 3600*second, second)); n != 100 {
		t.Errorf("%d tries in the first hour", n)
	}
	// Whoever never stops gets a hundred, an hour of waiting, and a hundred again.
	through := run(AddressLimit(), 0, 4*3600*second, second)
	if len(through) != 400 || through[100]-through[99] != 3600*second {
		t.Errorf("%d tries in four hours, %v after the hundredth", len(through), through[100]-through[99])
	}
	// A class of 30 that mistypes now and then all day is never stopped.
	if n := len(run(AddressLimit(), 0, 8*3600*second, 60*second)); n != 8*60 {
		t.Errorf("one try a minute for eight hours: %d of %d", n, 8*60)
	}
}

func TestAThrottleForgetsAfterQuietAndAfterSuccess(t *testing.T) {
	l := AccountLimit()
	var th Throttle
	for i := range 10 {
		th, _ = l.Attempt(th, tandem.Instant(i)*second)
	}
	if _, wait := l.Attempt(th, th.NextAt-1); wait != time.Microsecond {
		t.Errorf("a microsecond too early: %v", wait)
	}
	if _, wait := l.Attempt(th, th.NextAt); wait != 0 {
		t.Errorf("on time: %v", wait)
	}
	_, wait := l.Attempt(th, 10*second)
	if wait != 899*time.Second || Seconds(wait) != 899 || Seconds(time.Millisecond) != 1 {
		t.Errorf("wait %v", wait)
	}
	next, wait := l.Attempt(th, th.NextAt+900*second)
	if wait != 0 || next.Count != 1 {
		t.Errorf("after quiet: %+v, %v", next, wait)
	}
	if next, wait = l.Attempt(Succeeded(), 11*second); wait != 0 || next.Count != 1 {
		t.Errorf("after success: %+v, %v", next, wait)
	}
	if r := Refund(th, 10*second); r.Count != 9 || r.NextAt != 10*second {
		t.Errorf("refunded: %+v", r)
	}
	if r := Refund(Throttle{}, 0); r.Count != 0 {
		t.Errorf("refund of nothing: %+v", r)
	}
}

func TestAClockSetBackLocksNobodyOut(t *testing.T) {
	l := AccountLimit()
	var th Throttle
	year := 365 * 86400 * second
	for range 12 {
		th, _ = l.Attempt(th, max(year, th.NextAt))
	}
	if _, wait := l.Attempt(th, 0); wait > time.Hour {
		t.Errorf("waits %v", wait)
	}
}

func TestScopesReadBackAndAllowWhatTheyName(t *testing.T) {
	names := ScopeNames()
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfNDistinct(rapid.SampledFrom(names), 1, 5, rapid.ID[string]).Draw(t, "words")
		s, err := ParseScopes(words)
		if err != nil {
			t.Fatal(err)
		}
		again, err := ParseScopes(s.Words())
		if err != nil || again != s || strings.Join(s.Words(), " ") != s.String() {
			t.Fatalf("%v reads back as %v, %v", s, again, err)
		}
		for _, name := range names[:len(names)-1] {
			verb, noun, _ := strings.Cut(name, ":")
			want := slices.Contains(words, name) || slices.Contains(words, ScopeAll)
			if s.Allows(verb, noun) != want || (s.Require(verb, noun) == nil) != want {
				t.Fatalf("%v allows %s: %v", s, name, !want)
			}
		}
	})
}

func TestUnknownScopesAreRefusedAndAllowedToNobody(t *testing.T) {
	for word, code := range map[string]string{
		"goals": "scope_unknown", "read:": "scope_unknown", "READ:goals": "scope_unknown", "write:today": "scope_unknown",
		"write:exports": "scope_unknown", "delete:goals": "scope_unknown", "read:goals:x": "scope_unknown", "": "scope_unknown",
	} {
		_, err := ParseScopes([]string{"read:goals", word})
		var e *tandem.Error
		if !errors.As(err, &e) || e.Code != code {
			t.Errorf("%q: %v", word, err)
		}
	}
	if _, err := ParseScopes(nil); tandem.KindOf(err) != tandem.KindInvalid {
		t.Errorf("no scopes: %v", err)
	}
	all, err := ParseScopes([]string{"all"})
	if err != nil || all.String() != "all" || !all.Allows("write", "goals") || all.Allows("write", "secrets") || all.Allows("write", "today") {
		t.Errorf("all: %v, %v", all, err)
	}
	var none Scopes
	if err := none.Require("read", "goals"); tandem.KindOf(err) != tandem.KindDenied || !strings.Contains(err.Error(), "read:goals") {
		t.Errorf("no scope: %v", err)
	}
}
