package tandemtest

import (
	"slices"
	"testing"
)

// TestAPlantedBlameIsFound plants what no page may say, and what it may.
func TestAPlantedBlameIsFound(t *testing.T) {
	for _, text := range []string{"You failed your goal.", "Overdue since Monday", "12 days behind", "You missed four days.", "gescheitert", "Ziel verfehlt", "3 Tage im Rückstand", "überfällig", "Du hast versagt.", "leider nicht"} {
		if len(Blame(text)) == 0 {
			t.Errorf("not found: %s", text)
		}
	}
	for _, text := range []string{"6 of 20: missed, and something was started.", "6 von 20: nicht erreicht, und etwas hat angefangen.", "Later", "Back again.", "Wieder da.", "später", "Fehler in Zeile 3"} {
		if faults := Blame(text); len(faults) > 0 {
			t.Errorf("found in %q: %v", text, faults)
		}
	}
	danger := DangerClasses(`/* .no{color:var(--risk)} */ .a .err,.warn:hover{color:var(--risk-ink)} .ok{color:var(--ok)}`, "--risk")
	if !slices.Equal(danger, []string{"err", "warn"}) {
		t.Errorf("classes %v", danger)
	}
	p := HTML(t, `<p>Fine</p><input placeholder="too late"><b class="x err">6 of 20</b>`)
	if faults := p.Blame(danger); len(faults) != 2 {
		t.Errorf("faults %q", faults)
	}
}
