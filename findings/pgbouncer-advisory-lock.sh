#!/usr/bin/env bash
# Through PgBouncer's transaction pooling two clients hold the same session-level advisory lock at once, and it stays
# taken after both have left.
#
# Package: pgbouncer 1.18.0-1+deb12u1 (Debian 12), pg 8.23.1 (npm), PostgreSQL 18.6
# Expected: a lock that does not fit the pool fails, or at worst does not hold. Whoever is told "true" by
#   pg_try_advisory_lock() is the only one, and a client that disconnects releases what it held.
# Seen: both clients are given the same server connection in turn. To PostgreSQL it is one session that takes its own lock
#   twice, so both are told "true". PgBouncer resets no connection in this mode: after both have disconnected, a
#   client that is given another server connection is told "false", with no one there who could unlock.
# Why it matters: two runs migrate at the same time, each sure of its lock, and later runs are locked out at random.
. "$(dirname "${BASH_SOURCE[0]}")/support/functions.sh"

needs apt-get dpkg-deb
mkdir "$work/debian"
# apt-get's own user has to write there.
chmod 777 "$work/debian"
(cd "$work/debian" && apt-get download pgbouncer=1.18.0-1+deb12u1 libc-ares2 libevent-2.1-7 > "$work/apt.log" 2>&1) ||
	cannot "apt-get cannot download PgBouncer: $(tail -1 "$work/apt.log")"
for package in "$work"/debian/*.deb; do
	dpkg-deb -x "$package" "$work/pgbouncer"
done
LD_LIBRARY_PATH=$(dirname "$(find "$work/pgbouncer" -name 'libcares.so.2')")
export LD_LIBRARY_PATH
"$work/pgbouncer/usr/sbin/pgbouncer" --version > "$work/version" 2>&1 || cannot "PgBouncer does not start: $(tail -1 "$work/version")"
echo "pooler: $(head -1 "$work/version")"

start_postgresql
port=$(free_port)
echo '"postgres" ""' > "$work/users.txt"
cat > "$work/pgbouncer.ini" <<END
[databases]
* = host=$PGHOST port=$PGPORT
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $port
unix_socket_dir =
auth_type = trust
auth_file = $work/users.txt
pool_mode = transaction
default_pool_size = 2
END
"${unprivileged[@]}" "$work/pgbouncer/usr/sbin/pgbouncer" "$work/pgbouncer.ini" > "$work/pgbouncer.log" 2>&1 &
cat > "$work/lock.cjs" <<'END'
const { Client } = require('pg');

const port = Number(process.argv[2]);

async function connect(tries = 50) {
	const client = new Client({ port });
	try {
		await client.connect();
		return client;
	} catch (error) {
		if (tries === 0) throw error;
		await new Promise((resolve) => setTimeout(resolve, 100));
		return connect(tries - 1);
	}
}

const take = async (client) => (await client.query('SELECT pg_try_advisory_lock(42) AS taken')).rows[0].taken;

(async () => {
	const first = await connect();
	const second = await connect();
	const both = [await take(first), await take(second)];
	await first.end();
	await second.end();
	// One client's transaction keeps the server connection that has the lock, so the other is given a second one.
	const busy = await connect();
	const third = await connect();
	await busy.query('BEGIN');
	await busy.query('SELECT');
	console.log(`first ${both[0]}, second ${both[1]}; both gone, third ${await take(third)}`);
	await busy.end();
	await third.end();
})();
END

verdict 'first true, second false; both gone, third true' 'first true, second true; both gone, third false' \
	"$(node "$work/lock.cjs" "$port")"
