CREATE TABLE agent_executions (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    workflow_id bigint NOT NULL,
    agent text NOT NULL,
    attempt integer NOT NULL DEFAULT 1,
    status text NOT NULL DEFAULT 'pending',
    input jsonb NOT NULL DEFAULT '{}',
    output jsonb,
    error text,
    tokens_used integer NOT NULL DEFAULT 0,
    started_at timestamptz,
    completed_at timestamptz,
    CONSTRAINT agent_executions_pkey PRIMARY KEY (id),
    CONSTRAINT agent_executions_workflow_id_agent_attempt_key UNIQUE (workflow_id, agent, attempt), -- serves the foreign key
    CONSTRAINT agent_executions_workflow_id_fkey
        FOREIGN KEY (workflow_id) REFERENCES workflows (id) ON DELETE CASCADE,
    CONSTRAINT agent_executions_agent_check CHECK (agent ~ '^[a-z][a-z0-9_]*$'),
    CONSTRAINT agent_executions_attempt_check CHECK (attempt > 0),
    CONSTRAINT agent_executions_status_check CHECK (status IN ('pending', 'running', 'completed', 'failed')),
    CONSTRAINT agent_executions_tokens_used_check CHECK (tokens_used >= 0),
    CONSTRAINT agent_executions_completed_at_check CHECK (completed_at >= started_at)
);

COMMENT ON TABLE agent_executions IS 'Each turn that an agent took in a workflow.';
