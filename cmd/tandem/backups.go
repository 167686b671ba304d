package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tandem"
	"tandem/config"
	"tandem/store"
)

// backupsName is the file in the data folder that says where backups went, the newest last, so that a
// damaged database can name the one to restore.
const backupsName = "tandem.backups"

// manyBackups bounds how many are remembered.
const manyBackups = 50

// noteBackup remembers where a backup of the settings' data went. Without a data folder there is nothing
// to remember for.
func noteBackup(cfg config.Config, file string) error {
	path, err := filepath.Abs(file)
	if err != nil || cfg.Database != "" {
		return err
	}
	known := append(slices.DeleteFunc(knownBackups(cfg), func(k string) bool { return k == path }), path)
	known = known[max(len(known)-manyBackups, 0):]
	return os.WriteFile(filepath.Join(cfg.Data, backupsName), []byte(strings.Join(known, "\n")+"\n"), 0o600)
}

func knownBackups(cfg config.Config) []string {
	text, err := os.ReadFile(filepath.Join(cfg.Data, backupsName))
	if err != nil {
		return nil
	}
	return slices.DeleteFunc(strings.Split(string(text), "\n"), func(line string) bool { return line == "" })
}

// goodBackup gives the newest backup that is still there and whole, "" for none.
func goodBackup(cfg config.Config) string {
	for _, path := range slices.Backward(knownBackups(cfg)) {
		if f, err := os.Open(path); err == nil {
			_, err = store.CheckBackup(f)
			if f.Close() == nil && err == nil {
				return path
			}
		}
	}
	return ""
}

// withBackup tells of the newest good backup where a database is damaged.
func withBackup(cfg config.Config, err error) error {
	var e *tandem.Error
	if !errors.As(err, &e) || e.Code != "db_damaged_no_backup" {
		return err
	}
	file := goodBackup(cfg)
	if file == "" {
		return err
	}
	return refused(e.Kind, "db_damaged", tandem.Args{"file": e.Args["file"], "detail": e.Args["detail"], "backup": file})
}
