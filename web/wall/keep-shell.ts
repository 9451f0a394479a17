/**
 * Has the browser keep the page itself, so that a screen that loads anew while the server is away still draws its last picture. Browsers allow that over
 * https and on the machine itself only; elsewhere a page that is open stays open, and one that is loaded needs the server.
 */
export function keepShell(): void {
  if (!isSecureContext || !('serviceWorker' in navigator)) return;
  navigator.serviceWorker
    .register('/shell-worker.js')
    .then(() => navigator.serviceWorker.ready)
    .then(({ active }) => active?.postMessage({ keep: ['/', ...ownFiles()] }))
    .catch(() => undefined);
}

/** The files that this page was made of: their names hold a hash of what is in them. */
function ownFiles(): string[] {
  return performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith('/assets/'))
    .map(({ pathname }) => pathname);
}
