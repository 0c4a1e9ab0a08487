CREATE TABLE work_note_attachments (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    work_note_id uuid NOT NULL,
    file_name text NOT NULL,
    media_type text NOT NULL,
    size_bytes bigint NOT NULL,
    storage_key text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT work_note_attachments_pkey PRIMARY KEY (id),
    CONSTRAINT work_note_attachments_storage_key_key UNIQUE (storage_key),
    CONSTRAINT work_note_attachments_work_note_id_fkey
        FOREIGN KEY (work_note_id) REFERENCES work_notes (id) ON DELETE CASCADE,
    CONSTRAINT work_note_attachments_size_bytes_check CHECK (size_bytes >= 0)
);

CREATE INDEX work_note_attachments_work_note_id_idx ON work_note_attachments (work_note_id);

COMMENT ON TABLE work_note_attachments IS 'Files sent with a note.';
