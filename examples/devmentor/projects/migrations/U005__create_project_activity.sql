DROP TABLE project_activity;
