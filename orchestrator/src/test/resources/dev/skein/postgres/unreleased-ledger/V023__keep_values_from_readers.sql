-- What PostgreSQL and external tools say of a failure may hold values of rows. The ledger is for all to read, so they stand
-- in a table of their own: for members of the service's group, and for whoever may migrate.
CREATE TABLE failure_details (
    attempt bigint NOT NULL,
    readers text NOT NULL,
    message text NOT NULL,
    CONSTRAINT failure_details_pkey PRIMARY KEY (attempt)
);

CREATE TRIGGER failure_details_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON failure_details
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The owner of the ledger, and superusers, are not bound by it.
ALTER TABLE failure_details ENABLE ROW LEVEL SECURITY;

CREATE POLICY failure_details_of_own_service ON failure_details FOR SELECT
    USING (coalesce(pg_has_role(to_regrole(quote_ident(readers)), 'MEMBER'), false));

REVOKE ALL ON failure_details FROM PUBLIC;

GRANT SELECT ON failure_details TO PUBLIC;

COMMENT ON TABLE failure_details IS 'What was said of failures with values of rows in it; for members of the service''s group.';
COMMENT ON COLUMN failure_details.attempt IS
    'The id in schema_migrations; no foreign key, since both are append-only.';
COMMENT ON COLUMN failure_details.readers IS 'The role whose members may read it: the service''s group.';

ALTER TABLE schema_migrations ADD COLUMN sqlstate text;

COMMENT ON COLUMN schema_migrations.sqlstate IS 'PostgreSQL''s error code of a failure; NULL where PostgreSQL had no part in it.';
COMMENT ON COLUMN schema_migrations.error_message IS 'Why it failed, without values of rows: those are in failure_details.';

-- What earlier versions of Skein kept: the names of constraints and columns cannot be told from values in it.
ALTER TABLE schema_migrations DISABLE TRIGGER schema_migrations_append_only;

INSERT INTO failure_details (attempt, readers, message)
SELECT m.id, coalesce(s.schema, m.service) || '_app', m.error_message
FROM schema_migrations m LEFT JOIN services s ON s.service = m.service
WHERE NOT m.success;

UPDATE schema_migrations SET error_message = 'failed; what was said of it is in skein.failure_details' WHERE NOT success;

ALTER TABLE schema_migrations ENABLE TRIGGER schema_migrations_append_only;

-- What a file says with RAISE NOTICE is for the same readers.
CREATE OR REPLACE FUNCTION get_migration_history(service text DEFAULT NULL) RETURNS SETOF schema_migrations
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE WHEN pg_has_role(session_user, current_user, 'MEMBER')
            OR coalesce(pg_has_role(session_user, to_regrole(quote_ident(s.schema || '_app')), 'MEMBER'), false)
        THEN m ELSE jsonb_populate_record(m, '{"notices": null}') END
    FROM skein.schema_migrations m LEFT JOIN skein.services s ON s.service = m.service
    WHERE get_migration_history.service IS NULL OR m.service = get_migration_history.service
    ORDER BY m.id
$$;

COMMENT ON FUNCTION get_migration_history(text) IS
    'Every attempt, of one service or of all, oldest first; without notices for those who are not in the service''s group.';

-- Where a server's administrator took from PUBLIC the right to call new functions: the roles of services call these while
-- their files run, and services when they start. Each looks itself at who calls it, or tells nothing that is not public.
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA skein TO PUBLIC;

-- Parts of those above, and of a run's beginning.
REVOKE EXECUTE ON FUNCTION record_unfinished_files(), schema_of(oid, oid), name_of(oid, oid, integer) FROM PUBLIC;
