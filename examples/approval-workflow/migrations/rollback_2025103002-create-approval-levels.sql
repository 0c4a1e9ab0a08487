DROP TABLE approval_levels;
