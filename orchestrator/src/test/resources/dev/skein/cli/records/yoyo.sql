-- What yoyo (python3-yoyo of Debian 12) left in a database of PostgreSQL 15
CREATE TABLE public._yoyo_log (
    id character varying(36) NOT NULL,
    migration_hash character varying(64),
    migration_id character varying(255),
    operation character varying(10),
    username character varying(255),
    hostname character varying(255),
    comment character varying(255),
    created_at_utc timestamp without time zone
);
CREATE TABLE public._yoyo_migration (
    migration_hash character varying(64) NOT NULL,
    migration_id character varying(255),
    applied_at_utc timestamp without time zone
);
CREATE TABLE public._yoyo_version (
    version integer NOT NULL,
    installed_at_utc timestamp without time zone
);
CREATE TABLE public.yoyo_lock (
    locked integer DEFAULT 1 NOT NULL,
    ctime timestamp without time zone,
    pid integer NOT NULL
);
INSERT INTO public._yoyo_log VALUES ('00000000-0000-0000-0000-000000000825', '56476b081f11733f5f319c568782f1000c2ef75e21056bc4a7c2e1bdadfa4843', '0001.people', 'apply', 'you', 'host', NULL, '2026-01-01 00:00:00');
INSERT INTO public._yoyo_log VALUES ('00000000-0000-0000-0000-000000001039', '9a230c83f29d940fb0832ed6204ce9a87f51d63543fa15344c1b55a93dd958c5', '0002.pets', 'apply', 'you', 'host', NULL, '2026-01-01 00:00:00');
INSERT INTO public._yoyo_migration VALUES ('56476b081f11733f5f319c568782f1000c2ef75e21056bc4a7c2e1bdadfa4843', '0001.people', '2026-01-01 00:00:00');
INSERT INTO public._yoyo_migration VALUES ('9a230c83f29d940fb0832ed6204ce9a87f51d63543fa15344c1b55a93dd958c5', '0002.pets', '2026-01-01 00:00:00');
INSERT INTO public._yoyo_version VALUES (2, '2026-01-01 00:00:00');
ALTER TABLE ONLY public._yoyo_log
    ADD CONSTRAINT _yoyo_log_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public._yoyo_migration
    ADD CONSTRAINT _yoyo_migration_pkey PRIMARY KEY (migration_hash);
ALTER TABLE ONLY public._yoyo_version
    ADD CONSTRAINT _yoyo_version_pkey PRIMARY KEY (version);
ALTER TABLE ONLY public.yoyo_lock
    ADD CONSTRAINT yoyo_lock_pkey PRIMARY KEY (locked);
