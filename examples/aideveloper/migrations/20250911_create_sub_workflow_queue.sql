CREATE TABLE sub_workflow_queue (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    parent_workflow_id bigint NOT NULL,
    child_workflow_id bigint,
    position integer NOT NULL,
    status text NOT NULL DEFAULT 'pending',
    request jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT sub_workflow_queue_pkey PRIMARY KEY (id),
    CONSTRAINT sub_workflow_queue_parent_workflow_id_position_key UNIQUE (parent_workflow_id, position), -- serves the key
    CONSTRAINT sub_workflow_queue_child_workflow_id_key UNIQUE (child_workflow_id), -- serves the key
    CONSTRAINT sub_workflow_queue_parent_workflow_id_fkey
        FOREIGN KEY (parent_workflow_id) REFERENCES workflows (id) ON DELETE CASCADE,
    CONSTRAINT sub_workflow_queue_child_workflow_id_fkey
        FOREIGN KEY (child_workflow_id) REFERENCES workflows (id) ON DELETE SET NULL,
    CONSTRAINT sub_workflow_queue_child_workflow_id_check CHECK (child_workflow_id <> parent_workflow_id),
    CONSTRAINT sub_workflow_queue_status_check
        CHECK (status IN ('pending', 'running', 'completed', 'failed', 'skipped'))
);

-- What waits: taken with FOR UPDATE SKIP LOCKED, so that two workers never take the same.
CREATE INDEX sub_workflow_queue_pending_idx ON sub_workflow_queue (created_at) WHERE status = 'pending';

CREATE TRIGGER sub_workflow_queue_set_updated_at
    BEFORE UPDATE ON sub_workflow_queue
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

COMMENT ON TABLE sub_workflow_queue IS 'Parts of a large workflow, in the order in which they are to be done.';
COMMENT ON COLUMN sub_workflow_queue.child_workflow_id IS 'NULL: not begun, or cleared away.';
