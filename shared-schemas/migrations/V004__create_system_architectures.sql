CREATE TABLE system_architectures (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    project_id uuid NOT NULL,
    version integer NOT NULL,
    style text NOT NULL,
    status text NOT NULL DEFAULT 'draft',
    design jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT system_architectures_pkey PRIMARY KEY (id),
    -- Also serves the foreign key to projects.
    CONSTRAINT system_architectures_project_id_version_key UNIQUE (project_id, version),
    CONSTRAINT system_architectures_project_id_fkey
        FOREIGN KEY (project_id) REFERENCES projects (id) ON DELETE CASCADE,
    CONSTRAINT system_architectures_version_check CHECK (version > 0),
    CONSTRAINT system_architectures_style_check
        CHECK (style IN ('monolith', 'modular_monolith', 'microservices', 'event_driven', 'serverless')),
    CONSTRAINT system_architectures_status_check CHECK (status IN ('draft', 'approved', 'superseded')),
    CONSTRAINT system_architectures_design_check CHECK (jsonb_typeof(design) = 'object')
);

-- A project is built from at most one design at a time.
CREATE UNIQUE INDEX system_architectures_approved_key ON system_architectures (project_id) WHERE status = 'approved';

CREATE TRIGGER system_architectures_set_updated_at
    BEFORE UPDATE ON system_architectures
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

COMMENT ON TABLE system_architectures IS 'Architecture designs of a project, one row per version.';
COMMENT ON COLUMN system_architectures.version IS 'Counts from 1 within the project.';
COMMENT ON COLUMN system_architectures.design IS 'Components, their interfaces and how they connect.';
