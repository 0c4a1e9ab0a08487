CREATE TABLE admin_configuration (
    key text NOT NULL,
    value jsonb NOT NULL,
    description text NOT NULL,
    updated_by uuid,
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT admin_configuration_pkey PRIMARY KEY (key),
    CONSTRAINT admin_configuration_key_check CHECK (key ~ '^[a-z][a-z0-9_.]*$')
);

CREATE TRIGGER admin_configuration_set_updated_at
    BEFORE UPDATE ON admin_configuration
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

COMMENT ON TABLE admin_configuration IS 'What administrators may change while the service runs.';

-- The code cannot do without these.
INSERT INTO admin_configuration (key, value, description) VALUES
    ('tat.working_hours', '{"from": "09:00", "to": "18:00"}', 'The hours of a day that count for turn-around times'),
    ('tat.working_days', '[1, 2, 3, 4, 5]', 'The days of a week that count, Monday is 1'),
    ('documents.max_size_bytes', '10485760', 'Larger files are refused');
