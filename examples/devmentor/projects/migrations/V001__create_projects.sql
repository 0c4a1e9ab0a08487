CREATE TABLE projects (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    owner_id uuid NOT NULL,
    name text NOT NULL,
    description text,
    status text NOT NULL DEFAULT 'active',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT projects_pkey PRIMARY KEY (id),
    -- A project is handed over before its owner goes.
    CONSTRAINT projects_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES auth.users (id) ON DELETE RESTRICT,
    CONSTRAINT projects_owner_id_name_key UNIQUE (owner_id, name), -- also serves the foreign key
    CONSTRAINT projects_name_check CHECK (btrim(name) <> ''),
    CONSTRAINT projects_status_check CHECK (status IN ('active', 'paused', 'archived'))
);

CREATE TRIGGER projects_set_updated_at
    BEFORE UPDATE ON projects
    FOR EACH ROW EXECUTE FUNCTION auth.set_updated_at();

COMMENT ON TABLE projects IS 'What a developer works on with a mentor.';
