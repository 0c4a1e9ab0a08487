-- FOR DEVELOPMENT ONLY: the password of these users is "development", and this hash of it (bcrypt, cost 10) is public.
-- A protected database refuses seeds.
INSERT INTO users (id, email, password_hash, display_name, role, status, email_verified_at) VALUES
    ('a0000000-0000-4000-8000-000000000001', 'ada@example.com',
     '$2b$10$6ihliRaH71/rEv7ay/o4eeLahIgEUkR7YAeFRVWowD.5pn3O5hcAG', 'Ada (admin)', 'admin', 'active',
     '2026-01-05 09:00+00'),
    ('a0000000-0000-4000-8000-000000000002', 'bob@example.com',
     '$2b$10$6ihliRaH71/rEv7ay/o4eeLahIgEUkR7YAeFRVWowD.5pn3O5hcAG', 'Bob', 'member', 'active', '2026-01-05 09:00+00'),
    -- Has not confirmed the address yet.
    ('a0000000-0000-4000-8000-000000000003', 'cleo@example.com',
     '$2b$10$6ihliRaH71/rEv7ay/o4eeLahIgEUkR7YAeFRVWowD.5pn3O5hcAG', 'Cleo', 'member', 'pending', NULL),
    -- Signs in elsewhere only, and may not at the moment.
    ('a0000000-0000-4000-8000-000000000004', 'dan@example.com', NULL, 'Dan', 'member', 'suspended',
     '2026-01-05 09:00+00')
ON CONFLICT (id) DO NOTHING;

INSERT INTO user_feature_preferences (id, user_id, feature_key, enabled, settings) VALUES
    ('a0000000-0000-4000-8000-000000000011', 'a0000000-0000-4000-8000-000000000001', 'editor.dark-mode', true,
     '{"contrast": "high"}'),
    ('a0000000-0000-4000-8000-000000000012', 'a0000000-0000-4000-8000-000000000002', 'mail.weekly-summary', false, '{}')
ON CONFLICT (id) DO NOTHING;
