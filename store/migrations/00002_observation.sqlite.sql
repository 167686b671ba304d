-- +goose Up
CREATE TABLE observation (
	workspace_id BIGINT NOT NULL,
	metric_id BIGINT NOT NULL,
	at BIGINT NOT NULL,
	day BIGINT NOT NULL,
	value DOUBLE PRECISION,
	state BIGINT NOT NULL,         -- 0 value, 1 skip, 2 not applicable
	source BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, metric_id, at)
) WITHOUT ROWID;
