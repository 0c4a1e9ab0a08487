-- A service whose migrations belong to another tool has one attempt for each time that tool is run.
ALTER TABLE schema_migrations DROP CONSTRAINT schema_migrations_kind_check;

ALTER TABLE schema_migrations ADD CONSTRAINT schema_migrations_kind_check
    CHECK (kind IN ('migrate', 'undo', 'seed', 'run'));

COMMENT ON COLUMN schema_migrations.kind IS
    'Whether a migration was applied, one was undone, data was seeded, or a service''s own tool was run.';

-- How the tool of each service ended last.
CREATE INDEX schema_migrations_tool_idx ON schema_migrations (service, id) WHERE kind = 'run';
