DROP TABLE module_settings;
