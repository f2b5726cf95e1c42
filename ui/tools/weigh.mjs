// What the first screen has to load, compressed as a server would: everything index.html names, and
// what that imports at once. Fonts and the map come when they are needed.
//   node ui/tools/weigh.mjs          after `npm run build --workspace ui`
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const KB_MAX = 250;
const dist = join(dirname(fileURLToPath(import.meta.url)), "../dist");
const index = readFileSync(join(dist, "index.html"), "utf8");
const weigh = (text) => gzipSync(text, { level: 9 }).length;

const found = new Map([["index.html", weigh(index)]]);
function take(name) {
  if (found.has(name)) return;
  const text = readFileSync(join(dist, name), "utf8");
  found.set(name, weigh(text));
  if (!name.endsWith(".js")) return;
  // `import(...)` comes later; `import ... from "./x.js"` and `import "./x.js"` come now.
  for (const [, file] of text.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+\.js)["']/g))
    take(join(dirname(name), file));
}
for (const [, name] of index.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)) take(name);

const kb = (bytes) => (bytes / 1000).toFixed(1).padStart(7);
for (const [name, bytes] of found) console.log(`${kb(bytes)} kB  ${name}`);
const later = readdirSync(join(dist, "assets")).filter((name) => /\.(js|mjs|css)$/.test(name));
const rest = later.filter((name) => !found.has(join("assets", name)));
for (const name of rest)
  console.log(`${kb(weigh(readFileSync(join(dist, "assets", name))))} kB  assets/${name}, later`);
const total = [...found.values()].reduce((sum, bytes) => sum + bytes, 0);
console.log(`${kb(total)} kB  the first screen (goal < ${KB_MAX})`);
process.exit(total / 1000 > KB_MAX ? 1 : 0);
