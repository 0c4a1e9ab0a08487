-- Events, never changed by the service. User and project are SET NULL: the numbers stay when either is deleted, and
-- nothing personal stays with them.
CREATE TABLE feature_usage (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    template_feature_id uuid NOT NULL,
    user_id uuid,
    project_id uuid,
    action text NOT NULL,
    occurred_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT feature_usage_pkey PRIMARY KEY (id),
    CONSTRAINT feature_usage_template_feature_id_fkey
        FOREIGN KEY (template_feature_id) REFERENCES template_features (id) ON DELETE CASCADE,
    CONSTRAINT feature_usage_user_id_fkey
        FOREIGN KEY (user_id) REFERENCES user_auth.users (id) ON DELETE SET NULL,
    CONSTRAINT feature_usage_project_id_fkey
        FOREIGN KEY (project_id) REFERENCES core.projects (id) ON DELETE SET NULL,
    CONSTRAINT feature_usage_action_check CHECK (action IN ('viewed', 'selected', 'removed', 'generated'))
);

-- Serves the foreign key and "how often was this used lately".
CREATE INDEX feature_usage_template_feature_id_occurred_at_idx ON feature_usage (template_feature_id, occurred_at);
CREATE INDEX feature_usage_user_id_idx ON feature_usage (user_id);
CREATE INDEX feature_usage_project_id_idx ON feature_usage (project_id);

COMMENT ON TABLE feature_usage IS 'What users did with the features of templates, one row per event.';
COMMENT ON COLUMN feature_usage.project_id IS 'NULL also while somebody only looks around and has no project yet.';
