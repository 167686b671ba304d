package i18n

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func TestEveryKeyStandsOnceAndInBothLanguages(t *testing.T) {
	for _, p := range loaded().problems {
		t.Error(p)
	}
	if len(Keys()) < 150 {
		t.Errorf("the catalogue has %d keys; the files were not read", len(Keys()))
	}
}

func TestABrokenCatalogueIsToldLineByLine(t *testing.T) {
	c := readCatalogue(fstest.MapFS{
		"messages/a.tsv": {Data: []byte("# a comment\n\na.one\tOne\tEins\na.two\tTwo\t\na.three\tThree\n")},
		"messages/b.tsv": {Data: []byte("a.one\tAgain\tNochmal\nb.four\tFour\tVier\tmore\nb.lines\tx\\ny\tz\r\n")},
	})
	want := []string{"a.tsv:4", "a.tsv:5", "b.tsv:1", "b.tsv:2"}
	if len(c.problems) != len(want) {
		t.Fatalf("problems: %q", c.problems)
	}
	for i, w := range want {
		if !strings.Contains(c.problems[i], w) {
			t.Errorf("problem %d is %q, want one at %s", i, c.problems[i], w)
		}
	}
	if got := c.texts["b.lines"]; got != [2]string{"x\ny", "z"} {
		t.Errorf("texts of b.lines: %q", got)
	}
}

// placeholders lists the argument names of a text.
func placeholders(s string) map[string]bool {
	names := map[string]bool{}
	for _, part := range strings.Split(s, "{")[1:] {
		inner, _, ok := strings.Cut(part, "}")
		if !ok {
			continue
		}
		name, _, _ := strings.Cut(inner, "|")
		name, _, _ = strings.Cut(name, ":")
		names[name] = true
	}
	return names
}

func TestBothLanguagesFillTheSamePlaceholders(t *testing.T) {
	for key, texts := range loaded().texts {
		en, de := placeholders(texts[EN]), placeholders(texts[DE])
		for name := range en {
			if !de[name] {
				t.Errorf("%s: German leaves out {%s}", key, name)
			}
		}
		for name := range de {
			if !en[name] {
				t.Errorf("%s: English leaves out {%s}", key, name)
			}
		}
	}
}

func TestNoSentenceSpeaksInForbiddenWordsOrExclaims(t *testing.T) {
	for key, texts := range loaded().texts {
		for _, s := range texts {
			if strings.Contains(s, "!") {
				t.Errorf("%s exclaims: %q", key, s)
			}
		}
		en := " " + strings.ToLower(texts[EN]) + " "
		for _, w := range []string{"failed", "metric", "kpi", "retro", "futures", "strand", "braid"} {
			if strings.Contains(en, w) {
				t.Errorf("%s says %q: %q", key, w, texts[EN])
			}
		}
	}
}

func TestFillingASentence(t *testing.T) {
	day := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		lang Lang
		text string
		args Args
		want string
	}{
		{EN, "plain", nil, "plain"},
		{EN, "{n} {n|value|values}", Args{"n": 1}, "1 value"},
		{DE, "{n} {n|Wert|Werte}", Args{"n": 0}, "0 Werte"},
		{EN, "{n} {n|value|values}", Args{"n": 1.5}, "1.5 values"},
		{DE, "{n} {n|Wert|Werte}", Args{"n": uint8(1)}, "1 Wert"},
		{EN, "{n|one|many}", Args{"n": "1"}, "one"},
		{EN, "{n}", Args{"n": 99997}, "99,997"},
		{DE, "{n}", Args{"n": int64(99997)}, "99.997"},
		{DE, "{x}", Args{"x": 1000.5}, "1.000,5"},
		{EN, "{y:raw}", Args{"y": 2026}, "2026"},
		{EN, "{s}", Args{"s": "2026"}, "2026"},
		{EN, "{d:ordinal} {m:month}", Args{"d": 28, "m": time.February}, "28th February"},
		{DE, "{d:ordinal} {m:month}", Args{"d": "3", "m": 3}, "3. März"},
		{DE, "{d:date}", Args{"d": day}, "1. März 2026"},
		{EN, "{a:list}", Args{"a": []string{"x", "y", "z"}}, "x, y and z"},
		{DE, "{a:list}", Args{"a": []string{"x", "y"}}, "x und y"},
		{EN, "{w:ago}", Args{"w": 2 * time.Minute}, "2 min ago"},
		{EN, "{w:wait}/{v:wait}/{u:wait}", Args{"w": 12, "v": 91, "u": 7201}, "12 s/2 min/3 h"},
		{DE, "{n:noun}", Args{"n": "goal"}, "Ziel"},
		{EN, "{n:noun}", Args{"n": "nothing known"}, "nothing known"},
		{EN, "{missing} and {open", Args{}, "{missing} and {open"},
		{EN, "{a}", Args{"a": "{b}", "b": "no"}, "{b}"},
		{EN, "{e}", Args{"e": nil}, "<nil>"},
	} {
		if got := c.lang.Fill(c.text, c.args); got != c.want {
			t.Errorf("%v %q %v: got %q, want %q", c.lang, c.text, c.args, got, c.want)
		}
	}
}

func TestAnUnknownKeyIsSeenAtOnce(t *testing.T) {
	if got := EN.T("no.such_key"); got != "no.such_key" {
		t.Errorf("got %q", got)
	}
}

// The sentences of reliability.md, section 3, word for word.
func TestErrorsReadAsPromised(t *testing.T) {
	for _, c := range []struct {
		field, code string
		args        Args
		want        string
	}{
		{"", "body_empty", nil, "The request has no body. Send a JSON object."},
		{"title", "duplicate_key", nil, "The field title appears twice."},
		{"Owner_ID", "unknown_field", Args{"suggestion": "owner_id"}, "Unknown field Owner_ID. Did you mean owner_id?"},
		{"owner_id", "read_only_field", nil, "owner_id cannot be set here."},
		{"", "trailing_text", nil, "There is text after the end of the JSON object."},
		{"", "bad_utf8", Args{"byte": 17}, "The text is not valid UTF-8 (byte 17)."},
		{"title", "control_char", Args{"pos": 4}, "title contains a control character (position 4)."},
		{"", "too_deep", Args{"limit": 32}, "The JSON is nested too deeply (limit 32)."},
		{"target", "number_range", nil, "target must be a number between -1e15 and 1e15."},
		{"target", "target_equals_baseline", Args{"baseline": 10.0}, "target equals baseline (10). Set a target that differs, or make this a learning goal."},
		{"", "body_too_large", Args{"limit": "1 MiB"}, "The body is larger than 1 MiB."},
		{"", "no_if_match", nil, "Send If-Match with the version you read."},
		{"", "stale_by", Args{"person": "Ana", "when": 2 * time.Minute, "version": 8}, "Changed by Ana 2 min ago; current version is 8."},
		{"", "not_found", Args{"noun": "goal"}, "No such goal, or you cannot see it."},
		{"", "only_owner_target", nil, "You can see this goal but only its owner can change the target."},
		{"", "token_expired", Args{"day": "2026-10-01"}, "Token expired on 2026-10-01."},
		{"limit", "limit_range", Args{"lo": 1, "hi": 200}, "limit is 1–200."},
		{"", "sort_one_of", Args{"allowed": "title, deadline, updated"}, "Sort by one of: title, deadline, updated."},
		{"", "too_many_changes", Args{"seconds": 12}, "Too many changes. Try again in 12 s."},
		{"", "title_missing", nil, "Give the goal a title."},
		{"deadline", "date_not_real", Args{"day": 29, "month": 2, "year": 2026, "last": 28}, "29 February 2026 does not exist. The last day of that month is the 28th."},
		{"", "number_other_form", Args{"suggestion": "1000.5", "example": "1,000.5"}, "Did you mean 1000.5? This space writes numbers like 1,000.5."},
		{"", "folder_not_empty", Args{"dir": "DIR"}, "DIR is not empty. Choose an empty folder; nothing was changed."},
		{"", "already_running", Args{"pid": 8120, "since": "09:14"}, "Already running (pid 8120, since 09:14). Stop it first, or use PostgreSQL to run several."},
		{"", "config_number", Args{"key": "smtp_port", "value": "abc", "lo": 1, "hi": 65535}, "smtp_port: 'abc' is not a number 1–65535."},
		{"", "config_unknown_key", Args{"key": "listn", "suggestion": "listen"}, "Unknown key listn. Did you mean listen?"},
	} {
		if got := EN.Sentence(c.field, c.code, c.args); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.code, got, c.want)
		}
		if got := DE.Sentence(c.field, c.code, c.args); strings.ContainsAny(got, "{}") {
			t.Errorf("%s: German leaves something open: %q", c.code, got)
		}
	}
}

func TestLanguageOfABrowser(t *testing.T) {
	for header, want := range map[string]Lang{
		"": DE, "fr, es;q=0.9": DE, "en-GB": EN, "de-AT,de;q=0.9,en;q=0.8": DE,
		"fr, en;q=0.3, de;q=0.7": DE, "de;q=0.1, en;q=0.15": EN, "en;q=0": DE, "en, de": EN,
	} {
		if got := FromHeader(header, DE); got != want {
			t.Errorf("%q: got %v, want %v", header, got, want)
		}
	}
	for _, l := range Langs() {
		if got, ok := ParseLang(l.String()); got != l || !ok {
			t.Errorf("%v does not read back", l)
		}
	}
	if _, ok := ParseLang("fr"); ok {
		t.Error("French has no catalogue")
	}
}

// bigCatalogue is 2,000 messages in 20 files.
func bigCatalogue() fstest.MapFS {
	files := fstest.MapFS{}
	for f := range 20 {
		var b strings.Builder
		for i := range 100 {
			fmt.Fprintf(&b, "noun%d.key_number_%d\tA sentence of ordinary length with {one} placeholder.\tEin Satz von üblicher Länge mit {one} Platzhalter.\n", f, i)
		}
		files[fmt.Sprintf("messages/noun%d.tsv", f)] = &fstest.MapFile{Data: []byte(b.String())}
	}
	return files
}

func TestTwoThousandMessagesAreReadWithinThreeMilliseconds(t *testing.T) {
	files := bigCatalogue()
	best := time.Hour
	for range 20 { // the best of 20: the machine may be busy with other things
		start := time.Now()
		if c := readCatalogue(files); len(c.texts) != 2000 {
			t.Fatalf("read %d", len(c.texts))
		}
		best = min(best, time.Since(start))
	}
	t.Logf("2,000 messages in %v", best)
	if best > 3*time.Millisecond {
		t.Errorf("took %v", best)
	}
}

func BenchmarkReadCatalogue(b *testing.B) {
	files := bigCatalogue()
	for b.Loop() {
		readCatalogue(files)
	}
}

func BenchmarkT(b *testing.B) {
	for b.Loop() {
		EN.T("error.int_range", Args{"field": "aim", "lo": 0, "hi": 5})
	}
}
