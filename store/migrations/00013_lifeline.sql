-- +goose Up

-- A lifeline belongs to accounts, as sign-in does: it spans workspaces and holds nothing of them.
CREATE TABLE lifeline (
	id BIGINT PRIMARY KEY,
	question TEXT NOT NULL,
	made_by BIGINT NOT NULL,
	version BIGINT NOT NULL,
	created BIGINT NOT NULL
);

CREATE TABLE lifeline_member (
	lifeline_id BIGINT NOT NULL REFERENCES lifeline (id),
	person_id BIGINT NOT NULL REFERENCES person (id),
	tie TEXT NOT NULL,             -- 'invited', 'accepted' or 'ended'; only 'accepted' grants
	ask TEXT NOT NULL,
	parts TEXT NOT NULL,           -- words with a blank between
	quiet_days BIGINT NOT NULL,    -- 0: never
	quiet_words TEXT NOT NULL,
	quiet_since BIGINT NOT NULL,   -- day
	joined BIGINT NOT NULL,
	ended BIGINT NOT NULL,         -- 0 while it lasts
	PRIMARY KEY (lifeline_id, person_id)
);
CREATE INDEX lifeline_member_person ON lifeline_member (person_id);

-- That somebody in a lifeline said yes to somebody who was invited.
CREATE TABLE lifeline_consent (
	lifeline_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	by_person BIGINT NOT NULL,
	PRIMARY KEY (lifeline_id, person_id, by_person)
);

CREATE TABLE lifeline_invite (
	lifeline_id BIGINT NOT NULL REFERENCES lifeline (id),
	id BIGINT NOT NULL,
	hash TEXT NOT NULL,
	who TEXT NOT NULL,
	made_by BIGINT NOT NULL,
	ends BIGINT NOT NULL,
	used_by BIGINT NOT NULL,
	used_at BIGINT NOT NULL,
	PRIMARY KEY (lifeline_id, id)
);
CREATE UNIQUE INDEX lifeline_invite_hash ON lifeline_invite (hash);

-- A goal that its owner shows to a lifeline, on the owner's side.
CREATE TABLE share (
	workspace_id BIGINT NOT NULL,
	goal_id BIGINT NOT NULL,
	lifeline_id BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, goal_id, lifeline_id),
	FOREIGN KEY (workspace_id, goal_id) REFERENCES goal (workspace_id, id)
);
CREATE INDEX share_lifeline ON share (lifeline_id);

-- What was written in a lifeline, on the side of the person whom it is about.
CREATE TABLE note (
	workspace_id BIGINT NOT NULL REFERENCES workspace (workspace_id),
	id BIGINT NOT NULL,
	lifeline_id BIGINT NOT NULL,
	owner BIGINT NOT NULL,
	author BIGINT NOT NULL,
	kind TEXT NOT NULL,
	state TEXT NOT NULL,
	goal_space BIGINT NOT NULL,    -- 0: about no goal
	goal_id BIGINT NOT NULL,
	level BIGINT NOT NULL,
	field TEXT NOT NULL,
	about BIGINT NOT NULL,         -- the note that this answers; 0 none
	text TEXT NOT NULL,
	learned TEXT NOT NULL,
	need TEXT NOT NULL,
	day BIGINT NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id)
);
CREATE INDEX note_lifeline ON note (workspace_id, lifeline_id, id);
