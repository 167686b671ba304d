package store

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"os"
	"strings"
	"testing"

	"tandem"
	"tandem/tandemtest"
)

// TestABackupOfAnOlderSchemaIsRestored takes backups that releases before wrote, kept in testdata, into
// either engine: what they hold is there, and what came later is as a migration would have filled it.
func TestABackupOfAnOlderSchemaIsRestored(t *testing.T) {
	old, err := os.ReadFile("testdata/backup-schema-2.gz")
	if err != nil {
		t.Fatal(err)
	}
	tandemtest.EachDB(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		if err := db.Restore(t.Context(), bytes.NewReader(old)); err != nil {
			t.Fatal(err)
		}
		dump := dumpOf(t, db)
		for _, want := range []string{"They told me about the school run.", "20 sales in December", "two walk-ins", `{"table":"fuels","row":[456685208161061919,456685228254023754,456685208161061919,456685228252127845,0`} {
			if !strings.Contains(dump, want) {
				t.Errorf("%s is not in %s", want, dump)
			}
		}
	})
}

func TestABackupOfANewerSchemaIsRefused(t *testing.T) {
	old, err := os.ReadFile("testdata/backup-schema-2.gz")
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(old))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	newer := strings.Replace(string(text), `"schema":2`, fmt.Sprintf(`"schema":%d`, Schema()+1), 1)
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, newer); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	db := open(t, t.TempDir()+"/a.db")
	err = db.Restore(t.Context(), bytes.NewReader(b.Bytes()))
	if es := tandem.All(err); len(es) != 1 || es[0].Code != "backup_schema" {
		t.Errorf("it says %v", err)
	}
	if strings.Contains(dumpOf(t, db), "school run") {
		t.Error("something of it was written")
	}
}

// TestAPilotOfAnOlderBackupKeepsItsDraw takes what came since schema 18 out of a backup, with it the column that says
// among which orders a pilot was drawn: such pilots were drawn pair by pair.
func TestAPilotOfAnOlderBackupKeepsItsDraw(t *testing.T) {
	tandemtest.EachDB(t, func(t *testing.T, dsn string) {
		from := open(t, dsn)
		furnish(t, from)
		now := dumpOf(t, from)
		var old bytes.Buffer
		z := gzip.NewWriter(&old)
		late, hashes := map[string]int{}, map[string]hash.Hash{} // columns that came since, by table
		for _, x := range tables {
			if n := len(x.since(18)); n > 0 {
				late[x.name], hashes[x.name] = n, sha256.New()
			}
		}
		drawn := 0
		for _, l := range strings.SplitAfter(now, "\n") {
			var row dumpRow
			var tail dumpTail
			var out any
			switch {
			case strings.HasPrefix(l, `{"tandem":`):
				out = dumpHead{"dump", 18}
			case strings.HasPrefix(l, `{"tables":`):
				if err := json.Unmarshal([]byte(l), &tail); err != nil {
					t.Fatal(err)
				}
				for name, h := range hashes {
					tail.Tables[name] = tableSum{Rows: tail.Tables[name].Rows, Hash: hex.EncodeToString(h.Sum(nil))}
				}
				out = tail
			case strings.HasPrefix(l, `{"table":`):
				if err := json.Unmarshal([]byte(l), &row); err != nil {
					t.Fatal(err)
				}
				if n := late[row.Table]; n > 0 {
					if row.Table == "pilot" && string(row.Row[len(row.Row)-1]) == "1" {
						drawn++
					}
					row.Row = row.Row[:len(row.Row)-n]
					if err := line(io.MultiWriter(z, hashes[row.Table]), row); err != nil {
						t.Fatal(err)
					}
					continue
				}
			}
			if out != nil {
				if err := line(z, out); err != nil {
					t.Fatal(err)
				}
				continue
			}
			if _, err := z.Write([]byte(l)); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil || drawn != 2 {
			t.Fatalf("%d pilots were drawn by the newest rule: %v", drawn, err)
		}
		db := open(t, t.TempDir()+"/old.db")
		if err := db.Restore(t.Context(), bytes.NewReader(old.Bytes())); err != nil {
			t.Fatal(err)
		}
		me := tandem.Actor{Person: 102, Roles: map[tandem.WorkspaceID]tandem.Role{101: tandem.RoleOwner}, Source: "session"}
		pilots, err := db.For(me).Pilots(t.Context(), 101)
		if err != nil || len(pilots) != 2 {
			t.Fatalf("%d pilots, %v", len(pilots), err)
		}
		for _, p := range pilots {
			if p.Draw != tandem.DrawEachPair || p.Seed != 1<<53-1 || len(p.Numbers) != 1 {
				t.Errorf("restored is %+v", p)
			}
		}
		all, err := from.For(me).Pilots(t.Context(), 101)
		if err != nil || len(all) != 2 || all[0].Draw != tandem.DrawFewTurns {
			t.Errorf("as it was: %+v, %v", all, err)
		}
	})
}
