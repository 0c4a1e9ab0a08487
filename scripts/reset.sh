#!/usr/bin/env bash
# Resets a local database: everything that the services own goes, then all is migrated again.
set -euo pipefail

if [[ ${1:-} == --help ]]; then
	cat <<'HELP'
Usage: scripts/reset.sh [OPTION...]
Resets a local database: drops everything that the services own, makes schema public anew, migrates again.
Shows what will be lost and asks first.
Options are those of "scripts/skein reset", for example:
  --yes            do not ask (embedded database)
  --confirm NAME   confirm with the database's name (any other database)
HELP
	exit 0
fi
exec "$(dirname "${BASH_SOURCE[0]}")/skein" reset "$@"
