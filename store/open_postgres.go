package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// postgresConns bounds the connections of one instance; PostgreSQL's default limit of 100 then leaves
// room for several.
const postgresConns = 16

func (db *DB) openPostgres(ctx context.Context, dsn string) error {
	db.dialect = dialectPostgres
	cfg, err := pgx.ParseConfig(dsn)
	if err != nil {
		return err
	}
	cfg.RuntimeParams["application_name"] = "tandem"
	cfg.RuntimeParams["default_transaction_isolation"] = "read committed"
	pool := stdlib.OpenDB(*cfg)
	pool.SetMaxOpenConns(postgresConns)
	pool.SetMaxIdleConns(postgresConns)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	db.write, db.read = pool, pool
	return pool.PingContext(ctx)
}
