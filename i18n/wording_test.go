package i18n

import (
	"strings"
	"testing"

	"tandem/tandemtest"
)

// TestNoSentenceSaysACauseOrAWordOfStatisticsAlone reads every sentence of the catalogue in both languages. Only
// a pilot, whose start is drawn at random, may say that one thing made another: its sentences begin with "pilot.".
func TestNoSentenceSaysACauseOrAWordOfStatisticsAlone(t *testing.T) {
	n := 0
	for _, key := range Keys() {
		for _, l := range []Lang{EN, DE} {
			n++
			for _, fault := range tandemtest.Wording(l.T(key)) {
				if strings.HasPrefix(key, "pilot.") && strings.Contains(fault, "says a cause") {
					continue
				}
				t.Errorf("%s: %s", key, fault)
			}
		}
	}
	if n < 2000 {
		t.Errorf("only %d sentences were read", n)
	}
}
