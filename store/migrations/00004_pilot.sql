-- +goose Up

-- The measured trials of techniques. What decides the figures is fixed when a pilot is made; the order of
-- its days is drawn from the seed.
CREATE TABLE pilot (
	workspace_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	technique_id BIGINT NOT NULL,
	owner BIGINT NOT NULL,
	design TEXT NOT NULL,
	hypothesis TEXT NOT NULL,
	worth DOUBLE PRECISION NOT NULL,
	first_day BIGINT NOT NULL,
	pairs BIGINT NOT NULL,
	days BIGINT NOT NULL,
	wash_out BIGINT NOT NULL,
	seed BIGINT NOT NULL,
	changed TEXT NOT NULL,
	changed_day BIGINT,
	stopped_day BIGINT,
	verdict TEXT NOT NULL,
	decided_day BIGINT,
	words TEXT NOT NULL,
	version BIGINT NOT NULL,
	created BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id, technique_id) REFERENCES technique (workspace_id, id)
);
CREATE INDEX pilot_technique ON pilot (workspace_id, technique_id);

-- The numbers of a pilot in their order. A number or result that is gone later stays named here.
CREATE TABLE pilot_number (
	workspace_id BIGINT NOT NULL,
	pilot_id BIGINT NOT NULL,
	place BIGINT NOT NULL,
	metric_id BIGINT NOT NULL,
	result_id BIGINT NOT NULL,
	start_day BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, pilot_id, place),
	FOREIGN KEY (workspace_id, pilot_id) REFERENCES pilot (workspace_id, id)
);
