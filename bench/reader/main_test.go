package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Of 60 labelled lines the reader has not less right than it had when they were last looked at.
func TestTheReaderStandsOnLabelledLines(t *testing.T) {
	var b strings.Builder
	right, err := score(&b, "../../advise/reader/testdata/lines.tsv", true)
	if err != nil {
		t.Fatal(err)
	}
	for column, floor := range map[string]int{"target": 60, "unit": 59, "baseline": 60, "deadline": 59, "period_or_rate": 60, "direction": 60, "kind": 55} {
		if right[column] < floor {
			t.Errorf("%s: %d of 60, there were %d\n%s", column, right[column], floor, &b)
		}
	}
}

// What cannot be scored is named.
func TestAFileThatIsNoneIsRefused(t *testing.T) {
	for text, want := range map[string]string{
		"":                          "has no labelled line",
		"today\ttext\n2026-11-25\n": "a row has 1 columns, the head has 2",
		"today\ttext\nsoon\tx\n":    `"soon" is no day`,
	} {
		name := filepath.Join(t.TempDir(), "lines.tsv")
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := score(&strings.Builder{}, name, false); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
