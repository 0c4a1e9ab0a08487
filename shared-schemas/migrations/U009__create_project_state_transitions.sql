DROP TABLE project_state_transitions;
