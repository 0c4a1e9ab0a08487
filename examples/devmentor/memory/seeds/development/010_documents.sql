-- The project is a seed of projects, which come first.
INSERT INTO documents (id, project_id, title, source, content_sha256) VALUES
    ('d0000000-0000-4000-8000-000000000001', 'b0000000-0000-4000-8000-000000000001', 'How a tokenizer works', 'upload',
     sha256('How a tokenizer works'))
ON CONFLICT (id) DO NOTHING;

INSERT INTO chunks (document_id, position, content) VALUES
    ('d0000000-0000-4000-8000-000000000001', 0, 'A tokenizer reads signs and gives back words.'),
    ('d0000000-0000-4000-8000-000000000001', 1, 'White space separates them, and is left out.')
ON CONFLICT (document_id, position) DO NOTHING;
