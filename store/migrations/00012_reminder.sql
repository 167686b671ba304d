-- +goose Up

-- The weekly mail: who said yes, and when it is looked at again. It belongs to an account.
CREATE TABLE reminder (
	person_id BIGINT PRIMARY KEY REFERENCES person (id),
	state TEXT NOT NULL,           -- 'on', 'quiet', 'off'
	weekday BIGINT NOT NULL,
	hour BIGINT NOT NULL,
	rest_days BIGINT NOT NULL,     -- bit 0 Sunday
	week BIGINT,                   -- Monday of the newest week that was queued
	next_at BIGINT NOT NULL,
	sent BIGINT NOT NULL,
	unanswered BIGINT NOT NULL,
	version BIGINT NOT NULL,
	created BIGINT NOT NULL
);
CREATE INDEX reminder_next ON reminder (state, next_at);

-- Mails that wait, and those of the last weeks that were sent. The key is what keeps a second one of a week
-- out; no text lies here.
CREATE TABLE mail (
	person_id BIGINT NOT NULL REFERENCES person (id),
	kind TEXT NOT NULL,
	week BIGINT NOT NULL,
	message_id TEXT NOT NULL,
	state TEXT NOT NULL,           -- 'queued', 'sent', 'parked'
	owner TEXT NOT NULL,
	lease_until BIGINT NOT NULL,   -- also when the next attempt may be made
	fence BIGINT NOT NULL,
	tries BIGINT NOT NULL,
	last_error TEXT NOT NULL,
	made BIGINT NOT NULL,
	done BIGINT NOT NULL,
	PRIMARY KEY (person_id, kind, week)
);
CREATE INDEX mail_due ON mail (state, lease_until);

-- What the links in mails log, each once.
CREATE TABLE mail_link (
	workspace_id BIGINT NOT NULL REFERENCES workspace (workspace_id),
	id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	metric_id BIGINT NOT NULL,
	week BIGINT NOT NULL,
	amount DOUBLE PRECISION,
	ends BIGINT NOT NULL,
	used BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX mail_link_week ON mail_link (workspace_id, person_id, metric_id, week);
