DROP TRIGGER wireframe_versions_protect ON wireframe_versions;
DROP FUNCTION protect_wireframe_version();
