CREATE TABLE holidays (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    day date NOT NULL,
    name text NOT NULL,
    region text NOT NULL DEFAULT 'all',
    created_by uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT holidays_pkey PRIMARY KEY (id),
    CONSTRAINT holidays_day_region_key UNIQUE (day, region),
    CONSTRAINT holidays_name_check CHECK (btrim(name) <> '')
);

COMMENT ON TABLE holidays IS 'Days that do not count for turn-around times.';
