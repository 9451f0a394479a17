/** For tests: what a request brought. */
export interface Reply {
  status: number;
  /** Of a failure. */
  code: string | undefined;
  /** The cookie that was set, as it is sent again. */
  cookie: string | undefined;
  /** The whole of it, with its attributes. */
  set: string;
  body: unknown;
}

/** For tests: a request as a browser of that cookie sends it. */
export async function request(
  url: string,
  method: string,
  path: string,
  more: {
    cookie?: string | undefined;
    bearer?: string | undefined;
    body?: unknown;
    origin?: string | undefined;
    agent?: string | undefined;
  } = {},
): Promise<Reply> {
  const reply = await fetch(url + path, {
    method,
    headers: {
      ...(more.cookie === undefined ? {} : { cookie: more.cookie }),
      ...(more.bearer === undefined ? {} : { authorization: `Bearer ${more.bearer}` }),
      ...(more.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(more.origin === undefined ? {} : { origin: more.origin }),
      ...(more.agent === undefined ? {} : { 'user-agent': more.agent }),
    },
    ...(more.body === undefined ? {} : { body: JSON.stringify(more.body) }),
  });
  const text = await reply.text();
  const body: unknown = text === '' ? undefined : JSON.parse(text);
  const set = reply.headers.get('set-cookie') ?? '';
  const cookie = set === '' ? undefined : set.split(';')[0];
  return { status: reply.status, code: fieldOf(body, 'code'), cookie, set, body };
}

/** For tests: a field of a reply's body as text; empty when there is none. */
export function field({ body }: Reply, name: string): string {
  return fieldOf(body, name) ?? '';
}

function fieldOf(body: unknown, name: string): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const value: unknown = Reflect.get(body, name);
  return typeof value === 'string' ? value : undefined;
}
