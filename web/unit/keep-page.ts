/** The page and its files, for when the server cannot be reached; web/public/unit-worker.js reads it. */
const CACHE = 'toan-canh.unit';
/** By then the page has loaded all that it needs. */
const SETTLED_MS = 5_000;

/**
 * Keeps the pages of units able to be opened while the network is cut. Where the browser offers that: over HTTPS or on the machine itself; elsewhere
 * nothing happens. Returns what stops it.
 */
export function keepPage(): () => void {
  if (!('serviceWorker' in navigator) || !('caches' in window)) return () => undefined;
  const timer = setTimeout(() => {
    keep().catch(() => undefined); // no room, or the server is away: the next visit tries again
  }, SETTLED_MS);
  return () => clearTimeout(timer);
}

async function keep(): Promise<void> {
  await navigator.serviceWorker.register('/unit-worker.js', { scope: '/unit/' });
  const cache = await caches.open(CACHE);
  const loaded = performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith('/assets/'))
    .map(({ pathname }) => pathname);
  const wanted = new Set(['/', ...loaded]);
  await cache.addAll(wanted);
  // files of an older version: names carry a hash, so what is not loaded now is not needed again
  for (const { url } of await cache.keys()) if (!wanted.has(new URL(url).pathname)) await cache.delete(url);
}
