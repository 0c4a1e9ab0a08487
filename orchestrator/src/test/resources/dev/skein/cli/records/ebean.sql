-- What Ebean Migration 14.2.0 left in a database of PostgreSQL 15
CREATE TABLE public.db_migration (
    id integer NOT NULL,
    mchecksum integer NOT NULL,
    mtype character varying(1) NOT NULL,
    mversion character varying(150) NOT NULL,
    mcomment character varying(150) NOT NULL,
    mstatus character varying(10) NOT NULL,
    run_on timestamp without time zone NOT NULL,
    run_by character varying(30) NOT NULL,
    run_time integer NOT NULL
);
INSERT INTO public.db_migration VALUES (0, 0, 'I', '0', '<init>', 'SUCCESS', '2026-01-01 00:00:00', 'you', 0);
INSERT INTO public.db_migration VALUES (1, 1807802951, 'V', '1.0', 'people', 'SUCCESS', '2026-01-01 00:00:00', 'you', 1);
INSERT INTO public.db_migration VALUES (2, 462340052, 'V', '1.1', 'pets', 'SUCCESS', '2026-01-01 00:00:00', 'you', 1);
ALTER TABLE ONLY public.db_migration
    ADD CONSTRAINT pk_db_migration PRIMARY KEY (id);
