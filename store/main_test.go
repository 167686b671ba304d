package store

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tandem/tandemtest"
)

// childVar makes the test binary run as a child process that tests kill or start twice; its value says
// what the child does.
const childVar = "TANDEM_STORE_CHILD"

func TestMain(m *testing.M) {
	if what := os.Getenv(childVar); what != "" {
		os.Exit(child(what))
	}
	os.Exit(tandemtest.Main(m))
}

func options() Options { return Options{Now: time.Now, Rand: rand.Uint64} }

// open opens dsn with the real clock and closes it when the test ends.
func open(t testing.TB, dsn string) *DB {
	t.Helper()
	db, err := Open(context.Background(), dsn, options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// openFile opens a fresh SQLite database.
func openFile(t testing.TB) *DB {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "tandem.db"))
}

// migrated has PostgreSQL databases copied from one whose schema is there already.
func migrated() tandemtest.PostgresOption {
	return tandemtest.Template("schema", func(url string) error {
		db, err := Open(context.Background(), url, options())
		if err != nil {
			return err
		}
		return db.Close()
	})
}

// eachDB runs f on a fresh database of each engine.
func eachDB(t *testing.T, f func(t *testing.T, db *DB)) {
	t.Helper()
	tandemtest.EachDB(t, func(t *testing.T, dsn string) { f(t, open(t, dsn)) }, migrated())
}

func isURL(dsn string) bool { return strings.HasPrefix(dsn, "postgres") }

// write runs fn in a transaction that must succeed.
func write(t testing.TB, db *DB, fn func(tx *Tx) error) {
	t.Helper()
	if err := db.InTx(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}
