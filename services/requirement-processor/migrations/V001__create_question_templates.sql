CREATE TABLE question_templates (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    template_id uuid,
    question_set_key text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    title text NOT NULL,
    questions jsonb NOT NULL,
    status text NOT NULL DEFAULT 'draft',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT question_templates_pkey PRIMARY KEY (id),
    CONSTRAINT question_templates_question_set_key_version_key UNIQUE (question_set_key, version),
    -- Not SET NULL: questions about one template would turn into questions for all of them.
    -- A set that was answered cannot go, and so keeps its template: deprecate that instead.
    CONSTRAINT question_templates_template_id_fkey
        FOREIGN KEY (template_id) REFERENCES template_manager.templates (id) ON DELETE CASCADE,
    CONSTRAINT question_templates_question_set_key_check CHECK (question_set_key ~ '^[a-z][a-z0-9_-]*$'),
    CONSTRAINT question_templates_version_check CHECK (version > 0),
    CONSTRAINT question_templates_title_check CHECK (btrim(title) <> ''),
    -- CASE, because AND does not promise to skip jsonb_array_length, which fails on anything but an array.
    CONSTRAINT question_templates_questions_check
        CHECK (CASE WHEN jsonb_typeof(questions) = 'array' THEN jsonb_array_length(questions) > 0 ELSE false END),
    CONSTRAINT question_templates_status_check CHECK (status IN ('draft', 'active', 'retired'))
);

CREATE INDEX question_templates_template_id_idx ON question_templates (template_id);

-- New projects are asked one version of a set.
CREATE UNIQUE INDEX question_templates_active_key ON question_templates (question_set_key) WHERE status = 'active';

CREATE TRIGGER question_templates_set_updated_at
    BEFORE UPDATE ON question_templates
    FOR EACH ROW EXECUTE FUNCTION core.set_updated_at();

COMMENT ON TABLE question_templates IS 'Reusable sets of questions about the business behind a project.';
COMMENT ON COLUMN question_templates.template_id IS 'Asked only of projects from this template; NULL: asked of all.';
COMMENT ON COLUMN question_templates.questions IS 'In order of asking: [{"key": ..., "text": ..., "type": ...}].';
