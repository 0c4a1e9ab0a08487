DROP TABLE tech_stack_decisions;
