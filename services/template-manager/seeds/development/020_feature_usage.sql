-- Enough events for the statistics to show something, of the days before the data was put here.
INSERT INTO feature_usage (id, template_feature_id, user_id, project_id, action, occurred_at) VALUES
    ('b0000000-0000-4000-8000-000000000031', 'b0000000-0000-4000-8000-000000000011',
     'a0000000-0000-4000-8000-000000000001', NULL, 'viewed', now() - interval '9 days'),
    ('b0000000-0000-4000-8000-000000000032', 'b0000000-0000-4000-8000-000000000011',
     'a0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000001', 'selected',
     now() - interval '8 days'),
    ('b0000000-0000-4000-8000-000000000033', 'b0000000-0000-4000-8000-000000000012',
     'a0000000-0000-4000-8000-000000000002', 'c0000000-0000-4000-8000-000000000001', 'generated',
     now() - interval '2 days'),
    ('b0000000-0000-4000-8000-000000000034', 'b0000000-0000-4000-8000-000000000014',
     'a0000000-0000-4000-8000-000000000002', 'c0000000-0000-4000-8000-000000000002', 'selected',
     now() - interval '1 day')
ON CONFLICT (id) DO NOTHING;
