package tandem_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var demandRow = regexp.MustCompile(`(?m)^\| (S[0-3]-\d+) \| ([^|]+) \| ([^|]+) \|$`)

// TestEveryDemandNamesATestThatExistsOrWhenItComes reads docs/demands.md, so that no demand is lost and
// none claims a test that is not there.
func TestEveryDemandNamesATestThatExistsOrWhenItComes(t *testing.T) {
	data, err := os.ReadFile("docs/demands.md")
	if err != nil {
		t.Fatal(err)
	}
	rows, faults := checkDemands(string(data), hasTest)
	if rows != 97 {
		t.Errorf("%d demands, want 97", rows)
	}
	report(t, faults)
}

func TestADemandWithoutAnAnswerIsSeen(t *testing.T) {
	known := func(folder, name string) bool { return folder == "app" && name == "TestIs" }
	for _, bad := range []string{"| S0-1 | a | app: TestIsNot |", "| S0-1 | a | soon |", "| S0-1 | a | first house |", "| S0-1 | a | later: x |\n| S0-1 | a | later: x |"} {
		if _, faults := checkDemands(bad, known); faults == nil {
			t.Errorf("not seen: %s", bad)
		}
	}
	for _, good := range []string{"| S0-1 | a | app: TestIs |", "| S0-1 | a | later: b |", "| S3-17 | a | app: TestIs; later: b |"} {
		if n, faults := checkDemands(good, known); n != 1 || faults != nil {
			t.Errorf("%s: %d, %q", good, n, faults)
		}
	}
}

var namedTest = regexp.MustCompile("`?([a-z][a-z/]*|root): ?`?(Test\\w+)")

// checkDemands returns how many demands text holds and what is wrong with them.
func checkDemands(text string, exists func(folder, name string) bool) (rows int, faults []string) {
	seen := map[string]bool{}
	for _, m := range demandRow.FindAllStringSubmatch(text, -1) {
		id, answer := m[1], m[3]
		if seen[id] {
			faults = append(faults, id+" stands twice")
		}
		seen[id] = true
		tests := namedTest.FindAllStringSubmatch(answer, -1)
		if len(tests) == 0 && !strings.HasPrefix(answer, "later: ") {
			faults = append(faults, id+" names neither a test nor when it comes: "+answer)
		}
		for _, test := range tests {
			if !exists(test[1], test[2]) {
				faults = append(faults, id+" names a test that is not there: "+test[1]+": "+test[2])
			}
		}
	}
	return len(seen), faults
}

// hasTest tells whether a folder's tests hold a function of that name.
func hasTest(folder, name string) bool {
	if folder == "root" {
		folder = "."
	}
	files, _ := filepath.Glob(filepath.Join(folder, "*_test.go"))
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err == nil && strings.Contains(string(data), "\nfunc "+name+"(t *testing.T)") {
			return true
		}
	}
	return false
}
