CREATE TABLE wireframes (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    project_id uuid NOT NULL,
    created_by uuid,
    name text NOT NULL,
    device text NOT NULL DEFAULT 'desktop',
    prompt text,
    status text NOT NULL DEFAULT 'draft',
    data jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT wireframes_pkey PRIMARY KEY (id),
    CONSTRAINT wireframes_project_id_fkey
        FOREIGN KEY (project_id) REFERENCES core.projects (id) ON DELETE CASCADE,
    -- The drawing belongs to the project, not to who drew it.
    CONSTRAINT wireframes_created_by_fkey
        FOREIGN KEY (created_by) REFERENCES user_auth.users (id) ON DELETE SET NULL,
    CONSTRAINT wireframes_name_check CHECK (btrim(name) <> ''),
    CONSTRAINT wireframes_device_check CHECK (device IN ('desktop', 'tablet', 'mobile')),
    CONSTRAINT wireframes_status_check CHECK (status IN ('draft', 'in_review', 'approved', 'archived')),
    CONSTRAINT wireframes_data_check CHECK (jsonb_typeof(data) = 'object')
);

-- Serves the foreign key and the project's list, latest change first.
CREATE INDEX wireframes_project_id_updated_at_idx ON wireframes (project_id, updated_at DESC);
CREATE INDEX wireframes_created_by_idx ON wireframes (created_by);

CREATE TRIGGER wireframes_set_updated_at
    BEFORE UPDATE ON wireframes
    FOR EACH ROW EXECUTE FUNCTION core.set_updated_at();

COMMENT ON TABLE wireframes IS 'Wireframes of a project, in their present state.';
COMMENT ON COLUMN wireframes.prompt IS 'What the generator was asked for; NULL if drawn by hand.';
COMMENT ON COLUMN wireframes.data IS 'The working copy, in the format of the drawing tool; saved states are versions.';
