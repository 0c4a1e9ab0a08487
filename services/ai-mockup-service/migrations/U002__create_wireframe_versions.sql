DROP TABLE wireframe_versions;
