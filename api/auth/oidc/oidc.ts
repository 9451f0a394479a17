import type { UnitIndex } from '#ingest/schema/unit-index.ts';
import { createGroupsFile, type ReadPlaces } from './groups-file.ts';
import { createProvider, type Provider } from './provider.ts';

/** What log-in by an OpenID provider is configured with. */
export interface OidcOptions {
  issuer: string;
  client_id: string;
  client_secret: string;
  /** How the log-in page names it. */
  name: string;
  scope: string;
  /** The claim that names the groups. */
  claim: string;
  /** The groups file. */
  groups: string;
  /** Address at which browsers reach the product. */
  public_url: string;
}

/** Log-in by an OpenID provider, as it was configured. */
export interface Oidc {
  name: string;
  issuer: string;
  provider: Provider;
  /** What its groups are here; undefined while the file has faults, and then nobody comes in by it. */
  places: ReadPlaces;
  /** Whether browsers reach the product over TLS. */
  isSecure: boolean;
}

/** The pages that the provider sends browsers back to: of those who come, and of those who have left. */
const RETURN_PATH = '/login/oidc';
const LEFT_PATH = '/login';

/** Makes the log-in by a provider; nothing is asked of it yet. `failed` gets what is wrong with the groups file. */
export function createOidc(
  options: OidcOptions,
  app: { units: () => UnitIndex; failed: (faults: readonly string[]) => void },
): Oidc {
  const { name, issuer, groups, public_url } = options;
  return {
    name,
    issuer,
    provider: createProvider({
      ...options,
      redirect_uri: new URL(RETURN_PATH, public_url).href,
      left_uri: new URL(LEFT_PATH, public_url).href,
    }),
    places: createGroupsFile({ file: groups, ...app }),
    isSecure: public_url.startsWith('https:'),
  };
}
