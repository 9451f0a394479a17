import { createServer } from 'node:http';
import Provider from 'oidc-provider';

/** For tests: an OpenID provider on loopback that asks nobody anything: whoever comes is `who`, of `groups`. */
export interface TestIssuer {
  url: string;
  who: { subject: string; groups: string[] };
  /** How often somebody had to log in: not those whom it still knows. */
  logins: number;
  /** Goes through the provider as a browser with these cookies does, saying yes to what it asks, and gives where it is sent in the end. */
  go: (url: string, cookies: Map<string, string>) => Promise<URL>;
  /** Goes through it as a new browser, and gives the query string that it sends back with. */
  visit: (url: string) => Promise<string>;
  close: () => Promise<void>;
}

/** For tests: starts one for the client `ioc` with the secret `secret`. One that `forgets` has a page to leave it by. */
export async function startTestIssuer(
  redirect_uri: string,
  { port = 0, forgets = true }: { port?: number; forgets?: boolean } = {},
): Promise<TestIssuer> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
  const who = { subject: 'u-17', groups: ['ioc-duty'] };
  const left_uri = new URL('/login', redirect_uri).href;
  const provider = new Provider(url, {
    clients: [
      {
        client_id: 'ioc',
        client_secret: 'secret',
        redirect_uris: [redirect_uri],
        ...(forgets && { post_logout_redirect_uris: [left_uri] }),
      },
    ],
    scopes: ['openid', 'profile', 'groups'],
    claims: { openid: ['sub'], profile: ['name'], groups: ['groups'] },
    cookies: { keys: ['key of a test'] },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: forgets,
        logoutSource: (context, form) => {
          context.body = `${form}<button form="op.logoutForm" name="logout" value="yes">Yes</button>`;
        },
      },
    },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
    findAccount: (_context, subject) => ({
      accountId: subject,
      claims: () => ({ sub: subject, name: 'Nguyễn Thị Trực', groups: [...who.groups] }),
    }),
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ accountId: who.subject, clientId: 'ioc' });
      grant.addOIDCScope('openid profile groups');
      await grant.save();
      return grant;
    },
  });
  const serve = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void serve(request, response);
    issuer.logins += 1;
    void provider.interactionFinished(request, response, { login: { accountId: who.subject } });
  });
  const issuer: TestIssuer = {
    url,
    who,
    logins: 0,
    go: async (begin, cookies) => {
      let next = new URL(begin);
      let body: URLSearchParams | undefined;
      while (next.origin === url) {
        const headers = { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') };
        const reply = await fetch(next, {
          headers,
          redirect: 'manual',
          ...(body && { method: 'POST', body }),
        });
        for (const set of reply.headers.getSetCookie()) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
          if (value === '') cookies.delete(name);
          else cookies.set(name, value);
        }
        const text = await reply.text();
        // whoever leaves is asked whether they mean it
        const [, action, xsrf = ''] = /action="([^"]+)".*name="xsrf" value="([^"]+)"/s.exec(text) ?? [];
        const to = reply.headers.get('location') ?? action;
        if (to === undefined) throw new Error(`the provider stopped at ${next.pathname}: ${reply.status} ${text}`);
        body = action === undefined ? undefined : new URLSearchParams({ xsrf, logout: 'yes' });
        next = new URL(to, next);
      }
      return next;
    },
    visit: async (begin) => (await issuer.go(begin, new Map())).search,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  return issuer;
}
