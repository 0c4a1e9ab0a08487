CREATE TABLE participants (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    request_id uuid NOT NULL,
    user_id uuid NOT NULL,
    kind text NOT NULL,
    added_by uuid NOT NULL,
    added_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT participants_pkey PRIMARY KEY (id),
    CONSTRAINT participants_request_id_user_id_key UNIQUE (request_id, user_id), -- also serves the foreign key
    CONSTRAINT participants_request_id_fkey
        FOREIGN KEY (request_id) REFERENCES workflow_requests (id) ON DELETE CASCADE,
    CONSTRAINT participants_kind_check CHECK (kind IN ('initiator', 'approver', 'spectator', 'consultant'))
);

CREATE INDEX participants_user_id_idx ON participants (user_id);

COMMENT ON TABLE participants IS 'Who may see a request, and as what.';
