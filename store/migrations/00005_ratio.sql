-- +goose Up

-- A ratio is worked out from two other numbers of its workspace, over whole periods; 0: no ratio. The few
-- numbers that are ratios are found by their parts.
ALTER TABLE metric ADD COLUMN numerator BIGINT NOT NULL DEFAULT 0;
ALTER TABLE metric ADD COLUMN denominator BIGINT NOT NULL DEFAULT 0;
ALTER TABLE metric ADD COLUMN percent BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX metric_numerator ON metric (workspace_id, numerator) WHERE form = 'ratio';
CREATE INDEX metric_denominator ON metric (workspace_id, denominator) WHERE form = 'ratio';
