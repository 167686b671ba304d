package tandem_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A room is a folder of the house with what its code may import; tests may import more. Standard
// library packages are free but for those in never. A name that ends in /... stands for all below.
type room struct {
	path   string   // "" is the root
	rooms  []string // own rooms
	others []string // modules of others, by the beginning of the path
	never  []string // packages of the standard library
}

// These are what would make a room impure, or let it reach past its floor.
var (
	noIO  = []string{"os", "os/exec", "net", "net/http", "database/sql", "log", "log/slog", "io/fs"}
	noWeb = []string{"net/http", "database/sql"}
)

// rooms is the floor plan. A package that is not in it fails the test, so that a new room is a decision.
var rooms = []room{
	{path: "", never: noIO},
	{path: "analytics/stats", others: []string{"gonum.org/v1/gonum"}, never: noIO},
	{path: "analytics/odd", never: noIO},
	{path: "analytics/forecast", rooms: []string{"analytics/stats"}, others: []string{"gonum.org/v1/gonum"}, never: noIO},
	{path: "analytics/impact", rooms: []string{"analytics/stats"}, others: []string{"gonum.org/v1/gonum"}, never: noIO},
	{path: "analytics/balance", rooms: []string{"analytics/stats"}, others: []string{"gonum.org/v1/gonum"}, never: noIO},
	{path: "advise/advisor", rooms: []string{""}, never: noIO},
	{path: "advise/coach", rooms: []string{"", "advise/reader"}, never: noIO},
	{path: "advise/reader", rooms: []string{""}, never: noIO},
	{path: "advise/library", rooms: []string{""}, never: noIO},
	{path: "policy", rooms: []string{""}, never: noIO},
	{path: "app", rooms: []string{"", "analytics/...", "advise/...", "policy"}, never: noWeb},
	{path: "store", rooms: []string{"", "policy"}, never: []string{"net/http"}, others: []string{"modernc.org/sqlite",
		"github.com/jackc/pgx/v5", "github.com/pressly/goose/v3"}},
	// A route carries the action and kind of thing that policy decides on; deciding is app's alone.
	{path: "web", rooms: []string{"", "policy", "app", "auth", "i18n", "notify/weekly", "web/ui", "web/assets"}, never: []string{"database/sql"},
		others: []string{"github.com/a-h/templ", "golang.org/x/time/rate"}},
	{path: "web/ui", rooms: []string{"", "web/assets"}, others: []string{"github.com/a-h/templ"}, never: []string{"database/sql"}},
	{path: "web/assets", never: []string{"database/sql"}},
	{path: "api", rooms: []string{"", "policy", "app", "auth", "i18n", "notify/weekly"}, never: []string{"database/sql"}, others: []string{"golang.org/x/time/rate"}},
	{path: "mcp", rooms: []string{"", "policy", "app", "auth", "i18n"}, never: []string{"database/sql"}},
	{path: "client", rooms: []string{""}, never: []string{"database/sql"}},
	// The filters that speak in sentences have them from the catalogue, as pages and API do.
	{path: "cli", rooms: []string{"", "client", "analytics/...", "advise/...", "i18n"}, never: []string{"database/sql"},
		others: []string{"github.com/spf13/cobra", "github.com/spf13/pflag"}},
	{path: "demo", rooms: []string{"", "policy", "app"}, never: noWeb},
	{path: "jobs", rooms: []string{"", "app"}, never: noWeb},
	// notify has the words written and hands them over; weekly only writes, email only sends.
	{path: "notify", rooms: []string{"", "app", "notify/weekly", "notify/email"}, never: []string{"database/sql"}},
	{path: "notify/weekly", rooms: []string{"", "app", "i18n"}, never: noIO},
	{path: "notify/email", rooms: []string{"", "egress"}, never: []string{"database/sql"}, others: []string{"github.com/wneessen/go-mail"}},
	{path: "notify/...", rooms: []string{"", "egress"}, never: []string{"database/sql"}},
	{path: "connect/...", rooms: []string{"", "egress"}},
	{path: "egress", never: []string{"database/sql"}},
	{path: "transfer", rooms: []string{""}, others: []string{"modernc.org/sqlite"}, never: []string{"net/http"}},
	// The one place that knows the rows of files and the rows of importing.
	{path: "transfer/files", rooms: []string{"", "app", "transfer"}, never: noWeb},
	{path: "auth", rooms: []string{""}, others: []string{"golang.org/x/crypto", "github.com/alexedwards/argon2id", "golang.org/x/sync"},
		never: noWeb},
	{path: "config", never: noWeb},
	{path: "i18n", others: []string{"golang.org/x/text"}, never: noWeb},
	{path: "app/apptest", rooms: []string{"..."}, others: []string{"..."}},
	{path: "tandemtest", rooms: []string{"..."}, others: []string{"..."}},
	{path: "bench", rooms: []string{"..."}, others: []string{"..."}},
	{path: "bench/...", rooms: []string{"..."}, others: []string{"..."}},
	{path: "test/...", others: []string{"..."}},
	{path: "cmd/tandem", rooms: []string{"..."}, others: []string{"..."}},
}

// testRooms are imported by tests alone, and may read the clock as tests do.
var testRooms = []string{"tandemtest", "app/apptest", "analytics/odd", "bench", "bench/...", "test/..."}

// A listed package is what `go list -json` tells of one.
type listed struct {
	ImportPath string
	Imports    []string
}

func TestRoomsImportOnlyWhatThePlanAllows(t *testing.T) {
	out, err := exec.Command("go", "list", "-e", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var packages []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
	if len(packages) < 5 {
		t.Fatalf("go list names only %d packages", len(packages))
	}
	for _, p := range packages {
		report(t, checkImports(p))
	}
}

func TestThePlanRefusesAWrongImport(t *testing.T) {
	for _, p := range []listed{
		{"tandem", []string{"os"}}, {"tandem", []string{"tandem/policy"}}, {"tandem", []string{"golang.org/x/text/unicode/norm"}},
		{"tandem/app", []string{"tandem/store"}}, {"tandem/app", []string{"net/http"}}, {"tandem/app", []string{"tandem/web"}},
		{"tandem/store", []string{"tandem/app"}}, {"tandem/store", []string{"github.com/mattn/go-sqlite3"}},
		{"tandem/web", []string{"tandem/store"}}, {"tandem/web", []string{"tandem/api"}}, {"tandem/web/ui", []string{"tandem/app"}},
		{"tandem/api", []string{"tandem/web/ui"}}, {"tandem/policy", []string{"database/sql"}}, {"tandem/cli", []string{"tandem/store"}},
		{"tandem/client", []string{"tandem/app"}}, {"tandem/i18n", []string{"tandem"}}, {"tandem/jobs", []string{"tandem/store"}},
		{"tandem/web", []string{"tandem/tandemtest"}}, {"tandem/cmd/tandem", []string{"tandem/tandemtest"}},
		{"tandem/analytics/forecast", []string{"tandem"}}, {"tandem/cellar", nil}, {"tandem/web/ui/parts", nil},
	} {
		if len(checkImports(p)) == 0 {
			t.Errorf("%s may import %q", p.ImportPath, p.Imports)
		}
	}
	for _, p := range []listed{
		{"tandem", []string{"strings", "time"}}, {"tandem/app", []string{"tandem", "tandem/analytics/forecast", "tandem/policy"}},
		{"tandem/store", []string{"database/sql", "modernc.org/sqlite/lib", "tandem"}}, {"tandem/cmd/tandem", []string{"tandem/store", "os"}},
	} {
		report(t, checkImports(p))
	}
}

// checkImports names what of p's imports the plan does not allow.
func checkImports(p listed) (faults []string) {
	path, _ := ownPath(p.ImportPath)
	i := slices.IndexFunc(rooms, func(r room) bool { return covers(r.path, path) })
	if i < 0 {
		return []string{p.ImportPath + " is not in the floor plan (rooms in house_test.go)"}
	}
	r := rooms[i]
	for _, imported := range p.Imports {
		first, _, _ := strings.Cut(imported, "/")
		var ok bool
		if own, is := ownPath(imported); is {
			ok = slices.ContainsFunc(r.rooms, func(allowed string) bool { return covers(allowed, own) })
			if isTestRoom(own) && !isTestRoom(path) {
				ok = false
			}
		} else if strings.Contains(first, ".") {
			ok = slices.ContainsFunc(r.others, func(m string) bool {
				return m == "..." || imported == m || strings.HasPrefix(imported, m+"/")
			})
		} else {
			ok = !slices.Contains(r.never, imported)
		}
		if !ok {
			faults = append(faults, fmt.Sprintf("%s must not import %s", p.ImportPath, imported))
		}
	}
	return faults
}

// ownPath turns tandem/web/ui into web/ui and tandem into "", and tells whether the path is ours.
func ownPath(importPath string) (string, bool) {
	if importPath == "tandem" {
		return "", true
	}
	return strings.CutPrefix(importPath, "tandem/")
}

func isTestRoom(path string) bool {
	return slices.ContainsFunc(testRooms, func(r string) bool { return covers(r, path) })
}

// covers tells whether path is what pattern names: itself, or below it where it ends in "...".
func covers(pattern, path string) bool {
	if above, ok := strings.CutSuffix(pattern, "..."); ok {
		return strings.HasPrefix(path, above)
	}
	return pattern == path
}

// report fails the test for each fault.
func report(t *testing.T, faults []string) {
	t.Helper()
	for _, f := range faults {
		t.Error(f)
	}
}

// TestWrittenCodeKeepsTheHouseRules walks the checkout and applies each rule to each file it is for.
func TestWrittenCodeKeepsTheHouseRules(t *testing.T) {
	byFolder := map[string]map[string]string{}
	files := sources(t)
	for name, text := range files {
		report(t, checkPlaces(name, text))
		switch {
		case strings.HasSuffix(name, "_templ.go"), strings.HasSuffix(name, "_test.go"):
			continue
		case strings.HasSuffix(name, ".templ"):
			report(t, checkLength(name, text))
			report(t, checkMarkup(name, text))
		case strings.HasSuffix(name, ".go"):
			folder := filepath.ToSlash(filepath.Dir(name))
			if byFolder[folder] == nil {
				byFolder[folder] = map[string]string{}
			}
			byFolder[folder][name] = text
		}
	}
	report(t, checkGenerated(files))
	for _, folder := range byFolder {
		report(t, checkGo(folder))
	}
	if len(files) < 20 || len(byFolder) < 5 {
		t.Errorf("only %d files in %d folders were read", len(files), len(byFolder))
	}
}

// sources returns the text files of the checkout by name: those that git knows, or in a copy without
// git all but what a build or npm put there.
func sources(t *testing.T) map[string]string {
	t.Helper()
	var names []string
	if out, err := exec.Command("git", "ls-files", "-z").Output(); err == nil && len(out) > 0 {
		names = strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
	} else {
		err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
			if d != nil && d.IsDir() && slices.Contains([]string{".git", "node_modules", "bin", "dist", "data"}, d.Name()) {
				return fs.SkipDir
			}
			if err == nil && d.Type().IsRegular() {
				names = append(names, filepath.ToSlash(path))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	files := map[string]string{}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue // deleted, but not yet committed
		}
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(data[:min(len(data), 8000)]), "\x00") {
			files[name] = string(data)
		}
	}
	return files
}
