package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"tandem"
)

const readers = 4

// applicationID stands in the header of our files, so that another program's file is told before it is
// opened: "Tand".
const applicationID = 0x54616e64

// oldestSQLite is the first version without the race between a log reset and a second connection, which
// could lose committed pages in all versions before.
const oldestSQLite = "3.51.3"

// sqliteDSN names the file with the settings of a connection. extra are further parameters.
func sqliteDSN(path string, write bool, extra string) string {
	const common = "_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)"
	const writer = "&_pragma=cache_size(-16000)&_txlock=immediate"
	const reader = "&_pragma=cache_size(-4000)&_pragma=query_only(1)"
	settings := common + reader
	if write {
		settings = common + writer
	}
	return fileURI(path) + "?" + settings + extra
}

func fileURI(path string) string {
	return "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()
}

func (db *DB) openSQLite(ctx context.Context, path string, o Options) (err error) {
	db.dialect = dialectSQLite
	if db.path, err = filepath.Abs(path); err != nil {
		return err
	}
	if err := db.checkPlace(o); err != nil {
		return err
	}
	if o.Exclusive {
		if db.lock, err = lockFile(db.path+".lock", o.Now()); err != nil && !errors.Is(err, syscall.EROFS) {
			return err
		}
	}
	if err := checkFile(db.path); err != nil {
		return err
	}
	extra := ""
	if readOnlyPlace(db.path) {
		extra = db.readOnly()
	}
	if db.write, err = pool(sqliteDSN(db.path, true, extra), 1, db.seen); err != nil {
		return err
	}
	if err := db.checkSchema(ctx); err != nil {
		return err
	}
	db.read, err = pool(sqliteDSN(db.path, false, extra), readers, db.seen)
	return err
}

// readOnly makes the database answer reads alone and gives the parameters of such a connection. Without
// a log beside the file SQLite cannot open one in write-ahead mode unless it may take the file as it is.
func (db *DB) readOnly() string {
	db.refusal.Store(&tandem.Error{Kind: tandem.KindStorage, Code: codeReadOnly})
	if info, err := os.Stat(db.path + "-wal"); err != nil || info.Size() == 0 {
		return "&mode=ro&immutable=1"
	}
	return "&mode=ro"
}

// seen learns of every error of the engine. A damaged file is never written again by this process.
func (db *DB) seen(err error) {
	if err != nil && damaged(err) {
		db.refusal.Store(damage(db.path, err.Error()))
	}
}

// damage is the error of a file that must not be written. The command line turns it into db_damaged
// when it knows of a backup.
func damage(path, detail string) *tandem.Error {
	return &tandem.Error{Kind: tandem.KindStorage, Code: "db_damaged_no_backup",
		Args: tandem.Args{"file": filepath.Base(path), "path": path, "detail": detail}}
}

// checkPlace refuses file systems whose locks do not hold, and a database that vanished.
func (db *DB) checkPlace(o Options) error {
	kind, err := fileSystem(filepath.Dir(db.path))
	if err != nil {
		return err
	}
	if name := unsafeFileSystem(kind); name != "" && !o.AllowNetworkFS {
		return &tandem.Error{Kind: tandem.KindStorage, Code: "db_network_fs", Args: tandem.Args{"file": db.path, "fs": name}}
	}
	kept, err := keptName(db.path)
	if err != nil || kept == "" {
		return err
	}
	info, err := os.Stat(db.path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0 {
		return &tandem.Error{Kind: tandem.KindStorage, Code: "db_empty",
			Args: tandem.Args{"file": filepath.Base(db.path), "path": db.path, "instance": kept}}
	}
	return err
}

// unsafeFileSystem names a file system over a network or in user space, on which SQLite's locks are not
// to be trusted; "" for any other.
func unsafeFileSystem(kind int64) string {
	switch kind {
	case 0x6969:
		return "NFS"
	case 0x517b, 0xff534d42, 0xfe534d42:
		return "SMB"
	case 0x65735546:
		return "FUSE"
	case 0x01021997:
		return "9P"
	case 0x00c36400:
		return "Ceph"
	}
	return ""
}

func readOnlyPlace(path string) bool {
	if _, err := os.Stat(path); err != nil {
		return false
	}
	const writable = 2
	return syscall.Access(filepath.Dir(path), writable) != nil || syscall.Access(path, writable) != nil
}

// checkFile looks at the header and the size without reading the file: a start must not take longer
// because there is much data. A file that is not there or has 0 bytes is a new database.
func checkFile(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return err
	}
	var head [100]byte
	if _, err := io.ReadFull(f, head[:]); err != nil {
		return damage(path, "shorter than its header")
	}
	if string(head[:16]) != "SQLite format 3\x00" {
		return damage(path, "not a database")
	}
	size := int64(binary.BigEndian.Uint16(head[16:]))
	if size == 1 {
		size = 65536
	}
	if size < 512 || size&(size-1) != 0 {
		return damage(path, "page 1")
	}
	if binary.BigEndian.Uint32(head[68:]) != applicationID && info.Size() > size {
		return damage(path, "a database of another program")
	}
	if log, err := os.Stat(path + "-wal"); err == nil && log.Size() > 0 {
		return nil // the newest pages may be in the log alone
	}
	pages := int64(binary.BigEndian.Uint32(head[28:]))
	if info.Size() < pages*size || info.Size()%size != 0 {
		return damage(path, fmt.Sprintf("page %d of %d is missing", info.Size()/size+1, pages))
	}
	return nil
}

// checkSchema wants a version of the engine that is safe and a schema that can be read, and marks a new
// file as ours.
func (db *DB) checkSchema(ctx context.Context) error {
	const version = `SELECT sqlite_version()`
	var v string
	if err := db.write.QueryRowContext(ctx, version).Scan(&v); err != nil {
		return db.unreadable(err)
	}
	if !atLeast(v, oldestSQLite) {
		return &tandem.Error{Kind: tandem.KindStorage, Code: "sqlite_old", Args: tandem.Args{"theirs": v, "ours": oldestSQLite}}
	}
	const count = `SELECT count(*) FROM sqlite_schema`
	var n int
	if err := db.write.QueryRowContext(ctx, count).Scan(&n); err != nil {
		return db.unreadable(err)
	}
	if n > 0 {
		// Asked here, because goose takes a table that cannot be read for one that is missing.
		const made = `SELECT count(tstamp) FROM goose_db_version WHERE version_id = 0 AND is_applied`
		if err := db.write.QueryRowContext(ctx, made).Scan(&n); err != nil {
			return damage(db.path, err.Error())
		}
		if n == 0 {
			return damage(db.path, "table goose_db_version")
		}
		return nil
	}
	const mark = `PRAGMA application_id = 0x54616e64`
	_, err := db.write.ExecContext(ctx, mark)
	return outside(err)
}

// unreadable names the file when the engine finds it damaged.
func (db *DB) unreadable(err error) error {
	if damaged(err) {
		return damage(db.path, err.Error())
	}
	return outside(err)
}

// atLeast compares versions of three numbers.
func atLeast(version, oldest string) bool {
	a, b := strings.Split(version, "."), strings.Split(oldest, ".")
	for i := range b {
		if i >= len(a) {
			return false
		}
		x, err1 := strconv.Atoi(a[i])
		y, err2 := strconv.Atoi(b[i])
		if err1 != nil || err2 != nil {
			return false
		}
		if x != y {
			return x > y
		}
	}
	return true
}

// syncFolder makes a new name in the folder of path durable.
func syncFolder(path string) error {
	d, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
