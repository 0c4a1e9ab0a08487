CREATE SCHEMA IF NOT EXISTS memory;

CREATE TABLE memory.documents (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    external_id VARCHAR(255),
    source VARCHAR(100) NOT NULL,
    type VARCHAR(50) DEFAULT 'document',
    path TEXT,
    tags TEXT[] DEFAULT '{}',
    metadata JSONB DEFAULT '{}',
    created_at TIMESTAMPTZ DEFAULT NOW(),
    updated_at TIMESTAMPTZ DEFAULT NOW()
);

CREATE TABLE memory.chunks (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    document_id UUID REFERENCES memory.documents(id) ON DELETE CASCADE,
    chunk_index INTEGER NOT NULL,
    content TEXT NOT NULL,
    qdrant_point_id UUID,
    embedding_model VARCHAR(100),
    score FLOAT,
    metadata JSONB DEFAULT '{}',
    created_at TIMESTAMPTZ DEFAULT NOW()
);

CREATE INDEX idx_memory_documents_source ON memory.documents(source);
CREATE INDEX idx_memory_documents_type ON memory.documents(type);
CREATE INDEX idx_memory_chunks_document_id ON memory.chunks(document_id);
CREATE INDEX idx_memory_chunks_qdrant_id ON memory.chunks(qdrant_point_id);

CREATE TRIGGER update_memory_documents_updated_at
    BEFORE UPDATE ON memory.documents
    FOR EACH ROW
    EXECUTE FUNCTION auth.update_updated_at_column();

COMMENT ON TABLE memory.documents IS 'Texts that the mentor has read.';
COMMENT ON TABLE memory.chunks IS 'Pieces of documents; the vector of each is a point in the vector store.';
COMMENT ON COLUMN memory.chunks.qdrant_point_id IS 'The point in the vector store; NULL until it is embedded.';
