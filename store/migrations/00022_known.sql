-- +goose Up

-- The newest looks at a learning goal in a row at which its owner said to know what works.
ALTER TABLE learning ADD COLUMN known BIGINT NOT NULL DEFAULT 0;
