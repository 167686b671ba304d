package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"tandem"
)

// lowDisk is what must be free at least, in bytes, for writing to go on for a while.
const lowDisk = 500 << 20

// Disk tells how much is free on the disk of the data folder, as FreeSpace gives it. It is bad below 500 MiB
// and below twice the size of the database: a backup needs once as much, and the database goes on growing
// meanwhile. A PostgreSQL server's own disk is out of sight; what is judged is where backups are written.
func (db *DB) Disk(ctx context.Context, folder string, free func(folder string) (bytes int64, ok bool, err error)) (f Finding, err error) {
	defer tandem.Wrap(&err, "disk")
	size, err := db.size(ctx)
	if err != nil {
		return f, err
	}
	if folder, err = standing(folder); err != nil {
		return f, err
	}
	left, known, err := free(folder)
	if err != nil {
		return f, err
	}
	need := max(lowDisk, 2*size)
	args := tandem.Args{"folder": folder, "size": mib(size + 1<<20 - 1)}
	switch {
	case !known:
		return Finding{Code: "disk_unknown", Args: args}, nil
	case left < need:
		args["free"], args["need"] = mib(left), mib(need+1<<20-1)
		return Finding{Code: "disk_low", Bad: true, Args: args}, nil
	}
	args["free"] = mib(left)
	return Finding{Code: "disk", Args: args}, nil
}

func mib(bytes int64) int64 { return bytes >> 20 }

// size gives how many bytes the database takes on its disk.
func (db *DB) size(ctx context.Context) (bytes int64, err error) {
	const q = `SELECT pg_database_size(current_database())`
	if db.Postgres() {
		err = db.read.QueryRowContext(ctx, q).Scan(&bytes)
		return bytes, err
	}
	for _, path := range []string{db.path, db.path + "-wal"} {
		s, err := os.Stat(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return 0, err
		}
		bytes += s.Size()
	}
	return bytes, nil
}

// standing gives the folder, or the nearest one above it that is there.
func standing(folder string) (string, error) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(folder); !errors.Is(err, fs.ErrNotExist) || folder == filepath.Dir(folder) {
			return folder, err
		}
		folder = filepath.Dir(folder)
	}
}
