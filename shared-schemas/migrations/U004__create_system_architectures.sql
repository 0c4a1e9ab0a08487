DROP TABLE system_architectures;
