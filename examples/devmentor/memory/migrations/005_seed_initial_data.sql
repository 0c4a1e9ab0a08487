-- What the mentor knows on its first day, in every environment.
INSERT INTO memory.documents (id, external_id, source, type, path, tags, metadata) VALUES
    ('d0000000-0000-4000-8000-000000000000', 'guide', 'built-in', 'guide', 'guide.md', '{guide}', '{"language": "en"}');

INSERT INTO memory.chunks (id, document_id, chunk_index, content) VALUES
    ('c0000000-0000-4000-8000-000000000000', 'd0000000-0000-4000-8000-000000000000', 0,
     'Ask the mentor about your project; it answers from the documents that you gave it.');
