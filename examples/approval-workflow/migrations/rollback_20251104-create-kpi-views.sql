DROP VIEW kpi_approvers;
DROP VIEW kpi_requests;
