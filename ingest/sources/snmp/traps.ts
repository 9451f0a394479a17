import { createReceiver, PduType, type User } from 'net-snmp';
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { z } from 'zod';
import { varbindOf, type Varbind } from './snmp-value.ts';

/** A notification: a trap or an inform, of any version. */
export interface Notification {
  /** The address that it is about: of the device, also where somebody else forwards it. */
  address: string;
  sender: string;
  /** As in version 2: those of version 1 are named after RFC 3584. */
  oid: string;
  objects: Varbind[];
}

/** What listens for notifications. */
export interface TrapListener {
  port: number;
  close: () => Promise<void>;
}

/** What it is made with. */
export interface TrapListenerOptions {
  host: string;
  /** 0 is any free one. */
  port: number;
  /** Who may send: communities of version 2c, users of version 3. Others are counted, not believed. */
  communities: readonly string[];
  users: readonly User[];
  onTrap: (notification: Notification) => void;
  /** Told of what is not believed (`trap_auth`) and of what cannot be read (`trap_garbage`). */
  onFault: (fault: 'trap_auth' | 'trap_garbage') => void;
}

const TRAP_OF_VERSION_1: number = PduType.Trap;
const UPTIME = '1.3.6.1.2.1.1.3.0';
const TRAP_OID = '1.3.6.1.6.3.1.1.4.1.0';
const GENERIC_TRAPS = '1.3.6.1.6.3.1.1.5';
const ENTERPRISE_SPECIFIC = 6;
/** `snmpTrapAddress`: who a forwarded notification is from. */
const TRAP_ADDRESS = '1.3.6.1.6.3.18.1.3.0';

const WireSchema = z.object({
  pdu: z.looseObject({
    type: z.number(),
    varbinds: z.array(
      z.object({
        oid: z.string(),
        type: z.number(),
        value: z.union([z.string(), z.number(), z.boolean(), z.bigint(), z.null(), z.instanceof(Buffer)]).optional(),
      }),
    ),
    enterprise: z.string().optional(),
    generic: z.number().optional(),
    specific: z.number().optional(),
    agentAddr: z.string().optional(),
  }),
  rinfo: z.object({ address: z.string() }),
});
/** What is used of the library's receiver, whose types it does not state. */
const ReceiverSchema = z.custom<{
  getAuthorizer: () => { addCommunity: (community: string) => void; addUser: (user: User) => void };
}>((value) => typeof value === 'object' && value !== null);

/** Listens for notifications. Throws when it cannot, such as for a port that is in use. */
export async function listenTraps(options: TrapListenerOptions): Promise<TrapListener> {
  const { host, port, communities, users, onTrap, onFault } = options;
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  socket.bind(port, host);
  await once(socket, 'listening').catch((cause: unknown) => {
    throw new Error(`the port of traps ${port}/udp (SNMP_TRAP_PORT) cannot be used`, { cause });
  });
  const receiver = ReceiverSchema.parse(
    createReceiver(
      { dgramModule: boundModule(socket, () => onFault('trap_garbage')) },
      (error: unknown, data: unknown) => {
        if (error) onFault(isRefusal(error) ? 'trap_auth' : 'trap_garbage');
        else {
          const wire = WireSchema.safeParse(data);
          if (wire.success) onTrap(notificationOf(wire.data));
          else onFault('trap_garbage');
        }
      },
    ),
  );
  for (const community of communities) receiver.getAuthorizer().addCommunity(community);
  for (const user of users) receiver.getAuthorizer().addUser(user);
  return {
    port: socket.address().port,
    close: async () => {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}

/** Gives the library a socket that is bound already, and keeps a damaged datagram from ending the process. */
function boundModule(socket: Socket, onGarbage: () => void) {
  return {
    createSocket: () => ({
      bind: () => undefined,
      send: (bytes: Buffer, from: number, length: number, port: number, address: string, told: () => void) =>
        socket.send(bytes, from, length, port, address, told),
      on: (event: string, listener: (...told: unknown[]) => void) => {
        if (event === 'error') socket.on('error', (error) => listener(error));
        if (event !== 'message') return;
        socket.on('message', (bytes: Buffer, from: RemoteInfo) => {
          try {
            listener(bytes, from);
          } catch {
            onGarbage();
          }
        });
      },
    }),
  };
}

/** Whether it was sent by somebody who may not. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // the library has codes for what a session is answered, and for a receiver the class alone
  return error.name === 'RequestFailedError' || error.name === 'ResponseInvalidError';
}

function notificationOf({ pdu, rinfo }: z.output<typeof WireSchema>): Notification {
  const objects = pdu.varbinds.map(varbindOf);
  const textAt = (oid: string): string | undefined => {
    const value = objects.find((object) => object.oid === oid)?.value;
    return typeof value === 'string' ? value : undefined;
  };
  const isFirst = pdu.type === TRAP_OF_VERSION_1;
  const own = isFirst ? pdu.agentAddr : textAt(TRAP_ADDRESS);
  return {
    address: own === undefined || own === '0.0.0.0' ? rinfo.address : own,
    sender: rinfo.address,
    oid: isFirst ? oidOf(pdu) : (textAt(TRAP_OID) ?? ''),
    objects: objects.filter(({ oid }) => oid !== UPTIME && oid !== TRAP_OID),
  };
}

function oidOf({
  enterprise = '',
  generic = ENTERPRISE_SPECIFIC,
  specific = 0,
}: z.output<typeof WireSchema>['pdu']): string {
  return generic === ENTERPRISE_SPECIFIC ? `${enterprise}.0.${specific}` : `${GENERIC_TRAPS}.${generic + 1}`;
}
