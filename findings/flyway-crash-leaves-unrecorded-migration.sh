#!/usr/bin/env bash
# A crash of Flyway can leave a migration applied and unrecorded, although PostgreSQL's DDL is transactional.
#
# Package: flyway-core and flyway-database-postgresql 13.12.1, postgresql 42.7.14 (Maven Central), PostgreSQL 18.6
# Expected: a migration and its row in flyway_schema_history are one transaction. Whenever Flyway dies, the next run
#   either finds both or neither, and goes on.
# Seen: as it comes, Flyway holds its lock in a transaction of one connection and writes the row there, and runs the
#   migration on another, which commits first. Dying in between, it leaves the table without the row, and every further
#   run fails because the table exists. With flyway.postgresql.transactional.lock=false it is one transaction.
# Why it matters: a pod evicted at the wrong moment blocks all later deployments until the history is repaired by hand.
. "$(dirname "${BASH_SOURCE[0]}")/support/functions.sh"

# The server notices at once that the killed process is gone.
start_postgresql client_connection_check_interval=100ms
maven_jars flyway org.flywaydb:flyway-core:13.12.1 org.flywaydb:flyway-database-postgresql:13.12.1 \
	org.postgresql:postgresql:42.7.14
cat > "$work/Migrate.java" <<'END'
import org.flywaydb.core.Flyway;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

class Migrate {

	public static void main(String[] arguments) {
		var configuration = Flyway.configure()
			.dataSource(arguments[0], "postgres", "")
			.locations("filesystem:" + arguments[1]);
		configuration.getConfigurationExtension(PostgreSQLConfigurationExtension.class)
			.setTransactionalLock(Boolean.parseBoolean(arguments[2]));
		configuration.load().migrate();
	}

}
END

# run TRANSACTIONAL_LOCK    Flyway in place of the shell that calls it
run() {
	exec java -cp "$work/flyway/*" "$work/Migrate.java" "jdbc:postgresql://$PGHOST:$PGPORT/lock_$1" "$work/lock_$1" "$1"
}

# crash TRANSACTIONAL_LOCK    kills Flyway while it commits the row of its second migration, and runs it again
crash() {
	local there flyway
	mkdir "$work/lock_$1"
	echo 'CREATE TABLE customers (id int);' > "$work/lock_$1/V1__customers.sql"
	sql "CREATE DATABASE lock_$1" > /dev/null
	(run "$1") > "$work/first.log" 2>&1
	# A check at the commit of the row, long enough to be interrupted.
	PGDATABASE=lock_$1 sql "CREATE FUNCTION pause() RETURNS trigger LANGUAGE plpgsql
			AS 'BEGIN PERFORM pg_sleep(20); RETURN NEW; END';
		CREATE CONSTRAINT TRIGGER pause AFTER INSERT ON flyway_schema_history DEFERRABLE INITIALLY DEFERRED
			FOR EACH ROW EXECUTE FUNCTION pause()" > /dev/null
	echo 'CREATE TABLE invoices (id int);' > "$work/lock_$1/V2__invoices.sql"
	(run "$1") > "$work/second.log" 2>&1 &
	flyway=$!
	await "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'" 1
	kill -9 "$flyway"
	wait "$flyway" 2> /dev/null || true
	await "SELECT count(*) FROM pg_stat_activity WHERE datname = 'lock_$1'" 0
	there=$(PGDATABASE=lock_$1 sql "DROP TRIGGER pause ON flyway_schema_history;
		SELECT to_regclass('invoices') IS NOT NULL || ', row ' || (SELECT count(*) = 1 FROM flyway_schema_history
			WHERE version = '2')")
	if (run "$1") > "$work/third.log" 2>&1; then
		echo "table $there, next run succeeds"
	else
		echo "table $there, next run fails: $(grep -o 'relation "invoices" already exists' "$work/third.log" | head -1)"
	fi
}

# await QUERY ROW
await() {
	local try
	for try in {1..150}; do
		[[ $(sql "$1") == "$2" ]] && return
		sleep 0.2
	done
	echo "did not come: $1 = $2" >&2
	return 1
}

seen="as it comes: $(crash true)"
seen+="; lock in the session: $(crash false)"

verdict 'table false, row false, next run succeeds' \
	'as it comes: table true, row false, next run fails: relation "invoices" already exists; lock in the session: table false, row false, next run succeeds' \
	"$seen"
