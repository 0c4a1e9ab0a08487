DROP TABLE agent_executions;
