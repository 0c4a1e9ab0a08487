#!/usr/bin/env bash
# Starts a server, given as arguments, on a database that is right, or not at all: creates the database where it is
# missing, lists the tables that are missing, migrates, and verifies. Which database: see skein --help.
set -euo pipefail
skein=${SKEIN:-skein}
platform=(--services "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)" --no-builtin)

found=0
"$skein" verify "${platform[@]}" --create-database --wait 60s || found=$?
((found <= 1)) || exit "$found" # 1: something is missing, and the next step is there to bring it
"$skein" migrate "${platform[@]}"
"$skein" verify "${platform[@]}"
exec "$@"
