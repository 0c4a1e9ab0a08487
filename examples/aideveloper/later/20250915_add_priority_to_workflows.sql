ALTER TABLE workflows
    ADD COLUMN priority smallint NOT NULL DEFAULT 5,
    ADD CONSTRAINT workflows_priority_check CHECK (priority BETWEEN 1 AND 9);

COMMENT ON COLUMN workflows.priority IS '1 goes first.';
