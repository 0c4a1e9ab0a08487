DROP TABLE question_templates;
