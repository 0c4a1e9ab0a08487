CREATE TABLE epics (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    project_id uuid NOT NULL,
    position integer NOT NULL,
    title text NOT NULL,
    description text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT epics_pkey PRIMARY KEY (id),
    -- Deferrable: two epics change places in one transaction. Also serves the foreign key.
    CONSTRAINT epics_project_id_position_key UNIQUE (project_id, position) DEFERRABLE,
    CONSTRAINT epics_project_id_id_key UNIQUE (project_id, id), -- for the tasks, see there
    CONSTRAINT epics_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects (id) ON DELETE CASCADE,
    CONSTRAINT epics_position_check CHECK (position > 0),
    CONSTRAINT epics_title_check CHECK (btrim(title) <> '')
);

CREATE TRIGGER epics_set_updated_at
    BEFORE UPDATE ON epics
    FOR EACH ROW EXECUTE FUNCTION auth.set_updated_at();

COMMENT ON TABLE epics IS 'The large parts of a project, in their order.';
