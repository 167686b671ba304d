-- +goose Up

-- Planned learning on a learning goal.
CREATE TABLE activity (
	workspace_id BIGINT NOT NULL,
	goal_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	title TEXT NOT NULL,
	type TEXT NOT NULL,
	tag TEXT NOT NULL,             -- 'study', 'practise', 'reflect', 'apply'
	with_whom TEXT NOT NULL,
	day BIGINT,                    -- planned for
	done BIGINT,
	ends BIGINT,                   -- last day on which a certificate holds
	enjoyment BIGINT NOT NULL,
	lesson_id BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, goal_id, id),
	FOREIGN KEY (workspace_id, goal_id) REFERENCES goal (workspace_id, id)
);

-- What was learned under goals that were deleted: noticed levels and lessons, each with the name of its skill.
CREATE TABLE kept (
	workspace_id BIGINT NOT NULL REFERENCES workspace (workspace_id),
	owner BIGINT NOT NULL,
	goal_id BIGINT NOT NULL,       -- that is gone
	kind TEXT NOT NULL,            -- 'evidence', 'lesson'
	id BIGINT NOT NULL,
	goal_kind TEXT NOT NULL,
	skill TEXT NOT NULL,
	level BIGINT NOT NULL,
	text TEXT NOT NULL,            -- the level's sentence, or the lesson
	how TEXT NOT NULL,             -- source of the evidence, or where the lesson is from
	by_person BIGINT NOT NULL,
	who TEXT NOT NULL,
	context TEXT NOT NULL,
	day BIGINT NOT NULL,
	note TEXT NOT NULL,
	dropped BOOLEAN NOT NULL,
	PRIMARY KEY (workspace_id, owner, goal_id, kind, id)
);

ALTER TABLE evidence ADD COLUMN who TEXT NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN context TEXT NOT NULL DEFAULT '';
ALTER TABLE use_log ADD COLUMN context TEXT NOT NULL DEFAULT '';
ALTER TABLE lesson ADD COLUMN dropped BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE learning ADD COLUMN about TEXT NOT NULL DEFAULT '';
