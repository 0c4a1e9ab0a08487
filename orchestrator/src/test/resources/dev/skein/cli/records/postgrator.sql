-- What postgrator 8.0.0 left in a database of PostgreSQL 15
CREATE TABLE public.schemaversion (
    version bigint NOT NULL,
    name text,
    md5 text,
    run_at timestamp with time zone
);
INSERT INTO public.schemaversion VALUES (0, NULL, NULL, NULL);
INSERT INTO public.schemaversion VALUES (1, 'people', 'cd70a98fc4f1aaf8003dd2cfa47a8e6a', '2026-01-01 00:00:00+00');
INSERT INTO public.schemaversion VALUES (2, 'pets', 'afe559afdf9ce98791ea77f565097b4d', '2026-01-01 00:00:00+00');
ALTER TABLE ONLY public.schemaversion
    ADD CONSTRAINT schemaversion_pkey PRIMARY KEY (version);
