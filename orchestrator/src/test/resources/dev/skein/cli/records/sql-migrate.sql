-- What sql-migrate (of Debian 12) left in a database of PostgreSQL 15
CREATE TABLE public.gorp_migrations (
    id text NOT NULL,
    applied_at timestamp with time zone
);
INSERT INTO public.gorp_migrations VALUES ('20240101000000-people.sql', '2026-01-01 00:00:00+00');
INSERT INTO public.gorp_migrations VALUES ('20240102000000-pets.sql', '2026-01-01 00:00:00+00');
ALTER TABLE ONLY public.gorp_migrations
    ADD CONSTRAINT gorp_migrations_pkey PRIMARY KEY (id);
