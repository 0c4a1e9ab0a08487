CREATE TABLE orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    item text NOT NULL CHECK (item <> ''),
    account uuid REFERENCES accounts.accounts
);

CREATE INDEX orders_account_idx ON orders (account);
