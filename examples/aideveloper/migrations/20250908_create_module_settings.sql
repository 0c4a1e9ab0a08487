CREATE TABLE module_settings (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    module text NOT NULL,
    is_enabled boolean NOT NULL DEFAULT true,
    settings jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT module_settings_pkey PRIMARY KEY (id),
    CONSTRAINT module_settings_module_key UNIQUE (module),
    CONSTRAINT module_settings_module_check CHECK (module ~ '^[a-z][a-z0-9-]*$'),
    CONSTRAINT module_settings_settings_check CHECK (jsonb_typeof(settings) = 'object')
);

CREATE TRIGGER module_settings_set_updated_at
    BEFORE UPDATE ON module_settings
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

COMMENT ON TABLE module_settings IS 'The repositories that agents work on, and how they do there.';
