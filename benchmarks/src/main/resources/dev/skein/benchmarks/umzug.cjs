// Migrates each service below a folder with umzug, one after the other over one connection:
// node umzug.cjs SERVICES, with the database in libpq's variables.
const fs = require('node:fs')
const path = require('node:path')
const { Client } = require('pg')
const { Umzug } = require('umzug')

// umzug leaves the record to its user: a table of names in the service's schema
class TableStorage {
  async logMigration({ name, context: { client } }) {
    await client.query('INSERT INTO migrations (name) VALUES ($1)', [name])
  }

  async unlogMigration({ name, context: { client } }) {
    await client.query('DELETE FROM migrations WHERE name = $1', [name])
  }

  async executed({ context: { client } }) {
    return (await client.query('SELECT name FROM migrations ORDER BY name')).rows.map((row) => row.name)
  }
}

async function migrate(client, folder) {
  const schema = path.basename(folder).replaceAll('-', '_')
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}; SET search_path = ${schema};
    CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY)`)
  await new Umzug({
    migrations: {
      glob: ['migrations/*.sql', { cwd: folder }],
      resolve: ({ name, path: file, context }) => ({
        name,
        up: async () => context.client.query(`BEGIN; ${fs.readFileSync(file, 'utf8')}; COMMIT`),
      }),
    },
    context: { client },
    storage: new TableStorage(),
    logger: undefined,
  }).up()
}

async function main(services) {
  const client = new Client()
  await client.connect()
  try {
    for (const name of fs.readdirSync(services).sort()) {
      await migrate(client, path.join(services, name))
    }
  } finally {
    // Node goes on as long as a connection is open
    await client.end()
  }
}

main(process.argv[2]).catch((error) => {
  console.error(error)
  process.exitCode = 1
})
