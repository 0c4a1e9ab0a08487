#!/usr/bin/env bash
# Measures what a role for each service costs.
set -euo pipefail

usage() {
	cat <<-'END'
		Usage: scripts/benchmark-isolation.sh [SERVICES [ROUNDS]]

		Migrates SERVICES fresh services of 5 small files each (default: 100) into fresh databases, in turn with
		--isolation roles and --isolation none, ROUNDS times each (default: 5), and prints the medians of whole
		processes, their ratio, and the difference for each service.

		On the server that PGHOST, PGPORT, PGUSER and PGPASSWORD name (a superuser; databases and roles that
		begin with bench_ or skein_bench_ are left behind), else on the embedded one, which asks for no password.
	END
}

case ${1:-} in
	-h | --help) usage; exit 0 ;;
esac
services=${1:-100}
rounds=${2:-5}
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

draw() { # FOLDER PREFIX: the services
	local name number
	for number in $(seq -w "$services"); do
		name=$2-$number
		mkdir -p "$1/$name/migrations"
		printf 'service: %s\ntables: [a, b, c]\n' "$name" > "$1/$name/service.yml"
		cd "$1/$name/migrations"
		echo 'CREATE TABLE a (id bigint PRIMARY KEY, name text NOT NULL);' > V001__a.sql
		echo 'CREATE TABLE b (id bigint PRIMARY KEY, a bigint NOT NULL REFERENCES a);' > V002__b.sql
		echo 'CREATE INDEX b_a_idx ON b (a);' > V003__b_a_idx.sql
		echo 'ALTER TABLE a ADD created_at timestamptz NOT NULL DEFAULT now();' > V004__a_created_at.sql
		echo 'CREATE TABLE c (id bigint PRIMARY KEY);' > V005__c.sql
	done
}

migrate() { # ISOLATION ROUND: prints its wall time in milliseconds
	local run=bench_$$_$1_$2 start
	draw "$scratch/$run" "bench-$$-$1-$2"
	start=$(date +%s%N)
	PGDATABASE=$run "$home/scripts/skein" migrate --services "$scratch/$run" --no-builtin --create-database \
		--isolation "$1" > "$scratch/out" 2>&1 || { cat "$scratch/out" >&2; exit 1; }
	echo $((($(date +%s%N) - start) / 1000000))
}

median() { sort -n "$1" | awk '{ line[NR] = $1 } END { print line[int((NR + 1) / 2)] }'; }

if [[ -z ${PGHOST:-} ]]; then
	"$home/scripts/skein" database start > "$scratch/embedded" 2> /dev/null
	read -r PGPORT < <(sed -n 's/.* -p \([0-9]*\) .*/\1/p' "$scratch/embedded")
	export PGHOST=127.0.0.1 PGPORT PGUSER=postgres
	trap '"$home/scripts/skein" database stop > /dev/null 2>&1; rm -rf "$scratch"' EXIT
fi

migrate none 0 > /dev/null # the first run warms the disk's cache, and builds Skein if need be
for round in $(seq "$rounds"); do
	migrate roles "$round" >> "$scratch/roles"
	migrate none "$round" >> "$scratch/none"
done
roles=$(median "$scratch/roles")
none=$(median "$scratch/none")
awk -v k="$services" -v roles="$roles" -v none="$none" -v rounds="$rounds" 'BEGIN {
	printf "%d services of 5 files, fresh, medians of %d: roles %.2f s, none %.2f s, ratio %.2f, %.1f ms a service\n",
		k, rounds, roles / 1000, none / 1000, roles / none, (roles - none) / k }'
