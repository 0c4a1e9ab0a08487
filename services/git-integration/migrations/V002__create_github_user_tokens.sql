-- Tokens have to be readable by the service, so they are encrypted and not hashed. The service encrypts; the key never
-- comes near the database.
CREATE TABLE github_user_tokens (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL,
    github_user_id bigint NOT NULL,
    github_login text NOT NULL,
    access_token_ciphertext bytea NOT NULL,
    refresh_token_ciphertext bytea,
    encryption_key_id text NOT NULL,
    scopes text[] NOT NULL DEFAULT '{}',
    expires_at timestamptz,
    revoked_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT github_user_tokens_pkey PRIMARY KEY (id),
    -- A user may connect several GitHub accounts; also serves the foreign key to users.
    CONSTRAINT github_user_tokens_user_id_github_user_id_key UNIQUE (user_id, github_user_id),
    -- Credentials must not outlive the account that gave them.
    CONSTRAINT github_user_tokens_user_id_fkey
        FOREIGN KEY (user_id) REFERENCES user_auth.users (id) ON DELETE CASCADE,
    CONSTRAINT github_user_tokens_github_login_check CHECK (github_login <> ''),
    -- Nonce (12) and tag (16) of AES-GCM come with every ciphertext.
    CONSTRAINT github_user_tokens_access_token_ciphertext_check CHECK (octet_length(access_token_ciphertext) > 28),
    CONSTRAINT github_user_tokens_refresh_token_ciphertext_check CHECK (octet_length(refresh_token_ciphertext) > 28),
    CONSTRAINT github_user_tokens_encryption_key_id_check CHECK (encryption_key_id <> '')
);

-- Rotation of keys: everything that is still encrypted with the old one.
CREATE INDEX github_user_tokens_encryption_key_id_idx ON github_user_tokens (encryption_key_id);

CREATE TRIGGER github_user_tokens_set_updated_at
    BEFORE UPDATE ON github_user_tokens
    FOR EACH ROW EXECUTE FUNCTION core.set_updated_at();

COMMENT ON TABLE github_user_tokens IS 'OAuth tokens with which the platform acts for a user on GitHub, encrypted.';
COMMENT ON COLUMN github_user_tokens.access_token_ciphertext IS 'AES-256-GCM: nonce, ciphertext, tag, in this order.';
COMMENT ON COLUMN github_user_tokens.refresh_token_ciphertext IS 'Same form; NULL for tokens that do not expire.';
COMMENT ON COLUMN github_user_tokens.encryption_key_id IS 'Name of the key in the key store; never the key.';
