CREATE VIEW revenue AS
SELECT a.email, sum(i.cents) AS cents
FROM accounts.accounts a
JOIN billing.invoices i ON i.account_id = a.id
GROUP BY a.email;
