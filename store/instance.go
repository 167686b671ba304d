package store

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"strings"

	"tandem"
)

// Instance gives the random name of this instance, the hash of its set-up code ("" once it is set up)
// and the secret from which values that must not be guessed are derived.
func (h *Handle) Instance(ctx context.Context) (name, setupHash, secret string, err error) {
	const q = `SELECT name, setup_hash, secret FROM instance WHERE id = 1`
	err = h.q.QueryRowContext(ctx, q).Scan(&name, &setupHash, &secret)
	return name, setupHash, secret, notFound(err, "instance")
}

// SetSetupHash keeps the hash of a new set-up code; "" says that the instance is set up.
func (h *Handle) SetSetupHash(ctx context.Context, hash string) error {
	const q = `UPDATE instance SET setup_hash = $1 WHERE id = 1`
	r, err := h.q.ExecContext(ctx, q, hash)
	return changed(r, err, "instance")
}

// ensureInstance names a new database. On SQLite the name is kept beside the file as well, so that a
// database which was emptied or swapped behind our back is noticed at the next start.
func (db *DB) ensureInstance(ctx context.Context) error {
	local := db.For(tandem.Actor{})
	name, _, _, err := local.Instance(ctx)
	if tandem.KindOf(err) == tandem.KindNotFound && db.refusal.Load() == nil {
		const q = `INSERT INTO instance (id, name, setup_hash, secret, created) VALUES (1, $1, '', $2, $3)
			ON CONFLICT (id) DO NOTHING`
		err = db.InTx(ctx, func(tx *Tx) error {
			_, err := tx.ExecContext(ctx, q, strings.ToLower(rand.Text()[:8]), rand.Text()+rand.Text(), tandem.InstantOf(db.now()))
			return err
		})
		if err != nil {
			return err
		}
		name, _, _, err = local.Instance(ctx)
	}
	if err != nil || db.dialect != dialectSQLite || db.refusal.Load() != nil {
		return err
	}
	kept, err := keptName(db.path)
	switch {
	case err != nil:
		return err
	case kept == "":
		return writeSynced(nameFile(db.path), name+"\n")
	case kept != name:
		return damage(db.path, "instance "+name+" instead of "+kept)
	}
	return nil
}

func nameFile(path string) string { return path + ".instance" }

// keptName reads the name beside the file, "" when there is none.
func keptName(path string) (string, error) {
	text, err := os.ReadFile(nameFile(path))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return string(bytes.TrimSpace(text)), err
}

// writeSynced writes a small file that is there completely or not at all.
func writeSynced(path, text string) error {
	tmp := path + ".new"
	f, err := os.OpenFile(tmp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(tmp, path); err != nil {
		return err
	}
	return syncFolder(path)
}
