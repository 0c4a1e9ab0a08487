#!/usr/bin/env bash
# Flyway does not run a repeatable migration again whose SQL changed by a moved line break.
#
# Package: flyway-core and flyway-database-postgresql 12.4.0 and 13.12.1, postgresql 42.7.14 (Maven Central),
#   PostgreSQL 18.6
# Expected: the checksum ignores the style of line ends (CR LF or LF), and any other change of an R file makes Flyway
#   run it again. Here a column that stood behind "--" is moved to a line of its own.
# Seen: the checksum is made of the lines without any terminator, so the file before and the file after have the same.
#   Flyway finds nothing to do, and the view keeps its one column.
# Why it matters: a reviewed and merged change of a view or function never reaches the database.
. "$(dirname "${BASH_SOURCE[0]}")/support/functions.sh"

start_postgresql
maven_jars flyway12 org.flywaydb:flyway-core:12.4.0 org.flywaydb:flyway-database-postgresql:12.4.0 \
	org.postgresql:postgresql:42.7.14
maven_jars flyway13 org.flywaydb:flyway-core:13.12.1 org.flywaydb:flyway-database-postgresql:13.12.1 \
	org.postgresql:postgresql:42.7.14
cat > "$work/Migrate.java" <<'END'
import org.flywaydb.core.Flyway;

class Migrate {

	public static void main(String[] arguments) {
		var flyway = Flyway.configure()
			.dataSource(arguments[0], "postgres", "")
			.defaultSchema(arguments[1])
			.locations("filesystem:" + arguments[2])
			.load();
		System.out.println(flyway.migrate().migrationsExecuted + " run");
	}

}
END
mkdir "$work/migrations"

migrate() {
	java -cp "$work/flyway$1/*" "$work/Migrate.java" "jdbc:postgresql://$PGHOST:$PGPORT/postgres" "flyway$1" \
		"$work/migrations" 2> "$work/migrate.log"
}

seen=
for version in 12 13; do
	printf '%s\n' 'CREATE OR REPLACE VIEW prices AS SELECT 100 AS net -- , 119 AS gross' ';' > "$work/migrations/R__prices.sql"
	first=$(migrate "$version")
	printf '%s\n' 'CREATE OR REPLACE VIEW prices AS SELECT 100 AS net -- ' ', 119 AS gross' ';' > "$work/migrations/R__prices.sql"
	second=$(migrate "$version")
	columns=$(sql "SELECT string_agg(column_name, ' ' ORDER BY ordinal_position) FROM information_schema.columns
		WHERE table_schema = 'flyway$version' AND table_name = 'prices'")
	seen+="Flyway $version: $first, then $second, columns $columns; "
done

verdict '1 run, then 1 run, columns net gross' \
	'Flyway 12: 1 run, then 0 run, columns net; Flyway 13: 1 run, then 0 run, columns net; ' \
	"$seen"
