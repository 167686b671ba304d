-- +goose Up

-- A person's look back at one month or quarter, named by its first day.
CREATE TABLE period_review (
	workspace_id BIGINT NOT NULL,
	owner BIGINT NOT NULL,
	period TEXT NOT NULL,          -- 'month', 'quarter'
	first_day BIGINT NOT NULL,
	day BIGINT NOT NULL,
	done_day BIGINT,
	question TEXT NOT NULL,
	version BIGINT NOT NULL,
	created BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, owner, period, first_day),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id)
);

-- What was done with each result whose day lay in it.
CREATE TABLE period_review_item (
	workspace_id BIGINT NOT NULL,
	owner BIGINT NOT NULL,
	period TEXT NOT NULL,
	first_day BIGINT NOT NULL,
	goal_id BIGINT NOT NULL,
	choice TEXT NOT NULL,
	why TEXT NOT NULL,
	next_goal BIGINT NOT NULL,
	seen_day BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, owner, period, first_day, goal_id),
	FOREIGN KEY (workspace_id, owner, period, first_day) REFERENCES period_review (workspace_id, owner, period, first_day)
);
