// Keeps the page at hand without a network: everything but the table of places after the first visit, that once asked for.
const CACHE = "mainstreet-VERSION";
const FIRST = ["./", "style.css", "app.js", "worker.js", "mainstreet.wasm"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FIRST)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith("mainstreet-") && name !== CACHE).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  event.respondWith(caches.open(CACHE).then(async (cache) => {
    const kept = await cache.match(event.request, { ignoreSearch: true });
    if (kept) return kept;
    const reply = await fetch(event.request);
    if (reply.ok) cache.put(event.request, reply.clone());
    return reply;
  }));
});
