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
    CONSTRAINT schema_migrations_pkey PRIMARY KEY (id),
    -- The story stays as long as it is told.
    CONSTRAINT schema_migrations_run_fkey FOREIGN KEY (run) REFERENCES runs (id) ON DELETE RESTRICT,
    CONSTRAINT schema_migrations_error_message_check CHECK (success = (error_message IS NULL))
);

CREATE INDEX schema_migrations_run_idx ON schema_migrations (run);

CREATE INDEX schema_migrations_service_id_idx ON schema_migrations (service, id DESC);

CREATE FUNCTION refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = ''
AS $$
BEGIN
    RAISE EXCEPTION 'ledger "skein.%" is append-only: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END;
$$;

CREATE TRIGGER schema_migrations_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON schema_migrations
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The trigger binds the owner, too; everybody else has no right to begin with.
REVOKE ALL ON schema_migrations FROM PUBLIC;

COMMENT ON TABLE schema_migrations IS 'Every attempt to apply a migration, in any service; append-only.';
COMMENT ON COLUMN schema_migrations.version IS 'NULL for a repeatable migration.';
COMMENT ON COLUMN schema_migrations.checksum IS 'As in flyway_schema_history; NULL where no single file is at fault.';
