package transfer

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestEveryCodeHasItsSentence reads the codes out of the source, so that none can be added without
// words, and the catalogue's file for this room holds none that nothing tells.
func TestEveryCodeHasItsSentence(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "i18n", "messages", "transfer.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	sentences := map[string]string{}
	for line := range strings.Lines(string(text)) {
		if key, rest, ok := strings.Cut(line, "\t"); ok {
			sentences[key] = rest
		}
	}
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	code := regexp.MustCompile(`"(csv_[a-z0-9_]+)"`)
	told := map[string]bool{ // put together by who shows the report
		"error.csv_ready": true, "error.csv_ready_all": true, "error.csv_at": true, "error.csv_at_row": true,
	}
	for _, name := range sources {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range code.FindAllSubmatch(source, -1) {
			key := "error." + string(m[1])
			told[key] = true
			if sentences[key] == "" {
				t.Errorf("%s has no sentence", key)
			}
		}
	}
	for key := range sentences {
		if !told[key] {
			t.Errorf("nothing tells %s", key)
		}
	}
}
