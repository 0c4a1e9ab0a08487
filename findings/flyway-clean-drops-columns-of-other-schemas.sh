#!/usr/bin/env bash
# Flyway's clean of one schema drops columns, with their data, in tables of other schemas.
#
# Package: flyway-core and flyway-database-postgresql 12.4.0 and 13.12.1, postgresql 42.7.14 (Maven Central),
#   PostgreSQL 18.6
# Expected: clean drops what lies in the schemas it is given. Whatever in another schema depends on that either makes it
#   fail, or loses a constraint or a view; no other table loses data.
# Seen: an extension installed in the cleaned schema is dropped with CASCADE. Every column of the extension's types goes,
#   in whatever schema its table lies, and clean reports success for its one schema. Nothing is said of the column.
# Why it matters: one team cleans its schema on a shared database, and another team's e-mail addresses (citext) are gone.
. "$(dirname "${BASH_SOURCE[0]}")/support/functions.sh"

start_postgresql
maven_jars flyway12 org.flywaydb:flyway-core:12.4.0 org.flywaydb:flyway-database-postgresql:12.4.0 \
	org.postgresql:postgresql:42.7.14
maven_jars flyway13 org.flywaydb:flyway-core:13.12.1 org.flywaydb:flyway-database-postgresql:13.12.1 \
	org.postgresql:postgresql:42.7.14
cat > "$work/Clean.java" <<'END'
import org.flywaydb.core.Flyway;

class Clean {

	public static void main(String[] arguments) {
		var result = Flyway.configure()
			.dataSource(arguments[0], "postgres", "")
			.defaultSchema("billing")
			.locations("filesystem:" + arguments[1])
			.cleanDisabled(false)
			.load()
			.clean();
		System.out.println("cleaned " + result.schemasCleaned + ", warnings " + result.warnings);
	}

}
END
mkdir "$work/migrations"

seen=
for version in 12 13; do
	sql "CREATE DATABASE shop$version" > /dev/null
	PGDATABASE=shop$version sql "CREATE SCHEMA billing;
		CREATE EXTENSION citext SCHEMA billing;
		CREATE SCHEMA accounts;
		CREATE TABLE accounts.users (id int, email billing.citext);
		INSERT INTO accounts.users VALUES (1, 'ann@example.org')" > /dev/null
	said=$(java -cp "$work/flyway$version/*" "$work/Clean.java" "jdbc:postgresql://$PGHOST:$PGPORT/shop$version" \
		"$work/migrations" 2> "$work/clean.log")
	grep -qi users "$work/clean.log" && said+=', users named in the log'
	columns=$(PGDATABASE=shop$version sql "SELECT string_agg(column_name, ' ' ORDER BY ordinal_position)
		FROM information_schema.columns WHERE table_schema = 'accounts' AND table_name = 'users'")
	seen+="Flyway $version $said, accounts.users has: $columns; "
done

verdict 'accounts.users has: id email' \
	'Flyway 12 cleaned [billing], warnings [], accounts.users has: id; Flyway 13 cleaned [billing], warnings [], accounts.users has: id; ' \
	"$seen"
