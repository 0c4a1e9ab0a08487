DROP TABLE code_generations;
