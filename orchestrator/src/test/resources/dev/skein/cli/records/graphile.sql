-- What graphile-migrate 1.4.1 left in a database of PostgreSQL 15
CREATE SCHEMA graphile_migrate;
CREATE TABLE graphile_migrate.current (
    filename text DEFAULT 'current.sql'::text NOT NULL,
    content text NOT NULL,
    date timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE graphile_migrate.migrations (
    hash text NOT NULL,
    previous_hash text,
    filename text NOT NULL,
    date timestamp with time zone DEFAULT now() NOT NULL
);
INSERT INTO graphile_migrate.migrations VALUES ('sha1:6f49d3ea5f116a8ae655c501fdb4e93b4549d404', NULL, '000001.sql', '2026-01-01 00:00:00+00');
INSERT INTO graphile_migrate.migrations VALUES ('sha1:789a5c060f5adeac65c03f4a28eb68d6cdde24ef', 'sha1:6f49d3ea5f116a8ae655c501fdb4e93b4549d404', '000002.sql', '2026-01-01 00:00:00+00');
ALTER TABLE ONLY graphile_migrate.current
    ADD CONSTRAINT current_pkey PRIMARY KEY (filename);
ALTER TABLE ONLY graphile_migrate.migrations
    ADD CONSTRAINT migrations_pkey PRIMARY KEY (hash);
ALTER TABLE ONLY graphile_migrate.migrations
    ADD CONSTRAINT migrations_previous_hash_fkey FOREIGN KEY (previous_hash) REFERENCES graphile_migrate.migrations(hash);
