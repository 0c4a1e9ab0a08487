-- Where a server's administrator took from PUBLIC the right to call new functions: the roles of services call these while
-- their files run, and services when they start. Each looks itself at who calls it, or tells nothing that is not public.
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA skein TO PUBLIC;

-- Parts of those above, and of a run's beginning.
REVOKE EXECUTE ON FUNCTION record_unfinished_files(), schema_of(oid, oid), name_of(oid, oid, integer) FROM PUBLIC;
