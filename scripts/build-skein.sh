#!/usr/bin/env bash
# Builds Skein for scripts/skein, which passes the java that it found, its release, and the options that it starts it with.
set -euo pipefail

java=$1 release=$2 options=("${@:3}")
home=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd)
app=$home/orchestrator/target/skein

stale() { # as in scripts/skein
	[[ ! -e $app/built || $(< "$app/built") != "$app" ]] ||
		[[ -n $(find "$home/pom.xml" "$home/picocli/pom.xml" "$home/orchestrator/pom.xml" "$home/orchestrator/src/main" -newer "$app/built" -print -quit) ]]
}

build() {
	local log=$home/orchestrator/target/build.log jar
	command -v mvn > /dev/null || { echo "skein: Maven 3.8.7 or newer is needed to build Skein" >&2; exit 3; }
	echo "Building Skein (first use, or its sources changed); a minute or two, log in orchestrator/target/build.log" >&2
	mkdir -p "${log%/*}"
	(cd "$home" && mvn -q -B -DskipTests -pl orchestrator -am package) > "$log" 2>&1 ||
		{ tail -n 30 "$log" >&2; echo "skein: the build failed" >&2; exit 3; }
	jar=$(echo "$home"/orchestrator/target/orchestrator-*-exec.jar)
	rm -rf "$app"
	"$java" -Djarmode=tools -jar "$jar" extract --destination "$app" >> "$log" 2>&1
	# A class that is sought in vain opens every jar on the class path. So this is the plain jar, which names no others,
	# and what is for "serve" only lies apart
	rm "$app/${jar##*/}"
	cp "${jar/-exec/}" "$app/skein.jar"
	mkdir "$app/serve"
	find "$app/lib" \( -name 'spring-*' -o -name 'tomcat-*' -o -name 'micrometer-*' -o -name 'prometheus-*' -o -name 'log4j-*' \
		-o -name 'logback-*' -o -name 'HikariCP-*' -o -name 'HdrHistogram-*' -o -name 'jakarta.*' -o -name 'jul-to-*' \
		-o -name 'commons-logging-*' -o -name 'checker-qual-*' -o -name 'jspecify-*' \) -exec mv {} "$app/serve/" \;
	train >> "$log" 2>&1 || echo "skein: no start-up cache; Skein works, but starts slower (see $log)" >&2
	echo "$app" > "$app/built"
}

train() ( # runs on a throw-away server; the classes that they load are kept for the next start, which loads few of them
	unset SPRING_DATASOURCE_URL DATABASE_URL SKEIN_PASSWORD PGHOST PGPORT PGDATABASE
	scratch=$(mktemp -d)
	jvm=("$java" "${options[@]}" "-Dskein.home=$scratch" "-Dskein.builtin=$home/shared-schemas:$home/services"
		-cp "$app/skein.jar:$app/lib/*")
	skein=("${jvm[@]}" dev.skein.Skein)
	trap '"${skein[@]}" database stop; rm -rf "$scratch"' EXIT
	"${skein[@]}" database start
	data=$(echo "$scratch"/data-*)
	export PGHOST=127.0.0.1 PGPORT PGUSER=postgres PGPASSWORD PGDATABASE=skein
	PGPORT=$(sed -n 4p "$scratch"/data-*/postmaster.pid)
	PGPASSWORD=$(cut -d : -f 5 "$scratch"/pgpass-*)
	if ((release >= 25)); then
		# What the first holds is loaded by every start, at once, what the second adds when it is needed, one by one. Without
		# notes on what ran often: what they let the JVM compile at its start takes longer than most commands do
		"${jvm[@]}" -XX:AOTCacheOutput="$app/skein.aot" -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining \
			dev.skein.StartupTraining MIGRATING NOTHING_TO_DO &&
			"${jvm[@]}" -XX:SharedArchiveFile="$app/skein.aot" -XX:ArchiveClassesAtExit="$app/skein.jsa" \
				dev.skein.StartupTraining REFUSED OTHER
	else
		"${jvm[@]}" -XX:ArchiveClassesAtExit="$app/skein.jsa" dev.skein.StartupTraining \
			MIGRATING NOTHING_TO_DO REFUSED OTHER
	fi || rm -f "$app"/skein.{aot,jsa}
	[[ -e $app/skein.jsa ]]
)

{ mkdir -p "$home/orchestrator/target" && : >> "$home/orchestrator/target/build.lock"; } 2> /dev/null ||
	{ echo "skein: cannot write $home/orchestrator/target, where Skein is built; make it writable, or build a copy elsewhere" >&2; exit 3; }
# Else it is Maven alone that Ctrl-C ends
trap 'exit 130' INT
exec 9> "$home/orchestrator/target/build.lock"
# Who comes second waits, and then finds it built; where there is no flock(1) they may build twice
if command -v flock > /dev/null; then flock 9; fi
if stale; then build; fi
