CREATE OR REPLACE VIEW shelves AS SELECT shelf, count(*) AS things FROM stock GROUP BY shelf;
