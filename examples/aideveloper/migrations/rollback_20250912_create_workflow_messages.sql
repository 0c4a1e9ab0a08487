DROP TABLE workflow_messages;
