-- +goose Up

-- Templates that somebody brought for the workspace: the text of one, as the library reads it.
CREATE TABLE template (
	workspace_id BIGINT NOT NULL,
	name TEXT NOT NULL,
	lang TEXT NOT NULL,
	owner BIGINT NOT NULL,
	text TEXT NOT NULL,
	created BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, name, lang),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id)
);

-- From which template a goal was made.
CREATE TABLE template_taken (
	workspace_id BIGINT NOT NULL,
	goal_id BIGINT NOT NULL,
	name TEXT NOT NULL,
	PRIMARY KEY (workspace_id, goal_id),
	FOREIGN KEY (workspace_id, goal_id) REFERENCES goal (workspace_id, id)
);
