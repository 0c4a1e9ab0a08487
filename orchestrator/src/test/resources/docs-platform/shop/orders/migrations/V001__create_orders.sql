CREATE TABLE orders (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    stock_id bigint NOT NULL REFERENCES stock.stock ON DELETE RESTRICT,
    customer text NOT NULL
);
CREATE INDEX orders_stock_id_idx ON orders (stock_id);
