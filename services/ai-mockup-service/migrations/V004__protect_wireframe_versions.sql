-- The elements were found on exactly this drawing, and people approve exactly this drawing: a saved version does not
-- change. created_by is left out of the list of columns, for the foreign key's SET NULL to get through, and
-- change_summary, which may be corrected.
CREATE FUNCTION protect_wireframe_version() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = ''
AS $$
BEGIN
    RAISE EXCEPTION 'version % of wireframe % is saved and cannot change', OLD.version_number, OLD.wireframe_id
        USING ERRCODE = 'object_not_in_prerequisite_state',
            HINT = 'Save a new version.';
END;
$$;

CREATE TRIGGER wireframe_versions_protect
    BEFORE UPDATE OF id, wireframe_id, version_number, data, created_at ON wireframe_versions
    FOR EACH ROW EXECUTE FUNCTION protect_wireframe_version();

COMMENT ON FUNCTION protect_wireframe_version() IS
    'Trigger function of wireframe_versions: refuses to change a drawing.';
