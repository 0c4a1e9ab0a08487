#!/usr/bin/env bash
# A second Kysely migrator that only waits for its turn makes the first one's CREATE INDEX CONCURRENTLY fail, and then
# records that migration as done over an invalid index.
#
# Package: kysely 0.29.9, pg 8.23.1 (npm), PostgreSQL 18.6
# Expected: two instances start at once, one takes the lock and migrates, the other waits and finds nothing to do. A
#   session-level advisory lock needs no transaction, so waiting for it cannot disturb a concurrent index build.
# Seen: the statement that waits in pg_advisory_lock() has a snapshot, and a concurrent build waits for every older
#   snapshot: a deadlock. Here the builder is its victim (40P01) and leaves an INVALID index. That frees the lock, the
#   waiting instance runs the same migration, IF NOT EXISTS takes the invalid index for the wanted one, and succeeds.
# Why it matters: starting two replicas together leaves an index that no query uses and a history that says all is well.
. "$(dirname "${BASH_SOURCE[0]}")/support/functions.sh"

start_postgresql
npm_packages kysely@0.29.9 pg@8.23.1
cat > "$work/migrate.mjs" <<'END'
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const migrations = {
	'001_orders': { up: (db) => sql`CREATE TABLE orders (id int)`.execute(db) },
	'002_index': {
		// The first instance has been at work for a while when it reaches the index.
		up: async (db) => {
			await pause(2000);
			await sql`CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_id ON orders (id)`.execute(db);
		},
	},
};

async function instance(name) {
	const db = new Kysely({ dialect: new PostgresDialect({ pool: new pg.Pool() }) });
	const provider = { getMigrations: async () => migrations };
	const { error, results } = await new Migrator({ db, provider, disableTransactions: true }).migrateToLatest();
	await db.destroy();
	const done = results.filter((result) => result.status === 'Success').map((result) => result.migrationName);
	return `${name} instance ran ${done.join(' ') || 'nothing'}${error ? `, error ${error.code}` : ''}`;
}

const both = await Promise.all([instance('first'), pause(500).then(() => instance('second'))]);
console.log(both.join('; '));
END
seen="$(node "$work/migrate.mjs"); valid index: $(sql "SELECT indisvalid FROM pg_index WHERE indexrelid = 'orders_id'::regclass")"

verdict 'first instance ran 001_orders 002_index; second instance ran nothing; valid index: true' \
	'first instance ran 001_orders, error 40P01; second instance ran 002_index; valid index: false' "$seen"
