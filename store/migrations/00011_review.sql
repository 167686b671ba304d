-- +goose Up

-- A person's look at one week, named by its Monday.
CREATE TABLE review (
	workspace_id BIGINT NOT NULL,
	owner BIGINT NOT NULL,
	week BIGINT NOT NULL,
	since BIGINT NOT NULL,
	day BIGINT NOT NULL,
	done_day BIGINT,
	lesson TEXT NOT NULL,
	lesson_goal BIGINT NOT NULL,
	lesson_id BIGINT NOT NULL,
	version BIGINT NOT NULL,
	created BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, owner, week),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id)
);

-- What a review says of one goal (kind performance or learning) or of a micro-goal (kind empty), with the
-- chance of a result as it stood.
CREATE TABLE review_item (
	workspace_id BIGINT NOT NULL,
	owner BIGINT NOT NULL,
	week BIGINT NOT NULL,
	object BIGINT NOT NULL,
	kind TEXT NOT NULL,
	choice TEXT NOT NULL,
	chance DOUBLE PRECISION,
	seen_day BIGINT NOT NULL,
	why TEXT NOT NULL,
	step TEXT NOT NULL,
	set_off TEXT NOT NULL,
	PRIMARY KEY (workspace_id, owner, week, object),
	FOREIGN KEY (workspace_id, owner, week) REFERENCES review (workspace_id, owner, week)
);
