CREATE TABLE template_features (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    template_id uuid NOT NULL,
    feature_key text NOT NULL,
    name text NOT NULL,
    description text,
    importance text NOT NULL DEFAULT 'suggested',
    complexity text NOT NULL DEFAULT 'medium',
    position integer NOT NULL DEFAULT 0,
    details jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT template_features_pkey PRIMARY KEY (id),
    -- Also serves the foreign key to templates.
    CONSTRAINT template_features_template_id_feature_key_key UNIQUE (template_id, feature_key),
    CONSTRAINT template_features_template_id_fkey
        FOREIGN KEY (template_id) REFERENCES templates (id) ON DELETE CASCADE,
    CONSTRAINT template_features_feature_key_check CHECK (feature_key ~ '^[a-z][a-z0-9_.-]*$'),
    CONSTRAINT template_features_name_check CHECK (btrim(name) <> ''),
    CONSTRAINT template_features_importance_check CHECK (importance IN ('essential', 'suggested', 'optional')),
    CONSTRAINT template_features_complexity_check CHECK (complexity IN ('low', 'medium', 'high')),
    CONSTRAINT template_features_position_check CHECK (position >= 0),
    CONSTRAINT template_features_details_check CHECK (jsonb_typeof(details) = 'object')
);

CREATE TRIGGER template_features_set_updated_at
    BEFORE UPDATE ON template_features
    FOR EACH ROW EXECUTE FUNCTION core.set_updated_at();

COMMENT ON TABLE template_features IS 'Features that a template offers.';
COMMENT ON COLUMN template_features.position IS 'Order of display; equal positions are ordered by name.';
COMMENT ON COLUMN template_features.details IS 'Business rules and acceptance criteria, as the editor writes them.';
