DROP TRIGGER projects_record_state_transition ON projects;
DROP TRIGGER projects_record_creation ON projects;
DROP FUNCTION record_project_state_transition();
