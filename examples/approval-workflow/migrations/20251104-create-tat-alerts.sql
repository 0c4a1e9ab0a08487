CREATE TABLE tat_alerts (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    approval_level_id uuid NOT NULL,
    kind text NOT NULL,
    channel text NOT NULL,
    sent_at timestamptz NOT NULL DEFAULT now(),
    error text,
    CONSTRAINT tat_alerts_pkey PRIMARY KEY (id),
    -- Each is sent once, and a failed one again. Also serves the foreign key.
    CONSTRAINT tat_alerts_approval_level_id_kind_channel_key UNIQUE (approval_level_id, kind, channel),
    CONSTRAINT tat_alerts_approval_level_id_fkey
        FOREIGN KEY (approval_level_id) REFERENCES approval_levels (id) ON DELETE CASCADE,
    CONSTRAINT tat_alerts_kind_check CHECK (kind IN ('half', 'three quarters', 'breached')),
    CONSTRAINT tat_alerts_channel_check CHECK (channel IN ('mail', 'push', 'in app'))
);

CREATE INDEX tat_alerts_sent_at_idx ON tat_alerts (sent_at);

COMMENT ON TABLE tat_alerts IS 'Reminders that were sent about a turn-around time.';
COMMENT ON COLUMN tat_alerts.error IS 'Why it could not be sent; NULL: it was.';
