DROP TABLE custom_features;
