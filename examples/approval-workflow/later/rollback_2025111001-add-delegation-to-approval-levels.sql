ALTER TABLE approval_levels DROP COLUMN delegated_to;
