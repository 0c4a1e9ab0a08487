-- For the updated_at columns of all tables.
CREATE FUNCTION set_updated_at() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = ''
AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END;
$$;

COMMENT ON FUNCTION set_updated_at() IS 'Trigger function, BEFORE UPDATE FOR EACH ROW: sets updated_at.';

-- Users are the directory's, and are kept by their id there: no foreign key leads to them.
CREATE TABLE workflow_requests (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    request_number text NOT NULL,
    initiator_id uuid NOT NULL,
    title text NOT NULL,
    description text,
    priority text NOT NULL DEFAULT 'standard',
    status text NOT NULL DEFAULT 'draft',
    submitted_at timestamptz,
    closed_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT workflow_requests_pkey PRIMARY KEY (id),
    CONSTRAINT workflow_requests_request_number_key UNIQUE (request_number),
    CONSTRAINT workflow_requests_request_number_check CHECK (request_number ~ '^REQ-[0-9]{4}-[0-9]+$'),
    CONSTRAINT workflow_requests_title_check CHECK (btrim(title) <> ''),
    CONSTRAINT workflow_requests_priority_check CHECK (priority IN ('standard', 'express')),
    CONSTRAINT workflow_requests_status_check
        CHECK (status IN ('draft', 'pending', 'approved', 'rejected', 'withdrawn')),
    CONSTRAINT workflow_requests_submitted_at_check CHECK (status IN ('draft', 'withdrawn') OR submitted_at IS NOT NULL),
    CONSTRAINT workflow_requests_closed_at_check CHECK (closed_at >= submitted_at)
);

-- "My requests", newest first.
CREATE INDEX workflow_requests_initiator_id_created_at_idx ON workflow_requests (initiator_id, created_at DESC);

CREATE INDEX workflow_requests_status_submitted_at_idx ON workflow_requests (status, submitted_at);

CREATE TRIGGER workflow_requests_set_updated_at
    BEFORE UPDATE ON workflow_requests
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

COMMENT ON TABLE workflow_requests IS 'What somebody wants approved.';
COMMENT ON COLUMN workflow_requests.initiator_id IS 'Who asks; an id of the directory.';
