-- +goose Up

-- What the owner of a learning goal says that else changed since it began to count, on which day that was
-- said, and how many days the difference was looked at: no difference is read without them.
ALTER TABLE fuels ADD COLUMN changed TEXT NOT NULL DEFAULT '';
ALTER TABLE fuels ADD COLUMN changed_day BIGINT;
ALTER TABLE fuels ADD COLUMN looks BIGINT NOT NULL DEFAULT 0;
ALTER TABLE fuels ADD COLUMN looked_day BIGINT;
