#!/usr/bin/env bash
# Drizzle's migrator never runs a migration that was generated before the newest applied one, and says nothing of it.
#
# Package: drizzle-orm 0.45.4, pg 8.23.1 (npm), PostgreSQL 18.6
# Expected: drizzle.__drizzle_migrations has a hash of every file, so what is pending are the files whose hash is not
#   there. A file that comes later with an older time is run, or refused as out of order.
# Seen: the migrator reads only the newest row and runs the entries of the journal with a later "when". The hashes are
#   never compared. The older file is skipped at this run and every later one, and migrate() resolves.
# Why it matters: two branches that each generate a migration, merged in the other order: one of them is never run.
. "$(dirname "${BASH_SOURCE[0]}")/support/functions.sh"

start_postgresql
npm_packages drizzle-orm@0.45.4 pg@8.23.1
mkdir -p "$work/drizzle/meta"
cat > "$work/migrate.cjs" <<'END'
const { drizzle } = require('drizzle-orm/node-postgres');
const { migrate } = require('drizzle-orm/node-postgres/migrator');
const { Client } = require('pg');

(async () => {
	const client = new Client();
	await client.connect();
	await migrate(drizzle(client), { migrationsFolder: process.argv[2] }).then(
		() => console.log('resolved'), (error) => console.log(`rejected: ${error.message}`));
	await client.end();
})();
END

# journal WHEN:TAG...    the entries of meta/_journal.json, and a file for each that makes a table of its name
journal() {
	local entry index=0 entries=
	for entry in "$@"; do
		entries+="${entries:+,}{\"idx\":$index,\"version\":\"7\",\"when\":${entry%%:*},\"tag\":\"${entry#*:}\",\"breakpoints\":true}"
		echo "CREATE TABLE ${entry#*_} (id int);" > "$work/drizzle/${entry#*:}.sql"
		index=$((index + 1))
	done
	echo "{\"version\":\"7\",\"dialect\":\"postgresql\",\"entries\":[$entries]}" > "$work/drizzle/meta/_journal.json"
}

state() {
	local said
	said=$(node "$work/migrate.cjs" "$work/drizzle")
	echo "$said, tables $(sql "SELECT string_agg(tablename, ' ' ORDER BY tablename) FROM pg_tables WHERE schemaname = 'public'")"
}

journal 1790000000000:0000_customers 1790000300000:0001_orders
seen="main: $(state); "
journal 1790000000000:0000_customers 1790000300000:0001_orders 1790000200000:0002_invoices
seen+="older branch merged: $(state)"

verdict 'main: resolved, tables customers orders; older branch merged: resolved, tables customers invoices orders' \
	'main: resolved, tables customers orders; older branch merged: resolved, tables customers orders' "$seen"
