CREATE TABLE code_generations (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    project_id uuid NOT NULL,
    architecture_version integer,
    component text NOT NULL,
    generator text NOT NULL,
    status text NOT NULL DEFAULT 'queued',
    artifact_uri text,
    artifact_sha256 bytea,
    error_message text,
    started_at timestamptz,
    finished_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT code_generations_pkey PRIMARY KEY (id),
    -- Target of deployment_logs: a deployment and the code it deploys belong to one project.
    CONSTRAINT code_generations_project_id_id_key UNIQUE (project_id, id),
    CONSTRAINT code_generations_project_id_fkey
        FOREIGN KEY (project_id) REFERENCES projects (id) ON DELETE CASCADE,
    -- A design that code was generated from stays. NO ACTION and not RESTRICT: it is checked at the end of the
    -- statement, so that deleting the project, which takes both away, still works.
    CONSTRAINT code_generations_project_id_architecture_version_fkey
        FOREIGN KEY (project_id, architecture_version)
        REFERENCES system_architectures (project_id, version) ON DELETE NO ACTION,
    CONSTRAINT code_generations_component_check CHECK (btrim(component) <> ''),
    CONSTRAINT code_generations_status_check
        CHECK (status IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    CONSTRAINT code_generations_artifact_sha256_check CHECK (octet_length(artifact_sha256) = 32),
    CONSTRAINT code_generations_artifact_check
        CHECK (status <> 'succeeded' OR (artifact_uri IS NOT NULL AND artifact_sha256 IS NOT NULL)),
    CONSTRAINT code_generations_finished_at_check CHECK (finished_at >= started_at),
    CONSTRAINT code_generations_finished_check
        CHECK ((status IN ('succeeded', 'failed', 'cancelled')) = (finished_at IS NOT NULL))
);

CREATE INDEX code_generations_project_id_architecture_version_idx
    ON code_generations (project_id, architecture_version);

-- A project's generations, newest first.
CREATE INDEX code_generations_project_id_created_at_idx ON code_generations (project_id, created_at DESC);

-- The work queue, oldest first; finished generations, nearly all rows, stay out of it.
CREATE INDEX code_generations_unfinished_idx ON code_generations (created_at) WHERE status IN ('queued', 'running');

CREATE TRIGGER code_generations_set_updated_at
    BEFORE UPDATE ON code_generations
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

COMMENT ON TABLE code_generations IS 'Attempts to generate the code of a component, and where the result lies.';
COMMENT ON COLUMN code_generations.architecture_version IS
    'Design that the code follows; NULL for code generated before there was one.';
COMMENT ON COLUMN code_generations.generator IS 'Name and version of the generator or model.';
COMMENT ON COLUMN code_generations.artifact_uri IS 'Archive in the artifact store; the code itself is not kept here.';
