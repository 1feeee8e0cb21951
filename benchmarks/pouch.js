// The peer of the exchange: PouchDB 9 that pushes to express-pouchdb, as both come, on leveldb.
//
//   node pouch.js serve DIR PORT HOST   says "listening"
//   node pouch.js put DIR FILE          FILE: a line each, an array of documents for one bulk write; one that is
//                                       there already is written over
//   node pouch.js push DIR URL          one replication, then how many seconds it took and what it wrote
const fs = require('fs');
const PouchDB = require('pouchdb');
const [command, folder, ...words] = process.argv.slice(2);

function serve(port, host) {
  fs.mkdirSync(folder, {recursive: true});
  process.chdir(folder);
  const served = PouchDB.defaults({prefix: folder + '/'});
  const app = require('express')();
  const options = {mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: folder + '/log.txt'};
  app.use('/', require('express-pouchdb')(served, options));
  app.listen(Number(port), host, () => console.log('listening'));
}

async function put(file) {
  const base = new PouchDB(folder);
  for (const line of fs.readFileSync(file, 'utf8').trim().split('\n')) {
    const documents = JSON.parse(line);
    const held = await base.allDocs({keys: documents.map(one => one._id)});
    held.rows.forEach((row, place) => { if (row.value) documents[place]._rev = row.value.rev; });
    const failed = (await base.bulkDocs(documents)).filter(one => one.error);
    if (failed.length) throw new Error(JSON.stringify(failed[0]));
  }
  await base.close();
}

async function push(url) {
  const base = new PouchDB(folder);
  const began = process.hrtime.bigint();
  const told = await base.replicate.to(url);
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  console.log(JSON.stringify({seconds, ok: told.ok, written: told.docs_written}));
  await base.close();
}

async function main() {
  if (command === 'serve') return serve(...words);
  await {put, push}[command](...words);
  process.exit(0);
}

main().catch(error => { console.error(error); process.exit(1); });
