CREATE VIEW kpi_requests AS
    SELECT
        date_trunc('month', submitted_at, 'UTC') AS month,
        priority,
        count(*) AS submitted,
        count(*) FILTER (WHERE status = 'approved') AS approved,
        count(*) FILTER (WHERE status = 'rejected') AS rejected,
        avg(closed_at - submitted_at) AS mean_time
    FROM workflow_requests
    WHERE submitted_at IS NOT NULL
    GROUP BY 1, 2;

COMMENT ON VIEW kpi_requests IS 'Requests by month of submission, in UTC, and priority.';

CREATE VIEW kpi_approvers AS
    SELECT
        approver_id,
        count(*) FILTER (WHERE decided_at IS NOT NULL) AS decided,
        count(*) FILTER (WHERE status = 'in progress') AS open,
        count(tat_breached_at) AS breached,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM decided_at - started_at))
            * interval '1 second' AS median_time
    FROM approval_levels
    WHERE started_at IS NOT NULL
    GROUP BY 1;

COMMENT ON VIEW kpi_approvers IS 'How fast each approver decides, and how often too late.';
