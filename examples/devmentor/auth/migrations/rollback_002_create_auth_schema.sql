-- The schema itself stays: the platform makes and drops it.
DROP TABLE auth.audit_log, auth.user_sessions, auth.users;
DROP FUNCTION auth.may_see(UUID);
DROP FUNCTION auth.update_updated_at_column();
