DROP TABLE user_feature_preferences;
