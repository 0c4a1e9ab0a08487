-- Written once by the analysis of a version, never edited: hence no updated_at.
CREATE TABLE wireframe_elements (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    wireframe_version_id uuid NOT NULL,
    parent_id uuid,
    element_key text NOT NULL,
    kind text NOT NULL,
    label text,
    x numeric NOT NULL,
    y numeric NOT NULL,
    width numeric NOT NULL,
    height numeric NOT NULL,
    confidence numeric(4, 3) NOT NULL,
    properties jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT wireframe_elements_pkey PRIMARY KEY (id),
    CONSTRAINT wireframe_elements_wireframe_version_id_element_key_key UNIQUE (wireframe_version_id, element_key),
    -- Target of the parent's foreign key.
    CONSTRAINT wireframe_elements_wireframe_version_id_id_key UNIQUE (wireframe_version_id, id),
    CONSTRAINT wireframe_elements_wireframe_version_id_fkey
        FOREIGN KEY (wireframe_version_id) REFERENCES wireframe_versions (id) ON DELETE CASCADE,
    -- Both columns, so that an element and its container are on one drawing.
    CONSTRAINT wireframe_elements_wireframe_version_id_parent_id_fkey
        FOREIGN KEY (wireframe_version_id, parent_id)
        REFERENCES wireframe_elements (wireframe_version_id, id) ON DELETE CASCADE,
    CONSTRAINT wireframe_elements_parent_id_check CHECK (parent_id <> id),
    CONSTRAINT wireframe_elements_element_key_check CHECK (element_key <> ''),
    CONSTRAINT wireframe_elements_kind_check
        CHECK (kind IN ('container', 'navigation', 'form', 'input', 'button', 'link', 'text', 'image', 'icon',
            'list', 'table', 'chart', 'unknown')),
    CONSTRAINT wireframe_elements_size_check CHECK (width >= 0 AND height >= 0),
    CONSTRAINT wireframe_elements_confidence_check CHECK (confidence BETWEEN 0 AND 1),
    CONSTRAINT wireframe_elements_properties_check CHECK (jsonb_typeof(properties) = 'object')
);

CREATE INDEX wireframe_elements_wireframe_version_id_parent_id_idx
    ON wireframe_elements (wireframe_version_id, parent_id);

COMMENT ON TABLE wireframe_elements IS 'What the analysis found on a version of a wireframe.';
COMMENT ON COLUMN wireframe_elements.parent_id IS 'The element around this one; NULL at the top.';
COMMENT ON COLUMN wireframe_elements.element_key IS 'The element''s own name in the drawing.';
COMMENT ON COLUMN wireframe_elements.x IS 'Left edge in units of the drawing; may be negative, outside the canvas.';
COMMENT ON COLUMN wireframe_elements.y IS 'Top edge, as x.';
COMMENT ON COLUMN wireframe_elements.confidence IS 'How sure the analysis is of the kind, from 0 to 1.';
