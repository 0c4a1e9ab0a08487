DROP TABLE legacy_user_ids;
