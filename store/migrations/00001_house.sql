-- +goose Up

-- Accounts and sign-in: the only tables that span workspaces.

CREATE TABLE instance (
	id BIGINT PRIMARY KEY CHECK (id = 1),
	name TEXT NOT NULL,            -- random; kept beside the file too, so that an emptied file is noticed
	setup_hash TEXT NOT NULL,      -- of the first-run code; '' once set up
	secret TEXT NOT NULL,          -- keys derived values that must not be guessed
	created BIGINT NOT NULL
);

CREATE TABLE person (
	id BIGINT PRIMARY KEY,
	name TEXT NOT NULL,
	email TEXT NOT NULL,
	email_key TEXT,                -- NULL for an account without an address
	password TEXT NOT NULL,        -- argon2id; '' for none
	age_band TEXT NOT NULL,
	lang TEXT NOT NULL,
	zone TEXT NOT NULL,
	day_start BIGINT NOT NULL,
	theme TEXT NOT NULL,
	show_all BOOLEAN NOT NULL,
	keys_off BOOLEAN NOT NULL,
	suspended BOOLEAN NOT NULL,
	operator BOOLEAN NOT NULL,     -- runs the instance; no right on content
	epoch BIGINT NOT NULL,
	personal BIGINT NOT NULL,      -- the person's own workspace
	version BIGINT NOT NULL,
	created BIGINT NOT NULL
);
CREATE UNIQUE INDEX person_email ON person (email_key);

CREATE TABLE session (
	hash TEXT PRIMARY KEY,
	person_id BIGINT NOT NULL REFERENCES person (id),
	epoch BIGINT NOT NULL,
	made BIGINT NOT NULL,
	seen BIGINT NOT NULL,
	ends BIGINT NOT NULL,
	agent TEXT NOT NULL
);
CREATE INDEX session_person ON session (person_id);

CREATE TABLE token (
	id BIGINT PRIMARY KEY,
	person_id BIGINT NOT NULL REFERENCES person (id),
	name TEXT NOT NULL,
	prefix TEXT NOT NULL,
	hash TEXT NOT NULL,
	scopes TEXT NOT NULL,          -- words with a blank between
	only_workspace BIGINT NOT NULL, -- 0: any
	epoch BIGINT NOT NULL,
	created BIGINT NOT NULL,
	ends BIGINT NOT NULL,
	last_used BIGINT NOT NULL,     -- day
	revoked BIGINT NOT NULL
);
CREATE UNIQUE INDEX token_hash ON token (hash);
CREATE INDEX token_person ON token (person_id);

CREATE TABLE signin_link (
	hash TEXT PRIMARY KEY,
	person_id BIGINT NOT NULL REFERENCES person (id),
	ends BIGINT NOT NULL
);

CREATE TABLE throttle (
	key TEXT PRIMARY KEY,          -- 'account:…', 'address:…', 'changes:…'
	count BIGINT NOT NULL,
	since BIGINT NOT NULL,
	next_at BIGINT NOT NULL
);

CREATE TABLE job (
	name TEXT PRIMARY KEY,
	due BIGINT NOT NULL,
	owner TEXT NOT NULL,
	lease_until BIGINT NOT NULL,
	fence BIGINT NOT NULL,
	last_run BIGINT NOT NULL,
	last_error TEXT NOT NULL
);

CREATE TABLE concept (
	person_id BIGINT NOT NULL REFERENCES person (id),
	name TEXT NOT NULL,
	state TEXT NOT NULL,           -- 'offered', 'used', 'not_now', 'never'
	times BIGINT NOT NULL,         -- how often "not now" was said
	day BIGINT NOT NULL,           -- of the last change
	PRIMARY KEY (person_id, name)
);

-- A workspace is the tenant wall: its id comes first in the key of everything below.

CREATE TABLE workspace (
	workspace_id BIGINT PRIMARY KEY,
	kind TEXT NOT NULL,
	name TEXT NOT NULL,
	zone TEXT NOT NULL,
	next_source BIGINT NOT NULL,
	version BIGINT NOT NULL,
	created BIGINT NOT NULL
);

CREATE TABLE member (
	workspace_id BIGINT NOT NULL REFERENCES workspace (workspace_id),
	person_id BIGINT NOT NULL,
	role TEXT NOT NULL,
	joined BIGINT NOT NULL,
	ended BIGINT NOT NULL,         -- 0 while it lasts
	PRIMARY KEY (workspace_id, person_id)
);
CREATE INDEX member_person ON member (person_id);

CREATE TABLE invite (
	workspace_id BIGINT NOT NULL REFERENCES workspace (workspace_id),
	id BIGINT NOT NULL,
	hash TEXT NOT NULL,
	role TEXT NOT NULL,
	made_by BIGINT NOT NULL,
	ends BIGINT NOT NULL,
	used_by BIGINT NOT NULL,
	used_at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id)
);

CREATE TABLE source (
	workspace_id BIGINT NOT NULL REFERENCES workspace (workspace_id),
	id BIGINT NOT NULL,
	kind TEXT NOT NULL,            -- 'person', 'token', 'import'
	ref BIGINT NOT NULL,           -- id of the person, token or batch
	PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX source_ref ON source (workspace_id, kind, ref);

CREATE TABLE metric (
	workspace_id BIGINT NOT NULL REFERENCES workspace (workspace_id),
	id BIGINT NOT NULL,
	owner BIGINT NOT NULL,
	name TEXT NOT NULL,
	name_key TEXT NOT NULL,        -- lower case, for finding by name
	unit TEXT NOT NULL,
	form TEXT NOT NULL,
	direction TEXT NOT NULL,
	day_rule TEXT NOT NULL,
	period TEXT NOT NULL,
	decimals BIGINT NOT NULL,
	lo DOUBLE PRECISION,
	hi DOUBLE PRECISION,
	when_it_happens BOOLEAN NOT NULL,
	zone TEXT NOT NULL,
	external_id TEXT NOT NULL,
	archived BOOLEAN NOT NULL,
	data_version BIGINT NOT NULL,
	version BIGINT NOT NULL,
	created BIGINT NOT NULL,
	batch BIGINT NOT NULL,         -- the import that made it; 0 none
	PRIMARY KEY (workspace_id, id)
);
CREATE INDEX metric_name ON metric (workspace_id, name_key);

CREATE TABLE observation_note (
	workspace_id BIGINT NOT NULL,
	metric_id BIGINT NOT NULL,
	at BIGINT NOT NULL,
	note TEXT NOT NULL,
	PRIMARY KEY (workspace_id, metric_id, at)
);

CREATE TABLE observation_external (
	workspace_id BIGINT NOT NULL,
	metric_id BIGINT NOT NULL,
	external_id TEXT NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, metric_id, external_id)
);
CREATE INDEX observation_external_at ON observation_external (workspace_id, metric_id, at);

CREATE TABLE goal (
	workspace_id BIGINT NOT NULL REFERENCES workspace (workspace_id),
	id BIGINT NOT NULL,
	kind TEXT NOT NULL,
	owner BIGINT NOT NULL,
	title TEXT NOT NULL,
	why TEXT NOT NULL,
	state TEXT NOT NULL,
	visibility TEXT NOT NULL,
	paused_from BIGINT,
	external_id TEXT NOT NULL,
	version BIGINT NOT NULL,
	created BIGINT NOT NULL,
	created_day BIGINT NOT NULL,
	updated BIGINT NOT NULL,
	batch BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id)
);
CREATE INDEX goal_owner ON goal (workspace_id, owner, state);
CREATE INDEX goal_external ON goal (workspace_id, external_id);

CREATE TABLE performance (
	workspace_id BIGINT NOT NULL,
	goal_id BIGINT NOT NULL,
	metric_id BIGINT NOT NULL,
	start_day BIGINT NOT NULL,
	deadline BIGINT NOT NULL,
	baseline DOUBLE PRECISION,
	so_far DOUBLE PRECISION NOT NULL,
	target DOUBLE PRECISION NOT NULL,
	target_lo DOUBLE PRECISION,
	target_hi DOUBLE PRECISION,
	stretch DOUBLE PRECISION,
	reached_when TEXT NOT NULL,
	held_for BIGINT NOT NULL,
	kept_share DOUBLE PRECISION NOT NULL,
	repeats TEXT NOT NULL,
	judged TEXT NOT NULL,
	PRIMARY KEY (workspace_id, goal_id),
	FOREIGN KEY (workspace_id, goal_id) REFERENCES goal (workspace_id, id),
	FOREIGN KEY (workspace_id, metric_id) REFERENCES metric (workspace_id, id)
);
CREATE INDEX performance_metric ON performance (workspace_id, metric_id);

-- A learning goal has no column that could hold a deadline, a target or a chance.
CREATE TABLE learning (
	workspace_id BIGINT NOT NULL,
	goal_id BIGINT NOT NULL,
	skill TEXT NOT NULL,
	aim BIGINT NOT NULL,
	review_day BIGINT,
	minutes_metric BIGINT NOT NULL,
	collection TEXT NOT NULL,
	collection_size BIGINT NOT NULL,
	first_step TEXT NOT NULL,
	PRIMARY KEY (workspace_id, goal_id),
	FOREIGN KEY (workspace_id, goal_id) REFERENCES goal (workspace_id, id)
);

CREATE TABLE level (
	workspace_id BIGINT NOT NULL,
	goal_id BIGINT NOT NULL,
	n BIGINT NOT NULL,
	sentence TEXT NOT NULL,
	PRIMARY KEY (workspace_id, goal_id, n),
	FOREIGN KEY (workspace_id, goal_id) REFERENCES goal (workspace_id, id)
);

CREATE TABLE evidence (
	workspace_id BIGINT NOT NULL,
	goal_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	level BIGINT NOT NULL,
	how TEXT NOT NULL,
	by_person BIGINT NOT NULL,
	day BIGINT NOT NULL,
	note TEXT NOT NULL,
	PRIMARY KEY (workspace_id, goal_id, id),
	FOREIGN KEY (workspace_id, goal_id) REFERENCES goal (workspace_id, id)
);

CREATE TABLE fuels (
	workspace_id BIGINT NOT NULL,
	learning_id BIGINT NOT NULL,
	result_workspace BIGINT NOT NULL, -- no foreign key: the link grants nothing and may outlive its target
	result_id BIGINT NOT NULL,
	lag_days BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, learning_id, result_workspace, result_id),
	FOREIGN KEY (workspace_id, learning_id) REFERENCES goal (workspace_id, id)
);
CREATE INDEX fuels_result ON fuels (workspace_id, result_workspace, result_id);

CREATE TABLE factor (
	workspace_id BIGINT NOT NULL,
	goal_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	in_hands BOOLEAN NOT NULL,
	text TEXT NOT NULL,
	closing TEXT NOT NULL,
	PRIMARY KEY (workspace_id, goal_id, id),
	FOREIGN KEY (workspace_id, goal_id) REFERENCES goal (workspace_id, id)
);

CREATE TABLE milestone (
	workspace_id BIGINT NOT NULL,
	goal_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	title TEXT NOT NULL,
	value DOUBLE PRECISION,
	due BIGINT,
	done BIGINT,
	lesson_id BIGINT NOT NULL,
	version BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, goal_id, id),
	FOREIGN KEY (workspace_id, goal_id) REFERENCES goal (workspace_id, id)
);

CREATE TABLE lesson (
	workspace_id BIGINT NOT NULL,
	goal_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	day BIGINT NOT NULL,
	text TEXT NOT NULL,
	origin TEXT NOT NULL,
	PRIMARY KEY (workspace_id, goal_id, id),
	FOREIGN KEY (workspace_id, goal_id) REFERENCES goal (workspace_id, id)
);

CREATE TABLE slot (
	workspace_id BIGINT NOT NULL,
	goal_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	n BIGINT NOT NULL,
	name TEXT NOT NULL,
	used_day BIGINT,
	rating BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, goal_id, id),
	FOREIGN KEY (workspace_id, goal_id) REFERENCES goal (workspace_id, id)
);

CREATE TABLE practice (
	workspace_id BIGINT NOT NULL,
	goal_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	at BIGINT NOT NULL,
	day BIGINT NOT NULL,
	minutes DOUBLE PRECISION NOT NULL,
	reflection TEXT NOT NULL,
	enjoyment BIGINT NOT NULL,
	activity TEXT NOT NULL,
	PRIMARY KEY (workspace_id, goal_id, id),
	FOREIGN KEY (workspace_id, goal_id) REFERENCES goal (workspace_id, id)
);
CREATE INDEX practice_day ON practice (workspace_id, goal_id, day);

CREATE TABLE micro_goal (
	workspace_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	goal_id BIGINT NOT NULL,       -- 0: alone
	owner BIGINT NOT NULL,
	metric_id BIGINT NOT NULL,
	title TEXT NOT NULL,
	amount DOUBLE PRECISION NOT NULL,
	times DOUBLE PRECISION NOT NULL,
	at_most BOOLEAN NOT NULL,
	period TEXT NOT NULL,
	rest_days BIGINT NOT NULL,
	start_day BIGINT NOT NULL,
	archived BOOLEAN NOT NULL,
	version BIGINT NOT NULL,
	created BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id, metric_id) REFERENCES metric (workspace_id, id)
);
CREATE INDEX micro_goal_goal ON micro_goal (workspace_id, goal_id);

-- Stretches in which a goal or a micro-goal rests and nothing counts.
CREATE TABLE pause (
	workspace_id BIGINT NOT NULL,
	object_id BIGINT NOT NULL,
	from_day BIGINT NOT NULL,
	to_day BIGINT,
	PRIMARY KEY (workspace_id, object_id, from_day)
);

CREATE TABLE technique (
	workspace_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	owner BIGINT NOT NULL,
	name TEXT NOT NULL,
	state TEXT NOT NULL,
	goal_id BIGINT NOT NULL,       -- 0: none
	lesson_id BIGINT NOT NULL,
	since BIGINT NOT NULL,
	verdict TEXT NOT NULL,
	version BIGINT NOT NULL,
	created BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id)
);
CREATE INDEX technique_goal ON technique (workspace_id, goal_id);

CREATE TABLE use_log (
	workspace_id BIGINT NOT NULL,
	technique_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	at BIGINT NOT NULL,
	day BIGINT NOT NULL,
	metric_id BIGINT NOT NULL,     -- 0: alone
	observation_at BIGINT NOT NULL,
	helped BIGINT NOT NULL,
	natural_feel BIGINT NOT NULL,
	note TEXT NOT NULL,
	PRIMARY KEY (workspace_id, technique_id, id),
	FOREIGN KEY (workspace_id, technique_id) REFERENCES technique (workspace_id, id)
);
CREATE INDEX use_observation ON use_log (workspace_id, metric_id, observation_at);

CREATE TABLE closing (
	workspace_id BIGINT NOT NULL,
	goal_id BIGINT NOT NULL,
	outcome TEXT NOT NULL,
	value DOUBLE PRECISION NOT NULL,
	share DOUBLE PRECISION NOT NULL,
	gained TEXT NOT NULL,
	unexpected TEXT NOT NULL,
	next TEXT NOT NULL,
	next_goal BIGINT NOT NULL,
	next_technique BIGINT NOT NULL,
	release_why TEXT NOT NULL,
	done BIGINT NOT NULL,
	done_day BIGINT,
	version BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, goal_id),
	FOREIGN KEY (workspace_id, goal_id) REFERENCES goal (workspace_id, id)
);

CREATE TABLE snapshot (
	workspace_id BIGINT NOT NULL,
	goal_id BIGINT NOT NULL,
	data_version BIGINT NOT NULL,
	goal_version BIGINT NOT NULL,
	day BIGINT NOT NULL,
	made BIGINT NOT NULL,
	body TEXT NOT NULL,            -- tandem.Snapshot as JSON; never asked into by SQL
	PRIMARY KEY (workspace_id, goal_id)
);

CREATE TABLE history (
	workspace_id BIGINT NOT NULL,
	kind TEXT NOT NULL,
	object_id BIGINT NOT NULL,
	sub BIGINT NOT NULL,
	seq BIGINT NOT NULL,
	at BIGINT NOT NULL,
	by_person BIGINT NOT NULL,
	before TEXT NOT NULL,
	after TEXT NOT NULL,
	PRIMARY KEY (workspace_id, kind, object_id, sub, seq)
);

CREATE TABLE idempotency (
	workspace_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	route TEXT NOT NULL,
	key TEXT NOT NULL,
	body_hash TEXT NOT NULL,
	status BIGINT NOT NULL,
	reply TEXT NOT NULL,
	made BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, person_id, route, key)
);

CREATE TABLE outbox (
	workspace_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	kind TEXT NOT NULL,
	object_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	at BIGINT NOT NULL,
	owner TEXT NOT NULL,
	lease_until BIGINT NOT NULL,
	fence BIGINT NOT NULL,
	tries BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id)
);
CREATE INDEX outbox_at ON outbox (at);

CREATE TABLE import_batch (
	workspace_id BIGINT NOT NULL REFERENCES workspace (workspace_id),
	id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	format TEXT NOT NULL,
	file TEXT NOT NULL,
	state TEXT NOT NULL,
	source BIGINT NOT NULL,
	rows_read BIGINT NOT NULL,
	rows_imported BIGINT NOT NULL,
	rows_skipped BIGINT NOT NULL,
	created BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id)
);
