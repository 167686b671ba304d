-- +goose Up

-- Among which orders chance chose: 0 every pair by itself, 1 without the orders that turn most often.
ALTER TABLE pilot ADD COLUMN draw BIGINT NOT NULL DEFAULT 0;
