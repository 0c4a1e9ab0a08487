CREATE TABLE workflow_messages (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    workflow_id bigint NOT NULL,
    sender text NOT NULL,
    body text NOT NULL,
    handled_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT workflow_messages_pkey PRIMARY KEY (id),
    CONSTRAINT workflow_messages_workflow_id_fkey
        FOREIGN KEY (workflow_id) REFERENCES workflows (id) ON DELETE CASCADE,
    CONSTRAINT workflow_messages_sender_check CHECK (sender IN ('user', 'agent', 'system')),
    CONSTRAINT workflow_messages_body_check CHECK (body <> '')
);

-- Serves the foreign key and reading a conversation in order.
CREATE INDEX workflow_messages_workflow_id_id_idx ON workflow_messages (workflow_id, id);

-- What the agents have not looked at yet.
CREATE INDEX workflow_messages_unhandled_idx ON workflow_messages (workflow_id) WHERE handled_at IS NULL;

COMMENT ON TABLE workflow_messages IS 'What people say to a workflow while it runs, and what it answers.';
