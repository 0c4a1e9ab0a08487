-- One row per execution, never changed afterwards: hence no updated_at. The project is the generation's.
CREATE TABLE test_results (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    code_generation_id uuid NOT NULL,
    suite text NOT NULL,
    kind text NOT NULL,
    status text NOT NULL,
    passed_count integer NOT NULL DEFAULT 0,
    failed_count integer NOT NULL DEFAULT 0,
    skipped_count integer NOT NULL DEFAULT 0,
    line_coverage_percent numeric(5, 2),
    duration_ms bigint NOT NULL,
    report jsonb NOT NULL DEFAULT '{}',
    executed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT test_results_pkey PRIMARY KEY (id),
    -- Results say nothing without the code they were measured on.
    CONSTRAINT test_results_code_generation_id_fkey
        FOREIGN KEY (code_generation_id) REFERENCES code_generations (id) ON DELETE CASCADE,
    CONSTRAINT test_results_suite_check CHECK (btrim(suite) <> ''),
    CONSTRAINT test_results_kind_check
        CHECK (kind IN ('unit', 'integration', 'end_to_end', 'performance', 'security')),
    CONSTRAINT test_results_status_check CHECK (status IN ('passed', 'failed', 'error')),
    CONSTRAINT test_results_counts_check CHECK (passed_count >= 0 AND failed_count >= 0 AND skipped_count >= 0),
    CONSTRAINT test_results_passed_check CHECK (status <> 'passed' OR failed_count = 0),
    CONSTRAINT test_results_line_coverage_percent_check CHECK (line_coverage_percent BETWEEN 0 AND 100),
    CONSTRAINT test_results_duration_ms_check CHECK (duration_ms >= 0),
    CONSTRAINT test_results_report_check CHECK (jsonb_typeof(report) = 'object')
);

-- Serves the foreign key and "latest results of this generation".
CREATE INDEX test_results_code_generation_id_executed_at_idx ON test_results (code_generation_id, executed_at DESC);

COMMENT ON TABLE test_results IS 'Executions of a test suite against generated code.';
COMMENT ON COLUMN test_results.status IS 'error: the suite did not run to its end, so its counts are no verdict.';
COMMENT ON COLUMN test_results.report IS 'Failures and measurements in the form of the test runner.';
