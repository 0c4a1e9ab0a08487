-- All of the database, for whoever knows the objects: there are few, and PostgreSQL's own are below this number.
SELECT d.classoid, d.objoid, d.objsubid, d.description
FROM pg_description d
WHERE d.objoid >= 16384
