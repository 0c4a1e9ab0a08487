CREATE TABLE artifacts (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    workflow_id bigint NOT NULL,
    execution_id bigint,
    kind text NOT NULL,
    path text,
    content text NOT NULL,
    metadata jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT artifacts_pkey PRIMARY KEY (id),
    CONSTRAINT artifacts_workflow_id_fkey FOREIGN KEY (workflow_id) REFERENCES workflows (id) ON DELETE CASCADE,
    -- What was made is worth keeping when the turn that made it is cleared away.
    CONSTRAINT artifacts_execution_id_fkey
        FOREIGN KEY (execution_id) REFERENCES agent_executions (id) ON DELETE SET NULL,
    CONSTRAINT artifacts_kind_check CHECK (kind IN ('plan', 'code', 'test', 'document', 'review', 'diff'))
);

CREATE INDEX artifacts_workflow_id_kind_idx ON artifacts (workflow_id, kind);

CREATE INDEX artifacts_execution_id_idx ON artifacts (execution_id);

COMMENT ON TABLE artifacts IS 'What the agents made: plans, code, tests, documents.';
