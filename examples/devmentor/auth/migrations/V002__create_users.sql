CREATE TABLE users (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    email text NOT NULL,
    user_name text NOT NULL,
    full_name text NOT NULL,
    password_hash text,
    role text NOT NULL DEFAULT 'user',
    status text NOT NULL DEFAULT 'active',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT users_pkey PRIMARY KEY (id),
    CONSTRAINT users_user_name_key UNIQUE (user_name),
    -- 254 is the longest that SMTP delivers to.
    CONSTRAINT users_email_check CHECK (email ~ '^[^@[:space:]]+@[^@[:space:]]+$' AND char_length(email) <= 254),
    CONSTRAINT users_user_name_check CHECK (user_name ~ '^[a-z0-9][a-z0-9._-]*$'),
    CONSTRAINT users_full_name_check CHECK (btrim(full_name) <> ''),
    -- argon2id or bcrypt, in their usual notation: a password in clear does not get in by mistake.
    CONSTRAINT users_password_hash_check CHECK (password_hash ~ '^[$](argon2id|2[aby])[$]'),
    CONSTRAINT users_role_check CHECK (role IN ('user', 'admin', 'super_admin')),
    CONSTRAINT users_status_check CHECK (status IN ('active', 'suspended', 'set aside'))
);

-- One account per address, whatever its case; the address keeps the case that the user typed.
CREATE UNIQUE INDEX users_lower_email_key ON users (lower(email));

CREATE TRIGGER users_set_updated_at
    BEFORE UPDATE ON users
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

COMMENT ON TABLE users IS 'User accounts.';
COMMENT ON COLUMN users.password_hash IS 'argon2id or bcrypt; NULL: the user has to set a password first.';
COMMENT ON COLUMN users.status IS 'set aside: came from the old table with an address that no account can have.';
