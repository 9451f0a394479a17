/*
 * Keeps the page of a screen: its files for ever (their names hold a hash), the page that names them for when the server is away. What the server
 * answers under /api is never kept here. Registered by screens alone (wall/keep-shell.ts).
 */
const CACHE = 'toan-canh-shell';
const PAGE = '/';
/** A server that takes longer for a page is away. */
const PATIENCE_MS = 5_000;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

/** The page tells what it was made of; what is of an older build is forgotten. */
self.addEventListener('message', (event) => event.waitUntil(keep(event.data.keep)));
async function keep(paths) {
  const cache = await caches.open(CACHE);
  await cache.addAll(paths);
  for (const request of await cache.keys())
    if (!paths.includes(new URL(request.url).pathname)) await cache.delete(request);
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (pathname.startsWith('/assets/')) event.respondWith(file(request));
});

async function page(request) {
  try {
    const reply = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (reply.status < 500) return reply;
    return (await caches.match(PAGE)) ?? reply;
  } catch {
    return (await caches.match(PAGE)) ?? Response.error();
  }
}

async function file(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const reply = await fetch(request);
  if (reply.ok) await (await caches.open(CACHE)).put(request, reply.clone());
  return reply;
}
