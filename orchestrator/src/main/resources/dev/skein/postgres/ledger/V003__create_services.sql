-- Which schema a service owns, so that the functions for services in any language can find it.
CREATE TABLE services (
    service text NOT NULL,
    schema text NOT NULL,
    CONSTRAINT services_pkey PRIMARY KEY (service)
);

GRANT USAGE ON SCHEMA skein TO PUBLIC;

COMMENT ON TABLE services IS 'Every service that a run has seen, with its schema.';
