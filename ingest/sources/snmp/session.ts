import {
  AuthProtocols,
  ErrorStatus,
  PrivProtocols,
  ResponseInvalidCode,
  ResponseInvalidError,
  SecurityLevel,
  Session as WireSession,
  Version2c,
  Version3,
  type User,
  type Varbind as WireVarbind,
} from 'net-snmp';
import { isIPv6 } from 'node:net';
import { varbindOf, type Varbind } from './snmp-value.ts';

/** Why a request came to nothing: `timeout` also stands for a wrong community, to which agents are silent; `network` for a datagram that could not be sent. */
export type SnmpFault = 'timeout' | 'auth' | 'garbage' | 'too_big' | 'refused' | 'network';

/** A request that came to nothing. */
export class SnmpError extends Error {
  readonly fault: SnmpFault;
  constructor(fault: SnmpFault, message: string) {
    super(message);
    this.fault = fault;
  }
}

/** Who is asked, and with which secrets. */
export interface SnmpTarget {
  address: string;
  port: number;
  credentials: { community: string } | { user: User };
}

/** What is known of a user of version 3. Without a password there is no authentication, without a second one no encryption. */
export interface UserSecrets {
  name: string;
  auth?: { protocol: keyof typeof AuthProtocols; password: string } | undefined;
  privacy?: { protocol: keyof typeof PrivProtocols; password: string } | undefined;
}

/** A user as the library takes it. */
export function userOf({ name, auth, privacy }: UserSecrets): User {
  if (!auth) return { name, level: SecurityLevel.noAuthNoPriv };
  const signed = { name, authProtocol: AuthProtocols[auth.protocol], authKey: auth.password };
  if (!privacy) return { ...signed, level: SecurityLevel.authNoPriv };
  return {
    ...signed,
    level: SecurityLevel.authPriv,
    privProtocol: PrivProtocols[privacy.protocol],
    privKey: privacy.password,
  };
}

/** Asks one agent. */
export interface SnmpSession {
  /** The values of objects. Throws an `SnmpError`. */
  get: (oids: readonly string[]) => Promise<Varbind[]>;
  /** What follows each of the objects, at most so many times: one list for each. Throws an `SnmpError`. */
  getBulk: (oids: readonly string[], repetitions: number) => Promise<Varbind[][]>;
  close: () => void;
}

/** How long an answer may take, in milliseconds; a request is sent twice. */
export interface SessionOptions {
  timeout_ms: number;
  /** Told of each datagram that cannot be read. */
  onGarbage: () => void;
}

const RETRIES = 1;

/** The library's session, which would let a damaged answer end the process. */
class GuardedSession extends WireSession {
  #onGarbage: (() => void) | undefined;

  tellGarbage(tell: () => void): this {
    this.#onGarbage = tell;
    return this.on('error', tell);
  }

  override onMsg(buffer: Buffer): void {
    try {
      super.onMsg(buffer);
    } catch {
      this.#onGarbage?.();
    }
  }
}

/** Opens a session. It holds one socket until it is closed. */
export function openSession({ address, port, credentials }: SnmpTarget, options: SessionOptions): SnmpSession {
  const { timeout_ms, onGarbage } = options;
  const common = {
    port,
    timeout: timeout_ms,
    retries: RETRIES,
    transport: isIPv6(address) ? 'udp6' : 'udp4',
  } as const;
  const session = (
    'user' in credentials
      ? new GuardedSession(address, credentials.user, { ...common, version: Version3 })
      : new GuardedSession(address, credentials.community, { ...common, version: Version2c })
  ).tellGarbage(onGarbage);

  type Answer = (error: Error | null, varbinds?: (WireVarbind | WireVarbind[])[]) => void;
  const ask = (send: (answer: Answer) => void): Promise<Varbind[][]> =>
    new Promise((resolve, reject) => {
      // an answer that was damaged after its request was found is never told of
      const timer = setTimeout(
        () => reject(new SnmpError('garbage', 'the answer cannot be read')),
        timeout_ms * (RETRIES + 1) * 2 + 500,
      );
      send((error, varbinds) => {
        clearTimeout(timer);
        if (error) reject(errorOf(error));
        else resolve((varbinds ?? []).map((list) => (Array.isArray(list) ? list : [list]).map(varbindOf)));
      });
    });

  return {
    get: async (oids) => (await ask((answer) => session.get([...oids], answer))).flat(),
    getBulk: (oids, repetitions) => ask((answer) => session.getBulk([...oids], 0, repetitions, answer)),
    close: () => session.close(),
  };
}

const AUTH_CODES: readonly number[] = [
  ResponseInvalidCode.EAuthFailure,
  ResponseInvalidCode.ECouldNotDecrypt,
  ResponseInvalidCode.EUnexpectedReport,
  // ENotInTimeWindow, which the types do not name
  14,
];

function errorOf(error: Error): SnmpError {
  if (error.name === 'RequestTimedOutError') return new SnmpError('timeout', error.message);
  if (error instanceof ResponseInvalidError) {
    return new SnmpError(AUTH_CODES.includes(error.code) ? 'auth' : 'garbage', error.message);
  }
  if ('status' in error)
    return new SnmpError(error.status === ErrorStatus.TooBig ? 'too_big' : 'refused', error.message);
  return new SnmpError('code' in error ? 'network' : 'garbage', error.message);
}
