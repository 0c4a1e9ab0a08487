DROP INDEX CONCURRENTLY IF EXISTS templates_name_trgm_idx;
