-- One row for each attempt. A success is written in the migration's own transaction, so it is there exactly if the
-- migration is; a failure after its rollback.
CREATE TABLE schema_migrations (
    id bigint GENERATED ALWAYS AS IDENTITY,
    service text NOT NULL,
    version text,
    filename text NOT NULL,
    checksum integer,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    execution_time_ms bigint NOT NULL,
    success boolean NOT NULL,
    error_message text,
    run uuid NOT NULL,
    applied_by text NOT NULL DEFAULT session_user,
    kind text NOT NULL DEFAULT 'migrate',
    notices jsonb,
    sqlstate text,
    CONSTRAINT schema_migrations_pkey PRIMARY KEY (id),
    -- The story stays as long as it is told.
    CONSTRAINT schema_migrations_run_fkey FOREIGN KEY (run) REFERENCES runs (id) ON DELETE RESTRICT,
    CONSTRAINT schema_migrations_error_message_check CHECK (success = (error_message IS NULL)),
    CONSTRAINT schema_migrations_kind_check CHECK (kind IN ('migrate', 'undo', 'seed', 'run')),
    CONSTRAINT schema_migrations_notices_check CHECK (jsonb_typeof(notices) = 'array')
);

CREATE INDEX schema_migrations_run_idx ON schema_migrations (run);

CREATE INDEX schema_migrations_service_id_idx ON schema_migrations (service, id DESC);

-- How the tool of each service ended last.
CREATE INDEX schema_migrations_tool_idx ON schema_migrations (service, id) WHERE kind = 'run';

-- pg_temp last, in every function of the ledger: in an empty search_path it comes first, and any role may create a type or
-- a view in it that has the name of one of PostgreSQL's own.
CREATE FUNCTION refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'ledger "skein.%" is append-only: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END;
$$;

CREATE TRIGGER schema_migrations_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON schema_migrations
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The trigger binds the owner, too; every other role has no right to begin with.
REVOKE ALL ON schema_migrations FROM PUBLIC;

COMMENT ON TABLE schema_migrations IS 'Every attempt to apply a migration, in any service; append-only.';
COMMENT ON COLUMN schema_migrations.version IS 'NULL for a repeatable migration.';
COMMENT ON COLUMN schema_migrations.checksum IS 'As in flyway_schema_history; NULL where no single file is at fault.';
COMMENT ON COLUMN schema_migrations.error_message IS
    'Why it failed, without values of rows: those are in failure_details.';
COMMENT ON COLUMN schema_migrations.sqlstate IS
    'PostgreSQL''s error code of a failure; NULL where PostgreSQL had no part in it.';
COMMENT ON COLUMN schema_migrations.kind IS
    'Whether a migration was applied, one was undone, data was seeded, or a service''s own tool was run.';
COMMENT ON COLUMN schema_migrations.notices IS
    'What PostgreSQL said meanwhile: severity, sqlState, message, and whether it is a warning; NULL if nothing.';
