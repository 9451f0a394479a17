import * as client from 'openid-client';
import { z } from 'zod';
import { IocError } from '../../errors.ts';

/** How the product is known to an OpenID provider. */
export interface ProviderOptions {
  issuer: string;
  client_id: string;
  client_secret: string;
  /** Where the provider sends the browser back to, as it is registered there. */
  redirect_uri: string;
  /** Where it sends the browser when somebody has left it, as it is registered there. */
  left_uri: string;
  scope: string;
  /** The claim that names the groups. */
  claim: string;
}

/** What a browser keeps of a log-in that it has begun: of use once, with the answer to that very question. */
export const AttemptSchema = z.strictObject({
  state: z.string().min(16).max(128),
  nonce: z.string().min(16).max(128),
  verifier: z.string().min(32).max(128),
});
export type Attempt = z.output<typeof AttemptSchema>;

/** Who somebody is, as the provider says. */
export interface Identity {
  /** What they are at this provider: never given to somebody else. */
  subject: string;
  shown: string;
  groups: string[];
  /** What the provider wants to see when they leave. */
  id_token: string;
}

/** An OpenID provider: authorization code with PKCE, state and nonce. `begin` and `finish` throw `IOC_OIDC_AWAY` when it does not answer. */
export interface Provider {
  /** Where to send the browser. */
  begin: () => Promise<{ url: string; attempt: Attempt }>;
  /** Who came back with an answer (a query string). Throws `IOC_OIDC_REFUSED` for one that is not the answer to the attempt, or was used before. */
  finish: (answer: string, attempt: Attempt) => Promise<Identity>;
  /** Where to send the browser of somebody who leaves (RP-initiated logout), with their `id_token`; undefined when the provider has no such page, or is away. */
  leave: (id_token: string | undefined) => Promise<string | undefined>;
}

const TIMEOUT_S = 8;
/** Clocks of two machines differ. */
const TOLERANCE_S = 30;
const TextsSchema = z.array(z.string());

/**
 * Makes a provider. What it is capable of is asked for at the first log-in and again after a failure: the product starts and runs
 * while the provider is away.
 */
export function createProvider(options: ProviderOptions): Provider {
  const { issuer, client_id, client_secret, redirect_uri, left_uri, scope, claim } = options;
  let known: Promise<client.Configuration> | undefined;
  const configuration = (): Promise<client.Configuration> => {
    known ??= client
      .discovery(
        new URL(issuer),
        client_id,
        { [client.clockTolerance]: TOLERANCE_S },
        client.ClientSecretBasic(client_secret),
        {
          timeout: TIMEOUT_S,
          // the signature counts as well, not only the connection that the token came by
          execute: [client.enableNonRepudiationChecks, ...(isLoopback(issuer) ? [client.allowInsecureRequests] : [])],
        },
      )
      .catch((error: unknown) => {
        known = undefined;
        throw new IocError('IOC_OIDC_AWAY', undefined, error);
      });
    return known;
  };

  return {
    begin: async () => {
      const provider = await configuration();
      const attempt = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
      };
      const url = client.buildAuthorizationUrl(provider, {
        redirect_uri,
        scope,
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(attempt.verifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, attempt };
    },
    finish: async (answer, { state, nonce, verifier }) => {
      const provider = await configuration();
      const url = new URL(redirect_uri);
      url.search = answer;
      try {
        const tokens = await client.authorizationCodeGrant(provider, url, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const told: Record<string, unknown> = { ...tokens.claims() };
        const subject = z.string().min(1).max(255).parse(told.sub);
        // many providers tell name and groups only when they are asked for them
        if (told[claim] === undefined && provider.serverMetadata().userinfo_endpoint !== undefined)
          Object.assign(told, await client.fetchUserInfo(provider, tokens.access_token, subject));
        return {
          subject,
          shown: nameOf(told) ?? subject,
          groups: groupsOf(told[claim]),
          id_token: tokens.id_token ?? '',
        };
      } catch (error) {
        throw new IocError(isAway(error) ? 'IOC_OIDC_AWAY' : 'IOC_OIDC_REFUSED', undefined, error);
      }
    },
    leave: async (id_token) => {
      const provider = await configuration().catch(() => undefined);
      if (provider?.serverMetadata().end_session_endpoint === undefined) return undefined;
      const hint = id_token === undefined ? undefined : { id_token_hint: id_token };
      return client.buildEndSessionUrl(provider, { ...hint, post_logout_redirect_uri: left_uri }).href;
    },
  };
}

/** Whether an address is of this machine: the only ones that may do without TLS. */
export function isLoopback(address: string): boolean {
  return /^http:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?(\/|$)/.test(address);
}

function nameOf({ name, preferred_username }: Record<string, unknown>): string | undefined {
  const text = [name, preferred_username].find((each) => typeof each === 'string' && each.trim() !== '');
  return typeof text === 'string' ? text.trim().slice(0, 128) : undefined;
}

/** One group alone is written without a list by some. */
function groupsOf(claimed: unknown): string[] {
  if (typeof claimed === 'string') return [claimed];
  return TextsSchema.safeParse(claimed).data ?? [];
}

/** Whether nobody answered, or somebody who is not well; all else is an answer, and no. */
function isAway(error: unknown): boolean {
  if (error instanceof client.ResponseBodyError) return error.status >= 500;
  if (error instanceof client.ClientError)
    return error.code === 'OAUTH_TIMEOUT' || error.code === 'OAUTH_RESPONSE_IS_NOT_CONFORM';
  return error instanceof TypeError;
}
