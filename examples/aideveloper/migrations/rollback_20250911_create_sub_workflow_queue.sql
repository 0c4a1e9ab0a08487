DROP TABLE sub_workflow_queue;
