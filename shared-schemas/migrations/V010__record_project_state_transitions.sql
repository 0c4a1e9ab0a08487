-- Recorded by the database: a trail that every writer has to remember has gaps.
CREATE FUNCTION record_project_state_transition() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = ''
AS $$
BEGIN
    INSERT INTO core.project_state_transitions (project_id, from_status, to_status, changed_by, reason)
    VALUES (
        NEW.id,
        CASE WHEN TG_OP = 'UPDATE' THEN OLD.status END,
        NEW.status,
        -- Empty and not NULL once a setting was made by SET LOCAL in an earlier transaction of the session.
        coalesce(nullif(current_setting('core.actor', true), ''), current_user),
        nullif(current_setting('core.reason', true), '')
    );
    RETURN NULL;
END;
$$;

-- Two triggers, because a WHEN condition of INSERT cannot look at OLD.
CREATE TRIGGER projects_record_creation
    AFTER INSERT ON projects
    FOR EACH ROW EXECUTE FUNCTION record_project_state_transition();

CREATE TRIGGER projects_record_state_transition
    AFTER UPDATE ON projects
    FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status)
    EXECUTE FUNCTION record_project_state_transition();

COMMENT ON FUNCTION record_project_state_transition() IS
    'Trigger function of projects. Writers name themselves with SET LOCAL core.actor and, if they like, core.reason.';
