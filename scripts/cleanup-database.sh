#!/usr/bin/env bash
# Drops the tables that no service promised.
set -euo pipefail

if [[ ${1:-} == --help ]]; then
	cat <<'HELP'
Usage: scripts/cleanup-database.sh [OPTION...]
Drops the tables in the services' schemas that no service promised. Shows them and asks first.
Options are those of "scripts/skein prune", for example:
  --yes            do not ask (embedded database)
  --confirm NAME   confirm with the database's name (any other database)
  --outside        drop the tables in public and in schemas of no service, too; they are shown in any case
  --dry-run        show what would be dropped
HELP
	exit 0
fi
exec "$(dirname "${BASH_SOURCE[0]}")/skein" prune "$@"
