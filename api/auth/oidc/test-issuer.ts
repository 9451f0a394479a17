import { createServer } from 'node:http';
import Provider from 'oidc-provider';

/** For tests: an OpenID provider on loopback that asks nobody anything: whoever comes is `who`, of `groups`. */
export interface TestIssuer {
  url: string;
  who: { subject: string; groups: string[] };
  /** Goes through the provider as a browser does, and gives the query string that it sends back with. */
  visit: (url: string) => Promise<string>;
  close: () => Promise<void>;
}

/** For tests: starts one for the client `ioc` with the secret `secret`. */
export async function startTestIssuer(redirect_uri: string, port = 0): Promise<TestIssuer> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
  const who = { subject: 'u-17', groups: ['ioc-duty'] };
  const provider = new Provider(url, {
    clients: [{ client_id: 'ioc', client_secret: 'secret', redirect_uris: [redirect_uri] }],
    scopes: ['openid', 'profile', 'groups'],
    claims: { openid: ['sub'], profile: ['name'], groups: ['groups'] },
    cookies: { keys: ['key of a test'] },
    features: { devInteractions: { enabled: false } },
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
    if (request.url?.startsWith('/interaction/'))
      void provider.interactionFinished(request, response, { login: { accountId: who.subject } });
    else void serve(request, response);
  });
  return {
    url,
    who,
    visit: async (begin) => {
      const cookies = new Map<string, string>();
      let next = new URL(begin);
      while (next.origin === url) {
        const headers = { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') };
        const reply = await fetch(next, { headers, redirect: 'manual' });
        for (const set of reply.headers.getSetCookie()) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
          if (value === '') cookies.delete(name);
          else cookies.set(name, value);
        }
        const to = reply.headers.get('location');
        if (to === null)
          throw new Error(`the provider stopped at ${next.pathname}: ${reply.status} ${await reply.text()}`);
        next = new URL(to, next);
      }
      return next.search;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
