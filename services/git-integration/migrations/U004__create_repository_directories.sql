DROP TABLE repository_directories;
