-- What sequelize-cli 6.6.5 left in a database of PostgreSQL 15
CREATE TABLE public."SequelizeMeta" (
    name character varying(255) NOT NULL
);
INSERT INTO public."SequelizeMeta" VALUES ('20240101000000-people.js');
INSERT INTO public."SequelizeMeta" VALUES ('20240102000000-pets.js');
ALTER TABLE ONLY public."SequelizeMeta"
    ADD CONSTRAINT "SequelizeMeta_pkey" PRIMARY KEY (name);
