package store

import (
	"context"
	"embed"
	"io/fs"
	"log/slog"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"tandem"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

func (db *DB) migrations() (*goose.Provider, error) {
	files, err := fs.Sub(migrationFiles, "migrations")
	if err != nil {
		return nil, err
	}
	foreign, err := db.dialect.foreignFiles(files)
	if err != nil {
		return nil, err
	}
	options := []goose.ProviderOption{
		goose.WithExcludeNames(foreign), goose.WithDisableGlobalRegistry(true),
		goose.WithSlog(slog.New(slog.DiscardHandler)),
	}
	if db.dialect == dialectPostgres {
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	return goose.NewProvider(db.dialect.goose(), db.write, files, options...)
}

// migrate brings the schema up to date. A schema newer than the program is refused and not touched.
func (db *DB) migrate(ctx context.Context) error {
	p, err := db.migrations()
	if err != nil {
		return err
	}
	theirs, ours, err := p.GetVersions(ctx)
	if err != nil {
		return err
	}
	if theirs > ours {
		return &tandem.Error{Kind: tandem.KindStorage, Code: "db_newer", Args: tandem.Args{"theirs": theirs, "ours": ours}}
	}
	if theirs == ours {
		return nil
	}
	if e := db.refusal.Load(); e != nil {
		return e
	}
	_, err = p.Up(ctx)
	return err
}
