CREATE TABLE wireframe_versions (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    wireframe_id uuid NOT NULL,
    version_number integer NOT NULL,
    data jsonb NOT NULL,
    change_summary text,
    created_by uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT wireframe_versions_pkey PRIMARY KEY (id),
    -- Also serves the foreign key to wireframes.
    CONSTRAINT wireframe_versions_wireframe_id_version_number_key UNIQUE (wireframe_id, version_number),
    CONSTRAINT wireframe_versions_wireframe_id_fkey
        FOREIGN KEY (wireframe_id) REFERENCES wireframes (id) ON DELETE CASCADE,
    CONSTRAINT wireframe_versions_created_by_fkey
        FOREIGN KEY (created_by) REFERENCES user_auth.users (id) ON DELETE SET NULL,
    CONSTRAINT wireframe_versions_version_number_check CHECK (version_number > 0),
    CONSTRAINT wireframe_versions_data_check CHECK (jsonb_typeof(data) = 'object')
);

CREATE INDEX wireframe_versions_created_by_idx ON wireframe_versions (created_by);

COMMENT ON TABLE wireframe_versions IS 'Saved states of a wireframe.';
COMMENT ON COLUMN wireframe_versions.version_number IS 'Counts from 1 within the wireframe.';
