#!/usr/bin/env bash
# node-pg-migrate's up runs the down part of an SQL file that has no up marker, and skips what follows a comment that
# begins with "Down migration".
#
# Package: node-pg-migrate 9.0.0, pg 8.23.1 (npm), PostgreSQL 18.6
# Expected: what precedes the down marker is the up part, as in other formats with markers; and a sentence in a comment
#   is a comment.
# Seen: without "-- Up Migration" the whole file is the up part, down part included, so a table is made and dropped
#   again in one transaction. In a file with both, any comment line that begins with the words "down migration", in any
#   case and whatever follows, ends the up part. Both files are recorded as run, and the command ends with 0.
# Why it matters: a missing or an innocent comment turns half of a migration off, and nothing reports it.
. "$(dirname "${BASH_SOURCE[0]}")/support/functions.sh"

start_postgresql
npm_packages node-pg-migrate@9.0.0 pg@8.23.1
mkdir "$work/migrations"
cat > "$work/migrations/1700000000001_no-up-marker.sql" <<'END'
CREATE TABLE customers (id int);

-- Down Migration
DROP TABLE customers;
END
cat > "$work/migrations/1700000000002_sentence.sql" <<'END'
-- Up Migration
CREATE TABLE orders (id int);
-- down migration is not possible once rows are here, so there is none
CREATE TABLE invoices (id int);
END
code=0
(cd "$work" && DATABASE_URL="postgres://$PGUSER@$PGHOST:$PGPORT/$PGDATABASE" \
	node_modules/.bin/node-pg-migrate up -m migrations > up.log 2>&1) || code=$?

verdict 'exit 0, 2 files recorded, tables customers invoices orders' \
	'exit 0, 2 files recorded, tables orders' \
	"exit $code, $(sql 'SELECT count(*) FROM pgmigrations') files recorded, tables $(sql "SELECT string_agg(tablename, ' ' ORDER BY tablename)
		FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'pgmigrations'")"
