DROP TABLE workflow_modules;
