-- Finds projects with like answers (answers @> '{"industry": "retail"}'). jsonb_path_ops, since containment is the only
-- question asked: the index is smaller and faster than with the default class.
CREATE INDEX business_context_responses_answers_idx
    ON business_context_responses USING gin (answers jsonb_path_ops);
