-- +goose Up

-- Whether the weekly mail also tells what waits in the person's lifelines.
ALTER TABLE reminder ADD COLUMN lifelines BOOLEAN NOT NULL DEFAULT FALSE;
