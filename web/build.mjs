// Makes web/dist: a static site for any folder of any host, and one file to open from disk. See build.sh.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const web = dirname(fileURLToPath(import.meta.url));
const page = join(web, "../src/explore/page");
const dist = join(web, "dist");
const module = readFileSync(process.argv[2]);
const places = readFileSync(join(web, "../data/places/counties.columns.z"));
const read = (name) => readFileSync(join(page, name), "utf8");

/** The modules of the page as one script: each in a function of its own, after those it imports. */
function bundle(entry) {
  const seen = new Map();
  const take = (name) => {
    if (seen.has(name)) return;
    seen.set(name, "");
    const source = read(name);
    const exported = [...source.matchAll(/^export (?:async )?(?:function\*?|class|const) (\w+)/gm)].map((match) => match[1]);
    const text = source
      .replaceAll(/^import \{([^}]*)\} from "\.\/([^"]+)";$/gm, (_, names, from) => {
        take(from);
        return `const {${names.replaceAll(" as ", ": ")}} = modules["${from}"];`;
      })
      .replaceAll(/^export /gm, "");
    if (/^(import|export) /m.test(text)) throw new Error(`${name}: an import or export that cannot be bundled`);
    const isAwaiting = /^(?:const \w+ = )?await /m.test(text);
    const body = `${text}\nreturn { ${exported.join(", ")} };`;
    seen.delete(name);
    seen.set(name, isAwaiting ? `modules["${name}"] = await (async () => {\n${body}\n})();` : `modules["${name}"] = (() => {\n${body}\n})();`);
  };
  take(entry);
  return `const modules = {};\n${[...seen.values()].join("\n")}\n`;
}

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; worker-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";
const ALONE = "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; style-src 'unsafe-inline'; worker-src blob:; img-src data:; base-uri 'none'; form-action 'none'";
const policy = (text) => `<meta http-equiv="Content-Security-Policy" content="${text}">`;
const index = read("index.html")
  .replace('<html lang="en">', '<html lang="en" data-engine="worker">')
  .replace("<title>mainstreet explorer</title>", "<title>mainstreet</title>")
  .replace("<h1>mainstreet explorer</h1>", "<h1>mainstreet</h1>");
const put = (text, place, by) => {
  if (!text.includes(place)) throw new Error(`index.html lacks ${place}`);
  // A function, so that `$` in scripts means itself.
  return text.replace(place, () => by);
};

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
const app = bundle("app.js");
const worker = bundle("worker.js");
const keep = 'if ("serviceWorker" in navigator && location.protocol.startsWith("http")) navigator.serviceWorker.register("offline.js").catch(() => {});\n';
const files = {
  "index.html": put(index, '<meta charset="utf-8">', `<meta charset="utf-8">\n${policy(POLICY)}`),
  "style.css": read("style.css"),
  "app.js": app + keep,
  "worker.js": worker,
  "mainstreet.wasm": module,
  "places.z": places,
};
const hash = createHash("sha256");
for (const content of Object.values(files)) hash.update(content);
// Whatever is new makes a cache of its own name, and the old one goes.
const version = hash.digest("hex").slice(0, 16);
files["offline.js"] = readFileSync(join(web, "offline.js"), "utf8").replace("VERSION", version);
for (const [name, content] of Object.entries(files)) writeFileSync(join(dist, name), content);

const base64 = (bytes) => Buffer.from(bytes).toString("base64");
// Text inside a script must not end it.
const inline = (text) => text.replaceAll("</script", "<\\/script");
const given = `const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
globalThis.mainstreetModule = bytes("${base64(module)}");
const places = "${base64(places)}";
const script = 'self.mainstreetPlaces = Uint8Array.from(atob("' + places + '"), (letter) => letter.charCodeAt(0));\\n' + ${JSON.stringify(worker)};
globalThis.mainstreetWorker = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
`;
let alone = put(index, '<meta charset="utf-8">', `<meta charset="utf-8">\n${policy(ALONE)}`);
alone = put(alone, '<link rel="stylesheet" href="style.css">', `<style>${read("style.css")}</style>`);
alone = put(alone, '<script type="module" src="app.js"></script>', `<script type="module">${inline(given + app)}</script>`);
writeFileSync(join(dist, "mainstreet.html"), alone);

const size = (content) => `${(gzipSync(content, { level: 9 }).length / 1e6).toFixed(2)} MB`;
const first = Object.entries(files).filter(([name]) => name !== "places.z").map(([, content]) => Buffer.from(content));
console.log(`web/dist: first load ${size(Buffer.concat(first))} gzipped, places ${size(places)} on demand; mainstreet.html ${(alone.length / 1e6).toFixed(1)} MB`);
