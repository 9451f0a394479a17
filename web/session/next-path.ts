/** Where to go after a log-in: a path of this product that was asked for, else the start. An address of somebody else's is none. */
export function nextPath(asked: unknown): string {
  if (typeof asked !== 'string' || !/^\/(?![/\\])/.test(asked)) return '/';
  return asked.startsWith('/login') ? '/' : asked;
}

const KEPT = 'toan-canh-next';

/** Keeps in this tab where to go after a log-in that leads over somebody else's page. */
export function keepPath(path: string): void {
  sessionStorage.setItem(KEPT, path);
}

/** What was kept; the start where nothing was. */
export function keptPath(): string {
  return nextPath(sessionStorage.getItem(KEPT) ?? undefined);
}
