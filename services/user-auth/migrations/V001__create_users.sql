CREATE TABLE users (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    email text NOT NULL,
    password_hash text,
    display_name text NOT NULL,
    role text NOT NULL DEFAULT 'member',
    status text NOT NULL DEFAULT 'pending',
    email_verified_at timestamptz,
    last_sign_in_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT users_pkey PRIMARY KEY (id),
    -- Catches the typing error, not every invalid address; 254 is the longest that SMTP delivers to.
    CONSTRAINT users_email_check CHECK (email ~ '^[^@[:space:]]+@[^@[:space:]]+$' AND char_length(email) <= 254),
    -- argon2id or bcrypt, in their usual notation: a password in clear does not get in by mistake.
    CONSTRAINT users_password_hash_check CHECK (password_hash ~ '^[$](argon2id|2[aby])[$]'),
    CONSTRAINT users_display_name_check CHECK (btrim(display_name) <> ''),
    CONSTRAINT users_role_check CHECK (role IN ('member', 'admin')),
    CONSTRAINT users_status_check CHECK (status IN ('pending', 'active', 'suspended'))
);

-- One account per address, whatever its case; the address keeps the case that the user typed.
CREATE UNIQUE INDEX users_lower_email_key ON users (lower(email));

CREATE TRIGGER users_set_updated_at
    BEFORE UPDATE ON users
    FOR EACH ROW EXECUTE FUNCTION core.set_updated_at();

COMMENT ON TABLE users IS 'User accounts.';
COMMENT ON COLUMN users.email IS 'Look it up by lower(email), which is what the unique index holds.';
COMMENT ON COLUMN users.password_hash IS
    'argon2id or bcrypt hash, salt included; NULL for users who sign in elsewhere only.';
COMMENT ON COLUMN users.status IS 'pending: the address is not confirmed yet.';
