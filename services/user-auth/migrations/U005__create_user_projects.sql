DROP TABLE user_projects;
