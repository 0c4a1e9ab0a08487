-- What MyBatis Migrations 3.4.0 left in a database of PostgreSQL 15
CREATE TABLE public.changelog (
    id numeric(20,0) NOT NULL,
    applied_at character varying(25) NOT NULL,
    description character varying(255) NOT NULL
);
INSERT INTO public.changelog VALUES (20240101000000, '2026-01-01 00:00:00', 'create changelog');
INSERT INTO public.changelog VALUES (20240101000001, '2026-01-01 00:00:00', 'people');
INSERT INTO public.changelog VALUES (20240102000000, '2026-01-01 00:00:00', 'pets');
ALTER TABLE ONLY public.changelog
    ADD CONSTRAINT pk_changelog PRIMARY KEY (id);
