-- Its own schema stays: the platform makes and drops it.
DROP TABLE project_activity, project_files, tasks, epics, projects;
