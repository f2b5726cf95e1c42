import PouchDB from "pouchdb";

const [url, count] = [process.argv[2], Number(process.argv[3])];
const batch_size = 1000;
const a = new PouchDB("./a");
for (let first = 0; first < count; first += batch_size) {
  const docs = Array.from({ length: Math.min(batch_size, count - first) }, (_, at) => ({
    _id: `${first + at}`.padStart(12, "0"),
    kind: "moved",
    sku: `SKU-${(first + at) % 500}`,
    from: { location: `A-${at % 40}-${at % 10}`, condition: "good" },
    to: { location: `A-${first % 40}-${at % 9}`, condition: "good" },
    qty: 1 + (at % 6),
    cause: { kind: "transfer" },
    actor: "ada",
    at: 1760000000000 + first + at,
  }));
  await a.bulkDocs(docs);
}

async function until(what) {
  for (let tries = 0; ; tries++) {
    try {
      return await what();
    } catch (error) {
      if (tries > 50) throw error;
      await new Promise((wait) => setTimeout(wait, 200));
    }
  }
}

const remote = new PouchDB(`${url}/events`);
await until(() => remote.info());
const started = performance.now();
await a.replicate.to(remote, { batch_size });
const pushed = performance.now();
const b = new PouchDB("./b");
await b.replicate.from(remote, { batch_size });
const pulled = performance.now();
const info = await b.info();
if (info.doc_count !== count) throw new Error(`${info.doc_count} of ${count} arrived`);
console.log(JSON.stringify({ push: (pushed - started) / 1000, pull: (pulled - pushed) / 1000 }));
process.exit(0);
