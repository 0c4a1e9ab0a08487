DROP INDEX approval_levels_running_idx;

ALTER TABLE approval_levels
    DROP CONSTRAINT approval_levels_tat_alerts_check,
    DROP COLUMN tat_breached_at,
    DROP COLUMN tat_three_quarters_alert_at,
    DROP COLUMN tat_half_alert_at;
