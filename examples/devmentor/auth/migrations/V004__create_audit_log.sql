CREATE TABLE audit_log (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    user_id uuid,
    action text NOT NULL,
    subject text,
    details jsonb NOT NULL DEFAULT '{}',
    occurred_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT audit_log_pkey PRIMARY KEY (id),
    -- What was done stays on record when the user is gone.
    CONSTRAINT audit_log_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL,
    CONSTRAINT audit_log_action_check CHECK (action ~ '^[a-z][a-z0-9_.]*$'),
    CONSTRAINT audit_log_details_check CHECK (jsonb_typeof(details) = 'object')
);

-- Serves the foreign key and what one user did, newest first.
CREATE INDEX audit_log_user_id_occurred_at_idx ON audit_log (user_id, occurred_at DESC);

CREATE INDEX audit_log_occurred_at_idx ON audit_log (occurred_at);

COMMENT ON TABLE audit_log IS 'Who did what, and when.';
COMMENT ON COLUMN audit_log.user_id IS 'NULL: the system, or a user who was deleted since.';
