package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"tandem"
	"tandem/config"
	"tandem/i18n"
	"tandem/store"
)

// dataCommands look after the data on this machine: backup, restore, dump and doctor. They read beside a
// running server; restore takes only an empty target.
func (h *house) dataCommands() []*cobra.Command {
	return []*cobra.Command{h.backup(), h.restore(), h.dump(), h.doctor()}
}

func (h *house) backup() *cobra.Command {
	var rawFile bool
	c := &cobra.Command{Use: "backup FILE", Short: "Write a backup beside a running server", Example: "tandem backup tandem.backup", Args: words("tandem backup tandem.backup", "FILE")}
	flags(c, "data", "database")
	c.Flags().BoolVar(&rawFile, "raw", false, "a copy of the SQLite file instead")
	c.RunE = func(c *cobra.Command, args []string) error {
		return h.withData(c, func(ctx context.Context, db *store.DB, cfg config.Config) error {
			if _, err := os.Stat(args[0]); err == nil {
				return refused(tandem.KindInvalid, "file_exists", tandem.Args{"file": args[0]})
			}
			if rawFile {
				if err := db.BackupRaw(ctx, args[0]); err != nil {
					return err
				}
				return os.Chmod(args[0], 0o600) // it holds everything
			}
			if err := writeWhole(args[0], func(w io.Writer) error { return db.Backup(ctx, w) }); err != nil {
				return err
			}
			if err := noteBackup(cfg, args[0]); err != nil {
				return err
			}
			_, err := fmt.Fprintf(c.OutOrStdout(), "Backup written to %s.\n", args[0])
			return err
		})
	}
	return c
}

// writeWhole writes a file that is there completely, on disk, or not at all.
func writeWhole(path string, write func(io.Writer) error) (err error) {
	tmp := path + ".part"
	f, err := os.OpenFile(tmp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return refused(tandem.KindStorage, "folder", tandem.Args{"folder": filepath.Dir(path), "detail": plain(err)})
	}
	if err = write(f); err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, os.Remove(tmp))
	}
	return os.Rename(tmp, path)
}

func (h *house) restore() *cobra.Command {
	var into, database string
	example := "tandem restore tandem.backup --into new-data"
	c := &cobra.Command{Use: "restore FILE", Short: "Bring a backup into an empty folder or database", Example: example, Args: words(example, "FILE")}
	c.Flags().StringVar(&into, "into", "", "an empty folder for an SQLite database")
	c.Flags().StringVar(&database, "database", "", "an empty PostgreSQL database")
	c.RunE = func(c *cobra.Command, args []string) error {
		if (into == "") == (database == "") {
			return usage("Say where to: --into DIR or --database URL. Example: %s", example)
		}
		f, err := os.Open(args[0])
		if err != nil {
			return usage("%s cannot be read. Example: %s", args[0], example)
		}
		defer f.Close()
		if err := fits(f); err != nil {
			return err
		}
		if err := empty(into); err != nil {
			return err
		}
		db, err := h.open(c.Context(), config.Config{Data: into, Database: database}, false)
		if err != nil {
			return err
		}
		if err := errors.Join(db.Restore(c.Context(), f), db.Close()); err != nil {
			return errors.Join(err, unmake(into))
		}
		_, err = fmt.Fprintln(c.OutOrStdout(), "Restored. Everybody signs in again.")
		return err
	}
	return c
}

// fits reads a backup to its end before anything is made: it must be whole and of a schema that this
// program knows.
func fits(f *os.File) error {
	schema, err := store.CheckBackup(f)
	if err != nil {
		return err
	}
	if ours := store.Schema(); schema > ours {
		return refused(tandem.KindInvalid, "backup_schema", tandem.Args{"theirs": schema, "ours": ours})
	}
	_, err = f.Seek(0, io.SeekStart)
	return err
}

// empty wants a folder that is empty or not there; "" is none.
func empty(dir string) error {
	if dir == "" {
		return nil
	}
	found, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return refused(tandem.KindStorage, "folder", tandem.Args{"folder": dir, "detail": plain(err)})
	}
	if len(found) > 0 {
		return refused(tandem.KindInvalid, "folder_not_empty", tandem.Args{"dir": dir})
	}
	return nil
}

// unmake takes a database away that could not be filled: the folder was empty before.
func unmake(dir string) error {
	if dir == "" {
		return nil
	}
	made, err := filepath.Glob(filepath.Join(dir, dbName+"*"))
	for _, path := range made {
		err = errors.Join(err, os.Remove(path))
	}
	return err
}

func (h *house) dump() *cobra.Command {
	var canonical bool
	c := &cobra.Command{Use: "dump --canonical", Short: "Write every row as text, the same for both databases", Args: cobra.NoArgs}
	flags(c, "data", "database")
	c.Flags().BoolVar(&canonical, "canonical", false, "one JSON line a row, tables by name, rows by key")
	c.RunE = func(c *cobra.Command, _ []string) error {
		if !canonical {
			return usage("Only the canonical form exists. Example: tandem dump --canonical > data.jsonl")
		}
		return h.withData(c, func(ctx context.Context, db *store.DB, _ config.Config) error {
			return db.DumpCanonical(ctx, c.OutOrStdout())
		})
	}
	return c
}

func (h *house) doctor() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{Use: "doctor", Short: "Look the whole database over", Args: cobra.NoArgs}
	flags(c, "data", "database")
	c.Flags().BoolVar(&asJSON, "json", false, "answer as JSON")
	c.RunE = func(c *cobra.Command, _ []string) error {
		return h.withData(c, func(ctx context.Context, db *store.DB, cfg config.Config) error {
			found, err := db.Doctor(ctx)
			if err != nil {
				return err
			}
			disk, err := db.Disk(ctx, cfg.Data, store.FreeSpace)
			if err != nil {
				return err
			}
			found = append(found, disk)
			bad := 0
			for _, f := range found {
				if f.Bad {
					bad++
				}
				if !asJSON {
					fmt.Fprintln(c.OutOrStdout(), i18n.EN.T("doctor."+f.Code, f.Args))
				}
			}
			if asJSON {
				if err := json.NewEncoder(c.OutOrStdout()).Encode(found); err != nil {
					return err
				}
			}
			if bad > 0 {
				return refused(tandem.KindInvalid, "doctor_found", tandem.Args{"n": bad})
			}
			return nil
		})
	}
	return c
}

// withData opens the data of the settings, which must be there, for do.
func (h *house) withData(c *cobra.Command, do func(context.Context, *store.DB, config.Config) error) error {
	cfg, _, err := settings(c)
	if err != nil {
		return err
	}
	db, err := h.openExisting(c.Context(), cfg)
	if err != nil {
		return err
	}
	return closed(do(c.Context(), db, cfg), db.Close)
}
