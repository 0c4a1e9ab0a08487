-- What PostgreSQL and external tools say of a failure may hold values of rows. The ledger is for all to read, so they stand
-- in a table of their own: for members of the service's group, and for those who may migrate.
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

COMMENT ON TABLE failure_details IS
    'What was said of failures with values of rows in it; for members of the service''s group.';
COMMENT ON COLUMN failure_details.attempt IS
    'The id in schema_migrations; no foreign key, since both are append-only.';
COMMENT ON COLUMN failure_details.readers IS 'The role whose members may read it: the service''s group.';
