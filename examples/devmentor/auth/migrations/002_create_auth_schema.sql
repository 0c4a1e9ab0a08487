BEGIN;

-- Create schema
CREATE SCHEMA IF NOT EXISTS auth;

-- Create users table with all fields
CREATE TABLE auth.users (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    email VARCHAR(255) UNIQUE NOT NULL,
    username VARCHAR(50) UNIQUE NOT NULL,
    full_name VARCHAR(255) NOT NULL,
    password_hash TEXT NOT NULL,
    role VARCHAR(20) DEFAULT 'user' NOT NULL CHECK (role IN ('user', 'admin', 'super_admin')),
    is_active BOOLEAN DEFAULT true,
    is_verified BOOLEAN DEFAULT false,
    github_id VARCHAR(50) UNIQUE,
    avatar_url TEXT,
    last_login_at TIMESTAMPTZ,
    failed_login_attempts INTEGER DEFAULT 0,
    locked_until TIMESTAMPTZ,
    created_at TIMESTAMPTZ DEFAULT NOW(),
    updated_at TIMESTAMPTZ DEFAULT NOW()
);

CREATE TABLE auth.user_sessions (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
    session_token TEXT UNIQUE NOT NULL,
    refresh_token TEXT UNIQUE NOT NULL,
    ip_address INET,
    user_agent TEXT,
    expires_at TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ DEFAULT NOW()
);

CREATE TABLE auth.audit_log (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id UUID REFERENCES auth.users(id) ON DELETE SET NULL,
    action VARCHAR(100) NOT NULL,
    ip_address INET,
    user_agent TEXT,
    success BOOLEAN NOT NULL,
    details JSONB,
    created_at TIMESTAMPTZ DEFAULT NOW()
);

-- Indexes
CREATE INDEX idx_auth_users_email ON auth.users(email);
CREATE INDEX idx_auth_users_username ON auth.users(username);
CREATE INDEX idx_auth_sessions_user_id ON auth.user_sessions(user_id);
CREATE INDEX idx_auth_sessions_token ON auth.user_sessions(session_token);
CREATE INDEX idx_auth_audit_user_id ON auth.audit_log(user_id);
CREATE INDEX idx_auth_audit_created_at ON auth.audit_log(created_at);
-- One account for each address, whatever its case.
CREATE UNIQUE INDEX idx_auth_users_lower_email ON auth.users(lower(email));

-- Add update trigger
CREATE OR REPLACE FUNCTION update_updated_at_column()
RETURNS TRIGGER AS $$
BEGIN
    NEW.updated_at = NOW();
    RETURN NEW;
END;
$$ language 'plpgsql';

CREATE TRIGGER update_auth_users_updated_at
    BEFORE UPDATE ON auth.users
    FOR EACH ROW
    EXECUTE FUNCTION update_updated_at_column();

-- Row level security: a session sees the rows of the user for whom it works (SET app.user_id = '...'), and the auth
-- service, when it works for itself, such as at a login, all of them (SET app.service = 'auth'). Without either: none.
-- Migrations run as the owner of the tables, who is not restricted.
CREATE FUNCTION auth.may_see(user_id UUID) RETURNS BOOLEAN
    LANGUAGE sql STABLE
AS $$
    SELECT coalesce(current_setting('app.service', true) = 'auth', false)
        OR coalesce(user_id = nullif(current_setting('app.user_id', true), '')::uuid, false)
$$;

ALTER TABLE auth.users ENABLE ROW LEVEL SECURITY;
ALTER TABLE auth.user_sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE auth.audit_log ENABLE ROW LEVEL SECURITY;

CREATE POLICY own_user ON auth.users USING (auth.may_see(id));
CREATE POLICY own_sessions ON auth.user_sessions USING (auth.may_see(user_id));
CREATE POLICY own_entries ON auth.audit_log USING (auth.may_see(user_id));

COMMENT ON TABLE auth.users IS 'User accounts.';
COMMENT ON COLUMN auth.users.password_hash IS 'argon2id or bcrypt; ! where the user has to set a password first.';
COMMENT ON COLUMN auth.users.locked_until IS 'infinity: until a person decides, such as for users with an unusable address.';
COMMENT ON TABLE auth.user_sessions IS 'Signed-in devices of the users.';
COMMENT ON TABLE auth.audit_log IS 'Who did what, and when.';

COMMIT;
