CREATE TABLE work_notes (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    request_id uuid NOT NULL,
    author_id uuid NOT NULL,
    message text NOT NULL,
    mentions uuid[] NOT NULL DEFAULT '{}',
    reply_to_id uuid,
    edited_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT work_notes_pkey PRIMARY KEY (id),
    CONSTRAINT work_notes_request_id_fkey
        FOREIGN KEY (request_id) REFERENCES workflow_requests (id) ON DELETE CASCADE,
    CONSTRAINT work_notes_reply_to_id_fkey FOREIGN KEY (reply_to_id) REFERENCES work_notes (id) ON DELETE SET NULL,
    CONSTRAINT work_notes_message_check CHECK (btrim(message) <> ''),
    CONSTRAINT work_notes_reply_to_id_check CHECK (reply_to_id <> id)
);

-- Serves the foreign key and a request's conversation in order.
CREATE INDEX work_notes_request_id_created_at_idx ON work_notes (request_id, created_at);

CREATE INDEX work_notes_reply_to_id_idx ON work_notes (reply_to_id);

COMMENT ON TABLE work_notes IS 'What the participants write to each other about a request.';
COMMENT ON COLUMN work_notes.mentions IS 'Users whom the note calls by name; they are told.';
