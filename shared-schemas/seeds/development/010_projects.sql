-- Three projects, one in each stage that a client shows differently. Rows that are there already stay as they are, so
-- that what a developer changed is kept.
SET LOCAL core.actor = 'development seed';

INSERT INTO projects (id, name, description, status, metadata) VALUES
    ('c0000000-0000-4000-8000-000000000001', 'Corner shop', 'An online shop for a grocer, with delivery slots',
     'deployed', '{"label": "retail"}'),
    ('c0000000-0000-4000-8000-000000000002', 'Doctor''s calendar', 'Appointments of a practice with three doctors',
     'designing', '{"label": "health"}'),
    ('c0000000-0000-4000-8000-000000000003', 'Untitled', NULL, 'draft', '{}')
ON CONFLICT (id) DO NOTHING;

INSERT INTO tech_stack_decisions (id, project_id, layer, technology, technology_version, rationale, alternatives) VALUES
    ('c0000000-0000-4000-8000-000000000011', 'c0000000-0000-4000-8000-000000000001', 'frontend', 'React', '19',
     'The team knows it', '[{"technology": "Angular", "reason": "nobody has worked with it"}]'),
    ('c0000000-0000-4000-8000-000000000012', 'c0000000-0000-4000-8000-000000000001', 'backend', 'Spring Boot', '4.1',
     'Payments come as a Java library', '[]'),
    ('c0000000-0000-4000-8000-000000000013', 'c0000000-0000-4000-8000-000000000001', 'database', 'PostgreSQL', '18',
     'Orders and stock change together', '[{"technology": "MongoDB", "reason": "orders refer to stock"}]'),
    ('c0000000-0000-4000-8000-000000000014', 'c0000000-0000-4000-8000-000000000002', 'database', 'PostgreSQL', '18',
     'Appointments must not overlap: exclusion constraints', '[]')
ON CONFLICT (id) DO NOTHING;

INSERT INTO system_architectures (id, project_id, version, style, status, design) VALUES
    ('c0000000-0000-4000-8000-000000000021', 'c0000000-0000-4000-8000-000000000001', 1, 'microservices', 'superseded',
     '{"components": ["catalogue", "orders", "stock", "delivery", "billing"]}'),
    ('c0000000-0000-4000-8000-000000000022', 'c0000000-0000-4000-8000-000000000001', 2, 'modular_monolith', 'approved',
     '{"components": ["shop", "delivery"]}')
ON CONFLICT (id) DO NOTHING;
