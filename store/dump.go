package store

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"tandem"
)

// A dump is text, one JSON object a line: a head, the rows of each table in the order of their key, and a
// tail with the number and the SHA-256 of each table's lines. The same data give the same bytes on both
// engines. A backup is a dump compressed.

type dumpHead struct {
	Tandem string `json:"tandem"`
	Schema int64  `json:"schema"`
}

type dumpRow struct {
	Table string            `json:"table"`
	Row   []json.RawMessage `json:"row"`
}

type dumpTail struct {
	Tables map[string]tableSum `json:"tables"`
}

type tableSum struct {
	Rows int    `json:"rows"`
	Hash string `json:"sha256"`
}

// DumpCanonical writes every row of the database as text, as of one moment, beside a running server.
func (db *DB) DumpCanonical(ctx context.Context, w io.Writer) (err error) {
	defer tandem.Wrap(&err, "dump")
	_, ours, err := db.versions(ctx)
	if err != nil {
		return err
	}
	tx, err := db.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: db.Postgres(), Isolation: db.snapshotIsolation()})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ignoreDone(tx.Rollback())) }()
	out := bufio.NewWriterSize(w, 1<<16)
	if err := line(out, dumpHead{"dump", ours}); err != nil {
		return err
	}
	tail := dumpTail{Tables: map[string]tableSum{}}
	for _, t := range tables {
		sum, err := db.dumpTable(ctx, tx, t, out)
		if err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
		tail.Tables[t.name] = sum
	}
	if err := line(out, tail); err != nil {
		return err
	}
	return out.Flush()
}

func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

func (db *DB) snapshotIsolation() sql.IsolationLevel {
	if db.Postgres() {
		return sql.LevelRepeatableRead
	}
	return sql.LevelDefault
}

// versions gives the schema of the database and the one this program knows. It reads by itself: the one
// writing connection belongs to the goroutine that commits.
func (db *DB) versions(ctx context.Context) (theirs, ours int64, err error) {
	const q = `SELECT MAX(version_id) FROM goose_db_version`
	if err := db.reads().QueryRowContext(ctx, q).Scan(&theirs); err != nil {
		return 0, 0, err
	}
	files, err := migrationFiles.ReadDir("migrations")
	for _, f := range files {
		number, _, _ := strings.Cut(f.Name(), "_")
		if n, err := strconv.ParseInt(number, 10, 64); err == nil {
			ours = max(ours, n)
		}
	}
	return theirs, ours, err
}

func line(w io.Writer, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = w.Write(append(b, '\n'))
	return err
}

func (db *DB) dumpTable(ctx context.Context, q lister, t table, out io.Writer) (sum tableSum, err error) {
	rows, err := rowsOf(ctx, q, db.dialect.text(t.read))
	if err != nil {
		return sum, err
	}
	defer rows.Close()
	h := sha256.New()
	cells := make([]any, len(t.kinds))
	var b []byte
	for rows.Next() {
		for i, k := range t.kinds {
			cells[i] = cellFor(byte(k))
		}
		if err := rows.Scan(cells...); err != nil {
			return sum, err
		}
		b = append(b[:0], `{"table":"`...)
		b = append(b, t.name...)
		b = append(b, `","row":[`...)
		for i, c := range cells {
			if i > 0 {
				b = append(b, ',')
			}
			if b, err = appendCell(b, c); err != nil {
				return sum, err
			}
		}
		b = append(b, "]}\n"...)
		if _, err := out.Write(b); err != nil {
			return sum, err
		}
		h.Write(b)
		sum.Rows++
	}
	sum.Hash = hex.EncodeToString(h.Sum(nil))
	return sum, rows.Err()
}

func cellFor(kind byte) any {
	switch kind {
	case 'i':
		return new(sql.NullInt64)
	case 'f':
		return new(sql.NullFloat64)
	case 'b':
		return new(sql.NullBool)
	}
	return new(sql.NullString)
}

// appendCell writes a cell as JSON; floats with the fewest digits that read back.
func appendCell(b []byte, c any) ([]byte, error) {
	switch x := c.(type) {
	case *sql.NullInt64:
		if x.Valid {
			return strconv.AppendInt(b, x.Int64, 10), nil
		}
	case *sql.NullFloat64:
		if x.Valid {
			// SQLite keeps no sign of a zero.
			return strconv.AppendFloat(b, x.Float64+0, 'g', -1, 64), nil
		}
	case *sql.NullBool:
		if x.Valid {
			return strconv.AppendBool(b, x.Bool), nil
		}
	case *sql.NullString:
		if x.Valid {
			text, err := json.Marshal(x.String)
			return append(b, text...), err
		}
	}
	return append(b, "null"...), nil
}

// Backup writes a backup: the dump, compressed. It reads beside a running server and holds every write
// that was acknowledged before it began.
func (db *DB) Backup(ctx context.Context, w io.Writer) (err error) {
	defer tandem.Wrap(&err, "backup")
	z := gzip.NewWriter(w)
	if err := db.DumpCanonical(ctx, z); err != nil {
		return err
	}
	return z.Close()
}

// BackupRaw writes a copy of the SQLite file, made by the engine; the target must not exist.
func (db *DB) BackupRaw(ctx context.Context, path string) (err error) {
	defer tandem.Wrap(&err, "raw backup")
	if db.Postgres() {
		return &tandem.Error{Kind: tandem.KindInvalid, Code: "raw_needs_sqlite"}
	}
	const q = `VACUUM INTO $1`
	// The readers may not write anywhere, and the writer is busy: a connection of its own.
	own, err := pool(sqliteDSN(db.path, true, ""), 1, db.seen)
	if err != nil {
		return err
	}
	_, err = own.ExecContext(ctx, q, path)
	if err = errors.Join(outside(err), own.Close()); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close(), syncFolder(path))
}

func badBackup(detail string) error {
	return &tandem.Error{Kind: tandem.KindInvalid, Code: "backup_damaged", Args: tandem.Args{"detail": detail}}
}

// CheckBackup reads a backup to its end and compares every table with its sum, so that damage is told
// before anything is written. It gives the backup's schema.
func CheckBackup(r io.Reader) (schema int64, err error) {
	schema, _, err = checkBackup(r)
	return schema, err
}

func checkBackup(r io.Reader) (schema int64, tail *dumpTail, err error) {
	sums := map[string]hash.Hash{}
	counts := map[string]int{}
	schema, err = eachLine(r, func(text []byte, row *dumpRow, end *dumpTail) error {
		if end != nil {
			tail = end
			return nil
		}
		if sums[row.Table] == nil {
			sums[row.Table] = sha256.New()
		}
		sums[row.Table].Write(text)
		counts[row.Table]++
		return nil
	})
	if err != nil {
		return 0, nil, err
	}
	if tail == nil {
		return 0, nil, badBackup("its end is missing")
	}
	empty := hex.EncodeToString(sha256.New().Sum(nil))
	for name, want := range tail.Tables {
		got := empty
		if h := sums[name]; h != nil {
			got = hex.EncodeToString(h.Sum(nil))
		}
		if counts[name] != want.Rows || got != want.Hash {
			return 0, nil, badBackup("table " + name)
		}
		delete(counts, name)
	}
	if len(counts) > 0 {
		return 0, nil, badBackup("rows of a table without a sum")
	}
	return schema, tail, nil
}

// eachLine reads a backup line by line.
func eachLine(r io.Reader, do func(text []byte, row *dumpRow, tail *dumpTail) error) (schema int64, err error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return 0, badBackup("it is no backup")
	}
	in := bufio.NewReaderSize(z, 1<<16)
	ended := false
	for n := 0; ; n++ {
		text, err := in.ReadBytes('\n')
		if err == io.EOF && len(text) == 0 {
			return schema, nil
		}
		if err != nil {
			return 0, badBackup(fmt.Sprintf("line %d", n+1))
		}
		if ended {
			return 0, badBackup("something follows its end")
		}
		switch {
		case n == 0:
			var h dumpHead
			if json.Unmarshal(text, &h) != nil || h.Tandem != "dump" {
				return 0, badBackup("it is no backup")
			}
			schema = h.Schema
		case bytes.HasPrefix(text, []byte(`{"table":`)):
			var row dumpRow
			if json.Unmarshal(text, &row) != nil {
				return 0, badBackup(fmt.Sprintf("line %d", n+1))
			}
			if err := do(text, &row, nil); err != nil {
				return 0, err
			}
		default:
			var tail dumpTail
			if json.Unmarshal(text, &tail) != nil || tail.Tables == nil {
				return 0, badBackup(fmt.Sprintf("line %d", n+1))
			}
			ended = true
			if err := do(text, nil, &tail); err != nil {
				return 0, err
			}
		}
	}
}

// Restore writes a backup into a database that holds no account. The backup is read to its end first; then
// all of it is written in one transaction, read back and compared with the sums, or nothing is. A backup of
// an older schema is taken too; columns that it does not have are filled as the migrations fill them.
func (db *DB) Restore(ctx context.Context, r io.ReadSeeker) (err error) {
	defer tandem.Wrap(&err, "restore")
	schema, tail, err := checkBackup(r)
	if err != nil {
		return err
	}
	_, ours, err := db.versions(ctx)
	if err != nil {
		return err
	}
	if schema > ours {
		return &tandem.Error{Kind: tandem.KindInvalid, Code: "backup_schema", Args: tandem.Args{"theirs": schema, "ours": ours}}
	}
	byTable := map[string]table{}
	for _, t := range tables {
		byTable[t.name] = t
	}
	err = db.InTx(ctx, func(tx *Tx) error {
		const anybody = `SELECT EXISTS (SELECT 1 FROM person)`
		var full bool
		if err := tx.QueryRowContext(ctx, anybody).Scan(&full); err != nil {
			return err
		}
		if full {
			return &tandem.Error{Kind: tandem.KindInvalid, Code: "target_not_empty"}
		}
		const fresh = `DELETE FROM instance`
		if _, err := tx.ExecContext(ctx, fresh); err != nil {
			return err
		}
		// Once for the tables that others refer to, in their order, then once for the rest.
		for _, name := range append(slices.Clone(restoreOrder), "") {
			if err := restoreRows(ctx, tx, r, schema, byTable, name); err != nil {
				return err
			}
		}
		for _, t := range tables {
			sum, err := db.dumpTable(ctx, tx, t, io.Discard)
			if err != nil {
				return err
			}
			want := tail.Tables[t.name]
			if schema < ours && (want.Hash == "" || len(t.since(schema)) > 0) {
				sum.Hash = want.Hash // what it is now was not in the backup: the rows are counted
			}
			if sum != want {
				return badBackup("table " + t.name + " reads back differently")
			}
		}
		return nil
	})
	if err != nil || db.Postgres() {
		return err
	}
	name, _, _, err := db.For(tandem.Actor{}).Instance(ctx)
	if err != nil {
		return err
	}
	return writeSynced(nameFile(db.path), name+"\n")
}

// restoreRows writes the rows of one table, or with "" of every table that is not in restoreOrder.
func restoreRows(ctx context.Context, tx *Tx, r io.ReadSeeker, schema int64, byTable map[string]table, only string) error {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err := eachLine(r, func(_ []byte, row *dumpRow, _ *dumpTail) error {
		if row == nil || only != "" && row.Table != only || only == "" && slices.Contains(restoreOrder, row.Table) {
			return nil
		}
		t, known := byTable[row.Table]
		later := t.since(schema)
		if !known || len(row.Row)+len(later) != len(t.kinds) {
			return badBackup("table " + row.Table)
		}
		args := make([]any, len(row.Row), len(t.kinds))
		for i, cell := range row.Row {
			v, err := readCell(t.kinds[i], cell)
			if err != nil {
				return badBackup("table " + row.Table)
			}
			args[i] = v
		}
		for _, a := range later {
			args = append(args, a.value)
		}
		return put(ctx, tx, tx.db.dialect.text(t.write), args)
	})
	return err
}

func readCell(kind byte, text json.RawMessage) (any, error) {
	if string(text) == "null" {
		return nil, nil
	}
	switch kind {
	case 'i':
		return strconv.ParseInt(string(text), 10, 64)
	case 'f':
		return strconv.ParseFloat(string(text), 64)
	case 'b':
		return strconv.ParseBool(string(text))
	}
	var s string
	err := json.Unmarshal(text, &s)
	return s, err
}
