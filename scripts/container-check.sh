#!/usr/bin/env bash
# Checks the container side: the image, docker-compose.yml, and who waits for whom.
set -euo pipefail

usage() {
	cat <<-'END'
		Usage: scripts/container-check.sh [--help]

		Builds the image and runs docker-compose.yml as a project of its own: its own containers, volume,
		image and free ports, all removed at the end. Your own project is left alone.

		One line for each check. Exit code 0: all passed, or no Docker engine answers; 1: a check failed.
	END
}

case ${1:-} in
	'') ;;
	-h | --help) usage; exit 0 ;;
	*) usage >&2; exit 2 ;;
esac

if ! docker version --format '{{.Server.Version}}' > /dev/null 2>&1; then
	echo "skipped: no Docker engine answers"
	exit 0
fi

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
scratch=$(mktemp -d)
log=$scratch/log
project=skein-check-$$
export SKEIN_IMAGE=$project POSTGRES_PASSWORD=secret-of-$project COMPOSE_ANSI=never
export GATED_SERVICE_IMAGE=$project-gated-service
export SKEIN_WEB_USER=monitor SKEIN_WEB_PASSWORD=web-secret-of-$project SKEIN_WEB_DRIFT_INTERVAL=1s
export POSTGRES_PORT=0 REDIS_PORT=0 ORCHESTRATOR_PORT=0 GATED_SERVICE_PORT=0 # 0: the engine picks free ones
hardened=(--rm --read-only --cap-drop ALL --security-opt no-new-privileges --network none)

compose() { docker compose --env-file /dev/null -p "$project" -f "$home/docker-compose.yml" "$@"; }

compose_with() { # FOLDER ARGUMENTS: the same, with the services in FOLDER besides the built-in ones
	local folder=$1
	shift
	cat > "$folder.yml" <<-END
		services:
		  migrations:
		    command: ["migrate", "--wait", "60s", "--services", "/services"]
		    volumes: ["$folder:/services:ro"]
	END
	compose -f "$folder.yml" "$@"
}

clean_up() {
	[[ -z ${watcher:-} ]] || kill "$watcher" 2> /dev/null || true
	compose --profile example down --volumes --remove-orphans --timeout 5 > /dev/null 2>&1 || true
	docker image rm --force "$SKEIN_IMAGE" "$GATED_SERVICE_IMAGE" > /dev/null 2>&1 || true
	rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

ok() { echo "ok $*"; }

fail() { # with the output of the last command
	sed 's/^/    /' "$log" >&2
	echo "FAILED $*" >&2
	exit 1
}

passes() { keeping "$@" || fail "(exit code $?) $*"; }

refuses() { ! keeping "$@" || fail "(exit code 0, but must fail) $*"; }

keeping() { # its output for "says", and all output for the last check
	local code=0
	"$@" > "$log" 2>&1 || code=$?
	cat "$log" >> "$scratch/all"
	return "$code"
}

says() { # PATTERN...: the output of the last command has lines that match each of them
	local pattern
	for pattern in "$@"; do grep -Eq -- "$pattern" "$log" || fail "not found in the output: $pattern"; done
}

query() { compose exec -T postgres psql -U platform -d platform -Atc "$1"; }

container() { # SERVICE FORMAT: a property of its container
	docker inspect --format "$2" "$(compose ps -aq "$1")"
}

get() { # PATH [SERVICE [HEADER]]: what the orchestrator or another service answers, over its published port
	local address
	address=$(compose port "${2:-orchestrator}" 8080)
	exec 3<> "/dev/tcp/${address%:*}/${address##*:}"
	printf 'GET %s HTTP/1.0\r\n%s\r\n' "$1" "${3:+$3$'\r\n'}" >&3
	cat <&3
	exec 3>&-
}

wait_until() { # SECONDS COMMAND...: until it succeeds
	local end=$((SECONDS + $1))
	shift
	until "$@"; do
		((SECONDS < end)) || return 1
		sleep 1
	done
}

healthy() { [[ $(container "${1:-orchestrator}" '{{.State.Health.Status}}') == healthy ]]; }

new_service() { # NAME TABLE FILE: a folder with one service; its migration comes on stdin
	mkdir -p "$scratch/$1/migrations"
	printf 'service: %s\ntables: [%s]\n' "$1" "$2" > "$scratch/$1/service.yml"
	cat > "$scratch/$1/migrations/$3"
	chmod -R a+rX "$scratch" # the container's user is another one
}

schemas="'core', 'user_auth', 'template_manager', 'requirement_processor', 'git_integration', 'ai_mockup_service', 'tech_stack_selector'"

# The image

passes compose build migrations
ok "the image builds: $(($(docker image inspect --format '{{.Size}}' "$SKEIN_IMAGE") / 1000000)) MB"

passes docker run "${hardened[@]}" "$SKEIN_IMAGE" migrate --help
says '^Usage: skein migrate'
passes docker run "${hardened[@]}" --entrypoint id "$SKEIN_IMAGE" -u
says '^[1-9]'
ok "a command runs read-only, without capabilities, not as root"

passes docker run "${hardened[@]}" --env JDK_JAVA_OPTIONS=-Xlog:class+load "$SKEIN_IMAGE" plan --output json
says 'dev\.skein\.Skein source: shared objects file$' 'tools\.jackson\..* source: shared objects file \(top\)$'
ok "both start-up caches are used"

refuses docker run "${hardened[@]}" "$SKEIN_IMAGE"
says '^Error: ' '--url'
ok "without a database it says what is missing"

# The path that works

passes compose up --build --exit-code-from migrations migrations
passes query "select count(*), count(distinct schemaname) from pg_tables
	where schemaname in ($schemas) and tablename <> 'flyway_schema_history'"
says '^29\|7$'
ok "up migrations: exit code 0, 29 tables in 7 schemas"

passes compose up --exit-code-from migrations migrations
passes compose logs --no-log-prefix --tail 1 migrations
says 'up to date'
ok "up migrations again: up to date"

passes compose up -d postgres redis migrations
[[ $(docker wait "$(compose ps -aq migrations)") == 0 ]] || fail "migrations, started in the background, failed"
ok "up -d postgres redis migrations"

passes compose up -d orchestrator
wait_until 60 healthy || { compose logs orchestrator > "$log" 2>&1; fail "orchestrator is not healthy after 60 s"; }
passes get /actuator/health
says '^HTTP/1.1 200' '"migrations":\{"status":"UP"' '"status":"UP"\}$'
ok "up -d orchestrator: healthy, and /actuator/health says UP"

passes compose stop --timeout 20 orchestrator
passes container orchestrator '{{.State.ExitCode}}'
says '^143$'
ok "stop orchestrator: ends by itself on SIGTERM"

# The path that does not

passes compose rm --force orchestrator
new_service broken x V001__broken.sql <<-'END'
	create table x (id integer primary key);

	alter table x
	  add column owner integer references nowhere (id);
END
refuses compose_with "$scratch/broken" up --exit-code-from migrations migrations
says 'V001__broken\.sql, line 3$' 'SQLSTATE +42P01$'
ok "a broken migration: up fails, and names file, line and SQLSTATE"

refuses compose_with "$scratch/broken" up -d orchestrator
passes container orchestrator '{{.State.Status}} {{.State.StartedAt}}'
says '^created 0001-01-01'
ok "a broken migration: up -d orchestrator fails, and never starts it"

passes query "select count(*) from pg_tables where schemaname = 'broken' and tablename = 'x'"
says '^0$'
passes compose up -d orchestrator
wait_until 60 healthy || { compose logs orchestrator > "$log" 2>&1; fail "orchestrator is not healthy after 60 s"; }
ok "without the broken migration: nothing of it is left, and up -d orchestrator starts it"

new_service slow y V001__slow.sql <<-'END'
	create table y (id integer primary key);
	select pg_sleep(300);
END
asleep() { [[ $(query "select count(*) from pg_stat_activity where wait_event = 'PgSleep'") == 1 ]]; }
awake() { ! asleep; }
passes compose_with "$scratch/slow" up -d migrations
wait_until 30 asleep || { compose logs migrations > "$log" 2>&1; fail "the slow migration does not run after 30 s"; }
passes compose stop --timeout 20 migrations
passes container migrations '{{.State.ExitCode}}'
says '^143$'
passes compose logs --no-log-prefix migrations
says 'V001__slow\.sql' 'rolled back'
wait_until 5 awake || fail "the server still runs the statement of the migration that was stopped"
ok "stop in the middle of a migration: rolled back, and says so"

new_service slow y V001__slow.sql <<-'END'
	create table y (id integer primary key);
END
passes compose_with "$scratch/slow" up --exit-code-from migrations migrations
says 'slow +applied'
ok "the next run goes on from there"

# The gate, on a database where the migrations of the example's schema fail

passes compose logs # for the last check: they go with the containers
passes compose down --volumes --timeout 5
passes compose build gated-service
passes compose up -d postgres
wait_until 30 query 'select 1' > /dev/null 2>&1 || fail "postgres does not answer after 30 s"
passes query 'create schema user_auth; create table user_auth.users (id integer)'

refuses compose up -d gated-service
passes container gated-service '{{.State.Status}} {{.State.StartedAt}}'
says '^created 0001-01-01'
ok "migrations fail: up -d gated-service fails, and never starts it"

refuses compose up --no-deps --exit-code-from gated-service gated-service
says '^.*APPLICATION FAILED TO START' 'Service "user-auth" ' 'Run: skein migrate --only user-auth'
ok "started all the same, the example refuses: $(grep -o 'Service "user-auth".*' "$log" | head -n 1)"

passes query 'drop schema user_auth cascade'
passes compose up -d gated-service
wait_until 60 healthy gated-service || { compose logs gated-service > "$log" 2>&1; fail "gated-service is not healthy after 60 s"; }
passes get /actuator/health gated-service
says '^HTTP/1.1 200' '"schemaGate":\{"status":"UP"\}'
passes get /users/count gated-service
says '^0$'
ok "mended: migrations run, and the example starts and answers"

passes compose run --rm --no-deps -T migrations wait --service user-auth --version 003
says 'user-auth +003 +[0-9]+ +there'
ok "wait, in a container: exit code 0"

# A table altered by hand

tells() { # PATH PATTERN: what the orchestrator tells those whom it knows
	get "$1" orchestrator "Authorization: Basic $(printf %s "$SKEIN_WEB_USER:$SKEIN_WEB_PASSWORD" | base64)" > "$log"
	grep -Eq -- "$2" "$log"
}

alerted() { curl -s "http://$prometheus/api/v1/alerts" > "$log"; grep -q '"alertname":"SkeinSchemaDrift".*"state":"firing"' "$log"; }

watch_alerts() { # runs Prometheus with the rules, which here need not hold for minutes first
	local port=$((20000 + RANDOM % 10000))
	prometheus=127.0.0.1:$port
	sed -E 's/^( +for:) .*/\1 0s/' "$home/monitoring/skein.rules.yml" > "$scratch/rules.yml"
	cat > "$scratch/prometheus.yml" <<-END
		global: { scrape_interval: 1s, evaluation_interval: 1s }
		rule_files: [rules.yml]
		scrape_configs:
		  - job_name: skein
		    metrics_path: /actuator/prometheus
		    basic_auth: { username: $SKEIN_WEB_USER, password: $SKEIN_WEB_PASSWORD }
		    static_configs: [{ targets: ["$(compose port orchestrator 8080)"] }]
	END
	prometheus --config.file="$scratch/prometheus.yml" --storage.tsdb.path="$scratch/prometheus" \
		--web.listen-address="$prometheus" > "$scratch/prometheus.log" 2>&1 &
	watcher=$!
}

passes compose up -d orchestrator
wait_until 60 healthy || { compose logs orchestrator > "$log" 2>&1; fail "orchestrator is not healthy after 60 s"; }
wait_until 30 tells /actuator/migrations/user-auth '"count":0' || fail "no drift is told where there is none"
passes query 'alter table user_auth.users add column nickname text'
wait_until 30 tells /actuator/migrations/user-auth '"object":"column user_auth.users.nickname","change":"added"' ||
	fail "/actuator/migrations does not tell the change"
wait_until 10 tells /actuator/health '"driftedObjects":\{"user-auth":1\}' || fail "health does not tell the change"
wait_until 10 tells /actuator/prometheus '^skein_drifted_objects\{service="user-auth"\} 1' || fail "the metric does not tell the change"
ok "a table altered by hand: health, /actuator/migrations and the metric tell it"

if command -v prometheus > /dev/null && command -v curl > /dev/null; then
	watch_alerts
	wait_until 60 alerted || fail "the alert for drift does not fire"
	kill "$watcher"
	ok "a table altered by hand: the alert fires, in Prometheus"
else
	echo "skipped: prometheus or curl is missing, so the alert was not seen to fire"
fi

passes compose run --rm --no-deps -T migrations drift --service user-auth --sql
sed -n '/^BEGIN;$/,/^COMMIT;$/p' "$log" > "$scratch/drift.sql" # before it stands how the image was built
compose exec -T postgres psql -v ON_ERROR_STOP=1 -U platform -d platform < "$scratch/drift.sql" > "$log" 2>&1 || fail "the SQL that drift prints"
passes compose run --rm --no-deps -T migrations drift --exit-code
wait_until 30 tells /actuator/migrations/user-auth '"count":0' || fail "drift is told after it was put right"
ok "the SQL that drift prints puts it right: $(grep -c ';$' "$scratch/drift.sql") statements"
passes compose stop --timeout 10 orchestrator

passes query 'alter table user_auth.refresh_tokens drop constraint refresh_tokens_token_hash_key'
refuses compose up --no-deps --force-recreate --exit-code-from gated-service gated-service
says 'not all of its schema "user_auth" is there: constraint refresh_tokens_token_hash_key on user_auth.refresh_tokens is missing'
ok "a constraint dropped by hand: the example refuses, and names it"

passes query 'drop table user_auth.user_projects cascade'
passes compose stop --timeout 10 gated-service
refuses compose up --no-deps --exit-code-from gated-service gated-service
says 'not all of its schema "user_auth" is there: table "user_projects" is missing'
ok "a table dropped by hand: the example refuses, and names it"

passes compose --profile example logs
grep -F -e "$POSTGRES_PASSWORD" -e "$SKEIN_WEB_PASSWORD" "$scratch/all" > "$log" && fail "a password is in the output"
ok "no password is in any output"

echo "container checks passed"
