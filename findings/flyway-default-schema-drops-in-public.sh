#!/usr/bin/env bash
# With defaultSchema set, an unqualified DROP TABLE IF EXISTS in a Flyway migration drops the table of that name in public.
#
# Package: flyway-core and flyway-database-postgresql 13.12.1, postgresql 42.7.14 (Maven Central), PostgreSQL 18.6
# Expected: defaultSchema=billing makes billing the schema that a migration's unqualified names mean. Billing has no
#   table audit, so DROP TABLE IF EXISTS audit says so and skips it.
# Seen: Flyway puts billing before the search_path of the session and keeps the rest. A name that billing does not have is
#   looked up in public next, so the migration drops public.audit; and ALTER TABLE users changes public.users.
# Why it matters: in a database of several services, a clean-up in one service's migration drops the table of another.
. "$(dirname "${BASH_SOURCE[0]}")/support/functions.sh"

start_postgresql
maven_jars flyway org.flywaydb:flyway-core:13.12.1 org.flywaydb:flyway-database-postgresql:13.12.1 \
	org.postgresql:postgresql:42.7.14
cat > "$work/Migrate.java" <<'END'
import org.flywaydb.core.Flyway;

class Migrate {

	public static void main(String[] arguments) {
		var result = Flyway.configure()
			.dataSource(arguments[0], "postgres", "")
			.defaultSchema("billing")
			.locations("filesystem:" + arguments[1])
			.load()
			.migrate();
		System.out.println(result.migrationsExecuted + " run");
	}

}
END
mkdir "$work/migrations"
echo 'DROP TABLE IF EXISTS audit;' > "$work/migrations/V1__no_audit.sql"
sql 'CREATE TABLE public.audit (id int)' > /dev/null
run=$(java -cp "$work/flyway/*" "$work/Migrate.java" "jdbc:postgresql://$PGHOST:$PGPORT/$PGDATABASE" \
	"$work/migrations" 2> "$work/migrate.log")

verdict '1 run, public.audit there: true' '1 run, public.audit there: false' \
	"$run, public.audit there: $(sql "SELECT to_regclass('public.audit') IS NOT NULL")"
