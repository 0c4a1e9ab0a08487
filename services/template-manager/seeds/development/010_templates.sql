INSERT INTO templates (id, slug, name, description, category, status, definition, created_by) VALUES
    ('b0000000-0000-4000-8000-000000000001', 'online-shop', 'Online shop', 'Catalogue, basket, payment', 'commerce',
     'published', '{"pages": ["catalogue", "basket", "checkout"]}', NULL),
    ('b0000000-0000-4000-8000-000000000002', 'appointments', 'Appointments', 'A calendar that customers book in',
     'services', 'published', '{"pages": ["calendar", "booking"]}', 'a0000000-0000-4000-8000-000000000001'),
    ('b0000000-0000-4000-8000-000000000003', 'club', 'Club', NULL, 'community', 'draft', '{}',
     'a0000000-0000-4000-8000-000000000002')
ON CONFLICT (id) DO NOTHING;

INSERT INTO template_features (id, template_id, feature_key, name, importance, complexity, position) VALUES
    ('b0000000-0000-4000-8000-000000000011', 'b0000000-0000-4000-8000-000000000001', 'catalogue', 'Catalogue',
     'essential', 'medium', 1),
    ('b0000000-0000-4000-8000-000000000012', 'b0000000-0000-4000-8000-000000000001', 'payment', 'Payment by card',
     'essential', 'high', 2),
    ('b0000000-0000-4000-8000-000000000013', 'b0000000-0000-4000-8000-000000000001', 'wish_list', 'Wish list',
     'optional', 'low', 3),
    ('b0000000-0000-4000-8000-000000000014', 'b0000000-0000-4000-8000-000000000002', 'booking', 'Booking',
     'essential', 'medium', 1),
    ('b0000000-0000-4000-8000-000000000015', 'b0000000-0000-4000-8000-000000000002', 'reminders', 'Reminders by mail',
     'suggested', 'low', 2)
ON CONFLICT (id) DO NOTHING;

INSERT INTO custom_features (id, template_id, created_by, name, description, complexity, status, reviewed_by, reviewed_at)
VALUES
    ('b0000000-0000-4000-8000-000000000021', 'b0000000-0000-4000-8000-000000000001',
     'a0000000-0000-4000-8000-000000000002', 'Gift wrapping', 'Choose paper and a card at the checkout', 'low',
     'approved', 'a0000000-0000-4000-8000-000000000001', '2026-01-12 10:00+00'),
    ('b0000000-0000-4000-8000-000000000022', 'b0000000-0000-4000-8000-000000000002',
     'a0000000-0000-4000-8000-000000000003', 'Waiting list', 'Who waits gets the slot that somebody cancels', 'medium',
     'pending', NULL, NULL)
ON CONFLICT (id) DO NOTHING;
