CREATE TABLE tech_stack_decisions (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    project_id uuid NOT NULL,
    layer text NOT NULL,
    technology text NOT NULL,
    technology_version text,
    rationale text,
    alternatives jsonb NOT NULL DEFAULT '[]',
    superseded_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT tech_stack_decisions_pkey PRIMARY KEY (id),
    CONSTRAINT tech_stack_decisions_project_id_fkey
        FOREIGN KEY (project_id) REFERENCES projects (id) ON DELETE CASCADE,
    CONSTRAINT tech_stack_decisions_layer_check
        CHECK (layer IN ('frontend', 'mobile', 'backend', 'database', 'messaging', 'infrastructure', 'testing')),
    CONSTRAINT tech_stack_decisions_technology_check CHECK (btrim(technology) <> ''),
    CONSTRAINT tech_stack_decisions_alternatives_check CHECK (jsonb_typeof(alternatives) = 'array'),
    CONSTRAINT tech_stack_decisions_superseded_at_check CHECK (superseded_at >= created_at)
);

CREATE INDEX tech_stack_decisions_project_id_idx ON tech_stack_decisions (project_id);

-- A layer may combine technologies (PostgreSQL and Redis), but each of them is in force only once.
CREATE UNIQUE INDEX tech_stack_decisions_in_force_key
    ON tech_stack_decisions (project_id, layer, lower(technology))
    WHERE superseded_at IS NULL;

CREATE TRIGGER tech_stack_decisions_set_updated_at
    BEFORE UPDATE ON tech_stack_decisions
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

COMMENT ON TABLE tech_stack_decisions IS 'Technologies chosen for a project, layer by layer, with the reasons.';
COMMENT ON COLUMN tech_stack_decisions.alternatives IS
    'What was considered and not chosen: [{"technology": ..., "reason": ...}].';
COMMENT ON COLUMN tech_stack_decisions.superseded_at IS 'Since when the decision no longer holds; NULL while in force.';
