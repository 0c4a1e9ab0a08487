// Stands for the service's own server: it starts only when the tables are there.
const port = Number(process.env.PORT ?? 5000)
require('node:http').createServer((request, response) => response.end('ok\n'))
  .listen(port, () => console.log(`Server running on port ${port}`))
