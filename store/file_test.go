package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"tandem"
	"tandem/tandemtest"
)

// closed makes a database with some values, closes it and gives its path and its dump.
func closed(t *testing.T) (path, dump string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "tandem.db")
	db, err := Open(t.Context(), path, options())
	if err != nil {
		t.Fatal(err)
	}
	furnish(t, db)
	write(t, db, func(tx *Tx) error {
		const q = `INSERT INTO observation (workspace_id, metric_id, at, day, value, state, source) VALUES (101, 103, $1, $1, $2, 0, 1)`
		for i := range 2000 {
			if _, err := tx.ExecContext(t.Context(), q, i, float64(i)/7); err != nil {
				return err
			}
		}
		return nil
	})
	dump = dumpOf(t, db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return path, dump
}

// refusal opens a file that must be refused and must stay as it is, and gives the error's code.
func refusal(t *testing.T, path string) string {
	t.Helper()
	before, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	db, err := Open(t.Context(), path, options())
	if err == nil {
		t.Errorf("it was opened: %v", db.Close())
		return ""
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("the refused file was changed")
	}
	if tandem.KindOf(err) != tandem.KindStorage {
		t.Errorf("refused by %v", err)
		return ""
	}
	return tandem.All(err)[0].Code
}

func TestA6ADatabaseThatVanishedIsNotMadeAnew(t *testing.T) {
	path, _ := closed(t)
	if err := os.Truncate(path, 0); err != nil {
		t.Fatal(err)
	}
	if code := refusal(t, path); code != "db_empty" {
		t.Errorf("emptied: %q", code)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if code := refusal(t, path); code != "db_empty" {
		t.Errorf("removed: %q", code)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("it was made anew")
	}
}

func TestA6AFileOfAnotherKindIsRefused(t *testing.T) {
	text := filepath.Join(t.TempDir(), "text.db")
	if err := os.WriteFile(text, bytes.Repeat([]byte("words "), 4000), 0o600); err != nil {
		t.Fatal(err)
	}
	if code := refusal(t, text); code != "db_damaged_no_backup" {
		t.Errorf("text: %q", code)
	}
	foreign := filepath.Join(t.TempDir(), "foreign.db")
	other, err := pool("file:"+foreign, 1, func(error) {})
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{`CREATE TABLE theirs (id INTEGER PRIMARY KEY, x TEXT)`, `INSERT INTO theirs VALUES (1, 'x')`} {
		if _, err := other.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	if code := refusal(t, foreign); code != "db_damaged_no_backup" {
		t.Errorf("another program's: %q", code)
	}
}

func TestA6AFileOfAnotherInstanceIsNoticed(t *testing.T) {
	path, _ := closed(t)
	other, _ := closed(t)
	text, err := os.ReadFile(other)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if code := refusal(t, path); code != "db_damaged_no_backup" {
		t.Errorf("swapped: %q", code)
	}
}

// TestA6DamageIsFoundAtTheStartOrOnFirstTouch overwrites, cuts and shifts parts of the file at random.
// What was found must not be writable any more; what was not found must read as before.
func TestA6DamageIsFoundAtTheStartOrOnFirstTouch(t *testing.T) {
	path, dump := closed(t)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const page = 4096
	pages := len(whole) / page
	r := rand.New(rand.NewPCG(7, 1))
	atStart, onTouch, unseen := 0, 0, 0
	for i := range 200 {
		b := bytes.Clone(whole)
		var what string
		switch p := r.IntN(pages); i % 4 {
		case 0: // a page that was never written
			what = fmt.Sprintf("page %d zeroed", p+1)
			clear(b[p*page : (p+1)*page])
		case 1: // a page of something else
			what = fmt.Sprintf("page %d of noise", p+1)
			for j := range page {
				b[p*page+j] = byte(r.Uint32())
			}
		case 2: // two pages swapped
			q := r.IntN(pages)
			what = fmt.Sprintf("pages %d and %d swapped", p+1, q+1)
			copy(b[p*page:(p+1)*page], whole[q*page:(q+1)*page])
			copy(b[q*page:(q+1)*page], whole[p*page:(p+1)*page])
		default:
			what = fmt.Sprintf("cut in page %d", p+1)
			b = b[:p*page+r.IntN(page)]
		}
		if bytes.Equal(b, whole) {
			continue
		}
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		switch found := touch(t, path, dump, what); {
		case found == "start":
			atStart++
		case found == "touch":
			onTouch++
		default:
			unseen++
		}
	}
	t.Logf("%d found at the start, %d on first touch, %d in parts that hold nothing", atStart, onTouch, unseen)
	if atStart < 40 || onTouch < 20 {
		t.Error("the damages were not put to the test")
	}
}

// touch opens a damaged file, reads all of it and has the doctor look; it tells when damage was found.
func touch(t *testing.T, path, dump, what string) string {
	db, err := Open(t.Context(), path, options())
	for _, side := range []string{"-wal", "-shm"} {
		defer os.Remove(path + side)
	}
	if err != nil {
		if tandem.KindOf(err) == tandem.KindInternal && !damaged(err) {
			t.Errorf("%s: the start fails with %v", what, err)
		}
		return "start"
	}
	defer db.Close()
	var b bytes.Buffer
	dumped := db.DumpCanonical(t.Context(), &b)
	findings, doctored := db.Doctor(t.Context())
	bad := doctored != nil
	for _, f := range findings {
		bad = bad || f.Bad
	}
	if dumped == nil && !bad {
		if b.String() != dump {
			t.Errorf("%s: nobody noticed, and the data differ", what)
		}
		return ""
	}
	if dumped != nil && damaged(dumped) {
		err := db.InTx(t.Context(), func(tx *Tx) error { return putKey(tx, "after") })
		if tandem.KindOf(err) != tandem.KindStorage || tandem.All(err)[0].Code != "db_damaged_no_backup" {
			t.Errorf("%s: found, and then a write answered %v", what, err)
		}
		if db.Health() == nil {
			t.Errorf("%s: found, and healthy", what)
		}
	}
	return "touch"
}

func TestA7VersionsAreCompared(t *testing.T) {
	for _, c := range []struct {
		version string
		ok      bool
	}{
		{"3.51.2", false}, {"3.40.1", false}, {"3.51.3", true}, {"3.51.10", true}, {"3.52.0", true}, {"4.0.0", true}, {"3.51", false}, {"", false}, {"3.x.9", false},
	} {
		if atLeast(c.version, oldestSQLite) != c.ok {
			t.Errorf("%q: %t", c.version, !c.ok)
		}
	}
}

func TestA8FileSystemsWithoutLocksAreNamed(t *testing.T) {
	for kind, name := range map[int64]string{0x6969: "NFS", 0xff534d42: "SMB", 0xfe534d42: "SMB", 0x65735546: "FUSE", 0xef53: "", 0x01021994: "", 0x58465342: "", 0x9123683e: ""} {
		if got := unsafeFileSystem(kind); got != name {
			t.Errorf("%#x is %q, want %q", kind, got, name)
		}
	}
}

func TestH6ANewerSchemaIsRefusedAndNotTouched(t *testing.T) {
	tandemtest.EachDB(t, func(t *testing.T, dsn string) {
		db, err := Open(t.Context(), dsn, options())
		if err != nil {
			t.Fatal(err)
		}
		const newer = `INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, true)`
		write(t, db, func(tx *Tx) error { _, err := tx.ExecContext(t.Context(), newer); return err })
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if isURL(dsn) {
			_, err := Open(t.Context(), dsn, options())
			if err == nil || tandem.All(err)[0].Code != "db_newer" {
				t.Errorf("got %v", err)
			}
			return
		}
		if code := refusal(t, dsn); code != "db_newer" {
			t.Errorf("got %q", code)
		}
	}, migrated())
}

func TestA9ABackupUnderLoadHoldsWhatWasAcknowledgedBefore(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		furnish(t, db)
		const q = `INSERT INTO observation_note (workspace_id, metric_id, at, note) VALUES (101, 103, $1, 'n')`
		stop := make(chan struct{})
		acked := make(chan int, 1_000_000)
		done := make(chan struct{})
		go func() {
			defer close(done)
			for i := 1; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				if err := db.InTx(context.Background(), func(tx *Tx) error { _, err := tx.ExecContext(context.Background(), q, i); return err }); err != nil {
					t.Error(err)
					return
				}
				acked <- i
			}
		}()
		for range 5 {
			last := 0
			for range len(acked) + 1 {
				last = <-acked
			}
			var b bytes.Buffer
			if err := db.Backup(t.Context(), &b); err != nil {
				t.Fatal(err)
			}
			to, err := Open(t.Context(), filepath.Join(t.TempDir(), "to.db"), options())
			if err != nil {
				t.Fatal(err)
			}
			if err := to.Restore(t.Context(), bytes.NewReader(b.Bytes())); err != nil {
				t.Fatal(err)
			}
			var n, most int
			if err := to.read.QueryRow(`SELECT count(*), max(at) FROM observation_note WHERE note = 'n'`).Scan(&n, &most); err != nil || n < last || n != most {
				t.Errorf("%d rows up to %d after %d were acknowledged, %v", n, most, last, err)
			}
			if err := to.Close(); err != nil {
				t.Error(err)
			}
		}
		close(stop)
		<-done
	})
}

func TestARawBackupIsAWholeDatabase(t *testing.T) {
	db := openFile(t)
	furnish(t, db)
	path := filepath.Join(t.TempDir(), "raw.db")
	if err := db.BackupRaw(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	if got := dumpOf(t, open(t, path)); got != dumpOf(t, db) {
		t.Error("the copy differs")
	}
	if err := db.BackupRaw(t.Context(), path); err == nil {
		t.Error("a file that is there was overwritten")
	}
}

// TestA5AReadOnlyDiskServesReads opens the file on a disk that is mounted read-only, in a name space of
// the child's own, with a log left beside it and without.
func TestA5AReadOnlyDiskServesReads(t *testing.T) {
	tandemtest.Mounts(t)
	for _, log := range []bool{false, true} {
		path, dump := closed(t)
		if log {
			writer := open(t, path) // stays open, so its log stays
			write(t, writer, func(tx *Tx) error { return putKey(tx, "in the log") })
			dump = dumpOf(t, writer)
		}
		const script = `mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && exec "$0"`
		self, err := os.Executable()
		if err != nil {
			t.Fatal(err)
		}
		c := exec.Command("unshare", "-rm", "sh", "-c", script, self, filepath.Dir(path))
		c.Env = append(os.Environ(), childVar+"=readonly "+path)
		var out, complaints bytes.Buffer
		c.Stdout, c.Stderr = &out, &complaints
		if err := c.Run(); err != nil {
			t.Errorf("log %t: %v\n%s", log, err, complaints.String())
		}
		if out.String() != dump {
			t.Errorf("log %t: %d bytes were read instead of %d", log, out.Len(), len(dump))
		}
	}
}

// childReadOnly dumps the database to standard output and checks that writes are refused.
func childReadOnly(path string) error {
	db, err := Open(context.Background(), path, options())
	if err != nil {
		return err
	}
	err = db.InTx(context.Background(), func(tx *Tx) error { return putKey(tx, "x") })
	if tandem.KindOf(err) != tandem.KindStorage || !strings.Contains(err.Error(), codeReadOnly) {
		return fmt.Errorf("a write answers %v", err)
	}
	return errors.Join(db.DumpCanonical(context.Background(), os.Stdout), db.Close())
}
