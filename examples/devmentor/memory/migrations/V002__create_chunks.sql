CREATE TABLE chunks (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    document_id uuid NOT NULL,
    position integer NOT NULL,
    content text NOT NULL,
    -- Made of document and position, so that embedding a document again overwrites its points and leaves none behind.
    vector_point_id uuid NOT NULL
        GENERATED ALWAYS AS (extensions.uuid_generate_v5(document_id, position::text)) STORED,
    collection text NOT NULL DEFAULT 'chunks',
    embedding_model text,
    embedded_at timestamptz,
    CONSTRAINT chunks_pkey PRIMARY KEY (id),
    CONSTRAINT chunks_document_id_position_key UNIQUE (document_id, position), -- also serves the foreign key
    CONSTRAINT chunks_vector_point_id_key UNIQUE (vector_point_id), -- a hit in the store leads here
    CONSTRAINT chunks_document_id_fkey FOREIGN KEY (document_id) REFERENCES documents (id) ON DELETE CASCADE,
    CONSTRAINT chunks_position_check CHECK (position >= 0),
    CONSTRAINT chunks_content_check CHECK (content <> ''),
    CONSTRAINT chunks_embedded_at_check CHECK ((embedded_at IS NULL) = (embedding_model IS NULL))
);

-- For the job that embeds what is not in the store yet.
CREATE INDEX chunks_not_embedded_idx ON chunks (document_id) WHERE embedded_at IS NULL;

COMMENT ON TABLE chunks IS 'Pieces of documents, each with one point in the vector store.';
COMMENT ON COLUMN chunks.vector_point_id IS 'Id of the point in the collection of the vector store.';
COMMENT ON COLUMN chunks.embedding_model IS 'Model of the vector that is in the store now; NULL: none is.';
