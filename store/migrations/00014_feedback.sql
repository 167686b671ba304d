-- +goose Up

-- What somebody saw of a person's work, asked for or offered. The owner receives it; giver is a member, the
-- owner for the own look, 0 for somebody with a link, who is then named. Title and levels are what the owner
-- chose to show of the goal when it was asked.
CREATE TABLE feedback (
	workspace_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	owner BIGINT NOT NULL,
	giver BIGINT NOT NULL,
	name TEXT NOT NULL,
	email TEXT NOT NULL,
	how TEXT NOT NULL,             -- 'self', 'peer', 'lead'
	goal_id BIGINT NOT NULL,       -- 0: none
	title TEXT NOT NULL,
	levels TEXT NOT NULL,          -- a line each
	ask TEXT NOT NULL,
	asked BIGINT NOT NULL,         -- 0: offered
	ends BIGINT NOT NULL,
	state TEXT NOT NULL,           -- 'asked', 'given', 'declined', 'withdrawn'
	worked TEXT NOT NULL,
	try_next TEXT NOT NULL,
	score BIGINT NOT NULL,         -- 0: not said
	level BIGINT NOT NULL,
	given BIGINT NOT NULL,
	read_at BIGINT NOT NULL,
	learning_id BIGINT NOT NULL,   -- the learning goal that the second field became
	technique_id BIGINT NOT NULL,  -- the technique that it became
	evidence_id BIGINT NOT NULL,   -- the noticing of a level that it became
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id)
);
CREATE INDEX feedback_owner ON feedback (workspace_id, owner, id);
CREATE INDEX feedback_giver ON feedback (workspace_id, giver, state);

-- Trials of techniques that are over, with the decision.
CREATE TABLE trial (
	workspace_id BIGINT NOT NULL,
	technique_id BIGINT NOT NULL,
	began BIGINT NOT NULL,
	ended BIGINT NOT NULL,
	uses BIGINT NOT NULL,
	felt_natural BIGINT NOT NULL,
	helped BIGINT NOT NULL,        -- -1 no, 1 yes, 0 hard to say
	decision TEXT NOT NULL,        -- 'kept', 'adapted', 'dropped', 'trying' two weeks more, 'idea' put back
	words TEXT NOT NULL,
	PRIMARY KEY (workspace_id, technique_id, began),
	FOREIGN KEY (workspace_id, technique_id) REFERENCES technique (workspace_id, id)
);

-- What a person said about a line of celebration: who helped, or that it is put away.
CREATE TABLE cheer (
	workspace_id BIGINT NOT NULL,
	owner BIGINT NOT NULL,
	name TEXT NOT NULL,            -- what the line is about
	helped TEXT NOT NULL,
	away BOOLEAN NOT NULL,
	PRIMARY KEY (workspace_id, owner, name),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id)
);

ALTER TABLE person ADD COLUMN cheers_off BOOLEAN NOT NULL DEFAULT FALSE;
