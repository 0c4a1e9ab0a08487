CREATE TABLE activities (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    request_id uuid NOT NULL,
    user_id uuid,
    kind text NOT NULL,
    description text NOT NULL,
    details jsonb NOT NULL DEFAULT '{}',
    occurred_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT activities_pkey PRIMARY KEY (id),
    CONSTRAINT activities_request_id_fkey
        FOREIGN KEY (request_id) REFERENCES workflow_requests (id) ON DELETE CASCADE,
    CONSTRAINT activities_kind_check CHECK (kind ~ '^[a-z][a-z_]*$'),
    CONSTRAINT activities_details_check CHECK (jsonb_typeof(details) = 'object')
);

-- Serves the foreign key and a request's trail in order.
CREATE INDEX activities_request_id_occurred_at_idx ON activities (request_id, occurred_at);

COMMENT ON TABLE activities IS 'The trail of a request: what happened, and by whom.';
COMMENT ON COLUMN activities.user_id IS 'NULL: the system.';
