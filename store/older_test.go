package store

import (
	"bytes"
	"compress/gzip"
	"fmt"
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
