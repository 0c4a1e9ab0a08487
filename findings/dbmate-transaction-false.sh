#!/usr/bin/env bash
# dbmate runs a file marked "transaction:false" in a transaction after all if it has more than one statement.
#
# Package: dbmate 2.36.0 (npm), PostgreSQL 18.6
# Expected: with "-- migrate:up transaction:false" each statement commits by itself, so CREATE INDEX CONCURRENTLY works,
#   and after an error the statements before it stay.
# Seen: dbmate sends the file as one message, and PostgreSQL takes a message of several statements for one transaction
#   block. The same index that builds alone is refused (25001) as a second statement, and the first statement is rolled
#   back. dbmate prints "Applied:" for the file all the same, then the error, and ends with 2.
# Why it matters: the marker works in the file that was tried (one statement) and fails with the next line added to it.
. "$(dirname "${BASH_SOURCE[0]}")/support/functions.sh"

start_postgresql
npm_packages dbmate@2.36.0
mkdir "$work/migrations"

up() {
	local code=0
	(cd "$work" && node_modules/.bin/dbmate --url "postgres://$PGUSER@$PGHOST:$PGPORT/$PGDATABASE?sslmode=disable" \
		--migrations-dir migrations --no-dump-schema up > up.log 2>&1) || code=$?
	echo "exit $code$(grep -q "Applied: $1" "$work/up.log" && echo ', said Applied')$(grep -o ' (25001)' "$work/up.log")"
}

printf '%s\n' '-- migrate:up' 'CREATE TABLE orders (id int, day date);' '-- migrate:down' > "$work/migrations/1_orders.sql"
up 1_orders.sql > /dev/null
printf '%s\n' '-- migrate:up transaction:false' 'CREATE INDEX CONCURRENTLY orders_id ON orders (id);' \
	'-- migrate:down' > "$work/migrations/2_one.sql"
seen="one statement: $(up 2_one.sql); "
printf '%s\n' '-- migrate:up transaction:false' 'CREATE TABLE days (day date);' \
	'CREATE INDEX CONCURRENTLY orders_day ON orders (day);' '-- migrate:down' > "$work/migrations/3_two.sql"
seen+="two statements: $(up 3_two.sql), first one kept: $(sql "SELECT to_regclass('days') IS NOT NULL")"

verdict 'one statement: exit 0, said Applied; two statements: exit 0, said Applied, first one kept: true' \
	'one statement: exit 0, said Applied; two statements: exit 2, said Applied (25001), first one kept: false' "$seen"
