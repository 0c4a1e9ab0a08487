DROP TABLE stack_analysis_cache;
