-- The procedure commits after each page, and may run as often as it likes.
-- transaction: none
CALL move_legacy_users();
