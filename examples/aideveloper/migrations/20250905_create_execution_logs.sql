CREATE TABLE execution_logs (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    execution_id bigint NOT NULL,
    level text NOT NULL DEFAULT 'info',
    message text NOT NULL,
    context jsonb NOT NULL DEFAULT '{}',
    logged_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT execution_logs_pkey PRIMARY KEY (id),
    CONSTRAINT execution_logs_execution_id_fkey
        FOREIGN KEY (execution_id) REFERENCES agent_executions (id) ON DELETE CASCADE,
    CONSTRAINT execution_logs_level_check CHECK (level IN ('debug', 'info', 'warning', 'error'))
);

-- Serves the foreign key and reading a log in order.
CREATE INDEX execution_logs_execution_id_id_idx ON execution_logs (execution_id, id);

-- Few of many: what went wrong lately.
CREATE INDEX execution_logs_errors_idx ON execution_logs (logged_at) WHERE level = 'error';

COMMENT ON TABLE execution_logs IS 'What agents said while they worked.';
