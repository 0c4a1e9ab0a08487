DROP TABLE work_notes;
