/**
 * Serves the pages of units while the server cannot be reached: the page itself and its files, as the page kept them (web/unit/keep-page.ts).
 * Figures are not its business. Everything comes from the server while it answers.
 */
const CACHE = 'toan-canh.unit';

const kept = async (path) => (await caches.open(CACHE)).match(path);

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate')
    event.respondWith(fetch(request).catch(async () => (await kept('/')) ?? Response.error()));
  // names carry a hash: what is kept is what the server would send
  else if (pathname.startsWith('/assets/')) event.respondWith(kept(pathname).then((reply) => reply ?? fetch(request)));
});
