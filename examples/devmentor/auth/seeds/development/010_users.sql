-- FOR DEVELOPMENT ONLY: the password of these users is "development". A protected database refuses seeds.
INSERT INTO users (id, email, username, full_name, password_hash, role) VALUES
    ('a0000000-0000-4000-8000-000000000001', 'ada@example.com', 'ada', 'Ada Admin',
     extensions.crypt('development', extensions.gen_salt('bf', 8)), 'super_admin'),
    ('a0000000-0000-4000-8000-000000000002', 'bob@example.com', 'bob', 'Bob Builder',
     extensions.crypt('development', extensions.gen_salt('bf', 8)), 'admin'),
    ('a0000000-0000-4000-8000-000000000003', 'cleo@example.com', 'cleo', 'Cleo Coder',
     extensions.crypt('development', extensions.gen_salt('bf', 8)), 'user')
ON CONFLICT (id) DO NOTHING;
