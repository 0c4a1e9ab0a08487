-- Tokens rotate: each use replaces the token by a new one of the same session. A token that is presented twice was
-- stolen, and the answer is to revoke the session. The user is the session's.
CREATE TABLE refresh_tokens (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    session_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    revoked_at timestamptz,
    CONSTRAINT refresh_tokens_pkey PRIMARY KEY (id),
    CONSTRAINT refresh_tokens_token_hash_key UNIQUE (token_hash),
    CONSTRAINT refresh_tokens_session_id_fkey
        FOREIGN KEY (session_id) REFERENCES user_sessions (id) ON DELETE CASCADE,
    CONSTRAINT refresh_tokens_token_hash_check CHECK (octet_length(token_hash) = 32),
    CONSTRAINT refresh_tokens_expires_at_check CHECK (expires_at > created_at)
);

CREATE INDEX refresh_tokens_session_id_idx ON refresh_tokens (session_id);

-- A session has one token that can still be used; two refreshes at the same moment cannot both succeed.
CREATE UNIQUE INDEX refresh_tokens_usable_key
    ON refresh_tokens (session_id)
    WHERE used_at IS NULL AND revoked_at IS NULL;

-- For the job that removes expired tokens.
CREATE INDEX refresh_tokens_expires_at_idx ON refresh_tokens (expires_at);

COMMENT ON TABLE refresh_tokens IS 'Refresh tokens of the JWT sign-in, used once each.';
COMMENT ON COLUMN refresh_tokens.token_hash IS 'SHA-256 of the token; the token itself is never stored.';
COMMENT ON COLUMN refresh_tokens.used_at IS
    'When the token was exchanged for its successor; kept to notice a second use.';
