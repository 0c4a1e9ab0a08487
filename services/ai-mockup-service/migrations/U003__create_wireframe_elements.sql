DROP TABLE wireframe_elements;
