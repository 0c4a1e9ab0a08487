-- 100,000 users, as untidy as tables without constraints get.
INSERT INTO public.users (email, password_hash, first_name, last_name, full_name, role, is_active, created_at)
SELECT
    CASE
        WHEN n % 1000 = 1 THEN NULL
        WHEN n % 1000 = 2 THEN 'not an address'
        WHEN n % 1000 = 3 THEN upper(format('dev%s@example.com', n + 1)) -- has number n + 1 in other letters
        WHEN n % 1000 = 5 THEN format('dev%s@other.example', n - 1) -- same name, other house
        ELSE format('dev%s@example.com', n)
    END,
    CASE WHEN n % 500 = 7 THEN 'secret' ELSE '$2b$10$6ihliRaH71/rEv7ay/o4eeLahIgEUkR7YAeFRVWowD.5pn3O5hcAG' END,
    CASE WHEN n % 10 <> 8 THEN '  Dev ' END,
    CASE WHEN n % 10 <> 8 THEN format('Number%s', n) END,
    CASE WHEN n % 3 = 0 THEN format('Dr. Dev Number%s', n) END,
    (ARRAY['user', 'user', 'admin', 'Super Admin', 'root', NULL])[1 + n % 6],
    n % 20 <> 0,
    timestamp '2024-01-01' + n * interval '5 minutes'
FROM generate_series(1, 100000) n;
