CREATE TABLE business_context_responses (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    project_id uuid NOT NULL,
    question_template_id uuid NOT NULL,
    answers jsonb NOT NULL DEFAULT '{}',
    status text NOT NULL DEFAULT 'in_progress',
    completed_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT business_context_responses_pkey PRIMARY KEY (id),
    -- Also serves the foreign key to projects.
    CONSTRAINT business_context_responses_project_id_question_template_id_key UNIQUE (project_id, question_template_id),
    -- For other services: they keep project and response together and refer to both.
    CONSTRAINT business_context_responses_project_id_id_key UNIQUE (project_id, id),
    CONSTRAINT business_context_responses_project_id_fkey
        FOREIGN KEY (project_id) REFERENCES core.projects (id) ON DELETE CASCADE,
    -- Answers mean nothing without their questions: a set that was answered is retired, not deleted.
    CONSTRAINT business_context_responses_question_template_id_fkey
        FOREIGN KEY (question_template_id) REFERENCES question_templates (id) ON DELETE RESTRICT,
    CONSTRAINT business_context_responses_answers_check CHECK (jsonb_typeof(answers) = 'object'),
    CONSTRAINT business_context_responses_status_check CHECK (status IN ('in_progress', 'completed')),
    CONSTRAINT business_context_responses_completed_check CHECK ((status = 'completed') = (completed_at IS NOT NULL))
);

CREATE INDEX business_context_responses_question_template_id_idx ON business_context_responses (question_template_id);

CREATE TRIGGER business_context_responses_set_updated_at
    BEFORE UPDATE ON business_context_responses
    FOR EACH ROW EXECUTE FUNCTION core.set_updated_at();

COMMENT ON TABLE business_context_responses IS 'A project''s answers to a set of questions.';
COMMENT ON COLUMN business_context_responses.answers IS 'By the key of the question: {"team_size": 5, ...}.';
