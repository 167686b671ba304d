package store

import (
	"bytes"
	"database/sql"
	"math"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"tandem/tandemtest"
)

// TestADumpIsTheSameWhateverTheLocaleOfTheCluster moves a database to one whose text is ordered as in a
// dictionary, where "b" stands before "C" and signs are skipped.
func TestADumpIsTheSameWhateverTheLocaleOfTheCluster(t *testing.T) {
	from := openFile(t)
	furnish(t, from)
	write(t, from, func(tx *Tx) error {
		for i, name := range []string{"b", "C", "a_b", "ab", "a c", "é", "z"} {
			const concept = `INSERT INTO concept (person_id, name, state, times, day) VALUES (102, $1, 'used', 0, 5)`
			if _, err := tx.ExecContext(t.Context(), concept, name); err != nil {
				return err
			}
			const external = `INSERT INTO observation_external (workspace_id, metric_id, external_id, at) VALUES (101, 104, $1, 7)`
			if _, err := tx.ExecContext(t.Context(), external, name); err != nil {
				return err
			}
			const history = `INSERT INTO history (workspace_id, kind, object_id, sub, seq, at, by_person, before, after) VALUES (101, $1, 1, 1, 1, 1, 1, '', $2)`
			if _, err := tx.ExecContext(t.Context(), history, name, strings.Repeat(`\"<>&`, i)); err != nil {
				return err
			}
		}
		return nil
	})
	dsn := tandemtest.Postgres(t)
	maintain, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer maintain.Close()
	if _, err := maintain.Exec(`CREATE DATABASE dictionary TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'en-US'`); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		again, err := sql.Open("pgx", dsn)
		if err == nil {
			_, err = again.Exec(`DROP DATABASE dictionary WITH (FORCE)`)
		}
		if err != nil {
			t.Error(err)
		}
		_ = again.Close()
	})
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/dictionary"
	to := open(t, u.String())
	var backup bytes.Buffer
	if err := from.Backup(t.Context(), &backup); err != nil {
		t.Fatal(err)
	}
	if err := to.Restore(t.Context(), bytes.NewReader(backup.Bytes())); err != nil {
		t.Fatal(err)
	}
	if a, b := dumpOf(t, from), dumpOf(t, to); a != b {
		t.Errorf("the dumps differ:\n%s\n%s", a, b)
	}
}

func TestNumbersAreDumpedWithTheFewestDigitsThatReadBack(t *testing.T) {
	for v, want := range map[float64]string{1: "1", 0.1: "0.1", 1.0 / 3: "0.3333333333333333", 1e21: "1e+21", -2.5e-7: "-2.5e-07", math.Copysign(0, -1): "0"} {
		got, err := appendCell(nil, &sql.NullFloat64{Float64: v, Valid: true})
		if err != nil || string(got) != want {
			t.Errorf("%v is dumped as %s, %v", v, got, err)
		}
	}
	if got, _ := appendCell(nil, &sql.NullFloat64{}); string(got) != "null" {
		t.Errorf("no number is dumped as %s", got)
	}
}

// TestEveryReferenceBetweenTablesCarriesTheWorkspace reads the foreign keys of the catalogue: between
// tables of a workspace each begins with it on both sides. Only accounts refer to a person by id alone.
func TestEveryReferenceBetweenTablesCarriesTheWorkspace(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		const sqlite = `SELECT m.name, f."table", f."from", COALESCE(f."to", '') FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
			WHERE m.type = 'table' AND f.seq = 0`
		const postgres = `SELECT c.conrelid::regclass::text, c.confrelid::regclass::text, a.attname, b.attname FROM pg_constraint c
			JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
			JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1] WHERE c.contype = 'f'`
		text := sqlite
		if db.Postgres() {
			text = postgres
		}
		rows, err := db.read.Query(text)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		n := 0
		for rows.Next() {
			var from, to, column, target string
			if err := rows.Scan(&from, &to, &column, &target); err != nil {
				t.Fatal(err)
			}
			n++
			account := to == "person" && (from == "session" || from == "token" || from == "signin_link" || from == "concept" || from == "reminder" || from == "mail" || from == "lifeline_member") ||
				to == "lifeline" && (from == "lifeline_member" || from == "lifeline_invite")
			if !account && (column != "workspace_id" || target != "workspace_id") {
				t.Errorf("%s refers to %s by %s → %s first", from, to, column, target)
			}
		}
		if err := rows.Err(); err != nil || n < 15 {
			t.Errorf("%d references were seen, %v", n, err)
		}
	})
}

// TestAPlainValueTakesAtMostSixtyBytes writes 100,000 values of 50 numbers, as they come in over time.
func TestAPlainValueTakesAtMostSixtyBytes(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "tandem.db"))
	size := func() (bytes int) {
		t.Helper()
		const q = `SELECT page_count * page_size FROM pragma_page_count, pragma_page_size`
		if err := db.read.QueryRow(q).Scan(&bytes); err != nil {
			t.Fatal(err)
		}
		return bytes
	}
	before := size()
	const rows, metrics, day = 100_000, 50, 86_400_000_000
	ws, first := db.nextID(), db.nextID()
	for from := 0; from < rows; from += 1000 {
		write(t, db, func(tx *Tx) error {
			const q = `INSERT INTO observation (workspace_id, metric_id, at, day, value, state, source) VALUES ($1, $2, $3, $4, $5, 0, 1)`
			for i := from; i < from+1000; i++ {
				d := 18_000 + i/metrics
				at := int64(d)*day + int64(i%metrics)*1_234_567_891
				if _, err := tx.ExecContext(t.Context(), q, ws, first+int64(i%metrics)<<21, at, d, float64(i)/7); err != nil {
					return err
				}
			}
			return nil
		})
	}
	per := float64(size()-before) / rows
	t.Logf("%.1f bytes a value", per)
	if per > 60 {
		t.Errorf("%.1f bytes a value", per)
	}
}
