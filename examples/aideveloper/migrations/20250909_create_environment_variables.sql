CREATE TABLE environment_variables (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    module text,
    name text NOT NULL,
    value text,
    is_secret boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT environment_variables_pkey PRIMARY KEY (id),
    CONSTRAINT environment_variables_module_fkey
        FOREIGN KEY (module) REFERENCES module_settings (module) ON UPDATE CASCADE ON DELETE CASCADE,
    CONSTRAINT environment_variables_name_check CHECK (name ~ '^[A-Z_][A-Z0-9_]*$'),
    -- Secrets are in the vault; here is only that there is one.
    CONSTRAINT environment_variables_value_check CHECK (is_secret = (value IS NULL))
);

-- One of each name in a module, and one for all: NULL equals nothing, so a constraint would let it in twice.
CREATE UNIQUE INDEX environment_variables_module_name_key ON environment_variables (coalesce(module, ''), name);

-- Serves the foreign key, which the expression above does not.
CREATE INDEX environment_variables_module_idx ON environment_variables (module);

CREATE TRIGGER environment_variables_set_updated_at
    BEFORE UPDATE ON environment_variables
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

COMMENT ON TABLE environment_variables IS 'What agents find in their environment.';
COMMENT ON COLUMN environment_variables.module IS 'NULL: in every module.';
