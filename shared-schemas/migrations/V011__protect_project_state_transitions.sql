-- Services write to core with plain DML rights, so a right cannot keep the trail append-only; a trigger does.
CREATE FUNCTION protect_project_state_transition() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = ''
AS $$
BEGIN
    -- ON DELETE CASCADE comes here after the project has gone; every other delete finds it still there.
    IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT FROM core.projects WHERE id = OLD.project_id) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% of the audit trail core.project_state_transitions is not allowed', TG_OP
        USING ERRCODE = 'object_not_in_prerequisite_state',
            HINT = 'Correct the project: the correction becomes an entry of its own.';
END;
$$;

CREATE TRIGGER project_state_transitions_protect
    BEFORE UPDATE OR DELETE ON project_state_transitions
    FOR EACH ROW EXECUTE FUNCTION protect_project_state_transition();

COMMENT ON FUNCTION protect_project_state_transition() IS
    'Trigger function of project_state_transitions: refuses changes, and deletes other than with the project.';
