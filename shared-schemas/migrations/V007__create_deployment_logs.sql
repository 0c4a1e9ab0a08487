CREATE TABLE deployment_logs (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    project_id uuid NOT NULL,
    code_generation_id uuid NOT NULL,
    environment text NOT NULL,
    status text NOT NULL DEFAULT 'pending',
    deployed_url text,
    log_output text,
    error_message text,
    started_at timestamptz,
    finished_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT deployment_logs_pkey PRIMARY KEY (id),
    CONSTRAINT deployment_logs_project_id_fkey
        FOREIGN KEY (project_id) REFERENCES projects (id) ON DELETE CASCADE,
    -- Both columns, so that no project deploys another's code. Code that was deployed stays (NO ACTION), unless its
    -- whole project goes.
    CONSTRAINT deployment_logs_project_id_code_generation_id_fkey
        FOREIGN KEY (project_id, code_generation_id)
        REFERENCES code_generations (project_id, id) ON DELETE NO ACTION,
    CONSTRAINT deployment_logs_environment_check CHECK (environment IN ('development', 'staging', 'production')),
    CONSTRAINT deployment_logs_status_check
        CHECK (status IN ('pending', 'running', 'succeeded', 'failed', 'rolled_back')),
    CONSTRAINT deployment_logs_started_check CHECK (status = 'pending' OR started_at IS NOT NULL),
    CONSTRAINT deployment_logs_finished_check
        CHECK ((status IN ('succeeded', 'failed', 'rolled_back')) = (finished_at IS NOT NULL)),
    CONSTRAINT deployment_logs_finished_at_check CHECK (finished_at >= started_at)
);

CREATE INDEX deployment_logs_project_id_code_generation_id_idx ON deployment_logs (project_id, code_generation_id);

-- "What runs in production?": the latest deployment of an environment.
CREATE INDEX deployment_logs_project_id_environment_started_at_idx
    ON deployment_logs (project_id, environment, started_at DESC);

-- Two deployments into one environment must not overlap.
CREATE UNIQUE INDEX deployment_logs_running_key ON deployment_logs (project_id, environment) WHERE status = 'running';

CREATE TRIGGER deployment_logs_set_updated_at
    BEFORE UPDATE ON deployment_logs
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

COMMENT ON TABLE deployment_logs IS 'Deployments of generated code, one row per attempt.';
COMMENT ON COLUMN deployment_logs.log_output IS 'Output of the deployment tool, with secrets removed by the writer.';
