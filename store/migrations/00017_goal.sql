-- +goose Up

-- What must not get worse while a result is pursued: a bound on another number of the workspace. Once the
-- result is closed, judged ('holds', 'broken', 'open') and stood say how it was found.
CREATE TABLE guard (
	workspace_id BIGINT NOT NULL,
	goal_id BIGINT NOT NULL,
	metric_id BIGINT NOT NULL,
	side TEXT NOT NULL,            -- 'at_least', 'at_most'
	bound DOUBLE PRECISION NOT NULL,
	every_value BOOLEAN NOT NULL,  -- each value keeps it; else all of the time together
	judged TEXT NOT NULL,
	stood DOUBLE PRECISION,
	PRIMARY KEY (workspace_id, goal_id, metric_id),
	FOREIGN KEY (workspace_id, goal_id) REFERENCES goal (workspace_id, id),
	FOREIGN KEY (workspace_id, metric_id) REFERENCES metric (workspace_id, id)
);
CREATE INDEX guard_metric ON guard (workspace_id, metric_id);

-- Why a value was changed after the last day of a result that counted it.
CREATE TABLE correction (
	workspace_id BIGINT NOT NULL,
	metric_id BIGINT NOT NULL,
	at BIGINT NOT NULL,
	reason TEXT NOT NULL,
	PRIMARY KEY (workspace_id, metric_id, at),
	FOREIGN KEY (workspace_id, metric_id) REFERENCES metric (workspace_id, id)
);

-- The last page of a result: whether its number was there while a guard was broken, and what was tapped as
-- gained (words, separated by spaces).
ALTER TABLE closing ADD COLUMN withheld BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE closing ADD COLUMN gains TEXT NOT NULL DEFAULT '';
