DROP TABLE tat_alerts;
