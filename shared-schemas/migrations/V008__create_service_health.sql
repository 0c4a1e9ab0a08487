-- The present state, one row per instance, overwritten by each check (INSERT ... ON CONFLICT): it stays as small as the
-- platform. Time series belong to the metrics system.
CREATE TABLE service_health (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    service_name text NOT NULL,
    instance text NOT NULL,
    status text NOT NULL DEFAULT 'unknown',
    response_time_ms integer,
    consecutive_failures integer NOT NULL DEFAULT 0,
    details jsonb NOT NULL DEFAULT '{}',
    checked_at timestamptz NOT NULL DEFAULT now(),
    last_healthy_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT service_health_pkey PRIMARY KEY (id),
    CONSTRAINT service_health_service_name_instance_key UNIQUE (service_name, instance),
    CONSTRAINT service_health_service_name_check CHECK (service_name ~ '^[a-z][a-z0-9-]*$'),
    CONSTRAINT service_health_status_check CHECK (status IN ('healthy', 'degraded', 'unhealthy', 'unknown')),
    CONSTRAINT service_health_response_time_ms_check CHECK (response_time_ms >= 0),
    CONSTRAINT service_health_consecutive_failures_check CHECK (consecutive_failures >= 0),
    CONSTRAINT service_health_details_check CHECK (jsonb_typeof(details) = 'object')
);

-- Instances that stopped reporting.
CREATE INDEX service_health_checked_at_idx ON service_health (checked_at);

CREATE TRIGGER service_health_set_updated_at
    BEFORE UPDATE ON service_health
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

COMMENT ON TABLE service_health IS 'Result of the latest health check of every service instance.';
COMMENT ON COLUMN service_health.service_name IS 'Name as in the service manifest, for example user-auth.';
COMMENT ON COLUMN service_health.instance IS 'Host and port, or the name of the pod.';
COMMENT ON COLUMN service_health.response_time_ms IS 'NULL where the instance did not answer.';
