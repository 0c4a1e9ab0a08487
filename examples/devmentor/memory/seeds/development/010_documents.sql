INSERT INTO documents (id, external_id, source, type, path, tags) VALUES
    ('d0000000-0000-4000-8000-000000000001', 'tokenizer', 'upload', 'document', 'tokenizer.md', '{rust,parser}')
ON CONFLICT (id) DO NOTHING;

-- The id of a point is made of document and position: embedding a document again overwrites its points.
INSERT INTO chunks (id, document_id, chunk_index, content, qdrant_point_id) VALUES
    ('c0000000-0000-4000-8000-000000000001', 'd0000000-0000-4000-8000-000000000001', 0,
     'A tokenizer reads signs and gives back words.',
     extensions.uuid_generate_v5('d0000000-0000-4000-8000-000000000001', '0')),
    ('c0000000-0000-4000-8000-000000000002', 'd0000000-0000-4000-8000-000000000001', 1,
     'White space separates them, and is left out.',
     extensions.uuid_generate_v5('d0000000-0000-4000-8000-000000000001', '1'))
ON CONFLICT (id) DO NOTHING;
