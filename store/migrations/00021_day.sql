-- +goose Up

-- On how many days what a concept offers stood there, answered or not.
ALTER TABLE concept ADD COLUMN shown BIGINT NOT NULL DEFAULT 0;

-- Whether its owner wants to see on how many of the last 28 days a micro-goal was done.
ALTER TABLE micro_goal ADD COLUMN show_days BOOLEAN NOT NULL DEFAULT FALSE;
