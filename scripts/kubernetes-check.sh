#!/usr/bin/env bash
# Checks deploy/kubernetes against the schemas of the Kubernetes API, without a cluster.
set -euo pipefail

usage() {
	cat <<-'END'
		Usage: scripts/kubernetes-check.sh [--help]

		Takes the schemas and types from the npm package kubernetes-models: values, and keys that nobody knows.
		It does not ask an API server, so defaults, admission rules and images are not checked.

		One line for each object. Exit code 0: all passed, or there is no npm; else a check failed.
	END
}

case ${1:-} in
	'') ;;
	-h | --help) usage; exit 0 ;;
	*) usage >&2; exit 2 ;;
esac

if ! command -v npm > /dev/null; then
	echo "skipped: there is no npm"
	exit 0
fi

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
npm install --ignore-scripts --silent --no-fund --no-audit --no-save kubernetes-models@5.1.0 js-yaml@4.1.1 typescript@5.9.3 > /dev/null

cat > check.mjs <<'END'
import { appendFileSync, readFileSync } from 'fs'
import yaml from 'js-yaml'
import * as batch from 'kubernetes-models/batch/v1'
import * as apps from 'kubernetes-models/apps/v1'

const models = { 'batch/v1': batch, 'apps/v1': apps }
let failed = 0
let count = 0
for (const file of process.argv.slice(2)) {
  for (const object of yaml.loadAll(readFileSync(file, 'utf8'))) {
    const name = `${object.kind} ${object.metadata.name}`
    const model = `import('kubernetes-models/${object.apiVersion}').I${object.kind}`
    appendFileSync('keys.mts', `export const o${count++}: ${model} = ${JSON.stringify(object)}\n`)
    try {
      new models[object.apiVersion][object.kind](object).validate()
      console.log(`ok ${name}`)
    } catch (error) {
      console.error(`FAILED ${name}: ${error.message}`)
      failed = 1
    }
  }
}
process.exit(failed)
END
node check.mjs "$home"/deploy/kubernetes/*.yaml
# The schemas allow any further key, such as a misspelt one; the types that are made of them do not
npx --no-install tsc --noEmit --strict --skipLibCheck --target es2022 --module nodenext keys.mts
echo "ok all keys are known"
