-- +goose Up

-- What was advised when a goal was drafted and what was taken, and the hints that stay away for this goal
-- (codes, separated by spaces).
CREATE TABLE advised (
	workspace_id BIGINT NOT NULL,
	goal_id BIGINT NOT NULL,
	rule TEXT NOT NULL,
	kind TEXT NOT NULL,
	lead TEXT NOT NULL,
	chosen TEXT NOT NULL,
	day BIGINT NOT NULL,
	quiet TEXT NOT NULL,
	PRIMARY KEY (workspace_id, goal_id),
	FOREIGN KEY (workspace_id, goal_id) REFERENCES goal (workspace_id, id)
);
