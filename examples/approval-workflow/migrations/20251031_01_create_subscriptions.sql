CREATE TABLE subscriptions (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL,
    endpoint text NOT NULL,
    p256dh_key text NOT NULL,
    auth_key text NOT NULL,
    user_agent text,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT subscriptions_pkey PRIMARY KEY (id),
    CONSTRAINT subscriptions_endpoint_key UNIQUE (endpoint),
    CONSTRAINT subscriptions_endpoint_check CHECK (endpoint ~ '^https://')
);

CREATE INDEX subscriptions_user_id_idx ON subscriptions (user_id);

COMMENT ON TABLE subscriptions IS 'Browsers that want to be told by Web Push.';
