DROP TABLE admin_configuration;
