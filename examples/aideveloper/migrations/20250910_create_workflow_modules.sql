CREATE TABLE workflow_modules (
    workflow_id bigint NOT NULL,
    module text NOT NULL,
    is_primary boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT workflow_modules_pkey PRIMARY KEY (workflow_id, module),
    CONSTRAINT workflow_modules_workflow_id_fkey
        FOREIGN KEY (workflow_id) REFERENCES workflows (id) ON DELETE CASCADE,
    CONSTRAINT workflow_modules_module_fkey
        FOREIGN KEY (module) REFERENCES module_settings (module) ON UPDATE CASCADE ON DELETE RESTRICT
);

CREATE INDEX workflow_modules_module_idx ON workflow_modules (module);

-- MySQL has no such index; there a trigger saw to it.
CREATE UNIQUE INDEX workflow_modules_primary_key ON workflow_modules (workflow_id) WHERE is_primary;

COMMENT ON TABLE workflow_modules IS 'Which modules a workflow touches; one of them is where it began.';
