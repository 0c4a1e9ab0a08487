DROP TABLE feature_usage;
