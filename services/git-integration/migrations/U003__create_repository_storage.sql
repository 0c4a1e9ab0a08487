DROP TABLE repository_storage;
