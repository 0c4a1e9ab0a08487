DROP TABLE template_features;
