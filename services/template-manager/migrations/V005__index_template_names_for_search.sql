-- Search by a part of the name (name ILIKE '%shop%'). The gallery is read and edited all day, so the index is built
-- without blocking writes. The statement cannot run in a transaction and is therefore alone in its file.
-- No IF NOT EXISTS: it would take the invalid index that a failed build leaves behind for the real one.
CREATE INDEX CONCURRENTLY templates_name_trgm_idx ON templates USING gin (name extensions.gin_trgm_ops);
