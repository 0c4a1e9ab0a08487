#!/usr/bin/env bash
# Drops everything that the platform's services own and migrates from nothing.
set -euo pipefail

if [[ ${1:-} == --help ]]; then
	cat <<'HELP'
Usage: scripts/migrate-clean.sh [OPTION...]
Drops everything that the services own and migrates from nothing. Shows what will be lost and asks first.
Options are those of "scripts/skein migrate", for example:
  --yes            do not ask (embedded database)
  --confirm NAME   confirm with the database's name (any other database)
  --dry-run        show what would be done
HELP
	exit 0
fi
exec "$(dirname "${BASH_SOURCE[0]}")/skein" migrate --clean "$@"
