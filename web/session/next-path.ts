/** Where to go after a log-in: a path of this product that was asked for, else the start. An address of somebody else's is none. */
export function nextPath(asked: unknown): string {
  if (typeof asked !== 'string' || !/^\/(?![/\\])/.test(asked)) return '/';
  return asked.startsWith('/login') ? '/' : asked;
}
