package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTemplatesAreListedBroughtAndShared takes a pack out, gives one of its templates another name, brings it back, and
// shares what was brought: the same text. A pack with anything wrong changes nothing and says what is wrong.
func TestTemplatesAreListedBroughtAndShared(t *testing.T) {
	s := newShell(t)
	var all struct{ Items []struct{ Name string } }
	if err := json.Unmarshal([]byte(s.ok("template", "list", "--json")), &all); err != nil || len(all.Items) < 30 {
		t.Fatalf("%d templates, %v", len(all.Items), err)
	}
	name := all.Items[0].Name
	if out := s.ok("template", "list"); !strings.HasPrefix(out, name) || strings.Count(strings.TrimSpace(out), "\n")+1 != len(all.Items) {
		t.Errorf("listed %q", out)
	}
	if out, line, code := s.run("template", "export"); code == 0 {
		t.Errorf("nothing was brought, exported %q %q", out, line)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "one.pack")
	s.ok("template", "export", file, "--names", name)
	if _, line, code := s.run("template", "export", file, "--names", name); code == 0 || !strings.Contains(line, "there already") {
		t.Errorf("over a file that is there: %d %q", code, line)
	}
	text, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(text), name) {
		t.Fatalf("the pack holds %q, %v", text, err)
	}
	mine := strings.Replace(string(text), name, "my-own-way", 1)
	if err := os.WriteFile(file, []byte(mine), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := s.ok("template", "import", file); !strings.HasPrefix(out, "my-own-way") || !strings.Contains(out, "(brought)") {
		t.Errorf("brought %q", out)
	}
	if out := s.ok("template", "export"); strings.TrimSpace(out) != strings.TrimSpace(mine) {
		t.Errorf("shared %q, brought was %q", out, mine)
	}
	bad := filepath.Join(dir, "bad.pack")
	if err := os.WriteFile(bad, []byte("this is no pack\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, line, code := s.run("template", "import", bad); code == 0 || line == "" {
		t.Errorf("what is no pack: %d %q", code, line)
	}
	if _, line, code := s.run("template", "import", filepath.Join(dir, "none")); code == 0 || !strings.Contains(line, "Example: tandem template import") {
		t.Errorf("no file: %d %q", code, line)
	}
	out := filepath.Join(dir, "all")
	s.ok("export", out)
	records, err := os.ReadFile(filepath.Join(out, "records.jsonl"))
	if err != nil || !strings.Contains(string(records), `"kind":"template"`) || !strings.Contains(string(records), "my-own-way") || !strings.Contains(string(records), `"kind":"calendar"`) {
		t.Errorf("the export has no template of one's own: %v %s", err, records)
	}
}
