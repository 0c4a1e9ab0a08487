DROP TABLE workflow_requests;
DROP FUNCTION set_updated_at();
