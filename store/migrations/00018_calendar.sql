-- +goose Up

-- What a workspace calls its time by: the month in which its year begins, and its named days as JSON ("" for none).
ALTER TABLE workspace ADD COLUMN fiscal_month BIGINT NOT NULL DEFAULT 1;
ALTER TABLE workspace ADD COLUMN dates TEXT NOT NULL DEFAULT '';
