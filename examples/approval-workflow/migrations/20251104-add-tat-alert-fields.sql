-- When the approver was told, so that nobody is told twice.
ALTER TABLE approval_levels
    ADD COLUMN tat_half_alert_at timestamptz,
    ADD COLUMN tat_three_quarters_alert_at timestamptz,
    ADD COLUMN tat_breached_at timestamptz,
    ADD CONSTRAINT approval_levels_tat_alerts_check CHECK (
        tat_half_alert_at <= coalesce(tat_three_quarters_alert_at, tat_breached_at, 'infinity')
        AND tat_three_quarters_alert_at <= coalesce(tat_breached_at, 'infinity'));

-- For the job that looks every few minutes whose time is running out.
CREATE INDEX approval_levels_running_idx ON approval_levels (started_at) WHERE status = 'in progress';

COMMENT ON COLUMN approval_levels.tat_half_alert_at IS 'When the approver was told that half of the time is over.';
COMMENT ON COLUMN approval_levels.tat_three_quarters_alert_at IS 'The same for three quarters of the time.';
COMMENT ON COLUMN approval_levels.tat_breached_at IS 'When the time was over without a decision.';
