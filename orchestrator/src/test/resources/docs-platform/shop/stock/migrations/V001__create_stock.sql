CREATE TABLE stock (
    id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name  text NOT NULL,
    shelf text NOT NULL
);
