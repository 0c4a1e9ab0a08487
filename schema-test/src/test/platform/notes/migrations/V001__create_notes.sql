CREATE TABLE notes (account uuid NOT NULL REFERENCES accounts.accounts, text text NOT NULL);
