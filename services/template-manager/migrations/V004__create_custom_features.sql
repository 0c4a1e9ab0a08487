CREATE TABLE custom_features (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    template_id uuid NOT NULL,
    created_by uuid,
    name text NOT NULL,
    description text,
    complexity text NOT NULL DEFAULT 'medium',
    details jsonb NOT NULL DEFAULT '{}',
    status text NOT NULL DEFAULT 'pending',
    reviewed_by uuid,
    reviewed_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT custom_features_pkey PRIMARY KEY (id),
    CONSTRAINT custom_features_template_id_fkey
        FOREIGN KEY (template_id) REFERENCES templates (id) ON DELETE CASCADE,
    -- An approved feature is open to everybody, so it outlives its author's account, as a review does its reviewer's.
    CONSTRAINT custom_features_created_by_fkey
        FOREIGN KEY (created_by) REFERENCES user_auth.users (id) ON DELETE SET NULL,
    CONSTRAINT custom_features_reviewed_by_fkey
        FOREIGN KEY (reviewed_by) REFERENCES user_auth.users (id) ON DELETE SET NULL,
    CONSTRAINT custom_features_name_check CHECK (btrim(name) <> ''),
    CONSTRAINT custom_features_complexity_check CHECK (complexity IN ('low', 'medium', 'high')),
    CONSTRAINT custom_features_details_check CHECK (jsonb_typeof(details) = 'object'),
    CONSTRAINT custom_features_status_check CHECK (status IN ('pending', 'approved', 'rejected')),
    -- By the time and not by reviewed_by, which becomes NULL when the reviewer's account is deleted.
    CONSTRAINT custom_features_reviewed_check CHECK ((status = 'pending') = (reviewed_at IS NULL))
);

-- One author does not propose the same feature twice; also serves the foreign key to templates.
CREATE UNIQUE INDEX custom_features_template_id_created_by_name_key
    ON custom_features (template_id, created_by, lower(name));

CREATE INDEX custom_features_created_by_idx ON custom_features (created_by);
CREATE INDEX custom_features_reviewed_by_idx ON custom_features (reviewed_by);

-- The review queue, oldest first.
CREATE INDEX custom_features_pending_idx ON custom_features (created_at) WHERE status = 'pending';

CREATE TRIGGER custom_features_set_updated_at
    BEFORE UPDATE ON custom_features
    FOR EACH ROW EXECUTE FUNCTION core.set_updated_at();

COMMENT ON TABLE custom_features IS 'Features that users have added to a template; others see them once approved.';
