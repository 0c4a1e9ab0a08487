-- A row here keeps reset, clean and prune from this database; see "skein protect".
CREATE TABLE protection (
    single boolean NOT NULL DEFAULT true,
    protected_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    protected_by text NOT NULL DEFAULT session_user,
    reason text NOT NULL,
    CONSTRAINT protection_pkey PRIMARY KEY (single),
    CONSTRAINT protection_single_check CHECK (single)
);

GRANT SELECT ON protection TO PUBLIC;

COMMENT ON TABLE protection IS 'That this database may not be emptied; at most one row.';
COMMENT ON COLUMN protection.single IS 'Keeps a second row out.';
