CREATE TABLE templates (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    slug text NOT NULL,
    name text NOT NULL,
    description text,
    category text NOT NULL,
    status text NOT NULL DEFAULT 'draft',
    definition jsonb NOT NULL DEFAULT '{}',
    created_by uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT templates_pkey PRIMARY KEY (id),
    CONSTRAINT templates_slug_key UNIQUE (slug),
    -- Projects go on using a template after its author has left.
    CONSTRAINT templates_created_by_fkey
        FOREIGN KEY (created_by) REFERENCES user_auth.users (id) ON DELETE SET NULL,
    CONSTRAINT templates_slug_check CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    CONSTRAINT templates_name_check CHECK (btrim(name) <> '' AND char_length(name) <= 200),
    CONSTRAINT templates_category_check CHECK (btrim(category) <> ''),
    CONSTRAINT templates_status_check CHECK (status IN ('draft', 'published', 'deprecated')),
    CONSTRAINT templates_definition_check CHECK (jsonb_typeof(definition) = 'object')
);

CREATE INDEX templates_created_by_idx ON templates (created_by);

-- The gallery shows published templates only, by category.
CREATE INDEX templates_published_category_name_idx ON templates (category, name) WHERE status = 'published';

CREATE TRIGGER templates_set_updated_at
    BEFORE UPDATE ON templates
    FOR EACH ROW EXECUTE FUNCTION core.set_updated_at();

COMMENT ON TABLE templates IS 'Templates that a project can start from.';
COMMENT ON COLUMN templates.slug IS 'Stable name in URLs.';
COMMENT ON COLUMN templates.category IS 'Free on purpose: editors add categories without a release.';
COMMENT ON COLUMN templates.status IS 'deprecated: no longer offered, still there for the projects that use it.';
COMMENT ON COLUMN templates.created_by IS 'NULL for built-in templates and for authors whose account was deleted.';
