DROP FUNCTION check_legacy_users();
DROP PROCEDURE move_legacy_users(integer);
