DROP TABLE repository_files;
