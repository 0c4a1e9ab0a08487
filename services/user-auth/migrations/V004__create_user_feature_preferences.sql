CREATE TABLE user_feature_preferences (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL,
    feature_key text NOT NULL,
    enabled boolean NOT NULL DEFAULT true,
    settings jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT user_feature_preferences_pkey PRIMARY KEY (id),
    -- Also serves the foreign key to users.
    CONSTRAINT user_feature_preferences_user_id_feature_key_key UNIQUE (user_id, feature_key),
    CONSTRAINT user_feature_preferences_user_id_fkey
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT user_feature_preferences_feature_key_check CHECK (feature_key ~ '^[a-z][a-z0-9_.-]*$'),
    CONSTRAINT user_feature_preferences_settings_check CHECK (jsonb_typeof(settings) = 'object')
);

CREATE TRIGGER user_feature_preferences_set_updated_at
    BEFORE UPDATE ON user_feature_preferences
    FOR EACH ROW EXECUTE FUNCTION core.set_updated_at();

COMMENT ON TABLE user_feature_preferences IS
    'What a user has changed about a feature of the platform; without a row the default holds.';
COMMENT ON COLUMN user_feature_preferences.settings IS 'Options of the feature; their shape is the feature''s own.';
