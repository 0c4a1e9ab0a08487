#!/usr/bin/env bash
# Under a publication FOR ALL TABLES, Liquibase's rollback undoes the change and then cannot delete its record.
#
# Package: liquibase-core 4.33.0, postgresql 42.7.14 (Maven Central), PostgreSQL 18.6
# Expected: a publication for change data capture only reads. Liquibase goes on as before; or, if something fails, the
#   change set and its row in databasechangelog are rolled back together.
# Seen: databasechangelog has no primary key, so PostgreSQL refuses each UPDATE and DELETE there once the publication
#   exists. INSERT stays allowed, so update works and all looks well. rollback drops the table, commits, fails at the
#   DELETE, and the record says of the dropped table that it was made. Liquibase's next update finds nothing to do.
# Why it matters: turning on change data capture takes away the way back, and it shows only when it is needed.
. "$(dirname "${BASH_SOURCE[0]}")/support/functions.sh"

start_postgresql wal_level=logical
maven_jars liquibase org.liquibase:liquibase-core:4.33.0 org.postgresql:postgresql:42.7.14
cat > "$work/Run.java" <<'END'
import java.nio.file.Path;
import java.sql.DriverManager;

import liquibase.Liquibase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;

class Run {

	public static void main(String[] arguments) throws Exception {
		var connection = DriverManager.getConnection(arguments[0], "postgres", "");
		try (var liquibase = new Liquibase("changelog.sql", new DirectoryResourceAccessor(Path.of(arguments[1])),
				new JdbcConnection(connection))) {
			if (arguments[2].equals("update")) {
				liquibase.update();
			}
			else {
				liquibase.rollback(1, "");
			}
		}
	}

}
END
mkdir "$work/changes"
cat > "$work/changes/changelog.sql" <<'END'
--liquibase formatted sql
--changeset ann:1
CREATE TABLE customers (id int PRIMARY KEY);
--rollback DROP TABLE customers;
--changeset ann:2
CREATE TABLE invoices (id int PRIMARY KEY);
--rollback DROP TABLE invoices;
END

run() {
	if java -cp "$work/liquibase/*" "$work/Run.java" "jdbc:postgresql://$PGHOST:$PGPORT/postgres" "$work/changes" "$1" \
		> "$work/$1.log" 2>&1; then
		echo "$1 succeeds"
	else
		echo "$1 fails ($(grep -o 'cannot delete from table [^ ]*' "$work/$1.log" | head -1))"
	fi
}

sql 'CREATE PUBLICATION changes FOR ALL TABLES' > /dev/null
seen="$(run update), $(run rollback), "
seen+="table invoices there: $(sql "SELECT to_regclass('invoices') IS NOT NULL"), "
seen+="recorded: $(sql "SELECT string_agg(id, ' ' ORDER BY id) FROM databasechangelog"), "
seen+="again $(run update), table invoices there: $(sql "SELECT to_regclass('invoices') IS NOT NULL")"

verdict 'update succeeds, rollback succeeds, table invoices there: false, recorded: 1' \
	'update succeeds, rollback fails (cannot delete from table "databasechangelog"), table invoices there: false, recorded: 1 2, again update succeeds, table invoices there: false' \
	"$seen"
