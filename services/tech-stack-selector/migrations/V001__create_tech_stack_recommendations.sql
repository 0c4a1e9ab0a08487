CREATE TABLE tech_stack_recommendations (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    project_id uuid NOT NULL,
    response_id uuid NOT NULL,
    revision integer NOT NULL DEFAULT 1,
    rank integer NOT NULL,
    stack jsonb NOT NULL,
    score numeric(5, 2) NOT NULL,
    rationale text,
    status text NOT NULL DEFAULT 'proposed',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT tech_stack_recommendations_pkey PRIMARY KEY (id),
    CONSTRAINT tech_stack_recommendations_response_id_revision_rank_key UNIQUE (response_id, revision, rank),
    -- Both columns: the service lists recommendations by project without a look into the other schema, and the project
    -- is certain to be the one that gave the answers. Without the answers nothing supports a recommendation: CASCADE.
    CONSTRAINT tech_stack_recommendations_project_id_response_id_fkey
        FOREIGN KEY (project_id, response_id)
        REFERENCES requirement_processor.business_context_responses (project_id, id) ON DELETE CASCADE,
    CONSTRAINT tech_stack_recommendations_revision_check CHECK (revision > 0),
    CONSTRAINT tech_stack_recommendations_rank_check CHECK (rank > 0),
    CONSTRAINT tech_stack_recommendations_stack_check CHECK (jsonb_typeof(stack) = 'object'),
    CONSTRAINT tech_stack_recommendations_score_check CHECK (score BETWEEN 0 AND 100),
    CONSTRAINT tech_stack_recommendations_status_check
        CHECK (status IN ('proposed', 'accepted', 'rejected', 'superseded'))
);

CREATE INDEX tech_stack_recommendations_project_id_response_id_idx
    ON tech_stack_recommendations (project_id, response_id);

-- A project follows one recommendation.
CREATE UNIQUE INDEX tech_stack_recommendations_accepted_key
    ON tech_stack_recommendations (project_id)
    WHERE status = 'accepted';

CREATE TRIGGER tech_stack_recommendations_set_updated_at
    BEFORE UPDATE ON tech_stack_recommendations
    FOR EACH ROW EXECUTE FUNCTION core.set_updated_at();

COMMENT ON TABLE tech_stack_recommendations IS 'Recommended combinations of technologies for a project, best first.';
COMMENT ON COLUMN tech_stack_recommendations.response_id IS 'The answers that the recommendation rests on.';
COMMENT ON COLUMN tech_stack_recommendations.revision IS 'Counts up when the answers change and are judged again.';
COMMENT ON COLUMN tech_stack_recommendations.rank IS '1 is the best of its revision.';
COMMENT ON COLUMN tech_stack_recommendations.stack IS 'By layer: {"frontend": ["react"], "database": ["postgresql"]}.';
