#!/usr/bin/env bash
# Starts a server, given as arguments, on a database that has all of its tables, or not at all: waits for the database,
# makes it where it is missing, applies what is pending, and verifies. Which database: see skein --help.
set -euo pipefail
skein=${SKEIN:-skein}
"$skein" migrate --services "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)" --no-builtin --create-database --wait 60s
exec "$@"
