DROP TABLE wireframes;
