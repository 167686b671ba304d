package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestTheDoctorTellsADiskThatIsNearlyFull(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		size, err := db.size(t.Context())
		if err != nil || size < 64<<10 || size > 100<<20 {
			t.Fatalf("the database has %d bytes, %v", size, err)
		}
		folder := t.TempDir()
		for _, c := range []struct {
			free int64
			ok   bool
			want string
		}{{lowDisk, true, "disk"}, {lowDisk - 1, true, "disk_low"}, {0, true, "disk_low"}, {1 << 40, true, "disk"}, {0, false, "disk_unknown"}} {
			f, err := db.Disk(t.Context(), folder, func(of string) (int64, bool, error) {
				if of != folder {
					t.Errorf("looks at %s", of)
				}
				return c.free, c.ok, nil
			})
			if err != nil || f.Code != c.want || f.Bad != (c.want == "disk_low") {
				t.Errorf("%d bytes free: %+v, %v", c.free, f, err)
			}
		}
		// a folder that is not there yet lies on the disk of the one above it
		f, err := db.Disk(t.Context(), filepath.Join(folder, "none", "yet"), FreeSpace)
		if err != nil || f.Args["folder"] != folder {
			t.Errorf("a folder that is not there: %+v, %v", f, err)
		}
		full := errors.New("no such disk")
		if _, err := db.Disk(t.Context(), folder, func(string) (int64, bool, error) { return 0, false, full }); !errors.Is(err, full) {
			t.Errorf("a disk that cannot be looked at: %v", err)
		}
	})
}

func TestTheDoctorWantsRoomForABackup(t *testing.T) {
	db := openFile(t)
	const size = 2 * lowDisk // of a file with a hole, which takes no room
	if err := os.Truncate(db.path+"-wal", size); err != nil {
		t.Fatal(err)
	}
	for free, want := range map[int64]string{2*size - 1: "disk_low", 3 * size: "disk"} {
		f, err := db.Disk(t.Context(), filepath.Dir(db.path), func(string) (int64, bool, error) { return free, true, nil })
		if err != nil || f.Code != want {
			t.Errorf("%d bytes free: %+v, %v", free, f, err)
		}
	}
	if err := os.Truncate(db.path+"-wal", 0); err != nil {
		t.Fatal(err)
	}
}

func TestFreeSpaceIsThatOfTheDisk(t *testing.T) {
	free, ok, err := FreeSpace(t.TempDir())
	if err != nil || ok && (free <= 0 || free > 1<<60) {
		t.Errorf("%d, %t, %v", free, ok, err)
	}
	if _, _, err := FreeSpace(filepath.Join(t.TempDir(), "none")); ok && err == nil {
		t.Error("a folder that is not there has a disk")
	}
}

func TestTheDoctorTellsALeaseThatNobodyGaveBack(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		ctx := context.Background()
		leases := func() (out []Finding) {
			t.Helper()
			found, err := db.Doctor(ctx)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range found {
				if f.Code == "lease" {
					out = append(out, f)
				}
			}
			return out
		}
		end := func(job string, ago time.Duration) {
			t.Helper()
			const q = `UPDATE job SET lease_until = $2 WHERE name = $1`
			write(t, db, func(tx *Tx) error {
				now, err := db.dialect.clock(ctx, tx)
				if err != nil {
					return err
				}
				_, err = tx.ExecContext(ctx, q, job, now-micros(ago))
				return err
			})
		}
		fences := map[string]int64{}
		for _, name := range []string{"running", "just over", "long over", "given back"} {
			fence, ok, err := db.ClaimJob(ctx, name, "attic", time.Hour)
			if err != nil || !ok {
				t.Fatal(name, err)
			}
			fences[name] = fence
		}
		if ok, err := db.FinishJob(ctx, "given back", fences["given back"], 0, "failed"); err != nil || !ok {
			t.Fatal(ok, err)
		}
		end("just over", leaseGrace-time.Minute)
		if found := leases(); len(found) != 0 {
			t.Errorf("finds %+v", found)
		}
		end("long over", leaseGrace+90*time.Minute)
		found := leases()
		if len(found) != 1 || !found[0].Bad || found[0].Args["job"] != "long over" || found[0].Args["owner"] != "attic" || found[0].Args["minutes"] != int64((leaseGrace+90*time.Minute)/time.Minute) {
			t.Errorf("finds %+v", found)
		}
		if _, ok, err := db.ClaimJob(ctx, "long over", "cellar", time.Hour); err != nil || !ok {
			t.Fatal(ok, err)
		}
		if found := leases(); len(found) != 0 {
			t.Errorf("taken up again, it finds %+v", found)
		}
	})
}
